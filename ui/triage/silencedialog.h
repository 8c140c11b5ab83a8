// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QCheckBox;
class QComboBox;

namespace qd::widgets {
class ReasonField;
}

namespace qd::triage {

/// A silence that starts from one alert, or from what several have in common: which labels must match, for how long, and why. Of several it says how
/// many others that fire it would silence as well, whatever is ticked. It is written to an
/// Alertmanager that is armed for silences, or kept here, for every source; a connection that only observes is said before
/// anything is sent. Emits intent.
class SilenceDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    static constexpr int kMatchersMost = 30; ///< labels offered

    /// `detail` must be of the alert; `feeds` are the connections there are.
    SilenceDialog(const style::Theme &theme, const view::AlertRow &alert, const view::AlertDetail &detail, const std::vector<view::Feed> &feeds, QWidget *parent);
    /// Of several alerts: what they have in common is ticked.
    SilenceDialog(const style::Theme &theme, const view::Alike &alike, const std::vector<view::Feed> &feeds, QWidget *parent);

    /// The connections silences can be written to at all.
    [[nodiscard]] static std::vector<view::Feed> writable(const std::vector<view::Feed> &feeds);
    [[nodiscard]] QJsonObject arguments() const;

private:
    SilenceDialog(const style::Theme &theme, const QString &note, const std::vector<view::Labelled> &labels, view::Alike alike, const std::vector<view::Feed> &feeds, QWidget *parent);
    void check();
    [[nodiscard]] QString matched() const; ///< what all that is ticked would silence
    [[nodiscard]] int others() const;      ///< that fire and would be silenced as well; 0 where it is not known

    view::Alike m_alike; ///< empty for one alert
    std::vector<view::Feed> m_feeds;
    QComboBox *m_source;
    std::vector<std::pair<view::Labelled, QCheckBox *>> m_matchers;
    QComboBox *m_duration;
    widgets::ReasonField *m_reason;
    widgets::PlainLabel *m_what = nullptr;
};

} // namespace qd::triage
