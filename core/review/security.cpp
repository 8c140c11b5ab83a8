// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/security.h"

#include "core/base/ascii.h"
#include "core/model/marking.h"
#include "core/model/taxonomy.h"

#include <algorithm>
#include <array>

namespace qd::review {

namespace {

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

std::string labelledSo(std::string_view name, std::string_view value)
{
    const bool isKind = std::find(state::kKindLabels.begin(), state::kKindLabels.end(), name) != state::kKindLabels.end();
    const bool isSo = name == "security" ? asciiLower(value) == "true" : isKind && !wordAmong(value, kSecurityNames).empty();
    return !isSo ? std::string() : name == "security" ? "security=true" : std::string(name) + "=" + std::string(value);
}

} // namespace

std::string securityReason(const state::State &state, const state::Incident &incident)
{
    const Workspace &w = *state.workspace;
    const Taxonomy taxonomy = taxonomyUnder(w.taxonomy);
    for (const state::Rating &r : incident.review.ratings)
        if (const TaxonomyFactor *f = taxonomy.factor(r.factor); f && f->layer == kSecurityLayer)
            return "somebody sees " + r.factor + " in it";
    for (const state::Pair &label : incident.labels)
        if (const std::string said = labelledSo(state.text(label.name), state.text(label.value)); !said.empty())
            return "an alert of it has " + said;
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
