// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/marks.h"

#include "core/model/marking.h"
#include "core/model/words.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <algorithm>

namespace qd::review {

namespace {

struct MarkTexts {
    Q_DECLARE_TR_FUNCTIONS(qd::review::MarkTexts)
};

QString markClassWords(DataClass level)
{
    switch (level) {
    case DataClass::Public: return MarkTexts::tr("public");
    case DataClass::Internal: return MarkTexts::tr("internal");
    case DataClass::Confidential: return MarkTexts::tr("confidential");
    case DataClass::Restricted: return MarkTexts::tr("restricted");
    }
    return {};
}

QStringList typedReaders(const QString &text)
{
    QStringList out;
    const QStringList parts = text.split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &part : parts)
        if (const QString name = part.trimmed().toLower(); !name.isEmpty() && !out.contains(name))
            out << name;
    return out;
}

} // namespace

std::vector<MarkSpan> marksOf(const QString &text)
{
    std::vector<MarkSpan> out;
    const std::string bytes = text.toStdString();
    if (mayHoldMark(bytes)) {
        std::size_t byte = 0;
        int unit = 0;
        const auto unitsTo = [&](std::size_t end) {
            unit += static_cast<int>(QString::fromUtf8(bytes.data() + byte, static_cast<qsizetype>(end - byte)).size());
            byte = end;
            return unit;
        };
        for (const Marked &mark : marksIn(bytes)) {
            MarkSpan span;
            span.from = unitsTo(mark.at);
            const auto colon = bytes.find(':', mark.at);
            const int label = colon < mark.at + mark.length ? unitsTo(colon + 1) : span.from;
            span.length = unitsTo(std::min(bytes.size(), mark.at + mark.length)) - span.from;
            span.label = label - span.from;
            span.level = mark.level;
            span.isOpen = mark.unclosed > 0;
            for (const Marked::Need &need : mark.needs)
                for (const std::string &name : need.names)
                    if (const QString reader = QString::fromStdString(name); !reader.isEmpty() && !span.readers.contains(reader))
                        span.readers << reader;
            out.push_back(std::move(span));
        }
    }
    static const QRegularExpression kHole(QStringLiteral("\\[sealed: [^\\]\\n]{1,60}\\]"));
    for (auto it = kHole.globalMatch(text); it.hasNext();) {
        const auto found = it.next();
        MarkSpan hole;
        hole.from = static_cast<int>(found.capturedStart());
        hole.length = hole.label = static_cast<int>(found.capturedLength());
        hole.isHole = true;
        out.push_back(std::move(hole));
    }
    std::stable_sort(out.begin(), out.end(), [](const MarkSpan &a, const MarkSpan &b) { return a.from < b.from; });
    return out;
}

QString markSentence(const MarkSpan &span)
{
    if (span.isHole)
        return MarkTexts::tr("Sealed: words stand here that are not for you. Leave the hole as it is: they are put back when it is saved.");
    const QString readers = span.readers.join(QStringLiteral(", "));
    QString out = span.readers.isEmpty() ? MarkTexts::tr("Marked %1: who is not cleared for it has a hole in its place.").arg(markClassWords(span.level))
                                         : MarkTexts::tr("Marked %1, for %2 alone: everybody else has a hole in its place.").arg(markClassWords(span.level), readers);
    if (span.isOpen)
        out += QLatin1Char(' ') + MarkTexts::tr("Nothing closes it (]]): it reaches to the end of the section.");
    return out;
}

MarkDialog::MarkDialog(const style::Theme &theme, const view::ViewModel &view, const QString &words, QWidget *parent)
    : FormDialog(theme, tr("Mark what is selected"), tr("Mark it"), parent)
    , m_words(words)
    , m_class(new QComboBox(this))
    , m_readers(new QLineEdit(this))
{
    for (const view::Labelled &person : view.names)
        m_known << person.name.toLower();
    for (const QString &team : view.teams)
        m_known << team.toLower();
    for (const DataClass level : {DataClass::Confidential, DataClass::Restricted})
        m_class->addItem(markClassWords(level), QString::fromUtf8(word(level).data(), static_cast<qsizetype>(word(level).size())));
    addField(tr("Class"), m_class);
    addField(tr("For these alone"), m_readers, tr("ids of people and teams, with commas; empty: whoever is cleared for the class"));
    addNote(m_words.size() > 200 ? m_words.left(199) + QStringLiteral("…") : m_words);
    finish();
    connect(m_readers, &QLineEdit::textChanged, this, &MarkDialog::check);
    check();
    m_class->setFocus();
}

void MarkDialog::check()
{
    const QStringList readers = typedReaders(m_readers->text());
    if (static_cast<std::size_t>(readers.size()) > kMarkNames)
        return setReady(false, tr("At most %Ln name(s) stand in a mark.", nullptr, static_cast<int>(kMarkNames)));
    for (const QString &reader : readers)
        if (!m_known.contains(reader))
            return setReady(false, tr("“%1” is no person's or team's id here.").arg(reader));
    setReady(true);
}

QString MarkDialog::markedText() const
{
    std::vector<std::string> names;
    for (const QString &reader : typedReaders(m_readers->text()))
        names.push_back(reader.toStdString());
    const auto level = fromWord<DataClass>(m_class->currentData().toString().toStdString());
    return QString::fromStdString(marked(m_words.toStdString(), level.value_or(DataClass::Restricted), names));
}

} // namespace qd::review
