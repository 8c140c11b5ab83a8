// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/discordapi.h"

#include "core/base/safetext.h"
#include "core/chat/discordtext.h"
#include "core/chat/jsonread.h"

#include <QTimer>
#include <algorithm>

namespace qd::chat {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kDiscordPatience{5'000};  ///< a call waits so long for its bucket without a word
constexpr milliseconds kDiscordUntold{30'000};   ///< when a wait is asked for and not how long
constexpr milliseconds kUnlearnt{1'000};
constexpr std::size_t kRoutesKept = 2'000;

std::optional<milliseconds> secondsOf(std::string_view text)
{
    bool ok = false;
    const double seconds = QByteArray(text.data(), static_cast<qsizetype>(text.size())).toDouble(&ok);
    if (!ok || seconds < 0)
        return std::nullopt;
    return milliseconds(static_cast<std::int64_t>(std::min(seconds, 86'400.0) * 1000) + 1);
}

milliseconds remaining(const QDeadlineTimer &timer)
{
    return milliseconds(std::max<qint64>(timer.remainingTime(), 0));
}

DiscordAnswer discordAnswer(const Result<net::HttpResponse> &response)
{
    DiscordAnswer answer;
    if (!response) {
        answer.reason = response.error().message;
        return answer;
    }
    answer.status = response->status;
    answer.body = QJsonDocument::fromJson(QByteArray(response->body.data(), static_cast<qsizetype>(response->body.size())));
    answer.code = answer.body.object().value(QLatin1String("code")).toInt();
    answer.reason = safeLine(json::textOf(answer.body.object(), "message"), 256);
    if (response->status == 204 || (response->status >= 200 && response->status < 300 && !answer.body.isNull())) {
        answer.kind = ApiAnswer::Kind::Done;
        return answer;
    }
    if (answer.reason.empty())
        answer.reason = "it answered HTTP " + std::to_string(response->status);
    if (response->status == 429) {
        answer.kind = ApiAnswer::Kind::Wait;
        const QJsonValue told = answer.body.object().value(QLatin1String("retry_after"));
        const auto header = secondsOf(net::valueOf(response->headers, "retry-after"));
        answer.retryAfter = told.isDouble() ? milliseconds(static_cast<std::int64_t>(std::clamp(told.toDouble(), 0.0, 86'400.0) * 1000) + 1) : header.value_or(kDiscordUntold);
    } else if (response->status >= 400 && response->status < 500) {
        answer.kind = ApiAnswer::Kind::Refused;
    }
    return answer;
}

} // namespace

Error DiscordAnswer::asError() const
{
    const std::string detail = code ? std::to_string(code) : std::string();
    if (kind == Kind::Wait)
        return {Code::Unavailable, "Discord asks for patience", detail};
    const Code word = kind != Kind::Refused ? Code::Unavailable : status == 404 ? Code::NotFound : status == 401 || status == 403 ? Code::Forbidden : Code::Conflict;
    if (isRevoked())
        return {word, "Discord refused the bot's token; reset it at discord.com/developers/applications, Bot, and connect with the new one", detail};
    const bool isForbidden = kind == Kind::Refused && status == 403;
    return {word, (kind == Kind::Refused ? "Discord answered: " : "Discord could not be asked: ") + reason
                      + (isForbidden ? "; give the bot's role that permission in Server Settings, Roles, or invite it again with it at discord.com/developers/applications" : ""), detail};
}

std::string DiscordBuckets::routeOf(std::string_view method, std::string_view path)
{
    std::string out(method);
    path = path.substr(0, path.find('?'));
    for (int part = 0; !path.empty(); ++part) {
        const std::string_view one = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(path.size(), one.size() + 1));
        out += '/';
        out += part > 1 && isSnowflake(one) ? std::string_view("*") : one;
        if (one == "reactions" || one == "interactions") // the emoji does not count, nor which one is answered
            break;
    }
    return out;
}

const DiscordBuckets::Bucket *DiscordBuckets::find(const std::string &route) const
{
    const auto name = m_names.find(route);
    const auto bucket = m_buckets.find(name == m_names.end() ? route : name->second);
    return bucket == m_buckets.end() ? nullptr : &bucket->second;
}

milliseconds DiscordBuckets::wait(const std::string &route) const
{
    const Bucket *bucket = find(route);
    const milliseconds mine = bucket && bucket->left <= 0 ? remaining(bucket->until) : milliseconds(0);
    const milliseconds second = m_inSecond >= kPerSecond ? remaining(m_second) : milliseconds(0);
    return std::max({mine, remaining(m_allUntil), second});
}

void DiscordBuckets::spend(const std::string &route)
{
    if (m_second.hasExpired()) {
        m_second.setRemainingTime(1000);
        m_inSecond = 0;
    }
    ++m_inSecond;
    const auto name = m_names.find(route);
    if (name == m_names.end())
        return;
    Bucket &bucket = m_buckets[name->second];
    if (bucket.left <= 0 && bucket.until.hasExpired()) // it is full again, how full the answer says: one at a time until then
        bucket = {1, QDeadlineTimer(kUnlearnt)};
    --bucket.left;
}

void DiscordBuckets::learn(const std::string &route, const net::Fields &headers)
{
    const std::string name(net::valueOf(headers, "x-ratelimit-bucket"));
    const auto reset = secondsOf(net::valueOf(headers, "x-ratelimit-reset-after"));
    const std::string_view told = net::valueOf(headers, "x-ratelimit-remaining");
    bool ok = false;
    const int calls = QByteArray(told.data(), static_cast<qsizetype>(told.size())).toInt(&ok);
    if (name.empty() || name.size() > 100 || !reset || !ok)
        return;
    if (m_names.size() > kRoutesKept) {
        m_names.clear();
        m_buckets.clear();
    }
    // One bucket a channel or guild: the route up to its id, which is its second part.
    std::size_t major = 0;
    for (int slashes = 0; slashes < 3 && major != std::string::npos; ++slashes)
        major = route.find('/', major + 1);
    const std::string key = name + route.substr(route.find('/'), major - std::min(major, route.find('/')));
    m_names[route] = key;
    m_buckets[key] = {calls, QDeadlineTimer(*reset)};
}

void DiscordBuckets::refused(const std::string &route, bool everything, milliseconds wait)
{
    if (everything) {
        m_allUntil.setRemainingTime(wait.count());
        return;
    }
    const auto name = m_names.find(route);
    m_buckets[name == m_names.end() ? route : name->second] = {0, QDeadlineTimer(wait)};
}

DiscordApi::DiscordApi(std::string base, std::string caFile, Secret token, std::chrono::milliseconds answerWithin, std::chrono::seconds reuseWithin)
    : m_base(std::move(base)), m_caFile(std::move(caFile)), m_token(std::move(token)), m_answerWithin(answerWithin), m_reuseWithin(reuseWithin)
{}

DiscordApi::~DiscordApi() = default;

void DiscordApi::send(net::Method method, const std::string &path, const QJsonObject &body, Answered answered, bool waits)
{
    call(method, path, body.isEmpty() ? std::string() : json::compact(body), std::move(answered), waits);
}

void DiscordApi::call(net::Method method, const std::string &path, const std::string &body, Answered answered, bool waits)
{
    const std::string route = DiscordBuckets::routeOf(net::methodName(method), path);
    if (const milliseconds wait = m_buckets.wait(route); wait > (waits ? kDiscordPatience : milliseconds(0))) {
        DiscordAnswer answer;
        answer.kind = ApiAnswer::Kind::Wait;
        answer.retryAfter = wait;
        QMetaObject::invokeMethod(this, [answered = std::move(answered), answer] { answered(answer); }, Qt::QueuedConnection);
        return;
    } else if (wait > milliseconds(0)) {
        QTimer::singleShot(wait + milliseconds(1), this, [this, method, path, body, answered = std::move(answered)] { call(method, path, body, answered); });
        return;
    }
    m_buckets.spend(route);
    net::HttpRequest request;
    request.method = method;
    request.url = m_base + '/' + path;
    request.headers = {{"Authorization", "Bot " + std::string(m_token.revealText())}, {"User-Agent", "DiscordBot (https://quarterdeck.invalid, 1)"}};
    if (!body.empty())
        request.headers.emplace_back("Content-Type", "application/json");
    request.body = body;
    request.timeout = millis(m_answerWithin.count());
    request.reuseWithin = seconds(m_reuseWithin.count());
    request.caFile = m_caFile;
    m_http.send(std::move(request), [this, route, path, answered = std::move(answered)](Result<net::HttpResponse> response) {
        net::Fields headers;
        if (response)
            headers = response->headers;
        // In the client's thread; dropped when we are gone by then.
        QMetaObject::invokeMethod(this, [this, route, path, answered, headers, answer = discordAnswer(response)] {
            m_buckets.learn(route, headers);
            if (answer.kind == ApiAnswer::Kind::Wait)
                m_buckets.refused(route, answer.body.object().value(QLatin1String("global")).toBool() || !net::valueOf(headers, "x-ratelimit-global").empty(), answer.retryAfter);
            answered(answer);
            if (answer.isRevoked() && path != kDiscordMe && !path.starts_with("interactions/")) // an interaction has a token of its own
                Q_EMIT refused(answer.asError());
        }, Qt::QueuedConnection);
    });
}

} // namespace qd::chat
