// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/benchscrub.h"

#include "core/model/report.h"
#include "core/state/state.h"
#include "ui/review/replaystrip.h"
#include "ui/review/reviewview.h"
#include "ui/seat/moments.h"
#include "ui/seat/viewbuilder.h"
#include "ui/shell/mainwindow.h"
#include "ui/view/source.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

namespace qd::app {

namespace {

using view::PastClock;

constexpr std::uint64_t kScrubLines = 50'000;
constexpr int kForward = 1000, kBack = 400, kJumps = 200, kReferences = 20;
constexpr double kFrameMs = 1000.0 / 60;
constexpr QSize kScreen{1920, 1080};
constexpr Instant kScrubBegins{1'767'225'600'000'000'000};
constexpr std::uint64_t kAlertEvery = 100; ///< lines
const events::Actor kWriter{"ana", Path::Person};

double milliseconds(const std::function<void()> &work)
{
    const auto from = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
}

double partOf(std::vector<double> all, double part)
{
    if (all.empty())
        return 0;
    const auto at = static_cast<std::size_t>(part * static_cast<double>(all.size() - 1) + 0.5);
    std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(at), all.end());
    return all[at];
}

QJsonObject spread(const std::vector<double> &all)
{
    return {{QStringLiteral("p50"), partOf(all, 0.5)}, {QStringLiteral("p99"), partOf(all, 0.99)}, {QStringLiteral("max"), partOf(all, 1)}};
}

/// The log of an incident, and what it folds to: a line a record, a fifth of them said in chat, an alert of a dozen services every hundred lines and,
/// fifty later, its end.
class Story {
public:
    state::State state;
    std::vector<desk::RecordPtr> records;
    Instant now = kScrubBegins;

    explicit Story(std::uint64_t lines)
    {
        Workspace w;
        for (int n = 0; n < 40; ++n)
            w.people.push_back({n == 0 ? "ana" : "p" + std::to_string(n), n == 0 ? "Ana Amsel" : "Person" + std::to_string(n) + " Name" + std::to_string(n), "UTC", {}});
        for (int n = 0; n < 12; ++n) {
            Service service;
            service.id = "service-" + std::to_string(n);
            if (n > 0)
                service.needs.push_back({"service-" + std::to_string(n / 2), DependencyKind::Hard});
            w.services.push_back(std::move(service));
        }
        events::WorkspaceChanged changed;
        changed.workspace = std::move(w);
        changed.digest = "bench";
        add(std::move(changed));
        Connection connection;
        connection.name = connection.set = "am";
        connection.kind = "alertmanager";
        add(events::ConnectionAdded{std::move(connection), kWriter});
        events::IncidentDeclared declared;
        declared.incident = "INC-1";
        declared.title = "Checkout is slow";
        declared.service = "service-0";
        declared.kind = "real";
        declared.by = kWriter;
        add(std::move(declared));
        add(events::RoleAssumed{"INC-1", Role::Commander, "ana", kWriter});
        for (std::uint64_t n = 0; n < lines; ++n) {
            if (n % kAlertEvery == 0)
                alert(n / kAlertEvery, true);
            if (n % kAlertEvery == kAlertEvery / 2)
                alert(n / kAlertEvery, false);
            say(n);
        }
        add(events::StatusChanged{"INC-1", "rolled back", IncidentStatus::Resolved, kWriter});
    }

private:
    void add(events::Events some)
    {
        now = now + seconds(1);
        auto r = std::make_shared<desk::Record>();
        r->seq = state.seq + 1;
        r->time = now;
        r->events = std::move(some);
        state::applyRecord(state, r->seq, r->time, r->events);
        records.push_back(std::move(r));
    }
    void add(events::Event event)
    {
        events::Events some;
        some.push_back(std::move(event));
        add(std::move(some));
    }
    void say(std::uint64_t n)
    {
        const std::string person = n % 7 == 0 ? "ana" : "p" + std::to_string(n % 39 + 1);
        const std::string text = "line " + std::to_string(n) + ": payments of cell " + std::to_string(n % 40) + " take longer than they should, Ana is looking at it";
        if (n % 5 == 0) {
            events::MessageSeen m;
            m.incident = "INC-1";
            m.connection = "chat";
            m.room = "war";
            m.messageId = "m" + std::to_string(n);
            m.sender = m.person = person;
            m.verified = true;
            m.text = text;
            add(std::move(m));
        } else {
            add(events::LogWritten{"INC-1", text, {person, Path::Person}});
        }
    }
    void alert(std::uint64_t n, bool fires)
    {
        const std::string service = "service-" + std::to_string(n % 12), name = "Alarm" + std::to_string(n);
        BatchBuilder builder("am", Path::Push, now, 1);
        builder.begin();
        builder.label("alertname", name);
        builder.label("service", service);
        builder.status(fires ? AlertStatus::Firing : AlertStatus::Resolved);
        builder.startsAt(fires ? now : now - seconds(static_cast<std::int64_t>(kAlertEvery) / 2));
        if (!fires)
            builder.endsAt(now);
        builder.end();
        events::AlertsDecided d;
        d.names = {"", service};
        d.because = {{"bench", {"it is one"}, {}}};
        d.verdict.push_back(static_cast<std::uint8_t>(fires ? events::Verdict::Opened : events::Verdict::Resolved));
        d.severity.push_back(static_cast<std::uint8_t>(n % 3 == 0 ? AlertSeverity::Critical : AlertSeverity::Warning));
        d.service.push_back(1);
        d.group.push_back(1);
        d.reason.push_back(0);
        events::Events both;
        both.push_back(events::AlertsReported{builder.take()});
        both.push_back(std::move(d));
        add(std::move(both));
    }
};

/// The window's source: the present once, and whatever moment is asked for at once, on this thread, so that both parts of a step are measured.
class StorySource final : public view::ViewSource {
public:
    explicit StorySource(const Story &story)
        : m_workspace(story.state.workspace)
        , m_head(story.state.seq)
    {
        seat::Looking looking;
        looking.person = QStringLiteral("ana");
        looking.review = QStringLiteral("INC-1");
        looking.now = story.now;
        looking.link = view::CoreLink::Live;
        m_present = m_builder.build(story.state, looking);
        seat::Reel reel{state::State{}};
        for (const auto &record : story.records)
            if (!reel.add(record))
                break;
        windMs = milliseconds([&] { reel.wind(); });
        m_moments.begin(std::move(reel));
        m_looking = looking;
    }
    double windMs = 0, seatMs = 0; ///< seatMs: of the last step

