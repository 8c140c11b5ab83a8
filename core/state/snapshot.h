// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/state/state.h"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace qd::state {

namespace parts {
struct AlertMarks;
}

/// The format of snapshots this program writes; one of any other is as good as none.
inline constexpr std::uint32_t kSnapshotVersion = 12;

/// What a part holds. Numbers are stored.
enum class PartKind : std::uint8_t {
    Symbols = 1, Alerts = 2, Reasons = 3, Groups = 4, Opened = 5, Incident = 6, Timeline = 7, Escalations = 8, Log = 9, Changes = 10,
    Quarantine = 11, Outbox = 12, Workspace = 13, Rest = 14,
    AlertPatch = 15,  ///< what the alerts of one snapshot have otherwise than those before
    SymbolPage = 16, IncidentPage = 17, ///< lists of parts, in the place of which they stand
    Touched = 18      ///< alerts as they were before an override, by its number; written once
};

/// Such a part is a list of others, which stand in its place.
[[nodiscard]] constexpr bool isPage(PartKind kind)
{
    return kind == PartKind::SymbolPage || kind == PartKind::IncidentPage;
}

/// A part of a snapshot by where it is stored. Parts that did not change are shared by snapshots.
struct PartRef {
    PartKind kind = PartKind::Rest;
    std::uint32_t number = 0; ///< which of its kind: the first symbol, alert …; the incident's number
    std::uint32_t chunk = 0;  ///< of an incident's timeline
    std::string name;         ///< says nothing about what it holds
    Uuid digest;              ///< BLAKE2b-128 of the body; kept inside sealed manifests only
    bool operator==(const PartRef &) const = default;
    QD_FIELDS(f(1, "kind", e.kind); f(2, "number", e.number); f(3, "chunk", e.chunk); f(4, "name", e.name); f(5, "digest", e.digest);)
};

/// A snapshot: which parts make the State after record `seq`.
struct Manifest {
    std::uint32_t version = kSnapshotVersion;
    std::uint64_t seq = 0;
    Instant time;
    std::string leaf;         ///< leaf hash of that record, hex: it is a snapshot of this very journal or of none
    std::uint32_t symbols = 0; ///< texts known, the empty one included
    std::vector<PartRef> parts;
    /// What was classed afterwards, as the records were read that it was folded from: who knows of another number of them cannot use it.
    std::vector<events::LineClassed> classed;
    QD_FIELDS(f(1, "version", e.version); f(2, "seq", e.seq); f(3, "time", e.time); f(4, "leaf", e.leaf); f(5, "symbols", e.symbols);
              f(6, "parts", e.parts); f(7, "classed", e.classed);)
};
/// The body of a part by its name; an Error when it is not there.
using PartLoader = std::function<Result<Bytes>(const std::string &name)>;

[[nodiscard]] Bytes encodeManifest(const Manifest &manifest);
/// Corrupt for foreign bytes, Version for another version.
[[nodiscard]] Result<Manifest> decodeManifest(BytesView bytes);
/// Every part, with what stands in the pages behind each page. Corrupt when a page is missing or not what it should be.
[[nodiscard]] Result<std::vector<PartRef>> allParts(const Manifest &manifest, const PartLoader &part);

struct SnapshotPart {
    std::string name;
    Bytes body;
};

/// Cuts States into parts. Remembers what the last snapshot holds: what is the same is named again, not written again.
/// Symbols are append-only ranges, each written once; alerts are ranges and then patches, until those are as large as the ranges;
/// reasons and escalations go by ranges, incidents one by one with their timelines by ranges; an incident nobody touched is not
/// even looked at. One thread.
class SnapshotCutter {
public:
    struct Cut {
        Manifest manifest;
        std::vector<PartRef> all;        ///< allParts() of it
        std::vector<SnapshotPart> fresh; ///< to be stored before the manifest
        std::size_t bytes = 0;           ///< of the fresh bodies
        bool whole = false;              ///< the alerts are no patch
        std::shared_ptr<const parts::AlertMarks> marks;
    };
    SnapshotCutter();
    /// `leaf`: of record state.seq. Between records only.
    [[nodiscard]] Cut cut(const State &state, std::string leaf) const;
    /// What was cut is stored: later cuts share its parts.
    void build(const Cut &cut);
    /// The same for one stored by an earlier run; `all` are allParts() of it. The next cut writes its alerts whole.
    void build(Manifest manifest, const std::vector<PartRef> &all);
    /// Nothing is stored any more.
    void forget() { m_last = {}, m_parts.clear(), m_marks.reset(); }
    [[nodiscard]] const Manifest &last() const { return m_last; }
    /// How many bytes should have been saved by now for the next time the alerts are written whole.
    [[nodiscard]] std::size_t savings() const;
    /// The next cut need not write the alerts whole.
    [[nodiscard]] bool canPatch() const { return m_marks != nullptr; }

    static constexpr std::uint32_t kPatchesAtMost = 64;

private:
    class Cutting;
    using Key = std::tuple<PartKind, std::uint32_t, std::uint32_t>;
    Manifest m_last;
    std::map<Key, PartRef> m_parts;
    std::shared_ptr<const parts::AlertMarks> m_marks; ///< of the last snapshot's alerts
    std::array<unsigned char, 16> m_key{};            ///< of the marks' hashes
};

/// Puts States together again. Keeps texts, incidents and workspaces it has met, so that States of one log share them: the
/// second is much cheaper than the first. One thread.
class SnapshotLoader {
public:
    /// Corrupt when a part is missing or not what the manifest says; nothing is kept of it then.
    [[nodiscard]] Result<State> load(const Manifest &manifest, const PartLoader &part);
    /// The texts of a snapshot, for States before it: they are a prefix of these. Corrupt as load().
    [[nodiscard]] Result<> loadTexts(const Manifest &manifest, const PartLoader &part);
    void forget() { *this = SnapshotLoader(); }

    static constexpr std::size_t kEntriesKept = 400'000; ///< lines of incidents kept for later States
    static constexpr std::size_t kBlocksKept = 512;      ///< blocks of changes; beyond this all are read again
    static constexpr std::size_t kPagesKept = 4096;      ///< beyond this all are read again

private:
    class Loading;
    struct Kept {
        std::shared_ptr<const Incident> incident;
        std::uint64_t used = 0;
    };
    void trim();

    using Digested = std::pair<std::string, Uuid>;
    SymbolTable m_symbols;
    std::map<Digested, std::vector<PartRef>> m_pages;
    std::vector<PartRef> m_ranges; ///< the symbol ranges m_symbols was made from
    std::map<Digested, Kept> m_incidents;
    std::map<Digested, std::vector<std::shared_ptr<const Change>>> m_changes;
    std::map<Digested, std::shared_ptr<const Workspace>> m_workspaces;
    std::size_t m_entries = 0;
    std::uint64_t m_uses = 0;
};

} // namespace qd::state
