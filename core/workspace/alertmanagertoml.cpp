// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/alertmanagerconfig.h"

#include "core/base/safetext.h"

namespace qd::workspace {

namespace {

/// A basic string of TOML 1.0.
std::string quoted(const std::string &text)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out += std::string("\\") + c;
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (byte < 0x20 || byte == 0x7f)
            out += std::string("\\u00") + kHex[byte >> 4] + kHex[byte & 15];
        else
            out += c;
    }
    return out + "\"";
}

std::string list(const std::vector<std::string> &texts)
{
    std::string out = "[";
    for (const std::string &t : texts)
        out += (out.size() > 1 ? ", " : "") + quoted(t);
    return out + "]";
}

std::string list(const std::vector<Matcher> &matchers)
{
    std::vector<std::string> texts;
    for (const Matcher &m : matchers) {
        std::string value;
        for (const char c : m.value)
            value += c == '"' || c == '\\' ? std::string("\\") + c : c == '\n' ? std::string("\\n") : std::string(1, c);
        texts.push_back(m.name + (m.isEqual ? (m.isRegex ? "=~" : "=") : (m.isRegex ? "!~" : "!=")) + "\"" + value + "\"");
    }
    return list(texts);
}

class Writer {
public:
    explicit Writer(const char *table) { m_text = std::string("\n[[") + table + "]]\n"; }
    Writer &line(const char *key, const std::string &value, bool wanted = true)
    {
        if (wanted)
            m_text += std::string(key) + " = " + value + "\n";
        return *this;
    }
    [[nodiscard]] const std::string &text() const { return m_text; }

private:
    std::string m_text;
};

} // namespace

std::string toToml(const AlertmanagerConfig &config, const std::string &from)
{
    std::string out = "# Imported from " + safeLine(from, 200) + ". Importing again replaces this file; put what is yours into another one.\n";
    for (const std::string &line : config.untranslated)
        out += "# not translated: " + safeLine(line, 400) + "\n";
    for (const TimeInterval &t : config.intervals)
        out += Writer("time_interval").line("id", quoted(t.id)).line("when", list(t.when)).text();
    for (const Route &r : config.routes) {
        Writer w("route");
        w.line("id", quoted(r.id));
        w.line("parent", quoted(r.parent), !r.parent.empty());
        w.line("receiver", quoted(r.receiver), !r.receiver.empty());
        w.line("match", list(r.match), !r.match.empty());
        w.line("continue", "true", r.goesOn);
        w.line("group_by", list(r.groupBy), r.hasGroupBy);
        w.line("group_wait", quoted(toText(r.groupWait)), r.groupWait.ns > 0);
        w.line("group_interval", quoted(toText(r.groupInterval)), r.groupInterval.ns > 0);
        w.line("repeat_interval", quoted(toText(r.repeatInterval)), r.repeatInterval.ns > 0);
        w.line("muted", list(r.muted), !r.muted.empty());
        w.line("active", list(r.active), !r.active.empty());
        out += w.text();
    }
    for (const InhibitionRule &r : config.inhibitions)
        out += Writer("inhibition").line("id", quoted(r.id)).line("source", list(r.source)).line("target", list(r.target)).line("equal", list(r.equal), !r.equal.empty()).text();
    return out;
}

} // namespace qd::workspace