    [[nodiscard]] view::ViewModelPtr current() const override { return m_present; }
    void select(const QString &) override {}
    void focus(const QString &) override {}
    void lookAs(const QString &, Answer) override {}
    void alike(const QStringList &, Alikes) override {}
    void command(const QString &, const QJsonObject &, Answer) override {}
    void review(const QString &) override {}
    void travel(const view::PastPoint &point) override
    {
        if (!point.isPast())
            return Q_EMIT travelled({});
        seat::PastWant want;
        want.point = point;
        want.looking = m_looking;
        want.head = m_head;
        want.evidence = m_present->review->evidence;
        want.cast = m_present->review->cast;
        want.workspace = m_workspace;
        view::ViewModelPtr past;
        seatMs = milliseconds([&] { past = m_moments.at(want); });
        Q_EMIT travelled(past);
    }
    void lint(const QString &, const QString &, const QString &, Findings) override {}
    void keepWords(const QString &, const QString &, Kept) override {}
    void keptWords(const QString &, std::function<void(const QString &)> answer) override { answer({}); }

private:
    seat::ViewBuilder m_builder;
    seat::Moments m_moments;
    seat::Looking m_looking;
    std::shared_ptr<const Workspace> m_workspace;
    std::uint64_t m_head = 0;
    view::ViewModelPtr m_present;
};

/// What was asked for is laid out and painted, as the next frame would.
void paint(shell::MainWindow &window)
{
    QCoreApplication::sendPostedEvents();
    QEvent request(QEvent::UpdateRequest);
    QCoreApplication::sendEvent(&window, &request);
}

struct Steps {
    std::vector<double> all, seat, window;

