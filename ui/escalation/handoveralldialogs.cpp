// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/handoveralldialogs.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <algorithm>

namespace qd::escalation {

namespace {

constexpr int kHandoverWordsLimit = 500; ///< of each field, as in a handover of one
constexpr int kBriefsShown = 14; ///< lines

QLineEdit *wordsField(const QString &placeholder, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setMaxLength(kHandoverWordsLimit);
    edit->setPlaceholderText(placeholder);
    return edit;
}

QPlainTextEdit *briefsField(const style::Theme &theme, QWidget *parent)
{
    auto *edit = new QPlainTextEdit(QCoreApplication::translate("qd::escalation::HandOverAll", "The core is writing it."), parent);
    edit->setReadOnly(true);
    edit->setTabChangesFocus(true);
    edit->setMinimumHeight(5 * theme.lineHeight());
    edit->setMaximumHeight(kBriefsShown * theme.lineHeight());
    return edit;
}

/// The briefs of these incidents, one after the other, each below its incident's name.
QString briefsOf(const QJsonArray &items, const QStringList &incidents)
{
    QStringList out;
    for (const QJsonValue &value : items) {
        const QJsonObject item = value.toObject();
        const QString incident = item.value(QLatin1String("incident")).toString(), text = item.value(QLatin1String("text")).toString();
        if (incidents.contains(incident))
            out << (text.startsWith(incident) ? text : incident + QLatin1Char('\n') + text);
    }
    return out.isEmpty() ? QCoreApplication::translate("qd::escalation::HandOverAll", "The core has nothing to say about them.") : out.join(QStringLiteral("\n\n"));
}

} // namespace

HandOverAllDialog::HandOverAllDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Hand over all you command"), tr("Offer all of them"), parent)
    , m_incidents(commanded(*view))
    , m_person(new QComboBox(this))
    , m_brief(briefsField(theme, this))
    , m_summary(wordsField(tr("what is going on, in your words"), this))
    , m_actions(wordsField(tr("what is under way that is not recorded"), this))
    , m_watch(wordsField(tr("what may go wrong, and what then"), this))
{
    for (const QString &person : view->people)
        if (person != view->strip.person)
            m_person->addItem(person);
    addNote(tr("%1: each with its own offer, all of them or none.").arg(m_incidents.join(QStringLiteral(", "))));
    addField(tr("To"), m_person);
    addField(tr("Goes with them"), m_brief);
    addField(tr("Summary"), m_summary);
    addField(tr("Under way"), m_actions);
    addField(tr("Watch"), m_watch, tr("Command moves when they have read back what they take over. Until then you have it."));
    finish();
    const bool anybody = m_person->count() > 0;
    setReady(anybody, anybody ? QString() : tr("There is nobody else in the workspace."));
    m_person->setFocus();
}

QStringList HandOverAllDialog::commanded(const view::ViewModel &view)
{
    QStringList out;
    for (const view::IncidentRow &incident : view.incidents)
        if (incident.commandedByYou && incident.status <= IncidentStatus::Mitigated)
            out << incident.id;
    return out;
}

void HandOverAllDialog::setBriefs(const QJsonArray &items)
{
    m_brief->setPlainText(briefsOf(items, m_incidents));
}

QJsonObject HandOverAllDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("all"), true}, {QStringLiteral("person"), m_person->currentText()}};
    for (const auto &[name, edit] : {std::pair{QStringLiteral("summary"), m_summary}, {QStringLiteral("actions"), m_actions}, {QStringLiteral("watch"), m_watch}})
        if (const QString text = edit->text().trimmed(); !text.isEmpty())
            out.insert(name, text);
    return out;
}

AcceptAllDialog::AcceptAllDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Command is offered to you"), tr("Accept all of them"), parent)
    , m_incidents(offered(*view))
    , m_brief(briefsField(theme, this))
    , m_readBack(wordsField(tr("in your own words: what is wrong, what is under way, what to watch"), this))
{
    QStringList offers;
    for (const view::CommandCall &call : view->commandCalls)
        if (!call.isClaim)
            offers << (call.why.isEmpty() ? tr("%1 by %2").arg(call.incident, call.from) : tr("%1 by %2: %3").arg(call.incident, call.from, call.why));
    addNote(offers.join(QLatin1Char('\n')));
    addField(tr("Recorded"), m_brief);
    addField(tr("Read back"), m_readBack, tr("You command all of them when this is sent; everybody is told. To decline one, look at it and press Ctrl+Shift+H."));
    finish();
    connect(m_readBack, &QLineEdit::textChanged, this, [this](const QString &text) { setReady(!text.trimmed().isEmpty()); });
    setReady(false);
    m_readBack->setFocus();
}

QStringList AcceptAllDialog::offered(const view::ViewModel &view)
{
    QStringList out;
    for (const view::CommandCall &call : view.commandCalls)
        if (!call.isClaim)
            out << call.incident;
    return out;
}

void AcceptAllDialog::setBriefs(const QJsonArray &items)
{
    m_brief->setPlainText(briefsOf(items, m_incidents));
}

QJsonObject AcceptAllDialog::arguments() const
{
    return {{QStringLiteral("all"), true}, {QStringLiteral("readBack"), m_readBack->text().trimmed()}};
}

} // namespace qd::escalation
