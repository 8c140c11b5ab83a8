// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/query.h"

#include "core/base/safetext.h"
#include "core/model/report.h"
#include "core/search/documents.h"
#include "core/search/text.h"
#include "core/state/state.h"

#include <algorithm>
#include <cctype>

namespace qd::search {

namespace {

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

struct Token
{
    std::string text;
    bool quoted = false, excluded = false;
};

Result<std::vector<Token>> tokens(std::string_view text)
{
    std::vector<Token> out;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == ' ') {
            ++i;
            continue;
        }
        Token token;
        if (text[i] == '-' && i + 1 < text.size() && text[i + 1] != ' ' && text[i + 1] != '-') {
            token.excluded = true;
            ++i;
        }
        token.quoted = text[i] == '"';
        std::size_t end = token.quoted ? text.find('"', i + 1) : std::min(text.find(' ', i), text.size());
        if (token.quoted && end == std::string_view::npos)
            return fail(Code::Invalid, "A quote is opened and not closed; write \"some words\".");
        i += token.quoted ? 1 : 0;
        // A filter's value may be quoted as a whole: service:"check out".
        if (const auto colon = text.substr(i, end - i).find(":\""); !token.quoted && colon != std::string_view::npos) {
            end = text.find('"', i + colon + 2);
            if (end == std::string_view::npos)
                return fail(Code::Invalid, "A quote is opened and not closed; write \"some words\".");
            token.text = std::string(text.substr(i, colon + 1)) + std::string(text.substr(i + colon + 2, end - i - colon - 2));
            i = end + 1;
        } else {
            token.text = text.substr(i, end - i);
            i = end + (token.quoted ? 1 : 0);
        }
        out.push_back(std::move(token));
    }
    return out;
}

/// RFC 3339, a day, or a span back. `end`: a day means its last instant.
Result<Instant> when(const std::string &text, Instant now, bool end)
{
    if (text.size() == 10)
        if (const auto day = parseInstant(text + "T00:00:00Z"); day && *day)
            return end ? *day + hours(24) - nanos(1) : *day;
    if (const auto at = parseInstant(text); at && *at)
        return *at;
    if (const auto span = parseSpan(text))
        return now - *span;
    return fail(Code::Invalid, "\"" + safeLine(text, 40) + "\" is not a time; write since:2h, since:2026-11-23 or since:2026-11-23T14:25:00Z.");
}

std::string kindList()
{
    std::string out;
    for (const auto kind : kinds())
        out += (out.empty() ? "" : " ") + std::string(kind);
    return out;
}

/// True when `token` is a filter; `problem` says what is wrong with it.
Result<bool> takeFilter(Query &query, const Token &token, Instant now)
{
    const auto colon = token.text.find(':');
    if (token.quoted || colon == std::string::npos)
        return false;
    const std::string name = lowered(token.text.substr(0, colon)), value = token.text.substr(colon + 1);
    const bool known = name == "incident" || name == "service" || name == "kind" || name == "by" || name == "since" || name == "until"
        || name == "role" || name == "hash" || name == "erased";
    if (!known)
        return false;
    if (token.excluded)
        return fail(Code::Invalid, "A filter cannot be turned round: \"-" + safeLine(token.text, 40) + "\"; only words can be excluded.");
    if (value.empty())
        return fail(Code::Invalid, "Nothing stands behind \"" + name + ":\".");
    const auto set = [&](std::string &field, std::string what) -> Result<bool> {
        if (!field.empty() && field != what)
            return fail(Code::Invalid, "\"" + name + ":\" stands there twice.");
        field = std::move(what);
        return true;
    };
    if (name == "incident") {
        std::string id = value;
        std::transform(id.begin(), id.end(), id.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        if (state::incidentNumber(id) == 0)
            return fail(Code::Invalid, "\"" + safeLine(value, 40) + "\" is no incident; write incident:INC-7.");
        return set(query.incident, id);
    }
    if (name == "service")
        return set(query.service, lowered(value));
    if (name == "by")
        return set(query.person, lowered(value));
    if (name == "role" || name == "erased")
        return set(name == "role" ? query.role : query.erased, lowered(value));
    if (name == "hash") {
        const std::string hash = lowered(value);
        if (hash.size() < 4 || hash.size() > 64 || hash.find_first_not_of("0123456789abcdef") != std::string::npos)
            return fail(Code::Invalid, "\"" + safeLine(value, 40) + "\" is not the beginning of a record's hash: 4 to 64 of 0-9 and a-f.");
        return set(query.hash, hash);
    }
    if (name == "kind") {
        const auto all = kinds();
        if (std::find(all.begin(), all.end(), lowered(value)) == all.end())
            return fail(Code::Invalid, "There is no kind \"" + safeLine(value, 40) + "\"; there are: " + kindList() + ".");
        return set(query.kind, lowered(value));
    }
    const auto at = when(value, now, name == "until");
    if (!at)
        return tl::unexpected(at.error());
    (name == "since" ? query.since : query.until) = *at;
    return true;
}

} // namespace

