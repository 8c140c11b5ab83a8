// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/store/pagefile.h"

#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace qd;

namespace {

constexpr std::size_t kPage = 512; ///< the smallest SQLite knows: more of them in an input
constexpr std::string_view kLog = "QDWAL\n";

void put(const std::filesystem::path &path, std::string_view bytes)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

} // namespace

/// A file of SQLite with anything in it, and behind "QDWAL\n" its write-ahead log: rows are found or not; one that is read is as long as it
/// said, and what it holds lies in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const std::filesystem::path folder = [] {
        const auto path = std::filesystem::temp_directory_path() / ("qd-fuzz-pagefile-" + std::to_string(getpid()));
        std::filesystem::create_directories(path);
        return path;
    }();
    const std::string_view all = fuzz::text(data, size);
    const std::size_t log = all.find(kLog);
    put(folder / "file", all.substr(0, log));
    if (log != std::string_view::npos)
        put(folder / "file-wal", all.substr(log + kLog.size()));
    const auto pages = store::PageFile::open(folder / "file", kPage);
    require(pages);
    std::size_t cells = 0;
    (*pages)->each([&](const store::PageFile::Cell &cell, std::span<const store::PageValue> shown) {
        // A page may name as many cells as fit; each is followed, but not for ever.
        if (++cells > 2000)
            return;
        require(!shown.empty());
        Bytes payload;
        std::vector<store::PageValue> values;
        if (!(*pages)->read(cell, payload, values))
            return;
        require(payload.size() == cell.size && payload.size() <= size);
        require(values.size() == shown.size());
        std::size_t held = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            require(values[i].kind == shown[i].kind && values[i].number == shown[i].number);
            require(values[i].bytes.empty() || (values[i].bytes.data() >= payload.data() && values[i].bytes.data() + values[i].bytes.size() <= payload.data() + payload.size()));
            held += values[i].bytes.size();
        }
        require(held <= payload.size());
    });
    std::error_code ignored;
    for (const char *name : {"file", "file-wal"})
        std::filesystem::remove(folder / name, ignored);
    return 0;
}
