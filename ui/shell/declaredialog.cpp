// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/declaredialog.h"

#include "ui/escalation/severityquestions.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QJsonArray>
#include <QLineEdit>
#include <algorithm>

namespace qd::shell {

namespace {

constexpr int kIncidentTitleLimit = 200;
constexpr int kRoomLimit = 512;
constexpr int kUnanswered = 2; ///< the severity while nobody knows: rather too high than too low

QString meaning(int severity)
{
    switch (severity) {
    case 1: return DeclareDialog::tr("SEV1 — customers cannot do what they came for");
    case 2: return DeclareDialog::tr("SEV2 — a major part is down or badly slow");
    case 3: return DeclareDialog::tr("SEV3 — noticeable, there is a way round");
    case 4: return DeclareDialog::tr("SEV4 — minor");
    default: return DeclareDialog::tr("SEV5 — no impact yet, worth coordinating");
    }
}

} // namespace

Declaration Declaration::from(const std::vector<view::AlertRow> &alerts)
{
    Declaration d;
    if (alerts.empty())
        return d;
    const auto worst = std::max_element(alerts.begin(), alerts.end(), [](const view::AlertRow &a, const view::AlertRow &b) {
        return a.severity < b.severity;
    });
    const auto oldest = std::min_element(alerts.begin(), alerts.end(), [](const view::AlertRow &a, const view::AlertRow &b) {
        return a.startsAt < b.startsAt;
    });
    d.title = worst->title;
    d.service = worst->service;
    d.since = oldest->startsAt;
    for (const view::AlertRow &row : alerts)
        d.alerts << row.key;
    return d;
}

DeclareDialog::DeclareDialog(const style::Theme &theme, const Declaration &start, const view::ViewModelPtr &view, Instant now, QWidget *parent)
    : FormDialog(theme, tr("Declare an incident"), tr("Declare"), parent)
    , m_start(start)
    , m_now(now)
    , m_title(new QLineEdit(start.title, this))
    , m_questions(new escalation::SeverityQuestions(this))
    , m_severity(new QComboBox(this))
    , m_service(new QComboBox(this))
    , m_since(new QLineEdit(start.since ? widgets::utcClock(start.since) : QString(), this))
    , m_room(new QLineEdit(this))
    , m_take(new QCheckBox(tr("I take it"), this))
    , m_kind(new QComboBox(this))
    , m_until(new QLineEdit(this))
    , m_triage(new QCheckBox(tr("it is still being found out whether it is one"), this))
{
    m_title->setMaxLength(kIncidentTitleLimit);
    m_title->setPlaceholderText(tr("what is broken, for whom"));
    for (int severity = 1; severity <= 5; ++severity)
        m_severity->addItem(meaning(severity), severity);
    m_severity->setCurrentIndex(kUnanswered - 1);
    m_service->setEditable(true);
    m_service->addItems(view->services);
    m_service->setCurrentText(start.service);
    m_service->lineEdit()->setPlaceholderText(tr("none"));
    m_since->setPlaceholderText(tr("now"));
    m_room->setPlaceholderText(tr("a new one"));
    m_room->setMaxLength(kRoomLimit);
    addField(tr("Title"), m_title);
    addField(tr("Are customers hurt?"), m_questions->hurt());
    addField(tr("How many?"), m_questions->howMany());
    addField(tr("Is there a workaround?"), m_questions->workaround());
    m_arithmetic = addNote(tr("Three answers suggest a severity. If unsure, the higher one; it can be lowered at any time."));
    addField(tr("Severity"), m_severity);
    addField(tr("Service"), m_service);
    addField(tr("Since (UTC)"), m_since, tr("When it began to hurt: 14:01, or 20m for twenty minutes ago."));
    addField(tr("Room"), m_room, tr("The address of a chat room where people talk about it already; what was said there since it began is read."));
    for (const auto &[kind, words] : {std::pair{"real", tr("real")}, {"drill", tr("drill — nobody outside hears of it")}, {"maintenance", tr("planned maintenance")},
                                      {"example", tr("example — to try things out")}, {"backfilled", tr("over already — written down afterwards")}})
        m_kind->addItem(words, QString::fromLatin1(kind));
    m_until->setPlaceholderText(tr("when it was over"));
    addField(tr("Kind"), m_kind);
    addField(tr("Until (UTC)"), m_until, tr("Of one that is over: 14:40, or 20m for twenty minutes ago."));
    addField(tr("Triage"), m_triage);
    addNote(start.alerts.isEmpty() ? tr("No alert is chosen; alerts can join later.")
                                   : tr("%Ln alert(s) join the incident.", nullptr, static_cast<int>(start.alerts.size())));
    m_take->setChecked(true);
    addField(tr("Command"), m_take);
    finish();
    setFieldVisible(m_until, false);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        setFieldVisible(m_until, isOver());
        for (QWidget *of : std::initializer_list<QWidget *>{m_triage, m_room, m_take}) // what is over has neither
            of->setEnabled(!isOver());
        check();
    });
    connect(m_until, &QLineEdit::textChanged, this, &DeclareDialog::check);
    connect(this, &FormDialog::submitted, this, [this] { Q_EMIT declared(arguments()); });
    connect(m_title, &QLineEdit::textChanged, this, &DeclareDialog::check);
    connect(m_since, &QLineEdit::textChanged, this, &DeclareDialog::check);
    connect(m_questions, &escalation::SeverityQuestions::changed, this, &DeclareDialog::suggest);
    connect(m_severity, &QComboBox::activated, this, [this] { m_isChosen = true; });
    const auto asked = [this] {
        if (m_service->currentText().trimmed() != m_reckoned)
            Q_EMIT reckoningWanted();
    };
    connect(m_service, &QComboBox::activated, this, asked);
    connect(m_service->lineEdit(), &QLineEdit::editingFinished, this, asked);
    check();
    m_title->setFocus();
    m_title->selectAll();
}

