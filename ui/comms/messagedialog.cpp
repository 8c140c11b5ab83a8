// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/messagedialog.h"

#include "ui/widgets/typetoarm.h"

#include <QCompleter>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace qd::comms {

namespace {

QString titleOf(MessageDialog::Kind kind, int number)
{
    switch (kind) {
    case MessageDialog::Kind::Draft: return number == 0 ? MessageDialog::tr("A message for outside") : MessageDialog::tr("A further version of message %1").arg(number);
    case MessageDialog::Kind::Reject: return MessageDialog::tr("Refuse message %1").arg(number);
    case MessageDialog::Kind::Withdraw: return MessageDialog::tr("Withdraw message %1").arg(number);
    case MessageDialog::Kind::Glass: return MessageDialog::tr("Release message %1 without its approvals").arg(number);
    case MessageDialog::Kind::Release: return MessageDialog::tr("Release message %1").arg(number);
    case MessageDialog::Kind::Holding: return MessageDialog::tr("Release the holding statement");
    }
    return {};
}

QString verbOf(MessageDialog::Kind kind)
{
    switch (kind) {
    case MessageDialog::Kind::Draft: return MessageDialog::tr("Draft");
    case MessageDialog::Kind::Reject: return MessageDialog::tr("Refuse");
    case MessageDialog::Kind::Withdraw: return MessageDialog::tr("Withdraw");
    case MessageDialog::Kind::Glass: return MessageDialog::tr("Break the glass");
    case MessageDialog::Kind::Release:
    case MessageDialog::Kind::Holding: return MessageDialog::tr("Release");
    }
    return {};
}

QString joinedArray(const QJsonValue &list)
{
    QStringList out;
    for (const QJsonValue &v : list.toArray())
        out << v.toString();
    return out.join(QStringLiteral(", "));
}

QJsonObject newestOf(const QJsonObject &message)
{
    return message.value(QLatin1String("versions")).toArray().last().toObject();
}

QJsonArray splitList(const QString &text)
{
    QJsonArray out;
    for (const QString &each : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (!each.trimmed().isEmpty())
            out.append(each.trimmed());
    return out;
}

} // namespace

MessageDialog::MessageDialog(const style::Theme &theme, Kind kind, const QJsonObject &message, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, titleOf(kind, message.value(QLatin1String("message")).toInt()), verbOf(kind), parent)
    , m_kind(kind)
    , m_message(message)
    , m_incident(view->focus)
{
    const auto line = [&](const QString &text, int most) {
        auto *edit = new QLineEdit(text, this);
        edit->setMaxLength(most);
        connect(edit, &QLineEdit::textChanged, this, &MessageDialog::check);
        return edit;
    };
    if (kind == Kind::Draft) {
        const QJsonObject newest = newestOf(message);
        m_title = line(newest.value(QLatin1String("title")).toString(), 200);
        m_text = new QPlainTextEdit(newest.value(QLatin1String("text")).toString(), this);
        m_text->setTabChangesFocus(true);
        m_text->setMinimumHeight(8 * theme.rowHeight());
        connect(m_text, &QPlainTextEdit::textChanged, this, &MessageDialog::check);
        m_audience = line(message.isEmpty() ? QStringLiteral("customers") : message.value(QLatin1String("audience")).toString(), 60);
        m_to = line(message.isEmpty() ? QStringLiteral("rooms") : joinedArray(message.value(QLatin1String("to"))), 500);
        m_embargo = line({}, 40);
        m_expires = line({}, 40);
        addField(tr("Title"), m_title);
        addField(tr("Text"), m_text, message.isEmpty() ? QString() : tr("Every approval is of one text: a further version is to be approved anew."));
        addField(tr("Audience"), m_audience);
        addField(tr("Goes to"), m_to, tr("rooms, page:ID, mail:ID, with commas between"));
        addField(tr("Not before"), m_embargo, tr("a span from now such as 2h, or an instant; none takes it away"));
        addField(tr("True until"), m_expires);
        m_remove = addButton(tr("Remove it and draft"));
        m_remove->hide();
        connect(m_remove, &QPushButton::clicked, this, [this] {
            m_removing = true;
            m_remove->setEnabled(false);
            Q_EMIT submitted();
        });
    } else if (kind == Kind::Release || kind == Kind::Holding) {
        const QString to = joinedArray(message.value(QLatin1String("to")));
        addNote(kind == Kind::Holding ? tr("“%1” goes out as the workspace has it. What is outside is not taken back.").arg(message.value(QLatin1String("holding")).toString())
                                      : tr("“%1” goes to: %2. What is outside is not taken back.").arg(newestOf(message).value(QLatin1String("title")).toString(), to));
    } else {
        m_reason = line({}, 2000);
        addField(kind == Kind::Reject ? tr("What is wrong") : tr("Why"), m_reason);
        if (kind == Kind::Glass) {
            for (QLineEdit **edit : {&m_first, &m_second}) {
                *edit = line({}, 64);
                (*edit)->setCompleter(new QCompleter(view->people, *edit));
            }
            addField(tr("Tell"), m_first);
            addField(tr("and"), m_second, tr("Two others are told at once, and an alarm says so until the approvals are given."));
        }
    }
    if (kind == Kind::Release || kind == Kind::Holding || kind == Kind::Glass) {
        m_arm = new widgets::TypeToArm(this);
        const QString audience = message.value(QLatin1String("audience")).toString();
        m_arm->setTarget(kind == Kind::Holding ? message.value(QLatin1String("holding")).toString() : audience.isEmpty() ? m_incident : audience);
        addField(kind == Kind::Holding ? tr("Which") : tr("Audience"), m_arm);
        connect(m_arm, &widgets::TypeToArm::armedChanged, this, &MessageDialog::check);
    }
    finish();
    check();
    (m_title != nullptr ? static_cast<QWidget *>(m_title) : m_reason != nullptr ? static_cast<QWidget *>(m_reason) : m_arm)->setFocus();
}

void MessageDialog::check()
{
    const auto has = [](const QLineEdit *edit) { return edit == nullptr || !edit->text().trimmed().isEmpty(); };
    setReady(has(m_title) && has(m_audience) && has(m_reason) && has(m_first) && has(m_second) && (m_arm == nullptr || m_arm->isArmed()) && (m_text == nullptr || !m_text->toPlainText().trimmed().isEmpty()));
}

void MessageDialog::offerRemoval(const QString &refusal)
{
    m_removing = false;
    refuse(refusal);
    if (m_remove == nullptr)
        return;
    m_remove->setEnabled(true);
    m_remove->show();
    m_remove->setFocus();
}

QString MessageDialog::method() const
{
    switch (m_kind) {
    case Kind::Draft: return QStringLiteral("message.draft");
    case Kind::Reject: return QStringLiteral("message.judge");
    case Kind::Withdraw: return QStringLiteral("message.withdraw");
    case Kind::Release:
    case Kind::Holding:
    case Kind::Glass: return QStringLiteral("message.release");
    }
    return {};
}

QJsonObject MessageDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}};
    if (m_kind == Kind::Holding) {
        out.insert(QStringLiteral("holding"), m_message.value(QLatin1String("holding")));
        return out;
    }
    if (!m_message.isEmpty())
        out.insert(QStringLiteral("message"), m_message.value(QLatin1String("message")));
    if (m_kind == Kind::Draft) {
        out.insert(QStringLiteral("title"), m_title->text().trimmed());
        out.insert(QStringLiteral("text"), m_text->toPlainText());
        out.insert(QStringLiteral("audience"), m_audience->text().trimmed());
        if (const QJsonArray to = splitList(m_to->text()); !to.isEmpty())
            out.insert(QStringLiteral("to"), to);
        for (const auto &[name, edit] : {std::pair("embargo", m_embargo), {"expires", m_expires}})
            if (!edit->text().trimmed().isEmpty())
                out.insert(QLatin1String(name), edit->text().trimmed());
        if (m_removing)
            out.insert(QStringLiteral("removeMarked"), true);
        return out;
    }
    if (m_kind == Kind::Release) {
        out.insert(QStringLiteral("hash"), m_message.value(QLatin1String("hash"))); // what was read, not what may be there by now
        return out;
    }
    out.insert(QStringLiteral("reason"), m_reason->text().trimmed());
    if (m_kind != Kind::Withdraw) // what was read, not what may be there by now
        out.insert(QStringLiteral("hash"), m_message.value(QLatin1String("hash")));
    if (m_kind == Kind::Reject)
        out.insert(QStringLiteral("approved"), false);
    if (m_kind == Kind::Glass) {
        out.insert(QStringLiteral("breakGlass"), true);
        out.insert(QStringLiteral("tell"), QJsonArray{m_first->text().trimmed(), m_second->text().trimmed()});
    }
    return out;
}

} // namespace qd::comms
