// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace qd::review {

/// The section that is written for a status page alone: where there is one, nothing else goes there.
inline constexpr std::string_view kPageSection = "external";

/// A review as a status page tells it: a message that is approved and released as every other.
struct PageMessage {
    std::string title, text;
};

/// Of a rendition as text (Format::Text, core/review/render.h): without the heading, which is the message's own, without what the incident is called in the house
/// and, of one section, without the section's heading. Errors: TooLarge, for more than a page takes.
[[nodiscard]] Result<PageMessage> pageMessageOf(std::string title, std::string text, bool isOneSection);

} // namespace qd::review
