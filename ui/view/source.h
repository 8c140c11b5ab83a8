// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"

#include <QJsonObject>
#include <QObject>
#include <functional>

namespace qd::view {

/// Where widgets get what they show and put what the person wants. Lives on the GUI thread and never blocks it.
/// The live seat (ui/seat) is one implementation of this interface; tests use another.
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

    /// What these alerts have in common, for a silence of all of them. The answer comes on the GUI thread, exactly once, with a sentence to show
    /// when nothing could be silenced now.
    using Alikes = std::function<void(const QString &refusal, const Alike &alike)>;
    virtual void alike(const QStringList &alertKeys, Alikes answer) = 0;

    /// A command of the person at this seat, by the method names of `quarterdeckctl call methods`
    /// ("incident.declare", "alert.acknowledge", "incident.note" …). `answer` comes on the GUI thread, exactly once,
    /// with a sentence to show when it was refused.
    virtual void command(const QString &method, const QJsonObject &arguments, Answer answer = {}) = 0;

    /// Of which incident the next views shall carry the review; empty for none.
    virtual void review(const QString &incident) = 0;

    /// Goes to a moment of an incident: `travelled` brings it. While there, only what is written about the past is let through as a command. A point
    /// that is none goes back to the present.
    virtual void travel(const PastPoint &point) = 0;

    /// What to look at again in a text of a section. The answer comes on the GUI thread; a later question may be answered instead of this one.
    using Findings = std::function<void(const std::vector<Finding> &)>;
    virtual void lint(const QString &incident, const QString &section, const QString &text, Findings answer) = 0;

    /// Keeps words that are not in the record yet where this window's end does not take them, until the machine's; an empty text forgets them.
    /// Written on another thread. The answer comes on the GUI thread: why they go with the window, as a part of a sentence; empty: they do not.
    using Kept = std::function<void(const QString &problem)>;
    virtual void keepWords(const QString &key, const QString &text, Kept answer = {}) = 0;
    /// What was kept so and not forgotten, or not beyond this window; empty for nothing. The answer comes on the GUI thread.
    virtual void keptWords(const QString &key, std::function<void(const QString &)> answer) = 0;

Q_SIGNALS:
    /// At most once per display frame.
    void changed(const qd::view::ViewModelPtr &view);
    /// A moment of the past as it was asked for; null: back in the present. Of several asked for in a row the last comes.
    void travelled(const qd::view::ViewModelPtr &past);
    /// It cannot be gone to, in one sentence.
    void travelRefused(const QString &sentence);
};

} // namespace qd::view
