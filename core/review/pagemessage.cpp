// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/pagemessage.h"

#include "core/base/safetext.h"

namespace qd::review {

namespace {

constexpr std::size_t kMessageTitleBytes = 200, kPageTextBytes = 2000; ///< of a message; of what a page is posted

void dropLines(std::string &text, int lines)
{
    for (; lines > 0; --lines) {
        const auto end = text.find('\n');
        text.erase(0, end == std::string::npos ? end : end + 1);
    }
    text.erase(0, text.find_first_not_of('\n'));
}

} // namespace

Result<PageMessage> pageMessageOf(std::string title, std::string text, bool isOneSection)
{
    dropLines(text, 2); // the title and the line under it
    if (isOneSection)
        dropLines(text, 1);
    if (const auto number = title.find(": "); title.starts_with("INC-") && number != std::string::npos)
        title.erase(0, number + 2);
    if (text.size() > kPageTextBytes)
        return fail(Code::TooLarge, "A status page takes 2,000 bytes, and this is " + std::to_string(text.size()) + "; write the section external of the review, which is told there alone.");
    return PageMessage{safeLine(title, kMessageTitleBytes), std::move(text)}; // no letter is cut in two
}

} // namespace qd::review
