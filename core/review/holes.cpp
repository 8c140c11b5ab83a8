// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/holes.h"

#include <algorithm>

namespace qd::review {

namespace {

constexpr std::string_view kHoleBegins = "[sealed: ";
constexpr std::size_t kLongestHole = 40; ///< bytes; "[sealed: confidential, medium]" has 30

} // namespace

std::vector<Hole> holesIn(std::string_view text)
{
    std::vector<Hole> out;
    for (std::size_t at = text.find(kHoleBegins); at != std::string_view::npos; at = text.find(kHoleBegins, at + 1)) {
        const std::string_view from = text.substr(at, kLongestHole);
        const std::string_view says = from.substr(0, from.find(']') + 1); // none: nothing
        const bool isHole = says.ends_with(", short]") || says.ends_with(", medium]") || says.ends_with(", long]");
        if (isHole)
            out.push_back({at, says});
    }
    return out;
}

namespace {

std::string_view lineAt(std::string_view text, std::size_t at)
{
    const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1; // npos + 1: the first line
    return text.substr(begin, text.find('\n', at) - begin);
}

/// A part that was kept from the writer: what they saw, and what stands for it.
struct Kept {
    std::string hole;
    std::string_view words;              ///< the mark, brackets and all; of a "[sealed: …]" of the text itself just that
    std::size_t seenAt = 0;              ///< in what the writer saw
    bool mayGo = false;
    std::size_t unclosed = 0;            ///< pairs of brackets
};

struct SeenText {
    std::string text;
    std::vector<Kept> kept;
    bool isWhole = true;
    void add(std::string_view plain)
    {
        for (const Hole &hole : holesIn(plain)) // somebody wrote it there
            kept.push_back({std::string(hole.says), hole.says, text.size() + hole.at, true, 0});
        text += plain;
    }
};

SeenText seenOf(const WrittenOver &over)
{
    SeenText out;
    std::size_t at = 0;
    for (const Marked &mark : keptFrom(over.text, over.window)) {
        out.add(over.text.substr(at, mark.at - at));
        at = mark.at + mark.length;
        out.kept.push_back({holeOf(mark), over.text.substr(mark.at, mark.length), out.text.size(), over.mayGo && over.mayGo(mark), mark.unclosed});
        out.text += out.kept.back().hole;
        out.isWhole = false;
    }
    out.add(over.text.substr(at));
    return out;
}

/// Those that stand in the text in full are not looked for.
void leaveOutWhatIsThere(std::vector<Kept> &kept, std::string_view text, const std::vector<Marked> &marks)
{
    std::vector<std::string_view> there;
    for (const Marked &mark : marks)
        there.push_back(text.substr(mark.at, mark.length));
    std::erase_if(kept, [&](const Kept &each) {
        const auto it = std::find(there.begin(), there.end(), each.words);
        if (it == there.end())
            return false;
        there.erase(it);
        return true;
    });
}

tl::unexpected<Error> refused(const std::string &why)
{
    return fail(Code::Conflict, why + " Nothing was written, so that no words are lost that you do not see.");
}

std::string where(std::string_view hole)
{
    return std::string(hole) + " stands for words that are kept from you.";
}

bool isSame(const std::vector<Kept> &kept, const std::vector<Hole> &holes)
{
    return std::equal(kept.begin(), kept.end(), holes.begin(), holes.end(), [](const Kept &a, const Hole &b) { return a.hole == b.says; });
}

Result<> matched(std::vector<Kept> &kept, const std::vector<Hole> &holes)
{
    if (kept.size() != holes.size())
        std::erase_if(kept, [](const Kept &each) { return each.mayGo; }); // of those all are there, or none
    if (isSame(kept, holes))
        return {};
    if (holes.size() < kept.size()) {
        const auto [missing, none] = std::mismatch(kept.begin(), kept.end(), holes.begin(), holes.end(), [](const Kept &a, const Hole &b) { return a.hole == b.says; });
        (void)none;
        return refused(where(missing->hole) + " Your text has it no more: leave it where it stood, or have it taken out by who may read it, by who wrote it or, with a reason, by the review's owner (review write --reason).");
    }
    return refused(where(holes.front().says) + " Which words belong where cannot be told in your text: leave each where it stood, as often and in the same order, and put in no further.");
}

/// Two that read the same and changed places with their lines.
const Kept *movedOne(const SeenText &seen, std::string_view text, const std::vector<Kept> &kept, const std::vector<Hole> &holes)
{
    for (std::size_t n = 0; n < kept.size(); ++n) {
        const std::string_view line = lineAt(text, holes[n].at);
        if (line == lineAt(seen.text, kept[n].seenAt))
            continue;
        for (const Kept &other : kept)
            if (other.hole == kept[n].hole && other.words != kept[n].words && lineAt(seen.text, other.seenAt) == line)
                return &kept[n];
    }
    return nullptr;
}

/// Every run of blanks is one: what was selected in a window may be broken into lines otherwise.
std::string squeezed(std::string_view text)
{
    std::string out;
    for (const char c : text)
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    return out;
}

/// Whether words at this place, so long, take in a part of the mark but not all of it.
bool cutsInto(const Marked &mark, std::size_t at, std::size_t length)
{
    const bool meets = at < mark.at + mark.length && mark.at < at + length;
    return meets && !(at <= mark.at && mark.at + mark.length <= at + length);
}

} // namespace

std::string asMarked(std::string_view quote, std::string_view text)
{
    const std::vector<Marked> marks = marksIn(text);
    const std::string words = squeezed(quote);
    if (words.empty() || words == " " || marks.empty())
        return std::string(quote);
    bool isFound = false;
    std::vector<bool> meets(marks.size());
    for (std::size_t at = text.find(quote); at != std::string_view::npos; at = text.find(quote, at + 1)) {
        isFound = true;
        for (std::size_t n = 0; n < marks.size(); ++n)
            meets[n] = meets[n] || cutsInto(marks[n], at, quote.size());
    }
    for (std::size_t n = 0; n < marks.size(); ++n) {
        const std::string within = squeezed(marks[n].words), whole = squeezed(text.substr(marks[n].at, marks[n].length));
        const bool isWhole = words.find(whole) != std::string::npos;
        if (!isWhole && (within.find(words) != std::string::npos || (!within.empty() && words.find(within) != std::string::npos)))
            isFound = meets[n] = true;
        isFound = isFound || isWhole;
    }
    std::string out(quote);
    for (std::size_t n = 0; n < marks.size(); ++n)
        if (meets[n] || !isFound)
            for (const Marked::Need &need : marks[n].needs)
                out = marked(out, need.level, need.names);
    return out;
}

bool hasHole(std::string_view text)
{
    return !holesIn(text).empty();
}

Result<std::string> putBack(std::string_view text, const WrittenOver &over)
{
    SeenText seen = seenOf(over);
    if (seen.isWhole)
        return std::string(text);
    const std::vector<Hole> holes = holesIn(text);
    const std::vector<Marked> marks = marksIn(text);
    for (const Hole &hole : holes)
        if (std::any_of(marks.begin(), marks.end(), [&](const Marked &m) { return hole.at > m.at && hole.at < m.at + m.length; }))
            return refused(where(hole.says) + " It stands within a mark in your text: close the mark before it with ]].");
    std::vector<Kept> kept = std::move(seen.kept);
    leaveOutWhatIsThere(kept, text, marks);
    if (const auto ok = matched(kept, holes); !ok)
        return tl::unexpected(ok.error());
    if (const Kept *moved = movedOne(seen, text, kept, holes))
        return refused(where(moved->hole) + " It was moved in your text, and reads as another does: leave each in its line.");
    std::string out;
    std::size_t at = 0;
    for (std::size_t n = 0; n < holes.size(); ++n) {
        out += text.substr(at, holes[n].at - at);
        out += kept[n].words;
        at = holes[n].at + holes[n].says.size();
        const bool goesOn = text.substr(at).find_first_not_of(" \t\n") != std::string_view::npos;
        for (std::size_t pairs = goesOn ? kept[n].unclosed : 0; pairs > 0; --pairs) // what is written behind it is no part of it
            out += out.ends_with(']') ? " ]]" : "]]";
    }
    return out += text.substr(at);
}

} // namespace qd::review
