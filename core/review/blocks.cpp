// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/blocks.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/review/markdown.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace qd::review {

namespace {

constexpr std::size_t kEntityBytes = 32, kWordsBytes = 1 << 20;

std::string utf8Of(std::uint32_t c)
{
    if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = 0xFFFD;
    std::string out;
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += {static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 63))};
    } else if (c < 0x10000) {
        out += {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 63)), static_cast<char>(0x80 | (c & 63))};
    } else {
        out += {static_cast<char>(0xF0 | (c >> 18)), static_cast<char>(0x80 | ((c >> 12) & 63)), static_cast<char>(0x80 | ((c >> 6) & 63)), static_cast<char>(0x80 | (c & 63))};
    }
    return out;
}

/// "&#91;", "&amp;" as what they mean; one we do not know stays as it is written.
std::string entityText(std::string_view entity)
{
    constexpr std::pair<std::string_view, std::string_view> kNamed[] = {{"&amp;", "&"},  {"&lt;", "<"},    {"&gt;", ">"},    {"&quot;", "\""}, {"&apos;", "'"}, {"&nbsp;", "\u00a0"},
                                                                        {"&lbrack;", "["}, {"&lsqb;", "["}, {"&rbrack;", "]"}, {"&rsqb;", "]"}, {"&colon;", ":"}};
    for (const auto &[name, text] : kNamed)
        if (entity == name)
            return std::string(text);
    if (entity.size() < 4 || entity.size() > kEntityBytes || entity[1] != '#')
        return std::string(entity);
    const bool isHex = entity[2] == 'x' || entity[2] == 'X';
    const char *begin = entity.data() + (isHex ? 3 : 2), *end = entity.data() + entity.size() - 1;
    std::uint32_t c = 0;
    const auto read = std::from_chars(begin, end, c, isHex ? 16 : 10);
    return read.ec == std::errc() && read.ptr == end ? utf8Of(c) : "\uFFFD";
}

std::string attributeText(const MD_ATTRIBUTE &attribute)
{
    std::string out;
    if (!attribute.text)
        return out;
    for (int n = 0; attribute.substr_offsets[n] < attribute.size; ++n) {
        const std::string_view part(attribute.text + attribute.substr_offsets[n], attribute.substr_offsets[n + 1] - attribute.substr_offsets[n]);
        out += attribute.substr_types[n] == MD_TEXT_ENTITY ? entityText(part) : std::string(part);
    }
    return out;
}

/// Each part between seams as `each` has it.
template <typename Each>
std::string betweenSeams(std::string_view text, Each each)
{
    std::string out;
    for (;;) {
        const std::size_t end = text.find(kSeam);
        out += each(text.substr(0, end));
        if (end == std::string_view::npos)
            return out;
        out += kSeam;
        text.remove_prefix(end + kSeam.size());
    }
}

std::string withoutSeams(std::string text)
{
    for (std::size_t at = text.find(kSeam); at != std::string::npos; at = text.find(kSeam, at))
        text.erase(at, kSeam.size());
    return text;
}

bool isFollowed(std::string_view destination)
{
    const std::string small = asciiLower(destination.substr(0, 10));
    return small.starts_with("http://") || small.starts_with("https://") || small.starts_with("mailto:");
}

/// Gathers what md4c tells of.
struct Reading {
    std::vector<Block> blocks;
    struct List {
        bool ordered = false;
        unsigned next = 1;
    };
    std::vector<List> lists;
    int quoted = 0, bold = 0, italic = 0, code = 0, struck = 0, pictures = 0;
    std::vector<std::string> destinations;
    bool itemIsNew = false, inRowHead = false, rowIsNew = false, isOpen = false;
    bool hasSeams = false;               ///< what was taken out has left some
    std::string_view picture = "picture";

