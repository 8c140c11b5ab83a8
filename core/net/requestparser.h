// SPDX-License-Identifier: GPL-3.0-or-later
// For this folder's .cpp files only: it brings Beast with it.
#pragma once

#include "core/net/http.h"

#include <boost/beast/http/basic_parser.hpp>

namespace qd::net {

/// Beast's parser writing straight into a Request, and counting what Beast lets pass although two readers could
/// understand it differently: repeated lengths, transfer codings other than plain "chunked", missing or several hosts.
class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    explicit RequestParser(Request &request) : m_request(request)
    {
        // Ours are the limits: the session counts header bytes, and knows the body's limit only once it has the route.
        header_limit(std::numeric_limits<std::uint32_t>::max());
        body_limit(boost::none);
    }

    /// Why the framing of this header is refused, or nullptr.
    [[nodiscard]] const char *framingFault() const
    {
        if (m_version != 10 && m_version != 11)
            return "only HTTP/1.0 and HTTP/1.1 are spoken here";
        if (m_lengths > 1 || m_lengthIsList)
            return "more than one Content-Length";
        if (m_codings > 0 && m_lengths > 0)
            return "Content-Length and Transfer-Encoding together";
        if (m_codings > 1 || (m_codings == 1 && (!m_codingIsChunked || m_version == 10)))
            return "a transfer coding other than chunked";
        if (m_hosts > 1 || (m_hosts == 0 && m_version == 11))
            return "exactly one Host is needed";
        return nullptr;
    }

    [[nodiscard]] bool isVersion10() const { return m_version == 10; }

private:
    using Text = boost::beast::string_view;
    using ErrorCode = boost::beast::error_code;

    void on_request_impl(boost::beast::http::verb verb, Text, Text target, int version, ErrorCode &) override
    {
        m_version = version;
        m_request.method = methodOf(verb);
        std::string_view path(target.data(), target.size());
        // The absolute form, as sent to proxies, is to be understood as well (RFC 9112 section 3.2.2).
        if (const std::size_t scheme = path.find("://"); !path.starts_with('/') && scheme != path.npos) {
            const std::size_t slash = path.find('/', scheme + 3);
            path = slash == path.npos ? std::string_view("/") : path.substr(slash);
        }
        path = path.substr(0, path.find('#'));
        const std::size_t mark = path.find('?');
        m_request.path = path.substr(0, mark);
        m_request.query = mark == path.npos ? std::string_view() : path.substr(mark + 1);
    }

    void on_field_impl(boost::beast::http::field which, Text name, Text value, ErrorCode &) override
    {
        if (is_header_done() || m_headerDone)
            return; // trailers of a chunked body mean nothing here
        using boost::beast::http::field;
        if (which == field::content_length) {
            ++m_lengths;
            m_lengthIsList = m_lengthIsList || value.find(',') != value.npos;
        } else if (which == field::transfer_encoding) {
            ++m_codings;
            m_codingIsChunked = boost::beast::iequals(value, "chunked");
        } else if (which == field::host) {
            ++m_hosts;
        }
        std::string lower(name.data(), name.size());
        for (char &c : lower) {
            if (c >= 'A' && c <= 'Z')
                c = static_cast<char>(c + ('a' - 'A'));
        }
        m_request.headers.emplace_back(std::move(lower), std::string(value.data(), value.size()));
    }

    void on_header_impl(ErrorCode &) override { m_headerDone = true; }
    void on_response_impl(int, Text, int, ErrorCode &) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t> &, ErrorCode &) override {}
    std::size_t on_body_impl(Text body, ErrorCode &) override { return append(body); }
    void on_chunk_header_impl(std::uint64_t, Text, ErrorCode &) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text body, ErrorCode &) override { return append(body); }
    void on_finish_impl(ErrorCode &) override {}

    std::size_t append(Text body)
    {
        m_request.body.append(body.data(), body.size());
        return body.size();
    }

    static Method methodOf(boost::beast::http::verb which)
    {
        using boost::beast::http::verb;
        switch (which) {
        case verb::get: return Method::Get;
        case verb::head: return Method::Head;
        case verb::post: return Method::Post;
        case verb::put: return Method::Put;
        case verb::patch: return Method::Patch;
        case verb::delete_: return Method::Delete;
        case verb::options: return Method::Options;
        default: return Method::Other;
        }
    }

    Request &m_request;
    int m_version = 0;
    unsigned m_lengths = 0;
    unsigned m_codings = 0;
    unsigned m_hosts = 0;
    bool m_lengthIsList = false;
    bool m_codingIsChunked = false;
    bool m_headerDone = false;
};

} // namespace qd::net
