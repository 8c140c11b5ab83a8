// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/lookas.h"

#include "core/model/marking.h"
#include "ui/seat/fields.h"
#include "ui/seat/text.h"

#include <QCoreApplication>
#include <map>
#include <set>
#include <utility>

namespace qd::seat {

namespace {

/// Whoever one looks as, by what is read: a clearance may hold for some services or incidents only, and give less there as well as more.
class ReadersOf {
public:
    ReadersOf(const state::State &state, const governance::Place &as) : m_state(state), m_as(as), m_least(on({}, {}))
    {
        const Workspace &w = *state.workspace;
        const auto least = [&](const Reader &reader) {
            if (rankOf(reader.level) < rankOf(m_least.level))
                m_least = reader;
        };
        for (const ClearanceRule &rule : w.clearances) {
            for (const std::string &service : rule.services)
                least(on(service, {}));
            for (const std::string &incident : rule.incidents)
                least(of(incident));
        }
    }
    [[nodiscard]] const Reader &on(const std::string &service, const std::string &incident)
    {
        const auto [at, fresh] = m_known.try_emplace({service, incident});
        if (fresh) {
            governance::Place place = m_as;
            place.about = {service, incident};
            at->second = governance::readerOf(m_state, place);
        }
        return at->second;
    }
    [[nodiscard]] const Reader &of(const std::string &incident)
    {
        const state::Incident *known = m_state.incident(incident);
        return on(known ? known->service : std::string(), incident);
    }
    [[nodiscard]] const Reader &least() const { return m_least; } ///< of what says nothing of what it is about

private:
    const state::State &m_state;
    const governance::Place &m_as;
    std::map<std::pair<std::string, std::string>, Reader> m_known;
    Reader m_least;
};

/// Seals the texts of a value of ui/view. What names an incident, or else a service, is about it, with all in it.
class Sealing {
public:
    Sealing(ReadersOf &readers, const Reader &reader, std::string incident = {}) : m_readers(readers), m_reader(reader), m_incident(std::move(incident)) {}

    void operator()(QString &text) const
    {
        if (!text.contains(QLatin1Char('['))) // something invisible may stand between the two
            return;
        if (const std::string bytes = text.toStdString(); mayHoldMark(bytes))
            text = QString::fromStdString(sealed(bytes, m_reader));
    }
    void operator()(view::IncidentRow &row) const { eachField(row, Sealing(m_readers, m_readers.on(row.service.toStdString(), row.id.toStdString()), row.id.toStdString())); }
    void operator()(view::ViewModel &view) const
    {
        const Sealing inFocus = view.focus.isEmpty() ? *this : about(view.focus.toStdString());
        auto stack = std::move(view.stack);
        auto timeline = std::move(view.timeline);
        std::vector<QString> headings; // of a template, of the incident in focus
        for (view::TemplateRow &row : view.templates)
            headings.push_back(std::exchange(row.heading, {}));
        view.stack = {};
        view.timeline.clear();
        eachField(view, *this);
        inFocus(stack);
        inFocus(timeline);
        for (std::size_t n = 0; n < headings.size(); ++n) {
            inFocus(headings[n]);
            view.templates[n].heading = std::move(headings[n]);
        }
        view.stack = std::move(stack);
        view.timeline = std::move(timeline);
    }
    template <typename T>
    void operator()(T &value) const
    {
        walkInto(value, *this);
    }
    /// How what is in it is read.
    template <typename T>
    [[nodiscard]] Sealing inside(const T &value) const
    {
        if constexpr (requires { value.incident.toStdString(); })
            if (!value.incident.isEmpty())
                return about(value.incident.toStdString());
        if constexpr (requires { value.service.toStdString(); })
            if (!value.service.isEmpty())
                return {m_readers, m_readers.on(value.service.toStdString(), m_incident), m_incident}; // in an incident it is of that, too
        return *this;
    }

private:
    [[nodiscard]] Sealing about(const std::string &incident) const { return {m_readers, m_readers.of(incident), incident}; }

    ReadersOf &m_readers;
    const Reader &m_reader;
    const std::string m_incident; ///< what it is in, where that is known
};

} // namespace

void sealFor(view::ViewModel &view, const state::State &state, const governance::Place &as)
{
    ReadersOf readers(state, as);
    Sealing(readers, readers.least())(view);
}

std::vector<view::Labelled> readersIn(const state::State &state, const governance::Subject &about)
{
    const Workspace &w = *state.workspace;
    std::vector<view::Labelled> out;
    std::set<std::string> known;
    const auto add = [&](const std::string &name, const QString &words) {
        if (!known.insert(name).second)
            return;
        auto place = governance::placeNamed(state, name);
        if (!place)
            return;
        place->about = about;
        const std::string_view level = word(governance::readerOf(state, *place).level);
        out.push_back({qstr(name), QCoreApplication::translate("qd::seat::Readers", "%1 · reads up to %2").arg(words, qstr(level))});
    };
    add("public", QCoreApplication::translate("qd::seat::Readers", "the public"));
    for (const UpdateTemplate &t : w.templates)
        if (!t.audience.empty())
            add("audience:" + t.audience, QCoreApplication::translate("qd::seat::Readers", "audience %1").arg(qstr(t.audience)));
    for (const StatusPage &page : w.pages)
        add("page:" + page.id, QCoreApplication::translate("qd::seat::Readers", "status page %1").arg(qstr(page.id)));
    for (const Recipients &r : w.recipients)
        add("mail:" + r.id, QCoreApplication::translate("qd::seat::Readers", "recipients %1").arg(qstr(r.id)));
    for (const auto &[number, i] : state.incidents)
        if (i.isOpen())
            for (const state::Room &room : i.rooms)
                add("room:" + room.address, QCoreApplication::translate("qd::seat::Readers", "room %1").arg(qstr(room.address)));
    for (const Person &p : w.people)
        add(p.id, qstr(w.nameOf(p.id)));
    return out;
}

} // namespace qd::seat
