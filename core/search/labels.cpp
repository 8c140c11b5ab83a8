// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/labels.h"

#include "core/model/report.h"
#include "core/search/query.h"
#include "core/search/text.h"

#include <array>

namespace qd::search {

namespace {

constexpr char kBetween = '\x1f'; // no SafeText has it

}

std::string packLabels(const Document &d)
{
    std::string out(d.kind);
    for (const std::string &field : {d.incident, d.connection, d.service, d.person, d.fingerprint != 0 ? fingerprintText(d.fingerprint) : std::string()}) {
        out += kBetween;
        out += unmarked(field);
    }
    return out;
}

void unpackLabels(std::string_view labels, Hit &hit)
{
    std::string fingerprint;
    for (std::string *field : {&hit.kind, &hit.incident, &hit.connection, &hit.service, &hit.person, &fingerprint}) {
        const auto end = std::min(labels.find(kBetween), labels.size());
        *field = labels.substr(0, end);
        labels.remove_prefix(std::min(end + 1, labels.size()));
    }
    hit.fingerprint = parseFingerprint(fingerprint).value_or(0);
}

std::vector<std::string> facetsOf(std::string_view labels)
{
    Hit hit;
    unpackLabels(labels, hit);
    std::vector<std::string> out{facet("kind", hit.kind)};
    for (const auto &[name, value] : {std::pair{"incident", &hit.incident}, {"service", &hit.service}, {"by", &hit.person}})
        if (!value->empty())
            out.push_back(facet(name, *value));
    if (hit.fingerprint != 0)
        out.push_back(alertFacet(hit.fingerprint));
    return out;
}

void setExcerpt(std::string_view marked, Hit &hit)
{
    const std::string text = unmarked(marked);
    std::uint32_t from = 0;
    bool within = false;
    const auto end = [&] {
        const auto to = static_cast<std::uint32_t>(hit.excerpt.size());
        if (within && to > from)
            hit.matches.emplace_back(from, to);
        within = false;
    };
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == store::kMatchBegins || text[i] == store::kMatchEnds) {
            end();
            within = text[i] == store::kMatchBegins;
            from = static_cast<std::uint32_t>(hit.excerpt.size());
            ++i;
            continue;
        }
        std::size_t size = 1;
        while (i + size < text.size() && (static_cast<std::uint8_t>(text[i + size]) & 0xc0) == 0x80)
            ++size;
        if (hit.excerpt.size() + size > kExcerptLimit)
            break;
        size == 1 && (text[i] == '\n' || text[i] == '\t') ? hit.excerpt += ' ' : hit.excerpt.append(text, i, size);
        i += size;
    }
    end();
}

} // namespace qd::search