    Block &begin(Block::Kind kind)
    {
        Block b;
        b.kind = kind;
        b.quoted = std::min(quoted, kDeepest);
        isOpen = true;
        return blocks.emplace_back(std::move(b));
    }
    /// A paragraph, which in a list is the item's first or a further one.
    Block &beginWords()
    {
        if (lists.empty())
            return begin(Block::Kind::Paragraph);
        Block &b = begin(Block::Kind::Item);
        b.level = std::min(static_cast<int>(lists.size()), kDeepest);
        b.goesOn = !itemIsNew;
        if (itemIsNew && lists.back().ordered)
            b.number = lists.back().next++;
        itemIsNew = false;
        return b;
    }
    void say(std::string_view text, bool isFromSource = false)
    {
        if (!isOpen)
            beginWords(); // the words of a tight list's item come without a paragraph
        Run run;
        run.text = hasSeams && isFromSource ? betweenSeams(text, [](std::string_view part) { return safeText(part, kWordsBytes); }) : safeText(text, kWordsBytes);
        run.bold = bold > 0;
        run.italic = italic > 0;
        run.code = code > 0;
        run.struck = struck > 0;
        if (!destinations.empty())
            (isFollowed(destinations.back()) ? run.link : run.evidence) = destinations.back();
        auto &runs = blocks.back().runs;
        if (!runs.empty() && runs.back().looksLike(run))
            runs.back().text += run.text;
        else
            runs.push_back(std::move(run));
    }
};

int enterBlock(MD_BLOCKTYPE type, void *detail, void *user)
{
    Reading &r = *static_cast<Reading *>(user);
    switch (type) {
    case MD_BLOCK_QUOTE: ++r.quoted; break;
    case MD_BLOCK_UL: r.lists.push_back({}); r.isOpen = false; break;
    case MD_BLOCK_OL: r.lists.push_back({true, static_cast<MD_BLOCK_OL_DETAIL *>(detail)->start}); r.isOpen = false; break;
    case MD_BLOCK_LI: r.itemIsNew = true; r.isOpen = false; break;
    case MD_BLOCK_HR: r.begin(Block::Kind::Rule); r.isOpen = false; break;
    case MD_BLOCK_H: r.begin(Block::Kind::Heading).level = static_cast<int>(static_cast<MD_BLOCK_H_DETAIL *>(detail)->level); break;
    case MD_BLOCK_CODE:
    case MD_BLOCK_HTML: r.begin(Block::Kind::Code); break;
    case MD_BLOCK_P: r.beginWords(); break;
    case MD_BLOCK_TR: r.rowIsNew = true; break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD: {
        Block &b = r.begin(Block::Kind::Cell);
        b.head = type == MD_BLOCK_TH;
        b.startsRow = std::exchange(r.rowIsNew, false);
        break;
    }
    default: break;
    }
    return 0;
}

int leaveBlock(MD_BLOCKTYPE type, void *, void *user)
{
    Reading &r = *static_cast<Reading *>(user);
    r.isOpen = false;
    if (type == MD_BLOCK_QUOTE)
        --r.quoted;
    if ((type == MD_BLOCK_UL || type == MD_BLOCK_OL) && !r.lists.empty())
        r.lists.pop_back();
    if (type == MD_BLOCK_LI && r.itemIsNew) { // an item without words
        r.beginWords();
        r.isOpen = false;
    }
    return 0;
}

int span(Reading &r, MD_SPANTYPE type, void *detail, int by)
{
    switch (type) {
    case MD_SPAN_EM: r.italic += by; break;
    case MD_SPAN_STRONG: r.bold += by; break;
    case MD_SPAN_CODE: r.code += by; break;
    case MD_SPAN_DEL: r.struck += by; break;
    case MD_SPAN_A:
        if (by > 0)
            r.destinations.push_back(withoutSeams(attributeText(static_cast<MD_SPAN_A_DETAIL *>(detail)->href)));
        else if (!r.destinations.empty())
            r.destinations.pop_back();
        break;
    case MD_SPAN_IMG:
        if (by > 0 && r.pictures == 0)
            r.say("[" + std::string(r.picture) + ": ");
        r.pictures += by;
        if (by < 0 && r.pictures == 0)
            r.say("]");
        break;
    default: break;
    }
    return 0;
}

