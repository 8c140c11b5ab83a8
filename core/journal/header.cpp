// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/header.h"

#include "core/journal/ports.h"

#include <algorithm>
#include <cstring>

namespace qd::journal {

namespace {

constexpr std::array<std::uint8_t, 4> kRecordMagic{'Q', 'D', 'R', kFormat};
constexpr std::uint8_t kNoAuthor = 0;

class Writer
{
public:
    explicit Writer(std::uint8_t *at)
        : m_at(at)
    {
    }
    template <typename T>
    void number(T value)
    {
        for (std::size_t i = 0; i < sizeof(T); ++i)
            *m_at++ = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i));
    }
    template <std::size_t N>
    void bytes(const std::array<std::uint8_t, N> &b)
    {
        std::memcpy(m_at, b.data(), N);
        m_at += N;
    }

private:
    std::uint8_t *m_at;
};

class Reader
{
public:
    explicit Reader(const std::uint8_t *at)
        : m_at(at)
    {
    }
    template <typename T>
    T number()
    {
        const T v = getNumber<T>(m_at);
        m_at += sizeof(T);
        return v;
    }
    template <std::size_t N>
    void bytes(std::array<std::uint8_t, N> &b)
    {
        std::memcpy(b.data(), m_at, N);
        m_at += N;
    }

private:
    const std::uint8_t *m_at;
};

} // namespace

void encodeHeader(const Header &h, std::span<std::uint8_t> out)
{
    Writer w(out.data());
    w.bytes(kRecordMagic);
    w.number(h.suite);
    w.number(static_cast<std::uint16_t>(h.parts.size()));
    w.number(static_cast<std::uint32_t>(headerSize(h.parts.size())));
    w.bytes(h.log.bytes);
    w.number(h.seq);
    w.bytes(h.id.bytes);
    w.bytes(h.writer.bytes);
    w.number(h.time.ns);
    w.number(h.boot.ns);
    w.bytes(h.previous);
    for (const PartEntry &p : h.parts) {
        w.bytes(p.stream);
        w.bytes(p.key);
        w.number(p.family);
        w.number(std::uint16_t(0));
        w.number(p.length);
        w.bytes(p.digest);
        w.bytes(p.commitment);
    }
    w.number(kNoAuthor);
}

namespace {

/// The header in front of `blob`, and how long the whole record must be.
struct Front
{
    ParsedHeader parsed;
    std::uint64_t total = 0;
};

Result<Front> parseFront(BytesView blob)
{
    if (blob.size() < headerSize(1) || !std::equal(kRecordMagic.begin(), kRecordMagic.begin() + 3, blob.begin()))
        return fail(Code::Corrupt, "this is not a journal record");
    if (blob[3] != kFormat)
        return fail(Code::Version,
                    "the record is of format " + std::to_string(blob[3]) + ", which this program does not know");
    Reader r(blob.data() + 4);
    Front front;
    ParsedHeader &parsed = front.parsed;
    Header &h = parsed.header;
    h.suite = r.number<std::uint16_t>();
    if (h.suite != kSuite)
        return fail(Code::Version, "the record is sealed with suite " + std::to_string(h.suite) +
                                       ", which this program does not know");
    const std::size_t count = r.number<std::uint16_t>();
    parsed.size = r.number<std::uint32_t>();
    if (count == 0 || count > kMaxParts || parsed.size != headerSize(count) || blob.size() < parsed.size)
        return fail(Code::Corrupt, "the record's header has a wrong length");
    r.bytes(h.log.bytes);
    h.seq = r.number<std::uint64_t>();
    r.bytes(h.id.bytes);
    r.bytes(h.writer.bytes);
    h.time.ns = r.number<std::int64_t>();
    h.boot.ns = r.number<std::int64_t>();
    r.bytes(h.previous);
    h.parts.resize(count);
    front.total = parsed.size;
    for (PartEntry &p : h.parts) {
        r.bytes(p.stream);
        r.bytes(p.key);
        p.family = r.number<std::uint16_t>();
        if (r.number<std::uint16_t>() != 0)
            return fail(Code::Corrupt, "the record's header has bits set that are reserved");
        p.length = r.number<std::uint32_t>();
        if (p.length < kTag)
            return fail(Code::Corrupt, "a part of the record is shorter than its seal");
        r.bytes(p.digest);
        r.bytes(p.commitment);
        front.total += p.length;
    }
    if (r.number<std::uint8_t>() != kNoAuthor)
        return fail(Code::Version, "the record carries an author's signature, which this program does not know");
    return front;
}

} // namespace

Result<ParsedHeader> parseHeader(BytesView blob)
{
    auto front = parseFront(blob);
    if (!front)
        return tl::unexpected(front.error());
    if (front->total != blob.size())
        return fail(Code::Corrupt, "the record is not as long as its header says");
    return std::move(front->parsed);
}

Result<Header> parseHeaderAlone(BytesView bytes)
{
    auto front = parseFront(bytes);
    if (!front)
        return tl::unexpected(front.error());
    if (front->parsed.size != bytes.size())
        return fail(Code::Corrupt, "the record's header has a wrong length");
    return std::move(front->parsed.header);
}

Hash leafHash(Sha256 &sha, BytesView header)
{
    static constexpr std::uint8_t kLeaf[1] = {0};
    return sha.of({BytesView(kLeaf), header});
}

} // namespace qd::journal
