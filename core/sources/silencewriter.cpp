// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/silencewriter.h"

#include "core/sources/alertmanager.h"

#include <algorithm>
#include <utility>

namespace qd::sources {

namespace {

constexpr int kAttempts = 3;

/// The same silence, as far as the source keeps what it was sent: it rewrites a startsAt that is past.
bool isSame(const Silence &a, const Silence &b)
{
    const auto equal = [](const Matcher &x, const Matcher &y) {
        return x.name == y.name && x.value == y.value && x.isRegex == y.isRegex && x.isEqual == y.isEqual;
    };
    return a.createdBy == b.createdBy && a.comment == b.comment && a.endsAt.ns / 1'000'000 == b.endsAt.ns / 1'000'000
        && std::is_permutation(a.matchers.begin(), a.matchers.end(), b.matchers.begin(), b.matchers.end(), equal);
}

bool isWritable(const std::string &body)
{
    const auto silence = parseSilence(body);
    return silence && !silence->matchers.empty();
}

bool isPlainId(const std::string &id)
{
    return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    });
}

} // namespace

void SilenceWriter::create(std::uint64_t number, std::string body)
{
    if (m_open.contains(number) || m_done.contains(number))
        return;
    if (!isWritable(body)) {
        finish(number, Delivery::Failed, {}, "the silence to write names no matcher");
        return;
    }
    m_open[number].body = std::move(body);
    transmit(number);
}

void SilenceWriter::anew(std::uint64_t number, std::string body)
{
    if (const auto it = m_open.find(number); it != m_open.end() && !it->second.body.empty())
        it->second.words = std::move(body);
}

void SilenceWriter::recall(std::uint64_t number, std::string why)
{
    if (const auto it = m_open.find(number); it != m_open.end())
        it->second.recalled = std::move(why);
}

void SilenceWriter::expire(std::uint64_t number, std::string id)
{
    if (m_open.contains(number) || m_done.contains(number))
        return;
    if (!isPlainId(id)) {
        finish(number, Delivery::Failed, {}, "the silence to end has no usable id");
        return;
    }
    m_open[number].id = std::move(id);
    transmit(number);
}

void SilenceWriter::transmit(std::uint64_t number)
{
    Entry &entry = m_open[number];
    if (!m_armed) {
        finish(number, Delivery::Failed, {}, "the connection is not armed for silences; nothing was written");
        return;
    }
    if (!entry.words.empty()) {
        if (!isWritable(entry.words)) {
            finish(number, Delivery::Failed, {}, "its words may not be said any more, and without them it names no matcher");
            return;
        }
        entry.before.push_back(std::exchange(entry.body, std::exchange(entry.words, {})));
    }
    ++entry.attempts;
    entry.waiting = false;
    const bool creates = !entry.body.empty();
    m_line.intake().moved(number, Delivery::Sent, {}, {});
    m_line.send(creates ? net::Method::Post : net::Method::Delete, creates ? "/api/v2/silences" : "/api/v2/silence/" + entry.id,
                entry.body, [this, number](Result<net::HttpResponse> answer) { answered(number, std::move(answer)); });
}

void SilenceWriter::answered(std::uint64_t number, Result<net::HttpResponse> answer)
{
    const Entry &entry = m_open[number];
    if (!answer) {
        doubt(number, answer.error().message, false);
        return;
    }
    if (answer->status >= 200 && answer->status < 300) {
        if (entry.body.empty()) {
            finish(number, Delivery::Confirmed, entry.id, {});
            return;
        }
        if (auto id = parseSilenceId(answer->body)) {
            finish(number, Delivery::Confirmed, *id, {});
            return;
        }
    }
    // Alertmanager answers 400 also when part of a request was taken, so no refusal is believed before the list was read.
    const std::string sentence = errorSentence(answer->body);
    doubt(number, "it answered " + std::to_string(answer->status) + (sentence.empty() ? "" : ": " + sentence),
          answer->status >= 400 && answer->status < 500 && answer->status != 408 && answer->status != 429);
}

void SilenceWriter::doubt(std::uint64_t number, std::string reason, bool refused)
{
    Entry &entry = m_open[number];
    entry.waiting = true;
    entry.refused = refused;
    entry.reason = std::move(reason);
    m_line.intake().moved(number, Delivery::Unknown, {}, entry.reason);
}

bool SilenceWriter::inDoubt() const
{
    return std::any_of(m_open.begin(), m_open.end(), [](const auto &e) { return e.second.waiting; });
}

void SilenceWriter::listed(const std::vector<Silence> &silences)
{
    std::vector<std::uint64_t> waiting;
    for (const auto &[number, entry] : m_open)
        if (entry.waiting)
            waiting.push_back(number);
    for (const std::uint64_t number : waiting) {
        const Entry entry = m_open[number];
        if (entry.body.empty()) {
            const bool lasts = std::any_of(silences.begin(), silences.end(), [&](const Silence &s) { return s.id == entry.id && s.state != "expired"; });
            if (!lasts) {
                finish(number, Delivery::Confirmed, entry.id, {});
                continue;
            }
        } else {
            std::vector<Silence> wanted;
            for (const std::string &body : entry.before)
                if (auto one = parseSilence(body))
                    wanted.push_back(std::move(*one));
            if (auto one = parseSilence(entry.body))
                wanted.push_back(std::move(*one));
            const auto found = std::find_if(silences.begin(), silences.end(), [&](const Silence &s) {
                return s.state != "expired" && std::any_of(wanted.begin(), wanted.end(), [&](const Silence &one) { return isSame(s, one); });
            });
            if (found != silences.end()) {
                finish(number, Delivery::Confirmed, found->id, {});
                continue;
            }
        }
        if (!entry.recalled.empty())
            finish(number, Delivery::Failed, {}, entry.recalled);
        else if (entry.refused || entry.attempts >= kAttempts)
            finish(number, Delivery::Failed, {}, entry.reason);
        else
            transmit(number);
    }
}

void SilenceWriter::finish(std::uint64_t number, Delivery delivery, std::string id, std::string reason)
{
    m_open.erase(number);
    m_done.insert(number);
    m_line.intake().moved(number, delivery, std::move(id), std::move(reason));
}

} // namespace qd::sources
