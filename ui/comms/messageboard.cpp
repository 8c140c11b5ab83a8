// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/messageboard.h"

#include "ui/comms/gate.h"
#include "ui/comms/redlineview.h"
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

QString textAt(const QJsonObject &from, const char *name)
{
    return from.value(QLatin1String(name)).toString();
}

Instant instantAt(const QJsonObject &from, const char *name)
{
    return parseInstant(textAt(from, name).toStdString()).value_or(Instant{});
}

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

QString namesIn(const QJsonValue &list)
{
    QStringList out;
    for (const QJsonValue &v : list.toArray())
        out << v.toString();
    return out.join(QStringLiteral(", "));
}

/// All that is approved: the text in every language.
QString wholeText(const QJsonObject &version)
{
    QString out = textAt(version, "title") + QStringLiteral("\n\n") + textAt(version, "text");
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
    const auto add = [this](const char *name, const QString &text, Qt::Key key, auto what) {
        auto *action = new QAction(text, this);
        action->setObjectName(QLatin1String("messages.") + QLatin1String(name));
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, what);
        m_list->addAction(action);
    };
    add("new", tr("Message: write a new one"), Qt::Key_N, [this] { open(MessageDialog::Kind::Draft, true); });
    add("edit", tr("Message: write a further version"), Qt::Key_E, [this] { open(MessageDialog::Kind::Draft); });
    add("approve", tr("Message: approve what is shown"), Qt::Key_A, [this] {
        if (const QJsonObject m = current(); !m.isEmpty())
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
                                .arg(stateText(textAt(m, "state")), textAt(m, "audience"))
                                .arg(m.value(QLatin1String("version")).toInt())
                                .arg(textAt(m, "title")));
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
        const QStringList holding = m_source.current()->stack.holding;
        return tell(holding.isEmpty() ? tr("Nothing was drafted for outside yet; N writes a message.")
                                      : tr("Nothing was drafted for outside yet; N writes a message, H releases the holding statement “%1”.").arg(holding.constFirst()));
    }
    const QJsonArray versions = m.value(QLatin1String("versions")).toArray();
    const QString text = wholeText(versions.last().toObject());
    if (versions.size() > 1)
        pieces = redline(wholeText(versions.at(versions.size() - 2).toObject()).toStdString(), text.toStdString());
    else
        pieces = {{Change::Same, text.toStdString()}};
    m_text->setPieces(pieces);
    for (const QJsonValue &v : m.value(QLatin1String("stages")).toArray()) {
        const QJsonObject s = v.toObject();
        const QString name = textAt(s, "name"), state = textAt(s, "state"), reason = textAt(s, "reason");
        if (state == QLatin1String("passed"))
            stages << tr("✓ %1 — %2, %3").arg(name, textAt(s, "by"), widgets::shownMinutes(instantAt(s, "at")));
        else if (state == QLatin1String("refused"))
            stages << tr("✗ %1 — refused by %2: %3").arg(name, textAt(s, "by"), reason);
        else if (state == QLatin1String("waits"))
            stages << tr("· %1 — after %2").arg(name, namesIn(s.value(QLatin1String("after"))));
        else if (s.value(QLatin1String("late")).toBool())
            stages << tr("▲ %1 — late since %2; deputies may answer: %3").arg(name, widgets::shownMinutes(instantAt(s, "due")), namesIn(s.value(QLatin1String("deputies"))));
        else
            stages << tr("○ %1 — asked of %2, by %3").arg(name, namesIn(s.value(QLatin1String("approvers"))), widgets::shownMinutes(instantAt(s, "due")));
    }
    m_stages->setPlain(stages.join(QLatin1Char('\n')));
    QStringList words{tr("Goes to %1.").arg(namesIn(m.value(QLatin1String("to"))))};
    if (const Instant embargo = instantAt(m, "embargo"))
        words << tr("Not before %1.").arg(widgets::shownMinutes(embargo));
    if (const Instant expires = instantAt(m, "expires"))
        words << tr("True until %1.").arg(widgets::shownMinutes(expires));
    if (const Instant sent = instantAt(m, "sentAt"))
        words << tr("Went out at %1, released by %2.").arg(widgets::shownMinutes(sent), textAt(m, "releasedBy"));
    if (const QString missing = namesIn(m.value(QLatin1String("missing"))); !missing.isEmpty())
        words << tr("▲ Released without %1: %2").arg(missing, textAt(m, "reason"));
    else if (instantAt(m, "releasedAt") == Instant{})
        for (const QJsonValue &b : m.value(QLatin1String("blocks")).toArray())
            words << b.toString();
    words << tr("SHA-256 %1…").arg(textAt(m, "hash").left(12));
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
    const QStringList holding = m_source.current()->stack.holding;
    if (holding.isEmpty())
        return tell(tr("No holding statement of the workspace fits this incident."));
    openWith(MessageDialog::Kind::Holding, {{QStringLiteral("holding"), holding.constFirst()}});
}

void MessageBoard::tell(const QString &sentence)
{
    m_words->setPlain(sentence);
}

QString MessageBoard::stages() const { return m_stages->plain(); }
QString MessageBoard::status() const { return m_words->plain(); }
QString MessageBoard::marked() const { return m_text->marked(); }

} // namespace qd::comms
