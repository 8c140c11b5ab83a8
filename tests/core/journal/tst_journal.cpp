// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/header.h"
#include "core/journal/note.h"
#include "core/journal/words.h"
#include "tests/core/journal/journalfixture.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

class TestJournal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void commitsInOrderAndChains();
    void commitsWhatQueuedTogether();
    void readersGetWhatWasAppended();
    void replaysARangeAndStops();
    void reopenedJournalEqualsTheClosed();
    void sameStreamKeepsItsKey();
    void failedCommitFailsAllAndLeavesTheHead();
    void goesOnAfterAFailure();
    void failedKeyWriteStoresNoRecord();
    void refusesAWrongSequenceOrTime_data();
    void refusesAWrongSequenceOrTime();
    void prefixBeforeAWrongDraftIsCommitted();
    void signsEverySixtyFourRecords();
    void signsAfterSixtySeconds();
    void signsAtCloseAndWhenAsked();
    void closedJournalRefuses();
    void refusesAWrongKey();
    void refusesADamagedTail_data();
    void refusesADamagedTail();
    void streamWithoutKeyReadsAsErased();
    void recoveryKeyOpens();
    void keychainOpens();
    void countsWhereTheTimeGoes();

private:
    static std::vector<Answers::Answer> appendThree(MemoryHome &home, Answers &answers);
};

void TestJournal::commitsInOrderAndChains()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QCOMPARE(home.journal->head(), std::uint64_t(0));
    QVERIFY(home.journal->headHash() == Hash{});
    Answers answers;
    for (std::uint64_t s = 1; s <= 200; ++s)
        home.journal->append(home.draft(s), answers.take());
    const auto all = answers.wait(200);
    QCOMPARE(all.size(), std::size_t(200));
    for (std::size_t i = 0; i < all.size(); ++i) {
        QVERIFY(all[i].record);
        QCOMPARE(all[i].record->seq, i + 1);
        const auto header = parseHeader(home.disk->rows.at(i + 1));
        VERIFY_RESULT(header);
        QVERIFY(header->header.previous == (i == 0 ? Hash{} : all[i - 1].record->hash));
        QVERIFY(header->header.id == all[i].record->id);
    }
    QCOMPARE(home.journal->head(), std::uint64_t(200));
    QVERIFY(home.journal->headHash() == all.back().record->hash);
}

void TestJournal::commitsWhatQueuedTogether()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    std::promise<void> go;
    std::shared_future<void> gone = go.get_future().share();
    home.disk->beforeCommit = [gone] { gone.wait(); };
    VERIFY_RESULT(home.open());
    Answers answers;
    for (std::uint64_t s = 1; s <= 50; ++s)
        home.journal->append(home.draft(s), answers.take()); // the first commit waits, the rest queues
    go.set_value();
    QCOMPARE(answers.wait(50).size(), std::size_t(50));
    QVERIFY2(home.disk->commits <= 3, qPrintable(QString::number(home.disk->commits)));
}

void TestJournal::readersGetWhatWasAppended()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    Answers answers;
    const Bytes big(300'000, 42);
    home.journal->append(
        {1, home.clock.now(), {{"org", 1, bytesOf("first")}, {"incident/INC-1", 3, {}}, {"alerts/x", 2, big}}},
        answers.take());
    const auto all = answers.wait(1);
    const auto records = home.records();
    QCOMPARE(records.size(), std::size_t(1));
    const Committed &read = records.front();
    const Committed &told = *all.front().record;
    QVERIFY(read.id == told.id && read.hash == told.hash && read.time == told.time);
    QCOMPARE(read.parts.size(), std::size_t(3));
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(read.parts[i].stream, told.parts[i].stream);
        QCOMPARE(read.parts[i].family, told.parts[i].family);
        QVERIFY(read.parts[i].body == told.parts[i].body);
        QVERIFY(!read.parts[i].erased);
    }
    QVERIFY(read.parts[2].body == big);
    QVERIFY(read.parts[1].body.empty());
}

void TestJournal::replaysARangeAndStops()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(10));
    std::vector<std::uint64_t> seen;
    VERIFY_RESULT(home.journal->replay(4, 7, [&](const Committed &r) {
        seen.push_back(r.seq);
        return true;
    }));
    QVERIFY((seen == std::vector<std::uint64_t>{4, 5, 6, 7}));
    seen.clear();
    VERIFY_RESULT(home.journal->replay(9, 99, [&](const Committed &r) {
        seen.push_back(r.seq);
        return true;
    }));
    QVERIFY((seen == std::vector<std::uint64_t>{9, 10}));
    seen.clear();
    VERIFY_RESULT(home.journal->replay(0, 99, [&](const Committed &r) {
        seen.push_back(r.seq);
        return r.seq < 3;
    }));
    QVERIFY((seen == std::vector<std::uint64_t>{1, 2, 3}));
    VERIFY_RESULT(home.journal->replay(11, 12, [&](const Committed &) { return false; }));
}

