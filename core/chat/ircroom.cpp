// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/ircroom.h"

#include "core/base/safetext.h"

#include <QPointer>
#include <algorithm>
#include <charconv>

namespace qd::chat {

namespace {

constexpr std::size_t kIrcHeld = 10'000;
constexpr std::size_t kShownLimit = 4'096;
/// What we ask a server to keep of a channel we make: as much as it lets us (InspIRCd: m_chanhistory, UnrealIRCd: history).
constexpr const char *kHistories[] = {"100:7d", "50:1d", "20:1h"};

/// "100:1w2d": so many lines, for so long.
std::pair<std::size_t, Span> historyOf(std::string_view text)
{
    std::size_t lines = 0;
    const std::size_t colon = std::min(text.find(':'), text.size());
    std::from_chars(text.data(), text.data() + colon, lines);
    text.remove_prefix(std::min(text.size(), colon + 1));
    Span kept;
    while (!text.empty()) {
        std::int64_t number = 0;
        const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (wrong != std::errc() || number < 0 || number > 1'000'000)
            break;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        constexpr std::pair<char, Span> units[] = {{'y', hours(24 * 365)}, {'w', hours(24 * 7)}, {'d', hours(24)}, {'h', hours(1)}, {'m', minutes(1)}, {'s', seconds(1)}};
        const auto unit = std::find_if(std::begin(units), std::end(units), [&](const auto &u) { return text.starts_with(u.first); });
        kept = kept + (unit == std::end(units) ? seconds(1) : unit->second) * number;
        text.remove_prefix(unit == std::end(units) ? 0 : 1);
    }
    return {lines, kept};
}

} // namespace

IrcRoom::IrcRoom(IrcSession &session, const Clock &clock, const IrcTimings &timings, std::string connector, std::string network, std::string address,
                 const std::string &cursor)
    : m_session(session)
    , m_clock(clock)
    , m_timings(timings)
    , m_connector(std::move(connector))
    , m_network(std::move(network))
    , m_room(std::move(address))
    , m_channel(ircChannel(m_room, m_network))
    , m_story(clock, m_connector, m_room, {})
{
    m_story.setParent(this);
    setCursor(cursor);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_phase == Phase::Waiting)
            enter();
        else if (m_phase == Phase::Joining)
            wait("the channel " + m_channel + " does not answer");
    });
}

std::vector<Member> IrcRoom::members() const
{
    std::vector<Member> out;
    for (const auto &[folded, who] : m_occupants)
        out.push_back({who.account.empty() ? std::string() : ircAddress(who.account, m_network), safeLine(who.nick, 128), !who.account.empty(), isUs(who.nick)});
    return out;
}

std::string IrcRoom::nickOf(const std::string &account) const
{
    const auto it = std::find_if(m_occupants.begin(), m_occupants.end(), [&](const auto &o) { return o.second.account == account; });
    return it == m_occupants.end() ? std::string() : it->second.nick;
}

IrcContext IrcRoom::context() const
{
    return {m_connector, m_network, m_room, m_session.nick(), m_session.account(), m_clock.now(), m_session.has("account-tag"),
            [this](std::string_view name) { return m_session.folded(name); }, [this](std::string_view nick) { return m_session.isOurNick(nick); }};
}

void IrcRoom::setForeign(Instant since)
{
    m_foreign = true;
    m_since = since;
    if (m_story.cursor().empty() && since) {
        m_recovering = true; // a history that does not reach back is a gap, from then on
        m_story.brokeAt(since);
    }
}

void IrcRoom::setCursor(const std::string &cursor)
{
    m_story.setCursor(cursor);
    m_beginning = cursor;
    m_recovering = !cursor.empty();
}

void IrcRoom::setPhase(Phase phase)
{
    m_phase = phase;
    if (phase != Phase::Waiting)
        m_trouble.clear();
    Q_EMIT phaseChanged();
}

void IrcRoom::wait(const std::string &why)
{
    ++m_generation;
    m_trouble = why;
    m_seated = false;
    m_occupants.clear();
    m_timer.start(m_timings.rejoinAfter);
    setPhase(Phase::Waiting);
}

