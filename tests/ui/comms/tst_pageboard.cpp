// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/wayout.h"
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/comms/gate.h"
#include "ui/comms/maintenancedialog.h"
#include "ui/comms/pageboard.h"
#include "ui/comms/pagedialogs.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/typetoarm.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace qd;
using namespace qd::comms;

/// M3.1 in the window: what components are and why, what was announced, where it is pushed, and saying something.
namespace {

QString t(const char *text) { return QString::fromUtf8(text); }

QJsonObject inLanguages(const char *english, const char *german = "")
{
    QJsonObject out{{t("en"), t(english)}};
    if (*german != 0)
        out.insert(t("de"), t(german));
    return out;
}

QJsonObject anUpdate(int number, const char *phase, const char *text)
{
    return {{t("number"), number}, {t("at"), t("2026-11-23T14:10:00Z")}, {t("phase"), t(phase)}, {t("text"), inLanguages(text)}, {t("components"), QJsonArray()}, {t("nextDue"), t("2026-11-23T14:40:00Z")}, {t("by"), t("ana")}};
}

QJsonObject aPage(const char *id = "shop")
{
    const QJsonObject derived{{t("id"), t("checkout")}, {t("name"), inLanguages("Checkout", "Kasse")}, {t("state"), t("partial outage")}, {t("because"), QJsonObject{{t("rule"), t("page/derived")}, {t("matched"), QJsonArray{t("INC-2041"), t("SEV2")}}}},
                              {t("byHand"), QJsonValue()}, {t("driftsSince"), QJsonValue()}};
    const QJsonObject said{{t("id"), t("stock")}, {t("name"), inLanguages("Stock")}, {t("state"), t("operational")}, {t("because"), QJsonObject()},
                           {t("byHand"), QJsonObject{{t("state"), t("operational")}, {t("by"), t("mara")}, {t("reason"), t("only <b>ours</b>")}, {t("until"), t("2026-11-23T16:00:00Z")}}},
                           {t("driftsSince"), t("2026-11-23T14:20:00Z")}, {t("driftBecause"), QJsonObject{{t("rule"), t("page/drift")}, {t("matched"), QJsonArray{t("db fires")}}}}};
    return {{t("id"), t(id)},
            {t("title"), inLanguages("Shop status")},
            {t("languages"), QJsonArray{t("en"), t("de")}},
            {t("state"), t("partial outage")},
            {t("publish"), QJsonArray{t("web"), t("bucket"), t("old")}},
            {t("live"), true},
            {t("components"), QJsonArray{derived, said}},
            {t("notices"), QJsonArray{QJsonObject{{t("notice"), 1}, {t("incident"), t("INC-2041")}, {t("title"), inLanguages("Payments fail")}, {t("phase"), t("identified")}, {t("overdueAt"), QJsonValue()},
                                                  {t("updates"), QJsonArray{anUpdate(1, "investigating", "Some payments fail."), anUpdate(2, "identified", "All payments fail.")}}}}}};
}

view::ViewModel aPublishedScene()
{
    view::ViewModel v = test::incidentScene();
    view::Feed web, bucket;
    web.name = t("web");
    web.state = t("fresh");
    web.arming = t("publish");
    bucket.name = t("bucket");
    bucket.state = t("failed");
    bucket.problem = t("403 from the bucket.");
    bucket.arming = t("publish");
    v.strip.feeds.push_back(web);
    v.strip.feeds.push_back(bucket);
    return v;
}

struct PageStage {
    style::Theme theme{*style::Palette::builtIn()};
    test::ViewFixture source;
    PageBoard board;

