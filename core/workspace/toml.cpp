// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/toml.h"

namespace qd::workspace {

std::string tomlString(const std::string &text)
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

std::string tomlList(const std::vector<std::string> &texts)
{
    std::string out = "[";
    for (const std::string &t : texts)
        out += (out.size() > 1 ? ", " : "") + tomlString(t);
    return out + "]";
}

std::string tomlList(const std::vector<Matcher> &matchers)
{
    std::vector<std::string> texts;
    for (const Matcher &m : matchers) {
        std::string value;
        for (const char c : m.value)
            value += c == '"' || c == '\\' ? std::string("\\") + c : c == '\n' ? std::string("\\n") : std::string(1, c);
        texts.push_back(m.name + (m.isEqual ? (m.isRegex ? "=~" : "=") : (m.isRegex ? "!~" : "!=")) + "\"" + value + "\"");
    }
    return tomlList(texts);
}

TomlTable &TomlTable::line(const char *key, const std::string &value, bool wanted)
{
    if (wanted)
        m_text += std::string(key) + " = " + value + "\n";
    return *this;
}

TomlTable &TomlTable::text(const char *key, const std::string &value)
{
    return line(key, tomlString(value), !value.empty());
}

TomlTable &TomlTable::list(const char *key, const std::vector<std::string> &values)
{
    return line(key, tomlList(values), !values.empty());
}

} // namespace qd::workspace
