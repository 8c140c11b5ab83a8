// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest>

namespace qd::tests {

/// So many milliseconds are waited for what has to happen: no claim, only a bound for what never comes. Where all is well it costs nothing, and a machine with much else to do
/// stands still for seconds. What may not happen is not waited for, but asked after something that comes later.
inline constexpr int kPatience = 30'000;

} // namespace qd::tests

// Qt's own give up after five seconds.
#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(expression) QTRY_VERIFY_WITH_TIMEOUT(expression, qd::tests::kPatience)
#define QTRY_VERIFY2(expression, message) QTRY_VERIFY2_WITH_TIMEOUT(expression, message, qd::tests::kPatience)
#define QTRY_COMPARE(expression, expected) QTRY_COMPARE_WITH_TIMEOUT(expression, expected, qd::tests::kPatience)
