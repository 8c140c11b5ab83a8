// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/messagedialog.h"

#include "ui/comms/draftpanel.h"
#include "ui/comms/words.h"
#include "ui/view/answer.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/typetoarm.h"

#include <QComboBox>
#include <QCompleter>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <algorithm>

namespace qd::comms {

namespace {

QString titleOf(MessageDialog::Kind kind, int number)
{
    switch (kind) {
    case MessageDialog::Kind::Draft: return number == 0 ? MessageDialog::tr("A message for outside") : MessageDialog::tr("A further version of message %1").arg(number);
    case MessageDialog::Kind::Approve: return MessageDialog::tr("Approve message %1").arg(number);
    case MessageDialog::Kind::Reject: return MessageDialog::tr("Refuse message %1").arg(number);
    case MessageDialog::Kind::Withdraw: return MessageDialog::tr("Withdraw message %1").arg(number);
    case MessageDialog::Kind::Glass: return MessageDialog::tr("Release message %1 without its approvals").arg(number);
    case MessageDialog::Kind::Release: return MessageDialog::tr("Release message %1").arg(number);
    case MessageDialog::Kind::Holding: return MessageDialog::tr("Release the holding statement");
    }
    return {};
}

QString verbOf(MessageDialog::Kind kind)
{
    switch (kind) {
    case MessageDialog::Kind::Draft: return MessageDialog::tr("Draft");
    case MessageDialog::Kind::Approve: return MessageDialog::tr("Approve");
    case MessageDialog::Kind::Reject: return MessageDialog::tr("Refuse");
    case MessageDialog::Kind::Withdraw: return MessageDialog::tr("Withdraw");
    case MessageDialog::Kind::Glass: return MessageDialog::tr("Break the glass");
    case MessageDialog::Kind::Release:
    case MessageDialog::Kind::Holding: return MessageDialog::tr("Release");
    }
    return {};
}

constexpr qsizetype kLanguagesOfDraft = 4;

QString joinedArray(const QJsonValue &list)
{
    return view::textsIn(list).join(QStringLiteral(", "));
}

QJsonObject newestOf(const QJsonObject &message)
{
    return message.value(QLatin1String("versions")).toArray().last().toObject();
}

QJsonArray splitList(const QString &text)
{
    QJsonArray out;
    for (const QString &each : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (!each.trimmed().isEmpty())
            out.append(each.trimmed());
    return out;
}

} // namespace

MessageDialog::MessageDialog(const style::Theme &theme, Kind kind, const QJsonObject &message, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, titleOf(kind, message.value(QLatin1String("message")).toInt()), verbOf(kind), parent)
    , m_kind(kind)
    , m_message(message)
    , m_incident(view->focus)
    , m_lint(lintContextOf(*view, AudienceKind::Customer))
    , m_spoken(view->stack.spoken)
{
    const auto line = [&](const QString &text, int most) {
        auto *edit = new QLineEdit(text, this);
        edit->setMaxLength(most);
        connect(edit, &QLineEdit::textChanged, this, &MessageDialog::check);
        return edit;
    };
    if (kind == Kind::Draft) {
        makeWords(theme);
        m_audience = line(message.isEmpty() ? QStringLiteral("customers") : message.value(QLatin1String("audience")).toString(), 60);
        m_to = line(message.isEmpty() ? QStringLiteral("rooms") : joinedArray(message.value(QLatin1String("to"))), 500);
        m_embargo = line({}, 40);
        m_expires = line({}, 40);
        addField(tr("Audience"), m_audience);
        addField(tr("Goes to"), m_to, tr("rooms, room:CONNECTION/ROOM, page:ID, mail:ID, webhook:NAME, with commas between"));
        m_phase = new QComboBox(this);
        for (const QLatin1String phase : {QLatin1String(), QLatin1String("investigating"), QLatin1String("identified"), QLatin1String("monitoring"), QLatin1String("resolved")})
            m_phase->addItem(phaseText(phase), QString(phase));
        m_phase->setCurrentIndex(std::max(0, m_phase->findData(message.value(QLatin1String("phase")).toString())));
        addField(tr("How far"), m_phase, tr("A page is at that phase then. Under an embargo, what says less than resolved is held back once it is."));
        addField(tr("Not before"), m_embargo, tr("a span from now such as 2h, or an instant; none takes it away"));
        addField(tr("True until"), m_expires);
        m_advice = addNote({});
        m_advice->setTone(style::Tone::Text);
        m_remove = addButton(tr("Remove it and draft"));
        m_remove->hide();
        connect(m_remove, &QPushButton::clicked, this, [this] {
            m_removing = true;
            m_remove->setEnabled(false);
            Q_EMIT submitted();
        });
    } else if (kind == Kind::Approve) {
        makeChecks(view->strip.person);
    } else if (kind == Kind::Holding) {
        m_holding = holdingLeft(*view);
        makeHolding(theme);
    } else if (kind == Kind::Release) {
        addNote(tr("“%1” goes to: %2. What is outside is not taken back.").arg(newestOf(message).value(QLatin1String("title")).toString(), joinedArray(message.value(QLatin1String("to")))));
    } else {
        if (kind == Kind::Reject)
            makeChecks(view->strip.person);
        m_reason = line({}, 2000);
        addField(kind == Kind::Reject ? tr("What is wrong") : tr("Why"), m_reason);
        if (kind == Kind::Glass) {
            for (QLineEdit **edit : {&m_first, &m_second}) {
                *edit = line({}, 64);
                (*edit)->setCompleter(new QCompleter(view->people, *edit));
            }
            addField(tr("Tell"), m_first);
            addField(tr("and"), m_second, tr("Two others are told at once, and an alarm says so until the approvals are given."));
        }
    }
    if (kind == Kind::Release || kind == Kind::Holding || kind == Kind::Glass) {
        m_arm = new widgets::TypeToArm(this);
        const QString audience = message.value(QLatin1String("audience")).toString();
        m_arm->setTarget(audience.isEmpty() ? m_incident : audience);
        addField(kind == Kind::Holding ? tr("Its name") : tr("Audience"), m_arm);
        connect(m_arm, &widgets::TypeToArm::armedChanged, this, &MessageDialog::check);
    }
    if (kind == Kind::Holding)
        showHolding(0);
    finish();
    check();
    (!m_words.empty() ? static_cast<QWidget *>(m_words.front().title) : m_reason != nullptr ? static_cast<QWidget *>(m_reason) : m_arm != nullptr ? static_cast<QWidget *>(m_arm) : m_stage)->setFocus();
}

void MessageDialog::makeWords(const style::Theme &theme)
{
    const QJsonObject newest = newestOf(m_message), titles = newest.value(QLatin1String("titles")).toObject(), texts = newest.value(QLatin1String("texts")).toObject();
    QStringList languages{m_spoken.first(view::textsIn(m_message.value(QLatin1String("to"))))};
    for (const QStringList &more : {texts.keys(), m_spoken.languages}) // what is said already is seen, however many there are
        for (const QString &language : more)
            if (!languages.contains(language) && (languages.size() < kLanguagesOfDraft || texts.contains(language)))
                languages << language;
    for (const QString &language : languages) {
        const bool isFirst = m_words.empty();
        Words words{language, new QLineEdit(isFirst ? newest.value(QLatin1String("title")).toString() : titles.value(language).toString(), this),
                    new QPlainTextEdit(isFirst ? newest.value(QLatin1String("text")).toString() : texts.value(language).toString(), this)};
        words.title->setMaxLength(200);
        words.text->setTabChangesFocus(true);
        words.text->setMinimumHeight((languages.size() == 1 ? 8 : 4) * theme.rowHeight());
        addField(languages.size() == 1 ? tr("Title") : tr("Title (%1)").arg(language), words.title);
        addField(languages.size() == 1 ? tr("Text") : tr("Text (%1)").arg(language), words.text,
                 m_message.isEmpty() || language != languages.constLast() ? QString() : tr("Every approval is of one text: a further version is to be approved anew."));
        connect(words.title, &QLineEdit::textChanged, this, &MessageDialog::check);
        connect(words.text, &QPlainTextEdit::textChanged, this, &MessageDialog::check);
        m_words.push_back(words);
    }
}

void MessageDialog::advise()
{
    if (!m_advice)
        return; // not a draft, or still being made
    m_lint.kind = kindOfAudience(m_audience->text().trimmed().toStdString());
    Localized texts;
    for (const Words &words : m_words)
        texts[words.language.toStdString()] = (words.title->text() + QLatin1Char('\n') + words.text->toPlainText()).toStdString();
    const auto advice = adviceOn(m_lint, texts);
    m_advice->setPlain(DraftPanel::inLines(advice));
    m_advice->setVisible(!advice.empty());
}

QString MessageDialog::advice() const { return m_advice != nullptr ? m_advice->plain() : QString(); }

std::size_t MessageDialog::firstWords() const
{
    QStringList to;
    for (const QJsonValue &each : splitList(m_to->text()))
        to << each.toString();
    const QString language = m_spoken.first(to);
    for (std::size_t n = 0; n < m_words.size(); ++n)
        if (m_words[n].language == language)
            return n;
    return 0;
}

void MessageDialog::addWords(QJsonObject &out) const
{
    const QJsonObject newest = newestOf(m_message), titlesWere = newest.value(QLatin1String("titles")).toObject(), textsWere = newest.value(QLatin1String("texts")).toObject();
    const std::size_t first = firstWords();
    QJsonObject titles, texts;
    for (std::size_t n = 0; n < m_words.size(); ++n) {
        const QString title = m_words[n].title->text().trimmed(), text = m_words[n].text->toPlainText(), &language = m_words[n].language;
        if (n == first) {
            out.insert(QStringLiteral("title"), title);
            out.insert(QStringLiteral("text"), text);
            continue;
        }
        // Only what is another now: a text that was emptied is taken away, and its title with it.
        if (title != titlesWere.value(language).toString())
            titles.insert(language, title);
        if (text != textsWere.value(language).toString() && !(text.trimmed().isEmpty() && !textsWere.contains(language)))
            texts.insert(language, text);
    }
    if (!titles.isEmpty())
        out.insert(QStringLiteral("titles"), titles);
    if (!texts.isEmpty())
        out.insert(QStringLiteral("texts"), texts);
}

std::vector<MessageDialog::Check> MessageDialog::checksOf(const QJsonObject &message, const QString &person, bool isRefusal)
{
    std::vector<Check> out;
    for (const QJsonValue &value : message.value(QLatin1String("stages")).toArray()) {
        const QJsonObject stage = value.toObject();
        const bool isPassed = stage.value(QLatin1String("state")).toString() == QLatin1String("passed"); // it may still be taken back, not given twice
        if (stage.value(QLatin1String("mayAnswer")).toArray().contains(person) && (isRefusal || !isPassed))
            out.push_back({stage.value(QLatin1String("stage")).toString(), stage.value(QLatin1String("name")).toString()});
    }
    return out;
}

/// Who may give several says which; of one the core knows it.
void MessageDialog::makeChecks(const QString &person)
{
    const std::vector<Check> checks = checksOf(m_message, person, m_kind == Kind::Reject);
    if (checks.size() < 2 && m_kind == Kind::Reject)
        return;
    m_stage = new QComboBox(this);
    for (const Check &check : checks)
        m_stage->addItem(check.name, check.id);
    addField(tr("Which check"), m_stage, tr("More than one is yours: each is answered for itself."));
}

std::vector<view::HoldingRow> MessageDialog::holdingLeft(const view::ViewModel &view)
{
    std::vector<view::HoldingRow> out = view.stack.holding;
    std::erase_if(out, [](const view::HoldingRow &h) { return h.released; });
    std::stable_partition(out.begin(), out.end(), [](const view::HoldingRow &h) { return h.next; });
    return out;
}

void MessageDialog::makeHolding(const style::Theme &theme)
{
    m_which = new QComboBox(this);
    for (const view::HoldingRow &h : m_holding)
        m_which->addItem(h.title.isEmpty() ? h.id : tr("%1: %2", "id and title of a holding statement").arg(h.id, h.title));
    addField(tr("Which"), m_which);
    setFieldVisible(m_which, m_holding.size() > 1);
    m_says = new QPlainTextEdit(this);
    m_says->setReadOnly(true);
    m_says->setTabChangesFocus(true);
    m_says->setMinimumHeight(6 * theme.rowHeight());
    addField(tr("It says"), m_says);
    m_goes = addNote({});
    connect(m_which, &QComboBox::currentIndexChanged, this, &MessageDialog::showHolding);
}

void MessageDialog::showHolding(int row)
{
    if (row < 0 || row >= static_cast<int>(m_holding.size()))
        return;
    const view::HoldingRow &h = m_holding[static_cast<std::size_t>(row)];
    m_says->setPlainText(h.title.isEmpty() ? h.text : h.title + QStringLiteral("\n\n") + h.text);
    m_goes->setPlain(tr("“%1” goes out as the workspace has it, to: %2. What is outside is not taken back.").arg(h.id, h.to));
    m_arm->setTarget(h.id); // what was typed for another does not count
    check();
}

void MessageDialog::check()
{
    advise();
    const auto has = [](const QLineEdit *edit) { return edit == nullptr || !edit->text().trimmed().isEmpty(); };
    bool isSaid = true;
    if (!m_words.empty()) {
        const Words &first = m_words[firstWords()];
        isSaid = has(first.title) && !first.text->toPlainText().trimmed().isEmpty();
    }
    setReady(isSaid && has(m_audience) && has(m_reason) && has(m_first) && has(m_second) && (m_arm == nullptr || m_arm->isArmed()));
}

void MessageDialog::offerRemoval(const QString &refusal)
{
    m_removing = false;
    refuse(refusal);
    if (m_remove == nullptr)
        return;
    m_remove->setEnabled(true);
    m_remove->show();
    m_remove->setFocus();
}

QString MessageDialog::phaseText(const QString &phase)
{
    if (phase == QLatin1String("investigating"))
        return tr("that we look for what is wrong");
    if (phase == QLatin1String("identified"))
        return tr("that what is wrong is known");
    if (phase == QLatin1String("monitoring"))
        return tr("that it should work, and we watch");
    if (phase == QLatin1String("resolved"))
        return tr("that it is resolved");
    return phase.isEmpty() ? tr("nothing of how far it is") : phase;
}

QString MessageDialog::method() const
{
    switch (m_kind) {
    case Kind::Draft: return QStringLiteral("message.draft");
    case Kind::Approve:
    case Kind::Reject: return QStringLiteral("message.judge");
    case Kind::Withdraw: return QStringLiteral("message.withdraw");
    case Kind::Release:
    case Kind::Holding:
    case Kind::Glass: return QStringLiteral("message.release");
    }
    return {};
}

QJsonObject MessageDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}};
    if (m_kind == Kind::Holding) {
        if (const int row = m_which->currentIndex(); row >= 0) {
            const view::HoldingRow &h = m_holding[static_cast<std::size_t>(row)];
            out.insert(QStringLiteral("holding"), h.id);
            out.insert(QStringLiteral("hash"), h.hash); // of the words shown, whatever the workspace says by now
        }
        return out;
    }
    if (!m_message.isEmpty())
        out.insert(QStringLiteral("message"), m_message.value(QLatin1String("message")));
    if (m_kind == Kind::Draft) {
        if (!m_message.isEmpty())
            out.insert(QStringLiteral("hash"), m_message.value(QLatin1String("hash"))); // what this was written from, so that another's version is not overwritten
        addWords(out);
        out.insert(QStringLiteral("audience"), m_audience->text().trimmed());
        if (const QJsonArray to = splitList(m_to->text()); !to.isEmpty())
            out.insert(QStringLiteral("to"), to);
        for (const auto &[name, edit] : {std::pair("embargo", m_embargo), {"expires", m_expires}})
            if (!edit->text().trimmed().isEmpty())
                out.insert(QLatin1String(name), edit->text().trimmed());
        if (const QString phase = m_phase->currentData().toString(); phase != m_message.value(QLatin1String("phase")).toString())
            out.insert(QStringLiteral("phase"), phase.isEmpty() ? QStringLiteral("none") : phase);
        if (m_removing)
            out.insert(QStringLiteral("removeMarked"), true);
        return out;
    }
    if (m_kind == Kind::Release) {
        out.insert(QStringLiteral("hash"), m_message.value(QLatin1String("hash"))); // what was read, not what may be there by now
        return out;
    }
    if (m_reason != nullptr)
        out.insert(QStringLiteral("reason"), m_reason->text().trimmed());
    if (m_stage != nullptr)
        out.insert(QStringLiteral("stage"), m_stage->currentData().toString());
    if (m_kind != Kind::Withdraw) // what was read, not what may be there by now
        out.insert(QStringLiteral("hash"), m_message.value(QLatin1String("hash")));
    if (m_kind == Kind::Reject || m_kind == Kind::Approve)
        out.insert(QStringLiteral("approved"), m_kind == Kind::Approve);
    if (m_kind == Kind::Glass) {
        out.insert(QStringLiteral("breakGlass"), true);
        out.insert(QStringLiteral("tell"), QJsonArray{m_first->text().trimmed(), m_second->text().trimmed()});
    }
    return out;
}

} // namespace qd::comms
