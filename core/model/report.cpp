// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/report.h"

#include "core/base/confusable.h"
#include "core/base/encoding.h"
#include "core/base/hash.h"
#include "core/base/safetext.h"

#include <algorithm>

namespace qd {

std::string_view word(Path path)
{
    switch (path) {
    case Path::Own: return "console";
    case Path::Poll: return "poll";
    case Path::Webhook: return "webhook";
    case Path::Push: return "push";
    case Path::CloudEvent: return "cloudevent";
    case Path::PagerDuty: return "pagerduty";
    case Path::Person: return "person";
    case Path::Chat: return "chat";
    case Path::Link: return "link";
    }
    return "console";
}

namespace {
constexpr std::size_t kNamed = 5;  ///< fields a mark names; of more it gives the number
constexpr std::size_t kShown = 80; ///< bytes of a name a mark repeats

/// Whether safeText() and safeLine() would leave it as it is, for a reason seen at a glance: printable ASCII within the limit. Nearly every
/// text of an alert is.
bool isPlain(std::string_view raw, std::size_t limit)
{
    unsigned char wrong = 0;
    for (const char c : raw)
        wrong |= static_cast<unsigned char>(static_cast<unsigned char>(c - 0x20) >= 0x5f);
    return wrong == 0 && raw.size() <= limit;
}

constexpr std::size_t kNoPair = ~std::size_t{1};

/// Whether the text of the report before in the same place is this one: names above all, and values that seldom change. To compare costs
/// less than to look up. One that cleaning made longer or shorter is looked up, as it may be marked.
bool says(const ReportBatch &batch, const std::vector<std::uint32_t> &rawLength, std::size_t place, std::string_view raw)
{
    if (place >= batch.pairs.size() || raw.empty())
        return false;
    const std::uint32_t text = batch.pairs[place];
    return rawLength[text] == raw.size() && batch.at(text) == raw;
}

std::string_view find(const ReportBatch &b, std::size_t first, std::size_t count, std::string_view name)
{
    for (std::size_t i = first; i < first + count; ++i)
        if (b.at(b.pairs[i * 2]) == name)
            return b.at(b.pairs[i * 2 + 1]);
    return {};
}
} // namespace

std::string_view ReportBatch::label(std::size_t row, std::string_view name) const
{
    return find(*this, firstPair[row], labels[row], name);
}

std::string_view ReportBatch::annotation(std::size_t row, std::string_view name) const
{
    return find(*this, firstPair[row] + labels[row], annotations[row], name);
}

bool ReportBatch::isSound() const
{
    const std::size_t n = size();
    for (const std::size_t s : {startsAt.size(), endsAt.size(), updatedAt.size(), status.size(), suppression.size(), suppressedBy.size(),
                                link.size(), firstPair.size(), labels.size(), annotations.size()})
        if (s != n)
            return false;
    if (!std::is_sorted(ends.begin(), ends.end()) || (!ends.empty() && (ends.back() > text.size() || ends.front() != 0)) || pairs.size() % 2)
        return false;
    const auto within = [&](std::uint32_t t) { return t == 0 || t < ends.size(); };
    for (std::size_t i = 0; i < n; ++i)
        if (std::size_t{firstPair[i]} + labels[i] + annotations[i] > pairs.size() / 2 || !within(link[i]) || !within(suppressedBy[i])
            || status[i] > 1 || suppression[i] > 4)
            return false;
    return std::all_of(pairs.begin(), pairs.end(), within);
}

ReportBatch ReportBatch::only(const std::vector<std::uint32_t> &rows) const
{
    if (rows.size() == size())
        return *this;
    ReportBatch out;
    out.connection = connection;
    out.path = path;
    out.receivedAt = receivedAt;
    out.snapshot = snapshot;
    out.quarantined = quarantined;
    out.ends = {0};
    std::vector<std::uint32_t> moved(ends.size(), 0);
    const auto carry = [&](std::uint32_t t) -> std::uint32_t {
        if (t == 0)
            return 0;
        if (moved[t] == 0) {
            out.text += at(t);
            out.ends.push_back(static_cast<std::uint32_t>(out.text.size()));
            moved[t] = static_cast<std::uint32_t>(out.ends.size() - 1);
        }
        return moved[t];
    };
    for (const std::uint32_t r : rows) {
        out.fingerprint.push_back(fingerprint[r]);
        out.startsAt.push_back(startsAt[r]);
        out.endsAt.push_back(endsAt[r]);
        out.updatedAt.push_back(updatedAt[r]);
        out.status.push_back(status[r]);
        out.suppression.push_back(suppression[r]);
        out.suppressedBy.push_back(carry(suppressedBy[r]));
        out.link.push_back(carry(link[r]));
        out.firstPair.push_back(static_cast<std::uint32_t>(out.pairs.size() / 2));
        out.labels.push_back(labels[r]);
        out.annotations.push_back(annotations[r]);
        const std::size_t first = std::size_t{firstPair[r]} * 2;
        const std::size_t count = (std::size_t{labels[r]} + annotations[r]) * 2;
        for (std::size_t i = first; i < first + count; ++i)
            out.pairs.push_back(carry(pairs[i]));
    }
    return out;
}

BatchBuilder::BatchBuilder(std::string connection, Path path, Instant receivedAt, std::size_t expectedReports)
{
    m_batch.connection = std::move(connection);
    m_batch.path = path;
    m_batch.receivedAt = receivedAt;
    m_batch.ends = {0};
    m_rawLength = {0};
    m_index.reserve(expectedReports * 4);
    m_rawLength.reserve(expectedReports * 4);
    m_batch.ends.reserve(expectedReports * 4);
    m_batch.fingerprint.reserve(expectedReports);
    for (auto *times : {&m_batch.startsAt, &m_batch.endsAt, &m_batch.updatedAt})
        times->reserve(expectedReports);
    for (auto *words : {&m_batch.status, &m_batch.suppression})
        words->reserve(expectedReports);
    for (auto *texts : {&m_batch.suppressedBy, &m_batch.link, &m_batch.firstPair})
        texts->reserve(expectedReports);
    for (auto *counts : {&m_batch.labels, &m_batch.annotations})
        counts->reserve(expectedReports);
    m_batch.pairs.reserve(expectedReports * 20);
    m_batch.text.reserve(expectedReports * 128);
}

std::uint32_t BatchBuilder::text(std::string_view raw, std::size_t limit, bool line)
{
    if (raw.empty())
        return 0;
    const auto hash = static_cast<std::uint32_t>(Hash::of(raw));
    const std::uint32_t known = m_index.find(hash, [&](std::uint32_t t) { return m_rawLength[t] == raw.size() && m_batch.at(t) == raw; });
    // What stands as a value may be too long for a name, or have several lines.
    if (known != HashIndex::npos && raw.size() <= limit && (!line || raw.find_first_of("\n\t") == raw.npos))
        return known;
    const auto add = [&] {
        m_batch.ends.push_back(static_cast<std::uint32_t>(m_batch.text.size()));
        const auto t = static_cast<std::uint32_t>(m_batch.ends.size() - 1);
        m_rawLength.push_back(static_cast<std::uint32_t>(raw.size()));
        m_index.insert(hash, t);
        return t;
    };
    if (isPlain(raw, limit)) {
        m_batch.text += raw;
        return add();
    }
    TextMarks marks;
    const std::size_t before = m_batch.text.size();
    const std::string cleaned = line ? safeLine(raw, limit, &marks) : safeText(raw, limit, &marks);
    m_batch.text += cleaned;
    if (marks.clamped)
        m_batch.text += "… [cut from " + std::to_string(raw.size()) + " bytes, SHA-256 " + sha256Hex(raw) + "]";
    if (m_batch.text.size() == before)
        return 0;
    const std::uint32_t t = add();
    if (marks.hidden)
        m_hidden.push_back(t);
    if (std::any_of(cleaned.begin(), cleaned.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        m_wide.push_back(t);
    return t;
}

void BatchBuilder::begin()
{
    m_labels.clear();
    m_annotations.clear();
    m_status = AlertStatus::Firing;
    m_suppression = Suppression::None;
    m_by = m_link = 0;
    m_startsAt = m_endsAt = m_updatedAt = {};
    m_fingerprint = 0;
}

void BatchBuilder::label(std::string_view name, std::string_view value)
{
    const std::size_t at = m_labels.size();
    const bool isLike = !m_batch.labels.empty() && at < m_batch.labels.back();
    const std::size_t pair = isLike ? std::size_t{2} * (m_batch.firstPair.back() + at) : kNoPair;
    m_labels.push_back({says(m_batch, m_rawLength, pair, name) ? m_batch.pairs[pair] : text(name, kNameLimit, true),
                        says(m_batch, m_rawLength, pair + 1, value) ? m_batch.pairs[pair + 1] : text(value, kFieldLimit, false), name, value});
}

void BatchBuilder::annotation(std::string_view name, std::string_view value)
{
    const std::size_t at = m_annotations.size();
    const bool isLike = !m_batch.annotations.empty() && at < m_batch.annotations.back();
    const std::size_t pair = isLike ? std::size_t{2} * (m_batch.firstPair.back() + m_batch.labels.back() + at) : kNoPair;
    m_annotations.push_back({says(m_batch, m_rawLength, pair, name) ? m_batch.pairs[pair] : text(name, kNameLimit, true),
                             says(m_batch, m_rawLength, pair + 1, value) ? m_batch.pairs[pair + 1] : text(value, kFieldLimit, false), name, value});
}

void BatchBuilder::suppressed(Suppression s, std::string_view by)
{
    m_suppression = s;
    m_by = text(by, kNameLimit, true);
}

void BatchBuilder::link(std::string_view url)
{
    m_link = text(url, kFieldLimit, true);
}

std::string BatchBuilder::hiddenMark() const
{
    const auto isHidden = [this](const Named &n) {
        // In the order the texts came, which is that of their numbers: a delivery full of them must not cost its square.
        return std::binary_search(m_hidden.begin(), m_hidden.end(), n.value) || std::binary_search(m_hidden.begin(), m_hidden.end(), n.name);
    };
    std::string names;
    std::size_t count = 0;
    for (const auto *list : {&m_labels, &m_annotations})
        for (const Named &n : *list)
            if (isHidden(n) && ++count <= kNamed)
                names += (names.empty() ? "" : ", ") + std::string(m_batch.at(n.name));
    if (count == 0)
        return {};
    return "characters that are not seen were sent in " + names + (count > kNamed ? " and " + std::to_string(count - kNamed) + " more" : "");
}

std::string BatchBuilder::lookalikeMark()
{
    std::string said;
    const auto judge = [&](std::uint32_t t) -> const std::string & {
        const auto [found, isNew] = m_judged.try_emplace(t);
        if (isNew) {
            const std::string_view name = m_batch.at(t);
            if (const Lookalike like = lookalikeOf(name); !like.seems.empty())
                found->second = "looks like \"" + like.seems.substr(0, kShown) + "\" and is written with other letters";
            else if (like.mixes)
                found->second = "mixes letters of different scripts";
        }
        return found->second;
    };
    std::size_t count = 0;
    for (const Named &n : m_labels)
        for (const std::uint32_t t : {n.name, n.value})
            if (std::binary_search(m_wide.begin(), m_wide.end(), t) && !judge(t).empty() && ++count <= kNamed)
                said += (said.empty() ? "" : "; ") + std::string(m_batch.at(n.name)) + (t == n.name ? " (the label's name) " : " ") + judge(t);
    return said + (count > kNamed ? "; and " + std::to_string(count - kNamed) + " more" : "");
}

void BatchBuilder::end()
{
    std::string lookalikes;
    if (!m_wide.empty() && !(lookalikes = lookalikeMark()).empty())
        annotation(kLookalikeMark, lookalikes);
    std::string hidden;
    if (!m_hidden.empty() && !(hidden = hiddenMark()).empty())
        annotation(kHiddenMark, hidden);
    const auto byName = [](const Named &a, const Named &b) { return a.rawName < b.rawName; };
    if (!std::is_sorted(m_labels.begin(), m_labels.end(), byName))
        std::sort(m_labels.begin(), m_labels.end(), byName);
    if (m_fingerprint == 0) {
        Fingerprint fp;
        for (const auto &l : m_labels)
            fp.add(l.rawName, l.rawValue);
        m_fingerprint = fp.value();
    }
    if (const Instant limit = m_batch.receivedAt + kClockAhead; m_startsAt > limit || m_updatedAt > limit) {
        const Instant said = std::max(m_startsAt, m_updatedAt);
        const std::string mark = "its sender's clock says " + toRfc3339(said) + ", which is in the future here; counted from when it was received";
        annotation(kClockMark, mark);
        if (m_startsAt > limit)
            m_startsAt = m_batch.receivedAt;
        if (m_updatedAt > limit)
            m_updatedAt = m_batch.receivedAt;
    }
    ReportBatch &b = m_batch;
    b.fingerprint.push_back(m_fingerprint);
    b.startsAt.push_back(m_startsAt.ns);
    b.endsAt.push_back(m_endsAt.ns);
    b.updatedAt.push_back(m_updatedAt.ns);
    b.status.push_back(static_cast<std::uint8_t>(m_status));
    b.suppression.push_back(static_cast<std::uint8_t>(m_suppression));
    b.suppressedBy.push_back(m_by);
    b.link.push_back(m_link);
    b.firstPair.push_back(static_cast<std::uint32_t>(b.pairs.size() / 2));
    b.labels.push_back(static_cast<std::uint16_t>(m_labels.size()));
    b.annotations.push_back(static_cast<std::uint16_t>(m_annotations.size()));
    for (const auto *list : {&m_labels, &m_annotations})
        for (const auto &p : *list) {
            b.pairs.push_back(p.name);
            b.pairs.push_back(p.value);
        }
}

void BatchBuilder::quarantine(std::uint32_t index, std::string reason, std::string_view raw)
{
    constexpr std::size_t kExcerpt = 512;
    m_batch.quarantined.push_back({index, std::move(reason), safeLine(raw, kExcerpt)});
    begin();
}

ReportBatch BatchBuilder::take()
{
    return std::move(m_batch);
}

std::string fingerprintText(std::uint64_t fingerprint)
{
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out(16, '0');
    for (std::size_t i = 16; i-- > 0; fingerprint >>= 4)
        out[i] = kHex[fingerprint & 15];
    return out;
}

Result<std::uint64_t> parseFingerprint(std::string_view text)
{
    const auto bytes = fromHex(text);
    if (!bytes || bytes->size() != 8)
        return fail(Code::Invalid, "\"" + std::string(text.substr(0, 40)) + "\" is not a fingerprint of 16 hexadecimal digits");
    std::uint64_t v = 0;
    for (const auto b : *bytes)
        v = v << 8 | b;
    return v;
}

} // namespace qd
