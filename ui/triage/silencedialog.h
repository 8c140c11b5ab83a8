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

/// A silence that starts from one alert: which of its labels must match, for how long, and why. It is written to an
/// Alertmanager that is armed for silences, or kept here, for every source; a connection that only observes is said before
/// anything is sent. Emits intent.
class SilenceDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    static constexpr int kMatchersMost = 30; ///< labels offered

    /// `detail` must be of the alert, the first of the `chosen`: of several it is said that only its labels are offered; `feeds` are the connections there are.
    SilenceDialog(const style::Theme &theme, const view::AlertRow &alert, const view::AlertDetail &detail, const std::vector<view::Feed> &feeds,
                  QWidget *parent, int chosen = 1);

    /// The connections silences can be written to at all.
    [[nodiscard]] static std::vector<view::Feed> writable(const std::vector<view::Feed> &feeds);
    [[nodiscard]] QJsonObject arguments() const;

private:
    void check();

    std::vector<view::Feed> m_feeds;
    QComboBox *m_source;
    std::vector<std::pair<view::Labelled, QCheckBox *>> m_matchers;
    QComboBox *m_duration;
    widgets::ReasonField *m_reason;
    widgets::PlainLabel *m_what = nullptr;
};

} // namespace qd::triage
