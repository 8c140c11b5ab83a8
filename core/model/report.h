// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"
#include "core/base/fields.h"
#include "core/base/hashindex.h"
#include "core/base/time.h"
#include "core/model/words.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace qd {

/// By which way a report came. Numbers are written to the journal.
enum class Path : std::uint8_t { Own = 0, Poll = 1, Webhook = 2, Push = 3, CloudEvent = 4, PagerDuty = 5, Person = 6, Chat = 7, Link = 70 };
[[nodiscard]] std::string_view word(Path path);

/// A report that could not be taken as an alert; kept visible instead of dropped.
struct QuarantinedReport {
    std::uint32_t index = 0;   ///< its place in what was sent
    std::string reason;        ///< one sentence
    std::string excerpt;       ///< the first bytes of it, SafeText, at most 512
    QD_FIELDS(f(1, "index", e.index); f(2, "reason", e.reason); f(3, "excerpt", e.excerpt);)
};

/// Alert reports of one delivery, column by column, with every distinct text once: made by a parser, journaled as it is,
/// folded into State by number. Row i is report i; texts are numbers into `ends` (0 is the empty text).
struct ReportBatch {
    std::string connection;              ///< the connection it came in by
    Path path = Path::Push;
    Instant receivedAt;
    bool snapshot = false;               ///< a complete listing: what it lacks is no longer firing at that source

    std::string text;                    ///< the distinct texts, one after another
    std::vector<std::uint32_t> ends;     ///< text n is text[ends[n-1] .. ends[n]) ; ends[0] = 0

    std::vector<std::uint64_t> fingerprint;
    std::vector<std::int64_t> startsAt;  ///< ns; 0 = not given
    std::vector<std::int64_t> endsAt;    ///< ns; 0 = none
    std::vector<std::int64_t> updatedAt; ///< ns; 0 = not given
    std::vector<std::uint8_t> status;    ///< AlertStatus
    std::vector<std::uint8_t> suppression; ///< Suppression, as the source says
    std::vector<std::uint32_t> suppressedBy; ///< text
    std::vector<std::uint32_t> link;     ///< text: the source's own link (generatorURL)
    std::vector<std::uint32_t> firstPair; ///< index into pairs (in pairs, not numbers); labels first, then annotations
    std::vector<std::uint16_t> labels;   ///< how many labels
    std::vector<std::uint16_t> annotations;
    std::vector<std::uint32_t> pairs;    ///< name, value, name, value … ; names sorted bytewise within labels

    std::vector<QuarantinedReport> quarantined;

    [[nodiscard]] std::size_t size() const { return fingerprint.size(); }
    [[nodiscard]] std::string_view at(std::uint32_t n) const
    {
        return n == 0 || n >= ends.size() ? std::string_view() : std::string_view(text).substr(ends[n - 1], ends[n] - ends[n - 1]);
    }
    /// The value of label `name` of report `row`, or "".
    [[nodiscard]] std::string_view label(std::size_t row, std::string_view name) const;
    [[nodiscard]] std::string_view annotation(std::size_t row, std::string_view name) const;
    /// A batch with only the rows named (ascending), sharing the texts; used to journal what changed something.
    [[nodiscard]] ReportBatch only(const std::vector<std::uint32_t> &rows) const;
    /// False when any number points outside: such a batch came from damaged bytes and must not be folded.
    [[nodiscard]] bool isSound() const;

    QD_FIELDS(f(1, "connection", e.connection); f(2, "path", e.path); f(3, "receivedAt", e.receivedAt); f(4, "snapshot", e.snapshot);
              f(5, "text", e.text); f(6, "ends", e.ends); f(7, "fingerprint", e.fingerprint); f(8, "startsAt", e.startsAt);
              f(9, "endsAt", e.endsAt); f(10, "updatedAt", e.updatedAt); f(11, "status", e.status);
              f(12, "suppression", e.suppression); f(13, "suppressedBy", e.suppressedBy); f(14, "link", e.link);
              f(15, "firstPair", e.firstPair); f(16, "labels", e.labels); f(17, "annotations", e.annotations);
              f(18, "pairs", e.pairs); f(19, "quarantined", e.quarantined);)
};

