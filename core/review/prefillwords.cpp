// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/prefillwords.h"

#include "core/review/frame.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace qd::review {

namespace {

struct Spoken {
    std::string_view english, german;
};
constexpr Spoken kSpoken[] = {
    {" on ", " bei "},
    {"It began ", "Er begann "},
    {", was declared ", ", wurde erklärt "},
    {", was mitigated ", ", wurde eingedämmt "},
    {" and was resolved ", " und wurde gelöst "},
    {" in all.\n", " insgesamt.\n"},
    {"- Service: ", "- Dienst: "},
    {"none was named", "keiner wurde genannt"},
    {"- Business service: ", "- Geschäftsdienst: "},
    {" customers", " Kunden"},
    {", regulated", ", reguliert"},
    {"- As answered then: ", "- Wie damals beantwortet: "},
    {"- Lasted: ", "- Dauerte: "},
    {", from ", ", von "},
    {" to ", " bis "},
    {"- Alerts: ", "- Alarme: "},
    {", of ", ", von "},
    {"kind", "Art"},
    {"kinds", "Arten"},
    {"- Told: ", "- Mitgeteilt: "},
    {"update", "Mitteilung"},
    {"updates", "Mitteilungen"},
    {" more reached nobody", " weitere ohne Empfang"},
    {"promised one", "zugesagte"},
    {"promised ones", "zugesagte"},
    {" did not come in time", " nicht rechtzeitig"},
    {"## How it was noticed\n\n", "## Wie es bemerkt wurde\n\n"},
    {"\n## How the search for the cause went\n\n", "\n## Wie die Ursache gesucht wurde\n\n"},
    {"\n## What was done\n\n", "\n## Was getan wurde\n\n"},
    {"\n## Key moments\n\n", "\n## Schlüsselmomente\n\n"},
    {"Times are UTC.\n\n", "Zeiten in UTC.\n\n"},
    {"  - not taken: ", "  - nicht gewählt: "},
    {"No decision is in the record.\n", "In der Aufzeichnung steht keine Entscheidung.\n"},
    {"left open", "offen gelassen"},
    {"refuted ", "widerlegt "},
    {"confirmed ", "bestätigt "},
    {", after ", ", nach "},
    {"No hypothesis is in the record.\n", "In der Aufzeichnung steht keine Hypothese.\n"},
    {"an alert told of it before anybody declared it", "ein Alarm meldete es, bevor jemand den Vorfall erklärte"},
    {"the first call was answered within ", "der erste Ruf wurde beantwortet innerhalb von "},
    {"it had an Incident Commander within ", "die Einsatzleitung war besetzt innerhalb von "},
    {"the first update went out within ", "die erste Mitteilung ging hinaus innerhalb von "},
    {"every promised update came in time (", "jede zugesagte Mitteilung kam rechtzeitig ("},
    {"Nothing of it shows in the record by itself.\n", "Von selbst zeigt die Aufzeichnung nichts davon.\n"},
    {"- and ", "- und "},
    {" more\n", " weitere\n"},
    {"Nobody is named in the record.\n", "In der Aufzeichnung ist niemand genannt.\n"},
    {"the impact begins", "die Auswirkung beginnt"},
    {"the first alert fires: ", "der erste Alarm feuert: "},
    {"change to ", "Änderung an "},
    {"change: ", "Änderung: "},
    {"hypothesis: ", "Hypothese: "},
    {"refuted: ", "widerlegt: "},
    {"confirmed: ", "bestätigt: "},
    {"decided: ", "entschieden: "},
    {"update to ", "Mitteilung an "},
    {", which reached nobody", ", die niemanden erreichte"},
    {"Nothing of it is in the record.\n", "Davon steht nichts in der Aufzeichnung.\n"},
    {"\" was refuted within ", "\" wurde widerlegt innerhalb von "},
    {"less than a minute", "weniger als eine Minute"},
    {" more in the record", " weitere in der Aufzeichnung"},
    {", among them ", ", darunter "},
    {"line of the log", "Zeile des Protokolls"},
    {"lines of the log", "Zeilen des Protokolls"},
    {"alert", "Alarm"},
    {"alerts", "Alarme"},
    {", until ", ", bis "},
    {"message", "Nachricht"},
    {"messages", "Nachrichten"},
    {"task given: ", "Aufgabe vergeben: "},
    {": named by a file (", ": von einer Datei genannt ("},
    {": somebody takes the role", ": jemand übernimmt die Rolle"},
    {": the role goes to somebody else", ": die Rolle geht an jemand anderen"},
    {": who had the role takes it again", ": wer die Rolle hatte, übernimmt sie wieder"},
    {"who asked for command does not take it after all", "wer um das Kommando bat, übernimmt es doch nicht"},
    {"command is taken", "das Kommando wird übernommen"},
    {"command is handed over", "das Kommando wird übergeben"},
    {"nobody objects: command is taken", "niemand widerspricht: das Kommando wird übernommen"},
    {"somebody objects to another having command", "jemand widerspricht, dass ein anderer das Kommando hat"},
    {"nobody is Incident Commander", "niemand hat die Einsatzleitung"},
    {"somebody asks for command", "jemand bittet um das Kommando"},
    {" became part of it", " wurde Teil davon"},
};

constexpr Spoken kStatuses[] = {{"triage", "in Sichtung"}, {"active", "aktiv"},         {"mitigated", "eingedämmt"},       {"resolved", "gelöst"},
                                {"closed", "geschlossen"}, {"cancelled", "abgebrochen"}, {"merged", "zusammengeführt"}};
constexpr Spoken kAnswers[] = {{"yes", "ja"}, {"no", "nein"}, {"soon", "bald"}, {"most", "die meisten"}, {"some", "einige"}, {"few", "wenige"}};

template <typename Texts>
std::string_view spoken(const Texts &all, std::string_view english)
{
    const auto it = std::find_if(std::begin(all), std::end(all), [&](const Spoken &s) { return s.english == english; });
    return it == std::end(all) ? english : it->german;
}

/// Takes `begins` from the front; whether it was there.
bool takeFront(std::string_view &text, std::string_view begins)
{
    if (!text.starts_with(begins))
        return false;
    text.remove_prefix(begins.size());
    return true;
}

/// Takes "(begins … )" from the end; what was between, or nothing.
std::string_view takeBehind(std::string_view &text, std::string_view begins, std::string_view ends)
{
    const std::size_t at = text.rfind(begins);
    if (at == std::string_view::npos || !text.ends_with(ends) || at + begins.size() > text.size() - ends.size())
        return {};
    const std::string_view out = text.substr(at + begins.size(), text.size() - ends.size() - at - begins.size());
    text.remove_suffix(text.size() - at);
    return out;
}

/// Without " (how it was reckoned; matrix NAME)" at its end.
std::string_view withoutReckoning(std::string_view text)
{
    constexpr std::string_view kMatrix = "; matrix ";
    if (!text.ends_with(')'))
        return text;
    int depth = 0;
    for (std::size_t n = text.size(); n-- > 0;) {
        depth += text[n] == ')' ? 1 : text[n] == '(' ? -1 : 0;
        if (depth == 0)
            return n > 0 && text[n - 1] == ' ' && text.substr(n).find(kMatrix) != std::string_view::npos ? text.substr(0, n - 1) : text;
    }
    return text;
}

std::string asText(std::string_view view)
{
    return std::string(view);
}

/// "SEV2 declared: the title (…; matrix m) (service x is not in the workspace) (follows INC-1)".
std::string declaredInGerman(std::string_view line)
{
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos)
        return asText(line);
    std::string_view rest = line.substr(space);
    std::string out = asText(line.substr(0, space));
    if (takeFront(rest, " declared, in triage: ")) {
        out += " erklärt, in Sichtung: ";
    } else if (takeFront(rest, " declared: ")) {
        out += " erklärt: ";
    } else if (takeFront(rest, " written down afterwards, over since ")) {
        const std::size_t at = rest.find(": ");
        out += " nachträglich aufgeschrieben, vorbei seit " + asText(rest.substr(0, at)) + ": ";
        rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 2);
    } else {
        return asText(line);
    }
    const std::string_view before = takeBehind(rest, " (follows ", ")"), service = takeBehind(rest, " (service ", " is not in the workspace)");
    out += withoutReckoning(rest);
    if (!service.empty())
        out += " (Dienst " + asText(service) + " steht nicht im Arbeitsbereich)";
    return out + (before.empty() ? "" : " (folgt auf " + asText(before) + ")");
}

