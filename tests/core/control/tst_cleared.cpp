// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/api.h"
#include "core/base/encoding.h"
#include "core/control/clearance.h"
#include "core/control/commands.h"
#include "core/control/get.h"
#include "tests/core/link/memoryfeed.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>
#include <future>

using namespace qd;
using namespace qd::control;
using namespace qd::tests;

/// M3.3 at the control socket: every answer is sealed for who asked, and what it shows of restricted things is recorded before.
namespace {

constexpr const char *kFourClasses = "say [[public: PUB]] [[internal: INT]] [[confidential: CON]] [[restricted: RES]] [[restricted for dana: DAN]]";

struct Answering {
    link::MemoryFeed log;
    std::unique_ptr<link::Replica> replica;
    std::unique_ptr<Api> api;
    std::mutex mutex;
    std::vector<desk::RecordRead> reads;
    std::vector<std::string> order; ///< what happened in which order
    bool canRecord = true;
    std::string alert; ///< its key

    /// `restricted`: one incident alone, whose service carries what is restricted, with an alert, a call and a file.
    explicit Answering(const std::string &text = kFourClasses, bool restricted = false)
    {
        Workspace w = aWorkspace();
        for (const char *id : {"dana", "rita"})
            w.people.push_back({id, id, "UTC", {}});
        ClearanceRule r;
        r.id = "rita";
        r.level = DataClass::Restricted;
        r.people = {"rita"};
        r.incidents = {"INC-1"};
        w.clearances = {r};
        w.templates = {{"tech", "Technical", "technical", "State: {{state}}", {{"state", "", true}}, {}, AudienceKind::Technical}};
        if (restricted) {
            w.business = {{"payroll", "Payroll"}};
            w.business[0].data = DataClass::Restricted;
            w.services[1].carries = {"payroll"};
        }
        log.append({events::CoreStarted{"0", "root"}, events::WorkspaceChanged{w, "d1", {}}});
        log.append({events::Event(anIncident("INC-1").titled("Shop " + text).service("cart").event())});
        log.append({events::LogWritten{"INC-1", text, kAna}, events::TaskAssigned{"INC-1", "ben", text, 1, {}, kAna}, events::HypothesisRaised{"INC-1", text, 1, kAna},
                    events::DecisionMade{"INC-1", text, 1, kAna}, events::PromiseMade{"INC-1", "technical", text, 1, Instant{1'800'000'000'000'000'000}, kAna}});
        log.append({events::UpdateIssued{"INC-1", "tech", "technical", text, 1, {{"state", text}}, kAna}, events::StatusChanged{"INC-1", text, IncidentStatus::Mitigated, kAna},
                    events::MessageDrafted{"INC-1", text, text, "technical", 1, 1, "h", {"rooms"}, {}, {}, {}, kAna}, events::LinkPinned{"INC-1", text, "https://x.example/", kAna},
                    events::WriteWithheld{events::Effect::Post, "chat", "INC-1", {}, text, "the connection is not armed for posts"}});
        if (restricted) {
            const ReportBatch batch = aBatch("am").alert({{"alertname", "Down"}, {"service", "cart"}}).build();
            alert = keyOf(batch);
            log.append(withConnection("am"));
            log.append(decided(batch));
            log.append({events::AlertsAttached{"INC-1", {alert}, kAna}, events::EscalationStarted{1, "shop", "INC-1", "cart", "Shop", false, {}, kAna}});
        } else {
            log.append({events::Event(anIncident("INC-2").titled("Other").service("mail").event()), events::LogWritten{"INC-2", text, kAna}});
        }
        const std::string bytes = "FILE";
        std::uint32_t number = 0;
        for (const auto &[name, about] : {std::pair<std::string, std::string>{"plain.txt", "of the bank"}, {"of dana.txt", text}, {text, ""}})
            log.append({events::EvidenceKept{"INC-1", toBase64(asBytes(bytes)), name, about, sha256Hex(bytes), "text/plain", ++number, bytes.size(), kAna}});
        replica = std::make_unique<link::Replica>(log.feed());
        Api::Options options{"root", "0", "o", "http://x"};
        options.search = [text](const store::TextQuery &, std::size_t, const search::Indexer::Done &done) {
            search::Hit hit;
            hit.kind = "line";
            hit.incident = "INC-1";
            hit.excerpt = text;
            search::Answer found;
            found.hits = {hit};
            found.total = 1;
            search::Progress progress;
            progress.complete = true;
            done(found, progress);
        };
        api = std::make_unique<Api>(
            [this](desk::Command c, const events::Actor &, const desk::Done &done) {
                if (const auto *read = getIf<desk::RecordRead>(&c)) {
                    const std::lock_guard lock(mutex);
                    reads.push_back(*read);
                    order.emplace_back("recorded");
                }
                done(canRecord ? Result<desk::Outcome>(desk::Outcome{7, "INC-1", 0, {}}) : fail(Code::Unavailable, "The disk takes nothing."));
            },
            log.feed(), *replica, std::move(options));
    }
    std::string ask(const std::string &method, const std::string &params, const std::string &as)
    {
        auto answer = std::make_shared<std::promise<std::string>>();
        auto wait = answer->get_future();
        api->handle("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"" + method + "\",\"params\":" + params + (as.empty() ? "" : ",\"as\":\"" + as + "\"") + "}", [this, answer](std::string text) {
            {
                const std::lock_guard lock(mutex);
                order.emplace_back("told");
            }
            answer->set_value(std::move(text));
        });
        return wait.wait_for(std::chrono::milliseconds(qd::tests::kPatience)) == std::future_status::ready ? wait.get() : std::string("no answer");
    }
    /// Which of the five words an answer holds: "PUB INT CON".
    std::string words(const std::string &method, const std::string &params, const std::string &as)
    {
        const std::string text = ask(method, params, as);
        std::string out = text.find("\"error\"") != std::string::npos && text.find("\"result\"") == std::string::npos ? "refused: " + text : std::string();
        for (const char *word : {"PUB", "INT", "CON", "RES", "DAN"})
            if (text.find(word) != std::string::npos)
                out += (out.empty() ? "" : " ") + std::string(word);
        return out;
    }
    std::vector<std::string> readOf()
    {
        const std::lock_guard lock(mutex);
        std::vector<std::string> out;
        for (const auto &r : reads)
            out.push_back(r.incident + " " + r.what + (r.words ? " words" : ""));
        return out;
    }
};

} // namespace

