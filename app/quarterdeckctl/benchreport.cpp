// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchreport.h"

#include "app/quarterdeckctl/benchload.h"
#include "core/journal/crypto.h"
#include "core/store/sqlitelog.h"

#include <boost/json.hpp>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <iostream>

namespace qd::app {

namespace {

void print(const boost::json::object &figures, const std::string &indent)
{
    for (const auto &[key, value] : figures) {
        const std::string name = indent + std::string(key);
        if (value.is_object()) {
            std::printf("  %s\n", name.c_str());
            print(value.get_object(), indent + "  ");
        } else if (value.is_double()) {
            const double v = value.get_double();
            std::printf("  %-36s %14.*f\n", name.c_str(), std::fabs(v) < 10 ? 3 : std::fabs(v) < 1000 ? 1 : 0, v);
        } else {
            std::printf("  %-36s %14s\n", name.c_str(), value.is_string() ? std::string(value.get_string()).c_str() : boost::json::serialize(value).c_str());
        }
    }
}

/// Bytes a second of `work` over a block, repeated until `bytes` are through.
template <typename Work>
double rate(std::size_t bytes, std::size_t block, Work work)
{
    const Stopwatch watch;
    std::size_t done = 0;
    for (; done < bytes; done += block)
        work();
    return static_cast<double>(done) / watch.seconds();
}

} // namespace

int report(const BenchOptions &options, const boost::json::object &figures)
{
    if (options.json)
        std::cout << boost::json::serialize(figures) << '\n';
    else
        print(figures, {});
    return 0;
}

int benchFailed(const Error &error)
{
    std::cerr << "quarterdeckctl: " << error.message << '\n';
    return 1;
}

Bandwidth bandwidth(std::size_t bytes)
{
    constexpr std::size_t kBlock = 1u << 20;
    Bytes from(kBlock, 0x5a), to(kBlock + journal::kTag);
    journal::Sha256 sha;
    journal::Gcm gcm;
    const Bytes key(journal::kKey, 7), nonce(journal::kNonce, 0);
    Bandwidth out;
    out.copy = rate(bytes, kBlock, [&] {
        std::memcpy(to.data(), from.data(), kBlock);
        asm volatile("" : : "r"(to.data()) : "memory"); // the copy is what is measured
    });
    out.sha256 = rate(bytes, kBlock, [&] { from[0] = sha.of(from)[0]; });
    out.aesGcm = rate(bytes, kBlock, [&] { gcm.seal(key, nonce, {}, from, to); });
    return out;
}

Result<RawRead> rawRead(const std::filesystem::path &home)
{
    auto log = store::SqliteLog::open(home, journal::Access::Read, {});
    if (!log)
        return tl::unexpected(log.error());
    RawRead out;
    const Stopwatch watch;
    const auto read = (*log)->read(1, UINT64_MAX >> 1, [&](const journal::Row &row) {
        ++out.rows;
        out.bytes += row.blob.size();
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    out.seconds = watch.seconds();
    return out;
}

} // namespace qd::app