    explicit PageStage(const QJsonArray &items = {aPage()})
        : source(aPublishedScene())
        , board(theme, source)
    {
        source.nextResult = {{t("items"), items}};
        board.resize(700, 700);
        board.show();
        (void)QTest::qWaitForWindowExposed(&board);
        board.fetch();
        source.sent.clear();
    }
    void press(const char *name)
    {
        for (QAction *a : board.list().actions())
            if (a->objectName() == QLatin1String("page.") + QLatin1String(name))
                a->trigger();
    }
    template <typename Dialog>
    Dialog *dialog()
    {
        const auto all = board.window()->findChildren<Dialog *>();
        return all.isEmpty() ? nullptr : all.back();
    }
};

QLineEdit *fieldOf(QDialog &dialog, const char *name)
{
    for (QLineEdit *e : dialog.findChildren<QLineEdit *>())
        if (e->accessibleName() == QLatin1String(name))
            return e;
    qFatal("no field %s", name);
}

/// Takes components by their rows.
void tick(QDialog &dialog, std::initializer_list<int> rows)
{
    for (const int row : rows)
        dialog.findChild<QListWidget *>()->item(row)->setCheckState(Qt::Checked);
}

/// What is asked for before something goes outside.
void armByTyping(QDialog &dialog)
{
    auto *field = dialog.findChild<widgets::TypeToArm *>();
    field->setText(field->target());
}

} // namespace

