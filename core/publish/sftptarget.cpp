// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/process.h"
#include "core/publish/target.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

namespace qd::publish {

namespace {

namespace fs = std::filesystem;

constexpr const char *kSftp = "/usr/bin/sftp";
constexpr Span kSftpPatience = seconds(60);
constexpr std::size_t kSftpSays = 1u << 20, kSftpFileBytes = 4u << 20;

/// A folder on a host that speaks SFTP, by OpenSSH's own client: its keys, its checks of the host, its rename over what is there.
class SftpTarget final : public Target {
public:
    explicit SftpTarget(const Connection &c) : m_connection(c)
    {
        m_root = c.path;
        while (m_root.size() > 1 && m_root.ends_with('/'))
            m_root.pop_back();
    }

    Result<> put(const std::string &page, const std::vector<comms::PageFile> &files) override
    {
        m_fetched.clear();
        m_paths.clear();
        std::set<std::string> folders; // a folder before what is in it
        std::string batch, renames;
        for (const comms::PageFile &f : files) {
            const std::string path = page + "/" + f.path;
            for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
                folders.insert(path.substr(0, slash));
            const fs::path local = m_folder.path() / ("put-" + std::to_string(m_paths.size()));
            std::ofstream out(local, std::ios::binary | std::ios::trunc);
            out << f.body;
            out.close();
            if (!out)
                return fail(Code::Io, local.string() + " cannot be written.");
            const std::string beside = path.substr(0, path.rfind('/') + 1) + "." + path.substr(path.rfind('/') + 1) + ".new";
            batch += "put \"" + local.string() + "\" \"" + beside + "\"\n" + "chmod 644 \"" + beside + "\"\n";
            renames += "rename \"" + beside + "\" \"" + path + "\"\n"; // by posix-rename: nobody reads half a file
            m_paths.push_back(path);
        }
        std::string made;
        for (const std::string &folder : folders)
            made += "-mkdir \"" + folder + "\"\n"; // it may be there
        // The folder itself is never made: a share that is not mounted there is a folder that is not there.
        const auto ran = run(made + batch + renames);
        return ran ? Result<>() : tl::unexpected(ran.error());
    }

    Result<std::string> read(const std::string &page, const std::string &path) override
    {
        const std::string wanted = page + "/" + path;
        if (!m_fetched.contains(wanted))
            if (const auto fetched = fetch(wanted); !fetched)
                return tl::unexpected(fetched.error());
        const auto it = m_fetched.find(wanted);
        if (it == m_fetched.end() || !it->second)
            return fail(Code::NotFound, wanted + " is not in " + m_root + " of " + m_connection.url + ".");
        std::string body = std::move(*it->second);
        m_fetched.erase(it); // once: the next reading is of then
        return body;
    }

private:
    /// Everything that was put, in one session: whoever reads one file reads the others next.
    Result<> fetch(const std::string &wanted)
    {
        std::vector<std::string> paths = m_paths;
        if (std::find(paths.begin(), paths.end(), wanted) == paths.end())
            paths.push_back(wanted);
        std::string batch;
        for (std::size_t n = 0; n < paths.size(); ++n) {
            std::error_code ignored;
            fs::remove(local(n), ignored);
            batch += "-get \"" + paths[n] + "\" \"" + local(n).string() + "\"\n";
        }
        if (const auto ran = run(batch); !ran)
            return tl::unexpected(ran.error());
        m_fetched.clear();
        for (std::size_t n = 0; n < paths.size(); ++n) {
            std::error_code wrong;
            const auto size = fs::file_size(local(n), wrong);
            std::ifstream in(local(n), std::ios::binary);
            if (wrong || size > kSftpFileBytes || !in)
                m_fetched[paths[n]] = std::nullopt;
            else
                m_fetched[paths[n]] = std::string(std::istreambuf_iterator<char>(in), {});
            fs::remove(local(n), wrong);
        }
        return {};
    }

    [[nodiscard]] fs::path local(std::size_t n) const { return m_folder.path() / ("got-" + std::to_string(n)); }

    Result<Ran> run(const std::string &batch)
    {
        if (m_folder.path().empty())
            return fail(Code::Io, "No folder of our own could be made for what is sent.");
        if (const auto written = writeSshConfig(m_folder.path(), m_connection.secretFile, m_connection.hostKeys); !written)
            return tl::unexpected(written.error());
        const std::string url = m_connection.url.substr(std::string_view("sftp://").size());
        const std::string authority = url.substr(0, url.find('/'));
        const auto colon = authority.rfind(':');
        std::vector<std::string> arguments{kSftp, "-F", (m_folder.path() / "ssh_config").string(), "-b", "-"};
        if (colon != std::string::npos) {
            arguments.emplace_back("-P");
            arguments.push_back(authority.substr(colon + 1));
        }
        arguments.push_back(m_connection.user + "@" + authority.substr(0, colon));
        auto ran = runProgram(arguments, {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=" + m_folder.path().string()}, "cd \"" + m_root + "\"\n" + batch, kSftpPatience, kSftpSays, kSftpFileBytes);
        if (ran && ran->exit != 0)
            return fail(Code::Unavailable, "SFTP to " + authority + " failed: " + complaintOf(*ran));
        return ran;
    }

    Connection m_connection;
    std::string m_root;
    PrivateFolder m_folder;
    std::vector<std::string> m_paths; ///< put last
    std::map<std::string, std::optional<std::string>> m_fetched;
};

} // namespace

std::unique_ptr<Target> sftpTarget(const Connection &connection)
{
    return std::make_unique<SftpTarget>(connection);
}

} // namespace qd::publish
