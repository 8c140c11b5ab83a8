// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/ircsession.h"

#include "core/base/encoding.h"
#include "core/base/safetext.h"
#include "core/chat/ircmessages.h"

#include <algorithm>
#include <array>

namespace qd::chat {

namespace {

constexpr std::size_t kSaslChunk = 400;
constexpr std::size_t kBatches = 64;
constexpr int kIrcNickTries = 8;
/// Nothing sent could be confirmed without these.
constexpr const char *kNeeded[] = {"message-tags", "batch", "echo-message", "labeled-response"};
constexpr const char *kUseful[] = {"server-time", "account-tag", "account-notify", "extended-join", "cap-notify", "sasl"};

} // namespace

std::optional<Error> refusalIn(const IrcLine &line)
{
    const int number = line.numeric();
    const bool isFail = line.command == "FAIL";
    if (!isFail && number != 263 && (number < 400 || number > 599)) // 263: try again
        return std::nullopt;
    Code code = Code::Conflict;
    if (number == 401 || number == 403 || number == 442)
        code = Code::NotFound;
    else if (number == 404 || number == 442 || (number >= 471 && number <= 489))
        code = Code::Forbidden;
    return Error{code, "the IRC server answered " + safeLine(line.last(), 256), isFail ? safeLine(line.param(1), 64) : line.command};
}

std::optional<Error> refusalIn(const std::vector<IrcLine> &lines)
{
    for (const IrcLine &line : lines)
        if (auto refusal = refusalIn(line))
            return refusal;
    return std::nullopt;
}

IrcSession::IrcSession(std::string nick, std::string account, Secret password, TransportFactory transports, Random &random, const IrcTimings &timings)
    : m_wantedNick(std::move(nick))
    , m_wantedAccount(std::move(account))
    , m_password(std::move(password))
    , m_transports(std::move(transports))
    , m_random(random)
    , m_timings(timings)
    , m_pace(timings.perLine, timings.burst)
{
    m_pace.setParent(this); // by value and without parent in its own class; as a child it moves to its owner's thread
    connect(&m_pace, &Pace::freed, this, &IrcSession::onFreed);
    for (QTimer *timer : {&m_attempt, &m_pongWithin, &m_closing})
        timer->setSingleShot(true);
    connect(&m_attempt, &QTimer::timeout, this, [this] { fail({Code::Unavailable, "the IRC server did not let us sign in in time; trying again"}); });
    connect(&m_pingEvery, &QTimer::timeout, this, [this] {
        if (m_pongWithin.isActive())
            return;
        m_pongWithin.start(m_timings.pongWithin);
        write(ircLine("PING", {"quarterdeck"}));
    });
    connect(&m_pongWithin, &QTimer::timeout, this, [this] { fail({Code::Unavailable, "the IRC server no longer answers; connecting again"}); });
    connect(&m_closing, &QTimer::timeout, this, [this] { releaseTransport(); });
    connect(&m_nickEvery, &QTimer::timeout, this, &IrcSession::wantNick);
}

IrcSession::~IrcSession()
{
    releaseTransport();
}

void IrcSession::start()
{
    if (m_phase != Phase::Idle)
        releaseTransport();
    m_phase = Phase::Connecting;
    m_offered.clear();
    m_capabilities.clear();
    m_support.clear();
    m_batches.clear();
    m_account.clear();
    m_nick = m_wantedNick;
    m_nickTries = 0;
    m_pace.fill();
    m_turns.clear();
    m_transport = m_transports();
    connect(m_transport.get(), &Transport::opened, this, &IrcSession::introduce);
    connect(m_transport.get(), &Transport::frame, this, &IrcSession::onFrame);
    connect(m_transport.get(), &Transport::closed, this, [this](const Error &why) {
        if (m_phase == Phase::Closing)
            releaseTransport();
        else
            fail(why);
    });
    m_attempt.start(m_timings.attempt);
    m_transport->open();
}

void IrcSession::stop()
{
    for (QTimer *timer : {&m_attempt, &m_pingEvery, &m_pongWithin, &m_nickEvery})
        timer->stop();
    failAll();
    if (!m_transport || m_phase == Phase::Idle || m_phase == Phase::Connecting)
        return releaseTransport();
    m_phase = Phase::Closing;
    write(ircLine("QUIT", {"the console is closed"}));
    m_transport->close();
    m_closing.start(std::chrono::seconds(2));
}

void IrcSession::drop(const Error &why)
{
    fail(why);
}

void IrcSession::introduce()
{
    m_phase = Phase::Negotiating;
    Q_EMIT authenticating();
    write(ircLine("CAP", {"LS", "302"}));
    write(ircLine("NICK", {m_nick}));
    write(ircLine("USER", {"quarterdeck", "0", "*", "Quarterdeck, the incident commander's console"}));
}

bool IrcSession::carriesReactions() const
{
    const std::string denied = ',' + support("CLIENTTAGDENY") + ',';
    const bool all = denied.starts_with(",*");
    return all ? denied.find(",-draft/react,") != std::string::npos && denied.find(",-draft/reply,") != std::string::npos : denied.find(",draft/react,") == std::string::npos;
}

std::string IrcSession::support(const std::string &token) const
{
    const auto it = m_support.find(token);
    return it == m_support.end() ? std::string() : it->second;
}

std::string IrcSession::exceptionFor(std::string_view account) const
{
    const std::string kinds = support("CHANMODES"); // the first are those that hold lists
    return kinds.substr(0, kinds.find(',')).find('I') == std::string::npos ? std::string() : ircAccountMask(support("EXTBAN"), account);
}

std::string IrcSession::folded(std::string_view name) const
{
    const bool isAscii = support("CASEMAPPING") == "ascii";
    std::string out(name);
    for (char &c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + 32);
        else if (!isAscii && c >= '[' && c <= '^')
            c = static_cast<char>(c + 32); // RFC 1459: {}|~ are the small letters of []\^
    }
    return out;
}