int enterSpan(MD_SPANTYPE type, void *detail, void *user)
{
    return span(*static_cast<Reading *>(user), type, detail, 1);
}

int leaveSpan(MD_SPANTYPE type, void *detail, void *user)
{
    return span(*static_cast<Reading *>(user), type, detail, -1);
}

int words(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user)
{
    Reading &r = *static_cast<Reading *>(user);
    switch (type) {
    case MD_TEXT_NULLCHAR: r.say("\uFFFD"); break;
    case MD_TEXT_BR: r.say("\n"); break;
    case MD_TEXT_SOFTBR: r.say(" "); break;
    case MD_TEXT_ENTITY: r.say(entityText({text, size})); break;
    default: r.say({text, size}, true); break;
    }
    return 0;
}

} // namespace

std::string Block::text() const
{
    std::string out;
    for (const Run &run : runs)
        out += run.text;
    return out;
}

namespace {

std::vector<Block> readBlocks(std::string_view markdown, bool hasSeams, std::string_view picture)
{
    MD_PARSER parser{};
    parser.enter_block = enterBlock;
    parser.leave_block = leaveBlock;
    parser.enter_span = enterSpan;
    parser.leave_span = leaveSpan;
    parser.text = words;
    Reading reading;
    reading.hasSeams = hasSeams;
    reading.picture = picture;
    if (!Markdown(markdown).read(parser, &reading))
        return {Block{.runs = {Run{safeText(markdown, kWordsBytes)}}}};
    for (Block &b : reading.blocks)
        if (b.kind == Block::Kind::Code && !b.runs.empty() && b.runs.back().text.ends_with('\n'))
            b.runs.back().text.pop_back();
    return std::move(reading.blocks);
}

} // namespace

std::vector<Block> blocksOf(std::string_view markdown)
{
    return readBlocks(markdown, false, "picture");
}

std::vector<Block> blocksWithSeams(std::string_view markdown, std::string_view picture)
{
    return readBlocks(markdown, true, picture);
}

std::string lineWithSeams(std::string_view text)
{
    return betweenSeams(text, [](std::string_view part) { return safeLine(part); });
}

std::string plainText(const std::vector<Block> &blocks)
{
    std::string out;
    for (const Block &b : blocks) {
        for (const Run &run : b.runs)
            out += run.text;
        out += '\n';
    }
    return out;
}

void change(std::vector<Block> &blocks, const std::vector<Edit> &edits)
{
    if (edits.empty())
        return;
    std::size_t at = 0; // of the old text
    auto edit = edits.begin();
    bool said = false;  // the words of `edit` stand there
    for (Block &b : blocks) {
        for (Run &run : b.runs) {
            const std::size_t end = at + run.text.size();
            std::string kept;
            std::size_t from = at;
            while (edit != edits.end() && edit->at < end) {
                if (edit->at > from)
                    kept.append(run.text, from - at, edit->at - from);
                if (!std::exchange(said, true))
                    kept += edit->text;
                from = std::max(from, std::min(end, edit->at + edit->length));
                if (edit->at + edit->length > end)
                    break; // it goes on in the next run
                ++edit;
                said = false;
            }
            kept.append(run.text, std::min(from, end) - at, std::string::npos);
            run.text = std::move(kept);
            at = end;
        }
        ++at; // the line's end
        while (edit != edits.end() && edit->at + edit->length <= at) {
            ++edit;
            said = false;
        }
        std::erase_if(b.runs, [](const Run &run) { return run.text.empty(); });
    }
    std::erase_if(blocks, [](const Block &b) { return b.runs.empty() && b.kind != Block::Kind::Rule && b.kind != Block::Kind::Cell; });
}

} // namespace qd::review
