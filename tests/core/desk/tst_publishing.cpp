// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/publishing.h"

#include "core/base/encoding.h"
#include "core/desk/decide.h"
#include "core/desk/react.h"
#include "core/review/gates.h"
#include "core/review/render.h"
#include "core/review/source.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::desk;
using namespace qd::events;
using namespace qd::tests;

namespace {

/// INC-1 on web is resolved and its review is written.
Log reviewed(const std::string &summary, Workspace workspace = aWorkspace())
{
    Log log;
    log.record(withWorkspace(std::move(workspace)));
    log.record(anIncident("INC-1").titled("Checkout was slow").service("web").event());
    log.record(RoleAssumed{"INC-1", Role::Commander, "ana", kAna});
    log.record(StatusChanged{"INC-1", "", IncidentStatus::Resolved, kAna});
    log.record(ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
    log.record(SectionWritten{"INC-1", "summary", summary, 0, 1, false, kAna});
    log.record(SectionWritten{"INC-1", "participants", "Everybody of the shop", 0, 1, false, kAna});
    return log;
}

std::string textFor(const Log &log, const std::string &audience, const std::string &person = "ana")
{
    const auto what = publishable(log.state, "INC-1", audience, person);
    return what ? review::renderedAs(what->rendition, review::Format::Plain) : what.error().message;
}

bool holdsWords(const std::string &text, const char *words)
{
    return text.find(words) != std::string::npos;
}

} // namespace

/// What of a review may leave, and who says so.
class TestPublishing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void audiencesReadWhatTheyAreClearedFor()
    {
        const Log log = reviewed("It [[public: was]] [[internal: slow]] for [[confidential: HUSH]] then.");
        QVERIFY(holdsWords(textFor(log, "internal"), "It was slow for [sealed: confidential, short] then."));
        QVERIFY(holdsWords(textFor(log, "technical"), "It was slow for [sealed: confidential, short] then."));
        QVERIFY(holdsWords(textFor(log, "customers"), "It was for then."));
        QVERIFY(holdsWords(textFor(log, "public"), "It was for then."));
    }

    void aClearanceOfTheWorkspaceCounts()
    {
        Workspace w = aWorkspace();
        ClearanceRule rule;
        rule.id = "inside";
        rule.audiences = {"internal"};
        rule.level = DataClass::Confidential;
        w.clearances.push_back(rule);
        const Log log = reviewed("For [[confidential: HUSH]] then.", std::move(w));
        QVERIFY(holdsWords(textFor(log, "internal"), "For HUSH then."));
        QVERIFY(holdsWords(textFor(log, "technical"), "[sealed: confidential, short]"));
    }

    void whoPublishesGivesNoMoreThanTheyMayRead()
    {
        Workspace w = aWorkspace();
        ClearanceRule inside;
        inside.id = "inside";
        inside.audiences = {"internal"};
        inside.level = DataClass::Confidential;
        ClearanceRule ben;
        ben.id = "ben";
        ben.people = {"ben"};
        ben.level = DataClass::Internal;
        w.clearances = {inside, ben};
        const Log log = reviewed("For [[confidential: HUSH]] then, [[restricted for ana: MORE]].", std::move(w));
        QVERIFY(holdsWords(textFor(log, "internal", "ana"), "For HUSH then"));
        QVERIFY(!holdsWords(textFor(log, "internal", "ben"), "HUSH"));
        QVERIFY(!holdsWords(textFor(log, "internal", "ana"), "MORE")); // restricted is published for nobody
    }

