// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trackers/trackers.h"

#include "core/base/threads.h"
#include "core/trackers/outcome.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace qd::trackers {

using events::Effect;

namespace {

constexpr std::chrono::milliseconds kLineWaits{250};
constexpr std::size_t kTokenLeast = 4; ///< bytes; what is shorter proves nothing, and stands in any text
constexpr std::string_view kInItsPlace = "***"; ///< shorter than any of them, so that none is found in it

using Answer = Result<net::HttpResponse>;

} // namespace

/// One connection, with its thread.
struct Trackers::Line {
    /// What a line that ended did not get done.
    struct Left {
        std::deque<Entry> queue;
        std::future<Answer> unanswered; ///< a write that is still under way, where there is one
    };

    Line(Connection c, Secret token, Writes arms, Left left, const Way &w, const Clock &k)
        : connection(std::move(c)), way(w), clock(k), armed(arms), queue(std::move(left.queue)), unanswered(std::move(left.unanswered))
    {
        keepFromView(token);
        auto shared = std::make_shared<const Secret>(std::move(token));
        if (isLibrary(connection.kind))
            library = std::make_unique<Library>(connection, shared);
        else
            dialect = dialectOf(connection, shared);
        every = connection.interval.ns > 0 ? std::max(connection.interval, kReadLeast) : kReadEvery;
        thread = std::thread([this] { run(); });
    }
    ~Line() { end(); }

    /// Ends its thread, which lets go of what is under way; gives what is left to do. What was sent and whose answer nobody waits for any more may have arrived.
    Left end()
    {
        {
            const std::lock_guard lock(mutex);
            stopping = true;
        }
        changed.notify_all();
        if (thread.joinable())
            thread.join();
        if (!queue.empty() && (isUnderWay || tries > 0))
            queue.front().maybeSent = true;
        return {std::move(queue), std::move(unanswered)};
    }

    /// What we sent to prove who we are, as it may come back.
    void keepFromView(const Secret &token)
    {
        if (token.reveal().size() < kTokenLeast)
            return;
        hidden.push_back(token.duplicate());
        if (connection.user.empty())
            return;
        Bytes both(connection.user.begin(), connection.user.end());
        both.push_back(static_cast<Bytes::value_type>(':'));
        both.insert(both.end(), token.reveal().begin(), token.reveal().end());
        const Secret pair(std::move(both));
        std::string basic = toBase64(pair.reveal());
        hidden.emplace_back(std::string_view(basic));
        sodium_memzero(basic.data(), basic.size());
    }
    [[nodiscard]] std::string withoutTokens(std::string text) const
    {
        for (const Secret &secret : hidden)
            for (auto at = text.find(secret.revealText()); at != text.npos; at = text.find(secret.revealText(), at + kInItsPlace.size()))
                text.replace(at, secret.revealText().size(), kInItsPlace);
        return text;
    }

    void run()
    {
        beginThread("tracker", Pressing::Now);
        std::unique_lock lock(mutex);
        while (!stopping) {
            const Span now = clock.boot();
            if (now < quietUntil || isUnanswered()) {
                changed.wait_for(lock, kLineWaits);
            } else if (!queue.empty() && now >= nextTry) {
                workOff(lock);
            } else if (dialect && !tracked.empty() && now >= nextRead) {
                readAgain(lock);
            } else {
                changed.wait_for(lock, kLineWaits);
            }
        }
    }

    /// While a write of the line before is under way, it is too early to look for what it made, and what is written now could arrive before it.
    bool isUnanswered() const
    {
        return unanswered.valid() && unanswered.wait_for(std::chrono::seconds(0)) != std::future_status::ready;
    }