class TestCleared : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyAnswerIsSealedForWhoAsks_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("params");
        for (const auto what : getWhats())
            QTest::newRow(("get " + std::string(what)).c_str()) << "get" << QString::fromStdString("{\"what\":\"" + std::string(what) + "\"}");
        QTest::newRow("in the past") << "get" << "{\"what\":\"timeline\",\"at\":\"seq:5\"}";
        QTest::newRow("why") << "why" << "{\"key\":\"INC-1\"}";
        QTest::newRow("search") << "search" << "{\"text\":\"say\"}";
        QTest::newRow("update.draft") << "update.draft" << "{\"template\":\"tech\",\"incident\":\"INC-1\",\"carry\":true}";
        QTest::newRow("insights") << "insights" << "{\"since\":\"seq:1\"}";
        QTest::newRow("whatif") << "whatif" << "{\"since\":\"seq:1\"}";
    }
    /// Readers × ways to ask: no list and no question shows a word to somebody who may not read it.
    void everyAnswerIsSealedForWhoAsks()
    {
        QFETCH(QString, method);
        QFETCH(QString, params);
        Answering a;
        const std::string m = method.toStdString(), p = params.toStdString();
        for (const auto &[who, most] : {std::pair<const char *, const char *>{"ana", "PUB INT CON"}, {"", "PUB INT CON"}, {"dana", "PUB INT CON DAN"}, {"rita", "PUB INT CON RES"}}) {
            const std::string seen = a.words(m, p, who);
            QVERIFY2(std::string(most).find(seen) != std::string::npos || seen.empty() || (std::string(who) == "dana" && (seen == "PUB INT CON" || seen == "PUB INT CON DAN")),
                     (std::string(who) + " saw " + seen).c_str());
        }
    }

    void whoMayReadItDoes()
    {
        Answering a;
        QCOMPARE(a.words("get", "{\"what\":\"timeline\",\"incident\":\"INC-1\"}", "ana"), std::string("PUB INT CON"));
        QCOMPARE(a.words("get", "{\"what\":\"timeline\",\"incident\":\"INC-1\"}", "dana"), std::string("PUB INT CON DAN"));
        QCOMPARE(a.words("get", "{\"what\":\"timeline\",\"incident\":\"INC-1\"}", "rita"), std::string("PUB INT CON RES"));
        QCOMPARE(a.words("get", "{\"what\":\"timeline\",\"incident\":\"INC-2\"}", "rita"), std::string("PUB INT CON")); // hers is bounded
        QVERIFY(a.ask("get", "{\"what\":\"timeline\"}", "ana").find("[sealed: restricted, short]") != std::string::npos);
    }

    /// What was noted of money and said of how it was handled is text like any other of a review.
    void whatAReviewCountsIsSealedForWhoAsks()
    {
        Answering a;
        a.log.append({events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {"ana"}, kAna}, events::CostNoted{"INC-1", kFourClasses, 1, 100, false, kAna}, events::FeedbackGiven{"INC-1", kFourClasses, {}, 1, 3}});
        for (const auto &[who, may] : {std::pair<const char *, const char *>{"ana", "PUB INT CON"}, {"dana", "PUB INT CON DAN"}, {"rita", "PUB INT CON RES"}})
            QCOMPARE(a.words("review.read", "{\"incident\":\"INC-1\"}", who), std::string(may));
        const std::string read = a.ask("review.read", "{\"incident\":\"INC-1\"}", "ana");
        for (const char *text : {"\"what\":\"say [[public: PUB]]", "\"score\":3,\"text\":\"say [[public: PUB]]"})
            QVERIFY2(read.find(text) != std::string::npos, read.c_str());
    }

    void whatIsRestrictedIsRecordedBeforeItIsTold()
    {
        Answering a;
        (void)a.ask("get", "{\"what\":\"timeline\"}", "ana");
        QVERIFY(a.readOf().empty()); // a hole is not read
        a.order.clear();
        (void)a.ask("get", "{\"what\":\"timeline\"}", "dana");
        QCOMPARE(a.readOf(), (std::vector<std::string>{"INC-2 get words", "INC-1 get words"}));
        QCOMPARE(a.order, (std::vector<std::string>{"recorded", "recorded", "told"}));
        a.reads.clear();
        (void)a.ask("search", "{\"text\":\"say\"}", "dana");
        QCOMPARE(a.readOf(), (std::vector<std::string>{"INC-1 search words"}));
    }

    void aRestrictedIncidentIsRecordedHoweverItIsNamed_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("params");
        for (const char *id : {"INC-1", "1", "INC-01", "001"})
            for (const char *what : {"timeline", "incidents"})
                QTest::newRow((std::string(what) + " " + id).c_str()) << "get" << QString::fromStdString("{\"what\":\"" + std::string(what) + "\",\"incident\":\"" + id + "\"}");
        for (const char *key : {"INC-1", "INC-01", "escalation/1", "escalation/01", "escalation/1x"})
            QTest::newRow((std::string("why ") + key).c_str()) << "why" << QString::fromStdString("{\"key\":\"" + std::string(key) + "\"}");
        QTest::newRow("whom it called") << "why" << "{\"key\":\"INC-01\",\"person\":\"ana\"}";
        QTest::newRow("at which services a factor was seen") << "get" << "{\"what\":\"factors\"}";
        QTest::newRow("related") << "get" << "{\"what\":\"related\"}";
        QTest::newRow("related to another") << "get" << "{\"what\":\"related\",\"incident\":\"INC-2\"}";
        for (const char *id : {"", "INC-1", "1", "INC-01", "001"})
            QTest::newRow((std::string("evidence ") + id).c_str()) << "evidence.read" << QString::fromStdString("{\"incident\":\"" + std::string(id) + "\",\"evidence\":1}");
    }
    void aRestrictedIncidentIsRecordedHoweverItIsNamed()
    {
        QFETCH(QString, method);
        QFETCH(QString, params);
        Answering a("plain", true);
        (void)a.ask(method.toStdString(), params.toStdString(), "ana");
        const std::string list = params.section(QLatin1Char('"'), 3, 3).toStdString();
        QCOMPARE(a.readOf(), (std::vector<std::string>{"INC-1 " + (method == QLatin1String("get") ? "get " + list : method.toStdString())}));
        QCOMPARE(a.order, (std::vector<std::string>{"recorded", "told"}));
        a.canRecord = false; // as where one may not observe it
        const std::string answer = a.ask(method.toStdString(), params.toStdString(), "ana");
        QVERIFY2(answer.find("\"result\"") == std::string::npos && answer.find("The disk takes nothing.") != std::string::npos, answer.c_str());
    }
    void anAlertIsToldAsItsIncidentIs()
    {
        Answering a("plain", true);
        const std::string answer = a.ask("why", "{\"key\":\"" + a.alert + "\"}", "ana");
        QVERIFY2(answer.find("\"result\"") != std::string::npos, answer.c_str());
        QCOMPARE(a.readOf(), (std::vector<std::string>{"INC-1 why"}));
    }

    void aFileIsReadByWhoMayReadWhatIsWrittenOnIt()
    {
        Answering a;
        const auto reads = [&](const std::string &who, int number) {
            const std::string answer = a.ask("evidence.read", "{\"incident\":\"INC-1\",\"evidence\":" + std::to_string(number) + "}", who);
            const bool isTold = answer.find("RklMRQ==") != std::string::npos;
            return isTold ? std::string("told") : answer.find("FORBIDDEN") != std::string::npos || answer.find("may not read") != std::string::npos ? std::string("refused") : answer;
        };
        QCOMPARE(reads("ana", 1), std::string("told"));
        for (const char *who : {"ana", "", "dana", "rita"}) // rita is not named, dana not cleared for the rest
            for (const int number : {2, 3})
                QCOMPARE(reads(who, number), std::string("refused"));
        QVERIFY(a.readOf().empty());
        Answering named("[[restricted for dana: DAN]]");
        const std::string asked = "{\"incident\":\"INC-1\",\"evidence\":2}";
        QVERIFY(named.ask("evidence.read", asked, "ana").find("RklMRQ==") == std::string::npos);
        QVERIFY(named.readOf().empty());
        QVERIFY(named.ask("evidence.read", asked, "dana").find("RklMRQ==") != std::string::npos);
        QCOMPARE(named.readOf(), (std::vector<std::string>{"INC-1 evidence.read words"}));
    }

    void whatCannotBeRecordedIsNotShown()
    {
        Answering a;
        a.canRecord = false;
        for (const char *what : {"timeline", "incidents"}) {
            const std::string answer = a.ask("get", "{\"what\":\"" + std::string(what) + "\"}", "dana");
            QVERIFY2(answer.find("\"result\"") == std::string::npos && answer.find("DAN") == std::string::npos && answer.find("The disk takes nothing.") != std::string::npos, answer.c_str());
        }
        QVERIFY(a.ask("get", "{\"what\":\"timeline\"}", "ana").find("\"result\"") != std::string::npos);
    }

    void lookingAsSomebodyShowsWhatTheySeeAndNeverMoreThanOneMay()
    {
        Answering a;
        const auto as = [&](const std::string &who, const std::string &whom, const std::string &method = "get", const std::string &params = "{\"what\":\"timeline\",\"incident\":\"INC-1\"") {
            return a.words(method, params + ",\"viewAs\":\"" + whom + "\"}", who);
        };
        QCOMPARE(as("ana", "public"), std::string("PUB"));
        QCOMPARE(as("ana", "room:anything@muc.example"), std::string("PUB INT"));
        QCOMPARE(as("ana", "audience:customers"), std::string("PUB"));
        QCOMPARE(as("ana", "dana"), std::string("PUB INT CON")); // not what dana alone may read
        QCOMPARE(as("dana", "ana"), std::string("PUB INT CON"));
        QCOMPARE(as("ana", "public", "why", "{\"key\":\"INC-1\""), a.words("why", "{\"key\":\"INC-1\"}", "ana").empty() ? std::string() : std::string("PUB"));
        QCOMPARE(as("ana", "public", "update.draft", "{\"template\":\"tech\",\"incident\":\"INC-1\",\"carry\":true"), std::string("PUB"));
        QVERIFY(as("ana", "mallory").starts_with("refused"));
        QVERIFY(a.words("status", "{\"viewAs\":\"public\"}", "ana").find("PUB") == std::string::npos);
        QVERIFY(a.ask("incident.take", "{\"viewAs\":\"public\"}", "ana").find("\"error\"") != std::string::npos); // a command is done as one is
    }

    void aDraftSaysThatItMayNotGoOut()
    {
        Answering a;
        const std::string draft = a.ask("update.draft", "{\"template\":\"tech\",\"incident\":\"INC-1\",\"set\":{\"state\":\"x [[restricted for dana: DAN]]\"}}", "dana");
        QVERIFY2(draft.find("--remove-marked") != std::string::npos, draft.c_str());
    }

    void aCopyPassesTheGateForItsAudience()
    {
        Answering a;
        const auto copies = [&](const char *state, const std::string &more = {}) {
            const std::string answer = a.ask("update.draft", "{\"template\":\"tech\",\"incident\":\"INC-1\",\"set\":{\"state\":\"" + std::string(state) + "\"}" + more + "}", "dana");
            const QJsonObject draft = QJsonDocument::fromJson(QByteArray::fromStdString(answer)).object().value(QStringLiteral("result")).toObject();
            return std::pair(draft.value(QStringLiteral("copies")).toObject().value(QStringLiteral("plain")).toString(), draft.value(QStringLiteral("copyProblem")).toString());
        };
        const auto [none, why] = copies("x [[restricted for dana: DAN]]");
        QVERIFY2(none.isEmpty() && why.contains(QStringLiteral("[sealed: restricted")) && why.contains(QStringLiteral("Nothing was copied.")) && why.endsWith(QStringLiteral("--remove-marked.")), qPrintable(why));
        const auto [cut, nothing] = copies("x [[restricted for dana: DAN]]", ",\"removeMarked\":true");
        QVERIFY2(nothing.isEmpty() && cut.contains(QLatin1Char('x')) && !cut.contains(QStringLiteral("DAN")) && !cut.contains(QStringLiteral("sealed")), qPrintable(cut + nothing));
        const auto [hole, missing] = copies(" ");
        QVERIFY2(hole.isEmpty() && missing.contains(QStringLiteral("\"state\" is required")), qPrintable(hole + missing));
    }

    void aCopyGivesWhoMakesItNothingTheyMayNotRead()
    {
        Answering a("plain");
        Workspace w = aWorkspace();
        w.templates = {{"tech", "Technical", "technical", "State: {{state}}", {{"state", "", true}}, {}, AudienceKind::Technical}};
        ClearanceRule raised;
        raised.id = "technical";
        raised.level = DataClass::Confidential;
        raised.audiences = {"technical"};
        w.clearances = {raised};
        a.log.append({events::WorkspaceChanged{w, "d2", {}}});
        const auto copied = [&](const char *who) {
            const std::string answer = a.ask("update.draft", R"({"template":"tech","incident":"INC-1","set":{"state":"x [[confidential: CON]]"}})", who);
            const auto at = answer.find("\"copies\"");
            return at == std::string::npos ? answer : answer.substr(at);
        };
        QVERIFY2(copied("ana").find("CON") != std::string::npos, copied("ana").c_str());
        QVERIFY2(copied("mallory").find("CON") == std::string::npos, copied("mallory").c_str());
    }

    void answersWithoutMarksAreTheSameBytes()
    {
        Answering a("plain");
        const std::string answer = a.ask("get", "{\"what\":\"timeline\"}", "ana"), seen = a.ask("get", "{\"what\":\"timeline\",\"viewAs\":\"ana\"}", "ana");
        QVERIFY(answer.find("plain") != std::string::npos && a.readOf().empty());
        QCOMPARE(seen, answer); // also when it was looked through
    }

    void namesAreSealedAsWhatStandsUnderThem()
    {
        state::State state;
        state.workspace = std::make_shared<const Workspace>(aWorkspace());
        const std::string json = R"({"labels":{"[[restricted: RES1]]":"x","a [[restricted: RES2]]":{"[[restricted: RES3]]":1},"[[restricted: RES4]]":"y","[sealed: restricted, short]":"z","plain":"p"}})";
        const Cleared sealed = clearedFor(state, json, "ana", std::nullopt, false);
        QVERIFY2(sealed.json.find("RES") == std::string::npos, sealed.json.c_str());
        const QJsonObject labels = QJsonDocument::fromJson(QByteArray::fromStdString(sealed.json)).object().value(QStringLiteral("labels")).toObject();
        QCOMPARE(labels.size(), 5); // none is lost, though three read alike
        QCOMPARE(labels.value(QStringLiteral("plain")).toString(), QStringLiteral("p"));
        QCOMPARE(clearedFor(state, "{\"a\":{\"b\":\"c\"}}", "ana", std::nullopt, false).json, std::string("{\"a\":{\"b\":\"c\"}}"));
        QVERIFY(sealed.shown.empty());
    }

    void aLabelsNameIsSealedInTheListOfAlerts()
    {
        Answering a;
        a.log.append(withConnection("am"));
        a.log.append(decided(aBatch("am").alert({{"alertname", "Down"}, {"service", "cart"}, {kFourClasses, "v"}}).build()));
        QCOMPARE(a.words("get", "{\"what\":\"alerts\"}", "ana"), std::string("PUB INT CON"));
        QCOMPARE(a.words("get", "{\"what\":\"alerts\"}", "dana"), std::string("PUB INT CON DAN"));
    }

    void nobodyOutsideSaysThatSomebodyLooked()
    {
        Answering a;
        for (const char *what : {"get timeline", "Export", "export "}) {
            const std::string told = a.ask("access.read", "{\"incident\":\"INC-1\",\"what\":\"" + std::string(what) + "\",\"words\":true}", "ana");
            QVERIFY2(told.find("recorded by the core") != std::string::npos, told.c_str());
        }
        QVERIFY(a.readOf().empty());
        const std::string told = a.ask("access.read", "{\"incident\":\"INC-1\",\"what\":\"export\",\"words\":true}", "ana");
        QVERIFY2(told.find("\"result\"") != std::string::npos, told.c_str());
        QCOMPARE(a.readOf(), std::vector<std::string>{"INC-1 export words"});
    }
};

QD_TEST(TestCleared)
#include "tst_cleared.moc"