/// "SEV3 to SEV2: the reason (…; matrix m)".
std::string severityInGerman(std::string_view line)
{
    constexpr std::string_view kTo = " to ";
    const std::string_view rest = withoutReckoning(line);
    const std::size_t at = rest.find(kTo);
    const bool isTurn = at != std::string_view::npos && rest.starts_with("SEV") && rest.substr(at + kTo.size()).starts_with("SEV");
    return isTurn ? "von " + asText(rest.substr(0, at)) + " auf " + asText(rest.substr(at + kTo.size())) : asText(line);
}

/// "mitigated: the reason", "merged into INC-2: the reason".
std::string statusInGerman(std::string_view line)
{
    std::string_view rest = line;
    if (takeFront(rest, "merged into "))
        return "zusammengeführt mit " + asText(rest);
    const std::size_t end = std::min(line.find(':'), line.size());
    const std::string_view word = line.substr(0, end), german = spoken(kStatuses, word);
    rest = line.substr(end);
    if (german == word)
        return asText(line);
    constexpr std::string_view kApart = ": no longer part of ";
    return asText(german) + (rest.starts_with(kApart) ? ": nicht mehr Teil von " + asText(rest.substr(kApart.size())) : asText(rest));
}

/// "acknowledged the call for payments (1 of 2 answers), by the link in the page, as ana says".
std::string answerGivenInGerman(std::string_view line)
{
    std::string_view rest = line;
    if (!takeFront(rest, "acknowledged the call for "))
        return asText(line);
    const std::string_view by = takeBehind(rest, ", as ", " says");
    const bool isByLink = rest.ends_with(", by the link in the page");
    if (isByLink)
        rest.remove_suffix(std::string_view(", by the link in the page").size());
    const std::string_view answers = takeBehind(rest, " (", " answers)");
    std::string out = "nahm den Ruf für " + asText(rest) + " an";
    if (const std::size_t of = answers.find(" of "); of != std::string_view::npos)
        out += " (" + asText(answers.substr(0, of)) + " von " + asText(answers.substr(of + 4)) + " Antworten)";
    return out + (isByLink ? ", über den Link im Ruf" : "") + (by.empty() ? "" : ", wie " + asText(by) + " sagt");
}

