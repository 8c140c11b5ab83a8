// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/memberlist.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd::chat;

class TestMemberList final : public QObject {
    Q_OBJECT
    using Ids = std::set<std::string>;
private Q_SLOTS:
    void whatIsToldWhileTheListIsOnItsWayStandsAgainstIt()
    {
        MemberList m;
        m.asked();
        m.turned("bob", true);
        m.turned("eve", false);
        QCOMPARE(m.all(), Ids{"bob"});
        m.answered({"ana", "eve"}); // as it was before bob came and eve went
        QCOMPARE(m.all(), (Ids{"ana", "bob"}));
    }
    void whatWasToldBeforeIsInTheAnswer()
    {
        MemberList m;
        m.turned("bob", true);
        m.asked();
        m.answered({"ana"});
        QCOMPARE(m.all(), Ids{"ana"});
        m.turned("ana", false);
        m.asked();
        m.answered({"ana"}); // she came back where nobody heard it
        QCOMPARE(m.all(), Ids{"ana"});
    }
};

QD_TEST(TestMemberList)
#include "tst_memberlist.moc"
