// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/params.h"

#include <algorithm>
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

json::object textsByLanguage(const std::vector<std::string> &given)
{
    json::object out;
    for (const std::string &text : given) {
        const auto isLetter = [&](std::size_t n) { return text[n] >= 'a' && text[n] <= 'z'; };
        const bool isNamed = text.size() >= 3 && text[2] == '=' && isLetter(0) && isLetter(1);
        out[isNamed ? text.substr(0, 2) : std::string()] = isNamed ? text.substr(3) : text;
    }
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

namespace {

/// "@3": the reason the workspace has under that digit for this verb. Others stay as they are; "" when there is none, which was said.
std::string presetFor(Verbs &verbs, const std::string &reason)
{
    if (reason.size() != 2 || reason[0] != '@' || reason[1] < '1' || reason[1] > '9')
        return reason;
    const Called got = callCore(verbs, "get", "{\"what\":\"reasons\"}");
    if (got.exit != kDone)
        return {};
    const json::value answer = json::parse(got.json);
    for (const auto &preset : answer.at("items").get_array()) {
        const auto &of = preset.at("for").get_array();
        const bool isFor = of.empty() || std::any_of(of.begin(), of.end(), [&](const json::value &verb) { return verb.get_string() == verbs.verb; });
        if (isFor && preset.at("key").to_number<int>() == reason[1] - '0')
            return textOf(preset, "text");
    }
    std::fprintf(stderr, "quarterdeckctl: There is no reason %c for %s; `get reasons` lists them.\n", reason[1], verbs.verb.c_str());
    return {};
}

} // namespace

int send(Verbs &verbs, const char *method, const json::object &given, const char *printed)
{
    json::object params = given;
    if (const std::string reason = textOf(params, "reason"); !reason.empty()) {
        const std::string said = presetFor(verbs, reason);
        if (said.empty())
            return kRefused;
        params["reason"] = said;
    }
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

int eachIncident(Verbs &verbs, const std::string &incident, const std::function<void(const std::string &id, const json::value &item)> &show)
{
    const bool isNumber = !incident.empty() && incident.find_first_not_of("0123456789") == std::string::npos;
    const Called got = callCore(verbs, "get", json::serialize(object({{"what", "incidents"}, {"incident", isNumber ? "INC-" + incident : incident}})));
    if (got.exit != kDone)
        return got.exit;
    const json::value answer = json::parse(got.json);
    for (const auto &item : answer.at("items").get_array())
        show(textOf(item, "id"), item);
    return kDone;
}

void whoseReview(CLI::App &verb, std::string &incident)
{
    verb.add_option("INC-N,--incident", incident, "whose review")->required();
}

void whichIncident(CLI::App &verb, std::string &incident)
{
    verb.add_option("--incident", incident, "which (may be left out while exactly one is open)")->type_name("INC-N");
}

int usage(const char *sentence)
{
    std::fprintf(stderr, "quarterdeckctl: %s\n", sentence);
    return kUsage;
}

} // namespace qd::app
