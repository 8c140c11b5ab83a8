// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/review.h"

#include <QStringList>
#include <QWidget>

class QPushButton;

namespace qd::widgets {
class PlainLabel;
}

/// What a review is talked over, signed and counted in. Both emit intent. GUI thread.
namespace qd::review {

/// Above the people: whether the meeting was held, with whom, and how many stand for what is written.
class MeetingStrip final : public QWidget {
    Q_OBJECT
public:
    explicit MeetingStrip(const style::Theme &theme, QWidget *parent = nullptr);

    void show(const view::Review &review, Instant now);
    using QWidget::show;
    [[nodiscard]] QString plain() const;
    [[nodiscard]] QPushButton &meeting() const { return *m_meeting; }
    [[nodiscard]] QPushButton &sign() const { return *m_sign; }

Q_SIGNALS:
    void meetingRequested();
    void signRequested();

private:
    widgets::PlainLabel *m_held, *m_signed;
    QPushButton *m_meeting, *m_sign;
};

/// What one incident cost and how it was handled, of everybody together.
class CostPanel final : public QWidget {
    Q_OBJECT
public:
    explicit CostPanel(const style::Theme &theme, QWidget *parent = nullptr);

    void show(const view::Debrief &debrief);
    using QWidget::show;
    [[nodiscard]] QString plain() const;
    [[nodiscard]] QPushButton &note() const { return *m_note; }
    [[nodiscard]] QPushButton &handled() const { return *m_handled; }

Q_SIGNALS:
    void costRequested();
    void feedbackRequested();

private:
    widgets::PlainLabel *m_cost, *m_noted, *m_survey, *m_words;
    QPushButton *m_note, *m_handled;
};

/// "1,234.50 EUR", as the language shown writes it. Pure.
[[nodiscard]] QString moneyWords(std::int64_t hundredths, const QString &currency);
/// "high", in the language shown; "not said". Pure.
[[nodiscard]] QString confidenceWords(Confidence confidence);

} // namespace qd::review
