// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/net/requestparser.h"

#include <boost/asio/buffer.hpp>

using namespace qd;

namespace {

struct Read {
    net::Request request;
    bool isWhole = false, isRefused = false;
    std::string fault;
};

/// Feeds the bytes in pieces of at most `piece`, as the session does.
Read readAll(std::string_view bytes, std::size_t piece)
{
    Read out;
    net::RequestParser parser(out.request);
    parser.eager(true);
    std::string held;
    std::size_t at = 0;
    while (!parser.is_done()) {
        boost::beast::error_code error;
        const std::size_t used = held.empty() ? 0 : parser.put(boost::asio::buffer(held), error);
        held.erase(0, used);
        if (error && error != boost::beast::http::error::need_more) {
            out.isRefused = true;
            break;
        }
        if (parser.is_done() || (at == bytes.size() && used == 0))
            break;
        if (at < bytes.size()) {
            const std::size_t n = std::min(piece, bytes.size() - at);
            held.append(bytes.substr(at, n));
            at += n;
        }
    }
    out.isWhole = parser.is_done();
    if (parser.is_header_done())
        if (const char *fault = parser.framingFault())
            out.fault = fault;
    return out;
}

} // namespace

/// One HTTP/1.1 request. However the network cuts it, it is the same request.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::size_t piece = 1 + data[0] % 61;
    const auto bytes = fuzz::text(data + 1, size - 1);
    const Read whole = readAll(bytes, std::max<std::size_t>(bytes.size(), 1));
    const Read pieces = readAll(bytes, piece);
    require(whole.request.body.size() <= bytes.size());
    require(whole.isWhole == pieces.isWhole);
    if (whole.isWhole) {
        require(whole.fault == pieces.fault);
        require(whole.request.method == pieces.request.method);
        require(whole.request.path == pieces.request.path);
        require(whole.request.query == pieces.request.query);
        require(whole.request.headers == pieces.request.headers);
        require(whole.request.body == pieces.request.body);
        static_cast<void>(whole.request.queryFields());
        static_cast<void>(whole.request.contentType());
    }
    return 0;
}
