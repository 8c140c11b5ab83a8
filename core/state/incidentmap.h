// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/incidents.h"

#include <atomic>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>

namespace qd::state {

/// Incidents by number. Copies of a map share their incidents until one of them changes one: a State at another instant costs
/// only the incidents that differ. Reads as a map from number to const Incident; only the fold edits.
class IncidentMap {
    using Shared = std::shared_ptr<Incident>;
    using Map = std::map<std::uint32_t, Shared>;

public:
    class const_iterator {
    public:
        using value_type = std::pair<std::uint32_t, const Incident &>;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::input_iterator_tag;
        using reference = value_type;
        struct pointer {
            value_type value;
            const value_type *operator->() const { return &value; }
        };
        const_iterator() = default;
        explicit const_iterator(Map::const_iterator at) : m_at(at) {}
        reference operator*() const { return {m_at->first, *m_at->second}; }
        pointer operator->() const { return {**this}; }
        const_iterator &operator++()
        {
            ++m_at;
            return *this;
        }
        bool operator==(const const_iterator &) const = default;

    private:
        Map::const_iterator m_at;
    };

    [[nodiscard]] const_iterator begin() const { return const_iterator(m_map.begin()); }
    [[nodiscard]] const_iterator end() const { return const_iterator(m_map.end()); }
    [[nodiscard]] const_iterator find(std::uint32_t number) const { return const_iterator(m_map.find(number)); }
    [[nodiscard]] const Incident &at(std::uint32_t number) const { return *m_map.at(number); }
    [[nodiscard]] std::size_t size() const { return m_map.size(); }
    [[nodiscard]] bool empty() const { return m_map.empty(); }

    /// The incident to be changed, made when there is none; nobody else sees the change.
    Incident &edit(std::uint32_t number)
    {
        Shared &shared = m_map[number];
        if (!shared)
            shared = std::make_shared<Incident>();
        else if (shared.use_count() > 1)
            shared = std::make_shared<Incident>(*shared);
        else
            std::atomic_thread_fence(std::memory_order_acquire); // whoever let go of it last has read it before
        return *shared;
    }
    /// The same, or null when there is none.
    Incident *editIfThere(std::uint32_t number) { return m_map.contains(number) ? &edit(number) : nullptr; }

    /// An incident others may hold as well.
    [[nodiscard]] std::shared_ptr<const Incident> share(std::uint32_t number) const { return m_map.at(number); }
    void put(std::uint32_t number, const std::shared_ptr<const Incident> &incident)
    {
        m_map[number] = std::const_pointer_cast<Incident>(incident); // edit() copies it while anybody else holds it
    }

private:
    Map m_map;
};

} // namespace qd::state
