// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/process.h"

#include "core/base/safetext.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace qd::publish {

namespace {

constexpr std::size_t kComplaintBytes = 300;
constexpr const char *kPrlimit = "/usr/bin/prlimit"; ///< of util-linux, which every Debian has

struct Pipe {
    int read = -1, write = -1;
    Pipe()
    {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) == 0) {
            read = ends[0];
            write = ends[1];
        }
    }
    ~Pipe()
    {
        closeRead();
        closeWrite();
    }
    Pipe(const Pipe &) = delete;
    Pipe &operator=(const Pipe &) = delete;
    void closeRead() { end(read); }
    void closeWrite() { end(write); }

private:
    static void end(int &fd)
    {
        if (fd >= 0)
            ::close(std::exchange(fd, -1));
    }
};

std::vector<char *> pointersTo(const std::vector<std::string> &texts)
{
    std::vector<char *> out;
    for (const std::string &text : texts)
        out.push_back(const_cast<char *>(text.c_str())); // posix_spawn's signature is older than const
    out.push_back(nullptr);
    return out;
}

/// Reads what is there; false at the end.
bool take(int fd, std::string &into)
{
    std::array<char, 16384> buffer{};
    const ssize_t n = ::read(fd, buffer.data(), buffer.size());
    if (n < 0)
        return errno == EINTR || errno == EAGAIN;
    into.append(buffer.data(), static_cast<std::size_t>(n));
    return n > 0;
}

