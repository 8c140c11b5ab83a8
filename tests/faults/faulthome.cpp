// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/faulthome.h"

#include <future>

namespace qd::faults {

namespace {

std::string say(const char *what, const Error &error)
{
    return std::string(what) + ": " + error.message + (error.detail.empty() ? "" : " (" + error.detail + ")");
}

} // namespace

std::string judge(const std::filesystem::path &home, const journal::Created &created, const Promises &promised, bool andWrite)
{
    SystemClock clock;
    SystemRandom random;
    {
        auto opened = journal::Journal::open(home, store::sqlitePorts(storeOptions()), key(), clock, random, journalOptions());
        if (!opened)
            return say("it does not open", opened.error());
        journal::Journal &journal = **opened;
        if (!promised.empty() && journal.head() < promised.rbegin()->first)
            return "record " + std::to_string(promised.rbegin()->first) + " was promised, the head is " + std::to_string(journal.head());
        std::string wrong;
        std::uint64_t next = 1;
        const auto read = journal.replay(1, UINT64_MAX, [&](const journal::Committed &r) {
            const auto it = promised.find(r.seq);
            if (r.seq != next++)
                wrong = "record " + std::to_string(next - 1) + " is missing";
            else if (it != promised.end() && it->second != r.hash)
                wrong = "record " + std::to_string(r.seq) + " is another than was promised";
            else if (r.parts.size() != 2 || r.parts[0].erased || r.parts[1].erased || r.parts[0].body != bodyOf(r.seq) || r.parts[1].body != bodyOf(r.seq + 1'000'000))
                wrong = "record " + std::to_string(r.seq) + " is not whole";
            return wrong.empty();
        });
        if (!read)
            return say("it cannot be read", read.error());
        if (!wrong.empty())
            return wrong;
        if (andWrite) {
            std::promise<Result<>> written;
            journal.append(draftOf(journal.head() + 1), [&](auto r) { written.set_value(r ? Result<>() : Result<>(tl::unexpected(r.error()))); });
            if (const auto r = written.get_future().get(); !r)
                return say("it cannot be written to", r.error());
        }
    }
    journal::VerifyOptions options;
    options.originKey = created.verificationKey;
    const auto unlock = key();
    options.unlock = &unlock;
    const auto report = journal::verify(home, store::sqlitePorts(), options);
    if (!report)
        return say("verify", report.error());
    if (report->outcome != journal::VerifyReport::Outcome::Authentic || !report->errors.empty())
        return std::string("verify says ") + journal::outcomeName(report->outcome) + (report->errors.empty() ? "" : ": " + report->errors[0].kind + " at " + std::to_string(report->errors[0].seq));
    return {};
}

} // namespace qd::faults