void IrcRoom::enter()
{
    if (!m_session.isReady())
        return;
    ++m_generation;
    m_occupants.clear();
    m_replay.clear();
    m_held.clear();
    m_refusal.reset();
    m_modes.clear();
    m_seated = m_created = false;
    m_named = 0;
    m_kept = 0;
    m_recovering = m_recovering || m_wasReady;
    m_timer.stop();
    setPhase(Phase::Joining);
    // A room costs some lines, and many are entered at once when a line stands anew: one after the other, as the server lets us.
    inTurn(IrcSession::Turn::Last, [this] { begin(); });
}

/// Nothing comes of it when the room was let go meanwhile, or began anew.
void IrcRoom::inTurn(IrcSession::Turn turn, std::function<void()> run)
{
    m_session.whenFree(turn, [still = QPointer(this), run = std::move(run), generation = m_generation] {
        if (still && generation == still->m_generation)
            run();
    });
}

void IrcRoom::begin()
{
    m_timer.start(m_timings.answerWithin);
    if (m_private && !m_foreign && m_session.exceptionFor(m_session.account()).empty())
        return notPrivate("this server lets nobody into a closed channel by the account they signed in to (mode +I), and a cut line would shut us out of our own");
    // A secret channel says to who is outside that it is not there, so asking first would tell nothing: whoever joins one that is not there makes it, and that
    // is left at once when it was not to be ours.
    takeSeat();
}

void IrcRoom::ask(IrcLine line, IrcSession::Answer answered)
{
    m_session.request(std::move(line), [still = QPointer(this), answered = std::move(answered), generation = m_generation](const Result<std::vector<IrcLine>> &answer) {
        if (still && generation == still->m_generation) // the room may have been let go meanwhile
            answered(answer);
    });
}

void IrcRoom::takeSeat()
{
    // A server does not answer a JOIN of who is in, and plays nothing back: out first, where we may be.
    m_parting = std::exchange(m_maySit, true);
    if (m_parting)
        m_session.send(ircLine("PART", {m_channel}));
    m_session.send(ircLine("JOIN", {m_channel}));
    // Behind the JOIN, so its answer comes behind all that the server says to who comes in, the history too.
    ask(ircLine("MODE", {m_channel}), [this](const Result<std::vector<IrcLine>> &answer) {
        if (answer)
            onSeated(*answer);
    });
}

void IrcRoom::onSeated(const std::vector<IrcLine> &modes)
{
    m_timer.stop();
    if (!m_seated) {
        m_maySit = false;
        const Error why = m_refusal.value_or(Error{Code::Unavailable, "the IRC server did not say why", {}});
        if (m_wasReady)
            return wait("joining " + m_channel + " failed: " + why.message);
        Q_EMIT failed({why.code, "joining " + m_channel + " failed: " + why.message, why.detail});
        return;
    }
    if (m_created && m_foreign) { // there was none
        m_session.send(ircLine("PART", {m_channel}));
        m_maySit = m_seated = false;
        if (m_wasReady)
            return wait("there is no channel " + m_channel + " any more");
        Q_EMIT failed({Code::NotFound, "there is no room " + m_room});
        return;
    }
    learnModes(modes);
    if (m_private && m_created)
        return shut(); // at once, whoever else waits for a turn
    if (m_private && !isShut())
        return notPrivate("others may come in, or see it");
    setUp();
}

void IrcRoom::setUp()
{
    // Before other rooms are entered: this one is as good as ready.
    inTurn(IrcSession::Turn::Next, [this] {
        if (m_created && m_kept == 0)
            keepHistory(0);
        else
            learnMembers();
    });
}

void IrcRoom::shut()
{
    ask(ircLine("MODE", {m_channel, "+isI", m_session.exceptionFor(m_session.account())}), [this](const Result<std::vector<IrcLine>> &answer) {
        if (!m_session.isReady())
            return; // it is entered anew with the next line
        if (answer)
            learnModes(*answer);
        if (isShut())
            setUp();
        else
            notPrivate("the server does not close it");
    });
}

/// What is said in a private channel is never said in another one of its name.
void IrcRoom::notPrivate(const std::string &why)
{
    m_timer.stop();
    if (m_seated)
        m_session.send(ircLine("PART", {m_channel}));
    m_maySit = m_seated = false;
    if (!m_wasReady)
        return void(Q_EMIT failed({Code::Conflict, "making the private " + m_room + " failed: " + why}));
    m_story.broke();
    wait("the channel " + m_channel + " is not private any more: " + why);
}

