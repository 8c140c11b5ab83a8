// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/marking.h"
#include "core/review/evidence.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <set>

using namespace qd;
using namespace qd::tests;

/// Links of a text to the record.
class TestEvidence : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsCitedIsReadBack_data()
    {
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("reference");
        QTest::newRow("a line") << "13:59:31" << "line/412";
        QTest::newRow("the third of a record") << "13:59" << "line/412/3";
        QTest::newRow("a message with anything in its id") << "13:59" << "message/a b)(c<d>[e]%20ü";
        QTest::newRow("an alert") << "13:59" << "alert/am/0123456789abcdef";
    }
    void whatIsCitedIsReadBack()
    {
        QFETCH(QString, label);
        QFETCH(QString, reference);
        const std::string link = review::cite(label.toStdString(), reference.toStdString()), text = "It began " + link + ", they say.";
        const auto found = review::citedIn(text);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].reference, reference.toStdString());
        QCOMPARE(found[0].label, label.toStdString());
        QCOMPARE(text.substr(found[0].at, found[0].length), link);
        // Within a mark of a class, whoever may not read it has no link either.
        const std::string marked = "See [[confidential: it began " + link + " there]].";
        QCOMPARE(review::citedIn(marked).size(), std::size_t(1));
        QCOMPARE(review::citedIn(sealed(marked, Reader{DataClass::Internal, {}})).size(), std::size_t(0));
        QCOMPARE(sealed(marked, Reader{DataClass::Restricted, {}}), marked);
    }
    void nothingElseIsALink_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("code") << "`[a](entry:line/1)`";
        QTest::newRow("code of two") << "``x ` [a](entry:line/1)``";
        QTest::newRow("a fence") << "x\n```\n[a](entry:line/1)\n```\ny";
        QTest::newRow("a fence that ends nowhere") << "~~~\n[a](entry:line/1)";
        QTest::newRow("escaped") << "\\[a](entry:line/1)";
        QTest::newRow("another scheme") << "[a](https://x.example/entry:line/1)";
        QTest::newRow("over a line's end") << "[a\nb](entry:line/1)";
        QTest::newRow("no target") << "[a](entry:)";
        QTest::newRow("a blank in it") << "[a](entry:line 1)";
        QTest::newRow("not closed") << "[a](entry:line/1";
        QTest::newRow("too long") << QString::fromStdString("[" + std::string(review::kCiteLabelBytes + 1, 'x') + "](entry:line/1)");
    }
    void nothingElseIsALink()
    {
        QFETCH(QString, text);
        QVERIFY(review::citedIn(text.toStdString()).empty());
    }
    void aLinkAfterCodeIsOne()
    {
        QCOMPARE(review::citedIn("`code` [a](entry:line/1)").size(), std::size_t(1));
        QCOMPARE(review::citedIn("a ` alone [a](entry:line/1)").size(), std::size_t(1));
        QCOMPARE(review::citedIn("```\nx\n```\n[a](entry:line/1)").size(), std::size_t(1));
        QCOMPARE(review::citedIn("[" + std::string(review::kCiteLabelBytes, 'x') + "](entry:line/1)").size(), std::size_t(1));
    }
    void aTextOfLinksIsReadUpToItsLimit()
    {
        std::string text;
        for (std::size_t n = 0; n < review::kCitedMost + 1; ++n)
            text += "[a](entry:line/1) ";
        QCOMPARE(review::citedIn(text).size(), review::kCitedMost);
    }
    void everyLineHasOneName()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident().event());
        log.record(events::Events{events::LogWritten{"INC-1", "one", kAna}, events::LogWritten{"INC-1", "two", kAna}});
        log.record(events::HypothesisRaised{"INC-1", "the pool", 1, kAna});
        events::MessageSeen m;
        m.connection = "chat";
        m.incident = "INC-1";
        m.messageId = "m 1";
        m.sender = m.person = "ana";
        m.text = "hello";
        log.record(m);
        const state::Incident &i = *log.state.incident("INC-1");
        std::set<std::string> names;
        for (std::size_t n = 0; n < i.timeline.size(); ++n) {
            const std::string reference = review::referenceOf(i, n);
            QVERIFY2(names.insert(reference).second, reference.c_str());
            QCOMPARE(review::lineMeant(i, reference), std::optional(n));
            QCOMPARE(review::evidenceAt(log.state, i, reference), std::optional(i.timeline[n].at));
        }
        QVERIFY(names.contains("message/m 1"));
        QCOMPARE(i.timeline[*review::lineMeant(i, "hypothesis/1")].text, std::string("the pool"));
        QCOMPARE(review::exactReference(log.state, i, "hypothesis/1"), review::referenceOf(i, *review::lineMeant(i, "hypothesis/1")));
        for (const char *nothing : {"", "line/", "line/0", "line/999", "line/3/9", "line/3/0", "line/x", "line/3/", "hypothesis/2", "message/m 2", "change/1", "alert/x"}) {
            QVERIFY2(!review::lineMeant(i, nothing), nothing);
            QVERIFY2(review::exactReference(log.state, i, nothing).empty(), nothing);
        }
    }
    void changesAndAlertsAreEvidence()
    {
        Log log;
        log.record(withWorkspace()).record(withConnection("am"));
        const auto batch = aBatch("am", log.now()).alert({{"alertname", "Down"}, {"service", "db"}}).startsAt(kMorning - minutes(3)).build();
        log.record(decided(batch)).record(anIncident().alert(keyOf(batch)).event());
        log.record(events::ChangeSeen{"db", "pool 400 to 40", {}, "person", kMorning - minutes(5), kAna, {}});
        const state::Incident &i = *log.state.incident("INC-1");
        const std::string change = "change/" + std::to_string(log.state.seq), alert = "alert/" + keyOf(batch);
        QCOMPARE(review::evidenceAt(log.state, i, change), std::optional(kMorning - minutes(5)));
        QCOMPARE(review::evidenceAt(log.state, i, alert), std::optional(kMorning - minutes(3)));
        QCOMPARE(review::exactReference(log.state, i, change), change);
    }
};

QD_TEST(TestEvidence)
#include "tst_evidence.moc"
