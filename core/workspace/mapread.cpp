// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/mapread.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/base/csv.h"
#include "core/workspace/jsonread.h"
#include "core/workspace/yamlguard.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace qd::workspace {

namespace {

constexpr std::size_t kMapProblems = 100;
constexpr std::size_t kMapNodes = 1'000'000; ///< values of a catalog
constexpr std::size_t kMapName = 200;        ///< bytes of a service's name

/// Edges as they come, each pair once; the first one counts.
class Edges {
public:
    void problem(std::string text)
    {
        if (m_out.problems.size() < kMapProblems)
            m_out.problems.push_back(std::move(text));
    }
    void add(const std::string &from, const std::string &to, DependencyKind kind, const std::string &where)
    {
        for (const std::string *end : {&from, &to})
            if (end->empty() || end->size() > kMapName || *end != safeLine(*end, kMapName))
                return problem(where + ": \"" + safeLine(*end, 40) + "\" is no name of a service (1 to 200 clean bytes); the edge is left out.");
        if (from == to)
            return problem(where + ": " + from + " would need itself; the edge is left out.");
        if (m_seen.emplace(from, to).second)
            m_out.edges.push_back({from, to, kind});
    }
    Result<FoundMap> finish()
    {
        if (m_out.edges.size() > kMapEdges)
            return fail(Code::TooLarge, "There are " + std::to_string(m_out.edges.size()) + " edges; at most 10,000 are read at once.");
        return std::move(m_out);
    }

private:
    FoundMap m_out;
    std::set<std::pair<std::string, std::string>> m_seen;
};

/// "component:default/payments" → "payments".
std::string entityName(const std::string &reference)
{
    const auto colon = reference.find(':');
    const std::string rest = reference.substr(colon == std::string::npos ? 0 : colon + 1);
    const auto slash = rest.rfind('/');
    return rest.substr(slash == std::string::npos ? 0 : slash + 1);
}

std::string scalarOf(const YAML::Node &of, const char *key)
{
    const YAML::Node found = of[key];
    if (!found || found.IsNull())
        return {};
    if (!found.IsScalar())
        wrongYaml(found, std::string(key) + " must be a text");
    return found.Scalar();
}

struct CatalogReference {
    std::string name;
    int line = 0;
};

std::vector<CatalogReference> referencesOf(const YAML::Node &spec, const char *key, std::size_t &visited)
{
    std::vector<CatalogReference> out;
    const YAML::Node found = spec[key];
    if (!found || found.IsNull())
        return out;
    if (!found.IsSequence())
        wrongYaml(found, std::string(key) + " must be a list");
    for (const YAML::Node &each : found) {
        if (++visited > kMapNodes)
            throw WrongYaml{Code::TooLarge, "more than " + std::to_string(kMapNodes) + " values once its aliases are followed"};
        if (!each.IsScalar())
            wrongYaml(each, std::string(key) + " must be a list of texts such as component:default/payments");
        out.push_back({entityName(each.Scalar()), each.Mark().line + 1});
    }
    return out;
}

class Catalog {
public:
    Result<FoundMap> read(const std::vector<YAML::Node> &documents)
    {
        for (const YAML::Node &document : documents)
            entity(document);
        for (const auto &[from, api] : m_consumed) {
            const auto provider = m_providers.find(api.name);
            if (provider == m_providers.end())
                m_edges.problem("line " + std::to_string(api.line) + ": nothing in this file provides the API " + safeLine(api.name, 80) + ", which " + safeLine(from, 80) + " consumes; the edge is left out.");
            else
                m_edges.add(from, provider->second, DependencyKind::Hard, "line " + std::to_string(api.line));
        }
        if (m_entities == 0)
            return fail(Code::Invalid, "This is no Backstage catalog: no document has apiVersion, kind and metadata.name.");
        return m_edges.finish();
    }

private:
    void entity(const YAML::Node &document)
    {
        if (!document || document.IsNull())
            return;
        if (!document.IsMap())
            wrongYaml(document, "an entity must be a table with apiVersion, kind and metadata");
        const std::string kind = scalarOf(document, "kind");
        const YAML::Node metadata = document["metadata"], spec = document["spec"];
        if (scalarOf(document, "apiVersion").empty() || kind.empty() || !metadata || !metadata.IsMap())
            wrongYaml(document, "an entity needs apiVersion, kind and metadata");
        const std::string name = scalarOf(metadata, "name");
        if (name.empty())
            wrongYaml(metadata, "an entity needs a metadata.name");
        ++m_entities;
        if ((kind != "Component" && kind != "Resource" && kind != "API") || !spec || !spec.IsMap())
            return;
        for (const CatalogReference &needed : referencesOf(spec, "dependsOn", m_visited))
            m_edges.add(name, needed.name, DependencyKind::Hard, "line " + std::to_string(needed.line));
        for (CatalogReference &api : referencesOf(spec, "consumesApis", m_visited))
            m_consumed.emplace_back(name, std::move(api));
        for (const CatalogReference &api : referencesOf(spec, "providesApis", m_visited))
            m_providers.emplace(api.name, name);
    }

