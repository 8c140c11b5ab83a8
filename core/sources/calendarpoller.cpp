// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/calendarpoller.h"

namespace qd::sources {

namespace {

constexpr std::size_t kCalendarBytes = 2u << 20; ///< as much as is read of one
constexpr int kCalendarRedirects = 3;

PollOptions asCalendar(PollOptions options)
{
    options.maxBytes = kCalendarBytes;
    options.redirects = kCalendarRedirects;
    options.accept = "text/calendar, */*;q=0.1";
    return options;
}

} // namespace

struct CalendarPoller::Impl : std::enable_shared_from_this<CalendarPoller::Impl> {
    Impl(net::HttpClient &http, Intake intake, const Clock &c, PollOptions options)
        : line(std::make_shared<PollLine>(http, std::move(intake), c, asCalendar(std::move(options)))), clock(c)
    {
    }

    void poll()
    {
        if (busy)
            return;
        busy = true;
        line->get({}, [this](Result<net::HttpResponse> answer) { onAnswer(PollLine::bodyOf(std::move(answer))); });
    }

    void onAnswer(Result<std::string> body)
    {
        if (!body) {
            busy = false;
            line->failed(body.error().message);
            return;
        }
        // What is done with it may take a while and answers from another thread.
        line->intake().calendar(line->options().connection, std::move(*body), [weak = weak_from_this()](const Result<> &result) {
            if (const auto self = weak.lock())
                self->line->post([impl = self.get(), result] {
                    impl->busy = false;
                    if (result || result.error().detail == kInPart) {
                        impl->line->worked();
                        impl->line->intake().sourceSeen(impl->line->options().connection, Path::Poll, impl->clock.now());
                    }
                    if (!result)
                        impl->line->failed(result.error().message);
                });
        });
    }

    std::shared_ptr<PollLine> line;
    const Clock &clock;
    bool busy = false; ///< used on the line's thread only
};

CalendarPoller::CalendarPoller(net::HttpClient &http, Intake intake, const Clock &clock, PollOptions options)
    : m_impl(std::make_shared<Impl>(http, std::move(intake), clock, std::move(options)))
{
}

CalendarPoller::~CalendarPoller()
{
    m_impl->line->stop();
}

void CalendarPoller::start()
{
    m_impl->line->start([impl = m_impl.get()] { impl->poll(); });
}

void CalendarPoller::poll()
{
    m_impl->line->post([impl = m_impl.get()] { impl->poll(); });
}

} // namespace qd::sources
