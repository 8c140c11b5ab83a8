// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/holes.h"
#include "core/control/items.h"

namespace qd::control {

json::array holdItems(const state::State &s)
{
    json::array out;
    for (const auto &h : s.keeping.holds)
        out.push_back(json::object{{"hold", h.number}, {"scope", h.scope}, {"matter", h.matter}, {"custodian", h.custodian},
                                   {"reason", h.reason}, {"by", h.by}, {"since", timeJson(h.since)}});
    return out;
}

json::array erasureItems(const state::State &s)
{
    json::array out;
    for (const auto &e : s.keeping.erasures)
        for (const auto &stream : e.streams)
            out.push_back(json::object{{"seq", e.seq}, {"at", timeJson(e.at)}, {"stream", stream.stream}, {"begins", timeJson(stream.begins)},
                                       {"reason", e.reason}, {"by", e.by}});
    return out;
}

json::array erasedItems(const state::State &s)
{
    json::array out;
    for (const state::ErasedIndex &index : s.keeping.index) {
        const std::string_view stream = index.stream;
        const std::string incident(stream.starts_with("incident/") ? stream.substr(9, stream.find('/', 9) - 9) : std::string_view());
        for (const events::ErasedRow &row : index.rows)
            out.push_back(json::object{{"seq", row.seq}, {"at", timeJson(row.at)}, {"kind", row.kind}, {"role", row.role}, {"hash", row.hash}, {"stream", index.stream},
                                       {"incident", incident.empty() ? json::value(nullptr) : json::value(incident)}, {"erasedIn", index.seq}});
        if (index.unlisted > 0 || !index.whole)
            out.push_back(json::object{{"seq", nullptr}, {"at", nullptr}, {"kind", index.whole ? "(" + std::to_string(index.unlisted) + " more)" : "(more, not counted)"}, {"role", ""}, {"hash", ""},
                                       {"stream", index.stream}, {"incident", incident.empty() ? json::value(nullptr) : json::value(incident)}, {"erasedIn", index.seq}});
    }
    return out;
}

std::string withHoles(std::string answer, const state::Keeping &known, std::uint64_t seq, Instant at)
{
    json::array holes;
    for (const auto &e : known.erasures)
        for (const auto &stream : e.streams)
            if (e.seq > seq && stream.begins <= at)
                holes.push_back(json::object{{"stream", stream.stream}, {"erasedAt", timeJson(e.at)}, {"reason", e.reason}});
    if (holes.empty() || !answer.ends_with('}'))
        return answer;
    answer.pop_back();
    answer += answer.ends_with('{') ? "\"holes\":" : ",\"holes\":";
    return answer + json::serialize(holes) + "}";
}

} // namespace qd::control
