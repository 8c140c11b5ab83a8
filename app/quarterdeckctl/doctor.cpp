// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/doctor.h"

#include "app/quarterdeckctl/coverage.h"
#include "core/base/ports.h"
#include "core/journal/emergency.h"
#include "core/journal/header.h"
#include "core/journal/home.h"
#include "core/journal/slots.h"
#include "core/journal/verify.h"
#include "core/link/jsonrpc.h"
#include "core/link/protocol.h"
#include "core/model/connection.h"
#include "core/store/sqlitesections.h"
#include "core/workspace/files.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstring>
#include <map>
#include <optional>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

namespace qd::app {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

using State = Finding::State;

constexpr std::size_t kCoverageSaid = 5;
constexpr Span kOnItsWay = minutes(1); ///< what was queued so shortly ago need not be known

class Doctor {
public:
    explicit Doctor(const HomeOptions &options) : m_options(options), m_home(options.home) {}

    std::vector<Finding> examine()
    {
        if (!folder())
            return std::move(m_findings);
        files();
        room();
        keys();
        core();
        derived();
        waiting();
        clock();
        settings();
        return std::move(m_findings);
    }

private:
    void say(const char *what, State state, std::string text) { m_findings.push_back({what, state, std::move(text)}); }

    /// What keeps a file or folder from being ours alone; "" for nothing.
    static std::string openTo(const fs::path &path, const struct stat &info)
    {
        if (S_ISLNK(info.st_mode))
            return path.filename().string() + " is a symbolic link";
        if (info.st_uid != ::geteuid())
            return path.filename().string() + " belongs to another user";
        return (info.st_mode & 077) != 0 ? path.filename().string() + " can be read or changed by others" : std::string();
    }

