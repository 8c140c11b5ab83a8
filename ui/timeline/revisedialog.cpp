// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/revisedialog.h"

#include "ui/view/isolate.h"
#include "ui/widgets/timetext.h"

#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>

namespace qd::timeline {

namespace {
constexpr int kLinesShown = 4;
}

ReviseDialog::ReviseDialog(const style::Theme &theme, const QString &incident, const view::TimelineEntry &line, QWidget *parent)
    : FormDialog(theme, tr("Your line of %1, otherwise").arg(widgets::shownMinutes(line.at)), tr("Put it so"), parent)
    , m_incident(incident)
    , m_entry(line.reference)
    , m_before(view::plain(line.own))
    , m_text(new QPlainTextEdit(m_before, this))
{
    m_text->setTabChangesFocus(true);
    m_text->setMinimumHeight(kLinesShown * theme.lineHeight());
    addField(tr("Line"), m_text, tr("It keeps its place and its time. What it said before stays with it, for everybody to read: W in the timeline. Ctrl+Return puts it so."));
    finish();
    m_text->installEventFilter(this);
    connect(m_text, &QPlainTextEdit::textChanged, this, &ReviseDialog::check);
    check();
    m_text->setFocus();
    m_text->moveCursor(QTextCursor::End);
}

bool ReviseDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_text || event->type() != QEvent::KeyPress)
        return FormDialog::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool sends = (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && key->modifiers().testFlag(Qt::ControlModifier);
    if (sends) // Return alone is a new line in the field
        doIt().click();
    return sends;
}

void ReviseDialog::check()
{
    const QString text = m_text->toPlainText().trimmed();
    setReady(!text.isEmpty() && text != m_before);
}

QJsonObject ReviseDialog::arguments() const
{
    return {{QStringLiteral("incident"), m_incident}, {QStringLiteral("entry"), m_entry}, {QStringLiteral("text"), m_text->toPlainText().trimmed()}};
}

} // namespace qd::timeline
