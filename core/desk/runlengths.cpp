// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/runlengths.h"

#include <algorithm>

namespace qd::desk {

namespace {
constexpr std::size_t kRefusalKinds = 200;

template <typename E>
void extend(E &run, const E &more)
{
    if (run.count == 0 || run.first > more.first)
        run.first = more.first;
    run.last = std::max(run.last, more.last);
    run.count += more.count;
}
} // namespace

void RunLengths::seen(const events::SourceSeen &e)
{
    first(e.last);
    const auto [it, isNew] = m_seen.try_emplace({e.connection, e.path}, e);
    if (!isNew)
        extend(it->second, e);
}

void RunLengths::heartbeat(const events::HeartbeatSeen &e)
{
    first(e.last);
    const auto [it, isNew] = m_heartbeats.try_emplace(e.connection + "/" + e.name, e);
    if (!isNew)
        extend(it->second, e);
}

void RunLengths::ping(const events::PingsSeen &e, const HeartbeatRule &rule, const state::Monitor &known, Instant resumed)
{
    if (e.at.size() != 1 || e.kind.size() != 1 || e.run.size() != 1)
        return;
    const Instant at{e.at[0]};
    first(at);
    const auto [found, isNew] = m_pings.try_emplace(e.heartbeat);
    Pings &p = found->second;
    if (isNew) {
        p.event.heartbeat = e.heartbeat;
        p.event.isAlert = e.isAlert;
        p.as = known;
    }
    p.event.connection = e.connection; // of several that feed it, the last
    const bool closed = p.as.hear(rule, resumed, static_cast<events::PingKind>(e.kind[0]), e.run[0], at);
    p.as.connection = e.connection;
    ++p.event.count;
    auto &rows = p.event.at;
    const bool isBetween = p.mayMerge && e.kind[0] == p.event.kind.back() && rows.size() > 1 && (at.ns - rows[rows.size() - 2]) <= rule.interval.ns / 2;
    p.mayMerge = !closed;
    if (isBetween) {
        rows.back() = at.ns;
        p.event.kind.back() = e.kind[0];
        p.event.run.back() = e.run[0];
    } else {
        rows.push_back(at.ns);
        p.event.kind.push_back(e.kind[0]);
        p.event.run.push_back(e.run[0]);
    }
    m_isFull = m_isFull || rows.size() >= kPingsAtMost;
}

const state::Monitor *RunLengths::heard(const std::string &heartbeat) const
{
    const auto found = m_pings.find(heartbeat);
    return found == m_pings.end() ? nullptr : &found->second.as;
}

void RunLengths::refused(const events::RequestsRefused &e)
{
    first(e.last);
    auto key = std::pair{e.status, m_refused.size() < kRefusalKinds ? e.reason : std::string("other")};
    const auto [it, isNew] = m_refused.try_emplace(key, e);
    if (!isNew)
        extend(it->second, e);
    it->second.reason = key.second;
}

void RunLengths::repeated(const ReportBatch &batch, const std::vector<std::uint32_t> &rows)
{
    if (rows.empty())
        return;
    first(batch.receivedAt);
    Repeated &r = m_repeated[batch.connection];
    events::AlertsRepeated &e = r.event;
    if (e.count == 0) {
        e.connection = batch.connection;
        e.first = batch.receivedAt;
    }
    ++e.count;
    e.last = std::max(e.last, batch.receivedAt);
    for (const std::uint32_t row : rows) {
        const auto [it, isNew] = r.rows.try_emplace(batch.fingerprint[row], e.fingerprint.size());
        if (isNew) {
            e.fingerprint.push_back(batch.fingerprint[row]);
            e.endsAt.push_back(batch.endsAt[row]);
            e.times.push_back(1);
        } else {
            e.endsAt[it->second] = std::max(e.endsAt[it->second], batch.endsAt[row]);
            ++e.times[it->second];
        }
    }
}

void RunLengths::leftOut(const ReportBatch &batch, const std::map<std::string, std::uint32_t> &names, std::uint32_t limit)
{
    if (!names.empty())
        first(batch.receivedAt);
    for (const auto &[name, alerts] : names) {
        events::AlertsLeftOut one{batch.connection, name, batch.receivedAt, batch.receivedAt, 1, alerts, limit};
        const auto [it, isNew] = m_leftOut.try_emplace({batch.connection, name}, one);
        if (isNew)
            continue;
        extend(it->second, one);
        it->second.alerts = std::max(it->second.alerts, alerts);
        it->second.limit = limit;
    }
}

void RunLengths::again(const events::Event &event)
{
    if (const auto *s = getIf<events::SourceSeen>(&event))
        seen(*s);
    else if (const auto *h = getIf<events::HeartbeatSeen>(&event))
        heartbeat(*h);
    else if (const auto *r = getIf<events::RequestsRefused>(&event))
        refused(*r);
    else if (const auto *l = getIf<events::AlertsLeftOut>(&event); l && l->turn == events::LeftOutTurn::Counted) {
        first(l->last);
        const auto [it, isNew] = m_leftOut.try_emplace({l->connection, l->alertname}, *l);
        if (!isNew) {
            extend(it->second, *l);
            it->second.alerts = std::max(it->second.alerts, l->alerts);
        }
    } else if (const auto *a = getIf<events::AlertsRepeated>(&event)) {
        first(a->last);
        Repeated &run = m_repeated[a->connection];
        extend(run.event, *a);
        run.event.connection = a->connection;
        for (std::size_t i = 0; i < a->fingerprint.size(); ++i) {
            const auto [it, isNew] = run.rows.try_emplace(a->fingerprint[i], run.event.fingerprint.size());
            if (isNew) {
                run.event.fingerprint.push_back(a->fingerprint[i]);
                run.event.endsAt.push_back(a->endsAt[i]);
                run.event.times.push_back(a->times[i]);
            } else {
                run.event.endsAt[it->second] = std::max(run.event.endsAt[it->second], a->endsAt[i]);
                run.event.times[it->second] += a->times[i];
            }
        }
    }
}

events::Events RunLengths::flushRepeated(const std::string &connection)
{
    events::Events out;
    if (const auto it = m_repeated.find(connection); it != m_repeated.end()) {
        out.emplace_back(std::move(it->second.event));
        m_repeated.erase(it);
    }
    return out;
}

events::Events RunLengths::flush()
{
    events::Events out;
    for (auto &[key, e] : m_seen)
        out.emplace_back(std::move(e));
    for (auto &[key, e] : m_heartbeats)
        out.emplace_back(std::move(e));
    for (auto &[key, e] : m_refused)
        out.emplace_back(std::move(e));
    for (auto &[key, r] : m_repeated)
        out.emplace_back(std::move(r.event));
    for (auto &[key, e] : m_leftOut)
        out.emplace_back(std::move(e));
    m_leftOut.clear();
    for (auto &[key, p] : m_pings)
        out.emplace_back(std::move(p.event));
    m_pings.clear();
    m_isFull = false;
    m_seen.clear();
    m_heartbeats.clear();
    m_refused.clear();
    m_repeated.clear();
    return out;
}

} // namespace qd::desk
