// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/pagerdutywriter.h"

#include "core/base/ascii.h"
#include "core/sources/json.h"
#include "core/sources/pagerdutyrest.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace qd::sources {

using events::Effect;
using events::PagerStatus;

namespace {

constexpr int kTries = 3;
constexpr Span kClocksApart = minutes(2);
constexpr int kAlreadyResolved = 1001, kAlreadyAcknowledged = 1002; ///< PagerDuty/developer-docs docs/REST-API/14-Errors.md

Write armedFor(Effect effect)
{
    return effect == Effect::PagerNote ? Write::Notes : effect == Effect::PagerAssign || effect == Effect::PagerEscalate ? Write::Reassigns : Write::Acks;
}

std::string incidentBody(const std::string &members)
{
    return "{\"incident\":{\"type\":\"incident_reference\"," + members + "}}";
}

std::string queryEncoded(std::string_view text)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char raw : text) {
        const auto c = static_cast<unsigned char>(raw);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_')
            out += raw;
        else
            out += {'%', kHex[c >> 4], kHex[c & 15]};
    }
    return out;
}

} // namespace

std::string pagerDutySentence(const net::HttpResponse &answer)
{
    const PagerDutyError error = parsePagerDutyError(answer.body);
    return "it answered " + std::to_string(answer.status) + (error.message.empty() ? "" : ": " + error.message);
}

void PagerDutyWriter::write(PagerDutyWrite what)
{
    const std::uint64_t number = what.number;
    if (m_open.contains(number) || m_done.contains(number))
        return;
    if (what.incident.empty())
        return finish(number, Delivery::Failed, {}, "the incident to change has no usable id");
    Entry &entry = m_open[number];
    entry.inDoubt = what.maybeSent;
    if (what.maybeSent)
        entry.said.push_back(what.text);
    entry.what = std::move(what);
    next();
}

void PagerDutyWriter::anew(std::uint64_t number, std::string text)
{
    if (const auto it = m_open.find(number); it != m_open.end())
        it->second.words = std::move(text);
}

void PagerDutyWriter::recall(std::uint64_t number, std::string why)
{
    const auto it = m_open.find(number);
    if (it == m_open.end())
        return;
    it->second.recalled = why;
    if (number != m_underWay && !it->second.inDoubt)
        finish(number, Delivery::Failed, {}, std::move(why));
}

void PagerDutyWriter::next()
{
    if (m_isChoosing) // what was begun has ended at once: the loop below goes on
        return;
    m_isChoosing = true;
    while (m_underWay == 0 && !m_pause.lasts()) {
        std::unordered_set<std::string_view> held;
        const auto it = std::find_if(m_open.begin(), m_open.end(), [&](const auto &each) {
            const auto &[number, entry] = each;
            const bool isFirst = !held.contains(entry.what.incident);
            if (entry.waiting)
                held.insert(entry.what.incident);
            return isFirst && !entry.waiting;
        });
        if (it == m_open.end())
            break;
        m_underWay = it->first;
        begin(it->first);
    }
    m_isChoosing = false;
}

void PagerDutyWriter::begin(std::uint64_t number)
{
    m_open[number].inDoubt ? check(number) : transmit(number);
}

void PagerDutyWriter::rest(std::uint64_t number)
{
    if (m_underWay == number)
        m_underWay = 0;
    next();
}

void PagerDutyWriter::goOn()
{
    for (auto &[number, entry] : m_open)
        entry.waiting = false;
    next();
}

void PagerDutyWriter::read(std::uint64_t number, const std::string &path, Then then)
{
    m_line.get(path, [this, number, then = std::move(then)](Result<net::HttpResponse> answer) {
        if (!m_open.contains(number))
            return;
        const bool inDoubt = m_open[number].inDoubt;
        if (answer && answer->status == 200)
            return then(number, answer->body);
        if (answer && answer->status == 429) {
            m_pause.begin(*answer);
            return isOver(number) ? finish(number, Delivery::Failed, {}, m_open[number].recalled) : rest(number); // the pause is said of the connection
        }
        if (answer && answer->status == 404 && !inDoubt)
            return finish(number, Delivery::Failed, {}, pagerDutySentence(*answer));
        wait(number, inDoubt ? Delivery::Unknown : Delivery::Queued, answer ? pagerDutySentence(*answer) : answer.error().message);
    });
}

