// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httpclient.h"
#include "core/sources/intake.h"

namespace qd::sources {

/// What a server's clock said as it answered (Date, RFC 9110 section 5.6.7); `otherwise` when it did not say.
[[nodiscard]] Instant itsClock(const net::HttpResponse &answer, Instant otherwise);

/// The rows of one listing that a later one of the same process lacks, as resolved reports: what ended by its word, though
/// that process does not know everything yet.
[[nodiscard]] ReportBatch goneSince(const ReportBatch &before, const ReportBatch &now);

} // namespace qd::sources