    void workOff(std::unique_lock<std::mutex> &lock)
    {
        Entry entry = queue.front();
        const bool isArmed = allows(armed, entry.what.effect == Effect::PublishReview ? Write::Publish : Write::Issues);
        const bool inDoubt = doubt || entry.maybeSent;
        const int before = tries;
        isUnderWay = isArmed;
        workedOff = entry.what.number;
        lock.unlock();
        if (before == 0 && isArmed)
            way.moved(entry.what.number, Delivery::Sent, {}, {});
        Outcome out = !isArmed ? failed("the connection is not armed for it; nothing was written") : entry.what.effect == Effect::PublishReview ? publish(entry) : entry.what.effect == Effect::TrackIssue ? make(entry, inDoubt) : change(entry);
        if (out.kind == Outcome::Kind::Done)
            out.text = withoutTokens(std::move(out.text)); // what was escaped in JSON is seen only now
        lock.lock();
        if (stopping)
            return; // whoever comes next goes on with it
        isUnderWay = false;
        workedOff = 0;
        ++tries;
        if (out.kind == Outcome::Kind::InDoubt)
            doubt = true;
        const bool isEnded = out.kind != Outcome::Kind::Done && out.kind != Outcome::Kind::Failed && !queue.front().recalled.empty(); // it is not tried again
        const bool isUnknown = isEnded && doubt;
        if (isEnded)
            out = failed(queue.front().recalled + "; " + (isUnknown ? "whether it had been written is not known: " : "") + out.text);
        const bool isOver = out.kind == Outcome::Kind::Done || out.kind == Outcome::Kind::Failed;
        if (isOver) {
            queue.pop_front();
            tries = 0;
            doubt = false;
            doubtSince.reset();
            sentInVain = lookedInVain = 0;
            nextTry = {};
            nextRead = {}; // what it says now is to be known
        } else {
            nextTry = clock.boot() + std::min(kTryAgainCap, kTryAgainFirst * (std::int64_t{1} << std::min(tries - 1, 8)));
        }
        lock.unlock();
        if (out.kind == Outcome::Kind::Done)
            way.moved(entry.what.number, Delivery::Confirmed, out.text, out.note);
        else if (out.kind == Outcome::Kind::Failed)
            way.moved(entry.what.number, isUnknown ? Delivery::Unknown : Delivery::Failed, {}, out.text);
        else if (tries == 1)
            way.moved(entry.what.number, out.kind == Outcome::Kind::InDoubt ? Delivery::Unknown : Delivery::Queued, {}, out.text);
        say(isOver && out.kind == Outcome::Kind::Done ? std::string() : out.text);
        lock.lock();
    }

    /// An issue is made once: whoever may have made it before is looked for by its marker.
    Outcome make(const Entry &entry, bool inDoubt)
    {
        Wanted wanted = wantedOf(entry);
        if (inDoubt) {
            if (!doubtSince)
                doubtSince = clock.boot();
            Outcome found = ask(dialect->find(wanted.marker));
            if (auto other = dialect->findOtherwise(wanted.marker); other && (found.status == 404 || found.status == 410))
                found = ask(std::move(*other));
            if (found.kind == Outcome::Kind::Failed && ++lookedInVain >= kTriesInDoubt)
                return failed("whether it was made is not known, and it cannot be looked for: " + found.text + "; look there, and name its key here");
            if (found.kind != Outcome::Kind::Done)
                return {Outcome::Kind::InDoubt, found.text};
            const auto all = dialect->issuesIn(found.text);
            if (!all)
                return {Outcome::Kind::InDoubt, all.error().message};
            for (const Issue &i : *all)
                if (i.text.find(markerLine(wanted.marker)) != std::string::npos)
                    return {Outcome::Kind::Done, i.key + " " + i.url};
            if (clock.boot() - *doubtSince < dialect->searchBehind())
                return {Outcome::Kind::InDoubt, "it may have been made, and may not be found yet"};
            if (sentInVain >= kTriesInDoubt)
                return failed("it was sent " + std::to_string(sentInVain) + " times, and neither was that answered nor is it there");
        }
        std::string note;
        if (Outcome named = nameAssignee(wanted, note); named.kind != Outcome::Kind::Done)
            return named;
        Outcome made = ask(dialect->make(wanted));
        if (mayBeOfAssignee(made, wanted)) {
            note = givenToNobody(wanted, made.text);
            wanted.assignee.clear();
            made = ask(dialect->make(wanted));
        }
        if (made.kind == Outcome::Kind::InDoubt) {
            ++sentInVain;
            doubtSince = clock.boot();
        }
        if (made.kind != Outcome::Kind::Done)
            return made;
        const auto key = dialect->keyIn(made.text);
        sentInVain += key ? 0 : 1;
        return key ? Outcome{Outcome::Kind::Done, *key, 0, note} : Outcome{Outcome::Kind::InDoubt, key.error().message};
    }

