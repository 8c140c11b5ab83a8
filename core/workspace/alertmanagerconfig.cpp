// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/alertmanagerconfig.h"

#include "core/base/safetext.h"
#include "core/model/timeinterval.h"
#include "core/workspace/yamlguard.h"

#include <algorithm>
#include <map>
#include <re2/re2.h>
#include <set>

#include <sstream>

namespace qd::workspace {

namespace {

constexpr std::size_t kIdLimit = 56; ///< leaves room for a number

class Reader {
public:
    AlertmanagerConfig config;

    void read(const YAML::Node &root)
    {
        if (!root.IsMap())
            wrongYaml(root, "this is no Alertmanager configuration: it has no route");
        for (const char *key : {"time_intervals", "mute_time_intervals"})
            for (const YAML::Node &interval : list(root, key))
                timeInterval(interval);
        const YAML::Node route = root["route"];
        if (!route || !route.IsMap())
            wrongYaml(root, "there is no route");
        this->route(route, "", "am", 0);
        std::size_t number = 0;
        for (const YAML::Node &rule : list(root, "inhibit_rules"))
            inhibition(rule, ++number);
        for (const auto &entry : root) {
            const std::string key = entry.first.as<std::string>();
            if (key == "global" || key == "templates")
                config.untranslated.push_back(key + ": says how notifications are sent; the console sends its own");
            else if (key == "receivers")
                receivers(entry.second);
            else if (key != "route" && key != "inhibit_rules" && key != "time_intervals" && key != "mute_time_intervals")
                config.untranslated.push_back(safeLine(key, 60) + ": is not known");
        }
    }

private:
    void visit(const YAML::Node &at)
    {
        if (++m_visited > kYamlNodes)
            throw WrongYaml{Code::TooLarge, "more than " + std::to_string(kYamlNodes) + " values once its aliases are followed"};
        (void)at;
    }

    std::vector<YAML::Node> list(const YAML::Node &of, const char *key)
    {
        std::vector<YAML::Node> out;
        const YAML::Node found = of[key];
        if (!found || found.IsNull())
            return out;
        if (!found.IsSequence())
            wrongYaml(found, std::string(key) + " must be a list");
        for (const YAML::Node &each : found) {
            visit(each);
            out.push_back(each);
        }
        return out;
    }

    std::string text(const YAML::Node &of, const char *key)
    {
        const YAML::Node found = of[key];
        if (!found || found.IsNull())
            return {};
        visit(found);
        if (!found.IsScalar())
            wrongYaml(found, std::string(key) + " must be a text");
        return found.as<std::string>();
    }

    std::vector<std::string> texts(const YAML::Node &of, const char *key)
    {
        std::vector<std::string> out;
        for (const YAML::Node &each : list(of, key)) {
            if (!each.IsScalar())
                wrongYaml(each, std::string(key) + " must be a list of texts");
            out.push_back(each.as<std::string>());
        }
        return out;
    }

    /// Prometheus' form: 1h30m, 5m, 1d, 90s; sub-second parts are lost and said.
    Span span(const YAML::Node &of, const char *key, const std::string &where)
    {
        const std::string given = text(of, key);
        if (given.empty())
            return {};
        static const RE2 form("(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
        std::string n[7];
        if (!RE2::FullMatch(given, form, &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6]))
            wrongYaml(of[key], std::string(key) + " \"" + safeLine(given, 40) + "\" is no length of time");
        static constexpr std::int64_t kSeconds[] = {365 * 86400, 7 * 86400, 86400, 3600, 60, 1, 0};
        std::int64_t total = 0;
        for (std::size_t i = 0; i < 7; ++i)
            if (n[i].size() > 9)
                wrongYaml(of[key], std::string(key) + " is too long a time");
            else if (!n[i].empty())
                total += std::stoll(n[i]) * kSeconds[i];
        if (!n[6].empty())
            config.untranslated.push_back(where + ": " + key + " " + given + ": to the second here");
        return seconds(total);
    }

    void addMatcher(const YAML::Node &at, Matcher m, std::vector<Matcher> &to)
    {
        static const RE2 name("[a-zA-Z_:][a-zA-Z0-9_:]*");
        if (!RE2::FullMatch(m.name, name))
            wrongYaml(at, "\"" + safeLine(m.name, 60) + "\" is no name of a label");
        if (m.isRegex) {
            RE2::Options options;
            options.set_log_errors(false);
            options.set_max_mem(1 << 20);
            if (const RE2 pattern("^(?:" + m.value + ")$", options); !pattern.ok() || m.value.size() > 1024)
                wrongYaml(at, "the pattern \"" + safeLine(m.value, 60) + "\" is not valid or too large");
        }
        to.push_back(std::move(m));
    }

