// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/target.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace qd::publish {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileBytes = 4u << 20; ///< of what is read back

class OpenFile {
public:
    explicit OpenFile(int fd) : m_fd(fd) {}
    ~OpenFile()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    OpenFile(const OpenFile &) = delete;
    OpenFile &operator=(const OpenFile &) = delete;
    [[nodiscard]] int fd() const { return m_fd; }

private:
    int m_fd;
};

tl::unexpected<Error> wrong(const fs::path &path, int error)
{
    return fail(Code::Io, path.string() + " cannot be written: " + std::strerror(error) + ".");
}

Result<> writeWhole(const fs::path &path, const std::string &bytes)
{
    const OpenFile file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644));
    if (file.fd() < 0)
        return wrong(path, errno);
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t n = ::write(file.fd(), bytes.data() + at, bytes.size() - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return wrong(path, n < 0 ? errno : ENOSPC);
        at += static_cast<std::size_t>(n);
    }
    if (::fchmod(file.fd(), 0644) != 0 || ::fsync(file.fd()) != 0) // who serves it is another user
        return wrong(path, errno);
    return {};
}

fs::path besides(const fs::path &path)
{
    return path.parent_path() / ("." + path.filename().string() + ".new");
}

class DirectoryTarget final : public Target {
public:
    explicit DirectoryTarget(fs::path folder) : m_folder(std::move(folder)) {}

    Result<> put(const std::string &page, const std::vector<comms::PageFile> &files) override
    {
        std::error_code error;
        if (!fs::is_directory(m_folder, error))
            return fail(Code::Io, "The folder " + m_folder.string() + " is not there.");
        for (const comms::PageFile &f : files) {
            const fs::path path = m_folder / page / f.path;
            fs::create_directories(path.parent_path(), error);
            // As for the files: who serves them is another user, and the core makes folders for itself alone.
            for (fs::path folder = path.parent_path(); !error && folder != m_folder; folder = folder.parent_path())
                fs::permissions(folder, fs::perms(0755), error);
            if (error)
                return wrong(path.parent_path(), error.value());
            if (const auto written = writeWhole(besides(path), f.body); !written)
                return written;
        }
        for (const comms::PageFile &f : files) {
            const fs::path path = m_folder / page / f.path;
            if (::rename(besides(path).c_str(), path.c_str()) != 0)
                return wrong(path, errno);
        }
        for (const fs::path &folder : {m_folder / page, m_folder / page / "api/v2"})
            if (const OpenFile handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)); handle.fd() >= 0)
                ::fsync(handle.fd());
        return {};
    }

    Result<std::string> read(const std::string &page, const std::string &name) override
    {
        const fs::path path = m_folder / page / name;
        const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (file.fd() < 0)
            return fail(errno == ENOENT ? Code::NotFound : Code::Io, path.string() + " cannot be read: " + std::strerror(errno) + ".");
        std::string out;
        char buffer[16384];
        while (out.size() < kFileBytes) {
            const ssize_t n = ::read(file.fd(), buffer, sizeof buffer);
            if (n < 0 && errno == EINTR)
                continue;
            if (n < 0)
                return fail(Code::Io, path.string() + " cannot be read: " + std::strerror(errno) + ".");
            if (n == 0)
                break;
            out.append(buffer, static_cast<std::size_t>(n));
        }
        return out;
    }

private:
    fs::path m_folder;
};

} // namespace

std::unique_ptr<Target> directoryTarget(std::string folder)
{
    return std::make_unique<DirectoryTarget>(std::move(folder));
}

} // namespace qd::publish
