// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/workspace/alertmanagerconfig.h"

#include <string>
#include <utility>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

/// For the files of this folder that read YAML: what keeps a small file from becoming a large one.
namespace qd::workspace {

/// What is wrong, to be said by the one function that reads.
struct WrongYaml {
    Code code = Code::Invalid;
    std::string text;
};

[[noreturn]] inline void wrongYaml(const YAML::Node &at, const std::string &text)
{
    const YAML::Mark mark = at.Mark();
    throw WrongYaml{Code::Invalid, (mark.is_null() ? std::string() : "line " + std::to_string(mark.line + 1) + ": ") + text};
}

/// Counts before anything is built: aliases are what makes a small file large.
class YamlCounter final : public YAML::EventHandler {
public:
    explicit YamlCounter(std::size_t nodes = kYamlNodes) : m_limit(nodes) {}
    /// yaml-cpp 0.7 goes on for ever about what begins nothing ("]" or "," where no list is): a document of nothing, and the next one where it began.
    void OnDocumentStart(const YAML::Mark &at) override
    {
        if (std::exchange(m_begins, at.pos) == at.pos)
            throw WrongYaml{Code::Invalid, "line " + std::to_string(at.line + 1) + ": what stands there closes or parts what was not begun"};
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &, YAML::anchor_t) override { count(); }
    void OnAlias(const YAML::Mark &, YAML::anchor_t) override
    {
        count();
        if (++m_aliases > kYamlAliases)
            throw WrongYaml{Code::TooLarge, "more than " + std::to_string(kYamlAliases) + " aliases; write them out"};
    }
    void OnScalar(const YAML::Mark &, const std::string &, YAML::anchor_t, const std::string &) override { count(); }
    void OnSequenceStart(const YAML::Mark &, const std::string &, YAML::anchor_t, YAML::EmitterStyle::value) override { enter(); }
    void OnSequenceEnd() override { --m_depth; }
    void OnMapStart(const YAML::Mark &, const std::string &, YAML::anchor_t, YAML::EmitterStyle::value) override { enter(); }
    void OnMapEnd() override { --m_depth; }

private:
    void count()
    {
        if (++m_nodes > m_limit)
            throw WrongYaml{Code::TooLarge, "more than " + std::to_string(m_limit) + " values"};
    }
    void enter()
    {
        count();
        if (++m_depth > kYamlDepth)
            throw WrongYaml{Code::TooLarge, "nested deeper than " + std::to_string(kYamlDepth)};
    }
    std::size_t m_limit, m_nodes = 0, m_aliases = 0, m_depth = 0;
    int m_begins = -1; ///< the document before, where in the file
};

} // namespace qd::workspace
