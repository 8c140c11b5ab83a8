// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/frame.h"

#include "core/base/ascii.h"
#include "core/model/impact.h"

#include <algorithm>
#include <iterator>

namespace qd::review {

namespace {

struct FrameText {
    std::string_view key, english, german;
};
constexpr FrameText kHeadings[] = {{"summary", "Summary", "Zusammenfassung"},
                                   {"impact", "Impact", "Auswirkung"},
                                   {"narrative", "What happened", "Was geschah"},
                                   {"timeline", "Timeline", "Verlauf"},
                                   {"decisions", "Decisions", "Entscheidungen"},
                                   {"hypotheses", "Hypotheses", "Hypothesen"},
                                   {"went-well", "What went well", "Was gut lief"},
                                   {"participants", "Participants", "Beteiligte"},
                                   {"external", "To our customers", "An unsere Kunden"},
                                   {"factors", "Contributing factors", "Was dazu beitrug"},
                                   {"actions", "What we do about it", "Was wir dagegen tun"}};

/// As a list and as a sentence says it. In German without an article, and none of them changes with its case: it stands well wherever a name stood ("von Einsatzleitung", "Einsatzleitung fragte").
struct RoleText {
    std::string_view english, german, inSentence;
};
constexpr RoleText kRoles[] = {{"Incident Commander", "Einsatzleitung", "Einsatzleitung"},
                               {"Deputy", "Vertretung", "Vertretung"},
                               {"Scribe", "Protokoll", "Protokollführung"},
                               {"Communications Lead", "Kommunikation", "Kommunikationsleitung"},
                               {"Liaison", "Verbindung (Recht/PR)", "Verbindungsperson"},
                               {"Subject-Matter Expert", "Fachkraft", "Fachkraft"},
                               {"Responder", "Einsatzkraft", "Einsatzkraft"},
                               {"Observer", "Beobachtung", "Beobachtungsperson"},
                               {"Reporter", "Meldung", "Meldeperson"}};
constexpr std::string_view kSomebodyEnglish = "a responder", kSomebodyGerman = "Einsatzkraft"; ///< who has no role in it

constexpr FrameText kDeeds[] = {{"declared it", "", "erklärte den Vorfall"},
                                {"set the severity", "", "setzte den Schweregrad"},
                                {"set the status", "", "setzte den Status"},
                                {"took part in command", "", "wirkte am Kommando mit"},
                                {"kept the log", "", "schrieb ins Protokoll"},
                                {"had a task", "", "hatte eine Aufgabe"},
                                {"raised a hypothesis", "", "stellte eine Hypothese auf"},
                                {"settled a hypothesis", "", "klärte eine Hypothese"},
                                {"decided", "", "entschied"},
                                {"spoke to people outside", "", "sprach mit Menschen außerhalb"},
                                {"answered calls", "", "nahm Rufe an"},
                                {"made a change", "", "nahm eine Änderung vor"},
                                {"kept alerts quiet", "", "hielt Alarme still"},
                                {"kept evidence", "", "sicherte Belege"},
                                {"asked around", "", "fragte herum"},
                                {"wrote in its room", "", "schrieb im Raum"},
                                {"is named by a file", "", "ist in einer Datei genannt"}};
constexpr std::string_view kCalledFor = "was called for ", kOwns = "owns ";

constexpr FrameText kWords[] = {{"no owner", "", "niemand zuständig"},
                                {"due ", "", "fällig "},
                                {"open", "", "offen"},
                                {"done", "", "erledigt"},
                                {"DRAFT: this review is not reviewed yet and may say otherwise later.", "", "ENTWURF: Diese Nachbetrachtung ist noch nicht geprüft und kann später anders lauten."},
                                {"verified", "", "nachgewiesen"},
                                {"dropped", "", "fallen gelassen"},
                                {"picture", "", "Bild"},
                                {"internal", "", "intern"},
                                {"public", "", "öffentlich"},
                                {"confidential", "", "vertraulich"},
                                {"restricted", "", "streng vertraulich"},
                                {"short", "", "kurz"},
                                {"medium", "", "mittel"},
                                {"long", "", "lang"}};

bool isInGerman(std::string_view language)
{
    return language == "de";
}

template <typename Texts>
const FrameText *textFor(const Texts &all, std::string_view key)
{
    const auto it = std::find_if(std::begin(all), std::end(all), [&](const FrameText &t) { return t.key == key; });
    return it == std::end(all) ? nullptr : &*it;
}

const RoleText *roleFor(std::string_view role)
{
    const auto it = std::find_if(std::begin(kRoles), std::end(kRoles), [&](const RoleText &r) { return r.english == role; });
    return it == std::end(kRoles) ? nullptr : &*it;
}

} // namespace

std::string_view languageOf(const Workspace &w)
{
    return !w.review.languages.empty() && w.review.languages.front() == "de" ? "de" : "en";
}

std::string_view languageOf(const Workspace &w, const state::Review &r)
{
    return r.language.empty() ? languageOf(w) : r.language == "de" ? "de" : "en";
}

std::vector<std::string> spelledIn(const Workspace &w, const state::Review &r)
{
    std::vector<std::string> out{std::string(languageOf(w, r))};
    const auto add = [&](std::string_view language) {
        if (std::find(out.begin(), out.end(), language) == out.end())
            out.emplace_back(language);
    };
    if (w.review.languages.empty())
        std::for_each(std::begin(kReviewLanguages), std::end(kReviewLanguages), add);
    std::for_each(w.review.languages.begin(), w.review.languages.end(), add);
    return out;
}

std::string headingOf(std::string_view section, std::string_view language)
{
    if (const FrameText *known = textFor(kHeadings, section))
        return std::string(isInGerman(language) ? known->german : known->english);
    std::string out(section);
    std::replace(out.begin(), out.end(), '-', ' ');
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z')
        out[0] = static_cast<char>(out[0] - 32);
    return out;
}

std::string roleName(std::string_view role, std::string_view language)
{
    const RoleText *known = isInGerman(language) ? roleFor(role) : nullptr;
    return std::string(known ? known->german : role);
}

std::string roleInSentence(std::string_view role, std::string_view language)
{
    if (role.empty())
        return std::string(isInGerman(language) ? kSomebodyGerman : kSomebodyEnglish);
    if (!isInGerman(language))
        return "the " + asciiLower(role);
    const RoleText *known = roleFor(role);
    return std::string(known ? known->inSentence : role);
}

std::string partIn(std::string_view part, std::string_view language)
{
    if (!isInGerman(language))
        return std::string(part);
    if (const FrameText *deed = textFor(kDeeds, part))
        return std::string(deed->german);
    if (part.starts_with(kCalledFor))
        return "wurde gerufen für " + std::string(part.substr(kCalledFor.size()));
    if (part.starts_with(kOwns))
        return "verantwortet " + std::string(part.substr(kOwns.size()));
    return roleName(part, language);
}

std::string audienceName(std::string_view audience, std::string_view language)
{
    return audience == "internal" || audience == "public" ? frameWord(audience, language) : std::string(audience);
}

std::string frameWord(std::string_view english, std::string_view language)
{
    const FrameText *known = isInGerman(language) ? textFor(kWords, english) : nullptr;
    return std::string(known ? known->german : english);
}

std::string holeIn(std::string_view hole, std::string_view language)
{
    constexpr std::string_view kBegins = "[sealed: ", kBetween = ", ";
    const std::size_t comma = hole.find(kBetween);
    if (!hole.starts_with(kBegins) || !hole.ends_with(']') || comma == std::string_view::npos)
        return {};
    const std::string_view level = hole.substr(kBegins.size(), comma - kBegins.size()), length = hole.substr(comma + kBetween.size(), hole.size() - comma - kBetween.size() - 1);
    constexpr DataClass kLevels[] = {DataClass::Public, DataClass::Internal, DataClass::Confidential, DataClass::Restricted};
    if (std::none_of(std::begin(kLevels), std::end(kLevels), [&](DataClass l) { return word(l) == level; }) || (length != "short" && length != "medium" && length != "long"))
        return {};
    return isInGerman(language) ? "[versiegelt: " + frameWord(level, language) + ", " + frameWord(length, language) + "]" : std::string(hole);
}

} // namespace qd::review
