// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/joinedposts.h"

#include <algorithm>

namespace qd::chat {

namespace {

bool isPlainPost(const Outgoing &post)
{
    return post.kind == Outgoing::Kind::Message && post.joinable && post.buttons.empty() && post.mentions.empty() && !post.maybeSent && !post.text.empty();
}

} // namespace

bool mayJoin(const Outgoing &first, const Outgoing &second)
{
    return isPlainPost(first) && isPlainPost(second) && first.room == second.room && first.thread == second.thread;
}

std::size_t joinedCount(const std::vector<const Outgoing *> &waiting, const std::function<bool(const std::string &)> &fits)
{
    std::size_t count = 1;
    while (count < std::min(waiting.size(), kJoinedMost) && mayJoin(*waiting.front(), *waiting[count]) && fits(joinedText(waiting, count + 1)))
        ++count;
    return count;
}

std::string joinedText(const std::vector<const Outgoing *> &waiting, std::size_t count)
{
    std::string out;
    for (std::size_t n = 0; n < count; ++n)
        out += (n == 0 ? "" : "\n") + waiting[n]->text;
    return out;
}

std::string alsoText(const Outgoing &outgoing)
{
    std::string out;
    for (const Uuid &id : outgoing.also)
        out += (out.empty() ? "" : " ") + id.text();
    return out;
}

bool alsoHas(std::string_view also, std::string_view id)
{
    return !id.empty() && id.find(' ') == std::string_view::npos && (' ' + std::string(also) + ' ').find(' ' + std::string(id) + ' ') != std::string::npos;
}

} // namespace qd::chat
