// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <typeinfo>
#include <utility>

namespace qd {

/// How one type of a OneOf is copied, moved and destroyed.
struct Handling {
    void (*copy)(void *to, const void *from);
    void (*move)(void *to, void *from) noexcept;
    void (*destroy)(void *at) noexcept;
};

/// Exactly one object of a closed list of types, held in place: what std::variant is, for lists of a hundred types and more. libstdc++'s
/// variant reaches alternative N through N nested unions, made anew for each N and each place it is asked at; half of compiling a file that
/// looks at events was that. Here a file compiles what it names. `Self` is the class that derives from this and has
///     static const std::array<Handling, Self::kTypes> kHandling;   // = Self::handlings(), in one file
/// Copies, moves and the end of all types are compiled there and nowhere else. Never empty: the types move without throwing.
template <typename Self, typename... Ts>
class OneOf {
    template <std::size_t I, typename T>
    struct Place {};
    template <typename Indexes>
    struct Places;
    template <std::size_t... Is>
    struct Places<std::index_sequence<Is...>> : Place<Is, Ts>... {};
    using AllPlaces = Places<std::index_sequence_for<Ts...>>;
    template <typename T, std::size_t I>
    static std::integral_constant<std::size_t, I> placeOf(const Place<I, T> *);
    template <std::size_t I, typename T>
    static std::type_identity<T> typeAt(const Place<I, T> *);

public:
    static constexpr std::size_t kTypes = sizeof...(Ts);
    template <typename T>
    static constexpr bool kHas = (__is_same(T, Ts) || ...);
    /// The place of a type in the list.
    template <typename T>
    static constexpr std::size_t kIndexOf = decltype(placeOf<T>(static_cast<const AllPlaces *>(nullptr)))::value;
    template <std::size_t I>
    using Nth = typename decltype(typeAt<I>(static_cast<const AllPlaces *>(nullptr)))::type;

    OneOf() noexcept(std::is_nothrow_default_constructible_v<Nth<0>>) : m_index(0) { ::new (at()) Nth<0>(); }
    template <typename T>
        requires kHas<std::remove_cvref_t<T>>
    OneOf(T &&what) : m_index(kIndexOf<std::remove_cvref_t<T>>) // it is what it holds
    {
        ::new (at()) std::remove_cvref_t<T>(std::forward<T>(what));
    }
    OneOf(const OneOf &other) : m_index(other.m_index) { handling().copy(at(), other.at()); }
    OneOf(OneOf &&other) noexcept : m_index(other.m_index) { handling().move(at(), other.at()); }
    OneOf &operator=(const OneOf &other)
    {
        if (this != &other)
            *this = OneOf(other);
        return *this;
    }
    OneOf &operator=(OneOf &&other) noexcept
    {
        if (this != &other) {
            handling().destroy(at());
            m_index = other.m_index;
            handling().move(at(), other.at());
        }
        return *this;
    }
    ~OneOf() { handling().destroy(at()); }

    /// Makes it hold a T made of `args`, and gives that. When making it throws, it holds what it held.
    template <typename T, typename... Args>
        requires kHas<T>
    T &emplace(Args &&...args)
    {
        if constexpr (std::is_nothrow_constructible_v<T, Args...>) {
            handling().destroy(at());
            m_index = kIndexOf<T>;
            return *::new (at()) T(std::forward<Args>(args)...);
        } else {
            T made(std::forward<Args>(args)...);
            handling().destroy(at());
            m_index = kIndexOf<T>;
            return *::new (at()) T(std::move(made));
        }
    }

    [[nodiscard]] std::size_t index() const { return m_index; }
    template <typename T>
        requires kHas<T>
    [[nodiscard]] bool is() const
    {
        return m_index == kIndexOf<T>;
    }
    /// What it holds, or null when that is another type.
    template <typename T>
        requires kHas<T>
    [[nodiscard]] const T *as() const
    {
        return is<T>() ? std::launder(static_cast<const T *>(at())) : nullptr;
    }
    template <typename T>
        requires kHas<T>
    [[nodiscard]] T *as()
    {
        return is<T>() ? std::launder(static_cast<T *>(at())) : nullptr;
    }

    /// f(what it holds).
    template <typename F>
    decltype(auto) visit(F &&f) const
    {
        using R = decltype(f(std::declval<const Nth<0> &>()));
        static constexpr R (*kCalls[])(F &, const void *) = {&call<R, F, const Ts, const void>...};
        return kCalls[m_index](f, at());
    }
    template <typename F>
    decltype(auto) visit(F &&f)
    {
        using R = decltype(f(std::declval<Nth<0> &>()));
        static constexpr R (*kCalls[])(F &, void *) = {&call<R, F, Ts, void>...};
        return kCalls[m_index](f, at());
    }

    /// True as soon as f<T>() is, in the order of the list.
    template <typename F>
    static constexpr bool anyType(F &&f)
    {
        return (f.template operator()<Ts>() || ...);
    }
    template <typename F>
    static constexpr void eachType(F &&f)
    {
        (f.template operator()<Ts>(), ...);
    }

    static constexpr std::array<Handling, kTypes> handlings()
    {
        static_assert((std::is_nothrow_move_constructible_v<Ts> && ...), "a type that may throw when it is moved could leave it empty");
        return {Handling{[](void *to, const void *from) { ::new (to) Ts(*static_cast<const Ts *>(from)); },
                         [](void *to, void *from) noexcept { ::new (to) Ts(std::move(*static_cast<Ts *>(from))); },
                         [](void *at) noexcept { std::destroy_at(static_cast<Ts *>(at)); }}...};
    }

private:
    template <typename R, typename F, typename T, typename V>
    static R call(F &f, V *at)
    {
        return f(*std::launder(static_cast<T *>(at)));
    }
    [[nodiscard]] const Handling &handling() const { return Self::kHandling[m_index]; }
    [[nodiscard]] void *at() { return m_at; }
    [[nodiscard]] const void *at() const { return m_at; }

    static constexpr std::size_t largest(std::initializer_list<std::size_t> of)
    {
        std::size_t out = 0;
        for (const std::size_t n : of)
            out = n > out ? n : out;
        return out;
    }
    alignas(largest({alignof(Ts)...})) std::byte m_at[largest({sizeof(Ts)...})];
    std::uint16_t m_index;
};

/// Asked as a std::variant is. None of a null pointer.
template <typename T, typename Of>
[[nodiscard]] bool holds(const Of &of)
{
    return of.template is<T>();
}
template <typename T, typename Of>
[[nodiscard]] auto getIf(Of *of) -> decltype(of->template as<T>())
{
    return of ? of->template as<T>() : nullptr;
}
/// What it holds, which is a T: std::bad_cast when it is not.
template <typename T, typename Of>
[[nodiscard]] auto get(Of &&of) -> std::conditional_t<std::is_lvalue_reference_v<Of>, decltype(*of.template as<T>()), T &&>
{
    auto *is = of.template as<T>();
    if (!is)
        throw std::bad_cast();
    return static_cast<std::conditional_t<std::is_lvalue_reference_v<Of>, decltype(*is), T &&>>(*is);
}
template <typename F, typename Of>
decltype(auto) visit(F &&f, Of &&of)
{
    return of.visit(f);
}

} // namespace qd
