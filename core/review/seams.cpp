// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/seams.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace qd::review {

namespace {

constexpr char32_t kSeamSign = 0xFFFB;
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

/// A character of a block, in the order of those that stay.
struct Sign {
    char32_t c = 0;
    std::size_t at = 0, length = 0;      ///< bytes of the block's text
    std::size_t before = kNowhere, behind = kNowhere; ///< the next ones that stay; of one that went: where it stood
    bool isCode = false, isGone = false;
};

/// The text is safeText(): valid UTF-8.
std::vector<Sign> signsOf(const Block &block)
{
    std::vector<Sign> out;
    std::size_t base = 0;
    for (const Run &run : block.runs) {
        for (std::size_t at = 0; at < run.text.size();) {
            const auto lead = static_cast<unsigned char>(run.text[at]);
            const std::size_t length = std::min<std::size_t>(lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, run.text.size() - at);
            char32_t c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
            for (std::size_t n = 1; n < length; ++n)
                c = c << 6 | (static_cast<unsigned char>(run.text[at + n]) & 0x3FU);
            out.push_back({c, base + at, length, out.empty() ? kNowhere : out.size() - 1, kNowhere, run.code, false});
            if (out.size() > 1)
                out[out.size() - 2].behind = out.size() - 1;
            at += length;
        }
        base += run.text.size();
    }
    return out;
}

bool isAmong(char32_t c, std::u32string_view all)
{
    return all.find(c) != std::u32string_view::npos;
}
bool isSeamBlank(char32_t c) { return isAmong(c, U" \n\t\u00A0"); }
bool isSeparator(char32_t c) { return isAmong(c, U",;:"); }
bool isTerminator(char32_t c) { return isAmong(c, U".!?\u2026"); }
bool isDash(char32_t c) { return isAmong(c, U"-\u2013\u2014"); }
bool isQuotation(char32_t c) { return isAmong(c, U"\"'\u201C\u201D\u201E\u201A\u2018\u2019\u00AB\u00BB\u2039\u203A"); }
bool isOpening(char32_t c) { return isAmong(c, U"([{"); }
bool isClosing(char32_t c) { return isAmong(c, U")]}"); }
bool isPairOf(char32_t open, char32_t close)
{
    return (open == '(' && close == ')') || (open == '[' && close == ']') || (open == '{' && close == '}') || (isQuotation(open) && isQuotation(close));
}
bool isOfAWord(char32_t c)
{
    constexpr char32_t kIdeographs = 0x2E80; ///< from there on words stand without blanks
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < kIdeographs && !isQuotation(c) && !isDash(c) && !isTerminator(c));
}
/// Of two that are left the one that says more.
int weightOf(char32_t c)
{
    return c == ';' ? 4 : c == ':' ? 3 : isDash(c) ? 2 : 1;
}

/// One block, seam after seam.
class Closing {
public:
    explicit Closing(const Block &block) : m_signs(signsOf(block)), m_isCode(block.kind == Block::Kind::Code) {}

