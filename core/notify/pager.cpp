// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/notify/pager.h"

#include "core/base/safetext.h"
#include "core/net/backoff.h"
#include "core/notify/mail.h"
#include "core/notify/pagelink.h"
#include "core/notify/webhook.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace qd::notify {

using events::Effect;

namespace {

constexpr auto kNotAgain = "; it is not sent again, which would be twice to whoever has it: ask one of them, and send it by hand where it is missing";

std::string hostOfAddress(const std::string &address)
{
    return address.substr(address.find('@') + 1);
}

} // namespace

std::string troubleKey(std::string_view origin, std::uint32_t escalation)
{
    return "quarterdeck-" + idempotencyKey(std::string(origin) + "\nescalation", escalation).text();
}

struct Pager::Core : std::enable_shared_from_this<Pager::Core> {
    enum class Stage { Waiting, Linking, Sending };
    struct Entry {
        Item item;
        Stage stage = Stage::Waiting;
        Span due, since;        ///< by the boot clock
        std::unique_ptr<net::Backoff> backoff;
        Secret link;
        bool isLinked = false;  ///< it has its link, or was found to get none
        std::string said;       ///< the last trouble reported
        std::string recalled;   ///< why this attempt is the last; "": it is not
        bool isBegun = false;   ///< it is recorded that this attempt goes out
        bool isOther = false;   ///< it reads otherwise than this attempt says
        bool isPutOff = false;  ///< what kept its last attempt is its own: another mail would have gone through
    };
    struct Line {
        Connection connection;
        Secret secret;
        std::optional<std::string> problem; ///< as last said
    };
    /// To be done once the lock is let go.
    using Work = std::function<void()>;

    /// One that must not overtake: what ends a trouble goes after what began it, and what readers get in the order it was written in. A server takes their mails one
    /// after the other; one it puts off (a greylist) waits by itself, and only what goes to the same mailbox stays behind it.
    bool isBehindAnother(const Entry &e) const
    {
        const auto &what = e.item.what;
        if (what.effect == Effect::Page)
            return false;
        const auto line = lines.find(what.connection);
        const bool isReadersMail = what.effect == Effect::Post && line != lines.end() && isMail(line->second.connection.kind);
        std::set<std::string_view> putOff; // mailboxes; what goes to one of them later waits with it
        for (const auto &[number, other] : entries) {
            if (number >= what.number)
                return false;
            const auto &before = other.item.what;
            if (before.connection != what.connection || before.escalation != what.escalation)
                continue;
            if (isReadersMail && other.isPutOff && other.stage == Stage::Waiting)
                putOff.insert(before.room);
            if (before.room == what.room || other.stage != Stage::Waiting || !putOff.contains(before.room))
                return true;
        }
        return false;
    }

    void tick()
    {
        std::vector<Work> work;
        {
            const std::lock_guard lock(mutex);
            if (stopped || isEnding)
                return;
            const Span now = clock.boot();
            for (auto &[number, e] : entries)
                if (e.stage == Stage::Waiting && e.due <= now && !isBehindAnother(e))
                    work.push_back(begin(e));
        }
        for (const Work &w : work)
            run(w);
    }

    /// Whoever ends the pager waits for this: the wire is not used afterwards.
    void run(const Work &w)
    {
        const std::lock_guard one(out);
        {
            const std::lock_guard lock(mutex);
            if (stopped)
                return;
        }
        w();
    }

    /// Under the lock: what to do next for one that is due.
    Work begin(Entry &e)
    {
        if (!e.isLinked && wantsAnswerLink(e.item.what, *workspace)) {
            PageLink link = makeAnswerLink(e.item.what, *workspace, random);
            e.link = std::move(link.url);
            e.stage = Stage::Linking;
            events::AnswerLinkMade made = std::move(link.made);
            return [self = shared_from_this(), made = std::move(made)]() mutable {
                const std::uint64_t n = made.outbox;
                self->makeLink(std::move(made), [self, n](bool isKept) { self->linked(n, isKept); });
            };
        }
        e.isLinked = true;
        e.stage = Stage::Sending;
        return send(e);
    }

