// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/source.h"

#include <QHash>
#include <vector>

namespace qd::test {

/// A view source that shows what a test gives it and remembers what was asked of it. Commands are answered at once,
/// from the GUI thread, with `nextDone` and `nextSentence`.
class ViewFixture final : public view::ViewSource {
    Q_OBJECT
public:
    struct Sent {
        QString method;
        QJsonObject arguments;
    };

    /// Starts with the scene; pass an empty model to start before the first view.
    explicit ViewFixture(const view::ViewModel &model, QObject *parent = nullptr);

    [[nodiscard]] view::ViewModelPtr current() const override { return m_current; }
    void select(const QString &alertKey) override;
    void focus(const QString &incident) override;
    void lookAs(const QString &reader, Answer answer = {}) override;
    void alike(const QStringList &alertKeys, Alikes answer) override;
    void command(const QString &method, const QJsonObject &arguments, Answer answer = {}) override;

    void review(const QString &incident) override { reviewed = incident; }
    void travel(const view::PastPoint &point) override;
    void lint(const QString &incident, const QString &section, const QString &text, Findings answer) override;
    void keepWords(const QString &key, const QString &text, Kept answer = {}) override;
    void keptWords(const QString &key, std::function<void(const QString &)> answer) override { answer(words.value(key)); }

    /// Publishes another view, as the view thread would.
    void show(const view::ViewModel &model);

    std::vector<Sent> sent;
    QString selected, focused, lookedAs, reviewed;
    std::vector<view::PastPoint> travels;       ///< what was asked for, in order
    view::ViewModelPtr past;                    ///< what every moment of the past is like; null: like the present
    std::vector<view::Finding> findings;        ///< of whatever is asked about
    view::Alike alikes;                         ///< of whatever is asked about
    QString alikeRefusal;                       ///< … or why nothing is said of it
    std::vector<QStringList> askedAlike;        ///< the alerts that were, in order
    bool holdsAlikes = false;                   ///< answers wait in `heldAlikes`
    std::vector<Alikes> heldAlikes;
    QStringList linted;                         ///< the texts that were
    QHash<QString, QString> words;              ///< kept, by key
    QString keepingProblem;                     ///< why they go with the window; empty: they do not
    bool nextDone = true;
    QString nextSentence;
    QJsonObject nextResult;
    bool holdsAnswers = false; ///< answers wait in `held` until the test gives them
    std::vector<Answer> held;

private:
    view::ViewModelPtr m_current;
};

/// The moment of every scene: 2026-11-23T14:25:07Z.
[[nodiscard]] Instant sceneMoment();

/// A shop outage in its 24th minute: 25 alerts, 12 services with edges and a suspect, a running escalation, tasks,
/// hypotheses, decisions, promises, chat. Invented.
[[nodiscard]] view::ViewModel incidentScene();
/// The same house on a quiet day: no incident, two standing alerts, all feeds fresh.
[[nodiscard]] view::ViewModel quietScene();
/// Before the core answered.
[[nodiscard]] view::ViewModel startingScene();
/// `count` active alerts, for size and speed.
[[nodiscard]] view::ViewModel floodScene(int count);

} // namespace qd::test
