// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/strike.h"

#include "core/base/safetext.h"
#include "core/desk/classes.h"
#include "core/events/codec.h"
#include "core/events/texts.h"
#include "core/journal/journal.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <set>

namespace qd::desk {

namespace {

struct Place {
    std::uint64_t seq = 0;
    std::uint32_t number = 0; ///< from 1; 0 = all
};

Result<Place> placeOf(const std::string &entry)
{
    Place p;
    const char *end = entry.data() + entry.size();
    const auto seq = std::from_chars(entry.data(), end, p.seq);
    bool good = seq.ec == std::errc() && p.seq > 0;
    if (good && seq.ptr != end) {
        good = *seq.ptr == '.';
        const auto number = good ? std::from_chars(seq.ptr + 1, end, p.number) : seq;
        good = good && number.ec == std::errc() && number.ptr == end && p.number > 0;
    }
    if (!good)
        return fail(Code::Invalid, "\"" + safeLine(entry, 40) + "\" is not an entry; write the record's number, or 1234.2 for its second text.");
    return p;
}

/// A text held apart, with the event it belongs to.
struct Said {
    std::uint32_t order = 0, number = 0; ///< number: of the texts of its record, from 1; those that were struck count, so none moves up
    std::string stream;
    journal::Id16 key{};
    std::vector<std::string> texts;
    std::vector<int> fields; ///< which of the event's each of them is
    events::Event event;
};

constexpr std::string_view kApart = "text/";
constexpr std::size_t kQuotedStart = 200; ///< bytes by which a longer text is known where it is quoted; fewer than review::kQuotedBytes

/// Where a text may stand that belongs to `incident` (its stream), or to none ("").
bool isWithin(std::string_view stream, std::string_view incident)
{
    return stream == "org" || stream.starts_with("alerts/") || (!incident.empty() && stream == incident);
}

/// Whether texts of it are held apart: decoded without them it says they are struck.
bool holdsApart(const events::Event &event)
{
    return visit([]<typename T>(const T &e) {
        bool any = false;
        if constexpr (events::kTextFields<T> != 0)
            T::visitFields(e, [&](int number, const char *, const auto &member) {
                if constexpr (std::is_same_v<std::decay_t<decltype(member)>, std::string>)
                    any = any || ((events::kTextFields<T> >> number & 1) != 0 && member == events::kStruckText);
            });
        return any;
    }, event);
}

/// The texts of one record within the reach of `incident`.
Result<std::vector<Said>> saidIn(const journal::Committed &record, const std::string &incident)
{
    std::vector<Said> out;
    std::map<std::uint32_t, std::pair<std::string, events::Event>> events; // with their streams
    const auto textsOf = [&](const journal::Part &part) {
        return std::string_view(part.stream).starts_with(kApart) && isWithin(std::string_view(part.stream).substr(kApart.size()), incident);
    };
    // A day of alerts is read only where people said something of it.
    const bool any = std::any_of(record.parts.begin(), record.parts.end(), [&](const journal::Part &part) { return !part.erased && textsOf(part); });
    for (const auto &part : record.parts) {
        if (!any || part.erased || part.family == journal::kErasureFamily)
            continue;
        if (textsOf(part)) {
            const auto held = events::heldTexts(part.body);
            if (!held)
                return tl::unexpected(held.error());
            for (const auto &h : *held) {
                Said &s = out.emplace_back();
                s.order = h.order;
                s.stream = part.stream.substr(kApart.size());
                s.key = part.key;
                for (const auto &[field, text] : h.texts) {
                    s.fields.push_back(field);
                    s.texts.push_back(text);
                }
            }
        } else if (isWithin(part.stream, incident)) {
            auto placed = events::decode(part.body);
            if (!placed)
                return tl::unexpected(placed.error());
            for (auto &p : *placed)
                events.emplace(p.order, std::pair(std::string(part.stream), std::move(p.event)));
        }
    }
    std::erase_if(out, [&](Said &s) {
        const auto it = events.find(s.order);
        if (it == events.end())
            return true;
        s.event = it->second.second;
        if (const auto *queued = getIf<events::OutboxQueued>(&s.event))
            for (std::string &text : s.texts)
                text = spokenIn(*queued, text);
        return false;
    });
    std::sort(out.begin(), out.end(), [](const Said &a, const Said &b) { return a.order < b.order; });
    std::uint32_t number = 0;
    auto next = out.begin();
    for (const auto &[order, placed] : events) {
        const bool isThere = next != out.end() && next->order == order;
        if ((isThere || holdsApart(placed.second)) && (incident.empty() || placed.first == incident))
            ++number;
        if (isThere)
            (next++)->number = number;
    }
    return out;
}

/// What the console itself copied, as against what somebody wrote.
bool isCopy(const events::Event &e)
{
    return holds<events::OutboxQueued>(e) || holds<events::WriteWithheld>(e)
        || holds<events::ChatCommandRefused>(e) || holds<events::EscalationStarted>(e)
        || holds<events::ErasureRefused>(e);
}

/// Messages by "connection room id", so that edits follow what they edit.
std::string messageOf(const events::MessageSeen &m, const std::string &id)
{
    return m.connection + '\n' + m.room + '\n' + id;
}

/// As a key moment names the message it is about (state::momentReference).
std::string momentOf(const std::string &messageId)
{
    state::Entry line;
    line.kind = state::EntryKind::Message;
    line.messageId = messageId;
    return safeLine(state::momentReference(line), 200);
}

/// A text as it reads where it is quoted in Markdown: in one line, without what keeps its signs from being structure. `from`: where each byte stood.
std::string plainWords(std::string_view text, std::vector<std::size_t> *from = nullptr)
{
    constexpr std::string_view kEscaped = "\\`*_<>|~[]";
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\' && at + 1 < text.size() && kEscaped.find(text[at + 1]) != std::string_view::npos)
            ++at;
        out += text[at] == '\n' || text[at] == '\t' ? ' ' : text[at];
        if (from)
            from->push_back(at);
    }
    if (from)
        from->push_back(text.size());
    return out;
}

using Range = std::pair<std::size_t, std::size_t>;

/// Where marks say whom they are for: from their brackets on, up to their words.
void headsIn(std::string_view text, std::size_t offset, std::vector<Range> &out)
{
    for (const Marked &mark : marksIn(text)) {
        const auto begin = static_cast<std::size_t>(mark.words.data() - text.data());
        out.emplace_back(offset + mark.at, offset + begin);
        headsIn(mark.words, offset + begin, out);
    }
}

/// Whether words of the text are meant by this part of it, which reads as `wanted`: who writes down what a mark says of its readers repeats no word of it, and
/// who guesses on from there is not told whether it is right.
bool isOfWords(const std::vector<Range> &heads, Range part, std::string_view wanted)
{
    std::size_t words = part.second - part.first;
    for (const auto &[from, to] : heads)
        words -= std::min(std::max(part.first, to), part.second) - std::min(std::max(part.first, from), part.second);
    return words >= std::min(kQuoted, wanted.size()) || (part.second > part.first && words > 0 && isPaired(wanted) && !marksIn(wanted).empty());
}

bool holdsWords(const std::string &text, const std::string &wanted)
{
    std::size_t at = text.find(wanted);
    if (at == std::string::npos)
        return false;
    std::vector<Range> heads;
    headsIn(text, 0, heads);
    while (at != std::string::npos && !isOfWords(heads, {at, at + wanted.size()}, wanted))
        at = text.find(wanted, at + 1);
    return at != std::string::npos;
}

/// What of a text is looked for in a section: a longer one is quoted by its beginning (review::inMarkdown).
std::string soughtIn(const std::string &wanted)
{
    std::string out = plainWords(wanted);
    return out.size() > kQuotedStart ? safeText(out, kQuotedStart) : out;
}

using Instead = std::function<std::string(const std::string &words)>;

/// The text with something else in the place of these words, as it quotes them.
std::string withoutWords(const std::string &text, const std::set<std::string> &words, const Instead &instead)
{
    std::string out = text;
    for (const std::string &each : words) {
        const std::string whole = plainWords(each), start = soughtIn(each);
        for (std::size_t after = 0; start.size() >= kQuoted;) {
            std::vector<std::size_t> from;
            const std::string plain = plainWords(out, &from);
            const std::size_t at = plain.find(start, after);
            if (at == std::string::npos)
                break;
            std::size_t end = plain.compare(at, whole.size(), whole) == 0 ? at + whole.size() : std::string::npos;
            if (end == std::string::npos) // cut where it was quoted: to the end of its line
                end = static_cast<std::size_t>(std::lower_bound(from.begin(), from.end(), std::min(out.find('\n', from[at]), out.size())) - from.begin());
            std::size_t begin = from[at], stop = from[end];
            if (begin > 0 && out[begin - 1] == '\\')
                --begin;
            std::vector<Range> heads;
            headsIn(out, 0, heads);
            if (!isOfWords(heads, {begin, stop}, start)) {
                after = at + 1;
                continue;
            }
            for (const auto &[first, last] : heads) { // a mark that is cut into keeps its words from nobody
                if (first < begin && last > begin)
                    begin = std::min(last, stop);
                if (first > begin && first < stop && last > stop)
                    stop = first;
            }
            const std::string other = instead(out.substr(begin, stop - begin));
            out.replace(begin, stop - begin, other);
            after = std::max(at + 1, plainWords(out.substr(0, begin)).size() + plainWords(other).size());
        }
    }
    return out;
}

class Search {
public:
    /// `isNamed`: it is what was asked for.
    void take(std::uint64_t seq, const Said &said, bool isNamed = false)
    {
        if (!m_taken.insert({seq, said.order}).second)
            return;
        m_strike.texts.push_back({seq, said.order});
        noteKind(seq, said, isNamed || isOfTheLine(seq, said));
        m_keys.insert(said.key);
        m_streams.insert(said.stream);
        if (const auto *queued = getIf<events::OutboxQueued>(&said.event))
            m_strike.outbox.push_back(queued->number);
        if (holds<events::LogWritten>(said.event))
            m_lines.insert(seq);
        if (const auto *revised = getIf<events::LogRevised>(&said.event))
            m_lines.insert(revised->line);
        if (isCopy(said.event) || isMomentOfOne(said.event))
            return;
        if (const auto *section = getIf<events::SectionWritten>(&said.event); section && !isNamed) { // its other words are nobody's secret
            m_sections.emplace(section->section, section->revision);
            return;
        }
        const auto *message = getIf<events::MessageSeen>(&said.event);
        for (std::size_t i = 0; i < said.texts.size(); ++i)
            if (said.texts[i].size() > 2 && (!message || isWords(said.event, said.fields[i])))
                m_wanted.insert(said.texts[i]);
        if (holds<events::StoodDown>(said.event))
            m_stoodDown.insert(m_stoodDown.end(), said.texts.begin(), said.texts.end());
        if (message) {
            for (const std::string *id : {&message->messageId, &message->target})
                if (!id->empty()) {
                    m_messages.insert(messageOf(*message, *id));
                    m_moments.insert(momentOf(*id));
                }
        }
    }

