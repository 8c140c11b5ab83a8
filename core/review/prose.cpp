// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/prose.h"

#include "core/base/ascii.h"
#include "core/base/wordcount.h"
#include "core/model/marking.h"
#include "core/review/evidence.h"
#include "core/review/markdown.h"

#include <algorithm>

namespace qd::review {

namespace {

/// Takes what md4c finds. Its texts point into what it was given, but for line ends and entities of its own.
struct ProseTaker {
    std::string_view text;
    Prose out;
    int codes = 0, quotes = 0, images = 0;
    bool isOpen = false;
    Passage::Kind kind = Passage::Kind::Paragraph;

    void begin(Passage::Kind of)
    {
        kind = of;
        isOpen = false;
    }
    void word(const char *bytes, std::size_t size)
    {
        const auto *begin = text.data();
        if (bytes < begin || bytes + size > begin + text.size() || codes > 0 || images > 0)
            return;
        const auto at = static_cast<std::size_t>(bytes - begin);
        std::copy(bytes, bytes + size, out.words.begin() + static_cast<std::ptrdiff_t>(at));
        if (!isOpen)
            out.passages.push_back({kind, quotes > 0, at, at});
        isOpen = true;
        out.passages.back().end = std::max(out.passages.back().end, at + size);
    }
};

ProseTaker &takerOf(void *user)
{
    return *static_cast<ProseTaker *>(user);
}

int enterPassage(MD_BLOCKTYPE type, void *, void *user)
{
    ProseTaker &t = takerOf(user);
    t.quotes += type == MD_BLOCK_QUOTE ? 1 : 0;
    t.codes += type == MD_BLOCK_CODE ? 1 : 0;
    if (type == MD_BLOCK_H)
        t.begin(Passage::Kind::Heading);
    else if (type == MD_BLOCK_LI)
        t.begin(Passage::Kind::Item);
    else if (type == MD_BLOCK_TD || type == MD_BLOCK_TH)
        t.begin(Passage::Kind::Cell);
    else if (type == MD_BLOCK_P && !(t.kind == Passage::Kind::Item && !t.isOpen))
        t.begin(Passage::Kind::Paragraph);
    return 0;
}

int leavePassage(MD_BLOCKTYPE type, void *, void *user)
{
    ProseTaker &t = takerOf(user);
    t.quotes -= type == MD_BLOCK_QUOTE ? 1 : 0;
    t.codes -= type == MD_BLOCK_CODE ? 1 : 0;
    t.begin(Passage::Kind::Paragraph);
    return 0;
}

int enterLook(MD_SPANTYPE type, void *, void *user)
{
    takerOf(user).codes += type == MD_SPAN_CODE ? 1 : 0;
    takerOf(user).images += type == MD_SPAN_IMG ? 1 : 0;
    return 0;
}

int leaveLook(MD_SPANTYPE type, void *, void *user)
{
    takerOf(user).codes -= type == MD_SPAN_CODE ? 1 : 0;
    takerOf(user).images -= type == MD_SPAN_IMG ? 1 : 0;
    return 0;
}

int takeWords(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE size, void *user)
{
    if (type == MD_TEXT_NORMAL)
        takerOf(user).word(bytes, size);
    return 0;
}

/// "[[restricted for dana: " and "]]" are no words; what is between them is read like any other, by whoever may read the text.
void blankMarks(std::string &words, std::string_view text)
{
    for (const Marked &mark : marksIn(text)) {
        const auto begin = static_cast<std::size_t>(mark.words.data() - text.data());
        if (mark.words.data() == nullptr || begin < mark.at || begin > text.size())
            continue;
        std::fill(words.begin() + static_cast<std::ptrdiff_t>(mark.at), words.begin() + static_cast<std::ptrdiff_t>(begin), ' ');
    }
    for (std::size_t at = words.find("]]"); at != std::string::npos; at = words.find("]]", at + 2))
        words[at] = words[at + 1] = ' ';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/// A full stop that ends no sentence: "e.g.", "z. B.", "approx.", "3.", "v1.2".
bool isAbbreviation(std::string_view words, std::size_t dot)
{
    std::size_t begin = dot;
    while (begin > 0 && !isBlank(words[begin - 1]))
        --begin;
    const std::string word = asciiLower(words.substr(begin, dot - begin));
    static constexpr std::string_view kShort[] = {"e.g", "i.e", "eg", "ie", "etc", "approx", "ca", "bzw", "z", "b", "d", "h", "u", "a", "vs", "no", "nr", "st", "dr", "mr", "mrs", "ms", "z.b", "d.h", "u.a", "min", "max", "cf", "vgl"};
    return (!word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; })) || std::find(std::begin(kShort), std::end(kShort), word) != std::end(kShort);
}

/// What ends a sentence in other scripts, whatever is behind it; the bytes of it, or 0.
std::size_t endBeyondAscii(std::string_view rest, bool &isQuestion)
{
    for (const std::string_view end : {"。", "！", "？", "｡", "؟", "।"})
        if (rest.starts_with(end)) {
            isQuestion = end == "？" || end == "؟";
            return end.size();
        }
    return 0;
}

} // namespace

Prose proseOf(std::string_view text)
{
    const Markdown markdown(text);
    ProseTaker taker{markdown.text(), {std::string(text.size(), ' '), {}}};
    markdown.read({0, 0, enterPassage, leavePassage, enterLook, leaveLook, takeWords, nullptr, nullptr}, &taker);
    for (const Cited &c : citedIn(text))
        std::fill_n(taker.out.words.begin() + static_cast<std::ptrdiff_t>(c.at), c.length, ' ');
    blankMarks(taker.out.words, text);
    return std::move(taker.out);
}

std::vector<Sentence> sentencesOf(const Prose &prose, const Passage &passage)
{
    std::vector<Sentence> out;
    const std::string_view words = prose.words;
    Sentence now{passage.at, passage.at, false, 0};
    const auto end = [&](std::size_t at) {
        now.end = at;
        now.words = wordsIn(words.substr(now.at, now.end - now.at));
        if (now.words > 0)
            out.push_back(now);
        now = {at, at, false, 0};
    };
    for (std::size_t at = passage.at; at < passage.end;) {
        const char c = words[at];
        bool isQuestion = c == '?';
        std::size_t bytes = static_cast<unsigned char>(c) >= 0x80 ? endBeyondAscii(words.substr(at, passage.end - at), isQuestion) : 0;
        if ((c == '.' || c == '!' || c == '?') && (at + 1 >= passage.end || isBlank(words[at + 1])) && !(c == '.' && isAbbreviation(words, at)))
            bytes = 1;
        if (bytes == 0) {
            ++at;
            continue;
        }
        at += bytes;
        while (at < passage.end && isBlank(words[at]))
            ++at;
        now.isQuestion = isQuestion;
        end(at);
    }
    end(passage.end);
    return out;
}

} // namespace qd::review
