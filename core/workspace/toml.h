// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/rules.h"

#include <string>
#include <vector>

/// Text of workspace files that we write ourselves.
namespace qd::workspace {

/// A basic string of TOML 1.0.
[[nodiscard]] std::string tomlString(const std::string &text);
[[nodiscard]] std::string tomlList(const std::vector<std::string> &texts);
[[nodiscard]] std::string tomlList(const std::vector<Matcher> &matchers);

/// One [[table]], line by line.
class TomlTable {
public:
    explicit TomlTable(const std::string &table) { m_text = "\n[[" + table + "]]\n"; }
    /// `value` as TOML; left out when not wanted.
    TomlTable &line(const char *key, const std::string &value, bool wanted = true);
    /// Text; left out when empty.
    TomlTable &text(const char *key, const std::string &value);
    TomlTable &list(const char *key, const std::vector<std::string> &values);
    [[nodiscard]] const std::string &all() const { return m_text; }

private:
    std::string m_text;
};

} // namespace qd::workspace
