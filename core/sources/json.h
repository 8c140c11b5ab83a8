// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Internal to the parsers' .cpp files: brings in simdjson. Our other headers never include this one.

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/model/report.h"

#include <deque>
#include <optional>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qd::sources {

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;
using Array = simdjson::dom::array;

inline constexpr std::size_t kDepthLimit = 64;
inline constexpr std::size_t kLabelLimit = 256;

/// The whole body as a tree, valid until the next parseJson of this thread. Refused (Code::Invalid) when it is not JSON or
/// nests deeper than kDepthLimit. Three faults that Go's and other readers let pass are repaired, not refused, because a
/// page would be lost with them: bytes that are not UTF-8 and lone surrogates become U+FFFD (one a byte, as Go does it, so
/// that fingerprints agree), and numbers beyond 64 bits become texts.
[[nodiscard]] Result<Element> parseJson(std::string_view body);

/// The repair described above, or the body itself when there is nothing to repair.
[[nodiscard]] std::string repairJson(std::string_view body);

/// Texts made while reading (a number written where a text belongs); their addresses hold until clear().
class Scratch {
public:
    [[nodiscard]] std::string_view keep(std::string text) { return m_texts.emplace_back(std::move(text)); }
    void clear() { m_texts.clear(); }

private:
    std::deque<std::string> m_texts;
};

/// A text, or a number or truth value as its text; "" for null; nothing for an object or array.
[[nodiscard]] std::optional<std::string_view> textOf(Element element, Scratch &scratch);
/// The text of a key of an object, "" when it is missing, null, an object or an array.
[[nodiscard]] std::string_view textAt(const Object &object, std::string_view key, Scratch &scratch);
/// A whole number, also when it is written as a text; nothing for anything else.
[[nodiscard]] std::optional<std::int64_t> numberOf(Element element);
/// The element as compact JSON, for excerpts and nested values.
[[nodiscard]] std::string jsonText(Element element);
/// `text` as a JSON string with its quotes.
[[nodiscard]] std::string jsonString(std::string_view text);

using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;

/// Reads an object of texts: sorted by name, the last of a repeated name wins, null and "" are left out when `dropEmpty`
/// (Alertmanager's rule for labels). Returns a sentence when it cannot be taken: more than kLabelLimit pairs, a value that
/// is an object or array. A missing, null object is no pairs.
[[nodiscard]] std::optional<std::string> readPairs(Element element, std::string_view what, bool dropEmpty, Pairs &out, Scratch &scratch);

/// [a-zA-Z_][a-zA-Z0-9_]*, Prometheus' classic label name.
[[nodiscard]] bool isClassicName(std::string_view name);

/// RFC 3339 text to Instant with the last answer remembered: deliveries repeat their times.
class TimeReader {
public:
    /// "" and null are none; false when it is no time.
    [[nodiscard]] bool read(Element element, Instant &out);

private:
    std::string m_text;
    Instant m_value;
};

/// Keeps what could not be taken visible, but bounded: the first 1,000 of a delivery one by one, the others as one report.
class Quarantine {
public:
    Quarantine(BatchBuilder &builder) : m_builder(builder) {}
    void add(std::uint32_t index, std::string reason, Element raw);
    /// Call before builder.take().
    void close();

private:
    static constexpr std::uint32_t kLimit = 1000;
    BatchBuilder &m_builder;
    std::uint32_t m_count = 0;
    std::string m_lastReason;
};

} // namespace qd::sources
