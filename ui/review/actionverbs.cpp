// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/actionverbs.h"

#include "core/model/connection.h"
#include "ui/review/reviewdialogs.h"
#include "ui/review/sidetables.h"

#include <QPointer>
#include <QWidget>

namespace qd::review {

using widgets::FormDialog;

namespace {

QString wordSent(ActionState state)
{
    const std::string_view sent = word(state);
    return QString::fromUtf8(sent.data(), static_cast<qsizetype>(sent.size()));
}

/// What an action becomes next when it is turned: open, done, verified, and over again.
ActionState stateAfter(ActionState state)
{
    switch (state) {
    case ActionState::Open: return ActionState::Done;
    case ActionState::Done: return ActionState::Verified;
    case ActionState::Verified:
    case ActionState::Dropped: break;
    }
    return ActionState::Open;
}

QJsonObject namedAction(const QString &incident, const view::ReviewAction &action)
{
    return {{QStringLiteral("incident"), incident}, {QStringLiteral("action"), static_cast<qint64>(action.number)}};
}

QJsonObject turnedTo(const QString &incident, const view::ReviewAction &action, ActionState to)
{
    QJsonObject out = namedAction(incident, action);
    out.insert(QStringLiteral("state"), wordSent(to));
    return out;
}

} // namespace

ActionVerbs::ActionVerbs(view::ViewSource &source, const style::Theme &theme, QWidget *window)
    : QObject(window)
    , m_source(source)
    , m_theme(theme)
    , m_window(window)
{
}

void ActionVerbs::send(const QString &method, const QJsonObject &arguments, const QString &done)
{
    m_source.command(method, arguments, [self = QPointer(this), done](bool ok, const QString &sentence, const QJsonObject &) {
        if (self && ok)
            Q_EMIT self->told(done);
        else if (self)
            Q_EMIT self->refused(sentence);
    });
}

void ActionVerbs::ask(FormDialog *dialog, const QString &method, std::function<QJsonObject()> arguments, const QString &done)
{
    openFor(m_source, dialog, method, std::move(arguments), this, [this, done] { Q_EMIT told(done); });
}

void ActionVerbs::keep(const view::Review &review, const view::ReviewAction *action)
{
    auto *dialog = new ActionDialog(m_theme, *m_source.current(), review, action, m_window);
    dialog->advise(m_source);
    ask(dialog, QStringLiteral("action.keep"), [dialog] { return dialog->arguments(); }, action != nullptr ? tr("The action is changed.") : tr("The action is added."));
}

void ActionVerbs::turnOn(const QString &incident, const view::ReviewAction &action)
{
    const ActionState to = stateAfter(action.state);
    const QString done = tr("The action is %1.").arg(stateWords(to));
    if (to == ActionState::Done)
        return send(QStringLiteral("action.turn"), turnedTo(incident, action, to), done);
    // What shows that it works, or why it is open again: the core asks for it.
    auto *dialog = new WordsDialog(m_theme, action.text, stateWords(to), tr("Reason"), QStringLiteral("reason"), turnedTo(incident, action, to), m_window);
    ask(dialog, QStringLiteral("action.turn"), [dialog] { return dialog->arguments(); }, done);
}

void ActionVerbs::drop(const QString &incident, const view::ReviewAction &action)
{
    auto *dialog = new WordsDialog(m_theme, tr("Drop action %1").arg(action.number), tr("Drop it"), tr("Reason"), QStringLiteral("reason"), turnedTo(incident, action, ActionState::Dropped), m_window);
    ask(dialog, QStringLiteral("action.turn"), [dialog] { return dialog->arguments(); }, tr("The action is dropped."));
}

void ActionVerbs::agree(const QString &incident, const view::ReviewAction &action)
{
    if (!action.proposed)
        return Q_EMIT told(tr("Its tracker says nothing else than is said here."));
    // Why, the core says: what the tracker did.
    send(QStringLiteral("action.turn"), turnedTo(incident, action, *action.proposed), tr("The action is %1, as its tracker says.").arg(stateWords(*action.proposed)));
}

void ActionVerbs::track(const QString &incident, const view::ReviewAction &action)
{
    std::vector<view::Labelled> trackers;
    for (const view::Feed &feed : m_source.current()->strip.feeds)
        if (isTracker(feed.kind.toStdString()))
            trackers.push_back({feed.name, feed.arming.contains(QLatin1String("issues")) ? tr("%1 (%2)").arg(feed.name, feed.kind) : tr("%1 (%2, observes only)").arg(feed.name, feed.kind)});
    if (action.tracker.isEmpty() && trackers.empty())
        return Q_EMIT told(tr("No tracker is connected: quarterdeckctl connect github, gitlab or jira."));
    auto *dialog = new TrackDialog(m_theme, incident, action, std::move(trackers), m_window);
    ask(dialog, QStringLiteral("action.track"), [dialog] { return dialog->arguments(); }, action.tracker.isEmpty() ? tr("It is on its way; where it is stands beside the action then.") : tr("The action is in no tracker any more."));
}

} // namespace qd::review
