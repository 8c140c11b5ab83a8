// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/link/memoryfeed.h"
#include "tests/support/suite.h"

#include "core/link/jsonrpc.h"
#include "core/link/protocol.h"
#include "core/link/seatserver.h"
#include "core/net/frameclient.h"
#include "core/net/iothread.h"

#include <QTemporaryDir>
#include <QtTest>
#include <mutex>
#include <set>
#include <thread>

using namespace qd;
using namespace qd::link;

namespace {

constexpr auto kCall = static_cast<std::uint8_t>(FrameType::Call);

/// What is called at the server: kept until the test answers.
class Waiting {
public:
    SeatServer::Calls calls()
    {
        return [this](std::string request, SeatServer::Reply reply) {
            const std::lock_guard lock(m_mutex);
            m_requests.push_back(std::move(request));
            m_replies.push_back(std::move(reply));
        };
    }
    [[nodiscard]] std::size_t count() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests.size();
    }
    void answer(std::size_t which, std::string with)
    {
        SeatServer::Reply reply;
        {
            const std::lock_guard lock(m_mutex);
            reply = m_replies[which];
        }
        reply(std::move(with));
    }

private:
    mutable std::mutex m_mutex;
    std::vector<std::string> m_requests;
    std::vector<SeatServer::Reply> m_replies;
};

} // namespace

class TestSeatLimits : public QObject {
    Q_OBJECT

private:
    net::IoThread m_io;
    QTemporaryDir m_dir;
    int m_number = 0;
    std::string newPath() { return m_dir.filePath(QString::number(++m_number)).toStdString(); }

private Q_SLOTS:
    void aClientWaitsAtItsLimitOfCallsInFlightAndOthersDoNot()
    {
        MemoryFeed log;
        Waiting waiting;
        const auto path = newPath();
        SeatServer::Options options;
        options.callsInFlight = 4;
        auto server = SeatServer::open(m_io, path, log.feed(), waiting.calls(), options);
        QVERIFY(server);
        const auto greedy = net::FrameClient::connect(path);
        QVERIFY(greedy);
        for (int i = 0; i < 10; ++i)
            QVERIFY((*greedy)->send(kCall, "g" + std::to_string(i)));
        QTRY_COMPARE(waiting.count(), std::size_t{4});
        // Somebody else is served, and by then the greedy one would have been read further, were it read.
        const auto modest = net::FrameClient::connect(path);
        QVERIFY(modest && (*modest)->send(kCall, "m"));
        QTRY_COMPARE(waiting.count(), std::size_t{5});
        waiting.answer(4, "yes");
        const auto heard = (*modest)->read(millis(qd::tests::kPatience));
        QVERIFY(heard && *heard);
        QCOMPARE(waiting.count(), std::size_t{5});
        // One answer makes room for one call.
        waiting.answer(0, "done");
        QTRY_COMPARE(waiting.count(), std::size_t{6});
        for (std::size_t i = 1; i < 11; ++i) {
            QTRY_VERIFY(waiting.count() > i);
            if (i != 4)
                waiting.answer(i, "done");
        }
        QCOMPARE(waiting.count(), std::size_t{11});
        for (int i = 0; i < 10; ++i) {
            const auto frame = (*greedy)->read(millis(qd::tests::kPatience));
            QVERIFY(frame && *frame);
        }
    }

    void aClientThatDoesNotReadIsNotReadFurther()
    {
        MemoryFeed log;
        const auto path = newPath();
        std::atomic<int> calls{0};
        SeatServer::Options options;
        options.frames.unread = 256 * net::kKibi;
        auto server = SeatServer::open(m_io, path, log.feed(),
                                       [&](const std::string &, const SeatServer::Reply &reply) {
                                           ++calls;
                                           reply(std::string(net::kMebi, 'x'));
                                       },
                                       options);
        QVERIFY(server);
        const auto mute = net::FrameClient::connect(path);
        QVERIFY(mute);
        for (int i = 0; i < 50; ++i)
            QVERIFY((*mute)->send(kCall, "more"));
        const auto other = net::FrameClient::connect(path);
        QVERIFY(other && (*other)->send(kCall, "one"));
        const auto heard = (*other)->read(millis(qd::tests::kPatience));
        QVERIFY(heard && *heard);
        QVERIFY2(calls < 10, std::to_string(calls).c_str());
        // It is not lost: as it reads, it is answered.
        for (int i = 0; i < 50; ++i) {
            const auto frame = (*mute)->read(millis(qd::tests::kPatience));
            QVERIFY(frame && *frame);
        }
        QCOMPARE(calls.load(), 51);
    }

