// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "tests/ui/escalation/named.h"
#include "ui/escalation/leadingdialogs.h"
#include "ui/escalation/mergedialog.h"
#include "ui/escalation/nextup.h"
#include "ui/escalation/severitydialog.h"
#include "ui/escalation/standdowndialog.h"
#include "ui/widgets/plaintext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace qd;
using namespace qd::escalation;
using test::named;

class TestLeadingDialogs : public QObject {
    Q_OBJECT
    style::Theme *m_theme = nullptr;

    static view::ViewModelPtr made(std::function<void(view::ViewModel &)> change = {})
    {
        view::ViewModel view = test::incidentScene();
        if (change)
            change(view);
        return std::make_shared<const view::ViewModel>(std::move(view));
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
    }

    void aHandoverNamesAPersonAndSendsOnlyWhatWasWritten()
    {
        HandoverDialog d(*m_theme, made(), nullptr);
        d.setBrief(QStringLiteral("SEV1\n- 3 of 4 alerts fire"));
        QCOMPARE(named<QPlainTextEdit>(d, QStringLiteral("Goes with it"))->toPlainText(), QStringLiteral("SEV1\n- 3 of 4 alerts fire"));
        auto *to = named<QComboBox>(d, QStringLiteral("To"));
        QCOMPARE(to->findText(made()->strip.person), -1); // not to oneself
        QTest::keyClicks(named<QLineEdit>(d, QStringLiteral("Watch")), QStringLiteral("disk fills at three"));
        QCOMPARE(d.arguments().keys(), (QStringList{QStringLiteral("incident"), QStringLiteral("person"), QStringLiteral("watch")}));
        QCOMPARE(d.arguments().value(QStringLiteral("person")).toString(), to->currentText());
    }

    void anOfferIsAcceptedOnlyWithAReadBackAndDeclinedWithout()
    {
        const auto view = made([](view::ViewModel &v) {
            v.stack.leading.offerFrom = QStringLiteral("M. Ito");
            v.stack.leading.offerTo = v.strip.person;
            v.stack.leading.offerToYou = true;
            v.stack.leading.summary = QStringLiteral("<b>db</b> failover is stuck");
        });
        AcceptDialog d(*m_theme, view, nullptr);
        QSignalSpy sent(&d, &widgets::FormDialog::submitted);
        QVERIFY(!d.doIt().isEnabled());
        for (QPushButton *b : d.findChildren<QPushButton *>())
            if (b->text() == QStringLiteral("Decline"))
                b->click();
        QCOMPARE(sent.count(), 1);
        QCOMPARE(d.method(), QStringLiteral("incident.decline"));
        QVERIFY(!d.arguments().contains(QStringLiteral("readBack")));
        QTest::keyClicks(named<QLineEdit>(d, QStringLiteral("Read back")), QStringLiteral("failover stuck, I have it"));
        QVERIFY(d.doIt().isEnabled());
        d.doIt().click();
        QCOMPARE(sent.count(), 2);
        QCOMPARE(d.method(), QStringLiteral("incident.accept"));
        QCOMPARE(d.arguments().value(QStringLiteral("readBack")).toString(), QStringLiteral("failover stuck, I have it"));
    }

    void takingCommandFromSomebodyNeedsAReason()
    {
        ReasonDialog d(*m_theme, QStringLiteral("Take command"), QStringLiteral("Take"), QStringLiteral("why"), QStringLiteral("INC-1"), true, nullptr);
        QVERIFY(!d.doIt().isEnabled());
        QTest::keyClicks(named<QLineEdit>(d, QStringLiteral("Reason")), QStringLiteral("  "));
        QVERIFY(!d.doIt().isEnabled());
        QTest::keyClicks(named<QLineEdit>(d, QStringLiteral("Reason")), QStringLiteral("asleep"));
        QVERIFY(d.doIt().isEnabled());
        QCOMPARE(d.arguments().value(QStringLiteral("reason")).toString(), QStringLiteral("asleep"));
    }

