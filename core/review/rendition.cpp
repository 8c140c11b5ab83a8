// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/rendition.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/review/frame.h"
#include "core/review/holes.h"
#include "core/review/names.h"
#include "core/review/seams.h"

#include <algorithm>

namespace qd::review {

namespace {

constexpr std::size_t kRounds = 50; ///< in which marks are taken out that come to be of what is left: nobody writes so many by chance

/// A run of the characters Markdown formats with.
struct Delimiter {
    std::string text;
    bool opens = false;
};

bool isLineStart(std::string_view text, std::size_t at)
{
    while (at > 0 && text[at - 1] == ' ')
        --at;
    return at == 0 || text[at - 1] == '\n';
}

/// What of the formatting in these words belongs to what stands outside of them: of each kind of run that is there an odd number of times, one.
std::vector<Delimiter> formattingLeft(std::string_view words)
{
    struct Seen {
        Delimiter first, last;
        std::size_t count = 0;
        bool isFence = false;
    };
    std::vector<Seen> seen;
    for (std::size_t at = 0; at < words.size();) {
        const char c = words[at];
        if (c == '\\') {
            at += 2;
            continue;
        }
        std::size_t end = at;
        while (end < words.size() && words[end] == c)
            ++end;
        const std::size_t length = end - at;
        const bool isMark = c == '*' || c == '_' || c == '`' || (c == '~' && length == 2);
        if (isMark && length <= 3) {
            const bool isFence = c == '`' && length == 3 && isLineStart(words, at);
            const bool opens = at == 0 || words[at - 1] == ' ' || words[at - 1] == '\n' || words[at - 1] == '(';
            const Delimiter one{std::string(words.substr(at, length)), opens};
            const auto same = std::find_if(seen.begin(), seen.end(), [&](const Seen &s) { return s.first.text == one.text && s.isFence == isFence; });
            Seen &s = same != seen.end() ? *same : seen.emplace_back(Seen{one, one, 0, isFence});
            s.last = one;
            ++s.count;
        }
        at = end;
    }
    std::vector<Delimiter> out;
    for (const Seen &s : seen)
        if (s.count % 2 == 1) {
            Delimiter left = s.first.opens ? s.last : s.first; // one that begins in it goes on behind it, one that ends in it came from before
            if (s.isFence)
                left = {"\n```\n", false};
            out.push_back(std::move(left));
        }
    return out;
}

/// Marks that are marks only now, and outside what is left of others. Their words, and where a reader may have them their brackets alone, are taken out of the blocks; whether there were any. `all`: everything from the first on goes.
bool cutAfterReading(std::vector<Block> &blocks, const Audience &audience, std::size_t &removed, bool all)
{
    const std::string text = plainText(blocks);
    std::vector<Edit> edits;
    for (const Marked &mark : marksIn(text)) {
        const auto begin = static_cast<std::size_t>(mark.words.data() - text.data());
        if (all) {
            edits.push_back({mark.at, text.size() - mark.at, {}});
            ++removed;
            break;
        }
        if (!mayRead(audience.reader, mark)) {
            edits.push_back({mark.at, mark.length, audience.isOutside ? std::string(kSeam) : holeOf(mark)});
            ++removed;
        } else {
            edits.push_back({mark.at, begin - mark.at, {}});
            const std::size_t end = begin + mark.words.size();
            if (mark.at + mark.length > end)
                edits.push_back({end, mark.at + mark.length - end, {}});
        }
    }
    if (edits.empty() && audience.isOutside)
        for (const Hole &hole : holesIn(text)) { // no sign of what is kept from others either
            edits.push_back({hole.at, hole.says.size(), std::string(kSeam)});
            ++removed;
        }
    change(blocks, edits);
    return !edits.empty();
}

/// What was cut leaves no trace, and what stands together only by that is looked at again (each round leaves fewer marks) until there is none. Where that takes no end the rest goes.
void closeAndCut(std::vector<Block> &blocks, const Audience &audience, std::size_t &removed)
{
    std::size_t round = 0;
    do
        closeSeams(blocks);
    while (cutAfterReading(blocks, audience, removed, round++ >= kRounds));
}

void dropAddresses(std::vector<Block> &blocks, const Audience &audience)
{
    for (Block &b : blocks)
        for (Run &run : b.runs) {
            // An address may hold a mark as well, written in ways of its own.
            if (!run.link.empty() && !keptFrom(unescaped(run.link), audience.reader).empty())
                run.link.clear();
            if (audience.isOutside)
                run.evidence.clear();
        }
}

/// What says that something is kept from a reader says it in the language of the rest.
void sayHoles(std::vector<Block> &blocks, std::string_view language)
{
    const std::string text = plainText(blocks);
    std::vector<Edit> edits;
    for (std::size_t at = text.find("[sealed: "); at != std::string::npos; at = text.find("[sealed: ", at + 1)) {
        const std::size_t end = text.find(']', at);
        const std::string_view hole = std::string_view(text).substr(at, end == std::string::npos ? end : end + 1 - at);
        if (std::string said = holeIn(hole, language); !said.empty() && said != hole)
            edits.push_back({at, hole.size(), std::move(said)});
    }
    change(blocks, edits);
}

bool isSmallStart(std::string_view text, std::size_t at)
{
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '@'))
        --at;
    return at > 0 && text[at - 1] != '\n' && text[at - 1] != '.' && text[at - 1] != '!' && text[at - 1] != '?';
}