/// "+Hnt 100:7d": who may come in, and what the channel keeps of what is said.
void IrcRoom::learnModes(const std::vector<IrcLine> &lines)
{
    const std::string kinds = m_session.support("CHANMODES"); // A,B,C,D: those of A, B and C have a parameter when set
    const std::size_t third = kinds.rfind(',');
    const std::string withParam = kinds.substr(0, third == std::string::npos ? 0 : third);
    for (const IrcLine &line : lines) {
        if (line.numeric() != 324 && line.command != "MODE")
            continue;
        const std::size_t first = line.numeric() == 324 ? 2 : 1;
        std::size_t next = first + 1;
        bool sets = true;
        for (const char mode : line.param(first)) {
            if (mode == '+' || mode == '-') {
                sets = mode == '+';
                continue;
            }
            if (sets)
                m_modes.insert(mode);
            else
                m_modes.erase(mode);
            if (withParam.find(mode) == std::string::npos)
                continue;
            if (mode == 'H')
                std::tie(m_kept, m_keptFor) = historyOf(line.param(next));
            ++next;
        }
    }
}

void IrcRoom::keepHistory(std::size_t attempt)
{
    if (m_session.support("CHANMODES").find('H') == std::string::npos || attempt == std::size(kHistories))
        return learnMembers();
    ask(ircLine("MODE", {m_channel, "+H", kHistories[attempt]}), [this, attempt](const Result<std::vector<IrcLine>> &answer) {
        if (!m_session.isReady())
            return; // it is entered anew with the next line
        if (answer && refusalIn(*answer))
            return keepHistory(attempt + 1);
        if (answer)
            learnModes(*answer);
        learnMembers(); // without an answer too, or it would hang in joining; then it counts as keeping no history
    });
}

void IrcRoom::learnMembers()
{
    ask(ircLine("WHO", {m_channel, "%tna,152"}), [this](const Result<std::vector<IrcLine>> &answer) {
        if (answer)
            for (const IrcLine &line : *answer)
                if (line.numeric() == 354 && line.param(1) == "152" && line.params.size() >= 4) {
                    const std::string account(line.param(3) == "0" ? std::string_view() : line.param(3));
                    m_occupants[m_session.folded(line.param(2))] = {std::string(line.param(2)), m_session.folded(account)};
                }
        if (m_created && m_private && m_occupants.size() > 1)
            return notPrivate("somebody came in before it was closed");
        if (m_created && !m_title.empty())
            m_session.send(ircLine("TOPIC", {m_channel, ircLines(m_title, 300).front()}));
        catchUp();
    });
}

void IrcRoom::catchUp()
{
    const bool recovering = std::exchange(m_recovering, false);
    std::string gap;
    m_whole = true;
    if (m_created) {
        if (recovering)
            gap = "the channel was empty and had to be made again; what was said in between is lost";
        m_whole = !recovering;
        m_story.advance(std::string(Story::kBegin));
        return goLive(recovering, gap, 0);
    }
    const std::string cursor = m_story.cursor();
    const bool isFull = m_kept == 0 || m_replay.size() >= m_kept; // there may have been more
    auto first = m_replay.begin();
    if (cursor.empty() && !m_since) {
        first = m_replay.end();
        m_story.advance(m_replay.empty() ? std::string(Story::kBegin) : m_replay.back().eventId);
    } else if (cursor.empty()) {
        const Instant from{m_since.ns / 1'000'000'000 * 1'000'000'000}; // played back, times are told to the second
        first = std::find_if(m_replay.begin(), m_replay.end(), [&](const ChatEvent &e) { return e.serverTime >= from; });
        m_whole = first != m_replay.begin() || (!isFull && m_clock.now() - m_since < m_keptFor);
    } else if (m_story.isAtBegin()) {
        m_whole = !isFull;
    } else {
        const auto known = std::find_if(m_replay.begin(), m_replay.end(), [&](const ChatEvent &e) { return e.eventId == cursor; });
        m_whole = known != m_replay.end();
        first = m_whole ? known + 1 : m_replay.begin();
    }
    if (!m_whole)
        gap = m_kept == 0 ? "the channel keeps no history; what was said in between is lost" : "the channel's history does not reach back to where we stopped reading";
    if (recovering && !m_whole)
        m_story.tellGap(gap); // before what came after it
    std::size_t found = 0;
    for (const ChatEvent &event : m_replay)
        if (!event.messageId.empty())
            Q_EMIT ownSeen(event.messageId, {event.eventId, event.messageId});
    for (auto it = first; it != m_replay.end(); ++it) {
        found += m_story.knows(it->eventId) ? 0 : 1;
        const std::string id = it->eventId;
        m_story.give(std::move(*it));
        m_story.advance(id);
    }
    m_replay.clear();
    if (m_story.cursor().empty())
        m_story.advance(std::string(Story::kBegin));
    goLive(recovering, m_whole ? std::string() : gap, found);
}

