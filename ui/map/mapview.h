// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/map/graph.h"
#include "ui/style/theme.h"
#include "ui/view/source.h"

#include <QWidget>

class QAction;
class QLineEdit;
class QStackedLayout;
class QTableView;

namespace qd::widgets {
class SectionHeader;
class StateCard;
class TwinTable;
}

namespace qd::map {

class DotLayout;
class MapCanvas;
class MapModel;
struct Layout;

/// The dependency map panel: what lies within two hops of what fires and of what was chosen, laid out in layers; or every
/// service as a table. What is shown once stays until the person arranges anew; a healed service is dimmed, not removed.
/// Its commands are actions(). GUI thread.
class MapView final : public QWidget {
    Q_OBJECT
public:
    MapView(const style::Theme &theme, view::ViewSource &source, QWidget *parent = nullptr);

    /// Makes a service the current one and brings its neighbourhood in; from the triage table, the palette …
    void choose(const QString &service);
    void showTable(bool table);
    [[nodiscard]] bool isTable() const;

    [[nodiscard]] MapCanvas &canvas() { return *m_canvas; }
    [[nodiscard]] QTableView &table();
    [[nodiscard]] DotLayout &layouts() { return *m_dot; }

Q_SIGNALS:
    void serviceChosen(const QString &service);

private:
    void makeActions();
    void onView(const view::ViewModelPtr &view);
    void onLayout(const QByteArray &hash, const Layout &layout);
    /// Shown = what was shown and still exists, and the neighbourhood. `afresh` forgets what was shown.
    void arrange(bool afresh);
    void setHops(int hops);
    void hideCurrent();
    void refreshHeader();
    void openFind(bool open);

    const style::Theme &m_theme;
    widgets::SectionHeader *m_header;
    QLineEdit *m_find;
    MapCanvas *m_canvas;
    MapModel *m_model;
    widgets::TwinTable *m_table;
    widgets::StateCard *m_empty;
    DotLayout *m_dot;
    QStackedLayout *m_pages;
    QAction *m_tableAction = nullptr;
    view::ViewModelPtr m_view;
    QSet<QString> m_shown, m_hidden;
    QString m_chosen, m_focus;
    QByteArray m_wanted; ///< the topology asked for
    QByteArray m_laid;   ///< the topology on the screen
    int m_hops = 2;
    bool m_wantTable = false;
};

} // namespace qd::map
