// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/mailclient.h"
#include "tests/support/suite.h"

#include <QTest>
#include <arpa/inet.h>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <netinet/in.h>
#include <optional>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace qd::net;

namespace {

/// A mail server that takes everything, one mail after the other.
class TakingServer final {
public:
    TakingServer()
    {
        m_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
        socklen_t length = sizeof address;
        if (::bind(m_fd, reinterpret_cast<sockaddr *>(&address), length) != 0 || ::listen(m_fd, 8) != 0 || ::getsockname(m_fd, reinterpret_cast<sockaddr *>(&address), &length) != 0)
            qFatal("no port for the mail server");
        m_port = ntohs(address.sin_port);
        m_thread = std::thread([this] { run(); });
    }
    ~TakingServer()
    {
        ::shutdown(m_fd, SHUT_RDWR); // ends accept
        m_thread.join();
        ::close(m_fd);
    }
    [[nodiscard]] std::string url() const { return "smtp://127.0.0.1:" + std::to_string(m_port); }
    /// The texts that were taken.
    std::vector<std::string> taken()
    {
        const std::lock_guard lock(m_mutex);
        return m_taken;
    }
    /// How often a text was waited for, and how many bytes of one came.
    std::atomic<int> waited{0};
    std::atomic<std::size_t> bytes{0};
    std::atomic<int> ended{0}; ///< lines that were heard to their end

private:
    void run()
    {
        for (int peer = ::accept(m_fd, nullptr, nullptr); peer >= 0; peer = ::accept(m_fd, nullptr, nullptr)) {
            m_in.clear();
            serve(peer);
            ::close(peer);
            ++ended;
        }
    }
    void serve(int peer)
    {
        const auto say = [peer](std::string_view line) { (void)!::send(peer, line.data(), line.size(), MSG_NOSIGNAL); };
        say("220 here\r\n");
        while (const auto line = lineOf(peer, false)) {
            if (line->starts_with("QUIT"))
                return say("221 bye\r\n");
            if (!line->starts_with("DATA")) {
                say("250 well\r\n");
                continue;
            }
            ++waited;
            say("354 go on\r\n");
            std::string text;
            while (true) {
                const auto part = lineOf(peer, true);
                if (!part)
                    return;
                if (*part == ".")
                    break;
                text += *part + "\n";
            }
            {
                const std::lock_guard lock(m_mutex);
                m_taken.push_back(text);
            }
            say("250 taken\r\n");
        }
    }
    std::optional<std::string> lineOf(int peer, bool isText)
    {
        std::size_t end = 0;
        while ((end = m_in.find("\r\n")) == std::string::npos) {
            char buffer[4096];
            const ssize_t n = ::recv(peer, buffer, sizeof buffer, 0);
            if (n <= 0)
                return std::nullopt;
            if (isText)
                bytes += static_cast<std::size_t>(n);
            m_in.append(buffer, static_cast<std::size_t>(n));
        }
        std::string line = m_in.substr(0, end);
        m_in.erase(0, end + 2);
        return line;
    }

    int m_fd = -1;
    std::uint16_t m_port = 0;
    std::string m_in;
    std::mutex m_mutex;
    std::vector<std::string> m_taken; ///< guarded by m_mutex
    std::thread m_thread;
};

using Go = std::function<void(bool)>;

/// One mail, and what is asked and said of it.
struct OneMail {
    std::mutex mutex;
    std::optional<Go> go;                                    ///< guarded by mutex
    std::optional<tl::expected<void, MailFailure>> outcome;  ///< guarded by mutex

