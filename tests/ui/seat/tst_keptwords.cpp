// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/keptwords.h"
#include "ui/seat/seat.h"

#include "tests/support/suite.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

using namespace qd;
using seat::KeptWords;

namespace {

/// What the files of words say, one after the other.
QByteArray inFiles(const QString &folder)
{
    QByteArray out;
    for (const QFileInfo &each : QDir(folder).entryInfoList(QDir::Files))
        if (QFile file(each.filePath()); !each.fileName().endsWith(QLatin1String(".lock")) && file.open(QIODevice::ReadOnly))
            out += file.readAll();
    return out;
}

/// Where this user's runtime folder is, as long as this is there; a null name takes it away.
class RuntimeFolder {
public:
    explicit RuntimeFolder(const QByteArray &folder)
    {
        if (folder.isNull())
            qunsetenv("XDG_RUNTIME_DIR");
        else
            qputenv("XDG_RUNTIME_DIR", folder);
    }
    ~RuntimeFolder()
    {
        if (m_isSet)
            qputenv("XDG_RUNTIME_DIR", m_before);
        else
            qunsetenv("XDG_RUNTIME_DIR");
    }
    Q_DISABLE_COPY_MOVE(RuntimeFolder)

private:
    const bool m_isSet = qEnvironmentVariableIsSet("XDG_RUNTIME_DIR");
    const QByteArray m_before = qgetenv("XDG_RUNTIME_DIR");
};

} // namespace

class TestKeptWords final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wordsAreKeptForThisUserAloneAndForgottenWhenTheyAreRecorded()
    {
        QTemporaryDir dir;
        KeptWords words(dir.filePath(QStringLiteral("w")));
        QVERIFY(words.kept(QStringLiteral("a")).isEmpty());
        QCOMPARE(words.keep(QStringLiteral("a"), QStringLiteral("nicht verloren: ä🙂")), QString());
        QCOMPARE(words.kept(QStringLiteral("a")), QStringLiteral("nicht verloren: ä🙂"));
        QVERIFY(words.kept(QStringLiteral("b")).isEmpty());
        for (const QFileInfo &file : QDir(dir.filePath(QStringLiteral("w"))).entryInfoList(QDir::Files))
            if (!file.fileName().endsWith(QLatin1String(".lock"))) // which holds no word
                QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther), QFile::Permissions());
        QCOMPARE(words.keep(QStringLiteral("a"), {}), QString());
        QVERIFY(words.kept(QStringLiteral("a")).isEmpty());
        // Beyond the limit it is cut between two letters, and that is said.
        QString large(KeptWords::kMost - 1, QLatin1Char('x'));
        large += QLatin1Char('y');
        QCOMPARE(words.keep(QStringLiteral("a"), large), QString());
        QCOMPARE(words.kept(QStringLiteral("a")), large);
        large.back() = QChar(0xE4);
        QVERIFY(words.keep(QStringLiteral("a"), large).contains(QStringLiteral("256 KiB")));
        QCOMPARE(words.kept(QStringLiteral("a")), large); // as long as the window is there
        QCOMPARE(inFiles(dir.filePath(QStringLiteral("w"))), QByteArray(KeptWords::kMost - 1, 'x'));
    }

    /// Two windows of one user, at the same section: neither writes over, takes or forgets what the other keeps, until that one is gone.
    void twoWindowsKeepTheirWordsApart()
    {
        QTemporaryDir dir;
        const QString key = QStringLiteral("INC-7/narrative");
        KeptWords left(dir.path());
        {
            KeptWords right(dir.path());
            QCOMPARE(left.keep(key, QStringLiteral("left")), QString());
            QCOMPARE(right.keep(key, QStringLiteral("right")), QString());
            QCOMPARE(left.kept(key), QStringLiteral("left"));
            QCOMPARE(left.keep(key, {}), QString()); // recorded
            QVERIFY(left.kept(key).isEmpty());
            QCOMPARE(right.kept(key), QStringLiteral("right"));
        }
        QCOMPARE(left.kept(key), QStringLiteral("right")); // its own from here on
        QVERIFY(KeptWords(dir.path()).kept(key).isEmpty());
        QCOMPARE(left.keep(key, {}), QString());
        QVERIFY(left.kept(key).isEmpty());
    }

    /// They are there for the section that is opened again, and whoever writes is told that they are not for longer.
    void whatNoFileTakesIsKeptAsLongAsTheWindowAndSaysSo_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::addColumn<QString>("said");
        QTest::newRow("no runtime folder") << false << "XDG_RUNTIME_DIR";
        QTest::newRow("a folder that cannot be") << true << "cannot be written";
    }
    void whatNoFileTakesIsKeptAsLongAsTheWindowAndSaysSo()
    {
        QFETCH(bool, isThere);
        QFETCH(QString, said);
        QTemporaryDir dir;
        QFile inTheWay(dir.filePath(QStringLiteral("quarterdeck")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const RuntimeFolder runtime(isThere ? QFile::encodeName(dir.path()) : QByteArray());
        const QString key = QStringLiteral("INC-7/narrative"), text = QStringLiteral("nowhere else");
        KeptWords words;
        QVERIFY2(words.keep(key, text).contains(said), qPrintable(words.keep(key, text)));
        QCOMPARE(words.kept(key), text);
        QVERIFY(words.kept(QStringLiteral("another")).isEmpty());
        QVERIFY(KeptWords().kept(key).isEmpty());
        if (isThere) { // and there is room again
            QVERIFY(inTheWay.remove());
            QCOMPARE(words.keep(key, text), QString());
            QCOMPARE(inFiles(dir.filePath(QStringLiteral("quarterdeck/words"))), text.toUtf8());
        }
        QCOMPARE(words.keep(key, {}), QString());
        QVERIFY(words.kept(key).isEmpty());
    }

    void aSeatSaysWhatIsNotKept()
    {
        QTemporaryDir home;
        const RuntimeFolder runtime{QByteArray()};
        seat::Seat seat(home.filePath(QStringLiteral("control")), QStringLiteral("ana"));
        QString problem;
        seat.keepWords(QStringLiteral("INC-7/narrative"), QStringLiteral("nowhere else"), [&](const QString &why) { problem = why; });
        QTRY_VERIFY(problem.contains(QStringLiteral("XDG_RUNTIME_DIR")));
    }

    /// The last that is typed is kept a moment before the window is gone.
    void aSeatThatEndsKeepsWhatItWasGiven()
    {
        constexpr int kGiven = 2000; // more than are kept before it ends
        QTemporaryDir dir;
        const RuntimeFolder runtime(QFile::encodeName(dir.path()));
        const QString socket = dir.filePath(QStringLiteral("control"));
        {
            seat::Seat seat(socket, QStringLiteral("ana"));
            for (int i = 1; i <= kGiven; ++i)
                seat.keepWords(QStringLiteral("INC-7/narrative"), QStringLiteral("word %1").arg(i));
        }
        QCOMPARE(KeptWords().kept(socket + QStringLiteral("\nINC-7/narrative")), QStringLiteral("word %1").arg(kGiven));
    }
};

QD_TEST(TestKeptWords)
#include "tst_keptwords.moc"
