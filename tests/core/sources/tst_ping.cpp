// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/ping.h"

#include "tests/support/clock.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::sources;
using events::PingKind;

namespace {

Result<Ping> ping(std::string_view what, std::string_view body = {}, std::string_view rid = {})
{
    return parsePing("nightly", what, rid, body, Arrival{"cron", tests::kMorning});
}

} // namespace

/// The URLs of healthchecks.io's pinging API.
class TestPing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatStandsBehindTheNameSaysWhatItIs_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("kind");
        QTest::addColumn<unsigned>("status");
        const auto row = [](const char *what, PingKind kind, unsigned status) { QTest::newRow(*what ? what : "nothing") << QString::fromLatin1(what) << static_cast<int>(kind) << status; };
        row("", PingKind::Beat, 0);
        row("start", PingKind::Start, 0);
        row("fail", PingKind::Fail, 0);
        row("log", PingKind::Log, 0);
        row("0", PingKind::Beat, 0);
        row("000", PingKind::Beat, 0);
        row("1", PingKind::Fail, 1);
        row("255", PingKind::Fail, 255);
    }
    void whatStandsBehindTheNameSaysWhatItIs()
    {
        QFETCH(QString, what);
        QFETCH(int, kind);
        QFETCH(unsigned, status);
        const auto p = ping(what.toStdString(), "text");
        VERIFY_RESULT(p);
        QCOMPARE(static_cast<int>(p->kind), kind);
        QCOMPARE(p->exitStatus, status);
        QCOMPARE(p->name, std::string("nightly"));
        QCOMPARE(p->connection, std::string("cron"));
        QVERIFY(p->at == tests::kMorning);
        QCOMPARE(p->text, p->kind == PingKind::Fail || p->kind == PingKind::Log ? std::string("text") : std::string());
    }

    void anythingElseIsRefused_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"256", "999", "1000", "-1", "1a", "Start", "FAIL", "success", "start ", "00000", "+1"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }
    void anythingElseIsRefused()
    {
        QFETCH(QString, what);
        VERIFY_FAILS(ping(what.toStdString()), Code::Invalid);
    }

    void theFirstBytesOfABodyAreKeptAsSafeText()
    {
        const auto p = ping("fail", std::string(kPingTextLimit, 'a') + "b");
        VERIFY_RESULT(p);
        QCOMPARE(p->text.size(), kPingTextLimit);
        QVERIFY(p->text.find('b') == std::string::npos);
        const auto odd = ping("log", "caf\xe9 \xe2\x80\xae" "evil\x1b[2J\n\n");
        VERIFY_RESULT(odd);
        QVERIFY2(odd->text.find('\x1b') == std::string::npos && odd->text.find("\xe2\x80\xae") == std::string::npos, odd->text.c_str());
        QVERIFY(odd->text.back() != '\n');
    }

    void aRunIsNamedByItsId()
    {
        const auto one = ping("start", {}, "5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278"), same = ping("", {}, "5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278"), other = ping("", {}, "6bf66975-d4c7-4bf5-bcc8-b8d8a82ea278");
        QVERIFY(one && same && other);
        QVERIFY(one->run != 0);
        QCOMPARE(one->run, same->run);
        QVERIFY(one->run != other->run);
        QCOMPARE(ping("")->run, 0U);
        VERIFY_RESULT(ping("", {}, std::string(64, 'x')));
        VERIFY_FAILS(ping("", {}, std::string(65, 'x')), Code::Invalid);
    }
};

QD_TEST(TestPing)
#include "tst_ping.moc"
