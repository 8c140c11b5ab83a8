// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QString>
#include <QStringList>
#include <QWidget>
#include <vector>

namespace qd::widgets {

/// A row of words with counts, one of them current: "Active 23  Standing 4". Left and Right move, as in any tab bar. Where there is no room for all,
/// some are folded: behind the others stands how many, "+2 ▾", which opens a menu of them; so does Down. Left and Right go through them, too.
class CountTabs final : public QWidget {
    Q_OBJECT
public:
    explicit CountTabs(const style::Theme &theme, QWidget *parent = nullptr);

    int addTab(const QString &word);
    void setWord(int tab, const QString &word);
    void setCount(int tab, int count);     ///< negative: the word alone
    void setOffered(int tab, bool offered); ///< one that is not is passed over
    [[nodiscard]] bool isOffered(int tab) const { return m_tabs.at(static_cast<std::size_t>(tab)).offered; }
    void setFolded(int tab, bool folded);   ///< one that is has no room of its own, unless it is current
    [[nodiscard]] bool isFolded(int tab) const { return tab != m_current && isOffered(tab) && m_tabs.at(static_cast<std::size_t>(tab)).folded; }
    [[nodiscard]] QStringList folded() const; ///< their words, with the counts
    [[nodiscard]] int moreWidth(int folded) const; ///< the room of what says so many are
    void openMore();                       ///< the menu of those that are folded; nothing where none is
    void setCurrent(int tab);
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] int size() const { return static_cast<int>(m_tabs.size()); }
    [[nodiscard]] QString word(int tab) const { return m_tabs.at(static_cast<std::size_t>(tab)).word; }
    [[nodiscard]] int count(int tab) const { return m_tabs.at(static_cast<std::size_t>(tab)).count; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void currentChanged(int tab);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct Tab {
        QString word;
        int count = 0;
        bool offered = true, folded = false;
    };
    [[nodiscard]] static QString figure(const Tab &tab);
    [[nodiscard]] static QString said(const Tab &tab); ///< its word and its count
    [[nodiscard]] bool isDrawn(int tab) const { return isOffered(tab) && !isFolded(tab); }
    [[nodiscard]] int foldedCount() const;
    [[nodiscard]] int widthOf(const Tab &tab) const;
    void tell();

    const style::Theme &m_theme;
    std::vector<Tab> m_tabs;
    int m_current = 0;
};

} // namespace qd::widgets
