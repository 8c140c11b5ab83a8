// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/pagerdutypoller.h"

#include "core/base/ascii.h"
#include "core/sources/pagerdutyrest.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

namespace qd::sources {

using events::PagerStatus;

namespace {

constexpr std::size_t kAskedAtOnce = 200;   ///< incidents asked about one by one in a reading; the others wait for the next
constexpr std::size_t kAskedAgain = 20;     ///< of those, that are known and may have got another alert meanwhile
constexpr std::size_t kLogPages = 10, kAlertPages = 10;
constexpr Span kLogOverlap = minutes(2), kLogAtStart = minutes(10);
constexpr Span kSameMoment = seconds(2);    ///< the API says times to the second, its log apart from its incidents
constexpr Span kUsersAgain = minutes(10), kUnknownUserAgain = minutes(1), kOnCallsAgain = minutes(1);
constexpr Span kPauseUsual = seconds(30), kPauseLimit = minutes(5);

std::string pagedPath(const std::string &path, std::size_t offset)
{
    return path + (path.find('?') == path.npos ? "?" : "&") + "limit=" + std::to_string(PagerDutyPoller::kPageSize) + "&offset=" + std::to_string(offset);
}

std::string secondsText(Instant at)
{
    return toRfc3339(at).substr(0, 19) + "Z";
}

} // namespace

struct PagerDutyPoller::Impl : std::enable_shared_from_this<PagerDutyPoller::Impl> {
    Impl(net::HttpClient &http, Intake intake, const Clock &c, PollOptions options)
        : line(std::make_shared<PollLine>(http, std::move(intake), c, std::move(options))), clock(c), startedAt(c.now()),
          writer(*line, {[this](const net::HttpResponse &answer) { pause(answer); }, [this] { return clock.boot() < pausedUntil; }})
    {
    }

    /// What one reading has found so far.
    struct Reading {
        std::vector<events::PagerIncident> known;
        std::unordered_map<std::string, std::size_t> knownAt, foundAt; ///< where they are, by id
        Instant newest;
        std::vector<PagerReport> found;
        std::vector<std::size_t> keyless;   ///< of `found`
        std::vector<std::string> missing;   ///< ids
        std::vector<PagerDutyLogEntry> log;
        std::vector<PagerPerson> users;
        std::vector<PagerTurn> turns;
        bool isComplete = true;
    };
    using Body = std::function<void(const std::string &)>;
    using Refused = std::function<bool(const net::HttpResponse &)>; ///< true: the reading goes on without

    void poll()
    {
        if (busy || clock.boot() < pausedUntil)
            return;
        busy = true;
        now = {};
        line->intake().pagerKnown(line->options().connection, [weak = weak_from_this()](std::vector<events::PagerIncident> known, Instant newest) {
            if (const auto self = weak.lock())
                self->line->post([impl = self.get(), known = std::move(known), newest] {
                    impl->now.known = known;
                    for (const auto &i : known)
                        impl->now.knownAt.emplace(i.id, impl->now.knownAt.size());
                    impl->now.newest = newest;
                    impl->users();
                });
        });
    }

    void giveUp(const std::string &reason)
    {
        hadFailed = true;
        line->failed(reason);
        busy = false;
    }

