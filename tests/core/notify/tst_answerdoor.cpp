// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/notify/answerdoor.h"

#include "core/base/encoding.h"
#include "tests/core/net/rawclient.h"
#include "tests/core/net/served.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::notify;
using Kind = oncall::Answering::Kind;

namespace {

const std::string kToken = "00112233445566778899aabbccddeeff";

/// A door whose one link is in the test's hands.
struct Scene {
    Served served;
    std::mutex mutex;
    Kind kind = Kind::Open;
    std::vector<std::pair<std::uint32_t, std::string>> answered; ///< guarded by mutex
    Result<> outcome;
    std::unique_ptr<AnswerDoor> door;

    Scene()
    {
        door = std::make_unique<AnswerDoor>(
            *served.listener, served.clock,
            [this](const std::string &hash, std::function<void(oncall::Answering)> done) {
                oncall::Answering a;
                a.sentence = "nothing";
                if (hash == sha256Hex(kToken)) {
                    a.kind = kind;
                    a.escalation = 3;
                    a.person = "ana";
                    a.name = "Ana";
                    a.incident = "INC-1";
                    a.about = "<script>alert(1)</script> & \"more\"";
                }
                done(a);
            },
            [this](const oncall::Answering &a, std::function<void(Result<>)> done) {
                {
                    const std::lock_guard lock(mutex);
                    answered.emplace_back(a.escalation, a.person);
                }
                done(outcome);
            });
    }
    RawClient::Answer ask(const std::string &method, const std::string &token, const std::string &body = {})
    {
        RawClient client(served.listener->port());
        client.send(method + " /answer/" + token + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        return client.answer(method == "HEAD");
    }
};

} // namespace

class TestAnswerDoor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void openingALinkAsksAndChangesNothing()
    {
        Scene s;
        VERIFY_RESULT(s.served.listener->start());
        for (const char *method : {"GET", "HEAD"}) {
            const auto page = s.ask(method, kToken);
            QCOMPARE(page.status, 200);
            QVERIFY(page.head.find("default-src 'none'") != std::string::npos && page.head.find("no-store") != std::string::npos);
        }
        const auto page = s.ask("GET", kToken);
        QVERIFY(page.body.find("<form method=\"post\">") != std::string::npos);
        QVERIFY(s.answered.empty());
    }

    void whatTheIncidentIsCalledIsNoMarkup()
    {
        Scene s;
        VERIFY_RESULT(s.served.listener->start());
        const auto page = s.ask("GET", kToken);
        QVERIFY(page.body.find("<script") == std::string::npos);
        QVERIFY(page.body.find("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;") != std::string::npos);
    }

    void confirmingAnswersForThePersonOfTheLink()
    {
        Scene s;
        VERIFY_RESULT(s.served.listener->start());
        const auto done = s.ask("POST", kToken);
        QCOMPARE(done.status, 200);
        QVERIFY(done.body.find("Ana has it") != std::string::npos && done.body.find("<form") == std::string::npos);
        QCOMPARE(s.answered.size(), std::size_t{1});
        QVERIFY(s.answered[0] == std::pair(std::uint32_t{3}, std::string("ana")));
    }

    void usedAndEndedLinksSaySoAndAnswerNothing()
    {
        Scene s;
        VERIFY_RESULT(s.served.listener->start());
        for (const Kind kind : {Kind::Answered, Kind::Over}) {
            s.kind = kind;
            for (const char *method : {"GET", "POST"}) {
                const auto page = s.ask(method, kToken);
                QCOMPARE(page.status, 410);
                QVERIFY(page.body.find("<form") == std::string::npos);
            }
        }
        QVERIFY(s.answered.empty());
    }

    void whatIsNoLinkIsNotFoundAndAfterMany429()
    {
        Scene s;
        VERIFY_RESULT(s.served.listener->start());
        const std::string wrong[] = {std::string(32, '0'), "x", std::string(33, 'a'), "00112233445566778899AABBCCDDEEFF"};
        for (std::size_t n = 0; n < kWrongLinks; ++n)
            QCOMPARE(s.ask(n % 2 == 0 ? "GET" : "POST", wrong[n % std::size(wrong)]).status, 404);
        QCOMPARE(s.ask("GET", wrong[0]).status, 429);
        QCOMPARE(s.ask("GET", kToken).status, 200); // a right one is never in the way of wrong ones
        QVERIFY(s.answered.empty());
    }

    void whatTheDeskRefusesIsShown()
    {
        Scene s;
        VERIFY_RESULT(s.served.listener->start());
        s.outcome = fail(Code::Conflict, "It is over.");
        const auto page = s.ask("POST", kToken);
        QCOMPARE(page.status, 409);
        QVERIFY(page.body.find("It is over.") != std::string::npos);
        s.outcome = fail(Code::Unavailable, "The disk is full.");
        QCOMPARE(s.ask("POST", kToken).status, 503);
    }

    void aLongBodyIsRefused()
    {
        Scene s;
        VERIFY_RESULT(s.served.listener->start());
        QCOMPARE(s.ask("POST", kToken, std::string(kConfirmBody, 'x')).status, 200);
        QCOMPARE(s.ask("POST", kToken, std::string(kConfirmBody + 1, 'x')).status, 413);
    }

    void theLinkOfABundleListsItsCallsAndEscapesThem()
    {
        oncall::Answering a;
        a.kind = Kind::Open;
        a.calls = {"SEV2 INC-1 Shop is <b>down</b>", "escalation/4 Disk full: answered"};
        a.open = {3};
        a.about = "2 calls";
        oncall::Answering marked = a;
        marked.about = "cards of [[restricted: canary]] fail [[internal: here]]";
        marked.calls = {"INC-8 [[confidential: canary]]"};
        const std::string sealedPage = answerPage(marked, "You are called", "Say so, [[restricted: canary]]?", true);
        QVERIFY(sealedPage.find("canary") == std::string::npos && sealedPage.find("here") != std::string::npos && sealedPage.find("[sealed: restricted, short]") != std::string::npos);
        const std::string page = answerPage(a, "You are called", "Say so?", true);
        QVERIFY(page.find("<li>SEV2 INC-1 Shop is &lt;b&gt;down&lt;/b&gt;</li><li>escalation/4 Disk full: answered</li>") != std::string::npos);
        QVERIFY(page.find("<form method=\"post\">") != std::string::npos);
    }
};

QD_TEST(TestAnswerDoor)
#include "tst_answerdoor.moc"
