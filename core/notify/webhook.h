// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/calls.h"
#include "core/model/connection.h"
#include "core/net/httpclient.h"

#include <string>
#include <string_view>

namespace qd::notify {

/// What a webhook is told.
struct WebhookPage {
    events::Effect effect = events::Effect::Page;
    std::string title, text, incident, severity, person, name, address;
    std::string link;       ///< that answers it; may be empty
    std::string key;        ///< the same for every attempt of one message
    std::string trouble;    ///< the same for everything said about one call: PagerDuty's dedup_key
    std::string console;    ///< where this console is reached from outside; may be empty
};

/// The request for one page, by the connection's recipe: ntfy (JSON publishing), Pushover (messages.json), Twilio (Messages.json),
/// PagerDuty Events v2, or a body of the team's own whose {{places}} are filled in, escaped for its content type. `secret` goes
/// where the recipe wants it: never into the URL.
[[nodiscard]] net::HttpRequest webhookRequest(const Connection &connection, const WebhookPage &page, Secret secret);

/// `{{place}}`s filled in: inside JSON texts for application/json, form-encoded for application/x-www-form-urlencoded, as they are else.
[[nodiscard]] std::string filled(std::string_view body, std::string_view contentType, const WebhookPage &page);

/// What an answer means.
struct WebhookVerdict {
    bool isTaken = false, isFinal = false;
    bool isOfChannel = false; ///< nothing goes through it now; else it is about this page, or about how many there were
    std::string id, reason; ///< id: what the other side calls it
    Span wait;              ///< it asked to be left alone for so long
};
[[nodiscard]] WebhookVerdict verdictOf(const net::HttpResponse &response);

} // namespace qd::notify
