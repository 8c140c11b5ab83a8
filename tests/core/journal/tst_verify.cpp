// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/header.h"
#include "core/journal/merkle.h"
#include "core/journal/note.h"
#include "core/journal/words.h"
#include "tests/core/journal/journalfixture.h"

#include <set>

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

namespace {

constexpr std::uint64_t kRecords = 20;

/// A closed log of kRecords records with checkpoints at 8, 16 and 20.
struct Log : MemoryHome
{
    std::string held; ///< a checkpoint of all of it, kept elsewhere
    bool make()
    {
        if (!create())
            return false;
        for (const std::uint64_t upTo : {std::uint64_t(8), std::uint64_t(16), kRecords}) {
            if (!open() || !fill(upTo))
                return false;
            held = *journal->checkpoint();
            journal.reset();
        }
        return disk->checkpoints.size() == 3;
    }
    /// Renumbers rows as 1, 2, 3 … in the given order of old rows.
    void reorder(const std::vector<std::uint64_t> &order)
    {
        std::map<std::uint64_t, Bytes> rows;
        for (const std::uint64_t old : order)
            rows[rows.size() + 1] = disk->rows.at(old);
        disk->rows = std::move(rows);
    }
    /// Changes a record and mends all "previous" after it, as somebody would who can write the file but has no key.
    void rewriteFrom(std::uint64_t seq)
    {
        Sha256 sha;
        disk->rows.at(seq)[72] ^= 1;
        for (std::uint64_t s = seq; s < kRecords; ++s) {
            const Bytes &row = disk->rows.at(s);
            const Hash leaf = leafHash(sha, BytesView(row).first(parseHeader(row)->size));
            std::copy(leaf.begin(), leaf.end(), disk->rows.at(s + 1).begin() + 84);
        }
    }
};

using Faults = std::vector<VerifyReport::Fault>;

std::string textOf(const Faults &faults)
{
    std::string out;
    for (const auto &fault : faults)
        out += fault.kind + "@" + std::to_string(fault.seq) + " ";
    return out;
}

} // namespace

class TestVerify : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void soundLogIsConsistent();
    void soundLogIsAuthenticWithItsKey();
    void emptyLogIsConsistent();
    void namesTheFault_data();
    void namesTheFault();
    void everyHeaderBitIsNamed();
    void everyRecordsBodyIsNamed();
    void everyRecordDroppedDoubledOrSwappedIsNamed();
    void rewrittenChainDoesNotFitItsCheckpoint();
    void logSignedAnewIsNotAuthentic();
    void truncationShowsAgainstAHeldCheckpoint();
    void forkShowsAgainstAHeldCheckpoint();
    void foreignHeldCheckpointIsRefused();
    void keptHeadCodeShowsWhatWasChangedOrCut();
    void miscopiedHeadCodeIsSaidSo();
    void wrongOriginKeyIsNamed();
    void missingKeyIsAHole();
    void brokenSealShowsWithTheKeys();
    void unknownFormatIsNotCalledDamage();
    void countsWhatIsNotAnchored();
    void hostileRowsDoNotCrash();
    void saysItInJson();
};

void TestVerify::soundLogIsConsistent()
{
    Log log;
    QVERIFY(log.make());
    const auto report = log.verify();
    VERIFY_RESULT(report);
    QCOMPARE(textOf(report->errors), std::string());
    QVERIFY(report->outcome == VerifyReport::Outcome::Consistent);
    QCOMPARE(report->records, kRecords);
    QCOMPARE(report->headSeq, kRecords);
    QCOMPARE(report->unanchored, std::uint64_t(0));
    QCOMPARE(report->origin, log.created.origin);
    QVERIFY(report->holes.empty());
}

void TestVerify::soundLogIsAuthenticWithItsKey()
{
    Log log;
    QVERIFY(log.make());
    const Unlock unlock = testUnlock();
    const auto report = log.verify({log.created.verificationKey, {log.held}, &unlock});
    VERIFY_RESULT(report);
    QCOMPARE(textOf(report->errors), std::string());
    QVERIFY(report->outcome == VerifyReport::Outcome::Authentic);
    QCOMPARE(log.verify({"not a key"}).error().code, Code::Invalid);
}

void TestVerify::emptyLogIsConsistent()
{
    MemoryHome home;
    VERIFY_RESULT(home.create());
    const auto report = home.verify();
    VERIFY_RESULT(report);
    QVERIFY(report->outcome == VerifyReport::Outcome::Consistent);
    QCOMPARE(report->records, std::uint64_t(0));
}