    void aStandDownIsSignedOnlyWhenTheSheetIsFilledIn()
    {
        for (const auto &[severity, day, due] : {std::tuple{IncidentSeverity::Sev1, 0, "3d"}, {IncidentSeverity::Sev2, 0, "7d"}, {IncidentSeverity::Sev2, 5, "6d"}}) {
            // The scene's day is a Monday; within five days on which people work.
            StandDownDialog by(*m_theme, made([severity = severity, day = day](view::ViewModel &v) { v.incidents[0].severity = severity; v.focus = v.incidents[0].id; v.made = v.made + hours(24 * day); }), nullptr);
            QCOMPARE(named<QLineEdit>(by, QStringLiteral("Review due"))->text(), QLatin1String(due));
        }
        // The core reckons it by the worst it was; what somebody typed stays.
        StandDownDialog worst(*m_theme, made([](view::ViewModel &v) { v.incidents[0].severity = IncidentSeverity::Sev4; v.focus = v.incidents[0].id; }), nullptr);
        auto *due = named<QLineEdit>(worst, QStringLiteral("Review due"));
        worst.setSheet({{QStringLiteral("text"), QStringLiteral("one")}, {QStringLiteral("reviewDays"), 3}});
        QCOMPARE(due->text(), QStringLiteral("3d"));
        due->setText(QStringLiteral("2d"));
        worst.setSheet({{QStringLiteral("text"), QStringLiteral("two")}, {QStringLiteral("reviewDays"), 5}});
        QCOMPARE(due->text(), QStringLiteral("2d"));
        StandDownDialog d(*m_theme, made([](view::ViewModel &v) { v.incidents[0].severity = IncidentSeverity::Sev1; v.focus = v.incidents[0].id; }), nullptr);
        QVERIFY(!d.doIt().isEnabled()); // what is left is not known yet
        d.setSheet({{QStringLiteral("text"), QStringLiteral("one alert still fires")},
                    {QStringLiteral("stillFiring"), QJsonArray{QStringLiteral("am/1")}},
                    {QStringLiteral("needsReview"), true},
                    {QStringLiteral("followUps"), QStringLiteral("Ben: vacuum")}});
        QVERIFY(d.problem().contains(QStringLiteral("verified")));
        named<QComboBox>(d, QStringLiteral("Verified by"))->setCurrentIndex(1);
        QVERIFY(d.problem().contains(QStringLiteral("still fires")));
        QTest::keyClicks(named<QLineEdit>(d, QStringLiteral("Still firing")), QStringLiteral("known"));
        QVERIFY(!d.doIt().isEnabled());
        named<QComboBox>(d, QStringLiteral("Review by"))->setCurrentIndex(1);
        QVERIFY(d.doIt().isEnabled());
        const QJsonObject sent = d.arguments();
        QCOMPARE(sent.value(QStringLiteral("reviewDue")).toString(), QStringLiteral("3d"));
        QCOMPARE(sent.value(QStringLiteral("followUps")).toString(), QStringLiteral("Ben: vacuum"));
        QCOMPARE(sent.value(QStringLiteral("stillFiring")).toString(), QStringLiteral("known"));
    }

    void aStandDownAsksForTheLastWordAndWhichRoomsAreLeft()
    {
        StandDownDialog d(*m_theme, made(), nullptr);
        d.show();
        named<QComboBox>(d, QStringLiteral("Verified by"))->setCurrentIndex(1);
        auto *why = named<QLineEdit>(d, QStringLiteral("No last update"));
        QVERIFY(why && !why->isVisible());
        d.setSheet({{QStringLiteral("owesUpdate"), false}, {QStringLiteral("rooms"), QJsonArray()}});
        QVERIFY(d.doIt().isEnabled() && !why->isVisible());
        const QJsonObject owes{{QStringLiteral("owesUpdate"), true},
                               {QStringLiteral("rooms"), QJsonArray{QStringLiteral("war@x"), QStringLiteral("a&b@x")}},
                               {QStringLiteral("archivable"), QJsonArray{QStringLiteral("a&b@x")}}};
        d.setSheet(owes);
        QVERIFY(why->isVisible() && d.problem().contains(QStringLiteral("none since it calmed")));
        QVERIFY(!d.doIt().isEnabled());
        QTest::keyClicks(why, QStringLiteral("customers saw it end"));
        QVERIFY(d.doIt().isEnabled());
        QVERIFY(!d.arguments().contains(QStringLiteral("rooms"))); // kept unless somebody says otherwise
        d.setSheet(owes); // told again: nothing that was filled in is lost, nothing stands twice
        auto *leave = named<QCheckBox>(d, QStringLiteral("Leave a&b@x"));
        QVERIFY(leave);
        leave->setChecked(true);
        const QJsonObject sent = d.arguments();
        QCOMPARE(sent.value(QStringLiteral("noUpdate")).toString(), QStringLiteral("customers saw it end"));
        QCOMPARE(sent.value(QStringLiteral("rooms")).toArray(), (QJsonArray{QJsonObject{{QStringLiteral("room"), QStringLiteral("a&b@x")}, {QStringLiteral("what"), QStringLiteral("leave")}}}));
        // Where the platform can, it may be archived as well, which is no word about a room that is kept.
        QVERIFY(named<QCheckBox>(d, QStringLiteral("Archive war@x")) == nullptr);
        auto *archive = named<QCheckBox>(d, QStringLiteral("Archive a&b@x"));
        QVERIFY(archive && archive->isEnabled());
        archive->setChecked(true);
        QCOMPARE(d.arguments().value(QStringLiteral("rooms")).toArray().first().toObject().value(QStringLiteral("what")).toString(), QStringLiteral("archive"));
        leave->setChecked(false);
        QVERIFY(!archive->isEnabled() && !archive->isChecked());
        QVERIFY(!d.arguments().contains(QStringLiteral("rooms")));
    }

