// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/counttabs.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/phrase.h"
#include "ui/widgets/ticker.h"
#include "ui/widgets/timetext.h"
#include "ui/widgets/reasonfield.h"
#include "ui/widgets/typetoarm.h"
#include "tests/support/suite.h"

#include <QImage>
#include <QPainter>
#include <QLineEdit>
#include <QMenu>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>
#include <ctime>

using namespace qd;
using namespace qd::widgets;

class TestParts : public QObject {
    Q_OBJECT
private:
    style::Theme *m_theme = nullptr;

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
        m_theme->choose(style::Choice::Dark);
    }

    void agesReadAsAPersonSaysThem_data()
    {
        QTest::addColumn<qint64>("secs");
        QTest::addColumn<QString>("age");
        QTest::addColumn<QString>("brief");
        QTest::addColumn<QString>("wait");
        QTest::newRow("future") << qint64(-5) << QStringLiteral("0 s") << QStringLiteral("0 s") << QStringLiteral("0 s");
        QTest::newRow("seconds") << qint64(59) << QStringLiteral("59 s") << QStringLiteral("59 s") << QStringLiteral("59 s");
        QTest::newRow("minutes") << qint64(124) << QStringLiteral("2 m") << QStringLiteral("2 m") << QStringLiteral("2 m 04 s");
        QTest::newRow("an hour") << qint64(4320) << QStringLiteral("1 h 12 m") << QStringLiteral("72 m") << QStringLiteral("1 h 12 m");
        QTest::newRow("days") << qint64(3 * 86400 + 5) << QStringLiteral("3 d") << QStringLiteral("3 d") << QStringLiteral("3 d");
    }
    void agesReadAsAPersonSaysThem()
    {
        QFETCH(qint64, secs);
        QTEST(ageText(seconds(secs)), "age");
        QTEST(shortAge(seconds(secs)), "brief");
        QTEST(waitText(seconds(secs)), "wait");
    }

    void keysKeepTheirWordsWhereThoseMatterMoreThanHowManyThereAre()
    {
        KeyHints plain(*m_theme), worded(*m_theme);
        worded.keepWords();
        const QStringList keys{QStringLiteral("A"), QStringLiteral("O"), QStringLiteral("E"), QStringLiteral("G"), QStringLiteral("S"), QStringLiteral("?")};
        for (KeyHints *hints : {&plain, &worded})
            for (const QString &key : keys)
                hints->add(key, QStringLiteral("a word"));
        const int all = worded.sizeHint().width();
        QCOMPARE(worded.shownAt(all).size(), keys.size());
        QCOMPARE(worded.fitting(all), all);
        QCOMPARE(plain.shownAt(all - 1), keys);
        QCOMPARE(worded.shownAt(all - 1), (QStringList{QStringLiteral("A a word"), QStringLiteral("O a word"), QStringLiteral("E a word"), QStringLiteral("G a word"), QStringLiteral("? a word")}));
        QVERIFY(worded.fitting(all - 1) < all);
        int least = all; // the least room that has words
        while (worded.shownAt(least - 1).first() == QLatin1String("A a word"))
            --least;
        QCOMPARE(static_cast<std::size_t>(worded.shownAt(least).size()), KeyHints::kWorded + 1);
        QCOMPARE(worded.shownAt(least).last(), QStringLiteral("? a word"));
        QCOMPARE(worded.shownAt(least - 1), plain.shownAt(least - 1)); // too little for words
        QVERIFY(worded.shownAt(0).isEmpty());
    }

    void keysLoseTheirWordsFromTheEndAndNoneIsLeftOutForThem()
    {
        KeyHints hints(*m_theme);
        hints.keepFirstWords();
        hints.add(QStringLiteral("R"), QStringLiteral("task"));
        hints.add(QStringLiteral("T"), QStringLiteral("on it"));
        hints.add(QStringLiteral("⇧Space"), QStringLiteral("done…"));
        const int all = hints.sizeHint().width();
        QCOMPARE(hints.shownAt(all), (QStringList{QStringLiteral("R task"), QStringLiteral("T on it"), QStringLiteral("⇧Space done…")}));
        const QStringList two{QStringLiteral("R task"), QStringLiteral("T on it"), QStringLiteral("⇧Space")}, one{QStringLiteral("R task"), QStringLiteral("T"), QStringLiteral("⇧Space")},
            none{QStringLiteral("R"), QStringLiteral("T"), QStringLiteral("⇧Space")};
        QCOMPARE(hints.shownAt(all - 1), two);
        QCOMPARE(hints.shownAt(hints.fitting(all - 1)), two);
        QCOMPARE(hints.shownAt(hints.fitting(all - 1) - 1), one);
        const int least = hints.fitting(hints.fitting(all - 1) - 1); // the least room with a word
        QCOMPARE(hints.shownAt(least), one);
        QCOMPARE(hints.shownAt(least - 1), none);
        QVERIFY(hints.shownAt(0).isEmpty());
    }

    void countdownSaysWhenItIsLate()
    {
        QCOMPARE(countdownText(seconds(14 * 60 + 53)), QStringLiteral("14:53"));
        QCOMPARE(countdownText(seconds(3730)), QStringLiteral("1:02:10"));
        QCOMPARE(countdownText(seconds(-12)), QStringLiteral("late 0:12"));
        QCOMPARE(elapsedText(seconds(23 * 60 + 41)), QStringLiteral("00:23:41"));
        QCOMPARE(elapsedText(hours(120)), QStringLiteral("120:00:00"));
        QCOMPARE(utcClock(Instant{1'795'443'907'000'000'000}), QStringLiteral("14:25:07"));
    }

    void ageGainsAClockWhenItsFeedIsLate()
    {
        AgeLabel label(*m_theme);
        QCOMPARE(label.plain(), QStringLiteral("—"));
        label.setSince(Instant{1'000'000'000}, seconds(10));
        label.setNow(Instant{} + seconds(5));
        QVERIFY(!label.plain().contains(QStringLiteral("◷")));
        label.setNow(Instant{} + seconds(30));
        QVERIFY(label.plain().contains(QStringLiteral("◷")));
    }

    void tickerRunsOnFromTheViewsMoment()
    {
        Ticker ticker;
        const Instant made{1'795'443'907'000'000'000};
        ticker.follow(made);
        ticker.freeze(true);
        QCOMPARE(ticker.now(), made);
        ticker.freeze(false);
        QVERIFY(ticker.now() >= made);
    }

    void badgeFillsItsShapeAndLeavesTheCornersAlone()
    {
        QImage image(60, 40, QImage::Format_RGB32);
        const QColor ground = m_theme->color(style::Tone::Base);
        image.fill(ground);
        {
            QPainter painter(&image);
            paintBadge(painter, *m_theme, QRectF(0, 0, 60, 40), style::mark(AlertSeverity::Critical));
        }
        QCOMPARE(image.pixelColor(1, 1), ground); // an octagon has no corner there
        QCOMPARE(image.pixelColor(10, 20), m_theme->color(style::Tone::Critical));
        image.fill(ground);
        {
            QPainter painter(&image);
            paintBadge(painter, *m_theme, QRectF(0, 0, 60, 40), style::mark(AlertSeverity::Critical), false);
        }
        QCOMPARE(image.pixelColor(10, 20), ground); // the dark half of a flash is an outline
    }

    void tabsTellWhichIsShown()
    {
        CountTabs tabs(*m_theme);
        tabs.addTab(QStringLiteral("Active"));
        tabs.addTab(QStringLiteral("Standing"));
        tabs.setCount(0, 23);
        QSignalSpy spy(&tabs, &CountTabs::currentChanged);
        QTest::keyClick(&tabs, Qt::Key_Right);
        QCOMPARE(tabs.current(), 1);
        QTest::keyClick(&tabs, Qt::Key_Right);
        QCOMPARE(spy.count(), 1);
        QVERIFY(tabs.accessibleName().contains(QStringLiteral("Active 23")));
        QVERIFY(tabs.accessibleName().contains(QStringLiteral("Standing 0, shown")));
    }

    /// What has no room is said to be there, opened by a click or a key, and told.
    void tabsWithoutRoomAreInAMenuBehindTheOthers()
    {
        CountTabs tabs(*m_theme);
        for (const char *word : {"Factors", "Actions", "People", "Metrics"})
            tabs.setCount(tabs.addTab(QLatin1String(word)), -1);
        const int whole = tabs.sizeHint().width();
        QVERIFY(tabs.folded().isEmpty());
        tabs.openMore(); // nothing is in it
        QVERIFY(tabs.findChild<QMenu *>() == nullptr);
        tabs.setCount(3, 2);
        tabs.setFolded(2, true);
        tabs.setFolded(3, true);
        QVERIFY(tabs.sizeHint().width() < whole);
        QCOMPARE(tabs.folded(), (QStringList{QStringLiteral("People"), QStringLiteral("Metrics 2")}));
        QVERIFY2(tabs.accessibleName().contains(QStringLiteral("Metrics 2, in the menu")), qPrintable(tabs.accessibleName()));
        tabs.resize(tabs.sizeHint());
        tabs.show();
        QTest::keyClick(&tabs, Qt::Key_Down);
        auto *menu = tabs.findChild<QMenu *>();
        QVERIFY(menu != nullptr);
        QCOMPARE(menu->actions().size(), 2);
        menu->actions().last()->trigger();
        QCOMPARE(tabs.current(), 3);
        QCOMPARE(tabs.folded(), QStringList{QStringLiteral("People")}); // the one that is shown stands before it
        menu->close();
        delete menu;
        tabs.resize(tabs.sizeHint());
        QTest::mouseClick(&tabs, Qt::LeftButton, {}, QPoint(tabs.sizeHint().width() - 2 * m_theme->step(), tabs.height() / 2));
        menu = tabs.findChild<QMenu *>();
        QVERIFY(menu != nullptr);
        QCOMPARE(menu->actions().size(), 1);
        menu->close();
        delete menu;
        // The arrows go through them all.
        QTest::keyClick(&tabs, Qt::Key_Left);
        QCOMPARE(tabs.current(), 2);
        QCOMPARE(tabs.folded(), QStringList{QStringLiteral("Metrics 2")});
    }

    void phraseCutsAtTheEndAndKeepsItsText()
    {
        Phrase phrase(*m_theme);
        phrase.say({{QStringLiteral("elapsed "), style::Type::Body, style::Tone::Secondary}, {QStringLiteral("00:23:41"), style::Type::Figure}});
        QCOMPARE(phrase.plain(), QStringLiteral("elapsed 00:23:41"));
        QCOMPARE(phrase.minimumSizeHint(), phrase.sizeHint());
        phrase.setElidable(4);
        QVERIFY(phrase.minimumSizeHint().width() < phrase.sizeHint().width());
    }

    void enterTwiceNeverArmsAndTheNameDoes()
    {
        TypeToArm field;
        QVERIFY(field.isArmed() && !field.isEnabled()); // nothing to arm
        field.setTarget(QStringLiteral("\u2068pager-eu\u2069"));
        QVERIFY(field.isEnabled());
        QSignalSpy changed(&field, &TypeToArm::armedChanged);
        QTest::keyClick(&field, Qt::Key_Return);
        QTest::keyClick(&field, Qt::Key_Return);
        QVERIFY(!field.isArmed());
        QTest::keyClicks(&field, QStringLiteral("Pager-EU"));
        QVERIFY(field.isArmed());
        QCOMPARE(changed.count(), 8);
        field.setTarget(QStringLiteral("pager-us")); // another one: typed anew
        QVERIFY(!field.isArmed() && field.text().isEmpty());
        QVERIFY(field.placeholderText().contains(QStringLiteral("pager-us")));
        field.setTarget({});
        QVERIFY(field.isArmed());
    }

    void aDigitTakesTheWordsOfItsNumber()
    {
        ReasonField field;
        QLineEdit *edit = field.lineEdit();
        QVERIFY(edit->placeholderText().contains(QStringLiteral("1–5")));
        QTest::keyClick(edit, Qt::Key_2);
        QCOMPARE(field.reason(), QStringLiteral("planned work"));
        QTest::keyClick(edit, Qt::Key_Backspace);
        QVERIFY(field.reason().isEmpty());
        QTest::keyClick(edit, Qt::Key_9); // no words have it
        QCOMPARE(field.reason(), QStringLiteral("9"));
        edit->clear();
        QTest::keyClicks(edit, QStringLiteral("3 hosts are being replaced")); // meant as it is
        QCOMPARE(field.reason(), QStringLiteral("3 hosts are being replaced"));
        edit->setText(QStringLiteral("disk "));
        QTest::keyClick(edit, Qt::Key_1); // not while something stands there
        QCOMPARE(field.reason(), QStringLiteral("disk 1"));
        field.setCurrentIndex(2);
        Q_EMIT field.activated(2);
        QCOMPARE(field.reason(), QStringLiteral("false alarm")); // without its number
    }

    void clocksAreNamedWhateverZoneTheyShow()
    {
        const QByteArray before = qgetenv("TZ");
        const auto restore = qScopeGuard([&] {
            showClocks(Clocks::Utc);
            before.isNull() ? qunsetenv("TZ") : qputenv("TZ", before);
            tzset();
        });
        qputenv("TZ", "Europe/Berlin");
        tzset();
        const Instant summer = *parseInstant("2026-07-01T22:30:05Z"), winter = *parseInstant("2026-12-01T22:30:05Z");
        QCOMPARE(shownStamp(summer), QStringLiteral("22:30 UTC"));
        showClocks(Clocks::Local);
        QCOMPARE(shownStamp(summer), QStringLiteral("00:30 Berlin"));
        QCOMPARE(shownClock(winter), QStringLiteral("23:30:05"));
        QCOMPARE(utcMinutes(summer), QStringLiteral("22:30")); // what says UTC stays UTC
        qputenv("TZ", "UTC");
        tzset();
        QCOMPARE(shownStamp(summer), QStringLiteral("22:30 UTC"));
    }
};

QD_GUI_TEST(TestParts)
#include "tst_parts.moc"
