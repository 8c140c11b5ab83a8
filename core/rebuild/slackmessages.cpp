// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/slackmessages.h"

#include "core/base/ascii.h"
#include "core/base/slackmarkup.h"
#include "core/model/emojinames.h"

#include <algorithm>
#include <array>

namespace qd::rebuild {

namespace {

constexpr int kDeepestBlock = 12;
constexpr std::size_t kMissingNamed = 10, kFilesShown = 10, kReactionsShown = 20;

std::string first(std::initializer_list<std::string> texts)
{
    for (const std::string &t : texts)
        if (!t.empty())
            return t;
    return {};
}

void addLine(std::string &to, const std::string &line)
{
    if (line.empty())
        return;
    if (!to.empty())
        to += '\n';
    to += line;
}

/// The texts of Slack's blocks, in the order in which they stand; rich text is put together anew as markup.
std::string blockText(const json::Value &value, int depth)
{
    if (depth > kDeepestBlock)
        return "[…]";
    if (const json::Array *all = value.if_array()) {
        std::string out;
        for (const json::Value &one : *all)
            addLine(out, blockText(one, depth + 1));
        return out;
    }
    const json::Object *o = value.if_object();
    if (!o)
        return {};
    const std::string type = json::text(*o, "type");
    if (type == "text" || type == "mrkdwn" || type == "plain_text")
        return json::text(*o, "text");
    if (type == "link")
        return "<" + json::text(*o, "url") + (json::text(*o, "text").empty() ? "" : "|" + json::text(*o, "text")) + ">";
    if (type == "user" || type == "channel" || type == "usergroup" || type == "broadcast")
        return type == "user" ? "<@" + json::text(*o, "user_id") + ">" : type == "channel" ? "<#" + json::text(*o, "channel_id") + ">" : type == "broadcast" ? "<!" + json::text(*o, "range") + ">" : "@" + json::text(*o, "usergroup_id");
    if (type == "emoji")
        return emojiOf(json::text(*o, "name"));
    if (type.starts_with("rich_text_") && json::array(*o, "elements")) { // in one line
        std::string out;
        for (const json::Value &one : *json::array(*o, "elements"))
            out += blockText(one, depth + 1);
        return out;
    }
    std::string out;
    for (const char *part : {"text", "fields", "elements", "title"})
        if (const json::Value *inner = o->if_contains(part); inner && !inner->is_string())
            addLine(out, blockText(*inner, depth + 1));
    return out;
}

std::string attachmentText(const json::Object &a)
{
    std::string out;
    addLine(out, json::text(a, "pretext"));
    const std::string title = json::text(a, "title"), link = json::text(a, "title_link");
    addLine(out, link.empty() || title.empty() ? title : "<" + link + "|" + title + ">");
    addLine(out, json::text(a, "text"));
    if (const json::Array *fields = json::array(a, "fields"))
        for (const json::Value &v : *fields)
            if (const json::Object *f = v.if_object())
                addLine(out, json::text(*f, "title") + ": " + json::text(*f, "value"));
    if (const json::Value *blocks = a.if_contains("blocks"))
        addLine(out, blockText(*blocks, 0));
    return out.empty() ? json::text(a, "fallback") : out;
}

bool has(const std::string &text, std::initializer_list<std::string_view> words)
{
    return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return text.find(w) != std::string::npos; });
}

/// What a program says is what it stands for: alerts of Alertmanager and Grafana, pages of PagerDuty, turns of the incident tools. Of anybody else it is a message.
std::string kindOfBot(const std::string &bot, const std::string &text)
{
    const std::string who = asciiLower(bot), said = asciiLower(text.substr(0, 400));
    if (has(said, {"[resolved", "resolved]"}))
        return "log";
    if (has(said, {"[firing", "firing]", "[alerting]"}) || has(who, {"alertmanager", "prometheus", "grafana"}))
        return "alert";
    if (has(who, {"pagerduty", "opsgenie", "splunk on-call", "victorops"}))
        return has(said, {"acknowledged"}) ? "ack" : has(said, {"escalated"}) ? "escalation" : has(said, {"triggered", "assigned", "paged", "notified"}) ? "page" : "log";
    if (has(who, {"incident", "firehydrant", "rootly", "jeli", "blameless", "squadcast", "statuspage"})) {
        if (has(said, {"severity"}))
            return "severity";
        if (has(said, {"incident lead", "commander", "role"}))
            return "role";
        return has(said, {"status", "resolved", "mitigated", "closed"}) ? "status" : "log";
    }
    if (has(who, {"deploy", "argo", "github", "gitlab", "jenkins", "circleci", "spinnaker", "buildkite"}) && has(said, {"deploy", "released", "rolled", "rollback", "merged", "promoted"}))
        return "change";
    return "message";
}