void TestVerify::namesTheFault_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("faults");
    QTest::newRow("header") << "header"
                            << "bad-hash@5 ";
    QTest::newRow("previous") << "previous"
                              << "bad-hash@5 ";
    QTest::newRow("sequence") << "sequence"
                              << "bad-hash@5 ";
    QTest::newRow("first") << "first"
                           << "bad-hash@1 ";
    QTest::newRow("last") << "last"
                          << "bad-hash@20 ";
    QTest::newRow("body") << "body"
                          << "bad-hash@5 ";
    QTest::newRow("dropped") << "dropped"
                             << "missing@5 ";
    QTest::newRow("dropped and renumbered") << "renumbered"
                                            << "missing@5 ";
    QTest::newRow("first dropped") << "firstdropped"
                                   << "missing@1 ";
    QTest::newRow("doubled") << "doubled"
                             << "duplicate@5 ";
    QTest::newRow("swapped") << "swapped"
                             << "reordered@5 reordered@9 ";
    QTest::newRow("truncated") << "truncated"
                               << "truncated@18 ";
    QTest::newRow("replaced by another log's") << "spliced"
                                               << "bad-hash@5 ";
    QTest::newRow("cut short") << "cut"
                               << "bad-hash@5 ";
    QTest::newRow("emptied") << "emptied"
                             << "bad-hash@5 ";
    QTest::newRow("signature") << "signature"
                               << "bad-signature@16 ";
    QTest::newRow("checkpoint of another size") << "size"
                                                << "bad-signature@15 ";
}

void TestVerify::namesTheFault()
{
    QFETCH(QString, what);
    QFETCH(QString, faults);
    Log log;
    QVERIFY(log.make());
    auto &rows = log.disk->rows;
    const std::string w = what.toStdString();
    std::vector<std::uint64_t> order;
    for (std::uint64_t s = 1; s <= kRecords; ++s)
        order.push_back(s);
    if (w == "header")
        rows.at(5)[72] ^= 1;
    else if (w == "previous")
        rows.at(5)[90] ^= 1;
    else if (w == "sequence")
        rows.at(5)[28] ^= 2;
    else if (w == "first")
        rows.at(1)[72] ^= 1;
    else if (w == "last")
        rows.at(20)[72] ^= 1;
    else if (w == "body")
        rows.at(5).back() ^= 1;
    else if (w == "dropped")
        rows.erase(5);
    else if (w == "renumbered") {
        order.erase(order.begin() + 4);
        log.reorder(order);
    } else if (w == "firstdropped")
        rows.erase(1);
    else if (w == "doubled") {
        order.insert(order.begin() + 9, 5);
        log.reorder(order);
    } else if (w == "swapped")
        std::swap(rows.at(5), rows.at(9));
    else if (w == "truncated") {
        rows.erase(18);
        rows.erase(19);
        rows.erase(20);
    } else if (w == "spliced") {
        Log other;
        other.random.seed(99);
        QVERIFY(other.make());
        rows.at(5) = other.disk->rows.at(5);
    } else if (w == "cut")
        rows.at(5).resize(100);
    else if (w == "emptied")
        rows.at(5).clear();
    else if (w == "signature")
        log.disk->checkpoints.at(16).note[log.disk->checkpoints.at(16).note.size() - 5] ^= 1;
    else if (w == "size") {
        auto node = log.disk->checkpoints.extract(16);
        node.key() = node.mapped().size = 15;
        log.disk->checkpoints.insert(std::move(node));
    }
    const auto report = log.verify({log.created.verificationKey});
    VERIFY_RESULT(report);
    QCOMPARE(QString::fromStdString(textOf(report->errors)), faults);
    QVERIFY(report->outcome == VerifyReport::Outcome::Damaged);
}

