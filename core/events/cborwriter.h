// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"
#include "core/base/fields.h"
#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/model/impact.h"

#include <bit>
#include <cbor/encoding.h>
#include <cstring>
#include <map>
#include <type_traits>

namespace qd::events {

static_assert(std::endian::native == std::endian::little, "the typed arrays are written as they lie in memory");

template <typename T>
inline constexpr std::uint8_t kArrayTag = 0; ///< RFC 8746 tags of little-endian typed arrays
template <> inline constexpr std::uint8_t kArrayTag<std::uint8_t> = 64;
template <> inline constexpr std::uint8_t kArrayTag<std::uint16_t> = 69;
template <> inline constexpr std::uint8_t kArrayTag<std::uint32_t> = 70;
template <> inline constexpr std::uint8_t kArrayTag<std::uint64_t> = 71;
template <> inline constexpr std::uint8_t kArrayTag<std::int64_t> = 79;

/// Appends values as deterministic CBOR. Structs with QD_FIELDS become maps from field number to value, defaults left out.
class CborWriter {
public:
    explicit CborWriter(Bytes &out) : m_out(out) {}

    void array(std::size_t n) { head(n, cbor_encode_array_start); }
    void map(std::size_t n) { head(n, cbor_encode_map_start); }
    void value(std::uint64_t v) { head(v, cbor_encode_uint); }

    /// A struct whose texts are held apart: which they were stands behind its own fields.
    template <typename T>
    void valueWithout(const T &v, std::uint64_t texts)
    {
        fields(v, 1);
        value(std::uint64_t{kHeldApart});
        value(texts);
    }
    static constexpr int kHeldApart = 63; ///< a field number no event uses

    template <typename T>
    void value(const T &v)
    {
        if constexpr (std::is_same_v<T, bool>) {
            head(v, cbor_encode_bool);
        } else if constexpr (std::is_enum_v<T>) {
            value(static_cast<std::uint64_t>(v));
        } else if constexpr (std::is_unsigned_v<T>) {
            value(static_cast<std::uint64_t>(v));
        } else if constexpr (std::is_integral_v<T>) {
            if (v < 0)
                head(static_cast<std::uint64_t>(-1 - static_cast<std::int64_t>(v)), cbor_encode_negint);
            else
                value(static_cast<std::uint64_t>(v));
        } else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Span>) {
            value(v.ns);
        } else if constexpr (std::is_same_v<T, std::string>) {
            head(v.size(), cbor_encode_string_start);
            raw(v.data(), v.size());
        } else if constexpr (std::is_same_v<T, Uuid>) {
            head(v.bytes.size(), cbor_encode_bytestring_start);
            raw(v.bytes.data(), v.bytes.size());
        } else if constexpr (std::is_same_v<T, std::map<std::string, std::string>>) {
            map(v.size());
            for (const auto &[key, text] : v) {
                value(key);
                value(text);
            }
        } else if constexpr (HasFields<T>) {
            fields(v, 0);
        } else {
            list(v);
        }
    }

    /// What is left out: empty texts and lists, zero numbers, a reckoning that is none. (Members whose C++ default is not zero are always written
    /// when not zero, and read back as zero only when they were zero: the reader starts such members from zero too.)
    template <typename T>
    [[nodiscard]] static bool isDefault(const T &v)
    {
        if constexpr (std::is_enum_v<T>)
            return static_cast<int>(v) == 0;
        else if constexpr (std::is_arithmetic_v<T>)
            return v == T{};
        else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Span>)
            return v.ns == 0;
        else if constexpr (std::is_same_v<T, Uuid>)
            return !v;
        else if constexpr (std::is_same_v<T, Reckoning>)
            return v.matrix.empty(); // nothing was reckoned: as in events from before it could be
        else if constexpr (HasFields<T>)
            return false;
        else
            return v.empty();
    }

private:
    template <typename T>
    void fields(const T &v, std::size_t more)
    {
        std::size_t n = more;
        T::visitFields(v, [&](int, const char *, const auto &member) { n += isDefault(member) ? 0 : 1; });
        map(n);
        T::visitFields(v, [&](int number, const char *, const auto &member) {
            if (!isDefault(member)) {
                value(static_cast<std::uint64_t>(number));
                value(member);
            }
        });
    }

    template <typename E>
    void list(const std::vector<E> &v)
    {
        if constexpr (kArrayTag<E> != 0) {
            head(kArrayTag<E>, cbor_encode_tag);
            head(v.size() * sizeof(E), cbor_encode_bytestring_start);
            raw(v.data(), v.size() * sizeof(E));
        } else {
            array(v.size());
            for (const E &e : v)
                value(e);
        }
    }

    template <typename V, typename F>
    void head(V v, F encode)
    {
        std::uint8_t buffer[9];
        const std::size_t n = encode(v, buffer, sizeof buffer);
        m_out.insert(m_out.end(), buffer, buffer + n);
    }
    void raw(const void *data, std::size_t n)
    {
        if (n == 0)
            return;
        const std::size_t at = m_out.size();
        m_out.resize(at + n);
        std::memcpy(m_out.data() + at, data, n);
    }

    Bytes &m_out;
};

} // namespace qd::events
