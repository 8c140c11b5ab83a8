// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/get.h"
#include "core/control/why.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// What an incident is called and whose it is, set right afterwards.
namespace {

/// A shop whose database has people of its own.
Workspace twoTeams()
{
    Workspace w = aWorkspace();
    w.teams.push_back({"data", "Data", "data", {"ben"}});
    w.policies.push_back({"data", "Data on call", {{{"ben"}, minutes(5)}}, 0});
    for (Service &s : w.services) {
        s.paging = Paging::Own;
        if (s.id == "db")
            s.team = "data";
    }
    return w;
}

struct Correcting : QuietBench {
    explicit Correcting(bool armed = true) : QuietBench(twoTeams())
    {
        if (armed) {
            connect("chat", "xmpp");
            (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        }
        declare("cart");
    }
    void declare(const std::string &service)
    {
        desk::DeclareIncident d;
        d.title = "Cart is down";
        d.severity = "SEV2";
        d.service = service;
        d.room = false;
        const auto done = command(d);
        Q_ASSERT(done);
    }
    state::Incident incident(const std::string &id = "INC-1")
    {
        return ask([&](const state::State &s) { return s.incident(id) ? *s.incident(id) : state::Incident{}; });
    }
    std::vector<state::Escalation> calls()
    {
        return ask([](const state::State &s) { return s.escalations; });
    }
    std::vector<std::string> told(const char *text)
    {
        return ask([&](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.text.find(text) != std::string::npos)
                    out.push_back(o.what.person);
            return out;
        });
    }
};

} // namespace

