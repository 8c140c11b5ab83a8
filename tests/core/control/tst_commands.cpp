// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/commands.h"
#include "tests/support/suite.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace qd;
using namespace qd::control;

class TestCommands : public QObject {
    Q_OBJECT

    static QString problem(const char *method, const char *params)
    {
        const auto decoded = decodeCommand(method, params);
        return decoded ? QString() : QString::fromStdString(decoded.error().message);
    }

private Q_SLOTS:
    void decodesEveryFieldOfACommand()
    {
        const auto c = decodeCommand("incident.declare",
                                     R"({"title":"Shop","severity":"SEV2","service":"shop","since":"2026-01-01T00:00:00Z","alerts":["am/1","am/2"],"room":false,"kind":"drill"})");
        QVERIFY(c);
        const auto &d = get<desk::DeclareIncident>(*c);
        QCOMPARE(d.title, std::string("Shop"));
        QCOMPARE(d.severity, std::string("SEV2"));
        QCOMPARE(d.alerts.size(), std::size_t{2});
        QCOMPARE(d.room, false);
        QCOMPARE(d.kind, std::string("drill"));
    }

    void keepsDefaultsOfWhatIsLeftOut()
    {
        const auto c = decodeCommand("incident.declare", R"({"title":"Shop"})");
        QVERIFY(c);
        QCOMPARE(get<desk::DeclareIncident>(*c).room, true);
        QVERIFY(decodeCommand("incident.take", ""));
    }

    void decodesNestedValues()
    {
        const auto add = decodeCommand("connection.add", R"({"connection":{"name":"am","kind":"alertmanager","interval":"10s"}})");
        QVERIFY(add);
        QCOMPARE(get<desk::AddConnection>(*add).connection.interval.ns, seconds(10).ns);
        const auto silence = decodeCommand("silence.create",
                                           R"({"source":"am","duration":"2h","reason":"r","matchers":[{"name":"a","value":"b.*","isRegex":true}]})");
        QVERIFY(silence);
        const auto &m = get<desk::CreateSilence>(*silence).matchers;
        QCOMPARE(m.size(), std::size_t{1});
        QVERIFY(m[0].isRegex && m[0].isEqual);
        const auto update = decodeCommand("update.send", R"({"template":"t","set":{"a":"1","b":"2"}})");
        QVERIFY(update);
        QCOMPARE(get<desk::SendUpdate>(*update).set.at("b"), std::string("2"));
    }

    void namesTheFieldThatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("params");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const char *method, const char *params, const char *sentence) {
            QTest::newRow(name) << QByteArray(method) << QByteArray(params) << QString::fromUtf8(sentence);
        };
        row("missing", "incident.declare", "{}", "The field \"title\" is missing.");
        row("empty", "incident.declare", R"({"title":""})", "The field \"title\" must not be empty.");
        row("empty list", "alert.acknowledge", R"({"alerts":[]})", "The field \"alerts\" must not be empty.");
        row("unknown", "incident.declare", R"({"title":"x","titel":"y"})", "There is no field \"titel\" here.");
        row("number for text", "incident.declare", R"({"title":7})", "The field \"title\" must be a text.");
        row("text for bool", "incident.declare", R"({"title":"x","room":"no"})", "The field \"room\" must be true or false.");
        row("negative", "task.done", R"({"task":-1})", "The field \"task\" must be a whole number from 0 on.");
        row("too large", "task.done", R"({"task":4294967296})", "The field \"task\" must be a whole number from 0 on.");
        row("fraction", "task.done", R"({"task":1.5})", "The field \"task\" must be a whole number from 0 on.");
        row("element", "alert.acknowledge", R"({"alerts":["a",2]})", "The field \"alerts[1]\" must be a text.");
        row("text for list", "alert.acknowledge", R"({"alerts":"a"})", "The field \"alerts\" must be a list.");
        row("nested", "connection.add", R"({"connection":{"name":"a","interval":5}})",
            "The field \"connection.interval\" must be a length of time such as \"10m\".");
        row("nested unknown", "connection.add", R"({"connection":{"nam":"a"}})", "There is no field \"connection.nam\" here.");
        row("not an object", "incident.take", "[1]", "The arguments must be an object.");
        row("method", "incident.delete", "{}", "There is no method \"incident.delete\"; `call methods` lists them.");
    }
    void namesTheFieldThatIsWrong()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, params);
        QFETCH(QString, sentence);
        QCOMPARE(problem(method.constData(), params.constData()), sentence);
    }

    void refusesWhatIsNoJsonOrTooDeep()
    {
        QVERIFY(problem("incident.take", "{").startsWith(QStringLiteral("This is not JSON")));
        const QByteArray deep = QByteArray(200, '[') + QByteArray(200, ']');
        QVERIFY(problem("incident.take", deep.constData()).startsWith(QStringLiteral("This is not JSON")));
    }

    void everyCommandIsListedWithASchemaItsOwnEncodingFits()
    {
        const auto all = QJsonDocument::fromJson(QByteArray::fromStdString(methodsJson())).object().value(QStringLiteral("methods")).toArray();
        QStringList names;
        for (const auto &m : all)
            names << m.toObject().value(QStringLiteral("name")).toString();
        QStringList sorted = names;
        sorted.sort();
        QCOMPARE(names, sorted);
        QVERIFY(names.contains(QStringLiteral("get")) && names.contains(QStringLiteral("alert.count")));
        for (const auto &name : commandMethods()) {
            QVERIFY2(names.contains(QString::fromStdString(name)), name.c_str());
            const auto m = all[names.indexOf(QString::fromStdString(name))].toObject();
            QCOMPARE(m.value(QStringLiteral("kind")).toString(), QStringLiteral("command"));
            QVERIFY(m.value(QStringLiteral("params")).toObject().contains(QStringLiteral("properties")));
        }
    }

    void whatIsEncodedIsDecoded()
    {
        desk::SendUpdate u;
        u.incident = "INC-1";
        u.updateTemplate = "t";
        u.set = {{"a", "1\n\"x\""}};
        const auto back = decodeCommand("update.send", encodeCommand(u));
        QVERIFY(back);
        QCOMPARE(get<desk::SendUpdate>(*back).set, u.set);
        QCOMPARE(get<desk::SendUpdate>(*back).updateTemplate, u.updateTemplate);
    }
};

QD_TEST(TestCommands)
#include "tst_commands.moc"
