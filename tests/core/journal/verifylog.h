// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/header.h"
#include "core/journal/merkle.h"
#include "core/journal/note.h"
#include "core/journal/words.h"
#include "tests/core/journal/journalfixture.h"

#include <set>

namespace qd::tests {

using namespace qd::journal;

inline constexpr std::uint64_t kLogRecords = 20;

/// A closed log of kLogRecords records with checkpoints at 8, 16 and 20.
struct Log : MemoryHome
{
    std::string held; ///< a checkpoint of all of it, kept elsewhere
    bool make()
    {
        if (!create())
            return false;
        for (const std::uint64_t upTo : {std::uint64_t(8), std::uint64_t(16), kLogRecords}) {
            if (!open() || !fill(upTo))
                return false;
            held = *journal->checkpoint();
            journal.reset();
        }
        // What the note beside the log says of all this is tests/core/store/tst_headnote.cpp's.
        std::filesystem::remove(path() / "head.note");
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
        for (std::uint64_t s = seq; s < kLogRecords; ++s) {
            const Bytes &row = disk->rows.at(s);
            const Hash leaf = leafHash(sha, BytesView(row).first(parseHeader(row)->size));
            std::copy(leaf.begin(), leaf.end(), disk->rows.at(s + 1).begin() + 84);
        }
    }
};

using Faults = std::vector<VerifyReport::Fault>;

inline std::string textOf(const Faults &faults)
{
    std::string out;
    for (const auto &fault : faults)
        out += fault.kind + "@" + std::to_string(fault.seq) + " ";
    return out;
}

} // namespace qd::tests
