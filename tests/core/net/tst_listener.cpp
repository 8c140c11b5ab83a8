// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/listener.h"
#include "tests/core/net/rawclient.h"
#include "tests/core/net/served.h"
#include "tests/support/suite.h"

#include <QTest>
#include <condition_variable>
#include <thread>

using namespace qd::net;

class TestListener final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersAndKeepsTheConnection();
    void reportsWhereItListens();
    void refusesAPortThatIsTaken();
    void givesHandlersTheWholeRequest();
    void answersPipelinedRequestsInOrder();
    void answersHeadWithoutABody();
    void answersUnknownPathsAndMethods();
    void readsChunkedBodies();
    void asksForTheBodyOn100Continue();
    void refusesStrangersBeforeTheBody();
    void takesAnswersFromAnotherThread();
    void saysUnavailableWhenAnAnswerIsDropped();
    void countsOnlyTheFirstAnswer();
    void keepsLineBreaksOutOfItsHeader();
    void speaksHttp10();
    void understandsTheAbsoluteForm();
    void stopsWithConnectionsOpen();
    void ignoresAnswersAfterItHasStopped();
};

void TestListener::answersAndKeepsTheConnection()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    for (int i = 0; i < 3; ++i) {
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde");
        const auto answer = client.answer();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, std::string("abcde"));
        QVERIFY(answer.head.find("Connection: keep-alive") != std::string::npos);
        QVERIFY(answer.head.find("Content-Type: text/plain\r\n") != std::string::npos);
    }
    client.send("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QCOMPARE(client.answer().body, std::string("hello"));
    QVERIFY(client.isClosedWithin());
    QVERIFY(served.refusals.empty());
}

void TestListener::reportsWhereItListens()
{
    Served served;
    QVERIFY(served.listener->start());
    QVERIFY(served.listener->port() != 0);
    QCOMPARE(served.listener->url(), "http://127.0.0.1:" + std::to_string(served.listener->port()));
}

void TestListener::refusesAPortThatIsTaken()
{
    Served first;
    QVERIFY(first.listener->start());
    Served second({.port = first.listener->port()});
    const auto result = second.listener->start();
    QVERIFY(!result);
    QCOMPARE(result.error().code, qd::Code::Io);
    Served third({.address = "localhost"});
    QCOMPARE(third.listener->start().error().code, qd::Code::Invalid);
}

void TestListener::givesHandlersTheWholeRequest()
{
    Served served;
    Request seen;
    served.listener->route(Method::Post, "/in/{key}/api/v2/alerts", [&](Request request, const Responder &responder) {
        seen = std::move(request);
        responder.respond({202});
    });
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send("POST /in/k%2F1/api/v2/alerts?a=1&b=x+y%26z&c HTTP/1.1\r\nHOST: x\r\nX-Two: 2\r\nx-two: 3\r\n"
                "Content-Type: Application/JSON; charset=utf-8\r\nContent-Length: 2\r\n\r\n[]");
    QCOMPARE(client.answer().status, 202);
    QCOMPARE(seen.method, Method::Post);
    QCOMPARE(seen.param("key"), std::string_view("k/1"));
    QCOMPARE(seen.header("x-two"), std::string_view("2"));
    QCOMPARE(seen.contentType(), std::string("application/json"));
    QCOMPARE(seen.body, std::string("[]"));
    QCOMPARE(seen.remote, std::string("127.0.0.1"));
    QVERIFY(seen.isLoopback);
    QVERIFY(seen.receivedAt);
    const Fields query = seen.queryFields();
    QCOMPARE(valueOf(query, "b"), std::string_view("x y&z"));
    QCOMPARE(query.size(), std::size_t(3));
}

void TestListener::answersPipelinedRequestsInOrder()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    std::string all;
    for (int i = 0; i < 50; ++i) {
        const std::string body = "body" + std::to_string(i);
        all += "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    client.send(all);
    for (int i = 0; i < 50; ++i)
        QCOMPARE(client.answer().body, "body" + std::to_string(i));
}

void TestListener::answersHeadWithoutABody()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto head = client.answer(true);
    QCOMPARE(head.status, 200);
    QVERIFY(head.head.find("Content-Length: 5\r\n") != std::string::npos);
    QCOMPARE(client.answer().body, std::string("hello"));
}

void TestListener::answersUnknownPathsAndMethods()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(client.answer().status, 404);
    client.send("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto wrong = client.answer();
    QCOMPARE(wrong.status, 405);
    QVERIFY(wrong.head.find("Allow: POST\r\n") != std::string::npos);
    client.send("GET /hello/../hello HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(client.answer().status, 404);
    QTRY_COMPARE(served.refused(404), 2);
    QTRY_COMPARE(served.refused(405), 1);
}

void TestListener::readsChunkedBodies()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    const std::string request = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "4;ext=1\r\nWiki\r\n5\r\npedia\r\n0\r\nTrailer: x\r\n\r\n";
    client.send(request + request);
    QCOMPARE(client.answer().body, std::string("Wikipedia"));
    QCOMPARE(client.answer().body, std::string("Wikipedia"));
    for (const char c : request) // every boundary there is
        client.send(std::string_view(&c, 1));
    QCOMPARE(client.answer().body, std::string("Wikipedia"));
}

