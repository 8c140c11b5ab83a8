// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/filefetch.h"
#include "core/net/http.h"
#include "tests/core/net/served.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>
#include <optional>

using namespace qd;
using namespace qd::chat;

namespace {

constexpr auto kApi = "https://slack.com/api";

/// A server that keeps files, and what it was asked with.
struct FileHost {
    Served served;
    std::mutex mutex;
    std::vector<std::string> tokens;

    FileHost()
    {
        using namespace qd::net;
        served.listener->route(Method::Get, "/heap", [this](const Request &request, const Responder &responder) {
            const std::lock_guard lock(mutex);
            tokens.emplace_back(request.header("authorization"));
            responder.respond({200, "text/plain", "all of the heap"});
        });
        served.listener->route(Method::Get, "/signin", [](const Request &, const Responder &responder) { responder.respond({200, "text/html; charset=utf-8", "<title>Sign in"}); });
        served.listener->route(Method::Get, "/away", [this](const Request &, const Responder &responder) {
            responder.respond({302, "text/plain", "", {{"location", at("/heap")}}});
        });
        served.listener->route(Method::Get, "/shut", [](const Request &, const Responder &responder) { responder.respond({403, "text/plain", "no"}); });
        started = served.listener->start().has_value();
    }
    std::string at(const std::string &path) { return "http://127.0.0.1:" + std::to_string(served.listener->port()) + path; }
    bool started = false;
};

/// What asking for it comes to; nothing when no answer came.
std::optional<Result<FileRead>> fetched(const std::string &url, std::size_t most, const char *bearer = "", net::AddressPolicy policy = net::AddressPolicy::configured())
{
    FileFetch fetch("Slack");
    const auto address = fileAddress(url, true);
    if (!address)
        return tl::unexpected(address.error());
    FileFetch::From from{*address, fileNameIn(url)};
    if (*bearer)
        from.bearer = Secret(std::string_view(bearer));
    from.policy = policy;
    std::optional<Result<FileRead>> got;
    fetch.get(std::move(from), most, [&](Result<FileRead> read) { got = std::move(read); });
    return QTest::qWaitFor([&] { return got.has_value(); }, qd::tests::kPatience) ? got : std::nullopt;
}

} // namespace

