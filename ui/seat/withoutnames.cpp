// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/withoutnames.h"

#include "ui/seat/fields.h"

#include <concepts>
#include <memory>

namespace qd::seat {

namespace {

/// Renames who is named in the texts of a value of ui/view.
class Renaming {
public:
    Renaming(const view::Nameless &nameless, Instant at) : m_nameless(nameless), m_at(at) {}

    void operator()(QString &text) const { text = m_nameless.text(text, m_at); }
    void operator()(view::AlertRow &row) const
    {
        (*this)(row.owner);
        if (row.quiet) {
            auto quiet = std::make_shared<view::Quiet>(*row.quiet);
            (*this)(quiet->by);
            (*this)(quiet->reason);
            row.quiet = std::move(quiet);
        }
    }
    void operator()(view::MapNode &node) const { (*this)(node.owner); }
    /// Its actor is what they were then; who is spoken of in it, what they were until then: "Responder 1 is commander".
    void operator()(view::TimelineEntry &entry) const
    {
        const Renaming then(m_nameless, entry.at), before(m_nameless, entry.at - nanos(1));
        then(entry.actor);
        then(entry.claims);
        before(entry.text);
        before(entry.about);
        before(entry.before);
        entry.own.clear(); // what is past is said otherwise by nobody
    }
    template <typename T>
    void operator()(T &value) const
    {
        walkInto(value, *this);
    }
    /// What is in it is told of at the moment of it.
    template <typename T>
    [[nodiscard]] Renaming inside(const T &value) const
    {
        return {m_nameless, momentOf(value)};
    }

private:
    template <typename T>
    [[nodiscard]] Instant momentOf(const T &value) const
    {
        if constexpr (requires { { value.at } -> std::convertible_to<Instant>; })
            return value.at ? value.at : m_at;
        else
            return m_at;
    }

    const view::Nameless &m_nameless;
    const Instant m_at;
};

} // namespace

void withoutNames(view::ViewModel &view, const view::Nameless &nameless)
{
    if (nameless.isIdle())
        return;
    const Renaming rename(nameless, view.past.isPast() ? view.past.at : view.made);
    for (auto *list : {&view.active, &view.standing, &view.suppressed, &view.shelf, &view.resolved})
        rename(*list);
    rename(view.incidents);
    rename(view.recorded);
    rename(view.detail);
    rename(view.timeline);
    rename(view.nodes);
    rename(view.stack);
    rename(view.shifts);
    rename(view.scheduleChanges);
    rename(view.calls);
    rename(view.commandCalls);
    rename(view.silences);
    rename(view.overrides);
    rename(view.heartbeats);
    rename(view.wall);
    // For who completes names: nothing is commanded in the past.
    view.names.clear();
    view.people.clear();
    view.readers.clear();
}

} // namespace qd::seat
