// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/source.h"

#include <memory>
#include <string>

namespace qd::seat {

/// The live source of what the window shows: follows a core's committed records over its control socket, folds them on a
/// view thread of its own, and publishes ViewModels. Goes on from its last record when the core was killed and is back.
/// Lives on the GUI thread, which it never blocks: no file, socket or State is touched there.
class Seat final : public view::ViewSource {
    Q_OBJECT
public:
    /// `person`: who sits here (the user's name, matched with the workspace's people).
    /// `named`: the person was named and is not just the user: commands say so.
    Seat(const QString &controlSocket, const QString &person, bool named = false, QObject *parent = nullptr);
    ~Seat() override;

    [[nodiscard]] view::ViewModelPtr current() const override { return m_current; }
    void select(const QString &alertKey) override;
    void focus(const QString &incident) override;
    void lookAs(const QString &reader, Answer answer = {}) override;
    void alike(const QStringList &alertKeys, Alikes answer) override;
    void command(const QString &method, const QJsonObject &arguments, Answer answer = {}) override;
    void review(const QString &incident) override;
    void travel(const view::PastPoint &point) override;
    void lint(const QString &incident, const QString &section, const QString &text, Findings answer) override;
    void keepWords(const QString &key, const QString &text, Kept answer = {}) override;
    void keptWords(const QString &key, std::function<void(const QString &)> answer) override;

Q_SIGNALS:
    /// The core is gone (or back). For whoever can start one.
    void lost(const QString &why);
    void connected();

private:
    class Viewer;
    void publish(view::ViewModelPtr view);
    void arrive(const view::ViewModelPtr &past);
    /// Why this command is not let through now; empty: it is.
    [[nodiscard]] QString refusalOf(const QString &method) const;

    view::ViewModelPtr m_current;
    QString m_socket; ///< which home it is
    std::string m_as; ///< whom commands are by; empty: the user
    view::PastPoint m_point; ///< the moment that was asked for last
    QString m_lookedAs; ///< as whom everything is read; empty: as oneself
    std::unique_ptr<Viewer> m_viewer;
};

} // namespace qd::seat
