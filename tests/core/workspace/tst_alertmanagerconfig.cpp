// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/alertmanagerconfig.h"

#include "core/workspace/files.h"
#include "core/workspace/reader.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

using namespace qd;
using namespace qd::workspace;

namespace {

/// alertmanager.yml beside this file: every form a matcher may have.
std::string config()
{
    QFile file(QStringLiteral(QD_SOURCE_DIR "/tests/core/workspace/alertmanager.yml"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

QString said(const Result<AlertmanagerConfig> &r)
{
    return r ? QString() : QString::fromStdString(r.error().message);
}

std::string flat(const std::vector<Matcher> &matchers)
{
    std::string out;
    for (const Matcher &m : matchers)
        out += m.name + (m.isEqual ? (m.isRegex ? "=~" : "=") : (m.isRegex ? "!~" : "!=")) + "[" + m.value + "]";
    return out;
}

} // namespace

class TestAlertmanagerConfig final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsRoutesInhibitionsAndIntervals()
    {
        const auto c = parseAlertmanagerConfig(config());
        VERIFY_RESULT(c);
        QCOMPARE(c->routes.size(), std::size_t(3));
        QCOMPARE(c->routes[0].receiver, std::string("Team \"Night\""));
        QCOMPARE(c->routes[0].repeatInterval.ns, hours(24).ns);
        QCOMPARE(c->routes[1].id, std::string("am-1"));
        QCOMPARE(c->routes[1].parent, std::string("am"));
        QVERIFY(c->routes[1].goesOn);
        QCOMPARE(flat(c->routes[1].match), std::string("service=[db]env=~[prod|stage]path=[C:\\temp]quote=[a\"b]x!=[1]y!~[a.*]"));
        QCOMPARE(c->routes[2].receiver, std::string());
        QCOMPARE(flat(c->routes[2].match), std::string("severity=[critical]"));
        QCOMPARE(c->inhibitions.size(), std::size_t(1));
        QCOMPARE(c->inhibitions[0].equal, (std::vector<std::string>{"cluster", "node"}));
        QCOMPARE(c->intervals.size(), std::size_t(1));
        QCOMPARE(c->routes[1].muted, std::vector<std::string>{c->intervals[0].id});
        QCOMPARE(c->intervals[0].when, std::vector<std::string>{"weekdays=saturday,sunday times=00:00-24:00"});
        QCOMPARE(c->untranslated.size(), std::size_t(2)); // global, and what the receiver sends with
    }

    void writtenIntoAWorkspaceItIsReadBackAsItWas()
    {
        const auto c = parseAlertmanagerConfig(config());
        VERIFY_RESULT(c);
        QTemporaryDir dir;
        std::ofstream(dir.filePath(QStringLiteral("alertmanager.toml")).toStdString()) << toToml(*c, "alertmanager.yml");
        const auto w = load(dir.path().toStdString());
        VERIFY_RESULT(w);
        Workspace expected = *w;
        expected.routes = c->routes;
        expected.inhibitions = c->inhibitions;
        expected.intervals = c->intervals;
        QCOMPARE(difference(expected, *w), std::vector<std::string>());
        for (std::size_t i = 0; i < c->routes.size(); ++i)
            QCOMPARE(flat(w->routes[i].match), flat(c->routes[i].match));
    }

    void whatAlertmanagerWouldRefuseIsRefusedWithItsLine_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const char *yaml, const char *words) { QTest::newRow(name) << QByteArray(yaml) << QString::fromLatin1(words); };
        row("no route", "receivers: []\n", "there is no route");
        row("no receiver", "route: {group_by: [a]}\n", "needs a receiver");
        row("a root with matchers", "route:\n  receiver: a\n  match: {a: b}\n", "must not have matchers");
        row("a bad matcher", "route:\n  receiver: a\n  routes:\n  - matchers: [a~b]\n", "line 4");
        row("an open quote", "route:\n  receiver: a\n  routes:\n  - matchers: ['a=\"b']\n", "not closed");
        row("a bad pattern", "route:\n  receiver: a\n  routes:\n  - match_re: {a: '('}\n", "pattern");
        row("an unknown interval", "route:\n  receiver: a\n  routes:\n  - mute_time_intervals: [x]\n", "no time interval");
        row("not YAML", "route: [1\n", "not YAML");
        row("empty", "", "empty");
        row("a bad time", "route:\n  receiver: a\n  group_wait: soon\n", "no length of time");
    }
    void whatAlertmanagerWouldRefuseIsRefusedWithItsLine()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, words);
        const auto c = parseAlertmanagerConfig(yaml.toStdString());
        QVERIFY2(said(c).contains(words), qPrintable(said(c)));
    }

    void theLimitsHoldAtTheirEdges()
    {
        const auto nested = [](std::size_t depth) { return "a: " + std::string(depth, '[') + std::string(depth, ']') + "\nroute: {receiver: a}\n"; };
        VERIFY_RESULT(parseAlertmanagerConfig(nested(kYamlDepth - 1)));
        VERIFY_FAILS(parseAlertmanagerConfig(nested(kYamlDepth)), Code::TooLarge);
        const auto aliased = [](std::size_t count) {
            std::string out = "a: &a x\nb: [";
            for (std::size_t n = 0; n < count; ++n)
                out += n == 0 ? "*a" : ", *a";
            return out + "]\nroute: {receiver: a}\n";
        };
        VERIFY_RESULT(parseAlertmanagerConfig(aliased(kYamlAliases)));
        VERIFY_FAILS(parseAlertmanagerConfig(aliased(kYamlAliases + 1)), Code::TooLarge);
        std::string large = "route: {receiver: a}\n#";
        large.resize(kYamlLimit, 'x');
        VERIFY_RESULT(parseAlertmanagerConfig(large));
        VERIFY_FAILS(parseAlertmanagerConfig(large + "x"), Code::TooLarge);
    }

    void routesThatReferToThemselvesComeToAnEnd()
    {
        // An anchor on a route that lists itself: YAML allows it, and following it would never end.
        VERIFY_FAILS(parseAlertmanagerConfig("route: &r\n  receiver: a\n  routes: [*r]\n"), Code::TooLarge);
    }

    void aMatchersEscapesAreAlertmanagers()
    {
        for (const auto &[text, value] : {std::pair{"a=\"x\\\\y\"", "x\\y"}, {"a=\"x\\\"y\"", "x\"y"}, {"a=\"x\\ny\"", "x\ny"}, {"a=\"x\\dy\"", "x\\dy"}, {"a=x", "x"}, {"a=", ""}}) {
            const auto theirs = parseAlertmanagerMatchers(text);
            VERIFY_RESULT(theirs);
            QCOMPARE(theirs->front().value, std::string(value));
            if (std::string_view(text) != "a=") { // ours wants a value
                const auto ours = parseMatcher(text);
                VERIFY_RESULT(ours);
                QCOMPARE(ours->value, std::string(value));
            }
        }
    }
};

QD_TEST(TestAlertmanagerConfig)
#include "tst_alertmanagerconfig.moc"
