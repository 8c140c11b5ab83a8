// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/told.h"

#include "tests/core/rebuild/samples.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::rebuild;
using namespace qd::tests;

/// Severity, status and roles, as the words of imported facts tell of them.
class TestTold final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSeverityIsReadWhereItIsSaid_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("severity"); // 0: it is left open
        const auto row = [](const char *text, int severity) { QTest::newRow(text) << QByteArray(text) << severity; };
        row("SEV1", 1);
        row("Sev-2 declared", 2);
        row("Severity: 3", 3);
        row("severity is now 4", 4);
        row("Severity changed from SEV2 to SEV1", 1);
        row("Severity changed from 2 to 1", 1);
        row("SEV2 → SEV1", 1);
        row("SEV3->SEV2", 2);
        row("SEV1, was SEV2", 1);
        row("Priority changed to P1 by Omar", 1);
        row("SEV1\nlater SEV5", 1); // its first line
        row("SEV1 and SEV2", 0);
        row("not a SEV1 yet", 0);
        row("should it be SEV1", 0);
        row("SEV0", 0);
        row("SEV6", 0);
        row("p99 latency is 5 s", 0);
        row("raised to critical", 0);
        row("", 0);
    }
    void aSeverityIsReadWhereItIsSaid()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, severity);
        const auto told = severityTold(text.toStdString());
        QCOMPARE(told ? static_cast<int>(*told) : 0, severity);
    }

    void aStatusIsReadWhereItIsSaid_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("status"); // "": it is left open
        const auto row = [](const char *text, const char *status) { QTest::newRow(text) << QByteArray(text) << QByteArray(status); };
        row("Resolved by Omar Khalil.", "resolved");
        row("resolved: closed the valve, monitoring goes on", "resolved");
        row("Status: monitoring", "mitigated");
        row("Status changed from Investigating to Mitigated", "mitigated");
        row("Investigating → Resolved", "resolved");
        row("status is open", "active");
        row("reopened", "active");
        row("Triage", "triage");
        row("cancelled", "cancelled");
        row("open the bridge", "");
        row("not resolved yet", "");
        row("will be resolved", "");
        row("resolved?", "");
        row("mitigated and resolved", "mitigated"); // the first word of it
        row("it is mitigated, they say resolved", "");
        row("status update", "");
        row("", "");
    }
    void aStatusIsReadWhereItIsSaid()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, status);
        const auto told = statusTold(text.toStdString());
        QCOMPARE(told ? asSmall(word(*told)) : QByteArray(), status);
    }

    void aRoleIsReadWhereItIsSaid_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("told"); // "0 Dana": a role and who has it; "0 ": nobody is told; "": no role
        const auto row = [](const char *text, const char *told) { QTest::newRow(text) << QByteArray(text) << QByteArray(told); };
        row("Incident lead: Dana Novak", "0 Dana Novak");
        row("Commander: dana (was ana)", "0 dana");
        row("*Commander:* @dana", "0 dana");
        row("Dana is now the incident commander", "0 Dana");
        row("Ana assigned Dana as Incident Commander", "0 Dana");
        row("Dana was assigned as scribe", "2 Dana");
        row("commander changed from Ana to Dana", "0 Dana");
        row("command handed over to Ben", "0 Ben");
        row("Communications lead is Eva von Berg", "3 Eva von Berg");
        row("Deputy → Ben", "1 Ben");
        row("takes command", "0 the actor");
        row("I am incident commander now", "0 the actor");
        row("incident commander", "0 the actor");
        row("Commander: unassigned", "0 ");
        row("Dana is no longer commander", "0 ");
        row("who is commander", "0 ");
        row("the commander is needed urgently", "0 ");
        row("commander Dana joined", "0 ");
        row("who is commander?", "");
        row("Dana is commander and Ben is scribe", "");
        row("roles were changed", "");
        row("recommander", "");
        row("", "");
    }
    void aRoleIsReadWhereItIsSaid()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, told);
        const auto role = roleTold(text.toStdString(), "the actor");
        QCOMPARE(role ? QByteArray::number(static_cast<int>(role->role)) + ' ' + QByteArray::fromStdString(role->person) : QByteArray(), told);
    }

    void whatFactsTellStandsUntilTheNextOfThemByEitherClock()
    {
        const Instant at = moment("2025-11-23T14:00:00Z");
        ToldStanding told;
        told.add("severity", "SEV2 → SEV1", "bot", at + minutes(10), at + minutes(15)); // out of order, and it came late
        told.add("severity", "SEV2", "bot", at, {});
        told.add("status", "Investigating", "bot", at + minutes(1), {});
        told.add("status", "Resolved", "bot", at + minutes(30), {});
        told.add("role", "Commander: Ana", "bot", at + minutes(2), {});
        told.add("role", "commander changed from Ana to Ben", "bot", at + minutes(20), {});
        told.add("message", "SEV5, resolved, Commander: Zoe", "zoe", at + minutes(3), {}); // people talk
        QVERIFY(!told.at(at - seconds(1), false).severity && !told.at(at - seconds(1), false).status && told.at(at - seconds(1), false).roles.empty());
        QVERIFY(told.at(at, false).severity == IncidentSeverity::Sev2);
        QVERIFY(told.at(at + minutes(12), false).severity == IncidentSeverity::Sev1);
        QVERIFY(told.at(at + minutes(12), true).severity == IncidentSeverity::Sev2);
        QVERIFY(told.at(at + minutes(15), true).severity == IncidentSeverity::Sev1);
        QVERIFY(!told.at(at, false).status);
        QVERIFY(told.at(at + minutes(29), false).status == IncidentStatus::Active);
        QVERIFY(told.at(at + minutes(30), false).status == IncidentStatus::Resolved);
        QCOMPARE(told.at(at + minutes(31), false).statusSince, at + minutes(30));
        QCOMPARE(told.at(at + minutes(19), false).roles.at(Role::Commander).person, std::string("Ana"));
        QCOMPARE(told.at(at + minutes(20), false).roles.at(Role::Commander).person, std::string("Ben"));
        QCOMPARE(told.at(at + minutes(25), false).roles.at(Role::Commander).since, at + minutes(20));
        const auto terms = told.roles();
        QCOMPARE(terms.size(), std::size_t(2));
        QCOMPARE(terms[0].until, at + minutes(20));
        QCOMPARE(terms[1].until, Instant{});
    }

    void whatCannotBeReadMakesItUnknown()
    {
        const Instant at = moment("2025-11-23T14:00:00Z");
        ToldStanding told;
        told.add("severity", "SEV2", "bot", at, {});
        told.add("severity", "urgency changed to low", "PagerDuty", at + minutes(1), {}); // is no severity
        told.add("severity", "raised to critical", "bot", at + minutes(2), {});
        told.add("status", "resolved", "bot", at, {});
        told.add("status", "not resolved after all", "bot", at + minutes(2), {});
        told.add("role", "commander: Ana", "bot", at, {});
        told.add("role", "Ana is no longer commander", "bot", at + minutes(2), {});
        QVERIFY(told.at(at + minutes(1), false).severity == IncidentSeverity::Sev2);
        const Standing later = told.at(at + minutes(2), false);
        QVERIFY(!later.severity && !later.status && later.roles.empty());
    }

private:
    [[nodiscard]] static QByteArray asSmall(std::string_view text) { return QByteArray(text.data(), static_cast<qsizetype>(text.size())).toLower(); }
};

QD_TEST(TestTold)
#include "tst_told.moc"
