// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"

#include <string>

/// Files kept with an incident. Part of core/desk/commands.h.
namespace qd::desk {

/// name: what it is called, without a path. content: its bytes, base64. mediaType: left out, by the end of its name. text: what it shows.
struct KeepEvidence {
    std::string incident, name, content, mediaType, text;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "name", e.name); f(3, "content", e.content); f(4, "mediaType", e.mediaType); f(5, "text", e.text);)
};

} // namespace qd::desk