    /// Who is to have it, as the tracker wants them; or, in `note`, why nobody is given it. Anything but Done: it is too early to tell.
    Outcome nameAssignee(Wanted &wanted, std::string &note)
    {
        if (wanted.account.empty())
            return {};
        Outcome answer;
        if (auto request = dialect->askAssignee(wanted.account))
            answer = ask(std::move(*request));
        if (answer.kind == Outcome::Kind::NotNow)
            return answer;
        const auto assignee = answer.kind == Outcome::Kind::Done ? dialect->assigneeIn(wanted.account, answer.text) : Result<std::string>(fail(Code::NotFound, answer.text));
        if (!assignee || assignee->empty())
            note = givenToNobody(wanted, assignee ? "it knows no " + wanted.account : assignee.error().message);
        else
            wanted.assignee = *assignee;
        return {};
    }

    /// As it is to be, however often that is said: what is so already is not written.
    Outcome change(const Entry &entry)
    {
        const std::string &key = entry.what.room;
        Wanted wanted = wantedOf(entry);
        const Outcome read = ask(dialect->read(key));
        if (read.kind != Outcome::Kind::Done)
            return read;
        const auto now = dialect->issueIn(read.text);
        if (!now)
            return failed(now.error().message);
        std::string note;
        if (now->isWith(wanted.account))
            wanted.account.clear();
        if (Outcome named = nameAssignee(wanted, note); named.kind != Outcome::Kind::Done)
            return named;
        for (auto request = dialect->change(key, wanted, *now); request;) {
            const Outcome done = ask(std::move(*request));
            request.reset();
            if (mayBeOfAssignee(done, wanted)) {
                note = givenToNobody(wanted, done.text);
                wanted.assignee.clear();
                request = dialect->change(key, wanted, *now);
            } else if (done.kind != Outcome::Kind::Done) {
                return done;
            }
        }
        if (dialect->turnsByAsking() && now->closed != wanted.closed) {
            const Outcome turns = ask(dialect->askTurns(key));
            if (turns.kind != Outcome::Kind::Done)
                return turns;
            auto turn = dialect->turn(key, wanted.closed, turns.text);
            if (!turn)
                return failed(turn.error().message);
            if (const Outcome done = ask(std::move(*turn)); done.kind != Outcome::Kind::Done)
                return done;
        }
        return {Outcome::Kind::Done, key, 0, note};
    }

    /// The page it was before, else the one of that title in the space, else a new one.
    Outcome publish(const Entry &entry)
    {
        Page page;
        if (!entry.what.room.empty()) {
            const Outcome read = ask(library->read(entry.what.room));
            if (read.kind == Outcome::Kind::Done) {
                const auto known = library->pageIn(read.text);
                if (!known)
                    return failed(known.error().message);
                page = *known;
            } else if (read.kind != Outcome::Kind::Failed) {
                return read;
            } // it was taken away there: it is made again
        }
        if (page.id.empty()) {
            const Outcome found = ask(library->find(entry.what.title));
            if (found.kind != Outcome::Kind::Done)
                return found;
            const auto first = library->firstIn(found.text);
            if (!first)
                return failed(first.error().message);
            page = *first;
        }
        const Outcome done = ask(page.id.empty() ? library->make(entry.what.title, entry.what.text) : library->change(page, entry.what.title, entry.what.text));
        if (done.kind != Outcome::Kind::Done)
            return done;
        const auto written = library->pageIn(done.text);
        return written ? Outcome{Outcome::Kind::Done, written->id + " " + written->url} : failed(written.error().message);
    }

