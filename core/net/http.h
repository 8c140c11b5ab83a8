// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qd::net {

enum class Method { Get, Head, Post, Put, Patch, Delete, Options, Other };

[[nodiscard]] const char *methodName(Method method);

/// Names and values in the order they came; names of header fields are lower-case. A linear search: there are few.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// The first value of that name, or "" when there is none.
[[nodiscard]] std::string_view valueOf(const Fields &fields, std::string_view name);

/// One whole request as the listener hands it over: complete, within its limits, its body not encoded.
struct Request {
    Method method = Method::Get;
    std::string path;  ///< as sent, without the query, not decoded
    std::string query; ///< as sent, without the question mark
    Fields params;     ///< the pattern's {names} with their decoded segments
    Fields headers;    ///< names in lower case
    std::string body;
    std::string remote; ///< the peer's address, without port
    bool isLoopback = false;
    Instant receivedAt; ///< when the header was complete

    [[nodiscard]] std::string_view header(std::string_view lowerName) const { return valueOf(headers, lowerName); }
    [[nodiscard]] std::string_view param(std::string_view name) const { return valueOf(params, name); }
    /// The query's names and values, decoded; "+" is a blank. Made anew at each call.
    [[nodiscard]] Fields queryFields() const;
    /// The content type without parameters, in lower case.
    [[nodiscard]] std::string contentType() const;
};

struct Response {
    int status = 200;
    std::string contentType = "application/json";
    std::string body;
    Fields headers = {}; ///< more header fields; line breaks in them are removed
};

/// `{"error":"…"}` with that status, the body every refusal of ours carries.
[[nodiscard]] Response refusal(int status, std::string_view reason);

/// The way back for one request. Copies share one answer; the first respond() counts, any later one is ignored, as is
/// one that comes after the total time has run out (the sender then has its 503). When the last copy dies without an
/// answer, 503 is sent at once. Any thread.
class Responder final {
public:
    Responder() = default;
    explicit Responder(std::function<void(Response)> sink);
    void respond(Response response) const;
    [[nodiscard]] explicit operator bool() const { return m_state != nullptr; }

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// Called on the network thread: hand the request on, do not work here.
using Handler = std::function<void(Request, Responder)>;

/// "%2F" and the like decoded; false when an escape is broken or the text holds a NUL. `plusIsBlank` for queries.
[[nodiscard]] bool percentDecode(std::string_view text, std::string &out, bool plusIsBlank = false);

} // namespace qd::net
