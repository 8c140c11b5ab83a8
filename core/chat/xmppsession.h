// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/base/secret.h"
#include "core/chat/attempts.h"
#include "core/chat/transport.h"
#include "core/chat/xmppelement.h"
#include "core/chat/xmpprequests.h"
#include "core/chat/xmppscram.h"
#include "core/chat/xmppstreammanagement.h"

#include <QTimer>
#include <chrono>
#include <memory>
#include <string>

namespace qd::chat {

/// How long the XMPP connector waits for what. Tests shorten them.
struct XmppTimings : AttemptTimings {
    std::chrono::milliseconds attempt{30'000};     ///< from connecting to signed in
    std::chrono::milliseconds pingEvery{15'000};   ///< our own ping (XEP-0199), whatever the traffic
    std::chrono::milliseconds pongWithin{10'000};  ///< then the line counts as dead
    std::chrono::milliseconds answerWithin{20'000};///< an iq
    std::chrono::milliseconds joinWithin{20'000};  ///< a room's self-presence
    std::chrono::milliseconds confirmWithin{15'000};///< a post's echo; then it is Unknown and looked up
    std::chrono::milliseconds seatCheckEvery{300'000}; ///< whether the room still knows us (XEP-0410)
    std::chrono::milliseconds rejoinAfter{30'000}; ///< after a room threw us out or cannot be joined now
    std::chrono::milliseconds patience{5'000};     ///< before what was refused as too much is sent again; a server does not say how long
    std::chrono::milliseconds perKibi{100};        ///< so fast may we write, in messages or begun KiB of them: Prosody reads no more than 10 KiB a
    int burst = 20;                                ///< second of a client, and 20 at once, unless its limits are set otherwise; ejabberd's are alike
};

/// One signed-in XMPP stream over a message transport (RFC 6120, RFC 7395): framing, SCRAM with the server's proof, bind,
/// stream management with resume (XEP-0198), request/answer, ping watchdog. Makes one attempt per start(); when to try again
/// is its owner's business. Between attempts it keeps what a resume needs. Lives in its owner's thread.
class XmppSession final : public QObject {
    Q_OBJECT
public:
    /// Called once: the answering iq (type "result"), or the reason there is none. Code::Unavailable: the line or the
    /// deadline was lost and the request may or may not have been handled; other codes: the peer refused.
    using Answer = XmppRequests::Answer;

    XmppSession(std::string bareJid, Secret password, TransportFactory transports, Random &random, const XmppTimings &timings);
    ~XmppSession() override;

    void start();
    /// Ends the stream for good (nothing can be resumed), politely.
    void stop();
    /// Drops the line at once, keeping what a resume needs, and reports lost().
    void drop(const Error &why);

    [[nodiscard]] bool isReady() const { return m_phase == Phase::Ready; }
    [[nodiscard]] const std::string &bareJid() const { return m_bareJid; }
    [[nodiscard]] const std::string &fullJid() const { return m_fullJid; }
    [[nodiscard]] const std::string &domain() const { return m_domain; }

    /// Sends a stanza; only when ready (else it is dropped: owners re-send after ready()).
    void send(const Element &stanza);
    /// Sends an iq (its id is set here) and waits for the answer from exactly where it was sent to.
    void request(Element iq, Answer answer);

    /// A fresh unguessable id.
    [[nodiscard]] std::string makeId();

Q_SIGNALS:
    void authenticating();
    /// Signed in. `resumed`: nothing was lost since the cut; otherwise a fresh stream, every pending request was failed.
    void ready(bool resumed);
    /// A message or presence, in stream order. `raw` is its frame.
    void stanza(const qd::chat::Element &stanza, const QByteArray &raw);
    /// A stanza passed a limit and was not read; the stream goes on.
    void stanzaRefused(const qd::Error &why);
    /// `refused`: the credentials were refused or the server could not prove itself; trying again unchanged is wrong. Code::TooLarge: we were
    /// too much for the server, which wants to be left alone for a while.
    void lost(const qd::Error &why, bool refused);

private:
    enum class Phase { Idle, Connecting, Opening, Authenticating, Reopening, Resuming, Binding, Enabling, Ready, Closing };
    void openStream();
    void onFrame(const QByteArray &utf8);
    void onFeatures(const Element &features);
    void onSasl(const Element &element);
    void onSm(const Element &element);
    void onStanza(const Element &element, const QByteArray &raw);
    void bind();
    void onBound(const Element &iq);
    void becomeReady(bool resumed);
    void ping();
    void write(const Element &element);
    void fail(Error why, bool refused = false);
    void releaseTransport();

    std::string m_bareJid, m_user, m_domain, m_resource, m_fullJid;
    Secret m_password;
    TransportFactory m_transports;
    Random &m_random;
    XmppTimings m_timings;
    Phase m_phase = Phase::Idle;
    std::unique_ptr<Transport> m_transport;
    std::unique_ptr<Scram> m_scram;
    bool m_authenticated = false;
    bool m_bindOffered = false, m_smOffered = false, m_ackRequested = false;
    StreamManagement m_sm;
    XmppRequests m_requests;
    std::string m_bindId;
    QTimer m_attempt{this}, m_pingEvery{this}, m_pongWithin{this}, m_closing{this};
};

} // namespace qd::chat
