// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/identities.h"
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

namespace {

constexpr const char *kPin = "📌";

/// What a room tells besides words: reactions that pin, threads, edits by the sender's own name of a message; and who is asked into it.
struct SignalRoom : Bench {
    int said = 0;

    SignalRoom()
    {
        Workspace w = aWorkspace();
        w.people.push_back({"eve", "Eve", "UTC", {}});
        settle(std::move(w));
        connect("chat", "xmpp");
    }
    void arm(std::vector<std::string> what = {"rooms", "posts", "pages"}) { (void)command(desk::Arm{"chat", std::move(what)}); }
    void declare(bool isAttached = false)
    {
        desk::DeclareIncident d;
        d.title = "Cart is down";
        d.severity = "SEV2";
        d.room = false;
        (void)command(d, "eve");
        (void)report(events::Event(events::RoomLinked{"INC-1", "chat", "room@muc.example", !isAttached, isAttached}));
    }
    events::MessageSeen from(const std::string &person, const std::string &text, events::MessageKind kind = events::MessageKind::Message)
    {
        events::MessageSeen m;
        m.connection = "chat";
        m.room = "room@muc.example";
        m.incident = "INC-1";
        m.messageId = "m" + std::to_string(++said);
        m.sender = person.empty() ? "stranger@chat.example" : person + "@chat.example";
        m.nick = person.empty() ? "ana" : person; // a nick is anybody's
        m.person = person;
        m.verified = true;
        m.text = text;
        m.kind = kind;
        m.serverTime = clock.now();
        return m;
    }
    void say(events::MessageSeen m) { QVERIFY(report(events::Event(std::move(m)))); }
    void react(const std::string &person, const std::string &target, const std::string &emoji, bool back = false, bool wholeSet = false)
    {
        events::MessageSeen m = from(person, {}, back ? events::MessageKind::Unreaction : events::MessageKind::Reaction);
        m.messageId = {};
        m.target = target;
        m.emoji = emoji;
        m.wholeSet = wholeSet;
        say(std::move(m));
    }
    template <typename F>
    auto incident(F f)
    {
        return ask([&](const state::State &s) { return f(*s.incident("INC-1")); });
    }
    /// The moments that stand.
    std::vector<std::string> moments()
    {
        return incident([](const state::Incident &i) {
            std::vector<std::string> out;
            for (const state::KeyMoment &m : i.moments)
                if (!m.withdrawnAt)
                    out.push_back(m.by + ": " + m.text + " (" + m.reference + ")");
            return out;
        });
    }
    std::vector<std::string> invited()
    {
        return ask([](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Invite)
                    out.push_back(o.what.person + " " + o.what.address + " into " + o.what.room);
            return out;
        });
    }
    std::vector<std::string> texts()
    {
        return incident([](const state::Incident &i) {
            std::vector<std::string> out;
            for (const state::Entry &e : i.timeline)
                if (e.kind == state::EntryKind::Message)
                    out.push_back(e.actor + ": " + e.text + (e.revisions.empty() ? "" : " (was " + e.revisions.front() + ")") + (e.claims.empty() ? "" : " (claims " + e.claims + ")"));
            return out;
        });
    }
};

using Texts = std::vector<std::string>;

} // namespace

