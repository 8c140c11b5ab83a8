// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/archive.h"
#include "core/rebuild/slackmessages.h"

#include "core/base/safetext.h"

#include <algorithm>
#include <map>

/// Slack's workspace export: channels.json, groups.json, dms.json, mpims.json, users.json and a folder a channel with a file a day.
/// Source: https://slack.com/help/articles/220556107-How-to-read-Slack-data-exports.
namespace qd::rebuild {

namespace {

constexpr std::size_t kChannelsNamed = 30;

/// "2026-11-23.json", as Slack calls a day.
bool isDayFile(std::string_view name)
{
    static constexpr std::string_view kShape = "0000-00-00.json";
    return name.size() == kShape.size() && std::equal(name.begin(), name.end(), kShape.begin(), [](char c, char s) { return s == '0' ? c >= '0' && c <= '9' : c == s; });
}

struct Layout {
    std::string root;                                              ///< "" or "acme export/"
    std::map<std::string, std::vector<const Archive::Entry *>> days; ///< by channel folder
};

Layout layoutOf(const Archive &archive)
{
    Layout out;
    for (const Archive::Entry &e : archive.entries())
        if (e.name == "channels.json" || e.name.ends_with("/channels.json")) {
            out.root = e.name.substr(0, e.name.size() - std::string_view("channels.json").size());
            break;
        }
    for (const Archive::Entry &e : archive.entries()) {
        if (!e.name.starts_with(out.root) || e.name.starts_with("__MACOSX/"))
            continue;
        const std::string_view rest = std::string_view(e.name).substr(out.root.size());
        const std::size_t slash = rest.rfind('/');
        if (slash != std::string_view::npos && isDayFile(rest.substr(slash + 1)))
            out.days[std::string(rest.substr(0, slash))].push_back(&e);
    }
    return out;
}

Result<std::optional<json::Array>> arrayIn(Archive &archive, const std::string &name)
{
    const Archive::Entry *e = archive.find(name);
    if (!e)
        return std::nullopt;
    auto text = archive.read(*e);
    if (!text)
        return tl::unexpected(text.error());
    auto value = json::parse(*text);
    if (!value || !value->is_array())
        return fail(Code::Invalid, "“" + safeLine(name, 100) + "” in the export is " + (value ? "not the list it should be" : "no JSON that can be read") + "; nothing is imported.", value ? std::string() : value.error().message);
    return std::move(value->get_array());
}

/// What is known of people and channels. The folder of a channel's id, where its name is another.
Result<std::string> readNames(Archive &archive, const Layout &layout, SlackMessages &messages, Collector &out, const std::string &wanted)
{
    std::string folder = layout.days.contains(wanted) ? wanted : std::string();
    bool hasUsers = false;
    for (const char *name : {"users.json", "org_users.json"}) {
        auto users = arrayIn(archive, layout.root + name);
        if (!users)
            return tl::unexpected(users.error());
        if (*users) {
            hasUsers = true;
            messages.addUsers(**users);
        }
    }
    if (!hasUsers)
        out.note("The export has no users.json: people are named by their ids.");
    for (const char *name : {"channels.json", "groups.json", "mpims.json", "dms.json"}) {
        auto channels = arrayIn(archive, layout.root + name);
        if (!channels)
            return tl::unexpected(channels.error());
        if (!*channels)
            continue;
        for (const json::Value &v : **channels)
            if (const json::Object *c = v.if_object()) {
                const std::string id = json::text(*c, "id"), called = json::text(*c, "name");
                messages.addChannel(id, called);
                if (folder.empty() && id == wanted)
                    folder = layout.days.contains(called) ? called : layout.days.contains(id) ? id : std::string();
            }
    }
    return folder;
}

/// Those of incidents first.
std::vector<std::string> channelNames(const Layout &layout)
{
    std::vector<std::string> out;
    for (const auto &one : layout.days)
        out.push_back(one.first);
    std::stable_partition(out.begin(), out.end(), [](const std::string &n) { return n.find("inc") != std::string::npos; });
    return out;
}

std::string listed(const std::vector<std::string> &names)
{
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), kChannelsNamed); ++i)
        out += (i == 0 ? "" : ", ") + safeLine(names[i], 80);
    return out + (names.size() > kChannelsNamed ? " …" : "");
}

