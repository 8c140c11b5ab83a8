// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/security.h"

#include "core/base/ascii.h"
#include "core/model/marking.h"
#include "core/model/taxonomy.h"

#include <algorithm>
#include <array>

namespace qd::review {

namespace {

constexpr std::array<std::string_view, 8> kSecurityLabels{"category", "type", "class", "area", "domain", "team", "tag", "tags"};
constexpr std::array<std::string_view, 5> kSecurityNames{"security", "infosec", "secops", "csirt", "siem"}; ///< what a label, a service or a team says
constexpr std::array<std::string_view, 16> kSecurityWords{"security", "breach", "intrusion", "phishing", "ransomware", "malware", "exfiltration", "compromised", "hacked", "ddos", "cve",
                                                          "sicherheitsvorfall", "datenleck", "datendiebstahl", "schadsoftware", "gehackt"};

/// Words in lower case; `camel`: "MalwareFound" is two.
std::vector<std::string> wordsOf(std::string_view text, bool camel)
{
    std::vector<std::string> out(1);
    bool wasSmall = false;
    for (const char c : text) {
        const bool isLarge = c >= 'A' && c <= 'Z', isSmall = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
        if ((camel && isLarge && wasSmall) || (!isLarge && !isSmall))
            out.emplace_back();
        if (isLarge || isSmall)
            out.back() += c;
        wasSmall = isSmall;
    }
    for (std::string &word : out)
        word = asciiLower(word);
    return out;
}

/// The first word of the text that is one of these; "": none.
template <std::size_t N>
std::string wordAmong(std::string_view text, const std::array<std::string_view, N> &known)
{
    for (const bool camel : {false, true}) // "DDoS" is one, "MalwareFound" two
        for (const std::string &word : wordsOf(text, camel))
            if (std::find(known.begin(), known.end(), word) != known.end())
                return word;
    return {};
}

std::string labelledSo(const state::State &state, const state::Alert &alert)
{
    if (asciiLower(state.label(alert, "security")) == "true")
        return "security=true";
    for (const std::string_view name : kSecurityLabels)
        if (const std::string_view value = state.label(alert, name); !wordAmong(value, kSecurityNames).empty())
            return std::string(name) + "=" + std::string(value);
    return {};
}

} // namespace

std::string securityReason(const state::State &state, const state::Incident &incident)
{
    const Workspace &w = *state.workspace;
    const Taxonomy taxonomy = taxonomyUnder(w.taxonomy);
    for (const state::Rating &r : incident.review.ratings)
        if (const TaxonomyFactor *f = taxonomy.factor(r.factor); f && f->layer == kSecurityLayer)
            return "somebody sees " + r.factor + " in it";
    for (const std::string &key : incident.alerts)
        if (const state::Alert *alert = state.alert(key))
            if (const std::string label = labelledSo(state, *alert); !label.empty())
                return "an alert of it has " + label;
    const Service *service = w.service(incident.service);
    if (!wordAmong(incident.service, kSecurityNames).empty() || (service && !wordAmong(service->team, kSecurityNames).empty()))
        return service && wordAmong(incident.service, kSecurityNames).empty() ? "team " + service->team + " owns " + service->id : "it is of the service " + incident.service;
    // A reason quotes the title: of what is marked in it nothing.
    if (const std::string word = wordAmong(without(incident.title, Reader{}), kSecurityWords); !word.empty())
        return "its title says " + word;
    for (const std::string &name : incident.alertNames)
        if (const std::string word = wordAmong(name, kSecurityWords); !word.empty())
            return "an alert of it is called " + name;
    return {};
}

} // namespace qd::review
