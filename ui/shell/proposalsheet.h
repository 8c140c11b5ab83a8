// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/overlay.h"
#include "ui/view/viewmodel.h"

#include <QJsonArray>

namespace qd::map {
class ProposalModel;
}
namespace qd::widgets {
class KeyHints;
class PlainLabel;
class TwinTable;
}

namespace qd::shell {

/// Dependencies that were found and wait for somebody's word, over the window. Several are chosen with Shift or Ctrl+A; A accepts them as
/// they were proposed, S and Y as soft and asynchronous ones, D dismisses them. It asks for its rows when it opens and after each answer.
class ProposalSheet final : public Overlay {
    Q_OBJECT
public:
    ProposalSheet(const style::Theme &theme, QWidget *window);
    void open();
    void show(const QJsonArray &items, Instant now); ///< of `get map`
    void tell(const QString &sentence);
    [[nodiscard]] widgets::TwinTable &table() const { return *m_table; }
    [[nodiscard]] map::ProposalModel &model() const { return *m_model; }
    [[nodiscard]] QString status() const;

Q_SIGNALS:
    void rowsWanted();
    void answered(const QString &method, const QJsonArray &edges);

protected:
    void place() override;

private:
    void add(const char *name, const QString &text, Qt::Key key, const QString &method, const QString &kind);
    void say();

    map::ProposalModel *m_model;
    widgets::TwinTable *m_table;
    widgets::PlainLabel *m_title, *m_words;
    widgets::KeyHints *m_keys;
};

} // namespace qd::shell
