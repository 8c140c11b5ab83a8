// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/chat/apianswer.h"
#include "core/net/httpclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <string>

namespace qd::chat {

/// What a call of Mattermost's REST interface came to.
struct MattermostAnswer : ApiAnswer {
    int status = 0;
    QJsonDocument body;
    std::string id;     ///< "store.sql_channel.save_channel.exists.app_error"
    std::string reason; ///< a sentence

    /// Mattermost itself will not let us in, however often it is asked; what stands before it may say the same for a minute.
    [[nodiscard]] bool isFatal() const { return !id.empty() && (status == 401 || status == 403 || status == 404); }
    /// The token is none any more, whatever is asked.
    [[nodiscard]] bool isRevoked() const { return !id.empty() && status == 401; }
    [[nodiscard]] Error asError() const;
};

/// Mattermost's REST interface, version 4, answered in this object's thread.
class MattermostApi final : public QObject {
    Q_OBJECT
public:
    using Answered = std::function<void(const MattermostAnswer &)>;

    /// `base`: "https://chat.example.org", without a slash at its end.
    MattermostApi(std::string base, std::string caFile, Secret token, std::chrono::milliseconds answerWithin, std::chrono::seconds reuseWithin);
    ~MattermostApi() override;

    void get(const std::string &path, Answered answered) { call(net::Method::Get, path, {}, std::move(answered)); }
    void post(const std::string &path, const QJsonDocument &body, Answered answered) { call(net::Method::Post, path, body.toJson(QJsonDocument::Compact), std::move(answered)); }
    void put(const std::string &path, const QJsonObject &body, Answered answered) { call(net::Method::Put, path, QJsonDocument(body).toJson(QJsonDocument::Compact), std::move(answered)); }
    /// The bytes of a file, of at most `most`; anything but an answer of 200 is why there are none.
    void download(const std::string &path, std::size_t most, std::function<void(Result<std::string>)> done);
    void remove(const std::string &path, Answered answered) { call(net::Method::Delete, path, {}, std::move(answered)); }

Q_SIGNALS:
    /// The token is none any more; the call is answered as well.
    void refused(const qd::Error &why);

private:
    [[nodiscard]] net::HttpRequest requestOf(net::Method method, const std::string &path) const;
    void call(net::Method method, const std::string &path, const QByteArray &body, Answered answered);

    std::string m_base, m_caFile;
    Secret m_token;
    std::chrono::milliseconds m_answerWithin;
    std::chrono::seconds m_reuseWithin;
    net::HttpClient m_http; ///< dies first: no callback runs afterwards
};

} // namespace qd::chat
