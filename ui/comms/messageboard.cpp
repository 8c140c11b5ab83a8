// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/messageboard.h"

#include "ui/comms/clipping.h"
#include "ui/comms/gate.h"
#include "ui/comms/redlineview.h"
#include "ui/view/answer.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QAction>
#include <QListWidget>
#include <QPointer>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::comms {

using style::Tone;
using style::Type;

namespace {

constexpr int kTextLines = 14;

QString stateText(const QString &state)
{
    if (state == QLatin1String("draft"))
        return MessageBoard::tr("draft");
    if (state == QLatin1String("approved"))
        return MessageBoard::tr("approved");
    if (state == QLatin1String("scheduled"))
        return MessageBoard::tr("released, held by its embargo");
    if (state == QLatin1String("sent"))
        return MessageBoard::tr("sent");
    if (state == QLatin1String("expired"))
        return MessageBoard::tr("expired");
    if (state == QLatin1String("withdrawn"))
        return MessageBoard::tr("withdrawn");
    return state;
}

/// All that is approved: the text in every language.
QString wholeText(const QJsonObject &version)
{
    QString out = view::textIn(version, "title") + QStringLiteral("\n\n") + view::textIn(version, "text");
    const QJsonObject titles = version.value(QLatin1String("titles")).toObject(), texts = version.value(QLatin1String("texts")).toObject();
    for (auto it = texts.begin(); it != texts.end(); ++it)
        out += QStringLiteral("\n\n[%1] %2\n\n%3").arg(it.key(), titles.value(it.key()).toString(), it.value().toString());
    return out;
}

} // namespace

MessageBoard::MessageBoard(const style::Theme &theme, view::ViewSource &source, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_source(source)
    , m_list(new QListWidget(this))
    , m_text(new RedlineView(theme, kTextLines, this))
    , m_stages(new widgets::PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_words(new widgets::PlainLabel(theme, Type::Small, Tone::Secondary, this))
{
    setAccessibleName(tr("Messages for outside"));
    m_list->setAccessibleName(tr("Messages for outside"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFrameShape(QFrame::NoFrame);
    m_stages->setWordWrap(true);
    m_words->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * theme.step());
    column->addWidget(m_list, 1);
    column->addWidget(m_text, 2);
    column->addWidget(m_stages);
    column->addWidget(m_words);
    setFocusProxy(m_list);
    connect(m_list, &QListWidget::currentRowChanged, this, &MessageBoard::say);
    makeActions();
}

void MessageBoard::makeActions()
{
    const auto add = [this](const char *name, const QString &text, const QKeySequence &key, auto what) {
        auto *action = new QAction(text, this);
        action->setObjectName(QLatin1String("messages.") + QLatin1String(name));
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, what);
        m_list->addAction(action);
    };
    const auto copies = [&](const char *name, const QString &text, const QKeySequence &key, HandPlace place) { add(name, text, key, [this, place] { copy(place); }); };
    add("new", tr("Message: write a new one"), Qt::Key_N, [this] { open(MessageDialog::Kind::Draft, true); });
    add("edit", tr("Message: write a further version"), Qt::Key_E, [this] { open(MessageDialog::Kind::Draft); });
    add("approve", tr("Message: approve what is shown"), Qt::Key_A, [this] {
        const QJsonObject m = current();
        if (MessageDialog::checksOf(m, m_source.current()->strip.person, false).size() > 1)
            open(MessageDialog::Kind::Approve);
        else if (!m.isEmpty())
            send(QStringLiteral("message.judge"), {{QStringLiteral("message"), m.value(QLatin1String("message"))}, {QStringLiteral("hash"), m.value(QLatin1String("hash"))}, {QStringLiteral("approved"), true}},
                 tr("Approved."));
    });
    add("reject", tr("Message: refuse it"), Qt::Key_R, [this] { open(MessageDialog::Kind::Reject); });
    add("release", tr("Message: release it…"), Qt::Key_G, [this] {
        const QJsonObject m = current();
        if (m.isEmpty())
            return;
        // What blocks it is said at once, in the core's words; only what can go out is worth typing for.
        if (m.value(QLatin1String("blocks")).toArray().isEmpty())
            open(MessageDialog::Kind::Release);
        else
            send(QStringLiteral("message.release"), {{QStringLiteral("message"), m.value(QLatin1String("message"))}, {QStringLiteral("hash"), m.value(QLatin1String("hash"))}}, tr("Released."));
    });
    add("holding", tr("Message: release the holding statement…"), Qt::Key_H, [this] { releaseHolding(); });
    add("withdraw", tr("Message: withdraw it"), Qt::Key_W, [this] { open(MessageDialog::Kind::Withdraw); });
    add("glass", tr("Message: release it without its approvals"), Qt::Key_X, [this] { open(MessageDialog::Kind::Glass); });
    copies("plain", tr("Message: copy as plain text"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_C), HandPlace::Plain);
    copies("slack", tr("Message: copy for Slack"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_S), HandPlace::Slack);
    copies("teams", tr("Message: copy for Teams"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_T), HandPlace::Teams);
    copies("mail", tr("Message: copy as mail"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_M), HandPlace::Mail);
}

void MessageBoard::copy(HandPlace place)
{
    const QJsonObject m = current();
    if (m.isEmpty())
        return;
    m_source.command(QStringLiteral("text.copy"), {{QStringLiteral("incident"), m_source.current()->focus}, {QStringLiteral("message"), m.value(QLatin1String("message"))}},
                     [self = QPointer(this), place](bool done, const QString &sentence, const QJsonObject &result) {
                         if (!self)
                             return;
                         if (!done)
                             return self->tell(QStringLiteral("✗ ") + sentence);
                         clip(result, place);
                         self->tell(place == HandPlace::Plain ? tr("Copied.") : tr("Copied for %1.").arg(placeName(place)));
                     });
}

QJsonObject MessageBoard::current() const
{
    const int row = m_list->currentRow();
    return row >= 0 && row < m_messages.size() ? m_messages.at(row).toObject() : QJsonObject();
}

void MessageBoard::fetch()
{
    const int asked = ++m_asked;
    const QString incident = m_source.current()->focus;
    if (incident.isEmpty()) {
        show({});
        return tell(tr("No incident is in focus."));
    }
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("messages")}, {QStringLiteral("incident"), incident}},
                     [self = QPointer(this), asked](bool done, const QString &sentence, const QJsonObject &result) {
                         if (!self || asked != self->m_asked)
                             return;
                         if (done)
                             self->show(result.value(QLatin1String("items")).toArray());
                         else
                             self->tell(sentence);
                     });
}

