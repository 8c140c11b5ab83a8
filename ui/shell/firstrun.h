// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace qd::shell {

/// The page a program shows that was started without a home: what a home is, how one is made, the practice incident,
/// and an incident the team had elsewhere.
/// It makes nothing itself: init prints a recovery key once, and that belongs where a person reads it. Closing it chooses
/// nothing. GUI thread.
class FirstRun final : public QWidget {
    Q_OBJECT
public:
    /// `home`: the folder that was looked in. `command`: what makes a home there, ready to be typed.
    FirstRun(const style::Theme &theme, const QString &home, const QString &command, QWidget *parent = nullptr);

    /// Whether the home can be opened by now; it is looked for every second.
    void setHomeThere(bool there);

Q_SIGNALS:
    void practiceChosen();
    void homeChosen();
    void rebuildChosen(); ///< opens the home, and there the files of an incident that was run elsewhere

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QPushButton *addChoice(QVBoxLayout &column, const QString &text, Qt::Key key);

    const style::Theme &m_theme;
    QPushButton *m_open, *m_rebuild;
};

/// The command that makes this home, with the folder quoted for a shell where it must be. `isDefault`: no --home is needed.
[[nodiscard]] QString initCommand(const QString &program, const QString &home, bool isDefault);

} // namespace qd::shell
