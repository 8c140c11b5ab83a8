// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/lookas.h"

#include "core/model/marking.h"
#include "ui/seat/text.h"

#include <QCoreApplication>
#include <boost/pfr.hpp>
#include <memory>
#include <set>
#include <type_traits>

namespace qd::seat {

namespace {

template <typename T>
inline constexpr bool kIsVector = false;
template <typename T>
inline constexpr bool kIsVector<std::vector<T>> = true;
template <typename T>
inline constexpr bool kIsShared = false;
template <typename T>
inline constexpr bool kIsShared<std::shared_ptr<const T>> = true;

/// Goes through a value of ui/view, whatever it is made of.
class Sealing {
public:
    explicit Sealing(const Reader &reader) : m_reader(reader) {}

    void operator()(QString &text) const
    {
        if (!text.contains(QLatin1Char('['))) // something invisible may stand between the two
            return;
        if (const std::string bytes = text.toStdString(); mayHoldMark(bytes))
            text = QString::fromStdString(sealed(bytes, m_reader));
    }
    void operator()(QStringList &texts) const
    {
        for (QString &text : texts)
            (*this)(text);
    }
    template <typename T>
    void operator()(T &value) const
    {
        if constexpr (kIsVector<T>) {
            if constexpr (std::is_class_v<typename T::value_type>)
                for (auto &each : value)
                    (*this)(each);
        } else if constexpr (kIsShared<T>) {
            if (value) {
                auto copy = std::make_shared<std::remove_const_t<typename T::element_type>>(*value);
                (*this)(*copy);
                value = std::move(copy);
            }
        } else if constexpr (std::is_class_v<T> && !std::is_same_v<T, Instant> && !std::is_same_v<T, Span>) {
            static_assert(std::is_aggregate_v<T>, "a view is made of plain values");
            boost::pfr::for_each_field(value, [this](auto &field) { (*this)(field); });
        }
    }

private:
    const Reader &m_reader;
};

} // namespace

void sealFor(view::ViewModel &view, const state::State &state, const governance::Place &as)
{
    const auto readerOn = [&](const std::string &service, const std::string &incident) {
        governance::Place place = as;
        place.about = {service, incident};
        return governance::readerOf(state, place);
    };
    // A clearance may hold for some incidents only: each row is read by its own, what is in focus by that, all else by what holds everywhere.
    for (view::IncidentRow &row : view.incidents)
        Sealing(readerOn(row.service.toStdString(), row.id.toStdString()))(row);
    for (view::ReviewRow &row : view.reviews) {
        const state::Incident *of = state.incident(row.incident.toStdString());
        Sealing(readerOn(of ? of->service : std::string(), row.incident.toStdString()))(row);
    }
    if (view.review) {
        const state::Incident *of = state.incident(view.review->incident.toStdString());
        Sealing(readerOn(of ? of->service : std::string(), view.review->incident.toStdString()))(view.review);
    }
    const std::string focus = view.focus.toStdString();
    const state::Incident *incident = state.incident(focus);
    const Reader there = readerOn(incident ? incident->service : std::string(), focus), anywhere = readerOn({}, {});
    const Sealing inFocus(there), elsewhere(anywhere);
    inFocus(view.stack);
    inFocus(view.timeline);
    elsewhere(view);
}

std::vector<view::Labelled> readersIn(const state::State &state)
{
    const Workspace &w = *state.workspace;
    std::vector<view::Labelled> out;
    std::set<std::string> known;
    const auto add = [&](const std::string &name, const QString &words) {
        if (!known.insert(name).second)
            return;
        const auto place = governance::placeNamed(state, name);
        if (!place)
            return;
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
