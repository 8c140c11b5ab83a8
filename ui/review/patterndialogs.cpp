// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/patterndialogs.h"

#include "ui/widgets/pathfield.h"
#include "ui/widgets/plaintext.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSaveFile>
#include <QThreadPool>

namespace qd::review {

namespace {

constexpr int kPatternTitleLetters = 200, kPatternServicesLetters = 4000, kRequirementLetters = 8000;
constexpr int kRequirementLines = 4, kChecklistLines = 6;
constexpr QLatin1String kTakenAway("-"); // what a command takes for: nothing any more

QStringList namesIn(const QString &typed)
{
    QStringList out;
    for (const QString &each : typed.split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (const QString name = each.trimmed(); !name.isEmpty() && !out.contains(name))
            out << name;
    return out;
}

/// Why it could not be written; empty: it is. isThere: a file of that name is, and may not be written over.
struct Wrote {
    QString why;
    bool isThere = false;
};
Wrote writeChecklist(const QString &path, const QByteArray &bytes, bool mayBeOver)
{
    if (mayBeOver) {
        QSaveFile file(path);
        const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
        return {isWritten ? QString() : file.errorString()};
    }
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return {file.errorString(), QFile::exists(path)};
    if (file.write(bytes) == bytes.size() && file.flush())
        return {};
    const QString why = file.errorString();
    file.remove(); // half a list is none
    return {why};
}

} // namespace

PatternDialog::PatternDialog(const style::Theme &theme, const PatternRow &pattern, QWidget *parent)
    : FormDialog(theme, pattern.number == 0 ? tr("Make it a pattern") : tr("Pattern %1").arg(pattern.number), pattern.number == 0 ? tr("Make it one") : tr("Write it so"), parent)
    , m_was(pattern)
    , m_title(new QLineEdit(pattern.number == 0 ? pattern.labels.join(QStringLiteral(" + ")).left(kPatternTitleLetters) : pattern.title, this))
    , m_services(new QLineEdit(pattern.services.join(QStringLiteral(", ")), this))
    , m_requirement(new QPlainTextEdit(pattern.requirement, this))
{
    m_title->setMaxLength(kPatternTitleLetters);
    m_services->setMaxLength(kPatternServicesLetters);
    m_requirement->setTabChangesFocus(true);
    m_requirement->setFixedHeight(kRequirementLines * theme.rowHeight());
    addField(tr("What recurs"), m_title);
    addField(tr("What is required"), m_requirement, tr("What would have to be true for it not to recur, as a statement that can be tested. It may be written later."));
    addField(tr("Services"), m_services, tr("By id, with commas: whose next design it is asked of; none: every one's."));
    const QString comma = QStringLiteral(", ");
    if (!pattern.labels.isEmpty())
        addNote(tr("Factors: %1").arg(pattern.labels.join(comma)));
    if (!pattern.incidents.isEmpty())
        addNote(tr("Seen in %1").arg(pattern.incidents.join(comma)));
    if (const QString since = seenSinceWords(pattern); !since.isEmpty())
        addNote(since);
    finish();
    const auto check = [this] {
        if (m_requirement->toPlainText().size() > kRequirementLetters)
            return setReady(false, tr("That is too long: %Ln letters at most.", nullptr, kRequirementLetters));
        setReady(!m_title->text().trimmed().isEmpty());
    };
    connect(m_title, &QLineEdit::textChanged, this, check);
    connect(m_requirement, &QPlainTextEdit::textChanged, this, check);
    check();
    m_title->selectAll();
    m_title->setFocus();
}

QJsonObject PatternDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("title"), m_title->text().trimmed()}};
    const QString requirement = m_requirement->toPlainText().trimmed();
    const QStringList services = namesIn(m_services->text());
    if (m_was.number == 0) {
        out.insert(QStringLiteral("factors"), QJsonArray::fromStringList(m_was.factors));
        out.insert(QStringLiteral("incidents"), QJsonArray::fromStringList(m_was.incidents));
    } else {
        out.insert(QStringLiteral("pattern"), m_was.number);
    }
    // What is left out stays as it was, so what was taken away is said.
    if (!requirement.isEmpty() || !m_was.requirement.isEmpty())
        out.insert(QStringLiteral("requirement"), requirement.isEmpty() ? QString(kTakenAway) : requirement);
    if (!services.isEmpty())
        out.insert(QStringLiteral("services"), QJsonArray::fromStringList(services));
    else if (m_was.number != 0 && !m_was.services.isEmpty())
        out.insert(QStringLiteral("services"), QJsonArray{QString(kTakenAway)});
    return out;
}

