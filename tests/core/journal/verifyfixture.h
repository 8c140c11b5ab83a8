// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/header.h"
#include "core/journal/merkle.h"
#include "core/journal/note.h"
#include "tests/core/journal/journalfixture.h"

namespace qd::tests {

/// A closed log of 64 records of one to four parts, as the core would write them: checkpoints at 16, 32, 48 and 64, two
/// runs of the core. `held` is the last checkpoint, kept elsewhere.
struct LongLog : MemoryHome
{
    static constexpr std::uint64_t kRecords = 64;

    std::string held;
    std::map<std::uint64_t, Bytes> whole;
    std::map<std::uint64_t, journal::CheckpointRow> signedAt;

    explicit LongLog(std::uint64_t seed = 1) { random.seed(seed); }

    bool make()
    {
        static const std::vector<std::string> kStreams{"org", "alerts/2026-11-18", "incident/INC-1", "incident/INC-2"};
        if (!create() || !open())
            return false;
        for (std::uint64_t seq = 1; seq <= kRecords; ++seq) {
            journal::Draft draft{seq, clock.now(), {}};
            for (std::size_t i = 0; i < 1 + seq * 7 % 4; ++i)
                draft.parts.push_back({kStreams[(seq + i) % 4], static_cast<std::uint16_t>(1 + (seq + i) % 4),
                                       Bytes((seq * 13 + i * 5) % 40, static_cast<std::uint8_t>(seq))});
            Answers answers;
            journal->append(std::move(draft), answers.take());
            if (answers.wait(1).size() != 1)
                return false;
            clock.advance(millis(700));
            if (seq % 16 == 0)
                held = *journal->checkpoint();
            if (seq == 40) {
                journal->close();
                disk->checkpoints.erase(40); // closing signs too; the places are to be 16 apart
                if (!open())
                    return false;
            }
        }
        journal.reset();
        // What the note beside the log says of all this is tests/core/store/tst_headnote.cpp's.
        std::filesystem::remove(path() / "head.note");
        whole = disk->rows;
        signedAt = disk->checkpoints;
        return whole.size() == kRecords && signedAt.size() == 4;
    }
    void restore()
    {
        disk->rows = whole;
        disk->checkpoints = signedAt;
    }
    /// What is told to verify: the key and a checkpoint, as somebody has them who kept both.
    journal::VerifyOptions told() const { return {created.verificationKey, {held}}; }

    /// Rows 1, 2, 3 … from these blobs.
    void setRows(const std::vector<Bytes> &blobs)
    {
        disk->rows.clear();
        for (const Bytes &blob : blobs)
            disk->rows[disk->rows.size() + 1] = blob;
    }
    std::vector<Bytes> blobs() const
    {
        std::vector<Bytes> out;
        for (const auto &[seq, blob] : whole)
            out.push_back(blob);
        return out;
    }
    static journal::Hash leafOf(const Bytes &row)
    {
        journal::Sha256 sha;
        return journal::leafHash(sha, BytesView(row).first(journal::parseHeader(row)->size));
    }
    /// Mends all "previous" after `seq`, as somebody would who can write the file but has no key.
    void chainFrom(std::uint64_t seq)
    {
        for (std::uint64_t s = seq; disk->rows.contains(s + 1); ++s) {
            const journal::Hash leaf = leafOf(disk->rows.at(s));
            std::copy(leaf.begin(), leaf.end(), disk->rows.at(s + 1).begin() + 84);
        }
    }
    /// Signs every checkpoint there is anew over the rows as they are now.
    void signAnew(const Secret &seed, bool storeKey)
    {
        journal::Sha256 sha;
        journal::Frontier tree;
        for (const auto &[seq, row] : disk->rows) {
            tree.add(sha, leafOf(row));
            if (const auto it = disk->checkpoints.find(seq); it != disk->checkpoints.end())
                it->second = {seq, journal::signNote({created.origin, seq, tree.root(sha)}, seed), tree.encode()};
        }
        if (storeKey) {
            const auto key = journal::publicKeyOf(seed);
            disk->log.publicKey.assign(key.begin(), key.end());
        }
    }
};

inline std::string faultsOf(const Result<journal::VerifyReport> &report)
{
    if (!report)
        return "refused: " + report.error().message;
    std::string out;
    for (const auto &fault : report->errors)
        out += (out.empty() ? "" : " ") + fault.kind + "@" + std::to_string(fault.seq);
    return out;
}

inline std::string at(const char *kind, std::uint64_t seq)
{
    return std::string(kind) + "@" + std::to_string(seq);
}

/// QCOMPARE of texts that shows both: QTest does not know how to print a std::string.
#define SAME(actual, expected) QCOMPARE(QString::fromStdString(actual), QString::fromStdString(expected))

/// True in the long run of the exhaustive tests, label ci-long; without it they take a part that fits a commit.
inline bool isLongRun()
{
    return qEnvironmentVariableIsSet("QD_LONG");
}

} // namespace qd::tests