void TestJournal::reopenedJournalEqualsTheClosed()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    Hash head{};
    std::uint64_t seq = 0;
    for (const std::uint64_t upTo : {1, 3, 63, 64, 65, 127, 129, 300}) {
        VERIFY_RESULT(home.open());
        QCOMPARE(home.journal->head(), seq);
        QVERIFY(home.journal->headHash() == head);
        QVERIFY(home.fill(upTo));
        head = home.journal->headHash();
        seq = upTo;
        QCOMPARE(home.records().size(), std::size_t(upTo));
        home.journal.reset();
    }
    VERIFY_RESULT(home.open());
    const auto records = home.records();
    QCOMPARE(records.size(), std::size_t(300));
    for (const Committed &r : records)
        QVERIFY(r.parts[0].body == bytesOf("an alert " + std::to_string(r.seq)));
}

void TestJournal::sameStreamKeepsItsKey()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(5));
    home.journal.reset();
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(10));
    QCOMPARE(home.disk->keys.keys.size(), std::size_t(2));
    // And the same text never looks the same.
    QVERIFY(home.disk->rows.at(1) != home.disk->rows.at(2));
    const auto a = parseHeader(home.disk->rows.at(1)), b = parseHeader(home.disk->rows.at(2));
    QVERIFY(a->header.parts[1].digest != b->header.parts[1].digest);
    QVERIFY(a->header.parts[1].commitment != b->header.parts[1].commitment);
}

std::vector<Answers::Answer> TestJournal::appendThree(MemoryHome &home, Answers &answers)
{
    const std::uint64_t head = home.journal->head();
    for (std::uint64_t s = head + 1; s <= head + 3; ++s)
        home.journal->append(home.draft(s), answers.take());
    return answers.wait(3);
}

void TestJournal::failedCommitFailsAllAndLeavesTheHead()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(2));
    const Hash head = home.journal->headHash();
    home.disk->failNextCommit();
    Answers answers;
    for (const auto &answer : appendThree(home, answers)) {
        QVERIFY(!answer.record);
        QCOMPARE(answer.error.code, Code::Unavailable);
        QVERIFY(!answer.error.message.empty());
    }
    QVERIFY(home.journal->isFailed());
    QCOMPARE(home.journal->head(), std::uint64_t(2));
    QVERIFY(home.journal->headHash() == head);
    QCOMPARE(home.disk->rows.size(), std::size_t(2));
    // It does not go on by itself.
    Answers later;
    for (const auto &answer : appendThree(home, later))
        QVERIFY(!answer.record);
}

void TestJournal::goesOnAfterAFailure()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(2));
    home.disk->failingCommits = 1;
    Answers answers;
    appendThree(home, answers);
    home.journal->resumeAfterFailure();
    QVERIFY(!home.journal->isFailed());
    QVERIFY(home.fill(70));
    home.journal->resumeAfterFailure(); // without a failure it changes nothing
    QVERIFY(home.fill(80));
    home.journal.reset();
    VERIFY_RESULT(home.open());
    QCOMPARE(home.records().size(), std::size_t(80));
    const auto report = home.verify();
    VERIFY_RESULT(report);
    QVERIFY(report->errors.empty());
}

void TestJournal::failedKeyWriteStoresNoRecord()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    home.disk->failingKeys = 1;
    Answers answers;
    for (const auto &answer : appendThree(home, answers))
        QVERIFY(!answer.record);
    QVERIFY(home.disk->rows.empty());
    home.journal->resumeAfterFailure();
    QVERIFY(home.fill(3));
    QCOMPARE(home.disk->keys.keys.size(), std::size_t(2)); // the keys drawn before are stored now
    home.journal.reset();
    VERIFY_RESULT(home.open());
    QCOMPARE(home.records().size(), std::size_t(3));
}

void TestJournal::refusesAWrongSequenceOrTime_data()
{
    QTest::addColumn<quint64>("seq");
    QTest::addColumn<qint64>("shift");
    QTest::addColumn<int>("parts");
    QTest::newRow("a gap") << quint64(4) << qint64(0) << 1;
    QTest::newRow("one again") << quint64(2) << qint64(0) << 1;
    QTest::newRow("back in time") << quint64(3) << qint64(-1) << 1;
    QTest::newRow("no part") << quint64(3) << qint64(0) << 0;
    QTest::newRow("too many parts") << quint64(3) << qint64(0) << int(kMaxParts + 1);
}

