// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/reviewdialogs.h"

#include "ui/review/advice.h"
#include "ui/review/sectionpanel.h"
#include "ui/review/sidetables.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/readingbox.h"
#include "ui/widgets/timeinput.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>

namespace qd::review {

namespace {

constexpr int kTextLetters = 1000, kWordsLetters = 8000, kKeyLetters = 200;

/// now: the id of who is chosen, and their name; may be empty.
QComboBox *peopleBox(const view::ViewModel &view, const QString &nobody, const QString &now, const QString &named, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->addItem(nobody, QString());
    for (const view::Labelled &person : view.names)
        box->addItem(person.value, person.name);
    if (!now.isEmpty() && box->findData(now) < 0) // who left is still theirs until somebody says otherwise
        box->addItem(named.isEmpty() ? now : named, now);
    box->setCurrentIndex(std::max(0, box->findData(now)));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(30);
    return box;
}

void put(QJsonObject &into, const char *key, const QString &value)
{
    if (!value.trimmed().isEmpty())
        into.insert(QLatin1String(key), value.trimmed());
}

} // namespace

ArrangeDialog::ArrangeDialog(const style::Theme &theme, const view::ViewModel &view, const QString &incident, const view::Review *review, QWidget *parent)
    : FormDialog(theme, review != nullptr && review->isOpen() ? tr("Arrange the review of %1").arg(incident) : tr("Open the review of %1").arg(incident),
                 review != nullptr && review->isOpen() ? tr("Arrange") : tr("Open it"), parent)
    , m_incident(incident)
    , m_owner(peopleBox(view, tr("as it is"), {}, {}, this))
    , m_facilitator(peopleBox(view, tr("as it is"), {}, {}, this))
    , m_due(new QLineEdit(this))
    , m_meeting(new QLineEdit(this))
    , m_people(new QLineEdit(this))
    , m_reason(new QLineEdit(this))
{
    for (QLineEdit *line : {m_due, m_meeting, m_people, m_reason})
        line->setMaxLength(kTextLetters);
    m_due->setPlaceholderText(tr("5d"));
    m_meeting->setPlaceholderText(QStringLiteral("2026-12-01T10:00:00Z"));
    addField(tr("Owner"), m_owner, tr("Whoever sees to it that it is written; left as it is, who had command."));
    addField(tr("Reason"), m_reason, tr("Why it gets another owner, where it is not yours to give; or why whoever is left out below is not asked any more."));
    setFieldVisible(m_reason, false);
    const bool isOwned = review != nullptr && review->isOpen() && !review->owner.isEmpty();
    const auto showReason = [this, isOwned] { setFieldVisible(m_reason, isOwned && (m_owner->currentIndex() > 0 || !m_people->text().trimmed().isEmpty())); };
    connect(m_owner, &QComboBox::currentIndexChanged, this, showReason);
    connect(m_people, &QLineEdit::textChanged, this, showReason);
    addField(tr("Facilitator"), m_facilitator, tr("Leads the meeting, and had no part in the incident."));
    addField(tr("Draft due"), m_due, tr("A span from now, or a time; left empty, what the severity asks for."));
    addField(tr("Meeting"), m_meeting, tr("A span from now, or a time."));
    addField(tr("Contributions"), m_people, tr("People by id, with commas, whose words are required; left empty, who acted or owned; - for nobody. Whoever was asked is taken off by the owner alone."));
    addNote(tr("It is opened pre-filled from the record: summary, timeline, decisions, hypotheses, people."));
    finish();
    setReady(true);
    m_owner->setFocus();
}

QJsonObject ArrangeDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}};
    put(out, "owner", m_owner->currentData().toString());
    put(out, "facilitator", m_facilitator->currentData().toString());
    put(out, "due", m_due->text());
    put(out, "meeting", m_meeting->text());
    put(out, "reason", m_reason->text());
    QJsonArray people;
    for (const QString &id : m_people->text().split(QLatin1Char(','), Qt::SkipEmptyParts))
        people << id.trimmed();
    if (!people.isEmpty())
        out.insert(QStringLiteral("people"), people);
    return out;
}

