// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/told.h"

#include "core/rebuild/collector.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <set>

namespace qd::rebuild {

namespace {

constexpr std::size_t kLineRead = 400, kNameWords = 4, kNameBytes = 80;

std::string_view firstLine(std::string_view text)
{
    text = trimmed(text);
    return trimmed(text.substr(0, std::min(text.find('\n'), kLineRead)));
}

bool isOfWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

/// A word of a line, small, or an arrow as "to".
struct Word {
    std::string text;
    std::size_t from = 0, to = 0;
};

std::vector<Word> wordsOf(std::string_view line)
{
    static constexpr std::array<std::string_view, 4> kArrows{"→", "->", "=>", "➡"};
    std::vector<Word> out;
    for (std::size_t at = 0; at < line.size();) {
        const auto arrow = std::find_if(kArrows.begin(), kArrows.end(), [&](std::string_view a) { return line.substr(at).starts_with(a); });
        if (arrow != kArrows.end()) {
            out.push_back({"to", at, at + arrow->size()});
            at += arrow->size();
            continue;
        }
        std::size_t end = at;
        while (end < line.size() && isOfWord(line[end]) && std::none_of(kArrows.begin(), kArrows.end(), [&](std::string_view a) { return line.substr(end).starts_with(a); }))
            ++end;
        if (end > at)
            out.push_back({asciiLower(line.substr(at, end - at)), at, end});
        at = std::max(end, at + 1);
    }
    return out;
}

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// What is said of a thing: a value, and whether it is what became of it. What was, or is not, is none.
template <typename T>
class Said {
public:
    void add(std::optional<T> value, std::string_view before, std::string_view beforeThat)
    {
        const auto denied = [](std::string_view w) { return isOneOf(w, {"not", "no", "never", "isn", "t", "longer", "yet", "once", "until", "when", "if", "will", "be", "should", "could", "would", "may", "might", "can"}); };
        if (denied(before) || denied(beforeThat)) {
            m_isOpen = true;
            return;
        }
        if (isOneOf(before, {"from", "was", "previously", "formerly"}))
            return;
        m_all.insert(value);
        if (isOneOf(before, {"to", "now", "as"}))
            m_become.insert(value);
    }
    [[nodiscard]] std::optional<T> value() const
    {
        if (m_become.size() == 1)
            return *m_become.begin();
        return m_become.empty() && m_all.size() == 1 && !m_isOpen ? *m_all.begin() : std::nullopt;
    }

private:
    std::set<std::optional<T>> m_all, m_become;
    bool m_isOpen = false;
};

std::optional<IncidentSeverity> severityNumbered(char digit)
{
    return digit >= '1' && digit <= '5' ? std::optional(static_cast<IncidentSeverity>(digit - '0')) : std::nullopt;
}

std::optional<IncidentStatus> statusCalled(std::string_view word)
{
    if (word == "triage")
        return IncidentStatus::Triage;
    if (isOneOf(word, {"active", "investigating", "identified", "fixing", "opened", "reopened", "ongoing"}))
        return IncidentStatus::Active;
    if (isOneOf(word, {"mitigated", "monitoring", "stabilized", "stabilised", "contained"}))
        return IncidentStatus::Mitigated;
    if (isOneOf(word, {"resolved", "fixed"}))
        return IncidentStatus::Resolved;
    if (word == "closed")
        return IncidentStatus::Closed;
    if (isOneOf(word, {"cancelled", "canceled"}))
        return IncidentStatus::Cancelled;
    return word == "merged" ? std::optional(IncidentStatus::Merged) : std::nullopt;
}

struct RoleName {
    std::string_view words;
    Role role;
};
/// What roles are called elsewhere, the longer before what is in it.
constexpr std::array<RoleName, 17> kRoleNames{{{"incident commander", Role::Commander}, {"incident lead", Role::Commander}, {"incident manager", Role::Commander}, {"commander", Role::Commander},
                                               {"incident command", Role::Commander}, {"command", Role::Commander},
                                               {"deputy commander", Role::Deputy}, {"deputy", Role::Deputy}, {"scribe", Role::Scribe}, {"communications lead", Role::Communications}, {"comms lead", Role::Communications},
                                               {"communications", Role::Communications}, {"comms", Role::Communications}, {"customer liaison", Role::Liaison}, {"liaison", Role::Liaison},
                                               {"subject matter expert", Role::Expert}, {"expert", Role::Expert}}};

struct RolePlace {
    Role role = Role::Commander;
    std::size_t from = 0, to = 0;
};

/// The one role a line names. None: no role, or several.
std::optional<RolePlace> roleIn(std::string_view line)
{
    const std::string lower = asciiLower(line);
    std::optional<RolePlace> found;
    for (std::size_t at = 0; at < lower.size(); ++at) {
        if (at > 0 && isOfWord(lower[at - 1]))
            continue;
        const RoleName *longest = nullptr;
        for (const RoleName &name : kRoleNames)
            if (std::string_view(lower).substr(at).starts_with(name.words) && (at + name.words.size() == lower.size() || !isOfWord(lower[at + name.words.size()])) && (!longest || name.words.size() > longest->words.size()))
                longest = &name;
        if (!longest)
            continue;
        if (found && found->role != longest->role)
            return std::nullopt;
        if (!found)
            found = RolePlace{longest->role, at, at + longest->words.size()};
        at += longest->words.size() - 1;
    }
    return found;
}

bool isLarge(std::string_view word)
{
    return !word.empty() && ((word.front() >= 'A' && word.front() <= 'Z') || word.front() == '@' || static_cast<unsigned char>(word.front()) >= 0x80);
}

/// Up to where a name goes on with other things, without what stands around it.
std::string_view cutName(std::string_view text)
{
    for (const std::string_view stop : {" by ", " (", ",", ";", ". ", " at ", " from ", " since ", " after ", " because ", "—", " - ", "!", "?"})
        text = text.substr(0, text.find(stop));
    while (!text.empty() && std::string_view(" \t:.*_`\"'=->").find(text.front()) != std::string_view::npos)
        text.remove_prefix(1);
    while (!text.empty() && std::string_view(" \t:.*_`\"'=-").find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    return text;
}

/// A name, and no sentence: a few words that begin large, or (`small`) one of any kind.
std::string nameIn(std::string_view text, bool small)
{
    text = cutName(text);
    std::size_t words = 0, large = 0, particles = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
        if (word.empty())
            continue;
        ++words;
        large += isLarge(word) ? 1 : 0;
        particles += isOneOf(word, {"von", "van", "de", "der", "den", "da", "di", "du", "la", "el", "bin", "al"}) ? 1 : 0;
    }
    const bool isName = words > 0 && words <= kNameWords && text.size() <= kNameBytes && large > 0 && large + particles == words;
    if (!isName && !(small && words == 1))
        return {};
    return std::string(text.starts_with('@') ? text.substr(1) : text);
}

bool isNobody(std::string_view text)
{
    return isOneOf(asciiLower(cutName(text)), {"nobody", "none", "unassigned", "open", "vacant", "tbd", "n/a", "removed", "no one"});
}

/// What stands behind the role: ": Dana", " is now Dana", " changed from Ana to Dana", " → Dana".
std::optional<std::string> holderAfter(std::string_view after)
{
    std::string_view rest = trimmed(after);
    while (!rest.empty() && (rest.front() == '*' || rest.front() == '_' || rest.front() == '`'))
        rest.remove_prefix(1);
    const std::string lower = asciiLower(rest);
    const std::size_t to = lower.rfind(" to ");
    for (const std::string_view change : {"changed", "set", "handed", "transferred", "passed", "given", "assigned", "reassigned", "moved", "goes", "went"})
        if (lower.starts_with(change) && to != std::string::npos)
            return isNobody(rest.substr(to + 4)) ? std::string() : nameIn(rest.substr(to + 4), false);
    if (lower.starts_with("to "))
        return nameIn(rest.substr(3), false);
    for (const std::string_view sign : {":", "=", "→", "->", "–", "—", "- "})
        if (rest.starts_with(sign)) {
            const std::string_view last = rest.rfind("→") != std::string_view::npos ? rest.substr(rest.rfind("→") + std::string_view("→").size()) : rest.substr(sign.size());
            return isNobody(last) ? std::string() : nameIn(last, true);
        }
    for (const std::string_view verb : {"is now ", "is ", "now "})
        if (lower.starts_with(verb))
            return isNobody(rest.substr(verb.size())) ? std::string() : nameIn(rest.substr(verb.size()), false);
    return std::nullopt;
}

/// What stands before it: "Dana is now the", "Ana assigned Dana as", "takes over as" of the actor; "" where it does not say who.
std::string holderBefore(std::string_view before, std::string_view actor)
{
    std::vector<Word> words = wordsOf(before);
    if (std::any_of(words.begin(), words.end(), [](const Word &w) { return isOneOf(w.text, {"longer", "removed", "unassigned", "stepped", "steps", "left", "not", "no", "who", "without", "if", "should", "will", "can", "could", "need", "needs", "needed"}); }))
        return {};
    const auto isLink = [](std::string_view w) {
        return isOneOf(w, {"the", "our", "a", "an", "new", "is", "now", "as", "am", "m", "became", "becomes", "takes", "take", "took", "assumes", "assumed", "was", "has", "been", "assigned", "made", "set", "over", "role", "of",
                           "to", "acts", "acting", "command", "joined", "appointed", "named", "ll", "it", "be", "taking", "for", "for"});
    };
    std::size_t end = before.size();
    while (!words.empty() && isLink(words.back().text)) {
        end = words.back().from;
        words.pop_back();
    }
    std::size_t from = 0;
    for (const Word &w : words) // "Ana assigned Dana as": whom
        if (isOneOf(w.text, {"assigned", "made", "appointed", "named", "set"}))
            from = w.to;
    const std::string_view who = cutName(before.substr(from, end - from));
    if (who.empty() || isOneOf(asciiLower(who), {"i", "i'", "i’", "me"}))
        return std::string(trimmed(actor));
    return nameIn(who, false);
}

} // namespace

std::optional<IncidentSeverity> severityTold(std::string_view text)
{
    const auto words = wordsOf(firstLine(text));
    Said<IncidentSeverity> said;
    const bool names = std::any_of(words.begin(), words.end(), [](const Word &w) { return isOneOf(w.text, {"sev", "severity", "priority"}); });
    const auto before = [&](std::size_t i) { return i < words.size() ? std::string_view(words[i].text) : std::string_view(); };
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view w = words[i].text;
        char digit = 0;
        if (w.size() == 4 && w.starts_with("sev"))
            digit = w[3];
        else if (w.size() == 2 && w[0] == 'p')
            digit = w[1];
        else if (isOneOf(w, {"sev", "severity", "priority"}) && i + 1 < words.size()) {
            std::size_t next = i + 1;
            while (next + 1 < words.size() && isOneOf(words[next].text, {"level", "is", "now"}))
                ++next;
            if (words[next].text.size() == 1)
                digit = words[next].text[0];
        }
        if (w.size() == 1 && names && i > 0 && isOneOf(words[i - 1].text, {"from", "to"})) // "severity changed from 2 to 1"
            digit = w[0];
        if (digit >= '0' && digit <= '9')
            said.add(severityNumbered(digit), before(i - 1), i > 1 ? before(i - 2) : std::string_view());
    }
    return said.value();
}