    void pause(const net::HttpResponse &answer)
    {
        Span wait = kPauseUsual;
        for (const char *name : {"ratelimit-reset", "retry-after"}) {
            const std::string_view text = net::valueOf(answer.headers, name);
            std::int64_t said = 0;
            if (const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), said); wrong == std::errc{} && end == text.data() + text.size() && said >= 0 && said < 100'000) {
                wait = seconds(said);
                break;
            }
        }
        pausedUntil = std::max(pausedUntil, clock.boot() + std::clamp(wait, seconds(1), kPauseLimit));
        hadFailed = true;
        line->failed("PagerDuty asks to wait " + toText(std::clamp(wait, seconds(1), kPauseLimit)) + ": too many requests (429)");
    }

    void get(const std::string &path, Body then, Refused without = {})
    {
        line->get(path, [this, then = std::move(then), without = std::move(without)](Result<net::HttpResponse> answer) {
            if (!answer)
                return giveUp(answer.error().message);
            if (answer->status == 429) {
                pause(*answer);
                busy = false;
                return;
            }
            if (answer->status == 200)
                return then(answer->body);
            if (!without || !without(*answer))
                giveUp(pagerDutySentence(*answer));
        });
    }

    /// Whom PagerDuty knows by which address; without the right to read users their names are gone by.
    void users(std::size_t offset = 0)
    {
        const Span age = clock.boot() - usersAt;
        if (offset == 0 && usersAt.ns != 0 && age < kUsersAgain && !(hasUnknown && age >= kUnknownUserAgain))
            return incidents();
        const auto next = [this] {
            usersAt = clock.boot();
            hasUnknown = false;
            incidents();
        };
        get(pagedPath("/users", offset), [this, offset, next](const std::string &body) {
            auto page = parsePagerDutyUsers(body);
            if (!page)
                return giveUp("its list of users cannot be read: " + page.error().message);
            now.users.insert(now.users.end(), page->items.begin(), page->items.end());
            if (page->more && page->size > 0 && offset + page->size + kPageSize <= kListLimit)
                return users(offset + page->size);
            known.clear();
            for (PagerPerson &who : now.users) {
                if (!who.email.empty())
                    writer.know(asciiLower(who.email), who.id);
                std::string id = who.id;
                known.insert_or_assign(std::move(id), std::move(who));
            }
            next();
        }, [next](const net::HttpResponse &answer) {
            if (answer.status != 403 && answer.status != 404)
                return false;
            next();
            return true;
        });
    }

    void incidents(std::size_t offset = 0)
    {
        get(pagedPath("/incidents?statuses%5B%5D=triggered&statuses%5B%5D=acknowledged&date_range=all&sort_by=created_at%3Aasc", offset), [this, offset](const std::string &body) {
            auto page = parsePagerDutyIncidents(body);
            if (!page)
                return giveUp("its list of incidents cannot be read: " + page.error().message);
            now.isComplete = now.isComplete && page->unreadable == 0;
            for (PagerReport &each : page->items)
                if (now.foundAt.emplace(each.what.id, now.found.size()).second) // pages move while they are read
                    now.found.push_back(std::move(each));
            if (page->more && page->size > 0 && offset + page->size + kPageSize <= kListLimit)
                return incidents(offset + page->size);
            now.isComplete = now.isComplete && !page->more;
            keysWanted();
        });
    }

    /// What a sender or a page of ours called it is its own key, or that of one of its alerts. PagerDuty groups: it may get others later.
    void keysWanted()
    {
        std::size_t again = 0;
        std::vector<PagerReport> ready;
        for (PagerReport &each : now.found) {
            events::PagerIncident &i = each.what;
            const auto *before = knownAs(i.id);
            if (before && before->areKeysKnown) {
                if (const auto asked = askedAs.find(i.id); (asked == askedAs.end() || asked->second != std::pair(each.alerts, each.updatedAt)) && again < kAskedAgain) {
                    ++again;
                    now.keyless.push_back(ready.size());
                } else {
                    i.keys = before->keys;
                    i.areKeysKnown = true;
                }
            } else {
                if (now.keyless.size() == kAskedAtOnce + again)
                    continue; // at the next reading
                now.keyless.push_back(ready.size());
            }
            ready.push_back(std::move(each));
        }
        now.missing.clear();
        if (now.isComplete)
            for (const events::PagerIncident &i : now.known)
                if (!now.foundAt.contains(i.id) && now.missing.size() < kAskedAtOnce)
                    now.missing.push_back(i.id);
        if (now.isComplete)
            std::erase_if(askedAs, [&](const auto &asked) { return !now.foundAt.contains(asked.first); });
        now.found = std::move(ready);
        askKeys();
    }

    [[nodiscard]] const events::PagerIncident *knownAs(const std::string &id) const
    {
        const auto it = now.knownAt.find(id);
        return it == now.knownAt.end() ? nullptr : &now.known[it->second];
    }

    void askKeys()
    {
        if (now.keyless.empty())
            return askMissing();
        const std::size_t row = now.keyless.back();
        now.keyless.pop_back();
        askKeysOf(row, 0, {});
    }

    /// What its alerts are called counts alone where there are any: it may have a key of its own besides that PagerDuty made up.
    void askKeysOf(std::size_t row, std::size_t offset, std::vector<std::string> keys)
    {
        const auto end = [this, row](std::vector<std::string> all) {
            PagerReport &report = now.found[row];
            if (const auto *before = knownAs(report.what.id); all.empty() && before && before->areKeysKnown)
                all = before->keys;
            if (!all.empty())
                report.what.keys = std::move(all);
            report.what.areKeysKnown = true;
            askedAs.insert_or_assign(report.what.id, std::pair(report.alerts, report.updatedAt));
            askKeys();
        };
        get(pagedPath("/incidents/" + now.found[row].what.id + "/alerts", offset), [this, row, offset, keys, end](const std::string &body) {
            std::vector<std::string> all = keys;
            const auto page = parsePagerDutyAlertKeys(body);
            if (page)
                for (const std::string &key : page->items)
                    if (std::find(all.begin(), all.end(), key) == all.end())
                        all.push_back(key);
            if (page && page->more && page->size > 0 && offset + page->size < kAlertPages * kPageSize)
                return askKeysOf(row, offset + page->size, std::move(all));
            end(std::move(all));
        }, [keys, end](const net::HttpResponse &answer) {
            if (answer.status < 400 || answer.status >= 500 || answer.status == 401)
                return false;
            end(keys); // an account without alerts, or it is over meanwhile
            return true;
        });
    }

    /// What is listed no more is over only when PagerDuty says so.
    void askMissing()
    {
        if (now.missing.empty())
            return log();
        const std::string id = now.missing.back();
        now.missing.pop_back();
        const auto keep = [this, id](PagerReport report) {
            if (const auto *before = knownAs(id); before && !report.what.areKeysKnown) {
                report.what.keys = before->keys;
                report.what.areKeysKnown = before->areKeysKnown;
            }
            now.found.push_back(std::move(report));
            askMissing();
        };
        get("/incidents/" + id, [this, keep](const std::string &body) {
            auto incident = parsePagerDutyIncident(body);
            if (!incident)
                return giveUp("an incident of its cannot be read: " + incident.error().message);
            keep(std::move(*incident));
        }, [this, id, keep](const net::HttpResponse &answer) {
            const auto *before = knownAs(id);
            if (answer.status != 404 || !before)
                return false;
            PagerReport gone;
            gone.what = *before;
            gone.what.status = PagerStatus::Gone;
            gone.what.changedAt = clock.now();
            gone.what.changedBy.clear();
            gone.what.entries.clear();
            keep(std::move(gone));
            return true;
        });
    }

    void log(std::size_t offset = 0)
    {
        const Instant first = startedAt - kLogAtStart; // of this process; what was known before may be older
        const Instant since = (logUntil ? logUntil : now.newest && now.newest < first ? now.newest : first) - kLogOverlap;
        if (offset == 0)
            logNext = clock.now();
        get(pagedPath("/log_entries?since=" + secondsText(since), offset), [this, offset](const std::string &body) {
            auto page = parsePagerDutyLogEntries(body);
            if (!page)
                return giveUp("its log cannot be read: " + page.error().message);
            for (PagerDutyLogEntry &entry : page->items)
                if (entry.what.what != "notified") // one a telephone that rang; who was called stands in the assignments
                    now.log.push_back(std::move(entry));
            if (page->more && page->size > 0 && offset + page->size < kLogPages * kPageSize)
                return log(offset + page->size);
            logUntil = logNext;
            onCalls();
        }, [this](const net::HttpResponse &answer) {
            if (answer.status != 403 && answer.status != 404)
                return false;
            onCalls();
            return true;
        });
    }

    void onCalls(std::size_t offset = 0)
    {
        if (offset == 0 && onCallsAt.ns != 0 && clock.boot() - onCallsAt < kOnCallsAgain)
            return handIn();
        get(pagedPath("/oncalls", offset), [this, offset](const std::string &body) {
            auto page = parsePagerDutyOnCalls(body);
            if (!page)
                return giveUp("who is on call there cannot be read: " + page.error().message);
            now.turns.insert(now.turns.end(), std::make_move_iterator(page->items.begin()), std::make_move_iterator(page->items.end()));
            if (page->more && page->size > 0 && offset + page->size + kPageSize <= kListLimit)
                return onCalls(offset + page->size);
            onCallsAt = clock.boot();
            for (PagerTurn &turn : now.turns)
                identify(turn.person);
            line->intake().pagerOnCalls(line->options().connection, std::move(now.turns));
            handIn();
        }, [this](const net::HttpResponse &answer) {
            if (answer.status != 403 && answer.status != 404)
                return false;
            onCallsAt = clock.boot();
            handIn();
            return true;
        });
    }

    void identify(PagerPerson &who)
    {
        if (who.id.empty())
            return;
        if (const auto it = known.find(who.id); it != known.end())
            who = it->second;
        else
            hasUnknown = true;
    }

    void addLog()
    {
        now.foundAt.clear(); // some were left for the next reading, others asked for by their ids
        for (const PagerReport &r : now.found)
            now.foundAt.emplace(r.what.id, now.foundAt.size());
        for (PagerDutyLogEntry &entry : now.log) {
            const auto at = now.foundAt.find(entry.incident);
            if (at == now.foundAt.end())
                continue;
            now.found[at->second].what.entries.push_back(std::move(entry.what));
            now.found[at->second].entryBy.push_back(std::move(entry.by));
        }
        for (PagerReport &row : now.found) {
            // The incident itself may name nobody where its log does: of this turn, not of one before.
            const std::string_view turn = events::word(row.what.status);
            const Instant at = row.what.changedAt;
            Instant last;
            const bool isNamed = !row.changedBy.name.empty();
            for (std::size_t n = 0; n < row.what.entries.size() && !isNamed; ++n)
                if (const events::PagerEntry &e = row.what.entries[n]; e.what == turn && e.at >= last && e.at >= at - kSameMoment && e.at <= at + kSameMoment && !row.entryBy[n].name.empty()) {
                    last = e.at;
                    row.changedBy = row.entryBy[n];
                }
            identify(row.changedBy);
            for (PagerPerson &who : row.assigned)
                identify(who);
            for (PagerPerson &who : row.entryBy)
                identify(who);
        }
    }

    void handIn()
    {
        addLog();
        const auto over = [weak = weak_from_this()](const Result<> &result) {
            if (const auto self = weak.lock())
                self->line->post([impl = self.get(), ok = result.has_value()] {
                    if (ok) {
                        impl->line->worked();
                        if (std::exchange(impl->hadFailed, false)) // that it is well again is said at once
                            impl->line->intake().sourceSeen(impl->line->options().connection, Path::PagerDuty, impl->clock.now());
                    }
                    impl->busy = false;
                    impl->writer.goOn();
                });
        };
        if (now.found.empty()) {
            line->intake().sourceSeen(line->options().connection, Path::PagerDuty, clock.now());
            return over({});
        }
        ReportBatch batch = reportsOf(now.found, line->arrival());
        line->intake().pagerIncidents(std::move(batch), std::move(now.found), over);
    }

    std::shared_ptr<PollLine> line;
    const Clock &clock;
    const Instant startedAt;
    // What follows is used on the line's thread only.
    PagerDutyWriter writer;
    bool busy = false;
    bool hadFailed = false;
    Span pausedUntil;                       ///< by the boot clock
    Reading now;
    std::map<std::string, PagerPerson> known; ///< users, by id
    std::unordered_map<std::string, std::pair<std::uint32_t, Instant>> askedAs; ///< how many alerts an incident had, and its updated_at, when its keys were asked for
    Span usersAt, onCallsAt;
    bool hasUnknown = false;                ///< somebody was named whom the list of users did not have
    Instant logUntil, logNext;
};

