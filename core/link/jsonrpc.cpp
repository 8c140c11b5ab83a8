// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link/jsonrpc.h"

#include "core/link/protocol.h"
#include "core/net/frameclient.h"

#include <array>
#include <boost/json.hpp>

namespace qd::link {

namespace json = boost::json;

namespace {

Code codeFromName(std::string_view name)
{
    for (const Code c : {Code::Invalid, Code::NotFound, Code::Conflict, Code::Forbidden, Code::TooLarge, Code::Unavailable, Code::Corrupt,
                         Code::Version, Code::Io, Code::Internal})
        if (name == codeName(c))
            return c;
    return Code::Internal;
}

std::string textOf(const json::object &object, std::string_view name)
{
    const json::value *v = object.if_contains(name);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

Error errorOf(const json::object &error)
{
    Error out{Code::Internal, textOf(error, "message"), {}};
    const json::value *number = error.if_contains("code");
    if (number && number->is_int64() && number->get_int64() != kRefused)
        out.code = Code::Invalid;
    if (const json::value *data = error.if_contains("data"); data && data->is_object()) {
        out.code = codeFromName(textOf(data->get_object(), "code"));
        out.detail = textOf(data->get_object(), "detail");
    }
    return out;
}

} // namespace

Result<std::string> makeRequest(std::uint64_t id, std::string_view method, std::string_view params, std::string_view as)
{
    json::object request{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}};
    if (!params.empty()) {
        boost::system::error_code wrong;
        auto value = json::parse(params, wrong);
        if (wrong)
            return fail(Code::Invalid, "The arguments are not JSON: " + wrong.message() + ".");
        request["params"] = std::move(value);
    }
    if (!as.empty())
        request["as"] = as;
    return json::serialize(request);
}

Result<Response> parseResponse(std::string_view text)
{
    boost::system::error_code wrong;
    const auto value = json::parse(text, wrong);
    const json::object *object = wrong ? nullptr : value.if_object();
    const json::value *id = object ? object->if_contains("id") : nullptr;
    if (!id)
        return fail(Code::Corrupt, "The core's answer cannot be read.");
    Response response;
    if (id->is_int64())
        response.id = static_cast<std::uint64_t>(id->get_int64());
    else if (id->is_uint64())
        response.id = id->get_uint64();
    if (const json::value *error = object->if_contains("error"); error && error->is_object())
        response.result = tl::unexpected(errorOf(error->get_object()));
    else if (const json::value *result = object->if_contains("result"))
        response.result = json::serialize(*result);
    else
        return fail(Code::Corrupt, "The core's answer cannot be read.");
    return response;
}

Result<std::unique_ptr<Caller>> Caller::connect(const std::filesystem::path &socket)
{
    auto client = net::FrameClient::connect(socket.native());
    if (!client)
        return tl::unexpected(client.error());
    return std::unique_ptr<Caller>(new Caller(std::move(*client)));
}

Caller::Caller(std::unique_ptr<net::FrameClient> client) : m_client(std::move(client)) {}

Caller::~Caller() = default;

Result<std::string> Caller::call(std::string_view method, std::string_view params, std::string_view as, Span timeout)
{
    const auto request = makeRequest(++m_last, method, params, as);
    if (!request)
        return tl::unexpected(request.error());
    if (auto sent = m_client->send(static_cast<std::uint8_t>(FrameType::Call), *request); !sent)
        return tl::unexpected(sent.error());
    PiecedAnswer arriving;
    while (true) {
        auto frame = m_client->read(timeout);
        if (!frame)
            return tl::unexpected(frame.error());
        if (!*frame)
            return fail(Code::Unavailable, "The core did not answer in " + toText(timeout) + ".");
        if ((*frame)->type != static_cast<std::uint8_t>(FrameType::Call) && (*frame)->type != static_cast<std::uint8_t>(FrameType::Piece))
            continue;
        const auto text = arriving.take((*frame)->type, std::move((*frame)->payload));
        if (!text)
            return tl::unexpected(text.error());
        if (!*text)
            continue;
        auto response = parseResponse(**text);
        if (!response)
            return tl::unexpected(response.error());
        // Id 0 answers a request the core could not read at all.
        if (response->id == m_last || response->id == 0)
            return std::move(response->result);
    }
}

} // namespace qd::link
