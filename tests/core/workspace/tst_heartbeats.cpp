// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"
#include "core/workspace/readheartbeat.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <fstream>

using namespace qd;

namespace {

Result<Workspace> loaded(const std::string &text)
{
    const QTemporaryDir dir;
    const std::filesystem::path path = dir.path().toStdString();
    std::ofstream(path / "a.toml", std::ios::binary) << text;
    return workspace::load(path);
}

std::string heartbeat(const std::string &more)
{
    return "[[heartbeat]]\nid = \"job\"\n" + more;
}

} // namespace

class TestHeartbeats : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsNotSaidHasASaneDefault()
    {
        const auto w = loaded(heartbeat("interval = \"10m\"\n"));
        VERIFY_RESULT(w);
        const HeartbeatRule &h = w->heartbeats.at(0);
        QCOMPARE(w->heartbeat("job"), &h);
        QVERIFY(h.interval == minutes(10) && h.grace == minutes(5));
        QCOMPARE(h.misses, 1U);
        QCOMPARE(h.of, 1U);
        QVERIFY(h.severity == AlertSeverity::Error);
        QCOMPARE(h.slowAfter.ns, 0);
        QVERIFY(h.match.empty() && h.connection.empty() && h.service.empty());
    }

    void everyKeyIsRead()
    {
        const auto w = loaded("[[service]]\nid = \"db\"\n"
                              + heartbeat("name = \"Backup\"\nservice = \"db\"\nseverity = \"critical\"\ninterval = \"1d\"\ngrace = \"2h\"\nmisses = 2\nof = 5\nslow_after = \"1h\"\nconnection = \"cron\"\n"));
        VERIFY_RESULT(w);
        const HeartbeatRule &h = w->heartbeats.at(0);
        QCOMPARE(h.name, std::string("Backup"));
        QCOMPARE(h.service, std::string("db"));
        QVERIFY(h.severity == AlertSeverity::Critical && h.interval == hours(24) && h.grace == hours(2) && h.slowAfter == hours(1));
        QCOMPARE(h.misses, 2U);
        QCOMPARE(h.of, 5U);
        QCOMPARE(h.connection, std::string("cron"));
    }

    void missesAloneAreMissesInARow()
    {
        const auto w = loaded(heartbeat("interval = \"1m\"\nmisses = 3\n"));
        VERIFY_RESULT(w);
        QCOMPARE(w->heartbeats.at(0).of, 3U);
    }

    void theEdgesOfEveryLimitAreInside_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const char *text) { QTest::newRow(name) << QString::fromUtf8(text); };
        row("shortest interval", "interval = \"1s\"");
        row("longest interval", "interval = \"366d\"\ngrace = \"31d\"");
        row("no grace", "interval = \"1m\"\ngrace = \"0s\"");
        row("most windows", "interval = \"1m\"\nmisses = 20\nof = 20");
        row("shortest run", "interval = \"1m\"\nslow_after = \"1s\"");
        row("longest run", "interval = \"1m\"\nslow_after = \"7d\"");
    }
    void theEdgesOfEveryLimitAreInside()
    {
        QFETCH(QString, text);
        VERIFY_RESULT(loaded(heartbeat(text.toStdString() + "\n")));
    }

    void namesFileLineAndRemedy_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const char *text, const char *message) { QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(message); };
        row("no interval", "grace = \"1m\"", "a.toml:1: heartbeat job does not say how often it comes; write interval = \"5m\"");
        row("no length", "interval = \"often\"", "a.toml:3: \"often\" is no length of time for interval");
        row("too short", "interval = \"0s\"", "a.toml:3: interval of heartbeat is 0s; write 1s to 366d");
        row("too long", "interval = \"367d\"", "a.toml:3: interval of heartbeat is 367d; write 1s to 366d");
        row("grace too long", "interval = \"1d\"\ngrace = \"32d\"", "a.toml:4: grace of heartbeat is 32d; write 0s to 31d");
        row("no misses", "interval = \"1d\"\nmisses = 0", "a.toml:4: misses of heartbeat is 0; write a number from 1 to 20");
        row("too many", "interval = \"1d\"\nof = 21", "a.toml:4: of of heartbeat is 21; write a number from 1 to 20");
        row("more than looked at", "interval = \"1d\"\nmisses = 3\nof = 2", "a.toml:5: heartbeat job cannot miss 3 of 2 windows");
        row("run too long", "interval = \"1d\"\nslow_after = \"8d\"", "a.toml:4: slow_after of heartbeat is 8d; write 1s to 7d");
        row("no severity", "interval = \"1d\"\nseverity = \"dire\"", "a.toml:4: \"dire\" is not known for severity");
        row("no matcher", "interval = \"1d\"\nmatch = [\"Watchdog\"]", "a.toml:4: \"Watchdog\" is no matcher");
        row("no pattern", "interval = \"1d\"\nmatch = ['alertname=~\"(\"']", "a.toml:4: \"(\" is no pattern");
        row("alerts have no length", "interval = \"1d\"\nslow_after = \"1m\"\nmatch = ['alertname=\"Watchdog\"']", "a.toml:4: heartbeat job is fed by alerts, which have no length");
        row("no such service", "interval = \"1d\"\nservice = \"gone\"", "a.toml:4: heartbeat job names service gone, which there is not");
        row("unknown key", "interval = \"1d\"\ntimeout = \"1m\"", "a.toml:4: \"timeout\" is not known in heartbeat");
        row("twice", "interval = \"1d\"\n[[heartbeat]]\nid = \"job\"\ninterval = \"1m\"", "a.toml:4: heartbeat job is there already");
    }
    void namesFileLineAndRemedy()
    {
        QFETCH(QString, text);
        QFETCH(QString, message);
        const auto w = loaded(heartbeat(text.toStdString() + "\n"));
        QVERIFY(!w);
        QVERIFY2(w.error().message.starts_with(message.toStdString()), w.error().message.c_str());
    }

    void aThousandAreAllowedAndNotOneMore()
    {
        std::string text;
        for (std::size_t n = 0; n < workspace::kHeartbeatsLimit; ++n)
            text += "[[heartbeat]]\nid = \"h" + std::to_string(n) + "\"\ninterval = \"1m\"\n";
        VERIFY_RESULT(loaded(text));
        const auto more = loaded(text + "[[heartbeat]]\nid = \"more\"\ninterval = \"1m\"\n");
        QVERIFY(!more);
        QVERIFY2(more.error().message.find("there are 1001 heartbeats; at most 1000 are allowed") != std::string::npos, more.error().message.c_str());
    }
};

QD_TEST(TestHeartbeats)
#include "tst_heartbeats.moc"
