// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/comms/draftpanel.h"
#include "ui/comms/updatecomposer.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMimeData>
#include <QtTest>

using namespace qd;
using namespace qd::comms;

/// M3.2 in the window: what is not known yet, advice, lengths, what is new, and texts put somewhere by hand.
namespace {

view::ViewModel drafting()
{
    view::ViewModel v = test::incidentScene();
    v.templates[0].limit = 120;
    v.stack.places = {QStringLiteral("slack")};
    view::UpdateRow last;
    last.id = QStringLiteral("3");
    last.updateTemplate = v.templates[0].id;
    last.at = v.made - minutes(20);
    last.text = QStringLiteral("Some customers in Europe cannot pay. We are looking; orders already placed are safe. Next update 14:20 UTC.");
    last.values = {{QStringLiteral("region"), QStringLiteral("Europe")}, {QStringLiteral("impact"), QStringLiteral("cannot pay")}, {QStringLiteral("action"), QStringLiteral("looking")},
                   {QStringLiteral("next"), QStringLiteral("14:20 UTC")}};
    v.stack.updates = {last};
    return v;
}

struct DraftStage {
    style::Theme theme{*style::Palette::builtIn()};
    test::ViewFixture source;
    widgets::Ticker ticker;
    UpdateComposer composer;

    explicit DraftStage(const view::ViewModel &model)
        : source(model)
        , composer((ticker.freeze(true), ticker.follow(model.made), theme), source, ticker)
    {
        composer.resize(460, 700);
        composer.show();
        (void)QTest::qWaitForWindowExposed(&composer);
        composer.begin();
    }
    QLineEdit &field(const char *name) { return *composer.field(QString::fromUtf8(name)); }
    void press(const char *name)
    {
        for (QAction *a : composer.actions())
            if (a->text() == QString::fromUtf8(name))
                a->trigger();
    }
};

} // namespace

class TestDrafting final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneKeySaysThatItIsNotKnownYet()
    {
        DraftStage s(drafting());
        s.field("region").setFocus();
        QTest::keyClicks(&s.field("region"), QStringLiteral("?"));
        QVERIFY2(s.composer.previewText().startsWith(QStringLiteral("Some customers in not known yet")), qPrintable(s.composer.previewText()));
        QVERIFY(s.composer.panel().facts().startsWith(QStringLiteral("not known yet: region")));
        QVERIFY(!s.composer.problem().contains(QStringLiteral("region")));
    }

    void goesOnFromTheLastOneAndShowsWhatIsNew()
    {
        DraftStage s(drafting());
        s.field("action").setText(QStringLiteral("repairing"));
        s.press("Update: go on from the last one");
        QCOMPARE(s.field("region").text(), QStringLiteral("Europe"));
        QCOMPARE(s.field("action").text(), QStringLiteral("repairing")); // what is typed already stays
        QVERIFY(s.field("next").text().isEmpty());                       // the time of the next update is never carried on
        QVERIFY2(s.composer.panel().difference().contains(QStringLiteral("[-looking;-] {+repairing;+}")), qPrintable(s.composer.panel().difference()));
        QVERIFY(s.source.sent.empty()); // nothing is sent by it
    }

    void withoutALastOneThatIsSaid()
    {
        view::ViewModel v = drafting();
        v.stack.updates.clear();
        DraftStage s(v);
        s.press("Update: go on from the last one");
        QCOMPARE(s.composer.problem(), QStringLiteral("This is the first update of this template here."));
        QVERIFY(s.composer.panel().difference().isEmpty());
    }

    void advisesAndNeverBlocks()
    {
        DraftStage s(drafting());
        s.field("region").setText(QStringLiteral("Europe"));
        s.field("impact").setText(QStringLiteral("see high latency"));
        s.field("action").setText(QStringLiteral("idle"));
        QVERIFY2(s.composer.panel().advice().contains(QStringLiteral("jargon: “latency”")), qPrintable(s.composer.panel().advice()));
        s.press("Update: send");
        QCOMPARE(s.source.sent.back().method, QStringLiteral("update.send"));
    }

    void saysHowLongItIsWhereItGoes()
    {
        DraftStage s(drafting());
        QVERIFY2(s.composer.panel().facts().contains(QStringLiteral("limit Slack 4,000")), qPrintable(s.composer.panel().facts()));
        s.field("impact").setText(QString(200, QLatin1Char('x')));
        QVERIFY2(s.composer.panel().facts().contains(QStringLiteral("▲ over template 120")), qPrintable(s.composer.panel().facts()));
    }

    void aCopyThatIsPostedByHandIsRecordedAsThat()
    {
        DraftStage s(drafting());
        s.press("Update: it is posted by hand");
        QCOMPARE(s.composer.problem(), QStringLiteral("First copy it, and post it where it is to be read."));
        s.field("region").setText(QStringLiteral("Europe"));
        s.field("impact").setText(QStringLiteral("cannot pay"));
        s.field("action").setText(QStringLiteral("looking"));
        s.press("Update: copy for Teams");
        const QMimeData *data = QGuiApplication::clipboard()->mimeData();
        QVERIFY(data->text().startsWith(QStringLiteral("**Shop: service disruption**")));
        QVERIFY(data->hasFormat(QStringLiteral("text/html")));
        s.press("Update: it is posted by hand");
        QCOMPARE(s.source.sent.back().method, QStringLiteral("update.send"));
        QCOMPARE(s.source.sent.back().arguments.value(QLatin1String("byHand")).toString(), QStringLiteral("Microsoft Teams"));
    }

    void whatIsSentByUsIsNotByHand()
    {
        DraftStage s(drafting());
        s.field("region").setText(QStringLiteral("Europe"));
        s.field("impact").setText(QStringLiteral("cannot pay"));
        s.field("action").setText(QStringLiteral("looking"));
        s.press("Update: copy for Slack");
        s.press("Update: send");
        QVERIFY(!s.source.sent.back().arguments.contains(QLatin1String("byHand")));
    }
};

QD_GUI_TEST(TestDrafting)
#include "tst_drafting.moc"
