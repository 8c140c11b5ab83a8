// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/search.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/control/items.h"
#include "core/search/query.h"

namespace qd::control {

namespace {

json::value orNull(std::string_view text)
{
    return text.empty() ? json::value(nullptr) : textJson(text);
}

json::array piecesOf(const search::Hit &hit)
{
    json::array out;
    const std::string_view text = hit.excerpt;
    std::size_t at = 0;
    for (const auto &[from, to] : hit.matches) {
        out.push_back(textJson(text.substr(at, from - at)));
        out.push_back(textJson(text.substr(from, to - from)));
        at = to;
    }
    out.push_back(textJson(text.substr(at)));
    return out;
}

json::object itemOf(const search::Hit &hit, const state::State &state)
{
    std::string incident = hit.incident, key, title;
    if (hit.fingerprint != 0) {
        const auto *source = state.source(hit.connection);
        key = (source ? std::string(state.text(source->set)) : hit.connection) + "/" + fingerprintText(hit.fingerprint);
        if (const auto *alert = state.alert(key)) {
            title = state.text(alert->title);
            incident = state.text(alert->incident);
        }
    } else if (const auto *known = state.incident(incident)) {
        title = known->title;
    }
    return {{"seq", hit.place.seq},
            {"at", timeJson(hit.time)},
            {"kind", textJson(hit.kind)},
            {"incident", orNull(incident)},
            {"alert", orNull(key)},
            {"title", orNull(title)},
            {"service", orNull(hit.service)},
            {"by", orNull(hit.person)},
            {"excerpt", textJson(hit.excerpt)},
            {"pieces", piecesOf(hit)}};
}

/// What is left of erased streams, from the newest on.
json::value erasedJson(const search::Query &query, const SearchParams &given, const state::State &state)
{
    const auto lower = [](std::string text) { return asciiLower(std::move(text)); };
    json::array items;
    std::uint64_t total = 0;
    const std::string stream = "incident/" + query.incident;
    const auto &all = state.keeping.index;
    for (auto index = all.rbegin(); index != all.rend(); ++index) {
        if (!query.incident.empty() && index->stream != stream && !index->stream.starts_with(stream + "/"))
            continue;
        for (auto row = index->rows.rbegin(); row != index->rows.rend(); ++row) {
            if ((query.since && row->at < query.since) || (query.until && row->at > query.until) || (!query.role.empty() && row->role != query.role)
                || (!query.hash.empty() && !row->hash.starts_with(query.hash)) || (!query.erased.empty() && query.erased != "any" && lower(row->kind) != query.erased))
                continue;
            if (++total > given.limit)
                continue;
            const std::string what = row->kind + (row->role.empty() ? "" : " by " + row->role) + ", " + index->stream + ", hash " + row->hash;
            const bool isIncident = index->stream.starts_with("incident/");
            items.push_back(json::object{{"seq", row->seq}, {"at", timeJson(row->at)}, {"kind", "erased"}, {"incident", isIncident ? json::value(index->stream.substr(9, index->stream.find('/', 9) - 9)) : json::value(nullptr)},
                                         {"alert", nullptr}, {"title", nullptr}, {"service", nullptr}, {"by", nullptr}, {"excerpt", textJson(what)}, {"pieces", json::array{textJson(what)}}});
        }
    }
    const bool more = total > items.size();
    return json::object{{"schema", 1}, {"seq", state.seq}, {"at", timeJson(state.time)}, {"query", textJson(safeLine(given.text))}, {"total", total}, {"more", more}, {"complete", true},
                        {"percent", 100}, {"notice", ""}, {"items", std::move(items)}};
}

/// One sentence when the answer may lack something; else empty.
std::string noticeOf(const search::Progress &progress, bool cut)
{
    if (!progress.problem.empty())
        return "Indexing stopped at " + std::to_string(progress.percent()) + " %: " + progress.problem;
    if (!progress.complete)
        return "Indexing, " + std::to_string(progress.percent()) + " %.";
    return cut ? "The filter reaches more than " + std::to_string(search::kScopeLimit) + "; the newest were searched." : std::string();
}

Result<SearchParams> readParams(const std::string &params)
{
    const auto value = parseJson(params.empty() ? "{}" : params);
    if (!value)
        return tl::unexpected(value.error());
    SearchParams given;
    FieldReader reader;
    reader.read(*value, given, {});
    if (!reader.problem().empty())
        return fail(Code::Invalid, reader.problem());
    if (given.limit < 1 || given.limit > search::Indexer::kHitLimit)
        return fail(Code::Invalid, "The field \"limit\" must be from 1 to " + std::to_string(search::Indexer::kHitLimit) + ".");
    return given;
}

} // namespace

void answerSearch(const std::string &params, Instant now, link::Replica &replica, const SearchIn &in,
                  std::function<void(Result<std::string>)> answer)
{
    const auto given = readParams(params);
    if (!given)
        return answer(tl::unexpected(given.error()));
    const auto query = search::parseQuery(given->text, now);
    if (!query)
        return answer(tl::unexpected(query.error()));
    if (query->isOfErased())
        return replica.ask([query = *query, given = *given, answer = std::move(answer)](const state::State &state) { answer(json::serialize(erasedJson(query, given, state))); });
    if (!in)
        return answer(fail(Code::Unavailable, "There is no search here."));
    replica.ask([&replica, in, query = *query, given = *given, answer = std::move(answer)](const state::State &before) {
        const search::Scope scope = search::scopeOf(query, before);
        in(search::indexQuery(query, scope), given.limit,
           [&replica, text = given.text, cut = scope.cut, answer](Result<search::Answer> found, const search::Progress &progress) {
               if (!found)
                   return answer(tl::unexpected(found.error()));
               replica.ask([text, cut, answer, progress, found = std::move(*found)](const state::State &state) {
                   json::array items;
                   for (const auto &hit : found.hits)
                       items.push_back(itemOf(hit, state));
                   answer(json::serialize(json::object{{"schema", 1},
                                                       {"seq", state.seq},
                                                       {"at", timeJson(state.time)},
                                                       {"query", textJson(safeLine(text))},
                                                       {"total", found.total},
                                                       {"more", found.more},
                                                       {"complete", progress.complete},
                                                       {"percent", progress.percent()},
                                                       {"notice", noticeOf(progress, cut)},
                                                       {"items", std::move(items)}}));
               });
           });
    });
}

} // namespace qd::control
