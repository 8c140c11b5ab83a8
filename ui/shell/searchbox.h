// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/chooser.h"
#include "ui/view/source.h"
#include "ui/widgets/ticker.h"

#include <QTimer>

namespace qd::widgets {
class PlainLabel;
}

namespace qd::shell {

/// Finds what was said, inside its window: a field over the hits, newest first. What is typed is asked of the core after
/// a short pause; an answer that comes late is dropped. Return goes to the hit's alert or incident, Escape leaves and
/// gives the keyboard back. Everything found is shown as plain text.
class SearchBox final : public Chooser {
    Q_OBJECT
public:
    static constexpr int kPauseMs = 150; ///< after the last key, before the core is asked
    static constexpr int kHits = 50;

    SearchBox(view::ViewSource &source, const style::Theme &theme, widgets::Ticker &ticker, QWidget *window);

    void open();
    [[nodiscard]] QString status() const; ///< the line under the field

Q_SIGNALS:
    /// The person chose a hit; either may be empty.
    void chosen(const QString &incident, const QString &alert);

protected:
    void place() override;
    void choose() override;
    void left() override;

private:
    void typed();
    void ask();
    void show(const QJsonObject &answer);
    void tell(const QString &sentence);

    view::ViewSource &m_source;
    widgets::Ticker &m_ticker;
    widgets::PlainLabel *m_status;
    QTimer m_pause;
    quint64 m_asked = 0; ///< the number of the newest question
};

} // namespace qd::shell
