// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QString>
#include <QWidget>
#include <functional>
#include <vector>

namespace qd::widgets {

/// Keys and what they do, in one line: "A ack  E escalate". Where room is short the words go first, then the last keys;
/// nothing is ever cut through. All of them are in its accessible name.
class KeyHints final : public QWidget {
    Q_OBJECT
public:
    explicit KeyHints(const style::Theme &theme, QWidget *parent = nullptr);

    void add(const QString &key, const QString &what);
    void clear();
    /// What a key that was given is called now; an empty text: nothing, and the hint is left out. Holds for hints to come, too.
    void setKeys(std::function<QString(const QString &)> keys);
    [[nodiscard]] bool isEmpty() const { return m_given.empty(); }
    /// The width of the most that fits into this.
    [[nodiscard]] int fitting(int room) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Hint {
        QString key, what;
    };
    void tell();
    [[nodiscard]] int gap() const { return m_theme.step() + 1; }
    [[nodiscard]] int widthOf(const Hint &hint, bool words) const;
    [[nodiscard]] int widthOf(std::size_t count, bool words) const;
    struct Shown {
        std::size_t count;
        bool words;
    };
    [[nodiscard]] Shown shownIn(int room) const;

    const style::Theme &m_theme;
    std::vector<Hint> m_given, m_hints; ///< with the keys given; as they are shown
    std::function<QString(const QString &)> m_keys;
};

} // namespace qd::widgets
