// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/net/addresspolicy.h"
#include "core/net/limits.h"

#include <functional>
#include <memory>
#include <string>

namespace qd::net {

class CurlLoop;

/// One mail to one mailbox, and the server that is to take it.
struct MailRequest {
    std::string url;                ///< smtp://HOST[:PORT] (STARTTLS) or smtps://HOST[:PORT]
    std::string from, to;           ///< bare addresses
    std::string message;            ///< headers and body, lines end with CR LF; at most kMailBytes
    std::string user = {};          ///< with password: the server asks who we are
    Secret password = {};
    std::string caFile = {};        ///< PEM roots that replace the system's
    bool isThisMachine = false;     ///< the host names this machine: then, without roots of its own, no TLS is asked for
    Span connectTimeout = kConnectTime;
    Span timeout = kMailTime;
    AddressPolicy policy = AddressPolicy::configured();
    /// Asked once the server waits for the text, on the client's thread: nothing of it is sent until `go` is called, from any thread and within the timeout; with false
    /// nothing is, and the mail ends with a failure that is not final and in which nothing was taken.
    std::function<void(std::function<void(bool)> go)> beforeText = {};
};

/// What a server that did not take a mail said or did.
struct MailFailure {
    Error why;
    bool isFinal = false;    ///< it will not take it later either
    bool maybeTaken = false; ///< the line broke when it had the mail and had not answered
    bool isOfServer = true;  ///< no mail goes through it now; else it is about this one: its address, its size
};

/// Mail out, by SMTP (RFC 5321) through libcurl's multi interface on one thread it owns. Nothing is said before TLS stands, with one
/// exception: to this machine, which smtp:// to a loopback address is, and which is checked on the address connected to.
/// Certificates are always verified; there is no way to turn that off.
class MailClient final {
public:
    /// Success: the server took it, and is answerable for it from then on.
    using Callback = std::function<void(tl::expected<void, MailFailure>)>;

    MailClient();
    ~MailClient(); ///< mails under way end with a failure that is not final; waits until no callback runs any more
    MailClient(const MailClient &) = delete;
    MailClient &operator=(const MailClient &) = delete;

    /// Any thread. The callback runs exactly once, on the client's thread: hand the result on, do not work there.
    void send(MailRequest request, Callback callback);

private:
    struct Door;
    std::shared_ptr<Door> m_door; ///< by which whoever still has a `go` reaches the loop while it is there
    std::unique_ptr<CurlLoop> m_loop;
};

} // namespace qd::net