    /// Waits for the answer, as this thread may, until the line ends: nobody who ends one is to wait for a network. None: it ended.
    std::optional<Answer> answerTo(net::HttpRequest request)
    {
        if (stopping)
            return std::nullopt;
        const bool writes = request.method != net::Method::Get;
        auto promise = std::make_shared<std::promise<Answer>>();
        auto answered = promise->get_future();
        way.http(std::move(request), [promise](Answer answer) { promise->set_value(std::move(answer)); });
        while (answered.wait_for(kLineWaits) != std::future_status::ready) { // the client ends what takes too long
            if (!stopping)
                continue;
            if (writes)
                unanswered = std::move(answered);
            return std::nullopt;
        }
        Answer answer = answered.get();
        if (answer)
            answer->body = withoutTokens(std::move(answer->body));
        else
            answer.error().message = withoutTokens(std::move(answer.error().message));
        return answer;
    }

    Outcome ask(net::HttpRequest request)
    {
        const bool writes = request.method != net::Method::Get;
        const auto come = answerTo(std::move(request));
        if (!come)
            return {writes ? Outcome::Kind::InDoubt : Outcome::Kind::NotNow, "the connection ended before it was answered"};
        const Answer &answer = *come;
        if (!answer) {
            if (answer.error().code == Code::Forbidden || answer.error().code == Code::Invalid)
                return failed(answer.error().message);
            return {writes && !net::neverSent(answer.error()) ? Outcome::Kind::InDoubt : Outcome::Kind::NotNow, answer.error().message};
        }
        if (answer->status / 100 == 2)
            return {Outcome::Kind::Done, answer->body};
        const bool isAskedToWait = answer->status == 429 || (answer->status == 403 && (!net::valueOf(answer->headers, "retry-after").empty() || net::valueOf(answer->headers, "x-ratelimit-remaining") == "0"));
        if (isAskedToWait) {
            waitFor(net::valueOf(answer->headers, "retry-after"));
            return {Outcome::Kind::NotNow, "it asks to be left alone for a while (status " + std::to_string(answer->status) + ")"};
        }
        if (answer->status >= 500 || answer->status == 408)
            return {writes ? Outcome::Kind::InDoubt : Outcome::Kind::NotNow, sentenceOf(*answer)};
        return {Outcome::Kind::Failed, sentenceOf(*answer), answer->status};
    }

    void waitFor(std::string_view after)
    {
        std::int64_t s = 0;
        const auto read = std::from_chars(after.data(), after.data() + after.size(), s);
        const bool isBeyond = read.ec == std::errc::result_out_of_range && after.front() != '-';
        const Span wait = isBeyond ? kWaitAtMost : read.ec == std::errc() && s > 0 ? seconds(std::min(s, kWaitAtMost.seconds())) : kAskedToWait;
        const std::lock_guard lock(mutex);
        quietUntil = clock.boot() + wait;
    }

    void readAgain(std::unique_lock<std::mutex> &lock)
    {
        nextRead = clock.boot() + every;
        std::vector<TrackedAction> round;
        for (std::size_t n = 0; n < tracked.size() && n < kReadAtATime; ++n)
            round.push_back(tracked[(readFrom + n) % tracked.size()]);
        readFrom = tracked.empty() ? 0 : (readFrom + round.size()) % tracked.size();
        std::string problem;
        for (TrackedAction &t : round) {
            if (stopping || clock.boot() < quietUntil)
                return;
            net::HttpRequest request = dialect->read(t.key);
            if (const auto tag = tags.find(t.key); tag != tags.end())
                request.headers.emplace_back("if-none-match", tag->second);
            lock.unlock();
            const Read read = readOne(std::move(request));
            problem = read.problem.empty() ? problem : t.key + ": " + read.problem;
            lock.lock();
            if (!read.tag.empty())
                tags[t.key] = read.tag;
            if (read.issue)
                tell(lock, t, *read.issue);
        }
        if (stopping)
            return;
        lock.unlock();
        say(problem);
        lock.lock();
    }