    /// What is taken away, and where a blank is put in: places in the block's text.
    [[nodiscard]] std::vector<Edit> edits(std::size_t base)
    {
        for (std::size_t n = 0; n < m_signs.size(); ++n)
            if (m_signs[n].c == kSeamSign && !m_signs[n].isGone)
                close(n);
        std::vector<Edit> out;
        for (std::size_t n = 0; n < m_signs.size(); ++n) {
            const Sign &s = m_signs[n];
            const bool isBlank = s.c == kSeamSign && std::binary_search(m_blanks.begin(), m_blanks.end(), n);
            if (!s.isGone)
                continue;
            const bool isNext = !out.empty() && out.back().at + out.back().length == base + s.at;
            if (isNext && (isBlank ? out.back().text == " " : out.back().text.empty())) // of two seams in a row one blank is left
                out.back().length += s.length;
            else
                out.push_back({base + s.at, s.length, isBlank ? " " : ""});
        }
        return out;
    }

private:
    /// What stands on one side of a seam and belongs to it: blanks and separators, and behind it what ends a sentence. Nearest first.
    struct Side {
        std::vector<std::size_t> signs, ends;
        std::size_t edge = kNowhere;     ///< the first that is something else
    };
    [[nodiscard]] char32_t at(std::size_t n) const { return n == kNowhere ? 0 : m_signs[n].c; }
    [[nodiscard]] std::size_t before(std::size_t n) const { return past(m_signs[n].before, &Sign::before); }
    [[nodiscard]] std::size_t behind(std::size_t n) const { return past(m_signs[n].behind, &Sign::behind); }
    /// Other seams are nothing.
    [[nodiscard]] std::size_t past(std::size_t n, std::size_t Sign::*next) const
    {
        while (n != kNowhere && m_signs[n].c == kSeamSign)
            n = m_signs[n].*next;
        return n;
    }
    void drop(std::size_t n)
    {
        Sign &s = m_signs[n];
        if (std::exchange(s.isGone, true))
            return;
        if (s.before != kNowhere)
            m_signs[s.before].behind = s.behind;
        if (s.behind != kNowhere)
            m_signs[s.behind].before = s.before;
    }
    void dropAll(const std::vector<std::size_t> &all)
    {
        for (const std::size_t n : all)
            drop(n);
    }
    /// A dash between blanks, and no minus and no hyphen.
    [[nodiscard]] bool isLooseDash(std::size_t n) const
    {
        const std::size_t a = before(n), b = behind(n);
        return isDash(at(n)) && (a == kNowhere || isSeamBlank(at(a))) && (b == kNowhere || isSeamBlank(at(b)) || isSeparator(at(b)) || isTerminator(at(b)));
    }
    /// Behind it stands nothing that a comma or a full stop could be a part of: ".5", ":8080".
    [[nodiscard]] bool endsThere(std::size_t n) const
    {
        const char32_t c = at(behind(n));
        return c == 0 || isSeamBlank(c) || isSeparator(c) || isTerminator(c) || isClosing(c) || isQuotation(c);
    }
    [[nodiscard]] Side leftOf(std::size_t seam) const
    {
        Side out;
        for (out.edge = before(seam); out.edge != kNowhere && (isSeamBlank(at(out.edge)) || isSeparator(at(out.edge)) || isLooseDash(out.edge)); out.edge = before(out.edge))
            out.signs.push_back(out.edge);
        return out;
    }
    [[nodiscard]] Side rightOf(std::size_t seam) const
    {
        Side out;
        for (out.edge = behind(seam); out.edge != kNowhere; out.edge = behind(out.edge)) {
            const char32_t c = at(out.edge);
            if (isTerminator(c) && endsThere(out.edge)) {
                for (; out.edge != kNowhere && isTerminator(at(out.edge)); out.edge = behind(out.edge))
                    out.ends.push_back(out.edge);
                break;
            }
            if (!isSeamBlank(c) && !(isSeparator(c) && endsThere(out.edge)) && !isLooseDash(out.edge))
                break;
            out.signs.push_back(out.edge);
        }
        return out;
    }
    /// Where something within brackets or quotation marks begins, right before the seam, and where it ends.
    [[nodiscard]] bool begins(const Side &left) const
    {
        const char32_t c = at(left.edge);
        if (isOpening(c))
            return true;
        const char32_t outer = left.edge == kNowhere ? 0 : at(before(left.edge));
        return isQuotation(c) && left.signs.empty() && (outer == 0 || isSeamBlank(outer) || isOpening(outer));
    }
    [[nodiscard]] bool ends(const Side &right) const
    {
        const char32_t c = at(right.edge);
        if (isClosing(c))
            return true;
        return isQuotation(c) && right.signs.empty() && endsThere(right.edge);
    }
    /// The words before it are a sentence by themselves, also one that ends within quotation marks.
    [[nodiscard]] bool isSentence(std::size_t n) const
    {
        while (n != kNowhere && (isClosing(at(n)) || isQuotation(at(n))))
            n = before(n);
        return n != kNowhere && isTerminator(at(n));
    }