struct Subtype {
    std::string_view name, kind, text;
};
/// Messages Slack writes itself. Without a text of its own: what Slack says.
constexpr std::array<Subtype, 22> kSubtypes{{{"channel_join", "room", "joined the channel"}, {"group_join", "room", "joined the channel"}, {"channel_leave", "room", "left the channel"},
                                             {"group_leave", "room", "left the channel"}, {"channel_topic", "topic", ""}, {"group_topic", "topic", ""}, {"channel_purpose", "topic", ""},
                                             {"group_purpose", "topic", ""}, {"channel_name", "room", ""}, {"group_name", "room", ""}, {"channel_archive", "room", "archived the channel"},
                                             {"group_archive", "room", "archived the channel"}, {"channel_unarchive", "room", "took the channel out of the archive"},
                                             {"group_unarchive", "room", "took the channel out of the archive"}, {"pinned_item", "moment", "pinned a message"}, {"unpinned_item", "log", "took a pin off"},
                                             {"bot_add", "room", ""}, {"bot_remove", "room", ""}, {"channel_convert_to_private", "room", "made the channel private"}, {"reminder_add", "log", ""},
                                             {"huddle_thread", "room", "a huddle began"}, {"sh_room_created", "room", "a call began"}}};

/// "[FIRING:2] HighLatency (checkout)" and "[RESOLVED] HighLatency (checkout)" are about the same.
std::string alertTitle(const std::string &text)
{
    const std::size_t close = text.find(']');
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (close == std::string::npos || close > end)
        return {};
    const std::string_view title = std::string_view(text).substr(close + 1, end - close - 1);
    return std::string(trimmed(title.substr(0, title.find(" (http")))); // without where its link led
}

} // namespace

void SlackMessages::addUsers(const json::Array &users)
{
    for (const json::Value &v : users) {
        const json::Object *u = v.if_object();
        if (!u)
            continue;
        const json::Object *profile = json::object(*u, "profile");
        const std::string shown = profile ? first({json::text(*profile, "display_name"), json::text(*profile, "real_name")}) : std::string();
        const std::string name = first({shown, json::text(*u, "real_name"), json::text(*u, "name")});
        if (const std::string id = json::text(*u, "id"); !id.empty() && !name.empty())
            m_names[id] = name;
    }
}

void SlackMessages::addChannel(std::string id, std::string name)
{
    if (!id.empty() && !name.empty())
        m_names[std::move(id)] = std::move(name);
}

std::string SlackMessages::nameOf(std::string_view id)
{
    const auto it = m_names.find(id);
    if (it != m_names.end())
        return it->second;
    if (!id.empty() && (id.front() == 'U' || id.front() == 'W'))
        m_missing[std::string(id.substr(0, 40))] = true;
    return {};
}

std::string SlackMessages::plain(std::string_view markup)
{
    return slackPlain(markup, [this](std::string_view id) { return nameOf(id); });
}

std::string SlackMessages::sender(const json::Object &message)
{
    const json::Object *bot = json::object(message, "bot_profile");
    const json::Object *profile = json::object(message, "user_profile");
    const std::string id = json::text(message, "user");
    if (const std::string name = first({json::text(message, "username"), bot ? json::text(*bot, "name") : std::string()}); !name.empty())
        return name;
    if (id.empty())
        return first({json::text(message, "bot_id"), "Slack"});
    if (m_names.find(id) == m_names.end() && profile)
        addChannel(id, first({json::text(*profile, "display_name"), json::text(*profile, "real_name"), json::text(*profile, "name")}));
    return first({nameOf(id), id});
}

std::string SlackMessages::words(const json::Object &message, Collector &out)
{
    std::string markup = json::text(message, "text");
    if (markup.empty())
        if (const json::Value *blocks = message.if_contains("blocks"))
            markup = blockText(*blocks, 0);
    if (const json::Array *attachments = json::array(message, "attachments"))
        for (const json::Value &a : *attachments)
            if (const json::Object *o = a.if_object())
                if (const std::string said = attachmentText(*o), fallback = json::text(*o, "fallback"); fallback.empty() || markup.find(fallback) == std::string::npos || fallback.size() < said.size())
                    addLine(markup, markup.find(said) == std::string::npos ? said : std::string());
    std::string text = plain(markup);
    if (const json::Array *files = json::array(message, "files")) {
        std::size_t shown = 0;
        for (const json::Value &v : *files)
            if (const json::Object *f = v.if_object(); f && shown++ < kFilesShown)
                addLine(text, json::text(*f, "mode") == "tombstone" ? std::string("[a file that was deleted]") : "[file: " + first({json::text(*f, "name"), json::text(*f, "title"), json::text(*f, "id")}) + "]");
        if (shown > kFilesShown)
            addLine(text, "[" + std::to_string(shown - kFilesShown) + " more files]");
        out.count("1 file is named; its bytes stayed at Slack.", "%1 files are named; their bytes stayed at Slack.", files->size());
    }
    if (const json::Array *reactions = json::array(message, "reactions")) {
        std::string line;
        for (std::size_t i = 0; i < std::min(reactions->size(), kReactionsShown); ++i)
            if (const json::Object *r = (*reactions)[i].if_object()) {
                const json::Array *users = json::array(*r, "users");
                const std::string count = first({json::text(*r, "count"), users ? std::to_string(users->size()) : "1"});
                line += (line.empty() ? "" : " ") + emojiOf(json::text(*r, "name")) + (count == "1" ? "" : " " + count);
            }
        if (reactions->size() > kReactionsShown)
            line += " +" + std::to_string(reactions->size() - kReactionsShown);
        addLine(text, line.empty() ? line : "[" + line + "]");
    }
    return text;
}

