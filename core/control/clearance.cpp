// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/clearance.h"

#include "core/control/jsonfields.h"
#include "core/desk/decide.h"

#include <algorithm>
#include <array>
#include <map>

namespace qd::control {

namespace {

using governance::Place;

class Clearing {
public:
    Clearing(const state::State &state, const std::string &person, const std::optional<Place> &as, bool incidents)
        : m_state(state), m_person(person), m_as(as), m_incidents(incidents)
    {}

    void clear(json::value &value, const std::string &about)
    {
        if (value.is_string()) {
            json::string &text = value.get_string();
            if (const std::string_view all(text.data(), text.size()); mayHoldMark(all))
                text = readable(all, about);
        } else if (value.is_array()) {
            for (json::value &each : value.get_array())
                clear(each, about);
        } else if (value.is_object()) {
            json::object &object = value.get_object();
            const std::string named = incidentOf(object);
            if (m_incidents && !named.empty())
                if (const auto *i = m_state.incident(named); i && governance::isRestricted(*m_state.workspace, *i))
                    show(named);
            const std::string &within = named.empty() ? about : named;
            for (auto &member : object)
                clear(member.value(), within);
            if (std::any_of(object.begin(), object.end(), [](const auto &member) { return mayHoldMark(std::string_view(member.key())); }))
                clearKeys(object, within);
        }
    }
    [[nodiscard]] std::vector<std::string> shown() { return std::move(m_shown); }

private:
    /// What stands as a name (of a label, an annotation) came from outside as its value did. Names that read the same once they are sealed stay apart.
    void clearKeys(json::object &object, const std::string &about)
    {
        json::object out;
        for (auto &member : object) {
            const std::string_view key(member.key());
            const std::string name = mayHoldMark(key) ? readable(key, about) : std::string(key);
            std::string free = name;
            for (int n = 2; out.contains(free); ++n)
                free = name + " (" + std::to_string(n) + ")";
            out.emplace(free, std::move(member.value()));
        }
        object = std::move(out);
    }

    static std::string incidentOf(const json::object &object)
    {
        for (const char *name : {"incident", "id"})
            if (const json::value *v = object.if_contains(name); v && v->is_string() && v->get_string().starts_with("INC-"))
                return std::string(v->get_string());
        return {};
    }

    /// Who asks, and whom they look as; kept by incident.
    const std::vector<Reader> &readers(const std::string &about)
    {
        const auto [at, fresh] = m_readers.try_emplace(about);
        if (fresh) {
            const auto *i = about.empty() ? nullptr : m_state.incident(about);
            const governance::Subject subject{i ? i->service : std::string(), about};
            at->second.push_back(governance::readerOf(m_state, {Place::Kind::Person, m_person, {}, subject}));
            if (m_as) {
                Place as = *m_as;
                as.about = subject;
                at->second.push_back(governance::readerOf(m_state, as));
            }
        }
        return at->second;
    }

    std::string readable(std::string_view text, const std::string &about)
    {
        std::string out(text);
        std::vector<DataClass> seen;
        for (const Reader &reader : readers(about)) {
            seen.clear(); // what the last one leaves is what is shown
            out = sealed(out, reader, Brackets::Kept, &seen);
        }
        if (std::find(seen.begin(), seen.end(), DataClass::Restricted) != seen.end())
            show(about.empty() || !m_state.incident(about) ? std::string(desk::kConsoleWords) : about);
        return out;
    }

    void show(const std::string &incident)
    {
        if (std::find(m_shown.begin(), m_shown.end(), incident) == m_shown.end())
            m_shown.push_back(incident);
    }

    const state::State &m_state;
    const std::string &m_person;
    const std::optional<Place> &m_as;
    const bool m_incidents;
    std::map<std::string, std::vector<Reader>> m_readers;
    std::vector<std::string> m_shown;
};

} // namespace

Cleared clearedFor(const state::State &state, const std::string &text, const std::string &person, const std::optional<Place> &as, bool incidents)
{
    auto value = parseJson(text);
    if (!value)
        return {"null", {}}; // it is ours and is JSON; what cannot be read is not shown
    Clearing clearing(state, person, as, incidents);
    clearing.clear(*value, {});
    return {json::serialize(*value), clearing.shown()};
}

bool namesIncidents(std::string_view method)
{
    return method == "search" || method == "update.draft";
}

bool canBeViewedAs(std::string_view method)
{
    static constexpr std::array kMethods{std::string_view("get"), std::string_view("why"), std::string_view("search"), std::string_view("update.draft"), std::string_view("review.read")};
    return std::find(kMethods.begin(), kMethods.end(), method) != kMethods.end();
}

} // namespace qd::control