void PagerDutyWriter::check(std::uint64_t number)
{
    const PagerDutyWrite &what = m_open[number].what;
    const std::string path = "/incidents/" + what.incident;
    if (what.effect == Effect::PagerNote) {
        read(number, path + "/notes", [this](std::uint64_t n, const std::string &body) {
            const auto notes = parsePagerDutyNotes(body);
            const std::vector<std::string> &said = m_open[n].said;
            checked(n, notes && std::any_of(said.begin(), said.end(), [&](const std::string &each) { return std::find(notes->items.begin(), notes->items.end(), each) != notes->items.end(); }));
        });
    } else if (what.effect == Effect::PagerEscalate) {
        const Instant since = what.queuedAt - kClocksApart;
        read(number, path + "/log_entries?limit=100&since=" + queryEncoded(toRfc3339(since).substr(0, 19) + "Z"), [this, since](std::uint64_t n, const std::string &body) {
            const auto entries = parsePagerDutyLogEntries(body);
            checked(n, entries && std::any_of(entries->items.begin(), entries->items.end(), [&](const PagerDutyLogEntry &e) { return e.what.what == "escalated" && e.what.at >= since; }));
        });
    } else {
        read(number, path, [this](std::uint64_t n, const std::string &body) {
            const auto incident = parsePagerDutyIncident(body);
            const PagerDutyWrite &w = m_open[n].what;
            const auto user = m_users.find(asciiLower(w.text));
            checked(n, incident
                        && (w.effect == Effect::PagerAck         ? incident->what.status >= PagerStatus::Acknowledged
                                : w.effect == Effect::PagerResolve ? incident->what.status == PagerStatus::Resolved
                                                                 : user != m_users.end() && std::any_of(incident->assigned.begin(), incident->assigned.end(), [&](const PagerPerson &p) { return p.id == user->second; })));
        });
    }
}

void PagerDutyWriter::checked(std::uint64_t number, bool isDone)
{
    Entry &entry = m_open[number];
    entry.inDoubt = false;
    if (isDone)
        finish(number, Delivery::Confirmed, entry.what.incident, "found done at PagerDuty");
    else if (isOver(number))
        finish(number, Delivery::Failed, {}, entry.recalled);
    else if (entry.attempts >= kTries)
        finish(number, Delivery::Failed, {}, entry.reason);
    else
        transmit(number);
}

void PagerDutyWriter::transmit(std::uint64_t number)
{
    PagerDutyWrite &what = m_open[number].what;
    if (std::optional<std::string> &words = m_open[number].words)
        what.text = *std::exchange(words, std::nullopt);
    if (!allows(m_armed, armedFor(what.effect)))
        return finish(number, Delivery::Failed, {}, "the connection is not armed for it; nothing was written");
    const std::string path = "/incidents/" + what.incident;
    switch (what.effect) {
    case Effect::PagerAck: return put(number, net::Method::Put, path, incidentBody("\"status\":\"acknowledged\""));
    case Effect::PagerResolve:
        return put(number, net::Method::Put, path, incidentBody("\"status\":\"resolved\"" + (what.text.empty() ? std::string() : ",\"resolution\":" + jsonString(what.text))));
    case Effect::PagerNote: return put(number, net::Method::Post, path + "/notes", "{\"note\":{\"content\":" + jsonString(what.text) + "}}");
    case Effect::PagerEscalate: return escalate(number);
    case Effect::PagerAssign: break;
    default: return finish(number, Delivery::Failed, {}, "this is not written to PagerDuty");
    }
    const std::string mail = asciiLower(what.text);
    if (const auto user = m_users.find(mail); user != m_users.end())
        return assign(number, user->second);
    read(number, "/users?limit=100&query=" + queryEncoded(mail), [this, mail](std::uint64_t n, const std::string &body) {
        if (const auto users = parsePagerDutyUsers(body))
            for (const PagerPerson &who : users->items)
                if (asciiLower(who.email) == mail)
                    return assign(n, who.id);
        finish(n, Delivery::Failed, {}, "PagerDuty has no user with the mail address " + mail);
    });
}

void PagerDutyWriter::assign(std::uint64_t number, const std::string &userId)
{
    m_users[asciiLower(m_open[number].what.text)] = userId;
    put(number, net::Method::Put, "/incidents/" + m_open[number].what.incident,
        incidentBody("\"assignments\":[{\"assignee\":{\"id\":" + jsonString(userId) + ",\"type\":\"user_reference\"}}]"));
}