class TestChatSignals final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aBoundPersonsPinMakesAKeyMomentAndTakingItBackTakesItBack()
    {
        SignalRoom r;
        r.declare();
        r.say(r.from("ana", "the pool is exhausted"));
        r.react("ben", "m1", kPin);
        QCOMPARE(r.moments(), Texts{"ben: the pool is exhausted (message/m1)"});
        r.react("ana", "m1", "📌\uFE0F"); // another pin of the same message is no other moment
        QCOMPARE(r.moments().size(), std::size_t(1));
        r.react("ben", "m1", kPin, true);
        QCOMPARE(r.moments().size(), std::size_t(1)); // ana's stands
        r.react("ana", "m1", "📌\uFE0F", true);
        QCOMPARE(r.moments(), Texts{});
        r.react("ana", "m1", kPin);
        QCOMPARE(r.moments(), Texts{"ana: the pool is exhausted (message/m1)"});
    }

    void aStrangersPinAndOneOfHistoryOnlyCount()
    {
        SignalRoom r;
        r.declare();
        r.say(r.from("ana", "the pool is exhausted"));
        r.react("", "m1", kPin);
        events::MessageSeen late = r.from("", {}, events::MessageKind::Reaction);
        late.sender = "ana@chat.example";
        late.messageId = {};
        late.target = "m1";
        late.emoji = kPin;
        late.verified = false;
        late.replayed = true;
        r.say(late);
        QCOMPARE(r.moments(), Texts{});
        QCOMPARE(r.incident([](const state::Incident &i) { return i.timeline.back().reactions.size(); }), std::size_t(2));
        r.react("ana", "m1", kPin); // her own word for it: the one that was read from history is hers too
        QCOMPARE(r.moments().size(), std::size_t(1));
        r.react("", "m1", kPin, true); // a stranger called "ana" takes nothing of ana's back
        QCOMPARE(r.moments().size(), std::size_t(1));
    }

    /// A platform's history shows what stands on a message after every restart.
    void aReactionThatIsReadBackAgainIsRecordedOnceAndTakesNoPinBack()
    {
        SignalRoom r;
        r.declare();
        r.say(r.from("ana", "the pool is exhausted"));
        r.react("ana", "m1", kPin);
        const auto readBack = [&](const std::string &person, const std::string &emoji, const std::string &target, bool isVouchedFor) {
            events::MessageSeen m = r.from(person, {}, events::MessageKind::Reaction);
            m.messageId = {};
            m.target = target;
            m.emoji = emoji;
            m.replayed = true;
            m.verified = isVouchedFor;
            if (!isVouchedFor)
                m.person = {};
            const auto before = r.journal->head();
            r.say(std::move(m));
            return r.journal->head() != before;
        };
        QVERIFY(readBack("ben", "👀", "m1", true)); // set while we were away
        QVERIFY(!readBack("ben", "👀", "m1", true));
        QVERIFY(!readBack("ana", kPin, "m1", true));
        QVERIFY(!readBack("ana", kPin, "m1", false)); // told again by the platform, late: nobody's word takes her pin's place
        QVERIFY(!readBack("ben", "👀", "m99", true)); // about nothing on record
        QCOMPARE(r.moments(), Texts{"ana: the pool is exhausted (message/m1)"});
        QCOMPARE(r.incident([](const state::Incident &i) { return i.messages.find("chat", "room@muc.example", "m1") < i.timeline.size() ? i.timeline[i.messages.find("chat", "room@muc.example", "m1")].reactions.size() : 0; }), std::size_t(2));
    }

    /// A pin is no command: what somebody pinned while no line stood is marked when it is found, once, and as that.
    void aPinSetWhileNobodyListenedCountsOnceWhenItIsFoundAndIsMarkedAsThat()
    {
        SignalRoom r;
        r.declare();
        r.say(r.from("ana", "the pool is exhausted"));
        const auto found = [&](const std::string &person, const std::string &target, bool back = false, bool isVouchedFor = true) {
            events::MessageSeen m = r.from(person, {}, back ? events::MessageKind::Unreaction : events::MessageKind::Reaction);
            m.messageId = {};
            m.target = target;
            m.emoji = kPin;
            m.replayed = true;
            m.verified = isVouchedFor;
            r.say(std::move(m));
        };
        const auto lines = [&] {
            return r.incident([](const state::Incident &i) {
                Texts out;
                for (const state::Entry &e : i.timeline)
                    if (e.kind == state::EntryKind::Moment)
                        out.push_back((e.replayed ? "late " : "") + e.text + (e.removed ? " (taken back)" : ""));
                return out;
            });
        };
        found("", "m1"); // a stranger's
        found("ben", "m1", false, false); // nobody vouches for it
        found("ben", "m9"); // of nothing on record
        QCOMPARE(r.moments(), Texts{});
        found("ben", "m1");
        const Texts moment{"ben: the pool is exhausted (message/m1)"}, line{"late key moment, by a pin found late: the pool is exhausted"};
        QCOMPARE(r.moments(), moment);
        QCOMPARE(lines(), line);
        found("ben", "m1"); // as after every restart
        found("eve", "m1"); // another's is no other moment
        r.restart();
        found("ben", "m1");
        QCOMPARE(r.moments(), moment);
        QCOMPARE(lines(), line);
        desk::MarkMoment back; // somebody takes it back at a seat: what is found late does not bring it back
        back.incident = "INC-1";
        back.moment = 1;
        QVERIFY(r.command(back, "ana"));
        found("ana", "m1");
        QCOMPARE(r.moments(), Texts{});
        r.react("ana", "m1", kPin, true);
        r.react("ana", "m1", kPin); // one's word of now does
        QCOMPARE(r.moments().size(), std::size_t(1));
        QCOMPARE(lines().back(), std::string("key moment: the pool is exhausted"));
        QCOMPARE(r.dumped(), r.committed());
    }

    void whatCommandsIsNotObeyedWhenItIsFoundLate()
    {
        SignalRoom r;
        r.arm();
        r.declare();
        const auto severity = r.incident([](const state::Incident &i) { return i.severity; });
        for (const char *text : {"!sev SEV1 everybody", "!take", "!log late", "!resolve over", "? a guess", "@ben look 10m"}) {
            events::MessageSeen m = r.from("ana", text);
            m.replayed = true;
            r.say(m);
        }
        QVERIFY(r.incident([&](const state::Incident &i) {
            return i.severity == severity && i.isOpen() && i.holder(Role::Commander).empty() && i.tasks.empty() && i.hypotheses.empty()
                && std::none_of(i.timeline.begin(), i.timeline.end(), [](const state::Entry &e) { return e.kind == state::EntryKind::Log; });
        }));
    }

    void aWholeSetWithoutThePinTakesItBack()
    {
        SignalRoom r;
        r.declare();
        r.say(r.from("ana", "the pool is exhausted"));
        r.react("ana", "m1", kPin, false, true);
        r.react("ana", "m1", "👍");
        QCOMPARE(r.moments().size(), std::size_t(1));
        r.react("ana", "m1", "👍", false, true);
        QCOMPARE(r.moments(), Texts{});
        r.react("ana", "m1", kPin, false, true);
        r.react("ana", "m1", {}, true, true);
        QCOMPARE(r.moments(), Texts{});
    }

    void nobodyElsesReactionTakesAPinBack()
    {
        SignalRoom r;
        r.declare();
        r.say(r.from("ana", "the pool is exhausted"));
        r.react("ben", "m1", kPin);
        events::WorkspaceChanged change;
        change.workspace = r.ask([](const state::State &s) { return *s.workspace; });
        change.workspace->pinEmoji = "⭐"; // ben's stands no more, and he took nothing back
        change.digest = "stars";
        QVERIFY(r.report(events::Event(change)));
        r.react("", "m1", "⭐");
        r.react("", "m1", "⭐", true);
        r.react("", "m1", "👍", false, true);
        r.react("ana", "m1", "👍", false, true);
        QCOMPARE(r.moments(), Texts{"ben: the pool is exhausted (message/m1)"});
        r.react("ben", "m1", {}, true, true);
        QCOMPARE(r.moments(), Texts{});
    }

    void aMomentMarkedByHandIsNotTakenBackByAReaction()
    {
        SignalRoom r;
        r.declare();
        r.say(r.from("ana", "the pool is exhausted"));
        desk::MarkMoment mark;
        mark.incident = "INC-1";
        mark.text = "exhausted";
        mark.about = "message/m1";
        QVERIFY(r.command(mark, "ben"));
        r.react("ana", "m1", kPin);
        r.react("ana", "m1", kPin, true);
        QCOMPARE(r.moments(), Texts{"ben: exhausted (message/m1)"});
    }

    void theWorkspaceChoosesTheEmojiThatPins()
    {
        SignalRoom r;
        r.declare();
        events::WorkspaceChanged change;
        change.workspace = r.ask([](const state::State &s) { return *s.workspace; });
        change.workspace->pinEmoji = "⭐";
        change.digest = "stars";
        QVERIFY(r.report(events::Event(change)));
        r.say(r.from("ana", "the pool is exhausted"));
        r.react("ana", "m1", kPin);
        QCOMPARE(r.moments(), Texts{});
        r.react("ana", "m1", ":star:"); // as a platform without a table of ours says it
        QCOMPARE(r.moments().size(), std::size_t(1));
    }

    void anEditAfterARestartFindsItsMessageByWhatTheSenderCallsIt()
    {
        SignalRoom r;
        r.declare();
        auto first = r.from("ana", "rol back");
        first.givenId = "given-1";
        r.say(first);
        auto same = r.from("ben", "no"); // another's message may have the same name at its sender
        same.givenId = "given-1";
        r.say(same);
        r.restart();
        auto edit = r.from("ana", "roll back", events::MessageKind::Edit);
        edit.target = edit.givenId = "given-1";
        edit.givenId = "given-2";
        r.say(edit);
        QCOMPARE(r.texts(), (Texts{"ana: roll back (was rol back)", "ben: no"}));
        auto again = r.from("ana", "roll it back", events::MessageKind::Edit); // a correction of the correction
        again.target = "given-2";
        again.replayed = true;
        r.say(again);
        QCOMPARE(r.texts(), (Texts{"ana: roll it back (was rol back)", "ben: no"}));
    }

    void whatASenderCallsAMessageIsGoodForTheirOwnOnly()
    {
        SignalRoom r;
        r.declare();
        auto first = r.from("ana", "do not roll back");
        first.givenId = "given-1";
        r.say(first);
        auto theft = r.from("ben", "roll back", events::MessageKind::Edit);
        theft.target = "given-1";
        theft.givenId = "given-9";
        r.say(theft);
        auto removal = r.from("eve", {}, events::MessageKind::Removal);
        removal.target = "given-1";
        r.say(removal);
        QCOMPARE(r.texts(), (Texts{"ana: do not roll back", "ben: roll back (claims ana)", "eve:  (claims ana)"}));
        auto nobody = r.from("", "roll back, I say", events::MessageKind::Edit); // whom the platform does not name
        nobody.sender = {};
        nobody.target = "given-1";
        r.say(nobody);
        QCOMPARE(r.texts().front(), std::string("ana: do not roll back"));
    }

    void theLastMessageOfANameIsMeantWhereAClientUsesOneTwice()
    {
        SignalRoom r;
        r.declare();
        for (const char *text : {"one", "two"}) {
            auto m = r.from("ana", text);
            m.givenId = "1";
            r.say(m);
        }
        auto edit = r.from("ana", "two!", events::MessageKind::Edit);
        edit.target = "1";
        r.say(edit);
        QCOMPARE(r.texts(), (Texts{"ana: one", "ana: two! (was two)"}));
    }

    /// Some clients name what they react to by its sender's own id: the record knows it, and no memory of a process is needed for it.
    void aReactionByASendersOwnIdFindsItsMessageAlsoAfterARestart()
    {
        SignalRoom r;
        r.declare();
        auto said = r.from("ana", "the pool is full");
        said.givenId = "given-1";
        r.say(said);
        r.restart();
        r.react("ben", "given-1", kPin);
        QCOMPARE(r.moments(), Texts{"ben: the pool is full (message/m1)"});
        r.restart();
        r.react("ben", "given-1", kPin, true);
        QCOMPARE(r.moments(), Texts{});
    }

    void anIdASenderChoseNeverLeadsToAnothersMessageAlsoAfterARestart()
    {
        SignalRoom r;
        r.declare();
        auto said = r.from("ana", "do not roll back");
        said.givenId = "given-1";
        r.say(said);
        r.restart();
        auto theft = r.from("ben", "roll back"); // the first that this process hears under that name
        theft.givenId = "given-1";
        r.say(theft);
        auto room = r.from("ben", "roll it back"); // and what the room itself calls another's message
        room.givenId = "m1";
        r.say(room);
        r.react("eve", "given-1", kPin);
        QCOMPARE(r.moments(), Texts{"eve: do not roll back (message/m1)"});
        r.react("eve", "given-1", kPin, true);
        r.react("eve", "m1", kPin);
        QCOMPARE(r.moments(), Texts{"eve: do not roll back (message/m1)"});
        r.restart();
        r.react("eve", "m1", kPin, true);
        r.react("eve", "given-1", kPin);
        QCOMPARE(r.moments(), Texts{"eve: do not roll back (message/m1)"});
        const std::string before = r.dumped();
        QCOMPARE(r.committed(), before);
    }

    void aCommandInAThreadIsAnsweredInItAndItsLineSaysSo()
    {
        SignalRoom r;
        r.arm();
        r.declare();
        auto command = r.from("ana", "!log disk is full");
        command.thread = "t1";
        r.say(command);
        r.say(r.from("ana", "!log and again"));
        const auto threads = r.ask([](const state::State &s) {
            Texts out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Reply)
                    out.push_back(o.what.text + " in " + (o.what.thread.empty() ? "the room" : o.what.thread));
            return out;
        });
        QCOMPARE(threads, (Texts{"Logged. in t1", "Logged. in the room"}));
        QVERIFY(r.incident([](const state::Incident &i) {
            return std::any_of(i.timeline.begin(), i.timeline.end(), [](const state::Entry &e) { return e.isReply() && e.thread == "t1"; });
        }));
        r.restart();
        QVERIFY(r.incident([](const state::Incident &i) {
            return std::any_of(i.timeline.begin(), i.timeline.end(), [](const state::Entry &e) { return e.thread == "t1"; });
        }));
    }

    void whoWorksOnItIsAskedIntoItsRoomOnce()
    {
        SignalRoom r;
        r.arm();
        r.declare();
        QCOMPARE(r.invited(), Texts{}); // eve declared it, and has no address
        QVERIFY(r.command(desk::AssignRole{"INC-1", "scribe", "ben"}, "eve"));
        QCOMPARE(r.invited(), Texts{"ben ben@chat.example into room@muc.example"});
        QVERIFY(r.command(desk::AssignTask{"INC-1", "ana", "look at the disk", ""}, "eve"));
        QVERIFY(r.command(desk::AssignTask{"INC-1", "ana", "look again", ""}, "eve"));
        QVERIFY(r.command(desk::AssignTask{"INC-1", "ben", "look too", ""}, "eve"));
        QVERIFY(r.command(desk::AssignTask{"INC-1", "eve", "look as well", ""}, "eve"));
        QCOMPARE(r.invited(), (Texts{"ben ben@chat.example into room@muc.example", "ana ana@chat.example into room@muc.example"}));
        r.restart();
        QVERIFY(r.command(desk::AssignTask{"INC-1", "ana", "once more", ""}, "eve"));
        QCOMPARE(r.invited().size(), std::size_t(2));
    }

    void aRoomThatComesLaterAsksWhoWorksOnItByThen()
    {
        SignalRoom r;
        r.arm();
        desk::DeclareIncident d;
        d.title = "Cart is down";
        d.severity = "SEV2";
        d.room = false;
        (void)r.command(d, "eve");
        QVERIFY(r.command(desk::AssignTask{"INC-1", "ana", "look", ""}, "eve"));
        QCOMPARE(r.invited(), Texts{});
        (void)r.report(events::Event(events::RoomLinked{"INC-1", "chat", "room@muc.example", true, false}));
        QCOMPARE(r.invited(), Texts{"ana ana@chat.example into room@muc.example"});
    }

    void whoSpokeThereIsThereAndSomebodysOwnRoomAsksNobody()
    {
        SignalRoom r;
        r.arm();
        r.declare();
        r.say(r.from("ana", "here"));
        QVERIFY(r.command(desk::AssignTask{"INC-1", "ana", "look", ""}, "eve"));
        QCOMPARE(r.invited(), Texts{});
        SignalRoom theirs;
        theirs.arm();
        theirs.declare(true);
        QVERIFY(theirs.command(desk::AssignTask{"INC-1", "ana", "look", ""}, "eve"));
        QCOMPARE(theirs.invited(), Texts{});
    }

    void aTaskIsNoRightToReadTheRoom()
    {
        SignalRoom r;
        r.arm();
        r.declare();
        events::WorkspaceChanged change;
        change.workspace = r.ask([](const state::State &s) { return *s.workspace; });
        change.workspace->rights = {{"admins", Right::Administer, {"eve"}, {}, false, {}, {}}, {"hands", Right::Observe, {"ben"}, {}, false, {}, {"INC-1"}}};
        change.digest = "rights";
        QVERIFY(r.report(events::Event(change)));
        for (const char *person : {"ana", "ana", "ben"})
            QVERIFY(r.command(desk::AssignTask{"INC-1", person, "look", ""}, "eve"));
        QCOMPARE(r.invited(), Texts{"ben ben@chat.example into room@muc.example"});
        QCOMPARE(r.incident([](const state::Incident &i) {
            return std::count_if(i.withheld.begin(), i.withheld.end(), [](const state::Withheld &w) { return w.what.effect == events::Effect::Invite && w.what.person == "ana"; });
        }), std::ptrdiff_t(1));
    }

    void unarmedForRoomsNobodyIsAskedAndThatIsSaidOnce()
    {
        SignalRoom r;
        r.arm({"posts"});
        r.declare();
        QVERIFY(r.command(desk::AssignTask{"INC-1", "ana", "look", ""}, "eve"));
        QVERIFY(r.command(desk::AssignTask{"INC-1", "ana", "look again", ""}, "eve"));
        QCOMPARE(r.invited(), Texts{});
        QCOMPARE(r.incident([](const state::Incident &i) {
            return std::count_if(i.withheld.begin(), i.withheld.end(), [](const state::Withheld &w) { return w.what.effect == events::Effect::Invite && w.what.person == "ana"; });
        }), std::ptrdiff_t(1));
    }

    void whatIsFoldedAgainIsTheSame()
    {
        SignalRoom r;
        r.arm();
        r.declare();
        auto m = r.from("ana", "the pool");
        m.givenId = "given-1";
        m.thread = "t1";
        r.say(m);
        r.react("ben", "m1", kPin);
        QVERIFY(r.command(desk::AssignTask{"INC-1", "ben", "look", ""}, "eve"));
        const std::string before = r.dumped();
        QCOMPARE(r.committed(), before);
    }
};

QD_TEST(TestChatSignals)
#include "tst_chatsignals.moc"
