// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>

namespace qd::store {

/// One column of a row found by PageFile. The bytes are valid as long as what they were read into.
struct PageValue
{
    enum Kind { Null, Number, Text, Blob } kind = Null;
    std::int64_t number = 0;
    BytesView bytes;
};

/// A file of SQLite whose structure cannot be trusted, read page by page without SQLite: whatever lies on a page that looks
/// like the leaf of a table is a row, wherever the tree would have it, and whatever the file's own header says. What the
/// write-ahead log beside it holds, up to its last whole commit, stands for the pages it replaces. Nothing it gives is more
/// than a candidate: who asks must be able to tell a true row by itself. Changes nothing; any thread.
class PageFile final
{
public:
    /// Where a row was found.
    struct Cell
    {
        std::uint32_t page = 0; ///< from 1
        std::uint32_t at = 0;   ///< of its payload in the page
        std::int64_t row = 0;
        std::uint64_t size = 0; ///< of its payload
    };

    /// The size of a page is what this program makes such a file with. Io when the file cannot be read.
    [[nodiscard]] static Result<std::shared_ptr<const PageFile>> open(const std::filesystem::path &file, std::size_t pageSize);
    ~PageFile();
    PageFile(const PageFile &) = delete;
    PageFile &operator=(const PageFile &) = delete;

    /// Every cell that fits its page, by page; what is on the page of its values comes with it, the last one cut where the
    /// page ends.
    void each(const std::function<void(const Cell &, std::span<const PageValue>)> &found) const;
    /// The whole row. False when its pages do not lead to as many bytes as it should have. `values` look into `payload`.
    [[nodiscard]] bool read(const Cell &cell, Bytes &payload, std::vector<PageValue> &values) const;

private:
    PageFile(int fd, int logFd, std::size_t pageSize)
        : m_fd(fd)
        , m_logFd(logFd)
        , m_pageSize(pageSize)
    {
    }
    void readLog();
    /// Of one page every cell that fits it.
    void each(std::uint32_t number, Bytes &bytes, const std::function<void(const Cell &, std::span<const PageValue>)> &found) const;
    [[nodiscard]] bool page(std::uint32_t number, std::uint8_t *into) const;
    [[nodiscard]] std::size_t local(std::uint64_t payload) const;

    int m_fd;
    int m_logFd; ///< -1: there is none
    std::size_t m_pageSize;
    std::uint32_t m_pages = 0; ///< in the file itself
    std::map<std::uint32_t, std::uint64_t> m_inLog; ///< page → where it stands in the write-ahead log
};

} // namespace qd::store
