// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/chooser.h"

#include <QKeySequence>
#include <QString>
#include <functional>
#include <vector>

namespace qd::shell {

/// One thing that can be picked.
struct Pick {
    QString text;
    QString hint;          ///< quiet, after the text: where it acts, what it is now
    QString keys;          ///< its shortcut, shown so that people learn it
    bool enabled = true;
    std::function<void()> run;
};

/// A field over a list, inside its window: the command palette, the incident switcher, the choice of a severity. What
/// is typed narrows the list fuzzily, best first. Return picks, Escape leaves; the widget that had the keyboard gets it
/// back first, so that a picked action finds it there. A free text is offered when nothing is picked and `onText` is
/// set.
class Picker final : public Chooser {
    Q_OBJECT
public:
    Picker(const style::Theme &theme, QWidget *window);

    void open(const QString &prompt, std::vector<Pick> picks, std::function<void(const QString &)> onText = {});
    [[nodiscard]] const std::vector<Pick> &picks() const { return m_picks; }

protected:
    void place() override;
    void choose() override;

private:
    void narrow(const QString &typed);

    std::vector<Pick> m_picks;
    std::function<void(const QString &)> m_onText;
};

} // namespace qd::shell
