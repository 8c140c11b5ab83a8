// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/plannerstrip.h"

#include "ui/style/palette.h"
#include "tests/support/suite.h"

#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace qd;
using namespace qd::escalation;

namespace {

/// Payments: Ana until 18:00, nobody until 06:00, then Ben by an override. Ana sleeps 21:00 to 06:00 UTC.
QJsonObject anAnswer()
{
    return QJsonDocument::fromJson(R"({"from":"2026-11-23T14:00:00Z","until":"2026-11-24T14:00:00Z","schedulesInAll":3,"peopleInAll":2,
        "schedules":[{"id":"pay","name":"Payments","zone":"Europe/Berlin","problems":[],"segments":[
            {"from":"2026-11-23T14:00:00Z","until":"2026-11-23T18:00:00Z","people":["Ana"],"changed":false},
            {"from":"2026-11-23T18:00:00Z","until":"2026-11-24T06:00:00Z","people":[],"changed":false},
            {"from":"2026-11-24T06:00:00Z","until":"2026-11-24T14:00:00Z","people":["Ben","<b>Cid</b>"],"changed":true}]}],
        "people":[{"id":"ana","name":"Ana","zone":"Europe/Berlin","local":"2026-11-23T15:00","nights":[{"from":"2026-11-23T21:00:00Z","until":"2026-11-24T06:00:00Z"}],
            "shifts":[{"from":"2026-11-23T14:00:00Z","until":"2026-11-23T18:00:00Z","schedule":"Payments"}]},
            {"id":"zoe","name":"Zoe","zone":"UTC","local":"2026-11-23T14:00","nights":[],"shifts":[]}]})")
        .object();
}

/// How many of the image's pixels within a box are of this colour.
int count(const QImage &image, const QRect &box, const QColor &color)
{
    int n = 0;
    for (int y = box.top(); y <= box.bottom(); ++y)
        for (int x = box.left(); x <= box.right(); ++x)
            n += image.pixelColor(x, y) == color ? 1 : 0;
    return n;
}

} // namespace

