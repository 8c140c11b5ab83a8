// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QLineEdit;

namespace qd::escalation {

/// What a poll needs in words: the question and whom it is put to, why the answer is no-go, or what is decided on it. Emits intent.
class PollDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    enum class Kind { Ask, NoGo, Decide };
    /// `poll`: the one it is about; null to ask.
    PollDialog(const style::Theme &theme, Kind kind, const view::PollRow *poll, const view::ViewModel &view, QWidget *parent);
    [[nodiscard]] static QString method(Kind kind);
    [[nodiscard]] QJsonObject arguments() const;

private:
    Kind m_kind;
    std::uint32_t m_poll = 0;
    QString m_incident;
    QLineEdit *m_words;
    QLineEdit *m_people = nullptr;
};

} // namespace qd::escalation
