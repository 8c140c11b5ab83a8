// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/governance/identitydialogs.h"

#include "core/base/encoding.h"
#include "core/base/spokenwords.h"
#include "ui/governance/fields.h"
#include "ui/view/answer.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <utility>

namespace qd::governance {

namespace {

/// Addresses that are a person's on a connection because they said a word.
QStringList boundTo(const QJsonArray &identities, const QString &person, const QString &connection)
{
    QStringList out;
    for (const QJsonValue &value : identities) {
        const QJsonObject i = value.toObject();
        if (view::textIn(i, "origin") == QLatin1String("word") && view::textIn(i, "person") == person && view::textIn(i, "connection") == connection)
            out << view::lineIn(i, "address") + QLatin1Char(' ') + view::textIn(i, "since"); // bound again is bound anew
    }
    return out;
}

} // namespace

BindDialog::BindDialog(view::ViewSource &source, const style::Theme &theme, std::unique_ptr<Random> random, QWidget *parent)
    : FormDialog(theme, tr("Bind a chat address to a person"), tr("Ask for a word"), parent)
    , m_source(source)
    , m_random(std::move(random))
    , m_person(wideChoice(this))
    , m_connection(wideChoice(this))
    , m_say(new QLineEdit(this))
    , m_said(nullptr)
{
    const view::ViewModelPtr view = source.current();
    for (const view::Labelled &person : view->names)
        m_person->addItem(person.value, person.name);
    for (const view::Feed &feed : view->strip.feeds)
        if (feed.chat)
            m_connection->addItem(feed.name + QStringLiteral(" · ") + feed.kind, feed.name);
    m_say->setReadOnly(true);
    m_say->setPlaceholderText(tr("no word is asked for yet"));
    addField(tr("Person"), m_person, tr("Whoever speaks from a bound address speaks as this person: their commands count in rooms."));
    addField(tr("Connection"), m_connection);
    addField(tr("To be said"), m_say, tr("By the person, from their own account there, in a direct message to the console or in an incident's room. Give it to them by another way than that chat."));
    m_said = addNote({});
    QPushButton *copy = addButton(tr("Copy"));
    copy->setEnabled(false);
    finish(tr("Close"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_say->text()); });
    connect(m_say, &QLineEdit::textChanged, copy, [copy](const QString &text) { copy->setEnabled(!text.isEmpty()); });
    connect(this, &FormDialog::submitted, this, &BindDialog::ask);
    connect(&source, &view::ViewSource::changed, this, &BindDialog::follow);
    const bool canAsk = m_person->count() > 0 && m_connection->count() > 0;
    setReady(canAsk, canAsk ? QString() : m_connection->count() == 0 ? tr("There is no chat connection; Ctrl+Alt+N makes one.") : tr("There is nobody in the workspace."));
    m_person->setFocus();
}

QString BindDialog::toSay() const
{
    return m_say->text();
}

QString BindDialog::status() const
{
    return m_said->plain();
}

void BindDialog::ask()
{
    const QString person = m_person->currentData().toString(), connection = m_connection->currentData().toString();
    const std::string word = randomWords(*m_random, kWordsToBind);
    m_whom.clear();
    m_say->clear();
    m_said->setPlain({});
    // What is theirs already is asked for first: another address beside it is what was bound.
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("identities")}},
                     [self = QPointer(this), person, connection, word](bool known, const QString &sentence, const QJsonObject &result) {
                         if (!self)
                             return;
                         if (!known)
                             return self->refuse(sentence);
                         self->m_before = boundTo(result.value(QLatin1String("items")).toArray(), person, connection);
                         self->m_source.command(QStringLiteral("identity.bind"),
                                                {{QStringLiteral("person"), person}, {QStringLiteral("connection"), connection}, {QStringLiteral("wordHash"), QString::fromStdString(sha256Hex(word))}},
                                                [self, person, connection, word](bool done, const QString &why, const QJsonObject &) {
                                                    if (!self)
                                                        return;
                                                    if (!done)
                                                        return self->refuse(why);
                                                    const Instant now = self->m_source.current()->made;
                                                    self->m_whom = person;
                                                    self->m_where = connection;
                                                    self->m_until = now + kGoodFor;
                                                    self->m_looked = now;
                                                    self->m_say->setText(QStringLiteral("!bind ") + QString::fromStdString(word));
                                                    self->m_say->setFocus();
                                                    self->m_say->selectAll();
                                                    self->doIt().setText(tr("Another word"));
                                                    self->setReady(true);
                                                    self->wait(now);
                                                });
                     });
}

void BindDialog::wait(Instant now)
{
    m_said->setPlain(tr("Waiting for it on %1, until %2 %3: %4 left.").arg(m_where, widgets::shownClock(m_until), widgets::zoneName(), widgets::shortAge(m_until - now)));
}

void BindDialog::follow(const view::ViewModelPtr &view)
{
    if (m_whom.isEmpty())
        return;
    wait(view->made);
    const bool isOver = view->made >= m_until;
    if (m_isLooking || (!isOver && view->made - m_looked < kLookEvery))
        return;
    m_looked = view->made;
    m_isLooking = true;
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("identities")}}, [self = QPointer(this), now = view->made](bool done, const QString &, const QJsonObject &result) {
        if (!self)
            return;
        self->m_isLooking = false;
        if (done) // what cannot be asked for now is asked for with the next view
            self->found(result.value(QLatin1String("items")).toArray(), now);
    });
}

void BindDialog::found(const QJsonArray &identities, Instant now)
{
    if (m_whom.isEmpty())
        return;
    for (const QString &each : boundTo(identities, m_whom, m_where))
        if (!m_before.contains(each)) {
            m_said->setPlain(tr("✓ Bound: %1 speaks from %2 on %3.").arg(m_person->itemText(m_person->findData(m_whom)), each.section(QLatin1Char(' '), 0, -2), m_where));
            m_whom.clear();
            m_say->clear();
            return;
        }
    if (now < m_until)
        return;
    m_said->setPlain(tr("▲ Nobody said it within 10 minutes, or it was said from an address that is not to be trusted; the word is worth nothing any more."));
    m_whom.clear();
    m_say->clear();
}

UnbindDialog::UnbindDialog(const style::Theme &theme, const QJsonObject &identity, const QString &name, QWidget *parent)
    : FormDialog(theme, tr("Take a chat address from %1").arg(name), tr("Take it away"), parent)
    , m_identity(identity)
    , m_which(wideChoice(this))
    , m_reason(longLine(kReasonLetters, tr("may be left empty"), this))
{
    m_which->addItem(view::lineIn(identity, "address"), view::textIn(identity, "address"));
    m_which->addItem(tr("every address of theirs on %1").arg(view::lineIn(identity, "connection")), QString());
    addField(tr("Which"), m_which, tr("Whoever speaks from there can talk after that, but not command. A word they are still asked for there is worth nothing then."));
    addField(tr("Why"), m_reason);
    finish();
    setReady(true);
    m_reason->setFocus();
}

QJsonObject UnbindDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("person"), view::textIn(m_identity, "person")}, {QStringLiteral("connection"), view::textIn(m_identity, "connection")}};
    if (const QString address = m_which->currentData().toString(); !address.isEmpty())
        out.insert(QStringLiteral("address"), address);
    if (const QString reason = m_reason->text().trimmed(); !reason.isEmpty())
        out.insert(QStringLiteral("reason"), reason);
    return out;
}

} // namespace qd::governance
