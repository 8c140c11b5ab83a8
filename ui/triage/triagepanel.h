// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/triage/alerttable.h"
#include "ui/triage/overridedialog.h"
#include "ui/view/source.h"
#include "ui/widgets/ticker.h"

#include <QSet>
#include <QWidget>

class QAction;
class QMenu;
class QStackedWidget;

namespace qd::widgets {
class CountTabs;
class FormDialog;
class KeyHints;
class PlainLabel;
class SectionHeader;
class StateCard;
}

namespace qd::triage {

class AlertView;
class FilterBar;
class OverrideBar;
class RateTrend;
class SilenceDialog;
class WhyPane;

/// The inbox of alerts: tabs, trend, filter, table, and why the chosen one is here. Owns its verbs as QActions
/// (object names "triage.…") that act while the panel has the keyboard.
class TriagePanel final : public QWidget {
    Q_OBJECT
public:
    static constexpr std::size_t kCallsAtOnce = 20; ///< incidents and groups one key calls for

    TriagePanel(view::ViewSource &source, const style::Theme &theme, widgets::Ticker &ticker, QWidget *parent = nullptr);

    /// What a verb acts on: the selected rows, or the current one.
    [[nodiscard]] std::vector<view::AlertRow> chosen() const;
    /// The selected rows alone.
    [[nodiscard]] std::vector<view::AlertRow> marked() const;
    [[nodiscard]] AlertTable &table() { return m_table; }
    [[nodiscard]] AlertView &alerts() { return *m_alerts; }
    [[nodiscard]] FilterBar &filterBar() { return *m_filter; }
    [[nodiscard]] const OverrideBar &overrideBar() const { return *m_overrides; }

    /// Selects an alert, or the first of a service, when the list shows it; for choices made in other panels.
    void reveal(const QString &alertKey);
    void revealService(const QString &service);

Q_SIGNALS:
    /// The person moved to an alert of this service.
    void serviceChosen(const QString &service);
    /// A command was refused: one sentence for the person.
    void refused(const QString &sentence);
    /// A command was done whose effect is not seen at once: one sentence.
    void told(const QString &sentence);
    /// The person wants to write about these alerts: text for the one-line instrument.
    void lineRequested(const QString &prefill);
    void declareRequested();

private:
    void build();
    void makeActions();
    void onView(const view::ViewModelPtr &view);
    void onChosen();
    void showCounts();
    void showState();
    void showWhole(bool whole); ///< the whole alert below the list, with room for it
    void showHints(); ///< the keys that matter in this list
    void send(const QString &method, const QJsonObject &arguments);
    void sendForChosen(const QString &method, QJsonObject arguments = {});
    void assignOwner();
    void attach();
    void escalate(); ///< calls of what is chosen go on to their next step; where none runs, one begins
    void silence();
    void silenceAll(const std::vector<view::AlertRow> &rows); ///< by what they have in common, once that is known
    void openSilence(SilenceDialog *dialog);
    void shelve();
    void snooze();
    void hearAgain();
    void hold();
    void note();
    void split();
    void takeOut(); ///< of their incident
    void mergeGroups();
    void closeAlerts();
    void callOn();
    void undo();
    [[nodiscard]] QJsonArray chosenKeys() const;
    QMenu *menuNamed(const QString &name);
    void popUp(QMenu *menu); ///< under the current row
    /// A person or team a line; chosen, it is sent with the method for the chosen alerts.
    void offer(QMenu *menu, const QStringList &names, const QString &method);
    void ask(const OverrideDialog::Asks &asks, const QString &method, const QJsonObject &about, const QString &done);
    void sendFor(widgets::FormDialog *form, const QString &method, const QJsonObject &arguments, const QString &done);
    QAction *verb(const char *name, const QString &text, const QKeySequence &key, const std::function<void()> &run);
    void showNew();
    void expandSuppressed(); ///< what hides the most, and back
    void showSuppressed();

    view::ViewSource &m_source;
    const style::Theme &m_theme;
    view::ViewModelPtr m_view;
    widgets::Ticker &m_ticker;
    AlertTable m_table;
    widgets::CountTabs *m_tabs;
    RateTrend *m_trend;
    FilterBar *m_filter;
    AlertView *m_alerts;
    QStackedWidget *m_body;
    widgets::StateCard *m_state;
    QWidget *m_notice;
    widgets::PlainLabel *m_noticeText;
    widgets::PlainLabel *m_noticeTail;
    QWidget *m_noticeKey;
    QWidget *m_quiet; ///< "46 suppressed by rack-3"
    widgets::PlainLabel *m_quietText;
    widgets::KeyHints *m_quietKey;
    QString m_expanded; ///< the suppressor whose alerts are looked at
    int m_cameFrom = 0; ///< … and the list the person left for them
    OverrideBar *m_overrides;
    WhyPane *m_why;
    QList<int> m_sizesBefore; ///< of list and why, before an alert was read in full
    widgets::SectionHeader *m_whyHeader;
    widgets::KeyHints *m_hints;
    std::uint64_t m_alikeAsked = 0; ///< only the last question is answered with a dialog
    QString m_wanted; ///< the alert whose detail was asked for
    QSet<std::uint64_t> m_passed; ///< records that were refused to be taken back; the key goes on to those before
};

} // namespace qd::triage
