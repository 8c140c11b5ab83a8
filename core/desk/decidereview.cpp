// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/amounts.h"
#include "core/base/clocktext.h"
#include "core/base/nearest.h"
#include "core/base/safetext.h"
#include "core/comms/secrets.h"
#include "core/desk/arranging.h"
#include "core/desk/followups.h"
#include "core/governance/clearance.h"
#include "core/governance/policy.h"
#include "core/model/reviewwords.h"
#include "core/model/taxonomy.h"
#include "core/review/evidence.h"
#include "core/review/gates.h"
#include "core/review/holes.h"
#include "core/review/ownership.h"
#include "core/review/participants.h"
#include "core/review/prefill.h"
#include "core/review/render.h"
#include "core/review/source.h"

#include <algorithm>

/// The review of an incident: opened, written, rated, turned, given out. Nothing here moves the incident itself.
namespace qd::desk {

using state::Incident;
using state::Review;
using state::State;

namespace {

constexpr std::size_t kSectionIdBytes = 40, kGateBytes = 40, kFormatBytes = 40, kEditorBytes = 40;

bool isSectionId(std::string_view id)
{
    return !id.empty() && id.size() <= kSectionIdBytes
        && std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

std::string numberText(std::size_t n)
{
    return std::to_string(n);
}

std::string tooMany(const Incident &i, std::size_t most, std::string_view what)
{
    return "The review of " + i.id + " has " + numberText(most) + " " + std::string(what) + " already, the most it keeps.";
}

struct DecidingReview {
    const State &state;
    const events::Actor &by;
    Instant now;

    [[nodiscard]] static std::string howToSay(const Incident &i) { return "quarterdeckctl review feedback " + i.id + " 1 (badly) to 5 (well) and, if you like, a text."; }
    [[nodiscard]] std::string named(const std::string &person) const { return state.workspace->nameOf(person); }
    /// Words are changed until the review is reviewed.
    [[nodiscard]] Result<const Incident *> writable(const std::string &id) const
    {
        const auto i = openReview(state, id);
        if (i && (*i)->review.phase >= ReviewPhase::Reviewed)
            return fail(Code::Conflict, "The review of " + (*i)->id + " is " + std::string(word((*i)->review.phase)) + "; turn it back to draft first: quarterdeckctl review turn " + (*i)->id + " draft --reason …");
        return i;
    }

    // --- opened, arranged, turned ---
    Result<Decision> operator()(const OpenReview &c) const
    {
        const auto meant = reviewMeant(state, c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        if (i.status == IncidentStatus::Merged)
            return fail(Code::Conflict, i.id + " is part of " + i.merged.into + "; what is learnt of it belongs to the review there.");
        if (!i.review.isOpen() && i.isOpen())
            return fail(Code::Conflict, i.id + " is " + std::string(word(i.status)) + "; its review opens once it is resolved.");
        const bool isNew = !i.review.isOpen();
        if (!isNew)
            if (const auto may = mayLeadReview(state, i, by, "arrange it otherwise", now); !may)
                return tl::unexpected(may.error());
        auto so = arrangedBy(state, i, c, by, now);
        if (!so)
            return tl::unexpected(so.error());
        Decision d{{std::move(so->event)}, i.id, {}};
        if (!so->line.empty())
            d.events.emplace_back(events::LogWritten{i.id, std::move(so->line), by});
        if (!isNew)
            return d;
        d.notes.push_back("Whoever took part is asked how it was handled as well, and nobody is named: " + howToSay(i));
        // What the record has to say, until people write; and what was left to be done when it was stood down.
        for (review::Prefilled &each : review::prefill(state, i))
            d.events.emplace_back(events::SectionWritten{i.id, std::move(each.id), std::move(each.text), 0, 1, true, {"core", Path::Own}});
        for (events::Event &action : actionsOf(state, i, i.closing.followUps))
            d.events.push_back(std::move(action));
        return d;
    }
    Result<Decision> operator()(const TurnReview &c) const
    {
        const auto meant = openReview(state, c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        const auto to = fromWord<ReviewPhase>(c.phase);
        if (!to || *to == ReviewPhase::None)
            return fail(Code::Invalid, "\"" + safeLine(c.phase, 40) + "\" is no phase of a review; it is draft, in review, reviewed or closed.");
        if (const auto may = mayLeadReview(state, i, by, "turn it", now); !may)
            return tl::unexpected(may.error());
        if (const auto ok = bounded({{c.reason, "reason"}}); !ok)
            return tl::unexpected(ok.error());
        const ReviewPhase from = i.review.phase;
        const std::string reason = cleanText(c.reason);
        if (*to == from)
            return fail(Code::Conflict, "The review of " + i.id + " is " + std::string(word(from)) + " already.");
        if (*to < from && reason.empty())
            return fail(Code::Invalid, "Say why it goes back from " + std::string(word(from)) + " to " + std::string(word(*to)) + ": --reason.");
        if (*to > from && static_cast<int>(*to) - static_cast<int>(from) > 1)
            return fail(Code::Conflict, "A review goes from draft to in review, to reviewed, to closed; that of " + i.id + " is " + std::string(word(from)) + ".");
        if (*to >= ReviewPhase::Reviewed && from < *to && i.isOpen()) // reopened since
            return fail(Code::Conflict, i.id + " is open again (" + std::string(word(i.status)) + "); its review is complete once it is over.");
        if (*to >= ReviewPhase::Reviewed && from < *to) // what was there when it was reviewed may be gone when it is closed
            if (const std::string open = review::openGates(review::gatesOf(state, i)); !open.empty())
                return fail(Code::Conflict, "The review of " + i.id + " is not complete" + (from == ReviewPhase::Reviewed ? " any more: " : ": ") + open + ". " + (from == ReviewPhase::Reviewed ? "Turn it back to draft for that, with a reason; then " : std::string()) + ownerText(i) + " may do without one, with a reason (quarterdeckctl review waive). The incident itself waits for none of it.");
        return Decision{{events::ReviewTurned{i.id, reason, *to, by}}, i.id, {}};
    }

    [[nodiscard]] std::string ownerText(const Incident &i) const { return i.review.owner.empty() ? "Its owner, once it has one," : named(i.review.owner) + ", who owns it,"; }

    // --- sections ---
    Result<Decision> operator()(const HoldSection &c) const
    {
        const auto meant = writable(c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        const state::Section *s = i.review.section(c.section);
        if (const auto ok = sectionAllowed(i, c.section, s); !ok)
            return tl::unexpected(ok.error());
        const std::string holder = s ? s->heldBy : std::string();
        const std::string id = "section/" + c.section;
        const bool hasLeft = review::hasLeft(state, holder); // they cannot be asked to let go of it, and it waits for nobody
        if (c.release) {
            if (holder != by.person && !hasLeft)
                return fail(Code::Conflict, holder.empty() ? "Nobody has the section " + c.section + " checked out." : named(holder) + " has the section " + c.section + ", not you.");
            return Decision{{events::SectionHeld{i.id, c.section, false, hasLeft ? holder : std::string(), by}}, id, {}};
        }
        if (holder == by.person)
            return Decision{{}, id, {"You have it already."}};
        if (!holder.empty() && !c.over && !hasLeft)
            return fail(Code::Conflict, heldText(*s) + " Ask them, or take it over: what they wrote stays (--over).");
        return Decision{{events::SectionHeld{i.id, c.section, true, holder, by}}, id, {}};
    }
    [[nodiscard]] std::string heldText(const state::Section &s) const
    {
        return named(s.heldBy) + " has the section " + s.id + " since " + dayClockText(s.heldSince) + ".";
    }
    /// "": it is one, or none is like it.
    [[nodiscard]] static std::string usualSectionLike(const std::string &id)
    {
        std::vector<std::string_view> usual(std::begin(kReviewSections), std::end(kReviewSections));
        usual.push_back(review::kExternalSection);
        std::string near = nearest(id, usual);
        return near == id ? std::string() : near;
    }
    [[nodiscard]] static bool isUsualSection(std::string_view id) { return id == review::kExternalSection || std::find(std::begin(kReviewSections), std::end(kReviewSections), id) != std::end(kReviewSections); }
    [[nodiscard]] static Result<> sectionAllowed(const Incident &i, const std::string &id, const state::Section *s)
    {
        if (!isSectionId(id))
            return fail(Code::Invalid, "\"" + safeLine(id, 60) + "\" is no section; its name is small letters, digits and -, at most " + numberText(kSectionIdBytes) + " of them.");
        if (const std::string near = s ? std::string() : usualSectionLike(id); !near.empty())
            return fail(Code::Invalid, "There is no section \"" + id + "\"; did you mean " + near + "? For one of your own choose a name less like it.");
        if (!s && i.review.sections.size() >= state::kSectionsKept)
            return fail(Code::TooLarge, tooMany(i, state::kSectionsKept, "sections"));
        return {};
    }
    Result<Decision> operator()(const WriteSection &c) const
    {
        const auto meant = writable(c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        const state::Section *s = i.review.section(c.section);
        if (const auto ok = sectionAllowed(i, c.section, s); !ok)
            return tl::unexpected(ok.error());
        if (c.text.size() > state::kSectionBytes)
            return fail(Code::TooLarge, "A section is at most " + bytesInWords(state::kSectionBytes) + "; this is " + bytesInWords(c.text.size()) + ". Divide it.");
        const std::uint32_t newest = s ? s->revision() : 0;
        if (c.base > newest)
            return fail(Code::Invalid, "The section " + c.section + " has no revision " + numberText(c.base) + "; the newest is " + numberText(newest) + ".");
        const bool isHeld = s && !s->heldBy.empty() && s->heldBy != by.person && !review::hasLeft(state, s->heldBy);
        const bool isAside = c.base != newest || isHeld;
        if (isHeld && c.base == newest && !c.draft)
            return fail(Code::Conflict, heldText(*s) + " Nothing was written; take it over first (quarterdeckctl review hold " + i.id + " " + c.section + " --over), or save yours as a draft, which is kept beside theirs.");
        if (isAside && s && !hasRoomBeside(*s, c))
            return fail(Code::TooLarge, "The section " + c.section + " has " + numberText(state::kAsidesKept) + " texts beside it already, the most it keeps, and none is dropped for yours. Put one of them together with it first.");
        if (const auto ok = bounded({{c.reason, "reason"}}); !ok)
            return tl::unexpected(ok.error());
        const auto text = wholeText(i, s, c);
        if (!text)
            return tl::unexpected(text.error());
        Decision d = written(i, s, c, *text, isAside);
        if (!s && !isUsualSection(c.section))
            d.notes.push_back("There was no section " + c.section + "; it is one of your own now.");
        const state::Revision *base = writtenOver(s, c);
        const Reader reader = readerOf(i);
        if (const std::size_t gone = base && !isAside ? goneOf(*s, *base, *text, reader) : 0; gone > 0)
            d.events.emplace_back(events::LogWritten{i.id, "took " + numberText(gone) + (gone == 1 ? " part that was" : " parts that were") + " kept from whoever did it out of the section " + c.section + " of the review: " + cleanText(c.reason), by});
        if (!c.draft || c.editor.empty()) // and not whenever a window saves
            if (std::string note = unreadNote(base ? base->text : std::string(), *text, reader); !note.empty())
                d.notes.push_back(std::move(note));
        return d;
    }
    [[nodiscard]] static std::string editorOf(const WriteSection &c) { return safeLine(c.editor, kEditorBytes); }
    /// Of its texts beside it one goes: a draft this goes on from, or what is put together here.
    [[nodiscard]] bool hasRoomBeside(const state::Section &s, const WriteSection &c) const
    {
        return s.asides.size() < state::kAsidesKept
            || std::any_of(s.asides.begin(), s.asides.end(), [&](const state::Revision &a) { return (c.settles != 0 && a.number == c.settles) || (a.draft && a.by == by.person && a.editor == editorOf(c) && a.base == c.base); });
    }
    /// The text with what was kept from its writer put back into it: who saves what they may not read whole writes over none of it.
    [[nodiscard]] Result<std::string> wholeText(const Incident &i, const state::Section *s, const WriteSection &c) const
    {
        std::string text = safeText(c.text, state::kSectionBytes);
        const state::Revision *base = writtenOver(s, c);
        if (!base && c.base != 0 && review::hasHole(text))
            return fail(Code::Conflict, "Words that are kept from you stood in revision " + numberText(c.base) + " of the section " + c.section + ", and it is not kept any more. Take the newest and write into that; nothing was written.");
        if (!base)
            return text;
        const Reader reader = readerOf(i);
        const bool isOwners = !by.person.empty() && i.review.owner == by.person && !cleanText(c.reason).empty();
        Reader window = reader; // where what is restricted is shown only when it is asked for
        window.most = DataClass::Confidential;
        const auto whole = review::putBack(text, {base->text, window, [&](const Marked &m) { return isOwners || mayGo(*s, *base, m, reader); }});
        if (!whole || c.settles == 0)
            return withinLimit(whole);
        // Put together with a text beside it: that one is gone then, with what of it was kept.
        const state::Revision *aside = revisionOf(s->asides, c.settles);
        const bool maySettle = aside && aside->by == by.person && !review::hasHole(*whole);
        if (aside && !maySettle)
            for (const Marked &mark : keptFrom(aside->text, window))
                if (whole->find(aside->text.substr(mark.at, mark.length)) == std::string::npos)
                    return fail(Code::Conflict, "The text beside the section " + c.section + " has words that are kept from you, and they would be lost. Have somebody put the two together who may read them; nothing was written.");
        return withinLimit(whole);
    }
    [[nodiscard]] static Result<std::string> withinLimit(const Result<std::string> &text)
    {
        if (text && text->size() > state::kSectionBytes)
            return fail(Code::TooLarge, "A section is at most " + bytesInWords(state::kSectionBytes) + "; with the words that are kept from you this is " + bytesInWords(text->size()) + ". Divide it.");
        return text;
    }
    [[nodiscard]] static const state::Revision *revisionOf(const std::vector<state::Revision> &all, std::uint32_t number)
    {
        const auto it = std::find_if(all.begin(), all.end(), [&](const state::Revision &r) { return r.number == number; });
        return it == all.end() ? nullptr : &*it;
    }
    [[nodiscard]] static const state::Revision *writtenOver(const state::Section *s, const WriteSection &c)
    {
        const state::Revision *base = s ? revisionOf(s->revisions, c.base) : nullptr;
        return base || !s ? base : revisionOf(s->asides, c.base);
    }
    [[nodiscard]] Reader readerOf(const Incident &i) const { return governance::readerOf(state, {governance::Place::Kind::Person, by.person, {}, {i.service, i.id}}); }
    [[nodiscard]] bool mayGo(const state::Section &s, const state::Revision &base, const Marked &mark, const Reader &reader) const
    {
        return mayRead(reader, mark) || isOwn(s, std::string_view(base.text).substr(mark.at, mark.length));
    }
    /// Whether who writes put this mark, brackets and all, into the section themselves, in whichever revision, or the record did, which has its words still. Of which it was nobody knows where earlier ones were dropped.
    [[nodiscard]] bool isOwn(const state::Section &s, std::string_view mark) const
    {
        const auto &all = s.revisions;
        const auto first = std::find_if(all.begin(), all.end(), [&](const state::Revision &r) { return r.text.find(mark) != std::string::npos; });
        if (first == all.end())
            return false;
        if (first->number == 1 && first->by == "core")
            return true;
        const bool isKnown = first->number == 1 || first - all.begin() > 1 || all.size() < state::kRevisionsOfSection; // what the record wrote first is never dropped, so others are behind it
        return isKnown && first->by == by.person;
    }
    /// How many parts that neither this reader may read nor wrote are in the text no more: they went by the owner's reason.
    [[nodiscard]] std::size_t goneOf(const state::Section &s, const state::Revision &base, const std::string &text, const Reader &reader) const
    {
        std::size_t out = 0;
        for (const Marked &mark : keptFrom(base.text, reader))
            out += !mayGo(s, base, mark, reader) && text.find(base.text.substr(mark.at, mark.length)) == std::string::npos ? 1 : 0;
        return out;
    }
    /// What is new in the text and its own writer reads no more, where they look again.
    [[nodiscard]] static std::string unreadNote(const std::string &before, const std::string &text, const Reader &reader)
    {
        std::size_t count = 0;
        bool isForSome = false;
        for (const Marked &mark : keptFrom(text, reader)) {
            if (before.find(text.substr(mark.at, mark.length)) != std::string::npos)
                continue;
            ++count;
            isForSome = isForSome || std::any_of(mark.needs.begin(), mark.needs.end(), [](const Marked::Need &n) { return !n.names.empty(); });
        }
        if (count == 0)
            return {};
        return (count == 1 ? "1 part of it is marked so that you may not read it again yourself" : numberText(count) + " parts of it are marked so that you may not read them again yourself")
            + (isForSome ? "" : "; restricted words are read by whom the mark names ([[restricted for ana, legal: …]]) and whom a [[clearance]] lets") + ". You may still take " + (count == 1 ? "it" : "them") + " out or mark " + (count == 1 ? "it" : "them") + " otherwise.";
    }
    [[nodiscard]] Decision written(const Incident &i, const state::Section *s, const WriteSection &c, const std::string &text, bool isAside) const
    {
        const std::uint32_t number = s ? s->nextRevision() : 1;
        Decision d{{}, "revision/" + numberText(number), {}};
        const bool isSame = s && !isAside && !s->revisions.empty() && s->text() == text && (c.draft || !s->revisions.back().draft);
        if (isSame && c.settles == 0) {
            d.id = "revision/" + numberText(s->revision());
            d.notes.push_back("The text is as it was; nothing was written.");
        } else {
            if (s && s->heldBy != by.person && review::hasLeft(state, s->heldBy)) // what was theirs is the writer's, and said to be
                d.events.emplace_back(events::SectionHeld{i.id, c.section, c.draft && !c.release, s->heldBy, by});
            d.events.emplace_back(events::SectionWritten{i.id, c.section, text, c.base, number, c.draft, by, c.settles, editorOf(c)});
        }
        if (isAside)
            d.notes.push_back("It is kept beside the section as revision " + numberText(number) + ", because " + (c.base != (s ? s->revision() : 0) ? "somebody wrote since revision " + numberText(c.base) : named(s->heldBy) + " has the section") + ". Put the two together.");
        if (c.release && s && s->heldBy == by.person)
            d.events.emplace_back(events::SectionHeld{i.id, c.section, false, {}, by});
        return d;
    }

    // --- what people say to it ---
    Result<Decision> operator()(const CommentReview &c) const
    {
        const auto meant = openReview(state, c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        const auto &all = i.review.comments;
        if (!c.section.empty() && !i.review.section(c.section))
            return fail(Code::NotFound, "The review of " + i.id + " has no section \"" + safeLine(c.section, 60) + "\".");
        const auto text = textOf(c.text, "comment");
        if (!text)
            return tl::unexpected(text.error());
        if (c.quote.size() > kQuoteBytes)
            return fail(Code::TooLarge, "A comment quotes at most " + numberText(kQuoteBytes) + " bytes; quote the beginning.");
        if (c.answers != 0 && std::none_of(all.begin(), all.end(), [&](const state::ReviewComment &x) { return x.number == c.answers; }))
            return fail(Code::NotFound, "The review of " + i.id + " has no comment " + numberText(c.answers) + ".");
        if (all.size() >= state::kCommentsKept)
            return fail(Code::TooLarge, tooMany(i, state::kCommentsKept, "comments"));
        const auto n = static_cast<std::uint32_t>(all.size() + 1);
        std::string about; // what is quoted: the section, or without one any of them
        for (const state::Section &s : i.review.sections)
            if (c.section.empty() || s.id == c.section)
                about += closed(s.text()) + "\n";
        const std::string quote = review::asMarked(safeText(c.quote, kQuoteBytes), about);
        return Decision{{events::ReviewCommented{i.id, c.section, quote, *text, n, c.answers, by}}, "comment/" + numberText(n), {}};
    }
    Result<Decision> operator()(const SettleComment &c) const
    {
        const auto meant = openReview(state, c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const auto &all = (*meant)->review.comments;
        const auto it = std::find_if(all.begin(), all.end(), [&](const state::ReviewComment &x) { return x.number == c.comment; });
        if (it == all.end())
            return fail(Code::NotFound, "The review of " + (*meant)->id + " has no comment " + numberText(c.comment) + ".");
        if (!it->settledBy.empty())
            return fail(Code::Conflict, "Comment " + numberText(c.comment) + " was settled by " + named(it->settledBy) + " at " + dayClockText(it->settledAt) + ".");
        return Decision{{events::CommentSettled{(*meant)->id, c.comment, by}}, "comment/" + numberText(c.comment), {}};
    }

    // --- factors ---
    Result<Decision> operator()(const RateFactor &c) const
    {
        const auto meant = writable(c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        const auto &all = i.review.ratings;
        const auto own = std::find_if(all.begin(), all.end(), [&](const state::Rating &x) { return x.factor == c.factor && x.by == by.person; });
        const std::string id = "factor/" + safeLine(c.factor, 100);
        if (c.withdraw) {
            if (own == all.end())
                return fail(Code::NotFound, "You hold no factor \"" + safeLine(c.factor, 60) + "\" of " + i.id + " that could be taken back.");
            return Decision{{events::FactorRated{i.id, own->factor, {}, own->taxonomy, {}, true, by}}, id, {}};
        }
        if (const auto ok = bounded({{c.note, "note"}}); !ok)
            return tl::unexpected(ok.error());
        if (c.evidence.size() > kRatingEvidence)
            return fail(Code::TooLarge, "A factor points at most at " + numberText(kRatingEvidence) + " lines.");
        if (own == all.end() && all.size() >= state::kRatingsKept)
            return fail(Code::TooLarge, tooMany(i, state::kRatingsKept, "ratings"));
        const Taxonomy taxonomy = taxonomyUnder(state.workspace->taxonomy);
        const TaxonomyFactor *factor = taxonomy.factor(c.factor);
        if (!factor || (factor->retired && own == all.end()))
            return tl::unexpected(noFactor(c.factor, factor));
        events::FactorRated e{i.id, factor->id, cleanText(c.note), taxonomy.version, {}, false, by, Confidence::Unsaid};
        if (!c.confidence.empty()) {
            const auto sure = fromWord<Confidence>(c.confidence);
            if (!sure)
                return fail(Code::Invalid, "\"" + safeLine(c.confidence, 40) + "\" is no confidence; it is low, medium or high.");
            e.confidence = *sure;
        }
        for (const std::string &reference : c.evidence) {
            std::string exact = review::exactReference(state, i, reference);
            if (exact.empty())
                return fail(Code::NotFound, i.id + " has no line \"" + safeLine(reference, 80) + "\"; point at one by its record (line/412) or its reference, at a change (change/398) or an alert (alert/KEY).");
            if (std::find(e.evidence.begin(), e.evidence.end(), exact) == e.evidence.end())
                e.evidence.push_back(std::move(exact));
        }
        Decision d{{}, id, {}};
        if (e.evidence.empty())
            d.notes.emplace_back("It points at no line of the record yet; a factor does before the review is complete (--evidence).");
        d.events.emplace_back(std::move(e));
        return d;
    }

    // --- completing, giving out ---
    Result<Decision> operator()(const WaiveGate &c) const
    {
        const auto meant = writable(c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        if (i.review.owner != by.person)
            return fail(Code::Forbidden, "Only " + named(i.review.owner) + ", who owns the review of " + i.id + ", does without something it asks for."
                                             + (!review::hasLeft(state, i.review.owner) ? std::string() : " They left the workspace: whoever may command there takes the review over, with a reason (quarterdeckctl review open " + i.id + " --owner …)."));
        const auto reason = textOf(c.reason, "reason");
        if (!reason)
            return tl::unexpected(reason.error());
        const auto gates = review::gatesOf(state, i);
        const auto gate = std::find_if(gates.begin(), gates.end(), [&](const review::Gate &g) { return g.name == c.gate; });
        if (gate == gates.end()) {
            std::string all;
            for (const review::Gate &g : gates)
                all += (all.empty() ? "" : ", ") + g.name;
            return fail(Code::NotFound, "The review of " + i.id + " does not ask for \"" + safeLine(c.gate, kGateBytes) + "\"; it asks for " + all + ".");
        }
        if (gate->missing.empty())
            return fail(Code::Conflict, "There is nothing to do without: " + gate->says);
        if (gate->name == "actions" && review::hasOwnerless(state, i.review))
            return fail(Code::Conflict, "A review is not complete with an action that is nobody's, and that is not done without: name who has it, or drop it (quarterdeckctl review action). " + gate->says);
        return Decision{{events::GateWaived{i.id, gate->name, *reason, by, gate->lacks}}, "gate/" + gate->name, {}};
    }
    Result<Decision> operator()(const AllowLeak &c) const
    {
        const auto meant = openReview(state, c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const auto words = textOf(c.words, "text that may be said");
        if (!words)
            return tl::unexpected(words.error());
        if (comms::isSecretKind(*words))
            return fail(Code::Invalid, "What seems to be " + *words + " is allowed by nobody: one that is allowed would let every other of its kind through. Take it out, and change it where it is used.");
        if (words->size() > kAllowedBytes)
            return fail(Code::TooLarge, "Words that may be said are at most " + numberText(kAllowedBytes) + " bytes; allow the part that was stopped at.");
        const auto reason = textOf(c.reason, "reason");
        if (!reason)
            return tl::unexpected(reason.error());
        const auto &all = (*meant)->review.allowed;
        const bool isKnown = std::any_of(all.begin(), all.end(), [&](const state::AllowedWords &w) { return w.words == *words; });
        if (!isKnown && all.size() >= state::kAllowedKept)
            return fail(Code::TooLarge, tooMany(**meant, state::kAllowedKept, "allowed words"));
        return Decision{{events::LeakAllowed{(*meant)->id, *words, *reason, by}}, (*meant)->id, {}};
    }
    Result<Decision> operator()(const RecordPublication &c) const
    {
        const auto meant = openReview(state, c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        constexpr std::string_view kHex = "0123456789abcdef";
        constexpr std::size_t kDigest = 64; ///< of SHA-256
        if (c.digest.size() != kDigest || c.digest.find_first_not_of(kHex) != std::string::npos)
            return fail(Code::Invalid, "A publication is known by the SHA-256 of its bytes: 64 small hexadecimal digits.");
        const std::string audience = safeLine(cleanText(c.audience), 100), format = safeLine(cleanText(c.format), kFormatBytes);
        if (audience.empty() || format.empty())
            return fail(Code::Invalid, "Say for whom it was published, and as what.");
        if (i.review.publications.size() >= state::kPublicationsKept)
            return fail(Code::TooLarge, tooMany(i, state::kPublicationsKept, "publications"));
        const auto n = static_cast<std::uint32_t>(i.review.publications.size() + 1);
        const auto own = review::formatNamed(format);
        Decision d{{events::ReviewPublished{i.id, audience, own ? std::string(word(*own)) : format, safeLine(c.where, 500), c.digest, n, by, own ? std::string() : c.source}}, "publication/" + numberText(n), {}};
        if (!own)
            d.notes.push_back("Its digest is in the record as told: what another program made is not made again here.");
        return d;
    }
    template <typename Other>
    Result<Decision> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command is not about a review.");
    }
};

} // namespace

Result<const Incident *> reviewMeant(const State &state, const std::string &id)
{
    if (id.empty())
        return fail(Code::Invalid, "Name the incident whose review it is: INC-7.");
    return incidentMeant(state, id);
}

Result<const Incident *> openReview(const State &state, const std::string &id)
{
    const auto i = reviewMeant(state, id);
    if (i && !(*i)->review.isOpen())
        return fail(Code::Conflict, (*i)->id + " has no review yet; open it first: quarterdeckctl review open " + (*i)->id);
    return i;
}

Result<> mayLeadReview(const State &state, const Incident &incident, const events::Actor &by, std::string_view what, Instant now)
{
    const Review &r = incident.review;
    if (by.person == r.owner || by.person == r.facilitator)
        return {};
    const governance::Need need{Right::Command, {{incident.service, incident.id}}};
    if (governance::rule(state, by, need, "review.turn", now).allowed)
        return {};
    const auto named = [&](const std::string &person) { return person.empty() ? std::string("nobody") : state.workspace->nameOf(person); };
    return fail(Code::Forbidden, "To " + std::string(what) + " is for the owner of the review of " + incident.id + " (" + named(r.owner) + "), its facilitator (" + named(r.facilitator) + ") and whoever may command there.");
}

Result<Decision> decideReview(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    return visit(DecidingReview{state, by, now}, command);
}

} // namespace qd::desk
