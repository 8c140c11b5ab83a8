// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/model/marking.h"
#include "core/review/blocks.h"
#include "core/review/evidence.h"
#include "core/review/lint.h"
#include "core/review/prefill.h"
#include "core/review/prose.h"
#include "core/review/render.h"
#include "core/review/rendition.h"

#include <algorithm>

using namespace qd;
using namespace qd::review;

namespace {

std::size_t countOf(std::string_view text, std::string_view what)
{
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size()))
        ++count;
    return count;
}

} // namespace

/// Texts of a review: Markdown anybody wrote.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::size_t kMost = 16 << 10;
    const auto text = fuzz::text(data, std::min(size, kMost));
    const Prose prose = proseOf(text);
    require(prose.words.size() == text.size());
    for (std::size_t n = 0; n < text.size(); ++n)
        require(prose.words[n] == ' ' || prose.words[n] == text[n]);
    for (const Passage &p : prose.passages) {
        require(p.at <= p.end && p.end <= text.size());
        for (const Sentence &s : sentencesOf(prose, p))
            require(p.at <= s.at && s.at <= s.end && s.end <= p.end);
    }
    for (const Cited &c : citedIn(text)) {
        require(c.length > 0 && c.at + c.length <= text.size());
        const auto again = citedIn(cite(c.label, c.reference));
        require(again.size() == 1 && again[0].reference == c.reference);
    }
    LintContext context;
    context.wantsEvidence = context.forbidsNames = true;
    context.people = {"ana", "Ana Novak"};
    for (const Finding &f : lint(text, context))
        require(f.at + f.length <= text.size());
    // What is published of it is no deeper than is said, and everything that is opened is closed.
    const std::vector<Block> blocks = blocksOf(text);
    for (const Block &b : blocks)
        require(b.quoted >= 0 && b.quoted <= kDeepest && b.level >= 0 && b.level <= kDeepest);
    const std::string html = htmlOf(blocks);
    for (const std::string_view name : {"blockquote", "ul", "ol", "table"})
        require(countOf(html, "<" + std::string(name) + ">") + countOf(html, "<" + std::string(name) + " ") == countOf(html, "</" + std::string(name) + ">"));
    // Of what is taken out of it for those outside no sign is left, and no mark.
    const Rendition outside = renditionOf({"INC-1", "t", {{"summary", "Summary", std::string(text), Readers::Everybody}}, {}}, {"public", Reader{}, true});
    const std::string words = plainText(outside.blocks);
    require(words.find(kSeam) == std::string::npos && keptFrom(words, Reader{}).empty());
    // What is quoted is one line and leaves no mark open, whatever it was.
    const std::string quote = inMarkdown(text);
    require(quote.find('\n') == std::string::npos);
    for (const Marked &mark : marksIn(quote))
        require(mark.unclosed == 0);
    return 0;
}
