// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/recover.h"
#include "tests/core/store/diskhome.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

namespace {

constexpr std::uint64_t kRecovered = 60;

/// A closed home: an incident's record every second time, a text of its own key with every tenth.
struct RecoverHome : DiskHome
{
    std::filesystem::path into() const { return std::filesystem::path(folder.path().toStdString()) / "other"; }
    bool make()
    {
        if (!create() || !open())
            return false;
        Answers answers;
        for (std::uint64_t s = 1; s <= kRecovered; ++s) {
            Draft draft{s, Instant{static_cast<std::int64_t>(s)}, {{s % 2 == 0 ? "incident/INC-1" : "alerts/2026-11-30", 3, bytesOf(kCanary)}}};
            if (s % 10 == 0)
                draft.parts.push_back({"text/incident/INC-1", 5, bytesOf("a text"), false, true});
            journal->append(std::move(draft), answers.take());
        }
        answers.wait(kRecovered);
        journal.reset();
        return true;
    }
    void breakFirstPage() const
    {
        std::string bytes = contentsOf(path() / "journal.db");
        for (std::size_t i = 0; i < 8192; ++i)
            bytes[i] = static_cast<char>(bytes[i] ^ 0x5a);
        std::ofstream(path() / "journal.db", std::ios::binary | std::ios::trunc) << bytes;
    }
    Result<Recovered> recovered(const Ports &with)
    {
        Recovering how;
        how.nothing = {"org", 6, bytesOf("nothing")};
        how.said = [](const Recovered &r) { return std::vector<std::vector<Part>>{{{"org", 6, bytesOf("from " + r.origin)}}}; };
        return recover(path(), into(), with, testUnlock(), clock, random, how);
    }
};

} // namespace

/// Another home made of what can be read of a damaged one.
class TestRecover final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyRecordIsThereWithItsNumberAndTime()
    {
        RecoverHome home;
        QVERIFY(home.make());
        home.breakFirstPage();
        const auto before = snapshot(home.path());
        const auto made = home.recovered(home.ports);
        VERIFY_RESULT(made);
        QVERIFY(snapshot(home.path()) == before);
        QCOMPARE(made->records, kRecovered);
        QCOMPARE(made->unread, std::uint64_t(0));
        QVERIFY(made->origin == home.created.origin && made->created.origin != home.created.origin);
        {
            const auto journal = Journal::open(home.into(), home.ports, {Unlock::KeyFile, {}}, home.clock, home.random);
            VERIFY_RESULT(journal);
            QCOMPARE((*journal)->head(), kRecovered + 1);
            std::uint64_t n = 0;
            std::string last;
            const auto read = (*journal)->replay(1, UINT64_MAX, [&](const Committed &r) {
                const bool isSame = r.seq > kRecovered
                    || (r.time.ns == static_cast<std::int64_t>(r.seq) && r.parts.at(0).body == bytesOf(kCanary) && (r.parts.size() == 2) == (r.seq % 10 == 0)
                        && r.parts[0].stream == (r.seq % 2 == 0 ? "incident/INC-1" : "alerts/2026-11-30"));
                n += isSame ? 1 : 0;
                last = std::string(asText(r.parts.at(0).body));
                return true;
            });
            VERIFY_RESULT(read);
            QCOMPARE(n, kRecovered + 1);
            QCOMPARE(last, "from " + home.created.origin);
            // A text still has a key of its own, and can be struck alone.
            KeyChange change;
            QVERIFY((*journal)->replay(10, 10, [&](const Committed &r) {
                change.strike.push_back(r.parts.at(1).key);
                return true;
            }));
            QVERIFY((*journal)->mayChange(change));
        }
        const auto report = verify(home.into(), home.ports, {made->created.verificationKey});
        VERIFY_RESULT(report);
        QVERIFY(report->outcome == VerifyReport::Outcome::Authentic);
        for (const auto &[name, text] : snapshot(home.into()))
            QVERIFY2(text.find(kCanary) == std::string::npos, name.c_str());
        QCOMPARE(modeOf(home.into()), 0700);
    }

    /// Where nothing of a record can be read something stands for it: numbers stay what they were.
    void whatCannotBeReadIsLeftOut()
    {
        RecoverHome home;
        QVERIFY(home.make());
        QVERIFY(home.change("keys.db", "UPDATE stream_key SET wrapped = zeroblob(length(wrapped)) WHERE rowid = (SELECT min(rowid) FROM stream_key)"));
        const auto made = home.recovered(home.ports);
        VERIFY_RESULT(made);
        QCOMPARE(made->records, kRecovered);
        QCOMPARE(made->unread, kRecovered / 2); // every second record had but this one part
        const auto journal = Journal::open(home.into(), home.ports, {Unlock::KeyFile, {}}, home.clock, home.random);
        VERIFY_RESULT(journal);
        std::uint64_t nothing = 0, whole = 0;
        QVERIFY((*journal)->replay(1, kRecovered, [&](const Committed &r) {
            nothing += r.parts.at(0).body == bytesOf("nothing") ? 1 : 0;
            whole += r.parts.at(0).body == bytesOf(kCanary) ? 1 : 0;
            return true;
        }));
        QCOMPARE(nothing, kRecovered / 2);
        QCOMPARE(whole, kRecovered / 2);
    }

    void refusalsMakeNothing()
    {
        RecoverHome home;
        QVERIFY(home.make());
        QCOMPARE(home.recovered(home.ports).error().code, Code::Conflict); // nothing is wrong with it
        QVERIFY(!std::filesystem::exists(home.into()));
        home.breakFirstPage();
        std::filesystem::create_directory(home.into());
        QCOMPARE(home.recovered(home.ports).error().code, Code::Conflict);
        QVERIFY(snapshot(home.into()).empty());
        std::filesystem::remove(home.into());
        const Ports full = store::sqlitePorts({.maxPages = 5});
        const auto refused = home.recovered(full);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::Unavailable);
        QVERIFY(!std::filesystem::exists(home.into()));
        VERIFY_RESULT(home.recovered(home.ports));
    }
};

QD_TEST(TestRecover)
#include "tst_recover.moc"