/// "the impact began at T, not at T: the reason", "takes back moment 2: its text".
std::string logInGerman(std::string_view line)
{
    constexpr std::string_view kNot = ", not at ", kNoted = " (noted in PagerDuty)";
    std::string_view rest = line;
    if (takeFront(rest, "the impact began at ")) {
        const std::size_t at = rest.find(kNot);
        return "die Auswirkung begann " + (at == std::string_view::npos ? asText(rest) : asText(rest.substr(0, at)) + ", nicht " + asText(rest.substr(at + kNot.size())));
    }
    if (takeFront(rest, "takes back moment "))
        return "nimmt Moment " + asText(rest.substr(0, rest.find(':'))) + " zurück" + asText(rest.substr(std::min(rest.find(':'), rest.size())));
    return line.ends_with(kNoted) ? asText(line.substr(0, line.size() - kNoted.size())) + " (in PagerDuty notiert)" : asText(line);
}

/// "PayDown fires: about (labels)", as files' alerts are written down.
std::string alertInGerman(std::string_view line)
{
    constexpr std::string_view kFires = " fires";
    const std::size_t at = line.find(kFires);
    const std::string_view rest = at == std::string_view::npos ? std::string_view() : line.substr(at + kFires.size());
    const bool isOurs = at != std::string_view::npos && at > 0 && (rest.empty() || rest.starts_with(": ") || rest.starts_with(" (") || rest.starts_with('{'));
    return isOurs ? asText(line.substr(0, at)) + " feuert" + asText(rest) : asText(line);
}

} // namespace

std::string_view inGerman(std::string_view english)
{
    return spoken(kSpoken, english);
}

std::string_view answerInGerman(std::string_view answer)
{
    return spoken(kAnswers, answer);
}

bool leavesRoleOpen(const state::Entry &e)
{
    return e.reference.empty() || e.refersToItself();
}

std::string recordInGerman(const state::Entry &e)
{
    using state::EntryKind;
    constexpr std::string_view kDone = "done: ", kTaken = "on it: ";
    const std::string_view line = e.text;
    const bool isOurs = e.origin.empty();
    switch (e.kind) {
    case EntryKind::Alert: return isOurs ? e.text : alertInGerman(line);
    case EntryKind::Status: return isOurs ? statusInGerman(line) : e.text;
    case EntryKind::Acknowledged: return isOurs ? answerGivenInGerman(line) : e.text;
    case EntryKind::Declared: return isOurs ? declaredInGerman(line) : e.text;
    case EntryKind::Severity: return isOurs ? severityInGerman(line) : e.text;
    case EntryKind::Log: return isOurs ? logInGerman(line) : e.text;
    case EntryKind::Role: return isOurs && leavesRoleOpen(e) && !e.role.empty() ? roleName(e.role, "de") + ": unbesetzt" : e.text;
    case EntryKind::TaskDone: return isOurs && line.starts_with(kDone) ? "erledigt: " + asText(line.substr(kDone.size())) : e.text;
    case EntryKind::Task: return isOurs && line.starts_with(kTaken) ? "übernommen: " + asText(line.substr(kTaken.size())) : e.text;
    default: return e.text;
    }
}

std::string_view turnWords(state::CommandTurn turn)
{
    using state::CommandTurn;
    switch (turn) {
    case CommandTurn::None: break;
    case CommandTurn::Asked: return "somebody asks for command";
    case CommandTurn::Taken: return "command is taken";
    case CommandTurn::HandedOver: return "command is handed over";
    case CommandTurn::Unobjected: return "nobody objects: command is taken";
    case CommandTurn::NotTaken: return "who asked for command does not take it after all";
    case CommandTurn::Objected: return "somebody objects to another having command";
    case CommandTurn::Vacant: return "nobody is Incident Commander";
    }
    return {};
}

} // namespace qd::review
