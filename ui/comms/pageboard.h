// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/source.h"

#include <QJsonArray>
#include <QWidget>

class QListWidget;

namespace qd::style {
class Theme;
}
namespace qd::widgets {
class PlainLabel;
}

namespace qd::comms {

class RedlineView;

/// One status page as whoever commands needs it: what each component is said to be and why, whether that agrees with the map, what was announced last
/// against the word before, and how it stands with each place it is pushed to. P says something, M plans, changes or ends maintenance, O says what a component is, D lets it follow again, Left and
/// Right go to another page. It asks the core when it is shown, after each answer, and when something was recorded while it is seen. GUI thread.
class PageBoard final : public QWidget {
    Q_OBJECT
public:
    PageBoard(const style::Theme &theme, view::ViewSource &source, QWidget *parent = nullptr);
    void fetch();
    using QWidget::show;
    void show(const QJsonArray &pages); ///< items of `get pages`
    void tell(const QString &sentence);

    [[nodiscard]] QListWidget &list() const { return *m_list; }
    [[nodiscard]] QString head() const;
    [[nodiscard]] QString drift() const;
    [[nodiscard]] QString targets() const;
    [[nodiscard]] QString notice() const;
    [[nodiscard]] QString planned() const;
    [[nodiscard]] QString marked() const; ///< its newest word against the one before
    [[nodiscard]] QString status() const;

Q_SIGNALS:
    void shown(bool any); ///< whether the workspace has a page
    void wanted();        ///< something of it was asked for while it is not seen: first it is looked at

private:
    void makeActions();
    void say();
    void post();
    void maintain();
    void overrideComponent();
    void followAgain();
    void turn(int pages);
    template <typename Dialog>
    void open(Dialog *dialog, const QString &done);
    template <typename Dialog>
    void lookable(Dialog *dialog); ///< opens what is published, which can be looked at before
    void onView(const view::ViewModelPtr &view);
    [[nodiscard]] QJsonObject page() const;
    [[nodiscard]] QJsonObject component() const;

    const style::Theme &m_theme;
    view::ViewSource &m_source;
    widgets::PlainLabel *m_head, *m_drift;
    QListWidget *m_list;
    widgets::PlainLabel *m_notice;
    RedlineView *m_text;
    widgets::PlainLabel *m_planned, *m_targets, *m_words;
    QJsonArray m_pages;
    int m_page = 0, m_asked = 0; ///< asked: a late answer is dropped
    std::uint64_t m_seq = 0;     ///< what the last answer was of
    bool m_waits = false;
};

} // namespace qd::comms
