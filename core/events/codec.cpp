// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/codec.h"

#include "core/base/families.h"
#include "core/events/cborreader.h"
#include "core/events/texts.h"

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <numeric>

namespace qd::events {

namespace {

/// Reads the event whose type number is `type`; false when no type has it.
bool readInto(CborReader &in, std::uint16_t type, Event &out)
{
    return AnyEvent::anyType([&]<typename T>() {
        if (kTypeNumber<T> != type)
            return false;
        in.value(out.emplace<T>());
        return true;
    });
}

std::uint16_t familyOf(std::uint16_t type)
{
    return type < 20 || type >= 100 ? 1 : type < 40 ? 2 : type < 70 ? 3 : type < 90 ? 4 : 6;
}

constexpr std::uint16_t kTextType = 110;
constexpr std::size_t kRoomOver = 512; ///< bytes; what comes before and after the columns

template <typename M>
constexpr bool kIsText = std::is_same_v<M, std::string> || std::is_same_v<M, std::map<std::string, std::string>>;

struct TextAt {
    std::uint32_t order = 0;
    BytesView fields; ///< begins with the map
};
/// What was read so far: nearly always one or two events, which are read in their place.
struct Reading {
    struct Place {
        std::uint32_t order = 0;
        std::uint64_t heldApart = 0;
    };
    Events events;
    boost::container::small_vector<Place, 8> places; ///< of each event
    boost::container::small_vector<TextAt, 4> texts;
};

bool isIn(std::uint64_t fields, int number)
{
    return number < 64 && (fields >> number & 1) != 0;
}

tl::unexpected<Error> unreadable()
{
    return fail(Code::Corrupt, "An event in the journal cannot be read; run `quarterdeckctl verify`.");
}

Result<> readBody(BytesView body, Reading &read)
{
    CborReader in(body);
    const std::size_t before = read.events.size();
    while (in.ok() && !in.atEnd()) {
        if (in.array() != 3)
            in.fail();
        std::uint32_t order = 0;
        std::uint16_t type = 0;
        in.value(order);
        in.value(type);
        if (!in.ok())
            break;
        if (type == kTextType) {
            read.texts.push_back({order, in.rest()});
            in.skip();
            continue;
        }
        if (readInto(in, type, read.events.emplace_back())) {
            read.places.push_back({order, in.takeHeldApart()});
        } else {
            read.events.pop_back();
            in.skip();
        }
    }
    if (!in.ok())
        return unreadable();
    for (std::size_t i = before; i < read.events.size(); ++i)
        if (const auto *reported = getIf<AlertsReported>(&read.events[i]); reported && !reported->batch.isSound())
            return fail(Code::Corrupt, "A report batch in the journal cannot be read; run `quarterdeckctl verify`.");
    return {};
}

/// Puts back what is there, and the marker where it is not.
bool putTexts(Event &event, std::uint64_t heldApart, const TextAt *text)
{
    return visit(
        [&]<typename T>(T &e) {
            if constexpr (kTextFields<T> == 0) {
                return true;
            } else {
                const std::uint64_t wanted = heldApart & kTextFields<T>;
                if (!text) {
                    T::visitFields(e, [&](int number, const char *, auto &member) {
                        if constexpr (std::is_same_v<std::decay_t<decltype(member)>, std::string>)
                            if (isIn(wanted, number))
                                member = kStruckText;
                    });
                    return true;
                }
                CborReader in(text->fields);
                for (std::size_t n = in.map(); n > 0 && in.ok(); --n) {
                    std::uint64_t number = 0;
                    in.value(number);
                    bool known = false;
                    T::visitFields(e, [&](int f, const char *, auto &member) {
                        if constexpr (kIsText<std::decay_t<decltype(member)>>)
                            if (!known && static_cast<std::uint64_t>(f) == number && isIn(wanted, f)) {
                                known = true;
                                in.value(member);
                            }
                    });
                    if (!known)
                        in.skip();
                }
                return in.ok();
            }
        },
        event);
}

/// Every event with the texts that were held apart from it.
Result<> together(Reading &read)
{
    for (std::size_t i = 0; i < read.events.size(); ++i) {
        const auto &place = read.places[i];
        if (place.heldApart == 0)
            continue;
        const auto it = std::find_if(read.texts.begin(), read.texts.end(), [&](const TextAt &t) { return t.order == place.order; });
        if (!putTexts(read.events[i], place.heldApart, it == read.texts.end() ? nullptr : &*it))
            return unreadable();
    }
    return {};
}

/// Encodes `event` without its texts and these into `text`; false when it has none.
bool encodeApart(const Event &event, std::uint32_t order, Bytes &body, Bytes &text)
{
    return visit(
        [&]<typename T>(const T &e) {
            if constexpr (kTextFields<T> == 0) {
                return false;
            } else {
                const std::uint64_t may = textFields(e);
                std::uint64_t held = 0;
                std::size_t count = 0;
                T::visitFields(e, [&](int number, const char *, const auto &member) {
                    if constexpr (kIsText<std::decay_t<decltype(member)>>)
                        if (isIn(may, number) && !member.empty()) {
                            held |= std::uint64_t{1} << number;
                            ++count;
                        }
                });
                if (held == 0)
                    return false;
                T bare = e;
                CborWriter texts(text);
                texts.array(3);
                texts.value(std::uint64_t{order});
                texts.value(std::uint64_t{kTextType});
                texts.map(count);
                T::visitFields(bare, [&](int number, const char *, auto &member) {
                    if constexpr (kIsText<std::decay_t<decltype(member)>>)
                        if (isIn(held, number)) {
                            texts.value(static_cast<std::uint64_t>(number));
                            texts.value(member);
                            member.clear();
                        }
                });
                CborWriter w(body);
                w.array(3);
                w.value(std::uint64_t{order});
                w.value(std::uint64_t{kTypeNumber<T>});
                w.valueWithout(bare, held);
                return true;
            }
        },
        event);
}

/// Bytes an event that reports alerts takes, roughly and not too few: its body grows to tens of kilobytes, and not step by step.
std::size_t roomFor(const Event &event)
{
    constexpr std::size_t kRow = 64; ///< of the columns
    if (const auto *reported = getIf<AlertsReported>(&event)) {
        const ReportBatch &b = reported->batch;
        return b.text.size() + b.size() * kRow + (b.ends.size() + b.pairs.size()) * sizeof(std::uint32_t);
    }
    const auto *decided = getIf<AlertsDecided>(&event);
    if (!decided)
        return 0;
    std::size_t room = decided->verdict.size() * kRow / 4;
    for (const std::string &name : decided->names)
        room += name.size() + 3;
    for (const Because &why : decided->because) {
        room += why.rule.size() + 16;
        for (const auto *texts : {&why.matched, &why.ruledOut})
            for (const std::string &text : *texts)
                room += text.size() + 3;
    }
    return room;
}

} // namespace

void encode(const Event &event, std::uint32_t order, Bytes &out)
{
    CborWriter w(out);
    w.array(3);
    w.value(std::uint64_t{order});
    w.value(std::uint64_t{typeNumber(event)});
    visit([&](const auto &e) { w.value(e); }, event);
}

Result<std::vector<Placed>> decode(BytesView body)
{
    Reading read;
    if (const auto done = readBody(body, read); !done)
        return tl::unexpected(done.error());
    if (const auto done = together(read); !done)
        return tl::unexpected(done.error());
    std::vector<Placed> out;
    out.reserve(read.events.size());
    for (std::size_t i = 0; i < read.events.size(); ++i)
        out.push_back({read.places[i].order, std::move(read.events[i])});
    return out;
}

Result<std::vector<HeldText>> heldTexts(BytesView body)
{
    Reading read;
    if (const auto done = readBody(body, read); !done)
        return tl::unexpected(done.error());
    std::vector<HeldText> out;
    for (const TextAt &t : read.texts) {
        HeldText &held = out.emplace_back();
        held.order = t.order;
        CborReader in(t.fields);
        for (std::size_t n = in.map(); n > 0 && in.ok(); --n) {
            std::uint64_t number = 0;
            in.value(number);
            std::string text;
            // A text, or a map of texts.
            if (!in.rest().empty() && in.rest().front() >> 5 == 5) {
                std::map<std::string, std::string> values;
                in.value(values);
                for (auto &[name, value] : values)
                    held.texts.emplace_back(static_cast<int>(number), std::move(value));
                continue;
            }
            in.value(text);
            held.texts.emplace_back(static_cast<int>(number), std::move(text));
        }
        if (!in.ok())
            return unreadable();
    }
    return out;
}

std::vector<StreamBody> encodeRecord(std::span<const Event> events, Instant at)
{
    std::vector<StreamBody> out;
    std::vector<StreamBody> apart;
    std::uint32_t order = 0;
    for (const Event &e : events) {
        std::string stream = streamOf(e, at);
        auto it = std::find_if(out.begin(), out.end(), [&](const StreamBody &b) { return b.stream == stream; });
        if (it == out.end()) {
            out.push_back({stream, familyOf(typeNumber(e)), {}});
            it = out.end() - 1;
        }
        if (const std::size_t room = roomFor(e); room > 0 && it->body.capacity() - it->body.size() < room) {
            const bool verdictsFollow = holds<AlertsReported>(e) && order + 1 < events.size();
            it->body.reserve(it->body.size() + room + (verdictsFollow ? roomFor(events[order + 1]) : 0) + kRoomOver);
        }
        Bytes text;
        if (!encodeApart(e, order, it->body, text)) {
            encode(e, order, it->body);
        } else {
            stream.insert(0, "text/");
            const auto last = std::find_if(apart.rbegin(), apart.rend(), [&](const StreamBody &b) { return b.stream == stream; });
            if (apart.size() >= kTextsApart && last != apart.rend())
                last->body.insert(last->body.end(), text.begin(), text.end());
            else
                apart.push_back({std::move(stream), kTextFamily, std::move(text), true});
        }
        ++order;
    }
    std::move(apart.begin(), apart.end(), std::back_inserter(out));
    return out;
}

Result<Events> decodeRecord(std::span<const BytesView> bodies, const std::function<void(std::uint32_t order, Event &event)> &each)
{
    Reading read;
    read.events.reserve(2); // what most records have
    for (const BytesView body : bodies)
        if (const auto done = readBody(body, read); !done)
            return tl::unexpected(done.error());
    if (const auto done = together(read); !done)
        return tl::unexpected(done.error());
    const auto &places = read.places;
    for (std::size_t i = 0; each && i < read.events.size(); ++i)
        each(places[i].order, read.events[i]);
    const auto byOrder = [&](std::size_t a, std::size_t b) { return places[a].order < places[b].order; };
    std::size_t sorted = 1;
    while (sorted < places.size() && !byOrder(sorted, sorted - 1))
        ++sorted;
    if (sorted >= places.size())
        return std::move(read.events);
    // The streams of a record are read one after the other.
    std::vector<std::size_t> at(places.size());
    std::iota(at.begin(), at.end(), std::size_t{0});
    std::stable_sort(at.begin(), at.end(), byOrder);
    Events out;
    out.reserve(at.size());
    for (const std::size_t i : at)
        out.push_back(std::move(read.events[i]));
    return out;
}

} // namespace qd::events
