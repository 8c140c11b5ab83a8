// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/mailclient.h"

#include "core/net/curlloop.h"

#include <algorithm>
#include <atomic>
#include <sys/socket.h>

namespace qd::net {

namespace {

bool isOneLine(const std::string &text)
{
    return text.find_first_of(std::string("\r\n\0", 3)) == std::string::npos;
}

bool isLoopback(const sockaddr *address)
{
    return AddressPolicy{true, true, true}.check(address) && !AddressPolicy{false, true, true}.check(address);
}

/// Whether the text goes out: nobody said yet, it does, it does not.
enum class Going { Asked, Yes, No };

struct Mail final : CurlJob {
    MailRequest request;
    MailClient::Callback callback;
    std::function<void()> wake; ///< has it asked again; any thread, also when it is over
    std::shared_ptr<std::atomic<Going>> going; ///< null: nobody was asked
    curl_slist *to = nullptr;
    std::size_t read = 0;
    bool isBare = false;  ///< without TLS: only to this machine
    Error refused;
    bool isRefused = false;

    ~Mail() override { curl_slist_free_all(to); }

    /// The whole text went out; whether it was taken only the server says.
    [[nodiscard]] bool hasAll() const { return read > 0 && read == request.message.size(); }
    [[nodiscard]] Result<> prepare() override;
    void end(CURLcode code) override;
    void abandon(Error why) override
    {
        const bool isFinal = why.code != Code::Unavailable && why.code != Code::Internal;
        if (callback)
            callback(tl::unexpected(MailFailure{std::move(why), isFinal, hasAll()}));
    }
};

std::size_t onRead(char *to, std::size_t size, std::size_t count, void *user)
{
    auto &m = *static_cast<Mail *>(user);
    if (m.request.beforeText && !m.going) {
        m.going = std::make_shared<std::atomic<Going>>(Going::Asked);
        m.request.beforeText([going = m.going, wake = m.wake](bool goes) {
            auto asked = Going::Asked;
            if (going->compare_exchange_strong(asked, goes ? Going::Yes : Going::No))
                wake();
        });
    }
    if (m.going && *m.going != Going::Yes)
        return *m.going == Going::No ? CURL_READFUNC_ABORT : CURL_READFUNC_PAUSE;
    const std::size_t n = std::min(size * count, m.request.message.size() - m.read);
    std::copy_n(m.request.message.data() + m.read, n, to);
    m.read += n;
    return n;
}

std::size_t drop(char *, std::size_t, std::size_t n, void *)
{
    return n;
}

curl_socket_t onOpenMailSocket(void *user, curlsocktype, curl_sockaddr *address)
{
    auto &m = *static_cast<Mail *>(user);
    auto allowed = m.request.policy.check(&address->addr);
    if (allowed && m.isBare && !isLoopback(&address->addr))
        allowed = fail(Code::Forbidden, "mail to another machine needs TLS, and that address is not this one");
    if (!allowed) {
        m.refused = allowed.error();
        m.isRefused = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

Result<> Mail::prepare()
{
    MailRequest &r = request;
    const bool secure = r.url.starts_with("smtps://");
    if (!secure && !r.url.starts_with("smtp://"))
        return fail(Code::Forbidden, "only smtp and smtps addresses are allowed");
    if (!isOneLine(r.url) || r.url.find('@') != std::string::npos)
        return fail(Code::Invalid, "an address must not hold a user or password; give them separately");
    if (!isOneLine(r.from) || !isOneLine(r.to) || r.from.empty() || r.to.empty() || (r.from + r.to).find_first_of("<> ") != std::string::npos)
        return fail(Code::Invalid, "not a mail address");
    if (r.message.size() > kMailBytes)
        return fail(Code::TooLarge, "the mail is larger than " + std::to_string(kMailBytes) + " bytes");
    // With roots of its own even the server of this machine speaks TLS.
    isBare = !secure && r.caFile.empty() && r.isThisMachine;
    CURL *e = easy();
    curl_easy_setopt(e, CURLOPT_URL, r.url.c_str());
    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(e, CURLOPT_USE_SSL, static_cast<long>(isBare ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(e, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(e, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(e, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!r.caFile.empty()) {
        curl_easy_setopt(e, CURLOPT_CAINFO, r.caFile.c_str());
        curl_easy_setopt(e, CURLOPT_CAPATH, nullptr);
    }
    curl_easy_setopt(e, CURLOPT_PROXY, "");
    curl_easy_setopt(e, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(r.connectTimeout.millis()));
    curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, static_cast<long>(r.timeout.millis()));
    curl_easy_setopt(e, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(r.timeout.millis() / 1000 + 1));
    curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, onOpenMailSocket);
    curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, this);
    // A line kept open would outlive the settings it was made with, and servers drop idle ones.
    curl_easy_setopt(e, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(e, CURLOPT_FORBID_REUSE, 1L);
    if (!r.user.empty()) {
        curl_easy_setopt(e, CURLOPT_USERNAME, r.user.c_str());
        std::string password(r.password.revealText());
        curl_easy_setopt(e, CURLOPT_PASSWORD, password.c_str());
        sodium_memzero(password.data(), password.size());
    }
    curl_easy_setopt(e, CURLOPT_MAIL_FROM, ("<" + r.from + ">").c_str());
    to = curl_slist_append(to, ("<" + r.to + ">").c_str());
    curl_easy_setopt(e, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(e, CURLOPT_READFUNCTION, onRead);
    curl_easy_setopt(e, CURLOPT_READDATA, this);
    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, drop);
    curl_easy_setopt(e, CURLOPT_UPLOAD, 1L);
    return {};
}

MailFailure explain(const Mail &m, CURLcode code, long answer)
{
    const std::string detail = curl_easy_strerror(code);
    if (m.isRefused && code == CURLE_COULDNT_CONNECT)
        return {m.refused, true, false};
    const std::string said = answer >= 400 ? " (it answered " + std::to_string(answer) + ")" : std::string();
    switch (code) {
    case CURLE_URL_MALFORMAT: return {{Code::Invalid, "not a usable smtp or smtps address", detail}, true, false};
    case CURLE_COULDNT_RESOLVE_HOST: return {{Code::Unavailable, "the name of the mail server does not resolve", detail}, false, false};
    case CURLE_COULDNT_CONNECT: return {{Code::Unavailable, "the mail server does not answer", detail}, false, false};
    case CURLE_USE_SSL_FAILED: return {{Code::Invalid, "the mail server offers no TLS; without it nothing is sent to another machine", detail}, true, false};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CONNECT_ERROR:
        return {{Code::Invalid, "the secure connection to the mail server cannot be trusted; check the certificate and the CA file", detail}, true, false};
    case CURLE_ABORTED_BY_CALLBACK: return {{Code::Unavailable, "it was called off before its first byte", detail}, false, false, false};
    case CURLE_LOGIN_DENIED: return {{Code::Invalid, "the mail server refuses the user and password" + said, detail}, answer == 0 || answer >= 500, false};
    default: break;
    }
    if (answer >= 500)
        return {{Code::Invalid, "the mail server refuses the mail" + said, detail}, true, false, false};
    if (answer >= 400)
        return {{Code::Unavailable, "the mail server puts it off" + said, detail}, false, false, false};
    return {{Code::Unavailable, code == CURLE_OPERATION_TIMEDOUT ? "the mail server did not answer in time" : "the line to the mail server broke", detail}, false, m.hasAll()};
}

void Mail::end(CURLcode code)
{
    if (!callback)
        return;
    long answer = 0;
    curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &answer);
    if (code == CURLE_OK)
        callback({});
    else
        callback(tl::unexpected(explain(*this, code, answer)));
}

} // namespace

struct MailClient::Door {
    std::mutex mutex;
    CurlLoop *loop = nullptr;
};

MailClient::MailClient() : m_door(std::make_shared<Door>()), m_loop(std::make_unique<CurlLoop>("mail-client"))
{
    m_door->loop = m_loop.get();
}

MailClient::~MailClient()
{
    const std::lock_guard lock(m_door->mutex);
    m_door->loop = nullptr;
}

void MailClient::send(MailRequest request, Callback callback)
{
    auto mail = std::make_unique<Mail>();
    mail->request = std::move(request);
    mail->callback = std::move(callback);
    mail->wake = [door = m_door, job = mail.get()] { // only its address, by which the loop finds it
        const std::lock_guard lock(door->mutex);
        if (door->loop)
            door->loop->resume(job);
    };
    m_loop->add(std::move(mail));
}

} // namespace qd::net
