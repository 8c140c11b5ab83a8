// SPDX-License-Identifier: GPL-3.0-or-later
// What a review is talked over, signed and counted in: by which keys, and what is sent for it.
#include "ui/review/debriefdialogs.h"
#include "ui/review/debriefpanels.h"
#include "ui/review/reviewview.h"
#include "ui/review/sectionpanel.h"
#include "ui/review/sidepanel.h"
#include "ui/widgets/twintable.h"

#include <QAction>

namespace qd::review {

void ReviewView::makeDebriefActions()
{
    QWidget *people = &m_side->table(SidePanel::People);
    add(people, "meeting", tr("Review: the meeting was held…"), {QKeySequence(Qt::Key_H)}, [this] { meeting(); });
    add(people, "sign", tr("Review: sign what is written now, or take your signature back"), {QKeySequence(Qt::Key_S)}, [this] { sign(); });
    add(&m_side->metrics(), "cost", tr("Review: note what the incident cost…"), {QKeySequence(Qt::Key_C)}, [this] { noteCost(); });
    add(&m_side->metrics(), "feedback", tr("Review: how was it handled?…"), {QKeySequence(Qt::Key_F)}, [this] { feedback(); });
    connect(&m_side->meeting(), &MeetingStrip::meetingRequested, this, &ReviewView::meeting);
    connect(&m_side->meeting(), &MeetingStrip::signRequested, this, &ReviewView::sign);
    connect(&m_side->cost(), &CostPanel::costRequested, this, &ReviewView::noteCost);
    connect(&m_side->cost(), &CostPanel::feedbackRequested, this, &ReviewView::feedback);
}

void ReviewView::meeting()
{
    const view::Review *r = review();
    if (r == nullptr)
        return Q_EMIT told(tr("No review is open."));
    auto *dialog = new MeetingDialog(m_theme, *m_view, *r, m_now, this);
    ask(dialog, QStringLiteral("review.meeting"), [dialog] { return dialog->arguments(); }, tr("Who was at the meeting is recorded."));
}

void ReviewView::sign()
{
    const view::Review *r = review();
    if (r == nullptr)
        return Q_EMIT told(tr("No review is open."));
    if (r->debrief.yoursStands)
        return send(QStringLiteral("review.sign"), {{QStringLiteral("withdraw"), true}}, tr("Your signature is taken back."));
    m_sections->draft().save(); // what one writes oneself is written before it is signed
    send(QStringLiteral("review.sign"), {}, tr("You signed what is written now; what is written later is not signed."));
}

void ReviewView::noteCost()
{
    const view::Review *r = review();
    if (r == nullptr)
        return Q_EMIT told(tr("No review is open."));
    auto *dialog = new CostDialog(m_theme, *r, this);
    ask(dialog, QStringLiteral("review.cost"), [dialog] { return dialog->arguments(); }, tr("The cost is recorded."));
}

void ReviewView::feedback()
{
    if (review() == nullptr)
        return Q_EMIT told(tr("No review is open."));
    auto *dialog = new FeedbackDialog(m_theme, m_incident, this);
    ask(dialog, QStringLiteral("review.feedback"), [dialog] { return dialog->arguments(); }, tr("It is recorded. Thank you."));
}

} // namespace qd::review