bool IrcSession::isOurNick(std::string_view nick) const
{
    while (nick.size() > m_wantedNick.size() && nick.ends_with('_'))
        nick.remove_suffix(1);
    return folded(nick) == folded(m_wantedNick) || folded(nick) == folded(m_nick);
}

void IrcSession::send(const IrcLine &line)
{
    if (!isReady())
        return;
    m_pace.take();
    write(line);
}

void IrcSession::whenFree(Turn turn, std::function<void()> run)
{
    if (isFree() && (m_turns.empty() || turn == Turn::Next))
        return run();
    m_turns.insert(turn == Turn::Next ? m_turns.begin() : m_turns.end(), std::move(run));
}

/// Those who wait for a turn and those who look by themselves go first by turns, so that neither keeps the other waiting for long.
void IrcSession::onFreed()
{
    const auto letGo = [this] {
        while (!m_turns.empty() && isFree() && isReady()) { // several, where one has nothing to write any more
            const std::function<void()> turn = std::move(m_turns.front());
            m_turns.pop_front();
            turn();
        }
    };
    m_turnsFirst = !m_turnsFirst;
    if (m_turnsFirst)
        letGo();
    if (isFree())
        Q_EMIT freed();
    letGo();
}

void IrcSession::request(IrcLine line, Answer answer)
{
    if (isReady())
        m_pace.take();
    ask(std::move(line), std::move(answer));
}

void IrcSession::settle(Settled settled)
{
    m_unsettled.push_back(std::move(settled));
    if (!m_isSettling) // what somebody wrote after the last question is not answered by it
        askWhetherSettled();
}

/// A server does what a connection asks in its order, and so answers this last.
void IrcSession::askWhetherSettled()
{
    m_isSettling = true;
    ask(ircLine("PING", {"settled"}), [this, waiting = std::exchange(m_unsettled, {})](const Result<std::vector<IrcLine>> &answer) {
        m_isSettling = false;
        for (const Settled &settled : waiting)
            settled(answer.has_value());
        if (!m_unsettled.empty() && !m_isSettling)
            askWhetherSettled();
    });
}

void IrcSession::ask(IrcLine line, Answer answer)
{
    if (!isReady())
        return answer(qd::fail(Code::Unavailable, "there is no connection to the IRC server"));
    const std::string label = "q" + std::to_string(++m_lastLabel);
    line.tags.emplace_back("label", label);
    Pending pending{std::move(answer), {}, std::make_unique<QTimer>()};
    pending.deadline->setSingleShot(true);
    connect(pending.deadline.get(), &QTimer::timeout, this, [this, label] {
        auto node = m_pending.extract(label);
        if (node.empty())
            return;
        node.mapped().deadline.release()->deleteLater(); // we are inside its signal
        node.mapped().answer(qd::fail(Code::Unavailable, "the IRC server did not answer in time"));
    });
    pending.deadline->start(m_timings.answerWithin);
    m_pending.emplace(label, std::move(pending));
    write(line);
}

