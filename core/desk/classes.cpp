// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/classes.h"

#include "core/base/eachtext.h"
#include "core/base/log.h"
#include "core/desk/past.h"
#include "core/events/codec.h"
#include "core/events/texts.h"
#include "core/journal/erasure.h"
#include "core/state/snapshot.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

namespace qd::desk {

namespace {

constexpr std::string_view kIncidents = "incident/", kOrg = "org", kSegments = "derived/search/";

std::string inMark(const std::string &text, const Marked::Need &need)
{
    return keepsBack(need) ? marked(text, need.level, need.names) : text;
}

/// What each of the marks needs that the text is in as a whole, the outermost first.
std::vector<Marked::Need> wholeNeeds(std::string_view text)
{
    std::vector<Marked::Need> out;
    for (auto whole = wholeMark(text); whole; whole = wholeMark(text)) {
        out.push_back(whole->needs.front());
        text = whole->words.substr(0, whole->words.find_last_not_of(" \t\n") + 1); // marked() puts a blank between two that end together
    }
    return out;
}

template <typename T>
bool isWordsOf(int field)
{
    if constexpr (std::is_same_v<T, events::MessageSeen>)
        return field != 7; // what the sender is called
    else if constexpr (std::is_same_v<T, events::EvidenceKept>)
        return field == 3 || field == 4; // not the bytes and their digest: who may not read its words is not given the file
    else
        return true;
}

/// Texts that are a list, one a line: each line is read by itself.
template <typename T>
bool isList(int field)
{
    return (std::is_same_v<T, events::DecisionMade> && field == 6) || (std::is_same_v<T, events::StoodDown> && field == 8);
}

/// The parts of a text that are marked each by itself: the lines of a list, all of any other.
template <typename T>
std::vector<std::string> linesOf(int field, const std::string &text)
{
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = isList<T>(field) ? std::min(text.find('\n', at), text.size()) : text.size();
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

/// The text of a silence, as an object; none for its subject.
std::optional<boost::json::object> silenceOf(const std::string &text)
{
    boost::system::error_code wrong;
    auto parsed = boost::json::parse(text, wrong);
    return !wrong && parsed.is_object() ? std::optional(std::move(parsed.get_object())) : std::nullopt;
}

const boost::json::string *commentOf(const boost::json::object &silence)
{
    const auto *comment = silence.if_contains("comment");
    return comment ? comment->if_string() : nullptr;
}

bool isErased(std::string_view stream, const std::vector<events::ErasedStream> &streams)
{
    return std::any_of(streams.begin(), streams.end(), [&](const events::ErasedStream &each) { return journal::diesWith(stream, each.stream); });
}

bool isOfErased(const events::LineClassed &event, const std::vector<events::ErasedStream> &streams)
{
    return !event.incident.empty() && isErased(std::string(kIncidents) + event.incident, streams);
}

/// What was classed in one record. Incidents' streams hold such events, and the console's own what is left of those that were erased.
Result<std::vector<events::LineClassed>> classedIn(const journal::Committed &record)
{
    std::vector<events::LineClassed> out;
    for (const journal::Part &part : record.parts) {
        if (part.erased || part.family == journal::kErasureFamily || (part.stream != kOrg && !std::string_view(part.stream).starts_with(kIncidents)))
            continue;
        const auto placed = events::decode(part.body);
        if (!placed)
            return tl::unexpected(placed.error());
        for (const events::Placed &p : *placed)
            if (const auto *e = getIf<events::LineClassed>(&p.event))
                out.push_back(*e);
    }
    return out;
}

/// Segments of the index that hold what a line says, or said.
void dropSegments(const journal::Journal &journal, const std::vector<events::LineClassed> &classed)
{
    std::set<std::string> streams;
    for (const events::LineClassed &e : classed) {
        if (!e.incident.empty())
            streams.insert(std::string(kIncidents) + e.incident);
        streams.insert(e.streams.begin(), e.streams.end());
    }
    for (const std::string &stream : streams)
        if (const auto dropped = journal.sections().dropStream(std::string(kSegments) + stream); !dropped)
            log(LogLevel::Warning, "search", dropped.error());
}

/// What the newest snapshot of this log knows of, and its record.
std::pair<std::vector<events::LineClassed>, std::uint64_t> inNewestSnapshot(const journal::Journal &journal)
{
    auto heads = journal.sections().list(kSnapshotKind);
    for (std::size_t n = heads ? heads->size() : 0; n > 0; --n) {
        const journal::SectionHead &head = (*heads)[n - 1];
        const auto section = journal.sections().open(kSnapshotKind, head.name);
        auto manifest = section ? state::decodeManifest(section->body) : Result<state::Manifest>(tl::unexpected(section.error()));
        if (!manifest || manifest->seq != head.last)
            continue;
        if (const auto leaf = leafOf(journal, manifest->seq); leaf && *leaf == manifest->leaf)
            return {std::move(manifest->classed), manifest->seq};
    }
    return {};
}

} // namespace

bool isWords(const events::Event &event, int field)
{
    return visit([&]<typename T>(const T &) { return isWordsOf<T>(field); }, event);
}

std::vector<std::string> linesOf(const events::Event &event, int field, const std::string &text)
{
    return visit([&]<typename T>(const T &) { return linesOf<T>(field, text); }, event);
}

std::string spokenIn(const events::OutboxQueued &entry, const std::string &text)
{
    if (entry.effect != events::Effect::Silence || text == events::kStruckText)
        return text;
    const auto silence = silenceOf(text);
    const auto *comment = silence ? commentOf(*silence) : nullptr;
    return comment ? std::string(*comment) : std::string();
}

bool keepsBack(const Marked::Need &need)
{
    return rankOf(need.level) > rankOf(DataClass::Internal) || !need.names.empty();
}

Classes::Place Classes::lineOf(const events::LineClassed &event) const
{
    if (event.texts.empty())
        return {0, static_cast<std::uint32_t>(m_all.size())}; // no record is 0
    Place first{event.texts.front().seq, event.texts.front().order};
    for (const events::StruckText &t : event.texts)
        first = std::min(first, Place{t.seq, t.order});
    return first;
}

void Classes::forget(const std::vector<events::ErasedStream> &streams)
{
    if (std::none_of(m_all.begin(), m_all.end(), [&](const events::LineClassed &e) { return isOfErased(e, streams); }))
        return;
    const std::vector<events::LineClassed> all = std::exchange(m_all, {});
    m_texts.clear();
    for (const events::LineClassed &e : all)
        if (!isOfErased(e, streams))
            take(e);
}

std::vector<events::LineClassed> Classes::left(const std::vector<events::ErasedStream> &streams, const std::function<bool(std::uint64_t, std::uint32_t)> &stays) const
{
    std::set<Place> lines;
    for (const events::LineClassed &e : m_all)
        if (isOfErased(e, streams))
            lines.insert(lineOf(e));
    std::map<std::pair<Place, std::pair<DataClass, std::vector<std::string>>>, events::LineClassed> out;
    const auto leftOf = [&](const Place &line, const Marked::Need &need) -> events::LineClassed & {
        events::LineClassed &one = out[{line, {need.level, need.names}}];
        one.level = need.level;
        one.names = need.names;
        return one;
    };
    for (const auto &[seq, places] : m_texts)
        for (const auto &[order, of] : places) {
            const bool isOwn = of.own && lines.contains(of.line);
            if ((!isOwn && std::none_of(of.copies.begin(), of.copies.end(), [&](const auto &copy) { return lines.contains(copy.first); })) || !stays(seq, order))
                continue;
            if (isOwn)
                leftOf(of.line, *of.own).texts.push_back({seq, order});
            for (const auto &[line, need] : of.copies)
                if (lines.contains(line))
                    leftOf(line, need).copies.push_back({seq, order});
        }
    std::vector<events::LineClassed> all;
    for (auto &[line, one] : out)
        all.push_back(std::move(one));
    return all;
}

const Classes::Of *Classes::at(const Place &place) const
{
    const auto record = m_texts.find(place.first);
    if (record == m_texts.end())
        return nullptr;
    const auto found = record->second.find(place.second);
    return found == record->second.end() ? nullptr : &found->second;
}

Classes::Of *Classes::at(const Place &place)
{
    return const_cast<Of *>(std::as_const(*this).at(place));
}

void Classes::take(const events::LineClassed &event)
{
    if (event.texts.empty() && event.copies.empty())
        return;
    const Place line = lineOf(event);
    const Marked::Need need{event.level, event.names};
    for (auto &[seq, places] : m_texts)
        for (auto &[order, of] : places)
            of.copies.erase(line);
    for (const events::StruckText &t : event.copies) // what was taken for its own where another record was named
        if (Of *of = at({t.seq, t.order}); of && of->own && of->line == line)
            of->own.reset();
    for (const events::StruckText &t : event.texts) {
        Of &of = m_texts[t.seq][t.order];
        of.own = need;
        of.line = line;
    }
    if (keepsBack(need))
        for (const events::StruckText &t : event.copies)
            m_texts[t.seq][t.order].copies[line] = need;
    events::LineClassed &kept = m_all.emplace_back(event);
    kept.reason.clear();
    kept.by = {};
}

std::string Classes::dressed(std::uint64_t seq, std::uint32_t order, const std::string &text) const
{
    const Of *of = at({seq, order});
    if (!of || text.empty() || text == events::kStruckText)
        return text;
    std::string out = text;
    if (of->own) {
        if (const auto whole = wholeMark(out))
            out = std::string(whole->words);
        out = inMark(out, *of->own);
    }
    for (const auto &[line, need] : of->copies)
        out = inMark(out, need);
    return out;
}

Marked::Need Classes::replaced(std::uint64_t seq, std::uint32_t order, std::string_view line) const
{
    if (const Of *of = at({seq, order}); of && of->own)
        return *of->own;
    const auto whole = wholeMark(line);
    return whole ? whole->needs.front() : Marked::Need{DataClass::Internal, {}};
}

std::vector<Marked::Need> Classes::ofOthers(std::uint64_t seq, std::uint32_t order) const
{
    std::vector<Marked::Need> out;
    if (const Of *of = at({seq, order}))
        for (const auto &[line, need] : of->copies)
            out.push_back(need);
    return out;
}

void Classes::dress(std::uint64_t seq, std::uint32_t order, events::Event &event) const
{
    const auto record = m_texts.find(seq);
    if (record == m_texts.end() || !record->second.contains(order))
        return;
    visit(
        [&]<typename T>(T &e) {
            if constexpr (events::kTextFields<T> != 0) {
                const std::uint64_t fields = events::textFields(e);
                T::visitFields(e, [&](int number, const char *, auto &member) {
                    if (number >= 64 || (fields >> number & 1U) == 0 || !isWordsOf<T>(number))
                        return;
                    eachText(member, [&](std::string &text) {
                        if constexpr (std::is_same_v<T, events::OutboxQueued>)
                            if (e.effect == events::Effect::Silence) { // what it keeps quiet, and until when, is nobody's words
                                auto silence = silenceOf(text);
                                if (const auto *comment = silence ? commentOf(*silence) : nullptr) {
                                    (*silence)["comment"] = sealed(dressed(seq, order, std::string(*comment)), Reader{DataClass::Internal, {}});
                                    text = boost::json::serialize(*silence);
                                }
                                return;
                            }
                        std::string all;
                        const std::vector<std::string> lines = linesOf<T>(number, text);
                        for (const std::string &line : lines)
                            all += (&line == &lines.front() ? "" : "\n") + dressed(seq, order, line);
                        text = std::move(all);
                        if constexpr (std::is_same_v<T, events::OutboxQueued>)
                            text = sealed(text, Reader{DataClass::Internal, {}});
                    });
                });
            }
        },
        event);
}

bool Classes::isAbove(std::uint64_t seq, std::uint32_t order, DataClass level) const
{
    const Of *of = at({seq, order});
    const auto above = [&](const Marked::Need &need) { return rankOf(need.level) > rankOf(level) || !need.names.empty(); };
    return of && ((of->own && above(*of->own)) || std::any_of(of->copies.begin(), of->copies.end(), [&](const auto &copy) { return above(copy.second); }));
}

std::shared_ptr<const Classes> classesOf(const journal::Journal &journal)
{
    auto classes = std::dynamic_pointer_cast<const Classes>(journal.reading());
    return classes ? classes : std::make_shared<const Classes>();
}

Result<> readClasses(journal::Journal &journal)
{
    const auto [known, from] = inNewestSnapshot(journal);
    std::vector<events::LineClassed> since;
    Result<> outcome;
    const auto read = journal.replay(from + 1, journal.tail(), [&](const journal::Committed &record) {
        auto found = classedIn(record);
        if (found)
            since.insert(since.end(), std::make_move_iterator(found->begin()), std::make_move_iterator(found->end()));
        else
            outcome = tl::unexpected(found.error());
        return outcome.has_value();
    });
    if (!outcome || !read)
        return outcome ? read : outcome;
    auto classes = std::make_shared<Classes>();
    for (const auto *list : {&known, static_cast<const std::vector<events::LineClassed> *>(&since)})
        for (const events::LineClassed &e : *list)
            classes->take(e);
    dropSegments(journal, since); // the core may have ended between the record and what follows from it
    journal.setReading(std::move(classes), false);
    return {};
}

events::Events classesLeft(const journal::Journal &journal, const std::vector<events::ErasedStream> &streams, const events::Actor &by)
{
    std::map<std::uint64_t, std::optional<std::set<std::uint32_t>>> records; // what of each stays; not known: all of it
    const auto staying = [&](std::uint64_t seq) {
        std::optional<std::set<std::uint32_t>> orders(std::in_place);
        const auto read = journal.replay(seq, seq, [&](const journal::Committed &record) {
            for (const journal::Part &part : record.parts) {
                if (part.erased || part.single || part.family == journal::kErasureFamily || std::string_view(part.stream).starts_with("text/") || isErased(part.stream, streams))
                    continue;
                const auto placed = events::decode(part.body);
                if (!placed) {
                    orders.reset();
                    return false;
                }
                for (const events::Placed &p : *placed)
                    orders->insert(p.order);
            }
            return true;
        });
        if (!read)
            orders.reset();
        return orders;
    };
    auto left = classesOf(journal)->left(streams, [&](std::uint64_t seq, std::uint32_t order) {
        auto record = records.find(seq);
        if (record == records.end())
            record = records.emplace(seq, staying(seq)).first;
        return !record->second || record->second->contains(order);
    });
    events::Events out;
    for (events::LineClassed &one : left) {
        one.by = by;
        out.emplace_back(std::move(one));
    }
    return out;
}

void learnClasses(journal::Journal &journal, const events::Events &events)
{
    std::vector<events::LineClassed> classed;
    auto classes = std::make_shared<Classes>(*classesOf(journal));
    const std::size_t before = classes->all().size();
    for (const events::Event &event : events) {
        // While keys could not be destroyed yet the records are read still, as they are classed.
        if (const auto *erased = getIf<events::StreamsErased>(&event); erased && !journal.erasurePending())
            classes->forget(erased->streams);
        if (const auto *e = getIf<events::LineClassed>(&event))
            classed.push_back(*e);
    }
    if (classed.empty() && classes->all().size() == before)
        return;
    for (const events::LineClassed &e : classed)
        classes->take(e);
    journal.setReading(std::move(classes), true);
    dropSegments(journal, classed);
    if (const auto dropped = journal.sections().dropStream(kSnapshotStream); !dropped)
        log(LogLevel::Warning, "snapshots", dropped.error());
}

std::string classedAs(std::string_view line, std::string text)
{
    const std::vector<Marked::Need> has = wholeNeeds(text), needed = wholeNeeds(line);
    for (auto need = needed.rbegin(); need != needed.rend(); ++need)
        if (keepsBack(*need) && std::none_of(has.begin(), has.end(), [&](const Marked::Need &is) { return isAsStrict(is, *need); }))
            text = marked(text, need->level, need->names);
    return text;
}

} // namespace qd::desk