PagerDutyPoller::PagerDutyPoller(net::HttpClient &http, Intake intake, const Clock &clock, PollOptions options)
    : m_impl(std::make_shared<Impl>(http, std::move(intake), clock, std::move(options)))
{
}

PagerDutyPoller::~PagerDutyPoller()
{
    m_impl->line->stop();
}

void PagerDutyPoller::start()
{
    m_impl->line->start([impl = m_impl.get()] { impl->poll(); });
}

void PagerDutyPoller::poll()
{
    static_cast<void>(m_impl->line->offer([impl = m_impl.get()] { impl->poll(); })); // when so much waits, so does another of these
}

void PagerDutyPoller::arm(Writes writes)
{
    m_impl->line->post([impl = m_impl.get(), writes] { impl->writer.arm(writes); });
}

bool PagerDutyPoller::write(PagerDutyWrite what)
{
    return m_impl->line->offer([impl = m_impl.get(), what = std::move(what)] { impl->writer.write(what); });
}

void PagerDutyPoller::anew(std::uint64_t number, std::string text)
{
    m_impl->line->post([impl = m_impl.get(), number, text = std::move(text)] { impl->writer.anew(number, text); });
}

void PagerDutyPoller::recall(std::uint64_t number, std::string why)
{
    m_impl->line->post([impl = m_impl.get(), number, why = std::move(why)] { impl->writer.recall(number, why); });
}

} // namespace qd::sources