class TestPageBoard final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatEachComponentIsAndWhy()
    {
        PageStage s;
        QCOMPARE(s.board.head(), t("Shop status · △ partial outage"));
        QCOMPARE(s.board.list().item(0)->text(), t("Checkout · △ partial outage · follows: INC-2041, SEV2"));
        QCOMPARE(s.board.list().item(1)->text(), t("Stock · ○ operational · said by mara until 16:00: only <b>ours</b> · ▲ DRIFTS"));
        QCOMPARE(s.board.drift(), t("▲ DRIFT: the page is green and the map is red: Stock since 14:20 (db fires)"));
    }

    void saysHowEachPlaceItIsPushedToStands()
    {
        PageStage s;
        QCOMPARE(s.board.targets(), t("✓ web fresh: read back as pushed\n✗ bucket failed: 403 from the bucket.\n✗ old: no such connection\n✓ live: this core serves it at /status/shop"));
        view::Feed feed;
        feed.arming = t("observe");
        feed.state = t("fresh");
        QVERIFY(targetLine(t("x"), &feed).startsWith(t("✗ x: only observes")));
        feed.arming = t("publish, posts");
        feed.state = t("silent");
        feed.lastSeen = test::sceneMoment();
        QCOMPARE(targetLine(t("x"), &feed), t("▲ x is stale, read back last at 14:25."));
    }

    void aTextThatEndedIsNoPromiseThatWasBroken()
    {
        QJsonObject notice = aPage().value(t("notices")).toArray().first().toObject();
        notice.insert(t("overdueAt"), t("2026-11-23T14:20:00Z"));
        QVERIFY(noticeLine(notice, {t("en")}, test::sceneMoment()).endsWith(t("▲ next word was due at 14:20")));
        notice.insert(t("ended"), true);
        QVERIFY(noticeLine(notice, {t("en")}, test::sceneMoment()).endsWith(t("▲ what it says expired or was withdrawn at 14:20; say what is true now")));
    }

    void showsTheNewestWordAgainstTheOneBefore()
    {
        PageStage s;
        QCOMPARE(s.board.notice(), t("Notice 1: Payments fail · INC-2041 · identified · last word 14:10 by ana · next word by 14:40"));
        QCOMPARE(s.board.marked(), t("[-Investigating\nSome-] {+Identified\nAll+} payments fail."));
    }

    void whatIsSaidGoesOnTheOpenNoticeAndReadsAsItWillStandThere()
    {
        PageStage s;
        s.press("post");
        auto *d = s.dialog<PostDialog>();
        QVERIFY(d != nullptr && !d->doIt().isEnabled());
        auto texts = d->findChildren<QPlainTextEdit *>();
        const auto written = std::find_if(texts.begin(), texts.end(), [](const QPlainTextEdit *e) { return e->accessibleName() == QLatin1String("Text (en)"); });
        QVERIFY(written != texts.end());
        (*written)->setPlainText(t("All payments work."));
        for (QComboBox *box : d->findChildren<QComboBox *>())
            if (box->accessibleName() == QLatin1String("Checkout is"))
                box->setCurrentIndex(2);
        QVERIFY2(d->preview().contains(t("Identified\nAll payments work.\nCheckout: Degraded performance\nNext word by 2026-11-23 14:55 UTC")), qPrintable(d->preview()));
        QCOMPARE(d->marked(), t("All payments [-fail.-] {+work.+}"));
        QTest::keyClick(d, Qt::Key_Return);
        QTest::keyClick(d, Qt::Key_Return);
        QVERIFY(s.source.sent.empty()); // it leaves the house: the page's name is typed
        armByTyping(*d);
        d->doIt().click();
        QCOMPARE(s.source.sent.front().method, t("page.post"));
        const QJsonObject a = s.source.sent.front().arguments;
        QCOMPARE(a.value(t("notice")).toInt(), 1);
        QCOMPARE(a.value(t("phase")).toString(), t("identified"));
        QCOMPARE(a.value(t("text")).toObject(), inLanguages("All payments work."));
        QCOMPARE(a.value(t("next")).toString(), t("30m"));
        QCOMPARE(a.value(t("components")).toArray(), (QJsonArray{QJsonObject{{t("component"), t("checkout")}, {t("state"), t("degraded")}}}));
        QVERIFY(!a.contains(t("title")) && !a.contains(t("removeMarked")));
    }

    void aNewNoticeNeedsItsTitleAndNothingFollowsOnWhatIsResolved()
    {
        QJsonObject page = aPage();
        page.insert(t("notices"), QJsonArray());
        style::Theme theme{*style::Palette::builtIn()};
        PostDialog d(theme, page, std::make_shared<const view::ViewModel>(aPublishedScene()), nullptr);
        armByTyping(d);
        d.findChildren<QPlainTextEdit *>().front()->setPlainText(t("x"));
        for (QPlainTextEdit *e : d.findChildren<QPlainTextEdit *>())
            if (!e->isReadOnly())
                e->setPlainText(t("x"));
        QVERIFY(!d.doIt().isEnabled());
        for (QLineEdit *e : d.findChildren<QLineEdit *>())
            if (e->accessibleName() == QLatin1String("Title"))
                e->setText(t("Payments fail"));
        QVERIFY(d.doIt().isEnabled());
        QCOMPARE(d.arguments().value(t("fresh")).toBool(), true);
        QCOMPARE(d.arguments().value(t("incident")).toString(), t("INC-2041"));
        for (QComboBox *box : d.findChildren<QComboBox *>())
            if (box->accessibleName() == QLatin1String("Phase"))
                box->setCurrentIndex(3);
        QVERIFY(!d.arguments().contains(t("next")));
        QVERIFY(!d.preview().contains(t("Next word")));
    }

    void whatTheGateRefusesIsNamedAndTakenOutByAButton()
    {
        PageStage s;
        s.press("post");
        auto *d = s.dialog<PostDialog>();
        for (QPlainTextEdit *e : d->findChildren<QPlainTextEdit *>())
            if (!e->isReadOnly())
                e->setPlainText(t("Fails [[restricted: canary]] now"));
        armByTyping(*d);
        QVERIFY(d->removal().isHidden());
        s.source.nextDone = false;
        s.source.nextSentence = t("The post goes to the status page shop, which may not be told what is marked [sealed: restricted, short] at character 7. Nothing was sent.") + QString::fromUtf8(governance::kWayOut.data());
        d->doIt().click();
        QVERIFY(d->isVisible() && !d->removal().isHidden());
        QVERIFY2(d->problem().endsWith(t("Nothing was sent.")) && d->problem().contains(t("[sealed: restricted, short]")), qPrintable(d->problem()));
        QVERIFY(!d->problem().contains(t("--remove-marked")));
        s.source.nextDone = true;
        d->removal().click();
        QCOMPARE(s.source.sent.at(1).arguments.value(t("removeMarked")).toBool(), true);
    }

    void wordsThatHaveToPassChecksAreDraftedForThem()
    {
        QJsonObject page = aPage();
        page.insert(t("checks"), QJsonArray{QJsonObject{{t("stage"), t("legal")}, {t("name"), t("Legal")}, {t("approvers"), QJsonArray{t("lee"), t("kim")}}}});
        PageStage s(QJsonArray{page});
        s.press("post");
        auto *d = s.dialog<PostDialog>();
        QVERIFY2(d->checks().contains(t("Legal (lee, kim)")) && d->checks().contains(t("INC-2041")), qPrintable(d->checks()));
        QVERIFY(d->way() == PublicDialog::Way::Publish && d->cannotWait().isHidden()); // nothing is said yet
        for (QComboBox *box : d->findChildren<QComboBox *>())
            if (box->accessibleName() == QLatin1String("Checkout is"))
                box->setCurrentIndex(2);
        armByTyping(*d);
        QVERIFY(d->doIt().isEnabled() && d->way() == PublicDialog::Way::Publish); // what a component is passes no check
        for (QPlainTextEdit *e : d->findChildren<QPlainTextEdit *>())
            if (e->accessibleName() == QLatin1String("Text (en)"))
                e->setPlainText(t("All payments work."));
        QVERIFY(d->way() == PublicDialog::Way::Draft && d->doIt().isEnabled());
        QCOMPARE(d->doIt().text(), t("Draft for approval"));
        d->cannotWait().setChecked(true);
        QVERIFY(d->way() == PublicDialog::Way::Glass && !d->doIt().isEnabled());
        QCOMPARE(d->doIt().text(), t("Break the glass"));
        d->why().setText(t("money"));
        QVERIFY(d->doIt().isEnabled()); // the page's name was typed
        d->told(0).setText(t("dan"));
        QCOMPARE(d->method(), t("page.post"));
        QCOMPARE(d->arguments().value(t("reason")).toString(), t("money"));
        QCOMPARE(d->arguments().value(t("tell")).toArray(), (QJsonArray{t("dan")}));
        d->cannotWait().setChecked(false);
        d->doIt().click();
        QCOMPARE(s.source.sent.front().method, t("message.draft"));
        const QJsonObject a = s.source.sent.front().arguments;
        QCOMPARE(a.value(t("to")).toArray(), (QJsonArray{t("page:shop")}));
        QCOMPARE(a.value(t("title")).toString(), t("Payments fail")); // as the notice is called
        QCOMPARE(a.value(t("text")).toString(), t("All payments work."));
        QCOMPARE(a.value(t("incident")).toString(), t("INC-2041"));
        QVERIFY2(s.board.status().contains(t("Drafted as a message of INC-2041")), qPrintable(s.board.status()));
    }

    void plannedWorkIsDraftedForItsChecksToo()
    {
        QJsonObject page = aPage();
        page.insert(t("checks"), QJsonArray{QJsonObject{{t("stage"), t("legal")}, {t("name"), t("Legal")}, {t("approvers"), QJsonArray{t("lee")}}}});
        PageStage s(QJsonArray{page});
        s.press("maintain");
        auto *d = s.dialog<MaintenanceDialog>();
        fieldOf(*d, "Title (en)")->setText(t("New disks"));
        tick(*d, {1});
        QVERIFY(d->way() == PublicDialog::Way::Draft && d->doIt().isEnabled());
        QCOMPARE(d->method(), t("message.draft"));
        QCOMPARE(d->arguments().value(t("text")).toString(), t("New disks")); // a message has a text
        d->cannotWait().setChecked(true);
        d->why().setText(t("they die tonight"));
        armByTyping(*d);
        d->doIt().click();
        QCOMPARE(s.source.sent.front().method, t("page.maintenance"));
        QCOMPARE(s.source.sent.front().arguments.value(t("reason")).toString(), t("they die tonight"));
    }

    void withoutAnIncidentNothingIsDrafted()
    {
        QJsonObject page = aPage();
        page.insert(t("checks"), QJsonArray{QJsonObject{{t("stage"), t("legal")}, {t("name"), t("Legal")}, {t("approvers"), QJsonArray{t("lee")}}}});
        view::ViewModel scene = aPublishedScene();
        scene.focus.clear();
        style::Theme theme{*style::Palette::builtIn()};
        MaintenanceDialog d(theme, page, std::make_shared<const view::ViewModel>(scene), nullptr);
        fieldOf(d, "Title (en)")->setText(t("New disks"));
        tick(d, {1});
        QVERIFY(!d.doIt().isEnabled());
        QVERIFY2(d.checks().contains(t("declare one")), qPrintable(d.checks()));
    }

    void thePageIsLookedAtAsItWillBeServed()
    {
        const QTemporaryDir folder;
        qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
        PageStage s;
        s.press("post");
        auto *d = s.dialog<PostDialog>();
        QVERIFY(!d->looking().isEnabled());
        for (QPlainTextEdit *e : d->findChildren<QPlainTextEdit *>())
            if (e->accessibleName() == QLatin1String("Text (en)"))
                e->setPlainText(t("All payments work."));
        s.source.nextResult = {{t("page"), t("shop")}, {t("overall"), inLanguages("Partial outage", "Teilausfall")}, {t("state"), t("partial outage")},
                               {t("components"), QJsonArray{QJsonObject{{t("component"), t("checkout")}, {t("name"), inLanguages("Checkout")}, {t("state"), t("partial outage")}}}},
                               {t("files"), QJsonArray{QJsonObject{{t("path"), t("index.html")}, {t("html"), t("<!doctype html><p>All payments work.")}}}}};
        d->looking().click();
        QCOMPARE(s.source.sent.front().method, t("page.preview"));
        QCOMPARE(s.source.sent.front().arguments.value(t("text")).toObject(), inLanguages("All payments work."));
        QVERIFY2(d->rendered().contains(t("Partial outage\nCheckout: △ partial outage")), qPrintable(d->rendered()));
        const QString path = folder.filePath(t("quarterdeck-preview-shop.html"));
        QTRY_VERIFY(d->rendered().contains(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("<!doctype html><p>All payments work."));
        QVERIFY(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
        fieldOf(*d, "Next word in")->setText(t("1h")); // it would read otherwise by now
        QVERIFY(d->rendered().isEmpty());
        for (QPlainTextEdit *e : d->findChildren<QPlainTextEdit *>())
            if (e->accessibleName() == QLatin1String("Text (en)"))
                e->setPlainText(t("Orders fail due to human error."));
        QVERIFY2(d->advice().contains(t("“human error”")), qPrintable(d->advice()));
    }

    void anotherRefusalIsShownAsItIs()
    {
        QVERIFY(!gateRefusal(t("You may not publish.")).has_value());
        QCOMPARE(firstMark(t("über [[restricted: Bank]] x")), (std::pair<int, int>{5, 20}));
        QCOMPARE(firstMark(t("all [[public: may]] read")).first, -1);
    }

    void aComponentIsWhatSomebodySaysUntilItFollowsAgain()
    {
        PageStage s;
        s.press("override");
        auto *d = s.dialog<ComponentDialog>();
        QVERIFY(d != nullptr && !d->doIt().isEnabled()); // why is asked
        for (QLineEdit *e : d->findChildren<QLineEdit *>())
            if (e->accessibleName() == QLatin1String("Why"))
                e->setText(t("the vendor says so"));
        d->doIt().click();
        QCOMPARE(s.source.sent.front().method, t("page.set"));
        QCOMPARE(s.source.sent.front().arguments, (QJsonObject{{t("page"), t("shop")}, {t("component"), t("checkout")}, {t("state"), t("partial outage")}, {t("reason"), t("the vendor says so")}, {t("until"), t("2h")}}));
        s.source.sent.clear();
        s.board.list().setCurrentRow(1);
        s.press("follow");
        QCOMPARE(s.source.sent.front().arguments.value(t("component")).toString(), t("stock"));
        QCOMPARE(s.source.sent.front().arguments.value(t("state")).toString(), t("auto"));
    }

    void workIsPlannedInEachLanguageAndReadsAsItWillStandThere()
    {
        QJsonObject page = aPage();
        page.insert(t("zone"), t("Europe/Berlin"));
        PageStage s(QJsonArray{page});
        QVERIFY(s.board.planned().isEmpty());
        s.press("maintain");
        auto *d = s.dialog<MaintenanceDialog>();
        QVERIFY(d != nullptr && !d->doIt().isEnabled());
        fieldOf(*d, "Title (en)")->setText(t("New disks"));
        fieldOf(*d, "Title (de)")->setText(t("Neue Platten"));
        tick(*d, {1});
        fieldOf(*d, "From")->setText(t("2026-11-23 22:00"));
        fieldOf(*d, "Until")->setText(t("90m"));
        QVERIFY2(d->preview().contains(t("New disks – Scheduled\n2026-11-23 22:00 UTC (23:00 CET) – 2026-11-23 23:30 UTC (2026-11-24 00:30 CET)\nAffects Stock")), qPrintable(d->preview()));
        QVERIFY2(d->preview().contains(t("Neue Platten – Geplant")), qPrintable(d->preview()));
        QVERIFY(!d->doIt().isEnabled()); // it leaves the house: the page's name is typed
        armByTyping(*d);
        QVERIFY(d->doIt().isEnabled());
        d->doIt().click();
        QCOMPARE(s.source.sent.front().method, t("page.maintenance"));
        QCOMPARE(s.source.sent.front().arguments,
                 (QJsonObject{{t("page"), t("shop")}, {t("title"), inLanguages("New disks", "Neue Platten")}, {t("components"), QJsonArray{t("stock")}}, {t("from"), t("2026-11-23T22:00:00Z")}, {t("until"), t("2026-11-23T23:30:00Z")}}));
    }

    void plannedWorkIsLookedAtAsItWillBeServed()
    {
        const QTemporaryDir folder;
        qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
        PageStage s;
        s.press("maintain");
        auto *d = s.dialog<MaintenanceDialog>();
        QVERIFY(!d->looking().isEnabled()); // nothing is planned yet
        fieldOf(*d, "Title (en)")->setText(t("New disks"));
        tick(*d, {1});
        QVERIFY(d->looking().isEnabled() && !d->doIt().isEnabled()); // looking publishes nothing: no name is typed
        s.source.nextResult = {{t("page"), t("shop")}, {t("overall"), inLanguages("All systems operational")}, {t("components"), QJsonArray()},
                               {t("files"), QJsonArray{QJsonObject{{t("path"), t("index.html")}, {t("html"), t("<!doctype html><p>New disks")}}}}};
        d->looking().click();
        QCOMPARE(s.source.sent.front().method, t("page.maintenance.preview"));
        QCOMPARE(s.source.sent.front().arguments.value(t("title")).toObject(), inLanguages("New disks"));
        QTRY_VERIFY(d->rendered().contains(folder.filePath(t("quarterdeck-preview-shop.html"))));
        fieldOf(*d, "Title (en)")->setText(t("New power"));
        QVERIFY(d->rendered().isEmpty());
    }

    void theTimesAreTypedByTheClocksThatAreChosen()
    {
        QJsonObject page = aPage();
        page.insert(t("zone"), t("Europe/Berlin"));
        style::Theme theme{*style::Palette::builtIn()};
        MaintenanceDialog d(theme, page, std::make_shared<const view::ViewModel>(aPublishedScene()), nullptr);
        fieldOf(d, "From")->setText(t("2026-11-23 22:00"));
        for (QComboBox *box : d.findChildren<QComboBox *>())
            if (box->accessibleName() == QLatin1String("Clocks"))
                box->setCurrentIndex(box->findText(t("Europe/Berlin")));
        QCOMPARE(fieldOf(d, "From")->text(), t("2026-11-23 23:00")); // the same moment
        QCOMPARE(fieldOf(d, "Until")->text(), t("1h"));
        fieldOf(d, "From")->setText(t("2026-11-24 01:00"));
        QCOMPARE(d.arguments().value(t("from")).toString(), t("2026-11-24T00:00:00Z"));
        fieldOf(d, "From")->setText(t("2026-11-24 01:00 UTC"));
        QCOMPARE(d.arguments().value(t("from")).toString(), t("2026-11-24T01:00:00Z"));
        fieldOf(d, "Until")->setText(t("2026-11-24 01:30"));
        QCOMPARE(d.problem(), t("It would end before it begins."));
        fieldOf(d, "Until")->setText(t("soon"));
        QVERIFY2(d.problem().startsWith(t("“soon” is no time")), qPrintable(d.problem()));
    }

    void whatIsPlannedIsChangedOrCancelled()
    {
        QJsonObject page = aPage();
        page.insert(t("maintenances"), QJsonArray{QJsonObject{{t("maintenance"), 4}, {t("title"), inLanguages("New disks")}, {t("text"), QJsonObject()}, {t("components"), QJsonArray{t("stock")}},
                                                              {t("from"), t("2026-11-23T22:00:00Z")}, {t("until"), t("2026-11-23T23:00:00Z")}, {t("state"), t("scheduled")}},
                                                  QJsonObject{{t("maintenance"), 3}, {t("title"), inLanguages("Old work")}, {t("state"), t("completed")}}});
        PageStage s(QJsonArray{page});
        QCOMPARE(s.board.planned(), t("□ Maintenance 4: New disks · 2026-11-23 22:00 UTC – 2026-11-23 23:00 UTC"));
        s.press("maintain");
        auto *d = s.dialog<MaintenanceDialog>();
        QComboBox *what = nullptr;
        for (QComboBox *box : d->findChildren<QComboBox *>())
            if (box->accessibleName() == QLatin1String("What"))
                what = box;
        QVERIFY(what != nullptr);
        QCOMPARE(what->count(), 3); // a new one, and two for the one that is not over
        armByTyping(*d);
        what->setCurrentIndex(1);
        QCOMPARE(fieldOf(*d, "Title (en)")->text(), t("New disks"));
        QVERIFY(!d->doIt().isEnabled()); // nothing is another
        fieldOf(*d, "Until")->setText(t("2h"));
        QVERIFY(d->doIt().isEnabled());
        QCOMPARE(d->arguments(), (QJsonObject{{t("page"), t("shop")}, {t("number"), 4}, {t("until"), t("2026-11-24T00:00:00Z")}}));
        what->setCurrentIndex(2);
        QVERIFY2(d->preview().contains(t("New disks – Cancelled")), qPrintable(d->preview()));
        for (const auto *label : d->findChildren<widgets::PlainLabel *>())
            if (label->plain() == t("Space takes one or leaves it."))
                QVERIFY(label->isHidden()); // what does not apply takes no room, its hint neither
        fieldOf(*d, "Why")->setText(t("the disks did not come"));
        d->doIt().click();
        QCOMPARE(s.source.sent.front().method, t("page.endmaintenance"));
        QCOMPARE(s.source.sent.front().arguments, (QJsonObject{{t("page"), t("shop")}, {t("number"), 4}, {t("reason"), t("the disks did not come")}}));
    }

    void leftAndRightGoToAnotherPageAndDataMovesNothing()
    {
        PageStage s(QJsonArray{aPage("shop"), aPage("b2b")});
        s.board.list().setCurrentRow(1);
        s.press("next");
        QVERIFY(s.board.targets().contains(t("/status/b2b")));
        s.board.list().setCurrentRow(1);
        view::ViewModel later = aPublishedScene();
        later.seq += 5;
        s.source.sent.clear();
        s.source.show(later);
        QCOMPARE(s.source.sent.size(), std::size_t(1)); // something was recorded: asked again
        QCOMPARE(s.board.list().currentRow(), 1);
        QVERIFY(s.board.targets().contains(t("/status/b2b")));
    }

    void whatIsAskedForFromThePaletteIsFirstLookedAt()
    {
        PageStage s;
        QSignalSpy wanted(&s.board, &PageBoard::wanted);
        s.board.hide();
        s.press("post");
        QCOMPARE(wanted.size(), 1);
        QVERIFY(s.dialog<PostDialog>() == nullptr);
    }

    void withoutAPageItSaysHowThereIsOne()
    {
        PageStage s(QJsonArray{});
        QVERIFY(s.board.head().contains(t("[[page]]")));
        s.press("post");
        QVERIFY(s.dialog<PostDialog>() == nullptr);
    }
};

QD_GUI_TEST(TestPageBoard)
#include "tst_pageboard.moc"
