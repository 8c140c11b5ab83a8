// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link/protocol.h"

#include "core/events/cborreader.h"
#include "core/events/codec.h"

#include <cstdlib>
#include <cstring>
#include <pwd.h>
#include <sodium.h>
#include <sys/un.h>
#include <unistd.h>

namespace qd::link {

namespace {

template <typename T>
void put(std::string &out, T value)
{
    for (std::size_t i = 0; i < sizeof(T); ++i)
        out.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i)));
}

template <typename T>
bool take(std::string_view &in, T &value)
{
    if (in.size() < sizeof(T))
        return false;
    std::uint64_t v = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        v |= static_cast<std::uint64_t>(static_cast<unsigned char>(in[i])) << (8 * i);
    value = static_cast<T>(v);
    in.remove_prefix(sizeof(T));
    return true;
}

tl::unexpected<Error> foreign()
{
    return fail(Code::Corrupt, "The core sent something this program cannot read; are both of the same version?");
}

} // namespace

Result<std::optional<std::string>> PiecedAnswer::take(std::uint8_t type, std::string payload, std::size_t limit)
{
    if (m_begun.size() + payload.size() > limit) {
        clear();
        return fail(Code::TooLarge, "The core sent an answer of more than " + std::to_string(limit >> 20) + " MiB.");
    }
    std::string whole = m_begun.empty() ? std::move(payload) : std::move(m_begun.append(payload));
    clear();
    if (type == static_cast<std::uint8_t>(FrameType::Call))
        return std::optional(std::move(whole));
    m_begun = std::move(whole);
    return std::optional<std::string>();
}

std::string encodeStatus(const Status &status)
{
    Bytes out;
    events::CborWriter(out).value(status);
    return std::string(asText(out));
}

Result<Status> decodeStatus(std::string_view payload)
{
    Status status;
    events::CborReader in(asBytes(payload));
    in.value(status);
    if (!in.ok() || !in.atEnd())
        return foreign();
    return status;
}

std::string encodeRecord(const desk::Record &record)
{
    const auto bodies = events::encodeRecord(record.events, record.time);
    std::size_t size = 16;
    for (const auto &b : bodies)
        size += 4 + b.body.size();
    std::string out;
    out.reserve(size);
    put(out, record.seq);
    put(out, record.time.ns);
    for (const auto &b : bodies) {
        put(out, static_cast<std::uint32_t>(b.body.size()));
        out += asText(b.body);
    }
    return out;
}

Result<desk::Record> decodeRecord(std::string_view payload)
{
    desk::Record record;
    if (!take(payload, record.seq) || !take(payload, record.time.ns))
        return foreign();
    std::vector<BytesView> bodies;
    while (!payload.empty()) {
        std::uint32_t size = 0;
        if (!take(payload, size) || size > payload.size())
            return foreign();
        bodies.push_back(asBytes(payload.substr(0, size)));
        payload.remove_prefix(size);
    }
    auto events = events::decodeRecord(bodies);
    if (!events)
        return foreign();
    record.events = std::move(*events);
    return record;
}

std::string encodeSeq(std::uint64_t seq)
{
    std::string out;
    put(out, seq);
    return out;
}

Result<std::uint64_t> decodeSeq(std::string_view payload)
{
    std::uint64_t seq = 0;
    if (!take(payload, seq) || !payload.empty())
        return foreign();
    return seq;
}

std::filesystem::path controlSocket(const std::filesystem::path &home)
{
    std::error_code ignored;
    auto whole = std::filesystem::weakly_canonical(home, ignored);
    if (whole.empty())
        whole = home;
    auto path = whole / "run" / "control";
    if (path.native().size() < sizeof(sockaddr_un::sun_path))
        return path;
    std::array<std::uint8_t, 16> digest{};
    const auto text = asBytes(whole.native());
    crypto_generichash(digest.data(), digest.size(), text.data(), text.size(), nullptr, 0);
    const char *runtime = std::getenv("XDG_RUNTIME_DIR");
    const std::filesystem::path base = runtime && *runtime ? std::filesystem::path(runtime) / "quarterdeck"
                                                           : std::filesystem::path("/tmp/quarterdeck-" + std::to_string(getuid()));
    return base / toHex(digest);
}

std::filesystem::path defaultHome()
{
    if (const char *data = std::getenv("XDG_DATA_HOME"); data && *data == '/')
        return std::filesystem::path(data) / "quarterdeck";
    const char *home = std::getenv("HOME");
    if (!home || *home != '/') {
        const passwd *user = getpwuid(getuid());
        home = user ? user->pw_dir : "/";
    }
    return std::filesystem::path(home) / ".local/share/quarterdeck";
}

} // namespace qd::link
