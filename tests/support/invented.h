// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "tests/support/builders.h"
#include "tests/support/random.h"

#include <map>
#include <string_view>

/// Events of every type with values nobody chose, made from QD_FIELDS alone: a member added to any event is covered by
/// being there.
namespace qd::tests {

/// Small numbers name things that exist in someState(); Large ones exercise every width of the encoding.
enum class Numbers { Small, Large };

class Inventor {
public:
    Inventor(std::uint64_t seed, Numbers numbers) : m_random(seed), m_numbers(numbers) {}

    template <typename T>
    [[nodiscard]] T event()
    {
        T e;
        invent(e, "");
        return e;
    }

private:
    [[nodiscard]] std::string text(std::string_view member)
    {
        static const std::string kKey = "am/" + fingerprintText(knownFingerprint());
        static const std::map<std::string_view, std::vector<std::string>> kKnown = {
            {"incident", {"INC-1", "INC-2", "INC-1", ""}}, {"connection", {"am", "chat", "gone"}}, {"name", {"am", "chat", "new"}},
            {"room", {"room@chat", "other@chat"}},         {"person", {"ana", "ben", ""}},         {"set", {"am", "gone"}},
            {"messageId", {"m1", "m2", ""}},               {"target", {"m1", "m2", "m9"}},         {"subject", {"update/1", "page/1/1", ""}},
            {"audience", {"customers", "technical"}},      {"policy", {"shop", "gone"}},
            {"id", {"silence/1", "shelf/2", "window/3", "maintenance/a", "gone"}}, {"names", {"", "am", "silence/1", "inhibition/a"}},
            {"heartbeat", {"nightly", "nightly", "gone"}},
            {"into", {"INC-1", "gone", "INC-2"}},
            {"group", {"db", "elsewhere"}},                {"merged", {"db", "gone"}},
            {"keys", {kKey, kKey, "am/00000000000000ff", "nonsense"}}};
        static const std::vector<std::string> kAny = {"", "a", "Grüße — \"quoted\"\n", std::string(300, 'x'), "\xf0\x9f\x9a\xa8", "am/00000000000000ff"};
        const auto known = kKnown.find(member);
        const auto &from = known == kKnown.end() ? kAny : known->second;
        return from[m_random.below(from.size())];
    }

    template <typename T>
    [[nodiscard]] T number()
    {
        if (m_numbers == Numbers::Small)
            return static_cast<T>(m_random.below(4));
        // Every width, both signs, and zero.
        return static_cast<T>(m_random.next() >> m_random.below(64)) * static_cast<T>(m_random.below(8) != 0);
    }

    /// Of the first alert of someState().
    [[nodiscard]] static std::uint64_t knownFingerprint()
    {
        Fingerprint f;
        f.add("alertname", "A0");
        f.add("service", "db");
        return f.value();
    }

    template <typename T>
    void invent(T &v, std::string_view member)
    {
        if constexpr (std::is_same_v<T, std::string>) {
            v = text(member);
        } else if constexpr (std::is_same_v<T, bool>) {
            v = m_random.below(2) == 1;
        } else if constexpr (std::is_enum_v<T>) {
            v = static_cast<T>(m_random.below(3));
        } else if constexpr (std::is_arithmetic_v<T>) {
            v = std::is_same_v<T, std::uint64_t> && member == "fingerprint" && m_random.below(2) == 0 ? static_cast<T>(knownFingerprint()) : number<T>();
        } else if constexpr (std::is_same_v<T, Instant>) {
            v.ns = m_random.below(4) == 0 ? 0 : kMorning.ns + static_cast<std::int64_t>(m_random.below(1'000'000'000'000));
        } else if constexpr (std::is_same_v<T, Span>) {
            v.ns = number<std::int64_t>();
        } else if constexpr (std::is_same_v<T, ReportBatch>) {
            v = batch();
        } else if constexpr (std::is_same_v<T, std::map<std::string, std::string>>) {
            for (std::uint64_t n = m_random.below(4); n > 0; --n)
                v[text("")] = text("");
        } else if constexpr (HasFields<T>) {
            T::visitFields(v, [&](int, const char *name, auto &inner) { invent(inner, name); });
        } else {
            v.resize(m_random.below(4));
            for (auto &element : v)
                invent(element, member);
        }
    }

    [[nodiscard]] ReportBatch batch()
    {
        ABatch b(m_random.below(2) == 0 ? "am" : "gone");
        for (std::uint64_t n = 1 + m_random.below(4); n > 0; --n) {
            b.alert({{"alertname", "A" + std::to_string(m_random.below(5))}, {"service", text("name")}}).annotation("summary", text(""));
            if (m_random.below(3) == 0)
                b.resolved();
        }
        return b.build();
    }

    SeededRandom m_random;
    Numbers m_numbers;
};

/// An event of variant alternative `index`.
[[nodiscard]] events::Event inventedEvent(std::size_t index, Inventor &inventor);

/// A record around alternative `index`: AlertsDecided says nothing without the reports it decides.
[[nodiscard]] events::Events inventedRecord(std::size_t index, std::uint64_t seed);

/// A State with one of everything, for events to fall on.
[[nodiscard]] Log someState();

} // namespace qd::tests
