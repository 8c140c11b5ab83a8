// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/home.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd::tests;

namespace {

QString alertsUrl(const Home &home, const QString &key)
{
    return home.ready("listen") + QStringLiteral("/in/") + key + QStringLiteral("/api/v2/alerts");
}

QString keyIn(const Ran &r)
{
    return r.json().value(QStringLiteral("key")).toString();
}

} // namespace

class TestCliConnections : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRemovedConnectionOpensNothingAndItsAlertsStayUntilTheyAreClosed()
    {
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        const QString key = keyIn(home.ctl("connect inbound --name in"));
        QCOMPARE(post(alertsUrl(home, key), alertBody("DiskFull")), 200);
        const QString alert = text(items(home.ctl("get alerts --json"))[0], "key");

        // Still reported: only its source may end it.
        auto r = home.ctl({QStringLiteral("resolve"), alert, QStringLiteral("--reason"), QStringLiteral("gone")});
        QCOMPARE(r.exit, 1);
        QVERIFY2(r.err.contains("still reported by in"), r.err.constData());

        r = home.ctl("disconnect in");
        QCOMPARE(r.exit, 0);
        QVERIFY2(r.err.startsWith("quarterdeckctl: note: 1 alert that only in reported"), r.err.constData());
        QVERIFY(items(home.ctl("get sources --json")).isEmpty());
        QCOMPARE(post(alertsUrl(home, key), alertBody("DiskFull")), 401);
        QCOMPARE(text(items(home.ctl("get alerts --json"))[0], "status"), QStringLiteral("firing"));
        QVERIFY(home.ctl({QStringLiteral("why"), alert}).out.contains("no connection any more"));
        QVERIFY(home.ctl("get timeline").out.contains("Connection in was removed"));

        QCOMPARE(home.ctl({QStringLiteral("resolve"), alert, QStringLiteral("--reason"), QStringLiteral("host gone")}).exit, 0);
        QCOMPARE(text(items(home.ctl("get alerts --json"))[0], "status"), QStringLiteral("resolved"));
        QCOMPARE(home.ctl("disconnect in").exit, 1);
        QCOMPARE(home.stop(), 0);

        // The same after a restart, and the name may be used again.
        QVERIFY(home.serve());
        QCOMPARE(post(alertsUrl(home, key), alertBody("DiskFull")), 401);
        const QString fresh = keyIn(home.ctl("connect inbound --name in"));
        QCOMPARE(post(alertsUrl(home, fresh), alertBody("DiskFull")), 200);
    }

    void aReplacedKeyEndsTheOldOne()
    {
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        const QString old = keyIn(home.ctl("connect inbound --name in --interval 20s"));
        auto r = home.ctl("connect inbound --name in");
        QCOMPARE(r.exit, 1);
        QVERIFY2(r.err.contains("--replace"), r.err.constData());
        QCOMPARE(post(alertsUrl(home, old), alertBody("A")), 200);
        r = home.ctl("connect inbound --name in --replace");
        QCOMPARE(r.exit, 0);
        const QString fresh = keyIn(r);
        QVERIFY(!fresh.isEmpty() && fresh != old);
        QCOMPARE(post(alertsUrl(home, old), alertBody("A")), 401);
        QCOMPARE(post(alertsUrl(home, fresh), alertBody("A")), 200);
        QCOMPARE(text(items(home.ctl("get sources --json"))[0], "interval"), QStringLiteral("20s"));
        QCOMPARE(home.ctl("connect inbound --name nobody --replace").exit, 1);
        QCOMPARE(home.ctl("connect prometheus --name p --url http://127.0.0.1:1 --replace").exit, 2);
    }

    void secretsOfARemovedConnectionAreDeleted()
    {
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        QFile token(home.path() + QStringLiteral("/given"));
        QVERIFY(token.open(QIODevice::WriteOnly) && token.write("s3cret\n") > 0);
        token.close();
        QCOMPARE(home.ctl({QStringLiteral("connect"), QStringLiteral("prometheus"), QStringLiteral("--name"), QStringLiteral("p"), QStringLiteral("--url"),
                           QStringLiteral("http://127.0.0.1:1"), QStringLiteral("--token-file"), token.fileName()})
                     .exit,
                 0);
        const QString kept = home.path() + QStringLiteral("/secrets/p.token");
        QVERIFY(QFile::exists(kept));
        QCOMPARE(home.ctl("disconnect p").exit, 0);
        QVERIFY(!QFile::exists(kept));
    }

    void listsAreNarrowed()
    {
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        const QString key = keyIn(home.ctl("connect inbound --name in"));
        QCOMPARE(post(alertsUrl(home, key), alertBody("A")), 200);
        QCOMPARE(home.ctl("declare --title One --no-room").exit, 0);
        QCOMPARE(home.ctl("declare --title Two --no-room").exit, 0);
        QCOMPARE(home.ctl({QStringLiteral("log"), QStringLiteral("--incident"), QStringLiteral("INC-2"), QStringLiteral("second")}).exit, 0);
        const auto lines = items(home.ctl("get timeline --json --incident INC-2"));
        QCOMPARE(lines.size(), 2);
        for (const auto &line : lines)
            QCOMPARE(text(line, "incident"), QStringLiteral("INC-2"));
        QCOMPARE(items(home.ctl("get timeline --json --incident 2")).size(), 2);
        QCOMPARE(home.ctl("get timeline --incident INC-9").exit, 1);
        QCOMPARE(items(home.ctl("get alerts --json --status firing --service shop")).size(), 1);
        QCOMPARE(items(home.ctl("get alerts --json --status resolved")).size(), 0);
        QCOMPARE(home.ctl("get oncall --service shop").exit, 1); // that list has no services to narrow by
        // A change of an hour ago stands where it happened, not where it was said.
        QCOMPARE(home.ctl({QStringLiteral("change"), QStringLiteral("--service"), QStringLiteral("shop"), QStringLiteral("--title"), QStringLiteral("deploy"),
                           QStringLiteral("--at"), QDateTime::currentDateTimeUtc().addSecs(-3600).toString(Qt::ISODate)})
                     .exit,
                 0);
        const auto all = items(home.ctl("get timeline --json"));
        QCOMPARE(text(all.first(), "kind"), QStringLiteral("change"));
        for (int i = 1; i < all.size(); ++i)
            QVERIFY(text(all[i - 1], "at") <= text(all[i], "at"));
    }

    void anUnknownServiceStopsNobodyAndIsSaid()
    {
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        const auto r = home.ctl("declare --title Down --service nowhere --no-room");
        QCOMPARE(r.exit, 0);
        QCOMPARE(r.out, QByteArray("{\"id\":\"INC-1\"}\n"));
        QVERIFY2(r.err.contains("There is no service \"nowhere\" in the workspace"), r.err.constData());
        const auto incident = items(home.ctl("get incidents --json"))[0].toObject();
        QCOMPARE(incident.value(QStringLiteral("serviceKnown")).toBool(true), false);
    }

    void aDeletedSocketIsMadeAgainAndADeletedLockLetsNobodyIn()
    {
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        const QString socket = home.ready("control");
        QVERIFY(QFile::remove(socket));
        QTRY_COMPARE(home.ctl("call status").exit, 0);
        QVERIFY(QDir(QFileInfo(socket).path()).removeRecursively());
        QTRY_COMPARE(home.ctl("call status").exit, 0);
        QVERIFY(QFile::remove(home.path() + QStringLiteral("/lock")));
        const auto second = home.ctl("serve");
        QCOMPARE(second.exit, 1);
        QVERIFY2(second.err.contains("Another Quarterdeck core"), second.err.constData());
        QCOMPARE(home.ctl("call status").exit, 0);
        QCOMPARE(home.stop(), 0);
    }

    void aRunningPracticeIsNotReplacedUnasked()
    {
        Home home;
        QCOMPARE(home.ctl("practice new").exit, 0);
        QVERIFY(home.serve());
        QCOMPARE(home.ctl("declare --title Mine --no-room").exit, 0);
        const auto refused = home.ctl("practice new");
        QCOMPARE(refused.exit, 1);
        QVERIFY2(refused.err.contains("practice new --replace"), refused.err.constData());
        const auto joined = home.ctl("practice new --join");
        QCOMPARE(joined.exit, 0);
        QCOMPARE(joined.out, QByteArray("joined\n"));
        QCOMPARE(items(home.ctl("get incidents --json")).size(), 1);
        QCOMPARE(home.ctl("practice new --join --replace").exit, 2);
        QCOMPARE(home.ctl("practice new --replace").exit, 0);
        QVERIFY(home.serve());
        QCOMPARE(items(home.ctl("get incidents --json")).size(), 0);
    }
};

QD_TEST(TestCliConnections)
#include "tst_cliconnections.moc"
