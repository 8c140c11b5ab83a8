// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/source.h"

namespace qd::shell {

/// The source of the panels that show whatever moment is looked at: the present as it comes, or the past that was gone to and nothing but that. What
/// they ask for and command goes on to the source of the window. GUI thread.
class SeenSource final : public view::ViewSource {
    Q_OBJECT
public:
    explicit SeenSource(view::ViewSource &source, QObject *parent = nullptr);

    /// What is seen from here on; null: the present. The same again costs nothing.
    void see(const view::ViewModelPtr &past);

    [[nodiscard]] view::ViewModelPtr current() const override { return m_past ? m_past : m_source.current(); }
    void select(const QString &alertKey) override { m_source.select(alertKey); }
    void focus(const QString &incident) override { m_source.focus(incident); }
    void lookAs(const QString &reader, Answer answer = {}) override { m_source.lookAs(reader, std::move(answer)); }
    void alike(const QStringList &alertKeys, Alikes answer) override { m_source.alike(alertKeys, std::move(answer)); }
    void command(const QString &method, const QJsonObject &arguments, Answer answer = {}) override { m_source.command(method, arguments, std::move(answer)); }
    void review(const QString &incident) override { m_source.review(incident); }
    void travel(const view::PastPoint &point) override { m_source.travel(point); }
    void lint(const QString &incident, const QString &section, const QString &text, Findings answer) override { m_source.lint(incident, section, text, std::move(answer)); }
    void keepWords(const QString &key, const QString &text, Kept answer = {}) override { m_source.keepWords(key, text, std::move(answer)); }
    void keptWords(const QString &key, std::function<void(const QString &)> answer) override { m_source.keptWords(key, std::move(answer)); }

private:
    view::ViewSource &m_source;
    view::ViewModelPtr m_past;
};

} // namespace qd::shell
