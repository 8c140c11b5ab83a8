// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http.h"

#include <algorithm>
#include <atomic>

namespace qd::net {

namespace {
int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

void appendJsonText(std::string &out, std::string_view text)
{
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else
            out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    out += '"';
}
} // namespace

const char *methodName(Method method)
{
    static constexpr const char *kNames[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "OTHER"};
    return kNames[static_cast<int>(method)];
}

std::string_view valueOf(const Fields &fields, std::string_view name)
{
    for (const auto &[key, value] : fields) {
        if (key == name)
            return value;
    }
    return {};
}

bool percentDecode(std::string_view text, std::string &out, bool plusIsBlank)
{
    out.clear();
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
            if (high < 0 || low < 0 || (high == 0 && low == 0))
                return false;
            out += static_cast<char>(high << 4 | low);
            i += 2;
        } else {
            out += plusIsBlank && text[i] == '+' ? ' ' : text[i];
        }
    }
    return true;
}

Fields Request::queryFields() const
{
    Fields fields;
    std::string_view rest = query;
    while (!rest.empty()) {
        const std::string_view item = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), item.size() + 1));
        const std::size_t equals = item.find('=');
        std::string name;
        std::string value;
        const bool readable = percentDecode(item.substr(0, equals), name, true)
            && percentDecode(equals == item.npos ? std::string_view() : item.substr(equals + 1), value, true);
        if (readable && !item.empty())
            fields.emplace_back(std::move(name), std::move(value));
    }
    return fields;
}

std::string Request::contentType() const
{
    std::string_view type = header("content-type");
    type = type.substr(0, type.find(';'));
    std::string lower;
    for (const char c : type) {
        if (c != ' ' && c != '\t')
            lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return lower;
}

Response refusal(int status, std::string_view reason)
{
    Response response{status};
    response.body = "{\"error\":";
    appendJsonText(response.body, reason);
    response.body += "}\n";
    return response;
}

struct Responder::State {
    explicit State(std::function<void(Response)> s) : sink(std::move(s)) {}
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State()
    {
        if (!answered.exchange(true))
            sink(refusal(503, "the request was dropped without an answer; send it again"));
    }
    std::atomic<bool> answered{false};
    std::function<void(Response)> sink;
};

Responder::Responder(std::function<void(Response)> sink) : m_state(std::make_shared<State>(std::move(sink))) {}

void Responder::respond(Response response) const
{
    if (m_state && !m_state->answered.exchange(true))
        m_state->sink(std::move(response));
}

} // namespace qd::net
