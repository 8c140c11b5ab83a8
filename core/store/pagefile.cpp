// SPDX-License-Identifier: GPL-3.0-or-later
// Everything here by sqlite.org/fileformat2.html: sections 1.6 (b-tree pages), 2.1 (records), 4 (the write-ahead log).
#include "core/store/pagefile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace qd::store {

namespace {

constexpr std::uint8_t kTableLeaf = 0x0d;
constexpr std::size_t kLeafHeader = 8;
constexpr std::size_t kFileHeader = 100; ///< in front of the first page's own
constexpr std::uint64_t kLongest = 1u << 30; ///< of one row: SQLite's own limit
constexpr std::size_t kMostColumns = 16;
constexpr std::size_t kLogHeader = 32, kFrameHeader = 24;
constexpr std::uint32_t kLogMagic = 0x377f0682; ///< the lowest bit says in which order its sums read the words

std::uint32_t big32(const std::uint8_t *at)
{
    return std::uint32_t{at[0]} << 24 | std::uint32_t{at[1]} << 16 | std::uint32_t{at[2]} << 8 | at[3];
}

std::uint32_t little32(const std::uint8_t *at)
{
    return std::uint32_t{at[3]} << 24 | std::uint32_t{at[2]} << 16 | std::uint32_t{at[1]} << 8 | at[0];
}

std::uint32_t big16(const std::uint8_t *at)
{
    return std::uint32_t{at[0]} << 8 | at[1];
}

/// One of one to nine bytes; false when it does not end in time.
bool varint(BytesView bytes, std::size_t &at, std::uint64_t &out)
{
    out = 0;
    for (int i = 0; i < 9; ++i) {
        if (at >= bytes.size())
            return false;
        const std::uint8_t b = bytes[at++];
        if (i == 8) {
            out = out << 8 | b;
            return true;
        }
        out = out << 7 | (b & 0x7fU);
        if ((b & 0x80) == 0)
            return true;
    }
    return false;
}

/// The columns of a row; `mayBeCut` when only its beginning is given. False for what is no row.
bool decode(BytesView row, bool mayBeCut, std::vector<PageValue> &values)
{
    values.clear();
    std::size_t at = 0;
    std::uint64_t header = 0;
    if (!varint(row, at, header) || header > row.size() || header < at)
        return false;
    std::size_t body = header;
    while (at < header) {
        std::uint64_t type = 0;
        if (!varint(row.first(header), at, type) || type == 10 || type == 11 || values.size() == kMostColumns)
            return false;
        static constexpr std::size_t kNumbers[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
        const std::uint64_t size = type < 10 ? kNumbers[type] : (type - 12) / 2;
        const std::size_t there = body <= row.size() ? row.size() - body : 0;
        if (size > kLongest || (size > there && (!mayBeCut || type < 10)))
            return false;
        const BytesView bytes = row.subspan(std::min(body, row.size()), std::min<std::size_t>(size, there));
        PageValue value;
        if (type >= 12) {
            value = {type % 2 == 0 ? PageValue::Blob : PageValue::Text, 0, bytes};
        } else if (type == 8 || type == 9) {
            value = {PageValue::Number, static_cast<std::int64_t>(type - 8), {}};
        } else if (type >= 1 && type <= 6) {
            auto number = static_cast<std::uint64_t>(static_cast<std::int8_t>(bytes[0]));
            for (const std::uint8_t b : bytes.subspan(1))
                number = number << 8 | b;
            value = {PageValue::Number, static_cast<std::int64_t>(number), {}};
        }
        values.push_back(value);
        body += size;
    }
    return !values.empty() && (mayBeCut || body == row.size());
}

bool readAt(int fd, std::uint64_t at, std::span<std::uint8_t> into)
{
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t n = ::pread(fd, into.data() + done, into.size() - done, static_cast<off_t>(at + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        done += static_cast<std::size_t>(n);
    }
    return true;
}

} // namespace

Result<std::shared_ptr<const PageFile>> PageFile::open(const std::filesystem::path &file, std::size_t pageSize)
{
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat st
    {
    };
    if (fd < 0 || ::fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        const std::string why = std::strerror(errno);
        if (fd >= 0)
            ::close(fd);
        return fail(Code::Io, file.string() + " cannot be read: " + why + ".");
    }
    const int logFd = ::open((file.string() + "-wal").c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    std::shared_ptr<PageFile> pages(new PageFile(fd, logFd, pageSize));
    pages->m_pages = static_cast<std::uint32_t>(std::min<std::uint64_t>(static_cast<std::uint64_t>(st.st_size) / pageSize, UINT32_MAX));
    if (logFd >= 0)
        pages->readLog();
    return pages;
}

PageFile::~PageFile()
{
    ::close(m_fd);
    if (m_logFd >= 0)
        ::close(m_logFd);
}

/// Frames count as long as the sums go on, and as far as the last of them that ends a commit.
void PageFile::readLog()
{
    std::uint8_t head[kLogHeader];
    if (!readAt(m_logFd, 0, head) || (big32(head) & ~1U) != kLogMagic || big32(head + 8) != m_pageSize)
        return;
    const auto word = (big32(head) & 1U) != 0 ? big32 : little32;
    std::uint32_t s0 = 0, s1 = 0;
    const auto sum = [&](BytesView bytes) {
        for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
            s0 += word(bytes.data() + i) + s1;
            s1 += word(bytes.data() + i + 4) + s0;
        }
    };
    sum(BytesView(head).first(24));
    if (big32(head + 24) != s0 || big32(head + 28) != s1)
        return;
    std::vector<std::uint8_t> frame(kFrameHeader + m_pageSize);
    std::map<std::uint32_t, std::uint64_t> open;
    for (std::uint64_t at = kLogHeader; readAt(m_logFd, at, frame); at += frame.size()) {
        const std::uint32_t number = big32(frame.data()), commit = big32(frame.data() + 4);
        sum(BytesView(frame).first(8));
        sum(BytesView(frame).subspan(kFrameHeader));
        if (number == 0 || std::memcmp(frame.data() + 8, head + 16, 8) != 0 || big32(frame.data() + 16) != s0 || big32(frame.data() + 20) != s1)
            return;
        open[number] = at + kFrameHeader;
        if (commit == 0)
            continue;
        for (const auto &[page, where] : open)
            m_inLog[page] = where;
        open.clear();
    }
}

bool PageFile::page(std::uint32_t number, std::uint8_t *into) const
{
    if (const auto inLog = m_inLog.find(number); inLog != m_inLog.end())
        return readAt(m_logFd, inLog->second, {into, m_pageSize});
    return number > 0 && number <= m_pages && readAt(m_fd, (number - 1) * static_cast<std::uint64_t>(m_pageSize), {into, m_pageSize});
}

/// How much of a payload lies on the leaf itself.
std::size_t PageFile::local(std::uint64_t payload) const
{
    const std::uint64_t most = m_pageSize - 35;
    if (payload <= most)
        return payload;
    const std::uint64_t least = (m_pageSize - 12) * 32 / 255 - 23;
    const std::uint64_t fitting = least + (payload - least) % (m_pageSize - 4);
    return fitting <= most ? fitting : least;
}

void PageFile::each(const std::function<void(const Cell &, std::span<const PageValue>)> &found) const
{
    Bytes bytes(m_pageSize);
    for (std::uint32_t number = 1; number <= m_pages; ++number)
        each(number, bytes, found);
    for (auto it = m_inLog.upper_bound(m_pages); it != m_inLog.end(); ++it)
        each(it->first, bytes, found);
}

void PageFile::each(std::uint32_t number, Bytes &bytes, const std::function<void(const Cell &, std::span<const PageValue>)> &found) const
{
    const std::size_t begin = number == 1 ? kFileHeader : 0;
    // A sector that cannot be read is damage like any other.
    if (!page(number, bytes.data()) || bytes[begin] != kTableLeaf)
        return;
    std::vector<PageValue> values;
    const std::size_t cells = big16(bytes.data() + begin + 3);
    for (std::size_t i = 0; i < cells; ++i) {
        const std::size_t pointer = begin + kLeafHeader + 2 * i;
        if (pointer + 2 > m_pageSize)
            break;
        std::size_t at = big16(bytes.data() + pointer);
        Cell cell;
        std::uint64_t row = 0;
        if (at < pointer || !varint(bytes, at, cell.size) || !varint(bytes, at, row) || cell.size > kLongest)
            continue;
        const std::size_t here = local(cell.size);
        if (at + here > m_pageSize || !decode(BytesView(bytes).subspan(at, here), here < cell.size, values))
            continue;
        cell.page = number;
        cell.at = static_cast<std::uint32_t>(at);
        cell.row = static_cast<std::int64_t>(row);
        found(cell, values);
    }
}

bool PageFile::read(const Cell &cell, Bytes &payload, std::vector<PageValue> &values) const
{
    Bytes bytes(m_pageSize);
    const std::size_t here = local(cell.size);
    if (!page(cell.page, bytes.data()) || cell.at + here > m_pageSize)
        return false;
    const auto from = bytes.begin() + cell.at;
    payload.assign(from, from + static_cast<std::ptrdiff_t>(here));
    std::uint32_t next = 0;
    if (here < cell.size) {
        if (cell.at + here + 4 > m_pageSize || cell.size > (std::uint64_t{m_pages} + m_inLog.size()) * m_pageSize)
            return false;
        next = big32(bytes.data() + cell.at + here);
    }
    // As many pages as it takes: one that leads back to itself ends nothing up.
    while (payload.size() < cell.size) {
        if (!page(next, bytes.data()))
            return false;
        const std::size_t more = std::min<std::size_t>(cell.size - payload.size(), m_pageSize - 4);
        payload.insert(payload.end(), bytes.begin() + 4, bytes.begin() + 4 + static_cast<std::ptrdiff_t>(more));
        next = big32(bytes.data());
    }
    return decode(payload, false, values);
}

} // namespace qd::store
