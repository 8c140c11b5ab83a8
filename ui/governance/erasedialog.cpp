// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/governance/erasedialog.h"

#include "ui/governance/fields.h"
#include "ui/governance/reach.h"
#include "ui/view/answer.h"
#include "ui/widgets/typetoarm.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>

namespace qd::governance {

namespace {
constexpr int kStreamsLetters = 4000;
}

EraseDialog::EraseDialog(view::ViewSource &source, const style::Theme &theme, const QString &stream, QWidget *parent)
    : FormDialog(theme, tr("Erase for ever"), tr("Erase it"), parent)
    , m_what(streamBox(this))
    , m_goes(lookedAt(theme, tr("Asking the core…"), this))
    , m_reason(longLine(kReasonLetters, tr("it stays in the record when the rest is gone"), this))
    , m_arm(new widgets::TypeToArm(this))
{
    m_what->lineEdit()->setMaxLength(kStreamsLetters);
    m_what->addItem(tr("everything that is due"));
    if (!stream.isEmpty()) {
        m_what->addItem(stream);
        m_what->setCurrentIndex(1);
    }
    addField(tr("What goes"), m_what, tr("Streams by name, with commas: incident/INC-7, alerts/2026-11-23, person/ID."));
    addField(tr("Will be gone"), m_goes,
             tr("Its key is destroyed: nobody reads it again, here or in any copy. The chain, the hole with its name and time, and why, stay; what is active of a day lives on. What was said in rooms outside is taken out there."));
    addField(tr("Why"), m_reason);
    addField(tr("Its name"), m_arm);
    finish();
    connect(m_what, &QComboBox::currentTextChanged, this, &EraseDialog::check);
    connect(m_reason, &QLineEdit::textChanged, this, &EraseDialog::check);
    connect(m_arm, &widgets::TypeToArm::armedChanged, this, &EraseDialog::check);
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
            self->m_goes->setPlainText(sentence);
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
    return m_goes->toPlainText();
}

void EraseDialog::check()
{
    if (!m_isKnown)
        return setReady(false);
    const QStringList names = streams();
    const Erasure gone = wouldGo(names, m_retention);
    m_goes->setPlainText(names.isEmpty() ? tr("Nothing is kept beyond its time.") : gone.lines);
    // Of many the number is typed: nobody types a thousand names, and a wrong number says that something is not as it was thought.
    const QString target = names.size() > 1 ? QStringLiteral("streams/%1").arg(names.size()) : names.isEmpty() ? QString() : names.constFirst();
    if (m_arm->target() != target)
        m_arm->setTarget(target);
    setReady(!names.isEmpty() && gone.forbidden.isEmpty() && m_arm->isArmed() && !m_reason->text().trimmed().isEmpty(), gone.forbidden);
}

QJsonObject EraseDialog::arguments() const
{
    return {{QStringLiteral("streams"), QJsonArray::fromStringList(streams())}, {QStringLiteral("reason"), m_reason->text().trimmed()}};
}

} // namespace qd::governance
