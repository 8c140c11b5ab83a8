// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/shell/away.h"

#include <QSignalSpy>
#include <QTest>

using namespace qd;
using namespace qd::shell;

namespace {

view::TimelineEntry entry(Instant at, const char *kind, const char *text, const char *actor = "")
{
    view::TimelineEntry e;
    e.at = at;
    e.kind = QString::fromUtf8(kind);
    e.text = QString::fromUtf8(text);
    e.actor = QString::fromUtf8(actor);
    return e;
}

} // namespace

class TestAway : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatMattersIsCountedAndTheNewestNamed()
    {
        const Instant now = test::sceneMoment(), since = now - minutes(9);
        view::ViewModel view;
        view.timeline = {entry(since - seconds(1), "severity", "before"),
                         entry(since + minutes(1), "severity", "SEV2 to SEV1", "M. Ito"),
                         entry(since + minutes(2), "log", "a line"),
                         entry(since + minutes(3), "decision", "roll back", "B. Roy"),
                         entry(since + minutes(4), "role", "B. Roy is Deputy"),
                         entry(since + minutes(5), "update", "We are on it\nsecond line", "M. Ito")};
        const QString sentence = Away::sentence(view, since, now);
        QVERIFY2(sentence.contains(QStringLiteral("9 minute")), qPrintable(sentence));
        QVERIFY2(sentence.contains(QStringLiteral("4 thing")), qPrintable(sentence));
        QVERIFY(sentence.endsWith(QStringLiteral("B. Roy: roll back · B. Roy is Deputy · M. Ito: We are on it")));
    }

    void whatIsKeptQuietAndWhatWasMissedIsToldToo_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"suppression", "missed", "flood"})
            QTest::newRow(kind) << QString::fromUtf8(kind);
    }
    void whatIsKeptQuietAndWhatWasMissedIsToldToo()
    {
        QFETCH(QString, kind);
        const Instant now = test::sceneMoment(), since = now - minutes(9);
        view::ViewModel view;
        view.timeline = {entry(since + minutes(1), qPrintable(kind), "what it says")};
        QVERIFY(Away::sentence(view, since, now).endsWith(QStringLiteral("what it says")));
    }

    void anotherIncidentIsToldOfThoughTheTimelineIsOfTheOneInFocus()
    {
        const Instant now = test::sceneMoment(), since = now - minutes(9);
        view::ViewModel view;
        view.focus = QStringLiteral("INC-7");
        view.timeline = {entry(since + minutes(1), "decision", "roll back"), entry(since + minutes(4), "severity", "SEV2 to SEV1")};
        view::IncidentRow mine, other, older;
        mine.id = view.focus;
        mine.declaredAt = other.declaredAt = since + minutes(2);
        other.id = QStringLiteral("INC-8");
        other.title = QStringLiteral("Mail is late");
        older.id = QStringLiteral("INC-6");
        older.declaredAt = since;
        view.incidents = {mine, other, older};
        const QString sentence = Away::sentence(view, since, now);
        QVERIFY2(sentence.contains(QStringLiteral("3 thing")), qPrintable(sentence));
        QVERIFY2(sentence.endsWith(QStringLiteral("roll back · INC-8 declared: Mail is late · SEV2 to SEV1")), qPrintable(sentence));
        view.focus.clear(); // then it is on the timeline itself
        QVERIFY(!Away::sentence(view, since, now).contains(QStringLiteral("INC-8")));
    }

    void whoUsesTheWindowIsSaidOnceAMinuteAndNotBefore()
    {
        widgets::Ticker ticker;
        ticker.freeze(true);
        Instant now = test::sceneMoment();
        ticker.follow(now);
        Away away(ticker);
        QSignalSpy used(&away, &Away::used);
        QWidget hand;
        const auto touch = [&](Span later) {
            ticker.follow(now = now + later);
            QTest::mouseClick(&hand, Qt::LeftButton);
            QTest::keyClick(&hand, Qt::Key_A);
        };
        touch(seconds(59));
        QCOMPARE(used.count(), 0);
        touch(seconds(1));
        QCOMPARE(used.count(), 1);
        touch(seconds(59));
        QCOMPARE(used.count(), 1);
        touch(seconds(1));
        QCOMPARE(used.count(), 2);
        ticker.follow(now = now + hours(1)); // nobody's hand
        QEvent none(QEvent::LanguageChange);
        QCoreApplication::sendEvent(&hand, &none);
        QCOMPARE(used.count(), 2);
    }

    void nothingIsSaidWhenNothingChanged()
    {
        const Instant now = test::sceneMoment();
        view::ViewModel view;
        view.timeline = {entry(now - minutes(1), "log", "a line")};
        QVERIFY(Away::sentence(view, now - minutes(9), now).isEmpty());
    }

    void whoJoinsAnIncidentUnderWayIsToldWhatHappened()
    {
        const Instant now = test::sceneMoment();
        view::ViewModel view;
        view::IncidentRow incident;
        incident.id = view.focus = QStringLiteral("INC-7");
        incident.severity = IncidentSeverity::Sev2;
        incident.status = IncidentStatus::Active;
        incident.commander = QStringLiteral("M. Ito");
        incident.declaredAt = now - minutes(24);
        view.incidents = {incident};
        view.timeline = {entry(now - minutes(24), "declared", "SEV2 declared", "M. Ito"), entry(now - minutes(3), "log", "a line"), entry(now - minutes(2), "decision", "roll back", "B. Roy")};
        const QString sentence = Away::joining(view, now);
        QVERIFY2(sentence.contains(QStringLiteral("INC-7")) && sentence.contains(QStringLiteral("24 minute")) && sentence.contains(QStringLiteral("SEV2, M. Ito commands")), qPrintable(sentence));
        QVERIFY(sentence.contains(QStringLiteral("2 thing")) && sentence.endsWith(QStringLiteral("M. Ito: SEV2 declared · B. Roy: roll back")));
        QCOMPARE(Away::happened(view, 1).size(), std::size_t(1));
        QCOMPARE(Away::happened(view, 1)[0].text, QStringLiteral("roll back"));
        view.incidents[0].declaredAt = now - minutes(1);
        QVERIFY(Away::joining(view, now).isEmpty()); // it has only just begun
        view.incidents[0].declaredAt = now - minutes(24);
        view.incidents[0].status = IncidentStatus::Resolved;
        QVERIFY(Away::joining(view, now).isEmpty());
        view.focus.clear();
        QVERIFY(Away::joining(view, now).isEmpty());
    }

    void fiveMinutesWithoutAKeyAreAway_data()
    {
        QTest::addColumn<qlonglong>("gap");
        QTest::addColumn<bool>("away");
        QTest::newRow("at the limit") << qlonglong{Away::kAway.ns} << true;
        QTest::newRow("just below") << qlonglong{Away::kAway.ns - 1} << false;
    }
    void fiveMinutesWithoutAKeyAreAway()
    {
        QFETCH(qlonglong, gap);
        QFETCH(bool, away);
        widgets::Ticker ticker;
        ticker.freeze(true);
        ticker.follow(test::sceneMoment());
        Away watch(ticker);
        QSignalSpy returned(&watch, &Away::returned);
        QWidget window;
        QTest::keyClick(&window, Qt::Key_A);
        QCOMPARE(returned.count(), 0);
        ticker.follow(test::sceneMoment() + Span{gap});
        QTest::keyClick(&window, Qt::Key_A);
        QCOMPARE(returned.count(), away ? 1 : 0);
        QTest::keyClick(&window, Qt::Key_A);
        QCOMPARE(returned.count(), away ? 1 : 0); // once
    }
};

QD_GUI_TEST(TestAway)
#include "tst_away.moc"
