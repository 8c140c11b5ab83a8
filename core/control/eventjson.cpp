// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/eventjson.h"

#include "core/control/jsonfields.h"
#include "core/events/codec.h"
#include "core/journal/crypto.h"

namespace qd::control {

namespace {

std::string_view word(events::MessageKind kind)
{
    switch (kind) {
    case events::MessageKind::Message: return "message";
    case events::MessageKind::Edit: return "edit";
    case events::MessageKind::Removal: return "removal";
    case events::MessageKind::Reaction: return "reaction";
    case events::MessageKind::Unreaction: return "unreaction";
    case events::MessageKind::Topic: return "topic";
    }
    return "message";
}

bool isNothing(const json::value &v)
{
    return v.is_null() || (v.is_string() && v.get_string().empty()) || (v.is_array() && v.get_array().empty())
        || (v.is_object() && v.get_object().empty()) || (v.is_bool() && !v.get_bool()) || (v.is_int64() && v.get_int64() == 0);
}

template <typename T>
json::value valueOf(const T &v)
{
    if constexpr (std::is_same_v<T, events::MessageKind>)
        return json::value(json::string_view(word(v)));
    else if constexpr (HasFields<T>) {
        json::object out;
        T::visitFields(v, [&](int, const char *name, const auto &member) {
            json::value value = valueOf(member);
            if (!isNothing(value))
                out[name] = std::move(value);
        });
        return out;
    } else
        return toJson(v);
}

Result<events::Events> eventsOf(const std::vector<Bytes> &bodies)
{
    std::vector<BytesView> views(bodies.begin(), bodies.end());
    return events::decodeRecord(views);
}

template <typename T>
void describe(std::string &out, const char *name)
{
    out += name;
    if constexpr (HasFields<T>) {
        T probe{};
        out += '{';
        T::visitFields(probe, [&](int, const char *field, auto &member) { describe<std::remove_reference_t<decltype(member)>>(out, field); });
        out += '}';
    }
    out += ';';
}

void describeEvents(std::string &out)
{
    events::AnyEvent::eachType([&]<typename T>() {
        if constexpr (events::kTypeNumber<T> >= 40)
            describe<T>(out, std::to_string(events::kTypeNumber<T>).c_str());
    });
}

} // namespace

std::string eventSchema()
{
    std::string all;
    describeEvents(all);
    return toHex(journal::Sha256().of(asBytes(all))).substr(0, 8);
}

Result<std::vector<std::string>> eventLines(std::uint64_t seq, Instant time, const std::vector<Bytes> &bodies)
{
    const auto all = eventsOf(bodies);
    if (!all)
        return tl::unexpected(all.error());
    std::vector<std::string> out;
    for (const auto &event : *all) {
        json::object line{{"seq", static_cast<std::int64_t>(seq)},
                          {"at", toRfc3339(time)},
                          {"event", json::string_view(events::typeName(event))}};
        visit(
            [&]<typename T>(const T &e) {
                if constexpr (events::kTypeNumber<T> >= 40)
                    T::visitFields(e, [&](int, const char *name, const auto &member) {
                        json::value value = valueOf(member);
                        if (!isNothing(value))
                            line[name] = std::move(value);
                    });
            },
            event);
        out.push_back(json::serialize(line));
    }
    return out;
}

std::vector<std::string> alertKeys(const std::vector<Bytes> &bodies)
{
    std::vector<std::string> out;
    const auto all = eventsOf(bodies);
    if (!all)
        return out;
    for (const auto &event : *all) {
        if (const auto *declared = getIf<events::IncidentDeclared>(&event))
            out.insert(out.end(), declared->alerts.begin(), declared->alerts.end());
        else if (const auto *attached = getIf<events::AlertsAttached>(&event))
            out.insert(out.end(), attached->keys.begin(), attached->keys.end());
        else if (const auto *absorbed = getIf<events::IncidentAbsorbed>(&event))
            out.insert(out.end(), absorbed->keys.begin(), absorbed->keys.end());
    }
    return out;
}

} // namespace qd::control
