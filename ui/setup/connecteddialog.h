// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

namespace qd::setup {

/// What became of a connection that was just made: whether it answers, as the core finds out, and what it may write. For what sends to us also
/// the addresses with their key, which are shown this once.
class ConnectedDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `said`: what `connect` wrote.
    ConnectedDialog(const style::Theme &theme, const QString &name, const QString &kind, const QString &said, QWidget *parent);

    /// Whenever there is another view.
    void follow(const view::ViewModel &view);
    [[nodiscard]] QString result() const;
    [[nodiscard]] QString writes() const;
    [[nodiscard]] QString addresses() const; ///< one a line; empty: nothing is sent to it

private:
    QString m_name, m_kind, m_addresses;
    widgets::PlainLabel *m_result, *m_writes;
};

/// What is known of a connection by its feed, in one sentence. Pure.
[[nodiscard]] QString feedSentence(const view::Feed &feed);

} // namespace qd::setup
