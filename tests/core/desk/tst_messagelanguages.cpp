// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/encoding.h"
#include "core/comms/outward.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// A text for outside in more than one language: approved as one thing, read by each page in its own.
namespace {

Workspace aWorkspaceOfTwoLanguages()
{
    Workspace w = aWorkspace();
    for (const char *id : {"cleo", "lee"})
        w.people.push_back({id, id, "UTC", {}});
    StatusPage shop;
    shop.id = "shop";
    shop.languages = {"en", "de"};
    shop.title = {{"en", "Shop"}, {"de", "Laden"}};
    shop.components = {{"pay", {{"en", "Payments"}}, {}, {}, {"mail"}}};
    StatusPage english = shop;
    english.id = "short";
    english.languages = {"en"};
    w.pages = {shop, english};
    w.recipients = {{"press", "Press", {"a@press.example"}}};
    w.approvals = {{"legal", "Legal", {"lee"}, {}, {}, {}, minutes(15)}};
    return w;
}

struct LanguageBench : QuietBench {
    explicit LanguageBench(Workspace w = aWorkspaceOfTwoLanguages()) : QuietBench(std::move(w))
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts"}});
        desk::DeclareIncident d;
        d.title = "Payments fail";
        d.severity = "SEV1";
        d.service = "mail";
        d.room = false;
        (void)command(d);
        (void)report(events::RoomLinked{"INC-1", "chat", "inc@muc.example", true, false});
        (void)command(desk::TakeCommand{"INC-1", {}}); // ana
    }
    static desk::DraftMessage aDraft()
    {
        desk::DraftMessage d;
        d.title = "Payments";
        d.text = "Some payments fail.";
        d.to = {"page:shop", "page:short", "rooms"};
        d.titles = {{"de", "Zahlungen"}};
        d.texts = {{"de", "Einige Zahlungen scheitern."}};
        return d;
    }
    Result<Outcome> version(const std::string &text, const Localized &texts)
    {
        desk::DraftMessage d;
        d.message = 1;
        d.text = text;
        d.texts = texts;
        return command(d, "cleo");
    }
    Result<Outcome> approve() { return command(desk::JudgeMessage{{}, "legal", newest().hash, {}, 1, true}, "lee"); }
    Result<Outcome> release()
    {
        desk::ReleaseMessage r;
        r.message = 1;
        return command(r);
    }
    state::MessageVersion newest()
    {
        return ask([](const state::State &s) { return s.incident("INC-1")->outward.at(0).newest(); });
    }
    Localized onPage(const std::string &page)
    {
        return ask([&](const state::State &s) {
            const state::StatusPageState *known = s.page(page);
            return known && !known->notices.empty() ? known->notices[0].updates[0].text : Localized{};
        });
    }
};

bool refuses(const Result<Outcome> &r, const std::string &words)
{
    if (!r && r.error().message.find(words) != std::string::npos)
        return true;
    qWarning("%s", r ? "it was done" : r.error().message.c_str());
    return false;
}

} // namespace

