// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/safetext.h"
#include "core/comms/outward.h"
#include "core/comms/reach.h"
#include "core/governance/policy.h"
#include "core/model/marking.h"

#include <algorithm>

/// What people say on status pages, and of their components.
namespace qd::desk {

using state::State;

namespace {

constexpr std::size_t kTitleBytes = 200, kToldLimit = 20;
constexpr Span kNextAtMost = hours(24 * 7), kOverrideAtMost = hours(24 * 30), kMaintenanceAtMost = hours(24 * 30), kPlannedAhead = hours(24 * 366);

Result<const StatusPage *> pageMeant(const State &state, const std::string &id)
{
    if (const StatusPage *page = state.workspace->page(id))
        return page;
    std::string known;
    for (const StatusPage &p : state.workspace->pages)
        known += (known.empty() ? "" : ", ") + p.id;
    return fail(Code::NotFound, "There is no status page \"" + safeLine(id, 60) + "\" in the workspace" + (known.empty() ? "; describe one with [[page]]." : "; there is " + known + "."));
}

Result<std::string> componentMeant(const StatusPage &page, const std::string &id)
{
    if (page.component(id))
        return id;
    std::string known;
    for (const PageComponent &c : page.components)
        known += (known.empty() ? "" : ", ") + c.id;
    return fail(Code::NotFound, "Page " + page.id + " has no component \"" + safeLine(id, 60) + "\"; it has " + safeLine(known, 400) + ".");
}

/// Texts by language, clean, each of a language the page speaks.
Result<Localized> localizedMeant(const StatusPage &page, const Localized &given, std::size_t limit, const char *what)
{
    Localized out;
    for (const auto &[named, text] : given) {
        const std::string &language = named.empty() ? page.languages.front() : named; // who names none means the first
        if (std::find(page.languages.begin(), page.languages.end(), language) == page.languages.end()) {
            std::string known;
            for (const std::string &l : page.languages)
                known += (known.empty() ? "" : ", ") + l;
            return fail(Code::Invalid, "Page " + page.id + " does not speak \"" + safeLine(language, 20) + "\"; it speaks " + known + ".");
        }
        const std::string clean = limit == kTextLimit ? cleanText(text) : safeLine(cleanText(text), limit + 1);
        if (text.size() > limit)
            return fail(Code::TooLarge, "The " + std::string(what) + " is longer than " + std::to_string(limit) + " bytes; shorten it.");
        if (!clean.empty())
            out[language] = clean;
    }
    if (out.empty() && !given.empty())
        return fail(Code::Invalid, "The " + std::string(what) + " is empty; write something.");
    return out;
}

/// Words the public should not read: names of services, which the page's own components do not use.
void noteInternalNames(const Workspace &workspace, const StatusPage &page, const Localized &texts, std::vector<std::string> &notes)
{
    const auto isPart = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
    const auto names = [&](const std::string &text, const std::string &name) {
        for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + 1))
            if ((at == 0 || !isPart(text[at - 1])) && (at + name.size() == text.size() || !isPart(text[at + name.size()])))
                return true;
        return false;
    };
    for (const Service &s : workspace.services) {
        if (s.id.size() < 3 || notes.size() >= 10 || page.component(s.id))
            continue;
        for (const auto &[language, text] : texts)
            if (names(text, s.id)) {
                notes.push_back("The public reads \"" + s.id + "\", which is the name of a service of ours.");
                break;
            }
    }
}

void noteLanguages(const StatusPage &page, const Localized &texts, std::vector<std::string> &notes)
{
    for (const std::string &language : page.languages)
        if (!texts.contains(language))
            notes.push_back("Who reads the page in " + language + " reads this in another language.");
}

/// A span from now, or an instant.
Result<Instant> untilMeant(const std::string &text, Instant now, Span most)
{
    Instant until;
    if (const auto span = parseSpan(text))
        until = now + *span;
    else if (const auto at = parseInstant(text); at && *at)
        until = *at;
    else
        return fail(Code::Invalid, "\"" + safeLine(text, 40) + "\" is no time; write a span such as 2h, or 2026-11-29T18:00:00Z.");
    if (until <= now)
        return fail(Code::Invalid, toRfc3339(until) + " is over already.");
    if (until - now > most)
        return fail(Code::Invalid, "That is more than " + toText(most) + " ahead.");
    return until;
}

