// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/evidence.h"

#include "core/base/encoding.h"
#include "core/desk/decide.h"
#include "core/events/texts.h"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

namespace qd::control {

namespace json = boost::json;

Result<EvidencePlace> evidenceMeant(const state::State &state, const EvidenceRead &read)
{
    const auto i = desk::incidentMeant(state, read.incident);
    if (!i)
        return tl::unexpected(i.error());
    const auto &all = (*i)->evidence;
    const auto it = std::find_if(all.begin(), all.end(), [&](const state::Evidence &e) { return e.number == read.evidence; });
    if (it == all.end())
        return fail(Code::NotFound, (*i)->id + " has no evidence " + std::to_string(read.evidence) + "; `quarterdeckctl evidence list` names what there is.");
    return EvidencePlace{(*i)->id, it->number, it->seq};
}

Result<std::string> evidenceJson(const link::Feed &feed, const EvidencePlace &place, const Reader &reader)
{
    std::optional<events::EvidenceKept> kept;
    const auto read = feed.replay(place.seq, place.seq, [&](const desk::Record &record) {
        for (const auto &event : record.events)
            if (const auto *e = getIf<events::EvidenceKept>(&event); e && e->evidence == place.evidence && e->incident == place.incident)
                kept = *e;
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    const std::string what = "Evidence " + std::to_string(place.evidence) + " of " + place.incident;
    if (!kept || kept->content == events::kStruckText)
        return fail(Code::NotFound, what + " is not there any more: it was struck or erased.");
    if (!keptFrom(kept->name, reader).empty() || !keptFrom(kept->text, reader).empty())
        return fail(Code::Forbidden, what + " is marked for others: what is written on it holds words you may not read, and so may the file; ask who kept it.");
    const auto bytes = fromBase64(kept->content);
    if (!bytes || bytes->size() != kept->bytes || sha256Hex(asText(*bytes)) != kept->digest)
        return fail(Code::Corrupt, what + " is not what was kept; run `quarterdeckctl verify` on this home.");
    return json::serialize(json::object{{"incident", kept->incident}, {"evidence", kept->evidence}, {"name", kept->name}, {"mediaType", kept->mediaType},
                                        {"bytes", kept->bytes}, {"digest", kept->digest}, {"text", kept->text}, {"content", kept->content}});
}

} // namespace qd::control