std::optional<IncidentStatus> statusTold(std::string_view text)
{
    const auto words = wordsOf(firstLine(text));
    if (words.empty() || firstLine(text).find('?') != std::string_view::npos)
        return std::nullopt;
    const bool turns = words.size() > 1 && words[1].text == "to";
    if (const auto first = statusCalled(words[0].text); first && !turns) // "Resolved by Omar: …"
        return first;
    Said<IncidentStatus> said;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view before = i > 0 ? std::string_view(words[i - 1].text) : std::string_view(), beforeThat = i > 1 ? std::string_view(words[i - 2].text) : std::string_view();
        const bool isOpen = words[i].text == "open" && isOneOf(before, {"status", "state", "is", "to", "now", "as"}); // and no "open the bridge"
        if (const auto status = isOpen ? std::optional(IncidentStatus::Active) : statusCalled(words[i].text))
            said.add(status, before, beforeThat);
    }
    return said.value();
}

std::optional<RoleTold> roleTold(std::string_view text, std::string_view actor)
{
    const std::string_view line = firstLine(text);
    const auto place = roleIn(line);
    if (!place || line.find('?') != std::string_view::npos)
        return std::nullopt;
    const std::string_view behind = line.substr(place->to);
    if (const auto after = holderAfter(behind))
        return RoleTold{place->role, *after};
    const auto words = wordsOf(behind); // "commander Dana joined" leaves it open
    if (!words.empty() && !isOneOf(words.front().text, {"now", "here", "again", "role", "of", "for", "this", "from", "until", "since", "at", "as", "on", "and", "in", "by"}))
        return RoleTold{place->role, {}};
    return RoleTold{place->role, holderBefore(line.substr(0, place->from), actor)};
}