    /// In the title, the sections and the actions, whoever publishes: outside nothing says that a word is missing, inside its class does.
    void ofRestrictedWordsNothingIsLeftOutside()
    {
        Workspace w = aWorkspace();
        ClearanceRule ana;
        ana.id = "ana";
        ana.people = {"ana"};
        ana.audiences = {"internal"};
        ana.level = DataClass::Restricted;
        w.clearances = {ana};
        for (const Workspace &each : {aWorkspace(), w})
            for (const char *mark : {"[[restricted: HUSH]]", "[[restricted for ana: HUSH]]", "[[privileged: HUSH]]"}) {
                Log log = reviewed(std::string("We ") + mark + " failed.", each);
                log.record(TitleCorrected{"INC-1", "named", std::string("Slow ") + mark + " shop", kAna});
                log.record(ActionKept{"INC-1", std::string("Look at ") + mark + " first", "ben", "no page", {}, 1, kMorning + hours(24 * 30), Strength::Engineer, kAna});
                for (const char *audience : {"public", "customers"}) {
                    const std::string text = textFor(log, audience);
                    QVERIFY2(!holdsWords(text, "HUSH") && !holdsWords(text, "sealed"), text.c_str());
                    QVERIFY2(holdsWords(text, "We failed.") && holdsWords(text, "Slow shop") && holdsWords(text, "Look at first"), text.c_str());
                }
                const std::string inside = textFor(log, "internal");
                QVERIFY2(!holdsWords(inside, "HUSH") && holdsWords(inside, "We [sealed: restricted, short] failed."), inside.c_str());
            }
    }

    void sectionsAboutPeopleStayInside()
    {
        const Log log = reviewed("said");
        QVERIFY(holdsWords(textFor(log, "internal"), "Everybody of the shop"));
        QVERIFY(!holdsWords(textFor(log, "public"), "Everybody of the shop"));
    }

    void actionsAreReadOutsideWithoutTheirOwners()
    {
        Log log = reviewed("said");
        log.record(ActionKept{"INC-1", "Roll out to one cell first", "ben", "no page", {}, 1, kMorning + hours(24 * 30), Strength::Engineer, kAna});
        log.record(ActionKept{"INC-1", "Never mind", "ben", {}, {}, 2, {}, Strength::Train, kAna});
        log.record(ActionTurned{"INC-1", "not needed", 2, ActionState::Dropped, kAna});
        QVERIFY(holdsWords(textFor(log, "internal"), ("Roll out to one cell first (" + log.state.workspace->nameOf("ben") + ", due ").c_str()));
        QVERIFY(holdsWords(textFor(log, "public"), "- Roll out to one cell first\n"));
        QVERIFY(!holdsWords(textFor(log, "internal"), "Never mind"));
    }

    /// What the record pre-filled and nobody touched is for ourselves; outside goes what somebody said is done.
    void whatWasOnlyPreFilledStaysInside()
    {
        Log log = reviewed("It was the pool.");
        const events::Actor core{"core", Path::Own};
        log.record(SectionWritten{"INC-1", "impact", "Told: 0 updates.", 0, 1, true, core}).record(SectionWritten{"INC-1", "went-well", "Nothing of it is in the record.", 0, 1, true, core});
        QVERIFY(holdsWords(textFor(log, "internal"), "Told: 0 updates.") && holdsWords(textFor(log, "internal"), "Nothing of it"));
        QVERIFY(!holdsWords(textFor(log, "public"), "Told: 0") && !holdsWords(textFor(log, "public"), "Nothing of it"));
        log.record(SectionWritten{"INC-1", "impact", "Told: 0 updates. Hm", 1, 2, true, kAna}); // a draft over it
        QVERIFY(!holdsWords(textFor(log, "public"), "Told: 0"));
        log.record(SectionWritten{"INC-1", "impact", "Told: 0 updates.", 2, 3, false, kAna});
        QVERIFY(holdsWords(textFor(log, "public"), "Told: 0 updates."));
    }

    void outsideOneThatIsNotReviewedSaysThatItIsADraft()
    {
        Log log = reviewed("It was the pool.");
        const std::string sign = "DRAFT: this review is not reviewed yet";
        for (const ReviewPhase phase : {ReviewPhase::Draft, ReviewPhase::InReview, ReviewPhase::Reviewed, ReviewPhase::Closed}) {
            log.record(ReviewTurned{"INC-1", {}, phase, kAna});
            QCOMPARE(holdsWords(textFor(log, "public"), sign.c_str()), phase < ReviewPhase::Reviewed);
            QVERIFY(!holdsWords(textFor(log, "internal"), "DRAFT"));
            const auto page = publishable(log.state, "INC-1", "customers", "ana", "summary"); // one section alone becomes a message
            QVERIFY(page && !holdsWords(review::renderedAs(page->rendition, review::Format::Plain), "DRAFT"));
        }
    }

