// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/files.h"

#include "core/base/safetext.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace qd::app {

namespace {

constexpr std::size_t kBeforeBad = 20; ///< bytes that are quoted before the first that is not UTF-8

} // namespace

Result<std::string> readFile(const std::string &file, std::size_t limit)
{
    std::ifstream in(file, std::ios::binary);
    std::string text;
    std::string piece(1 << 16, '\0');
    while (in && text.size() <= limit) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        text.append(piece, 0, static_cast<std::size_t>(in.gcount()));
    }
    if (!in.eof())
        return fail(Code::Io, file + " cannot be read" + (text.size() > limit ? ": it is too large." : "."));
    return text;
}

Result<std::string> readFileAlone(const std::string &file, std::size_t limit)
{
    const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    const int why = errno;
    struct stat info {};
    const bool isThere = fd >= 0 ? fstat(fd, &info) == 0 : stat(file.c_str(), &info) == 0; // a socket is there and cannot be opened
    Result<std::string> out;
    if (isThere && !S_ISREG(info.st_mode)) {
        const char *kind = S_ISDIR(info.st_mode) ? "a folder" : S_ISFIFO(info.st_mode) ? "a pipe" : S_ISSOCK(info.st_mode) ? "a socket" : "a device";
        out = fail(Code::Invalid, file + " is " + kind + ", not a file.");
    } else if (fd < 0) {
        out = fail(why == ENOENT ? Code::NotFound : Code::Io, file + " cannot be opened: " + std::strerror(why) + ".");
    }
    std::string piece(1 << 16, '\0');
    while (out && out->size() <= limit) {
        const ssize_t n = read(fd, piece.data(), piece.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            out = fail(Code::Io, file + " cannot be read: " + std::strerror(errno) + ".");
        if (n <= 0)
            break;
        out->append(piece, 0, static_cast<std::size_t>(n));
    }
    if (fd >= 0)
        close(fd);
    if (out && out->size() > limit)
        return fail(Code::Io, file + " cannot be read: it is too large.");
    return out;
}

Result<> isUtf8(std::string_view text, const std::string &from)
{
    if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
        return fail(Code::Invalid, from + " is UTF-16, not UTF-8: save it as UTF-8.");
    for (std::size_t at = 0, line = 1; at < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        TextMarks marks;
        const std::string safe = safeText(text.substr(at, end - at), 8 * (end - at) + 1, &marks); // 8: what shows a hidden character is no longer than that
        if (marks.repaired) {
            std::size_t begin = std::min(safe.find("\xef\xbf\xbd"), safe.size());
            begin -= std::min(begin, kBeforeBad);
            while (begin > 0 && (static_cast<unsigned char>(safe[begin]) & 0xc0) == 0x80) // a whole character
                --begin;
            const std::string words = safeLine(safe.substr(begin), 2 * kBeforeBad);
            return fail(Code::Invalid, from + " is not UTF-8, first in line " + std::to_string(line) + " (\"" + words + "\"): save it as UTF-8.", words);
        }
        at = end + 1;
    }
    return {};
}

Result<> writeNew(const std::string &file, std::string_view bytes)
{
    const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 && errno == EEXIST)
        return fail(Code::Conflict, file + " is there already; nothing was changed. Give another name, or remove it first.");
    if (fd < 0)
        return fail(Code::Io, file + " cannot be made: " + std::strerror(errno) + ".");
    while (!bytes.empty()) {
        const ssize_t n = write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    const bool whole = bytes.empty() && fsync(fd) == 0;
    const std::string reason = std::strerror(errno);
    if (close(fd) == 0 && whole)
        return {};
    unlink(file.c_str());
    return fail(Code::Io, file + " cannot be written: " + reason + ". Nothing was left.");
}

} // namespace qd::app
