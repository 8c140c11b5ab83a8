// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/setup/whatifdialog.h"

#include "ui/widgets/pathfield.h"
#include "ui/widgets/plaintext.h"

#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <algorithm>

namespace qd::setup {

namespace {

constexpr int kWhatIfSteps = 200; ///< differences are read in whole lines
constexpr int kSinceLetters = 60, kDifferencesShown = 12; ///< lines
const QString kADay = QStringLiteral("24h");

/// "2026-11-23 14:25:07  what": the moment as the core writes it, without its fractions.
QString differenceLine(const QJsonObject &other)
{
    QString at = other.value(QLatin1String("at")).toString().left(19);
    return at.replace(QLatin1Char('T'), QLatin1Char(' ')) + QStringLiteral("  ") + other.value(QLatin1String("what")).toString();
}

} // namespace

WhatIfDialog::WhatIfDialog(const style::Theme &theme, QWidget *parent)
    : FormDialog(theme, tr("What if the rules were others"), tr("Try"), parent)
    , m_folder(new widgets::PathField(widgets::PathField::Kind::Folder, this))
    , m_since(new QLineEdit(kADay, this))
    , m_sentence(new widgets::PlainLabel(theme, style::Type::Strong, style::Tone::Text, this))
    , m_others(new QPlainTextEdit(this))
{
    setMinimumWidth(std::min(kWhatIfSteps * theme.step(), parent != nullptr ? parent->width() - 8 * theme.step() : kWhatIfSteps * theme.step()));
    m_folder->setName(tr("Edited workspace"));
    m_folder->setHint(tr("a copy of the workspace's folder, edited"));
    m_since->setMaxLength(kSinceLetters);
    m_sentence->setWordWrap(true);
    m_others->setReadOnly(true);
    m_others->setTabChangesFocus(true);
    m_others->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_others->setMinimumHeight(kDifferencesShown * theme.lineHeight());
    addField(tr("Edited workspace"), m_folder, tr("The folder is on the core's machine. Without one the recorded rules are folded again: what comes out must be what was recorded."));
    addField(tr("Since"), m_since, tr("24h for a day ago, 7d, or 2026-11-23T14:25:00Z."));
    addField(tr("In short"), m_sentence);
    addField(tr("Differences (UTC)"), m_others);
    addNote(tr("What came in is folded through the other rules; what people did is taken as it was. Nothing changes but that fold rules of that workspace were shown: only then are they in force."));
    finish(tr("Close"));
    connect(m_since, &QLineEdit::textChanged, this, &WhatIfDialog::check);
    connect(m_folder, &widgets::PathField::changed, this, &WhatIfDialog::check);
    check();
    m_folder->setFocus();
}

void WhatIfDialog::check()
{
    setReady(!m_since->text().trimmed().isEmpty());
}

QJsonObject WhatIfDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("since"), m_since->text().trimmed()}};
    if (const QString folder = m_folder->path(); !folder.isEmpty())
        out.insert(QStringLiteral("workspace"), folder);
    return out;
}

void WhatIfDialog::setAsked()
{
    m_sentence->setPlain({});
    m_others->clear();
    setReady(false, tr("The core folds what was recorded; a month may take a minute."));
}

void WhatIfDialog::show(const QJsonObject &answer)
{
    QStringList lines;
    for (const QJsonValue &other : answer.value(QLatin1String("others")).toArray())
        lines << differenceLine(other.toObject());
    if (answer.value(QLatin1String("cut")).toBool())
        lines << tr("… and more.");
    m_sentence->setPlain(answer.value(QLatin1String("sentence")).toString());
    m_others->setPlainText(lines.isEmpty() ? tr("Nothing would have been otherwise.") : lines.join(QLatin1Char('\n')));
    setReady(true);
}

void WhatIfDialog::sayInstead(const QString &sentence)
{
    m_sentence->setPlain({});
    m_others->clear();
    refuse(sentence);
}

QString WhatIfDialog::sentence() const
{
    return m_sentence->plain();
}

QStringList WhatIfDialog::differences() const
{
    return m_others->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

} // namespace qd::setup
