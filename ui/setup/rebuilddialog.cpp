// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/setup/rebuilddialog.h"

#include "ui/widgets/plaintext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>

namespace qd::setup {

namespace {

constexpr int kRebuildTitle = 200, kRebuildWord = 100;
constexpr int kUsualSeverity = 3, kFileLines = 8;
constexpr int kRebuildSteps = 170; ///< wide enough for a line of what the files tell

QPlainTextEdit *rebuildLines(const style::Theme &theme, int lines, QWidget *parent)
{
    auto *edit = new QPlainTextEdit(parent);
    edit->setTabChangesFocus(true);
    edit->setMinimumHeight(lines * theme.lineHeight());
    return edit;
}

QLineEdit *rebuildWord(int longest, QWidget *parent)
{
    auto *field = new QLineEdit(parent);
    field->setMaxLength(longest);
    return field;
}

} // namespace

RebuildDialog::RebuildDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Rebuild an incident that was run elsewhere"), tr("Show what they tell"), parent)
    , m_files(rebuildLines(theme, 3, this))
    , m_choose(new QPushButton(tr("Add files…"), this))
    , m_channel(rebuildWord(kRebuildWord, this))
    , m_zone(rebuildWord(kRebuildWord, this))
    , m_day(rebuildWord(kRebuildWord, this))
    , m_title(rebuildWord(kRebuildTitle, this))
    , m_service(new QComboBox(this))
    , m_severity(new QComboBox(this))
    , m_narrative(new QCheckBox(tr("The text of a post-mortem becomes the review's narrative"), this))
    , m_told(rebuildLines(theme, 8, this))
{
    m_service->addItem(tr("none"), QString());
    if (view)
        for (const QString &service : view->services)
            m_service->addItem(service, service);
    for (int severity = 1; severity <= 5; ++severity)
        m_severity->addItem(QStringLiteral("SEV%1").arg(severity));
    m_severity->setCurrentIndex(kUsualSeverity - 1);
    m_told->setReadOnly(true);
    m_files->setMaximumHeight(kFileLines * theme.lineHeight()); // the room there is belongs to what they tell
    m_choose->setAutoDefault(false);
    addField(tr("Files, one a line"), m_files, tr("A Slack export (ZIP) or a channel's history, PagerDuty log entries, Prometheus ALERTS, Alertmanager alerts, deploys or any table (CSV, JSON), a post-mortem (Markdown)."));
    addField(tr("Add"), m_choose);
    m_channel->setPlaceholderText(tr("Of a Slack export with several: its name or id."));
    m_zone->setPlaceholderText(tr("Of times that name none: Europe/Berlin. Left out: UTC."));
    m_day->setPlaceholderText(tr("Of a post-mortem that names none: 2026-11-23."));
    addField(tr("Channel"), m_channel);
    addField(tr("Time zone"), m_zone);
    addField(tr("Day"), m_day);
    addField(tr("What they tell"), m_told);
    addField(tr("Title"), m_title);
    addField(tr("Service"), m_service);
    addField(tr("Severity"), m_severity);
    addField(tr("Narrative"), m_narrative);
    addNote(tr("Files are read wholly before anything is made. The incident is over already: nobody is called, no room is made, no figure counts it, and each of its lines says where it is from. Ctrl+Return rebuilds what is shown."));
    m_makeIt = addButton(tr("Rebuild it"));
    m_makeIt->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    finish(tr("Close"));
    setMinimumWidth(kRebuildSteps * theme.step());
    connect(m_makeIt, &QPushButton::clicked, this, [this] {
        m_applies = true;
        m_makeIt->setEnabled(false);
        Q_EMIT submitted();
    });
    connect(&doIt(), &QPushButton::clicked, this, [this] { m_applies = false; });
    connect(m_choose, &QPushButton::clicked, this, &RebuildDialog::choose);
    connect(m_files, &QPlainTextEdit::textChanged, this, &RebuildDialog::forget);
    for (QLineEdit *field : {m_channel, m_zone, m_day})
        connect(field, &QLineEdit::textChanged, this, &RebuildDialog::forget);
    forget();
    m_files->setFocus();
}

void RebuildDialog::choose()
{
    auto *dialog = new QFileDialog(this, tr("Files of the incident"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &RebuildDialog::addFiles);
    dialog->open();
}

void RebuildDialog::addFiles(const QStringList &paths)
{
    for (const QString &path : paths)
        m_files->appendPlainText(path);
}

QStringList RebuildDialog::files() const
{
    QStringList out;
    for (const QString &line : m_files->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const QString typed = line.trimmed();
        if (!typed.isEmpty())
            out << QDir::cleanPath(QDir::home().absoluteFilePath(typed.startsWith(QLatin1String("~/")) ? typed.mid(2) : typed));
    }
    return out;
}

void RebuildDialog::forget()
{
    m_told->clear();
    m_into.clear();
    m_makeIt->setEnabled(false);
    check();
}

void RebuildDialog::check()
{
    setReady(!files().isEmpty());
}

QStringList RebuildDialog::verb() const
{
    QStringList verb{QStringLiteral("rebuild")};
    const auto add = [&verb](const char *option, const QString &value) {
        if (!value.isEmpty())
            verb << QLatin1String(option) + QLatin1Char('=') + value; // in one word: what begins with a dash is still its value
    };
    add("--channel", m_channel->text().trimmed());
    add("--zone", m_zone->text().trimmed());
    add("--day", m_day->text().trimmed());
    if (m_applies && !m_into.isEmpty()) {
        add("--incident", m_into);
    } else if (m_applies) {
        add("--title", m_title->text().trimmed());
        add("--service", m_service->currentData().toString());
        add("--severity", m_severity->currentText());
    } else {
        verb << QStringLiteral("--dry-run");
    }
    if (m_applies && m_narrative->isChecked())
        verb << QStringLiteral("--narrative");
    return verb + files();
}

void RebuildDialog::setAsked()
{
    m_makeIt->setEnabled(false);
    setReady(false, m_applies ? tr("It is being rebuilt…") : tr("The files are being read…"));
}

void RebuildDialog::show(const QString &said)
{
    m_told->setPlainText(widgets::softWrapped(said.trimmed()));
    setReady(true);
    m_makeIt->setEnabled(true);
}

void RebuildDialog::sayInstead(const QString &sentence)
{
    if (!m_applies)
        forget();
    refuse(sentence);
    if (const QString begun = begunIncident(sentence); m_applies && !begun.isEmpty())
        m_into = begun;
    m_makeIt->setEnabled(m_applies); // it goes on where it stopped: what is there already is left out
}

QString RebuildDialog::told() const
{
    return m_told->toPlainText();
}

QString rebuiltIncident(const QString &said)
{
    const QString last = said.trimmed().section(QLatin1Char('\n'), -1);
    return QJsonDocument::fromJson(last.toUtf8()).object().value(QLatin1String("id")).toString();
}

QString begunIncident(const QString &sentence)
{
    static const QRegularExpression named(QStringLiteral("--incident (INC-[0-9]{1,9})\\b"));
    return named.match(sentence).captured(1);
}

} // namespace qd::setup
