// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/governance/erasedialog.h"

#include "ui/governance/fields.h"
#include "ui/governance/reach.h"
#include "ui/view/answer.h"
#include "ui/widgets/readingbox.h"
#include "ui/widgets/typetoarm.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPointer>
#include <QScrollBar>

namespace qd::governance {

namespace {
constexpr int kStreamsLetters = 4000;
constexpr int kEraseSteps = 170; ///< wide enough for a stream, what people call it and how long it was kept
}

EraseDialog::EraseDialog(view::ViewSource &source, const style::Theme &theme, const QString &stream, QWidget *parent)
    : FormDialog(theme, tr("Erase for ever"), tr("Erase it"), parent)
    , m_what(streamBox(this))
    , m_goes(lookedAt(theme, tr("Asking the core…"), this))
    , m_reason(longLine(kReasonLetters, tr("it stays in the record when the rest is gone"), this))
    , m_arm(new widgets::TypeToArm(this))
{
    setMinimumWidth(kEraseSteps * theme.step());
    const view::ViewModelPtr view = source.current();
    for (const view::IncidentRow &each : view->incidents)
        m_called.insert(QStringLiteral("incident/") + each.id, each.title);
    for (const view::Labelled &each : view->names)
        m_called.insert(QStringLiteral("person/") + each.name, each.value);
    m_what->lineEdit()->setMaxLength(kStreamsLetters);
    m_what->addItem(tr("everything that is due"));
    if (!stream.isEmpty()) {
        m_what->addItem(stream);
        m_what->setCurrentIndex(1);
    }
    addField(tr("What goes"), m_what, tr("Streams by name, with commas: incident/INC-7, alerts/2026-11-23, person/ID."));
    addField(tr("Will be gone"), m_goes,
             tr("Its key is destroyed: nobody reads it again, here or in any copy. The chain, the hole with its name and time, and why, stay; what is active of a day lives on. What was said in rooms outside stays there until somebody takes it out."));
    addField(tr("Why"), m_reason);
    addField(tr("To arm it"), m_arm);
    finish();
    connect(m_what, &QComboBox::currentTextChanged, this, &EraseDialog::check);
    connect(m_reason, &QLineEdit::textChanged, this, &EraseDialog::check);
    connect(m_arm, &widgets::TypeToArm::armedChanged, this, &EraseDialog::check);
    connect(m_goes->verticalScrollBar(), &QScrollBar::valueChanged, this, &EraseDialog::look);
    connect(m_goes->verticalScrollBar(), &QScrollBar::rangeChanged, this, &EraseDialog::look);
    check();
    m_reason->setFocus();
    source.command(QStringLiteral("keeping.retention"), {}, [self = QPointer(this)](bool done, const QString &sentence, const QJsonObject &result) {
        if (!self)
            return;
        self->m_isKnown = done;
        self->m_retention = result;
        if (done)
            self->check();
        else
            self->m_goes->setPlain(sentence);
    });
}

QStringList EraseDialog::streams() const
{
    const QString typed = m_what->currentText();
    if (typed == m_what->itemText(0))
        return dueStreams(m_retention);
    QStringList out;
    for (const QString &each : typed.split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (const QString meant = streamMeant(each); !meant.isEmpty() && !out.contains(meant))
            out << meant;
    return out;
}

QString EraseDialog::preview() const
{
    return m_goes->plain();
}

void EraseDialog::look()
{
    if (!m_isRead && isVisible())
        check();
}

void EraseDialog::showEvent(QShowEvent *event)
{
    FormDialog::showEvent(event);
    look();
}

void EraseDialog::check()
{
    if (!m_isKnown)
        return setReady(false);
    const QStringList names = streams();
    const Erasure gone = wouldGo(names, m_retention, m_called);
    QString goes = names.isEmpty() ? tr("Nothing is kept beyond its time.") : gone.lines;
    if (const qsizetype due = dueInAll(m_retention); m_what->currentText() == m_what->itemText(0) && due > names.size())
        goes.prepend(tr("%L1 of %L2 that are due go at once; the rest after them.").arg(names.size()).arg(due) + QLatin1Char('\n'));
    if (goes != m_goes->plain()) {
        m_isRead = false;
        m_goes->setPlain(goes);
    }
    // Of many the number is typed: nobody types a thousand names, and a wrong number says that something is not as it was thought. That each was read is
    // all one can ask: the list is looked at to its end first.
    const QString target = names.size() > 1 ? QStringLiteral("streams/%1").arg(names.size()) : names.isEmpty() ? QString() : names.constFirst();
    if (m_arm->target() != target)
        m_arm->setTarget(target);
    const QScrollBar &bar = *m_goes->verticalScrollBar();
    m_isRead = m_isRead || (isVisible() && bar.value() >= bar.maximum());
    const bool isUnread = isVisible() && !m_isRead && gone.forbidden.isEmpty();
    const bool isSaid = !m_reason->text().trimmed().isEmpty();
    const QString missing = names.isEmpty() ? QString()
        : !gone.forbidden.isEmpty()         ? gone.forbidden
        : isUnread                          ? tr("The list of what goes is longer than what is in sight: read it to its end first (Tab goes to it, End to its end).")
        : !isSaid                           ? tr("Say why.")
        : m_arm->isArmed()                  ? QString()
                                            : tr("Type what stands in the last field, which arms it.");
    setReady(!names.isEmpty() && missing.isEmpty(), missing);
}

QJsonObject EraseDialog::arguments() const
{
    return {{QStringLiteral("streams"), QJsonArray::fromStringList(streams())}, {QStringLiteral("reason"), m_reason->text().trimmed()}};
}

} // namespace qd::governance