    void aStandDownAsksWhatBecomesOfEverySilenceMadeHere()
    {
        StandDownDialog d(*m_theme, made(), nullptr);
        named<QComboBox>(d, QStringLiteral("Verified by"))->setCurrentIndex(1);
        const QJsonObject silence{{QStringLiteral("id"), QStringLiteral("silence/2")}, {QStringLiteral("until"), QStringLiteral("2026-11-23T16:00:00Z")}, {QStringLiteral("owner"), QStringLiteral("ana")}};
        const QJsonObject held{{QStringLiteral("id"), QStringLiteral("held/3")}, {QStringLiteral("owner"), QStringLiteral("ben")}};
        d.setSheet({{QStringLiteral("text"), QStringLiteral("nothing fires")}, {QStringLiteral("quiet"), QJsonArray{silence, held}}});
        QVERIFY(d.problem().contains(QStringLiteral("silenced and held")));
        auto *first = named<QComboBox>(d, QStringLiteral("What becomes of silence/2")), *second = named<QComboBox>(d, QStringLiteral("What becomes of held/3"));
        auto *owner = named<QComboBox>(d, QStringLiteral("Who answers for silence/2"));
        QVERIFY(first && second && owner);
        first->setCurrentIndex(first->findData(QStringLiteral("4h")));
        QVERIFY(owner->isEnabled());
        owner->setCurrentIndex(1);
        QVERIFY(!d.doIt().isEnabled());
        second->setCurrentIndex(second->findData(QStringLiteral("end")));
        QVERIFY(d.doIt().isEnabled());
        const QJsonArray quiet = d.arguments().value(QStringLiteral("quiet")).toArray();
        QCOMPARE(quiet.size(), 2);
        QCOMPARE(quiet[0].toObject().value(QStringLiteral("until")).toString(), QStringLiteral("4h"));
        QCOMPARE(quiet[0].toObject().value(QStringLiteral("owner")).toString(), owner->currentText());
        QCOMPARE(quiet[1].toObject(), (QJsonObject{{QStringLiteral("id"), QStringLiteral("held/3")}, {QStringLiteral("what"), QStringLiteral("end")}}));
    }

    void aStandDownTakesTheReasonsThatAreOwedAsFarAsTheyAreGiven()
    {
        StandDownDialog d(*m_theme, made(), nullptr);
        named<QComboBox>(d, QStringLiteral("Verified by"))->setCurrentIndex(1);
        const auto owed = [](int n, const char *text) { return QJsonObject{{QStringLiteral("owed"), n}, {QStringLiteral("text"), QLatin1String(text)}}; };
        d.setSheet({{QStringLiteral("text"), QStringLiteral("nothing fires")}, {QStringLiteral("owed"), QJsonArray{owed(1, "2 alerts acknowledged by ana"), owed(4, "severity SEV2 by ana")}}});
        QVERIFY(d.doIt().isEnabled()); // none has to be given
        QVERIFY(!d.arguments().contains(QStringLiteral("reasons")));
        auto *why = named<QComboBox>(d, QStringLiteral("Why: severity SEV2 by ana"));
        QVERIFY(why);
        why->setCurrentText(QStringLiteral("half of them pay again"));
        QCOMPARE(d.arguments().value(QStringLiteral("reasons")).toArray(),
                 (QJsonArray{QJsonObject{{QStringLiteral("owed"), 4}, {QStringLiteral("reason"), QStringLiteral("half of them pay again")}}}));
    }

    void incidentsAreMergedIntoTheOneLookedAtWithAReason()
    {
        const auto one = made();
        QVERIFY(!MergeDialog::isPossible(*one) || one->incidents.size() > 1);
        const auto view = made([](view::ViewModel &v) {
            v.incidents.resize(1);
            view::IncidentRow other = v.incidents[0];
            other.id = QStringLiteral("INC-7");
            v.incidents.push_back(other);
            other.id = QStringLiteral("INC-3");
            other.status = IncidentStatus::Resolved; // over: not offered
            v.incidents.push_back(other);
            v.focus = v.incidents[0].id;
        });
        QVERIFY(MergeDialog::isPossible(*view));
        MergeDialog d(*m_theme, view, nullptr);
        QCOMPARE(named<QComboBox>(d, QStringLiteral("Incident"))->count(), 2);
        QVERIFY(!d.doIt().isEnabled());
        QTest::keyClicks(named<QLineEdit>(d, QStringLiteral("Reason")), QStringLiteral("one database"));
        QVERIFY(d.doIt().isEnabled());
        QCOMPARE(d.arguments(), (QJsonObject{{QStringLiteral("incident"), QStringLiteral("INC-7")}, {QStringLiteral("into"), view->focus}, {QStringLiteral("reason"), QStringLiteral("one database")}}));
        auto *from = named<QComboBox>(d, QStringLiteral("Incident"));
        from->setCurrentIndex(from->findData(view->focus));
        QVERIFY(!d.doIt().isEnabled());
    }

