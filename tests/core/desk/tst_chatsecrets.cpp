// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/secrets.h"
#include "tests/core/desk/chatroom.h"

using namespace qd;
using namespace qd::desk;
using namespace qd::tests;

/// What looks like a password in a room or in the log.
class TestChatSecrets final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manySecretsOfOneSenderAreToldOfAFewTimes()
    {
        ChatRoom r;
        const auto told = [&] {
            return r.ask([](const state::State &s) { return std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.because.rule == "post/secret"; }); });
        };
        for (int n = 0; n < 10; ++n)
            VERIFY_RESULT(r.report(events::Event(r.from("eve", "password: Zx81-canary" + std::to_string(n)))));
        QCOMPARE(told(), std::ptrdiff_t(3));
        QCOMPARE(r.incident([](const state::Incident &i) { return std::count_if(i.timeline.begin(), i.timeline.end(), [](const state::Entry &e) { return e.kind == state::EntryKind::Secret; }); }),
                 std::ptrdiff_t(10));
        VERIFY_RESULT(r.report(events::Event(r.from("ben", "password: Zx81-canary"))));
        QCOMPARE(told(), std::ptrdiff_t(4)); // another's is
        r.clock.advance(minutes(11));
        VERIFY_RESULT(r.report(events::Event(r.from("eve", "password: Zx81-canary"))));
        QCOMPARE(told(), std::ptrdiff_t(5));
    }

    void theLimitIsOfTheLastTenMinutesToTheSecond()
    {
        ChatRoom r;
        const auto told = [&] {
            return r.ask([](const state::State &s) { return std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.because.rule == "post/secret"; }); });
        };
        const auto say = [&](int n) { QVERIFY(r.report(events::Event(r.from("eve", "password: Zx81-canary" + std::to_string(n))))); };
        const auto most = static_cast<int>(desk::kToldAtMost);
        for (int n = 0; n < most; ++n)
            say(n);
        QCOMPARE(told(), std::ptrdiff_t(most));
        r.clock.advance(desk::kToldWithin - seconds(1));
        say(most);
        QCOMPARE(told(), std::ptrdiff_t(most));
        r.clock.advance(seconds(1));
        say(most + 1);
        QCOMPARE(told(), std::ptrdiff_t(most + 1));
    }

    void aLogLinePutOtherwiseIsLookedAtToo()
    {
        ChatRoom r;
        VERIFY_RESULT(r.command(desk::WriteLog{"INC-1", "nothing yet"}));
        VERIFY_RESULT(r.command(desk::ReviseLog{"INC-1", {}, "password: Zx81-canary"}));
        QVERIFY(r.incident([](const state::Incident &i) { return std::any_of(i.timeline.begin(), i.timeline.end(), [](const state::Entry &e) { return e.kind == state::EntryKind::Secret; }); }));
    }

    void aSecretIsSaidToBeOneAndNeverRepeated()
    {
        ChatRoom r;
        const std::string secret = "Zx81-canary-spectrum";
        const auto message = r.from("eve", "the password: " + secret);
        VERIFY_RESULT(r.report(events::Event(message)));
        const auto lines = [&] {
            return r.incident([](const state::Incident &i) {
                std::vector<state::Entry> out;
                for (const state::Entry &e : i.timeline)
                    if (e.kind == state::EntryKind::Secret)
                        out.push_back(e);
                return out;
            });
        };
        QCOMPARE(lines().size(), std::size_t(1));
        const state::Entry line = lines().front();
        QVERIFY2(line.text.find("seems to hold a password") != std::string::npos && line.text.find(secret) == std::string::npos, line.text.c_str());
        const std::string strike = "quarterdeckctl strike --incident INC-1 --entry " + std::to_string(line.seq);
        QVERIFY2(line.text.find(strike) != std::string::npos, line.text.c_str());
        // The room is told, with the same command.
        const auto posts = r.ask([](const state::State &s) {
            std::string out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.because.rule == "post/secret")
                    out += o.what.text + "\n";
            return out;
        });
        QVERIFY2(posts.find(strike) != std::string::npos && posts.starts_with("What Eve wrote seems to hold a password"), posts.c_str());
        // The words stand in the message and nowhere else.
        QCOMPARE(r.ask([&](const state::State &s) {
            std::size_t found = 0;
            for (const state::Entry &e : s.incident("INC-1")->timeline)
                found += e.text.find(secret) != std::string::npos ? 1 : 0;
            for (const auto &[n, o] : s.outbox)
                found += (o.what.text + o.what.title + o.what.subject).find(secret) != std::string::npos ? 1 : 0;
            for (const state::Entry &e : s.log)
                found += e.text.find(secret) != std::string::npos ? 1 : 0;
            return found;
        }), std::size_t(1));

        (void)r.says("ana", "!log password: " + secret); // one record with two texts: said once
        QCOMPARE(lines().size(), std::size_t(2));
        auto old = r.from("eve", "passwort=" + secret);
        old.replayed = true; // read back: on the timeline, and not told to the room now
        VERIFY_RESULT(r.report(events::Event(old)));
        QCOMPARE(lines().size(), std::size_t(3));
        (void)r.says("eve", "the password reset is slow");
        QCOMPARE(lines().size(), std::size_t(3));
        QCOMPARE(r.ask([](const state::State &s) { return std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.because.rule == "post/secret"; }); }), std::ptrdiff_t(2));
        VERIFY_RESULT(r.command(desk::StrikeText{"INC-1", std::to_string(line.seq), "held a secret"}));
        QVERIFY(r.incident([&](const state::Incident &i) {
            return std::none_of(i.timeline.begin(), i.timeline.end(), [&](const state::Entry &e) { return e.seq == line.seq && e.text.find(secret) != std::string::npos; });
        }));
    }
};

QD_TEST(TestChatSecrets)
#include "tst_chatsecrets.moc"
