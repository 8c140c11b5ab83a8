// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/alertmanagerconfig.h"

#include "core/base/safetext.h"
#include "core/workspace/toml.h"

namespace qd::workspace {

std::string toToml(const AlertmanagerConfig &config, const std::string &from)
{
    std::string out = "# Imported from " + safeLine(from, 200) + ". Importing again replaces this file; put what is yours into another one.\n";
    for (const std::string &line : config.untranslated)
        out += "# not translated: " + safeLine(line, 400) + "\n";
    for (const TimeInterval &t : config.intervals)
        out += TomlTable("time_interval").line("id", tomlString(t.id)).line("when", tomlList(t.when)).all();
    for (const Route &r : config.routes) {
        TomlTable w("route");
        w.line("id", tomlString(r.id));
        w.text("parent", r.parent);
        w.text("receiver", r.receiver);
        w.line("match", tomlList(r.match), !r.match.empty());
        w.line("continue", "true", r.goesOn);
        w.line("group_by", tomlList(r.groupBy), r.hasGroupBy);
        w.line("group_wait", tomlString(toText(r.groupWait)), r.groupWait.ns > 0);
        w.line("group_interval", tomlString(toText(r.groupInterval)), r.groupInterval.ns > 0);
        w.line("repeat_interval", tomlString(toText(r.repeatInterval)), r.repeatInterval.ns > 0);
        w.list("muted", r.muted);
        w.list("active", r.active);
        out += w.all();
    }
    for (const InhibitionRule &r : config.inhibitions)
        out += TomlTable("inhibition").line("id", tomlString(r.id)).line("source", tomlList(r.source)).line("target", tomlList(r.target)).line("equal", tomlList(r.equal), !r.equal.empty()).all();
    return out;
}

} // namespace qd::workspace
