// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/publicdialog.h"

#include "ui/comms/draftpanel.h"
#include "ui/comms/pagepreview.h"
#include "ui/comms/pagetext.h"
#include "ui/comms/words.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/typetoarm.h"

#include <QCheckBox>
#include <QCompleter>
#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>

namespace qd::comms {

namespace {

constexpr int kWhyLength = 2000, kPersonLength = 64;

QString checksOf(const QJsonObject &page)
{
    QStringList out;
    for (const QJsonValue &value : page.value(QLatin1String("checks")).toArray()) {
        QStringList people;
        for (const QJsonValue &person : value.toObject().value(QLatin1String("approvers")).toArray())
            people << person.toString();
        out << QStringLiteral("%1 (%2)").arg(value.toObject().value(QLatin1String("name")).toString(), people.join(QStringLiteral(", ")));
    }
    return out.join(QStringLiteral(", "));
}

} // namespace

PublicDialog::PublicDialog(const style::Theme &theme, const QString &title, const QJsonObject &page, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, title, tr("Publish"), parent)
    , m_page(page)
    , m_incident(view->focus)
    , m_people(view->people)
    , m_lint(lintContextOf(*view, AudienceKind::Customer))
    , m_cannotWait(new QCheckBox(tr("It cannot wait: publish it without its checks"), this))
    , m_why(new QLineEdit(this))
    , m_first(new QLineEdit(this))
    , m_second(new QLineEdit(this))
    , m_arm(new widgets::TypeToArm(this))
{
}

void PublicDialog::makeChecks()
{
    const QString names = checksOf(m_page);
    if (!names.isEmpty())
        m_note = addNote(m_incident.isEmpty() ? tr("What the public reads has to pass: %1. A draft is of an incident, and none is in focus: declare one (planned work: of kind maintenance) to have it checked.").arg(names)
                                              : tr("What the public reads has to pass: %1. It is drafted as a message of %2 and goes out once it passed; phase and components alone need no check.").arg(names, m_incident));
    addField(tr("Checks"), m_cannotWait);
    m_why->setMaxLength(kWhyLength);
    addField(tr("Why it cannot wait"), m_why, tr("For us; the page never shows it."));
    for (QLineEdit *edit : {m_first, m_second}) {
        edit->setMaxLength(kPersonLength);
        edit->setCompleter(new QCompleter(m_people, edit));
        connect(edit, &QLineEdit::textChanged, this, [this] { check(); });
    }
    addField(tr("Tell"), m_first);
    addField(tr("and"), m_second, tr("Two others are told at once, and an alarm says so until the same words pass their checks. Left empty: those who check."));
    m_arm->setTarget(m_page.value(QLatin1String("id")).toString());
    addField(tr("To publish"), m_arm);
    connect(m_cannotWait, &QCheckBox::toggled, this, [this] { check(); });
    connect(m_why, &QLineEdit::textChanged, this, [this] { check(); });
    connect(m_arm, &widgets::TypeToArm::armedChanged, this, [this] { check(); });
    askChecks(false);
}

void PublicDialog::makePreview()
{
    m_advice = addNote({});
    m_rendered = addNote({});
    m_rendered->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void PublicDialog::makeLook()
{
    m_look = addButton(tr("Preview the page (F4)"));
    m_look->setShortcut(QKeySequence(Qt::Key_F4));
    connect(m_look, &QPushButton::clicked, this, &PublicDialog::previewAsked);
}

void PublicDialog::advise(const Localized &texts)
{
    if (!m_advice)
        return; // it is still being made
    const auto advice = adviceOn(m_lint, texts);
    m_advice->setPlain(DraftPanel::inLines(advice));
    m_advice->setVisible(!advice.empty());
}

void PublicDialog::forgetPreview(bool canLook)
{
    if (!m_look)
        return; // it is still being made
    m_rendered->setPlain({});
    m_rendered->hide();
    m_look->setEnabled(canLook);
}

void PublicDialog::showPreview(const QJsonObject &preview)
{
    const QString words = previewWords(preview, languagesOf(m_page));
    m_rendered->setPlain(tr("As the page will read:\n%1").arg(words));
    m_rendered->show();
    writePreview(preview, this, [this, words](const QString &path, const QString &why) {
        if (m_rendered->isHidden())
            return; // something else is typed by now
        m_rendered->setPlain(tr("As the page will read:\n%1").arg(words) + QLatin1Char('\n')
                             + (why.isEmpty() ? tr("As it will be served, for a browser: %1").arg(path) : tr("%1 could not be written: %2").arg(path, why)));
    });
}

QString PublicDialog::advice() const { return m_advice->plain(); }
QString PublicDialog::rendered() const { return m_rendered->plain(); }

void PublicDialog::askChecks(bool hasWords)
{
    const bool isChecked = hasWords && m_note != nullptr;
    m_way = !isChecked ? Way::Publish : m_cannotWait->isChecked() ? Way::Glass : Way::Draft;
    setFieldVisible(m_cannotWait, isChecked);
    for (QWidget *field : {m_why, m_first, m_second})
        setFieldVisible(field, m_way == Way::Glass);
    setFieldVisible(m_arm, m_way != Way::Draft);
    doIt().setText(m_way == Way::Draft ? tr("Draft for approval") : m_way == Way::Glass ? tr("Break the glass") : tr("Publish"));
}

bool PublicDialog::mayGo() const
{
    switch (m_way) {
    case Way::Publish: return m_arm->isArmed();
    case Way::Draft: return !m_incident.isEmpty();
    case Way::Glass: break;
    }
    return m_arm->isArmed() && !m_why->text().trimmed().isEmpty();
}

QString PublicDialog::checks() const
{
    return m_note == nullptr ? QString() : m_note->plain();
}

QString PublicDialog::doneSentence() const
{
    return m_way == Way::Draft ? tr("Drafted as a message of %1, and its checks are asked; Ctrl+Shift+O shows how far they are.").arg(m_incident) : QString();
}

QJsonObject PublicDialog::draftOf(const QString &title, const QString &text, const QJsonObject &titles, const QJsonObject &texts) const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}, {QStringLiteral("title"), title}, {QStringLiteral("text"), text}, {QStringLiteral("audience"), QStringLiteral("customers")},
                    {QStringLiteral("to"), QJsonArray{QStringLiteral("page:") + m_page.value(QLatin1String("id")).toString()}}};
    if (!titles.isEmpty())
        out.insert(QStringLiteral("titles"), titles);
    if (!texts.isEmpty())
        out.insert(QStringLiteral("texts"), texts);
    return out;
}

void PublicDialog::addGlass(QJsonObject &arguments) const
{
    if (m_way != Way::Glass)
        return;
    arguments.insert(QStringLiteral("reason"), m_why->text().trimmed());
    QJsonArray tell;
    for (const QLineEdit *edit : {m_first, m_second})
        if (const QString person = edit->text().trimmed(); !person.isEmpty())
            tell.append(person);
    if (!tell.isEmpty())
        arguments.insert(QStringLiteral("tell"), tell);
}

} // namespace qd::comms
