// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/chat/filesource.h"
#include "core/net/addresspolicy.h"

#include <QObject>
#include <memory>
#include <string_view>
#include <vector>

namespace qd::net {
class HttpClient;
struct HttpResponse;
}

namespace qd::chat {

/// Where a file is said to lie, taken apart and put together again: so that who checks the host and who connects to it read the same one.
struct FileAddress {
    std::string url;    ///< what is asked
    std::string host;   ///< in small letters
    std::string origin; ///< "https://host:port" with its port
};
/// An address somebody else wrote, when it can be asked for a file: https (http only when `bare`), a name or an IPv4 address for its host, no user or password in it, at most
/// kFileAddress bytes and no character that readers of addresses disagree about. Errors: Forbidden.
[[nodiscard]] Result<FileAddress> fileAddress(std::string_view url, bool bare = false);
inline constexpr std::size_t kFileAddress = 2'000;

/// The hosts of a platform that keep its files: those named, at https and its own port, and the one its interface is asked at (`base`: its address), as that is asked.
[[nodiscard]] Result<FileAddress> fileAddressAt(std::string_view url, const std::vector<std::string_view> &hosts, std::string_view base);

/// What such an address is called: the last part of its path, decoded; "file" when there is none.
[[nodiscard]] std::string fileNameIn(std::string_view url);

/// "larger than evidence may be".
[[nodiscard]] Error fileTooLarge(const std::string &name, std::size_t most);

/// Fetches a file of a message, in its owner's thread. Follows no redirect: what leads elsewhere is refused, and so a token never leaves for another host.
class FileFetch final : public QObject {
    Q_OBJECT
public:
    explicit FileFetch(std::string word); ///< "Slack"
    ~FileFetch() override;

    struct From {
        FileAddress address;
        std::string name;
        Secret bearer = {};
        std::string caFile = {};
        net::AddressPolicy policy = net::AddressPolicy::configured();
        bool isPage = false; ///< whether it is a web page itself: else a page instead of it is a sign-in form, and refused
    };
    /// `done` is called once, unless this dies before.
    void get(From from, std::size_t most, FileSource::Read done);

private:
    [[nodiscard]] Result<FileRead> read(const From &from, std::size_t most, Result<net::HttpResponse> response) const;

    std::string m_word;
    std::unique_ptr<net::HttpClient> m_http; ///< made for the first file: most connections never fetch one
};

} // namespace qd::chat
