// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/chatroom.h"

using namespace qd;
using namespace qd::desk;
using namespace qd::tests;

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

    /// Whoever goes on writing after !resolve is told what to write, in chat and at the command line.
    void whoNamesNoIncidentOnceAllAreOverIsToldWhichWasResolvedLast()
    {
        ChatRoom r;
        desk::DeclareIncident d;
        d.title = "Mail is slow";
        d.severity = "SEV3";
        d.room = false;
        VERIFY_RESULT(r.command(d));
        const auto resolve = [&](const std::string &id) {
            desk::ChangeStatus over;
            over.incident = id;
            over.status = "resolved";
            over.reason = "it is over";
            r.clock.advance(minutes(1));
            const auto done = r.command(over);
            QVERIFY2(done, done ? "" : done.error().message.c_str());
        };
        resolve("INC-2");
        resolve("INC-1");
        const auto refused = r.command(desk::WriteLog{{}, "the disk was replaced"});
        QVERIFY(!refused);
        QCOMPARE(refused.error().message, std::string("No incident is open; declare one first, or name one that is over: INC-1 was resolved last, --incident INC-1"));
        VERIFY_RESULT(r.command(desk::WriteLog{"INC-1", "the disk was replaced"}));
        QCOMPARE(r.alone("ana", "!log the pump too"), std::string("Not done: No incident is open; declare one first, or name one that is over: INC-1 was resolved last, !log INC-1"));
        QVERIFY(r.alone("ana", "!log INC-1 the pump too").starts_with("Logged."));
        Bench none;
        none.settle();
        const auto empty = none.command(desk::WriteLog{{}, "x"});
        QVERIFY(!empty && empty.error().message == "No incident is open; declare one first.");
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
        QCOMPARE(r.says("ana", "!update tech what=disk full next=20 minutes"), std::string("Update to technical written. It goes to the room room@muc.example."));
        QVERIFY(r.says("ana", "!who").starts_with("INC-1: Ana commands; on call for cart: Ana"));
        QVERIFY(r.says("ben", "!why INC-1").starts_with("INC-1 was declared by Ana at "));
        QVERIFY(r.says("ben", "!help").find("!declare [SEV2] [service:] title") != std::string::npos);
        QVERIFY(r.says("ben", "!declare SEV3 Mail is slow").starts_with("INC-2 is declared: SEV3 Mail is slow. No service is named"));
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

    void whatIsHitIsSaidWithTheDeclaration_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("service");
        const auto row = [](const char *name, const char *said, const char *title, const char *service) { QTest::newRow(name) << said << title << service; };
        row("by its id", "!declare SEV2 cart: nobody can pay", "nobody can pay", "cart");
        row("without a space", "!declare cart:nobody can pay", "nobody can pay", "cart");
        row("in other letters", "!declare CART: nobody can pay", "nobody can pay", "cart");
        row("by an alias", "!declare basket: it is slow: 9 s", "it is slow: 9 s", "cart");
        row("by its name", "!declare Shopping Cart : it is slow", "it is slow", "cart");
        row("no service", "!declare urgent: it is slow", "urgent: it is slow", "");
        row("nothing behind it", "!declare cart:", "cart:", "");
        row("nothing before it", "!declare : it is slow", ": it is slow", "");
        row("a time", "!declare since 14:30 it is slow", "since 14:30 it is slow", "");
    }
    void whatIsHitIsSaidWithTheDeclaration()
    {
        QFETCH(QString, said);
        QFETCH(QString, title);
        QFETCH(QString, service);
        ChatRoom r;
        r.setWorkspace([](Workspace &w) {
            for (Service &s : w.services)
                if (s.id == "cart") {
                    s.name = "Shopping Cart";
                    s.aliases = {"basket"};
                }
        });
        const std::string answer = r.says("ana", said.toStdString());
        QVERIFY2(answer.starts_with("INC-2 is declared: ") && answer.find(title.toStdString() + (service.isEmpty() ? ". No service is named, so no policy calls anybody; !page team does." : ". Service: cart.")) != std::string::npos,
                 answer.c_str());
        const auto declared = r.ask([](const state::State &s) { return std::pair(s.incident("INC-2")->title, s.incident("INC-2")->service); });
        QCOMPARE(declared.first, title.toStdString());
        QCOMPARE(declared.second, service.toStdString());
    }

    void whatItIsCalledAndWhoseItIsAreSetRightFromAPhone()
    {
        ChatRoom r;
        QCOMPARE(r.says("ana", "!title Checkout is slow"), std::string("INC-1 is called: Checkout is slow"));
        QCOMPARE(r.incident([](const state::Incident &i) { return i.title; }), std::string("Checkout is slow"));
        QVERIFY(r.says("ana", "!title Checkout is slow").starts_with("Not done: "));
        QVERIFY(r.says("ana", "!service nothing of ours").starts_with("Not done: there is no service \"nothing\" in the workspace"));
        QCOMPARE(r.says("ana", "!service DATABASE by its locks"), std::string("INC-1 is of service db."));
        const auto line = r.incident([](const state::Incident &i) { return i.timeline; });
        QVERIFY(std::any_of(line.begin(), line.end(), [](const state::Entry &e) { return e.text == "it is of service db, not of cart: by its locks" && e.via == Path::Chat; }));
        QCOMPARE(r.alone("ana", "!service INC-1 cart"), std::string("INC-1 is of service cart."));
    }

    void aTaskOfOnesOwnIsReportedDone()
    {
        ChatRoom r;
        QCOMPARE(r.says("ana", "!done"), std::string("Not done: no task of yours is open in INC-1"));
        QCOMPARE(r.says("ana", "!task ben look at the disk 10m"), std::string("Noted: task."));
        QCOMPARE(r.says("ana", "!done 1"), std::string("Not done: task 1 is Ben's; from chat one reports one's own done, from a seat anybody's"));
        QCOMPARE(r.says("ana", "!task ben look again 10m"), std::string("Noted: task."));
        QCOMPARE(r.says("ben", "!done"), std::string("Not done: yours are tasks 1, 2; say which: !done N"));
        QCOMPARE(r.says("ben", "!done it was full"), std::string("Not done: yours are tasks 1, 2; say which: !done N")); // of which?
        QCOMPARE(r.says("ben", "!done 2 the logs were emptied"), std::string("Task 2 is done."));
        QCOMPARE(r.says("ben", "!done it was full"), std::string("Task 1 is done."));
        QVERIFY(r.incident([](const state::Incident &i) { return i.tasks[0].note == "it was full" && i.tasks[1].note == "the logs were emptied"; }));
        QCOMPARE(r.incident([](const state::Incident &i) {
            const auto line = std::find_if(i.timeline.begin(), i.timeline.end(), [](const state::Entry &e) { return e.kind == state::EntryKind::TaskDone; });
            return line == i.timeline.end() ? std::string() : line->text;
        }), std::string("done: look again: the logs were emptied"));
        QVERIFY(r.says("ben", "!done 1").starts_with("Not done: "));
        QVERIFY(r.says("ben", "!done 7").starts_with("Not done: "));
        QVERIFY(r.incident([](const state::Incident &i) { return i.tasks.size() == 2 && i.tasks[0].doneAt && i.tasks[1].doneAt; }));
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

    /// The same words do another thing by the time the word is said: then nothing is done.
    void aWordIsForWhatItsAskerWasShown()
    {
        ChatRoom r;
        const std::string first = ChatRoom::wordIn(r.says("ana", "!sev SEV3 a few are hit"));
        QVERIFY(!first.empty());
        QVERIFY(r.says("ben", "!sev SEV1 everybody is hit").starts_with("INC-1 is SEV1."));
        QCOMPARE(r.says("ana", "!yes " + first), std::string("Not done: your word was to lower INC-1 from SEV2 to SEV3; by now it would lower INC-1 from SEV1 to SEV3; ask again"));
        QCOMPARE(r.severity(), IncidentSeverity::Sev1);
        QCOMPARE(r.says("ana", "!yes " + first), std::string("Not done: nothing of yours waits for a word here"));
        // Or it would not even be asked for.
        const std::string second = ChatRoom::wordIn(r.says("ana", "!sev SEV3 a few are hit"));
        QVERIFY(r.says("ben", "!yes " + ChatRoom::wordIn(r.says("ben", "!sev SEV4 nobody is hit"))).starts_with("INC-1 is SEV4."));
        r.restart();
        QCOMPARE(r.says("ana", "!yes " + second), std::string("Not done: your word was to lower INC-1 from SEV1 to SEV3; by now it would do something else; ask again"));
        QCOMPARE(r.severity(), IncidentSeverity::Sev4);
    }

    void aWordForTheOnlyIncidentIsForTheOneItWas()
    {
        ChatRoom r;
        const std::string word = ChatRoom::wordIn(r.alone("ana", "!resolve fixed"));
        QVERIFY(!word.empty());
        desk::ChangeStatus set;
        set.incident = "INC-1";
        set.status = "resolved";
        set.reason = "fixed";
        VERIFY_RESULT(r.command(set));
        desk::DeclareIncident other;
        other.title = "Mail is down";
        other.severity = "SEV1";
        other.room = false;
        VERIFY_RESULT(r.command(other));
        QCOMPARE(r.alone("ana", "!yes " + word), std::string("Not done: your word was to resolve INC-1; by now it would resolve INC-2; ask again"));
        QVERIFY(r.ask([](const state::State &s) { return s.incident("INC-2")->isOpen(); }));
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
        QCOMPARE(r.says("ana", "!update tech what=disk next=more"), std::string("Update to technical written. It goes to the room room@muc.example."));
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

    void aloneWithTheConsoleAVerbNamesItsIncident()
    {
        ChatRoom r;
        QCOMPARE(r.alone("ana", "!take INC-1 on my way"), std::string("Ana is Incident Commander."));
        QCOMPARE(r.alone("ana", "!log INC-1 disk is full"), std::string("Logged."));
        QVERIFY(r.alone("ana", "!declare SEV1 All is down").starts_with("INC-2 is declared: SEV1 All is down. "));
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

private:
    int rows = 0;
};

QD_TEST(TestChatVerbs)
#include "tst_chatverbs.moc"
