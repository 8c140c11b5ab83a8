// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/publishing.h"

#include "core/base/encoding.h"
#include "core/base/safetext.h"
#include "core/comms/secrets.h"
#include "core/desk/decide.h"
#include "core/governance/clearance.h"
#include "core/review/render.h"
#include "core/review/source.h"

namespace qd::desk {

namespace {

constexpr std::size_t kAudienceBytes = 100;

} // namespace

Result<review::Audience> reviewAudience(const state::State &state, const state::Incident &incident, const std::string &name)
{
    if (name.empty() || name.size() > kAudienceBytes)
        return fail(Code::Invalid, "Say for whom: internal, public, or an audience of the workspace.");
    const governance::Subject about{incident.service, incident.id};
    using Kind = governance::Place::Kind;
    review::Audience out{name, governance::readerOf(state, {name == "public" ? Kind::Public : Kind::Audience, name == "public" ? std::string() : name, {}, about}), true};
    const AudienceKind kind = kindOfAudience(name);
    out.isOutside = name == "public" || kind == AudienceKind::Customer || kind == AudienceKind::Regulator;
    return out;
}

Result<Publishable> publishable(const state::State &state, const std::string &incident, const std::string &audience, const std::string &person, const std::string &section)
{
    const auto meant = openReview(state, incident);
    if (!meant)
        return tl::unexpected(meant.error());
    const state::Incident &i = **meant;
    const auto readers = reviewAudience(state, i, audience);
    if (!readers)
        return tl::unexpected(readers.error());
    Reader asker = governance::readerOf(state, {governance::Place::Kind::Person, person, {}, {i.service, i.id}});
    asker.most = DataClass::Confidential;
    review::Source source = review::sourceOf(state, i, asker);
    if (!section.empty())
        std::erase_if(source.sections, [&](const review::SourceText &s) { return s.id != section; });
    Publishable out{review::renditionOf(source, *readers), {}, review::draftsLeftOut(i.review, readers->isOutside, source.language, section)};
    review::Known known = review::knownOf(state, i);
    known.secretsIn = [](std::string_view text) {
        std::vector<std::string> kinds;
        for (const comms::SecretKind kind : comms::secretsIn(text))
            kinds.emplace_back(comms::word(kind));
        return kinds;
    };
    out.leaks = review::leaksIn(out.rendition, known);
    return out;
}

Result<> mayBePublished(const state::State &state, const RecordPublication &c, const events::Actor &by)
{
    const auto what = publishable(state, c.incident, c.audience, by.person);
    if (!what)
        return tl::unexpected(what.error());
    if (!what->leaks.empty())
        return fail(Code::Forbidden, review::refusalOf(what->leaks));
    const auto format = review::formatNamed(c.format);
    const auto isNow = [&](review::Format as, const std::string &digest) { return sha256Hex(review::renderedAs(what->rendition, as)) == digest; };
    if (format ? !isNow(*format, c.digest) : !c.source.empty() && !isNow(review::Format::Html, c.source))
        return fail(Code::Conflict, "The review reads otherwise by now; make the rendition again.");
    return {};
}

} // namespace qd::desk
