// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"
#include "core/chat/transport.h"
#include "core/chat/xmppelement.h"

#include <QCoreApplication>
#include <QMetaObject>
#include <QPointer>
#include <deque>
#include <memory>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string>
#include <vector>

namespace qd::test {

class FakeTransport final : public chat::Transport {
public:
    std::function<void(FakeTransport &, const std::string &)> onSend;
    std::function<void(FakeTransport &)> onOpen;
    bool aborted = false;

    void open() override
    {
        QMetaObject::invokeMethod(this, [this] { onOpen(*this); }, Qt::QueuedConnection);
    }
    void send(std::string_view frame) override { onSend(*this, std::string(frame)); }
    void close() override {}
    void abort() override { aborted = true; }

    void give(const std::string &frame)
    {
        QMetaObject::invokeMethod(this, [this, frame] {
            if (!aborted)
                Q_EMIT this->frame(QByteArray::fromStdString(frame));
        }, Qt::QueuedConnection);
    }
};

/// A scripted XMPP server behind a FakeTransport: signs in account ic@x with the password "pencil" (SCRAM-SHA-256), binds,
/// does stream management, and lets a test say everything else. What the client sends is kept in `frames`.
class FakeXmpp final {
public:
    std::vector<std::string> frames;       ///< of all connections, in order
    int connections = 0;
    std::vector<std::string> mechanisms{"SCRAM-SHA-256"};
    bool forgeSignature = false, forgetSignature = false, refuseConnections = false, resumes = true, silent = false;
    std::string saslFailure;
    int joinStatus = 0;                    ///< an extra status of the self-presence (201: the room is new)
    std::deque<std::string> archive;       ///< archived <message/>s of room war@muc.x; ids a1, a2 …
    bool hasArchive = true, forgotCursor = false;
    int archiveBusy = 0;                   ///< so many questions for the archive are one too many
    bool autoJoin = true, autoEcho = true;
    std::string roomIs = "conference";     ///< what room war@muc.x says it is; "": there is none
    bool forgotUs = false;                 ///< the room no longer knows our seat, and did not say so
    std::uint32_t received = 0;            ///< stanzas of the client since <enable/>
    std::string lastEnabledId = "sm-1";

