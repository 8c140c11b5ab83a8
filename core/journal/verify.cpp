// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/verify.h"

#include "core/journal/auditor.h"
#include "core/journal/headnote.h"
#include "core/journal/keyring.h"
#include "core/journal/note.h"
#include "core/journal/words.h"

namespace qd::journal {

Result<VerifyReport> verify(const std::filesystem::path &path, const Ports &ports, const VerifyOptions &options)
{
    VerifyReport report;
    const auto unknown = [&] {
        report.outcome = VerifyReport::Outcome::UnknownVersion;
        return report;
    };
    std::optional<PublicKey> originKey;
    if (!options.originKey.empty()) {
        const auto key = parsePublicKey(options.originKey);
        if (!key)
            return tl::unexpected(key.error());
        originKey = *key;
    }
    const auto codes = parseHeadCodes(options.headCodes);
    if (!codes)
        return tl::unexpected(codes.error());
    const auto records = ports.records(path, Access::Read);
    if (!records && records.error().code == Code::Version)
        return unknown();
    if (!records && records.error().code != Code::Corrupt)
        return tl::unexpected(records.error());
    const auto log = records ? (*records)->log() : Result<LogRow>(tl::unexpected(records.error()));
    if (!log) {
        report.errors.push_back({1, "bad-hash"});
        return report;
    }
    report.origin = log->origin;

    // The key store may be gone or not given: order, completeness and signatures do not need it. One that is there but
    // cannot be read holds no keys any more.
    std::optional<std::set<Id16>> keyIds;
    std::unique_ptr<KeyRing> ring;
    if (auto keys = ports.keys(path, Access::Read); keys) {
        keyIds.emplace();
        const auto contents = (*keys)->load();
        if (contents)
            for (const KeyRow &row : contents->keys)
                keyIds->insert(row.id);
        if (contents)
            for (const PageRow &page : contents->pages)
                for (std::uint32_t place = 0; place < kPageKeys; ++place)
                    if ((page.struck >> place & 1) == 0)
                        keyIds->insert(pageKeyId(page.id, place));
        if (options.unlock) {
            SystemRandom random;
            auto opened = KeyRing::open(std::move(*keys), path, ports, log->origin, *options.unlock, random);
            if (!opened)
                return tl::unexpected(opened.error());
            ring = std::move(*opened);
        }
    } else if (keys.error().code == Code::Version) {
        return unknown();
    } else if (options.unlock) {
        return tl::unexpected(keys.error());
    } else if (keys.error().code == Code::Corrupt) {
        keyIds.emplace();
    }

    PublicKey key{};
    if (log->publicKey.size() == key.size())
        std::copy(log->publicKey.begin(), log->publicKey.end(), key.begin());
    Auditor auditor(*log, originKey.value_or(key), keyIds, ring.get());
    // Notes first: beside a running core the records may be newer than they are, never older.
    const auto beside = HeadNote::textIn(path);
    const auto noted = (*records)->checkpoints([&](const CheckpointRow &row) {
        auditor.checkpoint(row);
        return true;
    });
    bool isGivenUp = false;
    const auto read = (*records)->read(0, UINT64_MAX >> 1, [&](const Row &row) {
        isGivenUp = options.goOn && !options.goOn();
        if (!isGivenUp)
            auditor.record(row);
        return !isGivenUp;
    });
    if (isGivenUp)
        return fail(Code::Unavailable, "The check was given up.");
    if (!read || !noted)
        auditor.unreadable();
    if (beside) {
        const auto note = parseNote(*beside);
        report.noted = note ? note->size : 0;
        auditor.heldCheckpoint(*beside);
    }
    for (const std::string &text : options.checkpoints)
        auditor.heldCheckpoint(text);
    for (const auto &[seq, words] : *codes)
        auditor.heldCode(seq, words);
    auditor.finish(report);
    if (report.errors.empty() && auditor.sawUnknownVersion())
        return unknown();
    if (report.errors.empty())
        report.outcome = originKey ? VerifyReport::Outcome::Authentic : VerifyReport::Outcome::Consistent;
    return report;
}

const char *outcomeName(VerifyReport::Outcome outcome)
{
    switch (outcome) {
    case VerifyReport::Outcome::Authentic:
        return "authentic";
    case VerifyReport::Outcome::Consistent:
        return "consistent";
    case VerifyReport::Outcome::Damaged:
        return "damaged";
    case VerifyReport::Outcome::UnknownVersion:
        return "unknown-version";
    }
    return "damaged";
}

} // namespace qd::journal