    void close(std::size_t seam)
    {
        if (m_isCode) {
            closeInCode(seam);
            return;
        }
        for (;;) {
            const Side left = leftOf(seam), right = rightOf(seam);
            const bool isFirst = left.edge == kNowhere, isWithin = begins(left);
            if (!right.ends.empty()) {
                const bool isNobodys = isFirst || isWithin || isSentence(left.edge);
                if (isNobodys) {
                    dropAll(right.ends);
                    if (isSentence(left.edge))
                        dropAll(right.signs);
                    continue; // what is behind it then?
                }
                dropAll(left.signs);
                dropAll(right.signs);
                break;
            }
            if (isPairOf(at(left.edge), at(right.edge)) && isWithin && (isClosing(at(right.edge)) || ends(right))) {
                dropAll(left.signs);
                dropAll(right.signs);
                drop(left.edge);
                drop(right.edge);
                continue;
            }
            if (isFirst || right.edge == kNowhere || isWithin || ends(right)) {
                dropAll(left.signs);
                dropAll(right.signs);
            } else {
                settle(seam, left, right);
            }
            break;
        }
        drop(seam);
    }
    /// Between words on both sides stays one separator, the strongest, and one blank.
    void settle(std::size_t seam, const Side &left, const Side &right)
    {
        std::vector<std::size_t> all(left.signs.rbegin(), left.signs.rend());
        all.insert(all.end(), right.signs.begin(), right.signs.end());
        std::size_t kept = kNowhere; // into `all`, as are the blanks
        for (std::size_t n = 0; n < all.size(); ++n)
            if (!isSeamBlank(at(all[n])) && (kept == kNowhere || weightOf(at(all[n])) > weightOf(at(all[kept]))))
                kept = n;
        // After a sentence there is nothing a separator could stand between.
        if (isSentence(left.edge))
            kept = kNowhere;
        const std::size_t blank = blankOf(all, kept == kNowhere ? 0 : kept + 1, all.size());
        const std::size_t outer = kept != kNowhere && isDash(at(all[kept])) ? blankOf(all, 0, kept) : kNowhere;
        for (std::size_t n = 0; n < all.size(); ++n)
            if (n != kept && n != blank && n != outer)
                drop(all[n]);
        const bool isBoth = m_signs[left.edge].isCode && m_signs[right.edge].isCode;
        if (kept == kNowhere && blank == kNowhere && !isBoth && isOfAWord(at(left.edge)) && isOfAWord(at(right.edge)))
            m_blanks.push_back(seam);
    }
    /// The end of a line before any blank, and else the last.
    [[nodiscard]] std::size_t blankOf(const std::vector<std::size_t> &all, std::size_t from, std::size_t to) const
    {
        std::size_t out = kNowhere;
        for (std::size_t n = from; n < to; ++n)
            if (isSeamBlank(at(all[n])) && (out == kNowhere || at(all[out]) != '\n'))
                out = n;
        return out;
    }
    void closeInCode(std::size_t seam)
    {
        const std::size_t next = behind(seam);
        for (std::size_t n = before(seam); (next == kNowhere || at(next) == '\n') && n != kNowhere && (at(n) == ' ' || at(n) == '\t'); n = before(seam))
            drop(n);
        drop(seam);
    }

    std::vector<Sign> m_signs;
    std::vector<std::size_t> m_blanks;   ///< seams in whose place a blank stands, in order
    bool m_isCode;
};

} // namespace

void closeSeams(std::vector<Block> &blocks)
{
    std::vector<Edit> edits;
    std::size_t base = 0;
    for (const Block &b : blocks) {
        const std::string text = b.text();
        if (text.find(kSeam) != std::string::npos)
            for (Edit &e : Closing(b).edits(base))
                edits.push_back(std::move(e));
        base += text.size() + 1;
    }
    change(blocks, edits);
}

} // namespace qd::review
