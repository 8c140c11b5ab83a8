// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/debriefdialogs.h"

#include "core/base/amounts.h"
#include "ui/review/debriefpanels.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timeinput.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <algorithm>

namespace qd::review {

namespace {

constexpr int kWhatLetters = 500, kSurveyLetters = 1000, kPeopleRows = 8;

QComboBox *wideBox(QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(40);
    return box;
}

} // namespace

QString typedMoney(const QString &text)
{
    QString out = text.trimmed();
    if (!out.contains(QLatin1Char('.')) && out.count(QLatin1Char(',')) == 1)
        out.replace(QLatin1Char(','), QLatin1Char('.'));
    return out;
}

MeetingDialog::MeetingDialog(const style::Theme &theme, const view::ViewModel &view, const view::Review &review, Instant now, QWidget *parent)
    : FormDialog(theme, tr("The meeting about %1").arg(review.incident), tr("It was held"), parent)
    , m_incident(review.incident)
    , m_now(now)
    , m_people(new QListWidget(this))
    , m_at(new QLineEdit(this))
{
    const auto add = [&](const QString &id, const QString &name, bool isThere) {
        for (int row = 0; row < m_people->count(); ++row)
            if (m_people->item(row)->data(Qt::UserRole).toString() == id)
                return;
        auto *item = new QListWidgetItem(name, m_people);
        item->setData(Qt::UserRole, id);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(isThere ? Qt::Checked : Qt::Unchecked);
    };
    // Until it is said otherwise whoever is asked is expected, and whoever speaks for them.
    const bool isSaid = static_cast<bool>(review.debrief.heldAt);
    const auto speaks = [&](const QString &name) { return std::any_of(review.people.begin(), review.people.end(), [&](const view::ReviewPerson &p) { return p.required && p.delegate == name; }); };
    for (const view::ReviewPerson &p : review.people)
        add(p.id, p.name, isSaid ? p.wasThere : p.required ? p.delegate.isEmpty() || speaks(p.name) : speaks(p.name));
    for (const view::Labelled &each : view.names)
        add(each.name, each.value, !isSaid && speaks(each.value));
    m_people->setUniformItemSizes(true);
    m_people->setFixedHeight(kPeopleRows * theme.rowHeight());
    m_people->setCurrentRow(0);
    m_at->setPlaceholderText(review.meeting && review.meeting <= now ? widgets::typedMoment(review.meeting) : tr("now"));
    addField(tr("Who was there"), m_people, tr("Space ticks and unticks. What is said last counts."));
    addField(tr("When"), m_at, tr("As 2026-12-01 10:00, in UTC; left empty, when it was to be, or now."));
    finish();
    connect(m_people, &QListWidget::itemChanged, this, &MeetingDialog::check);
    connect(m_at, &QLineEdit::textChanged, this, &MeetingDialog::check);
    check();
    m_people->setFocus();
}

void MeetingDialog::check()
{
    bool anybody = false;
    for (int row = 0; row < m_people->count(); ++row)
        anybody = anybody || m_people->item(row)->checkState() == Qt::Checked;
    const QString at = m_at->text().trimmed();
    if (!at.isEmpty() && !parseInstant(at.toStdString()) && !widgets::readAhead(at, m_now))
        return setReady(false, tr("“%1” is no time; write 2026-12-01 10:00.").arg(at.left(40)));
    setReady(anybody);
}

QJsonObject MeetingDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}};
    QJsonArray people;
    for (int row = 0; row < m_people->count(); ++row)
        if (m_people->item(row)->checkState() == Qt::Checked)
            people << m_people->item(row)->data(Qt::UserRole).toString();
    out.insert(QStringLiteral("people"), people);
    const QString at = m_at->text().trimmed();
    if (at.isEmpty())
        return out;
    const auto read = parseInstant(at.toStdString()) ? std::nullopt : widgets::readAhead(at, m_now);
    out.insert(QStringLiteral("at"), read ? QString::fromStdString(toRfc3339(*read)) : at);
    return out;
}

