// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/shiftdialogs.h"

#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace qd::escalation {

namespace {

constexpr int kShiftTextLimit = 500; ///< characters; the core takes 2,000 bytes
constexpr int kShiftBriefLines = 9;

QLineEdit *shiftLine(const QString &placeholder, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setMaxLength(kShiftTextLimit);
    edit->setPlaceholderText(placeholder);
    return edit;
}

QPlainTextEdit *shiftBrief(const style::Theme &theme, const QString &text, QWidget *parent)
{
    auto *edit = new QPlainTextEdit(text, parent);
    edit->setReadOnly(true);
    edit->setTabChangesFocus(true);
    edit->setMinimumHeight(3 * theme.lineHeight());
    edit->setMaximumHeight(kShiftBriefLines * theme.lineHeight());
    return edit;
}

} // namespace

OfferShiftDialog::OfferShiftDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Hand over the shift"), tr("Offer the shift"), parent)
    , m_person(new QComboBox(this))
    , m_brief(shiftBrief(theme, tr("The core is writing it."), this))
    , m_summary(shiftLine(tr("what the shift was like, in your words"), this))
    , m_watch(shiftLine(tr("what may go wrong, and what then"), this))
{
    for (const view::Labelled &person : view->names)
        if (person.name != view->strip.person)
            m_person->addItem(person.value, person.name);
    addField(tr("To"), m_person);
    addField(tr("Goes with it"), m_brief);
    addField(tr("Summary"), m_summary);
    addField(tr("Watch"), m_watch, tr("It is theirs when they have read back what they take over. Who commands an incident stays as it is."));
    finish();
    const bool anybody = m_person->count() > 0;
    setReady(anybody, anybody ? QString() : tr("There is nobody else in the workspace."));
    m_person->setFocus();
}

void OfferShiftDialog::setBrief(const QString &brief)
{
    m_brief->setPlainText(brief);
}

QJsonObject OfferShiftDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("person"), m_person->currentData().toString()}};
    for (const auto &[name, edit] : {std::pair{QStringLiteral("summary"), m_summary}, {QStringLiteral("watch"), m_watch}})
        if (const QString text = edit->text().trimmed(); !text.isEmpty())
            out.insert(name, text);
    return out;
}

AnswerShiftDialog::AnswerShiftDialog(const style::Theme &theme, const view::ShiftOffer &offer, QWidget *parent)
    : FormDialog(theme, offer.toYou ? tr("%1 offers you the shift").arg(offer.from) : tr("The shift is offered to %1").arg(offer.to),
                 offer.toYou ? tr("Accept the shift") : tr("Take the offer back"), parent)
    , m_number(offer.number)
    , m_words(shiftLine(offer.toYou ? tr("in your own words: what stands, what expires, what to watch") : tr("one sentence, if there is time"), this))
    , m_accepts(offer.toYou)
{
    addField(tr("Recorded"), shiftBrief(theme, offer.brief, this));
    for (const auto &[name, text] : {std::pair{tr("Summary"), offer.summary}, {tr("Watch"), offer.watch}})
        if (!text.isEmpty()) {
            auto *label = new widgets::PlainLabel(theme, style::Type::Body, style::Tone::Text, this);
            label->setPlain(text);
            label->setWordWrap(true);
            addField(name, label);
        }
    addField(offer.toYou ? tr("Read back") : tr("Reason"), m_words, offer.toYou ? tr("The shift is yours when this is sent.") : tr("They have not read back yet."));
    if (offer.toYou) {
        QPushButton *decline = addButton(tr("Decline"));
        connect(decline, &QPushButton::clicked, this, [this] {
            m_accepts = false;
            Q_EMIT submitted();
        });
        connect(&doIt(), &QPushButton::clicked, this, [this] { m_accepts = true; });
        connect(m_words, &QLineEdit::textChanged, this, [this](const QString &text) { setReady(!text.trimmed().isEmpty()); });
    }
    finish();
    setReady(!offer.toYou);
    m_words->setFocus();
}

QJsonObject AnswerShiftDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("shift"), static_cast<qint64>(m_number)}};
    const QString text = m_words->text().trimmed();
    if (m_accepts)
        out.insert(QStringLiteral("readBack"), text);
    else if (!text.isEmpty())
        out.insert(QStringLiteral("reason"), text);
    return out;
}

} // namespace qd::escalation