void TestJournal::refusesAWrongSequenceOrTime()
{
    QFETCH(quint64, seq);
    QFETCH(qint64, shift);
    QFETCH(int, parts);
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(2));
    Answers answers;
    home.journal->append(
        {seq, home.clock.now() + nanos(shift), std::vector<Part>(std::size_t(parts), Part{"org", 1, bytesOf("x")})},
        answers.take());
    const auto all = answers.wait(1);
    QCOMPARE(all.size(), std::size_t(1));
    QCOMPARE(all[0].error.code, Code::Internal);
    QCOMPARE(home.journal->head(), std::uint64_t(2));
    QVERIFY(home.journal->isFailed());
}

void TestJournal::prefixBeforeAWrongDraftIsCommitted()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    std::promise<void> go;
    std::shared_future<void> gone = go.get_future().share();
    home.disk->beforeCommit = [gone] { gone.wait(); };
    VERIFY_RESULT(home.open());
    Answers answers;
    for (const std::uint64_t s : {1, 2, 3, 5, 6})
        home.journal->append(home.draft(s), answers.take());
    go.set_value();
    const auto all = answers.wait(5);
    QCOMPARE(all.size(), std::size_t(5));
    QVERIFY(all[0].record && all[1].record && all[2].record && !all[3].record && !all[4].record);
    QCOMPARE(home.journal->head(), std::uint64_t(3));
}

void TestJournal::signsEverySixtyFourRecords()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(63));
    QVERIFY(home.disk->checkpoints.empty());
    QVERIFY(home.fill(400));
    std::uint64_t before = 0;
    for (const auto &[size, row] : home.disk->checkpoints) {
        QVERIFY2(size - before <= 127, qPrintable(QString::number(size - before))); // 63 waiting and a commit of 64
        before = size;
        const auto note = openNote(row.note, *parsePublicKey(home.created.verificationKey));
        VERIFY_RESULT(note);
        QCOMPARE(note->origin, home.created.origin);
        QCOMPARE(note->size, size);
    }
    QVERIFY(400 - before < 64);
}

void TestJournal::signsAfterSixtySeconds()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(1));
    home.clock.advance(seconds(59));
    QVERIFY(home.fill(2));
    QVERIFY(home.disk->checkpoints.empty());
    home.clock.advance(seconds(1));
    QVERIFY(home.fill(3));
    QCOMPARE(home.disk->checkpoints.size(), std::size_t(1));
    QCOMPARE(home.disk->checkpoints.begin()->first, std::uint64_t(3));
}

void TestJournal::signsAtCloseAndWhenAsked()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QCOMPARE(home.journal->checkpoint().error().code, Code::NotFound);
    QVERIFY(home.fill(5));
    const auto note = home.journal->checkpoint();
    VERIFY_RESULT(note);
    QCOMPARE(openNote(*note, *parsePublicKey(home.journal->verificationKey()))->size, std::uint64_t(5));
    QCOMPARE(*home.journal->checkpoint(), *note); // nothing new, nothing stored twice
    QCOMPARE(home.disk->checkpoints.size(), std::size_t(1));
    QVERIFY(home.fill(6));
    home.journal.reset();
    QCOMPARE(home.disk->checkpoints.rbegin()->first, std::uint64_t(6));
}

void TestJournal::closedJournalRefuses()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    Answers answers;
    for (std::uint64_t s = 1; s <= 30; ++s)
        home.journal->append(home.draft(s), answers.take());
    home.journal->close(); // what was queued is committed first
    const auto all = answers.wait(30);
    QVERIFY(std::all_of(all.begin(), all.end(), [](const auto &a) { return a.record != nullptr; }));
    Answers late;
    home.journal->append(home.draft(31), late.take());
    QCOMPARE(late.wait(1).at(0).error.code, Code::Unavailable);
    QCOMPARE(home.journal->replay(1, 9, [](const Committed &) { return true; }).error().code, Code::Unavailable);
    QCOMPARE(home.journal->checkpoint().error().code, Code::Unavailable);
    QCOMPARE(home.journal->head(), std::uint64_t(30));
    home.journal->close();
}

void TestJournal::refusesAWrongKey()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    const auto opened =
        Journal::open(home.path(), home.ports, {Unlock::KeyFile, Secret(Bytes(32, 8))}, home.clock, home.random);
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, Code::Forbidden);
    const auto other = Journal::open(home.path(), home.ports, {Unlock::Passphrase, Secret(std::string_view("x"))},
                                     home.clock, home.random);
    QCOMPARE(other.error().code, Code::Forbidden);
    const auto mistyped = Journal::open(home.path(), home.ports, {Unlock::Recovery, Secret(std::string_view("AAAA"))},
                                        home.clock, home.random);
    QCOMPARE(mistyped.error().code, Code::Invalid);
}

