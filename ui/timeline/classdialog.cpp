// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/classdialog.h"

#include "core/model/marking.h"
#include "ui/widgets/readingbox.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <algorithm>
#include <optional>

namespace qd::timeline {

namespace {

constexpr int kClassReasonBytes = 500;

/// Ids as somebody types them: with commas, an @ before them or none.
QStringList typedIds(const QString &text)
{
    QStringList out;
    const QStringList parts = text.split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        QString id = part.trimmed().toLower();
        if (id.startsWith(QLatin1Char('@')))
            id.remove(0, 1);
        if (!id.isEmpty() && !out.contains(id))
            out << id;
    }
    return out;
}

QString classId(DataClass level)
{
    const std::string_view id = word(level);
    return QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()));
}

} // namespace

ClassDialog::ClassDialog(const style::Theme &theme, const view::ViewModel &view, const QString &incident, const QString &record, const QStringList &words, QWidget *parent)
    : FormDialog(theme, tr("Class the text of record %1").arg(record), tr("Class it"), parent)
    , m_incident(incident)
    , m_record(record)
    , m_words(new widgets::ReadingBox(theme, words.join(QLatin1Char('\n')), this))
    , m_class(new QComboBox(this))
    , m_readers(new QLineEdit(this))
    , m_reason(new QLineEdit(this))
{
    for (const view::Labelled &person : view.names)
        m_known << person.name.toLower();
    for (const QString &team : view.teams)
        m_known << team.toLower();
    m_reason->setMaxLength(kClassReasonBytes);
    m_class->addItem(tr("confidential"), classId(DataClass::Confidential));
    m_class->addItem(tr("restricted"), classId(DataClass::Restricted));
    m_class->addItem(tr("internal: as any other line"), classId(DataClass::Internal));
    addField(tr("Words"), m_words,
             tr("With every text of that record, its edits, and what repeats it: whoever may not read the class finds none of it any more, at no instant of the past either. What stands in chat rooms, mails and pages already stays there."));
    addField(tr("Class"), m_class);
    addField(tr("For these alone"), m_readers, tr("ids of people and teams, with commas; empty: whoever is cleared for the class"));
    addField(tr("Why"), m_reason, tr("May be empty. It stays in the record: not the words themselves."));
    finish();
    begin(words);
    connect(m_readers, &QLineEdit::textChanged, this, &ClassDialog::check);
    check();
    m_class->setFocus();
}

/// It begins with the strictest that one of the words is classed as now, so that nobody lowers it unaware.
void ClassDialog::begin(const QStringList &words)
{
    std::optional<Marked::Need> strictest;
    bool isForTheSame = true;
    for (const QString &each : words) {
        const std::string bytes = each.toStdString();
        Marked::Need now{each.contains(QStringLiteral("[sealed: ") + classId(DataClass::Restricted)) ? DataClass::Restricted : DataClass::Internal, {}};
        if (const auto whole = wholeMark(bytes))
            now = whole->needs.front();
        isForTheSame = isForTheSame && (!strictest || strictest->names == now.names);
        if (!strictest || rankOf(strictest->level) < rankOf(now.level))
            strictest = now;
    }
    if (!strictest || strictest->level == DataClass::Internal)
        return;
    m_class->setCurrentIndex(std::max(0, m_class->findData(classId(strictest->level))));
    QStringList readers;
    for (const std::string &name : strictest->names)
        readers << QString::fromStdString(name);
    if (isForTheSame)
        m_readers->setText(readers.join(QStringLiteral(", ")));
}

void ClassDialog::check()
{
    const QStringList readers = typedIds(m_readers->text());
    if (static_cast<std::size_t>(readers.size()) > kMarkNames)
        return setReady(false, tr("A line is for at most %Ln name(s).", nullptr, static_cast<int>(kMarkNames)));
    for (const QString &reader : readers)
        if (!m_known.contains(reader))
            return setReady(false, tr("“%1” is no person's or team's id here.").arg(reader));
    setReady(true);
}

QJsonObject ClassDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}, {QStringLiteral("entry"), m_record}, {QStringLiteral("class"), m_class->currentData().toString()}};
    if (const QStringList readers = typedIds(m_readers->text()); !readers.isEmpty())
        out.insert(QStringLiteral("people"), QJsonArray::fromStringList(readers));
    if (const QString reason = m_reason->text().trimmed(); !reason.isEmpty())
        out.insert(QStringLiteral("reason"), reason);
    return out;
}

QString ClassDialog::words() const
{
    return m_words->plain();
}

} // namespace qd::timeline
