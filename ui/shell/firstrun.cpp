// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/firstrun.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/plaintext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace qd::shell {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {

QString quoted(const QString &word)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./:@%+=-]+$"));
    if (plain.match(word).hasMatch())
        return word;
    return QLatin1Char('\'') + QString(word).replace(QLatin1Char('\''), QLatin1String("'\\''")) + QLatin1Char('\'');
}

} // namespace

QString initCommand(const QString &program, const QString &home, bool isDefault)
{
    return quoted(program) + (isDefault ? QString() : QStringLiteral(" --home ") + quoted(home)) + QStringLiteral(" init");
}

FirstRun::FirstRun(const style::Theme &theme, const QString &home, const QString &command, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_open(nullptr)
    , m_rebuild(nullptr)
{
    setWindowTitle(tr("No home yet — Quarterdeck"));
    setAccessibleName(tr("No home yet"));
    const int step = theme.step();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10 * step, 8 * step, 10 * step, 8 * step);
    column->setSpacing(2 * step);
    const auto say = [&](const QString &text, Type type, Tone tone) {
        auto *label = new PlainLabel(theme, type, tone, this);
        label->setPlain(text);
        label->setWordWrap(true);
        column->addWidget(label);
        return label;
    };
    say(tr("There is no home here yet"), Type::Title, Tone::Text);
    say(tr("A home holds your team's journal, keys and settings. There is none in %1.").arg(home), Type::Body, Tone::Secondary);
    column->addSpacing(5 * step);

    say(tr("LOOK AROUND FIRST"), Type::Heading, Tone::Secondary);
    say(tr("A shop's outage plays by itself, with alerts, people and a chat room. It lives in a home of its own: nobody is called."), Type::Body, Tone::Text);
    QPushButton *practice = addChoice(*column, tr("Open the practice incident"), Qt::Key_P);
    connect(practice, &QPushButton::clicked, this, &FirstRun::practiceChosen);
    column->addSpacing(5 * step);

    say(tr("MAKE A HOME FOR YOUR TEAM"), Type::Heading, Tone::Secondary);
    say(tr("Type this in a terminal. It shows a recovery key once: write it down and keep it elsewhere."), Type::Body, Tone::Text);
    PlainLabel *line = say(command, Type::Mono, Tone::Text);
    line->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    line->setFocusPolicy(Qt::NoFocus);
    QPushButton *copy = addChoice(*column, tr("Copy the command"), Qt::Key_C);
    connect(copy, &QPushButton::clicked, this, [copy, command] {
        QGuiApplication::clipboard()->setText(command);
        copy->setText(tr("Copied"));
        copy->setShortcut(Qt::Key_C); // setText takes it away
    });
    m_open = addChoice(*column, {}, Qt::Key_O);
    connect(m_open, &QPushButton::clicked, this, &FirstRun::homeChosen);
    column->addSpacing(5 * step);

    say(tr("BEGIN WITH AN INCIDENT YOU ALREADY HAD"), Type::Heading, Tone::Secondary);
    say(tr("A Slack export, alert history, deploys or a post-mortem become one timeline to replay and to learn from. Nothing is connected and nobody is called. It needs a home first."), Type::Body, Tone::Text);
    m_rebuild = addChoice(*column, tr("Rebuild an incident from a Slack export…"), Qt::Key_R);
    connect(m_rebuild, &QPushButton::clicked, this, &FirstRun::rebuildChosen);
    setHomeThere(false);
    column->addStretch(1);
    setMinimumWidth(150 * step);
    practice->setFocus();
}

QPushButton *FirstRun::addChoice(QVBoxLayout &column, const QString &text, Qt::Key key)
{
    auto *button = new QPushButton(text, this);
    button->setShortcut(key);
    button->setAutoDefault(true); // Return does what has the keyboard
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * m_theme.step());
    row->addWidget(button);
    row->addWidget(new widgets::KeyCap(m_theme, QKeySequence(key).toString(QKeySequence::NativeText), this));
    row->addStretch(1);
    column.addLayout(row);
    return button;
}

void FirstRun::setHomeThere(bool there)
{
    const QString text = there ? tr("Open the home") : tr("Open the home: not there yet");
    if (m_open->text() != text) {
        m_open->setText(text);
        m_open->setShortcut(Qt::Key_O);
    }
    m_open->setEnabled(there);
    m_rebuild->setEnabled(there);
}

void FirstRun::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Tone::Base));
}

} // namespace qd::shell