void IrcRoom::goLive(bool recovering, const std::string &gap, std::size_t found)
{
    if (recovering && m_created)
        m_story.tellGap(gap);
    else if (recovering && gap.empty() && (m_wasReady || !m_beginning.empty()) && m_session.carriesReactions()) // not of a room we come into for the first time
        m_story.tellGap("what was reacted meanwhile is in no history of IRC's", false, true);
    for (ChatEvent &held : std::exchange(m_held, {}))
        hear(std::move(held));
    if (recovering)
        m_story.mended(gap.empty() ? Recovery::Kind::CaughtUp : Recovery::Kind::Gap, found, gap);
    else
        m_story.forgetLoss();
    const bool created = std::exchange(m_created, false);
    setPhase(Phase::Live);
    if (!std::exchange(m_wasReady, true)) {
        m_beginning = m_story.cursor();
        Q_EMIT ready(created, m_story.cursor());
    }
}

void IrcRoom::hear(ChatEvent event)
{
    // The history holds what was said and nothing else: a reaction or a topic is no place to go on from.
    const std::string id = event.kind == ChatEvent::Kind::Message || event.kind == ChatEvent::Kind::Action ? event.eventId : std::string();
    m_story.give(std::move(event));
    if (!id.empty())
        m_story.advance(id);
}

void IrcRoom::leave()
{
    m_timer.stop();
    ++m_generation;
    if (m_seated && m_session.isReady())
        m_session.send(ircLine("PART", {m_channel}));
    m_seated = false;
    m_phase = Phase::Out;
}

void IrcRoom::fetchSince(const std::string &cursor)
{
    m_story.broke();
    if (cursor == m_beginning || m_story.knows(cursor))
        return m_story.mended(Recovery::Kind::CaughtUp);
    const std::string why = "IRC servers give no history on request, and what was said before was not said here";
    m_story.tellGap(why);
    m_story.mended(Recovery::Kind::Gap, 0, why);
}

void IrcRoom::seatLost()
{
    if (m_phase != Phase::Live)
        return;
    m_story.broke();
    enter();
}

std::optional<MessageRef> IrcRoom::shown(const std::string &id) const
{
    const auto it = m_shown.find(id);
    return it == m_shown.end() ? std::nullopt : std::optional(it->second);
}

bool IrcRoom::remembersSince(Instant since) const
{
    return m_whole && m_kept > 0 && m_clock.now() - since < m_keptFor;
}

