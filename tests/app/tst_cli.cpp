// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/state.h"

#include "core/base/ports.h"
#include "core/link/seatclient.h"
#include "tests/app/home.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <fcntl.h>
#include <mutex>
#include <sys/file.h>
#include <sys/stat.h>

using namespace qd::tests;

class TestCli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anAlertBecomesACommandedIncidentThatIsProvenAndSurvives()
    {
        Home home;
        auto r = home.ctl("init");
        QCOMPARE(r.exit, 0);
        QVERIFY(r.out.contains("recovery key") && r.out.contains("origin") && r.out.contains("verification key"));
        const QByteArray originKey = r.out.mid(r.out.indexOf("verification key") + 18, 44);
        QVERIFY(home.serve());
        QVERIFY(QFile::exists(home.ready("control")));

        r = home.ctl("connect inbound --name in");
        QCOMPARE(r.exit, 0);
        const QString key = r.json().value(QStringLiteral("key")).toString();
        QVERIFY(key.size() > 20);
        QCOMPARE(post(home.ready("listen") + QStringLiteral("/in/") + key + QStringLiteral("/api/v2/alerts"), alertBody("DiskFull")), 200);
        QCOMPARE(post(home.ready("listen") + QStringLiteral("/in/wrong/api/v2/alerts"), alertBody("DiskFull")), 401);

        const auto alerts = home.ctl("get alerts --json");
        QCOMPARE(items(alerts).size(), 1);
        const QString alert = text(items(alerts)[0], "key");
        QCOMPARE(text(items(alerts)[0], "status"), QStringLiteral("firing"));

        r = home.ctl({QStringLiteral("declare"), QStringLiteral("--title"), QStringLiteral("Shop is down"), QStringLiteral("--severity"),
                      QStringLiteral("SEV2"), QStringLiteral("--alert"), alert, QStringLiteral("--no-room")});
        QCOMPARE(r.exit, 0);
        QCOMPARE(r.out, QByteArray("{\"id\":\"INC-1\"}\n"));
        QCOMPARE(home.ctl("take").exit, 0);
        QCOMPARE(home.ctl({QStringLiteral("log"), QStringLiteral("--incident"), QStringLiteral("INC-1"), QStringLiteral("resolve the disk")}).exit, 0);
        QCOMPARE(home.ctl({QStringLiteral("line"), QStringLiteral("! roll back 4.2")}).exit, 0);
        QCOMPARE(home.ctl({QStringLiteral("ack"), alert, QStringLiteral("--reason"), QStringLiteral("mine")}).exit, 0);
        QCOMPARE(home.ctl("change --service shop --title deploy --link http://ci/1").exit, 0);
        const auto kinds = [&] {
            QStringList all;
            for (const auto &e : items(home.ctl("get timeline --json")))
                all << text(e, "kind");
            return all;
        }();
        for (const char *kind : {"declared", "role", "log", "decision", "change"})
            QVERIFY2(kinds.contains(QLatin1String(kind)), kind);
        const auto why = home.ctl({QStringLiteral("why"), alert});
        QVERIFY(why.out.contains("severity \"critical\" means critical") && why.out.contains("acknowledged by") && why.out.contains("INC-1"));
        QCOMPARE(home.ctl("call alert.count").json().value(QStringLiteral("active")).toInt(), 1);

        // The same record, the same bytes: live, from the past, and after a restart.
        const auto live = home.ctl("get incidents --json");
        const auto seq = live.json().value(QStringLiteral("seq")).toInt();
        const QString at = QStringLiteral("seq:%1").arg(seq);
        QCOMPARE(home.ctl({QStringLiteral("get"), QStringLiteral("incidents"), QStringLiteral("--json"), QStringLiteral("--at"), at}).out, live.out);
        QCOMPARE(home.stop(), 0);

        r = home.ctl("verify --json");
        QCOMPARE(r.exit, 0);
        QCOMPARE(r.json().value(QStringLiteral("result")).toString(), QStringLiteral("consistent"));
        r = home.ctl({QStringLiteral("verify"), QStringLiteral("--json"), QStringLiteral("--origin-key"), QString::fromLatin1(originKey)});
        QCOMPARE(r.json().value(QStringLiteral("result")).toString(), QStringLiteral("authentic"));

        QVERIFY(home.serve());
        QCOMPARE(home.ctl({QStringLiteral("get"), QStringLiteral("incidents"), QStringLiteral("--json"), QStringLiteral("--at"), at}).out, live.out);
        QCOMPARE(QJsonDocument(items(home.ctl("get incidents --json"))).toJson(), QJsonDocument(items(live)).toJson());
        QCOMPARE(post(home.ready("listen") + QStringLiteral("/in/") + key + QStringLiteral("/api/v2/alerts"), alertBody("Second")), 200);
        QCOMPARE(home.ctl("call alert.count").json().value(QStringLiteral("active")).toInt(), 2);
        QCOMPARE(home.stop(SIGINT), 0);
    }

    void aKilledCoreShowsTheSameStateAndASeatGoesOn()
    {
        using namespace qd;
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        struct {
            std::mutex mutex;
            std::vector<std::uint64_t> seqs;
            state::State state;
        } seen;
        link::SeatHandlers handlers;
        handlers.onRecord = [&](const desk::RecordPtr &record) {
            const std::lock_guard lock(seen.mutex);
            seen.seqs.push_back(record->seq);
            state::applyRecord(seen.state, record->seq, record->time, record->events);
        };
        SystemRandom random;
        link::SeatClient seat(home.ready("control").toStdString(), handlers, random);
        seat.follow(1);
        QCOMPARE(home.ctl("declare --title Down --no-room").exit, 0);
        const auto before = home.ctl("get incidents --json");
        home.stop(SIGKILL);
        QVERIFY(home.serve());
        QCOMPARE(QJsonDocument(items(home.ctl("get incidents --json"))).toJson(), QJsonDocument(items(before)).toJson());
        QCOMPARE(home.ctl("log after").exit, 0);
        const auto after = items(home.ctl("get timeline --json"));
        QTRY_VERIFY(([&] {
            const std::lock_guard lock(seen.mutex);
            const auto it = seen.state.incidents.find(1);
            return it != seen.state.incidents.end() && !it->second.timeline.empty() && it->second.timeline.back().text == "after";
        }()));
        const std::lock_guard lock(seen.mutex);
        for (std::size_t i = 0; i < seen.seqs.size(); ++i)
            QCOMPARE(seen.seqs[i], std::uint64_t{i + 1});
        QCOMPARE(text(after.last(), "text"), QStringLiteral("after"));
    }

    void theWrongPassphraseOpensNothingAndChangesNothing()
    {
        Home home;
        QTemporaryDir dir;
        write(dir.filePath(QStringLiteral("good")), "correct horse\n");
        write(dir.filePath(QStringLiteral("bad")), "wrong horse\n");
        const QStringList good{QStringLiteral("--passphrase-file"), dir.filePath(QStringLiteral("good"))};
        const QStringList bad{QStringLiteral("--passphrase-file"), dir.filePath(QStringLiteral("bad"))};
        QCOMPARE(home.ctl(good + QStringList{QStringLiteral("init")}).exit, 0);
        QVERIFY(!QFile::exists(home.path() + QStringLiteral("/root.key")));
        QFile journal(home.path() + QStringLiteral("/journal.db"));
        QVERIFY(journal.open(QIODevice::ReadOnly));
        const QByteArray before = journal.readAll();
        for (const auto &unlock : {bad, QStringList{}}) {
            const auto r = home.ctl(unlock + QStringList{QStringLiteral("serve")});
            QCOMPARE(r.exit, 1);
            QCOMPARE(r.err.count('\n'), 1);
            QCOMPARE(r.out, QByteArray("locked {\"opensWith\":\"passphrase\"}\n")); // for a window, which can ask
        }
        journal.seek(0);
        QCOMPARE(journal.readAll(), before);
        home.unlockWith(good);
        QVERIFY(home.serve());
        QCOMPARE(home.stop(), 0);
    }

    void aJournalOfANewerFormatIsRefusedAndNotTouched()
    {
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QFile journal(home.path() + QStringLiteral("/journal.db"));
        QVERIFY(journal.open(QIODevice::ReadWrite));
        QVERIFY(journal.seek(63)); // the last byte of SQLite's user_version, where the format's number is
        QCOMPARE(journal.write("\x63", 1), qint64{1});
        journal.close();
        QVERIFY(journal.open(QIODevice::ReadOnly));
        const QByteArray before = journal.readAll();
        const auto r = home.ctl("serve");
        QCOMPARE(r.exit, 1);
        QVERIFY2(r.err.contains("newer") && r.err.count('\n') == 1, r.err.constData());
        QCOMPARE(home.ctl("verify --json").json().value(QStringLiteral("result")).toString(), QStringLiteral("unknown-version"));
        QVERIFY(journal.seek(0));
        QCOMPARE(journal.readAll(), before);
    }

    void anAddressThatCannotBeListenedOnIsOneSentence()
    {
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        const QString taken = QUrl(home.ready("listen")).authority();
        Home other;
        QCOMPARE(other.ctl("init").exit, 0);
        for (const QString &address : {taken, QStringLiteral("300.1.1.1:0")}) {
            const auto r = other.ctl({QStringLiteral("serve"), QStringLiteral("--listen"), address});
            QCOMPARE(r.exit, 1);
            QCOMPARE(r.err.count('\n'), 1);
        }
    }

    void aSecondCoreOnOneHomeIsRefused()
    {
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        const auto r = home.ctl("serve");
        QCOMPARE(r.exit, 1);
        QCOMPARE(r.err.count('\n'), 1);
        QCOMPARE(home.ctl("call status").exit, 0); // the first one goes on
        QCOMPARE(home.ctl("init").exit, 1);
    }

    void aHomeThatIsNoneIsRefusedInOneSentence()
    {
        Home home;
        const auto r = home.ctl("serve");
        QCOMPARE(r.exit, 1);
        QCOMPARE(r.err.count('\n'), 1);
        QVERIFY(home.ctl("verify").exit != 0);
    }

    void aBrokenWorkspaceIsRefusedWithFileAndLineWhileTheLastGoodOneStays()
    {
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        const auto before = home.ctl("get oncall --json");
        const QString file = home.path() + QStringLiteral("/workspace/zz.toml");
        write(file, "[[services]]\nid = \"shop\"\nteam = \"nobody-knows\"\n");
        auto r = home.ctl("workspace check");
        QCOMPARE(r.exit, 1);
        QVERIFY2(r.err.contains("zz.toml:"), r.err.constData());
        const auto notice = [&] { return home.ctl("call status").json().value(QStringLiteral("notice")).toString(); };
        QTRY_VERIFY(notice().contains(QStringLiteral("zz.toml:")));
        QCOMPARE(QJsonDocument(items(home.ctl("get oncall --json"))).toJson(), QJsonDocument(items(before)).toJson());
        QFile::remove(file);
        QTRY_VERIFY(notice().isEmpty());
        QCOMPARE(home.ctl("workspace check").exit, 0);
    }

    void secretsAreCopiedIntoTheHomeAndNeverPrinted()
    {
        Home home;
        QTemporaryDir dir;
        const QString secret = dir.filePath(QStringLiteral("s"));
        write(secret, "tops3cret\n");
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        const auto r = home.ctl({QStringLiteral("connect"), QStringLiteral("alertmanager"), QStringLiteral("--name"), QStringLiteral("am"), QStringLiteral("--url"),
                                 QStringLiteral("http://127.0.0.1:9"), QStringLiteral("--token-file"), secret});
        QCOMPARE(r.exit, 0);
        const auto kept = home.path() + QStringLiteral("/secrets/am.token");
        struct stat info {};
        QCOMPARE(::stat(kept.toUtf8().constData(), &info), 0);
        QCOMPARE(static_cast<int>(info.st_mode & 0777), 0600);
        const auto sources = home.ctl("get sources --json");
        QVERIFY(!r.out.contains("tops3cret") && !sources.out.contains("tops3cret"));
        QCOMPARE(text(items(sources)[0], "kind"), QStringLiteral("alertmanager"));
        QCOMPARE(home.ctl("arm am --allow silences").exit, 0);
        QCOMPARE(items(home.ctl("get sources --json"))[0].toObject().value(QStringLiteral("armed")).toArray().size(), 1);
        QCOMPARE(home.ctl("arm am --allow posts").exit, 1); // an Alertmanager has no rooms to post to
        QCOMPARE(home.ctl("disarm am").exit, 0);
        QCOMPARE(home.ctl("arm am --allow everything").exit, 1);
        QCOMPARE(home.ctl("connect inbound --name Not_A_Name!").exit, 1);
    }

    void anotherPersonIsSpokenForOnlyIfThereIsOne()
    {
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        QCOMPARE(home.ctl("declare --title Down --no-room").exit, 0);
        QCOMPARE(home.ctl("--as mallory take").exit, 1);
        QCOMPARE(home.ctl("take --as mallory").exit, 1);
        QCOMPARE(home.ctl("take").exit, 0);
    }

    void refusalsAreOneSentence()
    {
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        for (const char *line : {"take", "log x", "ack in/0000000000000000", "why nothing", "call nothing", "call get {\"what\":1}", "call get {", "get alerts --at seq:99999",
                                 "get alerts --at noon", "severity SEV2", "escalate --service nothing", "declare --title x --severity SEV9"}) {
            const auto r = home.ctl(line);
            QVERIFY2(r.exit == 1, line);
            QVERIFY2(r.err.count('\n') == 1 && r.out.isEmpty(), line);
        }
    }
};

QD_TEST(TestCli)
#include "tst_cli.moc"
