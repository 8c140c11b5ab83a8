// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/timeline/finder.h"
#include "ui/view/source.h"
#include "ui/widgets/ticker.h"

#include <QWidget>

class QAction;
class QLineEdit;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace qd::widgets {
class PlainLabel;
class SectionHeader;
class StateCard;
class Tag;
class TwinTable;
}

namespace qd::timeline {

class KindBar;
class TimelineCanvas;
class TimelineModel;

/// The timeline panel: lanes, or the same events as a table. Follows the source; its moment comes from the ticker.
/// Its commands are actions(): freeze, zoom, pan, previous and next event, start, now, centre, table. What is pinned stands above the lanes, wherever
/// they are and whatever is filtered; sealed words are counted and can be asked for. GUI thread.
class TimelineView final : public QWidget {
    Q_OBJECT
public:
    TimelineView(const style::Theme &theme, view::ViewSource &source, widgets::Ticker &ticker, QWidget *parent = nullptr);

    [[nodiscard]] TimelineCanvas &canvas() { return *m_canvas; }
    [[nodiscard]] QTableView &table();
    [[nodiscard]] bool isTable() const;
    void showTable(bool table);
    [[nodiscard]] QLineEdit &findField() const { return *m_find; }
    [[nodiscard]] KindBar &kinds() const { return *m_kinds; }
    /// What the console writes of itself is hidden and counted until somebody wants it.
    void showSystem(bool show);
    [[nodiscard]] bool showsSystem() const;
    [[nodiscard]] QString state() const;  ///< "following live · 3 system events hidden, Q shows them"
    [[nodiscard]] QString pinned() const; ///< what stands above the lanes
    [[nodiscard]] QPushButton &sealedButton() const { return *m_sealed; }
    [[nodiscard]] QString findCount() const; ///< "2 of 7", as it stands beside the field

Q_SIGNALS:
    void alertChosen(const QString &key);
    void entryChosen(const QString &id);
    void refused(const QString &sentence); ///< the core's own words
    void lineRequested(const QString &prefill, const QString &about); ///< the one-line instrument, for what is made from a line of the record
    void told(const QString &sentence);    ///< something was done that is not seen at once
    void revealRequested(const QString &id); ///< the words that are kept from this entry; empty: from all of them

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< the keys of the field in which is typed what is looked for

private:
    void makeActions();
    // What is looked for: timelinefind.cpp.
    void makeFind();
    void openFind(bool open);
    void look();
    void walkFound(int direction);
    void showCount();
    QAction *add(QWidget *on, const QString &name, const QList<QKeySequence> &keys, Qt::ShortcutContext context);
    void onView(const view::ViewModelPtr &view);
    void refreshHeader();
    void refreshDetail();
    void refreshPinned();
    void showKinds(); ///< what the filter leaves
    void reveal();
    /// The files that came with the selected message, one after the other, into the incident's record. timelinefiles.cpp
    void keepFiles();
    void keepFile(const QString &incident, const QString &message, int file, int files);
    /// The selected event, or the moment, becomes a key moment; what is one already is none any more.
    void mark();
    void copyArea();
    void tellBefore(); ///< the earlier words of the chosen message
    void revise();     ///< a line of one's own is put otherwise. timelinerevise.cpp
    void classLine();  ///< who may read the texts of a line's record from now on. timelineclass.cpp
    void strike();     ///< the texts of a line's record are taken out for good. timelinestrike.cpp
    /// The chosen line becomes a task ("@") or a decision ("!"): its words are put into the one-line instrument. timelineabout.cpp
    void makeFrom(const QString &sign);
    void escape();

    const style::Theme &m_theme;
    view::ViewSource &m_source;
    view::ViewModelPtr m_view;
    widgets::SectionHeader *m_header;
    widgets::PlainLabel *m_state;
    TimelineCanvas *m_canvas;
    TimelineModel *m_model;
    widgets::TwinTable *m_table;
    widgets::StateCard *m_empty;
    KindBar *m_kinds;
    widgets::PlainLabel *m_pinned;  ///< key moments, the newest last
    QPushButton *m_sealed;          ///< how many lines have sealed words
    widgets::Tag *m_sealedTag;      ///< of the selected one
    widgets::PlainLabel *m_detail;
    QLineEdit *m_find;
    widgets::PlainLabel *m_count;
    std::vector<Found> m_found;
    QString m_at; ///< which of them one stands at; empty: none yet
    widgets::PlainLabel *m_area; ///< what happened in the stretch somebody chose
    QStackedLayout *m_pages;
    QAction *m_freeze = nullptr;
    QAction *m_tableAction = nullptr;
    QAction *m_system = nullptr;
    bool m_wantTable = false;
};

} // namespace qd::timeline