    void take(StorySource &source, shell::MainWindow &window, const std::function<void()> &step)
    {
        source.seatMs = 0;
        all.push_back(milliseconds([&] {
            step();
            paint(window);
        }));
        seat.push_back(source.seatMs);
        this->window.push_back(all.back() - source.seatMs);
    }
    [[nodiscard]] QJsonObject json() const
    {
        const auto within = std::count_if(all.begin(), all.end(), [](double ms) { return ms <= kFrameMs; });
        return {{QStringLiteral("totalMs"), spread(all)}, {QStringLiteral("seatMs"), spread(seat)}, {QStringLiteral("windowMs"), spread(window)},
                {QStringLiteral("withinAFrame"), all.empty() ? 0.0 : static_cast<double>(within) / static_cast<double>(all.size())}};
    }
};

/// On by events, back by events, and to wherever the line is dragged.
QJsonObject scrub(StorySource &source, shell::MainWindow &window, PastClock clock, int part)
{
    const int forward = std::max(10, kForward / part), backward = std::max(10, kBack / part), jumped = std::max(5, kJumps / part);
    review::ReplayStrip &strip = window.review().replay();
    const Instant from = strip.replay().from(), to = strip.replay().to();
    const auto placed = [&](std::int64_t part, std::int64_t of) { return from + Span{(to - from).ns / of * part}; };
    strip.setClock(clock);
    Steps on, back, jumps;
    // Evenly over the incident, so that late moments count as well as early ones; ten in a row at each place.
    for (int n = 0; n < forward; ++n) {
        if (n % 10 == 0) {
            strip.go(placed(n, forward));
            paint(window);
        }
        on.take(source, window, [&] { strip.event(1); });
    }
    for (int n = 0; n < backward; ++n) {
        if (n % 10 == 0) {
            strip.go(placed(backward - n, backward));
            paint(window);
        }
        back.take(source, window, [&] { strip.event(-1); });
    }
    for (int n = 0; n < jumped; ++n)
        jumps.take(source, window, [&] { strip.go(placed((n * 7919) % jumped, jumped)); });
    return {{QStringLiteral("stepOn"), on.json()}, {QStringLiteral("stepBack"), back.json()}, {QStringLiteral("jump"), jumps.json()}};
}

double medianOf(const std::function<void()> &work)
{
    std::vector<double> all;
    for (int n = 0; n < kReferences; ++n)
        all.push_back(milliseconds(work));
    return partOf(all, 0.5);
}

} // namespace

int benchScrub(style::Theme &theme, std::uint64_t lines)
{
    const QTemporaryDir remembered; // what windows remember here is nobody's
    if (!remembered.isValid())
        return 1;
    qputenv("XDG_STATE_HOME", remembered.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", remembered.path().toUtf8());
    const Story story(lines > 0 ? lines : kScrubLines);
    const int part = lines > 0 ? static_cast<int>(std::clamp<std::uint64_t>(kScrubLines / lines, 1, 100)) : 1; // of a small record fewer steps
    StorySource source(story);
    shell::MainWindow window(source, theme);
    window.ticker().freeze(true);
    window.resize(kScreen);
    window.show();
    window.showPerspective(shell::Perspective::Review);
    window.review().open(QStringLiteral("INC-1"));
    paint(window);

    QJsonObject figures{{QStringLiteral("bench"), QStringLiteral("scrub")},
                        {QStringLiteral("lines"), static_cast<qint64>(story.state.incident("INC-1")->timeline.size())},
                        {QStringLiteral("records"), static_cast<qint64>(story.records.size())},
                        {QStringLiteral("windMs"), source.windMs},
                        {QStringLiteral("frameMs"), kFrameMs}};
    for (const auto &[name, perspective] : {std::pair{QStringLiteral("command"), shell::Perspective::Command}, {QStringLiteral("review"), shell::Perspective::Review}}) {
        window.showPerspective(perspective);
        paint(window);
        figures.insert(name, QJsonObject{{QStringLiteral("asKnown"), scrub(source, window, PastClock::AsKnown, part)}, {QStringLiteral("asItWas"), scrub(source, window, PastClock::AsItWas, part)}});
    }
    // What a step may be compared with: the window painted whole, and every line copied once.
    window.showPerspective(shell::Perspective::Command);
    const double whole = medianOf([&] { window.repaint(); });
    std::size_t bytes = 0;
    const double copy = medianOf([&] {
        const auto &timeline = story.state.incident("INC-1")->timeline;
        const std::vector<state::Entry> all(timeline.begin(), timeline.end());
        bytes += all.back().text.size();
    });
    const double step = figures[QStringLiteral("command")].toObject()[QStringLiteral("asKnown")].toObject()[QStringLiteral("stepOn")].toObject()[QStringLiteral("totalMs")].toObject()[QStringLiteral("p50")].toDouble();
    figures.insert(QStringLiteral("reference"), QJsonObject{{QStringLiteral("wholePaintMs"), whole}, {QStringLiteral("copyOfItsLinesMs"), copy}});
    figures.insert(QStringLiteral("ratio"), QJsonObject{{QStringLiteral("stepToWholePaint"), whole > 0 ? step / whole : 0.0}, {QStringLiteral("stepToCopy"), copy > 0 ? step / copy : 0.0}});
    const QByteArray line = QJsonDocument(figures).toJson(QJsonDocument::Compact);
    return bytes > 0 && std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout) == static_cast<std::size_t>(line.size()) && std::fputc('\n', stdout) == '\n' && std::fflush(stdout) == 0 ? 0 : 1;
}

} // namespace qd::app