    std::vector<Matcher> matchers(const YAML::Node &of, const std::string &prefix)
    {
        std::vector<Matcher> out;
        for (const bool isRegex : {false, true}) {
            const YAML::Node found = of[prefix + (isRegex ? "match_re" : "match")];
            if (!found || found.IsNull())
                continue;
            if (!found.IsMap())
                wrongYaml(found, prefix + "match must be a table of labels");
            for (const auto &entry : found) {
                visit(entry.second);
                if (!entry.second.IsScalar() && !entry.second.IsNull())
                    wrongYaml(entry.second, "a label's value must be a text");
                addMatcher(found, {entry.first.as<std::string>(), entry.second.IsNull() ? "" : entry.second.as<std::string>(), isRegex, true}, out);
            }
        }
        const std::string key = prefix + "matchers";
        for (const YAML::Node &each : list(of, key.c_str())) {
            if (!each.IsScalar())
                wrongYaml(each, key + " must be a list of texts");
            auto some = parseAlertmanagerMatchers(each.as<std::string>());
            if (!some)
                wrongYaml(each, some.error().message);
            for (Matcher &m : *some)
                addMatcher(each, std::move(m), out);
        }
        return out;
    }

    std::vector<std::string> intervalIds(const YAML::Node &of, const char *key)
    {
        std::vector<std::string> out;
        for (const std::string &name : texts(of, key)) {
            const auto known = m_intervals.find(name);
            if (known == m_intervals.end())
                wrongYaml(of[key], "there is no time interval \"" + safeLine(name, 60) + "\"");
            out.push_back(known->second);
        }
        return out;
    }

    void route(const YAML::Node &at, const std::string &parent, const std::string &id, std::size_t depth)
    {
        visit(at);
        if (!at.IsMap())
            wrongYaml(at, "a route must be a table");
        if (depth > kYamlDepth)
            throw WrongYaml{Code::TooLarge, "routes are nested deeper than " + std::to_string(kYamlDepth)};
        Route r;
        r.id = id;
        r.parent = parent;
        r.receiver = safeLine(text(at, "receiver"), 200);
        r.match = matchers(at, "");
        if (parent.empty() && r.receiver.empty())
            wrongYaml(at, "the root route needs a receiver");
        if (parent.empty() && !r.match.empty())
            wrongYaml(at, "the root route must not have matchers");
        const std::string where = parent.empty() ? std::string("route") : "route " + id;
        if (const YAML::Node by = at["group_by"]; by && !by.IsNull()) {
            r.groupBy = texts(at, "group_by");
            r.hasGroupBy = true;
        }
        const std::string goesOn = text(at, "continue");
        r.goesOn = goesOn == "true" || goesOn == "yes" || goesOn == "on";
        if (parent.empty() && r.goesOn)
            wrongYaml(at, "the root route cannot continue");
        r.groupWait = span(at, "group_wait", where);
        r.groupInterval = span(at, "group_interval", where);
        r.repeatInterval = span(at, "repeat_interval", where);
        r.muted = intervalIds(at, "mute_time_intervals");
        r.active = intervalIds(at, "active_time_intervals");
        config.routes.push_back(std::move(r));
        std::size_t n = 0;
        for (const YAML::Node &child : list(at, "routes"))
            route(child, id, id + "-" + std::to_string(++n), depth + 1);
    }

    void inhibition(const YAML::Node &at, std::size_t number)
    {
        if (!at.IsMap())
            wrongYaml(at, "an inhibition rule must be a table");
        InhibitionRule r;
        r.id = "am-" + std::to_string(number);
        r.source = matchers(at, "source_");
        r.target = matchers(at, "target_");
        r.equal = texts(at, "equal");
        config.inhibitions.push_back(std::move(r));
    }

    void timeInterval(const YAML::Node &at)
    {
        if (!at.IsMap())
            wrongYaml(at, "a time interval must be a table");
        const std::string name = text(at, "name");
        if (name.empty())
            wrongYaml(at, "a time interval needs a name");
        TimeInterval t;
        t.id = idOf(name);
        if (!m_intervals.emplace(name, t.id).second)
            wrongYaml(at, "there are two time intervals \"" + safeLine(name, 60) + "\"");
        for (const YAML::Node &each : list(at, "time_intervals")) {
            std::string line;
            if (each.IsMap())
                for (const auto &field : each)
                    line += (line.empty() ? "" : " ") + safeLine(field.first.as<std::string>(), 40) + "=" + flat(field.second);
            t.when.push_back(line.empty() ? "always" : line);
        }
        if (const auto times = IntervalTimes::make(t.when); !times)
            wrongYaml(at, "time interval \"" + safeLine(name, 60) + "\": " + times.error().message);
        config.intervals.push_back(std::move(t));
    }