ActionDialog::ActionDialog(const style::Theme &theme, const view::ViewModel &view, const view::Review &review, const view::ReviewAction *action, QWidget *parent)
    : FormDialog(theme, action != nullptr ? tr("Action %1 of %2").arg(action->number).arg(review.incident) : tr("New action of %1").arg(review.incident), action != nullptr ? tr("Change it") : tr("Add it"), parent)
    , m_incident(review.incident)
    , m_number(action != nullptr ? action->number : 0)
    , m_text(new QLineEdit(this))
    , m_due(new QLineEdit(this))
    , m_verification(new QLineEdit(this))
    , m_owner(peopleBox(view, tr("nobody yet"), action != nullptr ? action->owner : QString(), action != nullptr ? action->ownerName : QString(), this))
    , m_strength(new QComboBox(this))
    , m_factor(new QComboBox(this))
{
    for (QLineEdit *line : {m_text, m_due, m_verification})
        line->setMaxLength(kTextLetters);
    for (const Strength s : {Strength::Unsaid, Strength::Eliminate, Strength::Engineer, Strength::Administer, Strength::Train})
        m_strength->addItem(strengthWords(s), s == Strength::Unsaid ? QString() : QString::fromUtf8(word(s).data(), static_cast<qsizetype>(word(s).size())));
    m_factor->addItem(QStringLiteral("—"), QString());
    for (const view::FactorRow &f : review.factors)
        if (!f.isHeading && ((!f.raters.isEmpty() && f.layer != QLatin1String("mitigator")) || (action != nullptr && f.id == action->factor))) // an action is against a cause
            m_factor->addItem(f.title, f.id);
    if (action != nullptr && m_factor->findData(action->factor) < 0) // no longer in the taxonomy
        m_factor->addItem(action->factor, action->factor);
    m_due->setPlaceholderText(QStringLiteral("14d"));
    if (action != nullptr) {
        m_text->setText(action->text);
        m_verification->setText(action->verification);
        m_due->setText(action->due ? widgets::typedMoment(action->due).left(10) : QString());
        m_strength->setCurrentIndex(static_cast<int>(action->strength));
        m_factor->setCurrentIndex(std::max(0, m_factor->findData(action->factor)));
        m_was = said();
    }
    addField(tr("Action"), m_text, tr("What will be different, in one sentence."));
    addField(tr("Owner"), m_owner, tr("Exactly one person."));
    addField(tr("Due"), m_due, tr("A day (2026-12-01), or a span from now."));
    addField(tr("Strength"), m_strength, tr("What makes it impossible is stronger than what somebody has to remember."));
    addField(tr("Verified by"), m_verification, tr("How it will be known that it works: a drill, a test, an alert."));
    addField(tr("Factor"), m_factor);
    m_advice = addNote({});
    m_advice->hide();
    finish();
    const auto check = [this] { setReady(!m_text->text().trimmed().isEmpty()); };
    connect(m_text, &QLineEdit::textChanged, this, check);
    check();
    m_text->setFocus();
}

void ActionDialog::advise(view::ViewSource &source)
{
    auto *advice = new Advice(source, m_incident, *m_advice, [this] { return m_text->text() + QLatin1Char('\n') + m_verification->text(); }, this);
    for (const QLineEdit *line : {m_text, m_verification})
        connect(line, &QLineEdit::textChanged, advice, &Advice::look);
}

QJsonObject ActionDialog::said() const
{
    QJsonObject out;
    put(out, "text", m_text->text());
    put(out, "owner", m_owner->currentData().toString());
    put(out, "due", m_due->text());
    put(out, "strength", m_strength->currentData().toString());
    put(out, "verification", m_verification->text());
    put(out, "factor", m_factor->currentData().toString());
    return out;
}

QJsonObject ActionDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}};
    if (m_number != 0)
        out.insert(QStringLiteral("action"), static_cast<qint64>(m_number));
    const QJsonObject now = said();
    for (auto it = now.begin(); it != now.end(); ++it)
        if (m_was.value(it.key()) != it.value())
            out.insert(it.key(), it.value());
    for (const QString &key : m_was.keys())
        if (!now.contains(key))
            out.insert(key, QStringLiteral("-"));
    return out;
}

TrackDialog::TrackDialog(const style::Theme &theme, const QString &incident, const view::ReviewAction &action, std::vector<view::Labelled> trackers, QWidget *parent)
    : FormDialog(theme, tr("Action %1 of %2 in a tracker").arg(action.number).arg(incident), action.tracker.isEmpty() ? tr("Track it") : tr("Let go of it"), parent)
    , m_base{{QStringLiteral("incident"), incident}, {QStringLiteral("action"), static_cast<qint64>(action.number)}}
{
    addNote(action.text);
    if (!action.tracker.isEmpty()) {
        addNote(tr("It is %1 in %2. The issue stays there as it is, and nothing more is read of it.").arg(action.tracked, action.tracker));
    } else {
        m_tracker = new QComboBox(this);
        for (const view::Labelled &each : trackers)
            m_tracker->addItem(each.value, each.name);
        m_key = new QLineEdit(this);
        m_key->setMaxLength(kKeyLetters);
        addField(tr("Tracker"), m_tracker);
        addField(tr("Issue"), m_key, tr("One that is there already: its number, or Jira's key. Left empty, a new one is made."));
    }
    finish();
    setReady(true);
    if (m_tracker != nullptr)
        m_tracker->setFocus();
}

