// SPDX-License-Identifier: GPL-3.0-or-later
// How the composer sends: what is missing is said first, the promise comes before its text, and what the gate refuses can be taken out.
#include "ui/comms/updatecomposer.h"

#include "ui/comms/gate.h"
#include "ui/comms/words.h"

#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <algorithm>

namespace qd::comms {

void UpdateComposer::markPosted()
{
    if (!isOpen() || m_copiedFor.isEmpty())
        return tell(tr("First copy it, and post it where it is to be read."), false);
    send(m_copiedFor, m_copiedCut);
}

void UpdateComposer::send(const QString &byHand, bool removeMarked)
{
    if (!isOpen()) {
        begin();
        return;
    }
    const view::TemplateRow *t = chosen();
    if (m_sending || t == nullptr || m_view->focus.isEmpty())
        return;
    const Values values = typed();
    for (const QString &name : std::as_const(m_fieldOrder)) {
        const auto field = std::find_if(t->fields.begin(), t->fields.end(), [&](const auto &f) { return f.name == name; });
        if (field != t->fields.end() && field->required && values.count(name.toStdString()) == 0) {
            tell(tr("“%1” is required: %2.").arg(name, field->hint), true);
            m_fields.value(name)->setFocus();
            return;
        }
    }
    if (!m_next->text().trimmed().isEmpty() && !promised()) {
        tell(tr("“%1” is no time; write 20m or 1h.").arg(m_next->text().trimmed()), true);
        m_next->setFocus();
        return;
    }
    QJsonObject set;
    for (const auto &[name, value] : values)
        set.insert(utf8(name), utf8(value));
    m_sending = true;
    tell(tr("Sending…"), false);
    refresh();
    const QString incident = m_view->focus, id = t->id;
    if (!promised()) {
        sendUpdate(incident, id, set, byHand, removeMarked);
        return;
    }
    // The promise comes first: the text speaks of it.
    const QPointer<UpdateComposer> self(this);
    m_source.command(QStringLiteral("promise.make"),
                     {{QStringLiteral("incident"), incident}, {QStringLiteral("audience"), t->audience},
                      {QStringLiteral("due"), m_next->text().trimmed()}, {QStringLiteral("text"), tr("next update")}},
                     [self, incident, id, set, byHand, removeMarked](bool done, const QString &sentence, const QJsonObject &) {
                         if (self == nullptr)
                             return;
                         if (!done) {
                             self->finish(false, sentence, {});
                             return;
                         }
                         self->m_next->clear(); // made: a second try makes no second one
                         self->sendUpdate(incident, id, set, byHand, removeMarked);
                     });
}

void UpdateComposer::sendUpdate(const QString &incident, const QString &templateId, const QJsonObject &set, const QString &byHand, bool removeMarked)
{
    const QPointer<UpdateComposer> self(this);
    QJsonObject arguments{{QStringLiteral("incident"), incident}, {QStringLiteral("template"), templateId}, {QStringLiteral("set"), set}};
    if (!byHand.isEmpty())
        arguments.insert(QStringLiteral("byHand"), byHand);
    if (removeMarked)
        arguments.insert(QStringLiteral("removeMarked"), true);
    m_refusedByHand = byHand;
    m_source.command(QStringLiteral("update.send"), arguments,
                     [self](bool done, const QString &sentence, const QJsonObject &result) {
                         if (self != nullptr)
                             self->finish(done, sentence, result.value(QLatin1String("update")).toVariant().toString());
                     });
}

void UpdateComposer::offerRemoval(const QString &refusal)
{
    m_remove->show();
    m_removeKey->show();
    m_remove->setText(m_refusedCopy ? tr("Remove it and copy") : tr("Remove it and send"));
    m_remove->setAccessibleName((m_refusedCopy ? tr("Remove it and copy. %1") : tr("Remove it and send. %1")).arg(refusal));
    for (const QString &name : std::as_const(m_fieldOrder))
        if (const auto [at, length] = firstMark(m_fields.value(name)->text()); at >= 0) {
            m_fields.value(name)->setFocus();
            m_fields.value(name)->setSelection(at, length); // what is meant, where it is typed
            return;
        }
}

void UpdateComposer::removeAndSend()
{
    if (m_remove->isHidden())
        return tell(tr("Nothing marked was refused; Ctrl+Return sends."), false);
    if (m_refusedCopy)
        return copy(*m_refusedCopy, true);
    send(m_refusedByHand, true);
}

void UpdateComposer::finish(bool done, const QString &sentence, const QString &update)
{
    m_sending = false;
    if (!done) {
        const auto refused = gateRefusal(sentence);
        tell(sentence.isEmpty() ? tr("The core refused without a reason.") : refused.value_or(sentence), true);
        if (refused)
            offerRemoval(*refused);
        refresh();
        return;
    }
    m_drafts.remove(draftKey());
    for (QLineEdit *edit : std::as_const(m_fields)) {
        const QSignalBlocker blocker(edit);
        edit->clear();
    }
    m_drafts.remove(draftKey());
    m_copiedFor.clear();
    tell({}, false);
    refresh();
    close();
    Q_EMIT sent(update);
}

} // namespace qd::comms
