// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"

#include <functional>
#include <span>
#include <string>

namespace qd::search {

/// What can be asked for as `kind:`, in the order people are shown them.
[[nodiscard]] std::span<const std::string_view> kinds();

/// One text of the record with what is known of it. Everything here is SafeText.
struct Document
{
    std::string stream;   ///< the unit of secrecy it lives and dies with
    std::string_view kind; ///< one of kinds()
    std::string incident; ///< "INC-7", or empty
    std::string connection; ///< of an alert: the connection that reported it …
    std::uint64_t fingerprint = 0; ///< … and the alert; 0 for none
    std::string service, person;
    bool once = false; ///< the same text in the same stream is indexed once: what sources send again and again
    std::string text;
};

inline constexpr std::size_t kDocumentLimit = 1u << 20; ///< bytes of a text that are indexed; the rest is not found

/// Every text of a record that people would look for, in the order of its events. Pure, never fails: what belongs to
/// an erased stream is not among the events and gives nothing.
void documentsOf(std::span<const events::Event> events, Instant at, const std::function<void(Document)> &each);

} // namespace qd::search
