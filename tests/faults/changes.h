// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "tests/faults/faulthome.h"

#include <functional>
#include <set>

/// Homes in which keys are destroyed, for the tests that let the system fail, or end, in the middle of it. What each record
/// did stands in its own words in the stream `org`, so that a home can be judged by itself: what a record says is gone is gone,
/// and everything else is there.
namespace qd::faults {

inline constexpr std::string_view kSaidCanary = "canary-4d1e-said-of-Ondine";
inline constexpr std::size_t kSmallReserve = 64u << 10;

/// Things that were promised besides records: numbers no record ever has.
enum class Word : std::uint64_t { Erased = 1, Struck, Rotated, Signed, Kept };
[[nodiscard]] inline std::uint64_t wordOf(Word word, std::uint64_t about)
{
    return std::uint64_t{1} << 63 | static_cast<std::uint64_t>(word) << 48 | about;
}

/// Draws as the system does, and writes every key drawn into a file outside the home, for whoever looks for its bytes.
class TellingRandom final : public Random {
public:
    explicit TellingRandom(const std::filesystem::path &file);
    ~TellingRandom() override;
    TellingRandom(const TellingRandom &) = delete;
    TellingRandom &operator=(const TellingRandom &) = delete;
    void fill(std::span<std::uint8_t> bytes) override;

private:
    SystemRandom m_random;
    int m_fd;
};

[[nodiscard]] journal::Options changeOptions(const std::filesystem::path &emergency);

/// One thing after the other in an open journal, each waited for; what is done is promised.
class Changes final {
public:
    using Promise = std::function<void(std::uint64_t seq, const journal::Hash &)>;
    Changes(journal::Journal &journal, Promise promise) : m_journal(journal), m_promise(std::move(promise)) {}

    Result<> say(std::uint64_t incident);   ///< in the incident, with a text under a key of its own
    Result<> erase(std::uint64_t incident);
    Result<> strike(std::uint64_t seq);     ///< the text of that record
    Result<> sign();
    /// A few of everything; `round` counts up over the life of a home, from 1.
    Result<> round(std::uint64_t round);
    /// Says things until the disk takes no more, then goes on keeping until `kept` are kept.
    Result<> fillAndKeep(std::size_t kept);

private:
    Result<> append(journal::Draft draft, journal::KeyChange change, std::uint64_t word);
    journal::Journal &m_journal;
    Promise m_promise;
};

/// Empty when all that was promised is there, what records say was destroyed cannot be read, everything else can, and neither
/// plaintext nor a key drawn (`drawn`, a TellingRandom's file) nor a row of an epoch before stands in a file of the home or of
/// `besides`. Else what is wrong.
std::string judgeChanges(const std::filesystem::path &home, const journal::Created &created, const Promises &promised,
                         const std::filesystem::path &emergency, const std::filesystem::path &drawn = {},
                         const std::vector<std::filesystem::path> &besides = {});

/// The rows of keys.db as they are now: what must be in no file once their epoch is over.
[[nodiscard]] std::set<std::string> wrappedRows(const std::filesystem::path &home);
/// Of these rows, how many that are not in keys.db any more can still be found in a file.
[[nodiscard]] int rowsLeft(const std::set<std::string> &rows, const std::filesystem::path &home, const std::vector<std::filesystem::path> &besides = {});

} // namespace qd::faults