    /// A text for readers is about to leave: `go` once that is on disk, or with false when it may not, or not in these words. Twice is worse than later.
    void beginPost(std::uint64_t number, std::function<void(bool)> go)
    {
        events::OutboxQueued what;
        bool goes = false;
        {
            const std::lock_guard lock(mutex);
            if (stopped)
                return;
            if (const auto it = entries.find(number); it != entries.end() && it->second.recalled.empty() && !it->second.isOther && !isEnding) {
                it->second.isBegun = goes = true;
                what = it->second.item.what;
                ++underWay;
            }
        }
        if (!goes)
            return go(false);
        run([self = shared_from_this(), what, go = std::move(go)] { self->recordBegin(what, [self, go] { self->run([go] { go(true); }); }); });
    }

    void linked(std::uint64_t number, bool isKept)
    {
        Work work;
        {
            const std::lock_guard lock(mutex);
            const auto it = entries.find(number);
            if (stopped || it == entries.end() || it->second.stage != Stage::Linking)
                return;
            if (!isKept)
                it->second.link = {}; // a page without a link is better than none
            it->second.isLinked = true;
            it->second.stage = Stage::Sending;
            work = send(it->second);
        }
        run(work);
    }

    Work send(Entry &e)
    {
        e.isBegun = e.isOther = false;
        const auto &what = e.item.what;
        const auto line = lines.find(what.connection);
        if (line == lines.end())
            return [self = shared_from_this(), n = what.number] { self->ended(n, {}, "the connection is gone", true, false, {}); };
        const Connection &c = line->second.connection;
        const Person *person = workspace->person(what.person);
        const std::string link(e.link.revealText());
        if (isMail(c.kind)) {
            MailText text;
            text.from = c.from;
            text.fromName = "Quarterdeck" + (workspace->name.empty() ? std::string() : ", " + workspace->name);
            text.to = what.room;
            text.toName = person ? person->name : std::string();
            text.subject = what.title.empty() ? what.text : what.title;
            text.text = what.text + (link.empty() ? "" : "\n\nTo answer, open this and confirm (opening it alone does nothing):\n" + link) + "\n";
            text.messageId = idempotencyKey(origin, what.number).text() + "@" + hostOfAddress(c.from);
            text.at = e.item.queuedAt;
            net::MailRequest r;
            r.url = c.url;
            r.from = c.from;
            r.to = what.room;
            r.message = mailOf(text);
            r.user = c.user;
            r.password = line->second.secret.duplicate();
            r.caFile = c.caFile;
            r.isThisMachine = namesThisMachine(c.url);
            if (what.effect == Effect::Post)
                r.beforeText = [weak = weak_from_this(), n = what.number](std::function<void(bool)> go) {
                    if (const auto self = weak.lock())
                        self->beginPost(n, std::move(go));
                };
            auto shared = std::make_shared<net::MailRequest>(std::move(r));
            return [self = shared_from_this(), n = what.number, id = text.messageId, shared] {
                self->wire.mail(std::move(*shared), [self, n, id](tl::expected<void, net::MailFailure> done) {
                    if (done)
                        self->ended(n, id, {}, true, true, {});
                    else
                        self->ended(n, {}, done.error().why.message + (done.error().maybeTaken ? "; the server may have it" : ""), done.error().isFinal,
                                    done.error().isOfServer, {}, done.error().maybeTaken);
                });
            };
        }
        WebhookPage page;
        page.effect = what.effect;
        page.title = what.title;
        page.text = what.text;
        page.incident = what.incident;
        page.severity = what.severity;
        page.person = what.person;
        page.name = person ? person->name : what.person;
        page.address = what.room;
        page.link = link;
        page.key = idempotencyKey(origin, what.number).text();
        // What belongs to no call, such as a test, stands for itself.
        page.trouble = what.escalation != 0 ? troubleKey(origin, what.escalation) : "quarterdeck-" + page.key;
        page.console = workspace->publicUrl;
        auto request = std::make_shared<net::HttpRequest>(webhookRequest(c, page, line->second.secret.duplicate()));
        const auto post = [self = shared_from_this(), n = what.number, request] {
            self->wire.http(std::move(*request), [self, n](Result<net::HttpResponse> answer) {
                if (!answer) {
                    const bool isFinal = answer.error().code == Code::Forbidden || answer.error().code == Code::Invalid;
                    return self->ended(n, {}, answer.error().message, isFinal, true, {}, !net::neverSent(answer.error()));
                }
                WebhookVerdict v = verdictOf(*answer);
                self->ended(n, v.isTaken && v.id.empty() ? "HTTP " + std::to_string(answer->status) : std::move(v.id), std::move(v.reason), v.isTaken || v.isFinal,
                            v.isTaken || v.isOfChannel, v.wait);
            });
        };
        if (what.effect != Effect::Post)
            return post;
        return [self = shared_from_this(), n = what.number, post] {
            self->beginPost(n, [self, n, post](bool goes) { goes ? post() : self->ended(n, {}, "it was called off before its first byte", false, false, {}); });
        };
    }

