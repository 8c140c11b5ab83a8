// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/updates.h"
#include "core/desk/decide.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>
#include <QtTest>

using namespace qd;
using namespace qd::tests;

/// M3.2: a draft says of the next update what is sent, and what is promised with it.
class TestUpdateDraft final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatADraftSaysOfTheNextUpdateIsWhatIsSent_data()
    {
        QTest::addColumn<int>("minutesAgo");
        QTest::addColumn<QString>("audience");
        QTest::addColumn<int>("minutesAhead"); ///< of the next one, from now
        QTest::newRow("promised while it was written") << 4 << "technical" << 16;
        QTest::newRow("kept by it") << 6 << "technical" << 30;
        QTest::newRow("promised to others") << 4 << "customers" << 30;
    }
    void whatADraftSaysOfTheNextUpdateIsWhatIsSent()
    {
        QFETCH(int, minutesAgo);
        QFETCH(QString, audience);
        QFETCH(int, minutesAhead);
        Workspace w = aWorkspace();
        UpdateTemplate t{"tech", "Technical", "technical", "Next at {{next_update}}.", {}, {}, AudienceKind::Technical};
        t.cadence = minutes(30);
        w.templates = {t};
        Log log;
        log.record(withWorkspace(w)).record(events::Event(anIncident("INC-1").event()));
        log.record(events::PromiseMade{"INC-1", audience.toStdString(), {}, 1, log.now() + seconds(1) + minutes(20), kAna});
        const Instant now = log.now() + minutes(minutesAgo), next = now + minutes(minutesAhead);
        control::UpdateDraft asked;
        asked.incident = "INC-1";
        asked.updateTemplate = "tech";
        const auto draft = control::updateDraftJson(log.state, asked, now, "ana", {});
        VERIFY_RESULT(draft);
        const std::string text = QJsonDocument::fromJson(QByteArray::fromStdString(*draft)).object().value(QStringLiteral("text")).toString().toStdString();
        const auto sent = desk::decide(log.state, desk::SendUpdate{"INC-1", "tech", {}, "telephone"}, kAna, now);
        VERIFY_RESULT(sent);
        const events::UpdateIssued *update = nullptr;
        const events::PromiseMade *promise = nullptr;
        for (const events::Event &e : sent->events) {
            if (const auto *u = getIf<events::UpdateIssued>(&e))
                update = u;
            if (const auto *p = getIf<events::PromiseMade>(&e))
                promise = p;
        }
        QVERIFY(update != nullptr);
        QCOMPARE(text, update->text);
        const QDateTime due = QDateTime::fromMSecsSinceEpoch(next.ns / 1'000'000, QTimeZone::utc());
        QVERIFY2(text.find(due.toString(QStringLiteral("HH:mm")).toStdString() + " UTC") != std::string::npos, text.c_str());
        QCOMPARE(promise != nullptr, minutesAhead == 30); // else it is promised already
        QVERIFY(promise == nullptr || promise->due == next);
        QCOMPARE(update->next, minutesAhead == 30 ? 2U : 1U);
    }
};

QD_TEST(TestUpdateDraft)
#include "tst_updatedraft.moc"
