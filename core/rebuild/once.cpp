// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/once.h"

#include "core/base/safetext.h"
#include "core/rebuild/samealert.h"

#include <algorithm>
#include <vector>

namespace qd::rebuild {

Kept keptAs(std::string_view origin, std::string_view reference, Instant at, std::string_view actor, std::string_view text)
{
    return {safeLine(origin, kOriginBytes), reference.empty() ? std::string() : "fact/" + safeLine(reference, kReferenceOf), at, safeLine(actor, kOriginBytes), safeText(text, kFactBytes)};
}

bool Once::has(const Kept &fact) const
{
    return m_said.contains({fact.at, fact.actor, fact.text}) || (!fact.reference.empty() && m_named.contains({fact.origin, fact.reference, fact.at}));
}

bool Once::hasOtherwise(const Kept &fact) const
{
    return !fact.reference.empty() && m_named.contains({fact.origin, fact.reference, fact.at}) && !m_said.contains({fact.at, fact.actor, fact.text});
}

bool Once::take(const Kept &fact)
{
    const bool isNew = !has(fact);
    m_said.emplace(fact.at, fact.actor, fact.text);
    if (!fact.reference.empty())
        m_named.emplace(fact.origin, fact.reference, fact.at);
    return isNew;
}

std::size_t factsOnce(std::span<const Facts> files)
{
    Once once;
    ToldSeries series;
    std::size_t out = 0;
    for (const Part &part : partsOf(files)) { // in the order they are sent
        std::vector<std::pair<Kept, const Fact *>> sent;
        for (std::size_t i = part.from; i < part.from + part.count; ++i) {
            const Fact &f = files[part.file].facts[i];
            Kept kept = keptAs(files[part.file].origin, f.reference, f.at, f.actor, f.text);
            const bool isTold = series.find(kept.origin, kept.reference, std::max(f.at, f.knownAt), f.until >= f.at ? f.until : Instant{}).has_value(); // by a part before
            if (once.take(kept) && !isTold)
                sent.emplace_back(std::move(kept), &f);
        }
        for (const auto &[kept, f] : sent)
            series.add(kept.origin, kept.reference, std::max(f->at, f->knownAt), f->until >= f->at ? f->until : Instant{}, 0);
        out += sent.size();
    }
    return out;
}

} // namespace qd::rebuild
