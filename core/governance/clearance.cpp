// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/clearance.h"

#include "core/base/ascii.h"
#include "core/base/eachtext.h"
#include "core/base/safetext.h"
#include "core/events/texts.h"
#include "core/governance/wayout.h"

#include <algorithm>
#include <set>

namespace qd::governance {

namespace {

bool isIn(const std::vector<std::string> &list, std::string_view id)
{
    return !id.empty() && std::find(list.begin(), list.end(), id) != list.end();
}

std::vector<std::string> namesOf(const Workspace &w, const std::string &person)
{
    std::vector<std::string> out{asciiLower(person)};
    for (const Team &t : w.teams)
        if (isIn(t.members, person))
            out.push_back(asciiLower(t.id));
    return out;
}

bool isMeant(const Workspace &w, const ClearanceRule &rule, const Place &place)
{
    switch (place.kind) {
    case Place::Kind::Person:
        return (rule.everybody && w.person(place.id)) || isIn(rule.people, place.id)
            || std::any_of(rule.teams.begin(), rule.teams.end(), [&](const std::string &id) {
                   const Team *team = w.team(id);
                   return team && isIn(team->members, place.id);
               });
    case Place::Kind::Room: return isIn(rule.rooms, place.id) || isIn(rule.connections, place.connection);
    case Place::Kind::Way:
    case Place::Kind::Hook: return isIn(rule.connections, place.connection);
    case Place::Kind::Page: return isIn(rule.pages, place.id);
    case Place::Kind::Recipients: return isIn(rule.recipients, place.id);
    case Place::Kind::Audience: return isIn(rule.audiences, place.id);
    case Place::Kind::Public: return false;
    }
    return false;
}

DataClass usualLevel(const state::State &state, const Place &place)
{
    switch (place.kind) {
    case Place::Kind::Person: return state.workspace->person(place.id) || (!place.id.empty() && place.id == state.access.owner) ? DataClass::Confidential : DataClass::Public;
    case Place::Kind::Room:
    case Place::Kind::Way: return DataClass::Internal;
    case Place::Kind::Audience: {
        const AudienceKind kind = kindOfAudience(place.id);
        return kind == AudienceKind::Technical || kind == AudienceKind::Executive ? DataClass::Internal : DataClass::Public;
    }
    case Place::Kind::Hook:
    case Place::Kind::Page:
    case Place::Kind::Recipients:
    case Place::Kind::Public: return DataClass::Public;
    }
    return DataClass::Public;
}

Subject subjectOf(const state::State &state, const std::string &incident)
{
    const auto *i = incident.empty() ? nullptr : state.incident(incident);
    return i ? Subject{i->service, i->id} : Subject{{}, incident};
}

/// "room:CONNECTION/ROOM": its whole address, as a post to it has it.
Place roomElsewhere(const state::State &state, const std::string &to, const Subject &about)
{
    const auto slash = to.find('/');
    const std::string connection = to.substr(5, slash == std::string::npos ? slash : slash - 5), room = slash == std::string::npos ? std::string() : to.substr(slash + 1);
    const state::Source *s = state.source(connection);
    return {Place::Kind::Room, room.find('@') == std::string::npos && s ? room + "@" + std::string(roomHost(s->connection)) : room, connection, about};
}

/// What of a text's readers is the least: their levels, and the names all of them have, which for places are none.
std::vector<Place> placesOf(const state::State &state, const std::vector<std::string> &to, const std::string &audience, const Subject &about)
{
    std::vector<Place> out;
    if (!audience.empty())
        out.push_back({Place::Kind::Audience, audience, {}, about});
    for (const std::string &each : to) {
        if (each.starts_with("page:"))
            out.push_back({Place::Kind::Page, each.substr(5), {}, about});
        else if (each.starts_with("mail:"))
            out.push_back({Place::Kind::Recipients, each.substr(5), {}, about});
        else if (each.starts_with("webhook:"))
            out.push_back({Place::Kind::Hook, {}, each.substr(8), about});
        else if (each.starts_with("room:"))
            out.push_back(roomElsewhere(state, each, about));
        else if (const auto *i = state.incident(about.incident))
            for (const state::Room &room : i->rooms)
                out.push_back({Place::Kind::Room, room.address, room.connection, about});
    }
    return out;
}

/// The texts of an event that its readers get: not who did it, not where.
template <typename T, typename F>
void eachWritten(T &event, F &&f)
{
    using E = std::remove_const_t<T>;
    const std::uint64_t fields = events::kTextFields<E>;
    E::visitFields(event, [&](int number, const char *, auto &member) {
        if (number < 64 && (fields >> number & 1U) != 0)
            eachText(member, f);
    });
}

/// What an event says, or has said of a text that was written before.
std::vector<std::string> textsSaid(const state::State &state, const events::Event &event)
{
    std::vector<std::string> texts;
    visit([&]<typename T>(const T &e) { eachWritten(e, [&](const std::string &text) { texts.push_back(text); }); }, event);
    const auto onPage = [&](const Localized &titles, const Localized &said) { // why it did not wait is for us
        texts.clear();
        for (const Localized *words : {&titles, &said})
            for (const auto &[language, text] : *words)
                texts.push_back(text);
    };
    if (const auto *e = getIf<events::PagePosted>(&event))
        onPage(e->title, e->text);
    if (const auto *e = getIf<events::PageMaintenancePlanned>(&event))
        onPage(e->title, e->text);
    if (const auto *e = getIf<events::MessageReleased>(&event))
        if (const auto *i = state.incident(e->incident))
            for (const state::OutwardMessage &m : i->outward)
                if (m.number == e->message && !m.versions.empty()) {
                    texts = {m.newest().title, m.newest().text};
                    for (const Localized *others : {&m.newest().titles, &m.newest().texts})
                        for (const auto &[language, text] : *others)
                            texts.push_back(text);
                }
    return texts;
}

} // namespace

Reader readerOf(const state::State &state, const Place &place)
{
    const Workspace &w = *state.workspace;
    Reader reader;
    reader.level = usualLevel(state, place);
    bool isRuled = false;
    for (const ClearanceRule &rule : w.clearances)
        if (isMeant(w, rule, place) && covers(w, rule.services, rule.incidents, place.about) && (!isRuled || rankOf(rule.level) > rankOf(reader.level))) {
            reader.level = rule.level;
            isRuled = true;
        }
    if (place.kind == Place::Kind::Person && !place.id.empty())
        reader.ids = namesOf(w, place.id);
    return reader;
}

Reader seatReader(const state::State &state, const std::string &user)
{
    Reader reader = readerOf(state, {Place::Kind::Person, user, {}, {}});
    reader.most = DataClass::Confidential;
    return reader;
}

std::string nameOf(const Place &place)
{
    switch (place.kind) {
    case Place::Kind::Person: return place.id;
    case Place::Kind::Room: return "the room " + place.id;
    case Place::Kind::Way:
    case Place::Kind::Hook: return "what goes through " + place.connection;
    case Place::Kind::Page: return "the status page " + place.id;
    case Place::Kind::Recipients: return "the recipients " + place.id;
    case Place::Kind::Audience: return place.id;
    case Place::Kind::Public: return "the public";
    }
    return {};
}

Result<Place> placeNamed(const state::State &state, const std::string &text)
{
    const Workspace &w = *state.workspace;
    const auto colon = text.find(':');
    const std::string kind = text.substr(0, colon), id = colon == std::string::npos ? std::string() : text.substr(colon + 1);
    if (text == "public")
        return Place{};
    if (kind == "room" && !id.empty()) {
        Place place{Place::Kind::Room, id, {}, {}};
        for (const auto &[number, i] : state.incidents)
            for (const state::Room &room : i.rooms)
                if (room.address == id)
                    place.connection = room.connection;
        return place;
    }
    if (kind == "page" && !id.empty())
        return w.page(id) ? Result<Place>(Place{Place::Kind::Page, id, {}, {}}) : fail(Code::NotFound, "There is no status page \"" + safeLine(id, 60) + "\" in the workspace.");
    if (kind == "mail" && !id.empty())
        return w.recipientsOf(id) ? Result<Place>(Place{Place::Kind::Recipients, id, {}, {}}) : fail(Code::NotFound, "There are no [[recipients]] \"" + safeLine(id, 60) + "\" in the workspace.");
    if (kind == "audience" && !id.empty())
        return Place{Place::Kind::Audience, id, {}, {}};
    if (colon != std::string::npos)
        return fail(Code::Invalid, "\"" + safeLine(text, 60) + "\" is nobody to look as; write a person, room:ADDRESS, page:ID, mail:ID, audience:NAME or public.");
    if (!w.person(text))
        return fail(Code::NotFound, "There is no person \"" + safeLine(text, 60) + "\" in the workspace; write a person, room:ADDRESS, page:ID, mail:ID, audience:NAME or public.");
    return Place{Place::Kind::Person, text, {}, {}};
}

void seal(const state::State &state, events::OutboxQueued &entry)
{
    if (marksIn(entry.text).empty() && marksIn(entry.title).empty() && marksIn(entry.subject).empty())
        return;
    const state::Source *source = state.source(entry.connection);
    // What is posted anywhere but in a chat goes to people outside, and has no brackets in it. A mail server is only the way to its recipients; of
    // several that have the address those count who may be told least.
    const bool isOutside = entry.effect == events::Effect::Post && (!source || !isChat(source->connection.kind));
    const Subject about = subjectOf(state, entry.incident);
    Reader reader = readerOf(state, isOutside ? Place{source && !isMail(source->connection.kind) ? Place::Kind::Hook : Place::Kind::Public, {}, entry.connection, about} : Place{entry.room.empty() ? Place::Kind::Way : Place::Kind::Room, entry.room, entry.connection, about});
    if (isOutside && source && isMail(source->connection.kind)) {
        std::optional<Reader> least;
        for (const Recipients &r : state.workspace->recipients)
            if (isIn(r.mail, entry.room))
                if (const Reader one = readerOf(state, {Place::Kind::Recipients, r.id, {}, about}); !least || rankOf(one.level) < rankOf(least->level))
                    least = one;
        reader = least.value_or(reader);
    }
    for (std::string *text : {&entry.text, &entry.title, &entry.subject})
        *text = sealed(*text, reader, isOutside ? Brackets::Dropped : Brackets::Kept);
}

bool seal(events::Event &event, const Reader &reader)
{
    bool changed = false;
    const auto each = [&](std::string &text) {
        if (!mayHoldMark(text))
            return;
        std::string out = sealed(text, reader);
        changed = changed || out != text;
        text = std::move(out);
    };
    // Not the fields of people's texts alone: conclusions repeat them, and reasons quote them.
    visit([&]<typename T>(const T &) { eachText(*getIf<T>(&event), each); }, std::as_const(event));
    return changed;
}

state::StatusPageState asReadersHaveIt(const state::State &state, state::StatusPageState page)
{
    const auto read = [&](auto &part, const std::string &incident) {
        const Reader reader = readerOf(state, {Place::Kind::Page, page.id, {}, subjectOf(state, incident)});
        eachText(part, [&](std::string &text) {
            if (!marksIn(text).empty())
                text = sealed(text, reader, Brackets::Dropped);
        });
    };
    for (state::PageNotice &notice : page.notices)
        read(notice, notice.incident);
    read(page.components, {});
    read(page.maintenances, {});
    return page;
}

std::vector<Place> meantFor(const state::State &state, const events::Event &event)
{
    if (const auto *e = getIf<events::UpdateIssued>(&event))
        return placesOf(state, !e->byHand.empty() ? std::vector<std::string>{} : e->to.empty() ? std::vector<std::string>{"rooms"} : e->to, e->audience, subjectOf(state, e->incident));
    if (const auto *e = getIf<events::MessageDrafted>(&event))
        return placesOf(state, e->to, e->audience, subjectOf(state, e->incident));
    if (const auto *e = getIf<events::PagePosted>(&event))
        return {{Place::Kind::Page, e->page, {}, subjectOf(state, e->incident)}};
    if (const auto *e = getIf<events::PageMaintenancePlanned>(&event))
        return {{Place::Kind::Page, e->page, {}, {}}};
    if (const auto *e = getIf<events::MessageReleased>(&event))
        if (const auto *i = state.incident(e->incident))
            for (const state::OutwardMessage &m : i->outward)
                if (m.number == e->message && !m.versions.empty())
                    return placesOf(state, m.newest().to, m.newest().audience, subjectOf(state, e->incident));
    return {};
}

bool isUnpaired(const state::State &state, const events::Event &event)
{
    const auto isOutside = [&](const Place &place) {
        return place.kind == Place::Kind::Page || place.kind == Place::Kind::Recipients || place.kind == Place::Kind::Hook || rankOf(readerOf(state, place).level) == rankOf(DataClass::Public);
    };
    const std::vector<Place> places = meantFor(state, event);
    if (std::none_of(places.begin(), places.end(), isOutside))
        return false;
    const std::vector<std::string> texts = textsSaid(state, event);
    return !std::all_of(texts.begin(), texts.end(), [](const std::string &text) { return isPaired(text); });
}

std::optional<TooMuch> tooMuchIn(const state::State &state, const events::Event &event)
{
    const std::vector<Place> places = meantFor(state, event);
    if (places.empty())
        return std::nullopt;
    const std::vector<std::string> texts = textsSaid(state, event);
    for (const Place &place : places)
        if (auto found = tooMuchIn(texts, place, readerOf(state, place)))
            return found;
    return std::nullopt;
}

std::optional<TooMuch> tooMuchIn(const std::vector<std::string> &texts, const Place &place, const Reader &reader)
{
    TooMuch found{place, 0, 0, {}};
    std::set<std::string_view> said; // an update's fields hold again what is in its text
    for (const std::string &text : texts)
        for (const Marked &mark : keptFrom(text, reader))
            if (said.insert(mark.words).second && found.count++ == 0) {
                const std::string_view before = std::string_view(text).substr(0, mark.at);
                found.at = 1 + static_cast<std::size_t>(std::count_if(before.begin(), before.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
                found.hole = holeOf(mark);
            }
    return found.count > 0 ? std::optional(std::move(found)) : std::nullopt;
}

std::string refusalOf(const TooMuch &found, std::string_view what, std::string_view done)
{
    return "The " + std::string(what) + " goes to " + nameOf(found.place) + ", which may not be told what is marked " + found.hole + " at character " + std::to_string(found.at)
        + (found.count > 1 ? " (and " + std::to_string(found.count - 1) + " more)" : "") + ". Nothing was " + std::string(done) + "." + std::string(kWayOut);
}

std::optional<events::MarksRemoved> cutMarks(const state::State &state, events::Event &event, const events::Actor &by)
{
    events::MarksRemoved out;
    std::set<std::string> said;
    std::vector<Reader> readers;
    for (const Place &place : meantFor(state, event)) {
        readers.push_back(readerOf(state, place));
        bool isKept = false;
        visit(
            [&]<typename T>(const T &e) {
                eachWritten(e, [&](const std::string &text) {
                    for (const Marked &mark : keptFrom(text, readers.back())) {
                        isKept = true;
                        if (said.emplace(mark.words).second)
                            out.classes.emplace_back(word(mark.level));
                    }
                });
            },
            event);
        if (isKept)
            out.readers += (out.readers.empty() ? "" : ", ") + nameOf(place);
    }
    if (out.classes.empty())
        return std::nullopt;
    visit(
        [&]<typename T>(const T &) {
            eachWritten(*getIf<T>(&event), [&](std::string &text) {
                for (const Reader &reader : readers)
                    if (!keptFrom(text, reader).empty())
                        text = without(text, reader);
            });
        },
        std::as_const(event));
    visit(
        [&]<typename T>(const T &e) {
            if constexpr (requires { e.incident; })
                out.incident = e.incident;
        },
        event);
    out.by = by;
    return out;
}

} // namespace qd::governance
