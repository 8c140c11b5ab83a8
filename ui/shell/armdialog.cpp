// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/armdialog.h"

#include "ui/widgets/plaintext.h"
#include "ui/widgets/typetoarm.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::shell {

namespace {

/// The words of the control API.
QString word(Write write)
{
    switch (write) {
    case Write::Silences: return QStringLiteral("silences");
    case Write::Acks: return QStringLiteral("acks");
    case Write::Rooms: return QStringLiteral("rooms");
    case Write::Posts: return QStringLiteral("posts");
    case Write::Pages: return QStringLiteral("pages");
    case Write::Publish: return QStringLiteral("publish");
    case Write::Notes: return QStringLiteral("notes");
    case Write::Reassigns: return QStringLiteral("reassigns");
    case Write::Issues: return QStringLiteral("issues");
    }
    return {};
}

QString meaning(Write write)
{
    switch (write) {
    case Write::Silences: return ArmDialog::tr("silences: what we silence is silenced there");
    case Write::Acks: return ArmDialog::tr("acknowledgements: what we acknowledge is acknowledged there");
    case Write::Rooms: return ArmDialog::tr("rooms: an incident gets a room");
    case Write::Posts: return ArmDialog::tr("posts: what happens is said in the incident's room");
    case Write::Pages: return ArmDialog::tr("pages: people are called by message");
    case Write::Publish: return ArmDialog::tr("publish: status pages are written there, for the public to read");
    case Write::Notes: return ArmDialog::tr("notes: what is noted of an alert here is noted there");
    case Write::Reassigns: return ArmDialog::tr("reassigns: who is called there is changed from here");
    case Write::Issues: return ArmDialog::tr("issues: actions of a review become issues there");
    }
    return {};
}

} // namespace

std::vector<view::Feed> ArmDialog::armable(const view::ViewModel &view)
{
    std::vector<view::Feed> out;
    std::copy_if(view.strip.feeds.begin(), view.strip.feeds.end(), std::back_inserter(out),
                 [](const view::Feed &f) { return ableTo(f.kind.toStdString()) != 0; });
    return out;
}

ArmDialog::ArmDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("What a connection may write"), tr("Arm"), parent)
    , m_feeds(armable(*view))
    , m_connection(new QComboBox(this))
    , m_effect(nullptr)
    , m_arm(new widgets::TypeToArm(this))
{
    for (const view::Feed &feed : m_feeds)
        m_connection->addItem(feed.name + QStringLiteral(" · ") + feed.kind);
    addField(tr("Connection"), m_connection, tr("Observe is the rule: nothing leaves this house until it is armed."));
    auto *list = new QWidget(this);
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.step());
    for (const Write write : {Write::Silences, Write::Acks, Write::Rooms, Write::Posts, Write::Pages, Write::Publish, Write::Notes, Write::Reassigns, Write::Issues}) {
        auto *box = new QCheckBox(meaning(write), list);
        box->setMinimumHeight(theme.rowHeight());
        column->addWidget(box);
        m_writes.emplace_back(write, box);
        connect(box, &QCheckBox::toggled, this, &ArmDialog::check);
    }
    addField(tr("May write"), list);
    m_effect = addNote({});
    addField(tr("To allow more"), m_arm, tr("What is written there is outside this house and is not taken back from here."));
    connect(m_arm, &widgets::TypeToArm::armedChanged, this, &ArmDialog::check);
    setTabOrder(m_writes.back().second, m_arm); // as it stands, not as it was made
    finish();
    connect(m_connection, &QComboBox::currentIndexChanged, this, &ArmDialog::showConnection);
    showConnection();
    m_connection->setFocus();
}

void ArmDialog::showConnection()
{
    const int row = m_connection->currentIndex();
    if (row < 0)
        return setReady(false, tr("No connection can write anything."));
    const view::Feed &feed = m_feeds[static_cast<std::size_t>(row)];
    const Writes able = ableTo(feed.kind.toStdString());
    const QStringList now = feed.arming.split(QStringLiteral(", "));
    for (const auto &[write, box] : m_writes) {
        box->setVisible(allows(able, write));
        box->setChecked(allows(able, write) && now.contains(word(write)));
    }
    check();
}

QStringList ArmDialog::ticked() const
{
    const int row = m_connection->currentIndex();
    const Writes able = row < 0 ? Writes{0} : ableTo(m_feeds[static_cast<std::size_t>(row)].kind.toStdString());
    QStringList words;
    for (const auto &[write, box] : m_writes)
        if (allows(able, write) && box->isChecked())
            words << word(write);
    return words;
}

void ArmDialog::check()
{
    const int row = m_connection->currentIndex();
    if (row < 0 || m_effect == nullptr)
        return;
    const view::Feed &feed = m_feeds[static_cast<std::size_t>(row)];
    const QStringList words = ticked();
    const QString now = feed.arming == QLatin1String("observe") ? tr("nothing (observe)") : feed.arming;
    const QString then = words.isEmpty() ? tr("nothing (observe)") : words.join(QStringLiteral(", "));
    m_effect->setPlain(now == then ? tr("%1 may write: %2.").arg(feed.name, now) : tr("%1 may write: %2. Then: %3.").arg(feed.name, now, then));
    doIt().setText(words.isEmpty() ? tr("Disarm") : tr("Arm"));
    const QStringList before = feed.arming.split(QStringLiteral(", "));
    const bool allowsMore = std::any_of(words.begin(), words.end(), [&](const QString &w) { return !before.contains(w); });
    m_arm->setTarget(allowsMore ? feed.name : QString());
    setReady(now != then && m_arm->isArmed());
}

QString ArmDialog::method() const
{
    return ticked().isEmpty() ? QStringLiteral("connection.disarm") : QStringLiteral("connection.arm");
}

QJsonObject ArmDialog::arguments() const
{
    QJsonObject arguments{{QStringLiteral("name"), m_feeds.at(static_cast<std::size_t>(m_connection->currentIndex())).name}};
    if (!ticked().isEmpty())
        arguments.insert(QStringLiteral("allow"), QJsonArray::fromStringList(ticked()));
    return arguments;
}

} // namespace qd::shell
