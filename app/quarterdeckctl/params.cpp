// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"

#include <cstdio>

namespace qd::app {

json::object object(std::initializer_list<std::pair<const char *, std::string>> fields)
{
    json::object out;
    for (const auto &[name, value] : fields)
        if (!value.empty())
            out[name] = value;
    return out;
}

json::array list(const std::vector<std::string> &texts)
{
    json::array out;
    for (const auto &t : texts)
        out.emplace_back(t);
    return out;
}

std::string textOf(const json::object &from, std::string_view name)
{
    const json::value *v = from.if_contains(name);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

std::string textOf(const json::value &from, std::string_view name)
{
    return from.is_object() ? textOf(from.get_object(), name) : std::string();
}

int send(Verbs &verbs, const char *method, const json::object &params, const char *printed)
{
    const Called got = callCore(verbs, method, json::serialize(params));
    if (got.exit == kDone)
        printNotes(got.json);
    if (got.exit == kDone && printed) {
        const auto result = json::parse(got.json);
        const json::value *value = result.get_object().if_contains(printed);
        if (!value)
            value = result.get_object().if_contains("id");
        std::printf("%s\n", json::serialize(json::object{{printed, value ? *value : json::value("")}}).c_str());
    }
    return got.exit;
}

int usage(const char *sentence)
{
    std::fprintf(stderr, "quarterdeckctl: %s\n", sentence);
    return kUsage;
}

} // namespace qd::app
