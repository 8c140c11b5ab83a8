// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/families.h"
#include "core/journal/exportfile.h"
#include "core/journal/header.h"
#include "core/journal/keyring.h"
#include "core/journal/proof.h"
#include "core/journal/seal.h"
#include "tests/core/journal/journalfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <set>

namespace qd::tests {

using namespace qd::journal;

inline constexpr std::uint64_t kExportRecords = 21;
inline constexpr std::string_view kSecret = "canary-of-incident-2-Ondine";
inline constexpr std::string_view kOrgSecret = "canary-of-the-organisation-Melusine";

/// Says of a record what its bodies are, as a test reads them.
inline Timeline testTimeline(std::string schema = "test")
{
    return {std::move(schema), [](const Disclosed &d) -> Result<std::vector<std::string>> {
                std::vector<std::string> out;
                for (const Bytes &body : d.bodies)
                    out.push_back("{\"seq\":" + std::to_string(d.seq) + ",\"text\":\"" + std::string(asText(body)) + "\"}");
                return out;
            }};
}

/// Two incidents, alerts and the organisation in one log; every third record holds both incidents.
struct ExportHome : MemoryHome
{
    std::string early; ///< a checkpoint of the first records, held elsewhere
    bool make(std::uint64_t records = kExportRecords)
    {
        if (!create() || !open())
            return false;
        for (std::uint64_t seq = 1; seq <= records; ++seq) {
            const std::string n = std::to_string(seq);
            Draft draft{seq, clock.now(), {}};
            if (seq % 3 != 1)
                draft.parts.push_back({"org", 1, bytesOf(std::string(kOrgSecret) + n)});
            if (seq % 3 != 2)
                draft.parts.push_back({"incident/INC-1", 3, bytesOf("line " + n + " of INC-1")});
            if (seq % 3 != 1)
                draft.parts.push_back({"incident/INC-2", 3, bytesOf(std::string(kSecret) + n)});
            if (seq % 3 == 0)
                draft.parts.push_back({"alerts/2026-11-18", 2, bytesOf("alert " + n)});
            Answers answers;
            journal->append(std::move(draft), answers.take());
            if (answers.wait(1).size() != 1)
                return false;
            clock.advance(millis(1000));
            if (seq == 7)
                early = *journal->checkpoint();
        }
        journal.reset();
        return true;
    }
    ExportRequest request(const std::string &name = "INC-1") const
    {
        ExportRequest out;
        out.stream = "incident/" + name;
        out.name = name;
        out.timeline = testTimeline();
        out.manifest = [name](const ExportFacts &facts) {
            return "{\"name\":\"" + name + "\",\"schema\":\"test\",\"records\":" + std::to_string(facts.records) +
                   ",\"left\":" + std::to_string(facts.otherParts) + "}";
        };
        return out;
    }
    Result<std::string> cut(const ExportRequest &what) const { return exportStream(path(), ports, testUnlock(), what); }
    Result<std::string> cut(const std::string &name = "INC-1") const { return cut(request(name)); }

    /// Writes the changed file as the owner of the log would, who can sign what he likes.
    std::string signedAnew(const ExportFile &file, const std::string &manifest) const
    {
        const Secret seed = signer();
        return writeExport(file, manifest,
                           [&](const std::string &statement) { return signText(statement, file.origin, seed); });
    }
    Secret signer() const
    {
        // The signing seed lies under the epoch key, that under the root key, that in the slot of the test's key.
        auto ring = KeyRing::open(std::move(*ports.keys(path(), Access::Read)), path(), ports, created.origin,
                                  testUnlock(), const_cast<CountedRandom &>(random));
        return (*ring)->signer().duplicate();
    }
};

inline std::string textOf(const VerifyReport &report)
{
    std::string out = outcomeName(report.outcome);
    for (const auto &fault : report.errors)
        out += " " + fault.kind + "@" + std::to_string(fault.seq);
    return out;
}

inline std::string judged(std::string_view text, const VerifyOptions &options, const Timeline &timeline = testTimeline())
{
    const auto report = verifyExport(text, options, timeline);
    return report ? textOf(*report) : "refused: " + report.error().message;
}

} // namespace qd::tests