/// PagerDuty takes a level, not "the next one": the present one is that of whom it is assigned to.
void PagerDutyWriter::escalate(std::uint64_t number)
{
    const auto to = [this](std::uint64_t n, std::uint32_t level) {
        put(n, net::Method::Put, "/incidents/" + m_open[n].what.incident, incidentBody("\"escalation_level\":" + std::to_string(level)));
    };
    const std::string &wanted = m_open[number].what.text;
    if (!wanted.empty() && wanted.find_first_not_of("0123456789") == wanted.npos && wanted.size() < 4)
        return to(number, static_cast<std::uint32_t>(std::stoul(wanted)));
    read(number, "/incidents/" + m_open[number].what.incident, [this, to](std::uint64_t n, const std::string &body) {
        const auto incident = parsePagerDutyIncident(body);
        if (!incident || incident->what.policyId.empty())
            return finish(n, Delivery::Failed, {}, "PagerDuty does not say by which policy the incident is escalated");
        std::set<std::string> assigned;
        for (const PagerPerson &who : incident->assigned)
            assigned.insert(who.id);
        read(n, "/oncalls?limit=100&escalation_policy_ids%5B%5D=" + incident->what.policyId, [to, assigned](std::uint64_t m, const std::string &answer) {
            std::uint32_t level = 1;
            if (const auto turns = parsePagerDutyOnCalls(answer))
                for (const PagerTurn &turn : turns->items)
                    if (assigned.contains(turn.person.id))
                        level = std::max(level, turn.what.level);
            to(m, level + 1);
        });
    });
}

/// It was taken back, and nothing of it can have arrived.
bool PagerDutyWriter::isOver(std::uint64_t number) const
{
    const Entry &entry = m_open.at(number);
    return !entry.recalled.empty() && !entry.inDoubt;
}

void PagerDutyWriter::put(std::uint64_t number, net::Method method, const std::string &path, std::string body)
{
    if (isOver(number))
        return finish(number, Delivery::Failed, {}, m_open[number].recalled);
    m_open[number].said.push_back(m_open[number].what.text);
    ++m_open[number].attempts;
    m_open[number].reason.clear(); // what is said afterwards is said of this attempt
    if (!std::exchange(m_open[number].isSent, true))
        m_line.intake().moved(number, Delivery::Sent, {}, {});
    m_line.send(method, path, std::move(body), [this, number](Result<net::HttpResponse> answer) { answered(number, std::move(answer)); });
}

void PagerDutyWriter::answered(std::uint64_t number, Result<net::HttpResponse> answer)
{
    if (!m_open.contains(number))
        return;
    Entry &entry = m_open[number];
    if (!answer) {
        if (answer.error().code == Code::Forbidden || answer.error().code == Code::Invalid) // it never left
            return finish(number, Delivery::Failed, {}, answer.error().message);
        entry.inDoubt = true;
        return wait(number, Delivery::Unknown, answer.error().message);
    }
    if (answer->status >= 200 && answer->status < 300)
        return finish(number, Delivery::Confirmed, entry.what.incident, {});
    const std::string reason = pagerDutySentence(*answer);
    if (answer->status == 429) {
        --entry.attempts; // it was not looked at
        m_pause.begin(*answer);
        return isOver(number) ? finish(number, Delivery::Failed, {}, entry.recalled) : rest(number); // it stays Sent, for it is sent again as soon as may be; the pause is said of the connection
    }
    if (answer->status >= 500 || answer->status == 408) {
        entry.inDoubt = true;
        return wait(number, Delivery::Unknown, reason);
    }
    const int code = parsePagerDutyError(answer->body).code;
    if ((entry.what.effect == Effect::PagerAck && code == kAlreadyAcknowledged) || (entry.what.effect == Effect::PagerResolve && code == kAlreadyResolved))
        return finish(number, Delivery::Confirmed, entry.what.incident, "it was so already");
    finish(number, Delivery::Failed, {}, reason);
}

void PagerDutyWriter::wait(std::uint64_t number, Delivery delivery, std::string reason)
{
    Entry &entry = m_open[number];
    if (isOver(number))
        return finish(number, Delivery::Failed, {}, entry.recalled);
    entry.waiting = true;
    if (entry.reason != reason) { // said once
        entry.reason = reason;
        entry.isSent = false;
        m_line.intake().moved(number, delivery, {}, std::move(reason));
    }
    rest(number);
}

void PagerDutyWriter::finish(std::uint64_t number, Delivery delivery, std::string id, std::string reason)
{
    m_open.erase(number);
    m_done.insert(number);
    m_line.intake().moved(number, delivery, std::move(id), std::move(reason));
    rest(number);
}

} // namespace qd::sources
