// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/clearance.h"
#include "core/governance/seatreaders.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::events;
using namespace qd::governance;
using namespace qd::tests;

/// Who may be told what: the usual clearances, those of the workspace, and what is sealed by them.
namespace {

using Kind = Place::Kind;

struct ClearanceScene {
    Log log;
    explicit ClearanceScene(std::vector<ClearanceRule> rules = {})
    {
        Workspace w = aWorkspace();
        w.people.push_back({"dana", "Dana", "UTC", {}});
        w.teams.push_back({"legal", "Legal", "", {"dana"}});
        StatusPage page;
        page.id = "web";
        w.pages = {page};
        w.recipients = {{"press", "Press", {"a@press.example"}}, {"board", "Board", {"b@board.example"}}};
        w.clearances = std::move(rules);
        log.record(CoreStarted{"test", "root"}).record(withWorkspace(w));
        log.record(Event(anIncident("INC-1").service("cart").event())).record(Event(anIncident("INC-2").service("mail").event()));
        log.record(RoomLinked{"INC-1", "chat", "war@muc.example", true, false});
        log.record(withConnection("chat", "xmpp")).record(withConnection("phone", "webhook")).record(withConnection("mail", "smtp"));
    }
    DataClass level(const Place &place) const { return readerOf(log.state, place).level; }
    std::string outside(OutboxQueued entry) const
    {
        seal(log.state, entry);
        return entry.text;
    }
};

ClearanceRule clearance(DataClass level)
{
    ClearanceRule r;
    r.id = "rule";
    r.level = level;
    return r;
}

const Subject kShop{"cart", "INC-1"}, kPost{"mail", "INC-2"};
constexpr const char *kAllMarks = "[[public: P]] [[internal: I]] [[confidential: C]] [[restricted: R]] [[restricted for dana: D]]";

} // namespace