    /// What the line said before and since.
    [[nodiscard]] bool isOfTheLine(std::uint64_t seq, const Said &said) const
    {
        if (const auto *revised = getIf<events::LogRevised>(&said.event); revised ? m_lines.contains(revised->line) : holds<events::LogWritten>(said.event) && m_lines.contains(seq))
            return true;
        const auto *m = getIf<events::MessageSeen>(&said.event);
        return m && (m_messages.contains(messageOf(*m, m->messageId)) || (!m->target.empty() && m_messages.contains(messageOf(*m, m->target))));
    }

    [[nodiscard]] bool repeats(std::uint64_t seq, const Said &said) const
    {
        if (isOfTheLine(seq, said))
            return true;
        if (isMomentOfOne(said.event)) // a pin made it: its text is the message's, in one line and cut
            return true;
        if (holds<events::SectionWritten>(said.event))
            return std::any_of(said.texts.begin(), said.texts.end(), [&](const std::string &text) { return quotes(text); });
        if (holds<events::ActionKept>(said.event)) // each follow-up of a stand-down is an action's text, without whose it is
            for (const auto &text : said.texts)
                if (text.size() >= kQuoted && std::any_of(m_stoodDown.begin(), m_stoodDown.end(), [&](const std::string &all) { return all.find(text) != std::string::npos; }))
                    return true;
        for (const auto &text : said.texts)
            for (const auto &wanted : m_wanted)
                if ((wanted.size() >= kQuoted || isCopy(said.event)) && (text == wanted || holdsWords(text, wanted)))
                    return true;
        return false;
    }

