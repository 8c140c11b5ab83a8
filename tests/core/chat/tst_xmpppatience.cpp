// SPDX-License-Identifier: GPL-3.0-or-later
// How fast XMPP is written to, and what comes of being too much for a server.
#include "tests/support/lastof.h"
#include "tests/support/suite.h"
#include "xmppfixture.h"

#include <QElapsedTimer>

using namespace qd;
using namespace qd::chat;
using namespace qd::test;
using std::chrono::milliseconds;

class TestXmppPatience final : public XmppFixture {
    Q_OBJECT

    /// Whether it was said of this post that it waits, and why. It may have gone out again by now.
    bool wasPutOff(const Uuid &post, const std::string &why) const
    {
        return std::any_of(m_deliveries.begin(), m_deliveries.end(), [&](const DeliveryReport &r) {
            return r.idem == post && r.state == Delivery::Queued && r.reason.find(why) != std::string::npos;
        });
    }

private Q_SLOTS:
    void init() { make(); }
    void cleanup() { end(); }

    void writesNoFasterThanAServerReads()
    {
        const auto seated = [&](milliseconds perKibi) {
            XmppSettings slow = xmppSettings();
            slow.timings.perKibi = perKibi;
            slow.timings.burst = 3;
            make(std::move(slow));
            return live();
        };
        const auto fivePosts = [&] {
            for (int n = 0; n < 5; ++n)
                m_c->post(id(), "war@muc.x", "m" + std::to_string(n));
        };
        QVERIFY(seated(milliseconds(150)));
        QElapsedTimer since;
        since.start();
        fivePosts();
        QTRY_COMPARE(texts(), (Strings{"m0", "m1", "m2", "m3", "m4"}));
        QVERIFY(since.elapsed() >= 2 * 150 * 9 / 10); // timers may be a little early
        // What goes at once, with a server that takes no more for the next hour.
        QVERIFY(seated(std::chrono::hours(1)));
        fivePosts();
        QTRY_COMPARE(m_server->count(">m"), std::size_t(3));
        QTest::qWait(20);
        QCOMPARE(m_server->count(">m"), std::size_t(3));
        // A long one is as much as several.
        QVERIFY(seated(std::chrono::hours(1)));
        m_c->post(id(), "war@muc.x", "long" + std::string(2 * 1024, 'x'));
        m_c->post(id(), "war@muc.x", "short");
        QTRY_COMPARE(texts().size(), std::size_t(1));
        QTest::qWait(20);
        QCOMPARE(m_server->count(">short"), std::size_t(0));
    }

    void waitsWhenTheRoomSaysItIsTooMuch_data()
    {
        QTest::addColumn<QString>("condition");
        for (const char *condition : {"resource-constraint", "policy-violation"})
            QTest::newRow(condition) << QString::fromLatin1(condition);
    }

    void waitsWhenTheRoomSaysItIsTooMuch()
    {
        QFETCH(QString, condition);
        XmppSettings patient = xmppSettings();
        patient.timings.patience = milliseconds(50);
        make(std::move(patient));
        QVERIFY(live());
        std::vector<Instant> until;
        connect(m_c.get(), &ChatConnector::rateLimited, this, [&](Instant when) {
            until.push_back(when);
            m_server->autoEcho = true;
        });
        m_server->autoEcho = false;
        const Uuid first = id(), second = id();
        m_c->post(first, "war@muc.x", "one");
        m_c->post(second, "war@muc.x", "two");
        m_server->give("<message xmlns='jabber:client' type='error' from='war@muc.x' id='" + first.text() + "'><error type='wait'><" + condition.toStdString()
                       + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
        QTRY_COMPARE(until.size(), std::size_t(1));
        QCOMPARE(until[0], m_clock.now() + millis(50));
        QTRY_VERIFY(wasPutOff(first, condition.toStdString()));
        QTRY_COMPARE(texts(), (Strings{"one", "two"}));
        QCOMPARE(m_server->count(">one<"), std::size_t(2));
        QCOMPARE(m_server->count(">two<"), std::size_t(1));
        QTRY_COMPARE(tests::lastOf(m_deliveries).state, Delivery::Confirmed);
        QCOMPARE(m_c->state(), ConnectorState::Live);
    }

    /// Too much of us is waited off; somebody whose server is away is called by another way at once.
    void waitsWithAPageOnlyForWhatIsTooMuch()
    {
        XmppSettings patient = xmppSettings();
        patient.timings.patience = milliseconds(50);
        make(std::move(patient));
        QVERIFY(live());
        const auto refuse = [&](const Uuid &page, const std::string &condition) {
            m_server->give("<message xmlns='jabber:client' type='error' from='bob@x' id='" + page.text() + "'><error type='wait'><" + condition
                           + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
        };
        m_server->silent = true; // nothing confirms it
        const Uuid away = id(), much = id();
        m_c->postDirect(away, "bob@x", "wake up");
        refuse(away, "remote-server-timeout");
        QTRY_COMPARE(tests::lastOf(m_deliveries).state, Delivery::Failed);
        m_c->postDirect(much, "bob@x", "wake up now");
        refuse(much, "resource-constraint");
        QTRY_VERIFY(wasPutOff(much, "resource-constraint"));
        QTRY_COMPARE(m_server->count("wake up now"), std::size_t(2));
    }

    void leavesAServerAloneThatItWasTooMuchFor()
    {
        XmppSettings patient = xmppSettings();
        patient.timings.patience = milliseconds(400);
        make(std::move(patient));
        QVERIFY(live());
        m_server->give("<stream:error xmlns:stream='http://etherx.jabber.org/streams'><policy-violation xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");
        QElapsedTimer since;
        since.start();
        QTRY_COMPARE(m_server->connections, 2);
        QVERIFY(since.elapsed() >= 400 * 9 / 10); // as long as several attempts otherwise; timers may be a little early
        QTRY_COMPARE(m_c->state(), ConnectorState::Live);
        QCOMPARE(m_server->connections, 2);
    }

    /// A history that cannot be read now is read later, and is no gap.
    void asksAnArchiveAgainThatIsBusy()
    {
        m_server->archive.push_back(FakeXmpp::message("bob", "old", "m1"));
        m_server->archive.push_back(FakeXmpp::message("bob", "missed", "m2"));
        m_server->archiveBusy = 2;
        QVERIFY(live("a1"));
        QCOMPARE(texts(), Strings{"missed"});
        QCOMPARE(m_recoveries.size(), std::size_t(1));
        QCOMPARE(m_recoveries[0].kind, Recovery::Kind::CaughtUp);
        QCOMPARE(m_server->archiveBusy, 0);
    }

    /// An archive that never has time keeps nobody from hearing what is said now; what is missing is a gap that is seen.
    void hearsWhatIsSaidNowThoughTheArchiveNeverAnswers()
    {
        m_server->archive.push_back(FakeXmpp::message("bob", "old", "m1"));
        m_server->archive.push_back(FakeXmpp::message("bob", "missed", "m2"));
        m_server->archiveBusy = 1'000;
        QVERIFY(live("a1"));
        QCOMPARE(m_server->archiveBusy, 1'000 - XmppFollower::kArchiveTries);
        QCOMPARE(m_recoveries.size(), std::size_t(1));
        QCOMPARE(m_recoveries[0].kind, Recovery::Kind::Gap);
        QVERIFY(m_recoveries[0].reason.find("gave nothing") != std::string::npos);
        m_server->say("bob", "now");
        QTRY_COMPARE(texts(), Strings{"now"});
    }
};

QD_TEST(TestXmppPatience)
#include "tst_xmpppatience.moc"
