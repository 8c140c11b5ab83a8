// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/outward.h"
#include "core/desk/decide.h"
#include "core/desk/past.h"
#include "core/desk/whatif.h"
#include "core/governance/clearance.h"
#include "core/governance/retention.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

#include <set>

using namespace qd;
using namespace qd::tests;

/// M3.3: what is marked above its readers' clearance does not leave the console, whichever command writes it.
namespace {

Workspace aMarkedWorkspace(std::vector<ClearanceRule> rules = {})
{
    Workspace w = aWorkspace();
    w.people.push_back({"dana", "Dana", "UTC", {"dana@chat.example"}});
    StatusPage p;
    p.id = "shop";
    p.languages = {"en"};
    p.title = {{"en", "Shop"}};
    p.components = {{"pay", {{"en", "Payments"}}, {}, {}, {"mail"}}};
    p.publish = {"web"};
    w.pages = {p};
    w.recipients = {{"press", "Press", {"a@press.example"}}};
    w.templates = {{"tech", "Technical", "technical", "State: {{state}}", {{"state", "", true}}, {}, AudienceKind::Technical},
                   {"cust", "Customers", "customers", "We know: {{state}}", {{"state", "", true}}, {}, AudienceKind::Customer}};
    w.clearances = std::move(rules);
    return w;
}

struct GateBench : QuietBench {
    explicit GateBench(std::vector<ClearanceRule> rules = {}, const std::string &title = "Payments fail") : QuietBench(aMarkedWorkspace(std::move(rules)))
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        desk::DeclareIncident d;
        d.title = title;
        d.service = "mail";
        (void)command(d);
        (void)report(events::RoomLinked{"INC-1", "chat", "inc-1@muc.example", true, false});
        (void)command(desk::TakeCommand{"INC-1", {}});
    }
    /// What waits to be written outside, everything together.
    std::string outside()
    {
        return ask([](const state::State &s) {
            std::string out;
            for (const auto &[n, o] : s.outbox)
                out += o.what.title + "|" + o.what.text + "|" + o.what.subject + "\n";
            return out;
        });
    }
    std::vector<std::string> removed()
    {
        std::vector<std::string> out;
        (void)desk::replay(*journal, 1, journal->head(), [&](const desk::Record &r) {
            for (const events::Event &e : r.events)
                if (const auto *m = getIf<events::MarksRemoved>(&e))
                    for (const std::string &c : m->classes)
                        out.push_back(m->what + " " + c + " for " + m->readers);
            return true;
        });
        return out;
    }
    desk::PostOnPage aPost(const std::string &text)
    {
        desk::PostOnPage p;
        p.page = "shop";
        p.phase = "investigating";
        p.title = {{"", "Payments fail"}};
        p.text = {{"", text}};
        p.incident = "INC-1";
        return p;
    }
    desk::SendUpdate anUpdate(const std::string &updateTemplate, const std::string &state)
    {
        desk::SendUpdate u;
        u.incident = "INC-1";
        u.updateTemplate = updateTemplate;
        u.set = {{"state", state}};
        return u;
    }
};

/// A command that has this text in every field people write freely, and is otherwise such that it is done, if it can be.
template <typename T>
T written(const std::string &text)
{
    static const std::set<std::string_view> kFree{"title", "text", "reason", "what", "how", "summary", "next", "watch", "question", "answer", "readBack", "custodian", "matter", "link", "about"};
    T command;
    T::visitFields(command, [&](int, const char *name, auto &member) {
        using M = std::remove_reference_t<decltype(member)>;
        const std::string_view field = name;
        if constexpr (std::is_same_v<M, std::string>) {
            if (field == "incident")
                member = "INC-1";
            else if (std::is_same_v<T, desk::AssignRole> && field == "title")
                member = "Legal"; // a name
            else if (kFree.contains(field))
                member = text;
            else if (field == "person")
                member = "ben";
            else if (field == "due" || field == "duration")
                member = "20m";
            else if (field == "audience")
                member = "technical";
            else if (field == "service")
                member = "cart";
            else if (field == "severity")
                member = "SEV2";
            else if (field == "status")
                member = "mitigated";
            else if (field == "page")
                member = "shop";
            else if (field == "phase")
                member = "investigating";
            else if (field == "template")
                member = "tech";
        } else if constexpr (std::is_same_v<M, std::map<std::string, std::string>>) {
            member = field == "set" ? M{{"state", text}} : M{{"", text}};
        } else if constexpr (std::is_same_v<M, std::vector<std::string>>) {
            if (field == "people")
                member = {"ben"};
            else if (field == "to")
                member = {"rooms"};
            else if (field == "components")
                member = {"pay"};
        }
    });
    return command;
}

} // namespace

