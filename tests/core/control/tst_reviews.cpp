// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/get.h"
#include "core/control/items.h"
#include "core/control/publishing.h"
#include "core/control/review.h"
#include "core/review/spelling.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace qd;
using namespace qd::tests;

namespace {

QJsonObject parsed(const std::string &json)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
}

QJsonObject first(const Log &log, std::string_view what)
{
    const auto got = control::getJson(log.state, what, {});
    return got ? parsed(*got)[QLatin1String("items")].toArray().at(0).toObject() : QJsonObject();
}

QString text(const QJsonObject &o, const char *name)
{
    return o[QLatin1String(name)].toString();
}

Log aReviewRead()
{
    Workspace w = aWorkspace();
    Log log;
    log.record(withWorkspace(std::move(w))).record(anIncident().severity(IncidentSeverity::Sev1).service("cart").event());
    log.record(events::ReviewArranged{"INC-1", "ana", "", kMorning + hours(1), {}, {"ana", "ben"}, kAna});
    log.record(events::SectionWritten{"INC-1", "narrative", "It was human error. The token is [[restricted for ben: hunter2 should have]].", 0, 2, false, kAna});
    log.record(events::ContributionGiven{"INC-1", "ben", {}, "ana", kAna});
    log.record(events::FactorRated{"INC-1", "trigger.none", {}, "2026.1", {"line/2"}, false, kAna});
    log.record(events::ActionKept{"INC-1", "cap it", "ben", {}, {}, 1, kMorning + hours(24), Strength::Engineer, kAna});
    log.record(events::ActionKept{"INC-1", "cap it", "ben", {}, {}, 1, kMorning + hours(48), Strength::Engineer, kAna});
    log.record(events::ReviewCommented{"INC-1", "narrative", "human", "how?", 1, 0, kAna});
    return log;
}

} // namespace

