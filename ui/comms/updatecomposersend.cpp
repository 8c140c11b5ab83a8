// SPDX-License-Identifier: GPL-3.0-or-later
// How the composer sends: what is missing is said first, the promise comes before its text, and what the gate refuses can be taken out.
#include "ui/comms/updatecomposer.h"

#include "core/comms/reach.h"
#include "ui/comms/clipping.h"
#include "ui/comms/gate.h"
#include "ui/comms/posteddialog.h"
#include "ui/comms/sentupdates.h"
#include "ui/comms/words.h"

#include <QJsonArray>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <algorithm>

namespace qd::comms {

void UpdateComposer::markPosted()
{
    if (!isOpen())
        return newestSent().isEmpty() ? m_sent->tell(tr("No update was sent yet; C writes one.")) : askWhere(newestSent());
    if (m_copiedFor.isEmpty())
        return tell(tr("First copy it, and post it where it is to be read."), false);
    if (!m_unheard.isEmpty())
        return recordPosted();
    send(m_copiedFor, m_copiedCut);
}

bool UpdateComposer::asksForMore(const view::TemplateRow &t, const Values &values)
{
    for (const QString &name : std::as_const(m_fieldOrder)) {
        const auto field = std::find_if(t.fields.begin(), t.fields.end(), [&](const auto &f) { return f.name == name; });
        if (field != t.fields.end() && field->required && values.count(name.toStdString()) == 0) {
            tell(tr("“%1” is required: %2.").arg(name, field->hint), true);
            m_fields.value(name)->setFocus();
            return true;
        }
    }
    return false;
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
    if (asksForMore(*t, values))
        return;
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
                             self->finish(false, sentence, QJsonObject());
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
                             self->finish(done, sentence, result);
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

void UpdateComposer::recordPosted()
{
    m_source.command(QStringLiteral("update.posted"), {{QStringLiteral("incident"), m_view->focus}, {QStringLiteral("update"), m_unheard.toInt()}, {QStringLiteral("where"), m_copiedFor}},
                     [self = QPointer(this), id = m_unheard](bool done, const QString &refusal, const QJsonObject &) {
                         if (self != nullptr)
                             self->finish(done, refusal, {{QStringLiteral("id"), QStringLiteral("update/") + id}});
                     });
}

QString UpdateComposer::newestSent() const
{
    const auto &all = m_view->stack.updates;
    const auto newest = std::max_element(all.begin(), all.end(), [](const view::UpdateRow &a, const view::UpdateRow &b) { return a.at < b.at; });
    return newest == all.end() ? QString() : newest->id;
}

void UpdateComposer::copySent(const QString &update, HandPlace place)
{
    m_source.command(QStringLiteral("text.copy"), {{QStringLiteral("incident"), m_view->focus}, {QStringLiteral("update"), update.toInt()}},
                     [self = QPointer(this), update, place](bool done, const QString &sentence, const QJsonObject &result) {
                         if (self == nullptr)
                             return;
                         if (!done)
                             return self->m_sent->tell(QStringLiteral("✗ ") + sentence);
                         clip(result, place);
                         self->m_sentCopiedFor = place == HandPlace::Plain ? QString() : placeName(place);
                         self->m_sent->tell(tr("Update %1 is copied. When it is posted, “It is posted by hand” (Alt+Shift+P) records where.").arg(update));
                     });
}

void UpdateComposer::askWhere(const QString &update)
{
    auto *dialog = new PostedDialog(m_theme, m_view->focus, update, m_sentCopiedFor, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &widgets::FormDialog::submitted, this, [this, dialog = QPointer(dialog)] {
        m_source.command(dialog->method(), dialog->arguments(), [self = QPointer(this), dialog](bool done, const QString &sentence, const QJsonObject &) {
            if (dialog && done)
                dialog->accept();
            else if (dialog)
                dialog->refuse(sentence);
            if (self && done)
                self->m_sent->tell({});
        });
    });
    dialog->setUnrecorded(!m_view->strip.recorded);
    dialog->open();
}

void UpdateComposer::finish(bool done, const QString &sentence, const QJsonObject &result)
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
    const QString update = result.value(QLatin1String("id")).toString().section(QLatin1Char('/'), -1);
    for (const QJsonValue &note : result.value(QLatin1String("notes")).toArray())
        if (note.toString().startsWith(QLatin1String(kNobodyTold.data(), static_cast<qsizetype>(kNobodyTold.size())))) {
            m_unheard = update; // it stays here to be copied, and is not sent a second time by that
            m_copiedFor.clear();
            tell(tr("Update %1 reached nobody; it is recorded, and still owed. Copy it with “Copy as”, post it, and Alt+Shift+P records where. Esc leaves it as it is.").arg(update), true);
            refresh();
            m_copy->setFocus();
            return;
        }
    m_unheard.clear();
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