void IrcSession::onFrame(const QByteArray &utf8)
{
    if (m_phase == Phase::Idle || m_phase == Phase::Closing)
        return;
    const auto line = parseIrcLine(std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
    if (!line) {
        Q_EMIT lineRefused(line.error());
        return;
    }
    onLine(*line, utf8);
}

void IrcSession::onLine(const IrcLine &line, const QByteArray &raw)
{
    if (line.command == "PING")
        return write(ircLine("PONG", {std::string(line.last())}));
    if (line.command == "PONG" && line.last() == "quarterdeck")
        return m_pongWithin.stop();
    if (line.command == "ERROR")
        return fail({Code::Unavailable, "the IRC server ended the connection: " + safeLine(line.last(), 256)});
    if (line.command == "CAP")
        return onCapabilities(line);
    if (m_phase == Phase::Authenticating && (line.command == "AUTHENTICATE" || (line.numeric() >= 900 && line.numeric() <= 908)))
        return onSasl(line);
    if (m_phase != Phase::Ready)
        return onNumeric(line);
    if (line.command == "BATCH")
        return onBatch(line);
    if (line.command == "NICK" && folded(line.nick()) == folded(m_nick))
        m_nick = std::string(line.param(0));
    const bool freed = (line.command == "QUIT" || line.command == "NICK") && folded(line.nick()) == folded(m_wantedNick);
    Q_EMIT this->line(line, raw, isHistory(line));
    if (!isReady())
        return; // whoever heard it ended the connection
    if (const std::string label = labelOf(line); !label.empty()) {
        if (const auto it = m_pending.find(label); it != m_pending.end())
            it->second.lines.push_back(line);
        if (line.hasTag("label"))
            answered(label);
    }
    if (freed)
        wantNick();
}

void IrcSession::onBatch(const IrcLine &line)
{
    const std::string_view reference = line.param(0);
    if (reference.size() < 2)
        return;
    const std::string name(reference.substr(1));
    if (reference.front() == '+') {
        if (m_batches.size() < kBatches)
            m_batches[name] = {std::string(line.tag("label")), std::string(line.tag("batch")), line.param(1) == "chathistory"};
        return;
    }
    const auto node = m_batches.extract(name);
    if (!node.empty() && !node.mapped().label.empty())
        answered(node.mapped().label);
}

std::string IrcSession::labelOf(const IrcLine &line) const
{
    if (line.hasTag("label"))
        return std::string(line.tag("label"));
    std::string name(line.tag("batch"));
    for (int depth = 0; depth < 4 && !name.empty(); ++depth) {
        const auto it = m_batches.find(name);
        if (it == m_batches.end())
            return {};
        if (!it->second.label.empty())
            return it->second.label;
        name = it->second.parent;
    }
    return {};
}

bool IrcSession::isHistory(const IrcLine &line) const
{
    std::string name(line.tag("batch"));
    for (int depth = 0; depth < 4 && !name.empty(); ++depth) {
        const auto it = m_batches.find(name);
        if (it == m_batches.end())
            return false;
        if (it->second.history)
            return true;
        name = it->second.parent;
    }
    return false;
}

void IrcSession::answered(const std::string &label)
{
    auto node = m_pending.extract(label);
    if (!node.empty())
        node.mapped().answer(std::move(node.mapped().lines));
}

void IrcSession::failAll()
{
    for (auto &[label, pending] : std::exchange(m_pending, {}))
        pending.answer(qd::fail(Code::Unavailable, "the connection to the IRC server was lost"));
}

void IrcSession::onCapabilities(const IrcLine &line)
{
    const std::string_view what = line.param(1);
    std::string_view list = line.last();
    std::vector<std::string> names;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        if (end > 0)
            names.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(list.size(), end + 1));
    }
    if (what == "DEL") {
        for (const std::string &name : names)
            m_capabilities.erase(name);
        for (const char *needed : kNeeded)
            if (isReady() && !has(needed))
                return fail({Code::Unavailable, std::string("the IRC server took back ") + needed + ", without which nothing sent can be confirmed"});
        return;
    }
    if (m_phase != Phase::Negotiating)
        return;
    if (what == "LS") {
        for (const std::string &name : names)
            m_offered[name.substr(0, name.find('='))] = name.find('=') == std::string::npos ? std::string() : name.substr(name.find('=') + 1);
        if (line.param(2) != "*" || line.params.size() < 4)
            onOffered();
    } else if (what == "ACK") {
        m_capabilities.insert(names.begin(), names.end());
        if (m_password.isEmpty()) {
            m_phase = Phase::Registering;
            return write(ircLine("CAP", {"END"}));
        }
        m_phase = Phase::Authenticating;
        write(ircLine("AUTHENTICATE", {"PLAIN"}));
    } else if (what == "NAK") {
        fail({Code::Unavailable, "the IRC server refuses the capabilities it offers"});
    }
}

