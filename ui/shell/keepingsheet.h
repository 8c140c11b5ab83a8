// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/governance/kept.h"
#include "ui/review/rows.h"
#include "ui/shell/overlay.h"
#include "ui/view/source.h"

#include <QJsonArray>
#include <QJsonObject>
#include <functional>
#include <vector>

namespace qd::widgets {
class KeyHints;
class PlainLabel;
class TwinTable;
}

namespace qd::shell {

/// What is kept and until when, over the window: streams and messages with what expires when and what a hold keeps (E), the holds (H), who read what is
/// restricted, broke the glass or was refused (A), who speaks from which chat address (I), and who may do what (R). The core is asked each time; what it
/// refuses is shown. It changes nothing itself: it emits what is wanted of the chosen row, and the window opens the dialog. Escape closes it. GUI thread.
class KeepingSheet final : public Overlay {
    Q_OBJECT
public:
    using List = governance::KeptList;
    static constexpr qsizetype kRows = 2000; ///< shown of a list at most; what is left out is said

    KeepingSheet(view::ViewSource &source, const style::Theme &theme, QWidget *window);
    void open(); ///< with the list that was shown last
    void open(List list);
    void again(); ///< the same list, asked for anew
    [[nodiscard]] List list() const { return m_list; }
    [[nodiscard]] widgets::TwinTable &table() const { return *m_table; }
    [[nodiscard]] QString heading() const; ///< which list, and how many
    [[nodiscard]] QString status() const;  ///< of the chosen row, or what is asked for or was refused

Q_SIGNALS:
    /// stream: of the chosen row; may be empty.
    void holdRequested(const QString &stream);
    void liftRequested(const QJsonObject &hold, const QJsonArray &holds);
    void eraseRequested(const QString &stream);
    void bindRequested();
    void unbindRequested(const QJsonObject &identity);

protected:
    void place() override;

private:
    void add(const char *name, const QString &text, Qt::Key key, std::function<void()> run);
    void ask(List list);
    void show(const QJsonObject &result);
    void say();
    void tell(const QString &sentence);
    void lift();
    void erase();
    void unbind();
    [[nodiscard]] const governance::KeptRow *chosen() const;

    view::ViewSource &m_source;
    List m_list = List::Expiry;
    widgets::PlainLabel *m_title, *m_words;
    review::RowsModel *m_model;
    widgets::TwinTable *m_table;
    widgets::KeyHints *m_keys;
    std::vector<governance::KeptRow> m_rows; ///< those that are shown
    QJsonArray m_items;                      ///< as the core said them
    QString m_missing;                       ///< of the rights: what is given to nobody
    int m_asked = 0;                         ///< a late answer is dropped
};

} // namespace qd::shell