    /// One attempt ended. `reason` empty: it was taken. `isOfChannel`: so would any other page. `maybeTaken`: nobody can say whether it was. A page is tried again then,
    /// since twice is better than not at all; what is posted to readers is not.
    void ended(std::uint64_t number, std::string id, std::string reason, bool isFinal, bool isOfChannel, Span wait, bool maybeTaken = false)
    {
        Delivery delivery = reason.empty() ? Delivery::Confirmed : Delivery::Failed;
        if (isOfChannel)
            noteHealth(number, reason);
        bool wasBegun = false;
        {
            const std::lock_guard lock(mutex);
            const auto it = entries.find(number);
            if (stopped || it == entries.end())
                return;
            Entry &e = it->second;
            const Span now = clock.boot();
            wasBegun = std::exchange(e.isBegun, false);
            if (maybeTaken && e.item.what.effect == Effect::Post) {
                delivery = Delivery::Unknown;
                reason += kNotAgain;
                isFinal = true;
            }
            if (!isFinal && now - e.since >= kGiveUp) {
                reason = "given up after " + qd::toText(kGiveUp) + ": " + reason;
                isFinal = true;
            }
            if (!isFinal && e.item.what.effect == Effect::Page && overs.contains(e.item.what.escalation)) {
                reason = "the call is over; " + reason;
                isFinal = true;
            }
            if (!isFinal && !e.recalled.empty()) {
                reason = e.recalled + "; " + reason;
                isFinal = true;
            }
            if (isFinal) {
                entries.erase(it);
            } else {
                e.stage = Stage::Waiting;
                e.isPutOff = !isOfChannel;
                e.due = now + std::max(wait, e.backoff->next());
                if (e.said == reason && !wasBegun)
                    return; // the same trouble is said once; that it is not under way any more, whenever it was
                e.said = reason;
                delivery = Delivery::Queued;
            }
        }
        moved(number, delivery, std::move(id), safeLine(reason, 500));
        if (!wasBegun)
            return;
        const std::lock_guard lock(mutex);
        --underWay;
        answered.notify_all();
    }

    void noteHealth(std::uint64_t number, const std::string &problem)
    {
        std::string connection;
        {
            const std::lock_guard lock(mutex);
            const auto it = entries.find(number);
            const auto line = it == entries.end() ? lines.end() : lines.find(it->second.item.what.connection);
            if (stopped || line == lines.end() || line->second.problem == problem)
                return;
            line->second.problem = problem;
            connection = line->first;
        }
        health(std::move(connection), safeLine(problem, 500));
    }

    Core(const Clock &c, Random &r) : clock(c), random(r) {}
    const Clock &clock;
    Random &random;
    Wire wire;
    std::string origin;
    MakeLink makeLink;
    Begin recordBegin;
    Moved moved;
    Health health;
    std::recursive_mutex out; ///< held while the wire is used; taken before `mutex`. A link may be kept at once, within its own making
    std::mutex mutex;
    std::condition_variable answered;
    std::size_t underWay = 0; ///< texts for readers that were begun and whose end was not told yet
    bool stopped = false, isEnding = false;
    std::shared_ptr<const Workspace> workspace = std::make_shared<const Workspace>();
    std::map<std::string, Line> lines;
    std::map<std::uint64_t, Entry> entries;
    std::set<std::uint32_t> overs; ///< calls that are over
};

