// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/salvage.h"

#include "core/journal/header.h"
#include "core/store/database.h"
#include "core/store/pagefile.h"

#include <optional>

namespace qd::store {

namespace {

constexpr std::size_t kKeysPage = 4096; ///< SQLite's own choice: SqliteKeys names none
constexpr std::string_view kRecordMark = "QDR";

using Values = std::span<const PageValue>;

/// The kinds of its columns are these.
bool areKinds(Values values, std::initializer_list<PageValue::Kind> kinds)
{
    return std::equal(values.begin(), values.end(), kinds.begin(), kinds.end(),
                      [](const PageValue &v, PageValue::Kind kind) { return v.kind == kind; });
}

Bytes bytesOf(const PageValue &value)
{
    return {value.bytes.begin(), value.bytes.end()};
}

class SalvagedLog final : public journal::RecordReader
{
public:
    static Result<std::unique_ptr<journal::RecordReader>> open(const std::filesystem::path &file)
    {
        auto pages = PageFile::open(file, Database::kPage);
        if (!pages)
            return tl::unexpected(pages.error());
        std::unique_ptr<SalvagedLog> log(new SalvagedLog(std::move(*pages)));
        log->m_pages->each([&](const PageFile::Cell &cell, Values values) { log->take(cell, values); });
        if (!log->m_log && log->m_records.empty())
            return fail(Code::Corrupt, "Nothing of a log is left in " + file.string() + ".");
        return log;
    }

    Result<journal::LogRow> log() override
    {
        if (m_log)
            return *m_log;
        // Its own row is gone; every record says whose it is.
        std::optional<Uuid> id;
        const auto read = this->read(1, UINT64_MAX >> 1, [&](const journal::Row &row) {
            if (const auto parsed = journal::parseHeader(row.blob); parsed)
                id = parsed->header.log;
            return !id;
        });
        if (!read || !id)
            return fail(Code::Corrupt, "journal.db does not say which log it is; it is damaged. Nothing was changed.");
        return journal::LogRow{*id, "quarterdeck/" + id->text(), {}, {}};
    }

    Result<std::uint64_t> last() override { return m_records.empty() ? 0 : m_records.rbegin()->first; }

    Result<> read(std::uint64_t from, std::uint64_t to, const std::function<bool(const journal::Row &)> &each) override
    {
        Bytes payload;
        std::vector<PageValue> values;
        for (auto it = m_records.lower_bound(from); it != m_records.end() && it->first <= to;) {
            const std::uint64_t seq = it->first;
            const auto next = m_records.upper_bound(seq);
            // Of several that say they are this record, the one that looks whole.
            bool isWhole = false, isThere = false;
            for (; it != next && !isWhole; ++it) {
                isThere = m_pages->read(it->second, payload, values) && areKinds(values, {PageValue::Null, PageValue::Blob});
                const auto parsed = isThere ? journal::parseHeader(values[1].bytes) : Result<journal::ParsedHeader>(tl::unexpected(Error{}));
                isWhole = parsed && parsed->header.seq == seq;
            }
            it = next;
            if (isThere && !each({seq, values[1].bytes}))
                return {};
        }
        return {};
    }

    Result<std::vector<journal::CheckpointRow>> newestCheckpoints(std::size_t limit) override
    {
        std::vector<journal::CheckpointRow> out;
        for (auto it = m_checkpoints.rbegin(); it != m_checkpoints.rend() && out.size() < limit; ++it)
            out.push_back(it->second);
        return out;
    }

    Result<std::optional<journal::CheckpointRow>> checkpointUpTo(std::uint64_t size) override
    {
        const auto after = m_checkpoints.upper_bound(size);
        return after == m_checkpoints.begin() ? std::nullopt : std::optional(std::prev(after)->second);
    }

    Result<> checkpoints(const std::function<bool(const journal::CheckpointRow &)> &each) override
    {
        for (const auto &[size, row] : m_checkpoints)
            if (!each(row))
                break;
        return {};
    }

private:
    explicit SalvagedLog(std::shared_ptr<const PageFile> pages)
        : m_pages(std::move(pages))
    {
    }

