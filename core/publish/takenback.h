// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// What stands at a vendor's page of words of ours against what our own page says of them now: words that were struck, erased or classed above the page are to
/// be found there and written over. Pure.
namespace qd::publish {

/// One update of an incident there.
struct UpdateThere {
    std::string id, status, body, at;    ///< at: RFC 3339
};

/// One word of ours that was told there.
struct WordTold {
    std::uint32_t number = 0;
    std::string status, body;            ///< as our page has it now; "": it has no words of it (any more)
    std::string mark;                    ///< of the words as they were told; "": not known
};

/// An update there is to say something else.
struct Correction {
    std::uint32_t number = 0;            ///< of our word
    std::string update, body;            ///< update: its id; "": which of those there it is cannot be told
    std::string at;                      ///< when it was said there
    bool operator==(const Correction &) const = default;
};

/// What is known of words once they are gone: two texts with one mark are the same words.
using MarkOf = std::function<std::string(std::string_view)>;

/// The same words, however many blanks and ends of lines are between them.
[[nodiscard]] std::string plainWords(std::string_view text);

/// `there` in any order; of one moment, oldest first. Our words are found by their marks, then by what they say now, then as what is left over, where that can be told. Only where our own
/// words changed since they were told is anything corrected: what somebody wrote otherwise there stays, and so does whatever is none of ours. `takenBack` is what
/// an update says of which nothing is left. Nothing is corrected twice.
[[nodiscard]] std::vector<Correction> corrections(std::vector<UpdateThere> there, const std::vector<WordTold> &told, const MarkOf &markOf, const std::string &takenBack);

} // namespace qd::publish
