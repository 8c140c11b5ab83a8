// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/unlock.h"

#include <functional>
#include <optional>

namespace qd::journal {

struct VerifyOptions
{
    std::string originKey = {};                ///< base64 of the verification key (or a C2SP vkey); "" when not known
    std::vector<std::string> checkpoints = {}; ///< texts of checkpoints held elsewhere
    const Unlock *unlock = nullptr;            ///< when given, every seal is opened too
    std::vector<std::string> headCodes = {};   ///< "41:anchor-…": a record's number and its head code, kept elsewhere
    std::function<bool()> goOn = {};           ///< asked at every record; false gives the check up: Unavailable
};

struct VerifyReport
{
    enum class Outcome { Authentic, Consistent, Damaged, UnknownVersion };
    /// bad-hash missing duplicate reordered truncated bad-signature bad-seal key-missing. The word bad-blob is kept for what lies
    /// outside the log (attachments): there is no such store yet, so nobody says it (verify.md, "The words").
    struct Fault
    {
        std::uint64_t seq = 0;
        std::string kind;
        auto operator<=>(const Fault &) const = default;
    };
    struct Hole
    {
        std::uint64_t seq = 0;
        std::string stream; ///< pseudonym, hexadecimal
        bool authorised = false;
    };
    Outcome outcome = Outcome::Damaged;
    std::uint64_t records = 0;
    std::uint64_t headSeq = 0;
    Hash head{}; ///< leaf hash of the last record
    std::string origin;
    std::string exported;         ///< of an export (exportfile.h): what it is of, "INC-7"; else empty
    std::uint64_t completeFrom = 0, completeTo = 0; ///< of an export: no record of it between these is left out; 0: it cannot say
    std::uint64_t unanchored = 0; ///< records after the last good checkpoint
    std::optional<std::uint64_t> noted; ///< records the home's own head.note speaks of; none: there is no such note
    std::vector<Hole> holes;
    std::vector<Fault> errors; ///< by seq, then kind
};

/// Checks a stopped or copied home (or a journal.db alone) for order, completeness and signatures, without any data key
/// and without changing it. Authentic needs an origin key that signed every checkpoint; without one a sound log is
/// Consistent. Errors only where there is nothing to judge: NotFound, Invalid (bad origin key), Forbidden (unlock given
/// and wrong), Unavailable (given up), Io.
[[nodiscard]] Result<VerifyReport> verify(const std::filesystem::path &path, const Ports &ports,
                                          const VerifyOptions &options = {});

/// The report as contract.md's `verify --json` prints it.
[[nodiscard]] std::string toJson(const VerifyReport &report);
/// "authentic", "consistent", "damaged", "unknown-version".
[[nodiscard]] const char *outcomeName(VerifyReport::Outcome outcome);

} // namespace qd::journal
