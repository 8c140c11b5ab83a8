// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/notify/answerdoor.h"

#include "core/base/encoding.h"
#include "core/base/markup.h"
#include "core/model/marking.h"
#include "core/notify/pagelink.h"

#include <algorithm>
#include <deque>
#include <mutex>

namespace qd::notify {

namespace {

using Kind = oncall::Answering::Kind;

net::Response html(int status, std::string body)
{
    net::Response r;
    r.status = status;
    r.contentType = "text/html; charset=utf-8";
    r.body = std::move(body);
    r.headers = {{"Cache-Control", "no-store"},
                 {"Referrer-Policy", "no-referrer"},
                 {"X-Content-Type-Options", "nosniff"},
                 {"X-Robots-Tag", "noindex"},
                 {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"}};
    return r;
}

bool isToken(std::string_view text)
{
    return text.size() == 2 * kTokenBytes && text.find_first_not_of("0123456789abcdef") == text.npos;
}

int statusOf(Kind kind)
{
    return kind == Kind::Open ? 200 : kind == Kind::Unknown ? 404 : 410;
}

std::string headingOf(const oncall::Answering &a)
{
    const Kind kind = a.kind;
    if (a.test != 0)
        return kind == Kind::Open ? "A test" : "Answered";
    return kind == Kind::Open ? "You are called" : kind == Kind::Unknown ? "No such call" : kind == Kind::Answered ? "Answered" : "This call is over";
}

} // namespace

std::string answerPage(const oncall::Answering &a, std::string_view heading, std::string_view sentence, bool hasButton)
{
    // Whoever has the link reads it: as much as the call said, which goes to a telephone.
    const auto markupEscaped = [](std::string_view text) { return qd::markupEscaped(sealed(text, Reader{DataClass::Internal, {}})); };
    std::string out = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                      "<meta name=\"robots\" content=\"noindex\"><title>"
        + markupEscaped(heading)
        + "</title><style>body{font:1.1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:34rem;padding:0 1rem;color:#111;background:#fff}"
          "button{font:inherit;font-weight:600;padding:.8rem 1.6rem;border:0;border-radius:.4rem;background:#0b57d0;color:#fff}"
          "@media(prefers-color-scheme:dark){body{color:#eee;background:#151515}button{background:#8ab4f8;color:#111}}</style></head><body><h1>"
        + markupEscaped(heading) + "</h1>";
    if (a.kind != Kind::Unknown)
        out += "<p><strong>" + markupEscaped(a.severity + (a.severity.empty() ? "" : " ") + a.incident) + "</strong> " + markupEscaped(a.about) + "</p>";
    if (!a.calls.empty()) {
        out += "<ul>";
        for (const std::string &call : a.calls)
            out += "<li>" + markupEscaped(call) + "</li>";
        out += "</ul>";
    }
    out += "<p>" + markupEscaped(sentence) + "</p>";
    if (hasButton)
        out += "<form method=\"post\"><button type=\"submit\">I have it</button></form>";
    return out + "</body></html>\n";
}

struct AnswerDoor::Core {
    /// Whether there were too many wrong links just now; this one counts.
    bool isTooMany()
    {
        const std::lock_guard lock(mutex);
        const Span now = clock.boot();
        while (!wrong.empty() && now - wrong.front() > kWrongWindow)
            wrong.pop_front();
        if (wrong.size() >= kWrongLinks)
            return true;
        wrong.push_back(now);
        return false;
    }

    net::Response shown(const oncall::Answering &a)
    {
        if (a.kind == Kind::Unknown && isTooMany())
            return html(429, answerPage(a, "Too many wrong links", "There were many links that answer no call just now. Try again in a minute.", false));
        return html(statusOf(a.kind), answerPage(a, headingOf(a), a.sentence, a.kind == Kind::Open));
    }

    Core(const Clock &c, Ask a, Acknowledge k) : clock(c), ask(std::move(a)), acknowledge(std::move(k)) {}
    const Clock &clock;
    Ask ask;
    Acknowledge acknowledge;
    std::mutex mutex;
    std::deque<Span> wrong;
};

AnswerDoor::AnswerDoor(net::Listener &listener, const Clock &clock, Ask ask, Acknowledge acknowledge)
    : m_core(std::make_shared<Core>(clock, std::move(ask), std::move(acknowledge)))
{
    const auto core = m_core;
    const auto look = [core](const net::Request &request, std::function<void(oncall::Answering)> then) {
        const std::string token(request.param("token"));
        if (isToken(token))
            core->ask(sha256Hex(token), std::move(then));
        else
            then([] {
                oncall::Answering none;
                none.sentence = "This link answers no call. It may be mistyped, or too old.";
                return none;
            }());
    };
    listener.route(net::Method::Get, "/answer/{token}", [core, look](const net::Request &request, const net::Responder &responder) {
        look(request, [core, responder](const oncall::Answering &a) { responder.respond(core->shown(a)); });
    });
    listener.route(
        net::Method::Post, "/answer/{token}",
        [core, look](const net::Request &request, const net::Responder &responder) {
            look(request, [core, responder](const oncall::Answering &a) {
                if (a.kind != Kind::Open)
                    return responder.respond(core->shown(a));
                core->acknowledge(a, [responder, a](const Result<> &done) {
                    oncall::Answering shown = a;
                    shown.kind = Kind::Answered;
                    shown.calls.clear();
                    if (done)
                        responder.respond(html(200, answerPage(shown, "Thank you", a.name + " has it. The record says so.", false)));
                    else
                        responder.respond(html(done.error().code == Code::Unavailable ? 503 : 409, answerPage(shown, "Not done", done.error().message, false)));
                });
            });
        },
        {kConfirmBody, {}});
}

} // namespace qd::notify
