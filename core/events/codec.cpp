// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/codec.h"

#include "core/events/cborreader.h"

#include <algorithm>

namespace qd::events {

namespace {

/// Reads the event whose type number is `type`; false when no type has it.
template <std::size_t I = 0>
bool readInto(CborReader &in, std::uint16_t type, Event &out)
{
    if constexpr (I < std::variant_size_v<Event>) {
        using T = std::variant_alternative_t<I, Event>;
        if (kTypeNumber<T> == type) {
            in.value(out.emplace<T>());
            return true;
        }
        return readInto<I + 1>(in, type, out);
    } else {
        return false;
    }
}

std::uint16_t familyOf(std::uint16_t type)
{
    return type < 20 ? 1 : type < 40 ? 2 : type < 70 ? 3 : type < 90 ? 4 : 5;
}

} // namespace

void encode(const Event &event, std::uint32_t order, Bytes &out)
{
    CborWriter w(out);
    w.array(3);
    w.value(std::uint64_t{order});
    w.value(std::uint64_t{typeNumber(event)});
    std::visit([&](const auto &e) { w.value(e); }, event);
}

Result<std::vector<Placed>> decode(BytesView body)
{
    std::vector<Placed> out;
    CborReader in(body);
    while (in.ok() && !in.atEnd()) {
        if (in.array() != 3)
            in.fail();
        Placed p;
        std::uint16_t type = 0;
        in.value(p.order);
        in.value(type);
        if (!in.ok())
            break;
        if (readInto(in, type, p.event))
            out.push_back(std::move(p));
        else
            in.skip();
    }
    if (!in.ok())
        return fail(Code::Corrupt, "An event in the journal cannot be read; run `quarterdeckctl verify`.");
    for (const Placed &p : out)
        if (const auto *r = std::get_if<AlertsReported>(&p.event); r && !r->batch.isSound())
            return fail(Code::Corrupt, "A report batch in the journal cannot be read; run `quarterdeckctl verify`.");
    return out;
}

std::vector<StreamBody> encodeRecord(std::span<const Event> events, Instant at)
{
    std::vector<StreamBody> out;
    std::uint32_t order = 0;
    for (const Event &e : events) {
        std::string stream = streamOf(e, at);
        auto it = std::find_if(out.begin(), out.end(), [&](const StreamBody &b) { return b.stream == stream; });
        if (it == out.end()) {
            out.push_back({std::move(stream), familyOf(typeNumber(e)), {}});
            it = out.end() - 1;
        }
        encode(e, order++, it->body);
    }
    return out;
}

Result<Events> decodeRecord(std::span<const BytesView> bodies)
{
    std::vector<Placed> all;
    for (const BytesView body : bodies) {
        auto part = decode(body);
        if (!part)
            return tl::unexpected(part.error());
        std::move(part->begin(), part->end(), std::back_inserter(all));
    }
    std::stable_sort(all.begin(), all.end(), [](const Placed &a, const Placed &b) { return a.order < b.order; });
    Events out;
    out.reserve(all.size());
    for (Placed &p : all)
        out.push_back(std::move(p.event));
    return out;
}

} // namespace qd::events