Pager::Pager(Wire wire, const Clock &clock, Random &random, std::string origin, MakeLink makeLink, Begin begin, Moved moved, Health health)
    : m_core(std::make_shared<Core>(clock, random))
{
    m_core->wire = std::move(wire);
    m_core->origin = std::move(origin);
    m_core->makeLink = std::move(makeLink);
    m_core->recordBegin = std::move(begin);
    m_core->moved = std::move(moved);
    m_core->health = std::move(health);
}

Pager::~Pager()
{
    const std::lock_guard out(m_core->out);
    const std::lock_guard lock(m_core->mutex);
    m_core->stopped = true;
    m_core->entries.clear();
}

void Pager::setWorkspace(std::shared_ptr<const Workspace> workspace)
{
    const std::lock_guard lock(m_core->mutex);
    m_core->workspace = std::move(workspace);
}

void Pager::start(const Connection &connection, Secret secret)
{
    if (!isPager(connection.kind))
        return;
    const std::lock_guard lock(m_core->mutex);
    m_core->lines[connection.name] = {connection, std::move(secret), {}};
}

void Pager::stopOne(const std::string &connection)
{
    const std::lock_guard lock(m_core->mutex);
    m_core->lines.erase(connection);
    std::erase_if(m_core->entries, [&](const auto &e) {
        const bool isOfIt = e.second.item.what.connection == connection;
        m_core->underWay -= isOfIt && e.second.isBegun ? 1 : 0;
        return isOfIt;
    });
}

Result<> Pager::write(const Item &item)
{
    {
        const std::lock_guard lock(m_core->mutex);
        if (item.isAnew) {
            if (const auto held = m_core->entries.find(item.what.number); held != m_core->entries.end()) {
                held->second.item.what = item.what; // what is on the wire went as it was
                held->second.isOther = true;
            }
            return {};
        }
        if (!m_core->lines.contains(item.what.connection))
            return fail(Code::NotFound, "the connection could not be started");
        if (item.maybeSent && item.what.effect == Effect::Post) { // it waits for a person
            if (item.wasUnderWay)
                m_core->moved(item.what.number, Delivery::Unknown, {}, "the console stopped while it was sent" + std::string(kNotAgain));
            return {};
        }
        if (item.what.effect == Effect::Page && m_core->overs.contains(item.what.escalation))
            return fail(Code::Conflict, "the call was over before it could be sent");
        Core::Entry &e = m_core->entries[item.what.number];
        e.item = item;
        e.since = e.due = m_core->clock.boot();
        e.backoff = std::make_unique<net::Backoff>(m_core->random, kRetryFirst, kRetryCap);
    }
    m_core->tick();
    return {};
}

void Pager::recall(std::uint64_t number, const std::string &why)
{
    {
        const std::lock_guard lock(m_core->mutex);
        const auto it = m_core->entries.find(number);
        if (it == m_core->entries.end())
            return;
        if (it->second.stage == Core::Stage::Sending) {
            it->second.recalled = why;
            return;
        }
        m_core->entries.erase(it);
    }
    m_core->moved(number, Delivery::Failed, {}, why);
}

void Pager::over(std::uint32_t escalation)
{
    std::vector<std::uint64_t> dropped;
    {
        const std::lock_guard lock(m_core->mutex);
        if (escalation == 0)
            return;
        m_core->overs.insert(escalation);
        for (auto it = m_core->entries.begin(); it != m_core->entries.end();) {
            const Core::Entry &e = it->second;
            const bool isDropped = e.item.what.escalation == escalation && e.item.what.effect == Effect::Page && e.stage != Core::Stage::Sending;
            if (isDropped)
                dropped.push_back(it->first);
            it = isDropped ? m_core->entries.erase(it) : std::next(it);
        }
    }
    for (const std::uint64_t number : dropped)
        m_core->moved(number, Delivery::Failed, {}, "the call was over before it could be sent");
}

void Pager::finish(std::chrono::milliseconds within)
{
    std::unique_lock lock(m_core->mutex);
    m_core->isEnding = true;
    m_core->answered.wait_for(lock, within, [core = m_core.get()] { return core->underWay == 0; });
}

void Pager::tick()
{
    m_core->tick();
}

} // namespace qd::notify
