// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/leadingdialogs.h"

#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace qd::escalation {

namespace {

constexpr int kTextLimit = 500; ///< characters; the core takes 2,000 bytes
constexpr int kBriefLines = 9;

QLineEdit *line(const QString &placeholder, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setMaxLength(kTextLimit);
    edit->setPlaceholderText(placeholder);
    return edit;
}

/// Several lines to read, never to write; they scroll before the dialog grows past the screen.
QPlainTextEdit *reading(const style::Theme &theme, const QString &text, QWidget *parent)
{
    auto *edit = new QPlainTextEdit(text, parent);
    edit->setReadOnly(true);
    edit->setTabChangesFocus(true);
    edit->setMinimumHeight(3 * theme.lineHeight());
    edit->setMaximumHeight(kBriefLines * theme.lineHeight());
    return edit;
}

} // namespace

HandoverDialog::HandoverDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Hand over command"), tr("Offer command"), parent)
    , m_incident(view->focus)
    , m_person(new QComboBox(this))
    , m_brief(reading(theme, tr("The core is writing it."), this))
    , m_summary(line(tr("what is going on, in your words"), this))
    , m_actions(line(tr("what is under way that is not recorded"), this))
    , m_watch(line(tr("what may go wrong, and what then"), this))
{
    for (const QString &person : view->people)
        if (person != view->strip.person)
            m_person->addItem(person);
    for (const view::RoleRow &role : view->stack.roles) // who is hot standby is the first to be asked
        if (role.role == Role::Deputy && !role.person.isEmpty())
            for (const view::Labelled &known : view->names)
                if (known.value == role.person && m_person->findText(known.name) >= 0)
                    m_person->setCurrentText(known.name);
    addField(tr("To"), m_person);
    addField(tr("Goes with it"), m_brief);
    addField(tr("Summary"), m_summary);
    addField(tr("Under way"), m_actions);
    addField(tr("Watch"), m_watch, tr("Command moves when they have read back what they take over. Until then you have it."));
    finish();
    const bool anybody = m_person->count() > 0;
    setReady(anybody, anybody ? QString() : tr("There is nobody else in the workspace."));
    m_person->setFocus();
}

void HandoverDialog::setBrief(const QString &brief)
{
    m_brief->setPlainText(brief);
}

QJsonObject HandoverDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}, {QStringLiteral("person"), m_person->currentText()}};
    for (const auto &[name, edit] : {std::pair{QStringLiteral("summary"), m_summary}, {QStringLiteral("actions"), m_actions}, {QStringLiteral("watch"), m_watch}})
        if (const QString text = edit->text().trimmed(); !text.isEmpty())
            out.insert(name, text);
    return out;
}

AcceptDialog::AcceptDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("%1 offers you command").arg(view->stack.leading.offerFrom), tr("Accept command"), parent)
    , m_incident(view->focus)
    , m_readBack(line(tr("in your own words: what is wrong, what is under way, what to watch"), this))
{
    const view::Leading &l = view->stack.leading;
    addField(tr("Recorded"), reading(theme, l.brief, this));
    for (const auto &[name, text] : {std::pair{tr("Summary"), l.summary}, {tr("Under way"), l.actions}, {tr("Watch"), l.watch}})
        if (!text.isEmpty()) {
            auto *label = new widgets::PlainLabel(theme, style::Type::Body, style::Tone::Text, this);
            label->setPlain(text);
            label->setWordWrap(true);
            addField(name, label);
        }
    addField(tr("Read back"), m_readBack, tr("You are Incident Commander when this is sent; everybody is told."));
    QPushButton *decline = addButton(tr("Decline"));
    finish();
    connect(decline, &QPushButton::clicked, this, [this] {
        m_declined = true;
        Q_EMIT submitted();
    });
    connect(&doIt(), &QPushButton::clicked, this, [this] { m_declined = false; });
    connect(m_readBack, &QLineEdit::textChanged, this, [this](const QString &text) { setReady(!text.trimmed().isEmpty()); });
    setReady(false);
    m_readBack->setFocus();
}

QJsonObject AcceptDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}};
    const QString text = m_readBack->text().trimmed();
    if (!m_declined)
        out.insert(QStringLiteral("readBack"), text);
    else if (!text.isEmpty())
        out.insert(QStringLiteral("reason"), text);
    return out;
}

ReasonDialog::ReasonDialog(const style::Theme &theme, const QString &title, const QString &verb, const QString &note, const QString &incident, bool required,
                           QWidget *parent)
    : FormDialog(theme, title, verb, parent)
    , m_incident(incident)
    , m_reason(line(required ? tr("one sentence; everybody reads it") : tr("one sentence, if there is time"), this))
{
    addNote(note);
    addField(tr("Reason"), m_reason);
    finish();
    if (required)
        connect(m_reason, &QLineEdit::textChanged, this, [this](const QString &text) { setReady(!text.trimmed().isEmpty()); });
    setReady(!required);
    m_reason->setFocus();
}

QJsonObject ReasonDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}};
    if (const QString text = m_reason->text().trimmed(); !text.isEmpty())
        out.insert(QStringLiteral("reason"), text);
    return out;
}

} // namespace qd::escalation