void TestVerify::everyHeaderBitIsNamed()
{
    Log log;
    QVERIFY(log.make());
    for (const std::uint64_t seq : {std::uint64_t(1), std::uint64_t(2), std::uint64_t(16), kRecords}) {
        const Bytes whole = log.disk->rows.at(seq);
        const std::size_t bits = parseHeader(whole)->size * 8;
        for (std::size_t bit = 0; bit < bits; ++bit) {
            Bytes &row = log.disk->rows.at(seq);
            row[bit / 8] = static_cast<std::uint8_t>(row[bit / 8] ^ 1 << bit % 8);
            const auto report = log.verify();
            VERIFY_RESULT(report);
            const bool named = std::any_of(report->errors.begin(), report->errors.end(),
                                           [&](const auto &f) { return f.seq == seq && f.kind == "bad-hash"; });
            const bool onlyIt =
                std::all_of(report->errors.begin(), report->errors.end(), [&](const auto &f) { return f.seq == seq; });
            QVERIFY2(named && onlyIt, qPrintable(QStringLiteral("record %1 bit %2: %3")
                                                     .arg(seq)
                                                     .arg(bit)
                                                     .arg(QString::fromStdString(textOf(report->errors)))));
            QVERIFY(report->outcome == VerifyReport::Outcome::Damaged);
            row = whole;
        }
    }
}

void TestVerify::everyRecordsBodyIsNamed()
{
    Log log;
    QVERIFY(log.make());
    for (auto &[seq, row] : log.disk->rows) {
        for (std::size_t at = parseHeader(row)->size; at < row.size(); at += 7) {
            row[at] ^= 0x10;
            QCOMPARE(textOf(log.verify()->errors), "bad-hash@" + std::to_string(seq) + " ");
            row[at] ^= 0x10;
        }
    }
}

void TestVerify::everyRecordDroppedDoubledOrSwappedIsNamed()
{
    Log log;
    QVERIFY(log.make());
    const auto whole = log.disk->rows;
    for (std::uint64_t s = 1; s <= kRecords; ++s) {
        const std::string at = "@" + std::to_string(s) + " ";
        log.disk->rows.erase(s);
        QCOMPARE(textOf(log.verify()->errors), (s == kRecords ? "truncated" : "missing") + at);
        log.disk->rows = whole;
        log.disk->rows[kRecords + 1] = whole.at(s);
        QCOMPARE(textOf(log.verify()->errors), "duplicate" + at);
        log.disk->rows = whole;
        for (std::uint64_t t = s + 1; t <= kRecords; ++t) {
            std::swap(log.disk->rows.at(s), log.disk->rows.at(t));
            QCOMPARE(textOf(log.verify()->errors), "reordered" + at + "reordered@" + std::to_string(t) + " ");
            log.disk->rows = whole;
        }
    }
}

void TestVerify::rewrittenChainDoesNotFitItsCheckpoint()
{
    for (std::uint64_t seq = 1; seq <= kRecords; ++seq) {
        Log log;
        QVERIFY(log.make());
        log.rewriteFrom(seq);
        const auto report = log.verify();
        VERIFY_RESULT(report);
        const std::uint64_t firstAfter = seq <= 8 ? 8 : seq <= 16 ? 16 : 20;
        QCOMPARE(textOf(report->errors), "bad-hash@" + std::to_string(firstAfter) + " ");
    }
}

void TestVerify::logSignedAnewIsNotAuthentic()
{
    // Everything rewritten and signed with a key of the forger's own: only the key told at the start, or a checkpoint
    // held elsewhere, shows it.
    Log log;
    QVERIFY(log.make());
    log.rewriteFrom(3);
    const Secret seed(Bytes(32, 66));
    const PublicKey forged = publicKeyOf(seed);
    Sha256 sha;
    Frontier tree;
    for (const auto &[seq, row] : log.disk->rows) {
        tree.add(sha, leafHash(sha, BytesView(row).first(parseHeader(row)->size)));
        if (const auto it = log.disk->checkpoints.find(seq); it != log.disk->checkpoints.end())
            it->second = {seq, signNote({log.created.origin, seq, tree.root(sha)}, seed), tree.encode()};
    }
    log.disk->log.publicKey.assign(forged.begin(), forged.end());
    QVERIFY(log.verify()->outcome == VerifyReport::Outcome::Consistent);
    QCOMPARE(textOf(log.verify({log.created.verificationKey})->errors),
             std::string("bad-signature@8 bad-signature@16 bad-signature@20 "));
    QCOMPARE(textOf(log.verify({"", {log.held}})->errors), std::string("bad-signature@20 "));
}

void TestVerify::truncationShowsAgainstAHeldCheckpoint()
{
    Log log;
    QVERIFY(log.make());
    for (std::uint64_t s = 17; s <= kRecords; ++s)
        log.disk->rows.erase(s);
    log.disk->checkpoints.erase(20);
    QCOMPARE(textOf(log.verify({log.created.verificationKey})->errors), std::string());
    QCOMPARE(textOf(log.verify({log.created.verificationKey, {log.held}})->errors), std::string("truncated@17 "));
    // Nothing left at all.
    log.disk->rows.clear();
    log.disk->checkpoints.clear();
    QCOMPARE(textOf(log.verify({log.created.verificationKey, {log.held}})->errors), std::string("truncated@1 "));
}

