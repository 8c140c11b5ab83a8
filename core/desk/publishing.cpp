// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/publishing.h"

#include "core/base/encoding.h"
#include "core/base/safetext.h"
#include "core/comms/line.h"
#include "core/comms/secrets.h"
#include "core/desk/decide.h"
#include "core/governance/clearance.h"
#include "core/review/frame.h"
#include "core/review/render.h"
#include "core/review/source.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace qd::desk {

namespace {

constexpr std::size_t kAudienceBytes = 100;
constexpr std::string_view kDraftSign = "DRAFT: this review is not reviewed yet and may say otherwise later.";

bool hasLeftUs(const state::State &state, const std::string &person)
{
    return !state.workspace->person(person) && std::any_of(state.formerPeople.begin(), state.formerPeople.end(), [&](const state::FormerPerson &p) { return p.id == person; });
}

DataClass least(DataClass a, DataClass b)
{
    return rankOf(a) < rankOf(b) ? a : b;
}

/// What both may read, and nothing restricted. In one reader, so that what is cut is cut once: outside it leaves no sign.
Reader bothOf(const Reader &asker, const Reader &audience)
{
    Reader out{least(asker.level, audience.level), {}, least(DataClass::Confidential, least(asker.most, audience.most))};
    for (const std::string &id : asker.ids)
        if (std::find(audience.ids.begin(), audience.ids.end(), id) != audience.ids.end())
            out.ids.push_back(id);
    return out;
}

/// `section`: that one alone; "": all of it, and outside, before it is reviewed, with the sign of a draft above it.
review::Rendition renditionFor(const state::State &state, const state::Incident &i, review::Audience readers, const std::string &person, const std::string &section)
{
    readers.reader = bothOf(governance::readerOf(state, {governance::Place::Kind::Person, person, {}, {i.service, i.id}}), readers.reader);
    review::Source source = review::sourceOf(state, i);
    if (!section.empty())
        std::erase_if(source.sections, [&](const review::SourceText &s) { return s.id != section; });
    review::Rendition out = review::renditionOf(source, readers);
    if (out.isOutside && section.empty() && i.review.phase < ReviewPhase::Reviewed && !out.blocks.empty()) {
        review::Block says;
        says.runs.push_back(review::Run{review::frameWord(kDraftSign, source.language)});
        says.runs.back().bold = true;
        out.blocks.insert(out.blocks.begin(), std::move(says));
    }
    return out;
}

} // namespace

Result<review::Audience> reviewAudience(const state::State &state, const state::Incident &incident, const std::string &name)
{
    if (name.find_first_not_of(' ') == std::string::npos || name.size() > kAudienceBytes)
        return fail(Code::Invalid, "Say for whom: internal, public, or an audience of the workspace.");
    const auto &known = state.workspace->audiences.empty() ? comms::defaultAudiences() : state.workspace->audiences;
    if (name != "internal" && name != "public" && std::find(known.begin(), known.end(), name) == known.end()) {
        std::string all = "internal, public";
        for (const std::string &each : known)
            if (each != "internal" && each != "public")
                all += ", " + each;
        return fail(Code::NotFound, "There is no audience \"" + safeLine(name, 60) + "\"; there are " + all + ".");
    }
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
    Publishable out{renditionFor(state, i, *readers, person, section), {}, {}};
    out.drafts = review::draftsLeftOut(i.review, readers->isOutside, out.rendition.language, section);
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

std::vector<Reads> publishedAgain(const state::State &state, const state::Incident &i)
{
    std::map<std::pair<std::string, std::string>, review::Rendition> renditions; // by who published, and for whom
    std::map<std::tuple<std::string, std::string, review::Format>, std::string> digests;
    std::vector<Reads> out;
    for (const state::Publication &p : i.review.publications) {
        const auto own = review::formatNamed(p.format);
        const std::string &was = own ? p.digest : p.source;
        const auto readers = reviewAudience(state, i, p.audience);
        if (was.empty() || !readers || hasLeftUs(state, p.by)) {
            out.push_back(Reads::NotKnown);
            continue;
        }
        const review::Format format = own.value_or(review::Format::Html);
        const auto [now, isNew] = digests.try_emplace(std::tuple(p.by, p.audience, format));
        if (isNew) {
            auto made = renditions.find(std::pair(p.by, p.audience));
            if (made == renditions.end())
                made = renditions.emplace(std::pair(p.by, p.audience), renditionFor(state, i, *readers, p.by, {})).first;
            now->second = sha256Hex(review::renderedAs(made->second, format));
        }
        out.push_back(now->second == was ? Reads::Same : Reads::Otherwise);
    }
    return out;
}

} // namespace qd::desk
