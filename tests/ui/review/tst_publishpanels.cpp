// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/review/publishdialog.h"
#include "ui/review/registered.h"
#include "ui/review/sidebyside.h"

#include <QApplication>
#include <QComboBox>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QtTest>

using namespace qd;
using namespace qd::review;

namespace {

QJsonDocument read(QByteArray json)
{
    return QJsonDocument::fromJson(json.replace('\'', '"'));
}

/// As the core answers (core/control/publishing.cpp).
QJsonObject rendition(const QString &audience, const QString &text, bool leaks = false)
{
    QJsonObject out{{QStringLiteral("audience"), audience}, {QStringLiteral("text"), text}, {QStringLiteral("removed"), 2}};
    if (leaks)
        out.insert(QStringLiteral("leaks"), read("[{'kind':'host','words':'db.internal','line':3,'say':'It is a host of ours.'}]").array());
    return out;
}

QPushButton *button(SideBySide &panel, const QString &begin)
{
    for (QPushButton *b : panel.findChildren<QPushButton *>())
        if (b->text().startsWith(begin))
            return b;
    return nullptr;
}

} // namespace

class TestPublishPanels final : public QObject {
    Q_OBJECT
    std::unique_ptr<style::Theme> m_theme;
private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = std::make_unique<style::Theme>(std::move(*palette));
        m_theme->install();
    }

    void bothReadersAreShownBesideEachOther()
    {
        SideBySide panel(*m_theme);
        panel.showInside(rendition(QStringLiteral("internal"), QStringLiteral("Ana saw <b>it</b>")));
        panel.showOutside(rendition(QStringLiteral("public"), QStringLiteral("The commander saw it")));
        QCOMPARE(panel.insideText(), QStringLiteral("Ana saw <b>it</b>"));
        QCOMPARE(panel.outsideText(), QStringLiteral("The commander saw it"));
        QVERIFY(panel.canPublish());
        QSignalSpy published(&panel, &SideBySide::publishAsked);
        button(panel, QStringLiteral("Publish"))->click();
        QCOMPARE(published.count(), 1);
        QCOMPARE(published.front().front().toString(), QStringLiteral("public"));
    }

    void whatLeaksBlocksAndCanBeAllowed()
    {
        SideBySide panel(*m_theme);
        panel.showOutside(rendition(QStringLiteral("public"), QStringLiteral("x"), true));
        QVERIFY(!panel.canPublish());
        QCOMPARE(panel.leaks().size(), 1);
        QVERIFY(panel.leaks().front().startsWith(QStringLiteral("line 3: ")));
        QSignalSpy allowed(&panel, &SideBySide::allowAsked);
        QPushButton *allow = button(panel, QStringLiteral("Allow"));
        QVERIFY(!allow->isEnabled());
        panel.findChild<QListWidget *>()->setCurrentRow(0);
        QVERIFY(allow->isEnabled());
        allow->click();
        QCOMPARE(allowed.front().front().toString(), QStringLiteral("db.internal"));
    }

    void whatIsOnlyADraftIsSaid()
    {
        SideBySide panel(*m_theme);
        QJsonObject r = rendition(QStringLiteral("public"), QStringLiteral("x"));
        r.insert(QStringLiteral("drafts"), read("['Summary','Impact']").array());
        panel.showOutside(r);
        QVERIFY(panel.canPublish());
        const auto labels = panel.findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *l) { return l->accessibleName().contains(QStringLiteral("says it is done: Summary, Impact.")); }));
    }

    void whatNobodyMayAllowIsNotOffered()
    {
        SideBySide panel(*m_theme);
        QJsonObject r = rendition(QStringLiteral("public"), QStringLiteral("x"));
        r.insert(QStringLiteral("leaks"), read("[{'kind':'secret','words':'a password','line':3,'say':'What seems to be a password.','allowable':false},"
                                               "{'kind':'host','words':'db.internal','line':4,'say':'It is a host of ours.','allowable':true}]").array());
        panel.showOutside(r);
        QPushButton *allow = button(panel, QStringLiteral("Allow"));
        panel.findChild<QListWidget *>()->setCurrentRow(0);
        QVERIFY(!allow->isEnabled() && !panel.canPublish());
        panel.findChild<QListWidget *>()->setCurrentRow(1);
        QVERIFY(allow->isEnabled());
    }

    void anotherAudienceIsAskedForAndAnOldAnswerIsNotTakenForIt()
    {
        SideBySide panel(*m_theme);
        panel.setAudiences({QStringLiteral("customers")});
        panel.showOutside(rendition(QStringLiteral("public"), QStringLiteral("for all")));
        QSignalSpy asked(&panel, &SideBySide::renditionAsked);
        panel.findChild<QComboBox *>()->setCurrentText(QStringLiteral("customers"));
        QCOMPARE(asked.front().front().toString(), QStringLiteral("customers"));
        QVERIFY(!panel.canPublish());
        panel.showOutside(rendition(QStringLiteral("public"), QStringLiteral("late")));
        QCOMPARE(panel.outsideText(), QString());
        QVERIFY(!panel.canPublish());
        panel.showOutside(rendition(QStringLiteral("customers"), QStringLiteral("for customers")));
        QCOMPARE(panel.outsideText(), QStringLiteral("for customers"));
    }

    void aProblemLeavesNothingToPublish()
    {
        SideBySide panel(*m_theme);
        panel.showOutside(rendition(QStringLiteral("public"), QStringLiteral("x")));
        panel.showProblem(QStringLiteral("There is no review."));
        QVERIFY(!panel.canPublish());
        QCOMPARE(panel.outsideText(), QString());
    }

    void bothMoveTogether()
    {
        SideBySide panel(*m_theme);
        panel.resize(600, 300);
        QString many;
        for (int n = 0; n < 300; ++n)
            many += QStringLiteral("line %1\n").arg(n);
        panel.showInside(rendition(QStringLiteral("internal"), many + many));
        panel.showOutside(rendition(QStringLiteral("public"), many));
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel, qd::tests::kPatience));
        const auto edits = panel.findChildren<QPlainTextEdit *>();
        QCOMPARE(edits.size(), 2);
        edits[0]->verticalScrollBar()->setValue(edits[0]->verticalScrollBar()->maximum());
        QCOMPARE(edits[1]->verticalScrollBar()->value(), edits[1]->verticalScrollBar()->maximum());
    }

    void whatIsPublishedIsAFileAndThenARecord()
    {
        QStandardPaths::setTestModeEnabled(true);
        test::ViewFixture source(test::incidentScene());
        source.holdsAnswers = true;
        PublishDialog dialog(source, *m_theme, QStringLiteral("INC-7"), nullptr);
        QCOMPARE(source.sent.size(), std::size_t(4)); // with the pages, and what was published
        QCOMPARE(source.sent[0].arguments.value(QLatin1String("audience")).toString(), QStringLiteral("internal"));
        QCOMPARE(source.sent[1].arguments.value(QLatin1String("audience")).toString(), QStringLiteral("public"));
        source.held[0](true, {}, rendition(QStringLiteral("internal"), QStringLiteral("inside")));
        source.held[1](true, {}, rendition(QStringLiteral("public"), QStringLiteral("outside")));
        QCOMPARE(dialog.sides().insideText(), QStringLiteral("inside"));
        QCOMPARE(dialog.sides().outsideText(), QStringLiteral("outside"));
        for (QComboBox *box : dialog.findChildren<QComboBox *>())
            if (box->findText(QStringLiteral("txt")) >= 0)
                box->setCurrentText(QStringLiteral("txt"));
        button(dialog.sides(), QStringLiteral("Publish"))->click();
        QCOMPARE(source.sent.back().arguments.value(QLatin1String("format")).toString(), QStringLiteral("txt"));
        source.held.back()(true, {}, rendition(QStringLiteral("public"), QStringLiteral("outside")));
        QTRY_COMPARE(source.sent.back().method, QStringLiteral("review.published"));
        const QJsonObject recorded = source.sent.back().arguments;
        QCOMPARE(recorded.value(QLatin1String("digest")).toString(), QString::fromLatin1(QCryptographicHash::hash("outside", QCryptographicHash::Sha256).toHex()));
        QVERIFY(recorded.value(QLatin1String("source")).toString().isEmpty()); // the core makes it itself
        const QString path = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + QLatin1Char('/') + recorded.value(QLatin1String("where")).toString();
        QVERIFY2(QFile::exists(path), qPrintable(path));
        source.held.back()(false, QStringLiteral("The leak check found 1 thing."), {});
        QCOMPARE(dialog.said(), QStringLiteral("The leak check found 1 thing."));
        QTRY_VERIFY(!QFile::exists(path)); // what is not in the record was not published
    }

    /// What was published before may have been sent to somebody since.
    void whatIsThereAlreadyIsNotWrittenOver()
    {
        QStandardPaths::setTestModeEnabled(true);
        const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
        QVERIFY(folder.mkpath(QStringLiteral(".")));
        const QString first = folder.filePath(QStringLiteral("INC-99887-review-public.txt")), second = folder.filePath(QStringLiteral("INC-99887-review-public-2.txt"));
        QFile::remove(second);
        QFile before(first);
        QVERIFY(before.open(QIODevice::WriteOnly) && before.write("sent to somebody") > 0);
        before.close();
        test::ViewFixture source(test::incidentScene());
        source.holdsAnswers = true;
        PublishDialog dialog(source, *m_theme, QStringLiteral("INC-99887"), nullptr);
        source.held[1](true, {}, rendition(QStringLiteral("public"), QStringLiteral("outside")));
        for (QComboBox *box : dialog.findChildren<QComboBox *>())
            if (box->findText(QStringLiteral("txt")) >= 0)
                box->setCurrentText(QStringLiteral("txt"));
        button(dialog.sides(), QStringLiteral("Publish"))->click();
        source.held.back()(true, {}, rendition(QStringLiteral("public"), QStringLiteral("outside")));
        QTRY_COMPARE(source.sent.back().method, QStringLiteral("review.published"));
        QCOMPARE(source.sent.back().arguments.value(QLatin1String("where")).toString(), QStringLiteral("INC-99887-review-public-2.txt"));
        source.held.back()(true, {}, {});
        QVERIFY2(dialog.said().contains(second), qPrintable(dialog.said())); // where it is
        QVERIFY(before.open(QIODevice::ReadOnly));
        QCOMPARE(before.readAll(), QByteArray("sent to somebody"));
        before.close();
        QVERIFY(QFile::remove(first) && QFile::remove(second));
    }

    void everyAudienceOfTheWorkspaceCanBeChosen()
    {
        view::ViewModel scene = test::incidentScene();
        auto review = std::make_shared<view::Review>();
        review->incident = QStringLiteral("INC-7");
        review->audiences = {QStringLiteral("internal"), QStringLiteral("customers"), QStringLiteral("partners")};
        scene.review = review;
        test::ViewFixture source(scene);
        source.holdsAnswers = true;
        PublishDialog dialog(source, *m_theme, QStringLiteral("INC-7"), nullptr);
        auto *box = dialog.sides().findChild<QComboBox *>();
        QStringList offered;
        for (int n = 0; n < box->count(); ++n)
            offered << box->itemText(n);
        QCOMPARE(offered, (QStringList{QStringLiteral("public"), QStringLiteral("internal"), QStringLiteral("customers"), QStringLiteral("partners")}));
        // What those inside read can be given out, too: it stands at the right like every other.
        box->setCurrentText(QStringLiteral("internal"));
        QCOMPARE(source.sent.back().arguments.value(QLatin1String("audience")).toString(), QStringLiteral("internal"));
        source.held.back()(true, {}, rendition(QStringLiteral("internal"), QStringLiteral("for us")));
        QCOMPARE(dialog.sides().outsideText(), QStringLiteral("for us"));
        QVERIFY(dialog.sides().canPublish());
    }

    void whatLeaksMeanwhileIsNotWritten()
    {
        test::ViewFixture source(test::incidentScene());
        source.holdsAnswers = true;
        PublishDialog dialog(source, *m_theme, QStringLiteral("INC-7"), nullptr);
        source.held[1](true, {}, rendition(QStringLiteral("public"), QStringLiteral("outside")));
        button(dialog.sides(), QStringLiteral("Publish"))->click();
        source.held.back()(true, {}, rendition(QStringLiteral("public"), QStringLiteral("outside"), true));
        QCOMPARE(source.sent.back().method, QStringLiteral("review.rendition")); // asked again, and shown
        QVERIFY(dialog.said().contains(QStringLiteral("nothing was published")));
    }

    /// A page or a file stays as it was published; what differs by now is said before one publishes again.
    void whatReadsOtherwiseByNowIsSaid()
    {
        test::ViewFixture source(test::incidentScene());
        source.holdsAnswers = true;
        PublishDialog dialog(source, *m_theme, QStringLiteral("INC-7"), nullptr);
        const auto &asked = source.sent[3].arguments;
        QCOMPARE(asked.value(QLatin1String("what")).toString(), QStringLiteral("library"));
        QCOMPARE(asked.value(QLatin1String("incident")).toString(), QStringLiteral("INC-7"));
        QVERIFY(dialog.said().isEmpty());
        source.held[3](true, {}, read("{'items':[{'incident':'INC-7','audience':'internal','format':'md','where':'a.md','reads':'same'},"
                                      "{'incident':'INC-7','audience':'public','format':'confluence','where':'wiki/4711','reads':'otherwise'},"
                                      "{'incident':'INC-7','audience':'public','format':'pdf','where':'a.pdf','reads':null}]}").object());
        QVERIFY2(dialog.said().endsWith(QStringLiteral("by now: for public as confluence, wiki/4711")), qPrintable(dialog.said()));
    }

    void noMoreThanThreeThatReadOtherwiseAreNamed()
    {
        QJsonArray items;
        const auto said = [&] { return outdatedWords(items, QStringLiteral("INC-7")); };
        const QJsonObject of7{{QStringLiteral("incident"), QStringLiteral("INC-7")}, {QStringLiteral("audience"), QStringLiteral("public")}, {QStringLiteral("format"), QStringLiteral("md")}, {QStringLiteral("reads"), QStringLiteral("otherwise")}};
        QJsonObject other = of7;
        other.insert(QStringLiteral("incident"), QStringLiteral("INC-8"));
        items.append(other);
        QCOMPARE(said(), QString());
        for (int n = 0; n < 3; ++n)
            items.append(of7);
        QCOMPARE(said().count(QStringLiteral("for public as md")), 3);
        QVERIFY2(!said().contains(QStringLiteral("more")), qPrintable(said()));
        items.append(of7);
        QCOMPARE(said().count(QStringLiteral("for public as md")), 3);
        QVERIFY2(said().endsWith(QStringLiteral("and 1 more")), qPrintable(said()));
    }

    void itIsPublishedWhereOneSays()
    {
        view::ViewModel scene = test::incidentScene();
        view::Feed wiki, chat;
        wiki.name = QStringLiteral("wiki");
        wiki.kind = QStringLiteral("confluence");
        wiki.arming = QStringLiteral("publish");
        chat.name = QStringLiteral("chat");
        chat.kind = QStringLiteral("slack");
        scene.strip.feeds = {chat, wiki};
        test::ViewFixture source(scene);
        source.holdsAnswers = true;
        PublishDialog dialog(source, *m_theme, QStringLiteral("INC-7"), nullptr);
        QCOMPARE(source.sent[2].arguments.value(QLatin1String("what")).toString(), QStringLiteral("pages"));
        source.held[1](true, {}, rendition(QStringLiteral("public"), QStringLiteral("outside")));
        source.held[2](true, {}, read("{'items':[{'id':'shop'}]}").object());
        QStringList places;
        for (int n = 0; n < dialog.where().count(); ++n)
            places << dialog.where().itemData(n).toString();
        QCOMPARE(places, (QStringList{QString(), QStringLiteral("at:wiki"), QStringLiteral("page:shop")}));

        dialog.where().setCurrentIndex(1);
        button(dialog.sides(), QStringLiteral("Publish"))->click();
        QCOMPARE(source.sent.back().method, QStringLiteral("review.publish"));
        QCOMPARE(source.sent.back().arguments.value(QLatin1String("connection")).toString(), QStringLiteral("wiki"));
        source.held.back()(true, {}, {});
        QVERIFY(dialog.said().contains(QStringLiteral("on its way to wiki")));

        // On the page stands what is written for it alone; without such a section, all of it.
        dialog.where().setCurrentIndex(2);
        button(dialog.sides(), QStringLiteral("Publish"))->click();
        QCOMPARE(source.sent.back().arguments.value(QLatin1String("section")).toString(), QStringLiteral("external"));
        QJsonObject empty = rendition(QStringLiteral("public"), QString());
        empty.insert(QStringLiteral("empty"), true);
        source.held.back()(true, {}, empty);
        QCOMPARE(source.sent.back().arguments.value(QLatin1String("section")).toString(), QString());
        QJsonObject all = rendition(QStringLiteral("public"), QStringLiteral("INC-7: Slow\n====\n\nIt was slow.\n"));
        all.insert(QStringLiteral("title"), QStringLiteral("INC-7: Slow"));
        source.held.back()(true, {}, all);
        const QJsonObject drafted = source.sent.back().arguments;
        QCOMPARE(source.sent.back().method, QStringLiteral("message.draft"));
        QCOMPARE(drafted.value(QLatin1String("title")).toString(), QStringLiteral("Slow"));
        QCOMPARE(drafted.value(QLatin1String("text")).toString(), QStringLiteral("It was slow.\n"));
        QCOMPARE(drafted.value(QLatin1String("audience")).toString(), QStringLiteral("public"));
        QCOMPARE(drafted.value(QLatin1String("to")).toArray().first().toString(), QStringLiteral("page:shop"));
        source.held.back()(false, QStringLiteral("There is no page shop."), {});
        QCOMPARE(dialog.said(), QStringLiteral("There is no page shop."));
    }
};

QD_GUI_TEST(TestPublishPanels)
#include "tst_publishpanels.moc"