void TestVerify::forkShowsAgainstAHeldCheckpoint()
{
    Log log;
    QVERIFY(log.make());
    log.rewriteFrom(18);
    log.disk->checkpoints.erase(20);
    QCOMPARE(textOf(log.verify()->errors), std::string());
    QCOMPARE(textOf(log.verify({log.created.verificationKey, {log.held}})->errors), std::string("bad-hash@20 "));
}

void TestVerify::foreignHeldCheckpointIsRefused()
{
    Log log;
    QVERIFY(log.make());
    QCOMPARE(textOf(log.verify({"", {"nonsense"}})->errors), std::string("bad-signature@0 "));
    const std::string other = signNote({"elsewhere", 7, Hash{}}, Secret(Bytes(32, 1)));
    QCOMPARE(textOf(log.verify({"", {other}})->errors), std::string("bad-signature@7 "));
}

void TestVerify::keptHeadCodeShowsWhatWasChangedOrCut()
{
    Log log;
    QVERIFY(log.make());
    const auto codeOf = [&](std::uint64_t seq) {
        const Bytes &row = log.disk->rows.at(seq);
        return std::to_string(seq) + ":" + headWords(leafHash(*std::make_unique<Sha256>(), BytesView(row).first(parseHeader(row)->size)));
    };
    const std::string middle = codeOf(11);
    const std::string last = codeOf(kRecords);
    VerifyOptions options;
    options.headCodes = {middle, last};
    QCOMPARE(textOf(log.verify(options)->errors), std::string());
    // All of it made anew from record 9 on, with checkpoints taken away: nothing else in the file shows it.
    log.rewriteFrom(9);
    log.disk->checkpoints.erase(16);
    log.disk->checkpoints.erase(20);
    QCOMPARE(textOf(log.verify()->errors), std::string());
    QCOMPARE(textOf(log.verify(options)->errors), std::string("bad-hash@11 bad-hash@20 "));
    for (std::uint64_t seq = 15; seq <= kRecords; ++seq)
        log.disk->rows.erase(seq);
    options.headCodes = {last};
    QCOMPARE(textOf(log.verify(options)->errors), std::string("truncated@15 "));
}

void TestVerify::miscopiedHeadCodeIsSaidSo()
{
    const std::string words = "acid-acorn-actor-album-alley-amber-anchor-angle";
    QCOMPARE(parseHeadCode("41:" + words)->second, words);
    QCOMPARE(parseHeadCode("41:acid acorn actor album alley amber anchor angle")->second, words);
    for (const std::string &wrong : std::vector<std::string>{words, "0:" + words, "x:" + words, ":" + words, "41:" + words + "-acid", "41:" + words.substr(5),
                                     "41:" + words + "-", "41:acid-acorn-actor-album-alley-amber-anchor-angel", std::string("41:"), std::string()})
        QCOMPARE(parseHeadCode(wrong).error().code, Code::Invalid);
    Log log;
    QVERIFY(log.make());
    VerifyOptions options;
    options.headCodes = {"nonsense"};
    QCOMPARE(log.verify(options).error().code, Code::Invalid);
}

void TestVerify::wrongOriginKeyIsNamed()
{
    Log log;
    QVERIFY(log.make());
    const auto report = log.verify({toBase64(publicKeyOf(Secret(Bytes(32, 1))))});
    QCOMPARE(textOf(report->errors), std::string("bad-signature@8 bad-signature@16 bad-signature@20 "));
    QCOMPARE(report->unanchored, kRecords);
}

void TestVerify::missingKeyIsAHole()
{
    Log log;
    QVERIFY(log.make());
    const auto header = parseHeader(log.disk->rows.at(1));
    std::erase_if(log.disk->keys.keys, [&](const KeyRow &k) { return k.id == header->header.parts[0].key; });
    const auto report = log.verify();
    QCOMPARE(report->holes.size(), std::size_t(kRecords));
    QVERIFY(!report->holes[0].authorised);
    QCOMPARE(report->holes[0].stream, toHex(header->header.parts[0].stream));
    QCOMPARE(report->errors.size(), std::size_t(kRecords));
    QCOMPARE(report->errors[0].kind, std::string("key-missing"));
    // Without the key store there is nothing to say about keys, and order and signatures are still sound.
    log.disk->hasKeys = false;
    QVERIFY(log.verify()->outcome == VerifyReport::Outcome::Consistent);
}

