// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"

#include <QJsonObject>
#include <QObject>
#include <functional>

namespace qd::view {

/// Where widgets get what they show and put what the person wants. Lives on the GUI thread and never blocks it.
/// Live and past (later) are two implementations of this one interface; tests use a third.
class ViewSource : public QObject {
    Q_OBJECT
public:
    using Answer = std::function<void(bool done, const QString &sentence, const QJsonObject &result)>;
    using QObject::QObject;

    /// The newest view, never null (an empty one before the first).
    [[nodiscard]] virtual ViewModelPtr current() const = 0;

    /// Which alert's detail and which incident the next view shall carry; empty for none.
    virtual void select(const QString &alertKey) = 0;
    virtual void focus(const QString &incident) = 0;

    /// The next views, and what is asked for, as somebody else would read them; empty: as whoever sits here. While it holds nothing can be done:
    /// commands are refused. `answer` says whether there is such a reader. It never shows more.
    virtual void lookAs(const QString &reader, Answer answer = {}) = 0;

    /// A command of the person at this seat, by the method names of `quarterdeckctl call methods`
    /// ("incident.declare", "alert.acknowledge", "incident.note" …). `answer` comes on the GUI thread, exactly once,
    /// with a sentence to show when it was refused.
    virtual void command(const QString &method, const QJsonObject &arguments, Answer answer = {}) = 0;

Q_SIGNALS:
    /// At most once per display frame.
    void changed(const qd::view::ViewModelPtr &view);
};

} // namespace qd::view