    Edges m_edges;
    std::vector<std::pair<std::string, CatalogReference>> m_consumed;
    std::map<std::string, std::string> m_providers; ///< API → component
    std::size_t m_entities = 0, m_visited = 0;
};

} // namespace

Result<FoundMap> readBackstage(const std::string &yaml)
{
    if (yaml.size() > kMapBytes)
        return fail(Code::TooLarge, "The catalog is larger than 8 MiB.");
    try {
        std::istringstream counted(yaml);
        YAML::Parser parser(counted);
        YamlCounter counter(kMapNodes);
        bool any = false;
        while (parser.HandleNextDocument(counter))
            any = true;
        if (!any)
            return fail(Code::Invalid, "The file is empty.");
        return Catalog().read(YAML::LoadAll(yaml));
    } catch (const WrongYaml &w) {
        return fail(w.code, "The catalog cannot be read: " + w.text + ".");
    } catch (const YAML::Exception &e) {
        return fail(Code::Invalid, "The file is not YAML: line " + std::to_string(e.mark.line + 1) + ": " + safeLine(e.msg, 200) + ".");
    }
}

Result<FoundMap> readMapCsv(std::string_view bytes)
{
    static const std::map<std::string, int> kColumnNames{{"from", 0}, {"client", 0}, {"source", 0}, {"service", 0}, {"to", 1}, {"server", 1}, {"target", 1}, {"needs", 1}, {"kind", 2}, {"type", 2}};
    if (bytes.size() > kMapBytes)
        return fail(Code::TooLarge, "The file is larger than 8 MiB.");
    if (bytes.starts_with("\xef\xbb\xbf"))
        bytes.remove_prefix(3);
    std::size_t line = 1, swallowed = 0;
    std::vector<std::string> row;
    nextCsvRow(bytes, row, line, ',', &swallowed);
    if (swallowed > 0)
        return fail(Code::Invalid, openQuoteSentence(swallowed));
    int place[3] = {-1, -1, -1};
    for (std::size_t n = 0; n < row.size(); ++n)
        if (const auto known = kColumnNames.find(asciiLower(row[n])); known != kColumnNames.end() && place[known->second] < 0)
            place[known->second] = static_cast<int>(n);
    if (place[0] < 0 || place[1] < 0)
        return fail(Code::Invalid, "Line 1: the heading must name the columns from and to (and may name kind); it is \"" + safeLine(row.empty() ? std::string() : row.front(), 60) + "…\".");
    Edges out;
    std::size_t edges = 0;
    for (std::size_t begins = line; nextCsvRow(bytes, row, line, ',', &swallowed); begins = line) {
        if (swallowed > 0)
            return fail(Code::Invalid, openQuoteSentence(swallowed));
        if (row.size() == 1 && row.front().empty())
            continue;
        const std::string where = "line " + std::to_string(begins);
        const auto cell = [&](int n) { return place[n] >= 0 && static_cast<std::size_t>(place[n]) < row.size() ? row[static_cast<std::size_t>(place[n])] : std::string(); };
        const std::string word = asciiLower(cell(2));
        const auto kind = word.empty() ? std::optional(DependencyKind::Hard) : fromWord<DependencyKind>(word);
        if (!kind) {
            out.problem(where + ": \"" + safeLine(word, 40) + "\" is no kind of dependency (hard, soft or async); the edge is left out.");
            continue;
        }
        out.add(cell(0), cell(1), *kind, where);
        if (++edges > kMapEdges)
            return fail(Code::TooLarge, where + ": at most 10,000 edges are read at once.");
    }
    return out.finish();
}

Result<FoundMap> readServiceGraph(std::string_view text)
{
    namespace json = boost::json;
    if (text.size() > kMapBytes)
        return fail(Code::TooLarge, "The answer is larger than 8 MiB.");
    boost::system::error_code ec;
    json::parse_options options;
    options.max_depth = 16;
    const json::value answer = json::parse(text, ec, {}, options);
    if (ec || !answer.is_object())
        return fail(Code::Invalid, "The answer is not JSON: is this a Prometheus?");
    const json::object &top = answer.get_object();
    if (textAt(top, "status") != "success")
        return fail(Code::Invalid, "The Prometheus refused the query: " + safeLine(textAt(top, "error"), 200) + ".");
    const json::object *data = objectAt(top, "data");
    const json::array *result = data ? arrayAt(*data, "result") : nullptr;
    if (!result)
        return fail(Code::Invalid, "The answer has no result: is this a Prometheus?");
    Edges out;
    std::size_t number = 0;
    for (const json::value &each : *result) {
        const std::string where = "series " + std::to_string(++number);
        const json::object *metric = each.is_object() ? objectAt(each.get_object(), "metric") : nullptr;
        if (!metric) {
            out.problem(where + " has no labels; it is left out.");
            continue;
        }
        const std::string from = textAt(*metric, "client"), to = textAt(*metric, "server"), type = textAt(*metric, "connection_type");
        if (from == "user" || from == "unknown" || to == "unknown")
            continue; // whoever calls from outside, and what no span names
        out.add(from, to, type == "messaging_system" ? DependencyKind::Async : DependencyKind::Hard, where);
    }
    return out.finish();
}

} // namespace qd::workspace
