// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/chat/apianswer.h"
#include "core/net/httpclient.h"

#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <map>
#include <string>

namespace qd::chat {

/// What a call of Discord's REST interface came to.
struct DiscordAnswer : ApiAnswer {
    int status = 0;
    QJsonDocument body;
    int code = 0;       ///< Discord's own number for why: 10003 is an unknown channel
    std::string reason; ///< a sentence

    /// Discord itself will not take the token, or not let the bot in, however often it is asked.
    [[nodiscard]] bool isFatal() const { return kind == Kind::Refused && (status == 401 || status == 403 || status == 404); }
    [[nodiscard]] bool isRevoked() const { return kind == Kind::Refused && status == 401; }
    [[nodiscard]] Error asError() const;
};

inline constexpr const char *kDiscordMe = "users/@me"; ///< who a token is of

/// Discord's buckets, by the headers of its answers: how long a call has to wait so that it is not one too many. Discord counts by what is
/// called and by the channel or guild it is about; which calls share a bucket it says in its answers.
class DiscordBuckets {
public:
    /// What of a call counts: the method and the path, without the ids that do not.
    [[nodiscard]] static std::string routeOf(std::string_view method, std::string_view path);

    [[nodiscard]] std::chrono::milliseconds wait(const std::string &route) const;
    /// The call goes out now.
    void spend(const std::string &route);
    void learn(const std::string &route, const net::Fields &headers);
    /// It was one too many: nothing of this route, or nothing at all, for so long.
    void refused(const std::string &route, bool everything, std::chrono::milliseconds wait);

private:
    struct Bucket {
        int left = 1;
        QDeadlineTimer until{0};
    };
    static constexpr int kPerSecond = 45; ///< of Discord's 50 for all together

    [[nodiscard]] const Bucket *find(const std::string &route) const;

    std::map<std::string, std::string> m_names; ///< route → its bucket, once Discord has named it
    std::map<std::string, Bucket> m_buckets;
    QDeadlineTimer m_allUntil{0}, m_second{0};
    int m_inSecond = 0;
};

/// Discord's REST interface, version 10, answered in this object's thread. A call that would be one too many waits a little before it is
/// made; where it had to wait long, it is answered with Wait and not made at all.
class DiscordApi final : public QObject {
    Q_OBJECT
public:
    using Answered = std::function<void(const DiscordAnswer &)>;

    /// `base`: "https://discord.com/api/v10", without a slash at its end.
    DiscordApi(std::string base, std::string caFile, Secret token, std::chrono::milliseconds answerWithin, std::chrono::seconds reuseWithin);
    ~DiscordApi() override;

    void get(const std::string &path, Answered answered) { call(net::Method::Get, path, {}, std::move(answered)); }
    /// `waits`: false has it answered with Wait however little it would have had to wait: it holds nothing up.
    void send(net::Method method, const std::string &path, const QJsonObject &body, Answered answered, bool waits = true);

Q_SIGNALS:
    /// The token is none any more, as an answer said. Not where it was asked for ("users/@me"): who asked sees to it.
    void refused(const qd::Error &why);

private:
    void call(net::Method method, const std::string &path, const std::string &body, Answered answered, bool waits = true);

    std::string m_base, m_caFile;
    Secret m_token;
    std::chrono::milliseconds m_answerWithin;
    std::chrono::seconds m_reuseWithin;
    DiscordBuckets m_buckets;
    net::HttpClient m_http; ///< dies first: no callback runs afterwards
};

} // namespace qd::chat