    /// Whether anything new was found since last asked: then what it says is looked for as well.
    [[nodiscard]] bool grew()
    {
        const std::size_t size = m_wanted.size() + m_messages.size() + m_lines.size();
        return std::exchange(m_size, size) != size;
    }
    [[nodiscard]] bool isEmpty() const { return m_keys.empty(); }
    /// Sections that were written by people and by the record stay, with something else in the place of what is quoted in them. `isMarked`: the words are in it.
    void tellAgain(const state::Incident &incident, const Instead &instead, bool isMarked)
    {
        for (const state::Section &s : incident.review.sections) {
            if (s.revisions.empty())
                continue;
            const state::Revision &newest = s.revisions.back(), *counted = s.counted();
            const bool isCounted = counted && counted != &newest && m_sections.contains({s.id, counted->number}); // below somebody's draft
            if (!isCounted && !m_sections.contains({s.id, newest.number}))
                continue;
            std::uint32_t base = newest.number, next = newest.number + 1;
            for (const state::Revision &aside : s.asides)
                next = std::max(next, aside.number + 1);
            const auto tell = [&](const state::Revision &r, bool isAlways) {
                std::string text = withoutWords(r.text, m_wanted, instead);
                if (!isAlways && !(isMarked ? text != r.text : !quotes(text)))
                    return;
                // A draft stays its writer's: it counts no more than it did.
                m_strike.told.push_back({incident.id, s.id, std::move(text), base, next, r.draft, {r.draft ? r.by : std::string("core"), Path::Own}, 0});
                base = next++;
            };
            const std::size_t before = m_strike.told.size();
            if (isCounted)
                tell(*counted, false);
            tell(newest, m_strike.told.size() > before && !quotes(withoutWords(newest.text, m_wanted, instead)));
        }
    }
    [[nodiscard]] Strike strike(const std::string &incident)
    {
        m_strike.keys.assign(m_keys.begin(), m_keys.end());
        m_streams.erase(incident);
        m_strike.streams.assign(m_streams.begin(), m_streams.end());
        return std::move(m_strike);
    }
    [[nodiscard]] Classing classing(const std::string &incident)
    {
        Strike all = strike(incident);
        m_classing.streams = std::move(all.streams);
        m_classing.told = std::move(all.told);
        return std::move(m_classing);
    }

private:
    void noteKind(std::uint64_t seq, const Said &said, bool isOwn)
    {
        (isOwn ? m_classing.own : m_classing.copies).push_back({seq, said.order});
        for (std::size_t i = 0; isOwn && i < said.texts.size(); ++i)
            if (isWords(said.event, said.fields[i]))
                for (std::string &line : linesOf(said.event, said.fields[i], said.texts[i]))
                    if (!line.empty())
                        m_classing.words.push_back({{seq, said.order}, std::move(line)});
        m_classing.events.push_back(said.event);
    }