    /// What holds the review and what is given out are one text.
    void nobodysDraftIsPublished()
    {
        Log log = reviewed("It was the pool.");
        const events::Actor ben{"ben", Path::Person};
        const auto drafts = [&](const char *audience) { return publishable(log.state, "INC-1", audience, "ana")->drafts; };
        QVERIFY(drafts("public").empty());
        const std::uint32_t done = log.state.incident("INC-1")->review.section("summary")->revision();
        log.record(SectionWritten{"INC-1", "summary", "It was, half a sent", done, done + 1, true, ben}).record(SectionWritten{"INC-1", "ours-alone", "only begun", 0, 1, true, ben});
        log.record(SectionWritten{"INC-1", "participants", "half a na", log.state.incident("INC-1")->review.section("participants")->revision(), 9, true, ben});
        for (const char *audience : {"public", "internal"}) {
            const std::string text = textFor(log, audience);
            QVERIFY2(holdsWords(text, "It was the pool.") && !holdsWords(text, "half a") && !holdsWords(text, "only begun"), text.c_str());
        }
        QCOMPARE(drafts("public"), (std::vector<std::string>{"Summary", "Ours alone"}));
        QCOMPARE(drafts("internal").size(), std::size_t(3));
        QVERIFY(review::isWritten(*log.state.incident("INC-1")->review.section("summary")) && !review::isWritten(*log.state.incident("INC-1")->review.section("ours-alone")));
        // However many drafts are saved over it, what counts is kept.
        std::uint32_t revision = done + 1;
        for (std::size_t n = 0; n < 2 * state::kRevisionsOfSection; ++n, ++revision)
            log.record(SectionWritten{"INC-1", "summary", "draft " + std::to_string(n), revision, revision + 1, true, n % 2 == 0 ? kAna : ben});
        QCOMPARE(log.state.incident("INC-1")->review.section("summary")->revisions.size(), state::kRevisionsOfSection);
        QVERIFY(holdsWords(textFor(log, "public"), "It was the pool."));
        log.record(SectionWritten{"INC-1", "summary", "It was the limit.", revision, revision + 1, false, ben});
        QVERIFY(holdsWords(textFor(log, "public"), "It was the limit.") && !holdsWords(textFor(log, "public"), "the pool"));
    }

