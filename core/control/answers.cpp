// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/answers.h"

namespace qd::control {

std::string resultText(const json::value &id, std::string_view resultJson)
{
    // The result is JSON text already; it is not parsed again, an answer may be megabytes.
    return R"({"jsonrpc":"2.0","id":)" + json::serialize(id) + R"(,"result":)" + std::string(resultJson) + "}";
}

std::string errorText(const json::value &id, int number, const Error &error)
{
    json::object data{{"code", codeName(error.code)}};
    if (!error.detail.empty())
        data["detail"] = error.detail;
    return json::serialize(json::object{
        {"jsonrpc", "2.0"},
        {"id", id},
        {"error", json::object{{"code", number}, {"message", error.message}, {"data", std::move(data)}}}});
}

Error tooMuch(std::size_t limit)
{
    return {Code::TooLarge, "The answer is larger than " + std::to_string(limit >> 20) + " MiB; ask for less at a time, such as one service, incident, source or status.", {}};
}

std::string outcomeText(const desk::Outcome &outcome)
{
    json::object out;
    if (!outcome.id.empty())
        out["id"] = outcome.id;
    out["seq"] = outcome.seq;
    if (!outcome.notes.empty()) {
        json::array &notes = out["notes"].emplace_array();
        for (const auto &n : outcome.notes)
            notes.emplace_back(n);
    }
    if (!outcome.recorded)
        out["recorded"] = false;
    return json::serialize(out);
}

} // namespace qd::control
