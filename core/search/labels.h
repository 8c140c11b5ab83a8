// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/documents.h"
#include "core/search/index.h"

namespace qd::search {

/// What a document says of itself as one text for the index to keep, and back into a hit.
[[nodiscard]] std::string packLabels(const Document &document);
void unpackLabels(std::string_view labels, Hit &hit);

/// The facets of a document with these labels, for its filters.
[[nodiscard]] std::vector<std::string> facetsOf(std::string_view labels);

/// The excerpt as the index gives it, with marks around what matched, as plain text of at most kExcerptLimit bytes and
/// places in it.
void setExcerpt(std::string_view marked, Hit &hit);

} // namespace qd::search