/// How far a sender's clock may be ahead of ours. What is further ahead is no time of ours: a beginning or an update is then
/// counted from the receipt, and the report carries an annotation named kClockMark that says so.
inline constexpr Span kClockAhead = minutes(5);
inline constexpr std::string_view kClockMark = "quarterdeck/clock";
/// The annotation of a report some of whose texts held characters that are not seen: bidirectional overrides, zero-width ones,
/// piles of combining marks. It names the fields; in the texts such a character reads "[U+202E]".
inline constexpr std::string_view kHiddenMark = "quarterdeck/hidden";
/// The annotation of a report some of whose labels, which are its identity, look like other letters than they are ("сheckout" with a Cyrillic
/// с): what each could be taken for.
inline constexpr std::string_view kLookalikeMark = "quarterdeck/lookalike";

/// Fills a ReportBatch: begin(), label()…, annotation()…, end(). Texts are interned within the batch, cleaned by safeText
/// on their first sight only. Not thread-safe; make one a delivery.
class BatchBuilder {
public:
    BatchBuilder(std::string connection, Path path, Instant receivedAt, std::size_t expectedReports = 0);

    void begin();
    /// Names longer than kNameLimit and values longer than kFieldLimit are clamped and marked in the text itself, with the
    /// length and the SHA-256 of what was sent.
    /// The views must stay valid until end().
    void label(std::string_view name, std::string_view value);
    void annotation(std::string_view name, std::string_view value);
    void status(AlertStatus status) { m_status = status; }
    void startsAt(Instant t) { m_startsAt = t; }
    void endsAt(Instant t) { m_endsAt = t; }
    void updatedAt(Instant t) { m_updatedAt = t; }
    void suppressed(Suppression s, std::string_view by);
    void link(std::string_view url);
    /// For sources whose identity is not their label set: FNV-1a 64 of the native key.
    void fingerprint(std::uint64_t value) { m_fingerprint = value; }
    /// Sorts the labels, computes Alertmanager's fingerprint when none was given, and adds the row.
    void end();
    /// Forgets the report begun and remembers why.
    void quarantine(std::uint32_t index, std::string reason, std::string_view raw);

    [[nodiscard]] std::size_t labelsSoFar() const { return m_labels.size(); }
    [[nodiscard]] ReportBatch take();

private:
    struct Named {
        std::uint32_t name, value;
        std::string_view rawName, rawValue; ///< the fingerprint is over what was sent, as Alertmanager computes it
    };
    [[nodiscard]] std::uint32_t text(std::string_view raw, std::size_t limit, bool line);
    [[nodiscard]] std::string hiddenMark() const;
    [[nodiscard]] std::string lookalikeMark();

    ReportBatch m_batch;
    HashIndex m_index; ///< of the batch's texts
    std::vector<std::uint32_t> m_hidden; ///< texts that held what is not seen; nearly always none
    std::vector<std::uint32_t> m_wide;   ///< texts that are not ASCII
    std::unordered_map<std::uint32_t, std::string> m_judged; ///< what is to be said of a wide text that is a label
    std::vector<std::uint32_t> m_rawLength; ///< a text whose cleaning changed it is not found again by its raw form
    std::vector<Named> m_labels, m_annotations;
    AlertStatus m_status = AlertStatus::Firing;
    Suppression m_suppression = Suppression::None;
    std::uint32_t m_by = 0, m_link = 0;
    Instant m_startsAt, m_endsAt, m_updatedAt;
    std::uint64_t m_fingerprint = 0;
};

/// Alertmanager's fingerprint of a label set: FNV-1a 64 over names in byte order, each name, 0xFF, value, 0xFF.
/// (prometheus/common model/signature.go.) The empty set gives cbf29ce484222325.
class Fingerprint {
public:
    void add(std::string_view name, std::string_view value)
    {
        feed(name);
        feedByte(0xff);
        feed(value);
        feedByte(0xff);
    }
    void feed(std::string_view bytes)
    {
        for (const char c : bytes)
            feedByte(static_cast<std::uint8_t>(c));
    }
    [[nodiscard]] std::uint64_t value() const { return m_value; }

private:
    void feedByte(std::uint8_t b) { m_value = (m_value ^ b) * 0x100000001b3ULL; }
    std::uint64_t m_value = 0xcbf29ce484222325ULL;
};

/// 16 lower-case hexadecimal digits, and back.
[[nodiscard]] std::string fingerprintText(std::uint64_t fingerprint);
[[nodiscard]] Result<std::uint64_t> parseFingerprint(std::string_view text);

} // namespace qd
