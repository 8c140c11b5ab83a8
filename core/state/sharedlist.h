// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <deque>
#include <iterator>
#include <memory>

namespace qd::state {

/// A list of things that never change once they are in it and go at the front when it is full. Copies share the things: a copy
/// costs a pointer each. Reads as a list of const T.
template <typename T>
class SharedList {
    using All = std::deque<std::shared_ptr<const T>>;

public:
    using value_type = T;

    class const_iterator {
    public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::bidirectional_iterator_tag;
        using reference = const T &;
        using pointer = const T *;
        const_iterator() = default;
        explicit const_iterator(typename All::const_iterator at) : m_at(at) {}
        reference operator*() const { return **m_at; }
        pointer operator->() const { return m_at->get(); }
        const_iterator &operator++()
        {
            ++m_at;
            return *this;
        }
        const_iterator &operator--()
        {
            --m_at;
            return *this;
        }
        bool operator==(const const_iterator &) const = default;

    private:
        typename All::const_iterator m_at;
    };

    [[nodiscard]] const_iterator begin() const { return const_iterator(m_all.begin()); }
    [[nodiscard]] const_iterator end() const { return const_iterator(m_all.end()); }
    [[nodiscard]] const T &operator[](std::size_t i) const { return *m_all[i]; }
    [[nodiscard]] const T &back() const { return *m_all.back(); }
    [[nodiscard]] std::size_t size() const { return m_all.size(); }
    [[nodiscard]] bool empty() const { return m_all.empty(); }

    void push_back(T thing) { m_all.push_back(std::make_shared<const T>(std::move(thing))); }
    void push_back(std::shared_ptr<const T> thing) { m_all.push_back(std::move(thing)); } ///< not null
    void pop_front() { m_all.pop_front(); }

private:
    All m_all;
};

} // namespace qd::state
