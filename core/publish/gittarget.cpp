// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/process.h"
#include "core/publish/target.h"

#include <set>

namespace qd::publish {

namespace {

namespace fs = std::filesystem;

constexpr const char *kGit = "/usr/bin/git";
constexpr Span kGitPatience = seconds(60);
constexpr std::size_t kGitSays = 4u << 20;

/// A branch of a repository, which whoever serves the page follows. Made with git's plumbing in a repository of our own without a working tree:
/// what is in the branch besides (also a symbolic link where our folder should be) is never written into, and never followed.
class GitTarget final : public Target {
public:
    GitTarget(const Connection &c, GitRoom room) : m_connection(c), m_room(room), m_branch(c.branch.empty() ? "main" : c.branch), m_url(c.url)
    {
        if (m_url.starts_with("ssh://") && !c.user.empty())
            m_url.insert(6, c.user + "@");
    }

    Result<> put(const std::string &page, const std::vector<comms::PageFile> &files) override
    {
        m_fresh.clear();
        m_paths.clear();
        const auto tip = fetched();
        if (!tip)
            return tl::unexpected(tip.error());
        std::error_code ignored;
        fs::remove(m_folder.path() / "index", ignored);
        if (!tip->empty())
            if (const auto read = git({"read-tree", *tip}); !read)
                return tl::unexpected(read.error());
        std::string entries;
        for (const comms::PageFile &f : files) {
            const auto blob = git({"hash-object", "-w", "--stdin"}, f.body);
            if (!blob)
                return tl::unexpected(blob.error());
            entries += "100644 " + *blob + "\t" + pathOf(page, f.path) + "\n";
            m_paths.insert(pathOf(page, f.path));
        }
        if (const auto updated = git({"update-index", "--replace", "--index-info"}, entries); !updated)
            return tl::unexpected(updated.error());
        const auto tree = git({"write-tree"});
        if (!tree)
            return tl::unexpected(tree.error());
        if (!tip->empty())
            if (const auto before = git({"rev-parse", *tip + "^{tree}"}); before && *before == *tree)
                return {};
        std::vector<std::string> commit{"commit-tree", *tree, "-m", "Status page " + page};
        if (!tip->empty())
            commit.insert(commit.end(), {"-p", *tip});
        const auto made = git(commit);
        if (!made)
            return tl::unexpected(made.error());
        // Never forced: who wrote there meanwhile keeps what they wrote, and we begin anew from it.
        const auto pushed = git({"push", "-q", m_url, *made + ":refs/heads/" + m_branch});
        return pushed ? Result<>() : tl::unexpected(pushed.error());
    }

    Result<std::string> read(const std::string &page, const std::string &path) override
    {
        const std::string wanted = pathOf(page, path);
        if (m_fresh.erase(wanted) == 0) {
            auto tip = fetched();
            if (!tip)
                return tl::unexpected(tip.error());
            if (tip->empty())
                return fail(Code::NotFound, "There is no branch " + m_branch + " in " + m_connection.url + ".");
            m_tip = *tip;
            m_fresh = m_paths; // one look for all files of a page
            m_fresh.erase(wanted);
        }
        auto body = run({"cat-file", "blob", m_tip + ":" + wanted});
        if (!body)
            return tl::unexpected(body.error());
        if (body->exit != 0)
            return fail(Code::NotFound, wanted + " is not in the branch " + m_branch + " of " + m_connection.url + ".");
        return std::move(body->out);
    }

private:
    [[nodiscard]] std::string pathOf(const std::string &page, const std::string &path) const
    {
        std::string folder = m_connection.path;
        while (folder.starts_with('/'))
            folder.erase(0, 1);
        while (folder.ends_with('/'))
            folder.pop_back();
        return (folder.empty() ? "" : folder + "/") + page + "/" + path;
    }

    /// The commit the branch is at there, fetched; "" when there is no such branch yet.
    Result<std::string> fetched()
    {
        if (m_folder.path().empty())
            return fail(Code::Io, "No folder of our own could be made for what is sent.");
        if (m_url.starts_with("ssh://"))
            if (const auto written = writeSshConfig(m_folder.path(), m_connection.secretFile, m_connection.hostKeys); !written)
                return tl::unexpected(written.error());
        std::error_code ignored;
        // Each fetch leaves a pack, and whoever answers says how large: what is there is worth nothing but speed.
        if (bytesIn(repository()) > m_room.all)
            fs::remove_all(repository(), ignored);
        if (!fs::exists(repository(), ignored))
            if (const auto made = git({"init", "-q", "--bare", repository().string()}); !made)
                return tl::unexpected(made.error());
        const std::string ref = "refs/heads/" + m_branch;
        const auto there = git({"ls-remote", m_url, ref});
        if (!there)
            return tl::unexpected(there.error());
        if (there->empty())
            return std::string();
        if (const auto got = git({"fetch", "-q", "--depth=1", "--no-tags", m_url, "+" + ref + ":refs/there"}); !got)
            return tl::unexpected(got.error());
        return git({"rev-parse", "refs/there"});
    }

    [[nodiscard]] fs::path repository() const { return m_folder.path() / "repository.git"; }

    /// The first line of what it says.
    Result<std::string> git(const std::vector<std::string> &arguments, std::string_view input = {})
    {
        auto ran = run(arguments, input);
        if (!ran)
            return tl::unexpected(ran.error());
        if (ran->exit != 0)
            return fail(Code::Unavailable, "git " + arguments.front() + " for " + m_connection.url + " failed: " + complaintOf(*ran));
        return ran->out.substr(0, ran->out.find('\n'));
    }

    Result<Ran> run(std::vector<std::string> arguments, std::string_view input = {})
    {
        // A fetch is one file, however many objects it has, and what is large in it is never in memory as a whole.
        arguments.insert(arguments.begin(), {kGit, "-c", "fetch.unpackLimit=1", "-c", "core.bigFileThreshold=8m"});
        const std::string folder = m_folder.path().string();
        return runProgram(arguments,
                          {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=" + folder, "GIT_DIR=" + repository().string(), "GIT_INDEX_FILE=" + folder + "/index", "GIT_CONFIG_NOSYSTEM=1",
                           "GIT_CONFIG_GLOBAL=/dev/null", "GIT_TERMINAL_PROMPT=0", "GIT_ALLOW_PROTOCOL=ssh:file", "GIT_SSH_VARIANT=ssh",
                           "GIT_SSH_COMMAND=/usr/bin/ssh -F '" + folder + "/ssh_config'", // git hands this to a shell: a name of ours and nothing else
                           "GIT_AUTHOR_NAME=Quarterdeck", "GIT_AUTHOR_EMAIL=quarterdeck@localhost", "GIT_COMMITTER_NAME=Quarterdeck", "GIT_COMMITTER_EMAIL=quarterdeck@localhost"},
                          input, kGitPatience, kGitSays, m_room.file);
    }

    Connection m_connection;
    GitRoom m_room;
    std::string m_branch, m_url;
    PrivateFolder m_folder;
    std::set<std::string> m_paths, m_fresh; ///< put last; looked at, and not read since
    std::string m_tip;
};

} // namespace

std::unique_ptr<Target> gitTarget(const Connection &connection, GitRoom room)
{
    return std::make_unique<GitTarget>(connection, room);
}

} // namespace qd::publish