void TestVerify::brokenSealShowsWithTheKeys()
{
    // A forger who has the signing key but no data key: everything fits but the seal.
    Log log;
    QVERIFY(log.make());
    Sha256 sha;
    Bytes &row = log.disk->rows.at(kRecords);
    row.back() ^= 1;
    const auto parsed = parseHeader(row);
    const PartEntry &part = parsed->header.parts.back();
    const Hash digest = sha.of(BytesView(row).last(part.length));
    std::copy(digest.begin(), digest.end(), row.begin() + static_cast<std::ptrdiff_t>(kHeaderFixed + kHeaderPart + 40));
    log.disk->checkpoints.erase(20);
    QCOMPARE(textOf(log.verify()->errors), std::string());
    const Unlock unlock = testUnlock();
    QCOMPARE(textOf(log.verify({"", {}, &unlock})->errors), std::string("bad-seal@20 "));
    const Unlock wrong{Unlock::KeyFile, Secret(Bytes(32, 1))};
    QCOMPARE(log.verify({"", {}, &wrong}).error().code, Code::Forbidden);
}

void TestVerify::unknownFormatIsNotCalledDamage()
{
    Log log;
    QVERIFY(log.make());
    // A whole log whose last record says it is of format 2, not signed over yet.
    log.disk->rows.at(kRecords)[3] = 2;
    log.disk->checkpoints.erase(20);
    QVERIFY(log.verify()->outcome == VerifyReport::Outcome::UnknownVersion);
    // The same byte changed where the chain says otherwise is damage.
    log.disk->rows.at(kRecords)[3] = 1;
    log.disk->rows.at(7)[3] = 2;
    QCOMPARE(textOf(log.verify()->errors), std::string("bad-hash@7 "));
    log.ports.records = [](const std::filesystem::path &, Access) -> Result<std::unique_ptr<RecordStore>> {
        return fail(Code::Version, "newer");
    };
    QVERIFY(log.verify()->outcome == VerifyReport::Outcome::UnknownVersion);
}

void TestVerify::countsWhatIsNotAnchored()
{
    Log log;
    QVERIFY(log.make());
    log.disk->checkpoints.erase(20);
    QCOMPARE(log.verify()->unanchored, std::uint64_t(4));
    log.disk->checkpoints.clear();
    QCOMPARE(log.verify()->unanchored, kRecords);
}

void TestVerify::hostileRowsDoNotCrash()
{
    Log log;
    QVERIFY(log.make());
    const auto whole = log.disk->rows;
    CountedRandom random(5);
    for (int round = 0; round < 300; ++round) {
        log.disk->rows = whole;
        std::array<std::uint8_t, 8> dice;
        for (int change = 0; change < 3; ++change) {
            random.fill(dice);
            Bytes &row = log.disk->rows[1 + dice[0] % kRecords];
            switch (dice[1] % 4) {
            case 0:
                row.resize(row.size() * dice[2] / 256);
                break;
            case 1:
                row.resize(row.size() + dice[2], dice[3]);
                break;
            case 2:
                std::fill(row.begin(), row.begin() + std::min<std::ptrdiff_t>(dice[2], std::ssize(row)), dice[3]);
                break;
            default:
                if (!row.empty())
                    row[(std::size_t(dice[2]) * 256 + dice[3]) % row.size()] ^= static_cast<std::uint8_t>(dice[4] | 1);
            }
        }
        if (round % 50 == 0)
            log.disk->rows[std::uint64_t(INT64_MAX) - dice[5]] = Bytes(200, dice[6]);
        const auto report = log.verify();
        VERIFY_RESULT(report);
        QVERIFY(report->outcome == VerifyReport::Outcome::Damaged);
    }
}

void TestVerify::saysItInJson()
{
    Log log;
    QVERIFY(log.make());
    log.disk->rows.erase(5);
    const auto report = log.verify();
    const std::string json = toJson(*report);
    QVERIFY2(json.starts_with("{\"result\":\"damaged\",\"records\":19,\"head\":20,\"headHash\":\""), json.c_str());
    QVERIFY2(json.ends_with(",\"unanchored\":20,\"holes\":[],\"errors\":[{\"seq\":5,\"kind\":\"missing\"}]}"),
             json.c_str());
}

QTEST_GUILESS_MAIN(TestVerify)
#include "tst_verify.moc"
