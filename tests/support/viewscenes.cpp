// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/viewfixture.h"

namespace qd::test {

using namespace qd::view;

namespace {

Instant at(int hour, int minute, int second = 0)
{
    const Instant midnight = sceneMoment() - (hours(14) + minutes(25) + seconds(7));
    return midnight + hours(hour) + minutes(minute) + seconds(second);
}

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

AlertRow alert(const char *key, AlertSeverity severity, const char *title, const char *service, Instant since, int reports,
               const char *owner)
{
    AlertRow row;
    row.key = text(key);
    row.severity = severity;
    row.title = text(title);
    row.service = text(service);
    row.startsAt = since;
    row.reports = static_cast<std::uint32_t>(reports);
    row.owner = text(owner);
    row.source = QStringLiteral("eu-1");
    row.workflow = row.owner.isEmpty() ? Workflow::New : Workflow::Assigned;
    row.incident = severity >= AlertSeverity::Error ? QStringLiteral("INC-2041") : QString();
    return row;
}

std::vector<AlertRow> activeAlerts()
{
    using S = AlertSeverity;
    std::vector<AlertRow> rows{
        alert("eu-1/a1", S::Critical, "Payment auth failing", "payments", at(13, 59, 31), 31, "K. Osei"),
        alert("eu-1/a2", S::Critical, "Checkout error rate 38 %", "checkout", at(14, 1, 40), 18, "M. Ito"),
        alert("eu-1/a3", S::Error, "Queue depth 41 000 rising", "order-queue", at(14, 2, 51), 9, "M. Ito"),
        alert("eu-1/a4", S::Error, "p99 latency 7.2 s", "storefront", at(14, 3, 44), 14, ""),
        alert("eu-1/a5", S::Error, "Ledger replica lag 412 s", "ledger-db", at(14, 5, 20), 3, "D. Novak"),
        alert("eu-1/a6", S::Warning, "Retry budget exhausted", "cart", at(14, 6, 30), 22, ""),
        alert("eu-1/a7", S::Warning, "Pod restarts", "checkout", at(14, 8, 44), 6, ""),
        alert("eu-1/a8", S::Warning, "Synthetic buy-flow failed (FRA)", "storefront", at(14, 9, 51), 12, ""),
        alert("eu-1/a9", S::Warning, "Webhook delivery 61 %", "notify", at(14, 12, 30), 5, ""),
        alert("eu-1/b1", S::Warning, "Connection pool 98 % used", "ledger-db", at(14, 12, 44), 8, "D. Novak"),
        alert("eu-1/b2", S::Warning, "Card provider timeouts 4 %", "payments", at(14, 13, 2), 7, ""),
        alert("eu-1/b3", S::Warning, "Session store evictions", "accounts", at(14, 14, 19), 3, ""),
        alert("eu-1/b4", S::Warning, "Search latency p95 900 ms", "search", at(14, 15, 3), 2, ""),
        alert("eu-1/b5", S::Info, "Disk 81 % on log-eu-3", "logging", at(14, 16, 2), 1, ""),
        alert("eu-1/b6", S::Info, "Cache hit rate 71 %", "catalog", at(14, 17, 4), 1, ""),
        alert("eu-1/b7", S::Info, "Autoscaler at maximum", "storefront", at(14, 17, 40), 4, ""),
        alert("eu-1/b8", S::Info, "Backlog of refunds 120", "payments", at(14, 18, 1), 2, ""),
        alert("eu-1/b9", S::Info, "Certificate expires in 20 days", "warehouse", at(14, 18, 30), 1, ""),
        alert("eu-1/c1", S::Info, "Nightly job late", "index", at(14, 18, 50), 1, ""),
        alert("eu-1/c2", S::Info, "Config drift on edge-7", "storefront", at(14, 19, 12), 1, ""),
        alert("qd/c3", S::Warning, "Feed “icinga-dc2” silent 2 m 10 s", "console", at(14, 22, 57), 1, ""),
        alert("eu-1/c4", S::Unknown, "Ticket spike: “cannot pay”", "storefront", at(14, 23, 10), 1, ""),
        alert("eu-1/c5", S::Info, "Canary paused", "catalog", at(14, 23, 20), 1, ""),
    };
    rows[0].firstOut = true;
    rows[0].workflow = Workflow::Acknowledged;
    rows[6].chattering = true;
    rows[20].ours = true;
    for (AlertRow &row : rows)
        row.group = row.service + QStringLiteral(" / eu");
    return rows;
}

/// Three on one shelf, and one that somebody snoozed.
std::vector<AlertRow> shelf()
{
    const auto disk = std::make_shared<const Quiet>(Quiet{text("disks are being replaced, ticket 4711"), text("D. Novak"), at(13, 30), at(15, 30), false});
    const auto test = std::make_shared<const Quiet>(Quiet{text("load test"), text("M. Ito"), at(14, 20), at(14, 50), true});
    std::vector<AlertRow> rows{alert("eu-1/s1", AlertSeverity::Warning, "Disk 92 % on log-eu-1", "logging", at(13, 10), 4, ""),
                               alert("eu-1/s2", AlertSeverity::Warning, "Disk 95 % on log-eu-2", "logging", at(13, 12), 4, ""),
                               alert("eu-1/s3", AlertSeverity::Info, "RAID rebuild on log-eu-1", "logging", at(13, 20), 1, ""),
                               alert("eu-1/s4", AlertSeverity::Error, "CPU 99 % on bench-1", "search", at(14, 19), 9, "")};
    for (AlertRow &row : rows) {
        row.suppression = row.key == QLatin1String("eu-1/s4") ? Suppression::Snoozed : Suppression::Shelved;
        row.quiet = row.suppression == Suppression::Snoozed ? test : disk;
        row.suppressedBy = row.suppression == Suppression::Snoozed ? QStringLiteral("snooze/2") : QStringLiteral("shelf/1");
        row.incident.clear();
    }
    return rows;
}

std::vector<TimelineEntry> timeline()
{
    const auto entry = [](const char *id, Lane lane, const char *kind, Instant when, const char *words, const char *actor = "") {
        TimelineEntry e;
        e.id = text(id);
        e.lane = lane;
        e.kind = text(kind);
        e.at = when;
        e.text = text(words);
        e.actor = text(actor);
        return e;
    };
    std::vector<TimelineEntry> list{
        entry("t01", Lane::Changes, "change", at(13, 54), "config push ledger-db", "D. Novak"),
        entry("t02", Lane::People, "page", at(13, 59, 40), "K. Osei called for payments"),
        entry("t03", Lane::People, "ack", at(14, 0, 4), "acknowledged from chat after 32 s", "K. Osei"),
        entry("t04", Lane::Decisions, "declared", at(14, 1, 26), "SEV1 declared", "Mara Lindt"),
        entry("t05", Lane::People, "page", at(14, 2, 20), "M. Ito called for checkout"),
        entry("t06", Lane::Updates, "update", at(14, 4), "holding statement to customers", "Ines Roca"),
        entry("t07", Lane::People, "ack", at(14, 4, 10), "acknowledged", "M. Ito"),
        entry("t08", Lane::Chat, "message", at(14, 5, 12), "I see connection resets from ledger-db since 13:57", "K. Osei"),
        entry("t09", Lane::People, "hypothesis", at(14, 6, 2), "catalog 8.14 deploy", "M. Ito"),
        entry("t10", Lane::Changes, "change", at(14, 8, 30), "deploy catalog 8.14", "ci"),
        entry("t11", Lane::Chat, "message", at(14, 9, 50), "catalog errors started after ours, not before", "M. Ito"),
        entry("t12", Lane::Decisions, "decision", at(14, 12), "catalog deploy cleared", "Mara Lindt"),
        entry("t13", Lane::People, "hypothesis", at(14, 13, 20), "bad connection-pool limit in config push", "D. Novak"),
        entry("t14", Lane::Decisions, "decision", at(14, 16, 10), "roll back ledger config", "Mara Lindt"),
        entry("t15", Lane::People, "task", at(14, 16, 40), "confirm replica lag falls after rollback", "D. Novak"),
        entry("t16", Lane::Updates, "update", at(14, 19, 40), "executive summary", "Ines Roca"),
        entry("t17", Lane::Chat, "message", at(14, 21, 5), "rollback 2 of 3 hosts done", "D. Novak"),
        entry("t18", Lane::People, "page", at(14, 23, 3), "Ana Brito called for storefront"),
        entry("t19", Lane::People, "log", at(14, 24, 51), "lag 380 s and falling", "K. Osei"),
    };
    list[5].delivery = QStringLiteral("confirmed");
    list[7].reactions = QStringList{text("+1"), text("eyes")};
    list[15].delivery = QStringLiteral("sent");
    return list;
}

std::vector<MapNode> nodes()
{
    const auto node = [](const char *id, AlertSeverity worst, int alerts, const char *team, const char *owner = "") {
        MapNode n;
        n.id = n.name = text(id);
        n.worst = worst;
        n.alerts = alerts;
        n.team = text(team);
        n.owner = text(owner);
        n.blast = worst >= AlertSeverity::Error;
        return n;
    };
    using S = AlertSeverity;
    std::vector<MapNode> list{node("storefront", S::Error, 4, "web", "A. Brito"), node("catalog", S::None, 0, "catalog"),
                              node("checkout", S::Critical, 2, "orders", "M. Ito"), node("accounts", S::None, 0, "identity"),
                              node("search", S::None, 0, "catalog"), node("payments", S::Critical, 3, "payments", "K. Osei"),
                              node("order-queue", S::Error, 1, "orders", "M. Ito"), node("notify", S::None, 0, "messaging"),
                              node("index", S::None, 0, "catalog"), node("ledger-db", S::Error, 2, "data", "D. Novak"),
                              node("warehouse", S::None, 0, "logistics"), node("cart", S::Warning, 1, "web")};
    list[9].suspect = true;
    list[9].changed = true;
    list[9].change = text("config push 13:54");
    list[1].changed = true;
    list[1].change = text("deploy 8.14 14:08");
    list[0].blast = list[2].blast = list[5].blast = true;
    return list;
}

std::vector<MapEdge> edges()
{
    const auto edge = [](const char *from, const char *to, DependencyKind kind = DependencyKind::Hard, bool onPath = false) {
        return MapEdge{text(from), text(to), kind, onPath};
    };
    using K = DependencyKind;
    return {edge("storefront", "checkout", K::Hard, true), edge("checkout", "payments", K::Hard, true),
            edge("payments", "ledger-db", K::Hard, true), edge("storefront", "catalog", K::Soft), edge("storefront", "accounts"),
            edge("catalog", "search", K::Soft), edge("search", "index"), edge("accounts", "order-queue", K::Soft),
            edge("accounts", "notify", K::Async), edge("order-queue", "warehouse", K::Async), edge("storefront", "cart"),
            edge("checkout", "cart", K::Soft)};
}

Stack stack()
{
    Stack s;
    s.roles = {{Role::Commander, text("Mara Lindt"), at(14, 1, 26), true}, {Role::Deputy, text("Jo Abara"), at(14, 2, 40), false},
               {Role::Scribe, {}, {}, false}, {Role::Communications, text("Ines Roca"), at(14, 4, 30), false},
               {Role::Liaison, {}, {}, false}};
    EscalationCard card;
    card.id = QStringLiteral("esc-1");
    card.policy = text("web-24×7");
    card.about = QStringLiteral("storefront");
    card.state = QStringLiteral("running");
    card.steps = {{1, text("Ana Brito"), QStringLiteral("called"), at(14, 23, 3), at(14, 26, 3)},
                  {2, text("T. Hale"), QStringLiteral("waiting"), at(14, 26, 3), at(14, 31, 3)},
                  {3, text("web leads"), QStringLiteral("waiting"), at(14, 31, 3), {}}};
    s.escalations = {card};
    s.tasks = {{QStringLiteral("T-1"), text("D. Novak"), text("confirm replica lag falls after rollback"), at(14, 26, 27), {}, false},
               {QStringLiteral("T-2"), text("M. Ito"), text("drain order-queue on eu-1"), at(14, 29, 12), {}, false, text("M. Ito")},
               {QStringLiteral("T-3"), text("K. Osei"), text("rule out card provider"), at(14, 15), at(14, 13), true}};
    s.hypotheses = {{QStringLiteral("H-2"), text("bad connection-pool limit in config push"), text("D. Novak"), false, false, at(14, 13, 20)},
                    {QStringLiteral("H-1"), text("catalog 8.14 deploy"), text("M. Ito"), true, false, at(14, 6, 2)}};
    s.decisions = {{QStringLiteral("D-2"), text("roll back ledger config"), text("Mara Lindt"), at(14, 16, 10)},
                   {QStringLiteral("D-1"), text("catalog deploy cleared"), text("Mara Lindt"), at(14, 12)}};
    s.promises = {{QStringLiteral("P-1"), text("customers"), text("next update"), at(14, 40), false},
                  {QStringLiteral("P-2"), text("executives"), text("scope and plan"), at(14, 50), false}};
    s.updates = {{QStringLiteral("U-1"), text("customers"), text("Some customers in Europe cannot complete purchases. We are looking into it."),
                  text("Ines Roca"), QStringLiteral("confirmed"), at(14, 4)}};
    return s;
}

} // namespace

Instant sceneMoment()
{
    return Instant{1'795'443'907'000'000'000}; // 2026-11-23T14:25:07Z
}

namespace {

/// One of each state, worst first.
std::vector<HeartbeatRow> heartbeats()
{
    using State = HeartbeatRow::State;
    const auto row = [](const char *id, const char *name, const char *service, State state, Span ago, Span interval, Span grace) {
        HeartbeatRow r;
        r.id = QString::fromUtf8(id);
        r.name = QString::fromUtf8(name);
        r.service = QString::fromUtf8(service);
        r.state = state;
        r.interval = interval;
        r.grace = grace;
        if (state != State::Awaiting) {
            r.last = sceneMoment() - ago;
            r.expected = r.last + interval;
            r.trips = state == State::Missed ? Instant{} : r.expected + grace;
        }
        return r;
    };
    std::vector<HeartbeatRow> list{
        row("watchdog", "Prometheus in eu-1 (Watchdog)", "", State::Missed, minutes(9), minutes(1), minutes(3)),
        row("reconcile", "Ledger reconciliation", "ledger", State::Late, minutes(41), minutes(10), minutes(5)),
        row("nightly-backup", "Nightly backup", "db", State::Slow, hours(11), hours(24), hours(2)),
        row("mail-queue", "Mail queue runner", "mail", State::Healthy, seconds(21), seconds(15), seconds(10)),
        row("billing-export", "Billing export", "billing", State::Healthy, hours(2), hours(24), hours(6)),
        row("cart-sweeper", "Cart sweeper", "cart", State::Healthy, seconds(7), seconds(30), seconds(15)),
        row("new-job", "Certificate renewal", "web", State::Awaiting, {}, hours(24 * 30), hours(24)),
    };
    list[0].severity = AlertSeverity::Critical;
    list[0].missed = 1;
    list[0].why = QStringLiteral("last beat at 2026-11-23T14:16:07Z, expected every 1m with 3m grace");
    list[1].missed = 2;
    list[1].misses = 3;
    list[1].of = 5;
    list[1].trips = sceneMoment() + minutes(4);
    list[1].why = QStringLiteral("last beat at 2026-11-23T13:44:07Z, expected every 10m with 5m grace; 2 of the last 5 windows missed; 3 make an alarm");
    list[2].latency = minutes(134);
    list[2].why = QStringLiteral("heard at 2026-11-23T03:25:07Z, expected every 1d with 2h grace; its last run took 2h14m, longer than 1h");
    list[4].mutedUntil = sceneMoment() + hours(5);
    list[4].mutedBy = QStringLiteral("Ana Ruiz");
    list[4].muteReason = QStringLiteral("moved to the new cluster tonight");
    return list;
}

std::shared_ptr<const Directory> houseDirectory(const ViewModel &v)
{
    auto d = std::make_shared<Directory>();
    d->made = v.made;
    for (qsizetype i = 0; i < v.services.size(); ++i) {
        const bool own = i % 3 != 2;
        d->services.push_back({v.services[i], v.services[i], own ? text(i % 2 == 0 ? "Web" : "Payments") : QString(), own ? v.policies.value(i % 2) : QString(), own ? v.people.value(i % 3) : QString(), own, static_cast<int>(i % 4)});
    }
    d->schedules = {{QStringLiteral("web"), text("Web"), text("Europe/Lisbon"), text("Ana Brito"), text("weekdays, nights"), v.made + hours(3), {}},
                    {QStringLiteral("payments"), text("Payments"), text("Europe/Berlin"), text("K. Osei"), text("round the clock"), v.made + hours(17), {}},
                    {QStringLiteral("data"), text("Data"), text("America/Chicago"), {}, text("working hours"), {}, text("data has a gap until 14:00")}};
    d->policies = {{text("web-24×7"), text("web-24×7"), text("1 Web, 5 m · 2 T. Hale, 10 m"), text("Ana Brito"), 2, 1, text("Web")},
                   {text("payments-24×7"), text("payments-24×7"), text("1 Payments, 5 m · 2 Mara Lindt, 15 m"), text("K. Osei"), 1, 2, text("Payments")}};
    return d;
}

} // namespace

ViewModel quietScene()
{
    ViewModel v;
    v.seq = 1804;
    v.made = sceneMoment();
    v.strip.link = CoreLink::Live;
    v.strip.runMode = QStringLiteral("BESIDE");
    v.strip.person = text("Mara Lindt");
    const auto feed = [](const char *name, const char *kind, Instant seen, Span period, const char *state = "fresh") {
        Feed f;
        f.name = text(name);
        f.kind = text(kind);
        f.lastSeen = seen;
        f.period = period;
        f.state = text(state);
        f.arming = QStringLiteral("observe");
        return f;
    };
    v.strip.feeds = {feed("eu-1", "alertmanager", sceneMoment() - seconds(2), seconds(15)),
                     feed("eu-2", "alertmanager", sceneMoment() - seconds(3), seconds(15)),
                     feed("events", "cloudevents", sceneMoment() - seconds(1), seconds(30)),
                     feed("rooms", "xmpp", sceneMoment() - seconds(1), seconds(60))};
    v.strip.feeds[3].chat = true;
    const Instant old = sceneMoment() - hours(50);
    v.standing = {alert("eu-1/s1", AlertSeverity::Warning, "Backup older than 2 days", "warehouse", old, 3, "L. Sand"),
                  alert("eu-1/s2", AlertSeverity::Info, "Disk 85 % on build-2", "ci", old + hours(4), 1, ""),
                  alert("eu-1/s3", AlertSeverity::Info, "Deprecated API in use", "accounts", old + hours(9), 1, ""),
                  alert("eu-1/s4", AlertSeverity::Warning, "Replica 3 down for repair", "index", old + hours(20), 2, "L. Sand")};
    for (AlertRow &row : v.standing) {
        row.standing = true;
        row.incident.clear();
    }
    v.people = QStringList{text("Mara Lindt"), text("Jo Abara"), text("Ines Roca"), text("K. Osei"), text("M. Ito"), text("Dana Novak"),
                           text("Ana Brito"), text("T. Hale")};
    v.services = QStringList{text("storefront"), text("catalog"), text("checkout"), text("accounts"), text("search"), text("payments"),
                             text("order-queue"), text("notify"), text("index"), text("ledger-db"), text("warehouse"), text("cart")};
    v.teams = QStringList{text("web"), text("payments"), text("orders"), text("data")};
    v.policies = QStringList{text("web-24×7"), text("payments-24×7")};
    TemplateRow t;
    t.id = QStringLiteral("service-disruption");
    t.name = text("service disruption");
    t.audience = QStringLiteral("public");
    t.body = text("Some customers in {{region}} {{impact}}. We are {{action}}; orders already placed are safe. Next update {{next}}.");
    t.fields = {{text("region"), text("where customers are affected"), true}, {text("impact"), text("what they cannot do"), true},
                {text("action"), text("what we are doing"), true}, {text("next"), text("time of the next update"), true}};
    t.cadence = minutes(15);
    t.heading = text("Shop: service disruption");
    v.templates = {t};
    v.rate.assign(60, 0);
    for (std::size_t i = 0; i < 60; i += 17)
        v.rate[i] = 1;
    return v;
}

ViewModel incidentScene()
{
    ViewModel v = quietScene();
    v.seq = 2391;
    v.strip.last10 = 14;
    v.strip.flood = true;
    v.strip.overrides = 2;
    Feed late = v.strip.feeds[0];
    late.name = text("icinga-dc2");
    late.kind = QStringLiteral("cloudevents");
    late.state = QStringLiteral("late");
    late.lastSeen = sceneMoment() - seconds(130);
    late.period = seconds(60);
    v.strip.feeds.push_back(late);
    IncidentRow inc;
    inc.id = QStringLiteral("INC-2041");
    inc.title = text("Checkout failing, EU");
    inc.service = QStringLiteral("checkout");
    inc.commander = text("Mara Lindt");
    inc.commandedByYou = true;
    inc.severity = IncidentSeverity::Sev1;
    inc.status = IncidentStatus::Active;
    inc.declaredAt = at(14, 1, 26);
    inc.impactSince = at(13, 59, 31);
    inc.room = text("#inc-2041");
    inc.roomState = QStringLiteral("confirmed");
    inc.alerts = 5;
    IncidentRow other = inc;
    other.id = QStringLiteral("INC-2040");
    other.title = text("Search slow in Asia");
    other.service = QStringLiteral("search");
    other.commander = text("Jo Abara");
    other.commandedByYou = false;
    other.severity = IncidentSeverity::Sev3;
    other.declaredAt = at(13, 13);
    other.alerts = 1;
    inc.impact = text("About 41 % of EU customers cannot pay. Rolling back a configuration change.");
    inc.commandedSince = at(14, 1, 30);
    other.impact = text("Results 2 to 3 s late. No orders lost.");
    other.commandedSince = at(13, 14);
    v.incidents = {inc, other};
    v.wall.lines = {{at(14, 20), inc.id, text("roll back ledger config")}, {at(14, 17), other.id, text("index rebuild started")}, {at(14, 12), inc.id, text("catalog deploy cleared")},
                    {at(14, 4), inc.id, text("holding statement out")}, {at(14, 2), inc.id, text("SEV1 declared")}, {at(13, 20), other.id, text("traffic moved to the second index")},
                    {at(13, 14), other.id, text("Jo Abara has command")}};
    v.wall.promises = {{at(14, 40), inc.id, text("customers")}, {at(14, 50), inc.id, text("executives")}, {at(15, 0), other.id, text("support")}};
    v.directory = houseDirectory(v);
    v.focus = inc.id;
    v.active = activeAlerts();
    v.suppressed = floodScene(46).active;
    for (AlertRow &row : v.suppressed) {
        row.suppression = Suppression::Inhibited;
        row.suppressedBy = text("rack-3 switch");
    }
    v.shelf = shelf();
    v.detail.key = QStringLiteral("eu-1/a1");
    v.detail.labels = {{text("alertname"), text("PaymentAuthFailing")}, {text("env"), text("prod")}, {text("region"), text("eu")},
                       {text("team"), text("payments")}, {text("severity"), text("critical")}};
    v.detail.annotations = {{text("summary"), text("Payment authorisation fails for 38 % of requests")}};
    v.detail.because = {{at(13, 59, 31), text("Alertmanager eu-1 reported it, eu-2 confirmed 0.4 s later (same source set)")},
                        {at(13, 59, 31), text("opened group payments / eu; 31 members since")},
                        {at(13, 59, 32), text("routed by team=payments → on call K. Osei (Berlin, day); rule 3 of 7, two ruled out")},
                        {at(14, 0, 4), text("acknowledged by K. Osei from chat, 32 s")}};
    v.timeline = timeline();
    v.recorded = {v.seq, v.timeline.back().actor, v.timeline.back().kind, v.timeline.back().text, v.focus, v.timeline.back().at};
    for (const AlertRow &row : v.active)
        v.spans.push_back({row.key, row.title, row.severity, row.startsAt, {}});
    for (std::size_t i = 0; i < 60; ++i)
        v.rate[i] = i < 34 ? static_cast<int>(i % 3 == 0) : (i < 44 ? 2 + static_cast<int>(i % 2) : 1);
    for (int m = -60; m < 0; ++m) // as the trend above the queue has it
        if (const int opened = v.rate[static_cast<std::size_t>(60 + m)]; opened > 0)
            v.alarmRate.minutes.push_back({sceneMoment().ns / minutes(1).ns + m + 1, opened});
    v.alarmRate.floods.push_back({at(14, 3), {}});
    v.nodes = nodes();
    v.edges = edges();
    v.stack = stack();
    v.heartbeats = heartbeats();
    return v;
}

ViewModel startingScene()
{
    ViewModel v;
    v.strip.link = CoreLink::Starting;
    return v;
}

ViewModel floodScene(int count)
{
    ViewModel v = quietScene();
    v.active.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        AlertRow row = alert("", static_cast<AlertSeverity>(5 - (i * 4) / std::max(1, count)), "", "", sceneMoment() - seconds(i + 1), 1, "");
        row.key = QStringLiteral("eu-1/flood-%1").arg(i);
        row.title = QStringLiteral("Host node-%1 unreachable").arg(i);
        row.service = QStringLiteral("svc-%1").arg(i % 40);
        row.incident.clear();
        v.active.push_back(row);
    }
    return v;
}

} // namespace qd::test