struct DecidingPages {
    const State &state;
    const events::Actor &by;
    Instant now;
    bool asksChecks = true;

    Result<Decision> operator()(const PostOnPage &c) const
    {
        const auto page = pageMeant(state, c.page);
        if (!page)
            return tl::unexpected(page.error());
        const auto phase = fromWord<PagePhase>(c.phase);
        if (!phase)
            return fail(Code::Invalid, "\"" + safeLine(c.phase, 40) + "\" is no phase; write investigating, identified, monitoring or resolved.");
        auto text = localizedMeant(**page, c.text, kTextLimit, "text");
        auto title = localizedMeant(**page, c.title, kTitleBytes, "title");
        if (!text || !title)
            return tl::unexpected(!text ? text.error() : title.error());
        events::PagePosted e{(*page)->id, {}, 0, 1, *phase, std::move(*title), std::move(*text), {}, {}, by};
        if (!c.incident.empty()) {
            const auto incident = incidentMeant(state, c.incident);
            if (!incident)
                return tl::unexpected(incident.error());
            if ((*incident)->isDrill())
                return fail(Code::Forbidden, (*incident)->id + " is a drill; the public is told nothing of it.");
            e.incident = (*incident)->id;
        }
        const state::StatusPageState *known = state.page((*page)->id);
        const auto notice = noticeMeant(known, c, e.incident);
        if (!notice)
            return tl::unexpected(notice.error());
        if (*notice) {
            e.notice = (*notice)->number;
            e.update = (*notice)->updates.back().number + 1;
            if (e.incident.empty())
                e.incident = (*notice)->incident;
        } else {
            e.notice = (known ? known->lastNotice : 0) + 1;
            if (e.title.empty())
                return fail(Code::Invalid, "This begins a new notice, which the public knows by its title; give it one: --title \"Payments fail\"");
        }
        for (const ComponentMeant &m : c.components) {
            const auto component = componentMeant(**page, m.component);
            if (!component)
                return tl::unexpected(component.error());
            const auto s = fromWord<ComponentState>(m.state);
            if (!s)
                return fail(Code::Invalid, "\"" + safeLine(m.state, 40) + "\" is no state; write operational, degraded, partial-outage, major-outage or maintenance.");
            e.components.push_back({*component, *s});
        }
        if (!c.next.empty()) {
            if (*phase == PagePhase::Resolved)
                return fail(Code::Invalid, "Nothing follows on a notice that is resolved; leave out when the next word does.");
            const auto due = untilMeant(c.next, now, kNextAtMost);
            if (!due)
                return tl::unexpected(due.error());
            e.nextDue = *due;
        }
        if (e.text.empty() && (!*notice || (e.title.empty() && e.components.empty() && !e.nextDue && *phase == (*notice)->phase())))
            return fail(Code::Invalid, *notice ? "This says nothing new; write a text, another phase, or what a component is." : "A new notice needs a text the public understands: --text");
        if (const auto passed = passChecks(**page, e.incident, c.reason, c.tell, e.title, e.text, e); !passed)
            return tl::unexpected(passed.error());
        Decision d{{}, "notice/" + std::to_string(e.notice), {}};
        if (!e.text.empty())
            noteLanguages(**page, e.text, d.notes);
        noteInternalNames(*state.workspace, **page, e.title, d.notes);
        noteInternalNames(*state.workspace, **page, e.text, d.notes);
        d.events.emplace_back(std::move(e));
        return d;
    }
    Result<Decision> operator()(const OverrideComponent &c) const
    {
        const auto page = pageMeant(state, c.page);
        if (!page)
            return tl::unexpected(page.error());
        const auto component = componentMeant(**page, c.component);
        if (!component)
            return tl::unexpected(component.error());
        events::ComponentOverridden e{(*page)->id, *component, cleanText(c.reason), ComponentState::Operational, c.state == "auto", {}, by};
        const std::string id = e.page + "/" + e.component;
        if (e.derived) {
            const state::StatusPageState *known = state.page(e.page);
            const state::PageComponentState *s = known ? known->component(e.component) : nullptr;
            if (!s || !s->byHand.at)
                return fail(Code::Conflict, "Component " + e.component + " follows from incidents already.");
            return Decision{{std::move(e)}, id, {}};
        }
        const auto said = fromWord<ComponentState>(c.state);
        if (!said)
            return fail(Code::Invalid, "\"" + safeLine(c.state, 40) + "\" is no state; write operational, degraded, partial-outage, major-outage, maintenance, or auto.");
        if (e.reason.empty())
            return fail(Code::Invalid, "Say why the page says something else than what follows from incidents: --reason \"…\"");
        e.state = *said;
        if (!c.until.empty()) {
            const auto until = untilMeant(c.until, now, kOverrideAtMost);
            if (!until)
                return tl::unexpected(until.error());
            e.until = *until;
        }
        return Decision{{std::move(e)}, id, {}};
    }
    Result<Decision> operator()(const PlanPageMaintenance &c) const
    {
        const auto page = pageMeant(state, c.page);
        if (!page)
            return tl::unexpected(page.error());
        auto title = localizedMeant(**page, c.title, kTitleBytes, "title");
        auto text = localizedMeant(**page, c.text, kTextLimit, "text");
        if (!text || !title)
            return tl::unexpected(!text ? text.error() : title.error());
        const state::StatusPageState *known = state.page((*page)->id);
        const auto was = openMaintenance(**page, known, c.number);
        if (!was)
            return tl::unexpected(was.error());
        events::PageMaintenancePlanned e{(*page)->id, (known ? known->lastMaintenance : 0) + 1, std::move(*title), std::move(*text), {}, {}, {}, by};
        for (const std::string &name : c.components) {
            const auto component = componentMeant(**page, name);
            if (!component)
                return tl::unexpected(component.error());
            if (std::find(e.components.begin(), e.components.end(), *component) == e.components.end())
                e.components.push_back(*component);
        }
        if (*was && (*was)->changedAt.size() >= state::PageMaintenance::kChangesKept)
            return fail(Code::Conflict, "Maintenance " + std::to_string(c.number) + " was changed " + std::to_string((*was)->changedAt.size()) + " times; end it and announce another.");
        if (*was)
            goOn(e, **was);
        if (e.title.empty())
            return fail(Code::Invalid, "Maintenance needs a title the public understands.");
        if (e.components.empty())
            return fail(Code::Invalid, "Say what is worked on: --component ID");
        if (const auto window = windowMeant(c, *was, e); !window)
            return tl::unexpected(window.error());
        if (*was && e.title == (*was)->title && e.text == (*was)->text && e.components == (*was)->components && e.from == (*was)->from && e.until == (*was)->until)
            return fail(Code::Conflict, "Nothing of maintenance " + std::to_string(c.number) + " would change.");
        Localized newTitle = e.title, newText = e.text; // what stood there already passed, or was forced, when it was said
        if (*was)
            for (const auto &[words, before] : {std::pair{&newTitle, &(*was)->title}, {&newText, &(*was)->text}})
                std::erase_if(*words, [old = before](const auto &each) { return old->contains(each.first) && old->at(each.first) == each.second; });
        if (const auto passed = passChecks(**page, {}, c.reason, c.tell, newTitle, newText, e); !passed)
            return tl::unexpected(passed.error());
        Decision d{{}, "maintenance/" + std::to_string(e.number), {}};
        noteLanguages(**page, e.title, d.notes);
        noteInternalNames(*state.workspace, **page, e.title, d.notes);
        noteInternalNames(*state.workspace, **page, e.text, d.notes);
        d.events.emplace_back(std::move(e));
        return d;
    }
    Result<Decision> operator()(const EndPageMaintenance &c) const
    {
        const auto page = pageMeant(state, c.page);
        if (!page)
            return tl::unexpected(page.error());
        if (c.number == 0)
            return fail(Code::Invalid, "Say which maintenance ends: --end NUMBER");
        const auto m = openMaintenance(**page, state.page((*page)->id), c.number);
        if (!m)
            return tl::unexpected(m.error());
        return Decision{{events::PageMaintenanceEnded{(*page)->id, cleanText(c.reason), c.number, by}}, "maintenance/" + std::to_string(c.number), {}};
    }
    template <typename Other>
    Result<Decision> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command is not about status pages.");
    }

    /// What the public is to read passed the checks the workspace has for it, word for word; or the glass is broken, which two others hear. Phase and
    /// components pass none.
    template <typename Said>
    Result<> passChecks(const StatusPage &page, const std::string &incident, const std::string &reason, const std::vector<std::string> &tell, const Localized &title, const Localized &text, Said &e) const
    {
        const Workspace &w = *state.workspace;
        const auto stages = comms::stagesFor(w, "customers", {"page:" + page.id});
        if (!asksChecks || (title.empty() && text.empty()) || stages.empty() || comms::areChecked(state, page, incident, title, text, now))
            return {};
        std::string names;
        for (const ApprovalStage *stage : stages) {
            names += (names.empty() ? "" : ", ") + stage->id;
            e.missing.push_back(stage->id);
        }
        e.reason = cleanText(reason);
        if (e.reason.empty())
            return fail(Code::Conflict, "What page " + page.id + " says has to pass " + names + ", and these words did not. Draft them: message draft --to page:" + page.id
                            + " --title \"…\" --text \"…\"; " + (std::is_same_v<Said, events::PagePosted> ? "released, they are posted." : "once they passed, announce the same words.")
                            + " What cannot wait goes out with --reason \"…\": two others are told, and an alarm says so.");
        for (const Localized *words : {&title, &text})
            for (const auto &[language, said] : *words)
                for (const Marked &mark : marksIn(said))
                    if (mark.level == DataClass::Restricted)
                        return fail(Code::Forbidden, "The glass is broken for no words that are restricted or privileged, whoever may read them. Take them out, or wait for " + names + ".");
        const auto add = [&](const std::string &person) {
            if (person != by.person && e.told.size() < kToldLimit && std::find(e.told.begin(), e.told.end(), person) == e.told.end())
                e.told.push_back(person);
        };
        for (const std::string &person : tell) {
            if (!w.person(person))
                return fail(Code::NotFound, "There is no person \"" + safeLine(person, 60) + "\" in the workspace to be told.");
            add(person);
        }
        // Who would have checked it hears first, then who administers or commands.
        for (const ApprovalStage *stage : stages)
            for (const std::string &person : comms::peopleOf(w, stage->approvers))
                if (e.told.size() < comms::kToldLeast)
                    add(person);
        const state::Incident *of = incident.empty() ? nullptr : state.incident(incident);
        for (const std::string &person : governance::twoOthers(state, by.person, of ? std::vector<governance::Subject>{{of->service, of->id}} : std::vector<governance::Subject>()))
            if (e.told.size() < comms::kToldLeast)
                add(person);
        if (e.told.size() < comms::kToldLeast)
            return fail(Code::Invalid, "Two others are told when the glass is broken, and the workspace has nobody else: --tell A --tell B.");
        return {};
    }

    /// The maintenance of that number, which is not over; null: none was named.
    static Result<const state::PageMaintenance *> openMaintenance(const StatusPage &page, const state::StatusPageState *known, std::uint32_t number)
    {
        if (number == 0)
            return nullptr;
        const state::PageMaintenance *m = known ? known->maintenance(number) : nullptr;
        if (!m)
            return fail(Code::NotFound, "Page " + page.id + " has no maintenance " + std::to_string(number) + "; `get pages` lists those there are.");
        if (m->endedAt)
            return fail(Code::Conflict, "Maintenance " + std::to_string(number) + " is over already.");
        return m;
    }
    /// What is not said anew stays as it was.
    static void goOn(events::PageMaintenancePlanned &e, const state::PageMaintenance &was)
    {
        e.number = was.number;
        e.change = static_cast<std::uint32_t>(was.changedAt.size()) + 1;
        for (const auto &[language, title] : was.title)
            e.title.try_emplace(language, title);
        for (const auto &[language, text] : was.text)
            e.text.try_emplace(language, text);
        if (e.components.empty())
            e.components = was.components;
    }
    Result<> windowMeant(const PlanPageMaintenance &c, const state::PageMaintenance *was, events::PageMaintenancePlanned &e) const
    {
        e.from = was ? was->from : now;
        if (!c.from.empty()) {
            const auto from = parseInstant(c.from);
            if (!from || !*from)
                return fail(Code::Invalid, "\"" + safeLine(c.from, 40) + "\" is no instant; write 2026-11-29T18:00:00Z.");
            if (was && was->begunAt && *from != was->from)
                return fail(Code::Conflict, "Maintenance " + std::to_string(was->number) + " began already; only its end can be another.");
            if (*from - now > kPlannedAhead)
                return fail(Code::Invalid, "Maintenance is announced at most a year ahead.");
            if (!was || !was->begunAt)
                e.from = std::max(*from, now);
        }
        if (was && c.until.empty() && c.duration.empty()) {
            if (was->until <= e.from)
                return fail(Code::Invalid, "It would end before it begins; say until when it lasts, or for how long.");
            if (was->until - e.from > kMaintenanceAtMost)
                return fail(Code::Invalid, "Maintenance lasts at most " + toText(kMaintenanceAtMost) + "; say until when it lasts.");
            e.until = was->until;
            return {};
        }
        if (c.until.empty() == c.duration.empty())
            return fail(Code::Invalid, "Say until when it lasts, or for how long.");
        const auto until = untilMeant(c.until.empty() ? c.duration : c.until, e.from, kMaintenanceAtMost);
        if (!until)
            return tl::unexpected(until.error());
        if (*until <= now)
            return fail(Code::Invalid, toRfc3339(*until) + " is over already; `page maintenance --end` ends it.");
        e.until = *until;
        return {};
    }
};

