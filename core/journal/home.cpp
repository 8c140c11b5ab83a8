// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/home.h"

#include "core/base/safetext.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace qd::journal {

namespace {

class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

tl::unexpected<Error> refused(const std::string &what)
{
    const int error = errno;
    return fail(error == ENOSPC || error == EDQUOT ? Code::Unavailable : Code::Io, what + ": " + std::strerror(error));
}

/// Locks and the write-ahead log's shared memory are not reliable there (sqlite.org/wal.html, point 2 of its
/// drawbacks).
bool isNetworkFileSystem(int fd)
{
    struct statfs fs
    {
    };
    if (::fstatfs(fd, &fs) != 0)
        return false;
    for (const unsigned long kind : {0x6969UL /* NFS */, 0x517bUL /* SMB */, 0xff534d42UL /* CIFS */,
                                     0xfe534d42UL /* SMB2 */, 0x5346414fUL /* AFS */, 0x00c36400UL /* Ceph */})
        if ((static_cast<unsigned long>(fs.f_type) & 0xffffffffUL) == kind)
            return true;
    return false;
}

constexpr std::size_t kKeyFileSize = 32;

} // namespace

HomeLock &HomeLock::operator=(HomeLock &&other) noexcept
{
    std::swap(m_fd, other.m_fd);
    std::swap(m_folder, other.m_folder);
    std::swap(m_made, other.m_made);
    return *this;
}

HomeLock::~HomeLock()
{
    if (!m_made.empty())
        ::unlink(m_made.c_str());
    for (const int fd : {m_fd, m_folder})
        if (fd >= 0)
            ::close(fd);
}

