// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/incidents.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

namespace qd::state {

/// Incidents by number. Copies of a map share their incidents until one of them changes one: a State at another instant costs
/// only the incidents that differ. Reads as a map from number to const Incident; only the fold edits.
class IncidentMap {
    using Shared = std::shared_ptr<Incident>;
    using Map = std::vector<std::pair<std::uint32_t, Shared>>; ///< by number

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
    [[nodiscard]] const_iterator find(std::uint32_t number) const
    {
        const auto it = placeOf(number);
        return const_iterator(isAt(it, number) ? it : m_map.end());
    }
    [[nodiscard]] const Incident &at(std::uint32_t number) const { return *share(number); }
    [[nodiscard]] std::size_t size() const { return m_map.size(); }
    [[nodiscard]] bool empty() const { return m_map.empty(); }

    /// Numbers, ascending: all that are open, those that were over only lately, and maybe more. What time alone may conclude of an incident is
    /// looked for among these, however many there were before.
    [[nodiscard]] const std::vector<std::uint32_t> &unsettled() const { return m_unsettled; }
    /// When it was over, and which.
    using Over = std::pair<Instant, std::uint32_t>;
    /// Of those that are no longer among the unsettled, whose rooms are still read: the first that was over first. None of both lists at once. So who asks
    /// after their rooms looks at the first ones, however many weeks of them there are.
    [[nodiscard]] const std::vector<Over> &roomed() const { return m_roomed; }
    /// Lets go of those of which it is said that time concludes nothing of them any more, or only something of their rooms, until they are changed again; now and then.
    template <typename IsSettled, typename KeepsRooms>
    void settle(IsSettled isSettled, KeepsRooms keepsRooms)
    {
        if (m_unsettled.size() < m_settleAt)
            return;
        std::erase_if(m_roomed, [&](const Over &o) { return !keepsRooms(at(o.second)); });
        const std::size_t before = m_roomed.size();
        std::erase_if(m_unsettled, [&](std::uint32_t number) {
            const Incident &i = at(number);
            const bool goes = isSettled(i);
            if (goes && keepsRooms(i))
                m_roomed.emplace_back(i.resolvedAt, number);
            return goes;
        });
        if (m_roomed.size() != before)
            std::sort(m_roomed.begin(), m_roomed.end());
        m_settleAt = 2 * m_unsettled.size() + kUnsettled;
    }
    static constexpr std::size_t kUnsettled = 32; ///< so many are looked at before any is let go of

    /// The incident to be changed, made when there is none; nobody else sees the change.
    Incident &edit(std::uint32_t number)
    {
        auto it = slot(placeOf(number));
        if (!isAt(it, number))
            it = m_map.emplace(it, number, std::make_shared<Incident>());
        touched(number);
        return edit(it->second);
    }
    /// The same, or null when there is none.
    Incident *editIfThere(std::uint32_t number)
    {
        const auto it = slot(placeOf(number));
        if (!isAt(it, number))
            return nullptr;
        touched(number);
        return &edit(it->second);
    }

    /// An incident others may hold as well; there must be one.
    [[nodiscard]] std::shared_ptr<const Incident> share(std::uint32_t number) const
    {
        const auto it = placeOf(number);
        if (!isAt(it, number))
            throw std::out_of_range("IncidentMap");
        return it->second;
    }
    void put(std::uint32_t number, const std::shared_ptr<const Incident> &incident)
    {
        auto it = slot(placeOf(number));
        if (!isAt(it, number))
            it = m_map.emplace(it, number, nullptr);
        touched(number);
        it->second = std::const_pointer_cast<Incident>(incident); // edit() copies it while anybody else holds it
    }

private:
    /// Where it is or would be.
    [[nodiscard]] Map::const_iterator placeOf(std::uint32_t number) const
    {
        return std::lower_bound(m_map.begin(), m_map.end(), number, [](const auto &entry, std::uint32_t n) { return entry.first < n; });
    }
    [[nodiscard]] Map::iterator slot(Map::const_iterator place) { return m_map.begin() + (place - m_map.cbegin()); }
    [[nodiscard]] bool isAt(Map::const_iterator place, std::uint32_t number) const { return place != m_map.end() && place->first == number; }
    static Incident &edit(Shared &shared)
    {
        if (shared.use_count() > 1)
            shared = std::make_shared<Incident>(*shared);
        else
            std::atomic_thread_fence(std::memory_order_acquire); // whoever let go of it last has read it before
        return *shared;
    }

    void touched(std::uint32_t number)
    {
        if (const auto it = std::lower_bound(m_unsettled.begin(), m_unsettled.end(), number); it == m_unsettled.end() || *it != number) {
            m_unsettled.insert(it, number);
            std::erase_if(m_roomed, [&](const Over &o) { return o.second == number; });
        }
    }

    Map m_map;
    std::vector<std::uint32_t> m_unsettled;
    std::vector<Over> m_roomed;
    std::size_t m_settleAt = kUnsettled;
};

} // namespace qd::state