/// "@ana", "Ana Lopez" become "the incident commander".
void nameRoles(std::vector<Block> &blocks, const std::vector<NamedPerson> &people, const NameIndex &names)
{
    std::vector<Edit> edits;
    std::size_t blockAt = 0;
    for (const Block &b : blocks) { // each by itself: no name goes over two of them
        const std::string text = b.text();
        names.eachIn(text, [&](std::size_t at, std::size_t length, std::size_t which) {
            const std::size_t begin = at > 0 && text[at - 1] == '@' ? at - 1 : at;
            std::string role = people[which].role;
            if (!isSmallStart(text, begin) && !role.empty() && role[0] >= 'a' && role[0] <= 'z')
                role[0] = static_cast<char>(role[0] - 32);
            edits.push_back({blockAt + begin, at + length - begin, std::move(role)});
        });
        blockAt += text.size() + 1;
    }
    // The longest name at a place counts: "Ana Lopez" before "Ana".
    std::stable_sort(edits.begin(), edits.end(), [](const Edit &a, const Edit &b) { return a.at != b.at ? a.at < b.at : a.length > b.length; });
    std::vector<Edit> apart;
    for (Edit &e : edits)
        if (apart.empty() || e.at >= apart.back().at + apart.back().length)
            apart.push_back(std::move(e));
    change(blocks, apart);
}

} // namespace

std::string unescaped(std::string_view url)
{
    std::string out;
    const auto value = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; };
    for (std::size_t n = 0; n < url.size(); ++n)
        if (url[n] == '%' && n + 2 < url.size() && value(url[n + 1]) >= 0 && value(url[n + 2]) >= 0) {
            out += static_cast<char>(value(url[n + 1]) * 16 + value(url[n + 2]));
            n += 2;
        } else {
            out += url[n];
        }
    return out;
}

namespace {

std::string withoutSign(std::string text, std::string_view sign)
{
    for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign, at))
        text.erase(at, sign.size());
    return text;
}

/// Each mark of the text once.
std::string redactedOnce(std::string_view markdown, const Reader &reader, bool hole, std::size_t &removed)
{
    std::string out;
    std::size_t at = 0;
    for (const Marked &mark : marksIn(markdown)) {
        out += markdown.substr(at, mark.at - at);
        at = mark.at + mark.length;
        if (mayRead(reader, mark)) {
            out += mark.words;
            continue;
        }
        ++removed;
        std::string before, after;
        for (const Delimiter &d : formattingLeft(mark.words))
            (d.opens ? before : after) += d.text;
        if (hole) {
            out += before + holeOf(mark) + after;
            continue;
        }
        out.append(kSeam).append(after);
        if (!before.empty() && at < markdown.size() && markdown[at] == ' ') { // what opens stands at its word
            out += ' ';
            ++at;
        }
        out += before;
    }
    out += markdown.substr(at);
    return out;
}