    struct Read {
        std::optional<Issue> issue;
        std::string tag, problem;
    };
    Read readOne(net::HttpRequest request)
    {
        const auto come = answerTo(std::move(request));
        if (!come)
            return {};
        const Answer &answer = *come;
        if (!answer)
            return {{}, {}, answer.error().message};
        if (answer->status == 304)
            return {};
        if (answer->status == 429 || (answer->status == 403 && net::valueOf(answer->headers, "x-ratelimit-remaining") == "0"))
            waitFor(net::valueOf(answer->headers, "retry-after"));
        if (answer->status / 100 != 2)
            return {{}, {}, sentenceOf(*answer)};
        auto issue = dialect->issueIn(answer->body);
        if (!issue)
            return {{}, {}, issue.error().message};
        for (std::string *text : {&issue->title, &issue->status, &issue->assignee})
            *text = withoutTokens(std::move(*text));
        return {std::move(*issue), std::string(net::valueOf(answer->headers, "etag")).substr(0, 200), {}};
    }

    /// What is another than it was is said, once.
    void tell(std::unique_lock<std::mutex> &lock, const TrackedAction &about, const Issue &issue)
    {
        const auto known = std::find_if(tracked.begin(), tracked.end(), [&](const TrackedAction &t) { return t.incident == about.incident && t.action == about.action && t.key == about.key; });
        if (known == tracked.end())
            return; // it was let go of meanwhile
        TrackedAction &t = *known;
        const bool isSame = t.title == issue.title && t.status == issue.status && t.assignee == issue.assignee && t.closed == issue.closed && t.due == issue.due;
        if (isSame && t.changedAt)
            return;
        t.title = issue.title;
        t.status = issue.status;
        t.assignee = issue.assignee;
        t.closed = issue.closed;
        t.due = issue.due;
        t.changedAt = issue.changedAt ? issue.changedAt : clock.now();
        events::ActionSeen seen{t.incident, t.title, t.status, t.assignee, t.action, t.closed, t.due, t.changedAt};
        lock.unlock();
        way.seen(std::move(seen));
        lock.lock();
    }

    /// Not under the lock.
    void say(const std::string &problem)
    {
        {
            const std::lock_guard lock(mutex);
            if (wasSaid && problem == said)
                return;
            wasSaid = true;
            said = problem;
        }
        way.reported(connection.name, problem.empty() ? "live" : "trouble", problem);
    }

    const Connection connection;
    const Way &way;
    const Clock &clock;
    std::vector<Secret> hidden;          ///< our token in its forms
    std::unique_ptr<Dialect> dialect;
    std::unique_ptr<Library> library;
    std::mutex mutex;
    std::condition_variable changed;
    std::atomic<bool> stopping = false;
    Writes armed = 0;
    std::deque<Entry> queue;
    std::future<Answer> unanswered;      ///< its thread's: a write nobody waits for any more
    int tries = 0;                       ///< of the first entry
    bool isUnderWay = false;             ///< it is being written
    std::uint64_t workedOff = 0;         ///< its number while nobody else may take it out
    bool doubt = false;                  ///< it may have arrived
    std::optional<Span> doubtSince;      ///< these three are its thread's
    int sentInVain = 0, lookedInVain = 0;
    Span nextTry{}, nextRead{}, quietUntil{}, every{};
    std::vector<TrackedAction> tracked;
    std::map<std::string, std::string> tags; ///< by key: of the answer that was read last
    std::size_t readFrom = 0;
    std::string said;
    bool wasSaid = false;
    std::thread thread;                  ///< last: it works on all of the above
};

struct Trackers::Core {
    Core(Way w, const Clock &c) : way(std::move(w)), clock(c) {}
    ~Core()
    {
        for (const auto &[name, line] : lines)
            line->stopping = true; // all at once: each is waited for after that
    }
    Way way;
    const Clock &clock;
    std::mutex mutex;
    std::vector<TrackedAction> tracked;
    std::map<std::string, std::unique_ptr<Line>> lines;
    std::map<std::string, std::future<Answer>> unanswered; ///< of connections that stopped

