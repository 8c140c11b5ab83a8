// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "discordplatform.h"
#include "inspircdplatform.h"
#include "judged.h"
#include "mattermostplatform.h"
#include "prosodyplatform.h"
#include "seat.h"
#include "slackplatform.h"
#include "tests/support/suite.h"

#include <QFile>
#include <cstdio>
#include <map>
#include <memory>
#include <vector>

namespace qd::test {

/// What the test classes of the suite share: the platforms, each scenario's start and end, and the table of what came of it.
struct Bench {
    std::unique_ptr<Platform> platform;
    SystemClock clock;
    SystemRandom random;

    static void addPlatforms()
    {
        QTest::addColumn<QString>("platform");
        for (const char *name : {"xmpp", "irc", "slack", "mattermost", "discord"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    /// "" when the platform's server is up, else why not.
    [[nodiscard]] std::string begin(const QString &name)
    {
        if (name == QLatin1String("xmpp"))
            platform = std::make_unique<ProsodyPlatform>();
        else if (name == QLatin1String("irc"))
            platform = std::make_unique<InspircdPlatform>();
        else if (name == QLatin1String("slack"))
            platform = std::make_unique<SlackPlatform>();
        else if (name == QLatin1String("mattermost"))
            platform = std::make_unique<MattermostPlatform>();
        else
            platform = std::make_unique<DiscordPlatform>();
        m_name = name.toStdString();
        if (!m_servers.contains(m_name))
            m_servers[m_name] = platform->server();
        m_cannot.clear();
        return platform->start();
    }
    void end()
    {
        platform.reset();
        const char *scenario = QTest::currentTestFunction();
        if (std::find(m_scenarios.begin(), m_scenarios.end(), scenario) == m_scenarios.end())
            m_scenarios.emplace_back(scenario);
        std::string &cell = m_cells[scenario][m_name];
        if (QTest::currentTestFailed())
            cell = "FAIL";
        else if (cell != "FAIL")
            cell = m_cannot.empty() ? "pass" : "cannot: " + m_cannot;
    }
    /// The platform has no such thing, and its connector said so; the scenario then holds what it does instead.
    void cannot(const std::string &why) { m_cannot = why; }

    /// Platform by scenario, as Markdown: to standard output, and beside the build. What answered stands above its column; of a fake each cell names the step of the judge that accepted it.
    void print(const char *suite) const
    {
        if (m_scenarios.empty())
            return;
        std::string out = "| scenario |", rule = "|---|";
        for (const auto &[name, server] : m_servers) {
            out += ' ' + name + " (" + server + ") |";
            rule += "---|";
        }
        out += " teams (post only) |";
        rule += "---|";
        out += '\n' + rule + '\n';
        for (const std::string &scenario : m_scenarios) {
            out += "| " + scenario + " |";
            for (const auto &[name, server] : m_servers) {
                const auto &cells = m_cells.at(scenario);
                const std::string step = cells.contains(name) && cells.at(name) == "pass" ? judgedStep(name, scenario) : std::string();
                out += ' ' + (cells.contains(name) ? cells.at(name) : std::string("-")) + (step.empty() ? "" : " (" + step + ')') + " |";
            }
            out += ' ' + teamsCell(scenario) + " |\n";
        }
        std::printf("%s", out.c_str());
        QFile file(QStringLiteral(QD_BINARY_DIR "/conformance-") + QString::fromLatin1(suite) + QStringLiteral(".md"));
        if (file.open(QIODevice::WriteOnly))
            file.write(out.data(), static_cast<qint64>(out.size()));
    }

    Uuid id() { return Uuid::make(clock, random); }
    std::string room() const { return platform->roomAddress("war"); }
    /// A live connector in the room "war", which it makes or joins.
    std::unique_ptr<Seat> seated(const std::string &user, Platform::Via via = Platform::Via::Direct, const std::string &cursor = {})
    {
        auto seat = std::make_unique<Seat>(platform->connector(user, via));
        seat->c->attach(room(), cursor);
        seat->c->open();
        return QTest::qWaitFor([&] { return seat->isLive() && !seat->rooms.empty(); }, tests::kPatience) ? std::move(seat) : nullptr;
    }
    bool say(Seat &seat, const std::string &text)
    {
        const Uuid idem = id();
        seat.c->post(idem, room(), text);
        return QTest::qWaitFor([&] { return seat.delivery(idem) == Delivery::Confirmed; }, tests::kPatience);
    }

private:
    std::string m_name, m_cannot;
    std::map<std::string, std::string> m_servers;
    std::vector<std::string> m_scenarios;
    std::map<std::string, std::map<std::string, std::string>> m_cells; ///< scenario → platform → what came of it
};

} // namespace qd::test