    bool folder()
    {
        struct stat info {};
        if (::stat(m_home.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
            say("folder", State::Wrong, "There is no home in " + m_home.string() + "; make one with `quarterdeckctl init`.");
            return false;
        }
        const std::string open = openTo(m_home, info);
        say("folder", open.empty() ? State::Well : State::Wrong, open.empty() ? m_home.string() + " is ours and private." : open + "; `chmod 700` it, and ask who read it.");
        return true;
    }

    void files()
    {
        std::string wrong;
        const auto note = [&](const std::string &what) { wrong += (wrong.empty() ? "" : "; ") + what; };
        for (const char *name : {"journal.db", "keys.db"})
            if (!fs::exists(m_home / name))
                note(std::string(name) + " is missing");
        std::error_code unreadable;
        for (const auto &entry : fs::recursive_directory_iterator(m_home, fs::directory_options::skip_permission_denied, unreadable)) {
            struct stat info {};
            // The team's settings are text for git, with what mode they like; what they name as a secret is not.
            if (entry.path().lexically_relative(m_home).begin()->string() == "workspace" || ::lstat(entry.path().c_str(), &info) != 0)
                continue;
            if (std::string open = openTo(entry.path(), info); !open.empty())
                note(open);
        }
        if (unreadable)
            note("not all of it can be read: " + unreadable.message());
        say("files", wrong.empty() ? State::Well : State::Wrong, wrong.empty() ? "Log, keys and the rest are ours and private." : wrong + ".");
    }

    void room()
    {
        struct statvfs disk {};
        if (::statvfs(m_home.c_str(), &disk) != 0)
            return say("free room", State::Look, std::string("It cannot be told: ") + std::strerror(errno) + ".");
        const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
        const std::string much = std::to_string(free >> 20) + " MB are free on the home's disk";
        const bool tight = free < kNoRoom;
        say("free room", tight ? State::Wrong : free < kLittleRoom ? State::Look : State::Well,
            tight ? much + ": make room now, what happens will soon not be recorded." : much + (free < kLittleRoom ? "; make room soon." : "."));
        std::error_code none;
        const auto reserve = fs::file_size(m_home / "reserve", none);
        if (none)
            say("reserve", State::Look, "There is no reserve for the moment the disk is full: it is made when a core starts and there is room.");
        else
            say("reserve", State::Well, std::to_string(reserve >> 20) + " MB are held for the moment the disk is full.");
    }

    void keys()
    {
        const auto slots = journal::listSlots(m_home, portsOf(false));
        if (!slots)
            return say("keys", State::Wrong, slots.error().message);
        std::string ways;
        bool recovery = false;
        for (const auto &slot : slots->slots) {
            ways += (ways.empty() ? "" : ", ") + slot.kind;
            recovery = recovery || slot.kind == "recovery";
        }
        const std::string advice = slots->advice(m_now);
        if (!recovery)
            say("keys", State::Look, "No recovery key opens this home (" + ways + "); `keys add recovery` makes one.");
        else
            say("keys", advice.empty() ? State::Well : State::Look, "Opened by: " + ways + "." + (advice.empty() ? "" : " " + advice));
    }

    std::optional<json::object> ask(link::Caller &caller, std::string_view method, const std::string &params = {})
    {
        const auto got = caller.call(method, params, {}, seconds(15));
        boost::system::error_code wrong;
        auto value = got ? json::parse(*got, wrong) : json::value();
        if (got && !wrong && value.is_object())
            return std::move(value.get_object());
        m_silent = got ? "its answer cannot be read" : got.error().message;
        return std::nullopt;
    }
    static std::string textOf(const json::object &o, std::string_view name)
    {
        const json::value *v = o.if_contains(name);
        return v && v->is_string() ? std::string(v->get_string()) : std::string();
    }
    static std::uint64_t numberOf(const json::object &o, std::string_view name)
    {
        const json::value *v = o.if_contains(name);
        return v && v->is_number() ? v->to_number<std::uint64_t>() : 0;
    }
    static bool isTrue(const json::object &o, std::string_view name)
    {
        const json::value *v = o.if_contains(name);
        return v && v->is_bool() && v->get_bool();
    }

    void core()
    {
        if (const auto caller = link::Caller::connect(link::controlSocket(m_home)))
            return running(**caller);
        const auto lock = journal::HomeLock::take(m_home);
        if (!lock && lock.error().code == Code::Conflict)
            return say("core", State::Wrong, "A core has this home and its control socket does not answer; `quarterdeckctl serve` says more when that one is stopped.");
        say("core", State::Well, "None runs.");
        if (!lock)
            return say("log", State::Wrong, lock.error().message);
        stopped();
    }

    void running(link::Caller &caller)
    {
        const auto status = ask(caller, "status");
        if (!status)
            return say("core", State::Wrong, "One runs and does not answer: " + m_silent);
        const bool recorded = isTrue(*status, "recorded");
        m_head = numberOf(*status, "seq");
        m_newest = parseInstant(textOf(*status, "at")).value_or(Instant{});
        const std::string notice = textOf(*status, "notice");
        say("core", notice.empty() ? State::Well : State::Look,
            "Version " + textOf(*status, "version") + " runs as process " + std::to_string(numberOf(*status, "pid")) + "." + (notice.empty() ? "" : " " + notice));
        say("log", recorded ? State::Well : State::Wrong,
            recorded ? std::to_string(m_head) + " records; the core checked its end when it opened, `verify` reads all of it when no core runs."
                     : "What happens is not being recorded: " + textOf(*status, "reason"));
        if (const auto signedHead = ask(caller, "log.head"))
            checkpoint(numberOf(*signedHead, "seq"));
        unsettled(*status);
        leftOut(caller);
        accounts(caller);
        publicHooks(caller);
        const auto search = ask(caller, "search", "{\"text\":\"doctor\",\"limit\":1}");
        if (!search)
            return say("search", State::Look, "It does not answer: " + m_silent);
        m_searchTold = true;
        const bool complete = isTrue(*search, "complete");
        say("search", complete ? State::Well : State::Look, complete ? "Everything up to the newest record is found." : "Indexing, " + std::to_string(numberOf(*search, "percent")) + " %.");
    }

    /// What was to be written outside and was not taken, or may have arrived or not. The core gives counts alone: reading what it is might be recorded.
    void unsettled(const json::object &status)
    {
        const json::value *all = status.if_contains("unsettled");
        std::string text;
        for (const json::value &each : all && all->is_array() ? all->get_array() : json::array()) {
            if (!each.is_object())
                continue;
            const json::object &one = each.get_object();
            const std::uint64_t waiting = numberOf(one, "waiting"), unknown = numberOf(one, "unknown"), instead = numberOf(one, "instead");
            const std::string since = textOf(one, "since"), problem = textOf(one, "problem");
            if (unknown == 0 && m_now - parseInstant(since).value_or(m_now) < kOnItsWay)
                continue;
            text += (text.empty() ? "" : "; ") + textOf(one, "connection") + ": ";
            if (waiting > 0)
                text += std::to_string(waiting) + (waiting == 1 ? " waits" : " wait") + (problem.empty() ? "" : " (" + problem + ")")
                    + (instead == 0 ? "" : ", " + std::to_string(instead) + " of them said in another room instead");
            if (unknown > 0)
                text += std::string(waiting > 0 ? ", " : "") + std::to_string(unknown) + " may have arrived or not: look there";
            text += ", the oldest since " + since;
        }
        say("deliveries", text.empty() ? State::Well : State::Look, text.empty() ? "Nothing that is to be written outside waits." : text + ". `get deliveries` names them.");
    }

    /// Alerts that are not taken because so many of their name fire.
    void leftOut(link::Caller &caller)
    {
        const auto sources = ask(caller, "get", "{\"what\":\"sources\"}");
        const json::value *items = sources ? sources->if_contains("items") : nullptr;
        std::string all;
        for (const json::value &source : items && items->is_array() ? items->get_array() : json::array())
            if (const json::value *names = source.is_object() ? source.get_object().if_contains("leftOut") : nullptr; names && names->is_array())
                for (const json::value &name : names->get_array())
                    if (const json::object &one = name.get_object(); textOf(one, "overAt").empty())
                        all += (all.empty() ? "" : "; ") + textOf(source.get_object(), "name") + ": " + textOf(one, "text");
        if (!all.empty())
            say("left out", State::Look, all + ". Whom they call is called by those that are kept; mend the rule that makes so many.");
    }

    /// Accounts of the workspace at connections that are no trackers: whoever owns an action is given no issue there.
    void accounts(link::Caller &caller)
    {
        const auto loaded = workspace::load(m_options.workspace());
        const auto sources = loaded ? ask(caller, "get", "{\"what\":\"sources\"}") : std::nullopt;
        const json::value *items = sources ? sources->if_contains("items") : nullptr;
        if (!items || !items->is_array())
            return; // said elsewhere
        std::map<std::string, std::string> kinds;
        for (const json::value &source : items->get_array())
            if (source.is_object())
                kinds[textOf(source.get_object(), "name")] = textOf(source.get_object(), "kind");
        std::string all;
        for (const Person &p : loaded->people)
            for (const Account &a : p.accounts)
                if (const auto kind = kinds.find(a.connection); kind == kinds.end() || !isTracker(kind->second))
                    all += (all.empty() ? "" : "; ") + p.id + " has an account at " + a.connection + ", which is " + (kind == kinds.end() ? "no connection here" : "of kind " + kind->second + ", no tracker");
        if (!all.empty())
            say("accounts", State::Look, all + ". Mend the workspace's files, or connect it.");
    }

    /// Webhooks that a message can go to and no [[clearance]] names: what goes there passes the checks of customers, which it did not before that was so.
    void publicHooks(link::Caller &caller)
    {
        const auto loaded = workspace::load(m_options.workspace());
        std::string stages, hooks, statements;
        for (const ApprovalStage &stage : loaded ? loaded->approvals : std::vector<ApprovalStage>{})
            if (std::any_of(stage.audiences.begin(), stage.audiences.end(), [](const std::string &a) { return a == "customers" || a == "public"; }))
                stages += (stages.empty() ? "" : ", ") + stage.id;
        const auto sources = stages.empty() ? std::nullopt : ask(caller, "get", "{\"what\":\"sources\"}");
        const json::value *items = sources ? sources->if_contains("items") : nullptr;
        for (const json::value &source : items && items->is_array() ? items->get_array() : json::array()) {
            const json::value *armed = source.is_object() && textOf(source.get_object(), "kind") == "webhook" ? source.get_object().if_contains("armed") : nullptr;
            const bool takesPosts = armed && armed->is_array() && std::find(armed->get_array().begin(), armed->get_array().end(), json::value("posts")) != armed->get_array().end();
            const std::string name = takesPosts ? textOf(source.get_object(), "name") : std::string();
            const bool isNamed = std::any_of(loaded->clearances.begin(), loaded->clearances.end(), [&](const ClearanceRule &rule) { return std::find(rule.connections.begin(), rule.connections.end(), name) != rule.connections.end(); });
            if (name.empty() || isNamed)
                continue;
            hooks += (hooks.empty() ? "webhook:" : ", webhook:") + name;
            for (const HoldingStatement &h : loaded->holding)
                if (std::find(h.to.begin(), h.to.end(), "webhook:" + name) != h.to.end())
                    statements += (statements.empty() ? "" : ", ") + h.id;
        }
        if (!hooks.empty())
            say("approvals", State::Look, "Whatever audience a message names, what goes to " + hooks + " has to pass " + stages + ", because anybody may read it there"
                    + (statements.empty() ? "" : " (holding statements that go there, once they are edited: " + statements + ")")
                    + ". Where only people of the house do, say so: [[clearance]] with connections and class = \"internal\"; class = \"public\" says that it is meant.");
    }

    void checkpoint(std::uint64_t seq)
    {
        const std::uint64_t behind = m_head > seq ? m_head - seq : 0;
        constexpr std::uint64_t kBehindAtMost = 2 * 64; // one is due every 64 records, and what is under way
        say("checkpoint", behind <= kBehindAtMost ? State::Well : State::Look,
            seq == 0 && m_head == 0 ? "Nothing is recorded yet, so nothing is signed."
                                    : "Signed up to record " + std::to_string(seq) + ", " + std::to_string(behind) + " behind the newest; hold one elsewhere with `checkpoint --out`.");
    }

    /// The whole log, with our lock on the home.
    void stopped()
    {
        const auto ports = portsOf(false);
        const auto report = journal::verify(m_home, ports);
        if (!report)
            return say("log", State::Wrong, report.error().message);
        m_head = report->headSeq;
        using Outcome = journal::VerifyReport::Outcome;
        const auto holes = std::count_if(report->holes.begin(), report->holes.end(), [](const auto &h) { return !h.authorised; });
        if (report->outcome == Outcome::UnknownVersion)
            say("log", State::Wrong, "It was written by a newer Quarterdeck; install that one.");
        else if (report->outcome == Outcome::Damaged && !report->errors.empty())
            say("log", State::Wrong, "Damaged, first at record " + std::to_string(report->errors.front().seq) + " (" + report->errors.front().kind +
                                         "): a core opens it read-only; put a copy back, or `recover` makes another home of what can be read; `verify` lists all " + std::to_string(report->errors.size()) + ".");
        else if (report->outcome == Outcome::Damaged || holes > 0)
            say("log", State::Wrong, std::to_string(holes) + " parts cannot be read and nobody destroyed their keys.");
        else
            say("log", State::Well, std::to_string(report->records) + " records, whole and in order" + (report->holes.empty() ? "." : ", with what was erased or struck as recorded."));
        checkpoint(m_head - std::min(m_head, report->unanchored));
        if (!report->noted && m_head > 0)
            say("head note", State::Look, "There is none that fits: whether this is the newest copy of the log cannot be told.");
        const auto records = ports.records(m_home, journal::Access::Read);
        if (records && m_head > 0)
            (void)(*records)->read(m_head, m_head, [this](const journal::Row &row) {
                if (const auto parsed = journal::parseHeader(row.blob))
                    m_newest = parsed->header.time;
                return false;
            });
    }

    /// Snapshots and the search index: made again when they are lost, so nothing here is wrong.
    void derived()
    {
        const auto heads = store::SqliteSections::look(m_home);
        if (!heads)
            return say("derived.db", State::Look,
                       heads.error().code == Code::NotFound ? "There is none: the next start folds the whole log, snapshots and search are made again." : heads.error().message + " It is made again at the next start.");
        std::uint64_t bytes = 0, snapshots = 0, snapshot = 0, searched = 0;
        for (const auto &head : *heads) {
            bytes += head.bytes;
            if (head.kind == "snapshot") {
                ++snapshots;
                snapshot = std::max(snapshot, head.last);
            } else if (head.kind == "search" && head.name == "position") {
                searched = head.last;
            }
        }
        say("snapshots", State::Well, snapshots == 0 ? "None yet: there is one every few thousand events." : std::to_string(snapshots) + ", the newest of record " + std::to_string(snapshot) + ".");
        if (!m_searchTold)
            say("search", State::Well, "Sealed up to record " + std::to_string(searched) + " of " + std::to_string(m_head) + "; the rest is indexed when a core starts. derived.db holds " + std::to_string(bytes >> 20) + " MB.");
    }

    void waiting()
    {
        const auto ports = portsOf(false);
        const auto records = ports.records(m_home, journal::Access::Read);
        const auto log = records ? (*records)->log() : Result<journal::LogRow>(tl::unexpected(records.error()));
        if (!log)
            return; // said above
        if (const auto file = journal::waitingEmergencyFile(m_home, log->id); !file.empty())
            say("emergency file", State::Look, file.string() + " holds what the disk did not take; the next start of a core records it.");
    }

    void clock()
    {
        if (m_newest && m_newest > m_now + kClockAhead)
            return say("clock", State::Wrong, "This machine says " + toRfc3339(m_now) + ", and the newest record is of " + toRfc3339(m_newest) + ": set the clock; until then time passes slowly in the log.");
        timex state{};
        const bool synchronised = ::adjtimex(&state) >= 0 && (state.status & STA_UNSYNC) == 0;
        say("clock", synchronised ? State::Well : State::Look, toRfc3339(m_now) + (synchronised ? ", synchronised." : ", not synchronised with other clocks as far as the system knows (timedatectl)."));
    }

    void settings()
    {
        const auto loaded = workspace::load(m_options.workspace());
        say("workspace", loaded ? State::Well : State::Wrong, loaded ? std::to_string(loaded->services.size()) + " services, " + std::to_string(loaded->people.size()) + " people; sound." : loaded.error().message);
        if (loaded && loaded->people.size() > 1)
            say("rights", loaded->rights.empty() ? State::Look : State::Well,
                loaded->rights.empty() ? "Nobody is limited: all " + std::to_string(loaded->people.size()) + " people of the workspace may command, publish and administer, because it has no [[right]]; the examples `init` wrote say how to begin."
                                       : "Only what a [[right]] grants may be done (" + std::to_string(loaded->rights.size()) + " of them); everything else is denied.");
        const auto warnings = loaded ? coverageWarnings(*loaded, m_options.workspace(), m_now) : std::vector<std::string>();
        for (std::size_t n = 0; n < std::min(warnings.size(), kCoverageSaid); ++n)
            say("on call", State::Look, warnings[n]);
        if (warnings.size() > kCoverageSaid)
            say("on call", State::Look, std::to_string(warnings.size() - kCoverageSaid) + " more gaps like these; `workspace check` names them.");
    }

    const HomeOptions &m_options;
    const fs::path m_home;
    const Instant m_now = SystemClock().now();
    std::vector<Finding> m_findings;
    std::uint64_t m_head = 0;
    Instant m_newest; ///< journal time of the newest record
    bool m_searchTold = false;
    std::string m_silent; ///< why the core gave no answer
};

} // namespace

std::vector<Finding> examine(const HomeOptions &options)
{
    return Doctor(options).examine();
}

} // namespace qd::app
