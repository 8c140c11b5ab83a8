// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/evidence.h"
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/shell/instrument.h"
#include "ui/shell/picker.h"

#include <QFileDialog>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace qd;
using namespace qd::shell;

namespace {

QString e(const char *text) { return QString::fromUtf8(text); }

} // namespace

class TestEvidenceInTheWindow : public QObject {
    Q_OBJECT
    test::WindowLook m_look;
    style::Theme *m_theme = nullptr;
    QTemporaryDir m_home;

    QString written(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_home.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
    }
    void choose(test::WindowBench &b, const QString &path)
    {
        QTest::keyClick(&b.window, Qt::Key_E, Qt::ControlModifier | Qt::AltModifier);
        const auto dialogs = b.window.findChildren<QFileDialog *>();
        QVERIFY(!dialogs.isEmpty());
        auto *dialog = dialogs.last(); // those before it are closing
        QVERIFY(dialog->isVisible());
        Q_EMIT dialog->fileSelected(path);
        dialog->close();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = m_look.begin();
        QVERIFY(m_theme && m_home.isValid());
        qputenv("HOME", m_home.path().toLocal8Bit()); // downloads lie below it
        qputenv("XDG_CONFIG_HOME", m_home.path().toLocal8Bit());
    }

    void aChosenFileIsSentWholeAndItsNameAlone()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.source.nextResult = {{e("id"), e("evidence/1")}};
        const QByteArray bytes("\0\xff heap", 7);
        choose(b, written(e("heap.bin"), bytes));
        QTRY_VERIFY(!b.source.sent.empty() && b.source.sent.back().method == e("incident.evidence"));
        const QJsonObject sent = b.source.sent.back().arguments;
        QCOMPARE(sent.value(e("name")).toString(), e("heap.bin"));
        QCOMPARE(QByteArray::fromBase64(sent.value(e("content")).toString().toLatin1()), bytes);
        QCOMPARE(sent.value(e("incident")).toString(), test::incidentScene().focus);
        QTRY_VERIFY(b.window.instrument().preview().contains(e("evidence/1")));
    }

    void whatCannotBeKeptIsNotSentAndSaysWhy()
    {
        for (const auto &[path, why] : std::vector<std::pair<QString, QString>>{{m_home.filePath(e("gone")), e("is no file")},
                                                                                {written(e("empty"), {}), e("is empty")},
                                                                                {written(e("large"), QByteArray(static_cast<qsizetype>(state::kEvidenceBytes) + 1, 'x')), e("larger than 4 MB")}}) {
            test::WindowBench b(test::incidentScene(), *m_theme);
            choose(b, path);
            QTRY_VERIFY2(b.window.instrument().preview().contains(why), qPrintable(b.window.instrument().preview()));
            for (const auto &sent : b.source.sent)
                QVERIFY(sent.method != e("incident.evidence"));
        }
    }

    void whatIsKeptIsWrittenBesideWhatIsThereAndNeverOverIt()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        for (const QString &name : {e("heap.tar.gz"), e("heap.tar (2).gz")}) {
            b.source.nextResult = {{e("items"), QJsonArray{QJsonObject{{e("evidence"), QJsonArray{QJsonObject{{e("evidence"), 3}, {e("name"), e("heap.tar.gz")}, {e("text"), e("after the crash")}}}}}}}};
            QTest::keyClick(&b.window, Qt::Key_S, Qt::ControlModifier | Qt::AltModifier);
            QTRY_COMPARE(b.window.picker().picks().size(), std::size_t{1});
            QCOMPARE(b.window.picker().picks()[0].text, e("3 · heap.tar.gz"));
            b.source.nextResult = {{e("name"), e("../heap.tar.gz")}, {e("content"), e("AP8=")}};
            b.window.picker().picks()[0].run();
            QCOMPARE(b.source.sent.back().method, e("evidence.read"));
            const QString path = m_home.filePath(e("Downloads/") + name);
            QTRY_VERIFY2(b.window.instrument().preview().contains(path), qPrintable(b.window.instrument().preview()));
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll(), QByteArray("\0\xff", 2));
            QCOMPARE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::ExeOwner), QFileDevice::Permissions());
        }
    }

    void nothingKeptIsSaidSo()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.source.nextResult = {{e("items"), QJsonArray{QJsonObject{{e("evidence"), QJsonArray()}}}}};
        QTest::keyClick(&b.window, Qt::Key_S, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(b.window.instrument().preview().contains(e("holds no evidence")));
    }
};

QD_GUI_TEST(TestEvidenceInTheWindow)
#include "tst_evidence.moc"
