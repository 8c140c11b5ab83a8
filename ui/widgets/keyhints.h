// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QStringList>
#include <QWidget>
#include <functional>
#include <vector>

namespace qd::widgets {

/// Keys and what they do, in one line: "A ack  E escalate". Where room is short the words go first, all or from the end, then the last keys; or, where the
/// words are what matters, keys from the end but for the last one, which leads to the others. Nothing is ever cut through. All are in its accessible name.
class KeyHints final : public QWidget {
    Q_OBJECT
public:
    explicit KeyHints(const style::Theme &theme, QWidget *parent = nullptr);

    void add(const QString &key, const QString &what);
    void clear();
    /// Where not all fit, some with their words rather than all without: at least kWorded and the last one.
    void keepWords();
    /// Where not all fit, every key, and their words from the first on as far as there is room.
    void keepFirstWords();
    static constexpr std::size_t kWorded = 3;
    /// What a key that was given is called now; an empty text: nothing, and the hint is left out. Holds for hints to come, too.
    void setKeys(std::function<QString(const QString &)> keys);
    [[nodiscard]] bool isEmpty() const { return m_given.empty(); }
    /// The width of the most that fits into this.
    [[nodiscard]] int fitting(int room) const;
    /// What is shown where there is this room: "A ack", "A" where there is none for its words.
    [[nodiscard]] QStringList shownAt(int room) const;

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
    struct Shown {
        std::vector<Hint> hints;
        std::size_t worded; ///< so many of them, from the first on, with their words
    };
    enum class Keeps { Keys, Words, FirstWords };
    [[nodiscard]] int widthOf(const Shown &shown) const;
    [[nodiscard]] Shown shownIn(int room) const;

    const style::Theme &m_theme;
    std::vector<Hint> m_given, m_hints; ///< with the keys given; as they are shown
    std::function<QString(const QString &)> m_keys;
    Keeps m_keeps = Keeps::Keys;
};

} // namespace qd::widgets
