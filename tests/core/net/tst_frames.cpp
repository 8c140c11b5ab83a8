// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/frameclient.h"
#include "core/net/frameserver.h"
#include "core/net/iothread.h"
#include "tests/support/suite.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <chrono>
#include <mutex>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace qd::net;
using namespace std::string_view_literals;

namespace {
/// Bytes straight into a Unix socket.
class RawPeer final {
public:
    explicit RawPeer(const std::string &path)
    {
        m_fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        m_connected = ::connect(m_fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    }
    ~RawPeer() { ::close(m_fd); }
    RawPeer(const RawPeer &) = delete;
    RawPeer &operator=(const RawPeer &) = delete;
    [[nodiscard]] bool isConnected() const { return m_connected; }
    bool send(std::string_view bytes) const { return ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0; }
    [[nodiscard]] bool isClosedWithin(int ms = qd::tests::kPatience) const
    {
        char buffer[4096];
        pollfd waiting{m_fd, POLLIN, 0};
        while (::poll(&waiting, 1, ms) > 0) {
            if (::recv(m_fd, buffer, sizeof buffer, 0) <= 0)
                return true;
        }
        return false;
    }

private:
    int m_fd = -1;
    bool m_connected = false;
};
} // namespace

class TestFrames final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void echoesFramesOfAllSizes();
    void keepsTheSocketToItsOwner();
    void readsFramesByteByByte();
    void refusesAFrameAboveTheLimit();
    void takesAFrameOfTheLimit();
    void dropsASlowReader();
    void sendsWhatIsQueuedBeforeItCloses();
    void wakesAReader();
    void timesOutWithoutLosingAPartialFrame();
    void tellsBothSidesOfTheEnd();
    void saysWhenNobodyListens();
    void refusesASecondServerAndReplacesADeadOne();
    void leavesOtherFilesAlone();
    void refusesConnectionsAboveTheLimit();

private:
    /// Echoes every frame; keeps sessions and the reasons of their ends.
    FrameFactory echo();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
    std::mutex m_mutex;
    std::vector<std::shared_ptr<FrameSession>> m_sessions; ///< guarded by m_mutex
    std::vector<qd::Code> m_ends;                          ///< guarded by m_mutex
    std::atomic<int> m_ended = 0;
    std::atomic<int> m_opened = 0;
};

void TestFrames::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("control.sock")).toStdString();
    m_sessions.clear();
    m_ends.clear();
    m_ended = 0;
    m_opened = 0;
}

FrameFactory TestFrames::echo()
{
    return [this](std::shared_ptr<FrameSession> session) {
        const std::lock_guard lock(m_mutex);
        m_sessions.push_back(session);
        ++m_opened;
        FrameHandlers handlers;
        handlers.onFrame = [weak = std::weak_ptr(session)](std::uint8_t type, std::string payload) {
            if (const auto s = weak.lock())
                s->send(type, std::move(payload));
        };
        handlers.onClosed = [this](const qd::Error &why) {
            const std::lock_guard ending(m_mutex);
            m_ends.push_back(why.code);
            ++m_ended;
        };
        return handlers;
    };
}

