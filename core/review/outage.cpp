// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/outage.h"

#include "core/base/foldedtext.h"
#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <re2/re2.h>

namespace qd::review {

namespace {

constexpr std::string_view kSaidOfPart[] = {"partial", "partially", "partly", "minor", "limited", "isolated", "no", "not", "never", "without", "teilweise", "teilweiser", "teilweisen", "teilweisem",
                                            "partieller", "partiellen", "partiellem", "partielle", "begrenzter", "begrenzten", "begrenztem", "kein", "keine", "keinen", "keinem", "keiner", "nicht", "nie", "ohne"};
constexpr std::string_view kArticles[] = {"a", "an", "the", "any", "ein", "einen", "einem", "einer", "der", "den", "dem", "des", "total", "complete", "totaler", "totalen", "vollständiger", "vollständigen"};

/// The last word before a place of one sentence, in small letters, and where it begins; empty: none stands right before it.
std::pair<std::string, std::size_t> wordBefore(std::string_view words, std::size_t at)
{
    constexpr std::string_view kBetween[] = {" ", "\n", "\t", "-", "\u00a0", "\u202f", "\"", "„", "“", "”", "‚", "‘", "’", "«", "»", "‹", "›"};
    const auto lastBefore = [&](std::size_t to) { return words.substr(to - lastCharacter(words.substr(0, to)).bytes, lastCharacter(words.substr(0, to)).bytes); };
    const auto isLetter = [](std::string_view one) { return one.size() > 1 ? firstCharacter(one).letter != Letter::No : (one >= "a" && one <= "z") || (one >= "A" && one <= "Z"); };
    std::size_t end = at;
    while (end > 0 && std::find(std::begin(kBetween), std::end(kBetween), lastBefore(end)) != std::end(kBetween))
        end -= lastBefore(end).size();
    std::size_t begin = end;
    while (begin > 0 && isLetter(lastBefore(begin)))
        begin -= lastBefore(begin).size();
    return {asciiLower(words.substr(begin, end - begin)), begin};
}

bool isSaidOfPart(std::string_view words, std::size_t at)
{
    constexpr int kWordsBack = 3; ///< "not a total …"
    for (int n = 0; n < kWordsBack; ++n) {
        const auto [word, begin] = wordBefore(words, at);
        if (std::find(std::begin(kSaidOfPart), std::end(kSaidOfPart), word) != std::end(kSaidOfPart))
            return true;
        if (std::find(std::begin(kArticles), std::end(kArticles), word) == std::end(kArticles))
            return false;
        at = begin;
    }
    return false;
}

struct ExtentWords {
    std::string_view english, german;
};
constexpr ExtentWords kNobodyHurt{"nobody was hurt", "niemand war betroffen"}, kSoonHurt{"nobody was hurt yet", "noch war niemand betroffen"}, kFewHurt{"few were hurt", "wenige waren betroffen"},
    kSomeHurt{"some were hurt", "einige waren betroffen"}, kMostHurt{"most were hurt", "die meisten waren betroffen"}, kWorkaround{"there was a way around it", "es gab einen Ausweg"},
    kPageDegraded{"a status page said degraded", "eine Statusseite sagte: eingeschränkt"}, kPagePart{"a status page said that a part was gone", "eine Statusseite sagte, dass ein Teil weg war"},
    kPageAll{"a status page said that one of its parts was gone altogether", "eine Statusseite sagte, dass einer ihrer Teile ganz weg war"};

/// What somebody said of it, for a part and for all.
class Sayings {
public:
    explicit Sayings(bool isGerman) : m_isGerman(isGerman) {}
    void say(Extent extent, const ExtentWords &words)
    {
        const std::string text(m_isGerman ? words.german : words.english);
        out.says += (out.says.empty() ? "" : "; ") + text;
        const bool isFirst = out.extent == Extent::Unknown && !m_differs;
        m_differs = m_differs || (!isFirst && out.extent != extent);
        out.extent = m_differs ? Extent::Unknown : extent;
    }
    ExtentKnown out;

private:
    bool m_isGerman, m_differs = false;
};

void sayAnswers(Sayings &to, const Reckoning &r)
{
    if (r.hurt == "no" || r.hurt == "soon")
        return to.say(Extent::Part, r.hurt == "no" ? kNobodyHurt : kSoonHurt);
    if (r.hurt != "yes")
        return;
    const bool hasWayRound = r.workaround == "yes", isMost = r.howMany == "most";
    to.say(isMost && !hasWayRound ? Extent::All : Extent::Part, isMost ? kMostHurt : r.howMany == "some" ? kSomeHurt : kFewHurt);
    if (hasWayRound)
        to.say(Extent::Part, kWorkaround);
}

void sayPages(Sayings &to, const state::State &state, const std::string &incident)
{
    ComponentState worst = ComponentState::Operational;
    for (const state::StatusPageState &page : state.pages)
        for (const state::PageNotice &n : page.notices)
            for (const state::NoticeUpdate &u : n.updates)
                for (const ComponentSaid &c : u.components)
                    if (n.incident == incident && c.state != ComponentState::Maintenance && badness(c.state) > badness(worst))
                        worst = c.state;
    switch (worst) {
    case ComponentState::MajorOutage: return to.say(Extent::All, kPageAll);
    case ComponentState::PartialOutage: return to.say(Extent::Part, kPagePart);
    case ComponentState::Degraded: return to.say(Extent::Part, kPageDegraded);
    default: break; // that it works says a page in the end of everything
    }
}

} // namespace

ExtentKnown extentOf(const state::State &state, const state::Incident &incident, std::string_view language)
{
    Sayings out(language == "de");
    sayAnswers(out, incident.reckoned);
    sayPages(out, state, incident.id);
    return std::move(out.out);
}

std::vector<std::pair<std::size_t, std::size_t>> outageWordsIn(std::string_view words)
{
    static const re2::RE2 kOutage(R"((?i)(?:^|[^\pL\pN])(outages?|black-?outs?|(?:total|komplett|system|dienst|service|betriebs)?ausf(?:all|alle|alls|alles|älle|ällen))(?:[^\pL\pN]|$))");
    std::vector<std::pair<std::size_t, std::size_t>> out;
    re2::StringPiece rest(words.data(), words.size()), hit;
    while (re2::RE2::FindAndConsume(&rest, kOutage, &hit)) {
        const auto at = static_cast<std::size_t>(hit.data() - words.data());
        if (!isSaidOfPart(words, at))
            out.emplace_back(at, hit.size());
        const std::size_t back = rest.size() > 0 ? lastCharacter({words.data(), static_cast<std::size_t>(rest.data() - words.data())}).bytes : 0;
        rest = re2::StringPiece(rest.data() - back, rest.size() + back); // what ended this one may begin the next
    }
    return out;
}

std::string extentSentence(const ExtentKnown &known, std::string_view language)
{
    const bool isGerman = language == "de";
    if (known.says.empty())
        return isGerman ? "Davon ist nichts bekannt; das Wort sagt, dass nichts mehr ging." : "Nothing is known of that; the word says that none of it did.";
    if (known.extent == Extent::Unknown)
        return (isGerman ? "Was bekannt ist, sagt beides: " : "What is known says both: ") + known.says + ".";
    return (isGerman ? "Bekannt ist weniger als alles: " : "What is known is less than all of it: ") + known.says + ".";
}

} // namespace qd::review
