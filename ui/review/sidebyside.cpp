// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/sidebyside.h"

#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QGridLayout>
#include <QJsonArray>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace qd::review {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {

constexpr int kLeakLines = 5;

QPlainTextEdit *reader(QWidget *parent, const QString &name)
{
    auto *edit = new QPlainTextEdit(parent);
    edit->setReadOnly(true);
    edit->setTabChangesFocus(true);
    edit->setAccessibleName(name);
    return edit;
}

} // namespace

SideBySide::SideBySide(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_audience(new QComboBox(this))
    , m_insideHead(new PlainLabel(theme, Type::Small, Tone::Secondary, this))
    , m_outsideHead(new PlainLabel(theme, Type::Small, Tone::Secondary, this))
    , m_verdict(new PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_inside(reader(this, tr("As it is read inside")))
    , m_outside(reader(this, tr("As this audience reads it")))
    , m_leaks(new QListWidget(this))
    , m_allow(new QPushButton(tr("Allow these words…"), this))
    , m_publish(new QPushButton(tr("Publish…"), this))
{
    const int step = theme.step();
    m_audience->setAccessibleName(tr("Audience"));
    m_leaks->setAccessibleName(tr("What the leak check stops at"));
    m_leaks->setMaximumHeight(kLeakLines * (fontMetrics().lineSpacing() + step));
    m_verdict->setWordWrap(true);
    m_insideHead->setPlain(tr("INSIDE"));
    m_outsideHead->setPlain(tr("READ BY"));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(step);
    grid->addWidget(m_insideHead, 0, 0, 1, 2);
    grid->addWidget(m_outsideHead, 0, 2);
    grid->addWidget(m_audience, 0, 3);
    grid->addWidget(m_inside, 1, 0, 1, 2);
    grid->addWidget(m_outside, 1, 2, 1, 2);
    grid->addWidget(m_verdict, 2, 0, 1, 4);
    grid->addWidget(m_leaks, 3, 0, 1, 3);
    auto *buttons = new QVBoxLayout;
    buttons->addWidget(m_allow);
    buttons->addWidget(m_publish);
    buttons->addStretch(1);
    grid->addLayout(buttons, 3, 3);
    grid->setRowStretch(1, 1);
    for (const int column : {0, 2})
        grid->setColumnStretch(column, 1);
    setAudiences({});
    connect(m_audience, &QComboBox::currentTextChanged, this, [this](const QString &audience) {
        m_isShown = false;
        m_outside->clear();
        m_leaks->clear();
        m_words.clear();
        settle();
        Q_EMIT renditionAsked(audience);
    });
    connect(m_inside->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { follow(m_inside, m_outside); });
    connect(m_outside->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { follow(m_outside, m_inside); });
    connect(m_leaks, &QListWidget::currentRowChanged, this, &SideBySide::settle);
    connect(m_allow, &QPushButton::clicked, this, [this] {
        if (const int row = m_leaks->currentRow(); row >= 0 && row < static_cast<int>(m_words.size()))
            Q_EMIT allowAsked(m_words[static_cast<std::size_t>(row)]);
    });
    connect(m_publish, &QPushButton::clicked, this, [this] { Q_EMIT publishAsked(audience()); });
    settle();
}

void SideBySide::setAudiences(const QStringList &audiences)
{
    const QSignalBlocker quiet(m_audience);
    const QString chosen = m_audience->currentText();
    m_audience->clear();
    m_audience->addItem(QStringLiteral("public"));
    for (const QString &each : audiences)
        if (m_audience->findText(each) < 0)
            m_audience->addItem(each);
    m_audience->setCurrentIndex(std::max(0, m_audience->findText(chosen)));
}

QString SideBySide::audience() const
{
    return m_audience->currentText();
}

void SideBySide::showInside(const QJsonObject &rendition)
{
    m_inside->setPlainText(widgets::softWrapped(rendition.value(QLatin1String("text")).toString()));
}

void SideBySide::showOutside(const QJsonObject &rendition)
{
    if (rendition.value(QLatin1String("audience")).toString() != audience())
        return; // another was chosen meanwhile
    m_isShown = true;
    m_outside->setPlainText(widgets::softWrapped(rendition.value(QLatin1String("text")).toString()));
    m_leaks->clear();
    m_words.clear();
    const QJsonArray leaks = rendition.value(QLatin1String("leaks")).toArray();
    for (const auto &value : leaks) {
        const QJsonObject leak = value.toObject();
        m_words.push_back(leak.value(QLatin1String("allowable")).toBool(true) ? leak.value(QLatin1String("words")).toString() : QString());
        m_leaks->addItem(tr("line %1: %2").arg(leak.value(QLatin1String("line")).toInteger()).arg(leak.value(QLatin1String("say")).toString()));
    }
    const int removed = static_cast<int>(rendition.value(QLatin1String("removed")).toInteger());
    QStringList drafts;
    for (const auto &heading : rendition.value(QLatin1String("drafts")).toArray())
        drafts << heading.toString();
    const QString left = drafts.isEmpty() ? QString() : QLatin1Char(' ') + tr("Written on and not in it before somebody says it is done: %1.").arg(drafts.join(QStringLiteral(", ")));
    m_verdict->setPlain((leaks.isEmpty() ? tr("%n part(s) are taken out. The leak check stops at nothing.", nullptr, removed)
                                        : tr("%n part(s) are taken out.", nullptr, removed) + QLatin1Char(' ')
                                              + tr("The leak check stops at %n thing(s): nothing is published before each is written otherwise, marked or allowed.", nullptr, static_cast<int>(leaks.size()))) + left);
    settle();
}

void SideBySide::showProblem(const QString &sentence)
{
    m_isShown = false;
    m_inside->clear();
    m_outside->clear();
    m_leaks->clear();
    m_words.clear();
    m_verdict->setPlain(sentence);
    settle();
}

QString SideBySide::insideText() const
{
    return m_inside->toPlainText();
}

QString SideBySide::outsideText() const
{
    return m_outside->toPlainText();
}

QStringList SideBySide::leaks() const
{
    QStringList out;
    for (int n = 0; n < m_leaks->count(); ++n)
        out << m_leaks->item(n)->text();
    return out;
}

bool SideBySide::canPublish() const
{
    return m_publish->isEnabled();
}

void SideBySide::settle()
{
    m_leaks->setVisible(!m_words.empty());
    m_allow->setVisible(!m_words.empty());
    const int row = m_leaks->currentRow();
    m_allow->setEnabled(row >= 0 && row < static_cast<int>(m_words.size()) && !m_words[static_cast<std::size_t>(row)].isEmpty());
    m_publish->setEnabled(m_isShown && m_words.empty());
}

/// The same share of each is above the fold: their lengths differ.
void SideBySide::follow(QPlainTextEdit *moved, QPlainTextEdit *other)
{
    if (std::exchange(m_isFollowing, true))
        return;
    const QScrollBar *from = moved->verticalScrollBar();
    QScrollBar *to = other->verticalScrollBar();
    if (from->maximum() > 0)
        to->setValue(qRound(static_cast<double>(from->value()) * to->maximum() / from->maximum()));
    m_isFollowing = false;
}

} // namespace qd::review