Result<HomeLock> HomeLock::take(const std::filesystem::path &home)
{
    const auto file = home / "lock";
    constexpr int kHow = O_RDWR | O_CLOEXEC | O_NOFOLLOW;
    HomeLock lock;
    lock.m_fd = ::open(file.c_str(), kHow | O_CREAT | O_EXCL, 0600);
    if (lock.m_fd >= 0)
        lock.m_made = file;
    else if (errno == EEXIST)
        lock.m_fd = ::open(file.c_str(), kHow);
    if (lock.m_fd < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return fail(Code::NotFound,
                        "There is no home at " + home.string() + "; make one with `quarterdeckctl init`.");
        return refused("The home " + home.string() + " cannot be locked");
    }
    if (isNetworkFileSystem(lock.m_fd))
        return fail(Code::Invalid,
                    "The home " + home.string() +
                        " is on a network file system, where a journal is not safe; move it to a local disk.");
    lock.m_folder = ::open(home.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock.m_folder < 0)
        return refused("The home " + home.string() + " cannot be locked");
    if (::flock(lock.m_fd, LOCK_EX | LOCK_NB) != 0 || ::flock(lock.m_folder, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return fail(Code::Conflict, "Another Quarterdeck core is using the home " + home.string() +
                                            "; stop it first or choose another home.");
        return refused("The home " + home.string() + " cannot be locked");
    }
    return lock;
}

namespace {

/// Something in the folder that a home to be does not have, or nothing. A folder in use for something else is not taken over and closed
/// to everybody else; a workspace may be there before its home.
std::string strangerIn(const std::filesystem::path &folder)
{
    std::error_code error;
    std::string other;
    for (const auto &entry : std::filesystem::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (name == "journal.db" || name == "keys.db" || name == "root.key")
            return {}; // a home already: that is said elsewhere
        if (name != "workspace" && name != "lock" && name != "lost+found" && (other.empty() || name < other))
            other = name;
    }
    return other;
}

} // namespace

Result<NewHome> NewHome::make(const std::filesystem::path &home)
{
    const auto cannot = [&home](const std::string &why, int error = 0) {
        return fail(error == ENOSPC || error == EDQUOT ? Code::Unavailable : Code::Io,
                    "The home " + home.string() + " cannot be made: " + why + "; choose another folder with --home.");
    };
    NewHome made;
    std::error_code error;
    std::vector<std::filesystem::path> missing;
    for (auto above = home.parent_path(); !above.empty() && !std::filesystem::exists(above, error) && !error; above = above.parent_path())
        missing.insert(missing.begin(), above);
    made.m_home = home;
    for (const auto &folder : missing) {
        if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
            return cannot("the folder " + folder.string() + " above it cannot be: " + std::strerror(errno), errno);
        made.m_above.push_back(folder);
    }
    if (::mkdir(home.c_str(), 0700) != 0) {
        const int reason = errno;
        struct stat st
        {
        };
        if (reason != EEXIST || ::stat(home.c_str(), &st) != 0)
            return cannot(std::strerror(reason), reason);
        if (!S_ISDIR(st.st_mode))
            return cannot("a file is in its place");
        if (const std::string other = strangerIn(home); !other.empty())
            return cannot("the folder holds other things (" + safeLine(other, 60) + ")");
        made.m_mode = st.st_mode & 07777U;
    }
    if (::chmod(home.c_str(), 0700) != 0)
        return cannot(std::string("it cannot be kept private: ") + std::strerror(errno), errno);
    return made;
}

NewHome::NewHome(NewHome &&other) noexcept
    : m_home(std::exchange(other.m_home, {})), m_above(std::move(other.m_above)), m_mode(other.m_mode)
{
}

NewHome::~NewHome()
{
    if (m_home.empty())
        return;
    if (m_mode != 0)
        ::chmod(m_home.c_str(), m_mode);
    else
        ::rmdir(m_home.c_str());
    for (auto folder = m_above.rbegin(); folder != m_above.rend(); ++folder)
        ::rmdir(folder->c_str());
}

std::filesystem::path keyFilePath(const std::filesystem::path &home)
{
    return home / "root.key";
}

Result<Secret> readKeyFile(const std::filesystem::path &home)
{
    const auto path = keyFilePath(home);
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (fd.get() < 0) {
        if (errno == ENOENT)
            return fail(Code::Forbidden, "This home has no key file; give its passphrase or its recovery key.");
        return refused("The key file " + path.string() + " cannot be read");
    }
    struct stat st
    {
    };
    if (::fstat(fd.get(), &st) != 0)
        return refused("The key file " + path.string() + " cannot be read");
    if ((st.st_mode & 077) != 0)
        return fail(Code::Forbidden, "The key file " + path.string() +
                                         " can be read by others; set its mode to 0600 and consider the key known.");
    Bytes bytes(kKeyFileSize + 1);
    const ssize_t n = ::read(fd.get(), bytes.data(), bytes.size());
    bytes.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    Secret key(std::move(bytes));
    if (key.reveal().size() != kKeyFileSize)
        return fail(Code::Corrupt,
                    "The key file " + path.string() + " is damaged; open the home with its recovery key.");
    return key;
}

Result<> writeKeyFile(const std::filesystem::path &home, const Secret &key)
{
    const auto path = keyFilePath(home);
    const Descriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    const auto bytes = key.reveal();
    if (fd.get() < 0 || ::write(fd.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) ||
        ::fsync(fd.get()) != 0)
        return refused("The key file " + path.string() + " cannot be written");
    const Descriptor folder(::open(home.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0 || ::fsync(folder.get()) != 0)
        return refused("The key file " + path.string() + " cannot be written");
    return {};
}

Result<std::string> readSmallFile(const std::filesystem::path &file, std::size_t most)
{
    // Not blocking: a pipe of that name must not hold up the start.
    const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (fd.get() < 0 && (errno == ENOENT || errno == ENOTDIR))
        return fail(Code::NotFound, "There is no " + file.string() + ".");
    struct stat st
    {
    };
    if (fd.get() < 0 || ::fstat(fd.get(), &st) != 0)
        return refused(file.string() + " cannot be read");
    if (!S_ISREG(st.st_mode))
        return fail(Code::Io, file.string() + " is not a plain file.");
    std::string text(most + 1, '\0');
    std::size_t at = 0;
    while (at < text.size()) {
        const ssize_t n = ::read(fd.get(), text.data() + at, text.size() - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return refused(file.string() + " cannot be read");
        if (n == 0)
            break;
        at += static_cast<std::size_t>(n);
    }
    if (at > most)
        return fail(Code::TooLarge, file.string() + " is larger than any this program writes.");
    text.resize(at);
    return text;
}

Result<> replaceSmallFile(const std::filesystem::path &file, std::string_view text)
{
    const std::string fresh = file.string() + ".new";
    const auto give = [&](const std::string &what) {
        const auto error = refused(what);
        ::unlink(fresh.c_str());
        return error;
    };
    ::unlink(fresh.c_str()); // left by a core that died here
    const Descriptor fd(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (fd.get() < 0)
        return refused(file.string() + " cannot be written");
    std::size_t at = 0;
    while (at < text.size()) {
        const ssize_t n = ::write(fd.get(), text.data() + at, text.size() - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return give(file.string() + " cannot be written");
        at += static_cast<std::size_t>(n);
    }
    if (::fdatasync(fd.get()) != 0 || ::rename(fresh.c_str(), file.c_str()) != 0)
        return give(file.string() + " cannot be written");
    return {};
}

} // namespace qd::journal
