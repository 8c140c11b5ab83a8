// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/evidence.h"
#include "ui/seat/reviewrules.h"
#include "ui/seat/viewbuilder.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;
using seat::Looking;
using seat::ViewBuilder;

namespace {

struct ReviewedScene {
    Log log;
    ViewBuilder builder;
    Looking looking;
    explicit ReviewedScene(int lines)
    {
        log.record(withWorkspace()).record(withConnection("am")).record(anIncident("INC-1").severity(IncidentSeverity::Sev1).service("db").event());
        for (int i = 0; i < lines;) {
            events::Events some;
            for (int n = 0; n < 100 && i < lines; ++n, ++i)
                some.push_back(events::LogWritten{"INC-1", "line " + std::to_string(i), kAna});
            log.record(std::move(some));
        }
        looking.person = QStringLiteral("ana");
        looking.review = QStringLiteral("INC-1");
    }
    view::ViewModelPtr view()
    {
        looking.now = log.now();
        return builder.build(log.state, looking);
    }
};

} // namespace

class TestViewReview final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// What is for people outside alone is written in the window like every other section, and everybody it may be published for can be chosen.
    void everySectionHasAPlaceAndEveryAudienceAName()
    {
        ReviewedScene scene(1);
        scene.log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
        scene.log.record(events::SectionWritten{"INC-1", "lessons-learned", "Look at the pool first.", 0, 1, false, kAna});
        const auto review = scene.view()->review;
        QVERIFY(review);
        QStringList ids;
        for (const view::ReviewSection &s : review->sections)
            ids << s.id;
        QVERIFY2(ids.contains(QStringLiteral("external")) && ids.back() == QStringLiteral("lessons-learned"), qPrintable(ids.join(QLatin1Char(' '))));
        QCOMPARE(review->section(QStringLiteral("external"))->title, QStringLiteral("To our customers"));
        QCOMPARE(review->section(QStringLiteral("external"))->revision(), std::uint32_t{0});
        QCOMPARE(review->sections.back().title, QStringLiteral("Lessons learned"));
        QCOMPARE(review->audiences.front(), QStringLiteral("internal"));
        QVERIFY(review->audiences.contains(QStringLiteral("customers")) && !review->audiences.contains(QStringLiteral("public")));
        Workspace named = aWorkspace();
        named.audiences = {"partners"};
        UpdateTemplate t;
        t.audience = "shops";
        named.templates = {t, t};
        scene.log.record(withWorkspace(named));
        QCOMPARE(scene.view()->review->audiences, (QStringList{QStringLiteral("internal"), QStringLiteral("partners"), QStringLiteral("shops")}));
    }

    /// As known then a line says what it said then, in the log and in a room; as it was is told in its last words.
    void aLineThatWasPutOtherwiseHasItsWordsOfThen()
    {
        ReviewedScene scene(0);
        events::RoomLinked room;
        room.incident = "INC-1";
        room.connection = "slack";
        room.room = "C1";
        events::MessageSeen said;
        said.incident = "INC-1";
        said.connection = "slack";
        said.room = "C1";
        said.messageId = "m1";
        said.person = "ana";
        said.sender = "U1";
        said.verified = true;
        said.text = "the database";
        said.serverTime = scene.log.now();
        scene.log.record(room).record(said);
        const Instant then = scene.log.state.time;
        QVERIFY(scene.view()->review);
        said.kind = events::MessageKind::Edit;
        said.target = "m1";
        said.messageId = "m2";
        said.text = "the cache, not the database";
        scene.log.record(said, minutes(4));
        const Instant edited = scene.log.state.time;
        const auto view = scene.view();
        const view::Evidence &e = *view->review->evidence;
        const view::EvidenceRow *row = nullptr;
        for (std::size_t i = 0; i < e.size(); ++i)
            if (e.row(i).reference == QLatin1String("message/m1"))
                row = &e.row(i);
        QVERIFY(row);
        QCOMPARE(row->textAt(then, view::PastClock::AsKnown), QStringLiteral("the database"));
        QCOMPARE(row->textAt(edited - nanos(1), view::PastClock::AsKnown), QStringLiteral("the database"));
        QCOMPARE(row->textAt(edited, view::PastClock::AsKnown), QStringLiteral("the cache, not the database"));
        QCOMPARE(row->textAt(then, view::PastClock::AsItWas), QStringLiteral("the cache, not the database"));
        // Of what is struck of its earlier texts nothing is left over from what was shown before, though it says the same now.
        state::Incident &incident = scene.log.state.incidents.edit(1);
        for (std::size_t i = 0; i < incident.timeline.size(); ++i)
            if (incident.timeline[i].messageId == "m1")
                incident.timeline.edit(i).revisions.front() = "struck words";
        incident.changed += 1000; // no record's
        const auto struck = scene.view();
        for (std::size_t i = 0; i < struck->review->evidence->size(); ++i)
            if (const view::EvidenceRow &each = struck->review->evidence->row(i); each.reference == QLatin1String("message/m1"))
                QCOMPARE(each.before.front().text, QStringLiteral("struck words"));
        // What was taken back is said no more, whenever it was.
        said.kind = events::MessageKind::Removal;
        said.messageId = "m3";
        said.text.clear();
        scene.log.record(said, minutes(1));
        const auto after = scene.view();
        const view::Evidence &left = *after->review->evidence;
        for (std::size_t i = 0; i < left.size(); ++i)
            QVERIFY(left.row(i).reference != QLatin1String("message/m1") || (left.row(i).removed && left.row(i).before.empty()));
    }

    /// The stated bound: opening makes each row once, a view in which nothing changed makes none, a new line its piece alone.
    void fiftyThousandLinesAreMadeOnceAndThenOnlyWhatChanged()
    {
        constexpr int kLines = 50'000;
        ReviewedScene s(kLines);
        const auto first = s.view()->review;
        QVERIFY(first && first->evidence);
        QVERIFY(first->evidence->size() >= kLines);
        QCOMPARE(first->evidence->built, first->evidence->size());
        const auto same = s.view()->review;
        QCOMPARE(same->evidence.get(), first->evidence.get());
        s.log.record(events::LogWritten{"INC-1", "one more", kAna});
        const auto more = s.view()->review;
        QCOMPARE(more->evidence->size(), first->evidence->size() + 1);
        QVERIFY(more->evidence->built - first->evidence->built <= view::Evidence::kChunk);
        QCOMPARE(more->evidence->chunks.front().get(), first->evidence->chunks.front().get());
    }

    /// Running, called off, over and never reviewed, under review: each is listed, what is due first, and each can be gone through.
    void anyIncidentIsListedAndHasAPast()
    {
        ReviewedScene s(2);
        for (const char *id : {"INC-2", "INC-3", "INC-4"})
            s.log.record(anIncident(id).service("db").event(), minutes(1));
        s.log.record(events::StatusChanged{"INC-2", {}, IncidentStatus::Cancelled, kAna}).record(events::StatusChanged{"INC-3", {}, IncidentStatus::Resolved, kAna}).record(events::StatusChanged{"INC-4", {}, IncidentStatus::Resolved, kAna});
        const Instant calledOff = s.log.state.incident("INC-2")->timeline.back().written();
        s.log.record(events::ReviewArranged{"INC-4", "ana", {}, s.log.now() + hours(30), {}, {}, kAna}, hours(2));
        auto view = s.view();
        QStringList listed;
        for (const view::ReviewRow &row : view->reviews)
            listed << row.incident;
        QCOMPARE(listed, QStringList({QStringLiteral("INC-4"), QStringLiteral("INC-1"), QStringLiteral("INC-3"), QStringLiteral("INC-2")}));
        QCOMPARE(view->unlistedReviews, 0);
        QVERIFY(view->reviews[1].isRunning() && !view->reviews[2].isRunning());
        QVERIFY(view->review && view->review->isRunning() && !view->review->isOpen() && !view->review->mayBegin());
        QCOMPARE(view->review->to, s.log.now()); // until now
        QVERIFY(view->review->evidence->size() > 2);
        s.looking.review = QStringLiteral("INC-2");
        view = s.view();
        QCOMPARE(view->review->status, IncidentStatus::Cancelled);
        QVERIFY(view->review->mayBegin());
        QCOMPARE(view->review->to, calledOff);
        s.looking.review = QStringLiteral("INC-3");
        QVERIFY(s.view()->review->mayBegin());
        // What becomes of one is seen.
        s.log.record(events::StatusChanged{"INC-1", {}, IncidentStatus::Resolved, kAna});
        view = s.view();
        QVERIFY(std::none_of(view->reviews.begin(), view->reviews.end(), [](const view::ReviewRow &row) { return row.isRunning(); }));
    }

    /// No incident falls off the list unsaid.
    void theListOfReviewsIsComplete()
    {
        ReviewedScene s(0);
        events::Events many;
        for (int i = 2; i <= 1200; ++i)
            many.push_back(anIncident("INC-" + std::to_string(i)).event());
        s.log.record(std::move(many));
        QCOMPARE(s.view()->reviews.size(), std::size_t{1200});
        QCOMPARE(s.view()->unlistedReviews, 0);
    }

    void aReviewSaysWhoHoldsWhatAndSharesItsTexts()
    {
        ReviewedScene s(3);
        s.log.record(events::ReviewArranged{"INC-1", "ana", {}, s.log.now() + hours(30), {}, {"ana", "ben"}, kAna});
        s.log.record(events::SectionHeld{"INC-1", "narrative", true, {}, kAna});
        s.log.record(events::SectionWritten{"INC-1", "narrative", "It began.", 0, 1, false, kAna});
        const auto first = s.view();
        QVERIFY(first->review);
        QCOMPARE(first->review->phase, ReviewPhase::Draft);
        const view::ReviewSection *narrative = first->review->section(QStringLiteral("narrative"));
        QVERIFY(narrative != nullptr);
        QVERIFY(narrative->heldByYou);
        QCOMPARE(narrative->text(), QStringLiteral("It began."));
        QVERIFY(narrative->revisions.back()->yours);
        QCOMPARE(first->reviews.size(), std::size_t{1});
        QCOMPARE(first->reviews[0].required, 2);
        QVERIFY(std::any_of(first->review->factors.begin(), first->review->factors.end(), [](const auto &f) { return f.isHeading; }));
        QVERIFY(std::any_of(first->review->gates.begin(), first->review->gates.end(), [](const auto &g) { return g.isOpen(); }));
        QVERIFY(!first->review->prompts.empty());
        QCOMPARE(first->review->prompts.front().statement, QStringLiteral("observation"));
        s.log.record(events::SectionWritten{"INC-1", "summary", "Short.", 0, 1, false, kAna});
        const auto second = s.view();
        QCOMPARE(second->review->section(QStringLiteral("narrative"))->revisions.back().get(), narrative->revisions.back().get());
    }

    void aReviewHasTheFiguresOfItsIncident()
    {
        ReviewedScene s(3);
        const Instant began = s.log.now();
        s.log.record(events::FloodBegan{11, {}});
        s.log.record(events::EscalationStarted{1, "db", "INC-1", "db", "", true, {}, kAna});
        s.log.record(events::EscalationAcknowledged{1, "INC-1", kAna});
        s.log.record(events::FloodEnded{began, 40, 25, {}});
        s.log.record(events::StatusChanged{"INC-1", {}, IncidentStatus::Resolved, kAna});
        const view::Figures f = s.view()->review->figures;
        QVERIFY(f.declared && f.resolved >= f.declared && !f.mitigated);
        QVERIFY(f.firstAnswer >= f.declared);
        QCOMPARE(f.answers.size(), std::size_t{1});
        QCOMPARE(f.unanswered, 0);
        QCOMPARE(f.floods.size(), std::size_t{1});
        QCOMPARE(f.floods[0].alarms, 40);
        QCOMPARE(f.floods[0].peak, 25);
        QCOMPARE(f.floods[0].from, began);
    }

    void whatCameAfterItWasCalledOffIsNoFigureOfIt()
    {
        ReviewedScene s(3);
        s.log.record(events::StatusChanged{"INC-1", "it was the test", IncidentStatus::Cancelled, kAna}, minutes(5));
        s.log.record(events::FloodBegan{11, {}}, hours(24));
        QVERIFY(s.view()->review->figures.floods.empty());
        s.log.record(events::FloodEnded{s.log.now(), 40, 25, {}}, minutes(5));
        QVERIFY(s.view()->review->figures.floods.empty());
    }

    void aMarkedMomentBringsItsTwoQuestions()
    {
        ReviewedScene s(3);
        s.log.record(events::MomentMarked{"INC-1", "it was the pool", "diagnosis", {}, 1, s.log.now(), false, kAna});
        const auto view = s.view();
        QCOMPARE(view->review->moments.size(), std::size_t{1});
        QCOMPARE(view->review->moments[0].questions.size(), 2);
    }

    void anActionSaysWhatItsTrackerSaysOfIt()
    {
        ReviewedScene s(3);
        Workspace w = aWorkspace();
        w.people[0].accounts = {{"hub", "ana-gh"}};
        w.people[1].accounts = {{"hub", "ben-gh"}};
        s.log.record(withWorkspace(w));
        s.log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
        s.log.record(events::ActionKept{"INC-1", "cap it", "ben", {}, {}, 1, {}, Strength::Engineer, kAna});
        s.log.record(events::ActionTracked{"INC-1", "hub", "12", {}, 1, kAna});
        s.log.record(events::ActionSeen{"INC-1", "cap it", "closed", "ana-gh", 1, true, {}, {}});
        const auto made = s.view();
        QCOMPARE(made->review->actions.size(), std::size_t{1});
        const view::ReviewAction &a = made->review->actions[0];
        QCOMPARE(a.tracker, QStringLiteral("hub"));
        QVERIFY(a.there && *a.there == QStringLiteral("Ana"));
        QVERIFY(a.proposed && *a.proposed == ActionState::Done);
    }

    void whatWasSaidForSomebodyIsShownBesideWhatTheySaid()
    {
        ReviewedScene s(0);
        s.log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {"ben"}, kAna});
        s.log.record(events::ContributionGiven{"INC-1", "ben", "I saw the limit.", {}, {"ben", Path::Person}}).record(events::ContributionGiven{"INC-1", "ben", {}, "ana", kAna});
        s.log.record(events::ContributionGiven{"INC-1", "ben", "He saw the pool.", "ana", kAna});
        const auto review = s.view()->review;
        const auto p = std::find_if(review->people.begin(), review->people.end(), [](const view::ReviewPerson &each) { return each.id == QStringLiteral("ben"); });
        QVERIFY(p != review->people.end() && p->contributed);
        QCOMPARE(p->text, QStringLiteral("I saw the limit.\n\nAna: He saw the pool."));
        QCOMPARE(p->delegate, QStringLiteral("Ana"));
    }

    void aDebriefIsShownOfEverybodyTogether()
    {
        ReviewedScene s(0);
        Workspace w = aWorkspace();
        w.review.cost = {"EUR", 6000, {}};
        const events::Actor ben{"ben", Path::Person};
        s.log.record(withWorkspace(std::move(w))).record(events::StatusChanged{"INC-1", {}, IncidentStatus::Resolved, kAna}, hours(1));
        s.log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {"ana", "ben"}, kAna}).record(events::SectionWritten{"INC-1", "summary", "x", 0, 1, false, kAna});
        s.log.record(events::MeetingHeld{"INC-1", s.log.now(), {"ana"}, kAna}).record(events::ReviewSigned{"INC-1", false, kAna}).record(events::ReviewSigned{"INC-1", false, {"zoe", Path::Person}});
        s.log.record(events::CostNoted{"INC-1", "cloud", 1, 500, false, kAna}).record(events::FeedbackGiven{"INC-1", "zebra", {}, 1, 4}).record(events::FeedbackGiven{"INC-1", "calm", "ben", 2, 4}).record(events::FeedbackGiven{"INC-1", {}, {}, 3, 1});
        auto review = s.view()->review;
        const view::Debrief &d = review->debrief;
        QVERIFY(d.heldAt && d.attended == QStringList{QStringLiteral("Ana")});
        QVERIFY(d.toSign == 2 && d.standing == 1 && d.youSigned && d.yoursStands); // Zoe was not asked
        QVERIFY(d.isReckoned && d.people == 1 && d.minutes == 60 && d.noted == 500 && d.currency == QStringLiteral("EUR"));
        QVERIFY(d.answers() == 3 && d.scores[0] == 1 && d.scores[3] == 2 && d.words.size() == 2);
        QVERIFY(d.words[0].text == QStringLiteral("calm") && d.words[0].person == QStringLiteral("Ben") && d.words[1].text == QStringLiteral("zebra") && d.words[1].person.isEmpty());
        QVERIFY(review->people[0].wasThere && review->people[0].signatureStands && !review->people[1].wasThere && !review->people[1].hasSigned);
        QCOMPARE(review->people.back().id, QStringLiteral("zoe")); // who signed unasked is seen
        s.log.record(events::SectionWritten{"INC-1", "summary", "y", 1, 2, false, ben}).record(events::FactorRated{"INC-1", "trigger.none", {}, "1", {}, false, ben, Confidence::Medium});
        review = s.view()->review;
        QVERIFY(review->debrief.standing == 0 && review->debrief.youSigned && !review->debrief.yoursStands && review->people[0].hasSigned && !review->people[0].signatureStands);
        const auto factor = std::find_if(review->factors.begin(), review->factors.end(), [](const auto &f) { return f.id == QStringLiteral("trigger.none"); });
        QVERIFY(factor != review->factors.end() && factor->confidence == std::vector<Confidence>{Confidence::Medium});
    }

    /// A pattern changes without a record of the incident.
    void whatRecursAtItsServicesIsShownWhileTheReviewIsOpen()
    {
        ReviewedScene s(1);
        s.log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
        QVERIFY(s.view()->review->patterns.empty());
        s.log.record(events::PatternKept{1, "Too small", "It is measured.", {}, {"db"}, {"INC-1"}, kAna});
        const auto live = s.view();
        QCOMPARE(live->review->patterns, (std::vector<view::LivePattern>{{1, QStringLiteral("Too small"), QStringLiteral("It is measured."), {QStringLiteral("INC-1")}}}));
        QCOMPARE(live->reviews[0].patterns, 1);
        s.log.record(events::PatternTurned{1, PatternState::Met, "measured", kAna});
        const auto met = s.view();
        QVERIFY(met->review->patterns.empty() && met->reviews[0].patterns == 0);
    }

    void factorsOfSecurityComeFirstWhereItIsAboutThatAndLastElsewhere()
    {
        ReviewedScene s(1);
        s.log.record(anIncident("INC-2").titled("Phishing of two colleagues").service("db").event());
        const auto isOffered = [](const view::FactorRow &f) { return f.offered; };
        const auto like = seat::factorsOf(s.log.state, *s.log.state.incident("INC-1"), "ana"), ofSecurity = seat::factorsOf(s.log.state, *s.log.state.incident("INC-2"), "ana");
        QCOMPARE(like.front().id, QStringLiteral("trigger"));
        QCOMPARE(like.back().layer, QStringLiteral("security"));
        QVERIFY(std::none_of(like.begin(), like.end(), isOffered));
        QCOMPARE(ofSecurity.front().id, QStringLiteral("security"));
        QCOMPARE(std::count_if(ofSecurity.begin(), ofSecurity.end(), isOffered), 7);
        s.looking.review = QStringLiteral("INC-2");
        QCOMPARE(s.view()->review->security, QStringLiteral("its title says phishing"));
    }

    void whoIsNotNamedIsWhatTheyWereThen()
    {
        ReviewedScene s(0);
        s.log.record(events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna});
        s.log.record(events::LogWritten{"INC-1", "in command", kAna});
        const auto review = s.view()->review;
        const auto &e = *review->evidence;
        bool found = false;
        for (std::size_t i = 0; i < e.size(); ++i)
            if (e.row(i).text == QLatin1String("in command")) {
                found = true;
                QVERIFY(!e.row(i).role.isEmpty());
                QVERIFY(e.row(i).role != e.row(i).actor);
            }
        QVERIFY(found);
    }

    /// Places are letters of the window's text, whatever stands before them.
    void aFindingStandsWhereItsWordsAre()
    {
        ReviewedScene s(1);
        s.log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
        const QString text = QStringLiteral("Müller 🙂 saw it. They should have rolled back.");
        const auto found = seat::findingsOf(s.log.state, *s.log.state.incident("INC-1"), "narrative", text, nullptr);
        const auto it = std::find_if(found.begin(), found.end(), [&](const view::Finding &f) { return !f.unsupported && text.mid(f.from, f.length).contains(QStringLiteral("should have")); });
        QVERIFY(it != found.end());
        QVERIFY(!it->question.isEmpty());
    }

    void aNameIsSaidInFactorsAndActionsAndInSectionsIsNot()
    {
        ReviewedScene s(1);
        Workspace w = aWorkspace();
        s.log.record(withWorkspace(std::move(w))).record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
        const auto named = [&](const std::string &section) {
            QStringList out;
            for (const view::Finding &f : seat::findingsOf(s.log.state, *s.log.state.incident("INC-1"), section, QStringLiteral("Ana reads every push twice"), nullptr))
                if (f.rule == QLatin1String("name"))
                    out << f.words;
            return out;
        };
        QCOMPARE(named({}).size(), 1);
        QVERIFY2(named({})[0].contains(QStringLiteral("Ana")), qPrintable(named({})[0]));
        QVERIFY(named("narrative").isEmpty());
    }
};

QD_TEST(TestViewReview)
#include "tst_viewreview.moc"
