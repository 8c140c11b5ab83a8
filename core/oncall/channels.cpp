// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/channels.h"

#include <algorithm>

namespace qd::oncall {

using state::Source;
using state::State;

namespace {

constexpr std::string_view kWebhook = "webhook:";

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

Channel channelOf(const State &state, const Person &p, const std::string &word)
{
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

bool hasAddress(const Person &p)
{
    return !p.xmpp.empty() || !p.chat.empty() || !p.email.empty() || !p.contacts.empty() || std::any_of(p.channels.begin(), p.channels.end(), [](const auto &c) { return c.starts_with(kWebhook); });
}

std::vector<Channel> channelsOf(const State &state, const Person &p)
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
        out.push_back(channelOf(state, p, word));
    return out;
}

std::optional<Channel> chooseChannel(const State &state, const Person &person, const std::vector<std::string> &tried, events::Because &because)
{
    std::optional<Channel> second; // known to be in trouble, but better than nothing
    for (Channel &c : channelsOf(state, person)) {
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
