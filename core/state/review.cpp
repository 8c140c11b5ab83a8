// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/review.h"

#include "core/base/ascii.h"
#include "core/events/texts.h"
#include "core/model/connection.h"

#include <algorithm>

namespace qd::state {

std::string projectOf(const Connection &connection)
{
    std::string url = connection.url;
    while (url.ends_with('/'))
        url.pop_back();
    return asciiLower(connection.kind + " " + url + " " + connection.path);
}

const Revision *Section::counted() const
{
    const Revision *record = nullptr;
    for (auto r = revisions.rbegin(); r != revisions.rend(); ++r) {
        if (r->text == events::kStruckText)
            continue;
        if (!r->draft)
            return &*r;
        if (!record && r->by == "core")
            record = &*r;
    }
    return record;
}

std::vector<const Contribution *> Review::saidFor(std::string_view person) const
{
    std::vector<const Contribution *> out;
    for (auto c = contributions.rbegin(); c != contributions.rend(); ++c)
        if (c->person == person && !c->text.empty() && c->text != events::kStruckText && std::none_of(out.begin(), out.end(), [&](const Contribution *later) { return later->by == c->by; }))
            out.push_back(&*c);
    std::reverse(out.begin(), out.end());
    std::stable_partition(out.begin(), out.end(), [](const Contribution *c) { return c->by == c->person; });
    return out;
}

std::string_view Review::delegateOf(std::string_view person) const
{
    // What somebody else wrote for them names nobody, and takes nobody's name away.
    const auto last = std::find_if(contributions.rbegin(), contributions.rend(), [&](const Contribution &c) { return c.person == person && (c.by == c.person || !c.delegate.empty()); });
    return last == contributions.rend() ? std::string_view() : std::string_view(last->delegate);
}

} // namespace qd::state