void IrcRoom::onLine(const IrcLine &line, const QByteArray &raw, bool history)
{
    if (line.numeric() != 0) {
        if (m_parting && (line.numeric() == 442 || line.numeric() == 403))
            m_parting = false; // we were not in
        else if (m_phase == Phase::Joining && !m_seated && !m_refusal)
            m_refusal = refusalIn(line);
        if (line.numeric() == 353)
            m_named += static_cast<std::size_t>(std::count(line.last().begin(), line.last().end(), ' ')) + (line.last().ends_with(' ') ? 0 : 1);
        if (line.numeric() == 353 && m_named == 1)
            m_created = line.last().starts_with('@');
        else if (line.numeric() == 353)
            m_created = false;
        if (line.numeric() == 332 && std::exchange(m_topicKnown, true) && m_topic != line.last()) {
            IrcLine news = line;
            news.source = "server!";
            news.command = "TOPIC";
            news.params = {m_channel, std::string(line.last())};
            if (auto event = readIrc(news, context(), true))
                m_held.push_back(std::move(*event));
        }
        if (line.numeric() == 332)
            m_topic = std::string(line.last());
        return;
    }
    if (line.command == "JOIN" || line.command == "ACCOUNT" || line.command == "NICK")
        return onPeople(line);
    if (line.command == "PART" || line.command == "QUIT" || line.command == "KICK")
        return onGone(line);
    if (!m_seated)
        return;
    auto event = readIrc(line, context(), history);
    if (!event)
        return;
    event->raw.assign(raw.constData(), static_cast<std::size_t>(raw.size()));
    if (event->kind == ChatEvent::Kind::Topic) {
        m_topic = std::string(line.param(1));
        m_topicKnown = true;
    }
    // An id of ours is nobody's to know before the channel showed it, so whoever repeats it, it arrived.
    if (!event->messageId.empty()) {
        if (m_shown.size() > kShownLimit)
            m_shown.clear();
        m_shown[event->messageId] = {event->eventId, event->messageId};
    }
    if (history)
        m_replay.push_back(std::move(*event));
    else if (m_phase == Phase::Live)
        hear(std::move(*event));
    else if (m_held.size() < kIrcHeld)
        m_held.push_back(std::move(*event));
    else
        seatLost();
}

void IrcRoom::onPeople(const IrcLine &line)
{
    const std::string folded = m_session.folded(line.nick());
    if (line.command == "JOIN") {
        if (isUs(line.nick())) {
            m_seated = true;
            return;
        }
        const std::string_view told = line.params.size() > 1 ? line.param(1) : line.tag("account"); // extended-join
        Occupant who{std::string(line.nick()), told == "*" ? std::string() : m_session.folded(told)};
        m_occupants[folded] = who;
        return tellMembership(ChatEvent::Kind::Join, line, who);
    }
    const auto it = m_occupants.find(folded);
    if (it == m_occupants.end())
        return;
    if (line.command == "ACCOUNT") {
        it->second.account = line.param(0) == "*" ? std::string() : m_session.folded(line.param(0));
        return;
    }
    Occupant who = std::move(it->second);
    m_occupants.erase(it);
    who.nick = std::string(line.param(0));
    m_occupants[m_session.folded(who.nick)] = std::move(who);
}

void IrcRoom::onGone(const IrcLine &line)
{
    const std::string_view nick = line.command == "KICK" ? line.param(1) : line.nick();
    if (line.command == "PART" && isUs(nick) && std::exchange(m_parting, false)) { // as we asked; what came before it was of the seat before
        m_seated = m_created = false;
        m_named = 0;
        m_replay.clear();
        m_held.clear();
        m_occupants.clear();
        return;
    }
    if (line.command != "QUIT" && isUs(nick)) {
        if (!m_seated)
            return; // we left
        m_maySit = false;
        m_story.broke();
        return wait(line.command == "KICK" ? safeLine(line.nick(), 64) + " put us out of " + m_channel + ": " + safeLine(line.last(), 200) : "we were taken out of " + m_channel);
    }
    const auto it = m_occupants.find(m_session.folded(nick));
    if (it == m_occupants.end())
        return;
    const Occupant who = std::move(it->second);
    m_occupants.erase(it);
    tellMembership(ChatEvent::Kind::Leave, line, who);
}

void IrcRoom::tellMembership(ChatEvent::Kind kind, const IrcLine &line, const Occupant &who)
{
    if (m_phase != Phase::Live)
        return;
    ChatEvent item;
    item.connector = m_connector;
    item.room = m_room;
    item.kind = kind;
    item.senderName = safeLine(who.nick, 128);
    if (!who.account.empty()) {
        item.senderId = safeLine(ircAddress(who.account, m_network));
        item.identityVerified = true;
    }
    item.own = !who.account.empty() && who.account == m_session.folded(m_session.account());
    const auto told = parseInstant(line.tag("time"));
    item.receivedAt = m_clock.now();
    item.serverTime = told && *told ? *told : item.receivedAt;
    m_story.tell(item);
}

} // namespace qd::chat
