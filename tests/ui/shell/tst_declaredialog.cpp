// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/shell/declaredialog.h"
#include "ui/shell/fuzzy.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace qd;
using namespace qd::shell;

namespace {

QLineEdit *field(const DeclareDialog &dialog, const QString &name)
{
    for (auto *edit : dialog.findChildren<QLineEdit *>())
        if (edit->accessibleName() == name)
            return edit;
    qFatal("the dialog has no field %s", qPrintable(name));
}

} // namespace

class TestDeclareDialog : public QObject {
    Q_OBJECT
private:
    style::Theme *m_theme = nullptr;

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
    }

    void theWorstAlertNamesItAndTheOldestDatesIt()
    {
        const view::ViewModel scene = test::incidentScene();
        const Declaration d = Declaration::from({scene.active[4], scene.active[1], scene.active[0], scene.active[9]});
        QCOMPARE(d.title, scene.active[1].title);
        QCOMPARE(d.service, QStringLiteral("checkout"));
        QCOMPARE(d.since, scene.active[0].startsAt);
        QCOMPARE(d.alerts.size(), 4);
    }

    void sinceIsReadAsPeopleWriteIt_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("clock");
        QTest::newRow("minutes") << QStringLiteral("14:01") << QStringLiteral("14:01:00");
        QTest::newRow("seconds") << QStringLiteral(" 14:01:26 ") << QStringLiteral("14:01:26");
        QTest::newRow("ago") << QStringLiteral("24m") << QStringLiteral("14:01:07");
        QTest::newRow("yesterday") << QStringLiteral("23:50") << QStringLiteral("23:50:00");
        QTest::newRow("rfc") << QStringLiteral("2026-11-23T13:59:31Z") << QStringLiteral("13:59:31");
    }
    void sinceIsReadAsPeopleWriteIt()
    {
        QFETCH(QString, typed);
        QFETCH(QString, clock);
        const Instant at = DeclareDialog::readSince(typed, test::sceneMoment());
        QCOMPARE(widgets::utcClock(at), clock);
        QVERIFY(at <= test::sceneMoment());
    }

    void sinceInTheFutureOrUnreadableIsRefused()
    {
        QVERIFY(!DeclareDialog::readSince(QStringLiteral("2027-01-01T00:00:00Z"), test::sceneMoment()));
        QVERIFY(!DeclareDialog::readSince(QStringLiteral("lunch"), test::sceneMoment()));
        QVERIFY(!DeclareDialog::readSince(QStringLiteral("25:00"), test::sceneMoment()));
    }

    void aDrillAndOneThatIsOverSaySo()
    {
        const view::ViewModel scene = test::incidentScene();
        DeclareDialog dialog(*m_theme, Declaration::from({scene.active[0]}), std::make_shared<const view::ViewModel>(scene), scene.made, nullptr);
        dialog.show();
        for (const char *absent : {"kind", "triage", "until"})
            QVERIFY(!dialog.arguments().contains(QLatin1String(absent)));
        QComboBox *kind = nullptr;
        for (auto *box : dialog.findChildren<QComboBox *>())
            if (box->accessibleName() == QLatin1String("Kind"))
                kind = box;
        QStringList names;
        for (auto *box : dialog.findChildren<QComboBox *>())
            names << box->accessibleName();
        QVERIFY2(kind != nullptr, qPrintable(names.join(QLatin1Char('|'))));
        kind->setCurrentIndex(1);
        QCOMPARE(dialog.arguments().value(QLatin1String("kind")).toString(), QStringLiteral("drill"));
        QVERIFY(dialog.doIt().isEnabled() && dialog.takesCommand());
        kind->setCurrentIndex(4);
        QVERIFY(!dialog.takesCommand());
        QVERIFY2(dialog.problem().contains(QStringLiteral("until when")), qPrintable(dialog.problem()));
        field(dialog, QStringLiteral("Until (UTC)"))->setText(QStringLiteral("1m"));
        QVERIFY(dialog.problem().isEmpty());
        const QJsonObject a = dialog.arguments();
        QCOMPARE(a.value(QLatin1String("kind")).toString(), QStringLiteral("backfilled"));
        QVERIFY(a.contains(QLatin1String("since")) && a.contains(QLatin1String("until")) && !a.contains(QLatin1String("triage")));
    }

    void returnDeclaresWhatTheAlertsSay()
    {
        const view::ViewModel scene = test::incidentScene();
        const auto view = std::make_shared<const view::ViewModel>(scene);
        DeclareDialog dialog(*m_theme, Declaration::from({scene.active[0]}), view, scene.made, nullptr);
        dialog.show();
        QSignalSpy declared(&dialog, &DeclareDialog::declared);
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(declared.count(), 1);
        const QJsonObject a = declared[0][0].toJsonObject();
        QCOMPARE(a.value(QLatin1String("title")).toString(), QStringLiteral("Payment auth failing"));
        QCOMPARE(a.value(QLatin1String("severity")).toString(), QStringLiteral("SEV2")); // a critical alert is no SEV1
        QVERIFY(!a.contains(QLatin1String("hurt")));
        QCOMPARE(a.value(QLatin1String("service")).toString(), QStringLiteral("payments"));
        QCOMPARE(a.value(QLatin1String("since")).toString(), QStringLiteral("2026-11-23T13:59:31Z"));
        QCOMPARE(a.value(QLatin1String("alerts")).toArray().size(), 1);
    }

    void threeAnswersSuggestTheSeverityWithTheCoresArithmeticAndTechnicalSeverityTakesNoPart()
    {
        const view::ViewModel scene = test::incidentScene();
        const auto view = std::make_shared<const view::ViewModel>(scene);
        DeclareDialog dialog(*m_theme, Declaration::from({scene.active[0]}), view, scene.made, nullptr);
        dialog.show();
        QCOMPARE(dialog.reckoning().value(QLatin1String("service")).toString(), QStringLiteral("payments"));
        QCOMPARE(dialog.reckoning().value(QLatin1String("alerts")).toString(), scene.active[0].key);
        const auto box = [&](const char *name) {
            for (auto *each : dialog.findChildren<QComboBox *>())
                if (each->accessibleName() == QLatin1String(name))
                    return each;
            qFatal("the dialog has no field %s", name);
        };
        QComboBox *const severity = box("Severity");
        box("Are customers hurt?")->setCurrentIndex(3);
        box("How many?")->setCurrentIndex(1);
        box("Is there a workaround?")->setCurrentIndex(2);
        QVERIFY(!dialog.arguments().contains(QLatin1String("severity"))); // the core decides by the answers
        QCOMPARE(dialog.arguments().value(QLatin1String("howMany")).toString(), QStringLiteral("few"));
        const QJsonObject suggestion{{QStringLiteral("hurt"), QStringLiteral("yes")}, {QStringLiteral("howMany"), QStringLiteral("few")}, {QStringLiteral("workaround"), QStringLiteral("yes")},
                                     {QStringLiteral("severity"), QStringLiteral("SEV4")}, {QStringLiteral("arithmetic"), QStringLiteral("few + a way round = SEV4")}};
        dialog.setReckoned({{QStringLiteral("matrix"), QStringLiteral("builtin")}, {QStringLiteral("technical"), QStringLiteral("critical")}, {QStringLiteral("business"), QJsonArray{}},
                            {QStringLiteral("suggestions"), QJsonArray{suggestion}}});
        QCOMPARE(severity->currentData().toInt(), 4);
        QStringList notes;
        for (const auto *label : dialog.findChildren<widgets::PlainLabel *>())
            notes << label->plain();
        const QString all = notes.join(QLatin1Char('\n'));
        QVERIFY2(all.contains(QStringLiteral("Suggested: few + a way round = SEV4 (matrix builtin)")) && all.contains(QStringLiteral("Technical severity: critical. It takes no part.")), qPrintable(all));
        QCOMPARE(dialog.arguments().value(QLatin1String("severity")).toString(), QStringLiteral("SEV4"));
        severity->setCurrentIndex(1); // the last word is the person's
        Q_EMIT severity->activated(1);
        box("How many?")->setCurrentIndex(2);
        QCOMPARE(dialog.arguments().value(QLatin1String("severity")).toString(), QStringLiteral("SEV2"));
    }

    void aRoomThatIsThereIsNamedAndOtherwiseNotSpokenOf()
    {
        const auto view = std::make_shared<const view::ViewModel>(test::quietScene());
        DeclareDialog dialog(*m_theme, {}, view, view->made, nullptr);
        dialog.show();
        QSignalSpy declared(&dialog, &DeclareDialog::declared);
        QTest::keyClicks(dialog.focusWidget(), QStringLiteral("Search is slow"));
        QTest::keyClick(&dialog, Qt::Key_Return);
        QVERIFY(!declared.back()[0].toJsonObject().contains(QLatin1String("attach")));
        dialog.refuse(QStringLiteral("There is no connection."));
        field(dialog, QStringLiteral("Room"))->setText(QStringLiteral(" ops@conference.example.org "));
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(declared.back()[0].toJsonObject().value(QLatin1String("attach")).toString(), QStringLiteral("ops@conference.example.org"));
    }

    void nothingIsDeclaredWithoutATitleOrWithAnUnreadableTime()
    {
        const auto view = std::make_shared<const view::ViewModel>(test::quietScene());
        DeclareDialog dialog(*m_theme, {}, view, view->made, nullptr);
        dialog.show();
        QSignalSpy declared(&dialog, &DeclareDialog::declared);
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(declared.count(), 0);
        QLineEdit *const since = field(dialog, QStringLiteral("Since (UTC)"));
        QTest::keyClicks(dialog.focusWidget(), QStringLiteral("Search is slow"));
        since->setText(QStringLiteral("lunch"));
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(declared.count(), 0);
        since->clear();
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(declared.count(), 1);
        QVERIFY(!declared[0][0].toJsonObject().contains(QLatin1String("since")));
    }

    void fuzzyFindsByInitialsAndRanksWordStarts()
    {
        QVERIFY(fuzzyScore(QStringLiteral("dai"), QStringLiteral("Declare an incident…")).has_value());
        QVERIFY(!fuzzyScore(QStringLiteral("xyz"), QStringLiteral("Declare an incident…")).has_value());
        QCOMPARE(fuzzyScore({}, QStringLiteral("anything")), std::optional<int>(0));
        QVERIFY(*fuzzyScore(QStringLiteral("ack"), QStringLiteral("Acknowledge")) > *fuzzyScore(QStringLiteral("ack"), QStringLiteral("Map: back key")));
        QVERIFY(*fuzzyScore(QStringLiteral("tc"), QStringLiteral("Take command")) > *fuzzyScore(QStringLiteral("tc"), QStringLiteral("Attach")));
        QVERIFY(!fuzzyScore(QStringLiteral("aa"), QStringLiteral("a")).has_value());
    }
};

QD_GUI_TEST(TestDeclareDialog)
#include "tst_declaredialog.moc"