    [[nodiscard]] bool quotes(const std::string &section) const
    {
        std::vector<std::size_t> from;
        const std::string plain = plainWords(section, &from);
        std::vector<Range> heads;
        headsIn(section, 0, heads);
        return std::any_of(m_wanted.begin(), m_wanted.end(), [&](const std::string &wanted) {
            const std::string sought = soughtIn(wanted);
            std::size_t at = sought.size() >= kQuoted ? plain.find(sought) : std::string::npos;
            while (at != std::string::npos && !isOfWords(heads, {from[at], from[at + sought.size()]}, sought))
                at = plain.find(sought, at + 1);
            return at != std::string::npos;
        });
    }
    [[nodiscard]] bool isMomentOfOne(const events::Event &e) const
    {
        const auto *moment = getIf<events::MomentMarked>(&e);
        return moment && m_moments.contains(moment->reference);
    }

    Strike m_strike;
    Classing m_classing;
    std::set<std::pair<std::uint64_t, std::uint32_t>> m_taken;
    std::set<journal::Id16> m_keys;
    std::set<std::string> m_wanted, m_messages, m_streams;
    std::set<std::pair<std::string, std::uint32_t>> m_sections; ///< of the review, that quote it: name and revision
    std::vector<std::string> m_stoodDown; ///< what stand-downs among them said
    std::set<std::string> m_moments; ///< what key moments about these messages are marked with
    std::set<std::uint64_t> m_lines; ///< records of lines of the log, with all they said
    std::size_t m_size = 0;
};

Result<> eachText(const journal::Journal &journal, std::uint64_t from, std::uint64_t to, const std::string &stream,
                  const std::function<void(std::uint64_t, const std::vector<Said> &)> &each)
{
    Result<> outcome;
    const auto read = journal.replay(from, to, [&](const journal::Committed &record) {
        const auto said = saidIn(record, stream);
        if (said)
            each(record.seq, *said);
        else
            outcome = tl::unexpected(said.error());
        return outcome.has_value();
    });
    return outcome ? read : outcome;
}

} // namespace

