// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/channels.h"

#include <algorithm>

namespace qd::oncall {

using state::Source;
using state::State;

namespace {

constexpr std::string_view kWebhook = "webhook:", kMention = "mention", kMentionIn = "mention:";

bool mayPage(const Source &s) { return allows(s.armed, Write::Pages); }

bool isAway(const Source &s) { return s.state == "offline" || s.state == "auth-failed"; }

/// A person's address at a chat connection, or "": the first of those it knows.
std::string addressAt(const Person &p, const Connection &c)
{
    if (!isClosedChat(c.kind))
        return p.xmpp.empty() ? std::string() : p.xmpp.front();
    const auto known = [&](const std::string &address) { return address.ends_with(roomHost(c)) && address.size() > roomHost(c).size() && address[address.size() - roomHost(c).size() - 1] == '@'; };
    const auto found = std::find_if(p.chat.begin(), p.chat.end(), known);
    return found == p.chat.end() ? std::string() : *found;
}

/// Of the connections that fit the one armed for pages; a live one before one that is away.
template <typename Fits>
void through(const State &state, Fits fits, const char *what, Channel &c)
{
    const Source *found = nullptr;
    for (const Source &s : state.sources)
        if (fits(s.connection) && mayPage(s) && (!found || (isAway(*found) && !isAway(s))))
            found = &s;
    if (found) {
        c.connection = found->connection.name;
        if (isAway(*found))
            c.trouble = found->connection.name + " is " + found->state;
    } else {
        c.trouble = std::string("no ") + what + " connection is armed for pages";
    }
}

/// By name in this room, unless something is against it: that becomes the channel's trouble.
bool mentionIn(const State &state, const Person &p, const Source &s, const std::string &room, Channel &c)
{
    const std::string &name = s.connection.name;
    const auto addresses = addressesAt(state, p, s.connection);
    if (isPostOnly(s.connection.kind))
        c.trouble = "nobody is called by name through " + name;
    else if (addresses.empty())
        c.trouble = "no address of " + p.id + " is bound at " + name;
    else if (!mayPage(s) || !allows(s.armed, Write::Posts))
        c.trouble = name + " is not armed for pages and posts";
    else {
        c.connection = name;
        c.address = room;
        c.mentions = addresses;
        c.trouble = isAway(s) ? name + " is " + s.state : std::string();
    }
    return c.isUsable();
}

Channel mentionOf(const State &state, const Person &p, const std::string &word, const Occasion &occasion)
{
    Channel c;
    c.word = word;
    c.trouble = "a mention is made for calls alone";
    if (!occasion.isCall)
        return c;
    if (word == kMention) {
        c.trouble = occasion.incident ? occasion.incident->id + " has no room to be called in" : "there is no incident, and so no room to be called in";
        if (occasion.incident)
            for (const state::Room &room : occasion.incident->rooms)
                if (const Source *s = state.source(room.connection); s && !room.leftAt && mentionIn(state, p, *s, room.address, c))
                    break;
        return c;
    }
    const std::string room = word.substr(kMentionIn.size());
    const auto at = room.find('@');
    c.trouble = at == std::string::npos ? "no chat connection has rooms to be called in" : room + " is no room of a chat connection here";
    for (const Source &s : state.sources)
        if (isChat(s.connection.kind) && (at == std::string::npos || room.substr(at + 1) == roomHost(s.connection))
            && mentionIn(state, p, s, at == std::string::npos ? room + "@" + std::string(roomHost(s.connection)) : room, c))
            break;
    return c;
}

Channel channelOf(const State &state, const Person &p, const std::string &word, const Occasion &occasion)
{
    if (word == kMention || word.starts_with(kMentionIn))
        return mentionOf(state, p, word, occasion);
    Channel c;
    c.word = word;
    if (word == "chat") {
        through(state, [&](const Connection &x) { return isChat(x.kind) && !addressAt(p, x).empty(); }, "chat", c);
        const Source *s = state.source(c.connection);
        const auto &any = p.xmpp.empty() ? p.chat : p.xmpp;
        c.address = s ? addressAt(p, s->connection) : any.empty() ? std::string() : any.front();
    } else if (word == "mail") {
        c.address = p.email;
        through(state, [](const Connection &x) { return isMail(x.kind); }, "mail", c);
    } else {
        const std::string name = word.substr(std::min(word.size(), kWebhook.size()));
        const auto contact = std::find_if(p.contacts.begin(), p.contacts.end(), [&](const Contact &x) { return x.webhook == name; });
        if (contact != p.contacts.end())
            c.address = contact->address;
        const Source *s = state.source(name);
        if (!s || !isWebhook(s->connection.kind))
            c.trouble = "there is no webhook connection " + name;
        else if (!mayPage(*s))
            c.trouble = name + " is not armed for pages";
        else
            c.connection = name;
    }
    return c;
}

} // namespace

std::string addressAt(const State &state, const Person &person, const Connection &c)
{
    if (std::string known = addressAt(person, c); !known.empty())
        return known;
    for (const state::Identity &i : state.access.identities)
        if (i.connection == c.name && i.person == person.id)
            return i.address;
    return {};
}

bool hasAddress(const Person &p)
{
    return !p.xmpp.empty() || !p.chat.empty() || !p.email.empty() || !p.contacts.empty() || std::any_of(p.channels.begin(), p.channels.end(), [](const auto &c) { return c.starts_with(kWebhook); });
}

std::vector<std::string> addressesAt(const State &state, const Person &p, const Connection &c)
{
    std::vector<std::string> out;
    if (!isClosedChat(c.kind))
        out = p.xmpp;
    else if (std::string known = addressAt(p, c); !known.empty())
        out.push_back(std::move(known));
    for (const state::Identity &i : state.access.identities)
        if (i.person == p.id && i.connection == c.name && std::find(out.begin(), out.end(), i.address) == out.end())
            out.push_back(i.address);
    return out;
}

std::vector<Channel> channelsOf(const State &state, const Person &p, const Occasion &occasion)
{
    std::vector<std::string> words = p.channels;
    if (words.empty()) {
        if (!p.xmpp.empty() || !p.chat.empty())
            words.emplace_back("chat");
        if (!p.email.empty())
            words.emplace_back("mail");
        for (const Contact &c : p.contacts)
            words.push_back(std::string(kWebhook) + c.webhook);
    }
    std::vector<Channel> out;
    for (const std::string &word : words)
        out.push_back(channelOf(state, p, word, occasion));
    return out;
}

std::optional<Channel> chooseChannel(const State &state, const Person &person, const std::vector<std::string> &tried, events::Because &because, const Occasion &occasion)
{
    std::optional<Channel> second; // known to be in trouble, but better than nothing
    for (Channel &c : channelsOf(state, person, occasion)) {
        if (!c.isUsable()) {
            because.ruledOut.push_back(c.word + ": " + c.trouble);
            continue;
        }
        if (std::find(tried.begin(), tried.end(), c.connection) != tried.end()) {
            because.ruledOut.push_back(c.word + ": " + c.connection + " was tried already");
            continue;
        }
        if (c.trouble.empty())
            return std::move(c);
        because.ruledOut.push_back(c.word + ": " + c.trouble);
        if (!second)
            second = std::move(c);
    }
    return second;
}

} // namespace qd::oncall
