// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/template.h"

#include "core/base/safetext.h"
#include "core/comms/words.h"

#include <algorithm>
#include <ctemplate/template.h>
#include <memory>
#include <set>

namespace qd::comms {

namespace {

bool isName(std::string_view name)
{
    return !name.empty() && name.size() <= 64 && name.front() >= 'a' && name.front() <= 'z'
        && std::all_of(name.begin(), name.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const UpdateField *fieldOf(const UpdateTemplate &update, std::string_view name)
{
    const auto at = std::find_if(update.fields.begin(), update.fields.end(), [&](const UpdateField &f) { return f.name == name; });
    return at == update.fields.end() ? nullptr : &*at;
}

bool isLive(std::string_view name)
{
    const auto &names = liveVariableNames();
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string valueOf(const Values &values, std::string_view name)
{
    const auto at = values.find(name);
    return at == values.end() ? std::string{} : std::string(trimmed(at->second));
}

/// "14:40 UTC", or "2026-11-23 14:40 UTC" when that is another day than `now`.
std::string clockTime(Instant t, Instant now)
{
    const std::string text = toRfc3339(t);
    if (text.empty())
        return {};
    const std::string day = text.substr(0, 10);
    const std::string time = text.substr(11, 5) + " UTC";
    return now && toRfc3339(now).substr(0, 10) == day ? time : day + " " + time;
}

/// An incident's status as a text in this language reads it; in English where there are no words in it.
std::string statusIn(std::string_view language, const std::string &status)
{
    static const std::map<std::string_view, const char *> german{{"triage", "in Klärung"},  {"active", "aktiv"},         {"mitigated", "eingedämmt"}, {"resolved", "behoben"},
                                                                 {"closed", "abgeschlossen"}, {"cancelled", "abgebrochen"}, {"merged", "zusammengeführt"}};
    const auto known = german.find(status);
    return language == "de" && known != german.end() ? known->second : status;
}

/// "1h4m", "1 h 4 min": how long it goes on, in whole minutes; the same behind "for" and "seit" and by itself.
std::string lengthIn(std::string_view language, Span span)
{
    const std::int64_t all = span.seconds() / 60;
    if (all == 0)
        return language == "de" ? "weniger als 1 min" : "less than a minute";
    if (language != "de")
        return toText(minutes(all));
    std::string out;
    for (const auto &[count, unit] : {std::pair(all / 1440, " d"), std::pair(all / 60 % 24, " h"), std::pair(all % 60, " min")})
        if (count > 0)
            out += (out.empty() ? "" : " ") + std::to_string(count) + unit;
    return out;
}

/// Which fields are still to be answered, with what each is for.
std::string askedFor(const std::vector<const UpdateField *> &fields)
{
    if (fields.size() == 1)
        return "\"" + fields[0]->name + "\" is required" + (fields[0]->hint.empty() ? "." : ": " + fields[0]->hint + ".");
    std::string out;
    for (std::size_t n = 0; n < fields.size(); ++n)
        out += (n == 0 ? "\"" : n + 1 == fields.size() ? " and \"" : ", \"") + fields[n]->name + "\"" + (fields[n]->hint.empty() ? std::string() : " (" + fields[n]->hint + ")");
    return out + " are required.";
}

/// Blank lines left by empty optional fields fold into one, and no line ends in blanks.
std::string tidied(std::string_view text)
{
    std::string out;
    int breaks = 0;
    for (const char c : text) {
        if (c == '\r')
            continue;
        if (c == '\n') {
            while (!out.empty() && (out.back() == ' ' || out.back() == '\t'))
                out.pop_back();
            if (++breaks > 2 || out.empty())
                continue;
        } else if (c != ' ' && c != '\t') {
            breaks = 0;
        }
        out += c;
    }
    return std::string(trimmed(out));
}

/// Runs the library on a body that placesOf accepted. ctemplate leaves unknown places blank, which is why every caller
/// has checked the values first.
Result<std::string> expand(const std::string &body, const Values &values)
{
    const std::unique_ptr<ctemplate::Template> tpl(
        ctemplate::Template::StringToTemplate(body, ctemplate::DO_NOT_STRIP));
    if (tpl == nullptr)
        return fail(Code::Invalid, "The template cannot be read; look at its {{places}}.");
    ctemplate::TemplateDictionary dictionary("update");
    for (const auto &[name, value] : values)
        dictionary.SetValue(name, value);
    std::string out;
    if (!tpl->Expand(&out, &dictionary))
        return fail(Code::Invalid, "The template cannot be filled in; look at its {{places}}.");
    return tidied(out);
}

struct Filled {
    Values values;
    std::vector<std::string> missing, unknown;
    std::string problem; ///< the first reason to refuse
    Code code = Code::Invalid;
};

Filled fill(const UpdateTemplate &update, const std::vector<std::string> &places, const Values &live, const Values &set)
{
    Filled out;
    const auto refuse = [&](Code code, std::string why) {
        if (out.problem.empty()) {
            out.problem = std::move(why);
            out.code = code;
        }
    };
    for (const auto &[name, value] : set) {
        if (fieldOf(update, name) == nullptr)
            refuse(Code::Invalid, "\"" + safeLine(name, 64) + "\" is not a field of the template \"" + update.name + "\".");
        if (characters(value) > kValueLimit)
            refuse(Code::TooLarge, "\"" + safeLine(name, 64) + "\" is longer than 4,000 characters; shorten it.");
    }
    std::vector<const UpdateField *> asked;
    std::string notThere;
    for (const std::string &name : places) {
        const UpdateField *field = fieldOf(update, name);
        std::string value = field != nullptr ? valueOf(set, name) : std::string{};
        if (isNotKnown(value)) {
            out.unknown.push_back(name);
            value = update.notKnown.empty() ? std::string(notKnownYet(update.language)) : update.notKnown;
        }
        if (value.empty())
            value = valueOf(live, name);
        if (value.empty() && (field == nullptr || field->required)) {
            out.missing.push_back(name);
            if (field != nullptr)
                asked.push_back(field);
            else if (notThere.empty())
                notThere = name == "next_update" ? "The incident has no next update time; promise one first." : "The incident has no " + name + " yet, and the template needs it.";
        }
        out.values[name] = safeText(value);
    }
    for (const UpdateField &field : update.fields) { // a required field outside the body still has to be answered
        const bool placed = std::find(places.begin(), places.end(), field.name) != places.end();
        if (!placed && isNotKnown(valueOf(set, field.name)))
            out.unknown.push_back(field.name);
        if (!placed && field.required && valueOf(set, field.name).empty()) {
            out.missing.push_back(field.name);
            asked.push_back(&field);
        }
    }
    if (!asked.empty())
        refuse(Code::Invalid, askedFor(asked));
    else if (!notThere.empty())
        refuse(Code::Invalid, std::move(notThere));
    return out;
}

Result<void> withinLimit(const UpdateTemplate &update, std::string_view text)
{
    const std::size_t count = characters(text);
    if (update.limit > 0 && count > update.limit)
        return fail(Code::TooLarge, "The update has " + std::to_string(count) + " characters; its template allows " + std::to_string(update.limit) + ".");
    return {};
}

} // namespace

bool isNotKnown(std::string_view value)
{
    return trimmed(value) == kNotKnown;
}

std::string_view notKnownYet(std::string_view language)
{
    return language == "de" ? "noch nicht bekannt" : "not known yet";
}

UpdateTemplate spokenTo(const Workspace &workspace, const UpdateTemplate &update)
{
    UpdateTemplate out = update;
    out.language = workspace.languageOf(update);
    const auto read = workspace.audienceLanguages.find(update.audience);
    if (read == workspace.audienceLanguages.end() || read->second == out.language)
        return out;
    const auto body = update.bodies.find(read->second);
    if (body == update.bodies.end())
        return out;
    out.language = read->second;
    out.body = body->second;
    if (const auto subject = update.subjects.find(read->second); subject != update.subjects.end())
        out.subject = subject->second;
    const auto words = update.notKnowns.find(read->second);
    out.notKnown = words == update.notKnowns.end() ? std::string() : words->second;
    for (UpdateField &field : out.fields)
        if (const auto hint = field.hints.find(read->second); hint != field.hints.end())
            field.hint = hint->second;
    return out;
}

LiveIncident liveIncident(const state::State &state, const state::Incident &incident, Instant now)
{
    LiveIncident live;
    live.id = incident.id;
    live.title = incident.title;
    live.severity = word(incident.severity);
    live.status = word(incident.status);
    live.service = incident.service;
    live.commander = state.workspace->nameOf(incident.holder(Role::Commander));
    live.room = incident.rooms.empty() ? "" : incident.rooms.front().address;
    live.declaredAt = incident.declaredAt;
    live.now = now;
    live.alerts = static_cast<int>(incident.alerts.size());
    for (const state::PinnedLink &link : incident.links)
        if (folded(link.title) == kConferenceLink)
            live.conference = link.url;
    return live;
}

const std::vector<std::string> &liveVariableNames()
{
    static const std::vector<std::string> names{"id", "title", "severity", "status", "service", "commander", "room",
                                                "declared_at", "next_update", "now", "elapsed", "alerts", "conference"};
    return names;
}

Values liveVariables(const LiveIncident &incident, std::string_view language)
{
    Values out{{"id", incident.id},
               {"title", safeLine(incident.title)},
               {"severity", incident.severity},
               {"status", statusIn(language, incident.status)},
               {"service", safeLine(incident.service)},
               {"commander", safeLine(incident.commander)},
               {"room", safeLine(incident.room)},
               {"declared_at", clockTime(incident.declaredAt, incident.now)},
               {"next_update", clockTime(incident.nextUpdate, incident.now)},
               {"now", clockTime(incident.now, incident.now)},
               {"alerts", std::to_string(incident.alerts)},
               {"conference", safeLine(incident.conference)}};
    if (incident.declaredAt && incident.now > incident.declaredAt)
        out["elapsed"] = lengthIn(language, incident.now - incident.declaredAt);
    return out;
}

Result<std::vector<std::string>> placesOf(std::string_view body)
{
    if (body.size() > kBodyLimit)
        return fail(Code::TooLarge, "The template is longer than 16 KiB; shorten it.");
    std::vector<std::string> names;
    std::set<std::string, std::less<>> seen;
    for (std::size_t at = 0; at < body.size(); ++at) {
        if (body[at] == '<' && at + 1 < body.size() && (isLetter(body[at + 1]) || body[at + 1] == '/' || body[at + 1] == '!'))
            return fail(Code::Invalid, "The template holds HTML (\"" + safeLine(body.substr(at, 12), 24) + "\"); write plain text.");
        if (body[at] == '}' && at + 1 < body.size() && body[at + 1] == '}')
            return fail(Code::Invalid, "The template closes a }} that was never opened.");
        if (body[at] != '{' || at + 1 >= body.size() || body[at + 1] != '{')
            continue;
        const auto end = body.find("}}", at + 2);
        if (end == std::string_view::npos)
            return fail(Code::Invalid, "The template opens a {{ that is never closed.");
        const std::string_view name = body.substr(at + 2, end - at - 2);
        if (!isName(name))
            return fail(Code::Invalid, "\"{{" + safeLine(name, 64) + "}}\" is not a place; write a name of a-z, 0-9 and _ between the braces.");
        if (seen.insert(std::string(name)).second)
            names.emplace_back(name);
        at = end + 1;
        if (at + 1 < body.size() && body[at + 1] == '}')
            return fail(Code::Invalid, "\"{{" + std::string(name) + "}}}\" has a brace too many.");
    }
    return names;
}

Result<void> check(const UpdateTemplate &update)
{
    const auto places = placesOf(update.body);
    if (!places)
        return tl::unexpected(places.error());
    if (update.fields.size() > kFieldsLimit)
        return fail(Code::TooLarge, "The template has more than 32 fields.");
    std::set<std::string> names;
    for (const UpdateField &f : update.fields) {
        if (!isName(f.name))
            return fail(Code::Invalid, "\"" + safeLine(f.name, 64) + "\" is not a field name; use a-z, 0-9 and _.");
        if (!names.insert(f.name).second)
            return fail(Code::Invalid, "The field \"" + f.name + "\" is there twice.");
    }
    for (const std::string &p : *places) {
        if (names.count(p) == 0 && !isLive(p))
            return fail(Code::Invalid, "{{" + p + "}} is neither a field of the template nor something an incident has.");
    }
    return {};
}

Result<std::string> render(const UpdateTemplate &update, const Values &live, const Values &set)
{
    if (const auto checked = check(update); !checked)
        return tl::unexpected(checked.error());
    const Filled filled = fill(update, *placesOf(update.body), live, set);
    if (!filled.problem.empty())
        return fail(filled.code, filled.problem);
    auto text = expand(update.body, filled.values);
    if (text && text->empty())
        return fail(Code::Invalid, "The update is empty; write something.");
    if (text)
        if (const auto fits = withinLimit(update, *text); !fits)
            return tl::unexpected(fits.error());
    return text;
}

std::string headingOf(const Workspace &workspace, const UpdateTemplate *update, AudienceKind kind, const state::Incident &incident)
{
    if (kind != AudienceKind::Customer && kind != AudienceKind::Regulator)
        return safeLine(std::string(word(incident.severity)) + " " + incident.id + ": " + incident.title, kHeadingBytes);
    const std::string what = update ? (update->name.empty() ? update->id : update->name) : incident.id;
    return safeLine(workspace.name.empty() ? what : workspace.name + ": " + what, kHeadingBytes);
}

Result<std::string> headingOf(const Workspace &workspace, const UpdateTemplate &update, const state::Incident &incident, const Values &live, const Values &set)
{
    if (update.subject.empty())
        return headingOf(workspace, &update, update.kind, incident);
    UpdateTemplate line = update;
    line.body = update.subject;
    line.limit = 0;
    auto text = render(line, live, set);
    if (!text)
        return text;
    return safeLine(*text, kHeadingBytes);
}

Preview preview(const UpdateTemplate &update, const Values &live, const Values &set)
{
    Preview out;
    if (const auto checked = check(update); !checked) {
        out.problem = checked.error().message;
        return out;
    }
    Filled filled = fill(update, *placesOf(update.body), live, set);
    for (const std::string &name : filled.missing) {
        const UpdateField *field = fieldOf(update, name);
        filled.values[name] = "[" + (field != nullptr && !field->hint.empty() ? field->hint : name) + "]";
    }
    out.missing = filled.missing;
    out.unknown = filled.unknown;
    out.problem = filled.problem;
    if (auto text = expand(update.body, filled.values))
        out.text = *std::move(text);
    else
        out.problem = text.error().message;
    if (const auto fits = withinLimit(update, out.text); !fits && out.problem.empty())
        out.problem = fits.error().message;
    return out;
}

} // namespace qd::comms
