// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

/// Our part of an issue's text, which colleagues write around: told by the marker behind it and by the hashes of what we wrote. Pure.
namespace qd::trackers {

struct Wanted;
struct Issue;

inline constexpr std::string_view kMarkerBegin = "quarterdeck-";

/// The text of an issue we make, its marker below.
[[nodiscard]] std::string marked(const Wanted &wanted);
/// The line of an issue's text that says which action it is.
[[nodiscard]] std::string markerLine(std::string_view marker);
/// The marker in an issue's text; "": it is none we made.
[[nodiscard]] std::string markerIn(std::string_view text);

/// How an issue's text stands to what is to be in it.
struct TextThere {
    enum class Kind {
        NotOurs,     ///< there is no marker: it is theirs
        AsWanted,    ///< ours is there already
        AsBefore,    ///< what we wrote last is there: `becomes` has ours in its place, and all else as it stands
        WrittenOver, ///< somebody wrote within our part: it is theirs, and ours is not told
    };
    Kind kind = Kind::NotOurs;
    std::string becomes = {};
};
/// `wanted.textBefore` says what of ours may stand there; of a text, 1,000 lines and 64 KiB before the marker are looked through.
[[nodiscard]] TextThere textThere(const Wanted &wanted, const Issue &now);

} // namespace qd::trackers
