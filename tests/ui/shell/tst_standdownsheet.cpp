// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/escalation/standdowndialog.h"

#include <QComboBox>
#include <QJsonArray>
#include <QJsonObject>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <algorithm>

using namespace qd;

namespace {

QString plain(const char *text) { return QString::fromUtf8(text); }

QJsonObject sheetAnswer(const QJsonObject &sheet) { return {{plain("items"), QJsonArray{sheet}}}; }

QJsonObject aSheet(const char *text, const QStringList &silences = {})
{
    QJsonArray quiet;
    for (const QString &id : silences)
        quiet.append(QJsonObject{{plain("id"), id}, {plain("owner"), plain("ana")}});
    return {{plain("text"), plain(text)}, {plain("quiet"), quiet}, {plain("followUps"), plain("Ben: vacuum")}};
}

template <typename Widget>
Widget *fieldNamed(const QDialog &dialog, const char *name)
{
    for (Widget *w : dialog.findChildren<Widget *>())
        if (w->accessibleName() == plain(name))
            return w;
    return nullptr;
}

std::size_t sheetsAsked(const test::ViewFixture &source)
{
    return static_cast<std::size_t>(std::count_if(source.sent.begin(), source.sent.end(), [](const auto &s) { return s.arguments.value(QLatin1String("what")).toString() == QLatin1String("standdowns"); }));
}

} // namespace

class TestStandDownSheet final : public QObject {
    Q_OBJECT
    test::WindowLook m_look;
    style::Theme *m_theme = nullptr;

    static escalation::StandDownDialog *open(test::WindowBench &b)
    {
        QTest::keyClick(&b.window, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        return b.window.findChild<escalation::StandDownDialog *>();
    }
private Q_SLOTS:
    void initTestCase()
    {
        m_theme = m_look.begin();
        QVERIFY(m_theme);
    }

    void theSheetIsReadAgainWhenTheLogGrewAndWhatWasFilledInStays()
    {
        auto scene = test::incidentScene();
        test::WindowBench b(scene, *m_theme);
        b.source.nextResult = sheetAnswer(aSheet("nothing fires", {plain("silence/1"), plain("silence/2")}));
        auto *dialog = open(b);
        QVERIFY(dialog);
        QCOMPARE(sheetsAsked(b.source), std::size_t(1));
        auto *sheet = fieldNamed<QPlainTextEdit>(*dialog, "What is left"), *followUps = fieldNamed<QPlainTextEdit>(*dialog, "Follow-ups");
        auto *first = fieldNamed<QComboBox>(*dialog, "What becomes of silence/1");
        auto *summary = fieldNamed<QLineEdit>(*dialog, "Summary");
        QVERIFY(sheet && followUps && first && summary);
        QCOMPARE(sheet->toPlainText(), plain("nothing fires"));
        first->setCurrentIndex(first->findData(plain("keep")));
        summary->setText(plain("rolled back"));
        followUps->setPlainText(QString()); // none, said on purpose

        b.source.show(scene); // the same head: only the picture was drawn anew
        QCOMPARE(sheetsAsked(b.source), std::size_t(1));
        ++scene.seq;
        b.source.nextResult = sheetAnswer(aSheet("one alert fires", {plain("silence/1"), plain("silence/3")}));
        b.source.show(scene);
        QCOMPARE(sheetsAsked(b.source), std::size_t(2));
        QCOMPARE(sheet->toPlainText(), plain("one alert fires"));
        QCOMPARE(fieldNamed<QComboBox>(*dialog, "What becomes of silence/1"), first);
        QCOMPARE(first->currentData().toString(), plain("keep"));
        QCOMPARE(summary->text(), plain("rolled back"));
        QCOMPARE(followUps->toPlainText(), QString());
        auto *third = fieldNamed<QComboBox>(*dialog, "What becomes of silence/3");
        QVERIFY(third);
        third->setCurrentIndex(third->findData(plain("end")));
        const QJsonArray quiet = dialog->arguments().value(plain("quiet")).toArray();
        QCOMPARE(quiet.size(), 2); // silence/2 ended by itself and is not asked about
        QCOMPARE(quiet[0].toObject().value(plain("id")).toString(), plain("silence/1"));
        QCOMPARE(quiet[1].toObject().value(plain("id")).toString(), plain("silence/3"));
    }

    void oneQuestionAtATimeAndTheLastOneHoldsWhatHappenedMeanwhile()
    {
        auto scene = test::incidentScene();
        test::WindowBench b(scene, *m_theme);
        b.source.holdsAnswers = true;
        auto *dialog = open(b);
        QVERIFY(dialog);
        for (int n = 0; n < 5; ++n) {
            ++scene.seq;
            b.source.show(scene);
        }
        QCOMPARE(sheetsAsked(b.source), std::size_t(1));
        const auto take = [&](const char *text) {
            const auto held = b.source.held.back();
            held(true, {}, sheetAnswer(aSheet(text)));
        };
        take("first");
        QCOMPARE(sheetsAsked(b.source), std::size_t(2)); // the five of them are one question
        take("second");
        QCOMPARE(sheetsAsked(b.source), std::size_t(2));
        QCOMPARE(fieldNamed<QPlainTextEdit>(*dialog, "What is left")->toPlainText(), plain("second"));
    }

    void theSheetStaysThatOfItsIncident()
    {
        auto scene = test::incidentScene();
        const QString incident = scene.focus;
        test::WindowBench b(scene, *m_theme);
        b.source.nextResult = sheetAnswer(aSheet("nothing fires"));
        QVERIFY(open(b));
        scene.focus = scene.incidents.back().id;
        ++scene.seq;
        b.source.show(scene);
        QCOMPARE(sheetsAsked(b.source), std::size_t(2));
        for (const auto &sent : b.source.sent)
            if (sent.arguments.value(QLatin1String("what")).toString() == QLatin1String("standdowns"))
                QCOMPARE(sent.arguments.value(QLatin1String("incident")).toString(), incident);
    }
};

QD_GUI_TEST(TestStandDownSheet)
#include "tst_standdownsheet.moc"
