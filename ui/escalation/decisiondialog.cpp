// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/decisiondialog.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QGridLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>

namespace qd::escalation {

namespace {

constexpr int kDecisionWords = 1000, kCardWords = 90; ///< letters

QString wordsIn(const QLineEdit *field)
{
    return field->text().trimmed();
}

} // namespace

bool DecisionDialog::Card::isEmpty() const
{
    return reversible->currentIndex() == 0 && wordsIn(text).isEmpty() && wordsIn(effect).isEmpty() && wordsIn(risk).isEmpty() && wordsIn(time).isEmpty() && wordsIn(owner).isEmpty();
}

QJsonObject DecisionDialog::Card::json() const
{
    QJsonObject out{{QStringLiteral("text"), wordsIn(text)}};
    const auto add = [&](const QString &name, const QString &said) {
        if (!said.isEmpty())
            out.insert(name, said);
    };
    add(QStringLiteral("effect"), wordsIn(effect));
    add(QStringLiteral("risk"), wordsIn(risk));
    add(QStringLiteral("reversible"), reversible->currentData().toString());
    add(QStringLiteral("time"), wordsIn(time));
    add(QStringLiteral("owner"), wordsIn(owner));
    return out;
}

DecisionDialog::DecisionDialog(const style::Theme &theme, const view::PollRow *poll, const view::ViewModel &view, QWidget *parent)
    : FormDialog(theme, poll != nullptr ? tr("Decide on poll %1").arg(poll->number) : tr("Decide"), tr("Decide"), parent)
    , m_theme(theme)
    , m_poll(poll != nullptr ? poll->number : 0)
    , m_incident(view.focus)
    , m_words(new QLineEdit(this))
    , m_choice(new QButtonGroup(this))
{
    if (poll != nullptr)
        addNote(poll->question);
    m_words->setMaxLength(kDecisionWords);
    addField(tr("Decision"), m_words, tr("The ways that were weighed stand beside it. Those that are not chosen are kept with the reason."));
    for (int n = 0; n < kCards; ++n) {
        m_cards.push_back(makeCard(n + 1));
        addField(tr("Option %1").arg(n + 1), m_cards.back().box);
        setFieldVisible(m_cards.back().box, n < m_shown);
    }
    connect(m_choice, &QButtonGroup::idClicked, this, &DecisionDialog::choose);
    connect(m_words, &QLineEdit::textChanged, this, &DecisionDialog::check);
    m_more = addButton(tr("One more option"));
    connect(m_more, &QPushButton::clicked, this, &DecisionDialog::showMore);
    finish();
    check();
    m_words->setFocus();
}

DecisionDialog::Card DecisionDialog::makeCard(int number)
{
    Card card;
    card.box = new QWidget(this);
    auto *grid = new QGridLayout(card.box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * m_theme.step());
    grid->setVerticalSpacing(m_theme.step());
    const auto field = [&](const QString &what, int letters) {
        auto *line = new QLineEdit(card.box);
        line->setMaxLength(letters);
        line->setPlaceholderText(what);
        line->setAccessibleName(tr("Option %1: %2").arg(QString::number(number), what));
        connect(line, &QLineEdit::textChanged, this, &DecisionDialog::check);
        return line;
    };
    card.chosen = new QRadioButton(tr("chosen"), card.box);
    card.chosen->setAccessibleName(tr("Option %1 is chosen").arg(number));
    m_choice->addButton(card.chosen, number);
    card.text = field(tr("what would be done"), 2 * kCardWords);
    card.effect = field(tr("effect"), kCardWords);
    card.risk = field(tr("risk"), kCardWords);
    card.time = field(tr("how long it takes"), kCardWords);
    card.owner = field(tr("who does it"), kCardWords);
    card.reversible = new QComboBox(card.box);
    card.reversible->setAccessibleName(tr("Option %1: can it be taken back?").arg(number));
    card.reversible->addItem(tr("can it be taken back?"), QString());
    card.reversible->addItem(tr("can be taken back"), QStringLiteral("yes"));
    card.reversible->addItem(tr("can partly be taken back"), QStringLiteral("partly"));
    card.reversible->addItem(tr("cannot be taken back"), QStringLiteral("no"));
    connect(card.reversible, &QComboBox::currentIndexChanged, this, &DecisionDialog::check);
    grid->addWidget(card.text, 0, 0, 1, 2);
    grid->addWidget(card.chosen, 0, 2);
    grid->addWidget(card.effect, 1, 0);
    grid->addWidget(card.risk, 1, 1);
    grid->addWidget(card.reversible, 1, 2);
    grid->addWidget(card.time, 2, 0);
    grid->addWidget(card.owner, 2, 1);
    for (const int column : {0, 1})
        grid->setColumnStretch(column, 1);
    return card;
}

void DecisionDialog::showMore()
{
    if (m_shown >= kCards)
        return;
    const Card &card = m_cards[static_cast<std::size_t>(m_shown++)];
    setFieldVisible(card.box, true);
    m_more->setEnabled(m_shown < kCards);
    card.text->setFocus();
}

void DecisionDialog::choose(int card)
{
    const QString words = wordsIn(m_cards[static_cast<std::size_t>(card - 1)].text);
    // What somebody wrote themselves stays.
    if (!words.isEmpty() && (wordsIn(m_words).isEmpty() || wordsIn(m_words) == m_given)) {
        m_given = words;
        m_words->setText(words);
    }
    check();
}

void DecisionDialog::check()
{
    for (std::size_t n = 0; n < m_cards.size(); ++n) {
        const Card &card = m_cards[n];
        if (wordsIn(card.text).isEmpty() && (!card.isEmpty() || card.chosen->isChecked()))
            return setReady(false, tr("Option %1 needs words: what would be done.").arg(n + 1));
    }
    setReady(!wordsIn(m_words).isEmpty());
}

QJsonObject DecisionDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}, {QStringLiteral("text"), wordsIn(m_words)}};
    if (m_poll != 0)
        out.insert(QStringLiteral("poll"), static_cast<qint64>(m_poll));
    QJsonArray options;
    for (const Card &card : m_cards) {
        if (card.isEmpty())
            continue;
        options.append(card.json());
        if (card.chosen->isChecked())
            out.insert(QStringLiteral("chosen"), options.size());
    }
    if (!options.isEmpty())
        out.insert(QStringLiteral("options"), options);
    return out;
}

} // namespace qd::escalation
