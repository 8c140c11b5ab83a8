// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/home.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd::tests;

class TestCliUsage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutACoreTheExitCodeIsThree()
    {
        Home home;
        for (const char *line : {"get alerts", "declare --title x", "call status", "take", "connect inbound --name a"}) {
            const auto r = home.ctl(line);
            QCOMPARE(r.exit, 3);
            QVERIFY(r.err.contains("No core is running"));
            QCOMPARE(r.err.count('\n'), 1);
        }
        QVERIFY(!QFile::exists(home.path())); // asking makes nothing
    }

    void helpAndVersionAreAskedForAsPeopleDo()
    {
        const auto ask = [](const char *line) { return run(QString::fromLatin1(line).split(QLatin1Char(' '))); };
        QCOMPARE(ask("help").out, ask("--help").out);
        QCOMPARE(ask("help review write").out, ask("review write --help").out);
        QVERIFY(ask("help review write").out.contains("--reason"));
        QCOMPARE(ask("version").out, ask("--version").out);
        QCOMPARE(ask("help declre").exit, 2);
    }

    void wrongUsageIsTwo_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line : {"", "nothing", "declare", "get", "get everything", "connect", "connect fax --name x", "connect alertmanager --name x", "serve --listen 1",
                                 "serve --listen 127.0.0.1:99999", "--passphrase-fd -3 init", "arm x", "task", "silence --source am", "bench nothing",
                                 "update --template t --set x", "declare --title a --colour blue"})
            QTest::newRow(line) << QString::fromLatin1(line);
    }
    void wrongUsageIsTwo()
    {
        QFETCH(QString, line);
        Home home;
        const auto r = home.ctl(line.split(QLatin1Char(' '), Qt::SkipEmptyParts));
        QCOMPARE(r.exit, 2);
        QCOMPARE(r.err.count('\n'), 1);
        QVERIFY(r.err.startsWith("quarterdeckctl: "));
        QVERIFY(r.out.isEmpty());
    }

    void everyVerbHasHelpAndASectionOfTheManPage()
    {
        QFile page(QStringLiteral(QD_SOURCE_DIR "/app/quarterdeckctl/quarterdeckctl.1"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QByteArray man = page.readAll();
        const auto help = run({QStringLiteral("--help")});
        QCOMPARE(help.exit, 0);
        QStringList verbs;
        bool listing = false;
        for (const auto &line : QString::fromUtf8(help.out).split(QLatin1Char('\n'))) {
            if (listing && line.startsWith(QStringLiteral("  ")) && line.size() > 2 && line[2].isLetter())
                verbs << line.trimmed().section(QLatin1Char(' '), 0, 0);
            listing = listing || line.startsWith(QStringLiteral("Subcommands"));
        }
        QVERIFY(verbs.size() > 20);
        for (const auto &verb : verbs) {
            QVERIFY2(man.contains(".SS " + verb.toUtf8() + "\n"), qPrintable(verb));
            QCOMPARE(run({verb, QStringLiteral("--help")}).exit, 0);
        }
    }

    void aTextThatIsAVerbsNameIsStillAText()
    {
        Home home;
        QCOMPARE(home.ctl("log get").exit, 3);     // not usage: "get" is the text
        QCOMPARE(home.ctl("decide resolve").exit, 3);
    }

    /// Before a core is asked: the file, its line, and what it is.
    void whatIsNoUtf8IsNamed()
    {
        const QTemporaryDir dir;
        Home home;
        const QString latin = dir.filePath(QStringLiteral("l1.md")), wide = dir.filePath(QStringLiteral("wide.md")), good = dir.filePath(QStringLiteral("good.md"));
        const auto put = [](const QString &file, const QByteArray &bytes) {
            QFile f(file);
            return f.open(QIODevice::WriteOnly) && f.write(bytes) == bytes.size();
        };
        QVERIFY(put(latin, "a line\ncaf\xe9\n") && put(wide, QByteArray("\xff\xfe" "a\0", 4)) && put(good, "caf\xc3\xa9 \xe2\x80\x8b \x01\n"));
        const auto written = [&](const QString &file) { return home.ctl({QStringLiteral("review"), QStringLiteral("write"), QStringLiteral("INC-1"), QStringLiteral("summary"), file, QStringLiteral("--base"), QStringLiteral("2")}); };
        const auto said = [&](const QString &file) { return home.ctl({QStringLiteral("review"), QStringLiteral("contribute"), QStringLiteral("INC-1"), QStringLiteral("--file"), file}); };
        for (const Ran &r : {written(latin), said(latin)}) {
            QCOMPARE(r.exit, 1);
            QCOMPARE(r.err, QByteArray("quarterdeckctl: " + latin.toUtf8() + " is not UTF-8, first in line 2 (\"caf\xef\xbf\xbd\"): save it as UTF-8.\n"));
        }
        QCOMPARE(written(wide).err, QByteArray("quarterdeckctl: " + wide.toUtf8() + " is UTF-16, not UTF-8: save it as UTF-8.\n"));
        QCOMPARE(written(good).exit, 3); // only no core is running
        QProcess shell;
        shell.start(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("exec \"$0\" --home \"$1\" log \"$(printf 'at the caf\\351')\""), program(), home.path()});
        QVERIFY(shell.waitForFinished(kProgramPatience));
        QCOMPARE(shell.exitCode(), 1);
        const QByteArray err = shell.readAllStandardError();
        QVERIFY2(err.contains("is not UTF-8") && err.contains("caf\xef\xbf\xbd"), err.constData());
    }

    void aStrangeWordIsNamedAndTheNearestOffered_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QByteArray>("said");
        const auto row = [](const char *line, const char *said) { QTest::newRow(line) << QString::fromLatin1(line) << QByteArray(said); };
        row("declre --title x", "quarterdeckctl: There is no verb \"declre\"; did you mean declare? See quarterdeckctl --help\n");
        row("wibble", "quarterdeckctl: There is no verb \"wibble\". See quarterdeckctl --help\n");
        row("workspace chek", "quarterdeckctl: workspace has no verb \"chek\"; did you mean check? See quarterdeckctl workspace --help\n");
        row("workspace", "quarterdeckctl: workspace needs a verb of its own. See quarterdeckctl workspace --help\n");
        row("", "quarterdeckctl: A verb is needed. See quarterdeckctl --help\n");
        row("declare --titel x", "quarterdeckctl: declare has no option \"--titel\"; did you mean --title? See quarterdeckctl declare --help\n");
        row("--hme x take", "quarterdeckctl: take has no option \"--hme\"; did you mean --home? See quarterdeckctl take --help\n");
        row("arm chat posts --allow posts,rooms", "quarterdeckctl: arm does not take the argument \"posts\". See quarterdeckctl arm --help\n");
        row("disarm chat extra", "quarterdeckctl: disarm does not take the argument \"extra\". See quarterdeckctl disarm --help\n");
    }
    void aStrangeWordIsNamedAndTheNearestOffered()
    {
        QFETCH(QString, line);
        QFETCH(QByteArray, said);
        const auto r = run(line.split(QLatin1Char(' '), Qt::SkipEmptyParts));
        QCOMPARE(r.exit, 2);
        QCOMPARE(r.err, said);
    }
};

QD_TEST(TestCliUsage)
#include "tst_cliusage.moc"
