// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/comms/pagerender.h"
#include "core/model/connection.h"
#include "core/net/httpclient.h"

#include <functional>
#include <map>
#include <memory>

namespace qd::publish {

/// A place the public reads pages from. Waits for disk and network: for a thread that may.
class Target {
public:
    virtual ~Target() = default;
    /// Puts the files of a page there, so that no reader sees half of one: in their order, the last one opens the page.
    [[nodiscard]] virtual Result<> put(const std::string &page, const std::vector<comms::PageFile> &files) = 0;
    /// What is read there now. NotFound when nothing is.
    [[nodiscard]] virtual Result<std::string> read(const std::string &page, const std::string &path) = 0;
    /// Whether what is read there now is what was put: every file, by its SHA-256 in hexadecimal.
    [[nodiscard]] virtual Result<> holds(const std::string &page, const std::map<std::string, std::string> &hashes);
    /// Words that our page has taken back may still be read there: since they were found there, or since a push took them back, until holds() found none.
    [[nodiscard]] virtual bool hasWordsTakenBack(const std::string &page) const
    {
        (void)page;
        return false;
    }
};

/// A folder that something else serves. The page stands in a folder of its name in it. The folder must be there: one that was taken away
/// (a share that is not mounted) is never made anew. New files are written beside the old ones and then renamed over them.
[[nodiscard]] std::unique_ptr<Target> directoryTarget(std::string folder);

/// The way out; the callback comes once, on any thread.
using Http = std::function<void(net::HttpRequest, net::HttpClient::Callback)>;

/// A bucket that speaks the S3 protocol: URL/PAGE/FILE by PUT, signed with AWS Signature Version 4.
[[nodiscard]] std::unique_ptr<Target> bucketTarget(const Connection &connection, std::shared_ptr<const Secret> secret, Http http);

/// A folder on a host, by /usr/bin/sftp (SFTP://HOST:PORT, `user`, `path`; `secretFile` is the private key's file, `hostKeys` names the host's key).
/// A host whose key is another is not written to. As a directory otherwise.
[[nodiscard]] std::unique_ptr<Target> sftpTarget(const Connection &connection);

/// What is taken from a repository elsewhere: bytes of one file (a fetch is one), and of all that lies here of it before it is begun anew.
struct GitRoom {
    std::uint64_t file = 128u << 20, all = 256u << 20;
};
/// A branch of a git repository (ssh://HOST/PATH as sftp, or a path here), by /usr/bin/git: one commit a push, never forced. Made if there is none.
[[nodiscard]] std::unique_ptr<Target> gitTarget(const Connection &connection, GitRoom room = {});

inline constexpr std::size_t kListed = 100;  ///< incidents Statuspage gives at a time: the newest
inline constexpr std::size_t kListsAsked = 6; ///< so many lists of them are read where what is looked for may be further back
/// A page at Atlassian Statuspage (`path` is its id, `url` the API), by its REST API: components and incidents. `origin`: the name of our log, so that
/// what another one posted to the same page is left alone; "" for none.
[[nodiscard]] std::unique_ptr<Target> atlassianTarget(const Connection &connection, std::shared_ptr<const Secret> secret, Http http, std::string origin = {});

} // namespace qd::publish
