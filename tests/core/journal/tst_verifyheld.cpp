// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/journal/verifylog.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// A log that is whole in itself, beside what somebody kept of the real one: a key, a checkpoint, a head code.
class TestVerifyHeld : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rewrittenChainDoesNotFitItsCheckpoint();
    void logSignedAnewIsNotAuthentic();
    void truncationShowsAgainstAHeldCheckpoint();
    void forkShowsAgainstAHeldCheckpoint();
    void foreignHeldCheckpointIsRefused();
    void keptHeadCodeShowsWhatWasChangedOrCut();
    void miscopiedHeadCodeIsSaidSo();
    void wrongOriginKeyIsNamed();
    void countsWhatIsNotAnchored();
};

void TestVerifyHeld::rewrittenChainDoesNotFitItsCheckpoint()
{
    for (std::uint64_t seq = 1; seq <= kLogRecords; ++seq) {
        Log log;
        QVERIFY(log.make());
        log.rewriteFrom(seq);
        const auto report = log.verify();
        VERIFY_RESULT(report);
        const std::uint64_t firstAfter = seq <= 8 ? 8 : seq <= 16 ? 16 : 20;
        QCOMPARE(textOf(report->errors), "bad-hash@" + std::to_string(firstAfter) + " ");
    }
}

void TestVerifyHeld::logSignedAnewIsNotAuthentic()
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

void TestVerifyHeld::truncationShowsAgainstAHeldCheckpoint()
{
    Log log;
    QVERIFY(log.make());
    for (std::uint64_t s = 17; s <= kLogRecords; ++s)
        log.disk->rows.erase(s);
    log.disk->checkpoints.erase(20);
    QCOMPARE(textOf(log.verify({log.created.verificationKey})->errors), std::string());
    QCOMPARE(textOf(log.verify({log.created.verificationKey, {log.held}})->errors), std::string("truncated@17 "));
    // Nothing left at all.
    log.disk->rows.clear();
    log.disk->checkpoints.clear();
    QCOMPARE(textOf(log.verify({log.created.verificationKey, {log.held}})->errors), std::string("truncated@1 "));
}

void TestVerifyHeld::forkShowsAgainstAHeldCheckpoint()
{
    Log log;
    QVERIFY(log.make());
    log.rewriteFrom(18);
    log.disk->checkpoints.erase(20);
    QCOMPARE(textOf(log.verify()->errors), std::string());
    QCOMPARE(textOf(log.verify({log.created.verificationKey, {log.held}})->errors), std::string("bad-hash@20 "));
}

void TestVerifyHeld::foreignHeldCheckpointIsRefused()
{
    Log log;
    QVERIFY(log.make());
    QCOMPARE(textOf(log.verify({"", {"nonsense"}})->errors), std::string("bad-signature@0 "));
    const std::string other = signNote({"elsewhere", 7, Hash{}}, Secret(Bytes(32, 1)));
    QCOMPARE(textOf(log.verify({"", {other}})->errors), std::string("bad-signature@7 "));
}

void TestVerifyHeld::keptHeadCodeShowsWhatWasChangedOrCut()
{
    Log log;
    QVERIFY(log.make());
    const auto codeOf = [&](std::uint64_t seq) {
        const Bytes &row = log.disk->rows.at(seq);
        return std::to_string(seq) + ":" + headWords(leafHash(*std::make_unique<Sha256>(), BytesView(row).first(parseHeader(row)->size)));
    };
    const std::string middle = codeOf(11);
    const std::string last = codeOf(kLogRecords);
    VerifyOptions options;
    options.headCodes = {middle, last};
    QCOMPARE(textOf(log.verify(options)->errors), std::string());
    // All of it made anew from record 9 on, with checkpoints taken away: nothing else in the file shows it.
    log.rewriteFrom(9);
    log.disk->checkpoints.erase(16);
    log.disk->checkpoints.erase(20);
    QCOMPARE(textOf(log.verify()->errors), std::string());
    QCOMPARE(textOf(log.verify(options)->errors), std::string("bad-hash@11 bad-hash@20 "));
    for (std::uint64_t seq = 15; seq <= kLogRecords; ++seq)
        log.disk->rows.erase(seq);
    options.headCodes = {last};
    QCOMPARE(textOf(log.verify(options)->errors), std::string("truncated@15 "));
}

void TestVerifyHeld::miscopiedHeadCodeIsSaidSo()
{
    const std::string words = "acid-acorn-actor-album-alley-amber-anchor-angle";
    QCOMPARE(parseHeadCode("41:" + words)->second, words);
    QCOMPARE(parseHeadCode("41:acid acorn actor album alley amber anchor angle")->second, words);
    for (const std::string &wrong : std::vector<std::string>{words, "0:" + words, "x:" + words, ":" + words, "41:" + words + "-acid", "41:" + words.substr(5),
                                     "41:" + words + "-", "41:acid-acorn-actor-album-alley-amber-anchor-angel", std::string("41:"), std::string()})
        QCOMPARE(parseHeadCode(wrong).error().code, Code::Invalid);
    QVERIFY(parseHeadCode("41:acid-acorn-actor-album-alley-amber-anchor-angel").error().message.starts_with("\"angel\" is no word"));
    Log log;
    QVERIFY(log.make());
    VerifyOptions options;
    options.headCodes = {"nonsense"};
    QCOMPARE(log.verify(options).error().code, Code::Invalid);
}

void TestVerifyHeld::wrongOriginKeyIsNamed()
{
    Log log;
    QVERIFY(log.make());
    const auto report = log.verify({toBase64(publicKeyOf(Secret(Bytes(32, 1))))});
    QCOMPARE(textOf(report->errors), std::string("bad-signature@8 bad-signature@16 bad-signature@20 "));
    QCOMPARE(report->unanchored, kLogRecords);
}

void TestVerifyHeld::countsWhatIsNotAnchored()
{
    Log log;
    QVERIFY(log.make());
    log.disk->checkpoints.erase(20);
    QCOMPARE(log.verify()->unanchored, std::uint64_t(4));
    log.disk->checkpoints.clear();
    QCOMPARE(log.verify()->unanchored, kLogRecords);
}

QD_TEST(TestVerifyHeld)
#include "tst_verifyheld.moc"
