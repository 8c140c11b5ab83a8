// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/peopledialogs.h"

#include "core/base/time.h"
#include "ui/widgets/timetext.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>

namespace qd::escalation {

namespace {

constexpr int kWordsLimit = 300, kTitleLimit = 60;

QLineEdit *lineFor(QWidget *parent, const QString &hint)
{
    auto *line = new QLineEdit(parent);
    line->setMaxLength(kWordsLimit);
    line->setPlaceholderText(hint);
    return line;
}

} // namespace

SummonDialog::SummonDialog(const style::Theme &theme, const view::ViewModelPtr &view, const QStringList &alerts, QWidget *parent)
    : FormDialog(theme, tr("Call somebody by name"), tr("Call"), parent)
    , m_incident(view->focus)
    , m_alerts(alerts)
    , m_who(new QComboBox(this))
    , m_reason(lineFor(this, tr("what they are needed for; the page says it")))
{
    m_who->addItems(view->people);
    if (!view->teams.isEmpty() && !view->people.isEmpty())
        m_who->insertSeparator(m_who->count());
    m_who->addItems(view->teams);
    addNote(alerts.isEmpty() ? tr("For %1, whoever else is called or has answered. Each has an answer of their own.").arg(m_incident)
                             : tr("For %Ln chosen alert(s), whoever else is called or has answered. Each has an answer of their own.", nullptr, static_cast<int>(alerts.size())));
    addField(tr("Who"), m_who);
    addField(tr("Reason"), m_reason);
    finish();
    setReady(m_who->count() > 0, m_who->count() > 0 ? QString() : tr("No people are known; add them to the workspace"));
    m_who->setFocus();
}

QJsonObject SummonDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("people"), QJsonArray{m_who->currentText()}}};
    if (m_alerts.isEmpty())
        out.insert(QStringLiteral("incident"), m_incident);
    else
        out.insert(QStringLiteral("alerts"), QJsonArray::fromStringList(m_alerts));
    if (const QString reason = m_reason->text().trimmed(); !reason.isEmpty())
        out.insert(QStringLiteral("reason"), reason);
    return out;
}

ReachedDialog::ReachedDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Reached by hand"), tr("Record"), parent)
    , m_who(new QComboBox(this))
    , m_how(new QComboBox(this))
    , m_about(new QComboBox(this))
{
    m_who->addItems(view->people);
    m_how->setEditable(true);
    m_how->addItems({tr("phone"), tr("text message"), tr("in person"), tr("video call")});
    m_about->addItem(tr("everything that calls them"), QString());
    if (!view->focus.isEmpty())
        m_about->addItem(view->focus, view->focus);
    addNote(tr("They know, and you say so: what calls them counts as answered by them. The record says both."));
    addField(tr("Who"), m_who);
    addField(tr("By"), m_how);
    addField(tr("About"), m_about);
    finish();
    setReady(m_who->count() > 0, m_who->count() > 0 ? QString() : tr("No people are known; add them to the workspace"));
    m_who->setFocus();
}

QJsonObject ReachedDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("person"), m_who->currentText()}, {QStringLiteral("how"), m_how->currentText().trimmed()}};
    if (const QString about = m_about->currentData().toString(); !about.isEmpty())
        out.insert(QStringLiteral("incident"), about);
    return out;
}

OwnRoleDialog::OwnRoleDialog(const style::Theme &theme, const view::ViewModel &view, QWidget *parent)
    : FormDialog(theme, tr("A role of another name"), tr("Give"), parent)
    , m_incident(view.focus)
    , m_title(new QLineEdit(this))
    , m_who(new QComboBox(this))
{
    m_title->setMaxLength(kTitleLimit);
    m_title->setPlaceholderText(tr("Database lead, Bravo team …"));
    for (const view::Labelled &person : view.names)
        m_who->addItem(person.value, person.name);
    addField(tr("Role"), m_title);
    addField(tr("Who"), m_who);
    finish();
    connect(m_title, &QLineEdit::textChanged, this, [this](const QString &text) { setReady(m_who->count() > 0 && !text.trimmed().isEmpty()); });
    setReady(false, m_who->count() > 0 ? QString() : tr("No people are known; add them to the workspace"));
    m_title->setFocus();
}

QJsonObject OwnRoleDialog::arguments() const
{
    return {{QStringLiteral("incident"), m_incident}, {QStringLiteral("title"), m_title->text().trimmed()}, {QStringLiteral("person"), m_who->currentData().toString()}};
}

bool KeepDialog::isPossible(const view::ViewModel &view)
{
    return std::any_of(view.silences.begin(), view.silences.end(), [](const view::SilenceRow &row) { return row.source.isEmpty(); });
}

KeepDialog::KeepDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Keep it longer, or end it sooner"), tr("Keep"), parent)
    , m_what(new QComboBox(this))
    , m_until(new QComboBox(this))
    , m_reason(lineFor(this, tr("why; may be left out")))
{
    for (const view::SilenceRow &row : view->silences)
        if (row.source.isEmpty())
            m_what->addItem(QStringLiteral("%1 · %2 · %3").arg(row.id, row.matchers, row.until ? tr("until %1").arg(widgets::shownStamp(row.until)) : tr("no set time")), row.id);
    m_until->setEditable(true);
    m_until->addItems({QStringLiteral("15m"), QStringLiteral("30m"), QStringLiteral("1h"), QStringLiteral("2h"), QStringLiteral("8h")});
    m_until->setCurrentIndex(2);
    addField(tr("What"), m_what);
    addField(tr("From now for"), m_until);
    addField(tr("Reason"), m_reason);
    finish();
    connect(m_until, &QComboBox::currentTextChanged, this, &KeepDialog::check);
    check();
    m_what->setFocus();
}

void KeepDialog::check()
{
    const Result<Span> span = parseSpan(m_until->currentText().trimmed().toStdString());
    const bool isRead = span && span->ns > 0;
    setReady(isRead && m_what->count() > 0, isRead ? QString() : tr("“For” cannot be read; write 10m or 1h."));
}

QJsonObject KeepDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("id"), m_what->currentData().toString()}, {QStringLiteral("until"), m_until->currentText().trimmed()}};
    if (const QString reason = m_reason->text().trimmed(); !reason.isEmpty())
        out.insert(QStringLiteral("reason"), reason);
    return out;
}

} // namespace qd::escalation
