// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/style/palette.h"
#include "ui/triage/heartbeatdialogs.h"
#include "ui/triage/heartbeatmodel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <memory>
#include <set>

using namespace qd;
using namespace qd::triage;
using State = view::HeartbeatRow::State;

namespace {

view::HeartbeatRow row(const char *id, State state = State::Healthy)
{
    view::HeartbeatRow r;
    r.id = r.name = QString::fromLatin1(id);
    r.state = state;
    r.interval = minutes(1);
    r.grace = seconds(30);
    r.last = test::sceneMoment() - seconds(20);
    r.expected = r.last + r.interval;
    r.trips = r.expected + r.grace;
    return r;
}

QString cell(const HeartbeatModel &m, int row, int column)
{
    return m.index(row, column).data().toString();
}

} // namespace

class TestHeartbeatModel : public QObject {
    Q_OBJECT
    std::unique_ptr<style::Theme> m_theme;
private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette);
        m_theme = std::make_unique<style::Theme>(std::move(*palette));
        m_theme->install();
    }

    void everyStateHasAShapeAndAWordOfItsOwn()
    {
        const Instant now = test::sceneMoment();
        std::set<QString> words;
        std::set<std::pair<int, int>> looks;
        for (const State state : {State::Awaiting, State::Healthy, State::Slow, State::Late, State::Missed}) {
            const HeartbeatLook look = lookOf(row("a", state), now);
            words.insert(look.word);
            looks.insert({static_cast<int>(look.shape), static_cast<int>(look.fill)});
        }
        view::HeartbeatRow muted = row("a", State::Missed);
        muted.mutedUntil = now + hours(1);
        words.insert(lookOf(muted, now).word);
        looks.insert({static_cast<int>(lookOf(muted, now).shape), static_cast<int>(lookOf(muted, now).fill)});
        QCOMPARE(words.size(), std::size_t{6});
        QCOMPARE(looks.size(), std::size_t{6});
    }

    void lateWithinItsGraceIsSeenFromTheTick()
    {
        const view::HeartbeatRow r = row("a");
        QCOMPARE(lookOf(r, r.expected).word, QStringLiteral("healthy"));
        QCOMPARE(lookOf(r, r.expected + nanos(1)).word, QStringLiteral("late"));
    }

    void theCountdownRunsToTheTripAndNotBelow()
    {
        HeartbeatModel m;
        QAbstractItemModelTester tester(&m);
        const Instant now = test::sceneMoment();
        m.setNow(now);
        m.setRows({row("a"), row("b", State::Missed)});
        QCOMPARE(cell(m, 0, HeartbeatModel::TripsColumn), QStringLiteral("1:10"));
        QCOMPARE(cell(m, 0, HeartbeatModel::LastColumn), QStringLiteral("20 s"));
        QCOMPARE(cell(m, 1, HeartbeatModel::TripsColumn), QStringLiteral("tripped"));
        m.setNow(now + seconds(69));
        QCOMPARE(cell(m, 0, HeartbeatModel::TripsColumn), QStringLiteral("0:01"));
        m.setNow(now + minutes(9));
        QCOMPARE(cell(m, 0, HeartbeatModel::TripsColumn), QStringLiteral("0:00")); // the core has the last word
    }

    void theSameRowsAreChangedNotReplaced()
    {
        HeartbeatModel m;
        QAbstractItemModelTester tester(&m);
        m.setRows({row("a"), row("b")});
        const QSignalSpy resets(&m, &QAbstractItemModel::modelReset);
        m.setRows({row("a", State::Late), row("b")});
        QCOMPARE(resets.count(), 0);
        m.setRows({row("b"), row("a")});
        QCOMPARE(resets.count(), 1);
        QCOMPARE(m.rowOf(QStringLiteral("a")), 1);
        QCOMPARE(m.rowOf(QStringLiteral("gone")), -1);
    }

    void theSentenceSaysWhatWasNotHeardAndWhoMuted()
    {
        HeartbeatModel m;
        view::HeartbeatRow r = row("a");
        r.countsFrom = test::sceneMoment();
        r.mutedUntil = test::sceneMoment() + hours(2);
        r.mutedBy = QStringLiteral("Ana");
        r.muteReason = QStringLiteral("moved");
        m.setRows({r});
        const QString sentence = m.sentence(0);
        QVERIFY2(sentence.contains(QStringLiteral("Muted until 16:25 UTC by Ana: moved.")), qPrintable(sentence));
        QVERIFY2(sentence.contains(QStringLiteral("counts anew from 14:25:07 UTC")), qPrintable(sentence));
    }

    void aMuteNeedsALengthAndAReason()
    {
        MuteDialog dialog(*m_theme, row("job"), nullptr);
        QVERIFY(!dialog.doIt().isEnabled());
        dialog.findChild<QLineEdit *>(QString(), Qt::FindDirectChildrenOnly)->setText(QStringLiteral(" being moved "));
        QVERIFY(dialog.doIt().isEnabled());
        QCOMPARE(dialog.arguments().value(QStringLiteral("reason")).toString(), QStringLiteral("being moved"));
        QCOMPARE(dialog.arguments().value(QStringLiteral("heartbeat")).toString(), QStringLiteral("job"));
        auto *length = dialog.findChild<QComboBox *>();
        length->setCurrentText(QStringLiteral("31d"));
        QVERIFY(!dialog.doIt().isEnabled());
        QVERIFY(dialog.problem().contains(QStringLiteral("30d")));
        length->setCurrentText(QStringLiteral("30d"));
        QVERIFY(dialog.doIt().isEnabled());
    }

    void otherNumbersStartFromThoseInForce()
    {
        view::HeartbeatRow r = row("job");
        r.misses = 2;
        r.of = 3;
        DryRunDialog dialog(*m_theme, r, nullptr);
        const QJsonObject asked = dialog.arguments();
        QCOMPARE(asked.value(QStringLiteral("misses")).toInt(), 2);
        QCOMPARE(asked.value(QStringLiteral("of")).toInt(), 3);
        QCOMPARE(asked.value(QStringLiteral("grace")).toString(), QStringLiteral("30s"));
        QCOMPARE(asked.value(QStringLiteral("since")).toString(), QStringLiteral("30d"));
        const auto boxes = dialog.findChildren<QSpinBox *>();
        boxes.at(0)->setValue(5); // of follows
        QCOMPARE(dialog.arguments().value(QStringLiteral("of")).toInt(), 5);
        boxes.at(1)->setValue(4);
        QVERIFY(!dialog.doIt().isEnabled());
    }
};

QD_GUI_TEST(TestHeartbeatModel)
#include "tst_heartbeatmodel.moc"
