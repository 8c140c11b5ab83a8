// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace qd::journal {

/// How a log is read: what later records say of earlier ones. Whoever decodes gives it meaning; the journal only keeps it, so that all who read the same
/// log read it the same. Never changed once it is given: another takes its place.
class Reading
{
public:
    virtual ~Reading() = default;
};

} // namespace qd::journal
