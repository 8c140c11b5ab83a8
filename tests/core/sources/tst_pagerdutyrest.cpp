// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/pagerdutyrest.h"

#include "core/oncall/pagers.h"
#include "pagerdutyfixture.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;
using events::PagerStatus;

class TestPagerDutyRest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anIncidentOfTheListIsRead()
    {
        const auto page = parsePagerDutyIncidents(listOf("incidents", pdIncident("PT4KHLK", "triggered", "baf7cf21b1da41b4b0221008339ff357"), true));
        VERIFY_RESULT(page);
        QCOMPARE(page->items.size(), std::size_t{1});
        QVERIFY(page->more);
        const auto &i = page->items.front().what;
        QCOMPARE(i.id, std::string("PT4KHLK"));
        QCOMPARE(i.number, 1234u);
        QCOMPARE(i.keys, (std::vector<std::string>{"baf7cf21b1da41b4b0221008339ff357"}));
        QVERIFY(!i.areKeysKnown); // its alerts may have others
        QCOMPARE(i.title, std::string("Disk is full"));
        QCOMPARE(i.service, std::string("db"));
        QCOMPARE(i.policy, std::string("Another Escalation Policy"));
        QCOMPARE(i.policyId, std::string("PT20YPA"));
        QCOMPARE(i.urgency, std::string("high"));
        QCOMPARE(toRfc3339(i.changedAt).substr(0, 19), std::string("2026-11-23T08:39:00"));
        QCOMPARE(page->items.front().assigned.front().name, std::string("Earline Greenholt"));
    }

    void whoAcknowledgedIsTheLastOfItsAcknowledgements()
    {
        const std::string acks = ",'last_status_change_by':{'id':'PXPGF42','type':'user_reference','summary':'Somebody'},'acknowledgements':[{'at':'2026-11-23T08:32:40Z','acknowledger':{'id':'P1','type':'user_reference','summary':'Ben'}},"
                                 "{'at':'2026-11-23T08:31:40Z','acknowledger':{'id':'P2','type':'user_reference','summary':'Zoe'}}]";
        const auto page = parsePagerDutyIncidents(listOf("incidents", pdIncident("Q1", "acknowledged", "", "2026-11-23T08:32:40Z", acks)));
        VERIFY_RESULT(page);
        QCOMPARE(page->items.front().changedBy.name, std::string("Ben"));
        QVERIFY(page->items.front().what.keys.empty());
        // A machine is nobody.
        const auto machine = parsePagerDutyIncident("{\"incident\":" + pdIncident("Q1", "resolved", "k", "2026-11-23T08:32:40Z", ",'last_status_change_by':{'id':'PF9','type':'service_reference','summary':'db'}") + "}");
        VERIFY_RESULT(machine);
        QVERIFY(machine->changedBy.name.empty());
        QCOMPARE(machine->what.status, PagerStatus::Resolved);
    }

    void whatCannotBeReadIsCountedOrRefused()
    {
        const auto page = parsePagerDutyIncidents(listOf("incidents", pdIncident("Q1", "triggered") + json(",{'id':'Q2','status':'perplexed'},7,{'id':'../../users','status':'triggered'}")));
        VERIFY_RESULT(page);
        QCOMPARE(page->size, std::size_t{4});
        QCOMPARE(page->items.size(), std::size_t{1});
        QCOMPARE(page->unreadable, std::size_t{3});
        for (const char *body : {"", "[]", "{}", "{\"incidents\":{}}", "not JSON"})
            QVERIFY2(!parsePagerDutyIncidents(body), body);
        QVERIFY(!parsePagerDutyIncident("{\"incident\":{\"id\":\"Q1\"}}"));
    }

    void logEntriesNamesAndTurnsAreRead()
    {
        const auto log = parsePagerDutyLogEntries(listOf("log_entries", json("{'id':'Q02JTSNZWHSEKV','type':'acknowledge_log_entry','summary':'Acknowledged by Ben','created_at':'2026-11-23T08:33:00Z','agent':") + user("P1", "Ben")
                                                                            + json(",'channel':{'type':'api'},'incident':{'id':'Q1','type':'incident_reference'}},"
                                                                                   "{'id':'L2','type':'annotate_log_entry','created_at':'2026-11-23T08:34:00Z','agent':{'type':'user_reference','id':'P1','summary':'Ben'},"
                                                                                   "'channel':{'type':'note','summary':'node 3'},'incident':{'id':'Q1'}},"
                                                                                   "{'id':'L3','type':'trigger_log_entry','agent':{'type':'service_reference','id':'PS','summary':'db'},'incident':{'id':'Q1'}}")));
        VERIFY_RESULT(log);
        QCOMPARE(log->items.size(), std::size_t{3});
        QCOMPARE(log->items[0].what.what, std::string("acknowledged"));
        QCOMPARE(log->items[0].by.name, std::string("Ben"));
        QCOMPARE(log->items[1].what.what, std::string("noted"));
        QCOMPARE(log->items[1].what.text, std::string("node 3"));
        QVERIFY(log->items[2].by.name.empty());
        const auto users = parsePagerDutyUsers(listOf("users", json("{'id':'P1','type':'user','name':'Ben Birke','email':'ben@example.org'},{'name':'nobody'}")));
        VERIFY_RESULT(users);
        QCOMPARE(users->items.size(), std::size_t{1});
        QCOMPARE(users->items.front().email, std::string("ben@example.org"));
        const auto turns = parsePagerDutyOnCalls(listOf("oncalls", json("{'user':") + user("P1", "Ben") + json(",'schedule':{'id':'PI7DH85','summary':'Daily Engineering Rotation','type':'schedule_reference'},"
                                                                                                              "'escalation_policy':{'id':'PT20YPA','summary':'Engineering','type':'escalation_policy_reference'},'escalation_level':2,"
                                                                                                              "'start':'2026-11-20T08:00:00Z','end':null}")));
        VERIFY_RESULT(turns);
        QCOMPARE(turns->items.front().what.schedule, std::string("Daily Engineering Rotation"));
        QCOMPARE(turns->items.front().what.level, 2u);
        QVERIFY(!turns->items.front().what.until);
        const auto keys = parsePagerDutyAlertKeys(listOf("alerts", json("{'id':'A1','alert_key':'disk/1'},{'id':'A2','alert_key':null},{'id':'A3','alert_key':'disk/2'}")));
        VERIFY_RESULT(keys);
        QCOMPARE(keys->items, (std::vector<std::string>{"disk/1", "disk/2"}));
    }

    void aWebhookSaysTheSameAsTheList()
    {
        const auto d = parsePagerDutyWebhook(pdEvent("incident.acknowledged", "acknowledged"));
        VERIFY_RESULT(d);
        QVERIFY(d->incident);
        const auto &i = d->incident->what;
        QCOMPARE(i.id, std::string("PGR0VU2"));
        QCOMPARE(i.number, 2u);
        QCOMPARE(i.status, PagerStatus::Acknowledged);
        QCOMPARE(toRfc3339(i.changedAt).substr(0, 20), std::string("2026-11-23T08:40:00Z")); // to the second, as the list has it
        QCOMPARE(d->incident->changedBy.name, std::string("Tenex Engineer"));
        QCOMPARE(i.priority, std::string("P1"));
        // What does not change the status has no time of one.
        const auto moved = parsePagerDutyWebhook(pdEvent("incident.reassigned", "acknowledged"));
        VERIFY_RESULT(moved);
        QVERIFY(!moved->incident->what.changedAt);
        QVERIFY(moved->incident->changedBy.name.empty());
    }

    void otherWebhooksChangeNothing()
    {
        for (const char *body : {"{\"event\":{\"event_type\":\"pagey.ping\",\"occurred_at\":\"2026-11-23T08:40:00Z\",\"data\":{\"message\":\"Hello\",\"type\":\"ping\"}}}",
                                 "{\"event\":{\"event_type\":\"service.updated\",\"data\":{\"id\":\"PF9\",\"type\":\"service\"}}}",
                                 "{\"event\":{\"event_type\":\"incident.annotated\",\"data\":{\"id\":\"P2LA89X\",\"type\":\"incident_note\",\"content\":\"x\",\"incident\":{\"id\":\"PGR0VU2\"}}}}"}) {
            const auto d = parsePagerDutyWebhook(body);
            VERIFY_RESULT(d);
            QVERIFY(!d->incident);
        }
        for (const char *body : {"{}", "[]", "{\"event\":7}", "{\"event\":{\"event_type\":\"incident.triggered\",\"data\":{\"type\":\"incident\",\"id\":\"Q1\"}}}"})
            QVERIFY2(!parsePagerDutyWebhook(body), body);
    }

    void aReportHasTheIdentityOfItsIncident()
    {
        auto page = parsePagerDutyIncidents(listOf("incidents", pdIncident("Q1", "triggered", "k") + "," + pdIncident("Q2", "resolved", "k2")));
        VERIFY_RESULT(page);
        page->items[0].what.urgency = "low";
        page->items[1].what.priority = "P1";
        page->items[1].changedBy.name = "Ben";
        const ReportBatch batch = reportsOf(page->items, arrival());
        QVERIFY(batch.isSound());
        QVERIFY(!batch.snapshot);
        QCOMPARE(batch.fingerprint[0], oncall::pagerFingerprint("Q1"));
        QCOMPARE(std::string(batch.label(0, oncall::kPagerLabel)), std::string("Q1"));
        QCOMPARE(std::string(batch.label(0, "severity")), std::string("warning"));
        QCOMPARE(std::string(batch.label(1, "severity")), std::string("P1"));
        QCOMPARE(batch.status[0], static_cast<std::uint8_t>(AlertStatus::Firing));
        QCOMPARE(batch.status[1], static_cast<std::uint8_t>(AlertStatus::Resolved));
        QCOMPARE(std::string(batch.annotation(1, "resolved_by")), std::string("Ben"));
    }

    void anErrorIsASentence()
    {
        const auto e = parsePagerDutyError(json("{'error':{'message':'Invalid Input Provided','code':2001,'errors':['Requester User Not Found']}}"));
        QCOMPARE(e.message, std::string("Invalid Input Provided: Requester User Not Found"));
        QCOMPARE(e.code, 2001);
        QCOMPARE(parsePagerDutyError("oops").message, std::string());
    }

    void anyBytesAreReadOrRefused()
    {
        const std::string whole = pdEvent("incident.triggered", "triggered");
        for (std::size_t n = 0; n < whole.size(); n += 7)
            QVERIFY(!parsePagerDutyWebhook(whole.substr(0, n)));
    }
};

QD_TEST(TestPagerDutyRest)
#include "tst_pagerdutyrest.moc"
