// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/numberbehind.h"
#include "core/base/safetext.h"
#include "core/oncall/direct.h"
#include "core/oncall/escalation.h"

#include <algorithm>
#include <set>

namespace qd::desk {

using state::State;

namespace {

constexpr std::size_t kHowLimit = 60; ///< bytes
constexpr std::size_t kBodyLimit = 8000;   ///< bytes of a webhook's body
constexpr std::string_view kPageLanguages[] = {"en", "de"}; ///< core/comms has words of its own in these
constexpr std::string_view kPresets[] = {"", "ntfy", "pushover", "twilio"};

Result<const Person *> personOf(const State &state, const std::string &id)
{
    if (const Person *p = state.workspace->person(id))
        return p;
    return fail(Code::NotFound, "There is no person \"" + safeLine(id, 60) + "\" in the workspace.");
}

/// The running calls that somebody who was reached by hand may answer: those of an incident, one by its name ("escalation/3"), or, when
/// nothing is named, every one that calls them.
struct CallsMeant {
    std::string incident; ///< "" when the calls are those of alerts
    std::string about;    ///< what a note calls them
    std::vector<const state::Escalation *> calls;
    bool areTheirs = true; ///< false: nothing was named, and nothing calls them; then there are none
};
Result<CallsMeant> callsMeant(const State &state, const std::string &named, const Person &person)
{
    constexpr std::string_view kCall = "escalation/";
    CallsMeant out;
    if (named.starts_with(kCall)) {
        const std::uint32_t number = numberBehind(kCall, named);
        if (number == 0 || number > state.escalations.size())
            return fail(Code::NotFound, "There is no call \"" + safeLine(named, 60) + "\"; `get oncall` lists those there are.");
        const state::Escalation &x = state.escalations[number - 1];
        if (!x.isRunning())
            return fail(Code::Conflict, named + " is over; nobody is being called for it.");
        return CallsMeant{x.incident, named, {&x}};
    }
    if (named.empty()) {
        for (const state::Escalation &x : state.escalations) {
            // Also where no channel reached them: that is what a telephone is for.
            const bool isNamed = std::any_of(x.steps.begin(), x.steps.end(),
                                             [&](const state::Step &s) { return std::find(s.people.begin(), s.people.end(), person.id) != s.people.end(); });
            if (x.isRunning() && isNamed)
                out.calls.push_back(&x);
        }
        if (!out.calls.empty()) {
            // A note belongs to one incident only when all of it does.
            out.incident = out.calls.front()->incident;
            if (std::any_of(out.calls.begin(), out.calls.end(), [&](const auto *x) { return x->incident != out.incident; }))
                out.incident.clear();
            return out;
        }
        out.areTheirs = false;
    }
    const auto incident = incidentMeant(state, named);
    if (!incident)
        return out.areTheirs ? tl::unexpected(incident.error())
                             : fail(incident.error().code, "Nothing calls " + person.name + " now, and there is no incident it can be written down in: " + incident.error().message);
    out.incident = out.about = (*incident)->id;
    if (!out.areTheirs)
        return out;
    for (const state::Escalation &x : state.escalations)
        if (x.isRunning() && x.incident == out.incident)
            out.calls.push_back(&x);
    return out;
}

Result<Decision> reached(const State &state, const MarkReached &c, const events::Actor &by)
{
    const auto person = personOf(state, c.person);
    if (!person)
        return tl::unexpected(person.error());
    const std::string how = safeLine(cleanText(c.how), kHowLimit);
    if (how.empty())
        return fail(Code::Invalid, "Say how: by phone, sms, in person …");
    const auto meant = callsMeant(state, c.incident, **person);
    if (!meant)
        return tl::unexpected(meant.error());
    Decision d{{events::PersonReached{meant->incident, (*person)->id, how, by}}, meant->incident, {}};
    for (const state::Escalation *x : meant->calls) {
        auto answer = oncall::acknowledge(state, x->number, {(*person)->id, by.via});
        if (answer) {
            auto &acknowledged = get<events::EscalationAcknowledged>(*answer);
            acknowledged.saidBy = by.person;
            d.events.push_back(std::move(*answer));
        } else {
            d.notes.push_back("It is recorded, but the call goes on: " + answer.error().message);
        }
    }
    if (!meant->areTheirs)
        d.notes.push_back("Nothing calls " + (*person)->name + " now: it is written down in " + meant->incident + ", and answers no call. To have it count for one: --incident INC or --incident escalation/N.");
    else if (meant->calls.empty())
        d.notes.push_back("It is recorded; nobody is being called for " + meant->about + ".");
    return d;
}

Result<Decision> test(const State &state, const TestPage &c, const events::Actor &by)
{
    const auto person = personOf(state, c.person.empty() || c.person == "me" ? by.person : c.person);
    if (!person)
        return tl::unexpected(person.error());
    const std::uint32_t n = state.pageBook.lastTest + 1;
    return Decision{{events::PageTested{n, (*person)->id, by}}, "test/" + std::to_string(n), {}};
}

Result<Decision> answerTest(const State &state, const AnswerTestPage &c, const events::Actor &by)
{
    const state::TestedPage *test = state.pageBook.test(c.test);
    if (!test)
        return fail(Code::NotFound, "There is no test page " + std::to_string(c.test) + ", or it is too long ago.");
    if (test->person != by.person)
        return fail(Code::Forbidden, "Test page " + std::to_string(c.test) + " went to " + state.workspace->nameOf(test->person) + "; only they can answer it.");
    if (test->answeredAt)
        return fail(Code::Conflict, "Test page " + std::to_string(c.test) + " is answered already.");
    return Decision{{events::PageTestAnswered{c.test, by}}, "test/" + std::to_string(c.test), {}};
}

Result<Decision> pagePeople(const State &state, const PagePeople &c, const events::Actor &by)
{
    oncall::DirectRequest r;
    r.targets = c.people;
    r.reason = safeLine(cleanText(c.reason), 300);
    r.by = by;
    if (c.alerts.empty()) {
        const auto incident = incidentMeant(state, c.incident);
        if (!incident)
            return tl::unexpected(incident.error());
        r.incident = (*incident)->id;
    } else {
        if (!c.incident.empty())
            return fail(Code::Invalid, "Name an incident or alerts to call people for, not both.");
        if (c.alerts.size() > kAlertsLimit)
            return fail(Code::TooLarge, "More than 10,000 alerts in one command; do it in parts.");
        std::set<std::string> groups;
        for (const std::string &key : c.alerts) {
            const auto *a = state.alert(key);
            if (!a)
                return fail(Code::NotFound, "There is no alert " + safeLine(key, 200) + "; `get alerts` lists the keys.");
            if (a->status == AlertStatus::Firing)
                groups.emplace(state.text(a->group));
        }
        if (groups.empty())
            return fail(Code::Conflict, "None of these alerts fires any more; nobody is called for what is over.");
        r.groups.assign(groups.begin(), groups.end());
    }
    auto started = oncall::page(state, r);
    if (!started)
        return tl::unexpected(started.error());
    Decision d;
    for (events::Event &event : *started) {
        const auto &one = get<events::EscalationStarted>(event);
        if (d.id.empty())
            d.id = "escalation/" + std::to_string(one.escalation);
        if (one.observed && d.notes.empty())
            d.notes.push_back("It is recorded, but nobody is really called: no connection is armed for pages.");
        d.events.push_back(std::move(event));
    }
    return d;
}

} // namespace

Result<> soundPager(const Connection &k)
{
    if (holdsIncidents(k.kind)) {
        if (!k.from.empty() && !isMailAddress(k.from))
            return fail(Code::Invalid, "\"" + safeLine(k.from, 80) + "\" is no mail address; PagerDuty knows who writes by one: --from name@host.");
        if (!k.url.starts_with("https://") && !namesThisMachine(k.url))
            return fail(Code::Invalid, "A token is sent over https only, or to this machine.");
    }
    if (!k.language.empty() && k.kind != "webhook")
        return fail(Code::Invalid, "A connection of kind " + k.kind + " has no language; mail is in that of its [[recipients]], a page in its own.");
    if (!k.language.empty() && std::find(std::begin(kPageLanguages), std::end(kPageLanguages), k.language) == std::end(kPageLanguages))
        return fail(Code::Invalid, "\"" + safeLine(k.language, 40) + "\" is no language status pages are in; choose en or de.");
    if (!isPager(k.kind))
        return {};
    for (const auto *text : {&k.user, &k.from, &k.address, &k.contentType, &k.secretHeader, &k.method})
        if (*text != safeLine(*text, 320))
            return fail(Code::Invalid, "The user, sender, method and headers of a connection are one line each, of at most 320 bytes.");
    if (isMail(k.kind) && !isMailAddress(k.from))
        return fail(Code::Invalid, "\"" + safeLine(k.from, 80) + "\" is no mail address to send from; write name@host.");
    if (std::find(std::begin(kPresets), std::end(kPresets), k.preset) == std::end(kPresets))
        return fail(Code::Invalid, "\"" + safeLine(k.preset, 40) + "\" is no recipe; there are ntfy, pushover and twilio, or none and a body of your own.");
    if (k.preset == "twilio" && (k.user.empty() || k.from.empty()))
        return fail(Code::Invalid, "Twilio needs the account's SID as the user, and the number it sends from.");
    if (k.kind == "webhook" && !k.method.empty() && k.method != "POST" && k.method != "PUT")
        return fail(Code::Invalid, "A webhook is sent with POST or PUT.");
    if (!k.secretFile.empty() && k.url.starts_with("http://") && !namesThisMachine(k.url))
        return fail(Code::Invalid, "A secret goes out over TLS only: give the webhook an https:// address.");
    if (const std::string place = unknownPlace(k.body); !place.empty())
        return fail(Code::Invalid, "The body names {{" + safeLine(place, 60) + "}}, which there is not; there are title, text, incident, severity, person, name, address, link, key.");
    if (k.body.size() > kBodyLimit)
        return fail(Code::TooLarge, "The body of a webhook is longer than 8,000 bytes; shorten it.");
    const auto token = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
    if (!std::all_of(k.secretHeader.begin(), k.secretHeader.end(), token))
        return fail(Code::Invalid, "The name of a header is letters, digits, dash and underscore.");
    return {};
}

Result<Decision> decidePaging(const State &state, const Command &command, const events::Actor &by)
{
    if (const auto *c = getIf<MarkReached>(&command))
        return reached(state, *c, by);
    if (const auto *c = getIf<TestPage>(&command))
        return test(state, *c, by);
    if (const auto *c = getIf<AnswerTestPage>(&command))
        return answerTest(state, *c, by);
    if (const auto *c = getIf<PagePeople>(&command))
        return pagePeople(state, *c, by);
    return fail(Code::Internal, "This command is not about pages.");
}

} // namespace qd::desk
