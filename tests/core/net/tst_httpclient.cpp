// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpclient.h"
#include "tests/core/net/served.h"
#include "tests/core/net/testcertificates.h"
#include "tests/support/suite.h"

#include <QElapsedTimer>
#include <QTest>
#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <future>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace qd::net;

namespace {
/// Waits for the answer; a test may wait, the product must not.
qd::Result<HttpResponse> fetch(HttpClient &client, HttpRequest request)
{
    std::promise<qd::Result<HttpResponse>> promise;
    auto future = promise.get_future();
    client.send(std::move(request), [&](qd::Result<HttpResponse> result) { promise.set_value(std::move(result)); });
    return future.get();
}

/// A server that keeps every connection and counts them.
class Keeper final {
public:
    Keeper()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        m_door = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::bind(m_door, reinterpret_cast<sockaddr *>(&address), size) != 0 || ::listen(m_door, 8) != 0 || ::getsockname(m_door, reinterpret_cast<sockaddr *>(&address), &size) != 0)
            qFatal("no port to keep connections on");
        m_url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
        m_thread = std::thread([this] { run(); });
    }
    ~Keeper()
    {
        m_ends = true;
        m_thread.join();
        ::close(m_door);
    }
    [[nodiscard]] const std::string &url() const { return m_url; }
    [[nodiscard]] int connections() const { return m_connections; }

private:
    void run()
    {
        std::vector<pollfd> all{{m_door, POLLIN, 0}};
        while (!m_ends) {
            if (::poll(all.data(), all.size(), 20) <= 0)
                continue;
            const std::vector<pollfd> now = all;
            for (const pollfd &p : now) {
                if ((p.revents & (POLLIN | POLLHUP)) == 0)
                    continue;
                std::array<char, 4096> bytes{};
                if (p.fd == m_door) {
                    all.push_back({::accept(m_door, nullptr, nullptr), POLLIN, 0});
                    ++m_connections;
                } else if (::recv(p.fd, bytes.data(), bytes.size(), 0) > 0) { // a request is one packet here
                    constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
                    (void)::send(p.fd, answer.data(), answer.size(), MSG_NOSIGNAL);
                } else {
                    ::close(p.fd);
                    std::erase_if(all, [&p](const pollfd &each) { return each.fd == p.fd; });
                }
            }
        }
        for (std::size_t i = 1; i < all.size(); ++i)
            ::close(all[i].fd);
    }

    int m_door = -1;
    std::string m_url;
    std::atomic<bool> m_ends = false;
    std::atomic<int> m_connections = 0;
    std::thread m_thread;
};

void VERIFY_CODE(const qd::Result<HttpResponse> &result, qd::Code code)
{
    QVERIFY2(!result, "an error was expected");
    QVERIFY2(result.error().code == code, (result.error().message + " / " + result.error().detail).c_str());
}
} // namespace

class TestHttpClient final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendsAndReceives();
    void carriesItsCredentials();
    void givesEveryStatusAsAResult();
    void stopsAtTheByteCap();
    void stopsAtTheTimeLimit();
    void saysWhenNobodyAnswers();
    void refusesAddresses_data();
    void refusesAddresses();
    void refusesOddUrls_data();
    void refusesOddUrls();
    void followsNoRedirectUnlessAsked();
    void checksEachRedirect();
    void doesNotReuseALaxConnection();
    void usesNoConnectionAgainThatWasIdleForTooLong();
    void sendsNoCredentialsToAnotherHost();
    void verifiesCertificates();
    void keepsLineBreaksOutOfItsHeader();
    void endsTransfersWhenItDies();
};

