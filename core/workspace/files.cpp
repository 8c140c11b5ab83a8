// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"

#include "core/base/encoding.h"
#include "core/base/safetext.h"
#include "core/workspace/reader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace qd::workspace {

namespace {

namespace fs = std::filesystem;

struct File {
    std::string name, text;
};

/// Closes at the end of its life.
struct Opened {
    explicit Opened(const fs::path &path) : fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {} // never waits for a pipe
    ~Opened()
    {
        if (fd >= 0)
            ::close(fd);
    }
    Opened(const Opened &) = delete;
    Opened &operator=(const Opened &) = delete;
    int fd;
};

/// What stands at a name that is no file.
std::string_view kindOf(mode_t mode)
{
    return S_ISDIR(mode) ? "a folder" : S_ISFIFO(mode) ? "a pipe" : S_ISSOCK(mode) ? "a socket" : "a device";
}

/// A link is followed: workspaces are often linked from a checkout, or mounted that way.
Result<std::string> contentOf(const fs::path &path, const std::string &name)
{
    const Opened file(path);
    const int why = errno;
    struct stat info {};
    if (file.fd < 0 && ::lstat(path.c_str(), &info) == 0 && S_ISLNK(info.st_mode) && (why == ENOENT || why == ELOOP || why == ENOTDIR))
        return fail(Code::Io, name + " is a link that leads nowhere; correct it or take it away.");
    if (file.fd < 0 && ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode)) // a socket cannot be opened at all
        return fail(Code::Io, name + " is " + std::string(kindOf(info.st_mode)) + ", not a file; take it away or give it another name.");
    if (file.fd < 0)
        return fail(Code::Io, name + " cannot be opened; check its permissions.", std::strerror(why));
    if (::fstat(file.fd, &info) != 0)
        return fail(Code::Io, name + " cannot be read; check its permissions.", std::strerror(errno));
    if (!S_ISREG(info.st_mode))
        return fail(Code::Io, name + " is " + std::string(kindOf(info.st_mode)) + ", not a file; take it away or give it another name.");
    std::string text(std::min<std::size_t>(static_cast<std::size_t>(info.st_size), kFileLimit) + 1, '\0');
    std::size_t size = 0;
    while (size <= kFileLimit) {
        if (size == text.size())
            text.resize(std::min(text.size() * 2, kFileLimit + 1)); // it grows while it is read
        const ssize_t n = ::read(file.fd, text.data() + size, text.size() - size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(Code::Io, name + " cannot be read; check its permissions.", std::strerror(errno));
        if (n == 0)
            break;
        size += static_cast<std::size_t>(n);
    }
    text.resize(size);
    if (text.size() > kFileLimit)
        return fail(Code::TooLarge, name + " is larger than 1 MiB; split it, any *.toml file may hold any table.");
    return text;
}

/// The *.toml files directly in the folder, in name order; editors' hidden files are not ours.
Result<std::vector<File>> filesOf(const fs::path &dir)
{
    std::error_code error;
    if (!fs::is_directory(dir, error))
        return fail(Code::NotFound, "There is no workspace folder " + safeLine(dir.string()) + "; `quarterdeckctl init` makes one.");
    std::vector<fs::path> paths;
    for (fs::directory_iterator it(dir, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (it->path().extension() == ".toml" && !name.starts_with('.')) // whatever it is: what cannot be read is said, not left out
            paths.push_back(it->path());
        if (paths.size() > kFilesLimit)
            return fail(Code::TooLarge, "The workspace folder has more than " + std::to_string(kFilesLimit) + " *.toml files; join some, any file may hold any table.");
    }
    if (error)
        return fail(Code::Io, "The workspace folder " + safeLine(dir.string()) + " cannot be read; check its permissions.", error.message());
    std::sort(paths.begin(), paths.end(), [](const fs::path &a, const fs::path &b) { return a.filename().string() < b.filename().string(); });

    std::vector<File> files;
    for (const fs::path &path : paths) {
        const std::string name = path.filename().string();
        auto text = contentOf(path, safeLine(name));
        if (!text)
            return tl::unexpected(text.error());
        files.push_back({name, std::move(*text)});
    }
    return files;
}

/// Read and checked; `names` are those of the files, in their order.
Result<Draft> drafted(const fs::path &dir, std::vector<std::string> &names)
{
    const auto files = filesOf(dir);
    if (!files)
        return tl::unexpected(files.error());
    for (const File &f : *files)
        names.push_back(safeLine(f.name));
    Problems problems(names);
    Draft draft;
    for (std::uint32_t i = 0; i < files->size(); ++i)
        read((*files)[i].text, i, draft, problems);
    checkWhole(draft, problems);
    if (!problems.isEmpty())
        return tl::unexpected(problems.error());
    return draft;
}

} // namespace

Result<Workspace> load(const fs::path &dir)
{
    std::vector<std::string> names;
    auto draft = drafted(dir, names);
    if (!draft)
        return tl::unexpected(draft.error());
    return std::move(draft->workspace);
}

Result<std::map<std::string, std::string>> places(const fs::path &dir)
{
    std::vector<std::string> names;
    const auto draft = drafted(dir, names);
    if (!draft)
        return tl::unexpected(draft.error());
    std::map<std::string, std::string> out;
    const auto note = [&](const char *kind, const std::vector<Given> &given) {
        for (const Given &g : given)
            if (g.place.file < names.size())
                out.emplace(kind + g.id, names[g.place.file] + ":" + std::to_string(g.place.line));
    };
    note("schedule/", draft->schedules);
    note("policy/", draft->policies);
    return out;
}

Result<std::string> digest(const fs::path &dir)
{
    const auto files = filesOf(dir);
    if (!files)
        return tl::unexpected(files.error());
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    bool ok = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
    // Each text goes in with its length before it, so that no two folders give the same bytes.
    const auto add = [&](std::string_view text) {
        std::array<std::uint8_t, 8> length{};
        for (std::size_t i = 0; i < length.size(); ++i)
            length[i] = static_cast<std::uint8_t>(std::uint64_t{text.size()} >> (8 * i));
        ok = ok && EVP_DigestUpdate(context.get(), length.data(), length.size()) == 1 && EVP_DigestUpdate(context.get(), text.data(), text.size()) == 1;
    };
    for (const File &f : *files) {
        add(f.name);
        add(f.text);
    }
    Bytes out(32);
    if (!ok || EVP_DigestFinal_ex(context.get(), out.data(), nullptr) != 1)
        return fail(Code::Internal, "SHA-256 is not available; reinstall OpenSSL.");
    return toHex(out);
}

} // namespace qd::workspace
