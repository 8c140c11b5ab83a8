// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/polldialog.h"

#include <QJsonArray>
#include <QLineEdit>
#include <QRegularExpression>

namespace qd::escalation {

namespace {

constexpr int kPollWords = 1000; ///< letters

QString titleFor(PollDialog::Kind kind, std::uint32_t poll)
{
    switch (kind) {
    case PollDialog::Kind::Ask: return PollDialog::tr("Go or no-go?");
    case PollDialog::Kind::NoGo: return PollDialog::tr("No-go on poll %1").arg(poll);
    case PollDialog::Kind::Decide: break;
    }
    return PollDialog::tr("Decide on poll %1").arg(poll);
}

QString verbFor(PollDialog::Kind kind)
{
    switch (kind) {
    case PollDialog::Kind::Ask: return PollDialog::tr("Ask");
    case PollDialog::Kind::NoGo: return PollDialog::tr("No-go");
    case PollDialog::Kind::Decide: break;
    }
    return PollDialog::tr("Decide");
}

} // namespace

PollDialog::PollDialog(const style::Theme &theme, Kind kind, const view::PollRow *poll, const view::ViewModel &view, QWidget *parent)
    : FormDialog(theme, titleFor(kind, poll != nullptr ? poll->number : 0), verbFor(kind), parent)
    , m_kind(kind)
    , m_poll(poll != nullptr ? poll->number : 0)
    , m_incident(view.focus)
    , m_words(new QLineEdit(this))
{
    m_words->setMaxLength(kPollWords);
    if (poll != nullptr)
        addNote(poll->question);
    if (kind == Kind::Ask) {
        addField(tr("Question"), m_words);
        m_people = new QLineEdit(this);
        m_people->setMaxLength(kPollWords);
        m_people->setPlaceholderText(tr("everybody else with a role"));
        addField(tr("Whom"), m_people, tr("people by their id, with commas between: %1").arg(view.people.mid(0, 8).join(QStringLiteral(", "))));
    } else if (kind == Kind::NoGo) {
        addField(tr("Why"), m_words, tr("Whoever decides reads it. Return without words says no-go all the same."));
    } else {
        QStringList against;
        for (const view::PollSeat &s : poll->seats)
            if (s.answer == QLatin1String("no-go"))
                against << (s.text.isEmpty() ? s.person : tr("%1: %2").arg(s.person, s.text));
        addNote(tr("%1 go, %2 no-go, not answered: %3").arg(QString::number(poll->go), QString::number(poll->noGo), poll->silent.isEmpty() ? tr("nobody") : poll->silent.join(QStringLiteral(", "))));
        if (!against.isEmpty())
            addNote(tr("Against it: %1").arg(against.join(QStringLiteral("; "))));
        addField(tr("Decision"), m_words, poll->open ? tr("It is recorded with the result, and no more answers are taken.") : tr("It is recorded with the result."));
    }
    const auto check = [this] { setReady(m_kind == Kind::NoGo || !m_words->text().trimmed().isEmpty()); };
    connect(m_words, &QLineEdit::textChanged, this, check);
    finish();
    check();
    m_words->setFocus();
}

QString PollDialog::method(Kind kind)
{
    switch (kind) {
    case Kind::Ask: return QStringLiteral("poll.ask");
    case Kind::NoGo: return QStringLiteral("poll.answer");
    case Kind::Decide: break;
    }
    return QStringLiteral("decision.record");
}

QJsonObject PollDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}};
    const QString words = m_words->text().trimmed();
    if (m_poll != 0)
        out.insert(QStringLiteral("poll"), static_cast<qint64>(m_poll));
    if (m_kind == Kind::NoGo)
        out.insert(QStringLiteral("answer"), QStringLiteral("no-go"));
    if (!words.isEmpty())
        out.insert(m_kind == Kind::Ask ? QStringLiteral("question") : QStringLiteral("text"), words);
    if (m_people != nullptr) {
        QJsonArray people;
        for (const QString &id : m_people->text().split(QRegularExpression(QStringLiteral("[,\\s]+")), Qt::SkipEmptyParts))
            people.append(id);
        if (!people.isEmpty())
            out.insert(QStringLiteral("people"), people);
    }
    return out;
}

} // namespace qd::escalation
