// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/reserve.h"

#include "core/base/log.h"

#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace qd::journal {

Reserve::Reserve(std::filesystem::path home, std::size_t bytes)
    : m_file(std::move(home) / "reserve")
    , m_bytes(bytes)
{
}

bool Reserve::ensure(Span boot)
{
    if (m_there || m_bytes == 0 || (m_looked.ns != 0 && boot - m_looked < seconds(1)))
        return m_there;
    m_looked = boot;
    struct stat st
    {
    };
    if (::stat(m_file.c_str(), &st) == 0 && static_cast<std::size_t>(st.st_size) == m_bytes) {
        m_there = true;
        return true;
    }
    struct statvfs fs
    {
    };
    if (::statvfs(m_file.parent_path().c_str(), &fs) != 0 || fs.f_bavail * fs.f_frsize < m_bytes * 3)
        return false;
    const int fd = ::open(m_file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return false;
    m_there = ::posix_fallocate(fd, 0, static_cast<off_t>(m_bytes)) == 0;
    ::close(fd);
    if (!m_there)
        ::unlink(m_file.c_str()); // half a reserve would only take room
    return m_there;
}

bool Reserve::release()
{
    if (m_bytes == 0 || ::unlink(m_file.c_str()) != 0)
        return false;
    m_there = false;
    log(LogLevel::Warning, "journal",
        "the disk is full: the reserve of " + std::to_string(m_bytes >> 20) + " MB was given up; free some space");
    return true;
}

} // namespace qd::journal