/// Reviews, actions and the taxonomy as they are read from outside.
class TestReviews : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aReviewIsListedWithWhatItWaitsFor()
    {
        Log log = aReviewRead();
        const QJsonObject r = first(log, "reviews");
        QCOMPARE(text(r, "incident"), QStringLiteral("INC-1"));
        QCOMPARE(text(r, "phase"), QStringLiteral("draft"));
        QVERIFY(r[QLatin1String("gated")].toBool() && !r[QLatin1String("overdue")].toBool());
        QCOMPARE(r[QLatin1String("gates")].toArray().size(), 4);
        QCOMPARE(text(r[QLatin1String("gates")].toArray()[0].toObject(), "standing"), QStringLiteral("open"));
        QCOMPARE(text(r[QLatin1String("people")].toArray()[1].toObject(), "delegate"), QStringLiteral("ana"));
        QCOMPARE(text(r[QLatin1String("factors")].toArray()[0].toObject(), "label"), QStringLiteral("nothing changed"));
        QVERIFY(!r.contains(QLatin1String("texts")) && r[QLatin1String("openComments")].toInt() == 1);
        log.record(events::LogWritten{"INC-1", "later", kAna}, hours(2));
        QVERIFY(first(log, "reviews")[QLatin1String("overdue")].toBool());
        // An incident without a review is in no list of them.
        log.record(anIncident("INC-2").event());
        QCOMPARE(parsed(*control::getJson(log.state, "reviews", {}))[QLatin1String("items")].toArray().size(), 1);
    }
    /// Questions are asked, and words looked through, in what it was opened in.
    void aReviewIsLookedThroughInItsOwnLanguage()
    {
        Workspace german = aWorkspace(), english = aWorkspace();
        german.review.languages = {"de"};
        english.review.languages = {"en"};
        Log log;
        log.record(withWorkspace(std::move(german))).record(anIncident().event());
        events::ReviewArranged opened{"INC-1", "ana", "", {}, {}, {}, kAna};
        opened.language = "de";
        log.record(opened).record(withWorkspace(std::move(english)));
        QCOMPARE(text(first(log, "reviews"), "language"), QStringLiteral("de"));
        const auto asked = [&](const char *language) { return control::linted(log.state, {"INC-1", {}, "It was human error.", language, {}}, "ana"); };
        const auto own = asked(""), inEnglish = asked("en");
        VERIFY_RESULT(own);
        QCOMPARE(own->languages, (std::vector<std::string>{"de", "en"}));
        QVERIFY(!own->findings.empty() && own->findings.front().question.starts_with("Wie machten"));
        VERIFY_RESULT(inEnglish);
        QVERIFY(!inEnglish->findings.empty() && inEnglish->findings.front().question.starts_with("How did"));
    }
    void anOpenReviewNamesTheLivePatternsAtItsServices()
    {
        Log log = aReviewRead();
        log.record(events::PatternKept{1, "Too small", "It is measured.", {"technical.capacity"}, {"cart"}, {"INC-1"}, kAna}).record(events::PatternKept{2, "Elsewhere", {}, {}, {"mail"}, {}, kAna});
        const auto named = [&] { return QJsonDocument(first(log, "reviews")[QLatin1String("patterns")].toArray()).toJson(QJsonDocument::Compact); };
        QCOMPARE(named(), QByteArray("[\"pattern/1\"]"));
        QCOMPARE(first(log, "patterns")[QLatin1String("openReviews")].toArray().size(), 1);
        log.record(events::PatternTurned{1, PatternState::Met, "measured", kAna});
        QCOMPARE(named(), QByteArray("[]"));
        log.record(events::PatternTurned{1, PatternState::InDesign, {}, kAna}).record(events::ReviewTurned{"INC-1", {}, ReviewPhase::Reviewed, kAna});
        QCOMPARE(named(), QByteArray("[]"));
        QVERIFY(first(log, "patterns")[QLatin1String("openReviews")].toArray().isEmpty());
        QCOMPARE(text(first(log, "reviews"), "security"), QString());
        log.record(events::FactorRated{"INC-1", "security.malware", {}, "2026.1", {}, false, kAna});
        QCOMPARE(text(first(log, "reviews"), "security"), QStringLiteral("somebody sees security.malware in it"));
    }
    void aPatternThatIsMetSaysWhereItCameBackAndSoDoesTheReview()
    {
        Log log = aReviewRead();
        log.record(events::PatternKept{1, "Nobody changed it", "It is measured.", {"trigger.none"}, {"cart"}, {"INC-1"}, kAna});
        log.record(anIncident("INC-2").service("cart").event()).record(events::FactorRated{"INC-2", "trigger.none", {}, "2026.1", {}, false, kAna});
        const auto since = [&] { return QJsonDocument(first(log, "patterns")[QLatin1String("seenSince")].toArray()).toJson(QJsonDocument::Compact); };
        const auto again = [&](const char *incident) { return QByteArray::fromStdString(boost::json::serialize(control::reviewItem(log.state, *log.state.incident(incident), false).at("metAgain"))); };
        QCOMPARE(since(), QByteArray("[\"INC-2\"]")); // it lives, and is seen in what it does not name
        QCOMPARE(again("INC-2"), QByteArray("[]"));
        log.record(events::PatternTurned{1, PatternState::Met, "measured", kAna}, hours(1));
        QCOMPARE(since(), QByteArray("[]")); // that was before
        log.record(anIncident("INC-3").service("cart").event(), hours(1)).record(events::FactorRated{"INC-3", "trigger.none", {}, "2026.1", {}, false, kAna});
        QCOMPARE(since(), QByteArray("[\"INC-3\"]"));
        QCOMPARE(again("INC-3"), QByteArray("[\"pattern/1\"]"));
        QCOMPARE(again("INC-2"), QByteArray("[]"));
        log.record(events::PatternTurned{1, PatternState::Open, {}, kAna});
        QCOMPARE(again("INC-3"), QByteArray("[]"));
    }
    void actionsAreOneRegister()
    {
        Log log = aReviewRead();
        log.record(events::LogWritten{"INC-1", "later", kAna}, hours(72));
        const QJsonObject a = first(log, "actions");
        QVERIFY(text(a, "incident") == QStringLiteral("INC-1") && text(a, "state") == QStringLiteral("open") && a[QLatin1String("overdue")].toBool());
        QCOMPARE(a[QLatin1String("slips")].toArray().size(), 1);
        QCOMPARE(a[QLatin1String("ageDays")].toInt(), 3);
        control::Filter ofBen, ofAna;
        ofBen.owner = "ben";
        ofAna.owner = "ana";
        QCOMPARE(parsed(*control::getJson(log.state, "actions", ofBen))[QLatin1String("items")].toArray().size(), 1);
        QCOMPARE(parsed(*control::getJson(log.state, "actions", ofAna))[QLatin1String("items")].toArray().size(), 0);
        log.record(events::ActionTurned{"INC-1", {}, 1, ActionState::Done, kAna}).record(events::LogWritten{"INC-1", "x", kAna}, hours(240));
        QVERIFY(!first(log, "actions")[QLatin1String("overdue")].toBool());
        QCOMPARE(first(log, "actions")[QLatin1String("ageDays")].toInt(), 3); // until it was done
    }
    void anActionSaysWhatItsTrackerSaysOfIt()
    {
        Log log = aReviewRead();
        Workspace w = aWorkspace();
        w.people[0].accounts = {{"hub", "ana-gh"}};
        w.people[1].accounts = {{"hub", "ben-gh"}};
        log.record(withWorkspace(w)).record(events::ActionTracked{"INC-1", "hub", "12", {}, 1, kAna});
        QVERIFY(first(log, "actions")[QLatin1String("proposal")].isNull());
        log.record(events::ActionSeen{"INC-1", "cap it", "closed, completed", "ana-gh", 1, true, {}, {}});
        const QJsonObject a = first(log, "actions"), tracked = a[QLatin1String("tracked")].toObject(), proposal = a[QLatin1String("proposal")].toObject();
        QCOMPARE(text(tracked, "person"), QStringLiteral("ana"));
        QCOMPARE(text(tracked, "other"), QStringLiteral("Ana")); // ben owns it
        QCOMPARE(text(a, "there"), QStringLiteral("12: closed, completed, with Ana; closed there; done here?"));
        QCOMPARE(text(proposal, "state"), QStringLiteral("done"));
        QCOMPARE(text(proposal, "command"), QStringLiteral("quarterdeckctl review action INC-1 --action 1 --state done --reason \"closed in hub\""));
        QCOMPARE(text(a, "state"), QStringLiteral("open"));
    }
    /// Nothing of it is read or written there any more.
    void anActionSaysThatItsTrackerIsSetElsewhere()
    {
        Log log = aReviewRead();
        log.record(withConnection("hub", "github", static_cast<Writes>(Write::Issues))).record(events::ActionTracked{"INC-1", "hub", "12", {}, 1, kAna});
        QCOMPARE(text(first(log, "actions"), "there"), QStringLiteral("12"));
        Connection other = log.state.source("hub")->connection;
        other.path = "acme/web";
        log.record(events::ConnectionAdded{other, kAna});
        QCOMPARE(text(first(log, "actions"), "there"), QStringLiteral("12; hub is set to another place"));
    }
    void theTaxonomyIsListed()
    {
        const QJsonObject f = first(aReviewRead(), "taxonomy");
        QCOMPARE(text(f, "id"), QStringLiteral("trigger.binary-push"));
        QCOMPARE(text(f, "rate"), QStringLiteral("37"));
        QCOMPARE(text(f[QLatin1String("labels")].toObject(), "de"), QStringLiteral("Auslieferung eines Programms"));
        QVERIFY(f[QLatin1String("kappa")].isNull());
    }
    void trendsHaveTheMatrixWhatIsKnownElsewhereAndHowSureRatersAre()
    {
        Log log = aReviewRead();
        QVERIFY(first(aReviewRead(), "trends")[QLatin1String("agreement")].toString().startsWith(QStringLiteral("nothing is said")));
        log.record(events::FactorRated{"INC-1", "trigger.configuration-push", {}, "2026.1", {}, false, kAna, Confidence::High});
        log.record(anIncident("INC-2").service("cart").event()).record(events::ReviewArranged{"INC-2", "ana", "", {}, {}, {}, kAna});
        log.record(events::FactorRated{"INC-2", "trigger.configuration-push", {}, "2026.1", {}, false, kAna, Confidence::Low});
        const QJsonArray items = parsed(*control::getJson(log.state, "trends", {}))[QLatin1String("items")].toArray();
        const auto of = [&](const char *kind) {
            QList<QJsonObject> out;
            for (const auto &item : items)
                if (text(item.toObject(), "kind") == QLatin1String(kind))
                    out << item.toObject();
            return out;
        };
        QCOMPARE(of("all").size(), 1);
        QCOMPARE(of("all")[0][QLatin1String("incidents")].toInt(), 2);
        const QJsonObject push = of("factor")[0], none = of("factor")[1];
        QCOMPARE(text(push, "factor"), QStringLiteral("trigger.configuration-push"));
        QCOMPARE(push[QLatin1String("ofIncidents")].toDouble(), 1.0);
        QCOMPARE(text(push, "elsewhere"), QStringLiteral("31"));
        QVERIFY(text(push, "elsewhereBy").startsWith(QStringLiteral("Google")) && text(none, "elsewhere").isEmpty());
        const QJsonObject ratings = push[QLatin1String("ratings")].toObject();
        QVERIFY(ratings[QLatin1String("high")].toInt() == 1 && ratings[QLatin1String("low")].toInt() == 1 && ratings[QLatin1String("unsaid")].toInt() == 0);
        const QJsonObject matrix = of("matrix")[0];
        QCOMPARE(QString::fromUtf8(QJsonDocument(matrix[QLatin1String("counts")].toArray()).toJson(QJsonDocument::Compact)), QStringLiteral("[[2,1],[1,1]]"));
        QCOMPARE(matrix[QLatin1String("labels")].toArray()[0].toString(), QStringLiteral("configuration push"));
        QCOMPARE(matrix[QLatin1String("lift")].toArray()[0].toArray()[1].toDouble(), 1.0);
        QVERIFY(matrix[QLatin1String("lift")].toArray()[0].toArray()[0].isNull());
        QVERIFY(parsed(*control::getJson(Log().state, "trends", {}))[QLatin1String("items")].toArray().isEmpty());
    }
    void whatWentWellIsListedApartFromTheCauses()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident().service("cart").event()).record(events::ReviewArranged{"INC-1", "ana", "", {}, {}, {}, kAna});
        log.record(events::FactorRated{"INC-1", "mitigator.rollback-ready", {}, "2026.1", {}, false, kAna, Confidence::High});
        const auto kinds = [&](const char *what) {
            QStringList out;
            const QJsonArray items = parsed(*control::getJson(log.state, what, {}))[QLatin1String("items")].toArray();
            for (const auto &item : items)
                out << text(item.toObject(), "kind") + QLatin1Char(' ') + text(item.toObject(), "factor");
            return out;
        };
        QCOMPARE(kinds("trends"), (QStringList{QStringLiteral("mitigator mitigator.rollback-ready"), QStringLiteral("mitigator-month mitigator.rollback-ready")})); // no cause is named yet
        QCOMPARE(kinds("factors"), QStringList{QStringLiteral("mitigator mitigator.rollback-ready")});
        log.record(events::FactorRated{"INC-1", "trigger.configuration-push", {}, "2026.1", {}, false, kAna});
        QCOMPARE(kinds("factors"), (QStringList{QStringLiteral("cause trigger.configuration-push"), QStringLiteral("mitigator mitigator.rollback-ready")}));
        QCOMPARE(kinds("trends").mid(0, 3), (QStringList{QStringLiteral("all "), QStringLiteral("factor trigger.configuration-push"), QStringLiteral("mitigator mitigator.rollback-ready")}));
        QCOMPARE(kinds("trends").filter(QStringLiteral("rollback")).size(), 2); // in no quarter or month of the causes
        QVERIFY(first(log, "reviews")[QLatin1String("counted")].toBool());
        log.record(events::StatusChanged{"INC-1", "it was the test", IncidentStatus::Cancelled, kAna});
        QVERIFY(!first(log, "reviews")[QLatin1String("counted")].toBool(true) && kinds("trends").isEmpty());
    }
    void factorsSayAtWhichServicesTheyWereSeen()
    {
        Log log = aReviewRead();
        log.record(events::FactorRated{"INC-1", "trigger.configuration-push", {}, "2026.1", {}, false, kAna});
        log.record(anIncident("INC-2").service("mail").event()).record(events::ReviewArranged{"INC-2", "ana", "", {}, {}, {}, kAna});
        log.record(events::FactorRated{"INC-2", "trigger.configuration-push", {}, "2026.1", {}, false, kAna});
        const auto of = [&](const control::Filter &filter) { return parsed(*control::getJson(log.state, "factors", filter))[QLatin1String("items")].toArray(); };
        control::Filter mail;
        mail.service = "mail";
        QCOMPARE(of(mail).size(), 1);
        const QJsonObject at = of(mail)[0].toObject();
        QCOMPARE(text(at, "factor"), QStringLiteral("trigger.configuration-push"));
        QCOMPARE(text(at, "label"), QStringLiteral("configuration push"));
        QVERIFY(at[QLatin1String("incidents")].toInt() == 1 && at[QLatin1String("ofService")].toInt() == 1);
        QCOMPARE(at[QLatin1String("reviews")].toArray(), QJsonArray{QStringLiteral("INC-2")});
        QVERIFY(of({}).size() > 1);
        QVERIFY(parsed(*control::getJson(Log().state, "factors", {}))[QLatin1String("items")].toArray().isEmpty());
    }
    void aReviewIsReadWithItsTexts()
    {
        const Log log = aReviewRead();
        VERIFY_FAILS(control::reviewJson(log.state, {"INC-9"}), Code::NotFound);
        const auto got = control::reviewJson(log.state, {"INC-1"});
        VERIFY_RESULT(got);
        const QJsonObject section = parsed(*got)[QLatin1String("texts")].toArray().at(0).toObject();
        QVERIFY(text(section, "text").startsWith(QStringLiteral("It was human error.")) && section[QLatin1String("findings")].toInt() >= 2);
        QCOMPARE(text(parsed(*got)[QLatin1String("said")].toArray().at(0).toObject(), "quote"), QStringLiteral("human"));
    }
    /// Made again is what was published last; of one review alone, whatever it is.
    void whatWasPublishedSaysWhetherItReadsOtherwiseByNow()
    {
        Log log;
        log.record(withWorkspace());
        for (std::size_t n = 1; n <= control::kReadAgainInLists + 1; ++n) {
            const std::string id = "INC-" + std::to_string(n);
            log.record(anIncident(id).service("cart").event()).record(events::ReviewArranged{id, "ana", "", {}, {}, {}, kAna});
            log.record(events::ReviewPublished{id, "public", "md", "a.md", std::string(64, 'a'), 1, kAna}, minutes(1));
        }
        const auto readsOf = [](const QJsonObject &publication) { return publication.value(QLatin1String("reads")).isNull() ? QStringLiteral("null") : text(publication, "reads"); };
        const QJsonArray library = parsed(*control::getJson(log.state, "library", {}))[QLatin1String("items")].toArray(), reviews = parsed(*control::getJson(log.state, "reviews", {}))[QLatin1String("items")].toArray();
        QCOMPARE(static_cast<std::size_t>(library.size()), control::kReadAgainInLists + 1);
        QStringList notRead;
        for (const QJsonValue &each : library)
            if (readsOf(each.toObject()) != QLatin1String("otherwise"))
                notRead << text(each.toObject(), "incident") + QLatin1Char(' ') + readsOf(each.toObject());
        QCOMPARE(notRead, QStringList{QStringLiteral("INC-1 null")});
        const auto ofReview = [&](const QJsonObject &review) { return readsOf(review[QLatin1String("publications")].toArray().at(0).toObject()); };
        QCOMPARE(ofReview(reviews.first().toObject()), QStringLiteral("null"));
        QCOMPARE(ofReview(reviews.last().toObject()), QStringLiteral("otherwise"));
        QCOMPARE(ofReview(parsed(*control::reviewJson(log.state, {"INC-1"}))), QStringLiteral("otherwise"));
    }

    void whoWasAtTheMeetingAndWhoSignedIsRead()
    {
        Log log = aReviewRead();
        QVERIFY(first(log, "reviews")[QLatin1String("heldAt")].isNull() && first(log, "reviews")[QLatin1String("attended")].toArray().isEmpty());
        log.record(events::MeetingHeld{"INC-1", kMorning + minutes(5), {"ana", "ben"}, kAna}).record(events::ReviewSigned{"INC-1", false, kAna});
        QJsonObject r = first(log, "reviews");
        QCOMPARE(text(r, "heldAt"), QString::fromStdString(toRfc3339(kMorning + minutes(5))));
        QCOMPARE(r[QLatin1String("attended")].toArray().size(), 2);
        QJsonObject signature = r[QLatin1String("signatures")].toArray().at(0).toObject();
        QVERIFY(text(signature, "person") == QStringLiteral("ana") && signature[QLatin1String("stands")].toBool());
        log.record(events::SectionWritten{"INC-1", "narrative", "otherwise", 2, 3, false, {"ben", Path::Person}});
        r = first(log, "reviews");
        signature = r[QLatin1String("signatures")].toArray().at(0).toObject();
        QVERIFY(!signature[QLatin1String("stands")].toBool()); // for what it says now
    }
    void whatItCostIsOfAllTogether()
    {
        Workspace w = aWorkspace();
        w.review.cost = {"EUR", 6000, {{Role::Commander, 12000}}};
        Log log = aReviewRead();
        QJsonObject cost = first(log, "reviews")[QLatin1String("cost")].toObject();
        QVERIFY(cost[QLatin1String("labour")].isNull() && text(cost, "note").contains(QStringLiteral("no hourly rate is set")) && text(cost, "total") == QStringLiteral("0.00"));
        log.record(withWorkspace(std::move(w))).record(events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna}).record(events::StatusChanged{"INC-1", {}, IncidentStatus::Resolved, kAna}, hours(2));
        log.record(events::CostNoted{"INC-1", "cloud", 1, 123450, false, kAna}).record(events::CostNoted{"INC-1", "credits", 2, 5, true, kAna});
        const QJsonObject r = first(log, "reviews");
        cost = r[QLatin1String("cost")].toObject();
        QCOMPARE(text(cost, "currency"), QStringLiteral("EUR"));
        QCOMPARE(text(cost, "noted"), QStringLiteral("1234.50"));
        QVERIFY(cost[QLatin1String("people")].toInt() == 1 && cost[QLatin1String("minutes")].toInt() == 120 && text(cost, "note").isEmpty());
        QVERIFY2(text(cost, "labour").startsWith(QStringLiteral("240.")) && text(cost, "total").startsWith(QStringLiteral("1474.")), qPrintable(text(cost, "labour")));
        const QJsonObject second = r[QLatin1String("costs")].toArray().at(1).toObject();
        QVERIFY(second[QLatin1String("cost")].toInt() == 2 && text(second, "what") == QStringLiteral("credits") && text(second, "amount") == QStringLiteral("0.05") && second[QLatin1String("withdrawn")].toBool());
    }
    void howItWasHandledIsAnswersAndNobodysName()
    {
        Log log = aReviewRead();
        QCOMPARE(first(log, "reviews")[QLatin1String("feedback")].toObject()[QLatin1String("count")].toInt(-1), 0);
        log.record(events::FeedbackGiven{"INC-1", "zebra", {}, 1, 4}).record(events::FeedbackGiven{"INC-1", {}, {}, 2, 2}).record(events::FeedbackGiven{"INC-1", "calm", {}, 3, 4}).record(events::FeedbackGiven{"INC-1", {}, "ben", 4, 5});
        const QJsonObject listed = first(log, "reviews")[QLatin1String("feedback")].toObject();
        QCOMPARE(QString::fromUtf8(QJsonDocument(listed).toJson(QJsonDocument::Compact)), QStringLiteral("{\"count\":4,\"scores\":[0,1,0,2,1]}")); // no text in a list
        const auto read = control::reviewJson(log.state, {"INC-1"});
        VERIFY_RESULT(read);
        const QJsonArray words = parsed(*read)[QLatin1String("feedback")].toObject()[QLatin1String("words")].toArray();
        QCOMPARE(words.size(), 3); // those that say something or somebody, by score and words and not as they came
        QCOMPARE(QString::fromUtf8(QJsonDocument(words).toJson(QJsonDocument::Compact)),
                 QStringLiteral("[{\"person\":\"\",\"score\":4,\"text\":\"calm\"},{\"person\":\"\",\"score\":4,\"text\":\"zebra\"},{\"person\":\"ben\",\"score\":5,\"text\":\"\"}]"));
    }
    void whatIsFoundQuotesNothingItsReaderMayNotRead()
    {
        const Log log = aReviewRead();
        control::ReviewLint asked{"INC-1", "narrative", {}, "de", {}};
        const auto spelling = review::Spelling::open({"en"});
        const auto ofAna = control::linted(log.state, asked, "ana"), ofBen = control::linted(log.state, asked, "ben");
        VERIFY_RESULT(ofAna);
        VERIFY_RESULT(ofBen);
        const std::string ana = control::lintedJson(*ofAna, *spelling), ben = control::lintedJson(*ofBen, *spelling);
        QVERIFY2(ana.find("hunter2") == std::string::npos && ana.find("should have") == std::string::npos && ana.find("human error") != std::string::npos, ana.c_str());
        QVERIFY2(ben.find("should have") != std::string::npos, ben.c_str());
        QVERIFY2(ana.find("Wie machten Arbeit und Werkzeuge") != std::string::npos, ana.c_str());
    }
    void aTextOfNoSectionNamesNobody()
    {
        const Log log = aReviewRead();
        const auto got = control::linted(log.state, {"INC-1", {}, "tell Ben about the limit of our pool", {}, {}}, "ana");
        VERIFY_RESULT(got);
        QCOMPARE(got->findings.size(), std::size_t(1));
        QVERIFY(got->findings[0].kind == review::FindingKind::Name && got->findings[0].words == "Ben");
        VERIFY_FAILS(control::linted(log.state, {"INC-1", "nosuch", {}, {}, {}}, "ana"), Code::NotFound);
        VERIFY_FAILS(control::linted(log.state, {"INC-1", "narrative", std::string(state::kSectionBytes + 1, 'x'), {}, {}}, "ana"), Code::TooLarge);
    }
    void wordsOfOursAreNamedAndHowAWordBecomesOne()
    {
        Log log = aReviewRead();
        Workspace w = aWorkspace();
        w.jargon = {"Blue Heron", "frobnicator", "eel"};
        log.record(withWorkspace(std::move(w)));
        log.record(events::SectionWritten{"INC-1", "summary", "The blue heron of the Frobnicator was at fault\nand a `eel` feels it.\n\n> eel\n", 0, 1, false, kAna});
        const auto spelling = review::Spelling::open({"en"});
        const auto got = control::linted(log.state, {"INC-1", "summary", {}, {}, {}}, "ana");
        VERIFY_RESULT(got);
        QCOMPARE(got->ours, (std::vector<std::string>{"Blue Heron", "frobnicator"})); // as the workspace has them; code and others' words are not looked at
        QCOMPARE(text(parsed(control::lintedJson(*got, *spelling)), "ifOurs"), QString()); // and none of them is spelt wrong
        const auto wrong = control::linted(log.state, {"INC-1", {}, "the wrogn \"kubblet\" and the wrogn one", {}, {}}, "ana");
        VERIFY_RESULT(wrong);
        QVERIFY(wrong->ours.empty());
        const QString say = text(parsed(control::lintedJson(*wrong, *spelling)), "ifOurs");
        QVERIFY2(say.endsWith(QStringLiteral("under [workspace] of the workspace's file: jargon = [\"wrogn\", \"kubblet\"]")), qPrintable(say));
        const auto word = control::linted(log.state, {"INC-1", {}, {}, {}, "kubblet"}, "ana");
        VERIFY_RESULT(word);
        QVERIFY(text(parsed(control::lintedJson(*word, *spelling)), "ifOurs").endsWith(QStringLiteral("jargon = [\"kubblet\"]")));
        const auto right = control::linted(log.state, {"INC-1", {}, {}, {}, "limit"}, "ana");
        VERIFY_RESULT(right);
        QCOMPARE(text(parsed(control::lintedJson(*right, *spelling)), "ifOurs"), QString());
        const auto read = control::reviewJson(log.state, {"INC-1"});
        VERIFY_RESULT(read);
        for (const QJsonValue &section : parsed(*read)[QLatin1String("texts")].toArray())
            QCOMPARE(section.toObject()[QLatin1String("ours")].toArray().size(), section.toObject()[QLatin1String("section")].toString() == QStringLiteral("summary") ? 2 : 0);
    }
    void aWordIsSpeltOtherwiseAndWhatIsMissingIsSaid()
    {
        const Log log = aReviewRead();
        const auto got = control::linted(log.state, {"INC-1", {}, {}, {}, "configuraton"}, "ana");
        VERIFY_RESULT(got);
        const auto english = review::Spelling::open({"en"});
        QVERIFY(control::lintedJson(*got, *english).find("\"configuration\"") != std::string::npos);
        const QTemporaryDir empty;
        const auto none = review::Spelling::open({"en"}, empty.path().toStdString());
        QVERIFY(control::lintedJson(*got, *none).find("install hunspell-en-us") != std::string::npos);
    }
};

QD_TEST(TestReviews)
#include "tst_reviews.moc"
