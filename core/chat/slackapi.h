// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/chat/apianswer.h"
#include "core/net/httpclient.h"

#include <QJsonObject>
#include <QObject>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace qd::chat {

/// What a method of Slack's Web API came to.
struct SlackAnswer : ApiAnswer {
    QJsonObject body;
    std::string error; ///< Slack's word when refused, else a sentence
    std::string needed, provided; ///< scopes, with missing_scope

    /// Slack will not take this token, whatever is asked.
    [[nodiscard]] bool isRevoked() const;
    /// The token may not do this.
    [[nodiscard]] bool lacksScope() const { return kind == Kind::Refused && error == "missing_scope"; }
    /// Slack will not take these credentials for it, however often they are shown.
    [[nodiscard]] bool isFatal() const;
    /// As an Error for people, with the place where another token or scope is to be had; `method` names what was asked.
    [[nodiscard]] Error asError(const std::string &method) const;
};

/// Slack's Web API (https://api.slack.com/web): one POST a call, answered in this object's thread.
class SlackApi final : public QObject {
    Q_OBJECT
public:
    using Parameters = std::vector<std::pair<std::string, std::string>>;
    using Answered = std::function<void(const SlackAnswer &)>;

    /// `base`: "https://slack.com/api", without a slash at its end.
    SlackApi(std::string base, std::string caFile, Secret botToken, Secret appToken, std::chrono::milliseconds answerWithin);
    ~SlackApi() override;

    /// As the bot. Called back once, unless this object dies before.
    void call(const std::string &method, const Parameters &parameters, Answered answered);
    /// As the app: only apps.connections.open is.
    void callAsApp(const std::string &method, Answered answered);

Q_SIGNALS:
    /// The bot's token is none any more, or may not do something; the call is answered as well.
    void refused(const qd::Error &why);
    void lacking(const qd::Error &why);

private:
    void post(const std::string &method, const Parameters &parameters, const Secret &token, Answered answered);

    std::string m_base, m_caFile;
    Secret m_botToken, m_appToken;
    std::chrono::milliseconds m_answerWithin;
    net::HttpClient m_http; ///< dies first: no callback runs afterwards
};

} // namespace qd::chat
