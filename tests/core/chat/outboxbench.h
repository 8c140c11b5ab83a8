// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/outbox.h"
#include "tests/support/clock.h"

#include <QtTest>

namespace qd::tests {

/// A platform that keeps what it is given, and answers when the test says so.
struct OutboxPort final : chat::Outbox::Port {
    bool up = true;
    int tokens = 1000; ///< how many it may send still
    std::vector<std::string> sent, said;
    std::vector<std::size_t> also; ///< how many more each of them was
    bool joining = true;
    std::vector<std::pair<std::string, chat::Outbox::LookedUp>> lookups;
    Instant lookedSince;

    bool canSend(const std::string &) const override { return up && tokens > 0; }
    void transmit(const chat::Outgoing &out, const std::string &text, const std::string &id) override
    {
        --tokens;
        sent.push_back(id);
        said.push_back(text);
        also.push_back(out.also.size());
    }
    bool joins() const override { return joining; }
    void lookUp(const chat::Outgoing &, const std::string &id, Instant since, chat::Outbox::LookedUp done) override
    {
        lookedSince = since;
        lookups.emplace_back(id, std::move(done));
    }
    std::vector<std::string> split(const chat::Outgoing &out) const override
    {
        if (out.text.size() > 60) // more than one message of the platform's
            return {out.text.substr(0, 60), out.text.substr(60)};
        return out.text == "long" ? std::vector<std::string>{"l", "o", "ng"} : std::vector<std::string>{out.text};
    }
};

/// An outbox before such a platform, and what it said of what it carries.
class OutboxBench : public QObject
{
protected:
    FakeClock m_clock{at("2026-11-23T14:25:07Z")};
    OutboxPort m_port;
    std::unique_ptr<chat::Outbox> m_outbox;
    std::vector<chat::DeliveryReport> m_reports;

    static chat::Outgoing post(std::uint8_t n, const std::string &room = "war", const std::string &text = "hi")
    {
        chat::Outgoing out;
        out.idem.bytes[15] = n;
        out.room = room;
        out.text = text;
        return out;
    }

    static std::string idOf(std::uint8_t n) { return post(n).idem.text(); }

    std::vector<Delivery> statesOf(std::uint8_t n) const
    {
        std::vector<Delivery> out;
        for (const chat::DeliveryReport &r : m_reports)
            if (r.idem == post(n).idem)
                out.push_back(r.state);
        return out;
    }

    static chat::Outgoing joinable(std::uint8_t n, const std::string &text)
    {
        chat::Outgoing out = post(n, "war", text);
        out.joinable = true;
        return out;
    }
    /// What was found of it, by the last word on it.
    Looked lookedOf(std::uint8_t n) const
    {
        Looked out = Looked::NotYet;
        for (const chat::DeliveryReport &r : m_reports)
            if (r.idem == post(n).idem)
                out = r.looked;
        return out;
    }

    /// `confirmWithin` passes as the system's time does: who has not to wait for it says more than any machine takes.
    void make(std::chrono::milliseconds confirmWithin)
    {
        m_port = OutboxPort();
        m_reports.clear();
        m_outbox = std::make_unique<chat::Outbox>(m_port, m_clock, confirmWithin);
        connect(m_outbox.get(), &chat::Outbox::delivery, this, [this](const chat::DeliveryReport &r) { m_reports.push_back(r); });
    }
};

} // namespace qd::tests
