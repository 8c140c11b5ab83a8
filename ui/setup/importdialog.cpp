// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/setup/importdialog.h"

#include "ui/widgets/pathfield.h"
#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <algorithm>

namespace qd::setup {

namespace {

constexpr int kImportSteps = 200; ///< a difference is read in whole lines

QPlainTextEdit *linesField(const style::Theme &theme, int lines, QWidget *parent)
{
    auto *edit = new QPlainTextEdit(parent);
    edit->setReadOnly(true);
    edit->setTabChangesFocus(true);
    edit->setMinimumHeight(lines * theme.lineHeight());
    return edit;
}

} // namespace

ImportDialog::ImportDialog(const style::Theme &theme, const view::ViewModelPtr &view, bool people, QWidget *parent)
    : FormDialog(theme, people ? tr("Bring people in") : tr("Bring in who is on call"), tr("Show the difference"), parent)
    , m_kinds(importKinds())
    , m_kind(new QComboBox(this))
    , m_schedule(new QComboBox(this))
    , m_file(new widgets::PathField(widgets::PathField::Kind::File, this))
    , m_difference(linesField(theme, 8, this))
    , m_untranslated(linesField(theme, 4, this))
{
    for (const ImportKind &kind : m_kinds)
        m_kind->addItem(kind.name);
    const auto first = std::find_if(m_kinds.begin(), m_kinds.end(), [people](const ImportKind &k) { return k.isPeople == people; });
    m_kind->setCurrentIndex(static_cast<int>(first - m_kinds.begin()));
    if (view->directory)
        for (const view::ScheduleEntry &schedule : view->directory->schedules)
            m_schedule->addItem(schedule.name.isEmpty() ? schedule.id : schedule.name, schedule.id);
    setMinimumWidth(std::min(kImportSteps * theme.step(), parent != nullptr ? parent->width() - 8 * theme.step() : kImportSteps * theme.step()));
    m_file->setName(tr("File"));
    addField(tr("From"), m_kind);
    addField(tr("Schedule"), m_schedule);
    addField(tr("File"), m_file);
    addField(tr("What changes"), m_difference);
    addField(tr("Not translated"), m_untranslated);
    addNote(tr("Nothing is written before it was shown. A file of the workspace is written then, and the core takes it in as one change; people and plans of other files stay as they are. Ctrl+Return brings in what is shown."));
    m_bringIn = addButton(tr("Bring it in"));
    m_bringIn->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    finish(tr("Close"));
    connect(m_bringIn, &QPushButton::clicked, this, [this] {
        m_applies = true;
        m_bringIn->setEnabled(false);
        Q_EMIT submitted();
    });
    connect(&doIt(), &QPushButton::clicked, this, [this] { m_applies = false; });
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ImportDialog::forget);
    connect(m_schedule, &QComboBox::currentIndexChanged, this, &ImportDialog::forget);
    connect(m_file, &widgets::PathField::changed, this, &ImportDialog::forget);
    forget();
    m_file->setFocus();
}

const ImportKind &ImportDialog::kind() const
{
    return m_kinds[static_cast<std::size_t>(std::max(0, m_kind->currentIndex()))];
}

void ImportDialog::forget()
{
    m_difference->clear();
    m_untranslated->clear();
    m_bringIn->setEnabled(false);
    check();
}

void ImportDialog::check()
{
    m_file->setHint(kind().hint);
    setFieldVisible(m_schedule, kind().ofASchedule);
    if (kind().ofASchedule && m_schedule->count() == 0)
        return setReady(false, tr("There is no schedule in the workspace a calendar could be of."));
    setReady(!m_file->path().isEmpty());
}

QStringList ImportDialog::verb() const
{
    return importVerb(kind(), m_file->path(), m_schedule->currentData().toString(), m_applies);
}

void ImportDialog::setAsked()
{
    m_bringIn->setEnabled(false);
    setReady(false, m_applies ? tr("It is being brought in…") : tr("The file is being read…"));
}

void ImportDialog::show(const QString &said)
{
    const ImportSaid found = readImport(kind(), said);
    QStringList lines = found.difference;
    for (const QString &known : found.known)
        lines << tr("Found again: %1").arg(known);
    m_difference->setPlainText(widgets::softWrapped(lines.isEmpty() ? tr("Nothing changes.") : lines.join(QLatin1Char('\n'))));
    m_untranslated->setPlainText(widgets::softWrapped(found.untranslated.join(QLatin1Char('\n'))));
    m_bringIn->setEnabled(!found.difference.isEmpty());
    setReady(true);
}

void ImportDialog::sayInstead(const QString &sentence)
{
    if (!m_applies)
        forget();
    refuse(sentence);
}

QString ImportDialog::difference() const
{
    return m_difference->toPlainText();
}

QString ImportDialog::untranslated() const
{
    return m_untranslated->toPlainText();
}

} // namespace qd::setup
