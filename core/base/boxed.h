// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <utility>

namespace qd {

/// A value that lies elsewhere: for a large member of a struct that is one of many small ones in a variant, all of which would be as
/// large. Copies copy the value. What was moved from holds nothing until it is assigned; nothing else is null.
template <typename T>
class Boxed {
public:
    Boxed() : m_value(std::make_unique<T>()) {}
    Boxed(T value) : m_value(std::make_unique<T>(std::move(value))) {} // it is the value, wherever it lies
    Boxed(const Boxed &other) : m_value(other.m_value ? std::make_unique<T>(*other.m_value) : nullptr) {}
    Boxed(Boxed &&) noexcept = default;
    Boxed &operator=(const Boxed &other)
    {
        return *this = Boxed(other);
    }
    Boxed &operator=(Boxed &&) noexcept = default;
    ~Boxed() = default;

    T &operator*() { return *m_value; }
    const T &operator*() const { return *m_value; }
    T *operator->() { return m_value.get(); }
    const T *operator->() const { return m_value.get(); }

private:
    std::unique_ptr<T> m_value;
};

} // namespace qd