    void send(MailClient &client, const TakingServer &server, bool isAsked, std::optional<bool> atOnce = {})
    {
        MailRequest r;
        r.url = server.url();
        r.from = "desk@example.org";
        r.to = "ana@example.org";
        r.message = "Subject: a text\r\n\r\nSome payments fail.\r\n";
        r.isThisMachine = true;
        r.policy = AddressPolicy{true, true, true};
        if (isAsked)
            r.beforeText = [this, atOnce](Go asked) {
                if (atOnce)
                    return asked(*atOnce);
                const std::lock_guard lock(mutex);
                go = std::move(asked);
            };
        client.send(std::move(r), [this](tl::expected<void, MailFailure> done) {
            const std::lock_guard lock(mutex);
            outcome = std::move(done);
        });
    }
    bool isAsked()
    {
        const std::lock_guard lock(mutex);
        return go.has_value();
    }
    bool isOver()
    {
        const std::lock_guard lock(mutex);
        return outcome.has_value();
    }
    void say(bool goes)
    {
        Go said;
        {
            const std::lock_guard lock(mutex);
            said = *go;
        }
        said(goes);
    }
};

} // namespace

/// When the text of a mail leaves. What servers say and refuse is held against a real one by tests/e2e/test_mail.py.
class TestMailClient final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMailIsTaken()
    {
        TakingServer server;
        MailClient client;
        OneMail mail;
        mail.send(client, server, false);
        QTRY_VERIFY(mail.isOver());
        QVERIFY(mail.outcome->has_value());
        QCOMPARE(server.taken(), std::vector<std::string>{"Subject: a text\n\nSome payments fail.\n"});
    }

    void itsFirstByteWaitsUntilItMayLeave()
    {
        TakingServer server;
        MailClient client;
        OneMail mail, other;
        mail.send(client, server, true);
        QTRY_VERIFY(mail.isAsked());
        QCOMPARE(server.waited.load(), 1); // only once the server waits for it
        QVERIFY(!mail.isOver());
        QCOMPARE(server.bytes.load(), std::size_t(0));
        mail.say(true);
        mail.say(false); // the first word counts
        QTRY_VERIFY(mail.isOver());
        QVERIFY(mail.outcome->has_value());
        QCOMPARE(server.taken().size(), std::size_t(1));
        other.send(client, server, true, true); // said within the question
        QTRY_VERIFY(other.isOver());
        QVERIFY(other.outcome->has_value());
        QCOMPARE(server.taken().size(), std::size_t(2));
    }

    void whatIsCalledOffWasNotTaken_data()
    {
        QTest::addColumn<bool>("atOnce");
        QTest::newRow("at once") << true;
        QTest::newRow("later") << false;
    }
    void whatIsCalledOffWasNotTaken()
    {
        QFETCH(bool, atOnce);
        TakingServer server;
        MailClient client;
        OneMail mail;
        mail.send(client, server, true, atOnce ? std::optional(false) : std::nullopt);
        if (!atOnce) {
            QTRY_VERIFY(mail.isAsked());
            mail.say(false);
        }
        QTRY_VERIFY(mail.isOver());
        QVERIFY(!mail.outcome->has_value());
        const MailFailure &failure = mail.outcome->error();
        QVERIFY(!failure.isFinal && !failure.maybeTaken && !failure.isOfServer);
        QCOMPARE(failure.why.message, std::string("it was called off before its first byte"));
        QTRY_COMPARE(server.ended.load(), 1);
        QVERIFY(server.taken().empty());
        QCOMPARE(server.bytes.load(), std::size_t(0));
    }

    /// The core ended while the disk was asked.
    void whoAnswersLateHarmsNobody()
    {
        TakingServer server;
        auto client = std::make_unique<MailClient>();
        OneMail mail;
        mail.send(*client, server, true);
        QTRY_VERIFY(mail.isAsked());
        client.reset();
        QVERIFY(mail.isOver() && !mail.outcome->has_value() && !mail.outcome->error().maybeTaken);
        mail.say(true);
        QTRY_COMPARE(server.ended.load(), 1);
        QVERIFY(server.taken().empty()); // not an empty one either
        QCOMPARE(server.bytes.load(), std::size_t(0));
    }
};

QD_TEST(TestMailClient)
#include "tst_mailclient.moc"
