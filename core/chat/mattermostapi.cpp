// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/mattermostapi.h"

#include "core/base/safetext.h"
#include "core/chat/jsonread.h"

#include <algorithm>
#include <charconv>

namespace qd::chat {

namespace {

constexpr std::chrono::milliseconds kPatience{2'000};
constexpr std::chrono::milliseconds kFirstInFlight{500};

MattermostAnswer mattermostAnswer(const Result<net::HttpResponse> &response)
{
    MattermostAnswer answer;
    if (!response) {
        answer.reason = response.error().message;
        return answer;
    }
    answer.status = response->status;
    answer.body = QJsonDocument::fromJson(QByteArray(response->body.data(), static_cast<qsizetype>(response->body.size())));
    answer.id = safeLine(json::textOf(answer.body.object(), "id"), 128);
    answer.reason = safeLine(json::textOf(answer.body.object(), "message"), 256);
    if (response->status >= 200 && response->status < 300 && !answer.body.isNull()) {
        answer.kind = MattermostAnswer::Kind::Done;
        return answer;
    }
    if (answer.reason.empty())
        answer.reason = "it answered HTTP " + std::to_string(response->status);
    if (response->status == 429) {
        answer.kind = MattermostAnswer::Kind::Wait;
        answer.retryAfter = kPatience;
        int seconds = 0;
        const std::string_view told = net::valueOf(response->headers, "x-ratelimit-reset");
        if (std::from_chars(told.data(), told.data() + told.size(), seconds).ec == std::errc())
            answer.retryAfter = std::chrono::seconds(std::clamp(seconds, 1, 3600));
    } else if (answer.id == "api.post.deduplicate_create_post.pending") { // the same post is just being made
        answer.kind = MattermostAnswer::Kind::Wait;
        answer.retryAfter = kFirstInFlight;
    } else if (response->status >= 400 && response->status < 500) {
        answer.kind = MattermostAnswer::Kind::Refused;
    }
    return answer;
}

} // namespace

Error MattermostAnswer::asError() const
{
    if (kind == Kind::Wait)
        return {Code::Unavailable, "Mattermost asks for patience", id};
    if (kind == Kind::Refused && isRevoked())
        return {Code::Forbidden, "Mattermost refused the token (" + reason + "): make another in Mattermost, a bot's under Integrations, Bot Accounts, a person's under Profile, Security, Personal Access Tokens, and connect with it", id};
    const Code code = kind != Kind::Refused ? Code::Unavailable : status == 404 ? Code::NotFound : status == 401 || status == 403 ? Code::Forbidden : Code::Conflict;
    const bool isForbidden = kind == Kind::Refused && status == 403 && !id.empty(); // Mattermost itself, and nothing that stands before it
    return {code, (kind == Kind::Refused ? "Mattermost answered: " : "Mattermost could not be asked: ") + reason
                      + (isForbidden ? "; give the token's account that permission in Mattermost's System Console, User Management, Permissions, or make it a member of the team" : ""), id};
}

MattermostApi::MattermostApi(std::string base, std::string caFile, Secret token, std::chrono::milliseconds answerWithin, std::chrono::seconds reuseWithin)
    : m_base(std::move(base)), m_caFile(std::move(caFile)), m_token(std::move(token)), m_answerWithin(answerWithin), m_reuseWithin(reuseWithin)
{}

MattermostApi::~MattermostApi() = default;

net::HttpRequest MattermostApi::requestOf(net::Method method, const std::string &path) const
{
    net::HttpRequest request;
    request.method = method;
    request.url = m_base + "/api/v4/" + path;
    request.timeout = millis(m_answerWithin.count());
    request.reuseWithin = seconds(m_reuseWithin.count());
    request.bearer = m_token.duplicate();
    request.caFile = m_caFile;
    return request;
}

void MattermostApi::download(const std::string &path, std::size_t most, std::function<void(Result<std::string>)> done)
{
    net::HttpRequest request = requestOf(net::Method::Get, path);
    request.maxBytes = most;
    m_http.send(std::move(request), [this, done = std::move(done)](Result<net::HttpResponse> response) {
        Result<std::string> bytes = !response ? Result<std::string>(tl::unexpected(response.error()))
            : response->status == 200          ? Result<std::string>(std::move(response->body))
                                               : Result<std::string>(tl::unexpected(mattermostAnswer(response).asError()));
        QMetaObject::invokeMethod(this, [done, bytes = std::move(bytes)] { done(bytes); }, Qt::QueuedConnection);
    });
}

void MattermostApi::call(net::Method method, const std::string &path, const QByteArray &body, Answered answered)
{
    net::HttpRequest request = requestOf(method, path);
    if (!body.isEmpty()) {
        request.headers = {{"Content-Type", "application/json"}};
        request.body = body.toStdString();
    }
    m_http.send(std::move(request), [this, answered = std::move(answered)](Result<net::HttpResponse> response) {
        // In the client's thread; dropped when we are gone by then.
        QMetaObject::invokeMethod(this, [this, answered, answer = mattermostAnswer(response)] {
            answered(answer);
            if (answer.kind == ApiAnswer::Kind::Refused && answer.isRevoked())
                Q_EMIT refused(answer.asError());
        }, Qt::QueuedConnection);
    });
}

} // namespace qd::chat