/// Markdown without the marks this reader may not read: of each its hole is left, or a seam.
std::string redactedWith(std::string_view markdown, const Reader &reader, bool hole, std::size_t &removed)
{
    std::string out = redactedOnce(markdown, reader, hole, removed);
    // Brackets on both sides of what is gone may open a mark now; each round has fewer.
    for (std::size_t round = 0;; ++round) {
        std::string joined = withoutSign(out, kSeam);
        const std::vector<Marked> kept = keptFrom(joined, reader);
        if (kept.empty())
            return out;
        if (round >= kRounds) {
            ++removed;
            joined.resize(kept.front().at);
            return joined;
        }
        out = redactedOnce(joined, reader, hole, removed);
    }
}

/// Of what was kept from whoever wrote or read it before, outside nothing is left.
std::string withoutHoles(std::string_view markdown, std::size_t &removed)
{
    std::string out;
    std::size_t at = 0;
    for (const Hole &hole : holesIn(markdown)) {
        out.append(markdown.substr(at, hole.at - at));
        if (out.ends_with('\\')) // it stood before the bracket
            out.pop_back();
        out.append(kSeam);
        at = hole.at + hole.says.size();
        ++removed;
    }
    return out.append(markdown.substr(at));
}

std::string redactedSource(std::string markdown, const Audience &audience, std::size_t &removed)
{
    markdown = withoutSign(std::move(markdown), kSeam);
    return redactedWith(audience.isOutside ? withoutHoles(markdown, removed) : markdown, audience.reader, !audience.isOutside, removed);
}

} // namespace

Rendition renditionOf(const Source &source, const Audience &audience)
{
    Rendition out{source.incident, {}, audience.name, audience.isOutside, {}, 0, 0, source.language};
    NameIndex names;
    for (std::size_t n = 0; audience.isOutside && n < source.people.size(); ++n)
        for (const std::string &name : source.people[n].names)
            names.add(name, n);
    const auto read = [&](const std::string &markdown) {
        std::vector<Block> blocks = blocksWithSeams(redactedSource(markdown, audience, out.removed), frameWord("picture", source.language));
        closeAndCut(blocks, audience, out.removed);
        dropAddresses(blocks, audience);
        if (audience.isOutside)
            nameRoles(blocks, source.people, names);
        sayHoles(blocks, source.language);
        return blocks;
    };
    std::vector<Block> title{Block{.runs = {Run{lineWithSeams(redactedSource(source.title, audience, out.removed))}}}};
    closeAndCut(title, audience, out.removed);
    if (audience.isOutside)
        nameRoles(title, source.people, names);
    sayHoles(title, source.language);
    out.title = title.empty() ? std::string() : title.front().text();
    for (const SourceText &section : source.sections) {
        if (section.readers != Readers::Everybody && (section.readers == Readers::Outside) != audience.isOutside) {
            ++out.sectionsLeftOut;
            continue;
        }
        std::vector<Block> blocks = read(audience.isOutside && section.outside ? *section.outside : section.text);
        if (blocks.empty())
            continue;
        Block heading;
        heading.kind = Block::Kind::Heading;
        heading.level = 2;
        heading.runs.push_back(Run{safeLine(section.heading)});
        out.blocks.push_back(std::move(heading));
        for (Block &b : blocks) {
            if (b.kind == Block::Kind::Heading)
                b.level = std::min(6, b.level + 2); // under the section's own
            out.blocks.push_back(std::move(b));
        }
    }
    return out;
}

} // namespace qd::review
