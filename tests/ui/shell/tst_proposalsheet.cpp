// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/map/proposalmodel.h"
#include "ui/shell/proposalsheet.h"
#include "ui/widgets/twintable.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>

using namespace qd;
using namespace qd::shell;

class TestProposalSheet : public QObject {
    Q_OBJECT
    test::WindowLook m_look;
    style::Theme *m_theme = nullptr;

    static QJsonObject edge(const char *from, const char *to, const char *state = "proposed")
    {
        return {{QStringLiteral("from"), QLatin1String(from)}, {QStringLiteral("to"), QLatin1String(to)}, {QStringLiteral("kind"), QStringLiteral("hard")},
                {QStringLiteral("state"), QLatin1String(state)}, {QStringLiteral("origin"), QStringLiteral("backstage")}, {QStringLiteral("first"), QStringLiteral("2026-11-23T13:25:07Z")},
                {QStringLiteral("last"), QStringLiteral("2026-11-23T14:20:07Z")}};
    }
    static ProposalSheet &opened(test::WindowBench &b)
    {
        b.source.nextResult = {{QStringLiteral("items"), QJsonArray{edge("cart", "db"), edge("shop", "cart"), edge("shop", "old", "dismissed"), edge("web", "shop")}}};
        QTest::keyClick(&b.window, Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
        return b.window.proposalSheet();
    }
    static QJsonArray edges(const test::WindowBench &b)
    {
        for (auto it = b.source.sent.rbegin(); it != b.source.sent.rend(); ++it)
            if (it->method != QLatin1String("get"))
                return it->arguments.value(QStringLiteral("edges")).toArray();
        return {};
    }
private Q_SLOTS:
    void initTestCase()
    {
        m_theme = m_look.begin();
        QVERIFY(m_theme);
    }

    void aKeyOpensItAndItAsksForWhatIsProposed()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        ProposalSheet &sheet = opened(b);
        QVERIFY(sheet.isVisible() && sheet.table().hasFocus());
        QCOMPARE(b.source.sent.back().arguments.value(QStringLiteral("what")).toString(), QStringLiteral("map"));
        QCOMPARE(sheet.model().rowCount(), 3); // not what was dismissed
        QCOMPARE(sheet.model().index(0, map::ProposalModel::Origin).data().toString(), QStringLiteral("backstage"));
        QVERIFY(!sheet.model().index(0, map::ProposalModel::Found).data().toString().isEmpty());
        QVERIFY(b.window.rect().contains(sheet.geometry()));
        const QAbstractItemModelTester tester(&sheet.model());
        QTest::keyClick(&sheet.table(), Qt::Key_Escape);
        QVERIFY(!sheet.isVisible());
    }

    void aSelectionIsAcceptedAtOnce()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        ProposalSheet &sheet = opened(b);
        QTest::keyClick(&sheet.table(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&sheet.table(), Qt::Key_A);
        QCOMPARE(edges(b).size(), 3);
        QCOMPARE(edges(b)[0].toObject(), (QJsonObject{{QStringLiteral("from"), QStringLiteral("cart")}, {QStringLiteral("to"), QStringLiteral("db")}}));
        QCOMPARE(b.source.sent[b.source.sent.size() - 2].method, QStringLiteral("map.accept"));
        QCOMPARE(b.source.sent.back().method, QStringLiteral("get")); // what is left
    }

    void orDismissedOrAcceptedAsAnotherKind()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        ProposalSheet &sheet = opened(b);
        QTest::keyClick(&sheet.table(), Qt::Key_Down); // from the first, which is chosen
        QTest::keyClick(&sheet.table(), Qt::Key_D);
        QCOMPARE(b.source.sent[b.source.sent.size() - 2].method, QStringLiteral("map.dismiss"));
        QCOMPARE(edges(b).size(), 1);
        QTest::keyClick(&sheet.table(), Qt::Key_S);
        QCOMPARE(edges(b)[0].toObject().value(QStringLiteral("kind")).toString(), QStringLiteral("soft"));
    }

    void aRefusalIsReadWhereItWasCaused()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        ProposalSheet &sheet = opened(b);
        b.source.nextDone = false;
        b.source.nextSentence = QStringLiteral("More than 20,000 dismissed edges are not remembered.");
        QTest::keyClick(&sheet.table(), Qt::Key_D);
        QCOMPARE(sheet.status(), b.source.nextSentence);
    }

    void withoutProposalsItSaysWhereTheyComeFrom()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        QTest::keyClick(&b.window, Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(b.window.proposalSheet().status().contains(QStringLiteral("map import")));
    }
};

QD_GUI_TEST(TestProposalSheet)
#include "tst_proposalsheet.moc"
