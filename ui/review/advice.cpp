// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/advice.h"

#include "ui/widgets/plaintext.h"

#include <QPointer>

namespace qd::review {

namespace {
constexpr int kAdviceMs = 500; ///< after the last key
} // namespace

Advice::Advice(view::ViewSource &source, QString incident, widgets::PlainLabel &label, std::function<QString()> words, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_incident(std::move(incident))
    , m_label(label)
    , m_words(std::move(words))
{
    m_label.hide();
    m_soon.setSingleShot(true);
    m_soon.setInterval(kAdviceMs);
    connect(&m_soon, &QTimer::timeout, this, &Advice::ask);
    if (!m_words().trimmed().isEmpty())
        look();
}

void Advice::look()
{
    m_soon.start();
}

QString Advice::said() const
{
    return m_label.plain();
}

void Advice::ask()
{
    const QString words = m_words().trimmed();
    if (words.isEmpty())
        return show({});
    // Of no section: what stands in factors and actions.
    m_source.lint(m_incident, {}, words, [self = QPointer(this), words](const std::vector<view::Finding> &found) {
        if (self && words == self->m_words().trimmed())
            self->show(found);
    });
}

void Advice::show(const std::vector<view::Finding> &found)
{
    QStringList lines;
    for (const view::Finding &f : found)
        if (f.rule != QLatin1String("spelling") && lines.size() < kShown) // a line is full of words of the trade
            lines << (f.question.isEmpty() ? f.words : tr("%1: %2").arg(f.words, f.question));
    m_label.setPlain(lines.join(QLatin1Char('\n')));
    m_label.setVisible(!lines.isEmpty());
}

} // namespace qd::review