void SlackMessages::addOne(const json::Object &message, Collector &out, int depth)
{
    const std::string type = json::text(message, "type"), subtype = json::text(message, "subtype"), ts = json::text(message, "ts");
    if (!type.empty() && type != "message") {
        out.count("1 entry that is no message is left out.", "%1 entries that are no messages are left out.");
        return;
    }
    if (subtype == "message_changed" || subtype == "message_replied") { // as its events tell it: the message is inside
        if (const json::Object *inner = json::object(message, "message"); inner && depth < 2 && subtype == "message_changed")
            addOne(*inner, out, depth + 1);
        else
            out.count("1 event that holds no message of its own is left out.", "%1 events that hold no message of their own are left out.");
        return;
    }
    Fact f;
    f.at = momentOf(ts, {}).value_or(Instant{});
    f.reference = ts;
    f.actor = sender(message);
    if (subtype == "message_deleted" || subtype == "tombstone") {
        f.kind = "message";
        f.text = "[a message that was deleted]";
        out.count("1 message was deleted; what it said is not in the file.", "%1 messages were deleted; what they said is not in the file.");
    } else if (const auto own = std::find_if(kSubtypes.begin(), kSubtypes.end(), [&](const Subtype &s) { return s.name == subtype; }); own != kSubtypes.end()) {
        f.kind = own->kind;
        f.text = own->text.empty() ? words(message, out) : std::string(own->text);
        if (const std::string topic = json::text(message, "topic"); subtype.ends_with("_topic") && message.contains("topic"))
            f.text = topic.empty() ? "took the topic away" : plain(topic);
    } else {
        const bool isBot = subtype == "bot_message" || message.contains("bot_id");
        f.text = words(message, out);
        f.kind = isBot ? kindOfBot(f.actor, f.text) : "message";
        const std::string thread = json::text(message, "thread_ts");
        if (!thread.empty() && thread != ts && !f.text.empty())
            f.text = "↳ " + f.text;
    }
    if (message.contains("edited") && !f.text.empty())
        ++m_edited;
    m_found.push_back(std::move(f));
}

void SlackMessages::add(const json::Array &messages, Collector &out)
{
    for (const json::Value &v : messages) {
        if (const json::Object *message = v.if_object())
            addOne(*message, out, 0);
        else
            out.count("1 entry that is no message is left out.", "%1 entries that are no messages are left out.");
    }
}

void SlackMessages::finishAlerts()
{
    std::map<std::string, Fact *> open;
    for (Fact &f : m_found) {
        const std::string title = f.at && (f.kind == "alert" || f.kind == "log") ? alertTitle(f.text) : std::string();
        if (title.empty())
            continue;
        if (f.kind == "alert")
            open.try_emplace(title, &f);
        else if (const auto it = open.find(title); it != open.end()) {
            it->second->until = f.at;
            open.erase(it);
        }
    }
}

void SlackMessages::finish(Collector &out)
{
    std::stable_sort(m_found.begin(), m_found.end(), [](const Fact &a, const Fact &b) { return a.at < b.at; });
    finishAlerts();
    for (Fact &f : m_found)
        out.add(std::move(f));
    m_found.clear();
    out.count("1 message was edited; the file has its last words only, and they stand at its first time.",
              "%1 messages were edited; the file has their last words only, and they stand at their first times.", m_edited);
    if (m_missing.empty())
        return;
    std::string who;
    for (std::size_t n = 0; const auto &one : m_missing)
        if (n++ < kMissingNamed)
            who += (who.empty() ? "" : ", ") + one.first;
    out.note((m_missing.size() == 1 ? "1 person is not among the users of the file and is named by the id: " : std::to_string(m_missing.size()) + " people are not among the users of the file and are named by their ids: ")
             + who + (m_missing.size() > kMissingNamed ? " …" : "") + ".");
}

} // namespace qd::rebuild