QJsonObject TrackDialog::arguments() const
{
    QJsonObject out = m_base;
    if (m_tracker != nullptr)
        put(out, "connection", m_tracker->currentData().toString());
    if (m_key != nullptr)
        put(out, "key", m_key->text());
    return out;
}

WordsDialog::WordsDialog(const style::Theme &theme, const QString &title, const QString &verb, const QString &field, const QString &key, QJsonObject base, QWidget *parent, const Choice &choice, const QString &note,
                         bool mayBeEmpty, const QString &said)
    : FormDialog(theme, title, verb, parent)
    , m_base(std::move(base))
    , m_key(key)
    , m_choiceKey(choice.key)
    , m_words(new QPlainTextEdit(this))
{
    if (!choice.choices.empty()) {
        m_choice = new QComboBox(this);
        for (const view::Labelled &each : choice.choices)
            m_choice->addItem(each.value, each.name);
        m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_choice->setMinimumContentsLength(40);
        addField(choice.name, m_choice);
    }
    if (!said.isEmpty())
        addField(tr("Said so far"), new widgets::ReadingBox(theme, said, this));
    m_words->setTabChangesFocus(true);
    m_words->setFixedHeight(6 * theme.rowHeight());
    addField(field, m_words);
    if (!note.isEmpty())
        addNote(note);
    m_advice = addNote({});
    m_advice->hide();
    finish();
    const auto check = [this, mayBeEmpty] {
        const auto letters = m_words->toPlainText().size();
        if (letters > kWordsLetters)
            return setReady(false, tr("That is too long: %Ln letters at most.", nullptr, kWordsLetters));
        setReady(mayBeEmpty || !m_words->toPlainText().trimmed().isEmpty());
    };
    connect(m_words, &QPlainTextEdit::textChanged, this, check);
    check();
    (m_choice != nullptr ? static_cast<QWidget *>(m_choice) : m_words)->setFocus();
}

void WordsDialog::advise(view::ViewSource &source, const QString &incident)
{
    auto *advice = new Advice(source, incident, *m_advice, [this] { return m_words->toPlainText(); }, this);
    connect(m_words, &QPlainTextEdit::textChanged, advice, &Advice::look);
}

QJsonObject WordsDialog::arguments() const
{
    QJsonObject out = m_base;
    if (m_choice != nullptr && !m_choice->currentData().toString().isEmpty())
        out.insert(m_choiceKey, m_choice->currentData().toString());
    if (const QString words = m_words->toPlainText().trimmed(); !words.isEmpty())
        out.insert(m_key, words);
    return out;
}

SectionDialog::SectionDialog(const style::Theme &theme, const view::Review &review, QWidget *parent)
    : FormDialog(theme, tr("New section in the review of %1").arg(review.incident), tr("Begin"), parent)
    , m_name(new QLineEdit(this))
{
    addField(tr("Called"), m_name);
    addNote(tr("Everybody reads it, inside and outside, but for what is marked in it. What is for people outside alone stands in “To our customers”."));
    finish();
    QStringList there;
    for (const view::ReviewSection &s : review.sections)
        there << s.id;
    const auto check = [this, there] {
        const QString id = SectionPanel::idOf(m_name->text());
        if (there.contains(id))
            return setReady(false, tr("There is a section of this name: Ctrl+Page Down goes to it."));
        setReady(!id.isEmpty(), id.isEmpty() && !m_name->text().trimmed().isEmpty() ? tr("A name has a letter from a to z or a digit in it.") : QString());
    };
    connect(m_name, &QLineEdit::textChanged, this, check);
    check();
    m_name->setFocus();
}

QString SectionDialog::name() const
{
    return m_name->text();
}

void openFor(view::ViewSource &source, widgets::FormDialog *dialog, const QString &method, std::function<QJsonObject()> arguments, QObject *of, std::function<void()> taken)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setUnrecorded(!source.current()->strip.recorded);
    QObject::connect(dialog, &widgets::FormDialog::submitted, of, [&source, of, dialog = QPointer(dialog), method, arguments = std::move(arguments), taken = std::move(taken)] {
        source.command(method, arguments(), [self = QPointer(of), dialog, taken](bool ok, const QString &sentence, const QJsonObject &) {
            if (dialog && ok)
                dialog->accept();
            else if (dialog)
                dialog->refuse(sentence);
            if (self && ok)
                taken();
        });
    });
    dialog->open();
}

} // namespace qd::review
