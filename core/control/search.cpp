// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/search.h"

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