    void whoLetsMostWaitIsDroppedWhenItIsTooMuchForAll()
    {
        MemoryFeed log;
        const auto path = newPath();
        SeatServer::Options options;
        options.frames.allOutgoing = 4 * net::kMebi;
        auto server = SeatServer::open(m_io, path, log.feed(),
                                       [](const std::string &request, const SeatServer::Reply &reply) {
                                           reply(std::string(request == "much" ? 3 * net::kMebi : net::kMebi / 2, 'x'));
                                       },
                                       options);
        QVERIFY(server);
        const auto slow = net::FrameClient::connect(path);
        const auto fine = net::FrameClient::connect(path);
        QVERIFY(slow && fine);
        QVERIFY((*slow)->send(kCall, "much") && (*slow)->send(kCall, "much"));
        QTRY_VERIFY(!(*slow)->read(millis(qd::tests::kPatience))); // whatever part arrived, then the end
        QVERIFY((*fine)->send(kCall, "little"));
        const auto frame = (*fine)->read(millis(qd::tests::kPatience));
        QVERIFY(frame && *frame);
    }

    /// A hundred thousand alerts are more than a frame holds.
    void anAnswerLargerThanAFrameComesWhole()
    {
        MemoryFeed log;
        const auto path = newPath();
        SeatServer::Options options;
        options.frames.payload = 1000;
        const std::string large = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"" + std::string(2'500, 'x') + "\"}";
        auto server = SeatServer::open(m_io, path, log.feed(), [&](const std::string &, const SeatServer::Reply &reply) { reply(large); }, options);
        QVERIFY(server);
        const auto caller = Caller::connect(path);
        QVERIFY(caller);
        const auto said = (*caller)->call("get");
        QVERIFY(said);
        QCOMPARE(said->size(), std::size_t(2'502));
    }

    /// Answers of many threads to one client: the pieces of each stand together.
    void answersInPiecesDoNotMix()
    {
        MemoryFeed log;
        const auto path = newPath();
        Waiting waiting;
        SeatServer::Options options;
        options.frames.payload = 1000;
        auto server = SeatServer::open(m_io, path, log.feed(), waiting.calls(), options);
        QVERIFY(server);
        const auto client = net::FrameClient::connect(path);
        QVERIFY(client);
        constexpr std::size_t kCalls = 40;
        for (std::size_t i = 0; i < kCalls; ++i)
            QVERIFY((*client)->send(kCall, "?"));
        QTRY_COMPARE(waiting.count(), kCalls);
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < kCalls; ++i)
            threads.emplace_back([&, i] { waiting.answer(i, std::string(i % 4 * 700 + 10, static_cast<char>('A' + i))); });
        for (auto &thread : threads)
            thread.join();
        PiecedAnswer arriving;
        std::set<std::string> seen;
        while (seen.size() < kCalls) {
            auto frame = (*client)->read(millis(qd::tests::kPatience));
            QVERIFY(frame && *frame);
            const auto text = arriving.take((*frame)->type, (*frame)->payload);
            QVERIFY(text);
            if (!*text)
                continue;
            QVERIFY2((*text)->find_first_not_of((*text)->front()) == std::string::npos, "another answer stands in it");
            const auto i = static_cast<std::size_t>((*text)->front() - 'A');
            QCOMPARE((*text)->size(), i % 4 * 700 + 10);
            QVERIFY(seen.insert(**text).second);
        }
    }

    void anAnswerWithoutEndIsRefused()
    {
        PiecedAnswer arriving;
        constexpr auto kPieceOf = static_cast<std::uint8_t>(FrameType::Piece);
        QVERIFY(arriving.take(kPieceOf, "12345", 10) && arriving.take(kPieceOf, "12345", 10));
        const auto refused = arriving.take(kPieceOf, "1", 10);
        QVERIFY(!refused && refused.error().code == Code::TooLarge);
        const auto next = arriving.take(kCall, "1", 10);
        QVERIFY(next && *next);
        QCOMPARE(**next, std::string("1"));
    }

    void aRequestAboveTheLimitEndsTheConnection()
    {
        MemoryFeed log;
        const auto path = newPath();
        std::atomic<int> calls{0};
        SeatServer::Options options;
        options.frames.incoming = 1000;
        auto server = SeatServer::open(m_io, path, log.feed(),
                                       [&](const std::string &, const SeatServer::Reply &reply) {
                                           ++calls;
                                           reply("yes");
                                       },
                                       options);
        QVERIFY(server);
        const auto edge = net::FrameClient::connect(path);
        QVERIFY(edge && (*edge)->send(kCall, std::string(1000, 'x')));
        const auto frame = (*edge)->read(millis(qd::tests::kPatience));
        QVERIFY(frame && *frame);
        (void)(*edge)->send(kCall, std::string(1001, 'x'));
        QVERIFY(!(*edge)->read(millis(qd::tests::kPatience)));
        QCOMPARE(calls.load(), 1);
    }
};

QD_TEST(TestSeatLimits)
#include "tst_seatlimits.moc"
