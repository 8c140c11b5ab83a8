// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/review/barchart.h"
#include "ui/review/publishdialog.h"
#include "ui/review/sidebyside.h"
#include "ui/review/trendspanel.h"

#include <QApplication>
#include <QComboBox>
#include <QJsonDocument>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
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
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
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
        QCOMPARE(source.sent.size(), std::size_t(2));
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
        const QString path = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + QLatin1Char('/') + recorded.value(QLatin1String("where")).toString();
        QVERIFY2(QFile::exists(path), qPrintable(path));
        source.held.back()(false, QStringLiteral("The leak check found 1 thing."), {});
        QCOMPARE(dialog.said(), QStringLiteral("The leak check found 1 thing."));
        QTRY_VERIFY(!QFile::exists(path)); // what is not in the record was not published
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

    void trendsAreSaidInWordsFirst()
    {
        const TrendsView view = trendsOf(read("[{'kind':'factor','label':'configuration error','incidents':3},{'kind':'pair','label':'a','withLabel':'b','incidents':2},"
                                              "{'kind':'quarter','factor':null,'label':'all','period':'2026 Q1','incidents':2},{'kind':'quarter','factor':'a','label':'a','period':'2026 Q1','incidents':1}]")
                                             .array(),
                                         read("[{'incident':'INC-7','action':1,'sentence':'recurred 2 times in 140 exposed days, before: 9 in 160','verdict':'inconclusive'}]").array(),
                                         read("[{'id':'pattern/1','state':'open','title':'Everywhere at once','services':['checkout','mail']},{'id':'suggestion/1','state':'suggested','title':'','labels':['x','y'],'services':['db']}]").array());
        QCOMPARE(view.quarters.size(), std::size_t(1));
        TrendsPanel panel(*m_theme);
        QVERIFY(panel.summary().startsWith(QStringLiteral("No review")));
        panel.show(view);
        QVERIFY2(panel.summary().contains(QStringLiteral("configuration error")), qPrintable(panel.summary()));
        QCOMPARE(panel.words(), QStringLiteral("INC-7 action 1: recurred 2 times in 140 exposed days, before: 9 in 160: inconclusive\npattern/1, open: Everywhere at once (checkout, mail)\nsuggestion/1, suggested: x, y (db)"));
        QVERIFY(panel.findChildren<BarChart *>().front()->names().contains(QStringLiteral("configuration error")));
    }
};

QD_GUI_TEST(TestPublishPanels)
#include "tst_publishpanels.moc"
