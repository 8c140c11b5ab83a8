// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/reviewrules.h"

#include "ui/seat/text.h"

#include <QCoreApplication>
#include <algorithm>

namespace qd::seat {

namespace {

/// As the templates of a review name them, with what they are called here.
struct KnownSection {
    const char *id, *title;
};
constexpr KnownSection kSections[] = {
    {"narrative", QT_TRANSLATE_NOOP("qd::seat::Sections", "Narrative")},
    {"summary", QT_TRANSLATE_NOOP("qd::seat::Sections", "Summary")},
    {"impact", QT_TRANSLATE_NOOP("qd::seat::Sections", "Impact")},
    {"well", QT_TRANSLATE_NOOP("qd::seat::Sections", "What went well")},
};

QString nameOf(const state::State &state, const std::string &id)
{
    return id.empty() ? QString() : qstr(state.workspace->nameOf(id));
}

} // namespace

std::vector<std::string> sectionIds(const state::Review &review)
{
    std::vector<std::string> out;
    for (const KnownSection &s : kSections)
        out.emplace_back(s.id);
    for (const state::Section &s : review.sections)
        if (std::find(out.begin(), out.end(), s.id) == out.end())
            out.push_back(s.id);
    return out;
}

QString sectionTitle(const std::string &id)
{
    for (const KnownSection &s : kSections)
        if (id == s.id)
            return QCoreApplication::translate("qd::seat::Sections", s.title);
    QString title = qstr(id);
    if (!title.isEmpty())
        title[0] = title[0].toUpper();
    return title;
}

std::vector<view::FactorRow> factorsOf(const state::State &state, const state::Incident &incident, const std::string &you)
{
    std::vector<view::FactorRow> out;
    for (const state::Rating &r : incident.review.ratings) {
        auto row = std::find_if(out.begin(), out.end(), [&](const view::FactorRow &f) { return f.id == qstr(r.factor); });
        if (row == out.end()) {
            out.push_back({});
            row = std::prev(out.end());
            row->id = row->title = qstr(r.factor);
        }
        row->raters << nameOf(state, r.by);
        row->yours = row->yours || r.by == you;
    }
    return out;
}

std::vector<view::GateRow> gatesOf(const state::State &, const state::Incident &, Instant)
{
    return {};
}

std::vector<view::ReviewPerson> peopleOf(const state::State &state, const state::Incident &incident, const std::string &you)
{
    std::vector<view::ReviewPerson> out;
    const state::Review &r = incident.review;
    const auto take = [&](const std::string &id, bool required) {
        view::ReviewPerson p;
        p.id = qstr(id);
        p.name = nameOf(state, id);
        p.required = required;
        p.you = id == you;
        for (const state::Contribution &c : r.contributions)
            if (c.person == id) {
                p.text = qstr(c.text);
                p.delegate = nameOf(state, c.delegate);
                p.contributed = !c.text.empty() || !c.delegate.empty();
            }
        out.push_back(std::move(p));
    };
    for (const std::string &id : r.people)
        take(id, true);
    for (const state::Contribution &c : r.contributions)
        if (std::find(r.people.begin(), r.people.end(), c.person) == r.people.end())
            take(c.person, false);
    return out;
}

std::vector<view::PromptRow> promptRows()
{
    return {};
}

std::vector<view::Finding> findingsOf(const state::State &, const state::Incident &, const std::string &, const QString &)
{
    return {};
}

} // namespace qd::seat