void MessageBoard::show(const QJsonArray &messages)
{
    const int row = m_list->currentRow(), before = static_cast<int>(m_messages.size());
    m_messages = messages;
    {
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        for (const QJsonValue &v : messages) {
            const QJsonObject m = v.toObject();
            m_list->addItem(tr("%1 · %2 · to %3 · version %4 · %5")
                                .arg(m.value(QLatin1String("message")).toInt())
                                .arg(stateText(view::textIn(m, "state")), view::textIn(m, "audience"))
                                .arg(m.value(QLatin1String("version")).toInt())
                                .arg(view::textIn(m, "title")));
        }
        const int count = m_list->count();
        m_list->setCurrentRow(count == 0 ? -1 : count > before || row < 0 ? count - 1 : std::min(row, count - 1)); // the one just written, else where one was
    }
    say();
}

void MessageBoard::say()
{
    const QJsonObject m = current();
    QStringList stages;
    std::vector<Piece> pieces;
    if (m.isEmpty()) {
        m_stages->setPlain({});
        m_text->setPieces({});
        const auto holding = MessageDialog::holdingLeft(*m_source.current());
        return tell(holding.empty() ? tr("Nothing was drafted for outside yet; N writes a message.")
                                    : tr("Nothing was drafted for outside yet; N writes a message, H releases the holding statement “%1”.").arg(holding.front().id));
    }
    const QJsonArray versions = m.value(QLatin1String("versions")).toArray();
    const QString text = wholeText(versions.last().toObject());
    if (versions.size() > 1)
        pieces = redline(wholeText(versions.at(versions.size() - 2).toObject()).toStdString(), text.toStdString());
    else
        pieces = {{Change::Same, text.toStdString()}};
    m_text->setPieces(pieces);
    const auto mine = MessageDialog::checksOf(m, m_source.current()->strip.person, false);
    for (const QJsonValue &v : m.value(QLatin1String("stages")).toArray()) {
        const QJsonObject s = v.toObject();
        const QString name = view::textIn(s, "name"), state = view::textIn(s, "state"), reason = view::textIn(s, "reason");
        if (state == QLatin1String("passed"))
            stages << tr("✓ %1 — %2, %3").arg(name, view::textIn(s, "by"), widgets::shownMinutes(view::instantIn(s, "at")));
        else if (state == QLatin1String("refused"))
            stages << tr("✗ %1 — refused by %2: %3").arg(name, view::textIn(s, "by"), reason);
        else if (state == QLatin1String("waits"))
            stages << tr("· %1 — after %2").arg(name, view::textsIn(s, "after").join(QStringLiteral(", ")));
        else if (s.value(QLatin1String("late")).toBool())
            stages << tr("▲ %1 — late since %2; deputies may answer: %3").arg(name, widgets::shownMinutes(view::instantIn(s, "due")), view::textsIn(s, "deputies").join(QStringLiteral(", ")));
        else
            stages << tr("○ %1 — asked of %2, by %3").arg(name, view::textsIn(s, "approvers").join(QStringLiteral(", ")), widgets::shownMinutes(view::instantIn(s, "due")));
        if (std::any_of(mine.begin(), mine.end(), [&](const auto &check) { return check.id == view::textIn(s, "stage"); }))
            stages.last() += tr(" — yours to give");
    }
    m_stages->setPlain(stages.join(QLatin1Char('\n')));
    QStringList words{tr("Goes to %1.").arg(view::textsIn(m, "to").join(QStringLiteral(", ")))};
    if (const QString phase = view::textIn(m, "phase"); !phase.isEmpty())
        words << tr("It says %1.", "how far it is, as MessageDialog has it").arg(MessageDialog::phaseText(phase));
    if (const Instant embargo = view::instantIn(m, "embargo"))
        words << tr("Not before %1.").arg(widgets::shownMinutes(embargo));
    if (const Instant expires = view::instantIn(m, "expires"))
        words << tr("True until %1.").arg(widgets::shownMinutes(expires));
    if (const Instant held = view::instantIn(m, "heldAt"); held && view::instantIn(m, "releasedAt") == Instant{})
        words << tr("▲ Held back at %1, and not gone out: %2").arg(widgets::shownMinutes(held), view::textIn(m, "held"));
    if (const Instant sent = view::instantIn(m, "sentAt"))
        words << tr("Went out at %1, released by %2.").arg(widgets::shownMinutes(sent), view::textIn(m, "releasedBy"));
    if (const QString missing = view::textsIn(m, "missing").join(QStringLiteral(", ")); !missing.isEmpty())
        words << tr("▲ Released without %1: %2").arg(missing, view::textIn(m, "reason"));
    else if (view::instantIn(m, "releasedAt") == Instant{})
        for (const QJsonValue &b : m.value(QLatin1String("blocks")).toArray())
            words << b.toString();
    words << tr("SHA-256 %1…").arg(view::textIn(m, "hash").left(12));
    tell(words.join(QLatin1Char(' ')));
}

