// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/theme.h"
#include "tests/support/suite.h"

#include <QApplication>
#include <QFontMetrics>
#include <QSignalSpy>
#include <QTest>

using namespace qd::style;

class TestTheme : public QObject {
    Q_OBJECT
private:
    Palette palette()
    {
        auto loaded = Palette::builtIn();
        if (!loaded)
            qFatal("%s", loaded.error().message.c_str());
        return std::move(*loaded);
    }

private Q_SLOTS:
    void systemFollowsTheDesktopAndAChoiceDoesNot()
    {
        Theme theme(palette());
        theme.choose(Choice::System);
        theme.setSystemDark(false);
        QCOMPARE(theme.scheme(), Scheme::Light);
        theme.choose(Choice::HighContrast);
        theme.setSystemDark(true);
        QCOMPARE(theme.scheme(), Scheme::HighContrast);
        theme.choose(Choice::System);
        QCOMPARE(theme.scheme(), Scheme::Dark);
    }

    void tellsEveryChangeOnce()
    {
        Theme theme(palette());
        theme.choose(Choice::Dark);
        QSignalSpy spy(&theme, &Theme::changed);
        theme.choose(Choice::Light);
        QCOMPARE(spy.count(), 1);
        theme.choose(Choice::Light);
        QCOMPARE(spy.count(), 1);
    }

    void choiceSurvivesItsName()
    {
        for (const Choice choice : {Choice::System, Choice::Light, Choice::Dark, Choice::HighContrast})
            QCOMPARE(Theme::choiceFrom(Theme::name(choice)), choice);
        QCOMPARE(Theme::choiceFrom(QStringLiteral("neon")), Choice::System);
    }

    void installsItsColoursIntoTheApplication()
    {
        Theme theme(palette());
        theme.choose(Choice::Light);
        theme.install();
        QCOMPARE(QApplication::palette().color(QPalette::Window), theme.color(Tone::Base));
        QCOMPARE(QApplication::palette().color(QPalette::Highlight), theme.color(Tone::Selection));
        theme.choose(Choice::Dark);
        QCOMPARE(QApplication::palette().color(QPalette::Window), theme.color(Tone::Base));
    }

    void compactIsSmallerButRowsStayHittable()
    {
        Theme theme(palette());
        const int row = theme.rowHeight();
        const double body = theme.font(Type::Body).pointSizeF();
        theme.setCompact(true);
        QVERIFY(theme.font(Type::Body).pointSizeF() < body);
        QVERIFY(theme.rowHeight() < row);
        QVERIFY(theme.rowHeight() >= 24); // WCAG 2.5.8
        QVERIFY(theme.font(Type::Small).pointSizeF() < theme.font(Type::Body).pointSizeF());
    }
};

QD_GUI_TEST(TestTheme)
#include "tst_theme.moc"
