// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/handcopy.h"
#include "ui/comms/messagedialog.h"
#include "ui/view/source.h"

#include <QJsonArray>
#include <QWidget>

class QListWidget;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::comms {

class RedlineView;

/// The texts for outside of the incident in focus: each with its newest version against the one before, who has given which check, and what
/// blocks its release. It asks the core when it is shown and after each answer; the core decides, its refusal is shown. GUI thread.
class MessageBoard final : public QWidget {
    Q_OBJECT
public:
    MessageBoard(const style::Theme &theme, view::ViewSource &source, QWidget *parent = nullptr);
    /// Asks for the messages of the incident in focus.
    void fetch();
    using QWidget::show;
    void show(const QJsonArray &messages); ///< items of `get messages`
    void tell(const QString &sentence);

    [[nodiscard]] QListWidget &list() const { return *m_list; }
    [[nodiscard]] QString stages() const;
    [[nodiscard]] QString status() const;
    [[nodiscard]] QString marked() const; ///< the text with its marks

private:
    void makeActions();
    void say();
    void open(MessageDialog::Kind kind, bool isNew = false);
    void openWith(MessageDialog::Kind kind, const QJsonObject &message);
    void send(const QString &method, QJsonObject arguments, const QString &done);
    void releaseHolding();
    void copy(HandPlace place); ///< what was released, as it is put somewhere by hand
    [[nodiscard]] QJsonObject current() const;

    const style::Theme &m_theme;
    view::ViewSource &m_source;
    QListWidget *m_list;
    RedlineView *m_text;
    widgets::PlainLabel *m_stages, *m_words;
    QJsonArray m_messages;
    int m_asked = 0; ///< a late answer is dropped
};

} // namespace qd::comms
