// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/readoutward.h"

#include "core/model/connection.h"

#include <algorithm>

namespace qd::workspace {

namespace {

constexpr std::size_t kOutwardLimit = 50, kOutwardMailLimit = 200, kStatementBytes = 2000, kStatementTitleBytes = 200;
constexpr std::int64_t kTemplateLimitMost = 40'000;
constexpr std::size_t kTemplatePlaces = 20;

std::vector<std::string> namesOf(Fields &in, const char *key, Kind kind, const std::string &by, Draft &draft)
{
    std::vector<std::string> out;
    for (Given &given : in.texts(key, kOutwardLimit)) {
        draft.references.push_back({kind, given.id, by, given.place});
        out.push_back(std::move(given.id));
    }
    return out;
}

/// Whether a key holds a word of its kind: what does not was complained of and is twice of nothing.
template <typename E>
bool isKnown(Fields &in, const char *key)
{
    return fromWord<E>(in.text(key)).has_value();
}

/// A language the console has words of its own in; "" when not given, or not one of those.
std::string languageIn(Fields &in, const char *key, const std::string &of)
{
    std::string language = in.text(key);
    if (language.empty() || std::find(std::begin(kLanguages), std::end(kLanguages), language) != std::end(kLanguages))
        return language;
    in.problem(key, "\"" + language + "\" of " + of + " is no language the console's own words are in; write en or de");
    return {};
}

/// Each audience finds the text it reads.
void checkTemplateLanguages(const Draft &draft, Problems &problems)
{
    const Workspace &w = draft.workspace;
    for (std::size_t n = 0; n < w.templates.size() && n < draft.templates.size(); ++n) {
        const UpdateTemplate &t = w.templates[n];
        const std::string own = w.languageOf(t);
        if (t.bodies.contains(own))
            problems.add(draft.templates[n].place, "template " + t.id + " has its text in " + own + " twice: that is what its body is in; take body_" + own + " out, or write language = \"…\" for what body is in");
        const auto read = w.audienceLanguages.find(t.audience);
        if (read != w.audienceLanguages.end() && read->second != own && !t.bodies.contains(read->second))
            problems.add(draft.templates[n].place, "template " + t.id + " has no text in " + read->second + ", which is what " + t.audience + " read; write body_" + read->second + ", or language = \"" + read->second + "\" if its body is in it");
    }
}

/// Updates go to somebody there is, and around no check.
/// "room:CONNECTION/ROOM" or "webhook:NAME": of a connection, which the workspace does not know.
bool isOfConnection(const std::string &to)
{
    const auto slash = to.find('/');
    return (to.starts_with("room:") && slash != std::string::npos && slash > 5 && slash + 1 < to.size() && to.find_first_of(" \t") == std::string::npos) || (to.starts_with("webhook:") && to.size() > 8);
}

void checkTemplatePlaces(const Draft &draft, Problems &problems)
{
    const Workspace &w = draft.workspace;
    const auto isForOutside = [](AudienceKind kind) { return kind == AudienceKind::Customer || kind == AudienceKind::Regulator; };
    for (std::size_t n = 0; n < w.templates.size() && n < draft.templates.size(); ++n) {
        const UpdateTemplate &t = w.templates[n];
        std::string leaves, stages;
        for (const std::string &to : t.to) {
            if (to.starts_with("mail:") && !w.recipientsOf(to.substr(5)))
                problems.add(draft.templates[n].place, "template " + t.id + " goes to \"" + to + "\", which there is not; add [[recipients]] " + to.substr(5) + " or correct the name");
            if (to.starts_with("mail:") || to.starts_with("webhook:") || w.isPublicPlace(to))
                leaves += (leaves.empty() ? "" : ", ") + to;
        }
        for (const ApprovalStage &stage : w.approvals)
            if (stage.audiences.empty() || std::find(stage.audiences.begin(), stage.audiences.end(), t.audience) != stage.audiences.end())
                stages += (stages.empty() ? "" : ", ") + stage.id;
        if (!leaves.empty() && !stages.empty() && (isForOutside(t.kind) || isForOutside(kindOfAudience(t.audience))))
            problems.add(draft.templates[n].place, "template " + t.id + " goes outside (" + leaves + "), and what " + t.audience + " read has to pass " + stages + "; take it out of \"to\": a message (message draft) goes there once it passed");
    }
}

/// What heads it: a line with the places of its body.
std::string readSubject(Fields &in, const UpdateTemplate &t, const char *key)
{
    std::string subject = in.text(key);
    UpdateTemplate line = t;
    line.body = subject;
    if (const std::string problem = problemOfTemplate(line); !problem.empty())
        in.problem(key, problem);
    return subject;
}

} // namespace

void readTemplateKind(Fields &in, UpdateTemplate &t)
{
    t.subject = readSubject(in, t, "subject");
    t.kind = in.word("kind", kindOfAudience(t.audience), "technical, executive, customer or regulator");
    t.limit = static_cast<std::uint32_t>(in.number("limit", 0, 0, kTemplateLimitMost));
    t.notKnown = in.text("not_known");
    t.language = languageIn(in, "language", "template " + t.id);
    for (Given &to : in.texts("to", kTemplatePlaces)) {
        if (to.id != "rooms" && !isOfConnection(to.id) && !(to.id.starts_with("mail:") && to.id.size() > 5))
            in.problemAt(to.place, "template " + t.id + " goes to \"" + to.id + "\", which is no place; write rooms, room:CONNECTION/ROOM, mail:ID of [[recipients]] or webhook:NAME of a connection");
        else if (std::find(t.to.begin(), t.to.end(), to.id) != t.to.end())
            in.problemAt(to.place, "template " + t.id + " goes to " + to.id + " twice; write it once");
        else
            t.to.push_back(std::move(to.id));
    }
    for (const char *language : kLanguages) { // body_de, not_known_de
        const std::string body = std::string("body_") + language, words = std::string("not_known_") + language, subject = std::string("subject_") + language;
        if (in.has(subject.c_str())) {
            t.subjects[language] = readSubject(in, t, subject.c_str());
            if (!in.has(body.c_str()))
                in.problem(subject.c_str(), "template " + t.id + " has a subject in " + language + " and no text; write " + body + ", or subject for its own language");
        }
        if (in.has(body.c_str())) {
            UpdateTemplate other = t;
            other.body = t.bodies[language] = in.body(body.c_str());
            if (const std::string problem = problemOfTemplate(other); !problem.empty())
                in.problem(body.c_str(), problem);
        }
        if (std::string said = in.text(words.c_str()); !said.empty()) {
            t.notKnowns[language] = std::move(said);
            if (!t.bodies.contains(language))
                in.problem(words.c_str(), "template " + t.id + " has words for what is not known yet in " + language + " and no text; write " + body + ", or not_known for its own language");
        }
    }
}

void readAudienceLanguages(Fields in, Workspace &w)
{
    for (const std::string &audience : w.audiences.empty() ? usualAudiences() : w.audiences)
        if (std::string language = languageIn(in, audience.c_str(), "audience " + audience); !language.empty())
            w.audienceLanguages[audience] = std::move(language);
    in.finish();
}

void readCadence(Fields in, Draft &draft)
{
    UpdateCadence c;
    c.severity = in.word("severity", c.severity, "SEV1, SEV2, SEV3, SEV4 or SEV5", true);
    c.audience = in.text("audience", true);
    draft.references.push_back({Kind::Audience, c.audience, "a cadence", in.placeOf("audience")});
    c.every = in.span("every", Span{}, Span{}, hours(24 * 7));
    if (c.every.ns > 0 && c.every < minutes(1))
        in.problem("every", "every of a cadence is " + toText(c.every) + "; write 1m to 7d, or 0s for none at all");
    if (!in.has("every"))
        in.problemAt(in.place(), "this cadence does not say how often; write every = \"30m\"");
    for (const UpdateCadence &other : draft.workspace.cadences)
        if (isKnown<IncidentSeverity>(in, "severity") && other.severity == c.severity && other.audience == c.audience)
            in.problem("audience", std::string(word(c.severity)) + " has a cadence for " + c.audience + " twice; keep one");
    draft.workspace.cadences.push_back(std::move(c));
}

void readRetention(Fields in, Draft &draft)
{
    RetentionRule r;
    r.of = in.word("of", r.of, "alerts, incident, drill, access, messages or evidence", true);
    r.keep = in.span("keep", Span{}, kKeptAtLeast, kKeptAtMost);
    if (!in.has("keep"))
        in.problemAt(in.place(), "this retention does not say how long; write keep = \"400d\"");
    if (!isKnown<RecordClass>(in, "of"))
        return; // said already; it is no second rule of any class
    for (const RetentionRule &other : draft.workspace.retention)
        if (other.of == r.of)
            in.problem("of", std::string(word(r.of)) + " has a retention twice; keep one");
    draft.workspace.retention.push_back(r);
}

void readReason(Fields in, Draft &draft)
{
    ReasonPreset r;
    r.key = static_cast<std::uint32_t>(in.number("key", 0, 1, kReasonKeys));
    if (!in.has("key"))
        in.problemAt(in.place(), "this reason has no digit to choose it by; write key = 1");
    r.words = in.text("text", true);
    if (r.words.size() > kReasonBytes)
        in.problem("text", "this reason is longer than 200 bytes; shorten it");
    const auto known = reasonVerbs();
    for (Given &verb : in.texts("for", known.size())) {
        if (std::find(known.begin(), known.end(), verb.id) == known.end()) {
            std::string words;
            for (const std::string_view each : known)
                words += (words.empty() ? "" : ", ") + std::string(each);
            in.problemAt(verb.place, "\"" + verb.id + "\" takes no reason; it is one of " + words);
        }
        r.verbs.push_back(std::move(verb.id));
    }
    const auto meets = [&](const ReasonPreset &other) {
        return r.verbs.empty() || other.verbs.empty()
            || std::any_of(r.verbs.begin(), r.verbs.end(), [&](const std::string &verb) { return std::find(other.verbs.begin(), other.verbs.end(), verb) != other.verbs.end(); });
    };
    for (const ReasonPreset &other : draft.workspace.reasons)
        if (r.key != 0 && other.key == r.key && meets(other))
            in.problem("key", "digit " + std::to_string(r.key) + " is \"" + other.words + "\" already; give this reason another digit or other verbs");
    draft.workspace.reasons.push_back(std::move(r));
}

void readSla(Fields in, Draft &draft)
{
    SlaRule r;
    r.id = in.id();
    const std::string by = "sla " + r.id;
    r.severity = in.word("severity", r.severity, "SEV1, SEV2, SEV3, SEV4 or SEV5", true);
    r.service = in.text("service");
    if (!r.service.empty())
        draft.references.push_back({Kind::Service, r.service, by, in.placeOf("service")});
    r.respond = in.span("respond", Span{}, kSlaAtLeast, kSlaAtMost);
    r.resolve = in.span("resolve", Span{}, kSlaAtLeast, kSlaAtMost);
    if (!in.has("respond") && !in.has("resolve"))
        in.problemAt(in.place(), by + " agrees on nothing; write respond = \"15m\" or resolve = \"4h\"");
    if (r.respond.ns > 0 && r.resolve.ns > 0 && r.respond > r.resolve)
        in.problem("respond", by + " lets the answer take longer than the resolution; write a respond that is not longer");
    for (const SlaRule &other : draft.workspace.slas)
        if (isKnown<IncidentSeverity>(in, "severity") && other.severity == r.severity && other.service == r.service)
            in.problem("severity", by + " is for the same incidents as sla " + other.id + "; keep one");
    draft.slas.push_back({r.id, in.place()});
    draft.workspace.slas.push_back(std::move(r));
}

void readApproval(Fields in, Draft &draft)
{
    ApprovalStage a;
    a.id = in.id();
    a.name = in.text("name");
    const std::string by = "approval " + a.id;
    a.approvers = namesOf(in, "approvers", Kind::PersonOrTeam, by, draft);
    a.deputies = namesOf(in, "deputies", Kind::PersonOrTeam, by, draft);
    a.audiences = namesOf(in, "audiences", Kind::Audience, by, draft);
    a.within = in.span("within", a.within, minutes(1), hours(24 * 7));
    for (Given &before : in.texts("after", kOutwardLimit))
        a.after.push_back(std::move(before.id));
    if (a.approvers.empty())
        in.problemAt(in.place(), by + " names nobody who gives it; write approvers = [\"person\"]");
    draft.approvals.push_back({a.id, in.place()});
    draft.workspace.approvals.push_back(std::move(a));
}

void readHolding(Fields in, Draft &draft)
{
    HoldingStatement h;
    h.id = in.id();
    const std::string by = "holding statement " + h.id;
    h.title = in.text("title", true);
    h.text = in.body("text");
    if (h.title.size() > kStatementTitleBytes)
        in.problem("title", "the title of " + by + " is longer than 200 bytes; shorten it");
    if (h.text.size() > kStatementBytes)
        in.problem("text", "the text of " + by + " is longer than 2,000 bytes, which is the most a status page takes; shorten it");
    for (const char *language : kLanguages) { // title_de, text_de
        const std::string titled = std::string("title_") + language, said = std::string("text_") + language;
        std::string title = in.text(titled.c_str()), text = in.has(said.c_str()) ? in.body(said.c_str()) : std::string();
        if (title.size() > kStatementTitleBytes || text.size() > kStatementBytes)
            in.problem(said.c_str(), by + " in " + language + " is longer than 200 bytes of title and 2,000 of text; shorten it");
        if (text.find("{{") != std::string::npos)
            in.problem(said.c_str(), by + " holds a {{place}}, but it goes out word for word as it was approved; write plain words");
        if (text.empty() && !title.empty())
            in.problem(titled.c_str(), by + " has a title in " + language + " and no text; write both");
        if (!text.empty())
            h.texts[language] = std::move(text);
        if (!title.empty())
            h.titles[language] = std::move(title);
    }
    if (h.text.find("{{") != std::string::npos)
        in.problem("text", by + " holds a {{place}}, but it goes out word for word as it was approved; write plain words");
    h.audience = in.has("audience") ? in.text("audience") : "customers";
    draft.references.push_back({Kind::Audience, h.audience, by, in.placeOf("audience")});
    const std::string component = in.text("component"); // "page/component"
    if (const auto slash = component.find('/'); slash != std::string::npos) {
        h.page = component.substr(0, slash);
        h.component = component.substr(slash + 1);
    } else if (!component.empty()) {
        in.problem("component", "\"" + component + "\" names no component of a page; write component = \"page/component\"");
    }
    h.state = in.word("state", h.state, "operational, degraded, partial-outage, major-outage or maintenance");
    h.services = namesOf(in, "services", Kind::Service, by, draft);
    for (Given &to : in.texts("to", kOutwardLimit))
        h.to.push_back(std::move(to.id));
    if (h.to.empty())
        h.to = {h.page.empty() ? std::string("rooms") : "page:" + h.page};
    h.next = in.span("next", Span{}, Span{}, hours(24 * 7));
    h.expires = in.span("expires", Span{}, Span{}, hours(24 * 30));
    draft.holding.push_back({h.id, in.place()});
    draft.workspace.holding.push_back(std::move(h));
}

void readRecipients(Fields in, Draft &draft)
{
    Recipients r;
    r.id = in.id();
    r.name = in.text("name");
    r.language = languageIn(in, "language", "recipients " + r.id);
    for (Given &mail : in.texts("mail", kOutwardMailLimit)) {
        if (!isMailAddress(mail.id))
            in.problemAt(mail.place, "\"" + mail.id + "\" is no mail address; write name@example.org");
        r.mail.push_back(std::move(mail.id));
    }
    if (r.mail.empty())
        in.problemAt(in.place(), "recipients " + r.id + " are nobody; write mail = [\"press@example.org\"]");
    draft.recipients.push_back({r.id, in.place()});
    draft.workspace.recipients.push_back(std::move(r));
}

void checkOutward(Draft &draft, Problems &problems)
{
    const Workspace &w = draft.workspace;
    checkTemplateLanguages(draft, problems);
    checkTemplatePlaces(draft, problems);
    for (std::size_t n = 0; n < w.pages.size() && n < draft.pages.size(); ++n)
        for (const std::string &to : w.pages[n].subscribers)
            if (to.starts_with("mail:") && !w.recipientsOf(to.substr(5)))
                problems.add(draft.pages[n].place, "page " + w.pages[n].id + " tells \"" + to + "\", which there is not; add [[recipients]] " + to.substr(5) + " or correct the name");
    for (std::size_t n = 0; n < w.approvals.size() && n < draft.approvals.size(); ++n) {
        const ApprovalStage &stage = w.approvals[n];
        const Place place = draft.approvals[n].place;
        std::vector<std::string> before = stage.after;
        for (std::size_t at = 0; at < before.size(); ++at) { // everything that has to come before it, each once
            const ApprovalStage *other = w.approval(before[at]);
            if (!other) {
                problems.add(place, "approval " + stage.id + " comes after " + before[at] + ", which there is not; add it or correct the name");
                continue;
            }
            for (const std::string &more : other->after)
                if (std::find(before.begin(), before.end(), more) == before.end())
                    before.push_back(more);
        }
        if (std::find(before.begin(), before.end(), stage.id) != before.end())
            problems.add(place, "approval " + stage.id + " waits for itself in a circle; take one \"after\" out");
    }
    for (std::size_t n = 0; n < w.holding.size() && n < draft.holding.size(); ++n) {
        const HoldingStatement &h = w.holding[n];
        const Place place = draft.holding[n].place;
        const StatusPage *page = w.page(h.page);
        if (!h.page.empty() && !page)
            problems.add(place, "holding statement " + h.id + " names page " + h.page + ", which there is not; add it or correct the name");
        else if (page && !page->component(h.component))
            problems.add(place, "holding statement " + h.id + " names component " + h.component + ", which page " + h.page + " does not have");
        for (const std::string &to : h.to)
            if (const StatusPage *other = to.starts_with("page:") ? w.page(to.substr(5)) : nullptr; other && h.texts.contains(other->languages.front()))
                problems.add(place, "holding statement " + h.id + " has its text in " + other->languages.front() + " twice: that is the first language of page " + other->id + ", and of \"text\"; take text_" + other->languages.front() + " out");
        for (const std::string &to : h.to)
            if (to != "rooms" && !isOfConnection(to) && !(to.starts_with("page:") && w.page(to.substr(5))) && !(to.starts_with("mail:") && w.recipientsOf(to.substr(5))))
                problems.add(place, "holding statement " + h.id + " goes to \"" + to + "\", which there is not; write rooms, room:CONNECTION/ROOM, page:ID, mail:ID of [[recipients]] or webhook:NAME of a connection");
    }
}

} // namespace qd::workspace
