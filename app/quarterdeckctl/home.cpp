// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/home.h"

#include "app/quarterdeckctl/keychain.h"
#include "core/store/sqliteports.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace qd::app {

namespace {

constexpr std::size_t kSecretLimit = 4096;

Error osError(const std::string &what)
{
    return {Code::Io, what + ": " + std::strerror(errno) + ".", {}};
}

/// Reads to the end, takes the first line, wipes the rest.
Result<Secret> firstLine(int fd, const std::string &name)
{
    Bytes bytes(kSecretLimit + 1);
    std::size_t size = 0;
    while (size < bytes.size()) {
        const ssize_t n = read(fd, bytes.data() + size, bytes.size() - size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return tl::unexpected(osError("The secret cannot be read from " + name));
        if (n == 0)
            break;
        size += static_cast<std::size_t>(n);
    }
    const Secret all(std::move(bytes));
    std::string_view text = all.revealText().substr(0, size);
    if (size > kSecretLimit)
        return fail(Code::TooLarge, "The secret in " + name + " is longer than 4 KiB.");
    text = text.substr(0, text.find_first_of("\r\n"));
    if (text.empty())
        return fail(Code::Invalid, "There is no secret in " + name + ".");
    return Secret(text);
}

} // namespace

std::filesystem::path emergencyFolder(const std::filesystem::path &home)
{
    const auto variable = [](const char *name) {
        const char *value = std::getenv(name);
        return std::filesystem::path(value && value[0] == '/' ? value : "");
    };
    std::filesystem::path state = variable("XDG_STATE_HOME");
    if (state.empty() && !variable("HOME").empty())
        state = variable("HOME") / ".local/state";
    // The folder may not be there yet: then the nearest one above it says which disk it will be on.
    const auto isElsewhere = [&home](std::filesystem::path folder) {
        struct stat there{}, here{};
        while (folder.has_relative_path() && ::stat(folder.c_str(), &there) != 0)
            folder = folder.parent_path();
        return ::stat(folder.c_str(), &there) == 0 && ::stat(home.c_str(), &here) == 0 && there.st_dev != here.st_dev;
    };
    const std::filesystem::path runtime = variable("XDG_RUNTIME_DIR");
    if (state.empty() || (!runtime.empty() && !isElsewhere(state) && isElsewhere(runtime)))
        state = runtime;
    return state.empty() ? state : state / "quarterdeck";
}

Result<journal::Unlock> unlockOf(const HomeOptions &options)
{
    if (!options.recoveryFile.empty() || options.recoveryFd >= 0) {
        auto code = options.recoveryFd >= 0 ? firstLine(options.recoveryFd, "descriptor " + std::to_string(options.recoveryFd))
                                            : readSecret(options.recoveryFile);
        if (!code)
            return tl::unexpected(code.error());
        return journal::Unlock{journal::Unlock::Recovery, std::move(*code)};
    }
    if (options.keychain)
        return journal::Unlock{journal::Unlock::Keychain, {}};
    if (options.passphraseFile.empty() && options.passphraseFd < 0)
        return journal::Unlock{journal::Unlock::KeyFile, {}};
    auto secret = options.passphraseFd >= 0 ? firstLine(options.passphraseFd, "descriptor " + std::to_string(options.passphraseFd))
                                            : readSecret(options.passphraseFile);
    if (!secret)
        return tl::unexpected(secret.error());
    return journal::Unlock{journal::Unlock::Passphrase, std::move(*secret)};
}

journal::Ports portsOf(bool withKeychain)
{
    journal::Ports ports = store::sqlitePorts();
    if (withKeychain)
        ports.keychain = desktopKeychain();
    return ports;
}

Result<Secret> readSecret(int fd)
{
    return firstLine(fd, "descriptor " + std::to_string(fd));
}

Result<Secret> readSecret(const std::filesystem::path &file)
{
    const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return tl::unexpected(osError("The secret cannot be read from " + file.string()));
    auto secret = firstLine(fd, file.string());
    close(fd);
    return secret;
}

Result<Secret> readPrivateKey(const std::filesystem::path &file)
{
    constexpr std::size_t kKeyBytes = 16u << 10;
    const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return tl::unexpected(osError("The private key cannot be read from " + file.string()));
    Bytes bytes(kKeyBytes + 1);
    std::size_t size = 0;
    for (ssize_t n = 1; n > 0 && size < bytes.size();) {
        n = read(fd, bytes.data() + size, bytes.size() - size);
        size += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    close(fd);
    bytes.resize(size);
    Secret key(std::move(bytes));
    if (size > kKeyBytes || key.revealText().find("PRIVATE KEY-----") == std::string_view::npos)
        return fail(Code::Invalid, file.string() + " holds no private key; make one for this connection alone: ssh-keygen -t ed25519 -N '' -f FILE");
    return key;
}

Result<std::string> keepSecret(const HomeOptions &options, const std::string &name, const Secret &secret)
{
    if (name.empty() || name.find('/') != std::string::npos || name.front() == '.')
        return fail(Code::Invalid, "\"" + name + "\" cannot be the name of a secret.");
    if (auto made = makePrivate(options.secrets()); !made)
        return tl::unexpected(made.error());
    const auto path = options.secrets() / name;
    const auto fresh = options.secrets() / ("." + name + ".new");
    const int fd = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return tl::unexpected(osError("The secret cannot be kept in " + options.secrets().string()));
    const auto bytes = secret.reveal();
    const bool written = write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && fsync(fd) == 0;
    close(fd);
    if (!written || rename(fresh.c_str(), path.c_str()) != 0) {
        const Error why = osError("The secret cannot be kept in " + options.secrets().string());
        ::unlink(fresh.c_str());
        return tl::unexpected(why);
    }
    return "secrets/" + name;
}

Result<> makePrivate(const std::filesystem::path &folder)
{
    std::error_code wrong;
    std::filesystem::create_directories(folder, wrong); // the umask is 077
    if (wrong || chmod(folder.c_str(), 0700) != 0)
        return fail(Code::Io, "The folder " + folder.string() + " cannot be made: " + (wrong ? wrong.message() : std::strerror(errno)) + ".");
    return {};
}

} // namespace qd::app