CostDialog::CostDialog(const style::Theme &theme, const view::Review &review, QWidget *parent)
    : FormDialog(theme, tr("What %1 cost").arg(review.incident), tr("Note it"), parent)
    , m_incident(review.incident)
    , m_costs(review.debrief.costs)
    , m_which(wideBox(this))
    , m_amount(new QLineEdit(this))
    , m_what(new QLineEdit(this))
    , m_none(new QCheckBox(tr("It was none after all"), this))
{
    m_which->addItem(tr("a new one"));
    for (const view::CostRow &c : m_costs)
        m_which->addItem((c.withdrawn ? tr("%1. %2, %3 (taken back)") : QStringLiteral("%1. %2, %3")).arg(QString::number(c.number), moneyWords(c.amount, review.debrief.currency), c.what.left(60)));
    m_amount->setPlaceholderText(QStringLiteral("1234.50"));
    m_amount->setMaxLength(20);
    m_what->setMaxLength(kWhatLetters);
    addField(tr("Which"), m_which);
    addField(tr("Amount"), m_amount, review.debrief.currency.isEmpty() ? tr("The workspace names no currency.") : tr("In %1.").arg(review.debrief.currency));
    addField(tr("What for"), m_what, tr("Beside people's time, which is reckoned from the record: credits, an extra cloud bill, express freight."));
    addField(tr("Taken back"), m_none);
    m_none->setAccessibleName(m_none->text());
    if (m_costs.empty())
        setFieldVisible(m_which, false);
    finish();
    connect(m_which, &QComboBox::currentIndexChanged, this, &CostDialog::choose);
    connect(m_amount, &QLineEdit::textChanged, this, &CostDialog::check);
    connect(m_what, &QLineEdit::textChanged, this, &CostDialog::check);
    connect(m_none, &QCheckBox::toggled, this, &CostDialog::check);
    choose();
    m_amount->setFocus();
}

void CostDialog::choose()
{
    const int at = m_which->currentIndex() - 1;
    const view::CostRow cost = at < 0 ? view::CostRow{} : m_costs[static_cast<std::size_t>(at)];
    m_amount->setText(at < 0 ? QString() : QString::fromStdString(moneyText(cost.amount)));
    m_what->setText(cost.what);
    m_none->setChecked(cost.withdrawn);
    setFieldVisible(m_none, at >= 0);
    doIt().setText(at < 0 ? tr("Note it") : tr("Change it"));
    check();
}

void CostDialog::check()
{
    m_amount->setEnabled(!m_none->isChecked());
    m_what->setEnabled(!m_none->isChecked());
    const QString amount = typedMoney(m_amount->text());
    if (!m_none->isChecked() && !amount.isEmpty() && !moneyOf(amount.toStdString()))
        return setReady(false, tr("“%1” is no amount; write 1234.50.").arg(m_amount->text().left(40)));
    setReady(m_none->isChecked() || (!amount.isEmpty() && !m_what->text().trimmed().isEmpty()));
}

QJsonObject CostDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}};
    if (const int at = m_which->currentIndex() - 1; at >= 0)
        out.insert(QStringLiteral("cost"), static_cast<qint64>(m_costs[static_cast<std::size_t>(at)].number));
    if (m_none->isChecked()) {
        out.insert(QStringLiteral("withdraw"), true);
        return out;
    }
    out.insert(QStringLiteral("amount"), typedMoney(m_amount->text()));
    out.insert(QStringLiteral("what"), m_what->text().trimmed());
    return out;
}

FeedbackDialog::FeedbackDialog(const style::Theme &theme, const QString &incident, QWidget *parent)
    : FormDialog(theme, tr("How was %1 handled?").arg(incident), tr("Say it"), parent)
    , m_incident(incident)
    , m_score(wideBox(this))
    , m_words(new QPlainTextEdit(this))
    , m_named(new QCheckBox(tr("My name stands beside it"), this))
{
    m_score->addItem(QStringLiteral("—"), 0);
    for (int score = 5; score >= 1; --score)
        m_score->addItem(score == 5 ? tr("5 · well") : score == 1 ? tr("1 · badly") : QString::number(score), score);
    m_words->setTabChangesFocus(true);
    m_words->setFixedHeight(5 * theme.rowHeight());
    addField(tr("From 1 to 5"), m_score);
    addField(tr("In words"), m_words, tr("What was good, what was not. Of how it was led and worked on, not of what broke."));
    addField(tr("Your name"), m_named);
    m_named->setAccessibleName(m_named->text());
    addNote(tr("Nobody is named unless you tick that: neither in the record nor in any list of who did or read what. The record keeps when it was said; where few answer, the hour and your words may tell that it was you. "
               "It cannot be taken back, and nobody knows who has answered already."));
    finish();
    connect(m_score, &QComboBox::currentIndexChanged, this, &FeedbackDialog::check);
    connect(m_words, &QPlainTextEdit::textChanged, this, &FeedbackDialog::check);
    check();
    m_score->setFocus();
}

void FeedbackDialog::check()
{
    if (m_words->toPlainText().size() > kSurveyLetters)
        return setReady(false, tr("That is too long: %Ln letters at most.", nullptr, kSurveyLetters));
    setReady(m_score->currentData().toInt() > 0);
}

QJsonObject FeedbackDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}, {QStringLiteral("score"), m_score->currentData().toInt()}};
    if (const QString words = m_words->toPlainText().trimmed(); !words.isEmpty())
        out.insert(QStringLiteral("text"), words);
    if (m_named->isChecked())
        out.insert(QStringLiteral("named"), true);
    return out;
}

} // namespace qd::review
