// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace qd::tests {

/// The last of a list that is waited for, or a value of nothing while the list is empty: a wait looks at once, and `back()` of nothing is no value.
template <typename List> [[nodiscard]] typename List::value_type lastOf(const List &list)
{
    return list.empty() ? typename List::value_type{} : list.back();
}

} // namespace qd::tests
