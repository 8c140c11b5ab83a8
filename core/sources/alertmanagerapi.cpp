// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/safetext.h"
#include "core/sources/alertmanager.h"
#include "core/sources/json.h"

namespace qd::sources {

namespace {

Instant timeAt(const Object &object, std::string_view key)
{
    std::string_view text;
    if (object.at_key(key).get_string().get(text))
        return {};
    return parseInstant(text).value_or(Instant{});
}

bool flagAt(const Object &object, std::string_view key, bool otherwise)
{
    bool value = otherwise;
    if (object.at_key(key).get_bool().get(value))
        return otherwise;
    return value;
}

std::vector<Matcher> matchersOf(const Object &silence, Scratch &scratch)
{
    std::vector<Matcher> out;
    Array list;
    if (silence.at_key("matchers").get_array().get(list))
        return out;
    for (const Element element : list)
        if (Object m; !element.get_object().get(m))
            out.push_back({safeLine(textAt(m, "name", scratch)), safeText(textAt(m, "value", scratch)), flagAt(m, "isRegex", false),
                           flagAt(m, "isEqual", true)});
    return out;
}

Silence silenceOf(const Object &object)
{
    Scratch scratch;
    Silence s;
    s.id = safeLine(textAt(object, "id", scratch));
    if (Object status; !object.at_key("status").get_object().get(status))
        s.state = safeLine(textAt(status, "state", scratch));
    s.matchers = matchersOf(object, scratch);
    s.startsAt = timeAt(object, "startsAt");
    s.endsAt = timeAt(object, "endsAt");
    s.createdBy = safeLine(textAt(object, "createdBy", scratch));
    s.comment = safeText(textAt(object, "comment", scratch));
    return s;
}

} // namespace

Result<std::vector<Silence>> parseSilences(std::string_view body)
{
    const auto root = parseJson(body);
    if (!root)
        return tl::unexpected(root.error());
    Array list;
    if (root->get_array().get(list))
        return fail(Code::Invalid, "the answer must be a JSON array of silences");
    std::vector<Silence> out;
    for (const Element element : list)
        if (Object object; !element.get_object().get(object))
            if (Silence s = silenceOf(object); !s.id.empty())
                out.push_back(std::move(s));
    return out;
}

Result<Silence> parseSilence(std::string_view body)
{
    const auto root = parseJson(body);
    if (!root)
        return tl::unexpected(root.error());
    Object object;
    if (root->get_object().get(object))
        return fail(Code::Invalid, "a silence must be a JSON object");
    return silenceOf(object);
}

Result<AlertmanagerStatus> parseStatus(std::string_view body)
{
    const auto root = parseJson(body);
    if (!root)
        return tl::unexpected(root.error());
    Object object;
    if (root->get_object().get(object))
        return fail(Code::Invalid, "the answer must be a JSON object (Alertmanager's status)");
    Scratch scratch;
    AlertmanagerStatus out;
    out.upSince = timeAt(object, "uptime");
    if (Object version; !object.at_key("versionInfo").get_object().get(version))
        out.version = safeLine(textAt(version, "version", scratch));
    if (Object cluster; !object.at_key("cluster").get_object().get(cluster)) {
        out.cluster = safeLine(textAt(cluster, "status", scratch));
        if (Array peers; !cluster.at_key("peers").get_array().get(peers))
            for (const Element peer : peers)
                if (Object p; !peer.get_object().get(p))
                    out.peers.push_back(safeLine(textAt(p, "address", scratch)));
    }
    // The configuration is YAML; the one line that matters here has a fixed form because Alertmanager printed it.
    if (Object config; !object.at_key("config").get_object().get(config)) {
        constexpr std::string_view kKey = "\n  resolve_timeout: ";
        const std::string_view yaml = textAt(config, "original", scratch);
        if (const auto at = yaml.find(kKey); at != std::string_view::npos) {
            const std::string_view rest = yaml.substr(at + kKey.size());
            if (const auto span = parseSpan(rest.substr(0, rest.find('\n'))); span && *span > Span{})
                out.resolveTimeout = *span;
        }
    }
    return out;
}

Result<std::string> parseSilenceId(std::string_view body)
{
    const auto root = parseJson(body);
    if (!root)
        return tl::unexpected(root.error());
    Object object;
    std::string_view id;
    if (root->get_object().get(object) || object.at_key("silenceID").get_string().get(id) || id.empty())
        return fail(Code::Invalid, "the answer names no silenceID");
    return safeLine(id);
}

std::string errorSentence(std::string_view body)
{
    constexpr std::size_t kSentence = 300;
    std::string_view text = body;
    Scratch scratch;
    if (const auto root = parseJson(body)) {
        if (Object object; !root->get_object().get(object)) {
            if (const auto message = textAt(object, "message", scratch); !message.empty())
                text = message;
        } else if (std::string_view plain; !root->get_string().get(plain)) {
            text = plain;
        }
    }
    return safeLine(text, kSentence);
}

} // namespace qd::sources