class TestClearance : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsUsualHoldsWithoutARule()
    {
        const ClearanceScene s;
        QCOMPARE(s.level({Kind::Person, "ana", {}, {}}), DataClass::Confidential);
        QCOMPARE(s.level({Kind::Person, "root", {}, {}}), DataClass::Confidential); // the owner of the home
        QCOMPARE(s.level({Kind::Person, "mallory", {}, {}}), DataClass::Public);
        QCOMPARE(s.level({Kind::Person, "", {}, {}}), DataClass::Public);
        QCOMPARE(s.level({Kind::Room, "war@muc.example", "chat", kShop}), DataClass::Internal);
        QCOMPARE(s.level({Kind::Way, {}, "phone", {}}), DataClass::Internal);
        QCOMPARE(s.level({Kind::Page, "web", {}, {}}), DataClass::Public);
        QCOMPARE(s.level({Kind::Recipients, "press", {}, {}}), DataClass::Public);
        QCOMPARE(s.level({Kind::Audience, "technical", {}, {}}), DataClass::Internal);
        QCOMPARE(s.level({Kind::Audience, "customers", {}, {}}), DataClass::Public);
        QCOMPARE(s.level({Kind::Audience, "of a name of its own", {}, {}}), DataClass::Public);
        QCOMPARE(s.level({}), DataClass::Public);
    }

    void nobodyReadsWhatIsRestrictedWithoutARuleOrTheirName()
    {
        const ClearanceScene s;
        for (const Place &place : {Place{Kind::Person, "ana", {}, kShop}, Place{Kind::Person, "root", {}, {}}, Place{Kind::Room, "war@muc.example", "chat", kShop}, Place{Kind::Way, {}, "phone", {}},
                                   Place{Kind::Page, "web", {}, {}}, Place{Kind::Recipients, "press", {}, {}}, Place{Kind::Audience, "executive", {}, {}}, Place{}})
            QVERIFY2(keptFrom("[[restricted: x]]", readerOf(s.log.state, place)).size() == 1, nameOf(place).c_str());
        QVERIFY(keptFrom("[[restricted for dana: x]]", readerOf(s.log.state, {Kind::Person, "dana", {}, {}})).empty());
        QVERIFY(keptFrom("[[restricted for legal: x]]", readerOf(s.log.state, {Kind::Person, "dana", {}, {}})).empty());
        QCOMPARE(keptFrom("[[restricted for dana: x]]", readerOf(s.log.state, {Kind::Person, "ana", {}, {}})).size(), std::size_t{1});
    }

    void aRuleHoldsWhereItIsBoundedTo()
    {
        ClearanceRule r = clearance(DataClass::Restricted);
        r.people = {"ben"};
        r.services = {"cart"};
        const ClearanceScene s({r});
        QCOMPARE(s.level({Kind::Person, "ben", {}, kShop}), DataClass::Restricted);
        QCOMPARE(s.level({Kind::Person, "ben", {}, kPost}), DataClass::Confidential);
        QCOMPARE(s.level({Kind::Person, "ben", {}, {}}), DataClass::Confidential);
        QCOMPARE(s.level({Kind::Person, "ana", {}, kShop}), DataClass::Confidential);
    }

    void theHighestRuleHoldsAlsoWhereAllAreBelowWhatIsUsual()
    {
        ClearanceRule all = clearance(DataClass::Internal), some = clearance(DataClass::Confidential);
        all.everybody = true;
        some.teams = {"legal"};
        const ClearanceScene s({some, all});
        QCOMPARE(s.level({Kind::Person, "ana", {}, {}}), DataClass::Internal);
        QCOMPARE(s.level({Kind::Person, "dana", {}, {}}), DataClass::Confidential);
        QCOMPARE(s.level({Kind::Person, "mallory", {}, {}}), DataClass::Public);
    }

    /// A clearance that is bounded to a service holds for the notices of its incidents: what the gate let through is what is read.
    void aPageIsReadNoticeByNotice()
    {
        ClearanceRule rule = clearance(DataClass::Internal);
        rule.pages = {"web"};
        rule.services = {"cart"};
        ClearanceScene s({rule});
        state::StatusPageState page;
        page.id = "web";
        const auto notice = [](std::uint32_t number, const std::string &incident) {
            state::PageNotice n;
            n.number = number;
            n.incident = incident;
            n.title = {{"en", "T [[internal: I]]"}};
            n.updates.push_back({});
            n.updates.back().text = {{"en", "[[internal: I]] [[confidential: C]]"}};
            return n;
        };
        page.notices = {notice(1, "INC-1"), notice(2, "INC-2"), notice(3, "")};
        const state::StatusPageState read = asReadersHaveIt(s.log.state, page);
        QCOMPARE(read.notices[0].title.at("en"), std::string("T I"));
        QVERIFY(read.notices[0].updates[0].text.at("en").starts_with("I [sealed: confidential"));
        for (const std::size_t n : {1U, 2U}) {
            QVERIFY(read.notices[n].title.at("en").starts_with("T [sealed: internal"));
            QVERIFY(read.notices[n].updates[0].text.at("en").find('C') == std::string::npos);
        }
    }

    void roomsWaysPagesRecipientsAndAudiencesCanBeRaised()
    {
        ClearanceRule r = clearance(DataClass::Confidential), page = clearance(DataClass::Internal);
        r.rooms = {"war@muc.example"};
        r.connections = {"phone"};
        r.recipients = {"board"};
        r.audiences = {"regulator"};
        page.pages = {"web"};
        const ClearanceScene s({r, page});
        QCOMPARE(s.level({Kind::Room, "war@muc.example", "chat", {}}), DataClass::Confidential);
        QCOMPARE(s.level({Kind::Room, "other@muc.example", "chat", {}}), DataClass::Internal);
        QCOMPARE(s.level({Kind::Room, "x", "phone", {}}), DataClass::Confidential);
        QCOMPARE(s.level({Kind::Way, {}, "phone", {}}), DataClass::Confidential);
        QCOMPARE(s.level({Kind::Recipients, "board", {}, {}}), DataClass::Confidential);
        QCOMPARE(s.level({Kind::Audience, "regulator", {}, {}}), DataClass::Confidential);
        QCOMPARE(s.level({Kind::Page, "web", {}, {}}), DataClass::Internal);
    }

    void theWindowHoldsNothingRestricted()
    {
        ClearanceRule r = clearance(DataClass::Restricted);
        r.people = {"ana"};
        const ClearanceScene s({r});
        const std::string seen = sealed(kAllMarks, seatReader(s.log.state, "ana"));
        QVERIFY(seen.find(": C]]") != std::string::npos && seen.find(": R]]") == std::string::npos);
        QVERIFY(sealed("[[restricted for dana: D]]", seatReader(s.log.state, "dana")).find(": D]]") == std::string::npos);
    }

    void aBoundedClearanceHoldsInTheWindowWhereItIsBounded()
    {
        ClearanceRule less = clearance(DataClass::Internal), more = clearance(DataClass::Confidential), all = clearance(DataClass::Internal);
        less.everybody = true;
        less.services = {"mail"};
        ClearanceScene s({less});
        const SeatReaders lowered(s.log.state, "ana");
        QVERIFY(lowered.isBounded());
        QCOMPARE(lowered.anywhere().level, DataClass::Confidential);
        QCOMPARE(lowered.of("INC-1").level, DataClass::Confidential);
        QCOMPARE(lowered.of("INC-2").level, DataClass::Internal);
        QCOMPARE(lowered.least(), DataClass::Internal);
        QCOMPARE(lowered.of("INC-3").level, DataClass::Internal); // came since: whose it is is not known
        QCOMPARE(lowered.of("INC-3", "web").level, DataClass::Confidential);
        QCOMPARE(lowered.of("INC-3", "mail").level, DataClass::Internal);
        events::Event line = events::LogWritten{"INC-2", "[[confidential: C]]", kAna};
        QVERIFY(seal(line, lowered));
        line = events::LogWritten{"INC-1", "[[confidential: C]]", kAna};
        QVERIFY(!seal(line, lowered));
        // The other way: less everywhere, more in one incident; and never what is restricted.
        all.everybody = true;
        more.people = {"ana"};
        more.incidents = {"INC-1"};
        more.level = DataClass::Restricted;
        Workspace w = *s.log.state.workspace;
        w.clearances = {all, more};
        s.log.record(withWorkspace(w));
        const SeatReaders raised(s.log.state, "ana");
        QCOMPARE(raised.anywhere().level, DataClass::Internal);
        QVERIFY(sealed("[[confidential: C]] [[restricted: R]]", raised.of("INC-1")).find("C]]") != std::string::npos);
        QVERIFY(sealed("[[confidential: C]] [[restricted: R]]", raised.of("INC-1")).find(": R]]") == std::string::npos);
        QCOMPARE(raised.of("INC-2").level, DataClass::Internal);
        QCOMPARE(raised.least(), DataClass::Internal);
        QVERIFY(!SeatReaders(s.log.state, "nobody").isBounded());
    }

    /// Effect and address say who reads an entry; the matrix is readers × classes.
    void whatGoesOutsideIsSealedForItsReaders()
    {
        ClearanceRule board = clearance(DataClass::Confidential);
        board.recipients = {"board"};
        const ClearanceScene s({board});
        const auto entry = [](Effect effect, const std::string &room, const std::string &person, const std::string &connection = "chat") {
            OutboxQueued e;
            e.effect = effect;
            e.connection = connection;
            e.incident = "INC-1";
            e.room = room;
            e.person = person;
            e.text = kAllMarks;
            return e;
        };
        const std::string inRoom = "[[public: P]] [[internal: I]] [sealed: confidential, short] [sealed: restricted, short] [sealed: restricted, short]";
        for (const Effect effect : {Effect::Post, Effect::Reply, Effect::Topic, Effect::CreateRoom, Effect::AttachRoom})
            QCOMPARE(s.outside(entry(effect, "war@muc.example", {})), inRoom);
        for (const Effect effect : {Effect::Page, Effect::Reply, Effect::PageAnswered, Effect::PageOver, Effect::PagerResolve, Effect::Silence})
            QCOMPARE(s.outside(entry(effect, {}, "dana")), inRoom);
        QCOMPARE(s.outside(entry(Effect::Page, {}, "dana", "phone")), inRoom);
        QCOMPARE(s.outside(entry(Effect::Post, "a@press.example", {}, "mail")), std::string("P [sealed: internal, short] [sealed: confidential, short] [sealed: restricted, short] [sealed: restricted, short]"));
        QCOMPARE(s.outside(entry(Effect::Post, "b@board.example", {}, "mail")), std::string("P I C [sealed: restricted, short] [sealed: restricted, short]"));
        OutboxQueued plain = entry(Effect::Post, "a@press.example", {}, "mail");
        plain.text = "Cards [[public: at ACME]] fail";
        QCOMPARE(s.outside(plain), std::string("Cards at ACME fail"));
        for (const auto &[room, connection] : {std::pair<const char *, const char *>{"somebody@else.example", "mail"}, {"", "phone"}, {"war@muc.example", "removed meanwhile"}})
            QCOMPARE(s.outside(entry(Effect::Post, room, {}, connection)).substr(0, 12), std::string("P [sealed: i"));
    }

    void everyTextOfAnEventIsSealedForItsReader()
    {
        const Reader reader{DataClass::Internal, {}};
        Event log = LogWritten{"INC-1", "a [[restricted: canary]]", {"ana"}};
        QVERIFY(seal(log, reader));
        QCOMPARE(getIf<LogWritten>(&log)->text, std::string("a [sealed: restricted, short]"));
        QVERIFY(!seal(log, reader)); // once is enough
        UpdateIssued update{"INC-1", "t", "technical", "[[restricted: canary]]", 1, {{"what", "[[restricted: canary]]"}}, {"ana"}};
        Event issued = update;
        QVERIFY(seal(issued, reader));
        QVERIFY(getIf<UpdateIssued>(&issued)->values.at("what").find("canary") == std::string::npos);
        Event withheld = WriteWithheld{Effect::Post, "chat", "INC-1", {}, "[[restricted: canary]]", "[[restricted: canary]]"};
        QVERIFY(seal(withheld, reader));
        QVERIFY(getIf<WriteWithheld>(&withheld)->text.find("canary") == std::string::npos && getIf<WriteWithheld>(&withheld)->reason.find("canary") == std::string::npos);
    }

    void whomOneLooksAsIsSomebody()
    {
        const ClearanceScene s;
        for (const char *known : {"ana", "public", "room:war@muc.example", "page:web", "mail:press", "audience:customers"})
            QVERIFY2(placeNamed(s.log.state, known), known);
        QCOMPARE(placeNamed(s.log.state, "room:war@muc.example")->connection, std::string("chat"));
        for (const char *unknown : {"mallory", "", "page:none", "mail:none", "nothing:at all", "room:"})
            QVERIFY2(!placeNamed(s.log.state, unknown), unknown);
    }

    void aRefusalNamesThePartAndNotItsWords()
    {
        const ClearanceScene s;
        const auto found = tooMuchIn(s.log.state, PagePosted{});
        QVERIFY(!found);
        PagePosted post;
        post.page = "web";
        post.text = {{"", "Cards fail [[restricted: canary]] [[internal: other]]"}};
        const auto much = tooMuchIn(s.log.state, post);
        QVERIFY(much && much->count == 2 && much->at == 12);
        const std::string sentence = refusalOf(*much, "post");
        QVERIFY2(sentence.find("the status page web") != std::string::npos && sentence.find("[sealed: restricted, short] at character 12 (and 1 more)") != std::string::npos
                     && sentence.find("--remove-marked") != std::string::npos && sentence.find("canary") == std::string::npos,
                 sentence.c_str());
    }
};

QD_TEST(TestClearance)
#include "tst_clearance.moc"