class TestMessageLanguages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachPageReadsTheLanguagesItSpeaks()
    {
        LanguageBench b;
        VERIFY_RESULT(b.command(LanguageBench::aDraft(), "cleo"));
        QVERIFY(b.approve());
        VERIFY_RESULT(b.release());
        QCOMPARE(b.onPage("shop"), (Localized{{"de", "Einige Zahlungen scheitern."}, {"en", "Some payments fail."}}));
        QCOMPARE(b.onPage("short"), (Localized{{"en", "Some payments fail."}}));
        const auto posts = b.ask([](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Post && o.what.text.starts_with("Payments\n"))
                    out.push_back(o.what.text);
            return out;
        });
        QCOMPARE(posts, (std::vector<std::string>{"Payments\nSome payments fail.\n\nDeutsch: Zahlungen\nEinige Zahlungen scheitern."}));
        QCOMPARE(b.dumped(), b.committed());
    }

    void theGlassIsBrokenForNoRestrictedWordsInAnyLanguage()
    {
        ClearanceRule cleared;
        cleared.id = "counsel";
        cleared.level = DataClass::Restricted;
        cleared.pages = {"shop"};
        cleared.audiences = {"customers"};
        for (const bool inTitle : {false, true}) {
            Workspace w = aWorkspaceOfTwoLanguages();
            w.clearances = {cleared};
            LanguageBench b(std::move(w));
            desk::DraftMessage d = LanguageBench::aDraft();
            d.to = {"page:shop"};
            (inTitle ? d.titles : d.texts)["de"] += " [[privileged: was die Anwältin sagte]]";
            VERIFY_RESULT(b.command(d, "cleo"));
            desk::ReleaseMessage r;
            r.message = 1;
            r.breakGlass = true;
            r.reason = "customers lose money";
            r.tell = {"cleo", "lee"};
            QVERIFY(refuses(b.command(r), "restricted or privileged"));
            QVERIFY(b.onPage("shop").empty());
        }
    }

    void aHoldingStatementGoesOutInItsLanguages()
    {
        LanguageBench b;
        Workspace w = aWorkspaceOfTwoLanguages();
        HoldingStatement h;
        h.id = "trouble";
        h.title = "Payments";
        h.text = "Some payments fail.";
        h.audience = "customers";
        h.to = {"page:shop"};
        h.texts = {{"de", "Einige Zahlungen scheitern."}};
        w.holding = {h};
        VERIFY_RESULT(b.report(events::Event(events::WorkspaceChanged{w, "d2", {}})));
        desk::ReleaseMessage r;
        r.holding = "trouble";
        VERIFY_RESULT(b.command(r));
        QCOMPARE(b.onPage("shop"), (Localized{{"de", "Einige Zahlungen scheitern."}, {"en", "Some payments fail."}}));
        QCOMPARE(b.newest().hash, comms::digestOf(b.newest()));
    }

    void anApprovalIsOfEveryLanguage()
    {
        LanguageBench b;
        QVERIFY(b.command(LanguageBench::aDraft(), "cleo"));
        const std::string read = b.newest().hash;
        QVERIFY(b.approve());
        QVERIFY(b.version({}, {{"de", "Alle Zahlungen scheitern."}}));
        QVERIFY(b.newest().hash != read);
        QVERIFY(refuses(b.release(), "Legal is not given yet"));
        QVERIFY(b.version({}, {{"de", ""}})); // taken away, with its title
        QVERIFY(b.newest().titles.empty() && b.newest().texts.empty());
        QVERIFY(refuses(b.release(), "Legal is not given yet"));
    }

    void aTextInOneLanguageHasTheHashItHadBeforeThereWereOthers()
    {
        const state::MessageVersion v{1, "T", "x", "customers", {}, {}, {"rooms"}, {}, {}, {}};
        QCOMPARE(comms::digestOf(v), sha256Hex("1:T\n1:x\n9:customers\n5:rooms\n0:\n0:\n"));
    }

    void aLanguageThatWasNotLookedAtIsNamed()
    {
        LanguageBench b;
        QVERIFY(b.command(LanguageBench::aDraft(), "cleo"));
        const auto done = b.version("All payments fail.", {});
        VERIFY_RESULT(done);
        QVERIFY(std::any_of(done->notes.begin(), done->notes.end(), [](const std::string &n) { return n.find("text in de stays as it was") != n.npos; }));
        QCOMPARE(b.newest().texts.at("de"), std::string("Einige Zahlungen scheitern."));
    }

    void onlyLanguagesThatArePagesMayBeThere()
    {
        LanguageBench b;
        auto d = LanguageBench::aDraft();
        d.texts = {{"fr", "Bonjour"}};
        d.titles.clear();
        QVERIFY(refuses(b.command(d, "cleo"), "No page of the workspace speaks \"fr\""));
        d.texts = {{"en", "Again"}};
        QVERIFY(refuses(b.command(d, "cleo"), "is the language of the message's first text"));
        d.texts.clear();
        d.titles = {{"de", "Zahlungen"}};
        QVERIFY(refuses(b.command(d, "cleo"), "a title in \"de\" and no text"));
        d.texts = {{"de", std::string(9000, 'x')}};
        QVERIFY(refuses(b.command(d, "cleo"), "in every language"));
    }

    void whatIsMarkedInAnotherLanguageStopsItToo()
    {
        LanguageBench b;
        auto d = LanguageBench::aDraft();
        d.texts = {{"de", "Einige scheitern, [[confidential: 40 Kunden]]."}};
        QVERIFY(refuses(b.command(d, "cleo"), "[sealed: confidential"));
        d.removeMarked = true;
        VERIFY_RESULT(b.command(d, "cleo"));
        QVERIFY(b.newest().texts.at("de").find("Kunden") == std::string::npos);
        QCOMPARE(b.newest().hash, comms::digestOf(b.newest()));
    }
};

QD_TEST(TestMessageLanguages)
#include "tst_messagelanguages.moc"
