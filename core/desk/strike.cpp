// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/strike.h"

#include "core/base/safetext.h"
#include "core/events/codec.h"
#include "core/events/texts.h"
#include "core/journal/journal.h"

#include <algorithm>
#include <charconv>
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
    std::uint32_t order = 0;
    std::string stream;
    journal::Id16 key{};
    std::vector<std::string> texts;
    events::Event event;
};

constexpr std::string_view kApart = "text/";
constexpr std::size_t kQuotedStart = 200; ///< bytes by which a longer text is known where it is quoted; fewer than review::kQuotedBytes

/// Where a text may stand that belongs to `incident` (its stream), or to none ("").
bool isWithin(std::string_view stream, std::string_view incident)
{
    return stream == "org" || stream.starts_with("alerts/") || (!incident.empty() && stream == incident);
}

/// The texts of one record within the reach of `incident`.
Result<std::vector<Said>> saidIn(const journal::Committed &record, const std::string &incident)
{
    std::vector<Said> out;
    std::map<std::uint32_t, events::Event> events;
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
                for (const auto &[field, text] : h.texts)
                    s.texts.push_back(text);
            }
        } else if (isWithin(part.stream, incident)) {
            auto placed = events::decode(part.body);
            if (!placed)
                return tl::unexpected(placed.error());
            for (auto &p : *placed)
                events.emplace(p.order, std::move(p.event));
        }
    }
    std::erase_if(out, [&](Said &s) {
        const auto it = events.find(s.order);
        if (it == events.end())
            return true;
        s.event = it->second;
        return false;
    });
    std::sort(out.begin(), out.end(), [](const Said &a, const Said &b) { return a.order < b.order; });
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

/// What of a text is looked for in a section: a longer one is quoted by its beginning (review::inMarkdown).
std::string soughtIn(const std::string &wanted)
{
    std::string out = plainWords(wanted);
    return out.size() > kQuotedStart ? safeText(out, kQuotedStart) : out;
}

/// The text without these words.
std::string withoutWords(const std::string &text, const std::set<std::string> &words)
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
            std::size_t begin = from[at];
            if (begin > 0 && out[begin - 1] == '\\')
                --begin;
            out.replace(begin, from[end] - begin, events::kStruckText);
            after = at + events::kStruckText.size();
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
        m_keys.insert(said.key);
        m_streams.insert(said.stream);
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
        for (const auto &text : said.texts)
            if (text.size() > 2 && !(message && text == message->nick))
                m_wanted.insert(text);
        if (message) {
            for (const std::string *id : {&message->messageId, &message->target})
                if (!id->empty()) {
                    m_messages.insert(messageOf(*message, *id));
                    m_moments.insert(momentOf(*id));
                }
        }
    }

    [[nodiscard]] bool repeats(std::uint64_t seq, const Said &said) const
    {
        if (const auto *revised = getIf<events::LogRevised>(&said.event); revised ? m_lines.contains(revised->line) : holds<events::LogWritten>(said.event) && m_lines.contains(seq))
            return true;
        if (const auto *m = getIf<events::MessageSeen>(&said.event);
            m && (m_messages.contains(messageOf(*m, m->messageId)) || (!m->target.empty() && m_messages.contains(messageOf(*m, m->target)))))
            return true;
        if (isMomentOfOne(said.event)) // a pin made it: its text is the message's, in one line and cut
            return true;
        if (holds<events::SectionWritten>(said.event))
            return std::any_of(said.texts.begin(), said.texts.end(), [&](const std::string &text) { return quotes(text); });
        for (const auto &text : said.texts)
            for (const auto &wanted : m_wanted)
                if (text == wanted ? wanted.size() >= kQuoted || isCopy(said.event)
                                   : (wanted.size() >= kQuoted || isCopy(said.event)) && text.find(wanted) != std::string::npos)
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
    /// Sections that were written by people and by the record stay, without what is struck in them.
    void tellAgain(const state::Incident &incident)
    {
        for (const state::Section &s : incident.review.sections) {
            if (!m_sections.contains({s.id, s.revision()}))
                continue;
            std::string text = withoutWords(std::string(s.text()), m_wanted);
            std::uint32_t last = s.revision();
            for (const state::Revision &aside : s.asides)
                last = std::max(last, aside.number);
            if (!quotes(text))
                m_strike.told.push_back({incident.id, s.id, std::move(text), s.revision(), last + 1, s.revisions.back().draft, {"core", Path::Own}, 0});
        }
    }
    [[nodiscard]] Strike strike(const std::string &incident)
    {
        m_strike.keys.assign(m_keys.begin(), m_keys.end());
        m_streams.erase(incident);
        m_strike.streams.assign(m_streams.begin(), m_streams.end());
        return std::move(m_strike);
    }

private:
    [[nodiscard]] bool quotes(const std::string &section) const
    {
        const std::string plain = plainWords(section);
        return std::any_of(m_wanted.begin(), m_wanted.end(), [&](const std::string &wanted) {
            const std::string sought = soughtIn(wanted);
            return sought.size() >= kQuoted && plain.find(sought) != std::string::npos;
        });
    }
    [[nodiscard]] bool isMomentOfOne(const events::Event &e) const
    {
        const auto *moment = getIf<events::MomentMarked>(&e);
        return moment && m_moments.contains(moment->reference);
    }

    Strike m_strike;
    std::set<std::pair<std::uint64_t, std::uint32_t>> m_taken;
    std::set<journal::Id16> m_keys;
    std::set<std::string> m_wanted, m_messages, m_streams;
    std::set<std::pair<std::string, std::uint32_t>> m_sections; ///< of the review, that quote it: name and revision
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

Result<Strike> planStrike(const journal::Journal &journal, const state::Incident *incident, const std::string &entry)
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
        std::uint32_t number = 0;
        for (const Said &s : said)
            if (place->number == 0 || (isHere(s) && ++number == place->number))
                search.take(seq, s, true);
    });
    if (!found)
        return tl::unexpected(found.error());
    if (search.isEmpty())
        return fail(Code::NotFound, "Record " + entry + " holds no text of " + (incident ? incident->id : std::string("no incident")) + " that could be struck; `get timeline` shows the numbers.");
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
    if (incident)
        search.tellAgain(*incident);
    return search.strike(stream);
}

} // namespace qd::desk