Instant DeclareDialog::readSince(const QString &text, Instant now)
{
    const QString trimmed = text.trimmed();
    if (const Result<Span> ago = parseSpan(trimmed.toStdString()))
        return now - *ago;
    if (const Result<Instant> at = parseInstant(trimmed.toStdString()))
        return *at <= now ? *at : Instant{};
    QDateTime dated = QDateTime::fromString(trimmed, QStringLiteral("yyyy-MM-dd H:mm"));
    if (dated.isValid()) {
        dated.setTimeSpec(Qt::UTC);
        const Instant at{dated.toMSecsSinceEpoch() * 1'000'000};
        return at <= now ? at : Instant{};
    }
    QTime time = QTime::fromString(trimmed, QStringLiteral("H:mm:ss"));
    if (!time.isValid())
        time = QTime::fromString(trimmed, QStringLiteral("H:mm"));
    if (!time.isValid())
        return {};
    const QDateTime today = QDateTime::fromMSecsSinceEpoch(now.ns / 1'000'000, Qt::UTC);
    QDateTime at(today.date(), time, Qt::UTC);
    if (at > today)
        at = at.addDays(-1); // a time still to come was yesterday's
    return Instant{at.toMSecsSinceEpoch() * 1'000'000};
}

void DeclareDialog::suggest()
{
    const QString words = m_questions->suggestion();
    m_arithmetic->setPlain(!words.isEmpty() ? words + QLatin1Char('\n') + m_questions->technical() : m_questions->affected());
    if (!words.isEmpty() && !m_isChosen)
        m_severity->setCurrentIndex(m_questions->severity().mid(3).toInt() - 1);
}

QJsonObject DeclareDialog::reckoning() const
{
    return {{QStringLiteral("service"), m_service->currentText().trimmed()}, {QStringLiteral("alerts"), m_start.alerts.join(QLatin1Char(' '))}};
}

void DeclareDialog::setReckoned(const QJsonObject &item)
{
    m_reckoned = m_service->currentText().trimmed();
    m_questions->setExplained(item);
}

void DeclareDialog::check()
{
    const bool titled = !m_title->text().trimmed().isEmpty();
    const bool timed = m_since->text().trimmed().isEmpty() || readSince(m_since->text(), m_now);
    if (titled && timed && isOver()) {
        const Instant since = readSince(m_since->text(), m_now), until = readSince(m_until->text(), m_now);
        const bool spanned = since && until && since <= until;
        return setReady(spanned, spanned ? QString() : tr("Say since when and until when it was."));
    }
    setReady(titled && timed, !timed ? tr("“Since” cannot be read; write 14:01, or 20m for twenty minutes ago.") : QString());
}

bool DeclareDialog::isOver() const
{
    return m_kind->currentData().toString() == QLatin1String("backfilled");
}

bool DeclareDialog::takesCommand() const
{
    return m_take->isChecked() && !isOver();
}

QJsonObject DeclareDialog::arguments() const
{
    QJsonObject arguments{{QStringLiteral("title"), m_title->text().trimmed()}};
    m_questions->insertInto(arguments);
    // Answers the core has not reckoned yet decide by themselves, unless somebody chose.
    if (m_isChosen || !m_questions->isAnswered() || m_questions->isExplained())
        arguments.insert(QStringLiteral("severity"), QStringLiteral("SEV%1").arg(m_severity->currentData().toInt()));
    const QString service = m_service->currentText().trimmed();
    if (!service.isEmpty())
        arguments.insert(QStringLiteral("service"), service);
    // Untouched, the time is the alert's own, to the nanosecond.
    const QString since = m_since->text().trimmed();
    if (!since.isEmpty()) {
        const Instant at = m_start.since && since == widgets::utcClock(m_start.since) ? m_start.since : readSince(since, m_now);
        arguments.insert(QStringLiteral("since"), QString::fromStdString(toRfc3339(at)));
    }
    if (const QString kind = m_kind->currentData().toString(); kind != QLatin1String("real"))
        arguments.insert(QStringLiteral("kind"), kind);
    if (isOver())
        arguments.insert(QStringLiteral("until"), QString::fromStdString(toRfc3339(readSince(m_until->text(), m_now))));
    else if (m_triage->isChecked())
        arguments.insert(QStringLiteral("triage"), true);
    if (const QString room = m_room->text().trimmed(); !room.isEmpty() && !isOver())
        arguments.insert(QStringLiteral("attach"), room);
    if (!m_start.alerts.isEmpty())
        arguments.insert(QStringLiteral("alerts"), QJsonArray::fromStringList(m_start.alerts));
    return arguments;
}

} // namespace qd::shell
