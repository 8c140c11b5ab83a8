// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/files.h"

#include <QTemporaryDir>
#include <fstream>

namespace qd::tests {

/// A workspace folder for one test.
class Folder {
public:
    Folder &write(const std::string &name, const std::string &text)
    {
        std::ofstream(path() / name, std::ios::binary) << text;
        return *this;
    }
    [[nodiscard]] std::filesystem::path path() const { return m_dir.path().toStdString(); }
    [[nodiscard]] Result<Workspace> load() const { return workspace::load(path()); }

private:
    QTemporaryDir m_dir;
};

/// Two people.
inline const std::string kPeople = R"(
[[person]]
id = "ana"
name = "Ana"
zone = "UTC"
xmpp = ["Ana@Chat.example"]
[[person]]
id = "ben"
)";
/// One of every other table, over those people.
inline const std::string kRest = R"(
[[team]]
id = "shop"
name = "Shop"
members = ["ana", "ben"]
policy = "shop"

[[policy]]
id = "shop"
repeat = 2
[[policy.step]]
call = ["shop"]
wait = "5m"
[[policy.step]]
call = ["ben", "shop"]
wait = "1h30m"

[[service]]
id = "web"
name = "Web"
team = "shop"
paging = "assist"
needs = ["db", { to = "mail", kind = "async" }]
aliases = ["frontend"]
[[service]]
id = "db"
[[service]]
id = "mail"
needs = ["web"]

[[group]]
id = "disks"
match = ['alertname=~"Disk.*"', 'cluster!=""']
by = ["cluster"]

[[severity]]
text = "P0"
severity = "critical"

[[template]]
id = "status"
name = "Status"
audience = "customers"
cadence = "20m"
body = """
{{title}}: {{impact}}
"""
[[template.field]]
name = "impact"
hint = "what is felt"

[workspace]
name = "Shop"
mode = "desk"
service_labels = ["svc"]
audiences = ["customers", "board"]
standing_after = "2d"
[[inhibition]]
id = "critical-first"
source = ['severity="critical"']
target = ['severity="warning"']
equal = ["instance"]
[[maintenance]]
id = "upgrade"
service = "db"
match = ['alertname=~"Db.*"']
from = "2026-11-23T14:00:00Z"
until = "2026-11-23T15:00:00Z"
owner = "ana"
reason = "new version"
[[correlation]]
id = "storm"
match = ['severity="warning"']
by = ["cluster"]
[[route]]
id = "root"
receiver = "shop"
[[route]]
id = "db"
parent = "root"
match = ['service="db"']
muted = ["nights"]
[[time_interval]]
id = "nights"
when = ["times=22:00-24:00"]
[[business]]
id = "shop"
[[recipients]]
id = "press"
mail = ["a@press.example"]

[[fold]]
id = "web-db"
service = "web"
suspect = "db"
[[heartbeat]]
id = "watchdog"
service = "db"
severity = "critical"
interval = "30s"
misses = 2
of = 3
match = ['alertname="Watchdog"']
)";

} // namespace qd::tests