class TestCorrections final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTitleIsCorrectedAndTheTimelineSaysWhatItWas()
    {
        Correcting b;
        const std::uint64_t before = b.ask([](const state::State &s) { return s.seq; });
        VERIFY_RESULT(b.command(desk::CorrectTitle{"INC-1", " Checkout is slow ", "the cart answers"}));
        QCOMPARE(b.incident().title, std::string("Checkout is slow"));
        const auto line = b.incident().timeline.back();
        QCOMPARE(line.text, std::string("it is called \"Checkout is slow\", not \"Cart is down\": the cart answers"));
        QCOMPARE(line.actor, std::string("ana"));
        QVERIFY(line.reference.starts_with("title/"));
        VERIFY_FAILS(b.command(desk::ReviseLog{"INC-1", line.reference, "nobody said so"}), Code::Invalid); // it is no line of the log
        const std::string why = b.ask([](const state::State &s) { return control::whyJson(s, "INC-1").value_or(std::string()); });
        QVERIFY(why.find("not \\\"Cart is down\\\"") != std::string::npos && why.find("\"title\":\"Checkout is slow\"") != std::string::npos);
        QCOMPARE(b.calls().front().about, std::string("Checkout is slow")); // who is called next is told what it is
        QVERIFY(before < b.ask([](const state::State &s) { return s.seq; }));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aTitleThatSaysNothingOrTooMuchIsRefused()
    {
        Correcting b;
        VERIFY_FAILS(b.command(desk::CorrectTitle{"INC-1", " \n ", {}}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::CorrectTitle{"INC-1", std::string(2001, 'x'), {}}), Code::TooLarge);
        VERIFY_FAILS(b.command(desk::CorrectTitle{"INC-1", "Cart is down", {}}), Code::Conflict); // it is that already
        VERIFY_FAILS(b.command(desk::CorrectTitle{"INC-9", "Checkout is slow", {}}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::CorrectTitle{"INC-1", "Cart of [sealed: confidential, short] is down", {}}), Code::Forbidden); // the hole is no title
        QCOMPARE(b.incident().title, std::string("Cart is down"));
    }

    void itsRoomIsHeadedAnewAndHearsIt()
    {
        Correcting b;
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "chat", "inc-1@muc.example", true})));
        const auto topic = [&] {
            return b.ask([](const state::State &s) {
                std::pair<std::uint64_t, std::string> out;
                for (const auto &[n, o] : s.outbox)
                    if (o.what.effect == events::Effect::Topic)
                        out = {n, o.what.text};
                return out;
            });
        };
        VERIFY_RESULT(b.report(events::Event(events::OutboxMoved{topic().first, Delivery::Confirmed, {}, {}, "INC-1"})));
        VERIFY_RESULT(b.command(desk::CorrectTitle{"INC-1", "Checkout is slow", {}}));
        QCOMPARE(topic().second, std::string("SEV2 · active · Checkout is slow"));
        QCOMPARE(b.told("Ana: it is called \"Checkout is slow\", not \"Cart is down\"").size(), std::size_t{1});
    }

    void whoseItIsNowIsCalledAndWhoseItIsNotIsToldOnce()
    {
        Correcting b;
        QCOMPARE(b.calls().size(), std::size_t{1});
        QCOMPARE(b.calls()[0].policy, std::string("shop"));
        VERIFY_RESULT(b.command(desk::CorrectService{"INC-1", "Database", "its locks"})); // a name is neither id nor alias
        QCOMPARE(b.incident().service, std::string("Database"));
        QCOMPARE(b.calls().size(), std::size_t{1}); // nobody is called for what the workspace does not have
        VERIFY_RESULT(b.command(desk::CorrectService{"INC-1", "cart", {}}));
        QCOMPARE(b.calls().size(), std::size_t{1}); // its policy runs already
        VERIFY_RESULT(b.command(desk::CorrectService{"INC-1", "db", "its locks"}));
        QCOMPARE(b.incident().service, std::string("db"));
        QCOMPARE(b.incident().timeline.empty(), false);
        const auto calls = b.calls();
        QCOMPARE(calls.size(), std::size_t{2});
        QCOMPARE(calls[1].policy, std::string("data"));
        QCOMPARE(calls[1].service, std::string("db"));
        QVERIFY(calls[1].isRunning() && !calls[1].observed && !calls[1].steps.empty());
        QCOMPARE(calls[0].outcome, std::string("ended"));
        QVERIFY(calls[0].because.back().matched.front().find("is of service db, not of cart") != std::string::npos);
        auto told = b.told("which you were called for, is of service db, not of cart");
        std::sort(told.begin(), told.end());
        QVERIFY(!told.empty() && std::adjacent_find(told.begin(), told.end()) == told.end());
        QCOMPARE(b.dumped(), b.committed());
    }

    void aCallThatWasAnsweredStaysAnswered()
    {
        Correcting b;
        VERIFY_RESULT(b.command(desk::AcknowledgeEscalation{1}, "ana"));
        VERIFY_RESULT(b.command(desk::CorrectService{"INC-1", "db", {}}));
        QCOMPARE(b.calls()[0].outcome, std::string("acknowledged"));
        QCOMPARE(b.calls().size(), std::size_t{2});
        QVERIFY(b.told("which you were called for, is of service").empty());
    }

    void nobodyIsCalledOnceItIsMitigated()
    {
        Correcting b;
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "mitigated", {}}));
        VERIFY_RESULT(b.command(desk::CorrectService{"INC-1", "db", "for the record"}));
        QCOMPARE(b.calls().size(), std::size_t{1});
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "restarted"}));
        VERIFY_RESULT(b.command(desk::CorrectService{"INC-1", "mail", {}})); // over, and still to be set right
        QCOMPARE(b.incident().service, std::string("mail"));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "closed", {}}));
        VERIFY_FAILS(b.command(desk::CorrectService{"INC-1", "db", {}}), Code::Conflict);
        VERIFY_FAILS(b.command(desk::CorrectTitle{"INC-1", "Mail is down", {}}), Code::Conflict);
    }

    void whatBecamePartOfAnotherIsSetRightThere()
    {
        Correcting b;
        b.declare("web");
        VERIFY_RESULT(b.command(desk::MergeIncidents{"INC-2", "INC-1", "one cause"}));
        const auto refused = b.command(desk::CorrectTitle{"INC-2", "Shop is down", {}});
        VERIFY_FAILS(refused, Code::Conflict);
        QVERIFY(refused.error().message.find("part of INC-1") != std::string::npos);
        VERIFY_FAILS(b.command(desk::CorrectService{"INC-2", "db", {}}), Code::Conflict);
    }

    void aServiceTheWorkspaceDoesNotHaveIsKeptAsNamedAndSaid()
    {
        Correcting b;
        VERIFY_FAILS(b.command(desk::CorrectService{"INC-1", "  ", {}}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::CorrectService{"INC-1", "cart", {}}), Code::Conflict);
        VERIFY_FAILS(b.command(desk::CorrectService{"INC-1", "[[secret: db]]", {}}), Code::Invalid);
        const auto done = b.command(desk::CorrectService{"INC-1", "carts", {}});
        VERIFY_RESULT(done);
        QVERIFY(done->notes.size() == 1 && done->notes[0].find("did you mean cart?") != std::string::npos);
        QVERIFY(b.incident().timeline.back().text.find("(service carts is not in the workspace)") != std::string::npos);
        VERIFY_RESULT(b.command(desk::CorrectService{"INC-1", "frontend", {}})); // an alias
        QCOMPARE(b.incident().service, std::string("web"));
    }

    void whatIsRestrictedByItsServiceIsSaidWhenItChanges()
    {
        Correcting b(false);
        Workspace w = twoTeams();
        w.business = {{"accounts", "Accounts"}};
        w.business.back().data = DataClass::Restricted;
        for (Service &s : w.services)
            if (s.id == "db")
                s.carries = {"accounts"};
        VERIFY_RESULT(b.report(events::Event(events::WorkspaceChanged{std::move(w), "01", {}})));
        const auto into = b.command(desk::CorrectService{"INC-1", "db", {}});
        VERIFY_RESULT(into);
        QVERIFY(into->notes.size() == 1 && into->notes[0].starts_with("INC-1 is restricted from now on"));
        const auto out = b.command(desk::CorrectService{"INC-1", "cart", {}});
        VERIFY_RESULT(out);
        QVERIFY(out->notes.size() == 1 && out->notes[0].starts_with("INC-1 is not restricted any more"));
    }

    void listsByServiceAndRelatedIncidentsFollow()
    {
        Correcting b;
        VERIFY_RESULT(b.command(desk::CorrectService{"INC-1", "db", {}}));
        const std::string json = b.ask([](const state::State &s) {
            control::Filter filter;
            filter.service = "db";
            return control::getJson(s, "incidents", filter).value_or(std::string());
        });
        QVERIFY2(json.find("\"id\":\"INC-1\"") != std::string::npos && json.find("\"service\":\"db\"") != std::string::npos, json.c_str());
    }
};

QD_TEST(TestCorrections)
#include "tst_corrections.moc"
