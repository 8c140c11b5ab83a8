// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/replay.h"
#include "ui/widgets/formdialog.h"

class QLineEdit;

namespace qd::review {

/// A time somebody typed, within what there is to replay.
struct TypedPast {
    Instant at;                          ///< none: refused
    QString refusal;                     ///< why, in a sentence
};
/// "14:09:30", "14:09" or with a day before it, by the clocks the window shows; or with a zone of its own, as RFC 3339 has it. Without a day it is that time
/// on a day of the stretch, the nearest to where one is. Pure but for the clocks.
[[nodiscard]] TypedPast readPast(const QString &text, const Replay &replay);

/// Asks for a time to replay. GUI thread.
class GoToTimeDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    GoToTimeDialog(const style::Theme &theme, const Replay &replay, QWidget *parent);
    [[nodiscard]] Instant at() const;

private:
    void check();

    const Replay m_replay;               ///< as it was when it was asked
    QLineEdit *m_time;
};

} // namespace qd::review
