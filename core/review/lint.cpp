// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/lint.h"

#include "core/base/ascii.h"
#include "core/base/foldedtext.h"
#include "core/base/safetext.h"
#include "core/review/evidence.h"
#include "core/review/lintwords.h"
#include "core/review/prose.h"
#include "core/review/spelling.h"

#include <algorithm>
#include <array>
#include <memory>
#include <re2/re2.h>
#include <set>

namespace qd::review {

namespace {

constexpr std::size_t kClaimWords = 5;   ///< shorter sentences claim nothing
constexpr std::size_t kNamePart = 3;     ///< bytes; shorter parts of names are words
constexpr Span kOverNight = hours(12);   ///< a time of day so much earlier is of the next day

struct PhrasePattern {
    FindingKind kind;
    std::unique_ptr<re2::RE2> pattern;
};

/// Compiled once: they are the console's own. RE2 is linear in the text.
const std::vector<PhrasePattern> &phrasePatterns()
{
    static const std::vector<PhrasePattern> kAll = [] {
        std::vector<PhrasePattern> out;
        for (const Phrase &p : phrases()) {
            std::string pattern = "(?i)(?:^|[^\\pL\\pN])";
            for (const char c : p.pattern)
                pattern += c == ' ' ? "\\s+" : std::string(1, c);
            out.push_back({p.kind, std::make_unique<re2::RE2>(pattern + "(?:[^\\pL\\pN]|$)", re2::RE2::Quiet)});
        }
        return out;
    }();
    return kAll;
}

bool isLetter(std::string_view text, const Character &first)
{
    const char c = text.empty() ? ' ' : text.front();
    return first.bytes > 1 ? first.letter != Letter::No : (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Words of names: "Dana Novak" is three: both and each.
std::vector<std::string> partsOf(std::string_view name)
{
    std::vector<std::string> out;
    std::string now;
    for (Character c; !name.empty(); name.remove_prefix(c.bytes)) {
        c = firstCharacter(name);
        if (isLetter(name, c))
            now += name.substr(0, c.bytes);
        else if (!now.empty())
            out.push_back(std::exchange(now, {}));
    }
    if (!now.empty())
        out.push_back(std::move(now));
    return out;
}

/// A blank, and punctuation beyond ASCII but for what stands within words: "said—Dana" is two, "Dana’s" is one.
bool endsWord(std::string_view text, const Character &first)
{
    constexpr std::string_view kWithin[] = {"’", "\u2010", "\u2011", "\u00ad", "\u200c", "\u200d"};
    const std::string_view one = text.substr(0, first.bytes);
    if (one.size() == 1)
        return one == " " || one == "\n" || one == "\t";
    return first.letter == Letter::No && std::find(std::begin(kWithin), std::end(kWithin), one) == std::end(kWithin);
}

/// Words the team has, in small letters.
std::set<std::string> teamWords(const LintContext &context)
{
    std::set<std::string> out;
    for (const auto *texts : {&context.people, &context.words})
        for (const std::string &text : *texts)
            for (const std::string &part : partsOf(text))
                out.insert(asciiLower(part));
    return out;
}

class Linting {
public:
    Linting(std::string_view text, const LintContext &context) : m_text(text), m_context(context), m_prose(proseOf(text)), m_cited(citedIn(text)) {}

    [[nodiscard]] std::vector<Finding> all()
    {
        for (const Passage &p : m_prose.passages) {
            if (p.isQuote)
                continue;
            said(p);
            if (m_context.extent.extent != Extent::All)
                outages(p);
            if (m_context.wantsEvidence && (p.kind == Passage::Kind::Paragraph || p.kind == Passage::Kind::Item))
                unsupported(p);
        }
        order();
        if (m_context.forbidsNames)
            names();
        if (m_context.spelling && m_context.spelling->isReady())
            spelling();
        std::stable_sort(m_out.begin(), m_out.end(), [](const Finding &a, const Finding &b) { return a.at < b.at; });
        if (m_out.size() > kFindingsMost)
            m_out.resize(kFindingsMost);
        return std::move(m_out);
    }

private:
    void find(FindingKind kind, std::size_t at, std::size_t length)
    {
        m_out.push_back({kind, at, length, safeLine(m_text.substr(at, length), kFindingWords), questionOf(kind, m_context.language)});
    }
    void said(const Passage &p)
    {
        const std::string_view words = std::string_view(m_prose.words).substr(p.at, p.end - p.at);
        std::vector<std::pair<std::size_t, std::size_t>> taken; // one finding for one stretch
        for (const PhrasePattern &each : phrasePatterns()) {
            re2::StringPiece rest(words.data(), words.size()), hit;
            while (re2::RE2::FindAndConsume(&rest, *each.pattern, &hit)) {
                const std::size_t at = p.at + static_cast<std::size_t>(hit.data() - words.data());
                const bool isTaken = std::any_of(taken.begin(), taken.end(), [&](const auto &t) { return at < t.first + t.second && t.first < at + hit.size(); });
                if (!isTaken) {
                    taken.emplace_back(at, hit.size());
                    find(each.kind, at, hit.size());
                }
                const std::size_t back = rest.size() > 0 ? lastCharacter({words.data(), static_cast<std::size_t>(rest.data() - words.data())}).bytes : 0;
                rest = re2::StringPiece(rest.data() - back, rest.size() + back); // what ended this one may begin the next
            }
        }
    }
    /// What the record calls so where it is pointed at is the record's word.
    void outages(const Passage &p)
    {
        const std::string_view words = std::string_view(m_prose.words).substr(p.at, p.end - p.at);
        const auto found = outageWordsIn(words);
        if (found.empty())
            return;
        const std::set<std::string> recorded = recordWords(p);
        for (const auto &[at, length] : found) {
            if (recorded.contains(asciiLower(words.substr(at, length))))
                continue;
            find(FindingKind::Outage, p.at + at, length);
            m_out.back().question += " " + extentSentence(m_context.extent, m_context.language);
        }
    }
    [[nodiscard]] bool isCited(std::size_t at, std::size_t end) const
    {
        return std::any_of(m_cited.begin(), m_cited.end(), [&](const Cited &c) { return c.at < end && c.at + c.length > at && isThere(c); });
    }
    /// A link to nothing supports nothing.
    [[nodiscard]] bool isThere(const Cited &c) const { return !m_context.timeOf || m_context.timeOf(c.reference).has_value(); }
    void unsupported(const Passage &p)
    {
        for (const Sentence &s : sentencesOf(m_prose, p)) {
            if (s.isQuestion || s.words < kClaimWords || isCited(s.at, s.end))
                continue;
            std::size_t end = s.end;
            while (end > s.at && m_prose.words[end - 1] == ' ')
                --end;
            find(FindingKind::Unsupported, s.at, end - s.at);
        }
    }
    // --- times ---
    struct Told {
        std::size_t at = 0, length = 0;
        std::int64_t seconds = 0;        ///< of a day, or since 1970 where `isExact`
        bool isExact = false;
    };
    /// The first time a passage tells: of the line it points at, or as it is written.
    [[nodiscard]] std::optional<Told> firstTime(const Passage &p) const
    {
        static const re2::RE2 kTime(R"((?:^|[^0-9:.])([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?(?:[^0-9:]|$))");
        std::optional<Told> out;
        const std::string_view words = std::string_view(m_prose.words).substr(p.at, p.end - p.at);
        re2::StringPiece text(words.data(), words.size()), hour, minute, second;
        if (re2::RE2::PartialMatch(text, kTime, &hour, &minute, &second)) {
            const auto number = [](re2::StringPiece t) { return t.empty() ? 0 : std::stoll(std::string(t.data(), t.size())); };
            const auto at = p.at + static_cast<std::size_t>(hour.data() - words.data());
            out = Told{at, static_cast<std::size_t>((second.empty() ? minute : second).data() - hour.data()) + 2, number(hour) * 3600 + number(minute) * 60 + number(second), false};
        }
        for (const Cited &c : m_cited) {
            if (c.at + c.length <= p.at || c.at >= p.end || (out && out->at < c.at))
                continue;
            if (const auto at = m_context.timeOf ? m_context.timeOf(c.reference) : std::nullopt)
                return Told{c.at, c.length, at->ns / 1'000'000'000, true};
        }
        return out;
    }
    void order()
    {
        constexpr std::int64_t kDaySeconds = 24 * 3600;
        std::optional<Told> before;
        for (const Passage &p : m_prose.passages) {
            if (p.kind == Passage::Kind::Heading)
                before.reset(); // a part tells its own story
            if (p.kind == Passage::Kind::Heading || p.isQuote)
                continue;
            const auto now = firstTime(p);
            if (!now)
                continue;
            if (before) {
                const bool isExact = before->isExact && now->isExact;
                const std::int64_t was = isExact ? before->seconds : before->seconds % kDaySeconds, is = isExact ? now->seconds : now->seconds % kDaySeconds;
                const bool isMinute = !before->isExact || !now->isExact; // "14:03" is also 14:03:40
                const bool isEarlier = isMinute ? is / 60 < was / 60 : is < was;
                if (isEarlier && (isExact || was - is < kOverNight.seconds()))
                    find(FindingKind::Order, now->at, now->length);
            }
            before = now;
        }
    }
    // --- words ---
    template <typename Each>
    void eachWord(Each each) const
    {
        const std::string_view words = m_prose.words;
        for (const Passage &p : m_prose.passages) {
            if (p.isQuote)
                continue;
            for (std::size_t at = p.at; at < p.end;) {
                std::size_t from = p.end, to = at; // from its first letter or digit to behind its last
                for (Character c; at < p.end; at += c.bytes) {
                    const std::string_view rest = words.substr(at, p.end - at);
                    c = firstCharacter(rest);
                    if (endsWord(rest, c))
                        break;
                    if (isLetter(rest, c) || (rest.front() >= '0' && rest.front() <= '9')) {
                        from = std::min(from, at);
                        to = at + c.bytes;
                    }
                }
                if (from < to)
                    each(from, words.substr(from, to - from));
                at += firstCharacter(words.substr(at, p.end - at)).bytes;
            }
        }
    }
    void names()
    {
        std::set<std::string> parts;
        for (const std::string &name : m_context.people)
            for (std::string &part : partsOf(name))
                if (part.size() >= kNamePart)
                    parts.insert(std::move(part));
        std::size_t end = 0;
        eachWord([&](std::size_t at, std::string_view word) {
            if (word.ends_with("'s") || word.ends_with("’s"))
                word = word.substr(0, word.find_last_of("'\xE2"));
            if (!parts.contains(std::string(word)))
                return;
            if (end != 0 && at == end + 1) { // "Dana Novak" is one name
                m_out.back().length = at + word.size() - m_out.back().at;
                m_out.back().words = safeLine(m_text.substr(m_out.back().at, m_out.back().length), kFindingWords);
            } else {
                find(FindingKind::Name, at, word.size());
            }
            end = at + word.size();
        });
    }
    void spelling()
    {
        const std::set<std::string> known = teamWords(m_context);
        std::set<std::string> wrong;
        std::size_t found = 0;
        std::size_t passage = 0, read = m_prose.passages.size(); // read: whose record words these are
        std::set<std::string> recorded;
        eachWord([&](std::size_t at, std::string_view word) {
            while (passage + 1 < m_prose.passages.size() && at >= m_prose.passages[passage].end)
                ++passage;
            if (read != passage)
                recorded = recordWords(m_prose.passages[passage]);
            read = passage;
            if (found >= kSpellingsMost || word.find("://") != std::string_view::npos)
                return;
            for (std::size_t begin = 0; begin < word.size();) { // "alerts/pages": each by itself
                const std::size_t end = std::min(word.find_first_of("/,;:()\"", begin), word.size());
                const std::string_view part = word.substr(begin, end - begin);
                if (!part.empty() && !recorded.contains(asciiLower(part)) && !isKnown(part, known, wrong)) {
                    ++found;
                    find(FindingKind::Spelling, at + begin, part.size());
                }
                begin = end + 1;
            }
        });
    }
    /// The words, in small letters, of what a passage points at.
    [[nodiscard]] std::set<std::string> recordWords(const Passage &p) const
    {
        std::set<std::string> out;
        if (!m_context.textOf)
            return out;
        // What is pointed at before its first word or behind its last one is its own.
        const std::size_t begin = m_text.rfind('\n', p.at) == std::string_view::npos ? 0 : m_text.rfind('\n', p.at);
        const std::size_t end = std::min(m_text.find('\n', p.end), m_text.size());
        for (const Cited &c : m_cited)
            if (c.at >= begin && c.at < end) {
                const std::string said = m_context.textOf(c.reference);
                for (const std::string &part : partsOf(said))
                    out.insert(asciiLower(part));
            }
        return out;
    }
    [[nodiscard]] bool isKnown(std::string_view word, const std::set<std::string> &known, std::set<std::string> &wrong) const
    {
        if (wrong.contains(std::string(word)))
            return false;
        const std::string small = asciiLower(word);
        const auto parts = partsOf(small);
        const bool isTeams = known.contains(small) || (!parts.empty() && std::all_of(parts.begin(), parts.end(), [&](const std::string &p) { return known.contains(p) || p == "s"; }));
        if (isTeams || m_context.spelling->knows(word))
            return true;
        wrong.insert(std::string(word));
        return false;
    }

    std::string_view m_text;
    const LintContext &m_context;
    Prose m_prose;
    std::vector<Cited> m_cited;
    std::vector<Finding> m_out;
};

struct Questions {
    FindingKind kind;
    std::string_view name, en, de;
};
constexpr Questions kQuestions[] = {
    {FindingKind::Blame, "blame", "How did it make sense to the people there at that moment?", "Wie ergab es für die Beteiligten in diesem Augenblick Sinn?"},
    {FindingKind::Counterfactual, "counterfactual", "How did it look from where they stood: what did they see, and what did they go by?", "Wie sah es von dort aus: Was war zu sehen, und wonach richtete man sich?"},
    {FindingKind::HumanError, "human error", "How did the work and its tools make this step the next one, and how does it go on other days?", "Wie machten Arbeit und Werkzeuge diesen Schritt zum nächsten, und wie geht es an anderen Tagen?"},
    {FindingKind::Name, "name", "How does it look to anybody in that role? Name the role.", "Wie sieht es für jeden in dieser Rolle aus? Nennen Sie die Rolle."},
    {FindingKind::Order, "order", "How did one lead to the other: which of them came first?", "Wie führte das eine zum anderen: Was kam zuerst?"},
    {FindingKind::Unsupported, "unsupported", "How is it known: which line of the record shows it?", "Woher ist es bekannt: Welche Zeile der Aufzeichnung zeigt es?"},
    {FindingKind::Spelling, "spelling", "How is it spelt?", "Wie wird es geschrieben?"},
    {FindingKind::Outage, "outage", "How much of it still worked, and for whom?", "Wie viel davon ging noch, und für wen?"},
};

const Questions &questionsOf(FindingKind kind)
{
    return kQuestions[static_cast<std::size_t>(kind)];
}

} // namespace

std::string_view word(FindingKind v)
{
    return questionsOf(v).name;
}

std::string questionOf(FindingKind kind, std::string_view language)
{
    const Questions &q = questionsOf(kind);
    return std::string(language == "de" ? q.de : q.en);
}

bool wantsEvidence(std::string_view section)
{
    constexpr std::array<std::string_view, 5> kWithout{"summary", "impact", "decisions", "hypotheses", "participants"};
    return std::find(kWithout.begin(), kWithout.end(), section) == kWithout.end();
}

LintContext lintContext(const Workspace &w, std::string_view language)
{
    LintContext out;
    out.language = std::string(language);
    for (const Person &p : w.people)
        out.people.insert(out.people.end(), {p.id, p.name});
    for (const Team &t : w.teams)
        out.words.insert(out.words.end(), {t.id, t.name});
    for (const Service &s : w.services) {
        out.words.insert(out.words.end(), {s.id, s.name});
        out.words.insert(out.words.end(), s.aliases.begin(), s.aliases.end());
    }
    for (const BusinessService &b : w.business)
        out.words.push_back(b.name);
    out.words.insert(out.words.end(), w.jargon.begin(), w.jargon.end());
    return out;
}

LintContext lintContext(const state::State &state, std::string_view language)
{
    LintContext out = lintContext(*state.workspace, language);
    for (const state::FormerPerson &p : state.formerPeople) {
        out.people.push_back(p.id);
        out.people.insert(out.people.end(), p.names.begin(), p.names.end());
    }
    return out;
}

LintContext lintContext(const state::State &state, const state::Incident &incident, std::string_view section, const Spelling *spelling, std::string_view language)
{
    LintContext out = lintContext(state, language);
    out.words.insert(out.words.end(), incident.alertNames.begin(), incident.alertNames.end());
    out.timeOf = [&state, &incident](std::string_view reference) { return evidenceAt(state, incident, reference); };
    out.textOf = [&state, &incident](std::string_view reference) { return evidenceText(state, incident, reference); };
    out.spelling = spelling;
    out.extent = extentOf(state, incident, language);
    out.wantsEvidence = wantsEvidence(section);
    return out;
}

std::vector<Finding> lint(std::string_view markdown, const LintContext &context)
{
    return Linting(markdown, context).all();
}

std::vector<std::string> wordsOfOurs(std::string_view markdown, const std::vector<std::string> &jargon)
{
    const Prose prose = proseOf(markdown);
    std::string words(prose.words.size(), '\n'); // what is no passage parts words
    for (const Passage &p : prose.passages)
        for (std::size_t n = p.at; !p.isQuote && n < p.end; ++n)
            words[n] = prose.words[n];
    words = asciiLower(words);
    const std::string_view all = words;
    const auto isPart = [](std::string_view one, const Character &c) { return isLetter(one, c) || (!one.empty() && one.front() >= '0' && one.front() <= '9'); };
    const auto isWhole = [&](std::size_t at, std::size_t end) {
        const Character before = lastCharacter(all.substr(0, at)), behind = firstCharacter(all.substr(end));
        return !isPart(all.substr(at - before.bytes, before.bytes), before) && !isPart(all.substr(end, behind.bytes), behind);
    };
    std::vector<std::string> out;
    for (const std::string &term : jargon) {
        const std::string small = asciiLower(term);
        for (std::size_t at = small.empty() ? std::string::npos : words.find(small); at != std::string::npos; at = words.find(small, at + 1))
            if (isWhole(at, at + small.size())) {
                out.push_back(term);
                break;
            }
    }
    return out;
}

} // namespace qd::review
