// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/rows.h"
#include "ui/view/viewmodel.h"

#include <QJsonArray>
#include <QStringList>
#include <vector>

/// What is to be done after all reviews, and what was published of them, as the core lists both. Pure: same input, same rows.
namespace qd::review {

/// An action with the incident whose review it is of.
struct Registered {
    QString incident;
    view::ReviewAction action;
    int ageDays = 0;
    [[nodiscard]] QString id() const { return incident + QLatin1Char('/') + QString::number(action.number); }
    [[nodiscard]] bool isOpen() const { return action.state == ActionState::Open; }
    [[nodiscard]] bool isLate(Instant now) const { return isOpen() && action.due && action.due < now; }
};

/// `items`: of `get actions`. names: people, by id.
[[nodiscard]] std::vector<Registered> registeredIn(const QJsonArray &items, const std::vector<view::Labelled> &names);

/// What of them is shown, and in which order.
struct RegisterChoice {
    enum Which { Open, Mine, Overdue, All } which = Open;
    enum By { Due, Owner, Age, Moved, Strongest, Incident, Orders } by = Due;
    QString words;                       ///< each of them is somewhere in the row
    QString me;                          ///< the id of who sits here
};
[[nodiscard]] bool isOfChoice(const Registered &one, RegisterChoice::Which which, const QString &me, Instant now);
[[nodiscard]] std::vector<TableRow> registerRows(std::vector<Registered> all, const RegisterChoice &choice, Instant now);

/// How a publication, of `get library`, reads beside its review as that is now: in a cell.
[[nodiscard]] QString readsWords(const QJsonObject &publication);

/// What of an incident's review was published and reads otherwise by now, in a sentence that names three; "": nothing, or it is not known. `items`: of `get library`.
[[nodiscard]] QString outdatedWords(const QJsonArray &items, const QString &incident);

/// `items`: of `get library`. The newest first; those that have each of the words in incident, title, audience or where they are, and those of the incidents in `found`,
/// whose reviews hold them.
[[nodiscard]] std::vector<TableRow> libraryRows(const QJsonArray &items, const std::vector<view::Labelled> &names, const QString &words, Instant now, const QStringList &found = {});

} // namespace qd::review
