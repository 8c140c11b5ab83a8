// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/setup/rebuilddialog.h"

#include "ui/widgets/plaintext.h"
#include "ui/widgets/twintable.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QGridLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <algorithm>

namespace qd::setup {

namespace {

constexpr int kRebuildTitle = 200, kRebuildWord = 100;
constexpr int kUsualSeverity = 3, kFileLines = 8;
constexpr int kRowsInSight = 3, kColumnsAcross = 4;
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

/// A choice that is typed, too.
QComboBox *rebuildChoice(const QStringList &choices, const QString &hint, QWidget *parent)
{
    auto *choice = new QComboBox(parent);
    choice->setEditable(true);
    choice->setInsertPolicy(QComboBox::NoInsert);
    choice->addItem(QString());
    choice->addItems(choices);
    choice->lineEdit()->setMaxLength(kRebuildWord);
    choice->lineEdit()->setPlaceholderText(hint);
    choice->setCurrentIndex(0);
    return choice;
}

QString partWords(const RebuildPart &part)
{
    return QCoreApplication::translate("qd::setup::RebuildParts", part.name);
}

} // namespace

RebuildDialog::RebuildDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Rebuild an incident that was run elsewhere"), tr("Show what they tell"), parent)
    , m_theme(theme)
    , m_files(rebuildLines(theme, 3, this))
    , m_choose(new QPushButton(tr("Add files…"), this))
    , m_format(new QComboBox(this))
    , m_channel(rebuildChoice({}, tr("Of a Slack export with several: its name or id."), this))
    , m_zone(rebuildChoice(rebuildZones(), tr("Of times that name none: Europe/Berlin. Left out: UTC."), this))
    , m_day(rebuildWord(kRebuildWord, this))
    , m_from(rebuildWord(kRebuildWord, this))
    , m_to(rebuildWord(kRebuildWord, this))
    , m_title(rebuildWord(kRebuildTitle, this))
    , m_target(new QComboBox(this))
    , m_service(new QComboBox(this))
    , m_severity(new QComboBox(this))
    , m_rows(new QStandardItemModel(this))
    , m_table(new widgets::TwinTable(theme, m_rows, tr("First rows"), this))
    , m_mapping(mapping())
    , m_narrative(new QCheckBox(tr("The text of a post-mortem becomes the review's narrative"), this))
    , m_anew(new QCheckBox(tr("Another incident on purpose, beside the one that has these facts"), this))
    , m_told(rebuildLines(theme, 8, this))
{
    for (const RebuildPart &format : rebuildFormats())
        m_format->addItem(QCoreApplication::translate("qd::setup::RebuildFormats", format.name), QLatin1String(format.word));
    m_target->addItem(tr("a new incident"), QString());
    m_service->addItem(tr("none"), QString());
    if (view) {
        for (const view::IncidentRow &incident : view->incidents)
            if (incident.rebuilt && incident.status < IncidentStatus::Closed)
                m_target->addItem(incident.id + QStringLiteral(" · ") + incident.title + (incident.lacksFacts() ? QStringLiteral(" · ") + tr("%1 of %2 facts are here").arg(incident.factsArrived).arg(incident.factsExpected) : QString()), incident.id);
        for (const QString &service : view->services)
            m_service->addItem(service, service);
    }
    for (int severity = 1; severity <= 5; ++severity)
        m_severity->addItem(QStringLiteral("SEV%1").arg(severity));
    m_severity->setCurrentIndex(kUsualSeverity - 1);
    m_told->setReadOnly(true);
    m_files->setMaximumHeight(kFileLines * theme.lineHeight()); // the room there is belongs to what they tell
    m_choose->setAutoDefault(false);
    m_table->setRowsInSight(kRowsInSight);
    addField(tr("Files, one a line"), m_files, tr("A Slack export (ZIP) or a channel's history, PagerDuty log entries, Prometheus ALERTS, Alertmanager alerts, deploys or any table (CSV, JSON), a post-mortem (Markdown)."));
    addField(tr("Add"), m_choose);
    addField(tr("Format"), m_format);
    m_day->setPlaceholderText(tr("Of a post-mortem that names none: 2026-11-23."));
    addField(tr("Channel"), m_channel);
    addField(tr("Time zone"), m_zone);
    addField(tr("Day"), m_day);
    m_from->setPlaceholderText(tr("What was over before is left out: 2026-11-23 14:00."));
    m_to->setPlaceholderText(tr("What began after it is left out: 2026-11-23 16:30."));
    addField(tr("Its hours from"), m_from);
    addField(tr("Its hours to"), m_to);
    addField(tr("First rows"), m_table);
    addField(tr("Columns"), m_mapping);
    m_notListed = addNote({});
    m_notListed->hide();
    addField(tr("What they tell"), m_told);
    addField(tr("Into"), m_target);
    addField(tr("Title"), m_title);
    addField(tr("Service"), m_service);
    addField(tr("Severity"), m_severity);
    addField(tr("Narrative"), m_narrative);
    addField(tr("Another"), m_anew);
    addNote(tr("Files are read wholly before anything is made. The incident is over already: nobody is called, no room is made, no figure of alerts or calls counts it, and each of its lines says where it is from. Ctrl+Return rebuilds what is shown."));
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
    connect(m_files, &QPlainTextEdit::textChanged, this, &RebuildDialog::forgetFiles);
    connect(m_format, &QComboBox::currentIndexChanged, this, &RebuildDialog::forget);
    for (QComboBox *choice : {m_channel, m_zone})
        connect(choice, &QComboBox::editTextChanged, this, &RebuildDialog::forget);
    for (QComboBox *column : m_columns)
        connect(column, &QComboBox::currentIndexChanged, this, &RebuildDialog::forget);
    for (QLineEdit *field : {m_day, m_from, m_to})
        connect(field, &QLineEdit::textChanged, this, &RebuildDialog::forget);
    connect(m_target, &QComboBox::currentIndexChanged, this, &RebuildDialog::check);
    connect(m_anew, &QCheckBox::toggled, this, &RebuildDialog::sayMakeIt);
    forgetFiles();
    m_files->setFocus();
}

/// What each column is taken for, beside one another: seven rows of a form would hide what the files tell.
QWidget *RebuildDialog::mapping()
{
    auto *all = new QWidget(this);
    auto *grid = new QGridLayout(all);
    grid->setContentsMargins(0, 0, 0, 0);
    int place = 0;
    for (const RebuildPart &part : rebuildParts()) {
        auto *column = new QComboBox(all);
        column->setAccessibleName(tr("Column: %1").arg(partWords(part)));
        column->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        auto *name = new widgets::PlainLabel(m_theme, style::Type::Small, style::Tone::Secondary, all);
        name->setPlain(partWords(part));
        const int row = place / kColumnsAcross * 2, across = place % kColumnsAcross;
        grid->addWidget(name, row, across);
        grid->addWidget(column, row + 1, across);
        m_columns.push_back(column);
        ++place;
    }
    return all;
}

void RebuildDialog::forgetFiles()
{
    m_looks.clear();
    offerColumns();
    forget();
}

/// The table that cannot be read yet, else the first, in its first rows; what may be chosen are the columns of all.
void RebuildDialog::offerColumns()
{
    const RebuildLook *shown = nullptr;
    QStringList columns, channels;
    QString zoneless;
    for (const RebuildLook &look : m_looks) {
        channels += look.channels;
        if (look.zoneless && zoneless.isEmpty())
            zoneless = look.file.section(QLatin1Char('/'), -1);
        if (look.columns.isEmpty())
            continue;
        columns += look.columns;
        if (shown == nullptr || (shown->problem.isEmpty() && !look.problem.isEmpty()))
            shown = &look;
    }
    columns.removeDuplicates();
    channels.removeDuplicates();
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const QSignalBlocker still(m_columns[i]);
        const QString chosen = m_columns[i]->currentData().toString(), taken = shown != nullptr ? shown->means.value(QLatin1String(rebuildParts()[i].word)) : QString();
        m_columns[i]->clear();
        m_columns[i]->addItem(taken.isEmpty() || taken == chosen ? tr("none known") : tr("as it shows: %1").arg(taken), QString());
        for (const QString &column : columns)
            m_columns[i]->addItem(column, column);
        m_columns[i]->setCurrentIndex(std::max(0, m_columns[i]->findData(chosen)));
    }
    m_rows->clear();
    if (shown != nullptr) {
        m_rows->setHorizontalHeaderLabels(shown->columns);
        for (const QStringList &row : shown->rows) {
            QList<QStandardItem *> cells;
            for (const QString &cell : row) {
                cells << new QStandardItem(cell);
                cells.back()->setEditable(false);
            }
            m_rows->appendRow(cells);
        }
        m_table->keepCurrent(-1, 0);
    }
    setFieldVisible(m_table, shown != nullptr);
    setFieldVisible(m_mapping, shown != nullptr);
    const QSignalBlocker still(m_channel);
    const QString typed = m_channel->currentText();
    m_channel->clear();
    m_channel->addItem(QString());
    m_channel->addItems(channels);
    m_channel->setEditText(typed);
    m_notListed->setPlain(notListed(m_looks));
    m_notListed->setVisible(!m_notListed->plain().isEmpty());
    m_zone->lineEdit()->setPlaceholderText(zoneless.isEmpty() ? tr("Of times that name none: Europe/Berlin. Left out: UTC.") : tr("Times in %1 name none: whose are they? Left out: UTC.").arg(zoneless));
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
    m_anew->setChecked(false);
    setFieldVisible(m_anew, false);
    m_makeIt->setEnabled(false);
    check();
}

