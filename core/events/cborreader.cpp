// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/cborreader.h"

#include <cbor.h>

namespace qd::events {

struct CborCallbacks {
    using Item = CborReader::Item;
    using Kind = CborReader::Kind;

    template <Kind K, typename V>
    static void number(void *ctx, V v)
    {
        *static_cast<Item *>(ctx) = {K, static_cast<std::uint64_t>(v), {}};
    }
    template <Kind K>
    static void string(void *ctx, cbor_data data, std::size_t n)
    {
        *static_cast<Item *>(ctx) = {K, n, BytesView(data, n)};
    }
    static void boolean(void *ctx, bool v) { *static_cast<Item *>(ctx) = {Kind::Bool, v ? 1U : 0U, {}}; }

    static cbor_callbacks make()
    {
        cbor_callbacks c = cbor_empty_callbacks;
        c.uint8 = number<Kind::Uint, std::uint8_t>;
        c.uint16 = number<Kind::Uint, std::uint16_t>;
        c.uint32 = number<Kind::Uint, std::uint32_t>;
        c.uint64 = number<Kind::Uint, std::uint64_t>;
        c.negint8 = number<Kind::Negint, std::uint8_t>;
        c.negint16 = number<Kind::Negint, std::uint16_t>;
        c.negint32 = number<Kind::Negint, std::uint32_t>;
        c.negint64 = number<Kind::Negint, std::uint64_t>;
        c.byte_string = string<Kind::Bytes>;
        c.string = string<Kind::Text>;
        c.array_start = number<Kind::Array, std::size_t>;
        c.map_start = number<Kind::Map, std::size_t>;
        c.tag = number<Kind::Tag, std::uint64_t>;
        c.boolean = boolean;
        return c;
    }
};

CborReader::Item CborReader::next()
{
    static const cbor_callbacks callbacks = CborCallbacks::make();
    Item item;
    if (!m_ok)
        return item;
    const cbor_decoder_result r = cbor_stream_decode(m_rest.data(), m_rest.size(), &callbacks, &item);
    if (r.status != CBOR_DECODER_FINISHED) {
        m_ok = false;
        return {};
    }
    m_rest = m_rest.subspan(r.read);
    return item;
}

std::uint64_t CborReader::integer()
{
    const Item i = next();
    if (i.kind == Kind::Negint)
        return static_cast<std::uint64_t>(-1 - static_cast<std::int64_t>(i.number));
    if (i.kind != Kind::Uint)
        fail();
    return i.number;
}

bool CborReader::boolean()
{
    const Item i = next();
    if (i.kind != Kind::Bool)
        fail();
    return i.number != 0;
}

BytesView CborReader::text()
{
    const Item i = next();
    if (i.kind != Kind::Text)
        fail();
    return i.bytes;
}

BytesView CborReader::byteString()
{
    const Item i = next();
    if (i.kind != Kind::Bytes)
        fail();
    return i.bytes;
}

BytesView CborReader::typedArray(std::uint8_t tag)
{
    const Item i = next();
    if (i.kind != Kind::Tag || i.number != tag) {
        fail();
        return {};
    }
    return byteString();
}

std::size_t CborReader::array()
{
    const Item i = next();
    if (i.kind != Kind::Array) {
        fail();
        return 0;
    }
    return i.number;
}

std::size_t CborReader::map()
{
    const Item i = next();
    if (i.kind != Kind::Map) {
        fail();
        return 0;
    }
    return i.number;
}

void CborReader::skip(int depth)
{
    if (depth > kDepth)
        return fail();
    const Item i = next();
    if (i.kind == Kind::Tag) {
        skip(depth + 1);
    } else if (i.kind == Kind::Array || i.kind == Kind::Map) {
        const std::uint64_t n = i.kind == Kind::Map ? i.number * 2 : i.number;
        for (std::uint64_t k = 0; k < n && m_ok; ++k)
            skip(depth + 1);
    }
}

} // namespace qd::events
