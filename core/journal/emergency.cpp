// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/emergency.h"

#include "core/base/log.h"
#include "core/journal/home.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace qd::journal {

namespace {

// "QDE", format 1, log id; then frames: kind, length, payload, SHA-256 over kind, length and payload.
constexpr std::size_t kHead = 4 + 16;
constexpr std::size_t kFrameHead = 1 + 4;
constexpr std::size_t kDigest = 32;
constexpr std::uint8_t kKeyFrame = 'K';
constexpr std::uint8_t kPageFrame = 'P';
constexpr std::uint8_t kRecordFrame = 'R';
constexpr std::size_t kMostBytes = 1u << 30; ///< read at start: far beyond what a desk keeps

Bytes headOf(const Uuid &log)
{
    Bytes out{'Q', 'D', 'E', 1};
    putBytes(out, log.bytes);
    return out;
}

void putFrame(Bytes &out, Sha256 &sha, std::uint8_t kind, std::initializer_list<BytesView> payload)
{
    const std::size_t begin = out.size();
    std::size_t length = 0;
    for (const BytesView piece : payload)
        length += piece.size();
    out.push_back(kind);
    putNumber(out, static_cast<std::uint32_t>(length));
    for (const BytesView piece : payload)
        putBytes(out, piece);
    putBytes(out, sha.of(BytesView(out).subspan(begin)));
}

bool readKey(BytesView payload, KeyRow &row)
{
    if (payload.size() < 36)
        return false;
    std::copy_n(payload.begin(), 16, row.id.begin());
    std::copy_n(payload.begin() + 16, 16, row.stream.begin());
    row.epoch = getNumber<std::uint32_t>(payload.data() + 32);
    row.wrapped.assign(payload.begin() + 36, payload.end());
    return true;
}

bool readPage(BytesView payload, PageRow &row)
{
    if (payload.size() < 40)
        return false;
    std::copy_n(payload.begin(), 12, row.id.begin());
    std::copy_n(payload.begin() + 12, 16, row.stream.begin());
    row.epoch = getNumber<std::uint32_t>(payload.data() + 28);
    row.struck = getNumber<std::uint64_t>(payload.data() + 32);
    row.wrapped.assign(payload.begin() + 40, payload.end());
    return true;
}

/// In a folder others can write to, a file of that name may be theirs.
bool isOurs(const std::filesystem::path &file)
{
    struct stat st
    {
    };
    return ::lstat(file.c_str(), &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == ::geteuid();
}

bool writeAll(int fd, BytesView bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
    return true;
}

} // namespace

EmergencyFile::EmergencyFile(std::filesystem::path folder, const Uuid &log)
    : m_log(log)
{
    if (!folder.empty())
        m_file = std::move(folder) / ("emergency-" + log.text());
}

EmergencyFile::~EmergencyFile()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

Result<EmergencyFile::Contents> EmergencyFile::read()
{
    m_end = 0;
    std::error_code error;
    const auto size = m_file.empty() ? 0 : std::filesystem::file_size(m_file, error);
    if (m_file.empty() || error || !isOurs(m_file))
        return fail(Code::NotFound, "There is no emergency file.");
    if (size > kMostBytes)
        return fail(Code::Corrupt, "The emergency file " + m_file.string() + " is larger than any this program writes.");
    std::ifstream in(m_file, std::ios::binary);
    const Bytes all{std::istreambuf_iterator<char>(in), {}};
    if (!in && !in.eof())
        return fail(Code::Io, "The emergency file " + m_file.string() + " cannot be read.");
    const Bytes head = headOf(m_log);
    const BytesView view(all);
    // Shorter than its head it was torn while it was made, and holds nothing.
    if (!std::equal(view.begin(), view.begin() + static_cast<std::ptrdiff_t>(std::min(view.size(), kHead)), head.begin()))
        return fail(Code::Corrupt, "The file " + m_file.string() + " is not an emergency file of this log.");
    Contents out;
    if (view.size() < kHead)
        return out;
    Sha256 sha;
    std::size_t at = kHead;
    while (view.size() - at >= kFrameHead + kDigest) {
        const auto length = getNumber<std::uint32_t>(view.data() + at + 1);
        if (length > view.size() - at - kFrameHead - kDigest)
            break;
        const BytesView frame = view.subspan(at, kFrameHead + length);
        const BytesView payload = frame.subspan(kFrameHead);
        const Hash digest = sha.of(frame);
        if (!std::equal(digest.begin(), digest.end(), view.begin() + static_cast<std::ptrdiff_t>(at + frame.size())))
            break;
        KeyRow key;
        PageRow page;
        if (frame[0] == kRecordFrame)
            out.records.emplace_back(payload.begin(), payload.end());
        else if (frame[0] == kKeyFrame && readKey(payload, key))
            out.keys.push_back(std::move(key));
        else if (frame[0] == kPageFrame && readPage(payload, page))
            out.pages.push_back(std::move(page));
        else
            break;
        at += frame.size() + kDigest;
    }
    m_end = at;
    return out;
}

Result<> EmergencyFile::refuse(const char *what)
{
    const int error = errno;
    m_broken = true;
    return fail(error == ENOSPC || error == EDQUOT ? Code::Unavailable : Code::Io,
                "The emergency file " + m_file.string() + " cannot be " + what + ": " + std::strerror(error));
}

Result<> EmergencyFile::open()
{
    if (m_fd >= 0)
        return {};
    std::error_code error;
    std::filesystem::create_directories(m_file.parent_path().parent_path(), error);
    if (::mkdir(m_file.parent_path().c_str(), 0700) != 0 && errno != EEXIST)
        return refuse("made");
    m_fd = ::open(m_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    // What was torn off, or is of an earlier time that was dealt with, goes.
    if (m_fd < 0 || !isOurs(m_file) || ::ftruncate(m_fd, static_cast<off_t>(m_end)) != 0 || ::lseek(m_fd, 0, SEEK_END) < 0)
        return refuse("made");
    if (m_end != 0)
        return {};
    const Bytes head = headOf(m_log);
    if (!writeAll(m_fd, head))
        return refuse("written");
    m_end = head.size();
    return {};
}

Result<> EmergencyFile::append(std::span<const KeyRow> keys, std::span<const PageRow> pages,
                               std::span<const BytesView> records)
{
    if (m_file.empty())
        return fail(Code::NotFound, "There is no place for an emergency file.");
    if (m_broken)
        return fail(Code::Io, "The emergency file " + m_file.string() + " takes no more.");
    if (const auto opened = open(); !opened)
        return opened;
    Bytes out;
    Sha256 sha;
    for (const KeyRow &key : keys) {
        Bytes epoch;
        putNumber(epoch, key.epoch);
        putFrame(out, sha, kKeyFrame, {key.id, key.stream, epoch, key.wrapped});
    }
    for (const PageRow &page : pages) {
        Bytes numbers;
        putNumber(numbers, page.epoch);
        putNumber(numbers, page.struck);
        putFrame(out, sha, kPageFrame, {page.id, page.stream, numbers, page.wrapped});
    }
    for (const BytesView record : records)
        putFrame(out, sha, kRecordFrame, {record});
    if (!writeAll(m_fd, out) || ::fdatasync(m_fd) != 0)
        return refuse("written");
    m_end += out.size();
    return {};
}

void EmergencyFile::remove()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
    m_end = 0;
    m_broken = false;
    if (!m_file.empty())
        ::unlink(m_file.c_str());
}

std::filesystem::path EmergencyFile::setAside()
{
    std::error_code ignored;
    const std::filesystem::path aside = m_file.string() + ".unfit";
    std::filesystem::rename(m_file, aside, ignored);
    m_end = 0;
    return aside;
}

namespace {
constexpr const char *kRemembered = "emergency.path";
constexpr std::size_t kLongestPath = 4096;
} // namespace

void rememberEmergencyFolder(const std::filesystem::path &home, const std::filesystem::path &folder)
{
    if (const auto known = readSmallFile(home / kRemembered, kLongestPath); folder.empty() || (known && *known == folder.string()))
        return;
    if (const auto written = replaceSmallFile(home / kRemembered, folder.string()); !written)
        log(LogLevel::Warning, "journal", written.error());
}

std::filesystem::path waitingEmergencyFile(const std::filesystem::path &home, const Uuid &log)
{
    const auto folder = readSmallFile(home / kRemembered, kLongestPath);
    if (!folder || folder->empty())
        return {};
    const EmergencyFile file(*folder, log);
    struct stat st
    {
    };
    return ::lstat(file.path().c_str(), &st) == 0 ? file.path() : std::filesystem::path();
}

} // namespace qd::journal