std::string facet(std::string_view name, std::string_view value)
{
    return std::string(name) + ':' + lowered(value);
}

std::string alertFacet(std::uint64_t fingerprint)
{
    return facet("alert", fingerprintText(fingerprint));
}

Result<Query> parseQuery(std::string_view text, Instant now)
{
    if (text.size() > kQueryLimit)
        return fail(Code::TooLarge, "A search holds at most " + std::to_string(kQueryLimit) + " bytes.");
    const std::string line = safeLine(text, kQueryLimit * 4);
    const auto all = tokens(line);
    if (!all)
        return tl::unexpected(all.error());
    Query query;
    bool filtered = false;
    for (const Token &token : *all) {
        const auto taken = takeFilter(query, token, now);
        if (!taken)
            return tl::unexpected(taken.error());
        filtered = filtered || *taken;
        if (*taken || !hasWord(token.text))
            continue;
        store::TextQuery::Term term{marked(token.text), !token.quoted && token.text.ends_with('*')};
        while (term.prefix && term.text.ends_with('*'))
            term.text.pop_back();
        (token.excluded ? query.unwanted : query.wanted).push_back(std::move(term));
    }
    if (query.wanted.size() + query.unwanted.size() > kTermLimit)
        return fail(Code::TooLarge, "A search holds at most " + std::to_string(kTermLimit) + " words and phrases.");
    if (query.wanted.empty() && !filtered)
        return fail(Code::Invalid, "Name at least one word to look for, or a filter such as kind:decision.");
    if (query.isOfErased() && (!query.wanted.empty() || !query.unwanted.empty() || !query.kind.empty() || !query.person.empty() || !query.service.empty()))
        return fail(Code::Invalid, "What was erased has no words, names or services any more: erased:, role: and hash: go with incident:, since: and until: only.");
    if (query.since && query.until && query.until < query.since)
        return fail(Code::Invalid, "until: is before since:; nothing can be between them.");
    return query;
}

Scope scopeOf(const Query &query, const state::State &state)
{
    Scope scope;
    if (!query.incident.empty()) {
        const state::Incident *incident = state.incident(query.incident);
        // By key, not by what State holds of the alert: that lets go of what is over for long.
        for (std::size_t n = incident ? incident->alerts.size() : 0; n > 0; --n) {
            const std::string &key = incident->alerts[n - 1];
            if (scope.alerts.size() == kScopeLimit) {
                scope.cut = true;
                break;
            }
            if (const auto fingerprint = parseFingerprint(std::string_view(key).substr(key.rfind('/') + 1)))
                scope.alerts.push_back(*fingerprint);
        }
    }
    if (!query.service.empty())
        for (const auto &[number, incident] : state.incidents) {
            if (lowered(incident.service) != query.service)
                continue;
            scope.incidents.push_back(incident.id);
            if (scope.incidents.size() > kScopeLimit) {
                scope.cut = true;
                scope.incidents.erase(scope.incidents.begin()); // they come by number, the oldest first
            }
        }
    return scope;
}

store::TextQuery indexQuery(const Query &query, const Scope &scope)
{
    store::TextQuery out;
    out.wanted = query.wanted;
    out.unwanted = query.unwanted;
    out.since = query.since;
    out.until = query.until;
    if (!query.kind.empty())
        out.facets.push_back({facet("kind", query.kind)});
    if (!query.person.empty())
        out.facets.push_back({facet("by", query.person)});
    if (!query.incident.empty()) {
        auto &any = out.facets.emplace_back();
        any.push_back(facet("incident", query.incident));
        for (const auto fingerprint : scope.alerts)
            any.push_back(alertFacet(fingerprint));
    }
    if (!query.service.empty()) {
        auto &any = out.facets.emplace_back();
        any.push_back(facet("service", query.service));
        for (const auto &incident : scope.incidents)
            any.push_back(facet("incident", incident));
    }
    return out;
}

} // namespace qd::search
