// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/governance/holddialogs.h"

#include "ui/governance/fields.h"
#include "ui/governance/reach.h"
#include "ui/view/answer.h"
#include "ui/widgets/readingbox.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPointer>

namespace qd::governance {

HoldDialog::HoldDialog(view::ViewSource &source, const style::Theme &theme, const QString &stream, QWidget *parent)
    : FormDialog(theme, tr("Place a hold"), tr("Hold it"), parent)
    , m_source(source)
    , m_scope(streamBox(this))
    , m_keeps(lookedAt(theme, tr("Asking the core…"), this))
    , m_matter(longLine(kNameBytes, tr("the case or request it is for"), this))
    , m_custodian(longLine(kNameBytes, tr("may be left empty"), this))
    , m_reason(longLine(kReasonLetters, tr("it stays in the record"), this))
{
    const view::ViewModelPtr view = source.current();
    for (const view::IncidentRow &incident : view->incidents)
        m_scope->addItem(QStringLiteral("incident/") + incident.id);
    m_scope->addItem(QStringLiteral("alerts"));
    for (const view::Labelled &person : view->names)
        m_scope->addItem(QStringLiteral("person/") + person.name);
    m_scope->addItem(QStringLiteral("access"));
    m_scope->addItem(QStringLiteral("*"));
    m_scope->setEditText(!stream.isEmpty() ? stream : view->focus.isEmpty() ? QString() : QStringLiteral("incident/") + view->focus);
    addField(tr("What is held"), m_scope, tr("A stream and all below it: incident/INC-7, alerts, alerts/2026-11-23, person/ID; * for everything."));
    addField(tr("It keeps"), m_keeps);
    addField(tr("Matter"), m_matter);
    addField(tr("Who answers for it"), m_custodian);
    addField(tr("Why"), m_reason, tr("While it stands nothing of this is erased or struck, whoever asks and whatever a rule says."));
    finish();
    connect(m_scope, &QComboBox::currentTextChanged, this, &HoldDialog::check);
    for (QLineEdit *line : {m_matter, m_custodian, m_reason})
        connect(line, &QLineEdit::textChanged, this, &HoldDialog::check);
    check();
    (scope().isEmpty() ? static_cast<QWidget *>(m_scope) : m_matter)->setFocus();
    m_source.command(QStringLiteral("keeping.retention"), {}, [self = QPointer(this)](bool done, const QString &sentence, const QJsonObject &result) {
        if (!self)
            return;
        self->m_isKnown = done;
        self->m_retention = result;
        self->m_unknown = sentence;
        self->check();
    });
}

QString HoldDialog::scope() const
{
    return streamMeant(m_scope->currentText());
}

QString HoldDialog::preview() const
{
    return m_keeps->plain();
}

void HoldDialog::check()
{
    const QString what = scope();
    if (what.isEmpty())
        m_keeps->setPlain(tr("Say what is held."));
    else if (m_isKnown)
        m_keeps->setPlain(wouldKeep(what, m_retention, m_source.current()->made));
    else if (!m_unknown.isEmpty())
        m_keeps->setPlain(m_unknown);
    for (const auto &[name, line] : {std::pair{tr("The matter"), m_matter}, {tr("Who answers for it"), m_custodian}})
        if (line->text().trimmed().toUtf8().size() > kNameBytes)
            return setReady(false, tr("%1 is longer than the %2 bytes the record takes.").arg(name).arg(kNameBytes));
    setReady(!what.isEmpty() && !m_matter->text().trimmed().isEmpty() && !m_reason->text().trimmed().isEmpty());
}

QJsonObject HoldDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("scope"), scope()}, {QStringLiteral("matter"), m_matter->text().trimmed()}, {QStringLiteral("reason"), m_reason->text().trimmed()}};
    if (const QString custodian = m_custodian->text().trimmed(); !custodian.isEmpty())
        out.insert(QStringLiteral("custodian"), custodian);
    return out;
}

LiftHoldDialog::LiftHoldDialog(view::ViewSource &source, const style::Theme &theme, const QJsonObject &hold, const QJsonArray &holds, QWidget *parent)
    : FormDialog(theme, tr("Lift hold %1 on %2").arg(view::numberIn(hold, "hold")).arg(view::lineIn(hold, "scope")), tr("Lift it"), parent)
    , m_number(view::numberIn(hold, "hold"))
    , m_letsGo(lookedAt(theme, tr("Asking the core…"), this))
    , m_reason(longLine(kReasonLetters, tr("it stays in the record"), this))
{
    addField(tr("Without it"), m_letsGo);
    addNote(tr("Held for %1, since %2, by %3: %4").arg(view::lineIn(hold, "matter"), view::minuteIn(hold, "since"), view::lineIn(hold, "by"), view::lineIn(hold, "reason")));
    addField(tr("Why"), m_reason, tr("Nothing goes by itself: what may go then is erased or struck by somebody, with a reason of its own."));
    finish();
    connect(m_reason, &QLineEdit::textChanged, this, [this](const QString &text) { setReady(!text.trimmed().isEmpty()); });
    setReady(false);
    m_reason->setFocus();
    source.command(QStringLiteral("keeping.retention"), {}, [self = QPointer(this), hold, holds, now = source.current()->made](bool done, const QString &sentence, const QJsonObject &result) {
        if (self)
            self->m_letsGo->setPlain(done ? wouldLetGo(hold, holds, result, now) : sentence);
    });
}

QString LiftHoldDialog::preview() const
{
    return m_letsGo->plain();
}

QJsonObject LiftHoldDialog::arguments() const
{
    return {{QStringLiteral("hold"), m_number}, {QStringLiteral("reason"), m_reason->text().trimmed()}};
}

} // namespace qd::governance