    chat::TransportFactory factory()
    {
        return [this] {
            auto transport = std::make_unique<FakeTransport>();
            ++connections;
            m_authenticated = false;
            m_line = transport.get();
            transport->onOpen = [this](FakeTransport &t) {
                if (refuseConnections)
                    Q_EMIT t.closed({Code::Unavailable, "refused"});
                else
                    Q_EMIT t.opened();
            };
            transport->onSend = [this](FakeTransport &t, const std::string &frame) { onFrame(t, frame); };
            return transport;
        };
    }
    [[nodiscard]] bool isConnected() const { return m_line && !m_line->aborted; }
    void give(const std::string &frame)
    {
        if (m_line)
            m_line->give(frame);
    }
    void cut()
    {
        if (m_line)
            Q_EMIT m_line->closed({Code::Unavailable, "cut"});
    }
    /// Frames that hold this text.
    [[nodiscard]] std::size_t count(const std::string &text) const
    {
        std::size_t n = 0;
        for (const std::string &f : frames)
            n += f.find(text) != std::string::npos;
        return n;
    }
    [[nodiscard]] std::string last(const std::string &text) const
    {
        for (auto it = frames.rbegin(); it != frames.rend(); ++it)
            if (it->find(text) != std::string::npos)
                return *it;
        return {};
    }
    /// A live room message with an archive id, also put into the archive.
    void say(const std::string &nick, const std::string &body)
    {
        const std::string id = "a" + std::to_string(archive.size() + 1);
        archive.push_back(message(nick, body, "m-" + id));
        std::string live = archive.back();
        live.insert(live.rfind("</message>"), "<stanza-id xmlns='urn:xmpp:sid:0' by='war@muc.x' id='" + id + "'/>");
        give(live);
    }
    static std::string message(const std::string &nick, const std::string &body, const std::string &id)
    {
        return "<message xmlns='jabber:client' type='groupchat' from='war@muc.x/" + nick + "' id='" + id + "'><body>" + body
            + "</body></message>";
    }
    static std::string presence(const std::string &nick, const std::string &jid, const std::string &extra = {})
    {
        return "<presence xmlns='jabber:client' from='war@muc.x/" + nick + "'><x xmlns='http://jabber.org/protocol/muc#user'><item jid='"
            + jid + "/r' affiliation='member' role='participant'/>" + extra + "</x></presence>";
    }

private:
    void onFrame(FakeTransport &t, const std::string &frame)
    {
        frames.push_back(frame);
        const auto read = chat::parseFrame(frame);
        if (!read || silent)
            return;
        const chat::Element &e = *read;
        if (e.name == "open") {
            t.give("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' from='x' id='1' version='1.0'/>");
            std::string features = "<stream:features xmlns:stream='http://etherx.jabber.org/streams'>";
            if (m_authenticated) {
                features += "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/>";
            } else {
                features += "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>";
                for (const std::string &m : mechanisms)
                    features += "<mechanism>" + m + "</mechanism>";
                features += "</mechanisms>";
            }
            t.give(features + "</stream:features>");
        } else if (e.name == "auth") {
            const auto first = fromBase64(e.text);
            m_clientFirstBare = std::string(asText(*first)).substr(3);
            m_serverFirst = "r=" + m_clientFirstBare.substr(m_clientFirstBare.find("r=") + 2) + "server,s=QSXCR+Q6sek8bf92,i=4096";
            if (!saslFailure.empty())
                t.give("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><" + saslFailure + "/></failure>");
            else
                t.give("<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + toBase64(asBytes(m_serverFirst)) + "</challenge>");
        } else if (e.name == "response") {
            const auto final = fromBase64(e.text);
            const std::string text(asText(*final));
            m_authenticated = true;
            const std::string additional = forgetSignature ? "" : toBase64(asBytes("v=" + signature(text.substr(0, text.find(",p=")))));
            t.give("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + additional + "</success>");
        } else if (e.name == "enable") {
            received = 0;
            t.give("<enabled xmlns='urn:xmpp:sm:3' id='" + lastEnabledId + "' resume='true'/>");
        } else if (e.name == "resume") {
            t.give(resumes ? "<resumed xmlns='urn:xmpp:sm:3' previd='sm-1' h='" + std::to_string(received) + "'/>"
                           : std::string("<failed xmlns='urn:xmpp:sm:3'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>"));
        } else if (e.name == "r") {
            t.give("<a xmlns='urn:xmpp:sm:3' h='" + std::to_string(received) + "'/>");
        } else if (e.ns == chat::xmlns::kClient) {
            onStanza(t, e);
        }
    }
    void onStanza(FakeTransport &t, const chat::Element &e)
    {
        const std::string id(e.attribute("id")), to(e.attribute("to"));
        const std::string from = to.empty() ? std::string() : "from='" + to + "'";
        if (e.child("bind", chat::xmlns::kBind)) {
            t.give("<iq xmlns='jabber:client' type='result' id='" + id
                   + "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>ic@x/q</jid></bind></iq>");
            return;
        }
        ++received;
        if (const chat::Element *query = e.child("query", chat::xmlns::kMam)) {
            onArchive(t, to, id, *query);
        } else if (e.name == "iq" && forgotUs && to == "war@muc.x/ic") {
            t.give("<iq xmlns='jabber:client' type='error' id='" + id + "' " + from
                   + "><error type='cancel'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        } else if (e.name == "iq" && e.child("query", chat::xmlns::kDiscoInfo)) {
            t.give(roomIs.empty() ? "<iq xmlns='jabber:client' type='error' id='" + id + "' " + from
                           + "><error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"
                                  : "<iq xmlns='jabber:client' type='result' id='" + id + "' " + from
                           + "><query xmlns='http://jabber.org/protocol/disco#info'><identity category='" + roomIs + "' type='text'/></query></iq>");
        } else if (e.name == "iq") {
            t.give("<iq xmlns='jabber:client' type='result' id='" + id + "' " + from + "/>");
        } else if (e.name == "presence" && to == "war@muc.x/ic" && e.attribute("type").empty() && autoJoin) {
            t.give(presence("bob", "bob@x"));
            t.give(presence("ic", "ic@x",
                            "<status code='110'/>" + (joinStatus ? "<status code='" + std::to_string(joinStatus) + "'/>" : std::string())));
        } else if (e.name == "message" && e.attribute("type") == "groupchat" && autoEcho) {
            const chat::Element *body = e.child("body", chat::xmlns::kClient);
            archive.push_back(message("ic", body ? body->text : "", id));
            std::string live = archive.back();
            live.insert(live.rfind("</message>"),
                        "<stanza-id xmlns='urn:xmpp:sid:0' by='war@muc.x' id='a" + std::to_string(archive.size()) + "'/>");
            t.give(live);
        }
    }
    void onArchive(FakeTransport &t, const std::string &to, const std::string &id, const chat::Element &query)
    {
        const std::string from = to.empty() ? std::string() : "from='" + to + "'";
        const chat::Element *set = query.child("set", chat::xmlns::kRsm);
        const chat::Element *after = set ? set->child("after", chat::xmlns::kRsm) : nullptr;
        const auto error = [&](const std::string &condition) {
            t.give("<iq xmlns='jabber:client' type='error' id='" + id + "' " + from + "><error type='cancel'><" + condition
                   + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        };
        if (archiveBusy > 0 && !to.empty()) {
            --archiveBusy;
            t.give("<iq xmlns='jabber:client' type='error' id='" + id + "' " + from
                   + "><error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
            return;
        }
        if (!hasArchive)
            return error("service-unavailable");
        if (after && forgotCursor)
            return error("item-not-found");
        std::size_t at = to.empty() ? archive.size() : 0;
        if (after && after->text.starts_with('a'))
            at = std::stoul(after->text.substr(1));
        if (set && set->child("before", chat::xmlns::kRsm) && !archive.empty())
            at = archive.size() - 1;
        std::string last;
        for (; at < archive.size(); ++at) {
            last = "a" + std::to_string(at + 1);
            t.give("<message xmlns='jabber:client' " + from + "><result xmlns='urn:xmpp:mam:2' queryid='"
                   + std::string(query.attribute("queryid")) + "' id='" + last
                   + "'><forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='2026-11-23T14:00:00Z'/>"
                   + archive[at] + "</forwarded></result></message>");
        }
        t.give("<iq xmlns='jabber:client' type='result' id='" + id + "' " + from
               + "><fin xmlns='urn:xmpp:mam:2' complete='true'><set xmlns='http://jabber.org/protocol/rsm'>"
               + (last.empty() ? "" : "<last>" + last + "</last>") + "</set></fin></iq>");
    }
    [[nodiscard]] std::string signature(const std::string &withoutProof) const
    {
        const auto hmac = [](BytesView key, std::string_view text) {
            Bytes out(32);
            unsigned int n = 0;
            HMAC(EVP_sha256(), key.data(), int(key.size()), reinterpret_cast<const unsigned char *>(text.data()), text.size(),
                 out.data(), &n);
            return out;
        };
        const auto salt = fromBase64("QSXCR+Q6sek8bf92");
        Bytes salted(32);
        const std::string password = forgeSignature ? "guess" : "pencil";
        PKCS5_PBKDF2_HMAC(password.data(), int(password.size()), salt->data(), int(salt->size()), 4096, EVP_sha256(), 32, salted.data());
        return toBase64(hmac(hmac(salted, "Server Key"), m_clientFirstBare + ',' + m_serverFirst + ',' + withoutProof));
    }

    QPointer<FakeTransport> m_line;
    bool m_authenticated = false;
    std::string m_clientFirstBare, m_serverFirst;
};

} // namespace qd::test