    void give(Line &line)
    {
        std::vector<TrackedAction> own;
        for (const TrackedAction &t : tracked)
            if (t.connection == line.connection.name)
                own.push_back(t);
        const std::lock_guard lock(line.mutex);
        const bool isMore = own.size() > line.tracked.size();
        std::erase_if(line.tags, [&](const auto &tag) { return std::none_of(own.begin(), own.end(), [&](const TrackedAction &t) { return t.key == tag.first; }); });
        line.tracked = std::move(own);
        if (isMore)
            line.nextRead = {};
        line.changed.notify_all();
    }
};

Trackers::Trackers(Way way, const Clock &clock) : m_core(std::make_unique<Core>(std::move(way), clock)) {}
Trackers::~Trackers() = default;

void Trackers::start(const Connection &connection, Secret token, Writes armed)
{
    if (!isTracker(connection.kind) && !isLibrary(connection.kind))
        return;
    const std::lock_guard lock(m_core->mutex);
    auto &line = m_core->lines[connection.name];
    Line::Left left;
    if (line)
        left = line->end();
    else if (auto before = m_core->unanswered.extract(connection.name))
        left.unanswered = std::move(before.mapped());
    line = std::make_unique<Line>(connection, std::move(token), armed, std::move(left), m_core->way, m_core->clock);
    m_core->give(*line);
}

void Trackers::stop(const std::string &connection)
{
    const std::lock_guard lock(m_core->mutex);
    const auto it = m_core->lines.find(connection);
    if (it == m_core->lines.end())
        return;
    if (auto left = it->second->end(); left.unanswered.valid())
        m_core->unanswered[connection] = std::move(left.unanswered);
    m_core->lines.erase(it);
}

void Trackers::arm(const std::string &connection, Writes writes)
{
    const std::lock_guard lock(m_core->mutex);
    if (const auto it = m_core->lines.find(connection); it != m_core->lines.end()) {
        const std::lock_guard inner(it->second->mutex);
        it->second->armed = writes;
    }
}

void Trackers::setTracked(std::vector<TrackedAction> all)
{
    const std::lock_guard lock(m_core->mutex);
    m_core->tracked = std::move(all);
    for (const auto &[name, line] : m_core->lines)
        m_core->give(*line);
}

Result<> Trackers::write(Entry entry)
{
    const std::lock_guard lock(m_core->mutex);
    const auto it = m_core->lines.find(entry.what.connection);
    if (it == m_core->lines.end())
        return fail(Code::Unavailable, "The connection is not there yet.");
    const std::lock_guard inner(it->second->mutex);
    for (Entry &held : it->second->queue)
        if (entry.isAnew && held.what.number == entry.what.number)
            held.what = entry.what;
    if (entry.isAnew)
        return {};
    if (it->second->queue.size() >= kWaitingMost)
        return fail(Code::Unavailable, "Too much waits for " + entry.what.connection + " already.");
    it->second->queue.push_back(std::move(entry));
    it->second->changed.notify_all();
    return {};
}

void Trackers::recall(const std::string &connection, std::uint64_t number, const std::string &why)
{
    bool isUnknown = false;
    {
        const std::lock_guard lock(m_core->mutex);
        const auto it = m_core->lines.find(connection);
        if (it == m_core->lines.end())
            return;
        Line &line = *it->second;
        const std::lock_guard inner(line.mutex);
        const auto entry = std::find_if(line.queue.begin(), line.queue.end(), [&](const Entry &e) { return e.what.number == number; });
        if (entry == line.queue.end())
            return;
        if (line.workedOff == number)
            return void(entry->recalled = why);
        const bool isFirst = entry == line.queue.begin();
        isUnknown = entry->maybeSent || (isFirst && line.doubt);
        line.queue.erase(entry);
        if (isFirst) {
            line.tries = 0;
            line.doubt = false;
            line.doubtSince.reset(); // its thread is not at it
            line.sentInVain = line.lookedInVain = 0;
            line.nextTry = {};
        }
    }
    m_core->way.moved(number, isUnknown ? Delivery::Unknown : Delivery::Failed, {}, why + (isUnknown ? "; whether it had been written is not known: look there" : ""));
}

} // namespace qd::trackers
