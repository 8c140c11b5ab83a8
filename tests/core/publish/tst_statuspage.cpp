// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/statuspage.h"

#include "tests/core/publish/statuspagescene.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>
#include <limits>

using namespace qd;
using namespace qd::publish;
using namespace qd::tests;

namespace {

constexpr const char *kLink = "https://manage.statuspage.io/pages/page1/incidents/i1";

bool says(const Result<> &r, const std::string &words)
{
    return !r && r.error().message.find(words) != std::string::npos;
}

} // namespace

/// M3.1: what is taken back here is taken back at Statuspage.
class TestStatuspage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStruckWordIsWrittenOverThereAndNobodyIsTold()
    {
        StatuspageScene s;
        s.post("Jane broke it.", PagePhase::Investigating, "Payments fail");
        VERIFY_RESULT(s.push());
        s.post("It is the bank.", PagePhase::Identified);
        VERIFY_RESULT(s.push());
        s.vendor.requests.clear();
        s.known.notices[0].updates[0].text.clear();
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.words(0), std::string("Payments fail: investigating=(taken back) identified=It is the bank."));
        QCOMPARE(s.vendor.requests, (std::vector<std::string>{"PATCH /incidents/i1/incident_updates/u1 {\"incident_update\":{\"body\":\"(taken back)\",\"wants_twitter_update\":false,\"deliver_notifications\":false}}"}));
        QVERIFY(!s.target->hasWordsTakenBack("shop"));
        s.vendor.requests.clear();
        VERIFY_RESULT(s.push());
        QVERIFY(s.vendor.requests.empty());
    }

    void itIsFoundAlsoAfterTheCoreWasStartedAgainAndOthersWroteThere()
    {
        StatuspageScene s;
        s.post("We look.", PagePhase::Investigating, "Payments fail");
        VERIFY_RESULT(s.push());
        s.vendor.byHand(0, "written there by hand");
        s.post("Jane broke it.");
        s.post("It is the bank.");
        VERIFY_RESULT(s.push());
        s.start();
        s.known.notices[0].updates[1].text.clear();
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.words(0), std::string("Payments fail: investigating=We look. investigating=written there by hand investigating=(taken back) investigating=It is the bank."));
    }

    /// Where the key is another no mark is known any more.
    void itIsFoundAlsoUnderAnotherKey()
    {
        StatuspageScene s;
        s.post("We look.", PagePhase::Investigating, "Payments fail");
        s.post("Jane broke it.");
        VERIFY_RESULT(s.push());
        s.start("qd/one", "other");
        VERIFY_RESULT(s.push());
        s.known.notices[0].updates[1].text.clear();
        s.vendor.requests.clear();
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.words(0), std::string("Payments fail: investigating=We look. investigating=(taken back)"));
        QCOMPARE(s.vendor.requests.size(), std::size_t(1));
    }

    void whatIsClassedAboveThePageReadsThereAsItDoesHere()
    {
        StatuspageScene s;
        s.post("The customer is Jane.", PagePhase::Investigating, "Payments fail");
        VERIFY_RESULT(s.push());
        s.known.notices[0].updates[0].text["en"] = "The customer is [sealed: confidential, short]";
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.words(0), std::string("Payments fail: investigating=The customer is [sealed: confidential, short]"));
    }

    void aStruckTitleIsNoNameThereAndInNoSentenceOfOurs()
    {
        StatuspageScene s;
        s.post("We look.", PagePhase::Investigating, "Canary fails");
        VERIFY_RESULT(s.push());
        s.known.notices[0].title.clear();
        s.vendor.refusedPath = "/incidents/i1";
        s.vendor.refusedWith = 403;
        const auto refused = s.push();
        QVERIFY2(says(refused, "its name is to be \"(taken back)\"") && says(refused, kLink) && says(refused, "API key"), refused ? "" : refused.error().message.c_str());
        QVERIFY(refused.error().message.find("Canary") == std::string::npos); // it is recorded
        s.vendor.refusedWith = 0;
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.words(0), std::string("(taken back): investigating=We look."));
        QCOMPARE(s.vendor.requests.back(), std::string("PATCH /incidents/i1 {\"incident\":{\"deliver_notifications\":false,\"name\":\"(taken back)\"}}"));
    }

    void whatIsRefusedIsASentenceToActOn_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("why");
        QTest::newRow("the key may not") << 403 << "refused the API key (status 403)";
        QTest::newRow("removed there meanwhile") << 404 << "does not know /incidents/i1/incident_updates/u1";
        QTest::newRow("not taken") << 422 << "status 422";
        QTest::newRow("too often") << 420 << "a request a second";
        QTest::newRow("broken") << 500 << "status 500";
    }
    void whatIsRefusedIsASentenceToActOn()
    {
        QFETCH(int, status);
        QFETCH(QString, why);
        StatuspageScene s;
        s.post("Jane broke it.", PagePhase::Investigating, "Payments fail");
        VERIFY_RESULT(s.push());
        s.known.notices[0].updates[0].text.clear();
        s.vendor.refusedPath = "/incident_updates/";
        s.vendor.refusedWith = status;
        const auto refused = s.push();
        for (const std::string &part : {std::string("Words that are not on our page any more are still at Statuspage, in \"Payments fail\": "), why.toStdString(), std::string(kLink), std::string("is to say \"(taken back)\"")})
            QVERIFY2(says(refused, part), refused ? "it was taken" : refused.error().message.c_str());
        QVERIFY(s.target->hasWordsTakenBack("shop"));
        QVERIFY(refused.error().message.find("Jane") == std::string::npos);
        s.vendor.refusedWith = 0;
        VERIFY_RESULT(s.push());
        QVERIFY(!s.target->hasWordsTakenBack("shop"));
    }

    /// The vendor is down, or the page is gone: nothing can be read, and yet it is known that it was said.
    void whenNobodyAnswersItIsSaidAllTheSame()
    {
        StatuspageScene s;
        s.post("Jane broke it.", PagePhase::Investigating, "Payments fail");
        VERIFY_RESULT(s.push());
        s.vendor.refusedWith = 404;
        QVERIFY(!says(s.push(), "not on our page any more")); // nothing was taken back yet
        QVERIFY(!s.target->hasWordsTakenBack("shop"));
        s.known.notices[0].updates[0].text.clear();
        QVERIFY(says(s.push(), "Words that are not on our page any more are still at Statuspage: Statuspage does not know /components"));
        QVERIFY(s.target->hasWordsTakenBack("shop"));
        QVERIFY(says(s.push(), "not on our page any more")); // also when it is tried again
    }

    /// What cannot be taken back does not keep the public from hearing what is new; what is new is not waited for.
    void newWordsGoOutBesideAndTakenBackOnesGoFirst()
    {
        StatuspageScene s;
        s.post("Jane broke it.", PagePhase::Investigating, "Payments fail");
        VERIFY_RESULT(s.push());
        s.known.notices[0].updates[0].text.clear();
        s.post("It is the bank.", PagePhase::Identified);
        s.vendor.refusedPath = "/incident_updates/";
        s.vendor.refusedWith = 403;
        QVERIFY(says(s.push(), "still at Statuspage"));
        QCOMPARE(s.vendor.words(0), std::string("Payments fail: investigating=Jane broke it. identified=It is the bank."));
        s.vendor.refusedWith = 0;
        s.vendor.requests.clear();
        s.post("It works.", PagePhase::Resolved);
        VERIFY_RESULT(s.push()); // though its mark was written anew with the word between, it is still known
        QVERIFY2(s.vendor.requests.at(0).starts_with("PATCH /incidents/i1/incident_updates/u1 "), s.vendor.requests.at(0).c_str());
        QCOMPARE(s.vendor.words(0), std::string("Payments fail: investigating=(taken back) identified=It is the bank. resolved=It works."));
    }

    /// A request a second: the rest follows by the next try, and nothing is written twice.
    void whatWasDoneIsNotDoneAgainByTheNextTry()
    {
        StatuspageScene s;
        s.post("one", PagePhase::Investigating, "Payments fail");
        for (const char *text : {"two", "three", "four"})
            s.post(text);
        VERIFY_RESULT(s.push());
        for (state::NoticeUpdate &u : s.known.notices[0].updates)
            u.text.clear();
        s.vendor.requests.clear();
        s.vendor.left = 4; // two lists, two words
        QVERIFY(says(s.push(), "a request a second"));
        QCOMPARE(s.vendor.requests.size(), std::size_t(2));
        s.vendor.left = 100;
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.requests.size(), std::size_t(4));
        QCOMPARE(s.vendor.words(0), std::string("Payments fail: investigating=(taken back) investigating=(taken back) investigating=(taken back) investigating=(taken back)"));
    }

    void aNoticeThatWasErasedHasNoWordThereAndIsOver()
    {
        StatuspageScene s;
        s.post("Jane broke it.", PagePhase::Investigating, "Canary fails");
        VERIFY_RESULT(s.push());
        s.vendor.byHand(0, "written there by hand");
        s.post("We look.", PagePhase::Investigating, "Stock is late");
        VERIFY_RESULT(s.push());
        s.known.notices.erase(s.known.notices.begin());
        s.start();
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.words(0), std::string("(taken back): investigating=(taken back) investigating=written there by hand resolved="));
        QCOMPARE(s.vendor.words(1), std::string("Stock is late: investigating=We look."));
        s.vendor.requests.clear();
        VERIFY_RESULT(s.push());
        QVERIFY(s.vendor.requests.empty());
    }

    void wordsOfANoticeThatWereErasedAloneAreFound()
    {
        StatuspageScene s;
        s.post("We look.", PagePhase::Investigating, "Payments fail");
        s.post("Jane broke it.");
        s.post("It is the bank.");
        VERIFY_RESULT(s.push());
        s.known.notices[0].updates.erase(s.known.notices[0].updates.begin() + 1);
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.words(0), std::string("Payments fail: investigating=We look. investigating=(taken back) investigating=It is the bank."));
        s.post("It works.", PagePhase::Resolved); // what comes after is said once
        VERIFY_RESULT(s.push());
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.incidents[0].updates.size(), std::size_t(4));
    }

    /// Ninety days on, our page lets go of it: that takes nothing back.
    void whatIsOnlyOldStaysThere()
    {
        for (const int days : {89, 91}) {
            StatuspageScene s;
            s.post("We look.", PagePhase::Investigating, "Payments fail");
            VERIFY_RESULT(s.push());
            s.post("It works.", PagePhase::Resolved);
            VERIFY_RESULT(s.push());
            s.known.notices.clear();
            s.now = s.now + hours(24 * days);
            VERIFY_RESULT(s.push());
            QCOMPARE(s.vendor.incidents[0].name, std::string(days > 90 ? "Payments fail" : "(taken back)"));
        }
    }

    /// What a clock of theirs says may be the last instant there is: nothing is added to that.
    void anUpdateBeyondAnyClockIsNotOld()
    {
        StatuspageScene s;
        s.post("We look.", PagePhase::Investigating, "Payments fail");
        VERIFY_RESULT(s.push());
        s.known.notices.clear();
        s.vendor.incidents[0].updates.back().at = Instant{std::numeric_limits<std::int64_t>::max()};
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.incidents[0].name, std::string("(taken back)"));
    }

    /// A home that was made anew, or put back from a copy, counts from where it was: what another one said is none of its words.
    void aNumberOfAnotherLogIsAnotherNotice()
    {
        StatuspageScene s;
        s.post("Said by the one that was lost.", PagePhase::Investigating, "Payments fail");
        VERIFY_RESULT(s.push());
        s.known = {};
        s.known.id = "shop";
        s.now = kMorning + hours(30);
        s.start("qd/two");
        VERIFY_RESULT(s.push()); // it knows of none
        s.post("The stock is late.", PagePhase::Investigating, "Stock");
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.words(0), std::string("Payments fail: investigating=Said by the one that was lost."));
        QCOMPARE(s.vendor.words(1), std::string("Stock: investigating=The stock is late."));
        s.start("qd/one"); // the same log, an older copy of it: the number is given a second time, at another moment
        s.known.notices[0].updates[0].at = s.now + hours(1);
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.incidents.size(), std::size_t(3));
        QCOMPARE(s.vendor.words(0), std::string("Payments fail: investigating=Said by the one that was lost."));
    }

    void maintenanceSaysWhatItSaysNow()
    {
        StatuspageScene s;
        state::PageMaintenance m;
        m.number = s.known.lastMaintenance = 1;
        m.title = {{"en", "New disks"}};
        m.text = {{"en", "Jane swaps them."}};
        m.plannedAt = s.now;
        m.from = s.now + hours(2);
        m.until = s.now + hours(3);
        s.known.maintenances = {m};
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.words(0), std::string("New disks: scheduled=Jane swaps them."));
        s.known.maintenances[0].text.clear();
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.words(0), std::string("New disks: scheduled=(taken back)"));
        s.known.maintenances.clear(); // erased
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.words(0), std::string("(taken back): scheduled=(taken back) completed="));
    }

    void theWordForItIsInThePagesLanguage()
    {
        StatuspageScene s;
        s.page.languages = {"de", "en"};
        s.post("Jane war es.", PagePhase::Investigating, "Zahlungen");
        s.post("Jane.");
        VERIFY_RESULT(s.push());
        for (state::NoticeUpdate &u : s.known.notices[0].updates)
            u.text.clear();
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.words(0), std::string("Zahlungen: investigating=(zurückgenommen) investigating=(zurückgenommen)"));
    }

    /// The newest hundred are what is given at once.
    void itIsFoundBehindManyNewerOnesToo_data()
    {
        QTest::addColumn<int>("newer");
        QTest::addColumn<int>("firstPage");
        QTest::addColumn<bool>("isFound");
        QTest::newRow("in the first list") << 99 << 1 << true;
        QTest::newRow("in the next") << 100 << 1 << true;
        QTest::newRow("in the next, where they count from nothing") << 100 << 0 << true;
        QTest::newRow("in the last that is asked for") << 499 << 1 << true;
        QTest::newRow("beyond it") << 500 << 1 << false;
    }
    void itIsFoundBehindManyNewerOnesToo()
    {
        QFETCH(int, newer);
        QFETCH(int, firstPage);
        QFETCH(bool, isFound);
        StatuspageScene s;
        s.vendor.firstPage = firstPage;
        s.post("Jane broke it.", PagePhase::Investigating, "Payments fail");
        VERIFY_RESULT(s.push());
        s.post("It works.", PagePhase::Resolved);
        VERIFY_RESULT(s.push());
        for (int n = 0; n < newer; ++n) {
            Vendor::Incident theirs;
            theirs.id = "t" + std::to_string(n);
            theirs.at = kMorning + hours(1) + seconds(n);
            s.vendor.incidents.push_back(theirs);
        }
        s.known.notices[0].updates[0].text.clear();
        s.vendor.paths.clear();
        VERIFY_RESULT(s.target->put("shop", comms::pageFiles(s.page, &s.known, s.now)));
        QCOMPARE(s.vendor.incidents[0].updates[0].body == "(taken back)", isFound);
        QCOMPARE(std::count_if(s.vendor.paths.begin(), s.vendor.paths.end(), [](const std::string &p) { return p.starts_with("/incidents?"); }) <= static_cast<std::ptrdiff_t>(kListsAsked), true);
    }

    void whatAComponentIsSaidToBeFollowsTheWorkspace()
    {
        StatuspageScene s;
        s.page.components[0].about = {{"en", "Paying at Jane's bank"}};
        VERIFY_RESULT(s.push());
        s.page.components[0].about = {{"en", "Paying"}};
        s.vendor.requests.clear();
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.requests, (std::vector<std::string>{"PATCH /components/c1 {\"component\":{\"status\":\"operational\",\"description\":\"Paying\"}}"}));
        s.vendor.requests.clear();
        VERIFY_RESULT(s.push());
        QVERIFY(s.vendor.requests.empty());
    }

    /// Of a notice with very many words our page keeps the first and the newest.
    void aWordBeyondWhatIsKeptIsToldAndNothingIsTakenBack()
    {
        StatuspageScene s;
        constexpr std::size_t kMost = state::StatusPageState::kUpdatesKept;
        s.post("1", PagePhase::Investigating, "Payments fail");
        for (std::size_t n = 2; n <= kMost; ++n)
            s.post(std::to_string(n));
        VERIFY_RESULT(s.push());
        auto &updates = s.known.notices[0].updates;
        s.post("one more");
        updates.back().number = kMost + 1;
        updates.erase(updates.begin() + 1);
        VERIFY_RESULT(s.push());
        QCOMPARE(s.vendor.incidents[0].updates.size(), kMost + 1);
        QCOMPARE(s.vendor.incidents[0].updates[1].body, std::string("2"));
        QCOMPARE(s.vendor.incidents[0].updates.back().body, std::string("one more"));
    }
};

QD_TEST(TestStatuspage)
#include "tst_statuspage.moc"