/// Nothing that a batch file, a command line or ssh's configuration would take for structure; a key, and the host's own.
Result<> soundRemote(const Connection &k)
{
    constexpr std::string_view kName = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/@+ ";
    const auto isOf = [](std::string_view text, std::string_view letters) { return !text.empty() && text.front() != '-' && text.find_first_not_of(letters) == std::string_view::npos; };
    const auto isPath = [&](std::string_view text) { return isOf(text, kPlain) && ("/" + std::string(text) + "/").find("/../") == std::string::npos && text.find("//") == std::string_view::npos; };
    if (!k.path.empty() && !isPath(k.path))
        return fail(Code::Invalid, "The folder of a connection is a path of letters, digits, blanks, - . _ @ + and /.");
    if (k.kind == "git" && !k.branch.empty() && !isOf(k.branch, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/"))
        return fail(Code::Invalid, "A branch has a name of letters, digits, - . _ and /.");
    if (k.kind == "git" && k.url.starts_with('/'))
        return isPath(k.url) ? Result<>() : fail(Code::Invalid, "A repository here is named by its whole path, of letters, digits, blanks, - . _ @ + and /.");
    const std::string scheme = k.kind == "git" ? "ssh://" : "sftp://";
    if (!k.url.starts_with(scheme))
        return fail(Code::Invalid, k.kind == "git" ? "A repository has an address that begins with ssh://, or the whole path of one here." : "An SFTP host has an address that begins with sftp://.");
    const std::string rest = k.url.substr(scheme.size()), authority = rest.substr(0, rest.find('/'));
    const auto colon = authority.rfind(':');
    const std::string port = colon == std::string::npos ? "22" : authority.substr(colon + 1);
    const bool isPort = !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string::npos && std::stoi(port) >= 1 && std::stoi(port) <= 65535;
    if (!isOf(authority.substr(0, colon), kName) || !isPort)
        return fail(Code::Invalid, "The address names a host and, if need be, a port, and no user: " + scheme + "HOST:PORT" + (k.kind == "git" ? "/PATH." : "."));
    if (const std::string path = rest.substr(authority.size()); k.kind == "git" ? !isPath(path) || path == "/" : path.size() > 1)
        return fail(Code::Invalid, k.kind == "git" ? "The address names the repository's path on its host." : "The folder there is given by --path, not in the address.");
    if (!isOf(k.user, kName) || k.secretFile.empty() || k.hostKeys.empty() || k.hostKeys.front() != '/' || !isPath(k.hostKeys))
        return fail(Code::Invalid, "A connection by ssh needs a user, a private key's file and the file of known hosts, which names the host's key (ssh-keyscan makes one; compare it).");
    if (k.kind == "sftp" && k.path.empty())
        return fail(Code::Invalid, "An SFTP host needs the folder there.");
    return {};
}

} // namespace

Result<> soundPublisher(const Connection &k)
{
    if (!isPublisher(k.kind))
        return {};
    for (const auto *text : {&k.path, &k.region, &k.user, &k.hostKeys, &k.branch})
        if (*text != safeLine(*text, 1000))
            return fail(Code::Invalid, "The folder, region and access key of a connection are one line each.");
    if (k.kind == "directory" && (k.path.empty() || k.path.front() != '/' || k.path.find("/../") != std::string::npos || k.path.ends_with("/..")))
        return fail(Code::Invalid, "A directory is named by its whole path, beginning with /.");
    if (k.kind == "s3") {
        if (k.user.empty() || k.secretFile.empty() || k.region.empty())
            return fail(Code::Invalid, "An S3 bucket needs its region, an access key and the secret key's file.");
        if (!k.url.starts_with("https://") && !namesThisMachine(k.url))
            return fail(Code::Invalid, "A secret goes out over TLS only: give the bucket an https:// address.");
        if (k.url.find_first_of("?#") != std::string::npos)
            return fail(Code::Invalid, "The bucket's address has no query: write https://HOST/BUCKET or https://BUCKET.HOST/PREFIX.");
    }
    if (k.kind == "sftp" || k.kind == "git")
        return soundRemote(k);
    if (k.kind == "atlassian") {
        if (k.secretFile.empty() || k.path.empty() || k.path.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != std::string::npos)
            return fail(Code::Invalid, "A page at Statuspage needs its id (letters and digits, as its address there has it) and the API key's file.");
        if (!k.url.starts_with("https://") && !namesThisMachine(k.url))
            return fail(Code::Invalid, "A secret goes out over TLS only: give Statuspage an https:// address.");
    }
    return {};
}

Result<const state::PageNotice *> noticeMeant(const state::StatusPageState *known, const PostOnPage &c, const std::string &incident)
{
    if (c.notice > 0) {
        const state::PageNotice *n = known ? known->notice(c.notice) : nullptr;
        if (!n)
            return fail(Code::NotFound, "Page " + c.page + " has no notice " + std::to_string(c.notice) + "; `get pages` lists those there are.");
        if (!n->isOpen())
            return fail(Code::Conflict, "Notice " + std::to_string(c.notice) + " is resolved; what happens now is a new one.");
        if (!incident.empty() && !n->incident.empty() && n->incident != incident)
            return fail(Code::Conflict, "Notice " + std::to_string(c.notice) + " is of " + n->incident + ".");
        return n;
    }
    const state::PageNotice *found = nullptr;
    for (std::size_t n = known && !c.fresh ? known->notices.size() : 0; n-- > 0;) {
        const state::PageNotice &each = known->notices[n];
        if (!each.isOpen() || (!incident.empty() && each.incident != incident))
            continue;
        if (found)
            return fail(Code::Conflict, "More than one notice is open; say which: --notice " + std::to_string(found->number) + " or " + std::to_string(each.number) + ".");
        found = &each;
    }
    return found;
}

Result<Decision> decidePages(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    return visit(DecidingPages{state, by, now}, command);
}

Result<Decision> decidePagesUnchecked(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    return visit(DecidingPages{state, by, now, false}, command);
}

} // namespace qd::desk
