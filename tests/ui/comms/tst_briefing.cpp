// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/comms/briefing.h"

#include <QJsonArray>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

using namespace qd;
using namespace qd::comms;

namespace {

/// What a reader of the PDF reads (pdftotext of Debian's poppler-utils).
QString readBack(const QByteArray &pdf)
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("briefing.pdf"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(pdf) != pdf.size())
        return {};
    file.close();
    QProcess reader;
    reader.start(QStringLiteral("/usr/bin/pdftotext"), {QStringLiteral("-layout"), path, QStringLiteral("-")});
    return reader.waitForFinished() && reader.exitCode() == 0 ? QString::fromUtf8(reader.readAllStandardOutput()) : QString();
}

} // namespace

/// ICS-201: what is recorded of an incident, on paper.
class TestBriefing final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hasTheTenBlocksOfTheForm()
    {
        const view::ViewModel v = test::incidentScene();
        const Briefing b = briefingOf(v, v.made, QStringLiteral("Jo Abara"));
        QCOMPARE(b.blocks.size(), std::size_t(10));
        for (std::size_t n = 0; n < b.blocks.size(); ++n) {
            QVERIFY(b.blocks[n].title.startsWith(QString::number(n + 1) + QLatin1Char('.')));
            QVERIFY2(!b.blocks[n].lines.isEmpty(), qPrintable(b.blocks[n].title));
        }
        QVERIFY(b.blocks[5].lines[0].startsWith(QStringLiteral("Jo Abara, 2026-11-23 14:25 UTC")));
    }

    void anUpdateThatReachedNobodyIsSaidToBeThat()
    {
        view::ViewModel scene = test::incidentScene();
        scene.stack.updates.back().unheard = true;
        const Briefing b = briefingOf(scene, test::sceneMoment(), QStringLiteral("Mara"));
        QVERIFY(std::any_of(b.blocks.begin(), b.blocks.end(), [](const auto &block) { return block.lines.filter(QStringLiteral("which reached nobody")).size() == 1; }));
    }

    void theTextIsReadBackFromThePdf()
    {
        if (!QFile::exists(QStringLiteral("/usr/bin/pdftotext")))
            QFAIL("pdftotext is missing: install the Debian package poppler-utils");
        view::ViewModel v = test::incidentScene();
        v.stack.tasks.push_back({QStringLiteral("99"), QStringLiteral("Zoë Müller"), QStringLiteral("check <b>lag</b> & report"), {}, {}, false});
        const QByteArray pdf = pdfOf(briefingOf(v, v.made, QStringLiteral("Jo Abara")));
        QVERIFY(pdf.startsWith("%PDF-"));
        const QString text = readBack(pdf).simplified();
        QVERIFY(!text.isEmpty());
        const auto incident = std::find_if(v.incidents.begin(), v.incidents.end(), [&](const auto &i) { return i.id == v.focus; });
        for (const QString &said : {QStringLiteral("ICS-201"), incident->id, incident->title.simplified(), QStringLiteral("5. Situation summary"), QStringLiteral("Incident Commander"),
                                    QStringLiteral("Zoë Müller: check <b>lag</b> & report"), QStringLiteral("Jo Abara, 2026-11-23 14:25 UTC")})
            QVERIFY2(text.contains(said), qPrintable(said + QStringLiteral(" in ") + text.left(2000)));
    }

    void aLongHistoryKeepsTheNewestAndCountsTheRest()
    {
        if (!QFile::exists(QStringLiteral("/usr/bin/pdftotext")))
            QFAIL("pdftotext is missing: install the Debian package poppler-utils");
        view::ViewModel v = test::incidentScene();
        v.timeline.clear();
        for (int n = 1; n <= 300; ++n) {
            view::TimelineEntry e;
            e.kind = QStringLiteral("decision");
            e.text = QStringLiteral("decision number %1 of many").arg(n);
            e.at = v.made;
            v.timeline.push_back(e);
        }
        const QString text = readBack(pdfOf(briefingOf(v, v.made, QStringLiteral("Jo"))));
        QVERIFY(text.contains(QStringLiteral("decision number 300 of many")));
        QVERIFY(!text.contains(QStringLiteral("decision number 1 of many")));
        QVERIFY(text.contains(QStringLiteral("260 earlier not shown")));
    }

    void whatIsMarkedAboveInternalIsAHoleOnPaper()
    {
        if (!QFile::exists(QStringLiteral("/usr/bin/pdftotext")))
            QFAIL("pdftotext is missing: install the Debian package poppler-utils");
        view::ViewModel v = test::incidentScene();
        v.timeline.clear();
        view::TimelineEntry e;
        e.kind = QStringLiteral("decision");
        e.text = QStringLiteral("tell [[internal: everyone]] of [[confidential: canaryone]] and [[restricted for dana: canarytwo]]");
        e.at = v.made;
        v.timeline.push_back(e);
        const QByteArray pdf = pdfOf(briefingOf(v, v.made, QStringLiteral("Jo")));
        const QString text = readBack(pdf).simplified(); // a line may be broken anywhere
        // What a font makes one sign of, as fi, is read back as it is: so not the whole of "confidential".
        QVERIFY2(text.contains(QStringLiteral("everyone")) && text.count(QStringLiteral("[sealed: ")) == 2 && text.contains(QStringLiteral("dential, short]")), qPrintable(text));
        QVERIFY(!text.contains(QStringLiteral("canary")) && !pdf.contains("canary"));
        QCOMPARE(holesIn(briefingOf(v, v.made, QStringLiteral("Jo"))), 2);
        v.paper = DataClass::Confidential; // the audience's clearance is raised
        const QString raised = readBack(pdfOf(briefingOf(v, v.made, QStringLiteral("Jo")))).simplified();
        QVERIFY2(raised.contains(QStringLiteral("canaryone")) && !raised.contains(QStringLiteral("canarytwo")), qPrintable(raised));
        QCOMPARE(holesIn(briefingOf(v, v.made, QStringLiteral("Jo"))), 1);
    }

    void theActivityLogIsPrintedWhole()
    {
        QJsonArray lines;
        for (int n = 0; n < 60; ++n)
            lines << QStringLiteral("2026-11-23 14:%1 UTC  Ana: step%1").arg(n, 2, 10, QLatin1Char('0'));
        const QJsonObject item{{QStringLiteral("incident"), QStringLiteral("INC-7")}, {QStringLiteral("person"), QString()},
                               {QStringLiteral("blocks"), QJsonArray{QJsonObject{{QStringLiteral("title"), QStringLiteral("5. Activity log")}, {QStringLiteral("lines"), lines}}}}};
        const Briefing log = activityLogOf(item);
        const QString text = readBack(pdfOf(log));
        QVERIFY2(text.contains(QStringLiteral("ICS-214")) && text.contains(QStringLiteral("step00")) && text.contains(QStringLiteral("step59")), qPrintable(text));
        QCOMPARE(fileNameOf(log, test::sceneMoment()), QStringLiteral("INC-7-activity-log-20261123-1425.pdf"));
    }

    void withoutAnIncidentThereIsNone()
    {
        const Briefing b = briefingOf(test::quietScene(), test::sceneMoment(), QStringLiteral("Jo"));
        QVERIFY(b.blocks.empty() && b.incident.isEmpty());
    }

    void theFileSaysWhichAndWhen()
    {
        Briefing b;
        b.incident = QStringLiteral("INC-7");
        QCOMPARE(fileNameOf(b, test::sceneMoment()), QStringLiteral("INC-7-briefing-20261123-1425.pdf"));
    }
};

QD_GUI_TEST(TestBriefing)
#include "tst_briefing.moc"
