// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

/// The ladder of core/README.md as a table: a folder includes only folders of lower rungs, and itself.
namespace qd::architecture {

inline const std::map<std::string, int> kCoreRungs = {
    {"base", 0},
    {"model", 1},     {"net", 1},
    {"events", 2},
    {"journal", 3},
    {"store", 4},
    {"state", 5},
    {"workspace", 6}, {"triage", 6},   {"oncall", 6}, {"topology", 6}, {"comms", 6}, {"command", 6}, {"governance", 6}, {"review", 6}, {"rebuild", 6},
    {"desk", 7},
    {"link", 8},      {"search", 8},
    {"sources", 9},   {"chat", 9},     {"notify", 9}, {"publish", 9}, {"trackers", 9}, {"control", 9},
};

/// Ui: paint and parts at the bottom, features side by side; wall, directory and review are made of them, the shell composes all.
inline const std::map<std::string, int> kUiRungs = {
    {"style", 0},
    {"widgets", 1}, {"view", 1},
    {"seat", 2},    {"triage", 2}, {"timeline", 2}, {"map", 2}, {"escalation", 2}, {"comms", 2}, {"setup", 2},  {"governance", 2},
    {"wall", 3}, {"directory", 3}, {"review", 3},
    {"shell", 4},
};

/// What ui sees of core: a window is a seat. It holds no key, opens no file of the journal and decides nothing.
inline const std::set<std::string> kCoreForUi = {"base", "model", "events", "state", "workspace", "triage", "oncall", "topology", "comms", "command", "governance", "review", "rebuild", "link"};

/// Where core may use Qt: outward WebSockets, and the edges built on them. A name ending in '/' is a whole folder, any
/// other a file name without its ending. Gui, Widgets, Charts and Svg are for none of them.
inline const std::vector<std::string> kQtInCore = {"core/net/outwardsocket", "core/chat/", "core/sources/cloudeventsfeed"};

/// Libraries that cost seconds a file: for sources, and for headers that never leave their folder.
inline const std::vector<std::string> kHeavy = {"boost/beast", "boost/asio", "boost/json", "boost/graph", "simdjson", "toml++", "curl/", "QtCharts/", "QChart"};

} // namespace qd::architecture
