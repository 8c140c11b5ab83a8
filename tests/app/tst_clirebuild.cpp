// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/home.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace qd::tests;

/// What is given as a file of an incident that was run elsewhere.
class TestCliRebuild : public QObject {
    Q_OBJECT

    static Ran shown(const QString &path) { return run({QStringLiteral("rebuild"), QStringLiteral("--dry-run"), path}); }

private Q_SLOTS:
    /// Nobody writes to the pipe, and the device has no end: whoever waited for either would be ended from outside, by no exit of their own.
    void whatIsNoFileIsRefusedAtOnce_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("a pipe") << QStringLiteral("pipe") << QByteArray("is a pipe, not a file.");
        QTest::newRow("a link to a pipe") << QStringLiteral("link") << QByteArray("is a pipe, not a file.");
        QTest::newRow("a folder") << QStringLiteral("folder") << QByteArray("is a folder, not a file.");
        QTest::newRow("a socket") << QStringLiteral("socket") << QByteArray("is a socket, not a file.");
        QTest::newRow("a device") << QStringLiteral("/dev/zero") << QByteArray("is a device, not a file.");
        QTest::newRow("nothing") << QStringLiteral("nothing.csv") << QByteArray("cannot be opened: No such file or directory.");
    }
    void whatIsNoFileIsRefusedAtOnce()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, said);
        const QTemporaryDir dir;
        const QDir folder(dir.path());
        QCOMPARE(::mkfifo(QFile::encodeName(folder.filePath(QStringLiteral("pipe"))).constData(), 0600), 0);
        QVERIFY(QFile::link(folder.filePath(QStringLiteral("pipe")), folder.filePath(QStringLiteral("link"))));
        QVERIFY(folder.mkdir(QStringLiteral("folder")));
        const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        qstrncpy(address.sun_path, QFile::encodeName(folder.filePath(QStringLiteral("socket"))).constData(), sizeof address.sun_path);
        QCOMPARE(::bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
        const Ran r = shown(folder.absoluteFilePath(name));
        ::close(fd); // a program that waits for it is ended, and says nothing
        QVERIFY2(r.err.contains(said), r.err.constData());
        QVERIFY(r.exit == 1 && r.out.isEmpty());
        QCOMPARE(r.err.count('\n'), 1);
    }

    /// What a window needs to ask for what a file leaves open, also where it cannot be read yet.
    void whatEachFileIsIsALineOfJson()
    {
        const QTemporaryDir dir;
        const QString table = dir.filePath(QStringLiteral("t.csv"));
        write(table, "Uhrzeit,Vorfall\n2025-11-23 14:02,Kasse steht\n");
        Ran r = run({QStringLiteral("rebuild"), QStringLiteral("--look"), QStringLiteral("--dry-run"), table, dir.filePath(QStringLiteral("none.zip"))});
        QCOMPARE(r.exit, 1);
        const QList<QByteArray> lines = r.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        const QJsonObject look = QJsonDocument::fromJson(lines[0]).object();
        QCOMPARE(look.value(QStringLiteral("look")).toString(), table);
        QCOMPARE(look.value(QStringLiteral("columns")).toArray().size(), 2);
        QCOMPARE(look.value(QStringLiteral("columnsInAll")).toInteger(), 2);
        QVERIFY(look.value(QStringLiteral("problem")).toString().contains(QStringLiteral("Say which")));
        QVERIFY(QJsonDocument::fromJson(lines[1]).object().value(QStringLiteral("problem")).toString().contains(QStringLiteral("No such file")));
        r = run({QStringLiteral("rebuild"), QStringLiteral("--look"), QStringLiteral("--dry-run"), QStringLiteral("--map=at=Uhrzeit"), QStringLiteral("--map=text=Vorfall"), table});
        QCOMPARE(r.exit, 0);
        QVERIFY(QJsonDocument::fromJson(r.out.split('\n').first()).object().value(QStringLiteral("zoneless")).toBool());
        QVERIFY(r.out.contains("1 fact,"));
    }

    void filesOfOneNameHaveOriginsOfTheirOwn()
    {
        const QTemporaryDir dir;
        const QDir folder(dir.path());
        QStringList files;
        for (const char *name : {"a", "b"}) {
            QVERIFY(folder.mkdir(QString::fromLatin1(name)));
            files << folder.filePath(QString::fromLatin1(name) + QStringLiteral("/export.csv"));
            write(files.last(), "id,at,text\n1,2025-11-23T14:02:00Z,row of " + QByteArray(name) + "\n");
        }
        Ran r = run(QStringList{QStringLiteral("rebuild"), QStringLiteral("--look"), QStringLiteral("--dry-run")} + files);
        QVERIFY2(r.exit == 0, r.err.constData());
        const QList<QByteArray> lines = r.out.split('\n');
        QCOMPARE(QJsonDocument::fromJson(lines[0]).object().value(QStringLiteral("name")).toString(), QStringLiteral("a/export.csv"));
        QCOMPARE(QJsonDocument::fromJson(lines[1]).object().value(QStringLiteral("name")).toString(), QStringLiteral("b/export.csv"));
        QVERIFY2(r.out.contains("Table, a/export.csv (table): 1 fact") && r.out.contains("Table, b/export.csv (table): 1 fact"), r.out.constData());
        QVERIFY(shown(files[0]).out.contains("Table, export.csv (table): 1 fact")); // alone nothing is to be told apart
    }

    void aLinkToAFileIsTheFile()
    {
        const QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("deploys.csv")), link = dir.filePath(QStringLiteral("link.csv"));
        write(file, "deployed_at,service,version\n2025-11-23T14:02:00Z,web,1.2\n");
        QVERIFY(QFile::link(file, link));
        const Ran r = shown(link);
        QCOMPARE(r.exit, 0);
        QVERIFY2(r.out.contains("1 fact,"), r.out.constData());
    }

    /// The same once more goes on where it is told to, and else says what is there; another is made where that is meant.
    void theSameFilesAgainNameTheIncidentThatHasThem()
    {
        const QTemporaryDir dir;
        const QString table = dir.filePath(QStringLiteral("t.csv"));
        write(table, "at,text\n2025-11-23T14:02:00Z,down\n2025-11-23T14:02:00Z,down\n2025-11-23T14:09:00Z,up\n");
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        Ran r = home.ctl({QStringLiteral("rebuild"), table});
        QVERIFY2(r.exit == 0, r.err.constData());
        const QJsonObject made = items(home.ctl("get incidents --json")).first().toObject();
        QCOMPARE(made.value(QStringLiteral("factsExpected")).toInteger(), 2); // what stands twice in a file is one
        QCOMPARE(made.value(QStringLiteral("factsArrived")).toInteger(), 2);
        QCOMPARE(text(made, "factsMissing"), QString());
        r = home.ctl({QStringLiteral("rebuild"), table});
        QVERIFY2(r.exit != 0 && r.err.contains("INC-1 holds 2 of these 2 facts already.") && r.err.contains("--incident INC-1") && r.err.contains("--anew"), r.err.constData());
        QCOMPARE(items(home.ctl("get incidents --json")).size(), 1);
        r = home.ctl({QStringLiteral("rebuild"), QStringLiteral("--anew"), QStringLiteral("--incident"), QStringLiteral("INC-1"), table});
        QVERIFY2(r.exit != 0 && r.err.contains("say one of them"), r.err.constData());
        r = home.ctl({QStringLiteral("rebuild"), QStringLiteral("--anew"), table});
        QVERIFY2(r.exit == 0 && r.out.contains("INC-2"), r.err.constData());
        // What stopped on the way says so, and how to go on; the review does too.
        r = home.ctl({QStringLiteral("call"), QStringLiteral("incident.rebuild"), QStringLiteral("{\"origin\":\"Table\",\"total\":3,\"facts\":[{\"at\":\"2025-11-24T10:00:00Z\",\"text\":\"one\"}]}")});
        QVERIFY2(r.exit == 0, r.err.constData());
        QVERIFY(home.ctl("get incidents --json").out.contains("1 of 3 facts are here; run the same rebuild again with --incident INC-3"));
        QCOMPARE(home.ctl("review open INC-3").exit, 0);
        QVERIFY(home.ctl("get reviews --json").out.contains("1 of 3 facts are here"));
        r = home.ctl("review show INC-3");
        QVERIFY2(r.out.contains("1 of 3 facts are here"), r.out.constData());
    }

    /// What people wrote into the review counts on when another file is added; what the file says is kept beside it, once however often it is sent.
    void aWrittenNarrativeStaysWhenAFileIsAdded()
    {
        const QTemporaryDir dir;
        const QString first = dir.filePath(QStringLiteral("first.md")), second = dir.filePath(QStringLiteral("second.md")), third = dir.filePath(QStringLiteral("third.md"));
        write(first, "# Down, 2025-11-23\n\n- 14:00 UTC down\n\nThe first one says this.\n");
        write(second, "# Down, 2025-11-23\n\n- 14:05 UTC slow\n\nThe second one says that.\n");
        write(third, "# Down, 2025-11-23\n\n- 14:07 UTC up\n\nThe third one says something else.\n");
        Home home;
        QCOMPARE(home.ctl("init").exit, 0);
        QVERIFY(home.serve());
        const auto section = [&home] {
            for (const QJsonValue &review : items(home.ctl("get reviews --json")))
                for (const QJsonValue &s : review.toObject().value(QStringLiteral("sections")).toArray())
                    if (text(s, "section") == QStringLiteral("narrative"))
                        return s.toObject();
            return QJsonObject();
        };
        const auto shown = [&home] { return home.ctl("review show INC-1 --section narrative").out; };
        const auto besides = [&section] { return section().value(QStringLiteral("asides")).toArray().size(); };
        Ran r = home.ctl({QStringLiteral("rebuild"), QStringLiteral("--narrative"), first});
        QVERIFY2(r.exit == 0, r.err.constData());
        QVERIFY2(shown().contains("The first one says this."), shown().constData()); // what was pre-filled is nobody's
        QCOMPARE(besides(), 0);
        const QStringList add{QStringLiteral("rebuild"), QStringLiteral("--narrative"), QStringLiteral("--incident"), QStringLiteral("INC-1")};
        for (int times = 0; times < 2; ++times) {
            r = home.ctl(add + QStringList{second});
            QVERIFY2(r.exit == 0 && r.err.contains("beside it as a draft"), r.err.constData());
            QVERIFY2(shown().contains("The first one says this.") && !shown().contains("The second"), shown().constData());
            QCOMPARE(besides(), 1);
            const QByteArray number = QByteArray::number(section().value(QStringLiteral("asides")).toArray().first().toInteger());
            r = home.ctl("review show INC-1 --section narrative");
            QVERIFY2(r.err.contains("beside it: revision " + number + " by ") && r.err.contains(" (a draft)\n"), r.err.constData());
            r = home.ctl("review show INC-1");
            QVERIFY2(r.out.contains(", with text beside it: revision " + number + " by ") && r.out.contains(" (a draft)"), r.out.constData());
        }
        r = home.ctl(add + QStringList{third});
        QVERIFY2(r.exit == 0, r.err.constData());
        QCOMPARE(besides(), 2); // another file's words take nothing's place
        r = home.ctl(add + QStringList{first}); // says what is there
        QVERIFY2(r.exit == 0 && !r.err.contains("beside it as a draft"), r.err.constData());
        QCOMPARE(besides(), 2);
        QVERIFY(shown().contains("The first one says this.") && section().value(QStringLiteral("written")).toBool() && !section().value(QStringLiteral("draft")).toBool());
    }
};

QD_TEST(TestCliRebuild)
#include "tst_clirebuild.moc"
