// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace qd::net {
class FrameClient;
}

namespace qd::link {

/// JSON-RPC 2.0 as the control socket speaks it, on texts; no JSON type leaves this folder.

/// Error numbers: -32700, -32600, -32601 and -32602 as JSON-RPC has them; refusals are -32000 with the word of their Code in
/// `data.code` and, where there is one, `data.detail`.
inline constexpr int kParseError = -32700, kInvalidRequest = -32600, kMethodNotFound = -32601, kInvalidParams = -32602,
                     kRefused = -32000;

/// `params` is JSON text, "" for none; `as` names the person the caller speaks for, "" for the user itself.
/// Invalid when `params` is not JSON.
[[nodiscard]] Result<std::string> makeRequest(std::uint64_t id, std::string_view method, std::string_view params, std::string_view as = {});

struct Response {
    std::uint64_t id = 0;
    Result<std::string> result; ///< JSON text
};
/// Corrupt for what is no response.
[[nodiscard]] Result<Response> parseResponse(std::string_view text);

/// A blocking caller for programs that ask one thing and go: the command line.
class Caller final {
public:
    /// NotFound or Unavailable when no core runs behind that socket.
    [[nodiscard]] static Result<std::unique_ptr<Caller>> connect(const std::filesystem::path &socket);
    ~Caller();

    /// The result as JSON text, or the core's refusal. Unavailable when no answer came in time.
    [[nodiscard]] Result<std::string> call(std::string_view method, std::string_view params = {}, std::string_view as = {},
                                           Span timeout = seconds(60));

private:
    explicit Caller(std::unique_ptr<net::FrameClient> client);
    std::unique_ptr<net::FrameClient> m_client;
    std::uint64_t m_last = 0;
};

} // namespace qd::link
