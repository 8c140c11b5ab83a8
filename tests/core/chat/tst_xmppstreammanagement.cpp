// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmppstreammanagement.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::chat;

class TestXmppStreamManagement final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsFromEnabledOnly()
    {
        StreamManagement sm;
        sm.countInbound();
        sm.sent("<iq/>");
        QCOMPARE(sm.inbound(), 0u);
        QVERIFY(sm.unacked().empty());
        sm.start("id", true);
        sm.countInbound();
        sm.countInbound();
        QCOMPARE(sm.inbound(), 2u);
        QVERIFY(sm.canResume());
    }

    void keepsWhatIsNotAcknowledgedInOrder()
    {
        StreamManagement sm;
        sm.start("id", true);
        for (const char *frame : {"1", "2", "3"})
            sm.sent(frame);
        QVERIFY(sm.acknowledge("1"));
        QCOMPARE(sm.unacked().size(), std::size_t(2));
        QCOMPARE(sm.unacked().front(), std::string("2"));
        QVERIFY(sm.acknowledge("1"));
        QVERIFY(sm.acknowledge("3"));
        QVERIFY(sm.unacked().empty());
    }

    void refusesCountsThatGoBackOrBeyond()
    {
        StreamManagement sm;
        sm.start("id", true);
        for (const char *frame : {"1", "2"})
            sm.sent(frame);
        QVERIFY(sm.acknowledge("2"));
        QVERIFY(!sm.acknowledge("1"));
        QVERIFY(!sm.acknowledge("3"));
        QVERIFY(!sm.acknowledge("-1"));
        QVERIFY(!sm.acknowledge("2x"));
        QVERIFY(!sm.acknowledge(""));
        QVERIFY(!sm.acknowledge("4294967296"));
    }

    void forgetsForGood()
    {
        StreamManagement sm;
        sm.start("id", true);
        sm.countInbound();
        sm.forget();
        QVERIFY(!sm.canResume());
        QVERIFY(!sm.isOn());
        sm.start("id2", false);
        QCOMPARE(sm.inbound(), 0u);
        QVERIFY(!sm.canResume());
    }
};

QD_TEST(TestXmppStreamManagement)
#include "tst_xmppstreammanagement.moc"
