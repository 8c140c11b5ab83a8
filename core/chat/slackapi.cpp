// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/slackapi.h"

#include "core/base/safetext.h"

#include <QJsonDocument>
#include <algorithm>
#include <charconv>

namespace qd::chat {

namespace {

constexpr std::string_view kOpen = "apps.connections.open", kTest = "auth.test";
constexpr std::chrono::milliseconds kWait{30'000}; ///< when Slack does not say how long

/// application/x-www-form-urlencoded
std::string encoded(std::string_view text)
{
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~')
            out += c;
        else
            (out += '%') += {digits[byte >> 4], digits[byte & 15]};
    }
    return out;
}

SlackAnswer readAnswer(const Result<net::HttpResponse> &response)
{
    SlackAnswer answer;
    if (!response) {
        answer.error = response.error().message;
        return answer;
    }
    if (response->status == 429) {
        answer.kind = SlackAnswer::Kind::Wait;
        answer.error = "ratelimited";
        answer.retryAfter = kWait;
        if (const std::string_view value = net::valueOf(response->headers, "retry-after"); !value.empty()) {
            int seconds = 0;
            if (std::from_chars(value.data(), value.data() + value.size(), seconds).ec == std::errc() && seconds >= 0)
                answer.retryAfter = std::chrono::seconds(std::clamp(seconds, 1, 3600));
        }
        return answer;
    }
    QJsonParseError wrong{};
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray(response->body.data(), static_cast<qsizetype>(response->body.size())), &wrong);
    if (response->status != 200 || !document.isObject() || !document.object().value(QLatin1String("ok")).isBool()) {
        answer.error = "Slack answered HTTP " + std::to_string(response->status) + (document.isObject() ? "" : " and nothing that can be read");
        return answer;
    }
    answer.body = document.object();
    answer.needed = safeLine(answer.body.value(QLatin1String("needed")).toString().toStdString(), 200);
    answer.provided = safeLine(answer.body.value(QLatin1String("provided")).toString().toStdString(), 600);
    const bool ok = answer.body.value(QLatin1String("ok")).toBool();
    answer.kind = ok ? SlackAnswer::Kind::Done : SlackAnswer::Kind::Refused;
    answer.error = safeLine(answer.body.value(QLatin1String("error")).toString().toStdString(), 100);
    // Slack's own trouble, after which a write may have happened all the same.
    for (const char *own : {"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
        if (!ok && answer.error == own)
            answer.kind = SlackAnswer::Kind::Unknown;
    if (!ok && answer.error == "ratelimited") {
        answer.kind = SlackAnswer::Kind::Wait;
        answer.retryAfter = kWait;
    }
    return answer;
}

} // namespace

bool SlackAnswer::isRevoked() const
{
    if (kind != Kind::Refused)
        return false;
    for (const char *word : {"not_authed", "invalid_auth", "account_inactive", "user_removed_from_team", "team_disabled", "token_revoked", "token_expired", "org_login_required",
                             "not_allowed_token_type"})
        if (error == word)
            return true;
    return false;
}

bool SlackAnswer::isFatal() const
{
    return isRevoked() || lacksScope();
}

Error SlackAnswer::asError(const std::string &method) const
{
    if (kind == Kind::Unknown)
        return {Code::Unavailable, "Slack could not be asked: " + error, method};
    if (kind == Kind::Wait)
        return {Code::Unavailable, "Slack asks for patience", method};
    const bool isApp = method == kOpen;
    if (lacksScope())
        return {Code::Forbidden,
                "Slack refused " + method + ": the " + (isApp ? "app-level token" : "bot's token") + " lacks the scope " + (needed.empty() ? isApp ? "connections:write" : "it needs" : needed)
                    + (provided.empty() ? "" : " (it has " + provided + ")")
                    + (isApp ? "; make one that has it at api.slack.com/apps, Basic Information, App-Level Tokens" : "; add it at api.slack.com/apps, OAuth & Permissions, Scopes, and install the app again"),
                error};
    if (isRevoked())
        return {Code::Forbidden,
                std::string("Slack refused the ") + (isApp ? "app-level token" : "bot's token") + ": " + error + "; "
                    + (isApp ? "make another at api.slack.com/apps, Basic Information, App-Level Tokens" : "install the app again at api.slack.com/apps, OAuth & Permissions") + ", and connect with the token from there",
                error};
    Code code = Code::Conflict;
    if (error.ends_with("not_found"))
        code = Code::NotFound;
    else if (error == "not_in_channel" || error == "restricted_action" || error == "cant_invite")
        code = Code::Forbidden;
    return {code, "Slack answered " + error, error};
}

SlackApi::SlackApi(std::string base, std::string caFile, Secret botToken, Secret appToken, std::chrono::milliseconds answerWithin)
    : m_base(std::move(base))
    , m_caFile(std::move(caFile))
    , m_botToken(std::move(botToken))
    , m_appToken(std::move(appToken))
    , m_answerWithin(answerWithin)
{}

SlackApi::~SlackApi() = default;

void SlackApi::call(const std::string &method, const Parameters &parameters, Answered answered)
{
    post(method, parameters, m_botToken, std::move(answered));
}

void SlackApi::callAsApp(const std::string &method, Answered answered)
{
    post(method, {}, m_appToken, std::move(answered));
}

void SlackApi::post(const std::string &method, const Parameters &parameters, const Secret &token, Answered answered)
{
    net::HttpRequest request;
    request.method = net::Method::Post;
    request.url = m_base + '/' + method;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    for (const auto &[name, value] : parameters)
        request.body += (request.body.empty() ? "" : "&") + encoded(name) + '=' + encoded(value);
    request.timeout = millis(m_answerWithin.count());
    request.bearer = token.duplicate();
    request.caFile = m_caFile;
    m_http.send(std::move(request), [this, method, answered = std::move(answered)](Result<net::HttpResponse> response) {
        // In the client's thread; dropped when we are gone by then.
        QMetaObject::invokeMethod(this, [this, method, answered, answer = readAnswer(response)] {
            answered(answer);
            if (method == kOpen || method == kTest) // who asked sees to it
                return;
            if (answer.isRevoked())
                Q_EMIT refused(answer.asError(method));
            else if (answer.lacksScope())
                Q_EMIT lacking(answer.asError(method));
        }, Qt::QueuedConnection);
    });
}

} // namespace qd::chat
