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

/// What a variable of the environment is as long as this is there; a null value takes it away.
class Variable {
public:
    Variable(const char *name, const QByteArray &value)
        : m_name(name)
        , m_isSet(qEnvironmentVariableIsSet(name))
        , m_before(qgetenv(name))
    {
        set(!value.isNull(), value);
    }
    ~Variable() { set(m_isSet, m_before); }
    Q_DISABLE_COPY_MOVE(Variable)

private:
    void set(bool isSet, const QByteArray &value) const
    {
        if (isSet)
            qputenv(m_name, value);
        else
            qunsetenv(m_name);
    }
    const char *const m_name;
    const bool m_isSet;
    const QByteArray m_before;
};

/// Where this user's words are, and were, both below a folder.
struct Places {
    explicit Places(const QTemporaryDir &dir)
        : state("XDG_STATE_HOME", QFile::encodeName(dir.filePath(QStringLiteral("state"))))
        , runtime("XDG_RUNTIME_DIR", QFile::encodeName(dir.filePath(QStringLiteral("run"))))
    {
    }
    Variable state, runtime;
};

constexpr auto kOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

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
                QCOMPARE(file.permissions() & kOthers, QFile::Permissions());
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

    /// On a disk, where neither the end of a session nor that of the machine's running takes them; for this user alone.
    void wordsOutlastTheSession()
    {
        QTemporaryDir dir;
        const Places places(dir);
        const QString key = QStringLiteral("INC-7/narrative"), text = QStringLiteral("two pages");
        QCOMPARE(KeptWords().keep(key, text), QString());
        QVERIFY(!QFile::exists(dir.filePath(QStringLiteral("run/quarterdeck/words"))));
        const QString folder = dir.filePath(QStringLiteral("state/quarterdeck/words"));
        QCOMPARE(inFiles(folder), text.toUtf8());
        QCOMPARE(QFileInfo(folder).permissions() & kOthers, QFile::Permissions());
        for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files))
            QCOMPARE(file.permissions() & kOthers, QFile::Permissions());
        QCOMPARE(KeptWords().kept(key), text);
        // A path that begins nowhere is none.
        const Variable home("HOME", QFile::encodeName(dir.filePath(QStringLiteral("home"))));
        const Variable relative("XDG_STATE_HOME", "state");
        QCOMPARE(KeptWords().keep(key, text), QString());
        QCOMPARE(inFiles(dir.filePath(QStringLiteral("home/.local/state/quarterdeck/words"))), text.toUtf8());
    }

    /// They were kept in the runtime folder before: all of windows that are gone is moved, whatever is asked for, and what one that is there keeps is left to it.
    void wordsOfTheOldPlaceAreMovedOver()
    {
        QTemporaryDir dir;
        const Places places(dir);
        const QString former = dir.filePath(QStringLiteral("run/quarterdeck/words")), folder = dir.filePath(QStringLiteral("state/quarterdeck/words"));
        const QString key = QStringLiteral("INC-7/narrative"), other = QStringLiteral("INC-7/impact");
        KeptWords there(former);
        QCOMPARE(there.keep(QStringLiteral("INC-7/summary"), QStringLiteral("still written")), QString());
        {
            KeptWords gone(former);
            QCOMPARE(gone.keep(key, QStringLiteral("how it began")), QString());
            QCOMPARE(gone.keep(other, QStringLiteral("whom it hit")), QString());
        }
        for (const QFileInfo &file : QDir(former).entryInfoList(QDir::Files)) // as files of another umask may be
            QVERIFY(QFile::setPermissions(file.filePath(), file.permissions() | QFile::ReadGroup));
        KeptWords words;
        QCOMPARE(words.kept(key), QStringLiteral("how it began"));
        QCOMPARE(inFiles(former), QByteArray("still written"));
        QVERIFY(inFiles(folder).contains("whom it hit"));
        for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files))
            if (!file.fileName().endsWith(QLatin1String(".lock")))
                QCOMPARE(file.permissions() & kOthers, QFile::Permissions());
        QCOMPARE(words.kept(other), QStringLiteral("whom it hit"));
        QCOMPARE(there.kept(QStringLiteral("INC-7/summary")), QStringLiteral("still written"));
        QCOMPARE(words.keep(key, {}), QString()); // recorded: it comes back from nowhere
        QVERIFY(words.kept(key).isEmpty() && KeptWords().kept(key).isEmpty());
    }

    /// The place they go to cannot be: they stay where they are.
    void whatCannotBeMovedStays()
    {
        QTemporaryDir dir;
        const Places places(dir);
        const QString former = dir.filePath(QStringLiteral("run/quarterdeck/words")), key = QStringLiteral("INC-7/narrative");
        QCOMPARE(KeptWords(former).keep(key, QStringLiteral("how it began")), QString());
        QFile inTheWay(dir.filePath(QStringLiteral("state")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        QVERIFY(KeptWords().kept(key).isEmpty());
        QCOMPARE(inFiles(former), QByteArray("how it began"));
        QVERIFY(inTheWay.remove());
        QCOMPARE(KeptWords().kept(key), QStringLiteral("how it began"));
    }

    /// They are there for the section that is opened again, and whoever writes is told that they are not for longer.
    void whatNoFileTakesIsKeptAsLongAsTheWindowAndSaysSo()
    {
        QTemporaryDir dir;
        const Places places(dir);
        QFile inTheWay(dir.filePath(QStringLiteral("state")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const QString key = QStringLiteral("INC-7/narrative"), text = QStringLiteral("nowhere else");
        KeptWords words;
        QVERIFY2(words.keep(key, text).contains(QStringLiteral("cannot be written")), qPrintable(words.keep(key, text)));
        QCOMPARE(words.kept(key), text);
        QVERIFY(words.kept(QStringLiteral("another")).isEmpty());
        QVERIFY(KeptWords().kept(key).isEmpty());
        QVERIFY(inTheWay.remove()); // and there is room again
        QCOMPARE(words.keep(key, text), QString());
        QCOMPARE(inFiles(dir.filePath(QStringLiteral("state/quarterdeck/words"))), text.toUtf8());
        QCOMPARE(words.keep(key, {}), QString());
        QVERIFY(words.kept(key).isEmpty());
    }

    void aSeatSaysWhatIsNotKept()
    {
        QTemporaryDir dir;
        const Places places(dir);
        QFile inTheWay(dir.filePath(QStringLiteral("state")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        seat::Seat seat(dir.filePath(QStringLiteral("control")), QStringLiteral("ana"));
        QString problem;
        seat.keepWords(QStringLiteral("INC-7/narrative"), QStringLiteral("nowhere else"), [&](const QString &why) { problem = why; });
        QTRY_VERIFY(problem.contains(QStringLiteral("cannot be written")));
    }

    /// The last that is typed is kept a moment before the window is gone.
    void aSeatThatEndsKeepsWhatItWasGiven()
    {
        constexpr int kGiven = 2000; // more than are kept before it ends
        QTemporaryDir dir;
        const Places places(dir);
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
