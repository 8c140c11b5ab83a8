// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/timeline/strikedialog.h"
#include "ui/timeline/timelinecanvas.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/typetoarm.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace qd;
using namespace qd::timeline;

namespace {

/// The incident scene with a message that holds a password, and the line that says so.
view::ViewModel withPassword()
{
    view::ViewModel v = test::incidentScene();
    view::TimelineEntry &message = v.timeline[12], &said = v.timeline[13];
    message.kind = QStringLiteral("message");
    message.text = QStringLiteral("the password is hunter2");
    message.id = v.focus + QStringLiteral("/12");
    message.record = QStringLiteral("1204");
    said.kind = QStringLiteral("secret");
    said.text = QStringLiteral("record 1204 seems to hold a password");
    said.id = v.focus + QStringLiteral("/13");
    said.record = QStringLiteral("1204");
    return v;
}

struct StrikeDesk {
    style::Theme theme{*style::Palette::builtIn()};
    test::ViewFixture source;
    widgets::Ticker ticker;
    TimelineView view;

    explicit StrikeDesk(const view::ViewModel &model)
        : source(model)
        , view(theme, source, ticker)
    {
        ticker.freeze(true);
        view.resize(900, 460);
        view.canvas().setNow(test::sceneMoment());
        view.show();
        view.activateWindow();
        if (!QTest::qWaitForWindowExposed(&view, qd::tests::kPatience))
            qFatal("the timeline is not shown");
        view.canvas().setFocus();
    }
    StrikeDialog *open(const QString &id, Qt::Key key = Qt::Key_X)
    {
        view.canvas().select(id);
        QTest::keyClick(&view.canvas(), key);
        return view.findChild<StrikeDialog *>();
    }
};

} // namespace

class TestStrike final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theLineAboutASecretStrikesWhatItNames()
    {
        const view::ViewModel v = withPassword();
        StrikeDesk d(v);
        StrikeDialog *dialog = d.open(v.timeline[13].id);
        QVERIFY(dialog);
        QCOMPARE(dialog->words(), QStringLiteral("the password is hunter2")); // what will be gone, not what was said of it
        QVERIFY(!dialog->doIt().isEnabled());
        auto *arm = dialog->findChild<widgets::TypeToArm *>();
        QVERIFY(!arm->accessibleName().isEmpty());
        arm->setText(QStringLiteral("1204"));
        QVERIFY(dialog->doIt().isEnabled()); // why is filled in: it held a secret
        d.source.nextDone = false;
        d.source.nextSentence = QStringLiteral("Record 1204 is under hold 1; release it first.");
        dialog->doIt().click();
        QCOMPARE(d.source.sent.back().method, QStringLiteral("keeping.strike"));
        const QJsonObject sent = d.source.sent.back().arguments;
        QCOMPARE(sent.value(QLatin1String("entry")).toString(), QStringLiteral("1204"));
        QCOMPARE(sent.value(QLatin1String("incident")).toString(), v.focus);
        QVERIFY(!sent.value(QLatin1String("reason")).toString().isEmpty());
        QCOMPARE(dialog->problem(), d.source.nextSentence); // as the core says it
        d.source.nextDone = true;
        QSignalSpy told(&d.view, &TimelineView::told);
        dialog->doIt().click();
        QCOMPARE(told.count(), 1);
        QVERIFY(!dialog->isVisible());
    }

    void aChosenLineIsStruckWithAReasonOnly()
    {
        const view::ViewModel v = withPassword();
        StrikeDesk d(v);
        StrikeDialog *dialog = d.open(v.timeline[12].id, Qt::Key_Delete);
        QVERIFY(dialog);
        QCOMPARE(dialog->words(), QStringLiteral("the password is hunter2"));
        dialog->findChild<widgets::TypeToArm *>()->setText(QStringLiteral("1204"));
        QVERIFY(!dialog->doIt().isEnabled());
        QCOMPARE(dialog->problem(), QStringLiteral("Say why.")); // what is missing is said
        for (QLineEdit *edit : dialog->findChildren<QLineEdit *>())
            if (qobject_cast<widgets::TypeToArm *>(edit) == nullptr)
                edit->setText(QStringLiteral("a customer's name"));
        QVERIFY(dialog->doIt().isEnabled());
        dialog->findChild<widgets::TypeToArm *>()->setText(QStringLiteral("1205"));
        QVERIFY(!dialog->doIt().isEnabled());
    }

    void withoutALineItSaysWhatToDo()
    {
        view::ViewModel v = withPassword();
        v.timeline[13].record.clear(); // it is in a section of the review
        StrikeDesk d(v);
        QSignalSpy refused(&d.view, &TimelineView::refused);
        QVERIFY(!d.open(v.timeline[13].id));
        QVERIFY(!d.open({}));
        QCOMPARE(refused.count(), 2);
        QVERIFY(d.source.sent.empty());
    }
};

QD_GUI_TEST(TestStrike)
#include "tst_strike.moc"
