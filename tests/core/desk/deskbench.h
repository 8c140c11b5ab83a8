// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/events/codec.h"
#include "core/journal/journal.h"
#include "tests/support/builders.h"
#include "tests/support/clock.h"
#include "tests/support/dump.h"
#include "tests/support/memorystore.h"
#include "tests/support/random.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <QtTest>
#include <future>

namespace qd::tests {

using desk::Desk;
using desk::Outcome;

/// A desk on an in-memory journal, with a clock that stands still.
struct Bench {
    QTemporaryDir dir;
    std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>();
    FakeClock clock;
    SystemRandom random;
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<Desk> desk;

    Desk::Options options{"test", false}; ///< before start()
    journal::Options journalOptions = [] {
        journal::Options o;
        o.reserveBytes = 0; // a memory disk gains no room from it
        return o;
    }();

    Bench() { create(); }
    /// Without a home yet: for tests that set options first.
    explicit Bench(std::nullptr_t) {}
    ~Bench() { stop(); }

    static journal::Unlock key() { return {journal::Unlock::KeyFile, Secret(Bytes(32, 7))}; }
    std::filesystem::path home() const { return dir.path().toStdString(); }

    void create()
    {
        const auto made = journal::create(home(), memoryPorts(disk), key(), clock, random);
        Q_ASSERT(made);
        start();
    }
    void start()
    {
        auto opened = journal::Journal::open(home(), memoryPorts(disk), key(), clock, random, journalOptions);
        Q_ASSERT(opened);
        journal = std::move(*opened);
        auto d = Desk::open(*journal, clock, options);
        Q_ASSERT(d);
        desk = std::move(*d);
    }
    void stop()
    {
        desk.reset();
        if (journal)
            journal->close();
        journal.reset();
    }
    void restart()
    {
        stop();
        start();
    }

    template <typename Call>
    Result<Outcome> wait(Call call)
    {
        auto promise = std::make_shared<std::promise<Result<Outcome>>>();
        auto answered = promise->get_future();
        call([promise](Result<Outcome> r) { promise->set_value(std::move(r)); });
        return answered.get();
    }
    Result<Outcome> report(ReportBatch batch)
    {
        return wait([&](desk::Done d) { desk->report(std::move(batch), std::move(d)); });
    }
    Result<Outcome> report(events::Event e)
    {
        return wait([&](desk::Done d) { desk->report(std::move(e), std::move(d)); });
    }
    Result<Outcome> command(desk::Command c, const std::string &person = "ana")
    {
        return wait([&](desk::Done d) { desk->command(std::move(c), {person, Path::Person}, std::move(d)); });
    }
    Result<Outcome> wake()
    {
        return wait([&](desk::Done d) { desk->wake(std::move(d)); });
    }
    template <typename F>
    auto ask(F f)
    {
        decltype(f(std::declval<const state::State &>())) out{};
        desk->inspect([&](const state::State &s) { out = f(s); });
        return out;
    }
    std::string dumped()
    {
        return ask([](const state::State &s) { return dump(s); });
    }
    /// The fold of what is committed.
    std::string committed() { return foldTo(journal->head()); }
    /// The fold of what every reader sees: while UNRECORDED also what is kept.
    std::string seen() { return foldTo(journal->tail()); }
    std::string foldTo(std::uint64_t last)
    {
        state::State s;
        const auto ok = desk::replay(*journal, 1, last, [&](const desk::Record &r) {
            state::applyRecord(s, r.seq, r.time, r.events);
            return true;
        });
        return ok ? dump(s) : ok.error().message;
    }
    void settle(Workspace w = aWorkspace())
    {
        events::WorkspaceChanged e;
        e.workspace = std::move(w);
        e.digest = "one";
        const auto ok = report(events::Event(e));
        Q_ASSERT(ok);
        connect("am", "inbound");
    }
    void connect(const std::string &name, const std::string &kind, const std::string &set = {}, Span interval = {})
    {
        desk::AddConnection add;
        add.connection.name = name;
        add.connection.kind = kind;
        add.connection.url = kind == "inbound" ? "" : kind == "xmpp" ? "ws://127.0.0.1:1/" : "http://127.0.0.1:1/";
        add.connection.set = set;
        add.connection.interval = interval;
        const auto ok = command(add);
        Q_ASSERT(ok);
    }
    /// An incident with a linked room on an armed XMPP connection.
    std::string incidentWithRoom()
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        desk::DeclareIncident declare;
        declare.title = "Shop is down";
        const auto r = command(declare);
        Q_ASSERT(r);
        (void)report(events::Event(events::RoomLinked{r->id, "chat", "inc-1@muc.example", true}));
        return r->id;
    }
    events::MessageSeen message(const std::string &text, const std::string &person = "ana")
    {
        events::MessageSeen m;
        m.connection = "chat";
        m.room = "inc-1@muc.example";
        m.incident = "INC-1";
        m.messageId = QString::number(++m_messages).toStdString();
        m.sender = person.empty() ? "mallory@example" : person + "@example";
        m.nick = "nick";
        m.person = person;
        m.verified = !person.empty();
        m.text = text;
        m.serverTime = clock.now();
        return m;
    }
    std::vector<std::string> posted()
    {
        return ask([](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                out.push_back(std::string(events::word(o.what.effect)) + ": " + o.what.text);
            return out;
        });
    }
    int m_messages = 0;
};

} // namespace qd::tests
