// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/render.h"

#include "core/base/encoding.h"
#include "core/base/markup.h"

#include <algorithm>
#include <array>
#include <utility>

namespace qd::review {

namespace {

constexpr std::array<std::string_view, 4> kFormatWords{"md", "html", "txt", "confluence"};

constexpr std::string_view kEvidenceScheme = "entry:"; ///< core/review/evidence.h; a reader is shown what is behind it

std::string_view shownEvidence(const Run &run)
{
    const std::string_view all = run.evidence;
    return all.starts_with(kEvidenceScheme) ? all.substr(kEvidenceScheme.size()) : all;
}

constexpr std::string_view kStyle = "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 sans-serif;color:#1b1f24;background:#fff}"
                                    "h1,h2,h3{line-height:1.25}table{border-collapse:collapse}th,td{border:1px solid #888;padding:.25rem .5rem;text-align:left}"
                                    "pre{background:#f2f2f2;padding:.5rem;white-space:pre-wrap}blockquote{border-left:3px solid #888;margin-left:0;padding-left:1rem}"
                                    "@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#1b1f24}pre{background:#2a2f36}a{color:#8ab4ff}}";

/// The runs of a block; `keepLines`: a line's end stays one (code).
std::string inlineHtml(const std::vector<Run> &runs, bool keepLines = false)
{
    std::string out;
    for (const Run &run : runs) {
        std::string words = markupEscaped(run.text);
        if (!keepLines)
            for (std::size_t at = words.find('\n'); at != std::string::npos; at = words.find('\n', at + 5))
                words.replace(at, 1, "<br/>");
        if (run.code && !keepLines)
            words = "<code>" + words + "</code>";
        if (run.italic)
            words = "<em>" + words + "</em>";
        if (run.bold)
            words = "<strong>" + words + "</strong>";
        if (run.struck)
            words = "<s>" + words + "</s>";
        if (!run.link.empty())
            words = "<a rel=\"noopener noreferrer nofollow\" href=\"" + markupEscaped(run.link) + "\">" + words + "</a>";
        out += words;
        if (!run.evidence.empty())
            out += " <small>(" + markupEscaped(shownEvidence(run)) + ")</small>";
    }
    return out;
}

/// Opens and closes what stands around blocks as they come: quotations, lists, tables.
class HtmlWriter {
public:
    std::string written(const std::vector<Block> &blocks)
    {
        for (std::size_t n = 0; n < blocks.size(); ++n)
            write(blocks[n]);
        leaveTable();
        toDepth(0);
        quote(0);
        return std::move(m_out);
    }

private:
    void write(const Block &b)
    {
        if (b.kind != Block::Kind::Cell)
            leaveTable();
        if (b.quoted != m_quoted) {
            toDepth(0);
            quote(b.quoted);
        }
        if (b.kind != Block::Kind::Item)
            toDepth(0);
        switch (b.kind) {
        case Block::Kind::Heading: {
            const std::string level = std::to_string(std::clamp(b.level, 1, 6));
            m_out += "<h" + level + ">" + inlineHtml(b.runs) + "</h" + level + ">\n";
            break;
        }
        case Block::Kind::Paragraph: m_out += "<p>" + inlineHtml(b.runs) + "</p>\n"; break;
        case Block::Kind::Code: m_out += "<pre>" + inlineHtml(b.runs, true) + "</pre>\n"; break;
        case Block::Kind::Rule: m_out += "<hr/>\n"; break;
        case Block::Kind::Item: item(b); break;
        case Block::Kind::Cell: cell(b); break;
        }
    }
    void item(const Block &b)
    {
        const auto depth = static_cast<std::size_t>(std::max(1, b.level));
        if (b.goesOn && m_lists.size() == depth) {
            m_out += "<br/>" + inlineHtml(b.runs) + "\n";
            return;
        }
        toDepth(depth);
        const bool isOrdered = b.number > 0;
        if (m_lists.size() == depth && m_lists.back() != isOrdered)
            toDepth(depth - 1);
        if (m_lists.size() == depth)
            m_out += "</li>\n";
        while (m_lists.size() < depth) {
            m_lists.push_back(isOrdered);
            m_out += !isOrdered ? "<ul>" : b.number > 1 && m_lists.size() == depth ? "<ol start=\"" + std::to_string(b.number) + "\">" : "<ol>";
            if (m_lists.size() < depth)
                m_out += "<li>";
        }
        m_out += "<li>" + inlineHtml(b.runs);
    }
    void cell(const Block &b)
    {
        if (!m_inTable) {
            m_out += "<table><tbody>";
            m_inTable = true;
        } else if (b.startsRow) {
            m_out += "</tr>\n";
        }
        if (b.startsRow || m_out.ends_with("<tbody>"))
            m_out += "<tr>";
        const std::string_view name = b.head ? "th" : "td";
        m_out += "<" + std::string(name) + ">" + inlineHtml(b.runs) + "</" + std::string(name) + ">";
    }
    void leaveTable()
    {
        if (std::exchange(m_inTable, false))
            m_out += "</tr></tbody></table>\n";
    }
    /// Closes lists until so many are open.
    void toDepth(std::size_t depth)
    {
        while (m_lists.size() > depth) {
            m_out += m_lists.back() ? "</li></ol>\n" : "</li></ul>\n";
            m_lists.pop_back();
        }
    }
    void quote(int depth)
    {
        for (; m_quoted < depth; ++m_quoted)
            m_out += "<blockquote>";
        for (; m_quoted > depth; --m_quoted)
            m_out += "</blockquote>\n";
    }

