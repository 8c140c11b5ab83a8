// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmppsession.h"

#include "core/base/encoding.h"
#include "core/base/log.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <array>

namespace qd::chat {

namespace {

constexpr std::size_t kMaxUnacked = 10'000;

bool isStanza(const Element &e)
{
    return e.ns == xmlns::kClient && (e.name == "message" || e.name == "presence" || e.name == "iq");
}

/// By its first bytes only: whether the server counts this frame (XEP-0198) and the stream can go on after it.
bool looksLikeStanza(std::string_view frame)
{
    frame.remove_prefix(std::min(frame.find('<'), frame.size()));
    return frame.starts_with("<message") || frame.starts_with("<presence") || frame.starts_with("<iq");
}

std::string decoded(std::string_view base64)
{
    if (base64 == "=")
        return {};
    const auto bytes = fromBase64(base64);
    return bytes ? std::string(asText(*bytes)) : std::string();
}

} // namespace

XmppSession::XmppSession(std::string bareJid, Secret password, TransportFactory transports, Random &random,
                         const XmppTimings &timings)
    : m_bareJid(std::move(bareJid))
    , m_password(std::move(password))
    , m_transports(std::move(transports))
    , m_random(random)
    , m_timings(timings)
    , m_requests(timings.answerWithin)
{
    const std::size_t at = m_bareJid.find('@');
    m_user = m_bareJid.substr(0, at);
    m_domain = at == std::string::npos ? std::string() : m_bareJid.substr(at + 1);
    m_resource = "quarterdeck-" + makeId();
    m_attempt.setSingleShot(true);
    m_pongWithin.setSingleShot(true);
    m_closing.setSingleShot(true);
    connect(&m_attempt, &QTimer::timeout, this, [this] {
        fail({Code::Unavailable, "the chat server did not let us sign in in time; trying again"});
    });
    connect(&m_pingEvery, &QTimer::timeout, this, &XmppSession::ping);
    connect(&m_pongWithin, &QTimer::timeout, this, [this] {
        fail({Code::Unavailable, "the chat server no longer answers; connecting again"});
    });
    connect(&m_closing, &QTimer::timeout, this, [this] { releaseTransport(); });
}

XmppSession::~XmppSession()
{
    releaseTransport();
}

std::string XmppSession::makeId()
{
    std::array<std::uint8_t, 9> bytes{};
    m_random.fill(bytes);
    return toHex(bytes);
}

void XmppSession::start()
{
    if (m_phase != Phase::Idle)
        releaseTransport();
    m_phase = Phase::Connecting;
    m_authenticated = false;
    m_transport = m_transports();
    connect(m_transport.get(), &Transport::opened, this, &XmppSession::openStream);
    connect(m_transport.get(), &Transport::frame, this, &XmppSession::onFrame);
    connect(m_transport.get(), &Transport::closed, this, [this](const Error &why) {
        if (m_phase == Phase::Closing)
            releaseTransport();
        else
            fail(why);
    });
    m_attempt.start(m_timings.attempt);
    m_transport->open();
}

void XmppSession::stop()
{
    m_attempt.stop();
    m_pingEvery.stop();
    m_pongWithin.stop();
    m_sm.forget();
    m_requests.failAll();
    if (!m_transport || m_phase == Phase::Idle || m_phase == Phase::Connecting) {
        releaseTransport();
        return;
    }
    m_phase = Phase::Closing;
    write(Element("close", xmlns::kFraming));
    m_transport->close();
    m_closing.start(std::chrono::seconds(2));
}

void XmppSession::drop(const Error &why)
{
    fail(why);
}

void XmppSession::openStream()
{
    m_phase = m_authenticated ? Phase::Reopening : Phase::Opening;
    Element open("open", xmlns::kFraming);
    open.set("to", m_domain).set("version", "1.0");
    write(open);
}

void XmppSession::onFrame(const QByteArray &utf8)
{
    if (m_phase == Phase::Idle || m_phase == Phase::Closing)
        return;
    const std::string_view frame(utf8.constData(), static_cast<std::size_t>(utf8.size()));
    const auto element = parseFrame(frame, m_authenticated ? kFrameLimit : kFrameLimitBeforeAuth);
    if (!element) {
        if (element.error().code == Code::TooLarge && m_phase == Phase::Ready && looksLikeStanza(frame)) {
            // A member of a room can write this. The frame's bounds are known without parsing it, so it alone is refused;
            // ending the stream would let one message keep us out for as long as the archive holds it.
            m_sm.countInbound();
            Q_EMIT stanzaRefused(element.error());
            return;
        }
        Element error("error", xmlns::kStream);
        error.add(element.error().code == Code::TooLarge ? "policy-violation" : "restricted-xml", xmlns::kStreamErrors);
        write(error);
        m_sm.forget(); // what a resume would send again is what broke
        return fail({Code::Invalid, element.error().message, element.error().detail});
    }
    if (element->is("open", xmlns::kFraming))
        return;
    if (element->is("close", xmlns::kFraming))
        return fail({Code::Unavailable, "the chat server closed the stream; connecting again"});
    if (element->is("error", xmlns::kStream)) {
        const std::string condition = conditionOf(*element);
        if (condition != "connection-timeout")
            m_sm.forget();
        const bool tooMuch = condition == "policy-violation" || condition == "resource-constraint"; // RFC 6120 sections 4.9.3.14 and 4.9.3.17
        return fail({tooMuch ? Code::TooLarge : Code::Unavailable, "the chat server ended the stream (" + condition + "); connecting again", errorText(*element)});
    }
    if (element->is("features", xmlns::kStream))
        return onFeatures(*element);
    if (element->ns == xmlns::kSasl)
        return onSasl(*element);
    if (element->ns == xmlns::kSm)
        return onSm(*element);
    if (isStanza(*element))
        onStanza(*element, utf8);
    // Anything else is unknown to us and harmless.
}

void XmppSession::onFeatures(const Element &features)
{
    if (m_phase == Phase::Opening) {
        std::vector<std::string> offered;
        if (const Element *mechanisms = features.child("mechanisms", xmlns::kSasl))
            for (const Element &m : mechanisms->children)
                offered.push_back(m.text);
        const auto hash = Scram::choose(offered);
        if (!hash)
            return fail({Code::Forbidden, "the chat server offers no SCRAM sign-in, and the password is never sent in clear; "
                                          "enable SCRAM-SHA-256 on the server"},
                        true);
        std::array<std::uint8_t, 18> bytes{};
        m_random.fill(bytes);
        m_scram = std::make_unique<Scram>(*hash, m_user, m_password, toBase64(bytes));
        m_phase = Phase::Authenticating;
        Q_EMIT authenticating();
        Element auth("auth", xmlns::kSasl);
        auth.set("mechanism", Scram::mechanism(*hash));
        auth.text = toBase64(asBytes(m_scram->clientFirst()));
        write(auth);
    } else if (m_phase == Phase::Reopening) {
        m_bindOffered = features.child("bind", xmlns::kBind) != nullptr;
        m_smOffered = features.child("sm", xmlns::kSm) != nullptr;
        if (m_smOffered && m_sm.canResume()) {
            m_phase = Phase::Resuming;
            Element resume("resume", xmlns::kSm);
            resume.set("previd", m_sm.id()).set("h", std::to_string(m_sm.inbound()));
            write(resume);
        } else {
            bind();
        }
    }
}

void XmppSession::onSasl(const Element &element)
{
    if (m_phase != Phase::Authenticating || !m_scram)
        return;
    if (element.name == "challenge") {
        const std::string challenge = decoded(element.text);
        Element response("response", xmlns::kSasl);
        if (challenge.starts_with("v=")) { // some servers send the final message as a challenge
            if (const auto proven = m_scram->verify(challenge); !proven)
                return fail(proven.error(), true);
        } else {
            const auto final = m_scram->clientFinal(challenge);
            if (!final)
                return fail(final.error(), true);
            response.text = toBase64(asBytes(*final));
        }
        write(response);
    } else if (element.name == "success") {
        if (!m_scram->isVerified()) {
            if (const auto proven = m_scram->verify(decoded(element.text)); !proven)
                return fail(proven.error(), true);
        }
        m_scram.reset();
        m_authenticated = true;
        openStream();
    } else if (element.name == "failure") {
        const std::string condition = conditionOf(element);
        if (condition == "temporary-auth-failure")
            return fail({Code::Unavailable, "the chat server cannot check passwords right now; trying again", errorText(element)});
        fail({Code::Forbidden, "the chat server refused the account " + m_bareJid + " (" + condition + "); check its password",
              errorText(element)},
             true);
    }
}

void XmppSession::bind()
{
    m_sm.forget();
    m_requests.failAll();
    if (!m_bindOffered)
        return fail({Code::Unavailable, "the chat server offers no resource binding"});
    m_phase = Phase::Binding;
    m_bindId = makeId();
    Element iq("iq", xmlns::kClient);
    iq.set("type", "set").set("id", m_bindId);
    iq.add("bind", xmlns::kBind).add("resource", xmlns::kBind, m_resource);
    write(iq);
}

void XmppSession::onBound(const Element &iq)
{
    const Element *bound = iq.child("bind", xmlns::kBind);
    const Element *jid = bound ? bound->child("jid", xmlns::kBind) : nullptr;
    if (iq.attribute("type") != "result" || !jid || jid->text.empty())
        return fail({Code::Unavailable, "the chat server gave us no address: " + stanzaError(iq).message});
    m_fullJid = jid->text;
    if (!m_smOffered)
        return becomeReady(false);
    m_phase = Phase::Enabling;
    write(Element("enable", xmlns::kSm).set("resume", "true"));
}

void XmppSession::onSm(const Element &element)
{
    if (element.name == "r") {
        if (m_sm.isOn())
            write(Element("a", xmlns::kSm).set("h", std::to_string(m_sm.inbound())));
    } else if (element.name == "a") {
        m_ackRequested = false;
        if (!m_sm.isOn())
            return;
        if (const auto ok = m_sm.acknowledge(element.attribute("h")); !ok) {
            m_sm.forget();
            fail(ok.error());
        }
    } else if (element.name == "enabled" && m_phase == Phase::Enabling) {
        const std::string_view resume = element.attribute("resume");
        m_sm.start(std::string(element.attribute("id")), resume == "true" || resume == "1");
        becomeReady(false);
    } else if (element.name == "resumed" && m_phase == Phase::Resuming) {
        if (const auto ok = m_sm.acknowledge(element.attribute("h")); !ok) {
            m_sm.forget();
            return fail(ok.error());
        }
        for (const std::string &frame : m_sm.unacked())
            m_transport->send(frame);
        becomeReady(true);
    } else if (element.name == "failed") {
        if (m_phase == Phase::Resuming)
            bind();
        else if (m_phase == Phase::Enabling)
            becomeReady(false);
    }
}

void XmppSession::becomeReady(bool resumed)
{
    m_attempt.stop();
    m_ackRequested = false;
    m_phase = Phase::Ready;
    m_pingEvery.start(m_timings.pingEvery);
    if (resumed)
        m_requests.restart();
    else
        send(Element("presence", xmlns::kClient));
    Q_EMIT ready(resumed);
}

void XmppSession::onStanza(const Element &element, const QByteArray &raw)
{
    m_sm.countInbound();
    if (element.name != "iq") {
        if (m_phase == Phase::Ready)
            Q_EMIT stanza(element, raw);
        return;
    }
    const std::string_view type = element.attribute("type");
    if (m_phase == Phase::Binding && element.attribute("id") == m_bindId)
        return onBound(element);
    if (type == "result" || type == "error") {
        const std::string_view from = element.attribute("from");
        return m_requests.take(element, from.empty() || from == m_bareJid || from == m_fullJid || from == m_domain);
    }
    if (m_phase != Phase::Ready)
        return;
    Element reply("iq", xmlns::kClient);
    reply.set("to", element.attribute("from")).set("id", element.attribute("id"));
    if (type == "get" && element.child("ping", xmlns::kPing)) {
        reply.set("type", "result");
    } else {
        reply.set("type", "error");
        reply.add("error", xmlns::kClient).set("type", "cancel").add("service-unavailable", xmlns::kStanzaErrors);
    }
    send(reply);
}

void XmppSession::request(Element iq, Answer answer)
{
    if (m_phase != Phase::Ready) {
        answer(qd::fail(Code::Unavailable, "the chat server is not connected"));
        return;
    }
    const std::string id = makeId();
    iq.set("id", id);
    m_requests.add(id, std::string(iq.attribute("to")), std::move(answer));
    send(iq);
}

void XmppSession::send(const Element &stanza)
{
    if (m_phase != Phase::Ready)
        return;
    std::string frame = writeFrame(stanza);
    m_transport->send(frame);
    if (!m_sm.isOn())
        return;
    m_sm.sent(std::move(frame));
    if (m_sm.unacked().size() > kMaxUnacked) {
        m_sm.forget();
        return fail({Code::Unavailable, "the chat server acknowledges nothing; connecting again"});
    }
    if (!m_ackRequested) {
        m_ackRequested = true;
        write(Element("r", xmlns::kSm));
    }
}

void XmppSession::write(const Element &element)
{
    if (m_transport)
        m_transport->send(writeFrame(element));
}

void XmppSession::ping()
{
    if (m_pongWithin.isActive())
        return;
    m_pongWithin.start(m_timings.pongWithin);
    Element iq("iq", xmlns::kClient);
    iq.set("type", "get").set("to", m_domain);
    iq.add("ping", xmlns::kPing);
    // Any answer, an error too, shows that the line and the server live.
    request(std::move(iq), [this](const Result<Element> &answer) {
        if (answer || answer.error().code != Code::Unavailable)
            m_pongWithin.stop();
    });
}

void XmppSession::fail(Error why, bool refused)
{
    if (m_phase == Phase::Idle || m_phase == Phase::Closing)
        return;
    releaseTransport();
    m_requests.pause();
    if (refused)
        m_sm.forget();
    Q_EMIT lost(why, refused);
}

void XmppSession::releaseTransport()
{
    m_phase = Phase::Idle;
    m_attempt.stop();
    m_pingEvery.stop();
    m_pongWithin.stop();
    m_closing.stop();
    m_scram.reset();
    if (m_transport) {
        m_transport->disconnect(this);
        m_transport->abort();
        m_transport.release()->deleteLater(); // we may be inside one of its signals
    }
}

} // namespace qd::chat
