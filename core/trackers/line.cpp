// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trackers/line.h"

#include "core/base/threads.h"

#include <algorithm>
#include <charconv>

namespace qd::trackers {

using events::Effect;

namespace {

constexpr std::chrono::milliseconds kLineWaits{250};
constexpr std::size_t kTokenLeast = 4; ///< bytes; what is shorter proves nothing, and stands in any text
constexpr std::string_view kInItsPlace = "***"; ///< shorter than any of them, so that none is found in it

} // namespace

Trackers::Line::Line(Connection c, Secret token, Writes arms, Left left, const Way &w, const Clock &k)
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

Trackers::Line::Left Trackers::Line::end()
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

void Trackers::Line::keepFromView(const Secret &token)
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

std::string Trackers::Line::withoutTokens(std::string text) const
{
    for (const Secret &secret : hidden)
        for (auto at = text.find(secret.revealText()); at != text.npos; at = text.find(secret.revealText(), at + kInItsPlace.size()))
            text.replace(at, secret.revealText().size(), kInItsPlace);
    return text;
}

void Trackers::Line::run()
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

bool Trackers::Line::isUnanswered() const
{
    return unanswered.valid() && unanswered.wait_for(std::chrono::seconds(0)) != std::future_status::ready;
}

void Trackers::Line::workOff(std::unique_lock<std::mutex> &lock)
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

std::optional<Answer> Trackers::Line::answerTo(net::HttpRequest request)
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

Outcome Trackers::Line::ask(net::HttpRequest request)
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
    if (isAskedToWait(*answer)) {
        waitFor(net::valueOf(answer->headers, "retry-after"));
        return {Outcome::Kind::NotNow, "it asks to be left alone for a while (status " + std::to_string(answer->status) + ")"};
    }
    if (answer->status >= 500 || answer->status == 408)
        return {writes ? Outcome::Kind::InDoubt : Outcome::Kind::NotNow, sentenceOf(*answer)};
    return {Outcome::Kind::Failed, sentenceOf(*answer), answer->status};
}

void Trackers::Line::waitFor(std::string_view after)
{
    std::int64_t s = 0;
    const auto read = std::from_chars(after.data(), after.data() + after.size(), s);
    const bool isBeyond = read.ec == std::errc::result_out_of_range && after.front() != '-';
    const Span wait = isBeyond ? kWaitAtMost : read.ec == std::errc() && s > 0 ? seconds(std::min(s, kWaitAtMost.seconds())) : kAskedToWait;
    const std::lock_guard lock(mutex);
    quietUntil = clock.boot() + wait;
}

std::vector<std::string> Trackers::Line::keysOfThisRound()
{
    std::vector<std::string> keys;
    std::size_t passed = 0;
    for (; passed < tracked.size() && keys.size() < kReadAtATime; ++passed) {
        const std::string &key = tracked[(readFrom + passed) % tracked.size()].key;
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            keys.push_back(key);
    }
    readFrom = tracked.empty() ? 0 : (readFrom + passed) % tracked.size();
    return keys;
}

void Trackers::Line::readAgain(std::unique_lock<std::mutex> &lock)
{
    nextRead = clock.boot() + every;
    std::string problem;
    for (const std::string &key : keysOfThisRound()) {
        if (stopping || clock.boot() < quietUntil)
            return;
        net::HttpRequest request = dialect->read(key);
        // Of whom nothing was told yet needs it whole, though it is as it was.
        const bool isKnown = std::none_of(tracked.begin(), tracked.end(), [&](const TrackedAction &t) { return t.key == key && !t.changedAt; });
        if (const auto tag = tags.find(key); tag != tags.end() && isKnown)
            request.headers.emplace_back("if-none-match", tag->second);
        lock.unlock();
        const Read read = readOne(std::move(request));
        problem = read.problem.empty() ? problem : key + ": " + read.problem;
        lock.lock();
        if (!read.tag.empty())
            tags[key] = read.tag;
        if (read.issue)
            tell(lock, key, *read.issue);
    }
    if (stopping)
        return;
    lock.unlock();
    say(problem);
    lock.lock();
}

Trackers::Line::Read Trackers::Line::readOne(net::HttpRequest request)
{
    const auto come = answerTo(std::move(request));
    if (!come)
        return {};
    const Answer &answer = *come;
    if (!answer)
        return {{}, {}, answer.error().message};
    if (answer->status == 304)
        return {};
    if (isAskedToWait(*answer))
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

void Trackers::Line::tell(std::unique_lock<std::mutex> &lock, const std::string &key, const Issue &issue)
{
    std::vector<events::ActionSeen> news;
    for (TrackedAction &t : tracked) {
        const bool isSame = t.title == issue.title && t.status == issue.status && t.assignee == issue.assignee && t.closed == issue.closed && t.due == issue.due;
        if (t.key != key || (isSame && t.changedAt))
            continue;
        t.title = issue.title;
        t.status = issue.status;
        t.assignee = issue.assignee;
        t.closed = issue.closed;
        t.due = issue.due;
        t.changedAt = issue.changedAt ? issue.changedAt : clock.now();
        news.push_back({t.incident, t.title, t.status, t.assignee, t.action, t.closed, t.due, t.changedAt});
    }
    lock.unlock();
    for (events::ActionSeen &seen : news)
        way.seen(std::move(seen));
    lock.lock();
}

void Trackers::Line::say(const std::string &problem)
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

} // namespace qd::trackers