void MessageBoard::open(MessageDialog::Kind kind, bool isNew)
{
    const QJsonObject m = isNew ? QJsonObject() : current();
    if (isNew || !m.isEmpty())
        openWith(kind, m);
}

void MessageBoard::openWith(MessageDialog::Kind kind, const QJsonObject &m)
{
    auto *dialog = new MessageDialog(m_theme, kind, m, m_source.current(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &widgets::FormDialog::submitted, this, [self = QPointer(this), dialog = QPointer(dialog)] {
        self->m_source.command(dialog->method(), dialog->arguments(), [self, dialog](bool done, const QString &sentence, const QJsonObject &) {
            if (dialog && done)
                dialog->accept();
            else if (const auto refused = gateRefusal(sentence); dialog && refused && !done)
                dialog->offerRemoval(*refused);
            else if (dialog)
                dialog->refuse(sentence);
            if (self && done)
                self->fetch();
        });
    });
    dialog->setUnrecorded(!m_source.current()->strip.recorded);
    dialog->open();
}

void MessageBoard::send(const QString &method, QJsonObject arguments, const QString &done)
{
    arguments.insert(QStringLiteral("incident"), m_source.current()->focus);
    m_source.command(method, arguments, [self = QPointer(this), done](bool isDone, const QString &sentence, const QJsonObject &) {
        if (!self)
            return;
        if (!isDone)
            return self->tell(QStringLiteral("✗ ") + sentence);
        self->tell(done);
        self->fetch();
    });
}

void MessageBoard::releaseHolding()
{
    const view::ViewModelPtr now = m_source.current();
    if (now->stack.holding.empty())
        return tell(tr("No holding statement of the workspace fits this incident."));
    if (MessageDialog::holdingLeft(*now).empty())
        return tell(tr("Every holding statement that fits this incident was released; what is to be said now is a message of its own."));
    openWith(MessageDialog::Kind::Holding, {});
}

void MessageBoard::tell(const QString &sentence)
{
    m_words->setPlain(sentence);
}

QString MessageBoard::stages() const { return m_stages->plain(); }
QString MessageBoard::status() const { return m_words->plain(); }
QString MessageBoard::marked() const { return m_text->marked(); }

} // namespace qd::comms