void ToldStanding::add(std::string_view kind, std::string_view text, std::string_view actor, Instant at, Instant knownAt)
{
    Turn turn;
    turn.at = at;
    turn.knownAt = std::max(at, knownAt);
    if (kind == "severity") {
        turn.about = About::Severity;
        turn.severity = severityTold(text);
        if (!turn.severity && asciiLower(firstLine(text)).find("urgency") != std::string::npos)
            return; // how loud a pager is, and no severity
    } else if (kind == "status") {
        turn.about = About::Status;
        turn.status = statusTold(text);
    } else if (kind == "role") {
        const auto role = roleTold(text, actor);
        if (!role)
            return;
        turn.about = About::Role;
        turn.role = *role;
    } else {
        return;
    }
    m_turns.insert(std::upper_bound(m_turns.begin(), m_turns.end(), at, [](Instant t, const Turn &other) { return t < other.at; }), std::move(turn));
}

Standing ToldStanding::at(Instant moment, bool asKnown) const
{
    Standing out;
    for (const Turn &turn : m_turns) {
        if (turn.at > moment)
            break;
        if (asKnown && turn.knownAt > moment)
            continue;
        switch (turn.about) {
        case About::Severity: out.severity = turn.severity; break;
        case About::Status:
            out.status = turn.status;
            out.statusSince = turn.at;
            break;
        case About::Role:
            if (turn.role.person.empty())
                out.roles.erase(turn.role.role);
            else if (auto &held = out.roles[turn.role.role]; held.person != turn.role.person)
                held = {turn.role.person, turn.at};
            break;
        }
    }
    return out;
}

std::vector<ToldStanding::Term> ToldStanding::roles() const
{
    std::vector<Term> out;
    std::map<Role, std::size_t> open; // the last of each role
    for (const Turn &turn : m_turns) {
        if (turn.about != About::Role)
            continue;
        if (const auto it = open.find(turn.role.role); it != open.end()) {
            if (out[it->second].person == turn.role.person)
                continue;
            out[it->second].until = turn.at;
            open.erase(it);
        }
        if (turn.role.person.empty())
            continue;
        open[turn.role.role] = out.size();
        out.push_back({turn.role.role, turn.role.person, turn.at, {}});
    }
    return out;
}

} // namespace qd::rebuild