void TestListener::asksForTheBodyOn100Continue()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    QCOMPARE(client.answer(true).status, 100);
    client.send("ok");
    QCOMPARE(client.answer().body, std::string("ok"));
    client.send("POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    QCOMPARE(client.answer().status, 404);
}

void TestListener::refusesStrangersBeforeTheBody()
{
    Served served;
    served.listener->route(Method::Post, "/in/{key}", [](const Request &, const Responder &r) { r.respond({200}); },
                           {kBatchBodyLimit, [](const Request &r) -> std::optional<Response> {
                                if (r.param("key") == "good")
                                    return std::nullopt;
                                return refusal(401, "no such key");
                            }});
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send("POST /in/bad HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n");
    QCOMPARE(client.answer().status, 401);
    QVERIFY(client.isClosedWithin());
    RawClient friendly(served.listener->port());
    friendly.send("POST /in/good HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n.");
    QCOMPARE(friendly.answer().status, 200);
    QTRY_COMPARE(served.refused(401), 1);
}

void TestListener::takesAnswersFromAnotherThread()
{
    Served served;
    std::vector<std::thread> threads;
    served.listener->route(Method::Get, "/later", [&](const Request &, const Responder &responder) {
        threads.emplace_back([responder] { responder.respond({200, "text/plain", "later"}); });
    });
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    for (int i = 0; i < 20; ++i) {
        client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(client.answer().body, std::string("later"));
    }
    served.listener->stop();
    for (auto &thread : threads)
        thread.join();
}

void TestListener::saysUnavailableWhenAnAnswerIsDropped()
{
    Served served;
    served.listener->route(Method::Get, "/forgetful", [](const Request &, const Responder &) {});
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send("GET /forgetful HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(client.answer().status, 503);
}

void TestListener::countsOnlyTheFirstAnswer()
{
    Served served;
    served.listener->route(Method::Get, "/twice", [](const Request &, const Responder &responder) {
        const Responder copy = responder;
        copy.respond({200, "text/plain", "first"});
        responder.respond({500, "text/plain", "second"});
    });
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send("GET /twice HTTP/1.1\r\nHost: x\r\n\r\nGET /twice HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(client.answer().body, std::string("first"));
    QCOMPARE(client.answer().body, std::string("first"));
}

void TestListener::keepsLineBreaksOutOfItsHeader()
{
    Served served;
    served.listener->route(Method::Get, "/x", [](const Request &, const Responder &responder) {
        responder.respond({200, "text/plain\r\nEvil: 1", "x", {{"Location", "/a\r\nEvil: 2"}}});
    });
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(client.answer().head.find("\r\nEvil") == std::string::npos);
}

void TestListener::speaksHttp10()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send("GET /hello HTTP/1.0\r\n\r\n");
    QCOMPARE(client.answer().body, std::string("hello"));
    QVERIFY(client.isClosedWithin());
}

void TestListener::understandsTheAbsoluteForm()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient client(served.listener->port());
    client.send("GET http://x:1/hello?q=http://y/ HTTP/1.1\r\nHost: x:1\r\n\r\n");
    QCOMPARE(client.answer().status, 200);
}

void TestListener::stopsWithConnectionsOpen()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    RawClient idle(served.listener->port());
    RawClient half(served.listener->port());
    half.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nabc");
    RawClient done(served.listener->port());
    done.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(done.answer().status, 200);
    served.listener->stop();
    QVERIFY(idle.isClosedWithin());
    QVERIFY(half.isClosedWithin());
    QVERIFY(done.isClosedWithin());
    served.listener->stop();
}

void TestListener::ignoresAnswersAfterItHasStopped()
{
    Responder kept;
    {
        Served served;
        std::mutex mutex;
        std::condition_variable arrived;
        served.listener->route(Method::Get, "/keep", [&](const Request &, Responder responder) {
            const std::lock_guard lock(mutex);
            kept = std::move(responder);
            arrived.notify_one();
        });
        QVERIFY(served.listener->start());
        RawClient client(served.listener->port());
        client.send("GET /keep HTTP/1.1\r\nHost: x\r\n\r\n");
        std::unique_lock lock(mutex);
        QVERIFY(arrived.wait_for(lock, std::chrono::milliseconds(qd::tests::kPatience), [&] { return static_cast<bool>(kept); }));
    }
    kept.respond({200});
}

QD_TEST(TestListener)
#include "tst_listener.moc"
