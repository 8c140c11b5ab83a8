// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/chat/teamsconnector.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace qd;
using namespace qd::chat;

/// What a Teams workflow answers (its status in three digits, a line that is the Retry-After, then the body), and text on its way there.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::text(data, size);
    net::HttpResponse response;
    for (const char digit : text.substr(0, 3))
        response.status = response.status * 10 + (digit >= '0' && digit <= '9' ? digit - '0' : 0);
    const std::string_view rest = text.substr(std::min<std::size_t>(3, text.size()));
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    response.headers = {{"retry-after", std::string(rest.substr(0, end))}};
    response.body = rest.substr(std::min(end + 1, rest.size()));
    const int status = response.status;
    const auto answer = TeamsConnector::read(std::move(response));
    using Kind = ApiAnswer::Kind;
    require(answer.retryAfter.count() >= 0 && answer.retryAfter <= std::chrono::hours(1));
    require(answer.kind != Kind::Wait || answer.retryAfter.count() > 0);
    // Only what it says it took is taken; what it may have taken is never sent again.
    require(answer.kind != Kind::Done || status == 200 || status == 202);
    require((answer.kind == Kind::Refused) == (status >= 400 && status < 500 && status != 429));
    require(answer.why.size() <= 600 && answer.why.find_first_of("\r\n") == std::string::npos);
    require(!answer.why.empty() || answer.kind == Kind::Done || answer.kind == Kind::Wait);

    const std::string card = TeamsConnector::card(text);
    const QJsonObject message = QJsonDocument::fromJson(QByteArray(card.data(), static_cast<qsizetype>(card.size()))).object();
    require(message.value(QStringLiteral("attachments")).toArray().size() == 1);
    return 0;
}