    std::string m_out;
    std::vector<bool> m_lists; ///< true: ordered
    int m_quoted = 0;
    bool m_inTable = false;
};

std::string pageOf(const Rendition &r)
{
    const std::string title = markupEscaped(r.title);
    const std::string hash = toBase64(fromHex(sha256Hex(kStyle)).value_or(Bytes{}));
    return "<!DOCTYPE html>\n<html lang=\"" + markupEscaped(r.language) + "\"><head><meta charset=\"utf-8\">"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"
        + hash + "'; base-uri 'none'; form-action 'none'\"><meta name=\"referrer\" content=\"no-referrer\"><meta name=\"viewport\" content=\"width=device-width\"><title>" + title + "</title><style>"
        + std::string(kStyle) + "</style></head>\n<body><h1>" + title + "</h1>\n" + htmlOf(r.blocks) + "</body></html>\n";
}

/// Text that Markdown reads as that text.
std::string escapedMarkdown(std::string_view text)
{
    std::string out;
    for (std::size_t n = 0; n < text.size(); ++n) {
        const char c = text[n];
        const bool isFirst = n == 0 || text[n - 1] == '\n';
        if (std::string_view("\\`*_{}[]<>&|~!").find(c) != std::string_view::npos || (isFirst && std::string_view("#+-=>").find(c) != std::string_view::npos))
            out += '\\';
        else if ((c == '.' || c == ')') && n > 0 && text[n - 1] >= '0' && text[n - 1] <= '9' && text.find_first_not_of("0123456789") == n)
            out += '\\';
        out += c;
        if (c == '\n' && n + 1 < text.size())
            out.replace(out.size() - 1, 1, "  \n");
    }
    return out;
}

/// A destination between < and > that nothing in it ends, and whose characters are read as they stand.
std::string destinationMarkdown(std::string_view link)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (std::size_t n = 0; n < link.size(); ++n) {
        const auto c = static_cast<unsigned char>(link[n]);
        const bool isEntity = c == '&' && link.substr(n + 1).find_first_not_of("#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == link.find(';', n) - n - 1;
        if (c <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == '\\')
            out += {'%', kHex[c >> 4], kHex[c & 0xF]};
        else
            out += isEntity ? "&amp;" : std::string(1, link[n]);
    }
    return out;
}

std::string inlineMarkdown(const std::vector<Run> &runs)
{
    std::string out;
    for (const Run &run : runs) {
        // Blanks at either end stand outside of what is formatted, or it is none.
        const std::size_t begin = std::min(run.text.find_first_not_of(" \n"), run.text.size()), last = run.text.find_last_not_of(" \n");
        const std::string inner = last == std::string::npos ? std::string() : run.text.substr(begin, last + 1 - begin);
        std::string words;
        if (run.code) {
            std::size_t longest = 0, now = 0;
            for (const char c : inner) {
                now = c == '`' ? now + 1 : 0;
                longest = std::max(longest, now);
            }
            const std::string fence(longest + 1, '`');
            words = fence + (longest > 0 ? " " : "") + inner + (longest > 0 ? " " : "") + fence;
        } else {
            words = escapedMarkdown(inner);
        }
        if (!inner.empty()) {
            const std::string around = std::string(run.bold ? "**" : "") + (run.italic ? "*" : "");
            words = (run.struck ? "~~" : "") + around + words + std::string(around.rbegin(), around.rend()) + (run.struck ? "~~" : "");
            if (!run.link.empty())
                words = "[" + words + "](<" + destinationMarkdown(run.link) + ">)";
            else if (!run.evidence.empty())
                words = "[" + words + "](<" + destinationMarkdown(run.evidence) + ">)";
        }
        out += run.text.substr(0, begin) + words + (last == std::string::npos ? std::string() : run.text.substr(last + 1));
    }
    return out;
}

std::string linesBehind(const std::string &text, const std::string &first, const std::string &further)
{
    std::string out = first;
    for (const char c : text) {
        out += c;
        if (c == '\n')
            out += further;
    }
    return out + "\n";
}

std::string markdownOf(const Rendition &r)
{
    std::string out = "# " + escapedMarkdown(r.title) + "\n";
    std::size_t columns = 0, inRow = 0;
    bool wasHead = false, inTable = false;
    const auto endRow = [&] {
        if (inRow == 0)
            return;
        out += " |\n";
        columns = std::max(columns, inRow);
        if (wasHead) {
            out += "|";
            for (std::size_t n = 0; n < inRow; ++n)
                out += " --- |";
            out += "\n";
        }
        inRow = 0;
    };
    const Block *before = nullptr;
    for (const Block &b : r.blocks) {
        std::string quote;
        for (int n = 0; n < b.quoted; ++n)
            quote += "> ";
        if (b.kind == Block::Kind::Cell) {
            if (!inTable)
                out += "\n";
            if (b.startsRow)
                endRow();
            std::string words = inlineMarkdown(b.runs);
            std::replace(words.begin(), words.end(), '\n', ' ');
            out += (inRow == 0 ? quote + "| " : " | ") + words;
            ++inRow;
            wasHead = b.head;
            inTable = true;
            before = &b;
            continue;
        }
        endRow();
        inTable = false;
        const bool isNextItem = b.kind == Block::Kind::Item && !b.goesOn && before && before->kind == Block::Kind::Item && before->quoted == b.quoted;
        if (!isNextItem)
            out += before && before->quoted == b.quoted && b.quoted > 0 ? quote.substr(0, quote.size() - 1) + "\n" : "\n";
        const std::string indent(b.kind == Block::Kind::Item ? static_cast<std::size_t>(4 * (b.level - 1)) : 0, ' ');
        switch (b.kind) {
        case Block::Kind::Heading: out += quote + std::string(static_cast<std::size_t>(b.level), '#') + " " + inlineMarkdown(b.runs) + "\n"; break;
        case Block::Kind::Code: {
            const std::string text = b.text();
            std::string fence = "```";
            while (text.find(fence) != std::string::npos)
                fence += '`';
            out += quote + fence + "\n" + linesBehind(text, quote, quote) + quote + fence + "\n";
            break;
        }
        case Block::Kind::Rule: out += quote + "---\n"; break;
        case Block::Kind::Item: {
            const std::string sign = b.goesOn ? "    " : b.number > 0 ? std::to_string(b.number) + ". " : "- ";
            out += linesBehind(inlineMarkdown(b.runs), quote + indent + sign, quote + indent + "    ");
            break;
        }
        default: out += linesBehind(inlineMarkdown(b.runs), quote, quote); break;
        }
        before = &b;
    }
    endRow();
    return out;
}

std::string plainOf(const Rendition &r)
{
    std::string out = r.title + "\n" + std::string(std::min<std::size_t>(r.title.size(), 78), '=') + "\n";
    bool inRow = false;
    for (const Block &b : r.blocks) {
        if (inRow && (b.kind != Block::Kind::Cell || b.startsRow))
            out += "\n";
        std::string text;
        for (const Run &run : b.runs) {
            text += run.text;
            if (!run.link.empty() && run.link != run.text)
                text += " <" + run.link + ">";
            if (!run.evidence.empty())
                text += " (" + std::string(shownEvidence(run)) + ")";
        }
        const std::string quote(static_cast<std::size_t>(2 * b.quoted), ' ');
        switch (b.kind) {
        case Block::Kind::Heading: out += "\n" + quote + text + "\n"; break;
        case Block::Kind::Rule: out += "\n----\n"; break;
        case Block::Kind::Item: {
            const std::string indent = quote + std::string(static_cast<std::size_t>(2 * b.level), ' ');
            out += linesBehind(text, indent + (b.goesOn ? "  " : b.number > 0 ? std::to_string(b.number) + ". " : "- "), indent + "  ");
            break;
        }
        case Block::Kind::Cell: out += (b.startsRow || !inRow ? "" : "  |  ") + text; break;
        default: out += "\n" + linesBehind(text, quote, quote); break;
        }
        inRow = b.kind == Block::Kind::Cell;
    }
    return inRow ? out + "\n" : out;
}

} // namespace

std::string_view word(Format format)
{
    return kFormatWords[static_cast<std::size_t>(format)];
}

std::optional<Format> formatNamed(std::string_view name)
{
    const auto it = std::find(kFormatWords.begin(), kFormatWords.end(), name == "markdown" ? "md" : name == "text" || name == "plain" ? "txt" : name);
    return it == kFormatWords.end() ? std::nullopt : std::optional(static_cast<Format>(it - kFormatWords.begin()));
}

std::string htmlOf(const std::vector<Block> &blocks)
{
    return HtmlWriter().written(blocks);
}

std::string renderedAs(const Rendition &rendition, Format format)
{
    switch (format) {
    case Format::Markdown: return markdownOf(rendition);
    case Format::Html: return pageOf(rendition);
    case Format::Plain: return plainOf(rendition);
    case Format::Confluence: return htmlOf(rendition.blocks);
    }
    return {};
}

} // namespace qd::review