    void aLeakKeepsItFromBeingPublishedUntilItIsAllowed()
    {
        Log log = reviewed("The host db.shop.internal was full.");
        const auto record = [&] {
            const auto what = publishable(log.state, "INC-1", "public", "ana");
            const std::string text = what ? review::renderedAs(what->rendition, review::Format::Markdown) : std::string();
            return decide(log.state, RecordPublication{"INC-1", "public", "md", "review.md", sha256Hex(text)}, kAna, log.now());
        };
        const auto refused = record();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::Forbidden);
        QVERIFY2(holdsWords(refused.error().message, "host \"db.shop.internal\""), refused.error().message.c_str());
        log.record(LeakAllowed{"INC-1", "db.shop.internal", "it is in the documentation", kAna});
        const auto done = record();
        QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
        log.record(done->events);
        QCOMPARE(log.state.incident("INC-1")->review.publications.size(), std::size_t(1));
    }

    /// Inside and outside alike, wherever in the review it stands.
    void nothingThatHoldsASecretIsPublished()
    {
        const std::string secret = "password: Zx81-canary";
        Log section = reviewed("Ben used " + secret + " then."), action = reviewed("said"), own = reviewed("said");
        action.record(ActionKept{"INC-1", "Rotate " + secret, "ben", "no page", {}, 1, kMorning + hours(24 * 30), Strength::Engineer, kAna});
        own.record(SectionWritten{"INC-1", "ours-alone", "With " + secret, 0, 1, false, kAna});
        for (const Log *log : {&section, &action, &own})
            for (const char *audience : {"internal", "public"}) {
                const auto what = publishable(log->state, "INC-1", audience, "ana");
                QVERIFY(what && what->leaks.size() == 1 && what->leaks[0].kind == review::LeakKind::Secret);
                const auto refused = decide(log->state, RecordPublication{"INC-1", audience, "md", "review.md", sha256Hex(review::renderedAs(what->rendition, review::Format::Markdown))}, kAna, log->now());
                QVERIFY(!refused);
                QCOMPARE(refused.error().code, Code::Forbidden);
                QVERIFY2(!holdsWords(refused.error().message, "canary") && holdsWords(refused.error().message, "secret (a password)"), refused.error().message.c_str());
            }
    }

    void whatWasWrittenOtherwiseMeanwhileIsNotRecorded()
    {
        Log log = reviewed("said");
        const auto what = publishable(log.state, "INC-1", "public", "ana");
        const std::string digest = sha256Hex(review::renderedAs(what->rendition, review::Format::Html));
        log.record(SectionWritten{"INC-1", "summary", "said otherwise", 1, 2, false, kAna});
        const auto refused = decide(log.state, RecordPublication{"INC-1", "public", "html", {}, digest}, kAna, log.now());
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::Conflict);
    }

    /// A PDF cannot be made again here: what it was made from is looked at, its own digest is told.
    void whatAnotherProgramMadeIsRecordedAsTold()
    {
        Log log = reviewed("The host db.shop.internal was full.");
        const std::string made(64, 'a');
        const auto pageOf = [&] { return sha256Hex(review::renderedAs(publishable(log.state, "INC-1", "public", "ana")->rendition, review::Format::Html)); };
        const auto record = [&](const std::string &format, const std::string &digest, const std::string &source = {}) {
            return decide(log.state, RecordPublication{"INC-1", "public", format, "review", digest, source}, kAna, log.now());
        };
        for (const char *format : {"pdf", "odt"}) {
            const auto leaks = record(format, made, pageOf());
            QVERIFY(!leaks && leaks.error().code == Code::Forbidden);
        }
        log.record(SectionWritten{"INC-1", "summary", "A disk was full.", 1, 2, false, kAna});
        const std::string before = pageOf();
        log.record(SectionWritten{"INC-1", "summary", "Two disks were full.", 2, 3, false, kAna});
        const auto stale = record("pdf", made, before);
        QVERIFY(!stale && stale.error().code == Code::Conflict);
        for (const std::string &source : {pageOf(), std::string()}) {
            const auto done = record("pdf", made, source);
            QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
            QVERIFY2(done->notes.size() == 1 && done->notes[0].find("as told") != std::string::npos, done->notes.empty() ? "" : done->notes[0].c_str());
            log.record(done->events);
            QVERIFY2(log.state.incident("INC-1")->timeline.back().text.ends_with("; its digest is as told by ana"), log.state.incident("INC-1")->timeline.back().text.c_str());
        }
        const auto own = record("markdown", sha256Hex(review::renderedAs(publishable(log.state, "INC-1", "public", "ana")->rendition, review::Format::Markdown)));
        QVERIFY(own && own->notes.empty());
        log.record(own->events);
        QCOMPARE(log.state.incident("INC-1")->timeline.back().text, std::string("published for public as md, review"));
    }
    /// Nothing is kept of it: the rendition is made again, and its digest is compared.
    void whatWasPublishedReadsTheSameOrOtherwiseByNow()
    {
        Log log = reviewed("It was slow for [[confidential: HUSH]] then.");
        const auto record = [&](const std::string &audience, const std::string &format, const std::string &digest, const std::string &source = {}) {
            const auto done = decide(log.state, RecordPublication{"INC-1", audience, format, "x", digest, source}, kAna, log.now());
            QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
            log.record(done->events);
        };
        const auto digestOf = [&](const std::string &audience, review::Format format) { return sha256Hex(review::renderedAs(publishable(log.state, "INC-1", audience, "ana")->rendition, format)); };
        const auto reads = [&] {
            std::string out;
            for (const Reads each : publishedAgain(log.state, *log.state.incident("INC-1")))
                out += each == Reads::Same ? "same " : each == Reads::Otherwise ? "otherwise " : "- ";
            return out;
        };
        const auto write = [&](const std::string &section, const std::string &text, bool isDraft = false) {
            const std::uint32_t revision = log.state.incident("INC-1")->review.section(section)->revision();
            log.record(SectionWritten{"INC-1", section, text, revision, revision + 1, isDraft, kAna});
        };
        QCOMPARE(reads(), std::string());
        record("public", "html", digestOf("public", review::Format::Html));
        record("internal", "md", digestOf("internal", review::Format::Markdown));
        const std::string made(64, 'a');
        record("public", "pdf", made, digestOf("public", review::Format::Html)); // by the page it was made from
        record("public", "odt", made);                                           // which nobody told
        QCOMPARE(reads(), std::string("same same same - "));
        write("summary", "half a sent", true);
        QCOMPARE(reads(), std::string("same same same - "));
        write("summary", "It was slow for [[confidential: HUSH]] then.");
        write("participants", "Nobody else"); // which nobody outside reads
        QCOMPARE(reads(), std::string("same otherwise same - "));
        write("summary", "It was down for [[confidential: HUSH]] then.");
        QCOMPARE(reads(), std::string("otherwise otherwise otherwise - "));
        write("summary", "It was slow for [[confidential: HUSH]] then.");
        write("participants", "Everybody of the shop");
        QCOMPARE(reads(), std::string("same same same - "));
        // What ana might read is nobody's to say once she has left.
        Workspace without = aWorkspace();
        std::erase_if(without.people, [](const Person &p) { return p.id == "ana"; });
        log.record(withWorkspace(std::move(without)));
        QCOMPARE(reads(), std::string("- - - - "));
    }

    void aPageOfALibraryIsReadAgainAsItWentOut()
    {
        Log log = reviewed("It was slow.");
        log.record(withConnection("wiki", "confluence", static_cast<Writes>(Write::Publish)));
        const auto asked = decide(log.state, PublishReview{"INC-1", "public", "wiki"}, kAna, log.now());
        QVERIFY2(asked.has_value(), asked ? "" : asked.error().message.c_str());
        OutboxQueued queued = *getIf<OutboxQueued>(&asked->events.front());
        queued.number = 1;
        const OutboxMoved moved{1, Delivery::Confirmed, "4711 https://wiki.example/4711", {}, "INC-1"};
        log.record(queued).record(moved);
        log.record(react(log.state, moved, log.now()));
        const auto reads = [&] { return publishedAgain(log.state, *log.state.incident("INC-1")); };
        QVERIFY(reads() == std::vector{Reads::Same});
        log.record(ActionKept{"INC-1", "Roll out to one cell first", "ben", "no page", {}, 1, kMorning + hours(24 * 30), Strength::Engineer, kAna});
        QVERIFY(reads() == std::vector{Reads::Otherwise});
    }

    /// Whatever its rendition is made of, not the sections alone.
    void aPageThatWaitsIsWrittenAnewWhenAnythingInItChanges()
    {
        Log log = reviewed("It was slow.");
        log.record(withConnection("wiki", "confluence", static_cast<Writes>(Write::Publish)));
        ActionKept action{"INC-1", "Roll out to one cell first", "ben", "no page", {}, 1, kMorning + hours(24 * 30), Strength::Engineer, kAna};
        log.record(action);
        const auto asked = decide(log.state, PublishReview{"INC-1", "internal", "wiki"}, kAna, log.now());
        QVERIFY2(asked.has_value(), asked ? "" : asked.error().message.c_str());
        OutboxQueued waiting = *getIf<OutboxQueued>(&asked->events.front());
        waiting.number = 1;
        log.record(waiting);
        const auto isAnew = [&](const auto &event) {
            log.record(event);
            for (const Event &each : react(log.state, event, log.now()))
                if (const auto *queued = getIf<OutboxQueued>(&each); queued && queued->effect == Effect::PublishReview && queued->instead == waiting.number) {
                    waiting = *queued;
                    waiting.number = log.state.lastOutbox + 1;
                    log.record(waiting);
                    return true;
                }
            return false;
        };
        action.text = "Roll out to two cells first";
        QVERIFY(isAnew(action));
        QVERIFY(isAnew(ActionTracked{"INC-1", "hub", "12", {}, 1, kAna}));
        QVERIFY(isAnew(ActionTurned{"INC-1", {}, 1, ActionState::Done, kAna}));
        QVERIFY(isAnew(FactorRated{"INC-1", "trigger.none", {}, "2026.1", {"line/2"}, false, kAna}));
        QVERIFY(isAnew(TitleCorrected{"INC-1", "it was more", "Checkout was down", kAna}));
        QVERIFY(!isAnew(ReviewCommented{"INC-1", "summary", "slow", "how?", 1, 0, kAna})); // which is in no rendition
        QVERIFY(!isAnew(ReviewTurned{"INC-1", {}, ReviewPhase::InReview, kAna}));
        std::size_t waits = 0;
        for (const auto &[number, o] : log.state.outbox)
            waits += o.what.effect == Effect::PublishReview && o.delivery == Delivery::Queued ? 1 : 0;
        QCOMPARE(waits, std::size_t(1));
    }

    /// Two changes of one moment each write it anew; the last goes out.
    void ofAPageThatIsWrittenAnewTwiceTheLastGoesOut()
    {
        Log log = reviewed("It was slow.");
        OutboxQueued page;
        page.effect = Effect::PublishReview;
        page.connection = "wiki";
        page.incident = "INC-1";
        page.audience = "public";
        page.subject = "review/public";
        OutboxQueued other = page;
        other.subject = "review/internal";
        for (OutboxQueued *each : {&page, &other}) {
            each->number = log.state.lastOutbox + 1;
            log.record(*each);
        }
        for (int n = 0; n < 2; ++n) {
            page.number = log.state.lastOutbox + 1;
            page.instead = 1;
            log.record(page);
        }
        QCOMPARE(log.state.outbox.at(1).delivery, Delivery::Failed);
        QCOMPARE(log.state.outbox.at(2).delivery, Delivery::Queued); // for others
        QCOMPARE(log.state.outbox.at(3).delivery, Delivery::Failed);
        QCOMPARE(log.state.outbox.at(4).delivery, Delivery::Queued);
    }

    /// Of a page that was taken back while it was sent nobody may ever know more.
    void whatWasTakenBackAndIsNotKnownHoldsNoConnection()
    {
        Log log = reviewed("It was slow.");
        log.record(withConnection("wiki", "confluence", static_cast<Writes>(Write::Publish)));
        OutboxQueued page;
        page.effect = Effect::PublishReview;
        page.connection = "wiki";
        page.incident = "INC-1";
        page.subject = "review/public";
        page.number = 1;
        log.record(page).record(OutboxMoved{1, Delivery::Sent, {}, {}, "INC-1"});
        Connection other = log.state.source("wiki")->connection;
        other.path = "ELSE";
        QVERIFY(!mayBeSetTo(log.state, other).has_value());
        WriteWithheld withheld{Effect::PublishReview, "wiki", "INC-1", {}, {}, "it may not leave"};
        withheld.instead = 1;
        log.record(withheld);
        QVERIFY(!mayBeSetTo(log.state, other).has_value()); // it may still arrive
        log.record(OutboxMoved{1, Delivery::Unknown, {}, "whether it had been written is not known", "INC-1"});
        QVERIFY(mayBeSetTo(log.state, other).has_value());
    }

    void anAudienceIsNamed()
    {
        const Log log = reviewed("said");
        QVERIFY(!publishable(log.state, "INC-1", "", "ana"));
        const auto unknown = publishable(log.state, "INC-1", "nonsense", "ana");
        QVERIFY(!unknown && unknown.error().code == Code::NotFound);
        QCOMPARE(unknown.error().message, std::string("There is no audience \"nonsense\"; there are internal, public, customers, technical, executive, regulator, partners."));
        const auto record = decide(log.state, RecordPublication{"INC-1", "nonsense", "md", {}, std::string(64, 'a')}, kAna, log.now());
        QVERIFY(!record && record.error().code == Code::NotFound);
        Workspace own = aWorkspace();
        own.audiences = {"board"};
        const Log other = reviewed("said", own);
        QVERIFY(publishable(other.state, "INC-1", "board", "ana") && publishable(other.state, "INC-1", "internal", "ana") && publishable(other.state, "INC-1", "public", "ana"));
        const auto gone = publishable(other.state, "INC-1", "customers", "ana");
        QVERIFY(!gone);
        QCOMPARE(gone.error().message, std::string("There is no audience \"customers\"; there are internal, public, board."));
        QVERIFY(!publishable(log.state, "INC-9", "public", "ana"));
    }

    /// Nobody the workspace knows, and a host no alert of ours named: they are what a rebuilt incident is full of.
    void whoAndWhatARebuiltIncidentNamesIsKnown()
    {
        Log log = reviewed("Zoe Novak restarted pay-db-9, asked by kim, says Zoe.");
        const Instant at = log.state.incident("INC-1")->declaredAt;
        log.record(FactImported{"INC-1", "Slack export, #inc-1", "message", "Zoe Novak", "on it", "1", at, {}, {}});
        log.record(FactImported{"INC-1", "PagerDuty log", "log", "PagerDuty", "resolved", "2", at, {}, {}});
        log.record(FactImported{"INC-1", "Prometheus", "alert", "Prometheus", "Slow fires (instance=\"pay-db-9:9100\", job=\"x\")", "3", at, {}, {}});
        MessageSeen said;
        said.incident = "INC-1";
        said.connection = "chat";
        said.room = "war@rooms.example.org";
        said.messageId = "m1";
        said.sender = "war@rooms.example.org/kim";
        said.nick = "kim";
        said.text = "restart it";
        log.record(said);
        const auto what = publishable(log.state, "INC-1", "public", "ana");
        QVERIFY(what.has_value());
        const std::string text = review::renderedAs(what->rendition, review::Format::Plain);
        QVERIFY2(!holdsWords(text, "Novak") && holdsWords(text, "responder restarted"), text.c_str());
        std::string found;
        for (const review::Leak &leak : what->leaks)
            found += std::string(review::word(leak.kind)) + " " + leak.words + "; ";
        QCOMPARE(found, std::string("host pay-db-9; person kim; person Zoe; "));
    }

    /// A file's "ana" may be anybody: she is the commander only where the workspace says so.
    void aNameInAFileIsNobodyHereByChance()
    {
        Workspace bound = aWorkspace();
        bound.people[0].accounts = {{"slack", "ana"}};
        QCOMPARE(bound.people[0].id, std::string("ana"));
        for (const bool isBound : {false, true}) {
            Log log = reviewed("@ana restarted it.", isBound ? bound : aWorkspace());
            QVERIFY2(holdsWords(textFor(log, "public"), "The incident commander restarted it."), textFor(log, "public").c_str());
            const Instant at = log.state.incident("INC-1")->declaredAt;
            log.record(FactImported{"INC-1", "Slack export, #inc-1", "message", "ana", "on it", "1", at, {}, {}});
            log.record(FactImported{"INC-1", "Slack export, #inc-1", "message", "ben", "on it", "2", at, {}, {}});
            const std::string text = textFor(log, "public");
            QVERIFY2(holdsWords(text, isBound ? "The incident commander restarted it." : "A responder restarted it."), text.c_str());
        }
    }

    /// Two thousand people and hosts that files alone name: the last is known as the first is.
    void howeverManyARebuiltIncidentNamesEachIsKnown()
    {
        Log log = reviewed("Zoe Novak1999 restarted node-1999, zoe1999 looked on.");
        const Instant at = log.state.incident("INC-1")->declaredAt;
        for (int n = 0; n < 2'000; ++n) {
            const std::string number = std::to_string(n);
            log.record(FactImported{"INC-1", "Slack export, #inc-1", "message", "Zoe Novak" + number, "on it", "m" + number, at, {}, {}});
            log.record(FactImported{"INC-1", "Slack export, #inc-1", "message", "zoe" + number, "on it", "s" + number, at, {}, {}});
            log.record(FactImported{"INC-1", "Prometheus", "alert", "Prometheus", "Slow fires (instance=\"node-" + number + ":9100\")", "a" + number, at, {}, {}});
        }
        const auto what = publishable(log.state, "INC-1", "public", "ana");
        QVERIFY(what.has_value());
        std::string found;
        for (const review::Leak &leak : what->leaks)
            found += std::string(review::word(leak.kind)) + " " + leak.words + "; ";
        QCOMPARE(found, std::string("host node-1999; person zoe1999; "));
        const std::string text = review::renderedAs(what->rendition, review::Format::Plain);
        QVERIFY2(!holdsWords(text, "Novak"), text.c_str());
    }

    void aRebuiltCopyAndADrillAreNoWitnesses()
    {
        Log log = reviewed("said");
        const Instant declared = log.state.incident("INC-1")->declaredAt;
        const auto rebuilt = [&](const std::string &id, Instant since, Instant until) {
            auto e = anIncident(id).service("web").event();
            e.kind = "backfilled";
            e.impactSince = since;
            e.until = until;
            log.record(e);
            log.record(FactImported{id, "slack export", "log", "x", "y", "z", since, {}, {}});
        };
        rebuilt("INC-2", declared, declared + seconds(1));
        rebuilt("INC-3", declared - hours(3), declared - hours(2));
        auto drill = anIncident("INC-4").service("web").event();
        drill.kind = "drill";
        log.record(drill);
        log.record(anIncident("INC-5").service("cart").event());
        std::string counted;
        for (const review::Witness &w : review::witnessesOf(log.state))
            counted += w.what.counts ? w.what.incident + " " : "";
        QCOMPARE(counted, std::string("INC-1 INC-3 INC-5 "));
    }

    /// What was called off, or planned, at that service and that time is not what the files tell of; long after it even less.
    void aFalseAlarmAndPlannedWorkAreNotWhatWasRebuilt()
    {
        Log log = reviewed("said");
        log.record(anIncident("INC-2").service("cart").event());
        const Instant declared = log.state.incident("INC-2")->declaredAt;
        log.record(StatusChanged{"INC-2", "it was the test", IncidentStatus::Cancelled, kAna});
        auto planned = anIncident("INC-3").service("cart").event();
        planned.kind = "maintenance";
        log.record(planned);
        const auto rebuilt = [&](const std::string &id, Instant since) {
            auto e = anIncident(id).service("cart").event();
            e.kind = "rebuilt";
            e.impactSince = since;
            e.until = since + minutes(5);
            log.record(e, hours(24 * 30));
            log.record(FactImported{id, "slack export", "log", "x", "y", "z", since, {}, {}});
        };
        rebuilt("INC-4", declared);
        rebuilt("INC-5", declared + hours(24 * 20));
        std::string counted;
        for (const review::Witness &w : review::witnessesOf(log.state))
            counted += w.what.counts ? w.what.incident + " " : "";
        QCOMPARE(counted, std::string("INC-1 INC-4 INC-5 "));
    }
};

QD_TEST(TestPublishing)
#include "tst_publishing.moc"
