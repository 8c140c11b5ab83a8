// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/cborwriter.h"

namespace qd::events {

/// Reads what CborWriter wrote, item by item, over libcbor's streaming decoder. Once it met something wrong every
/// further read does nothing; ask ok() at the end. Never reads outside the bytes given; nesting is bounded.
class CborReader {
public:
    explicit CborReader(BytesView bytes) : m_rest(bytes) {}

    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }

    /// How many entries the array or map at the front has.
    [[nodiscard]] std::size_t array();
    [[nodiscard]] std::size_t map();
    void skip(int depth = 0);
    void fail() { m_ok = false; }
    /// Which texts of the struct read last are held apart (CborWriter::valueWithout); asked once.
    [[nodiscard]] std::uint64_t takeHeldApart() { return std::exchange(m_heldApart, 0); }
    [[nodiscard]] BytesView rest() const { return m_rest; }

    template <typename T>
    void value(T &v)
    {
        if constexpr (std::is_same_v<T, bool>) {
            v = boolean();
        } else if constexpr (std::is_enum_v<T>) {
            v = static_cast<T>(integer());
        } else if constexpr (std::is_integral_v<T>) {
            v = static_cast<T>(integer());
        } else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Span>) {
            v.ns = static_cast<std::int64_t>(integer());
        } else if constexpr (std::is_same_v<T, std::string>) {
            v = asText(text());
        } else if constexpr (std::is_same_v<T, Uuid>) {
            const BytesView b = byteString();
            if (b.size() == v.bytes.size())
                std::memcpy(v.bytes.data(), b.data(), b.size());
            else
                fail();
        } else if constexpr (std::is_same_v<T, std::map<std::string, std::string>>) {
            for (std::size_t n = map(); n > 0 && m_ok; --n) {
                std::string key;
                value(key);
                value(v[key]);
            }
        } else if constexpr (HasFields<T>) {
            structure(v);
        } else {
            list(v);
        }
    }

private:
    template <typename T>
    static void zero(T &v)
    {
        if constexpr (HasFields<T>)
            T::visitFields(v, [](int, const char *, auto &member) { zero(member); });
        else
            v = T{};
    }

    template <typename T>
    void structure(T &v)
    {
        if (++m_depth > kDepth)
            return fail();
        zero(v);
        for (std::size_t n = map(); n > 0 && m_ok; --n) {
            const auto number = static_cast<int>(integer());
            bool known = false;
            T::visitFields(v, [&](int f, const char *, auto &member) {
                if (f == number && !known) {
                    known = true;
                    value(member);
                }
            });
            if (!known && number == CborWriter::kHeldApart && m_depth == 1)
                m_heldApart = integer();
            else if (!known)
                skip();
        }
        --m_depth;
    }

    template <typename E>
    void list(std::vector<E> &v)
    {
        v.clear();
        if constexpr (kArrayTag<E> != 0) {
            const BytesView b = typedArray(kArrayTag<E>);
            if (b.size() % sizeof(E) != 0)
                return fail();
            v.resize(b.size() / sizeof(E));
            if (!b.empty())
                std::memcpy(v.data(), b.data(), b.size());
        } else {
            const std::size_t n = array();
            // A length is only believed as far as the bytes could hold it.
            v.reserve(n < m_rest.size() ? n : m_rest.size());
            for (std::size_t i = 0; i < n && m_ok; ++i)
                value(v.emplace_back());
        }
    }

    enum class Kind { Other, Uint, Negint, Bytes, Text, Array, Map, Tag, Bool };
    struct Item {
        Kind kind = Kind::Other;
        std::uint64_t number = 0;
        BytesView bytes;
    };
    friend struct CborCallbacks;

    [[nodiscard]] Item next();
    [[nodiscard]] std::uint64_t integer();
    [[nodiscard]] bool boolean();
    [[nodiscard]] BytesView text();
    [[nodiscard]] BytesView byteString();
    [[nodiscard]] BytesView typedArray(std::uint8_t tag);

    static constexpr int kDepth = 32;
    BytesView m_rest;
    int m_depth = 0;
    std::uint64_t m_heldApart = 0;
    bool m_ok = true;
};

} // namespace qd::events
