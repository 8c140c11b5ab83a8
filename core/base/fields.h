// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Names and numbers of a struct's members, said once and used by every reader and writer of it: the journal's codec
/// (numbers), the command protocol and `get --json` (names). A number once written to a journal is never reused.
///
///     struct TaskDone {
///         std::string incident;
///         std::uint32_t task = 0;
///         QD_FIELDS(f(1, "incident", e.incident); f(2, "task", e.task);)
///     };
#define QD_FIELDS(...)                                                                                                 \
    template <typename E, typename F>                                                                                  \
    static void visitFields([[maybe_unused]] E &e, [[maybe_unused]] F &&f)                                                  \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }

namespace qd {

struct FieldProbe {
    template <typename T>
    void operator()(int, const char *, T &) const {}
};

/// True for structs that carry QD_FIELDS.
template <typename T>
concept HasFields = requires(T &t, FieldProbe probe) { T::visitFields(t, probe); };

} // namespace qd
