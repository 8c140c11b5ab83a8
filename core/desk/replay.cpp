// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/desk.h"
#include "core/events/codec.h"
#include "core/journal/journal.h"

namespace qd::desk {

namespace {

Result<Record> recordOf(const journal::Committed &c)
{
    std::vector<BytesView> bodies;
    bodies.reserve(c.parts.size());
    for (const auto &p : c.parts)
        if (!p.erased && p.family != journal::kErasureFamily)
            bodies.emplace_back(p.body);
    auto events = events::decodeRecord(bodies);
    if (!events)
        return tl::unexpected(events.error());
    return Record{c.seq, c.time, std::move(*events)};
}

} // namespace

Result<> replay(const journal::Journal &journal, std::uint64_t from, std::uint64_t to, const std::function<bool(const Record &)> &each)
{
    Result<> outcome;
    const auto read = journal.replay(from, to, [&](const journal::Committed &c) {
        const auto record = recordOf(c);
        if (!record) {
            outcome = tl::unexpected(record.error());
            return false;
        }
        return each(*record);
    });
    return outcome ? read : outcome;
}

} // namespace qd::desk
