// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oncall/pagers.h"
#include "tests/core/desk/quietbench.h"

namespace qd::tests {

/// ana is called by a pager and then ben; every service is paged by us.
inline Workspace dutyWorkspace()
{
    Workspace w = aWorkspace();
    w.people[0].email = "ana@example.org";
    w.people[1].email = "ben@example.org";
    for (Service &s : w.services)
        s.paging = Paging::Own;
    w.policies = {{"shop", "Shop on call", {{{"ana", "webhook:events"}, minutes(5)}, {{"ben"}, minutes(10)}}, 0}};
    w.people[0].contacts = {{"events", ""}};
    w.people[0].channels = {"webhook:events", "chat"};
    return w;
}

/// A PagerDuty that is polled ("pd"), one that our pages go to ("events"), and chat.
struct Duty : QuietBench {
    using Lines = std::vector<std::string>;

    Duty() : QuietBench(dutyWorkspace())
    {
        add("pd", "pagerduty-rest", "https://api.example");
        add("events", "pagerduty", "https://events.example");
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        (void)command(desk::Arm{"events", {"pages"}});
    }
    void add(const std::string &name, const std::string &kind, const std::string &url)
    {
        desk::AddConnection c;
        c.connection.name = name;
        c.connection.kind = kind;
        c.connection.url = url;
        c.connection.from = kind == "pagerduty-rest" ? "ana@example.org" : "";
        const auto ok = command(c);
        Q_ASSERT(ok);
    }
    bool arm(desk::Strings allow = {"acks", "notes", "reassigns"}) { return command(desk::Arm{"pd", std::move(allow)}).has_value(); }

    static events::PagerIncident incident(const std::string &id, events::PagerStatus status, Instant changed, const std::string &by = {})
    {
        events::PagerIncident i;
        i.id = id;
        i.number = 12;
        i.areKeysKnown = true;
        i.title = "Disk is full";
        i.service = "db";
        i.status = status;
        i.createdAt = kMorning;
        i.changedAt = changed;
        i.changedBy = by;
        return i;
    }
    /// As the edge does it: the report of one that is an alert by itself, then the incident.
    void hear(events::PagerIncident i, const oncall::OwnKey &ownKey = [](std::string_view) { return std::nullopt; })
    {
        const bool isOurs = !ask([&](const state::State &s) { return oncall::linkPagerIncident(s, "pd", i, ownKey); });
        if (isOurs)
            return;
        if (i.alert == native(i.id) && !ask([&](const state::State &s) { return oncall::isOldNews(s, "pd", i); })) {
            BatchBuilder b("pd", Path::PagerDuty, clock.now());
            b.begin();
            b.fingerprint(oncall::pagerFingerprint(i.id));
            b.label("alertname", i.title);
            b.label("pagerduty_incident", i.id);
            b.label("service", i.service);
            b.label("severity", "high");
            b.startsAt(i.createdAt);
            b.updatedAt(i.changedAt);
            if (i.status >= events::PagerStatus::Resolved) {
                b.status(AlertStatus::Resolved);
                b.endsAt(i.changedAt);
            }
            b.end();
            QVERIFY(QuietBench::report(b.take()));
        }
        QVERIFY(QuietBench::report(events::Event(events::PagerIncidentsSeen{"pd", {i}})));
    }
    static std::string native(const std::string &id) { return "pd/" + fingerprintText(oncall::pagerFingerprint(id)); }
    Instant later(Span by)
    {
        clock.advance(by);
        return clock.now();
    }
    /// What was queued for pd, and for events.
    Lines out(const std::string &connection = "pd")
    {
        return ask([&](const state::State &s) {
            Lines all;
            for (const auto &[n, o] : s.outbox)
                if (o.what.connection == connection)
                    all.push_back(std::string(events::word(o.what.effect)) + (o.what.room.empty() ? "" : " " + o.what.room) + (events::isForPager(o.what.effect) && !o.what.text.empty() ? " " + o.what.text : ""));
            return all;
        });
    }
    Lines withheld(bool isForPager = true)
    {
        return ask([&](const state::State &s) {
            Lines all;
            for (const auto &w : s.withheld)
                if (events::isForPager(w.what.effect) == isForPager)
                    all.push_back(std::string(events::word(w.what.effect)) + " " + w.what.connection + ": " + w.what.reason);
            return all;
        });
    }
    void settleOutbox(Delivery delivery = Delivery::Confirmed)
    {
        const auto numbers = ask([](const state::State &s) {
            std::vector<std::uint64_t> all;
            for (const auto &[n, o] : s.outbox)
                if (o.delivery == Delivery::Queued)
                    all.push_back(n);
            return all;
        });
        for (const std::uint64_t n : numbers)
            QVERIFY(QuietBench::report(events::Event(events::OutboxMoved{n, delivery, "x", "", ""})));
    }
    Workflow workflow(const std::string &key)
    {
        return ask([&](const state::State &s) { return s.alert(key)->workflow; });
    }
    std::string acknowledgedBy(const std::string &key)
    {
        return ask([&](const state::State &s) { return std::string(s.text(s.alert(key)->acknowledgedBy)); });
    }
    bool isFiring(const std::string &key)
    {
        return ask([&](const state::State &s) { return s.alert(key) && s.alert(key)->status == AlertStatus::Firing; });
    }
    std::size_t alerts()
    {
        return ask([](const state::State &s) { // not those about sources that are silent
            return static_cast<std::size_t>(std::count_if(s.alerts.all.begin(), s.alerts.all.end(), [](const auto &a) { return a.path != Path::Own; }));
        });
    }
    std::string outcome(std::uint32_t escalation)
    {
        return ask([&](const state::State &s) { return s.escalations[escalation - 1].outcome + " " + s.escalations[escalation - 1].acknowledgedBy; });
    }
};

} // namespace qd::tests
