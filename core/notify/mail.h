// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <string>
#include <string_view>

namespace qd::notify {

/// What a mail says. Texts are UTF-8; whatever they hold, none of it becomes a header or a line of its own.
struct MailText {
    std::string from, to;           ///< bare addresses
    std::string fromName, toName;   ///< may be empty
    std::string subject, text;
    std::string messageId;          ///< without the angle brackets
    Instant at;
};

/// Headers and body as they go over the wire: RFC 5322, lines of at most 78 bytes ended by CR LF, ASCII only; names and subject by
/// RFC 2047, the text as quoted-printable (RFC 2045). Auto-Submitted (RFC 3834) keeps answering machines silent.
[[nodiscard]] std::string mailOf(const MailText &mail);

/// A header's text: as it is when it is plain ASCII of one line, else encoded words of at most 75 bytes, folded.
[[nodiscard]] std::string encodedHeader(std::string_view text, std::size_t column);
/// Lines of at most 76 bytes, ended by CR LF.
[[nodiscard]] std::string quotedPrintable(std::string_view text);

} // namespace qd::notify