Result<Archive> slackArchive(std::string_view bytes, Layout &layout)
{
    auto archive = Archive::open(bytes);
    if (!archive)
        return archive;
    layout = layoutOf(*archive);
    if (layout.days.empty())
        return fail(Code::Invalid, "The archive is no Slack export: it has no folder of a channel with files such as 2026-11-23.json. An export of one user's conversations as text cannot be read; export as JSON.");
    return archive;
}

} // namespace

Result<std::vector<std::string>> slackChannels(std::string_view bytes)
{
    Layout layout;
    const auto archive = slackArchive(bytes, layout);
    if (!archive)
        return tl::unexpected(archive.error());
    return channelNames(layout);
}

Result<Facts> readSlackExport(std::string_view bytes, const Options &options)
{
    Layout layout;
    auto archive = slackArchive(bytes, layout);
    if (!archive)
        return tl::unexpected(archive.error());
    std::string wanted(trimmed(options.channel));
    if (wanted.starts_with('#'))
        wanted.erase(0, 1);
    if (wanted.empty() && layout.days.size() > 1)
        return fail(Code::Conflict, "The export has " + std::to_string(layout.days.size()) + " channels; say which is the incident's: " + listed(channelNames(layout)) + ".");
    if (wanted.empty())
        wanted = layout.days.begin()->first;
    Collector out(Format::SlackExport, "Slack export, #" + wanted, options);
    SlackMessages messages;
    const auto folder = readNames(*archive, layout, messages, out, wanted);
    if (!folder)
        return tl::unexpected(folder.error());
    if (folder->empty())
        return fail(Code::NotFound, "The export has no channel “" + safeLine(wanted, 80) + "”; it has " + listed(channelNames(layout)) + ".");
    out.origin("Slack export, #" + safeLine(*folder, 80));
    const std::string within = layout.root + *folder + "/";
    const auto inFolder = std::count_if(archive->entries().begin(), archive->entries().end(), [&](const Archive::Entry &e) { return e.name.starts_with(within) && e.name.find('/', within.size()) == std::string::npos; });
    out.count("1 file of the channel's folder is no day of messages and is left out.", "%1 files of the channel's folder are no days of messages and are left out.", static_cast<std::uint64_t>(inFolder) - layout.days[*folder].size());
    for (const Archive::Entry *day : layout.days[*folder]) {
        auto list = arrayIn(*archive, day->name);
        if (!list)
            return tl::unexpected(list.error());
        messages.add(**list, out);
    }
    messages.finish(out);
    return out.take("The channel has no message in this export.");
}

Result<Facts> readSlackChannel(std::string_view bytes, const Options &options)
{
    auto value = json::parse(bytes);
    if (!value)
        return tl::unexpected(value.error());
    Collector out(Format::SlackChannel, "Slack, " + (options.channel.empty() ? (options.name.empty() ? std::string("a channel") : options.name) : "#" + options.channel), options);
    SlackMessages messages;
    const json::Array *list = value->if_array();
    if (const json::Object *answer = value->if_object()) {
        if (const std::string error = json::text(*answer, "error"); !error.empty())
            return fail(Code::Invalid, "The file is Slack's refusal, not its messages: " + safeLine(error, 100) + ".");
        list = json::array(*answer, "messages");
        if (const json::Array *users = json::array(*answer, "members"))
            messages.addUsers(*users);
        if (json::text(*answer, "has_more") == "true")
            out.note("Slack said that it has more messages than are in this file (has_more): the history is not whole.");
    }
    if (!list)
        return fail(Code::Invalid, "The file has no list of Slack's messages (messages).");
    messages.add(*list, out);
    messages.finish(out);
    return out.take("The file has no message.");
}

} // namespace qd::rebuild