class TestGate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noCommandPutsWordsWhereTheyMayNotBeRead_data()
    {
        QTest::addColumn<QString>("mark");
        for (const char *mark : {"confidential", "restricted", "restricted for dana", "internal for dana", "restrcted"})
            QTest::newRow(mark) << mark;
    }
    /// Every command there is, with a marked word in every text it takes: rooms are internal, so none of it reaches one, and no refusal repeats it.
    void noCommandPutsWordsWhereTheyMayNotBeRead()
    {
        QFETCH(QString, mark);
        std::size_t done = 0, refused = 0;
        GateBench b;
        const std::string text = "say [[" + mark.toStdString() + ": canary]]";
        desk::AnyCommand::eachType([&]<typename T>() {
            if constexpr (std::is_same_v<T, desk::EraseStreams> || std::is_same_v<T, desk::StrikeText>)
                return; // they fold the log anew, and write nothing outside
            const auto r = b.command(written<T>(text));
            ++(r ? done : refused);
            if (r)
                return;
            QVERIFY2(r.error().message.find("canary") == std::string::npos || r.error().code == Code::Invalid || r.error().code == Code::NotFound, r.error().message.c_str());
        });
        (void)b.report(events::Event(b.message("!status")));
        (void)b.report(events::Event(b.message("!why")));
        (void)b.report(events::Event(b.message("!who")));
        QVERIFY2(done >= 12, std::to_string(done).c_str());
        const std::string outside = b.outside();
        QVERIFY2(outside.find("canary") == std::string::npos, outside.c_str());
        QVERIFY2(outside.find("[sealed: ") != std::string::npos, outside.c_str()); // it was on its way
        QVERIFY(b.ask([](const state::State &s) { return s.incident("INC-1")->timeline; }).size() > 5);
        QVERIFY(b.ask([](const state::State &s) {
            return std::any_of(s.incident("INC-1")->timeline.begin(), s.incident("INC-1")->timeline.end(), [](const auto &e) { return e.text.find("canary") != std::string::npos; });
        })); // the record has it
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatIsSealedIsSealedAgainWhenTheRulesAreTriedAnew()
    {
        GateBench b({}, "Payments of [[restricted: canary]] fail");
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "say [[confidential: canary]] and [[restricted for dana: other]]"}));
        auto update = b.anUpdate("cust", "Cards fail [[restricted: canary]] today.");
        update.removeMarked = true;
        VERIFY_RESULT(b.command(update));
        const state::Past past = desk::pastOf(*b.journal);
        state::SnapshotLoader loader;
        auto was = state::stateAt(past, 0, loader);
        VERIFY_RESULT(was);
        state::State would = was->clone();
        const auto again = desk::whatIf(past, std::move(*was), std::move(would), b.journal->head(), std::nullopt, [] { return true; });
        VERIFY_RESULT(again);
        QCOMPARE(again->others.size(), std::size_t(0));
        const std::string before = b.outside();
        b.restart();
        QCOMPARE(b.outside(), before);
        QCOMPARE(b.dumped(), b.committed());
    }

    void aTitleWithAMarkIsSealedInTopicsGreetingsAndCalls()
    {
        GateBench b({}, "Payments of [[restricted: canary]] fail");
        desk::PagePeople call;
        call.incident = "INC-1";
        call.people = {"ben"};
        VERIFY_RESULT(b.command(call));
        const std::string outside = b.outside();
        QVERIFY2(outside.find("canary") == std::string::npos && outside.find("Payments of [sealed: restricted, short] fail") != std::string::npos, outside.c_str());
    }

    void aMarkThatIsNotClosedTakesNothingFromWhatACallAsksFor_data()
    {
        QTest::addColumn<QString>("mark");
        for (const char *mark : {"[[restricted: canary", "[[restricted: canary]", "[[confidential: canary [[Runbook: pool", "[[internal for dana, canary"})
            QTest::newRow(mark) << mark;
    }
    void aMarkThatIsNotClosedTakesNothingFromWhatACallAsksFor()
    {
        QFETCH(QString, mark);
        GateBench b({}, "Payments fail " + mark.toStdString());
        desk::PagePeople call;
        call.incident = "INC-1";
        call.people = {"ben"};
        VERIFY_RESULT(b.command(call));
        const std::string outside = b.outside();
        QVERIFY2(outside.find("canary") == std::string::npos && outside.find("You are called: Payments fail [sealed: ") != std::string::npos, outside.c_str());
        QVERIFY2(outside.find("Answer with !ack in the incident's room") != std::string::npos, outside.c_str());
    }

    void aRoomWithClearanceReadsIt()
    {
        ClearanceRule r;
        r.id = "war";
        r.level = DataClass::Confidential;
        r.rooms = {"inc-1@muc.example"};
        GateBench b({r});
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "say [[confidential: canary]] and [[restricted: other]]"}));
        QVERIFY(b.outside().find("canary") != std::string::npos && b.outside().find("other") == std::string::npos);
    }

    void whatIsSaidToReadersIsRefusedWithTheWayOut_data()
    {
        QTest::addColumn<QString>("mark");
        QTest::addColumn<bool>("isInside");  // an update to a technical audience, in rooms
        QTest::addColumn<bool>("isOutside"); // customers, a page, mail
        QTest::newRow("public") << "public" << true << true;
        QTest::newRow("internal") << "internal" << true << false;
        QTest::newRow("confidential") << "confidential" << false << false;
        QTest::newRow("restricted") << "restricted" << false << false;
        QTest::newRow("named") << "public for dana" << false << false;
    }
    void whatIsSaidToReadersIsRefusedWithTheWayOut()
    {
        QFETCH(QString, mark);
        QFETCH(bool, isInside);
        QFETCH(bool, isOutside);
        const std::string text = "Cards fail [[" + mark.toStdString() + ": canary]] today.";
        GateBench b;
        const auto check = [&](desk::Command command, bool may) {
            const std::string before = b.dumped();
            const auto r = b.command(std::move(command));
            QCOMPARE(static_cast<bool>(r), may);
            if (r)
                return;
            QCOMPARE(r.error().code, Code::Forbidden);
            QVERIFY2(r.error().message.find("--remove-marked") != std::string::npos && r.error().message.find("[sealed: ") != std::string::npos && r.error().message.find("canary") == std::string::npos,
                     r.error().message.c_str());
            QCOMPARE(b.dumped(), before); // nothing was recorded
        };
        check(b.anUpdate("tech", text), isInside);
        check(b.anUpdate("cust", text), isOutside);
        check(b.aPost(text), isOutside);
        for (const char *to : {"rooms", "page:shop", "mail:press"}) {
            desk::DraftMessage d;
            d.title = "Payments";
            d.text = text;
            d.to = {to};
            check(d, isOutside); // customers read it
        }
        desk::PlanPageMaintenance m;
        m.page = "shop";
        m.title = {{"", text}};
        m.duration = "1h";
        m.components = {"pay"};
        check(m, isOutside);
    }

    void halfABracketDoesNotGoOutside_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("may");
        for (const char *text : {"Cards [[fail today.", "Cards fail]] today.", "Cards [[restricted: fail today.", "Cards [[public: fail today."})
            QTest::newRow(text) << text << false;
        for (const char *text : {"Cards [fail] today.", "Cards [[public: fail]] today.", "See [[Runbook]]."})
            QTest::newRow(text) << text << true;
    }
    void halfABracketDoesNotGoOutside()
    {
        QFETCH(QString, text);
        QFETCH(bool, may);
        GateBench b;
        const auto check = [&](desk::Command command) {
            const std::string before = b.dumped();
            const auto r = b.command(std::move(command));
            QCOMPARE(static_cast<bool>(r), may);
            if (r)
                return;
            QCOMPARE(r.error().code, Code::Invalid);
            QVERIFY2(r.error().message.find("without its other half") != std::string::npos, r.error().message.c_str());
            QCOMPARE(b.dumped(), before);
        };
        auto update = b.anUpdate("cust", text.toStdString());
        update.removeMarked = true; // to the end of the text: more than was meant
        check(update);
        check(b.aPost(text.toStdString()));
        desk::DraftMessage d;
        d.title = "Payments";
        d.text = text.toStdString();
        d.to = {"mail:press"};
        check(d);
    }

    void aNameHasNoMarkInIt()
    {
        GateBench b;
        const std::string before = b.dumped(), name = "[[restricted: canary]]";
        desk::DeclareIncident declared;
        declared.title = "Cards fail";
        declared.service = name;
        desk::AssignRole role;
        role.incident = "INC-1";
        role.title = "Legal " + name;
        role.person = "ben";
        desk::AssignRole whom = role;
        whom.title = "Legal";
        whom.person = name;
        desk::SendUpdate byHand = b.anUpdate("tech", "fine");
        byHand.byHand = "Slack [[";
        for (const desk::Command &command : {desk::Command(declared), desk::Command(role), desk::Command(whom), desk::Command(byHand)}) {
            const auto r = b.command(command);
            QVERIFY(!r && r.error().code == Code::Invalid);
            QVERIFY2(r.error().message.find("cannot have [[ in it") != std::string::npos && r.error().message.find("canary") == std::string::npos, r.error().message.c_str());
        }
        QCOMPARE(b.dumped(), before);
        role.title = "Legal";
        VERIFY_RESULT(b.command(role));
    }

    void itIsTakenOutAndTheRestIsSentAndThatIsRecorded()
    {
        GateBench b;
        auto update = b.anUpdate("cust", "Cards fail [[restricted: canary]] today [[internal: psst]].");
        update.removeMarked = true;
        const auto r = b.command(update);
        VERIFY_RESULT(r);
        QVERIFY(says(r->notes, "Taken out for customers"));
        const auto sent = b.ask([](const state::State &s) { return s.incident("INC-1")->updates.at(0); });
        QCOMPARE(sent.text, std::string("We know: Cards fail today."));
        QCOMPARE(sent.values.at("state"), std::string("Cards fail today."));
        QCOMPARE(b.removed(), (std::vector<std::string>{"update/1 restricted for customers, the room inc-1@muc.example", "update/1 internal for customers, the room inc-1@muc.example"}));
        auto post = b.aPost("Cards fail [[confidential: canary]].");
        post.removeMarked = true;
        VERIFY_RESULT(b.command(post));
        QCOMPARE(b.ask([](const state::State &s) { return s.page("shop")->notices.at(0).updates.at(0).text.begin()->second; }), std::string("Cards fail."));
        QVERIFY(b.ask([](const state::State &s) { return s.incident("INC-1")->timeline; }).size() > 2);
    }

    void whatSaysNothingAnyMoreIsNotSent()
    {
        GateBench b;
        auto post = b.aPost("[[confidential: canary]].");
        post.removeMarked = true;
        const auto r = b.command(post);
        QVERIFY(!r && r.error().code == Code::Invalid);
    }

    void aDraftWithoutItsMarksHasAHashOfItsOwnAndCanBeReleased()
    {
        GateBench b;
        desk::DraftMessage d;
        d.title = "Payments";
        d.text = "Cards fail [[restricted: canary]].";
        d.removeMarked = true;
        VERIFY_RESULT(b.command(d));
        const auto version = b.ask([](const state::State &s) { return s.incident("INC-1")->outward.at(0).newest(); });
        QCOMPARE(version.text, std::string("Cards fail."));
        QCOMPARE(version.hash, comms::digestOf(version));
        desk::ReleaseMessage release;
        release.message = 1;
        VERIFY_RESULT(b.command(release));
    }

    void aReleaseIsHeldAgainstTheClearanceOfThatMoment()
    {
        ClearanceRule r;
        r.id = "press";
        r.level = DataClass::Confidential;
        r.recipients = {"press"};
        r.audiences = {"executive"};
        GateBench b({r});
        desk::DraftMessage d;
        d.title = "Payments";
        d.text = "Cards fail [[confidential: canary]].";
        d.audience = "executive";
        d.to = {"mail:press"};
        VERIFY_RESULT(b.command(d));
        events::WorkspaceChanged changed;
        changed.workspace = aMarkedWorkspace();
        changed.digest = "two";
        VERIFY_RESULT(b.report(events::Event(changed)));
        desk::ReleaseMessage release;
        release.message = 1;
        for (const bool glass : {false, true}) {
            release.breakGlass = glass;
            release.reason = glass ? "now" : "";
            release.tell = glass ? std::vector<std::string>{"ben", "dana"} : std::vector<std::string>{};
            const auto refused = b.command(release);
            QVERIFY(!refused && refused.error().code == Code::Forbidden);
        }
    }

    void whoReadsRestrictedWordsIsRecordedOnceInAWhile()
    {
        GateBench b;
        const auto looks = [&] { return b.ask([](const state::State &s) { return s.access.looks; }); };
        VERIFY_RESULT(b.command(desk::RecordRead{"INC-1", "get timeline", false}));
        QCOMPARE(looks().size(), std::size_t{0}); // the incident is not restricted
        VERIFY_RESULT(b.command(desk::RecordRead{"INC-1", "get timeline", true}));
        VERIFY_RESULT(b.command(desk::RecordRead{"INC-1", "why", true}));
        QCOMPARE(looks().size(), std::size_t{1});
        VERIFY_RESULT(b.command(desk::RecordRead{std::string(desk::kConsoleWords), "get timeline", true}));
        QCOMPARE(looks().size(), std::size_t{2});
        QCOMPARE(looks()[1].about, std::string("console"));
        // What goes out in a file is no look at the screen, and none covers the other.
        VERIFY_RESULT(b.command(desk::RecordRead{"INC-1", "export", true}));
        VERIFY_RESULT(b.command(desk::RecordRead{"INC-1", "export", true}));
        QCOMPARE(looks().size(), std::size_t{3});
        VERIFY_RESULT(b.command(desk::RecordRead{"INC-1", "why", true}));
        QCOMPARE(looks().size(), std::size_t{3});
    }

    void aMonthOfAccessIsNotErasedBeforeOthersCanHaveSeenIt()
    {
        GateBench b;
        const Instant now = b.clock.now();
        const std::string month = "access/" + toRfc3339(now).substr(0, 7);
        const Instant from = governance::accessMayGo(month);
        const auto erase = [&](Instant at) { return b.ask([&](const state::State &s) { return std::optional(desk::decideErasure(s, {{month}, "out of date"}, kAna, at)); }); };
        for (const Instant at : {now, from - nanos(1)}) {
            const auto r = erase(at);
            QVERIFY(!*r && r->error().code == Code::Forbidden);
            QVERIFY2(r->error().message.find(toRfc3339(from).substr(0, 10)) != std::string::npos, r->error().message.c_str());
        }
        QVERIFY(*erase(from));
        const auto odd = b.ask([&](const state::State &s) { return std::optional(desk::decideErasure(s, {{"access/everything"}, "out of date"}, kAna, from)); });
        QVERIFY(!*odd && odd->error().code == Code::Invalid);
    }
};

QD_TEST(TestGate)
#include "tst_gate.moc"
