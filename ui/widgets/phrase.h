// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QString>
#include <QWidget>
#include <vector>

namespace qd::widgets {

/// A few words of different weight on one line: "elapsed" quiet, "00:23:41" strong. Painted as plain text; where there
/// is not enough room, the last run that may give way is elided.
class Phrase final : public QWidget {
    Q_OBJECT
public:
    struct Run {
        QString text;
        style::Type type = style::Type::Body;
        style::Tone tone = style::Tone::Text;
        bool operator==(const Run &) const = default;
    };

    explicit Phrase(const style::Theme &theme, QWidget *parent = nullptr);
    void say(std::vector<Run> runs);
    [[nodiscard]] QString plain() const;
    /// Down to this many characters it may be elided; 0: never.
    void setElidable(int leastCharacters);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int fullWidth() const;

    const style::Theme &m_theme;
    std::vector<Run> m_runs;
    int m_least = 0;
};

} // namespace qd::widgets