    /// "monday:friday,sunday", "09:00-17:00".
    std::string flat(const YAML::Node &at)
    {
        visit(at);
        if (at.IsScalar())
            return safeLine(at.as<std::string>(), 100);
        std::string out;
        if (at.IsSequence())
            for (const YAML::Node &each : at)
                out += (out.empty() ? "" : ",") + flat(each);
        else if (at.IsMap())
            for (const char *bound : {"start_time", "end_time"})
                if (at[bound])
                    out += (out.empty() ? "" : "-") + flat(at[bound]);
        return out;
    }

    std::string idOf(const std::string &name)
    {
        std::string id;
        for (const char c : name.substr(0, kIdLimit)) {
            const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            const bool plain = (low >= 'a' && low <= 'z') || (low >= '0' && low <= '9') || (!id.empty() && (low == '.' || low == '_' || low == '-'));
            id += plain ? std::string(1, low) : id.empty() ? std::string("i") : std::string("-");
        }
        std::string free = id;
        for (int n = 2; !m_ids.insert(free).second; ++n)
            free = id + "-" + std::to_string(n);
        return free;
    }

    void receivers(const YAML::Node &all)
    {
        if (!all.IsSequence())
            wrongYaml(all, "receivers must be a list");
        for (const YAML::Node &each : all) {
            visit(each);
            if (!each.IsMap())
                wrongYaml(each, "a receiver must be a table");
            std::string kinds;
            for (const auto &field : each)
                if (const std::string key = field.first.as<std::string>(); key != "name")
                    kinds += (kinds.empty() ? "" : ", ") + safeLine(key, 60);
            if (!kinds.empty())
                config.untranslated.push_back("receiver " + safeLine(text(each, "name"), 100) + ": its " + kinds + " (addresses and secrets) stay with Alertmanager; the routes name it");
        }
    }

    std::map<std::string, std::string> m_intervals; ///< by their own name
    std::set<std::string> m_ids;
    std::size_t m_visited = 0;
};

} // namespace

Result<std::vector<Matcher>> parseAlertmanagerMatchers(const std::string &text)
{
    std::string_view all = text;
    if (all.starts_with('{'))
        all.remove_prefix(1);
    if (all.ends_with('}'))
        all.remove_suffix(1);
    std::vector<std::string> tokens(1);
    bool quoted = false, escaped = false;
    for (const char c : all) {
        if (c == ',' && !quoted) {
            tokens.emplace_back();
            escaped = false;
            continue;
        }
        if (c == '"' && !escaped)
            quoted = !quoted;
        escaped = c == '\\' && !escaped;
        tokens.back() += c;
    }
    if (tokens.back().find_first_not_of(" \t\r\n") == std::string::npos)
        tokens.pop_back();
    std::vector<Matcher> out;
    for (const std::string &token : tokens) {
        static const RE2 form("(?s)\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(=~|=|!=|!~)\\s*(.*?)\\s*");
        const auto bad = [&](const char *what) { return fail(Code::Invalid, "\"" + safeLine(token, 80) + "\" is no matcher: " + what); };
        std::string name, sign, raw;
        if (!RE2::FullMatch(token, form, &name, &sign, &raw))
            return bad("write name=\"value\" with =, !=, =~ or !~");
        const bool open = raw.starts_with('"');
        std::string_view rest = std::string_view(raw).substr(open ? 1 : 0);
        std::string value;
        bool closed = false, escape = false;
        for (std::size_t i = 0; i < rest.size(); ++i) {
            const char c = rest[i];
            if (escape) {
                escape = false;
                if (c == 'n')
                    value += '\n';
                else if (c == '"' || c == '\\')
                    value += c;
                else
                    value += std::string("\\") + c; // a spurious escape is literal
            } else if (c == '\\' && i + 1 < rest.size()) {
                escape = true;
            } else if (c == '"') {
                if (!open || i + 1 < rest.size())
                    return bad("a quote inside its value is not escaped");
                closed = true;
            } else {
                value += c;
            }
        }
        if (open && !closed)
            return bad("its quote is not closed");
        out.push_back({name, std::move(value), sign == "=~" || sign == "!~", sign == "=" || sign == "=~"});
    }
    return out;
}

Result<AlertmanagerConfig> parseAlertmanagerConfig(const std::string &yaml)
{
    if (yaml.size() > kYamlLimit)
        return fail(Code::TooLarge, "The file is larger than 1 MiB.");
    try {
        std::istringstream counted(yaml);
        YAML::Parser parser(counted);
        YamlCounter counter;
        if (!parser.HandleNextDocument(counter))
            return fail(Code::Invalid, "The file is empty.");
        Reader reader;
        reader.read(YAML::Load(yaml));
        return std::move(reader.config);
    } catch (const WrongYaml &w) {
        return fail(w.code, "The configuration cannot be imported: " + w.text + ".");
    } catch (const YAML::Exception &e) {
        return fail(Code::Invalid, "The file is not YAML: line " + std::to_string(e.mark.line + 1) + ": " + safeLine(e.msg, 200) + ".");
    }
}

} // namespace qd::workspace