void TestFrames::echoesFramesOfAllSizes()
{
    IoThread thread;
    const auto server = FrameServer::open(thread, m_path, echo());
    QVERIFY(server);
    const auto client = FrameClient::connect(m_path);
    QVERIFY(client);
    std::vector<std::string> sent;
    for (const std::size_t size : {0, 1, 5, 4096, 100'000, 3'000'000})
        sent.emplace_back(size, static_cast<char>('a' + sent.size()));
    std::thread sender([&] { // the echo of large frames must be read while they are sent
        for (std::size_t i = 0; i < sent.size(); ++i)
            static_cast<void>((*client)->send(static_cast<std::uint8_t>(200 + i), sent[i]));
    });
    for (std::size_t i = 0; i < sent.size(); ++i) {
        const auto frame = (*client)->read(qd::millis(qd::tests::kPatience));
        QVERIFY(frame && *frame);
        QCOMPARE(int((*frame)->type), int(200 + i));
        QVERIFY((*frame)->payload == sent[i]);
    }
    sender.join();
    const std::lock_guard lock(m_mutex);
    QCOMPARE(m_sessions[0]->peerPid(), std::uint32_t(::getpid()));
    QCOMPARE(m_sessions[0]->number(), std::uint64_t(1));
}

void TestFrames::keepsTheSocketToItsOwner()
{
    IoThread thread;
    {
        const auto server = FrameServer::open(thread, m_path, echo());
        QVERIFY(server);
        struct stat info {};
        QCOMPARE(::stat(m_path.c_str(), &info), 0);
        QCOMPARE(int(info.st_mode & 0777), 0600);
    }
    QVERIFY(!QFile::exists(QString::fromStdString(m_path)));
}

void TestFrames::readsFramesByteByByte()
{
    IoThread thread;
    std::atomic<int> frames = 0;
    const auto server = FrameServer::open(thread, m_path, [&](const std::shared_ptr<FrameSession> &) {
        return FrameHandlers{[&](std::uint8_t type, const std::string &payload) {
                                 frames += type == 7 && payload == "abc";
                             },
                             {}};
    });
    QVERIFY(server);
    const RawPeer peer(m_path);
    for (const char c : "\0\0\0\3\7abc\0\0\0\3\7abc"sv)
        peer.send({&c, 1});
    QTRY_COMPARE(frames.load(), 2);
}

void TestFrames::refusesAFrameAboveTheLimit()
{
    IoThread thread;
    const auto server = FrameServer::open(thread, m_path, echo());
    QVERIFY(server);
    const RawPeer peer(m_path);
    peer.send("\x04\0\0\1\1"sv); // 64 MiB and one byte
    QVERIFY(peer.isClosedWithin());
    QTRY_COMPARE(m_ended.load(), 1);
    QCOMPARE(m_ends[0], qd::Code::TooLarge);
    const auto client = FrameClient::connect(m_path);
    QCOMPARE((*client)->send(1, std::string(kFramePayload + 1, 'x')).error().code, qd::Code::TooLarge);
    QVERIFY((*client)->send(1, "still usable"));
}

void TestFrames::takesAFrameOfTheLimit()
{
    IoThread thread;
    const auto server = FrameServer::open(thread, m_path, echo(), {.payload = 10});
    QVERIFY(server);
    const auto client = FrameClient::connect(m_path);
    QVERIFY((*client)->send(1, "0123456789"));
    const auto frame = (*client)->read(qd::millis(qd::tests::kPatience));
    QVERIFY(frame && *frame);
    QCOMPARE((*frame)->payload, std::string("0123456789"));
    QVERIFY((*client)->send(1, "0123456789a"));
    QCOMPARE((*client)->read(qd::millis(qd::tests::kPatience)).error().code, qd::Code::Unavailable);
}

void TestFrames::dropsASlowReader()
{
    IoThread thread;
    const auto server = FrameServer::open(thread, m_path, echo(), {.outgoing = 4 * kMebi});
    QVERIFY(server);
    const auto slow = FrameClient::connect(m_path);
    const auto quick = FrameClient::connect(m_path);
    QTRY_COMPARE(m_opened.load(), 2);
    const auto payload = std::make_shared<const std::string>(kMebi, 'x');
    for (int i = 0; i < 8; ++i) {
        m_sessions[0]->send(1, payload);
        m_sessions[1]->send(1, payload);
        const auto frame = (*quick)->read(qd::millis(qd::tests::kPatience));
        QVERIFY(frame && *frame);
    }
    QTRY_COMPARE(m_ended.load(), 1);
    QCOMPARE(m_ends[0], qd::Code::TooLarge);
    m_sessions[0]->send(1, payload); // to the one that has gone: nothing happens
    QVERIFY((*quick)->send(1, "still served"));
}

void TestFrames::sendsWhatIsQueuedBeforeItCloses()
{
    IoThread thread;
    const auto server = FrameServer::open(thread, m_path, echo());
    QVERIFY(server);
    const auto client = FrameClient::connect(m_path);
    QTRY_COMPARE(m_opened.load(), 1);
    for (int i = 0; i < 100; ++i)
        m_sessions[0]->send(static_cast<std::uint8_t>(i), std::string(10'000, 'x'));
    m_sessions[0]->close();
    for (int i = 0; i < 100; ++i) {
        const auto frame = (*client)->read(qd::millis(qd::tests::kPatience));
        QVERIFY(frame && *frame);
        QCOMPARE(int((*frame)->type), i);
    }
    QCOMPARE((*client)->read(qd::millis(qd::tests::kPatience)).error().code, qd::Code::Unavailable);
}

void TestFrames::wakesAReader()
{
    IoThread thread;
    const auto server = FrameServer::open(thread, m_path, echo());
    QVERIFY(server);
    const auto client = FrameClient::connect(m_path);
    (*client)->wake(); // before the read: the read must still notice
    QVERIFY((*client)->read(qd::seconds(-1)).value() == std::nullopt);
    std::thread waker([&] { (*client)->wake(); });
    QVERIFY((*client)->read(qd::seconds(-1)).value() == std::nullopt);
    waker.join();
}

void TestFrames::timesOutWithoutLosingAPartialFrame()
{
    const std::string path = m_path;
    const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    QCOMPARE(::bind(listener, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
    QCOMPARE(::listen(listener, 1), 0);
    const auto client = FrameClient::connect(path);
    QVERIFY(client);
    const int peer = ::accept(listener, nullptr, nullptr);
    const auto say = [&](std::string_view bytes) { return ::send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL); };
    say("\0\0\0\4\5ab"sv);
    QVERIFY((*client)->read(qd::millis(50)).value() == std::nullopt);
    QVERIFY((*client)->read(qd::millis(0)).value() == std::nullopt);
    say("cd\0\0"sv);
    const auto frame = (*client)->read(qd::millis(qd::tests::kPatience));
    QVERIFY(frame && *frame);
    QCOMPARE((*frame)->payload, std::string("abcd"));
    say("\0\1\6x"sv);
    QCOMPARE((*client)->read(qd::millis(qd::tests::kPatience)).value()->payload, std::string("x"));
    say("\xff\xff\xff\xff\1"sv);
    QCOMPARE((*client)->read(qd::millis(qd::tests::kPatience)).error().code, qd::Code::TooLarge);
    ::close(peer);
    ::close(listener);
}

void TestFrames::tellsBothSidesOfTheEnd()
{
    IoThread thread;
    auto server = FrameServer::open(thread, m_path, echo());
    QVERIFY(server);
    {
        const auto client = FrameClient::connect(m_path);
        QTRY_COMPARE(m_opened.load(), 1);
    }
    QTRY_COMPARE(m_ended.load(), 1);
    QCOMPARE(m_ends[0], qd::Code::Unavailable);
    const auto client = FrameClient::connect(m_path);
    QTRY_COMPARE(m_opened.load(), 2);
    server->reset();
    QCOMPARE(m_ended.load(), 2);
    QCOMPARE((*client)->read(qd::millis(qd::tests::kPatience)).error().code, qd::Code::Unavailable);
    // Nobody reads any more: an error, not a signal that ends the program.
    static_cast<void>((*client)->send(1, "x"));
    QCOMPARE((*client)->send(1, "x").error().code, qd::Code::Unavailable);
}

void TestFrames::saysWhenNobodyListens()
{
    QCOMPARE(FrameClient::connect(m_path).error().code, qd::Code::NotFound);
    QCOMPARE(FrameClient::connect(std::string(200, 'x')).error().code, qd::Code::Invalid);
    IoThread thread;
    QCOMPARE(FrameServer::open(thread, std::string(200, 'x'), echo()).error().code, qd::Code::Invalid);
    QCOMPARE(FrameServer::open(thread, "/nonexistent/control.sock", echo()).error().code, qd::Code::Io);
}

void TestFrames::refusesASecondServerAndReplacesADeadOne()
{
    IoThread thread;
    const auto server = FrameServer::open(thread, m_path, echo());
    QVERIFY(server);
    QCOMPARE(FrameServer::open(thread, m_path, echo()).error().code, qd::Code::Conflict);
    QVERIFY(FrameClient::connect(m_path));
    // A socket file as a killed core leaves it.
    const std::string dead = m_path + "2";
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    dead.copy(address.sun_path, sizeof address.sun_path - 1);
    QCOMPARE(::bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
    ::close(fd);
    QCOMPARE(FrameClient::connect(dead).error().code, qd::Code::Unavailable);
    const auto next = FrameServer::open(thread, dead, echo());
    QVERIFY(next);
    QVERIFY(FrameClient::connect(dead));
}

void TestFrames::leavesOtherFilesAlone()
{
    QFile file(QString::fromStdString(m_path));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();
    IoThread thread;
    QCOMPARE(FrameServer::open(thread, m_path, echo()).error().code, qd::Code::Invalid);
    QCOMPARE(file.size(), qint64(8));
}

void TestFrames::refusesConnectionsAboveTheLimit()
{
    IoThread thread;
    const auto server = FrameServer::open(thread, m_path, echo(), {.connections = 1});
    QVERIFY(server);
    const RawPeer first(m_path);
    QTRY_COMPARE(m_opened.load(), 1);
    const RawPeer second(m_path);
    QVERIFY(second.isClosedWithin());
    QVERIFY(!first.isClosedWithin(0));
}

QD_TEST(TestFrames)
#include "tst_frames.moc"