void IrcSession::onOffered()
{
    std::string want, missing;
    for (const char *needed : kNeeded) {
        want += std::string(want.empty() ? "" : " ") + needed;
        if (!m_offered.contains(needed))
            missing += std::string(missing.empty() ? "" : ", ") + needed;
    }
    if (!missing.empty())
        return fail({Code::Unavailable, "the IRC server does not offer " + missing + ", without which nothing sent can be confirmed; InspIRCd 3, UnrealIRCd 6 and Ergo can"});
    for (const char *useful : kUseful)
        if (m_offered.contains(useful) && (std::string_view(useful) != "sasl" || !m_password.isEmpty()))
            want += std::string(" ") + useful;
    if (!m_password.isEmpty()) {
        const auto sasl = m_offered.find("sasl");
        if (sasl == m_offered.end())
            return fail({Code::Unavailable, "the IRC server offers no sign-in now; its services may be away"});
        if (!sasl->second.empty() && (',' + sasl->second + ',').find(",PLAIN,") == std::string::npos)
            return fail({Code::Unavailable, "the IRC server offers no sign-in by password (SASL PLAIN), only " + safeLine(sasl->second, 100)});
    }
    write(ircLine("CAP", {"REQ", want}));
}

void IrcSession::onSasl(const IrcLine &line)
{
    if (line.command == "AUTHENTICATE") {
        if (line.param(0) != "+")
            return fail({Code::Unavailable, "the IRC server asks for more than a password"});
        std::string plain = m_wantedAccount + '\0' + m_wantedAccount + '\0';
        plain += m_password.revealText();
        std::string text = toBase64(std::span(reinterpret_cast<const std::uint8_t *>(plain.data()), plain.size()));
        sodium_memzero(plain.data(), plain.size());
        for (std::size_t at = 0; at < text.size(); at += kSaslChunk)
            write(ircLine("AUTHENTICATE", {text.substr(at, kSaslChunk)}));
        if (text.size() % kSaslChunk == 0)
            write(ircLine("AUTHENTICATE", {"+"}));
        sodium_memzero(text.data(), text.size());
        return;
    }
    switch (line.numeric()) {
    case 900: m_account = std::string(line.param(2)); break;
    case 903:
        m_phase = Phase::Registering;
        write(ircLine("CAP", {"END"}));
        break;
    case 902:
    case 904: fail({Code::Forbidden, "the IRC server refused the password of account " + m_wantedAccount}, true); break;
    case 905:
    case 906:
    case 907:
    case 908: fail({Code::Unavailable, "the IRC server could not sign us in: " + safeLine(line.last(), 200)}); break;
    default: break;
    }
}

void IrcSession::onNumeric(const IrcLine &line)
{
    switch (line.numeric()) {
    case 1: m_nick = std::string(line.param(0)); break;
    case 5:
        for (std::size_t i = 1; i + 1 < line.params.size(); ++i) {
            const std::string &token = line.params[i];
            const std::size_t equals = token.find('=');
            m_support[token.substr(0, equals)] = equals == std::string::npos ? std::string() : token.substr(equals + 1);
        }
        break;
    case 376:
    case 422: // the message of the day is over: registration is complete
        m_attempt.stop();
        m_phase = Phase::Ready;
        m_pingEvery.start(m_timings.pingEvery);
        if (m_nick != m_wantedNick)
            m_nickEvery.start(m_timings.nickEvery);
        m_pace.fill();
        Q_EMIT ready();
        break;
    case 432: fail({Code::Invalid, "the IRC server does not allow the nick " + m_nick}, true); break;
    case 433:
    case 436:
    case 437: nextNick(); break;
    case 464: fail({Code::Forbidden, "the IRC server wants a password of its own, or refused ours"}, true); break;
    case 465: fail({Code::Forbidden, "the IRC server has banned us: " + safeLine(line.last(), 200)}); break;
    default: break;
    }
}

/// Somebody has our nick, maybe our own ghost of a moment ago: another is good enough until it is free.
void IrcSession::nextNick()
{
    if (++m_nickTries > kIrcNickTries)
        return fail({Code::Unavailable, "every nick we tried is taken"});
    if (m_nickTries <= 3) {
        m_nick += '_';
    } else {
        std::array<std::uint8_t, 2> bytes{};
        m_random.fill(bytes);
        m_nick = m_wantedNick + toHex(bytes);
    }
    write(ircLine("NICK", {m_nick}));
}

void IrcSession::wantNick()
{
    if (!isReady() || m_nick == m_wantedNick)
        return m_nickEvery.stop();
    write(ircLine("NICK", {m_wantedNick}));
}

void IrcSession::write(const IrcLine &line)
{
    if (m_transport)
        m_transport->send(writeIrcLine(line));
}

void IrcSession::fail(Error why, bool refused)
{
    if (m_phase == Phase::Idle || m_phase == Phase::Closing)
        return;
    releaseTransport();
    failAll();
    Q_EMIT lost(why, refused);
}

void IrcSession::releaseTransport()
{
    m_phase = Phase::Idle;
    for (QTimer *timer : {&m_attempt, &m_pingEvery, &m_pongWithin, &m_closing, &m_nickEvery})
        timer->stop();
    if (m_transport) {
        m_transport->disconnect(this);
        m_transport->abort();
        m_transport.release()->deleteLater(); // we may be inside one of its signals
    }
}

} // namespace qd::chat