void RebuildDialog::check()
{
    const bool isNew = m_target->currentData().toString().isEmpty();
    for (QWidget *field : std::initializer_list<QWidget *>{m_title, m_service, m_severity})
        setFieldVisible(field, isNew);
    sayMakeIt();
    setReady(!files().isEmpty());
}

QString RebuildDialog::into() const
{
    const QString chosen = m_target->currentData().toString();
    return m_anew->isChecked() ? QString() : m_into.isEmpty() ? chosen : m_into;
}

void RebuildDialog::sayMakeIt()
{
    m_makeIt->setText(into().isEmpty() ? tr("Rebuild it") : m_into.isEmpty() ? tr("Add it") : tr("Add it to %1").arg(m_into));
}

QStringList RebuildDialog::verb() const
{
    QStringList verb{QStringLiteral("rebuild")};
    const auto add = [&verb](const char *option, const QString &value) {
        if (!value.isEmpty())
            verb << QLatin1String(option) + QLatin1Char('=') + value; // in one word: what begins with a dash is still its value
    };
    add("--format", m_format->currentData().toString());
    add("--channel", m_channel->currentText().trimmed());
    add("--zone", m_zone->currentText().trimmed());
    add("--day", m_day->text().trimmed());
    add("--from", m_from->text().trimmed());
    add("--to", m_to->text().trimmed());
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        if (const QString column = m_columns[i]->currentData().toString(); !column.isEmpty())
            add("--map", QLatin1String(rebuildParts()[i].word) + QLatin1Char('=') + column);
    if (m_applies && !into().isEmpty()) {
        add("--incident", into());
    } else if (m_applies) {
        add("--title", m_title->text().trimmed());
        add("--service", m_service->currentData().toString());
        add("--severity", m_severity->currentText());
        if (m_anew->isChecked())
            verb << QStringLiteral("--anew");
    } else {
        verb << QStringLiteral("--look") << QStringLiteral("--dry-run");
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

void RebuildDialog::hear(const QString &said)
{
    if (m_applies)
        return;
    m_looks = readRebuildLooks(said).looks;
    offerColumns();
}

void RebuildDialog::show(const QString &said)
{
    m_told->setPlainText(widgets::softWrapped(readRebuildLooks(said).rest));
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
    if (m_applies && sentence.contains(QLatin1String("--anew"))) // it has these facts already
        setFieldVisible(m_anew, true);
    sayMakeIt();
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