/// Where the files of messages are asked for, and with what.
class TestFileFetch final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyAnAddressThatAllReadAlikeIsAsked_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("host");
        const auto row = [](const char *name, const char *url, const char *host) { QTest::newRow(name) << QByteArray(url) << QByteArray(host); };
        row("plain", "https://upload.example/a/heap.png?x=1", "upload.example");
        row("its case", "https://Upload.Example/Heap.png", "upload.example");
        row("a port", "https://upload.example:5443/heap.png", "upload.example");
        row("what is for readers", "https://upload.example/heap.png#k=secret", "upload.example");
        row("http", "http://upload.example/heap.png", "");
        row("another scheme", "file:///etc/passwd", "");
        row("XEP-0454", "aesgcm://upload.example/heap.png#0123", "");
        row("a user", "https://upload.example@evil.example/heap.png", "");
        row("a password", "https://u:p@upload.example/heap.png", "");
        row("a backslash", "https://upload.example\\@evil.example/heap.png", "");
        row("a blank", "https://upload.example /heap.png", "");
        row("a line break", "https://upload.example/heap.png\r\nX: y", "");
        row("an escaped host", "https://upload%2eexample/heap.png", "");
        row("a bracketed host", "https://[::1]/heap.png", "");
        row("no host", "https:///heap.png", "");
        row("no port", "https://upload.example:/heap.png", "");
        row("port 0", "https://upload.example:0/heap.png", "");
        row("port 65536", "https://upload.example:65536/heap.png", "");
        row("nothing", "", "");
    }
    void onlyAnAddressThatAllReadAlikeIsAsked()
    {
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, host);
        const auto address = fileAddress(url.toStdString());
        QCOMPARE(address ? address->host : std::string(), host.toStdString());
        if (!address)
            QCOMPARE(address.error().code, Code::Forbidden);
    }

    void anAddressOfTwoThousandBytesIsAskedAndOneMoreIsNot()
    {
        const std::string begin = "https://u.example/";
        QVERIFY(fileAddress(begin + std::string(kFileAddress - begin.size(), 'a')));
        QVERIFY(!fileAddress(begin + std::string(kFileAddress - begin.size() + 1, 'a')));
    }

    void aPlatformsFilesLieAtItsOwnHosts_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("base");
        QTest::addColumn<bool>("own");
        const auto row = [](const char *name, const char *url, const char *base, bool own) { QTest::newRow(name) << QByteArray(url) << QByteArray(base) << own; };
        row("named", "https://files.slack.com/files-pri/T1-F1/heap.txt", kApi, true);
        row("its interface's", "https://slack.com/files/heap.txt", kApi, true);
        row("below it", "https://files.slack.com.evil.example/heap.txt", kApi, false);
        row("a name alike", "https://xfiles.slack.com/heap.txt", kApi, false);
        row("another port of it", "https://files.slack.com:8443/heap.txt", kApi, false);
        row("without TLS", "http://files.slack.com/heap.txt", kApi, false);
        row("a test's own", "http://127.0.0.1:4000/files/heap.txt", "http://127.0.0.1:4000/api", true);
        row("another one on this machine", "http://127.0.0.1:4001/files/heap.txt", "http://127.0.0.1:4000/api", false);
        row("metadata of a cloud", "http://169.254.169.254/latest", "http://127.0.0.1:4000/api", false);
    }
    void aPlatformsFilesLieAtItsOwnHosts()
    {
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, base);
        QFETCH(bool, own);
        const auto address = fileAddressAt(url.toStdString(), {"files.slack.com"}, base.toStdString());
        QCOMPARE(address.has_value(), own);
        if (!own)
            QCOMPARE(address.error().code, Code::Forbidden);
    }

    void aFileIsNamedByTheEndOfItsAddress()
    {
        QCOMPARE(fileNameIn("https://u.example/0/heap%20one.png?x=/y"), std::string("heap one.png"));
        QCOMPARE(fileNameIn("https://u.example/0/"), std::string("file"));
        QCOMPARE(fileNameIn("https://u.example/..%2f..%2fetc%2fpasswd"), std::string("passwd")); // no path comes of it
        QCOMPARE(fileNameIn("https://u.example/%zz"), std::string("file"));
    }

    void theBytesComeWithTheTokenThatWasGivenForThem()
    {
        FileHost host;
        QVERIFY(host.started);
        auto got = fetched(host.at("/heap"), 15, "xoxb-1");
        QVERIFY(got && *got);
        QCOMPARE((*got)->name, std::string("heap"));
        QCOMPARE((*got)->bytes, std::string("all of the heap"));
        QVERIFY(fetched(host.at("/heap"), 15));
        const std::lock_guard lock(host.mutex);
        QCOMPARE(host.tokens, (std::vector<std::string>{"Bearer xoxb-1", ""}));
    }

    void whatIsNoFileOfItsIsRefusedInWords()
    {
        FileHost host;
        QVERIFY(host.started);
        const auto refused = [&](const char *path, std::size_t most, Code code) {
            const auto got = fetched(host.at(path), most, "xoxb-1");
            return got && !*got && got->error().code == code;
        };
        QVERIFY(refused("/heap", 14, Code::TooLarge)); // one byte more than may be
        QVERIFY(refused("/signin", 100, Code::Forbidden));
        QVERIFY(refused("/shut", 100, Code::Forbidden));
        QVERIFY(refused("/none", 100, Code::NotFound));
        QVERIFY(refused("/away", 100, Code::Forbidden));
        const std::lock_guard lock(host.mutex);
        QCOMPARE(host.tokens.size(), std::size_t(1)); // a redirect is not followed: the token goes nowhere else
    }

    void whatSomebodyWroteNeverReachesThisMachineOrTheNetworkBehindIt()
    {
        FileHost host;
        QVERIFY(host.started);
        const auto got = fetched(host.at("/heap"), 100, "", net::AddressPolicy::strict());
        QVERIFY(got && !*got);
        QCOMPARE(got->error().code, Code::Forbidden);
        const std::lock_guard lock(host.mutex);
        QVERIFY(host.tokens.empty());
    }
};

QD_TEST(TestFileFetch)
#include "tst_filefetch.moc"
