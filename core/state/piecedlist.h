// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <compare>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace qd::state {

/// A list that grows at its end and is seldom changed before it. Copies share their things in pieces until one of them changes a thing of a
/// piece: a copy costs a pointer for so many of them. Reads as a list of const T; who changes one says so (`edit`). Not thread-safe, but each
/// copy goes its own way, also on another thread.
template <typename T>
class PiecedList {
    using Piece = std::vector<T>;

public:
    using value_type = T;
    static constexpr std::size_t kPiece = 64;

    class const_iterator {
    public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::random_access_iterator_tag;
        using reference = const T &;
        using pointer = const T *;
        const_iterator() = default;
        const_iterator(const PiecedList *list, std::size_t at) : m_list(list), m_at(static_cast<std::ptrdiff_t>(at)) {}
        reference operator*() const { return (*m_list)[static_cast<std::size_t>(m_at)]; }
        pointer operator->() const { return &**this; }
        reference operator[](difference_type n) const { return *(*this + n); }
        const_iterator &operator+=(difference_type n)
        {
            m_at += n;
            return *this;
        }
        const_iterator &operator-=(difference_type n) { return *this += -n; }
        const_iterator &operator++() { return *this += 1; }
        const_iterator &operator--() { return *this += -1; }
        const_iterator operator++(int)
        {
            const const_iterator before = *this;
            ++*this;
            return before;
        }
        const_iterator operator--(int)
        {
            const const_iterator before = *this;
            --*this;
            return before;
        }
        friend const_iterator operator+(const_iterator it, difference_type n) { return it += n; }
        friend const_iterator operator+(difference_type n, const_iterator it) { return it += n; }
        friend const_iterator operator-(const_iterator it, difference_type n) { return it -= n; }
        friend difference_type operator-(const const_iterator &a, const const_iterator &b) { return a.m_at - b.m_at; }
        bool operator==(const const_iterator &other) const { return m_at == other.m_at; }
        std::strong_ordering operator<=>(const const_iterator &other) const { return m_at <=> other.m_at; }

    private:
        const PiecedList *m_list = nullptr;
        std::ptrdiff_t m_at = 0;
    };
    using iterator = const_iterator;
    using const_reverse_iterator = std::reverse_iterator<const_iterator>;

    [[nodiscard]] const_iterator begin() const { return {this, 0}; }
    [[nodiscard]] const_iterator end() const { return {this, m_size}; }
    [[nodiscard]] const_reverse_iterator rbegin() const { return const_reverse_iterator(end()); }
    [[nodiscard]] const_reverse_iterator rend() const { return const_reverse_iterator(begin()); }
    [[nodiscard]] const T &operator[](std::size_t i) const { return (*m_pieces[i / kPiece])[i % kPiece]; }
    [[nodiscard]] const T &front() const { return (*this)[0]; }
    [[nodiscard]] const T &back() const { return (*this)[m_size - 1]; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }

    /// To be changed; nobody else sees the change. Valid until the next one is added.
    [[nodiscard]] T &edit(std::size_t i) { return own(m_pieces[i / kPiece])[i % kPiece]; }
    /// One more at the end, to be filled in. Valid until the next one is added.
    T &emplace_back()
    {
        if (m_size % kPiece == 0)
            m_pieces.push_back(std::make_shared<Piece>());
        T &made = own(m_pieces.back()).emplace_back();
        ++m_size;
        return made;
    }
    void push_back(T thing) { emplace_back() = std::move(thing); }
    void clear()
    {
        m_pieces.clear();
        m_size = 0;
    }

private:
    static Piece &own(std::shared_ptr<Piece> &piece)
    {
        if (piece.use_count() > 1)
            piece = std::make_shared<Piece>(*piece);
        else
            std::atomic_thread_fence(std::memory_order_acquire); // whoever let go of it last has read it before
        return *piece;
    }

    std::vector<std::shared_ptr<Piece>> m_pieces; ///< all of kPiece things but the last
    std::size_t m_size = 0;
};

} // namespace qd::state
