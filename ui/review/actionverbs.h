// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/source.h"

#include <QJsonObject>
#include <QObject>
#include <functional>

class QWidget;

namespace qd::widgets {
class FormDialog;
}

namespace qd::review {

/// What is done with an action, whichever review it is of: what is asked of a person first, and what is sent. GUI thread.
class ActionVerbs final : public QObject {
    Q_OBJECT
public:
    /// Dialogs stand over `window`, which owns this.
    ActionVerbs(view::ViewSource &source, const style::Theme &theme, QWidget *window);

    void keep(const view::Review &review, const view::ReviewAction *action); ///< a new one, or one changed
    void turnOn(const QString &incident, const view::ReviewAction &action);  ///< done, verified, open again
    void drop(const QString &incident, const view::ReviewAction &action);
    void agree(const QString &incident, const view::ReviewAction &action);   ///< it is as its tracker says
    void track(const QString &incident, const view::ReviewAction &action);   ///< as an issue of a tracker, or no longer

Q_SIGNALS:
    void told(const QString &sentence);      ///< it was done, or why there is nothing to do
    void refused(const QString &sentence);

private:
    void send(const QString &method, const QJsonObject &arguments, const QString &done);
    void ask(widgets::FormDialog *dialog, const QString &method, std::function<QJsonObject()> arguments, const QString &done);

    view::ViewSource &m_source;
    const style::Theme &m_theme;
    QWidget *m_window;
};

} // namespace qd::review
