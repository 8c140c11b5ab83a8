// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/encoding.h"
#include "core/desk/identities.h"
#include "core/desk/obey.h"
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

#include <map>

using namespace qd;
using namespace qd::tests;

namespace {

/// A room of INC-1 (cart), a chat connection armed for everything, people who speak in it.
struct ChatRoom : Bench {
    int said = 0;

    ChatRoom()
    {
        Workspace w = aWorkspace();
        w.people.push_back({"eve", "Eve", "UTC", {}});
        w.templates = {{"tech", "Technical", "technical", "{{what}} {{next}}", {{"what", "", true}, {"next", "", true}}, {}},
                       {"cust", "Customers", "customers", "{{what}}", {{"what", "", true}}, {}}};
        settle(std::move(w));
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        desk::DeclareIncident d;
        d.title = "Cart is down";
        d.severity = "SEV2";
        d.service = "cart";
        d.room = false;
        (void)command(d);
        (void)report(events::Event(events::RoomLinked{"INC-1", "chat", "room@muc.example", true, false}));
    }
    void setWorkspace(const std::function<void(Workspace &)> &change)
    {
        events::WorkspaceChanged e;
        e.workspace = ask([](const state::State &s) { return *s.workspace; });
        change(*e.workspace);
        e.digest = "change" + std::to_string(++said);
        QVERIFY(report(events::Event(e)));
    }
    events::MessageSeen from(const std::string &person, const std::string &text, const std::string &incident = "INC-1")
    {
        events::MessageSeen m;
        m.connection = "chat";
        m.room = incident.empty() ? "" : "room@muc.example";
        m.incident = incident;
        m.messageId = "m" + std::to_string(++said);
        m.sender = (person.empty() ? "stranger" : person) + "@chat.example/phone";
        m.nick = person;
        m.person = person;
        m.verified = true;
        m.text = text;
        m.serverTime = clock.now();
        return m;
    }
    /// What is answered to a message: the newest reply, or "".
    std::string answerTo(events::MessageSeen m)
    {
        const auto before = ask([](const state::State &s) { return s.lastOutbox; });
        const auto done = report(events::Event(std::move(m)));
        if (!done)
            return "error: " + done.error().message;
        return ask([&](const state::State &s) {
            std::string out;
            for (const auto &[n, o] : s.outbox)
                if (n > before && (o.what.effect == events::Effect::Reply || o.what.because.rule == "reply/bind"))
                    out += (out.empty() ? "" : "|") + o.what.text;
            return out;
        });
    }
    std::string says(const std::string &person, const std::string &text) { return answerTo(from(person, text)); }
    std::string alone(const std::string &person, const std::string &text) { return answerTo(from(person, text, "")); }
    /// The word a reply asks for.
    static std::string wordIn(const std::string &answer)
    {
        const auto at = answer.find("!yes ");
        return at == std::string::npos ? std::string() : answer.substr(at + 5, answer.find(' ', at + 5) - at - 5);
    }
    template <typename F>
    auto incident(F f)
    {
        return ask([&](const state::State &s) { return f(*s.incident("INC-1")); });
    }
    IncidentStatus status() { return incident([](const state::Incident &i) { return i.status; }); }
    std::string commander()
    {
        return incident([](const state::Incident &i) { return i.holder(Role::Commander); });
    }
    IncidentSeverity severity() { return incident([](const state::Incident &i) { return i.severity; }); }
    std::size_t identities()
    {
        return ask([](const state::State &s) { return s.access.identities.size(); });
    }
    events::IdentitySaid word(const std::string &text, const std::string &address = "eve@phone.example")
    {
        return {"chat", "room@muc.example", "INC-1", address, sha256Hex(text), clock.now(), true, false};
    }
};

} // namespace

