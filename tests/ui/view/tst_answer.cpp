// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "ui/view/answer.h"

#include <QJsonArray>
#include <QTest>

using namespace qd;

class TestAnswer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsMissingOrOfAnotherKindIsNothing()
    {
        const QJsonObject answer{{QStringLiteral("text"), 7}, {QStringLiteral("list"), QStringLiteral("a")}, {QStringLiteral("number"), QStringLiteral("7")}, {QStringLiteral("at"), QStringLiteral("noon")}};
        for (const char *name : {"text", "list", "number", "at", "nothing"}) {
            QVERIFY2(view::textsIn(answer, name).isEmpty(), name);
            QCOMPARE(view::numberIn(answer, name), name == QByteArray("text") ? 7 : 0);
            QVERIFY2(!view::instantIn(answer, name), name);
        }
        QVERIFY(view::textIn(answer, "text").isEmpty() && view::textIn(answer, "nothing").isEmpty());
    }

    void aListKeepsItsPlaces()
    {
        const QJsonObject answer{{QStringLiteral("row"), QJsonArray{QStringLiteral("a"), QJsonValue(), QStringLiteral("b")}}};
        QCOMPARE(view::textsIn(answer, "row"), (QStringList{QStringLiteral("a"), QString(), QStringLiteral("b")}));
    }

    void timesAreReadAndSaid()
    {
        const QJsonObject answer{{QStringLiteral("at"), QStringLiteral("2026-12-24T14:02:31Z")}};
        QCOMPARE(QString::fromStdString(toRfc3339(view::instantIn(answer, "at"))).left(19), QStringLiteral("2026-12-24T14:02:31"));
        QCOMPARE(view::minuteIn(answer, "at"), QStringLiteral("2026-12-24 14:02"));
        QVERIFY(view::minuteIn(answer, "since").isEmpty());
    }

    void aLineIsOneLineAndHasAnEnd()
    {
        const QJsonObject answer{{QStringLiteral("what"), QString(QStringLiteral("a\nb") + QString(1000, QLatin1Char('x')))}, {QStringLiteral("who"), QJsonArray{QStringLiteral("ana"), QStringLiteral("d\tan")}}};
        const QString line = view::lineIn(answer, "what");
        QVERIFY(!line.contains(QLatin1Char('\n')));
        QVERIFY2(line.toUtf8().size() <= static_cast<qsizetype>(view::kLineBytes), qPrintable(line));
        QVERIFY2(view::linesIn(answer, "who").startsWith(QStringLiteral("ana, ")) && !view::linesIn(answer, "who").contains(QLatin1Char('\t')), qPrintable(view::linesIn(answer, "who")));
    }
};

QD_TEST(TestAnswer)
#include "tst_answer.moc"