/// Started, with its ends of the pipes as its input and outputs; 0 when it was not.
pid_t start(const std::vector<std::string> &arguments, const std::vector<std::string> &environment, const Pipe &in, const Pipe &out, const Pipe &err, int &wrong)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in.read, 0);
    posix_spawn_file_actions_adddup2(&actions, out.write, 1);
    posix_spawn_file_actions_adddup2(&actions, err.write, 2);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, standard;
    sigemptyset(&none);
    sigemptyset(&standard);
    sigaddset(&standard, SIGPIPE);
    sigaddset(&standard, SIGTERM);
    sigaddset(&standard, SIGXFSZ); // what ends a program that writes too much, whatever started us ignored
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &standard);
    posix_spawnattr_setpgroup(&attributes, 0); // of its own, so that what it starts ends with it
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    pid_t pid = 0;
    wrong = posix_spawn(&pid, arguments.front().c_str(), &actions, &attributes, pointersTo(arguments).data(), pointersTo(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return wrong == 0 ? pid : 0;
}

int ended(pid_t pid)
{
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

Result<Ran> runProgram(const std::vector<std::string> &arguments, const std::vector<std::string> &environment, std::string_view input, Span patience, std::size_t most, std::uint64_t file)
{
    for (const std::string &program : {arguments.front(), std::string(kPrlimit)}) // what is started limits itself and becomes the program
        if (::access(program.c_str(), X_OK) != 0)
            return fail(errno == ENOENT ? Code::NotFound : Code::Io, program + " cannot be started: " + std::strerror(errno) + ".");
    std::vector<std::string> limited{kPrlimit, "--fsize=" + std::to_string(file), "--as=" + std::to_string(kProgramMemory), "--core=0", "--"};
    limited.insert(limited.end(), arguments.begin(), arguments.end());
    Pipe in, out, err;
    if (in.read < 0 || out.read < 0 || err.read < 0)
        return fail(Code::Io, std::string("No pipe could be made: ") + std::strerror(errno) + ".");
    int wrong = 0;
    const pid_t pid = start(limited, environment, in, out, err, wrong);
    if (pid == 0)
        return fail(wrong == ENOENT ? Code::NotFound : Code::Io, arguments.front() + " cannot be started: " + std::strerror(wrong) + ".");
    in.closeRead();
    out.closeWrite();
    err.closeWrite();
    ::fcntl(in.write, F_SETFL, O_NONBLOCK);
    if (input.empty())
        in.closeWrite();

    Ran ran;
    const auto until = std::chrono::steady_clock::now() + std::chrono::nanoseconds(patience.ns);
    Result<> fine;
    while (fine && (out.read >= 0 || err.read >= 0)) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
        if (left <= 0) {
            fine = fail(Code::Unavailable, arguments.front() + " did not come to an end in " + toText(patience) + ".");
            break;
        }
        std::array<pollfd, 3> wait{{{out.read, POLLIN, 0}, {err.read, POLLIN, 0}, {in.write, POLLOUT, 0}}};
        if (::poll(wait.data(), wait.size(), static_cast<int>(left)) < 0 && errno != EINTR) {
            fine = fail(Code::Io, std::string("What ") + arguments.front() + " says cannot be read: " + std::strerror(errno) + ".");
            break;
        }
        if (wait[0].revents != 0 && !take(out.read, ran.out))
            out.closeRead();
        if (wait[1].revents != 0 && !take(err.read, ran.err))
            err.closeRead();
        if (wait[2].revents != 0) {
            const ssize_t n = ::write(in.write, input.data(), input.size()); // SIGPIPE is ignored in the core
            if (n > 0)
                input.remove_prefix(static_cast<std::size_t>(n));
            if (input.empty() || (n < 0 && errno != EAGAIN && errno != EINTR))
                in.closeWrite();
        }
        if (ran.out.size() + ran.err.size() > most)
            fine = fail(Code::TooLarge, arguments.front() + " said more than " + std::to_string(most) + " bytes.");
    }
    if (!fine)
        ::kill(-pid, SIGKILL);
    ran.exit = ended(pid);
    if (!fine)
        return tl::unexpected(fine.error());
    if (ran.exit == 128 + SIGXFSZ)
        return fail(Code::TooLarge, arguments.front() + " was given more than " + std::to_string(file) + " bytes for one file, which is more than is taken from there.");
    return ran;
}

std::uint64_t bytesIn(const std::filesystem::path &folder)
{
    std::uint64_t bytes = 0;
    std::error_code wrong;
    for (std::filesystem::recursive_directory_iterator it(folder, wrong), end; !wrong && it != end; it.increment(wrong)) {
        std::error_code ignored;
        if (it->is_regular_file(ignored) && !it->is_symlink(ignored))
            bytes += it->file_size(ignored);
    }
    return bytes;
}

PrivateFolder::PrivateFolder()
{
    std::error_code wrong;
    std::string name = (std::filesystem::temp_directory_path(wrong) / "quarterdeck-publish-XXXXXX").string();
    if (!wrong && ::mkdtemp(name.data()) != nullptr)
        m_path = name;
}

PrivateFolder::~PrivateFolder()
{
    std::error_code ignored;
    if (!m_path.empty())
        std::filesystem::remove_all(m_path, ignored);
}

bool isPlainPath(std::string_view text)
{
    constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/@+ ";
    return !text.empty() && text.front() != '-' && text.find_first_not_of(kPlain) == std::string_view::npos && text.find("//") == std::string_view::npos
        && ("/" + std::string(text) + "/").find("/../") == std::string::npos;
}

Result<> writeSshConfig(const std::filesystem::path &folder, const std::string &keyFile, const std::string &hostKeys)
{
    for (const std::string *file : {&keyFile, &hostKeys})
        if (!isPlainPath(*file) || file->front() != '/')
            return fail(Code::Invalid, "The file " + safeLine(*file, 100) + " has a name OpenSSH cannot be told; use letters, digits, - . _ and /.");
    std::ofstream out(folder / "ssh_config");
    out << "Host *\n  BatchMode yes\n  StrictHostKeyChecking yes\n  UserKnownHostsFile \"" << hostKeys << "\"\n  GlobalKnownHostsFile /dev/null\n  IdentityFile \"" << keyFile
        << "\"\n  IdentitiesOnly yes\n  IdentityAgent none\n  PreferredAuthentications publickey\n  ForwardAgent no\n  ConnectTimeout 10\n  ServerAliveInterval 5\n  ServerAliveCountMax 2\n";
    out.close();
    return out ? Result<>() : fail(Code::Io, (folder / "ssh_config").string() + " cannot be written.");
}

std::string complaintOf(const Ran &ran)
{
    // The last line says what ended it, but for sftp's own that the line was closed; those before are often banners.
    std::string_view text = ran.err.empty() ? ran.out : ran.err;
    std::string said;
    while (!text.empty()) {
        const auto end = text.find_last_not_of("\r\n");
        text = text.substr(0, end == std::string_view::npos ? 0 : end + 1);
        const auto line = text.rfind('\n');
        const std::string_view last = line == std::string_view::npos ? text : text.substr(line + 1);
        if (said.empty() || !last.starts_with("Connection closed"))
            said = safeLine(last, kComplaintBytes);
        if (!last.starts_with("Connection closed"))
            break;
        text = text.substr(0, line == std::string_view::npos ? 0 : line);
    }
    return said.empty() ? "it ended with " + std::to_string(ran.exit) : said;
}

} // namespace qd::publish
