// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/triage/alertfilter.h"
#include "ui/view/viewmodel.h"

#include <QAbstractTableModel>
#include <vector>

namespace qd::triage {

/// The alert list of one tab as a table, straight over the shared view: an update costs one pass and no allocation per
/// row.
///
/// While the table is held (the person selected something, or scrolled), no row moves: rows change in place, rows that
/// ended stay where they are and are marked, and new rows wait in newRows() until release(). Otherwise the table
/// follows the view's order by inserting and removing rows; it never resets but on a change of list or filter.
class AlertTable final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Severity, Alert, Service, Age, Reports, Owner, kColumns };
    enum class List { Active, Standing, Shelf, Suppressed };
    enum Roles { KeyRole = Qt::UserRole + 1 };

    using QAbstractTableModel::QAbstractTableModel;

    void setView(view::ViewModelPtr view);
    void setList(List list);
    [[nodiscard]] List list() const { return m_list; }
    void setFilter(const AlertFilter &filter);
    void setNow(Instant now) { m_now = now; } ///< ages are read at paint time; the view repaints itself

    void setHeld(bool held);
    [[nodiscard]] bool isHeld() const { return m_held; }
    /// Lets go: ended rows leave, new rows take their place.
    void release();

    [[nodiscard]] int newRows() const { return m_new; }
    [[nodiscard]] int hiddenByFilter() const { return m_hidden; }
    [[nodiscard]] int total() const;

    [[nodiscard]] const view::AlertRow &row(int row) const;
    /// It left the list while the table was held.
    [[nodiscard]] bool hasEnded(int row) const;
    /// Where such a row is now, in a word: another list, or "ended"; "" for one that is there.
    [[nodiscard]] QString whereTo(int row) const;
    [[nodiscard]] int find(const QString &key) const; ///< -1: not shown
    [[nodiscard]] Instant now() const { return m_now; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// newRows, hiddenByFilter or total changed.
    void countsChanged();

private:
    using Place = std::uint32_t; ///< an index into the view's list, or into m_ended with kEndedBit
    static constexpr Place kEndedBit = 0x8000'0000U;

    [[nodiscard]] const std::vector<view::AlertRow> &listOf(const view::ViewModelPtr &view) const;
    [[nodiscard]] const view::AlertRow &at(const view::ViewModelPtr &view, Place place) const;
    /// How long it stays on the shelf.
    [[nodiscard]] QString left(int row, bool inFull) const;
    void filterIncoming(const view::ViewModelPtr &view);
    void follow(view::ViewModelPtr view);
    void hold(view::ViewModelPtr view);
    void findWhereTo();
    void rebuild();

    view::ViewModelPtr m_view;
    List m_list = List::Active;
    AlertFilter m_filter;
    Instant m_now;
    std::vector<Place> m_shown;
    std::vector<Place> m_incoming; ///< scratch: the view's rows that pass the filter
    std::vector<view::AlertRow> m_ended;
    std::vector<QString> m_whereTo; ///< of each of m_ended
    bool m_held = false;
    int m_new = 0;
    int m_hidden = 0;
};

} // namespace qd::triage
