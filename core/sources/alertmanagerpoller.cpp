// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/alertmanagerpoller.h"

#include "core/sources/alertmanager.h"
#include "core/sources/listing.h"
#include "core/sources/silencewriter.h"

#include <algorithm>

namespace qd::sources {

struct AlertmanagerPoller::Impl : std::enable_shared_from_this<AlertmanagerPoller::Impl> {
    Impl(net::HttpClient &http, Intake intake, const Clock &c, PollOptions options)
        : line(std::make_shared<PollLine>(http, std::move(intake), c, std::move(options))), clock(c), writer(*line)
    {
    }

    void poll()
    {
        if (busy)
            return;
        busy = true;
        line->get("/api/v2/status", [this](Result<net::HttpResponse> answer) { onStatus(std::move(answer)); });
    }

    void giveUp(const std::string &reason)
    {
        line->failed(reason);
        busy = false;
    }

    void onStatus(Result<net::HttpResponse> answer)
    {
        if (!answer) {
            giveUp(answer.error().message);
            return;
        }
        const Instant now = itsClock(*answer, clock.now());
        const auto body = PollLine::bodyOf(std::move(answer));
        const auto status = body ? parseStatus(*body) : Result<AlertmanagerStatus>(tl::unexpected(body.error()));
        // A status that cannot be read leaves open which process answers: then nothing is known to be complete.
        settled = status && status->upSince && status->cluster != "settling" && now - status->upSince >= line->options().settle;
        const Instant up = status ? status->upSince : Instant{};
        if (up != upSince)
            last = ReportBatch{};
        upSince = up;
        line->get("/api/v2/alerts", [this](Result<net::HttpResponse> a) { onAlerts(PollLine::bodyOf(std::move(a))); });
    }

    void onAlerts(const Result<std::string> &body)
    {
        if (!body) {
            giveUp(body.error().message);
            return;
        }
        // The state of settling is part of what was said: the same list means more once it is complete.
        std::string digest = digestOf(*body) + (settled ? "complete" : "so far");
        if (digest == committed) {
            line->worked();
            line->intake().sourceSeen(line->options().connection, Path::Poll, clock.now());
            readSilences();
            return;
        }
        auto batch = parseAlertmanagerAlerts(*body, line->arrival());
        if (!batch) {
            giveUp("its list of alerts cannot be read: " + batch.error().message);
            return;
        }
        line->worked();
        batch->snapshot = batch->snapshot && settled;
        if (!batch->snapshot && batch->quarantined.empty() && upSince) {
            ReportBatch gone = goneSince(last, *batch);
            if (gone.size() > 0)
                line->intake().reports(std::move(gone), [](const Result<> &) {});
        }
        last = *batch;
        line->intake().reports(std::move(*batch), [weak = weak_from_this(), digest](const Result<> &result) {
            const auto self = weak.lock();
            if (self && result)
                self->line->post([self = self.get(), digest] { self->committed = digest; });
        });
        readSilences();
    }

    void readSilences()
    {
        line->get("/api/v2/silences", [this](Result<net::HttpResponse> a) { onSilences(PollLine::bodyOf(std::move(a))); });
    }

    void onSilences(const Result<std::string> &body)
    {
        busy = false;
        if (!body) {
            line->failed(body.error().message);
            return;
        }
        const std::string digest = digestOf(*body);
        if (digest == silencesDigest && !writer.inDoubt())
            return;
        auto list = parseSilences(*body);
        if (!list) {
            line->failed("its list of silences cannot be read: " + list.error().message);
            return;
        }
        writer.listed(*list);
        if (digest == silencesDigest)
            return;
        silencesDigest = digest;
        line->intake().silences(line->options().connection, std::move(*list));
    }

    std::shared_ptr<PollLine> line;
    const Clock &clock;
    // What follows is used on the line's thread only.
    SilenceWriter writer;
    bool busy = false;
    bool settled = false;
    Instant upSince;
    ReportBatch last;         ///< what this process of the source listed last
    std::string committed;    ///< digest of the list that is known to be in the journal
    std::string silencesDigest;
};

AlertmanagerPoller::AlertmanagerPoller(net::HttpClient &http, Intake intake, const Clock &clock, PollOptions options)
    : m_impl(std::make_shared<Impl>(http, std::move(intake), clock, std::move(options)))
{
}

AlertmanagerPoller::~AlertmanagerPoller()
{
    m_impl->line->stop();
}

void AlertmanagerPoller::start()
{
    m_impl->line->start([impl = m_impl.get()] { impl->poll(); });
}

void AlertmanagerPoller::poll()
{
    m_impl->line->post([impl = m_impl.get()] { impl->poll(); });
}

void AlertmanagerPoller::arm(bool silences)
{
    m_impl->line->post([impl = m_impl.get(), silences] { impl->writer.arm(silences); });
}

void AlertmanagerPoller::createSilence(std::uint64_t number, std::string silence)
{
    m_impl->line->post([impl = m_impl.get(), number, silence = std::move(silence)] { impl->writer.create(number, silence); });
}

void AlertmanagerPoller::expireSilence(std::uint64_t number, std::string id)
{
    m_impl->line->post([impl = m_impl.get(), number, id = std::move(id)] { impl->writer.expire(number, id); });
}

void AlertmanagerPoller::silenceAnew(std::uint64_t number, std::string silence)
{
    m_impl->line->post([impl = m_impl.get(), number, silence = std::move(silence)] { impl->writer.anew(number, silence); });
}

void AlertmanagerPoller::recallSilence(std::uint64_t number, std::string why)
{
    m_impl->line->post([impl = m_impl.get(), number, why = std::move(why)] { impl->writer.recall(number, why); });
}

} // namespace qd::sources
