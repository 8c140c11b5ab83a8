// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/overlay.h"
#include "ui/view/viewmodel.h"

class QAction;

namespace qd::triage {
class HeartbeatModel;
}
namespace qd::widgets {
class KeyHints;
class PlainLabel;
class TwinTable;
}

namespace qd::shell {

/// What must be heard again and again, over the window: state by shape and word, age of the last beat, time to the next trip. The
/// chosen one in words below. M mutes it, U unmutes it, T tries other numbers on what was recorded. Escape closes it.
class HeartbeatSheet final : public Overlay {
    Q_OBJECT
public:
    HeartbeatSheet(const style::Theme &theme, QWidget *window);
    void open();
    void show(const std::vector<view::HeartbeatRow> &rows, Instant now);
    void setNow(Instant now);
    [[nodiscard]] widgets::TwinTable &table() const { return *m_table; }
    [[nodiscard]] triage::HeartbeatModel &model() const { return *m_model; }
    [[nodiscard]] QString status() const; ///< the words below the table
    void tell(const QString &sentence);   ///< shown there until another row is chosen

Q_SIGNALS:
    void muteRequested(const qd::view::HeartbeatRow &row);
    void unmuteRequested(const QString &id);
    void dryRunRequested(const qd::view::HeartbeatRow &row);

protected:
    void place() override;

private:
    void add(const char *name, const QString &text, Qt::Key key, void (HeartbeatSheet::*act)(const view::HeartbeatRow &));
    void act(void (HeartbeatSheet::*what)(const view::HeartbeatRow &));
    void say();

    triage::HeartbeatModel *m_model;
    widgets::TwinTable *m_table;
    widgets::PlainLabel *m_title, *m_words;
    widgets::KeyHints *m_keys;
    QString m_chosen; ///< the row stays chosen when others come and go
};

} // namespace qd::shell
