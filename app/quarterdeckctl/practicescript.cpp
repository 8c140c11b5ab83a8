// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/practice.h"

#include <QFile>
#include <algorithm>
#include <fstream>
#include <toml++/toml.h>

namespace qd::app {

namespace {

std::string resource(const char *name)
{
    QFile file(QLatin1String(":/practice/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

std::string text(const toml::table &t, std::string_view key)
{
    return t[key].value_or(std::string());
}

Result<Span> span(const toml::table &t, std::string_view key)
{
    const std::string s = text(t, key);
    return s.empty() ? Result<Span>(Span{}) : parseSpan(s);
}

Result<std::vector<PracticeAlert>> alertsOf(const toml::table &step, std::string_view key)
{
    std::vector<PracticeAlert> out;
    if (const auto *list = step[key].as_array())
        for (const auto &node : *list) {
            const auto *t = node.as_table();
            if (!t)
                return fail(Code::Invalid, "the practice script has an alert that is no table");
            const auto ago = span(*t, "ago");
            if (!ago)
                return tl::unexpected(ago.error());
            out.push_back({text(*t, "name"), text(*t, "service"), text(*t, "severity"), text(*t, "summary"), text(*t, "instance"), *ago});
            if (out.back().name.empty() || out.back().service.empty())
                return fail(Code::Invalid, "the practice script has an alert without name or service");
        }
    return out;
}

} // namespace

Result<std::vector<PracticeStep>> readScript(std::string_view source)
{
    std::vector<PracticeStep> out;
    toml::table root;
    try {
        root = toml::parse(source);
    } catch (const toml::parse_error &e) {
        return fail(Code::Invalid, "The practice script, line " + std::to_string(e.source().begin.line) + ": " + std::string(e.description()));
    }
    const auto *steps = root["step"].as_array();
    if (!steps)
        return fail(Code::Invalid, "The practice script has no [[step]].");
    for (const auto &node : *steps) {
        const auto *t = node.as_table();
        if (!t)
            return fail(Code::Invalid, "The practice script has a step that is no table.");
        PracticeStep s;
        const auto at = span(*t, "at");
        auto fire = alertsOf(*t, "fire");
        auto resolve = alertsOf(*t, "resolve");
        for (const Error *e : std::initializer_list<const Error *>{at ? nullptr : &at.error(), fire ? nullptr : &fire.error(), resolve ? nullptr : &resolve.error()})
            if (e)
                return fail(e->code, "The practice script, line " + std::to_string(t->source().begin.line) + ": " + e->message);
        s.at = *at;
        s.fire = std::move(*fire);
        s.resolve = std::move(*resolve);
        if (const auto *d = (*t)["declare"].as_table())
            s.declare = PracticeStep::Declare{text(*d, "title"), text(*d, "severity"), text(*d, "service"), text(*d, "by")};
        if (const auto *c = (*t)["change"].as_table()) {
            const auto ago = span(*c, "ago");
            if (!ago)
                return tl::unexpected(ago.error());
            s.change = PracticeStep::Change{text(*c, "service"), text(*c, "title"), *ago};
        }
        if (const auto *l = (*t)["say"].as_table()) {
            s.speech = PracticeStep::Speech{text(*l, "by"), text(*l, "text"), text(*l, "id"), text(*l, "edits"), text(*l, "reacts_to")};
            if (s.speech->by.empty() || s.speech->text.empty() || (!s.speech->edits.empty() && !s.speech->reactsTo.empty()))
                return fail(Code::Invalid, "The practice script, line " + std::to_string(l->source().begin.line)
                                + ": a say needs by and text, and edits or reacts_to, not both.");
        }
        out.push_back(std::move(s));
    }
    std::stable_sort(out.begin(), out.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
    return out;
}

std::string practiceAddress(const std::string &person)
{
    return person + "@practice.invalid";
}

Result<std::vector<PracticeStep>> builtInScript()
{
    return readScript(resource("outage.toml"));
}

Result<> writePracticeWorkspace(const std::filesystem::path &folder, const std::string &id, const std::string &name)
{
    std::error_code wrong;
    std::filesystem::create_directories(folder, wrong);
    for (const char *file : {"settings.toml", "people.toml", "teams.toml", "policies.toml", "schedules.toml", "services.toml", "templates.toml"}) {
        std::string contents = resource((std::string("workspace/") + file).c_str());
        for (const auto &[place, value] : {std::pair<std::string, std::string>{"\"{id}\"", '"' + id + '"'}, {"\"{name}\"", '"' + name + '"'}})
            if (const auto at = contents.find(place); at != std::string::npos)
                contents.replace(at, place.size(), value);
        std::ofstream out(folder / file, std::ios::binary);
        out << contents;
        if (contents.empty() || !out.flush())
            return fail(Code::Io, "The practice workspace cannot be written to " + folder.string() + ".");
    }
    return {};
}

} // namespace qd::app
