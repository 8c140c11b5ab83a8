// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/rendition.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"

#include <algorithm>

namespace qd::review {

namespace {

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

/// Marks that are marks only now. Their words, and where a reader may have them their brackets alone, are taken out of the blocks.
std::size_t cutAfterReading(std::vector<Block> &blocks, const Audience &audience)
{
    const std::string text = plainText(blocks);
    std::vector<Edit> edits;
    std::size_t removed = 0;
    for (const Marked &mark : marksIn(text)) {
        const bool isRead = mayRead(audience.reader, mark);
        const auto begin = static_cast<std::size_t>(mark.words.data() - text.data());
        if (!isRead) {
            edits.push_back({mark.at, mark.length, audience.isOutside ? std::string() : holeOf(mark)});
            ++removed;
        } else {
            edits.push_back({mark.at, begin - mark.at, {}});
            const std::size_t end = begin + mark.words.size();
            if (mark.at + mark.length > end)
                edits.push_back({end, mark.at + mark.length - end, {}});
        }
    }
    change(blocks, edits);
    return removed;
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

bool isSmallStart(std::string_view text, std::size_t at)
{
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '@'))
        --at;
    return at > 0 && text[at - 1] != '\n' && text[at - 1] != '.' && text[at - 1] != '!' && text[at - 1] != '?';
}

/// "@ana", "Ana Lopez" become "the incident commander".
void nameRoles(std::vector<Block> &blocks, const std::vector<NamedPerson> &people)
{
    const std::string text = plainText(blocks);
    std::vector<Edit> edits;
    for (const NamedPerson &p : people)
        for (const std::string &name : p.names)
            for (std::size_t at = findName(text, name); at != std::string::npos; at = findName(text, name, at + name.size())) {
                const std::size_t begin = at > 0 && text[at - 1] == '@' ? at - 1 : at;
                std::string role = p.role;
                if (!isSmallStart(text, begin) && !role.empty() && role[0] >= 'a' && role[0] <= 'z')
                    role[0] = static_cast<char>(role[0] - 32);
                edits.push_back({begin, at + name.size() - begin, std::move(role)});
            }
    // The longest name at a place counts: "Ana Lopez" before "Ana".
    std::sort(edits.begin(), edits.end(), [](const Edit &a, const Edit &b) { return a.at != b.at ? a.at < b.at : a.length > b.length; });
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

std::size_t findName(std::string_view text, std::string_view name, std::size_t from)
{
    if (name.empty())
        return std::string_view::npos;
    // Bytes above ASCII are letters as far as this looks.
    const auto isWord = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || static_cast<unsigned char>(c) >= 0x80; };
    const auto same = [](char a, char b) {
        const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
        return small(a) == small(b);
    };
    for (auto it = text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())); it != text.end(); ++it) {
        it = std::search(it, text.end(), name.begin(), name.end(), same);
        if (it == text.end())
            break;
        const auto end = it + static_cast<std::ptrdiff_t>(name.size());
        if ((it == text.begin() || !isWord(it[-1])) && (end == text.end() || !isWord(*end)))
            return static_cast<std::size_t>(it - text.begin());
    }
    return std::string_view::npos;
}

std::string redacted(std::string_view markdown, const Reader &reader, bool hole, std::size_t *removed)
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
        if (removed)
            ++*removed;
        std::string before, after;
        for (const Delimiter &d : formattingLeft(mark.words))
            (d.opens ? before : after) += d.text;
        if (hole)
            out += before + holeOf(mark) + after;
        else {
            // Nothing stands there any more: blanks on both sides of it would be two, and a blank before what ends bold words would unmake it.
            const bool isTwice = at >= markdown.size() || std::string_view(" \n.,;:!?)").find(markdown[at]) != std::string_view::npos;
            const bool wasBlank = out.ends_with(' ');
            if (wasBlank && (isTwice || !after.empty()) && (before.empty() || !after.empty()))
                out.pop_back();
            out += after + (!after.empty() && !before.empty() && wasBlank ? " " : "") + before;
            if (!before.empty() && at < markdown.size() && markdown[at] == ' ')
                ++at;
        }
    }
    out += markdown.substr(at);
    // Brackets on both sides of what is gone may open a mark now; each round has fewer.
    const bool isMore = out.size() < markdown.size() && !keptFrom(out, reader).empty();
    return isMore ? redacted(out, reader, hole, removed) : out;
}

Rendition renditionOf(const Source &source, const Audience &audience)
{
    Rendition out{source.incident, {}, audience.name, audience.isOutside, {}, 0, 0};
    const auto read = [&](const std::string &markdown) {
        std::vector<Block> blocks = blocksOf(redacted(markdown, audience.reader, !audience.isOutside, &out.removed));
        out.removed += cutAfterReading(blocks, audience);
        dropAddresses(blocks, audience);
        if (audience.isOutside)
            nameRoles(blocks, source.people);
        return blocks;
    };
    std::vector<Block> title{Block{.runs = {Run{safeLine(redacted(source.title, audience.reader, !audience.isOutside, &out.removed))}}}};
    out.removed += cutAfterReading(title, audience);
    if (audience.isOutside)
        nameRoles(title, source.people);
    out.title = title.empty() ? std::string() : title.front().text();
    for (const SourceText &section : source.sections) {
        if (section.readers != Readers::Everybody && (section.readers == Readers::Outside) != audience.isOutside) {
            ++out.sectionsLeftOut;
            continue;
        }
        std::vector<Block> blocks = read(section.text);
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