void TestHttpClient::sendsAndReceives()
{
    Served served;
    served.listener->route(Method::Post, "/echo", [](Request request, const Responder &responder) {
        responder.respond({200, "text/plain", request.body + "|" + std::string(request.header("content-type")) + "|"
                                                  + std::string(request.header("x-a")),
                           {{"X-Answer", "42"}}});
    });
    served.listener->route(Method::Get, "/get", [](const Request &request, const Responder &responder) {
        responder.respond({200, "text/plain", request.query});
    });
    served.listener->route(Method::Delete, "/gone", [](const Request &, const Responder &responder) {
        responder.respond({204});
    });
    QVERIFY(served.listener->start());
    HttpClient client;
    HttpRequest post{Method::Post, served.listener->url() + "/echo"};
    post.body = std::string(100'000, 'b');
    post.headers = {{"X-A", "1"}};
    const auto posted = fetch(client, std::move(post));
    QVERIFY(posted);
    QCOMPARE(posted->status, 200);
    QVERIFY(posted->body == std::string(100'000, 'b') + "|application/json|1");
    QCOMPARE(valueOf(posted->headers, "x-answer"), std::string_view("42"));
    QCOMPARE(fetch(client, {Method::Get, served.listener->url() + "/get?a=b"})->body, std::string("a=b"));
    QCOMPARE(fetch(client, {Method::Head, served.listener->url() + "/get?a=b"})->body, std::string());
    QCOMPARE(fetch(client, {Method::Delete, served.listener->url() + "/gone"})->status, 204);
}

void TestHttpClient::carriesItsCredentials()
{
    Served served;
    served.listener->route(Method::Get, "/who", [](const Request &request, const Responder &responder) {
        responder.respond({200, "text/plain", std::string(request.header("authorization"))});
    });
    QVERIFY(served.listener->start());
    HttpClient client;
    HttpRequest basic{Method::Get, served.listener->url() + "/who"};
    basic.user = "u";
    basic.password = qd::Secret("p");
    QCOMPARE(fetch(client, std::move(basic))->body, std::string("Basic dTpw"));
    HttpRequest bearer{Method::Get, served.listener->url() + "/who"};
    bearer.bearer = qd::Secret("t0ken");
    QCOMPARE(fetch(client, std::move(bearer))->body, std::string("Bearer t0ken"));
    QCOMPARE(fetch(client, {Method::Get, served.listener->url() + "/who"})->body, std::string());
}

void TestHttpClient::givesEveryStatusAsAResult()
{
    Served served;
    QVERIFY(served.listener->start());
    HttpClient client;
    QCOMPARE(fetch(client, {Method::Get, served.listener->url() + "/nothing"})->status, 404);
}

void TestHttpClient::stopsAtTheByteCap()
{
    Served served;
    served.listener->route(Method::Get, "/{n}", [](const Request &request, const Responder &responder) {
        responder.respond({200, "text/plain", std::string(std::stoul(std::string(request.param("n"))), 'x')});
    });
    QVERIFY(served.listener->start());
    HttpClient client;
    HttpRequest exact{Method::Get, served.listener->url() + "/1000"};
    exact.maxBytes = 1000;
    QCOMPARE(fetch(client, std::move(exact))->body.size(), std::size_t(1000));
    HttpRequest more{Method::Get, served.listener->url() + "/1001"};
    more.maxBytes = 1000;
    VERIFY_CODE(fetch(client, std::move(more)), qd::Code::TooLarge);
}

void TestHttpClient::stopsAtTheTimeLimit()
{
    Responder kept; // outlives the listener whose thread sets it
    Served served;
    served.listener->route(Method::Get, "/never", [&](const Request &, Responder r) { kept = std::move(r); });
    QVERIFY(served.listener->start());
    HttpClient client;
    HttpRequest request{Method::Get, served.listener->url() + "/never"};
    request.timeout = qd::millis(200);
    VERIFY_CODE(fetch(client, std::move(request)), qd::Code::Unavailable);
}

void TestHttpClient::saysWhenNobodyAnswers()
{
    std::uint16_t port = 0;
    {
        Served served;
        QVERIFY(served.listener->start());
        port = served.listener->port();
    }
    HttpClient client;
    VERIFY_CODE(fetch(client, {Method::Get, "http://127.0.0.1:" + std::to_string(port) + "/"}), qd::Code::Unavailable);
}

void TestHttpClient::refusesAddresses_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("strict");
    QTest::newRow("metadata") << QStringLiteral("169.254.169.254") << false;
    QTest::newRow("metadata, mapped") << QStringLiteral("[::ffff:169.254.169.254]") << false;
    QTest::newRow("metadata, decimal") << QStringLiteral("2852039166") << false;
    QTest::newRow("loopback") << QStringLiteral("127.0.0.1") << true;
    QTest::newRow("loopback by name") << QStringLiteral("localhost") << true;
    QTest::newRow("loopback, short") << QStringLiteral("127.1") << true;
    QTest::newRow("loopback, octal") << QStringLiteral("0177.0.0.1") << true;
    QTest::newRow("loopback, zero") << QStringLiteral("0") << true;
    QTest::newRow("private") << QStringLiteral("10.0.0.1") << true;
}

void TestHttpClient::refusesAddresses()
{
    QFETCH(QString, host);
    QFETCH(bool, strict);
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    HttpClient client;
    HttpRequest request{Method::Get, "http://" + host.toStdString() + ":" + std::to_string(served.listener->port())
                                         + "/hello"};
    if (strict)
        request.policy = AddressPolicy::strict();
    VERIFY_CODE(fetch(client, std::move(request)), qd::Code::Forbidden);
    QCOMPARE(served.listener->connectionCount(), std::size_t(0));
}

void TestHttpClient::refusesOddUrls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<int>("code");
    QTest::newRow("file") << QStringLiteral("file:///etc/hostname") << int(qd::Code::Forbidden);
    QTest::newRow("gopher") << QStringLiteral("gopher://127.0.0.1/") << int(qd::Code::Forbidden);
    QTest::newRow("no scheme") << QStringLiteral("127.0.0.1/") << int(qd::Code::Forbidden);
    QTest::newRow("empty") << QString() << int(qd::Code::Forbidden);
    QTest::newRow("userinfo") << QStringLiteral("http://user:pass@127.0.0.1/") << int(qd::Code::Invalid);
    QTest::newRow("no host") << QStringLiteral("http://") << int(qd::Code::Invalid);
}

void TestHttpClient::refusesOddUrls()
{
    QFETCH(QString, url);
    QFETCH(int, code);
    HttpClient client;
    VERIFY_CODE(fetch(client, {Method::Get, url.toStdString()}), static_cast<qd::Code>(code));
}

void TestHttpClient::followsNoRedirectUnlessAsked()
{
    Served served;
    served.listener->route(Method::Get, "/r/{n}", [](const Request &request, const Responder &responder) {
        const int n = std::stoi(std::string(request.param("n")));
        if (n == 0)
            responder.respond({200, "text/plain", "arrived"});
        else
            responder.respond({302, "text/plain", "this way", {{"Location", "/r/" + std::to_string(n - 1)}}});
    });
    QVERIFY(served.listener->start());
    HttpClient client;
    QCOMPARE(fetch(client, {Method::Get, served.listener->url() + "/r/1"})->status, 302);
    const auto follow = [&](int from, int redirects) {
        HttpRequest request{Method::Get, served.listener->url() + "/r/" + std::to_string(from)};
        request.redirects = redirects;
        return fetch(client, std::move(request));
    };
    const auto arrived = follow(3, 3);
    QVERIFY(arrived);
    QCOMPARE(arrived->body, std::string("arrived"));
    QCOMPARE(arrived->url, served.listener->url() + "/r/0");
    QVERIFY(!follow(4, 3));
    QVERIFY(!follow(4, 100)); // never more than kRedirects
}

void TestHttpClient::checksEachRedirect()
{
    Served served;
    std::string target;
    served.listener->route(Method::Get, "/r", [&](const Request &, const Responder &responder) {
        responder.respond({302, "text/plain", "", {{"Location", target}}});
    });
    QVERIFY(served.listener->start());
    HttpClient client;
    for (const char *to : {"http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://224.0.0.1/"}) {
        target = to;
        HttpRequest request{Method::Get, served.listener->url() + "/r"};
        request.redirects = 3;
        VERIFY_CODE(fetch(client, std::move(request)), qd::Code::Forbidden);
    }
    target = "file:///etc/hostname";
    HttpRequest request{Method::Get, served.listener->url() + "/r"};
    request.redirects = 3;
    VERIFY_CODE(fetch(client, std::move(request)), qd::Code::Invalid);
}

void TestHttpClient::doesNotReuseALaxConnection()
{
    Served served;
    served.addUsual();
    QVERIFY(served.listener->start());
    HttpClient client;
    QCOMPARE(fetch(client, {Method::Get, served.listener->url() + "/hello"})->status, 200);
    HttpRequest strict{Method::Get, served.listener->url() + "/hello"};
    strict.policy = AddressPolicy::strict();
    VERIFY_CODE(fetch(client, std::move(strict)), qd::Code::Forbidden);
}

void TestHttpClient::usesNoConnectionAgainThatWasIdleForTooLong()
{
    Keeper server;
    HttpClient client;
    const auto ask = [&](qd::Span reuseWithin) {
        HttpRequest request{Method::Get, server.url()};
        request.reuseWithin = reuseWithin;
        return fetch(client, std::move(request)) ? server.connections() : -1;
    };
    QElapsedTimer idle;
    idle.start();
    QCOMPARE(ask(qd::seconds(60)), 1);
    const int all = ask(qd::seconds(0));
    QCOMPARE(all, idle.elapsed() < 1'000 ? 1 : all); // a connection just used is not idle, but on a machine that stood still
    QTest::qWait(1'200);                             // libcurl counts whole seconds, by the system's clock alone
    QCOMPARE(ask(qd::seconds(60)), all);
    QTest::qWait(1'200);
    QCOMPARE(ask(qd::seconds(0)), all + 1);
    QCOMPARE(ask(HttpRequest().reuseWithin), all + 1);
}

void TestHttpClient::sendsNoCredentialsToAnotherHost()
{
    Served other;
    other.listener->route(Method::Get, "/who", [](const Request &request, const Responder &responder) {
        responder.respond({200, "text/plain", "[" + std::string(request.header("authorization")) + "]"});
    });
    QVERIFY(other.listener->start());
    Served served;
    served.listener->route(Method::Get, "/r", [&](const Request &, const Responder &responder) {
        responder.respond({302, "text/plain", "",
                           {{"Location", "http://localhost:" + std::to_string(other.listener->port()) + "/who"}}});
    });
    QVERIFY(served.listener->start());
    HttpClient client;
    for (const bool basic : {false, true}) {
        HttpRequest request{Method::Get, served.listener->url() + "/r"};
        request.redirects = 1;
        if (basic) {
            request.user = "u";
            request.password = qd::Secret("p");
        } else {
            request.bearer = qd::Secret("t0ken");
        }
        const auto result = fetch(client, std::move(request));
        QVERIFY(result);
        QCOMPARE(result->body, std::string("[]"));
    }
}

void TestHttpClient::verifiesCertificates()
{
    TestCertificates authority;
    TestCertificates stranger;
    HttpClient client;
    const auto attempt = [&](const TestCertificates::Signed &files, const QString &caFile) {
        Served served({.certificateFile = files.certificate.toStdString(), .keyFile = files.key.toStdString()});
        served.addUsual();
        if (!served.listener->start())
            return qd::Result<HttpResponse>(qd::fail(qd::Code::Internal, "the test's listener does not start"));
        HttpRequest request{Method::Get, served.listener->url() + "/hello"};
        request.caFile = caFile.toStdString();
        return fetch(client, std::move(request));
    };
    const auto good = attempt(authority.sign("IP:127.0.0.1"), authority.caFile);
    QVERIFY2(good, good ? "" : (good.error().message + good.error().detail).c_str());
    QCOMPARE(good->body, std::string("hello"));
    VERIFY_CODE(attempt(authority.sign("IP:127.0.0.1"), stranger.caFile), qd::Code::Invalid);
    VERIFY_CODE(attempt(authority.sign("IP:127.0.0.1"), {}), qd::Code::Invalid);
    VERIFY_CODE(attempt(authority.sign("DNS:other.example"), authority.caFile), qd::Code::Invalid);
    VERIFY_CODE(attempt(authority.sign("IP:127.0.0.1", -7200, -3600), authority.caFile), qd::Code::Invalid);
    VERIFY_CODE(attempt(authority.sign("IP:127.0.0.1", 3600, 7200), authority.caFile), qd::Code::Invalid);
    VERIFY_CODE(attempt(authority.sign("IP:127.0.0.1"), QStringLiteral("/nonexistent.pem")), qd::Code::Invalid);
}

void TestHttpClient::keepsLineBreaksOutOfItsHeader()
{
    Served served;
    served.listener->route(Method::Get, "/x", [](const Request &request, const Responder &responder) {
        responder.respond({200, "text/plain", std::string(request.header("evil"))});
    });
    QVERIFY(served.listener->start());
    HttpClient client;
    HttpRequest request{Method::Get, served.listener->url() + "/x"};
    request.headers = {{"X-A", "1\r\nEvil: yes"}};
    QCOMPARE(fetch(client, std::move(request))->body, std::string());
}

void TestHttpClient::endsTransfersWhenItDies()
{
    Responder kept; // outlives the listener whose thread sets it
    Served served;
    served.listener->route(Method::Get, "/never", [&](const Request &, Responder r) { kept = std::move(r); });
    QVERIFY(served.listener->start());
    int ended = 0;
    {
        HttpClient client;
        for (int i = 0; i < 5; ++i) {
            client.send({Method::Get, served.listener->url() + "/never"}, [&](const qd::Result<HttpResponse> &result) {
                ended += !result && result.error().code == qd::Code::Unavailable;
            });
        }
    }
    QCOMPARE(ended, 5);
}

QD_TEST(TestHttpClient)
#include "tst_httpclient.moc"
