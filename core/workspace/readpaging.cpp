// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/readpaging.h"

#include "core/model/connection.h"

#include <algorithm>

namespace qd::workspace {

namespace {

constexpr std::size_t kChannelsLimit = 10; ///< of one person
constexpr std::string_view kMentionIn = "mention:";
constexpr std::string_view kWebhook = "webhook:";

} // namespace

void readReach(Fields &in, Person &p)
{
    p.email = in.text("email");
    if (!p.email.empty() && !isMailAddress(p.email))
        in.problem("email", "\"" + p.email + "\" is no mail address; write \"name@host\"");
    in.each("contacts", kChannelsLimit, "{ webhook = \"a connection\", address = \"+49 …\" }", [&](Element element) {
        if (!element.isTable())
            return false;
        const Place place = element.place();
        Fields inner = element.fields("a contact of person " + p.id);
        Contact c{inner.text("webhook", true), inner.text("address", true)};
        inner.finish();
        if (std::any_of(p.contacts.begin(), p.contacts.end(), [&](const Contact &other) { return other.webhook == c.webhook; }))
            in.problemAt(place, "person " + p.id + " has two contacts at " + c.webhook + "; keep one");
        p.contacts.push_back(std::move(c));
        return true;
    });
    for (Given &channel : in.texts("channels", kChannelsLimit)) {
        const bool isWebhook = channel.id.starts_with(kWebhook) && channel.id.size() > kWebhook.size();
        const bool isMention = channel.id == "mention" || channel.id.starts_with(kMentionIn);
        const std::string room = isMention && channel.id.size() > kMentionIn.size() ? channel.id.substr(kMentionIn.size()) : std::string();
        if (channel.id != "chat" && channel.id != "mail" && !isWebhook && !isMention)
            in.problemAt(channel.place, "\"" + channel.id + "\" is no channel; write chat, mention, mention:ROOM, mail or webhook:NAME");
        else if (channel.id.starts_with(kMentionIn) && (room.empty() || room.find_first_of(" \t/") != std::string::npos || room.front() == '@' || room.back() == '@' || std::count(room.begin(), room.end(), '@') > 1))
            in.problemAt(channel.place, "\"" + channel.id + "\" names no room to be called in; write mention:ops, mention:ops@muc.example.org, or mention alone for the incident's own room");
        else if (channel.id == "chat" && p.xmpp.empty() && p.chat.empty())
            in.problemAt(channel.place, "person " + p.id + " is to be reached by chat but has no xmpp or chat address; give one or take chat out");
        else if (channel.id == "mail" && p.email.empty())
            in.problemAt(channel.place, "person " + p.id + " is to be reached by mail but has no email; give one or take mail out");
        else if (std::find(p.channels.begin(), p.channels.end(), channel.id) != p.channels.end())
            in.problemAt(channel.place, channel.id + " is named twice; write it once");
        p.channels.push_back(std::move(channel.id));
    }
}

void readPaging(Fields &in, Workspace &w)
{
    w.publicUrl = in.text("public_url");
    if (!w.publicUrl.empty()) {
        const bool isSecure = w.publicUrl.starts_with("https://");
        const std::size_t scheme = isSecure ? 8 : 7;
        if ((!isSecure && !w.publicUrl.starts_with("http://")) || w.publicUrl.size() <= scheme || w.publicUrl.find_first_of("@?# \"<>\\", 0) != std::string::npos)
            in.problem("public_url", "\"" + w.publicUrl + "\" is no address of this console; write \"https://desk.example.org\"");
        while (w.publicUrl.size() > scheme && w.publicUrl.back() == '/')
            w.publicUrl.pop_back();
    }
    w.bundleAfter = static_cast<std::uint32_t>(in.number("bundle_after", w.bundleAfter, 1, kBundleLimit));
    w.bundleEvery = in.span("bundle_every", w.bundleEvery, minutes(1), hours(1));
}

} // namespace qd::workspace
