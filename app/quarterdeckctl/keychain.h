// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/ports.h"

#include <memory>

namespace qd::app {

/// The desktop's keychain (Secret Service, KWallet) by QtKeychain. Needs a QCoreApplication; Unavailable when there is none, is
/// locked, or does not answer within 30 s. Never falls back to a plain file.
[[nodiscard]] std::shared_ptr<journal::KeychainPort> desktopKeychain();

} // namespace qd::app
