// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rebuild/facts.h"

#include <set>
#include <tuple>

namespace qd::rebuild {

inline constexpr std::size_t kOriginBytes = 200;  ///< of where facts come from, and of whoever a fact names
inline constexpr std::size_t kReferenceOf = 300;  ///< of what a file calls a fact

/// A fact as a timeline has it: its words safe and bounded, its reference "fact/…" (never one of ours: "task/3" in a file is no task here), "" where the file calls it nothing.
struct Kept {
    std::string origin, reference;
    Instant at;
    std::string actor, text;
};
[[nodiscard]] Kept keptAs(std::string_view origin, std::string_view reference, Instant at, std::string_view actor, std::string_view text);

/// Facts of one incident, each once: of one instant the same thing of the same origin, or the same words of the same person. Another file may number its rows alike. Pure.
class Once {
public:
    /// False for what is there.
    bool take(const Kept &fact);
    [[nodiscard]] bool has(const Kept &fact) const;
    /// Of its origin, reference and instant there is something, in other words.
    [[nodiscard]] bool hasOtherwise(const Kept &fact) const;

private:
    std::set<std::tuple<Instant, std::string, std::string>> m_said;
    std::set<std::tuple<std::string, std::string, Instant>> m_named;
};

/// How many facts an incident has that is made of these files, what several tell counted once.
[[nodiscard]] std::size_t factsOnce(std::span<const Facts> files);

} // namespace qd::rebuild