class TestChatVerbs final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWasNotOverIsReopenedAndWhatIsBackIsDeclaredAgain()
    {
        ChatRoom r;
        QVERIFY(r.says("ana", "!again").find("it goes on") != std::string::npos);
        const std::string word = ChatRoom::wordIn(r.says("ana", "!resolve rolled back"));
        QVERIFY(!r.says("ana", "!yes " + word).empty());
        QCOMPARE(r.says("ben", "!reopen it fell over"), std::string("INC-1 is active again."));
        QCOMPARE(r.status(), IncidentStatus::Active);
        QVERIFY(!r.says("ana", "!yes " + ChatRoom::wordIn(r.says("ana", "!resolve now for good"))).empty());
        QVERIFY(r.says("ben", "!again").starts_with("INC-2 is declared: SEV2 Cart is down Linked to INC-1"));
        QVERIFY(r.alone("ben", "!again INC-1 SEV3 Cart is slow").starts_with("INC-3 is declared: SEV3 Cart is slow"));
    }

    void theFirstTenMinutesFromAPhone()
    {
        ChatRoom r;
        QCOMPARE(r.says("ana", "!take"), std::string("Ana is Incident Commander."));
        QCOMPARE(r.says("ana", "!sev SEV1 everybody is hit"), std::string("INC-1 is SEV1."));
        QCOMPARE(r.says("ana", "!log disk is full"), std::string("Logged."));
        QCOMPARE(r.says("ana", "!hypothesis the disk"), std::string("Noted: hypothesis."));
        QCOMPARE(r.says("ana", "? the pool"), std::string("Noted: hypothesis."));
        QCOMPARE(r.says("ana", "!decision roll back"), std::string("Noted: decision."));
        QCOMPARE(r.says("ana", "!task ben look at the disk 10m"), std::string("Noted: task."));
        QCOMPARE(r.says("ana", "@ben look again 10m"), std::string("Noted: task."));
        QCOMPARE(r.says("ana", "!on"), std::string("Not done: no task of yours waits in INC-1; !on N names one of your team's"));
        QCOMPARE(r.says("ana", "!on 1"), std::string("Not done: Task 1 was given to Ben, who alone takes it on."));
        QCOMPARE(r.says("ben", "!on"), std::string("Ben is on task 1."));
        QCOMPARE(r.says("ben", "!on 2"), std::string("Ben is on task 2."));
        QCOMPARE(r.says("ana", "!promise customers 20m"), std::string("Noted: promise."));
        QCOMPARE(r.says("ana", "!poll roll back?"), std::string("Not done: Nobody else has a role in INC-1; name whom you ask."));
        QCOMPARE(r.says("ben", "!poll roll back?"), std::string("Poll 1, asked: Ana. Answer with !go 1 or !nogo 1 why."));
        QCOMPARE(r.says("ana", "!nogo 1 backups run"), std::string("Ana: no-go."));
        QCOMPARE(r.says("ana", "!go"), std::string("Ana: go."));
        QCOMPARE(r.says("ana", "!update tech what=disk full next=20 minutes"), std::string("Update to technical written."));
        QVERIFY(r.says("ana", "!who").starts_with("INC-1: Ana commands; on call for cart: Ana"));
        QVERIFY(r.says("ben", "!why INC-1").starts_with("INC-1 was declared by Ana at "));
        QVERIFY(r.says("ben", "!help").find("!declare [SEV2] title") != std::string::npos);
        QCOMPARE(r.says("ben", "!declare SEV3 Mail is slow"), std::string("INC-2 is declared: SEV3 Mail is slow"));
        r.incident([](const state::Incident &i) {
            [&] {
                QCOMPARE(i.tasks.size(), std::size_t(2));
                QCOMPARE(i.hypotheses.size(), std::size_t(2));
                QCOMPARE(i.decisions.size(), std::size_t(1));
                QCOMPARE(i.promises.size(), std::size_t(1));
                QCOMPARE(i.updates.size(), std::size_t(1));
                QCOMPARE(state::inWords(i.polls.at(0)), std::string("1 go, 0 no-go"));
                QCOMPARE(i.updates[0].text, std::string("disk full 20 minutes"));
            }();
            return 0;
        });
    }

    void whatIsHardToTakeBackWaitsForItsWord()
    {
        ChatRoom r;
        (void)r.says("ana", "!take");
        const std::string lower = r.says("ana", "!sev SEV4 it was a test");
        QVERIFY2(lower.starts_with("Ana: to lower INC-1 from SEV2 to SEV4, say !yes ") && lower.ends_with(" within 2 minutes."), lower.c_str());
        QCOMPARE(r.severity(), IncidentSeverity::Sev2);
        QCOMPARE(r.says("ana", "!yes " + ChatRoom::wordIn(lower)), std::string("INC-1 is SEV4."));
        QCOMPARE(r.severity(), IncidentSeverity::Sev4);

        const std::string page = r.says("ana", "!page shop");
        QVERIFY2(page.starts_with("Ana: to page Shop for INC-1, say !yes "), page.c_str());
        QVERIFY(r.says("ana", "!yes " + ChatRoom::wordIn(page)).starts_with("Shop would be paged, but the call only observes"));

        r.setWorkspace([](Workspace &w) { w.chatPublishes = true; });
        const std::string update = r.says("ana", "!update cust We are on it");
        QVERIFY2(update.starts_with("Ana: to send the update cust to customers, say !yes "), update.c_str());
        QVERIFY(r.says("ana", "!yes " + ChatRoom::wordIn(update)).starts_with("Update to customers written."));

        const std::string over = r.says("ana", "!handover ben disk first, then the pool");
        QVERIFY2(over.starts_with("Ana: to hand INC-1 over to Ben, say !yes "), over.c_str());
        QVERIFY(r.says("ana", "!yes " + ChatRoom::wordIn(over)).starts_with("INC-1 is offered to Ben"));
        QCOMPARE(r.commander(), std::string("ana"));
        QVERIFY(r.says("ben", "!accept disk first, then the pool").starts_with("Ben is Incident Commander of INC-1."));
        QCOMPARE(r.commander(), std::string("ben"));

        const std::string resolve = r.says("ben", "!resolve rolled back");
        QVERIFY2(resolve.starts_with("Ben: to resolve INC-1, say !yes "), resolve.c_str());
        QVERIFY(r.status() < IncidentStatus::Resolved);
        QCOMPARE(r.says("ben", "!yes " + ChatRoom::wordIn(resolve)), std::string("INC-1 is resolved."));
        QCOMPARE(r.status(), IncidentStatus::Resolved);
    }

    void aWordIsOneIdentitysOnceAndForTwoMinutes()
    {
        ChatRoom r;
        const std::string word = ChatRoom::wordIn(r.says("ana", "!resolve done"));
        QVERIFY(!word.empty());
        QCOMPARE(r.says("ben", "!yes " + word), std::string("Not done: nothing of yours waits for a word here"));
        QCOMPARE(r.says("ana", "!yes wrong-word"), std::string("Not done: that is not the word"));
        auto elsewhere = r.from("ana", "!yes " + word);
        elsewhere.sender = "ana2@chat.example/x"; // another account of hers
        QCOMPARE(r.answerTo(elsewhere), std::string("Not done: nothing of yours waits for a word here"));
        auto laptop = r.from("ana", "!yes " + word);
        laptop.sender = "ana@chat.example/laptop";
        r.clock.advance(minutes(2));
        laptop.serverTime = r.clock.now();
        QCOMPARE(r.answerTo(laptop), std::string("Not done: the word was good for 2 minutes; ask again"));
        QVERIFY(r.status() < IncidentStatus::Resolved);
        const std::string again = ChatRoom::wordIn(r.says("ana", "!resolve done"));
        QVERIFY(again != word);
        QCOMPARE(r.says("ana", "!yes " + again), std::string("INC-1 is resolved."));
        QCOMPARE(r.says("ana", "!yes " + again), std::string("Not done: nothing of yours waits for a word here"));
    }

    void aWordIsNotGivenByAnEditAReplayOrAQuotation_data()
    {
        QTest::addColumn<int>("which");
        for (const char *name : {"edited", "replayed", "own", "quoted", "old", "unverified", "bridged", "seen before"})
            QTest::newRow(name) << rows++;
    }
    void aWordIsNotGivenByAnEditAReplayOrAQuotation()
    {
        QFETCH(int, which);
        ChatRoom r;
        const std::string word = ChatRoom::wordIn(r.says("ana", "!resolve done"));
        auto m = r.from("ana", "!yes " + word);
        switch (which) {
        case 0: m.kind = events::MessageKind::Edit; m.target = "m1"; break;
        case 1: m.replayed = true; break;
        case 2: m.own = true; break;
        case 3: m.text = "> !yes " + word + "\nso do it"; break;
        case 4: m.serverTime = r.clock.now() - minutes(6); break;
        case 5: m.verified = false; break;
        case 6: m.person.clear(); m.sender = "bridge@other.example/ana"; break;
        case 7: {
            auto first = m;
            first.text = "hello";
            (void)r.report(events::Event(first));
            break; // the same id again, now with a command in it
        }
        }
        (void)r.report(events::Event(m));
        QVERIFY(r.status() < IncidentStatus::Resolved);
    }

    void forgedCommandsChangeNothing_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"!take", "!ack", "!sev SEV1", "!page shop", "!log x", "!declare x", "? x", "! x", "@ben x 10m", "> customers 20m", "!update tech x", "!handover ben x", "!resolve x", "!yes a-b", "!who", "!status"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void forgedCommandsChangeNothing()
    {
        QFETCH(QString, text);
        ChatRoom r;
        const auto before = r.incident([](const state::Incident &i) { return std::tuple(i.status, i.severity, i.roles.size(), i.tasks.size(), i.hypotheses.size(), i.decisions.size(), i.promises.size(), i.updates.size()); });
        const auto unbound = r.says("", text.toStdString());
        QVERIFY2(unbound.starts_with("Not done: this address is not bound to a person"), unbound.c_str());
        auto named = r.from("", text.toStdString()); // the display name of somebody who may, through a bridge
        named.nick = "Ana";
        named.sender = "room@muc.example/Ana";
        QVERIFY(r.answerTo(named).starts_with("Not done: this address is not bound to a person"));
        auto unverified = r.from("ana", text.toStdString());
        unverified.verified = false;
        QVERIFY(r.answerTo(unverified).starts_with("Not done: this address is not bound to a person"));
        for (const bool edit : {true, false}) {
            auto m = r.from("ana", text.toStdString());
            if (edit)
                m.kind = events::MessageKind::Edit;
            m.replayed = !edit;
            QCOMPARE(r.answerTo(m), std::string());
        }
        QVERIFY(before == r.incident([](const state::Incident &i) { return std::tuple(i.status, i.severity, i.roles.size(), i.tasks.size(), i.hypotheses.size(), i.decisions.size(), i.promises.size(), i.updates.size()); }));
        QCOMPARE(r.ask([](const state::State &s) { return s.incidents.size(); }), std::size_t(1));
    }

    void eachAttemptIsCountedAndAnsweredUpToTwenty()
    {
        ChatRoom r;
        int answered = 0;
        for (int n = 0; n < 30; ++n)
            answered += r.says("", "!take").empty() ? 0 : 1;
        QCOMPARE(answered, static_cast<int>(desk::kAnswered));
        QCOMPARE(r.ask([](const state::State &s) { return s.access.strangers.at(0).count; }), std::uint64_t(30));
        QVERIFY(r.says("ana", "!take").starts_with("Ana is")); // nobody else is held up
    }

    void aRightIsNeededInChatAsEverywhere()
    {
        ChatRoom r;
        r.setWorkspace([](Workspace &w) { w.rights = {{"admins", Right::Administer, {"ana"}, {}, false, {}, {}}, {"hands", Right::Respond, {"ben"}, {}, false, {"cart"}, {}}}; });
        QCOMPARE(r.says("ben", "!log here"), std::string("Logged."));
        const std::string refused = r.says("ben", "!take");
        QVERIFY2(refused.starts_with("Not done: Ben may not do incident.take for cart (INC-1): the role command is missing"), refused.c_str());
        QVERIFY(r.says("ben", "!resolve x").find("the role command is missing") != std::string::npos); // before a word is asked for
        QVERIFY(r.says("ben", "!update cust x").find("the role publish is missing") != std::string::npos);
        QCOMPARE(r.commander(), std::string());
        QVERIFY(r.says("eve", "!who").find("the role observe is missing") != std::string::npos);
    }

    void aRightTakenAwayMeanwhileStopsWhatWaitsForItsWord()
    {
        ChatRoom r;
        const std::string word = ChatRoom::wordIn(r.says("ben", "!resolve done"));
        r.setWorkspace([](Workspace &w) { w.rights = {{"admins", Right::Administer, {"ana"}, {}, false, {}, {}}}; });
        QVERIFY(r.says("ben", "!yes " + word).find("the role command is missing") != std::string::npos);
        QVERIFY(r.status() < IncidentStatus::Resolved);
    }

    void someVerbsNeedASeat()
    {
        ChatRoom r;
        for (const char *verb : {"!publish now", "!erase INC-1", "!break-glass command"})
            QVERIFY2(r.says("ana", verb).find("needs a seat") != std::string::npos, verb);
        r.setWorkspace([](Workspace &w) { w.seatOnly = {"resolve", "decision"}; });
        QVERIFY(r.says("ana", "!resolve x").find("needs a seat") != std::string::npos);
        QVERIFY(r.says("ana", "! roll back").find("needs a seat") != std::string::npos);
        QCOMPARE(r.says("ana", "!log x"), std::string("Logged."));
        QVERIFY(r.says("ana", "!help").find("!resolve") == std::string::npos);
        // Nor under another verb's name.
        for (const char *said : {"!status resolved x", "!status closed x", "!status cancelled x"})
            QVERIFY2(r.says("ana", said).find("what !resolve does, and that needs a seat") != std::string::npos, said);
        QVERIFY(r.incident([](const state::Incident &i) { return i.isOpen(); }));
        QCOMPARE(r.says("ana", "!status mitigated rolled back"), std::string("INC-1 is mitigated."));
        VERIFY_RESULT(r.command(desk::ChangeStatus{"INC-1", "resolved", "x"}));
        r.setWorkspace([](Workspace &w) { w.seatOnly = {"reopen", "declare"}; });
        QVERIFY(r.says("ana", "!status active it is back").find("what !reopen does") != std::string::npos);
        QVERIFY(r.says("ana", "!again").find("what !declare does") != std::string::npos);
        QVERIFY(r.incident([](const state::Incident &i) { return !i.isOpen(); }));
    }

    void whatGoesOutsideIsPublishedFromASeat()
    {
        ChatRoom r;
        r.setWorkspace([](Workspace &w) { w.templates.push_back({"reg", "Regulator", "regulator", "{{what}}", {{"what", "", true}}, {}}); });
        for (const char *said : {"!update cust We are on it", "!update reg We are on it"}) {
            const std::string answer = r.says("ana", said);
            QVERIFY2(answer.starts_with("Not done: an update to ") && answer.find("needs a seat") != std::string::npos, answer.c_str());
        }
        QVERIFY(r.incident([](const state::Incident &i) { return i.updates.empty(); }));
        QCOMPARE(r.says("ana", "!update tech what=disk next=more"), std::string("Update to technical written."));
        // Who asked while it was allowed does not get it done afterwards.
        r.setWorkspace([](Workspace &w) { w.chatPublishes = true; });
        const std::string asked = r.says("ana", "!update cust We are on it");
        r.setWorkspace([](Workspace &w) { w.chatPublishes = false; });
        QVERIFY(r.says("ana", "!yes " + ChatRoom::wordIn(asked)).find("needs a seat") != std::string::npos);
        QCOMPARE(r.incident([](const state::Incident &i) { return i.updates.size(); }), std::size_t(1));
    }

    void takingAStatusBackNeedsTheRightToSetIt()
    {
        ChatRoom r;
        VERIFY_RESULT(r.command(desk::ChangeStatus{"INC-1", "mitigated", "x"}, "ben"));
        for (const bool may : {false, true}) {
            r.setWorkspace([&](Workspace &w) {
                w.rights = {{"admins", Right::Administer, {"ana"}, {}, false, {}, {}}, {"hands", may ? Right::Command : Right::Respond, {"ben"}, {}, false, {"cart"}, {}}};
            });
            const auto undone = r.command(desk::Undo{}, "ben");
            QCOMPARE(undone.has_value(), may);
            QVERIFY(may || undone.error().code == Code::Forbidden);
        }
    }

    void aRestrictedIncidentsTitleIsNotToldByDeclaringItAgain()
    {
        ChatRoom r;
        r.setWorkspace([](Workspace &w) {
            w.business = {{"payroll", "Payroll"}};
            w.business[0].data = DataClass::Restricted;
            w.services[1].carries = {"payroll"};
        });
        VERIFY_RESULT(r.command(desk::ChangeStatus{"INC-1", "resolved", "x"}));
        const std::string answer = r.alone("ana", "!again INC-1");
        QVERIFY2(answer.find("INC-1 is restricted") != std::string::npos && answer.find("Cart is down") == std::string::npos, answer.c_str());
        QVERIFY(r.says("ana", "!again").find("is declared: SEV2 Cart is down") != std::string::npos); // in its own room
    }

    void manySecretsOfOneSenderAreToldOfAFewTimes()
    {
        ChatRoom r;
        const auto told = [&] {
            return r.ask([](const state::State &s) { return std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.because.rule == "post/secret"; }); });
        };
        for (int n = 0; n < 10; ++n)
            VERIFY_RESULT(r.report(events::Event(r.from("eve", "password: Zx81-canary" + std::to_string(n)))));
        QCOMPARE(told(), std::ptrdiff_t(3));
        QCOMPARE(r.incident([](const state::Incident &i) { return std::count_if(i.timeline.begin(), i.timeline.end(), [](const state::Entry &e) { return e.kind == state::EntryKind::Secret; }); }),
                 std::ptrdiff_t(10));
        VERIFY_RESULT(r.report(events::Event(r.from("ben", "password: Zx81-canary"))));
        QCOMPARE(told(), std::ptrdiff_t(4)); // another's is
        r.clock.advance(minutes(11));
        VERIFY_RESULT(r.report(events::Event(r.from("eve", "password: Zx81-canary"))));
        QCOMPARE(told(), std::ptrdiff_t(5));
    }

    void aLogLinePutOtherwiseIsLookedAtToo()
    {
        ChatRoom r;
        VERIFY_RESULT(r.command(desk::WriteLog{"INC-1", "nothing yet"}));
        VERIFY_RESULT(r.command(desk::ReviseLog{"INC-1", {}, "password: Zx81-canary"}));
        QVERIFY(r.incident([](const state::Incident &i) { return std::any_of(i.timeline.begin(), i.timeline.end(), [](const state::Entry &e) { return e.kind == state::EntryKind::Secret; }); }));
    }

    void aSecretIsSaidToBeOneAndNeverRepeated()
    {
        ChatRoom r;
        const std::string secret = "Zx81-canary-spectrum";
        const auto message = r.from("eve", "the password: " + secret);
        VERIFY_RESULT(r.report(events::Event(message)));
        const auto lines = [&] {
            return r.incident([](const state::Incident &i) {
                std::vector<state::Entry> out;
                for (const state::Entry &e : i.timeline)
                    if (e.kind == state::EntryKind::Secret)
                        out.push_back(e);
                return out;
            });
        };
        QCOMPARE(lines().size(), std::size_t(1));
        const state::Entry line = lines().front();
        QVERIFY2(line.text.find("seems to hold a password") != std::string::npos && line.text.find(secret) == std::string::npos, line.text.c_str());
        const std::string strike = "quarterdeckctl strike --incident INC-1 --entry " + std::to_string(line.seq);
        QVERIFY2(line.text.find(strike) != std::string::npos, line.text.c_str());
        // The room is told, with the same command.
        const auto posts = r.ask([](const state::State &s) {
            std::string out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.because.rule == "post/secret")
                    out += o.what.text + "\n";
            return out;
        });
        QVERIFY2(posts.find(strike) != std::string::npos && posts.starts_with("What Eve wrote seems to hold a password"), posts.c_str());
        // The words stand in the message and nowhere else.
        QCOMPARE(r.ask([&](const state::State &s) {
            std::size_t found = 0;
            for (const state::Entry &e : s.incident("INC-1")->timeline)
                found += e.text.find(secret) != std::string::npos ? 1 : 0;
            for (const auto &[n, o] : s.outbox)
                found += (o.what.text + o.what.title + o.what.subject).find(secret) != std::string::npos ? 1 : 0;
            for (const state::Entry &e : s.log)
                found += e.text.find(secret) != std::string::npos ? 1 : 0;
            return found;
        }), std::size_t(1));

        (void)r.says("ana", "!log password: " + secret); // one record with two texts: said once
        QCOMPARE(lines().size(), std::size_t(2));
        auto old = r.from("eve", "passwort=" + secret);
        old.replayed = true; // read back: on the timeline, and not told to the room now
        VERIFY_RESULT(r.report(events::Event(old)));
        QCOMPARE(lines().size(), std::size_t(3));
        (void)r.says("eve", "the password reset is slow");
        QCOMPARE(lines().size(), std::size_t(3));
        QCOMPARE(r.ask([](const state::State &s) { return std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.because.rule == "post/secret"; }); }), std::ptrdiff_t(2));
        VERIFY_RESULT(r.command(desk::StrikeText{"INC-1", std::to_string(line.seq), "held a secret"}));
        QVERIFY(r.incident([&](const state::Incident &i) {
            return std::none_of(i.timeline.begin(), i.timeline.end(), [&](const state::Entry &e) { return e.seq == line.seq && e.text.find(secret) != std::string::npos; });
        }));
    }

    void aloneWithTheConsoleAVerbNamesItsIncident()
    {
        ChatRoom r;
        QCOMPARE(r.alone("ana", "!take INC-1 on my way"), std::string("Ana is Incident Commander."));
        QCOMPARE(r.alone("ana", "!log INC-1 disk is full"), std::string("Logged."));
        QCOMPARE(r.alone("ana", "!declare SEV1 All is down"), std::string("INC-2 is declared: SEV1 All is down"));
        QVERIFY(r.alone("ana", "!sev SEV3").find("More than one incident is open") != std::string::npos);
        QCOMPARE(r.alone("ana", "? the disk"), std::string());
        const std::string word = ChatRoom::wordIn(r.alone("ana", "!resolve INC-1 done"));
        QCOMPARE(r.says("ana", "!yes " + word), std::string("Not done: nothing of yours waits for a word here"));
        QCOMPARE(r.alone("ana", "!yes " + word), std::string("INC-1 is resolved."));
    }

    void anAcknowledgementIsItsRespondersAlone()
    {
        ChatRoom r;
        r.setWorkspace([](Workspace &w) { w.policies[0].answers = 2; w.services[1].paging = Paging::Own; w.policies[0].steps[0].targets = {"ana", "ben"}; w.mode = RunMode::Desk; });
        const std::string word = ChatRoom::wordIn(r.says("eve", "!page shop"));
        QVERIFY(r.says("eve", "!yes " + word).starts_with("Shop is paged"));
        QCOMPARE(r.says("ana", "!ack"), std::string("Acknowledged by Ana."));
        QVERIFY(r.ask([](const state::State &s) { return s.escalations.back().isRunning() && s.escalations.back().answeredBy == std::vector<std::string>{"ana"}; }));
        QCOMPARE(r.says("ben", "!ack"), std::string("Acknowledged by Ben."));
        QVERIFY(r.ask([](const state::State &s) { return !s.escalations.back().isRunning(); }));
    }

    /// The button below a call in the room names the call.
    void aCallIsAnsweredInTheRoomByItsName()
    {
        ChatRoom r;
        r.setWorkspace([](Workspace &w) { w.services[1].paging = Paging::Own; w.mode = RunMode::Desk; });
        const std::string word = ChatRoom::wordIn(r.says("eve", "!page shop"));
        QVERIFY(r.says("eve", "!yes " + word).starts_with("Shop is paged"));
        const auto number = r.ask([](const state::State &s) { return s.escalations.back().number; });
        QCOMPARE(r.says("ana", "!ack escalation/" + std::to_string(number + 1)), "Not done: there is no call escalation/" + std::to_string(number + 1) + " in this incident");
        QCOMPARE(r.says("ana", "!ack escalation/" + std::to_string(number)), std::string("Answered by Ana."));
        QVERIFY(r.ask([](const state::State &s) { return s.escalations.back().answeredBy == std::vector<std::string>{"ana"}; }));
    }

    void aWordBindsAnAddressOnce()
    {
        ChatRoom r;
        QVERIFY(r.says("", "!take").find("not bound") != std::string::npos);
        VERIFY_RESULT(r.command(desk::BindIdentity{"eve", "chat", sha256Hex("anchor-bishop-cedar-delta")}));
        VERIFY_RESULT(r.report(events::Event(r.word("wrong"))));
        QCOMPARE(r.identities(), std::size_t(0));
        VERIFY_RESULT(r.report(events::Event(r.word("anchor-bishop-cedar-delta"))));
        QCOMPARE(r.identities(), std::size_t(1));
        auto m = r.from("", "!take");
        m.sender = "Eve@phone.example/x";
        QCOMPARE(r.answerTo(m), std::string("Eve is Incident Commander."));
        VERIFY_RESULT(r.report(events::Event(r.word("anchor-bishop-cedar-delta", "mallory@evil.example")))); // used up
        QCOMPARE(r.identities(), std::size_t(1));
        r.restart();
        QCOMPARE(r.identities(), std::size_t(1));
        VERIFY_RESULT(r.command(desk::UnbindIdentity{"eve", "chat", "", "lost her phone"}));
        m = r.from("", "!log x");
        m.sender = "eve@phone.example/x";
        QVERIFY(r.answerTo(m).find("not bound") != std::string::npos);
    }

    void aWordBindsNothingWhen_data()
    {
        QTest::addColumn<int>("which");
        int n = 0;
        for (const char *name : {"it is late", "the server does not vouch", "out of the archive", "another connection", "the address is somebody's", "there were too many wrong ones"})
            QTest::newRow(name) << n++;
    }
    void aWordBindsNothingWhen()
    {
        QFETCH(int, which);
        ChatRoom r;
        r.connect("other", "xmpp");
        VERIFY_RESULT(r.command(desk::BindIdentity{"eve", "chat", sha256Hex("right")}));
        auto said = r.word("right");
        switch (which) {
        case 0: r.clock.advance(minutes(10)); said.serverTime = r.clock.now(); break;
        case 1: said.verified = false; break;
        case 2: said.replayed = true; break;
        case 3: said.connection = "other"; break;
        case 4: said.address = "ben@chat.example"; break;
        case 5:
            for (std::uint32_t n = 0; n < desk::kWrongWords; ++n)
                (void)r.report(events::Event(r.word("wrong" + std::to_string(n))));
            break;
        }
        VERIFY_RESULT(r.report(events::Event(said)));
        QCOMPARE(r.identities(), std::size_t(0));
    }

    void noWordAwaitedIsNoRecord()
    {
        ChatRoom r;
        const auto head = r.journal->head();
        VERIFY_RESULT(r.report(events::Event(r.word("anything"))));
        QCOMPARE(r.journal->head(), head);
    }

    void breakingTheGlassTellsTwoOthersAndEnds()
    {
        ChatRoom r;
        r.setWorkspace([](Workspace &w) { w.rights = {{"admins", Right::Administer, {"ana"}, {}, false, {}, {}}}; });
        QVERIFY(!r.command(desk::TakeCommand{"INC-1", ""}, "eve"));
        QVERIFY(!r.command(desk::BreakGlass{"command", "", "INC-1", "", ""}, "eve")); // no reason
        QVERIFY(!r.command(desk::BreakGlass{"command", "", "INC-1", "5h", "r"}, "eve"));
        QVERIFY(!r.command(desk::BreakGlass{"observe", "", "INC-1", "", "r"}, "eve"));
        QVERIFY(!r.command(desk::BreakGlass{"command", "", "INC-1", "", "r"}, "stranger"));
        QCOMPARE(r.command(desk::BreakGlass{"command", "", "INC-1", "", "r"}, "ana").error().code, Code::Conflict); // has it
        const auto broken = r.command(desk::BreakGlass{"command", "", "INC-1", "30m", "nobody else is awake"}, "eve");
        VERIFY_RESULT(broken);
        QCOMPARE(broken->id, std::string("glass/1"));
        r.ask([](const state::State &s) {
            [&] {
                const auto &g = s.access.glass.at(0);
                QCOMPARE(g.told, (std::vector<std::string>{"ana", "ben"}));
                std::vector<std::string> told;
                for (const auto &[n, o] : s.outbox)
                    if (o.what.subject == "glass/1" && o.what.effect == events::Effect::Page)
                        told.push_back(o.what.person);
                QCOMPARE(told, (std::vector<std::string>{"ana", "ben"}));
                const auto &t = s.incident("INC-1")->timeline;
                QVERIFY(std::any_of(t.begin(), t.end(), [](const auto &e) { return e.text.find("took the right to command for INC-1") != std::string::npos; }));
            }();
            return 0;
        });
        QVERIFY(r.command(desk::TakeCommand{"INC-1", ""}, "eve"));
        QVERIFY(!r.command(desk::Arm{"chat", {"posts"}}, "eve"));
        QVERIFY(!r.command(desk::EndGlass{1, ""}, "ben")); // neither theirs nor an administrator
        VERIFY_RESULT(r.command(desk::EndGlass{1, "over"}, "eve"));
        QVERIFY(!r.command(desk::RecordDecision{"INC-1", "x"}, "eve"));
        VERIFY_RESULT(r.command(desk::BreakGlass{"command", "", "INC-1", "30m", "again"}, "eve"));
        r.clock.advance(minutes(30));
        QVERIFY(!r.command(desk::RecordDecision{"INC-1", "x"}, "eve"));
    }

    void whoLooksAtARestrictedIncidentIsRecordedOnceInAWhile()
    {
        ChatRoom r;
        VERIFY_RESULT(r.command(desk::RecordRead{"INC-1", "get timeline"}));
        QCOMPARE(r.ask([](const state::State &s) { return s.access.looks.size(); }), std::size_t(0)); // not restricted
        r.setWorkspace([](Workspace &w) {
            w.business = {{"payroll", "Payroll"}};
            w.business[0].data = DataClass::Restricted;
            w.services[1].carries = {"payroll"};
        });
        for (int n = 0; n < 3; ++n)
            VERIFY_RESULT(r.command(desk::RecordRead{"INC-1", "get timeline"}));
        VERIFY_RESULT(r.command(desk::RecordRead{"INC-1", "get timeline"}, "ben"));
        QCOMPARE(r.ask([](const state::State &s) { return s.access.looks.size(); }), std::size_t(2));
        r.clock.advance(minutes(15));
        VERIFY_RESULT(r.command(desk::RecordRead{"INC-1", "get timeline"}));
        QCOMPARE(r.ask([](const state::State &s) { return s.access.looks.size(); }), std::size_t(3));
        bool inItsStream = false;
        VERIFY_RESULT(desk::replay(*r.journal, 1, r.journal->head(), [&](const desk::Record &record) {
            for (const auto &e : record.events)
                if (holds<events::RestrictedRead>(e))
                    inItsStream = events::streamOf(e, record.time).starts_with("access/20");
            return true;
        }));
        QVERIFY(inItsStream);
    }

private:
    int rows = 0;
};

QD_TEST(TestChatVerbs)
#include "tst_chatverbs.moc"