ChecklistDialog::ChecklistDialog(const style::Theme &theme, std::vector<PatternRow> patterns, const QStringList &services, const QString &service, QWidget *parent)
    : FormDialog(theme, tr("The checklist for a design"), tr("Save it"), parent)
    , m_patterns(std::move(patterns))
    , m_service(new QComboBox(this))
    , m_text(new QPlainTextEdit(this))
    , m_where(new widgets::PathField(widgets::PathField::Kind::NewFile, this))
{
    for (const QString &each : services)
        m_service->addItem(tr("%1: %n live pattern(s)", nullptr, livePatternsAt(m_patterns, each)).arg(each), each);
    m_service->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_service->setMinimumContentsLength(40);
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFont(theme.font(style::Type::Mono));
    m_text->setMinimumHeight(kChecklistLines * theme.rowHeight());
    m_where->setName(tr("The file it is saved as"));
    addField(tr("Service"), m_service);
    addField(tr("What is asked"), m_text);
    addField(tr("File"), m_where, tr("Markdown. A file that is there is not written over unless you say so."));
    finish();
    connect(m_service, &QComboBox::currentIndexChanged, this, [this] { show(m_service->currentData().toString()); });
    connect(m_where, &widgets::PathField::changed, this, [this] {
        doIt().setText(m_where->path() == m_over && !m_over.isEmpty() ? tr("Write over it") : tr("Save it"));
        setReady(!m_where->path().isEmpty() && m_service->count() > 0);
    });
    connect(this, &FormDialog::submitted, this, &ChecklistDialog::write);
    const int at = m_service->findData(service);
    if (at > 0)
        m_service->setCurrentIndex(at);
    else
        show(m_service->currentData().toString());
    if (m_service->count() == 0)
        setReady(false, tr("There is no service yet."));
    m_service->setFocus();
}

QString ChecklistDialog::text() const
{
    return m_service->count() == 0 ? QString() : checklistOf(m_patterns, m_service->currentData().toString());
}

void ChecklistDialog::show(const QString &service)
{
    m_text->setPlainText(widgets::softWrapped(text()));
    if (m_where->path() == m_proposed && !service.isEmpty()) { // where a person said it goes, it goes
        const QString name = QString(service).replace(QLatin1Char('/'), QLatin1Char('-'));
        m_proposed = QDir::cleanPath(QDir::home().filePath(QStringLiteral("design-review-%1.md").arg(name)));
        m_where->setPath(m_proposed);
    }
}

void ChecklistDialog::write()
{
    const QString path = m_where->path();
    const bool mayBeOver = path == m_over;
    QThreadPool::globalInstance()->start([self = QPointer(this), path, bytes = text().toUtf8(), mayBeOver] {
        const Wrote wrote = writeChecklist(path, bytes, mayBeOver);
        QMetaObject::invokeMethod(qApp, [self, path, wrote] {
            if (!self)
                return;
            if (wrote.isThere) {
                self->m_over = path;
                self->doIt().setText(tr("Write over it"));
                return self->refuse(tr("There is a file of that name already, and it was left as it is. “Write over it” does that, or choose another name."));
            }
            if (!wrote.why.isEmpty())
                return self->refuse(tr("%1 could not be written: %2").arg(path, wrote.why));
            Q_EMIT self->written(path);
            self->accept();
        });
    });
}

} // namespace qd::review
