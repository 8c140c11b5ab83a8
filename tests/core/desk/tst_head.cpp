// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/effects.h"
#include "core/desk/react.h"
#include "core/state/apply.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::desk;

namespace {

/// An incident with a room of a chat connection that may post, or may not.
state::State withRoom(bool armed)
{
    state::State s;
    const events::Actor ana{"ana", Path::Person};
    Connection chat;
    chat.name = "chat";
    chat.kind = "xmpp";
    events::Events all{events::ConnectionAdded{chat, ana}};
    if (armed)
        all.emplace_back(events::ConnectionArmed{"chat", static_cast<Writes>(Write::Posts), ana});
    events::IncidentDeclared declared;
    declared.incident = "INC-1";
    declared.title = "Checkout fails";
    declared.by = ana;
    all.emplace_back(declared);
    all.emplace_back(events::RoomLinked{"INC-1", "chat", "inc-1@muc.example", true});
    state::applyRecord(s, 1, Instant{1'795'000'000'000'000'000}, all);
    return s;
}

events::HeadSigned head()
{
    return {"INC-1", 41, std::string(64, 'a'), "acid-acorn-actor-album-alley-amber-anchor-angle", {"core", Path::Own}};
}

} // namespace

/// The head of the log, said in the incident's room.
class TestHead : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isSaidInTheRoomAndCanBeCheckedByIt();
    void isWithheldWhereNothingIsArmed();
    void isNotSaidOfAnUnknownIncident();
    void knowsWhetherItWasSaid();
};

void TestHead::isSaidInTheRoomAndCanBeCheckedByIt()
{
    const state::State s = withRoom(true);
    QVERIFY(canPost(s, *s.incident("INC-1")));
    const events::Events out = react(s, head(), s.time);
    QCOMPARE(out.size(), std::size_t(1));
    const auto *post = getIf<events::OutboxQueued>(&out.front());
    QVERIFY(post);
    QVERIFY(post->effect == events::Effect::Post);
    QCOMPARE(post->incident, std::string("INC-1"));
    QCOMPARE(post->room, std::string("inc-1@muc.example"));
    QCOMPARE(post->subject, std::string("head/41"));
    QVERIFY(post->text.find("41:acid-acorn-actor-album-alley-amber-anchor-angle") != std::string::npos);
}

void TestHead::isWithheldWhereNothingIsArmed()
{
    const state::State s = withRoom(false);
    QVERIFY(!canPost(s, *s.incident("INC-1")));
    const events::Events out = react(s, head(), s.time);
    QCOMPARE(out.size(), std::size_t(1));
    QVERIFY(holds<events::WriteWithheld>(out.front()));
}

void TestHead::isNotSaidOfAnUnknownIncident()
{
    events::HeadSigned unknown = head();
    unknown.incident = "INC-9";
    const state::State s = withRoom(true);
    QVERIFY(react(s, unknown, s.time).empty());
}

void TestHead::knowsWhetherItWasSaid()
{
    state::State s = withRoom(true);
    QVERIFY(!hasPostedHead(s, *s.incident("INC-1")));
    events::Events out = react(s, head(), s.time);
    get<events::OutboxQueued>(out.front()).number = 1;
    state::applyRecord(s, 2, s.time, out);
    QVERIFY(hasPostedHead(s, *s.incident("INC-1")));
}

QD_TEST(TestHead)
#include "tst_head.moc"
