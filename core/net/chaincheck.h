// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"

#include <string>

namespace qd::net {

/// Whether a peer's certificates (DER, its own first, as it sent them) lead to one of the roots in `rootsPem` and to
/// nothing else, for a TLS server of that name or numeric address, now. Asked after the TLS library has said yes, since
/// Qt 6.4.2 may have said so because of a system root although others were configured (CVE-2023-34410).
[[nodiscard]] Result<> checkChain(const std::vector<Bytes> &chain, std::string_view rootsPem, const std::string &host);

/// The number of certificates in a PEM text; Invalid when there is none or one is damaged.
[[nodiscard]] Result<int> countRoots(std::string_view pem);

} // namespace qd::net