void TestJournal::refusesADamagedTail_data()
{
    QTest::addColumn<int>("what");
    QTest::newRow("a header bit") << 0;
    QTest::newRow("a body bit") << 1;
    QTest::newRow("a record dropped") << 2;
    QTest::newRow("the end cut off") << 3;
    QTest::newRow("two swapped") << 4;
    QTest::newRow("the checkpoint's signature") << 5;
    QTest::newRow("the checkpoint's tree") << 6;
    QTest::newRow("the last header, signed over") << 7;
}

void TestJournal::refusesADamagedTail()
{
    QFETCH(int, what);
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(100));
    home.journal.reset();
    auto &rows = home.disk->rows;
    auto &last = home.disk->checkpoints.rbegin()->second;
    switch (what) {
    case 0:
        rows.at(99)[60] ^= 1;
        break;
    case 1:
        rows.at(99).back() ^= 1;
        break;
    case 2:
        rows.erase(99);
        break;
    case 3:
        rows.erase(100);
        break;
    case 4:
        std::swap(rows.at(98), rows.at(99));
        break;
    case 5:
        last.note[last.note.size() - 4] ^= 1;
        break;
    case 6:
        last.frontier.back() ^= 1;
        break;
    case 7:
        rows.at(100)[70] ^= 1;
        break;
    }
    const auto opened = home.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, Code::Corrupt);
    QVERIFY(opened.error().message.find("changed") != std::string::npos);
}

void TestJournal::streamWithoutKeyReadsAsErased()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(3));
    home.journal.reset();
    const auto header = parseHeader(home.disk->rows.at(1));
    std::erase_if(home.disk->keys.keys, [&](const KeyRow &k) { return k.id == header->header.parts[0].key; });
    VERIFY_RESULT(home.open());
    const auto records = home.records();
    QCOMPARE(records.size(), std::size_t(3));
    QVERIFY(records[0].parts[0].erased && records[0].parts[0].body.empty() && records[0].parts[0].stream.empty());
    QCOMPARE(records[0].parts[0].family, std::uint16_t(2));
    QVERIFY(!records[0].parts[1].erased);
    QVERIFY(records[0].parts[1].body == bytesOf("o"));
}

void TestJournal::recoveryKeyOpens()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    const auto opened = Journal::open(home.path(), home.ports, {Unlock::Recovery, Secret(home.created.recoveryKey)},
                                      home.clock, home.random);
    VERIFY_RESULT(opened);
    QCOMPARE((*opened)->origin(), home.created.origin);
    QCOMPARE((*opened)->verificationKey(), home.created.verificationKey);
}

namespace {
class FakeKeychain final : public KeychainPort
{
public:
    Result<Secret> read(const std::string &name) override
    {
        if (m_name != name)
            return fail(Code::NotFound, "no such entry");
        return m_secret.duplicate();
    }
    Result<> write(const std::string &name, const Secret &secret) override
    {
        m_name = name;
        m_secret = secret.duplicate();
        return {};
    }
    std::string m_name;
    Secret m_secret;
};
} // namespace

void TestJournal::keychainOpens()
{
    MemoryHome home;
    QCOMPARE(create(home.path(), home.ports, {Unlock::Keychain, {}}, home.clock, home.random).error().code,
             Code::Unavailable);
    QVERIFY(!home.disk->hasKeys);
    const auto keychain = std::make_shared<FakeKeychain>();
    home.ports.keychain = keychain;
    const auto made = create(home.path(), home.ports, {Unlock::Keychain, {}}, home.clock, home.random);
    VERIFY_RESULT(made);
    QCOMPARE(keychain->m_name, made->origin);
    VERIFY_RESULT(Journal::open(home.path(), home.ports, {Unlock::Keychain, {}}, home.clock, home.random));
    keychain->m_secret = Secret(Bytes(32, 1));
    QCOMPARE(Journal::open(home.path(), home.ports, {Unlock::Keychain, {}}, home.clock, home.random).error().code,
             Code::Forbidden);
}

void TestJournal::countsWhereTheTimeGoes()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    VERIFY_RESULT(home.open());
    QVERIFY(home.fill(20));
    const Stats stats = home.journal->stats();
    QCOMPARE(stats.records, std::uint64_t(20));
    QVERIFY(stats.commits >= 1 && stats.commits <= 20);
    QVERIFY(stats.bytes > 20 * headerSize(2));
    QVERIFY(stats.sealNs > 0 && stats.hashNs > 0 && stats.storeNs > 0);
}

QD_TEST(TestJournal)
#include "tst_journal.moc"