namespace {

/// What is named, and all that repeats it.
Result<Search> searched(const journal::Journal &journal, const state::Incident *incident, const std::string &entry, std::string_view done)
{
    const auto place = placeOf(entry);
    if (!place)
        return tl::unexpected(place.error());
    const std::string stream = incident ? "incident/" + incident->id : std::string();
    Search search;
    const auto found = eachText(journal, place->seq, place->seq, stream, [&](std::uint64_t seq, const std::vector<Said> &said) {
        // One command made the record: what it says elsewhere is of the same words, but its own text must be here.
        const auto isHere = [&](const Said &s) { return !incident || s.stream == stream; };
        if (std::none_of(said.begin(), said.end(), isHere))
            return;
        for (const Said &s : said)
            if (place->number == 0 || (isHere(s) && s.number == place->number))
                search.take(seq, s, true);
    });
    if (!found)
        return tl::unexpected(found.error());
    if (search.isEmpty())
        return fail(Code::NotFound, "Record " + entry + " holds no text of " + (incident ? incident->id : std::string("no incident")) + " that could be " + std::string(done) + "; `get timeline` shows the numbers.");
    // What is found may say more than what was looked for (an edit, a command's own words): until nothing is new.
    const std::uint64_t first = !incident ? place->seq : incident->timeline.empty() ? 1 : incident->timeline.front().seq;
    while (search.grew()) {
        const auto read = eachText(journal, first, journal.head(), stream, [&](std::uint64_t seq, const std::vector<Said> &all) {
            for (const Said &said : all)
                if (search.repeats(seq, said))
                    search.take(seq, said);
        });
        if (!read)
            return tl::unexpected(read.error());
    }
    return search;
}

} // namespace

Result<Strike> planStrike(const journal::Journal &journal, const state::Incident *incident, const std::string &entry)
{
    auto search = searched(journal, incident, entry, "struck");
    if (!search)
        return tl::unexpected(search.error());
    if (incident)
        search->tellAgain(*incident, [](const std::string &) { return std::string(events::kStruckText); }, false);
    return search->strike(incident ? "incident/" + incident->id : std::string());
}

Result<Classing> planClassing(const journal::Journal &journal, const state::Incident &incident, const std::string &entry, const Marked::Need &need)
{
    auto search = searched(journal, &incident, entry, "classed");
    if (!search)
        return tl::unexpected(search.error());
    if (keepsBack(need))
        search->tellAgain(incident, [&](const std::string &words) { return marked(words, need.level, need.names); }, true);
    return search->classing("incident/" + incident.id);
}

} // namespace qd::desk