    void take(const PageFile::Cell &cell, Values values)
    {
        if (cell.row <= 0)
            return;
        const auto row = static_cast<std::uint64_t>(cell.row);
        Bytes payload;
        std::vector<PageValue> whole;
        if (areKinds(values, {PageValue::Null, PageValue::Blob})) {
            if (asText(values[1].bytes).starts_with(kRecordMark))
                m_records.emplace(row, cell);
        } else if (areKinds(values, {PageValue::Null, PageValue::Text, PageValue::Blob})) {
            if (m_pages->read(cell, payload, whole))
                m_checkpoints[row] = {row, std::string(asText(whole[1].bytes)), bytesOf(whole[2])};
        } else if (areKinds(values, {PageValue::Null, PageValue::Blob, PageValue::Text, PageValue::Blob, PageValue::Number})) {
            journal::LogRow log;
            if (row != 1 || values[1].bytes.size() != log.id.bytes.size())
                return;
            std::copy(values[1].bytes.begin(), values[1].bytes.end(), log.id.bytes.begin());
            log.origin = std::string(asText(values[2].bytes));
            log.publicKey = bytesOf(values[3]);
            log.created = {values[4].number};
            m_log = std::move(log);
        }
    }

    std::shared_ptr<const PageFile> m_pages;
    std::multimap<std::uint64_t, PageFile::Cell> m_records;
    std::map<std::uint64_t, journal::CheckpointRow> m_checkpoints;
    std::optional<journal::LogRow> m_log;
};

/// Copies a column of exactly that size; false for any other.
template <std::size_t N>
bool copyTo(const PageValue &value, std::array<std::uint8_t, N> &into)
{
    if (value.bytes.size() == N)
        std::copy_n(value.bytes.begin(), N, into.begin());
    return value.bytes.size() == N;
}

void takeKeys(journal::KeyFileContents &out, std::int64_t id, Values v)
{
    using enum PageValue::Kind;
    const auto row = static_cast<std::uint32_t>(id);
    if (areKinds(v, {Null, Text, Blob, Blob})) {
        out.slots.push_back({std::string(asText(v[1].bytes)), bytesOf(v[2]), bytesOf(v[3]), row});
    } else if (areKinds(v, {Null, Blob})) { // an epoch, the signer, an intent
        out.epochs.push_back({row, bytesOf(v[1])});
    } else if (areKinds(v, {Blob, Blob, Number, Blob})) {
        journal::KeyRow key;
        key.epoch = static_cast<std::uint32_t>(v[2].number);
        key.wrapped = bytesOf(v[3]);
        if (copyTo(v[0], key.id) && copyTo(v[1], key.stream))
            out.keys.push_back(std::move(key));
    } else if (areKinds(v, {Blob, Blob, Number, Number, Blob})) {
        journal::PageRow page;
        page.epoch = static_cast<std::uint32_t>(v[2].number);
        page.struck = static_cast<std::uint64_t>(v[3].number);
        page.wrapped = bytesOf(v[4]);
        if (copyTo(v[0], page.id) && copyTo(v[1], page.stream))
            out.pages.push_back(std::move(page));
    }
}

} // namespace

Result<std::unique_ptr<journal::RecordReader>> salvageRecords(const std::filesystem::path &home)
{
    return SalvagedLog::open(home / "journal.db");
}

Result<journal::KeyFileContents> salvageKeys(const std::filesystem::path &home)
{
    const auto pages = PageFile::open(home / "keys.db", kKeysPage);
    if (!pages)
        return tl::unexpected(pages.error());
    journal::KeyFileContents out;
    (*pages)->each([&](const PageFile::Cell &cell, Values) {
        Bytes payload;
        std::vector<PageValue> whole;
        if (cell.row > 0 && (*pages)->read(cell, payload, whole))
            takeKeys(out, cell.row, whole);
    });
    return out;
}

} // namespace qd::store
