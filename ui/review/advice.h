// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/source.h"

#include <QObject>
#include <QTimer>
#include <functional>

namespace qd::widgets {
class PlainLabel;
}

namespace qd::review {

/// What to think about in words that are typed into a dialog of a review: names of people, who are not named in factors and actions, blame, what did not
/// happen. It is looked through on the view thread once typing pauses, and said below the field; nothing waits for it. GUI thread.
class Advice final : public QObject {
    Q_OBJECT
public:
    /// words: what is typed now. label: hidden while there is nothing to say.
    Advice(view::ViewSource &source, QString incident, widgets::PlainLabel &label, std::function<QString()> words, QObject *parent);

    void look();                         ///< soon
    [[nodiscard]] QString said() const;
    static constexpr int kShown = 3;     ///< findings at most

private:
    void ask();
    void show(const std::vector<view::Finding> &found);

    view::ViewSource &m_source;
    QString m_incident;
    widgets::PlainLabel &m_label;
    std::function<QString()> m_words;
    QTimer m_soon;
};

} // namespace qd::review
