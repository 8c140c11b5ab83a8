// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/setup/connectdialog.h"

#include "ui/widgets/pathfield.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/secretfield.h"

#include <QComboBox>
#include <QPushButton>
#include <algorithm>

namespace qd::setup {

namespace {

constexpr int kSettingLetters = 2000, kNameLetters = 60;

const ConnectField *fieldOf(const ConnectKind &kind, const QString &part)
{
    const auto it = std::find_if(kind.fields.begin(), kind.fields.end(), [&](const ConnectField &f) { return f.part == part; });
    return it == kind.fields.end() ? nullptr : &*it;
}

} // namespace

ConnectDialog::ConnectDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Connect a source, a chat, a way out"), tr("Connect"), parent)
    , m_kinds(connectKinds())
    , m_kind(new QComboBox(this))
    , m_name(new QLineEdit(this))
{
    for (const view::Feed &feed : view->strip.feeds)
        m_taken << feed.name;
    for (const ConnectKind &kind : m_kinds)
        m_kind->addItem(kind.name, kind.kind);
    m_kind->setMaxVisibleItems(static_cast<int>(m_kinds.size()));
    m_name->setMaxLength(kNameLetters);
    m_name->setPlaceholderText(QStringLiteral("a-z 0-9 - . _"));
    addField(tr("Kind"), m_kind);
    m_about = addNote({});
    addField(tr("Name"), m_name);
    for (const ConnectPart &part : connectParts()) {
        m_fields.push_back(makeField(part));
        addField(part.name, m_fields.back().widget);
    }
    addNote(tr("Secrets go into the home, for the core alone, and are not shown again. It starts in observe: nothing is written through it until it is armed."));
    finish();
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ConnectDialog::showKind);
    connect(m_name, &QLineEdit::textChanged, this, &ConnectDialog::check);
    showKind();
    m_kind->setFocus();
}

ConnectDialog::Field ConnectDialog::makeField(const ConnectPart &part)
{
    Field field{part};
    if (part.form == ConnectPart::Form::Choice) {
        auto *box = new QComboBox(this);
        box->addItems(part.choices);
        box->setItemText(0, tr("none"));
        connect(box, &QComboBox::currentIndexChanged, this, &ConnectDialog::check);
        field.widget = box;
        field.value = [box] { return box->currentIndex() == 0 ? QString() : box->currentText(); };
        return field;
    }
    if (part.form == ConnectPart::Form::Secret) {
        field.widget = field.line = new widgets::SecretField(this);
    } else if (part.form == ConnectPart::Form::Text) {
        field.widget = field.line = new QLineEdit(this);
        field.line->setMaxLength(kSettingLetters);
        field.value = [line = field.line] { return line->text().trimmed(); };
    } else {
        auto *path = new widgets::PathField(part.form == ConnectPart::Form::Folder ? widgets::PathField::Kind::Folder : widgets::PathField::Kind::File, this);
        path->setName(part.name);
        field.widget = path;
        field.line = &path->field();
        field.value = [path] { return path->path(); };
    }
    connect(field.line, &QLineEdit::textChanged, this, &ConnectDialog::check);
    return field;
}

const ConnectKind &ConnectDialog::kind() const
{
    return m_kinds[static_cast<std::size_t>(std::max(0, m_kind->currentIndex()))];
}

void ConnectDialog::showKind()
{
    m_about->setPlain(kind().about);
    for (const Field &field : m_fields) {
        const ConnectField *wanted = fieldOf(kind(), field.part.id);
        setFieldVisible(field.widget, wanted != nullptr);
        if (wanted == nullptr || field.line == nullptr)
            continue;
        QString hint = wanted->hint;
        if (!wanted->required)
            hint = hint.isEmpty() ? tr("none") : tr("none, or %1").arg(hint);
        field.line->setPlaceholderText(hint);
    }
    adjustSize(); // another kind takes another room
    check();
}

void ConnectDialog::check()
{
    for (const Field &field : m_fields) {
        const ConnectField *wanted = fieldOf(kind(), field.part.id);
        if (wanted != nullptr && wanted->required && field.line != nullptr && field.line->text().trimmed().isEmpty())
            return setReady(false);
    }
    const QString name = m_name->text().trimmed();
    setReady(!name.isEmpty(), m_taken.contains(name) ? tr("There is a connection %1 already; it gets these settings.").arg(name) : QString());
}

ConnectDialog::Request ConnectDialog::take()
{
    Request out{m_name->text().trimmed(), kind().kind, {}, {}};
    out.verb = {QStringLiteral("connect"), out.kind, QStringLiteral("--name=") + out.name};
    for (const Field &field : m_fields) {
        if (fieldOf(kind(), field.part.id) == nullptr)
            continue;
        if (auto *secret = qobject_cast<widgets::SecretField *>(field.widget)) {
            if (!secret->text().isEmpty())
                out.secrets.push_back({field.part.option, secret->take()});
        } else if (const QString value = field.value(); !value.isEmpty()) {
            out.verb << field.part.option + QLatin1Char('=') + value; // in one word: a value may begin with a dash
        }
    }
    // What is of another kind is nobody's: it is not kept for a kind that might be chosen next.
    for (const Field &field : m_fields)
        if (auto *secret = qobject_cast<widgets::SecretField *>(field.widget))
            (void)secret->take();
    setReady(false, tr("It is being connected…"));
    return out;
}

void ConnectDialog::refuse(const QString &sentence)
{
    QString said = sentence;
    for (const Field &field : m_fields)
        if (fieldOf(kind(), field.part.id) != nullptr)
            said.replace(field.part.option, QStringLiteral("“%1”").arg(field.part.name));
    check();
    setReady(doIt().isEnabled(), said);
    for (const Field &field : m_fields) // where a secret was, it is typed again
        if (qobject_cast<widgets::SecretField *>(field.widget) != nullptr && fieldOf(kind(), field.part.id) != nullptr)
            return field.line->setFocus();
}

} // namespace qd::setup