    void threeAnswersSuggestASeverityAndALowerOneNeedsAReason()
    {
        SeverityDialog d(*m_theme, made([](view::ViewModel &v) { v.incidents[0].severity = IncidentSeverity::Sev2; v.focus = v.incidents[0].id; }), nullptr);
        auto *severity = named<QComboBox>(d, QStringLiteral("Severity"));
        QCOMPARE(severity->currentText(), QStringLiteral("SEV2"));
        QVERIFY(!d.doIt().isEnabled());
        named<QComboBox>(d, QStringLiteral("Are customers hurt?"))->setCurrentIndex(3);
        named<QComboBox>(d, QStringLiteral("How many?"))->setCurrentIndex(3);
        QCOMPARE(severity->currentText(), QStringLiteral("SEV2")); // two answers suggest nothing
        named<QComboBox>(d, QStringLiteral("Is there a workaround?"))->setCurrentIndex(1);
        QVERIFY(!d.doIt().isEnabled()); // the core has not said yet what it affects
        const auto suggestion = [](const char *hurt, const char *many, const char *workaround, const char *sev, const char *why) {
            return QJsonObject{{QStringLiteral("hurt"), QLatin1String(hurt)}, {QStringLiteral("howMany"), QLatin1String(many)}, {QStringLiteral("workaround"), QLatin1String(workaround)},
                               {QStringLiteral("severity"), QLatin1String(sev)}, {QStringLiteral("arithmetic"), QLatin1String(why)}};
        };
        d.setExplained({{QStringLiteral("matrix"), QStringLiteral("2026-11 (1a2b3c4d)")},
                        {QStringLiteral("technical"), QStringLiteral("critical")},
                        {QStringLiteral("business"), QJsonArray{QJsonObject{{QStringLiteral("text"), QStringLiteral("Webshop (by checkout): 20,000 customers")}}}},
                        {QStringLiteral("suggestions"), QJsonArray{suggestion("yes", "few", "no", "SEV3", "few"), suggestion("yes", "most", "no", "SEV1", "100 % of 20,000 = SEV1")}}});
        QStringList notes;
        for (const auto *label : d.findChildren<widgets::PlainLabel *>())
            notes << label->plain();
        const QString all = notes.join(QLatin1Char('\n'));
        for (const char *part : {"Webshop (by checkout): 20,000 customers", "Technical severity: critical. It takes no part.", "Suggested: 100 % of 20,000 = SEV1 (matrix 2026-11 (1a2b3c4d))"})
            QVERIFY2(all.contains(QLatin1String(part)), qPrintable(all));
        QCOMPARE(severity->currentText(), QStringLiteral("SEV1"));
        QVERIFY(d.doIt().isEnabled());
        QCOMPARE(d.arguments().value(QStringLiteral("howMany")).toString(), QStringLiteral("most"));
        severity->setCurrentIndex(3);
        QVERIFY(!d.doIt().isEnabled());
        QTest::keyClicks(named<QLineEdit>(d, QStringLiteral("Reason")), QStringLiteral("one customer"));
        QVERIFY(d.doIt().isEnabled());
        QCOMPARE(d.arguments().value(QStringLiteral("severity")).toString(), QStringLiteral("SEV4"));
    }

    void whatWaitsForSomebodyIsNextUp()
    {
        const auto view = made([](view::ViewModel &v) {
            v.stack = {};
            v.stack.roles = {{Role::Commander, QStringLiteral("M. Ito"), {}, false}};
            v.stack.leading.offerToYou = true;
            v.stack.leading.offerTo = v.strip.person;
            v.stack.leading.offerFrom = QStringLiteral("M. Ito");
            v.stack.leading.claimant = QStringLiteral("B. Roy");
            v.stack.leading.maybeOver = true;
            v.stack.leading.refired = 2;
        });
        QStringList ids;
        for (const NextUp &n : nextUp(*view, view->made))
            ids << n.id;
        QCOMPARE(ids, (QStringList{QStringLiteral("do.object."), QStringLiteral("do.handover."), QStringLiteral("do.status."), QStringLiteral("do.standdown.")}));
    }
};

QD_GUI_TEST(TestLeadingDialogs)
#include "tst_leadingdialogs.moc"
