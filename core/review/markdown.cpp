// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/markdown.h"

#include <limits>

namespace qd::review {

namespace {

constexpr unsigned kFlags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOINDENTEDCODEBLOCKS;
constexpr std::size_t kPaddingBytes = 64; // one is looked at

} // namespace

Markdown::Markdown(std::string_view text) : m_size(text.size())
{
    m_padded.reserve(text.size() + kPaddingBytes);
    m_padded.append(text).append(kPaddingBytes, '\n');
}

bool Markdown::read(MD_PARSER callbacks, void *user) const
{
    if (m_size > std::numeric_limits<MD_SIZE>::max())
        return false;
    callbacks.flags = kFlags;
    return md_parse(m_padded.data(), static_cast<MD_SIZE>(m_size), &callbacks, user) == 0;
}

} // namespace qd::review