class TestPlanner : public QObject {
    Q_OBJECT
    style::Theme *m_theme = nullptr;
private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
        m_theme->install();
    }

    void readsTheCoresAnswer()
    {
        const Planner p = plannerOf(anAnswer());
        QCOMPARE(p.schedules, 1);
        QCOMPARE(p.rows.size(), std::size_t{3});
        QCOMPARE(p.folded, 2);
        QVERIFY(p.rows[0].bars[1].isGap());
        QVERIFY(p.rows[0].bars[2].changed);
        QCOMPARE(p.rows[1].local, QStringLiteral("15:00"));
        QVERIFY(plannerOf({}).isEmpty());
    }

    void twoSchedulesAtOnceAreOneBarThatNamesBoth()
    {
        QJsonObject answer = anAnswer();
        QJsonArray people = answer[QStringLiteral("people")].toArray();
        QJsonObject ana = people[0].toObject();
        QJsonArray shifts = ana[QStringLiteral("shifts")].toArray();
        shifts << QJsonObject{{QStringLiteral("from"), QStringLiteral("2026-11-23T16:00:00Z")}, {QStringLiteral("until"), QStringLiteral("2026-11-23T20:00:00Z")}, {QStringLiteral("schedule"), QStringLiteral("Web")}};
        ana[QStringLiteral("shifts")] = shifts;
        people[0] = ana;
        answer[QStringLiteral("people")] = people;
        const Planner p = plannerOf(answer);
        QCOMPARE(rowText(p.rows[1]), QStringLiteral("Ana, now 15:00 in Europe/Berlin: on call by Payments from 14:00 until 16:00 UTC; overlap: on call by Payments, Web at once from 16:00 until 18:00 UTC; "
                                                    "on call by Web from 18:00 until 20:00 UTC"));
    }

    void placesInstantsAndHours()
    {
        const Planner p = plannerOf(anAnswer());
        QCOMPARE(plannerX(p, p.from, 100, 240), 100.0);
        QCOMPARE(plannerX(p, p.from + hours(6), 100, 240), 160.0);
        QCOMPARE(plannerX(p, p.until + hours(6), 100, 240), 340.0);
        QCOMPARE(plannerX({}, p.from, 100, 240), 100.0);
        const auto every3 = plannerHours(p, 3);
        QCOMPARE(every3.size(), std::size_t{8});
        QCOMPARE(toRfc3339(every3.front()), std::string("2026-11-23T15:00:00Z"));
        QCOMPARE(plannerHours(p, 1).size(), std::size_t{25});
    }

    void saysARowInWords()
    {
        const Planner p = plannerOf(anAnswer());
        QCOMPARE(rowText(p.rows[0]), QStringLiteral("Payments: Ana until 18:00 UTC; nobody until 06:00 UTC; overlap: Ben, <b>Cid</b> at once until 14:00 UTC"));
        QCOMPARE(rowText(p.rows[1]), QStringLiteral("Ana, now 15:00 in Europe/Berlin: on call by Payments from 14:00 until 18:00 UTC"));
        QCOMPARE(rowText(p.rows[2]), QStringLiteral("Zoe, now 14:00 in UTC: not on call"));
    }

    void gapsHandoffsAndOverlapsAreCounted()
    {
        const auto counts = plannerOf(anAnswer()).counts();
        QCOMPARE(counts.gaps, 1);
        QCOMPARE(counts.handoffs, 2);
        QCOMPARE(counts.overlaps, 1);
        QCOMPARE(Planner{}.counts().overlaps, 0);
    }

    void anOverlapIsSeenWithoutAColour()
    {
        QJsonObject single = anAnswer(), twice = single;
        QJsonArray schedules = single[QStringLiteral("schedules")].toArray();
        QJsonObject pay = schedules[0].toObject();
        QJsonArray segments = pay[QStringLiteral("segments")].toArray();
        QJsonObject last = segments[2].toObject();
        last[QStringLiteral("people")] = QJsonArray{QStringLiteral("Ben")};
        segments[2] = last;
        pay[QStringLiteral("segments")] = segments;
        schedules[0] = pay;
        single[QStringLiteral("schedules")] = schedules;
        int inked[2] = {};
        for (const QJsonObject &answer : {single, twice}) {
            PlannerStrip strip(*m_theme);
            strip.show(plannerOf(answer));
            strip.resize(1200, strip.sizeHint().height());
            const QImage image = strip.grab().toImage();
            // The end of the first row's last bar, where no words are.
            const QRect end(image.width() - 60, 0, 30, image.height() / 2);
            (strip.planner().rows[0].bars[2].isOverlap() ? inked[1] : inked[0]) = count(image, end, m_theme->color(style::Tone::Text));
        }
        QVERIFY2(inked[1] > inked[0] + 40, qPrintable(QStringLiteral("%1 %2").arg(inked[0]).arg(inked[1])));
    }

    void theKeyboardGoesThroughTheRows()
    {
        PlannerStrip strip(*m_theme);
        strip.resize(1200, 600);
        strip.show(plannerOf(anAnswer()));
        QSignalSpy moved(&strip, &PlannerStrip::currentChanged);
        QTest::keyClick(&strip, Qt::Key_Down);
        QCOMPARE(strip.accessibleDescription(), rowText(strip.planner().rows[1]));
        QTest::keyClick(&strip, Qt::Key_End);
        QTest::keyClick(&strip, Qt::Key_Down); // no further than the last
        QCOMPARE(strip.current(), 2);
        QTest::keyClick(&strip, Qt::Key_Home);
        QCOMPARE(strip.current(), 0);
        QCOMPARE(moved.size(), 3);
        strip.show({});
        QCOMPARE(strip.currentText(), QString());
        QTest::keyClick(&strip, Qt::Key_Down);
        QCOMPARE(strip.current(), 0);
    }

    void aGapIsHatchedAndANightIsDarkerInEveryLook()
    {
        for (const style::Choice choice : {style::Choice::Dark, style::Choice::Light, style::Choice::HighContrast}) {
            m_theme->choose(choice);
            PlannerStrip strip(*m_theme);
            strip.resize(1200, strip.sizeHint().height());
            strip.show(plannerOf(anAnswer()));
            strip.resize(1200, strip.sizeHint().height());
            const QImage image = strip.grab().toImage();
            // Rows are as high as each other: the gap is in the first half, Ana's night below it.
            const QRect column(static_cast<int>(image.width() * 0.55), 0, image.width() / 20, image.height());
            QVERIFY2(count(image, column, m_theme->color(style::Tone::Outline)) > 30, "no hatching");
            const QColor day = m_theme->color(style::Tone::Field), night = m_theme->color(style::Tone::Base);
            QVERIFY2(day.lightnessF() > night.lightnessF() || choice == style::Choice::HighContrast, "a night that is lighter than the day");
            QVERIFY2(count(image, QRect(image.width() / 2 - 40, image.height() / 2, image.width() / 2, image.height() / 3), night) > 500, "no night");
            // What stands on them is read: 4.5:1 for words, 3:1 for lines.
            QVERIFY(style::contrast(m_theme->color(style::Tone::Text), day) >= 4.5);
            QVERIFY(style::contrast(m_theme->color(style::Tone::Text), night) >= 4.5);
            QVERIFY(style::contrast(m_theme->color(style::Tone::Text), m_theme->color(style::Tone::Node)) >= 4.5);
            QVERIFY(style::contrast(m_theme->color(style::Tone::Outline), m_theme->color(style::Tone::Base)) >= 3);
        }
        m_theme->choose(style::Choice::Dark);
    }
};

QD_GUI_TEST(TestPlanner)
#include "tst_planner.moc"
