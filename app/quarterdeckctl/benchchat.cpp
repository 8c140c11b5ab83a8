// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchchat.h"

#include "app/quarterdeckctl/benchload.h"
#include "app/quarterdeckctl/benchpeers.h"
#include "app/quarterdeckctl/benchreport.h"
#include "core/chat/websockettransport.h"
#include "core/chat/xmppconnector.h"
#include "core/chat/xmppmessages.h"

#include <QCoreApplication>
#include <QTcpSocket>
#include <QThread>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <functional>
#include <map>
#include <utility>

namespace qd::app {

namespace {

namespace json = boost::json;

constexpr const char *kProsody = "/usr/bin/prosody";
constexpr std::size_t kBacklog = 10'000, kIncidentRooms = 50, kMessagesOfARoom = 200;
constexpr std::size_t kSaidAhead = 200; ///< of the writer's messages
constexpr int kChatPatienceMs = 300'000;
constexpr double kRest = 0.5; ///< seconds without a record, after which the timelines are looked at

/// Lets events come until it is so; false when it does not come to be.
bool await(const std::function<bool()> &isSo, int pauseMs = 5)
{
    const Stopwatch watch;
    while (!isSo()) {
        if (watch.seconds() * 1000 > kChatPatienceMs)
            return false;
        QCoreApplication::processEvents();
        QThread::msleep(static_cast<unsigned long>(pauseMs));
    }
    return true;
}

/// A Prosody of the bench's own: rooms, archives, WebSocket; accounts core, writer and reader. It dies with this object.
class ChatServer final {
public:
    [[nodiscard]] static Result<std::unique_ptr<ChatServer>> start(const std::filesystem::path &folder)
    {
        if (!std::filesystem::exists(kProsody))
            return fail(Code::NotFound, "This bench needs a real chat server; install the Debian package prosody.");
        auto server = std::unique_ptr<ChatServer>(new ChatServer);
        server->m_port = freePort();
        const auto accounts = folder / "data/localhost/accounts";
        std::filesystem::create_directories(accounts);
        for (const char *user : {"core", "writer", "reader"})
            std::ofstream(accounts / (std::string(user) + ".dat")) << "return { [\"password\"] = \"bench\" };\n";
        std::ofstream(folder / "prosody.cfg.lua") << "run_as_root = true\ndata_path = \"" << (folder / "data").string() << "\"\npidfile = \"" << (folder / "prosody.pid").string()
                                                  << "\"\ninterfaces = { \"127.0.0.1\" }; c2s_ports = { }; s2s_ports = { }; https_ports = { }\nhttp_ports = { " << server->m_port
                                                  << " }; http_interfaces = { \"127.0.0.1\" }\n"
                                                     "modules_enabled = { \"roster\", \"saslauth\", \"disco\", \"ping\", \"smacks\", \"websocket\", \"mam\" }\n"
                                                     "modules_disabled = { \"s2s\", \"tls\", \"admin_shell\" }\nc2s_require_encryption = false\n"
                                                     "authentication = \"internal_plain\"; storage = \"internal\"\nlog = { error = \""
                                                  << (folder / "prosody.log").string()
                                                  << "\" }\nVirtualHost \"localhost\"\nComponent \"conference.localhost\" \"muc\"\n"
                                                     "  modules_enabled = { \"muc_mam\" }\n  muc_room_default_persistent = true\n";
        server->m_process = peerProgram(QString::fromLatin1(kProsody), {QStringLiteral("--config"), QString::fromStdString((folder / "prosody.cfg.lua").string()), QStringLiteral("-F")});
        server->m_process->setStandardOutputFile(QProcess::nullDevice());
        server->m_process->start();
        const bool isThere = await([port = server->m_port] {
            QTcpSocket probe;
            probe.connectToHost(QStringLiteral("127.0.0.1"), port);
            return probe.waitForConnected(200);
        }, 20);
        if (!isThere)
            return fail(Code::Unavailable, "The bench's own Prosody did not start.");
        return server;
    }
    ~ChatServer()
    {
        if (m_process) {
            m_process->kill();
            m_process->waitForFinished(5000);
        }
    }
    [[nodiscard]] std::string url() const { return "ws://127.0.0.1:" + std::to_string(m_port) + "/xmpp-websocket"; }

private:
    ChatServer() = default;
    std::unique_ptr<QProcess> m_process;
    std::uint16_t m_port = 0;
};

/// Somebody in every room, who says things as fast as the server shows them.
class Writer final {
public:
    Writer(const std::string &url, Random &random)
        : m_random(random), m_session("writer@localhost", Secret(std::string_view("bench")),
                                      [line = lineTo(url)] { return std::make_unique<chat::WebSocketTransport>(line); }, random, chat::XmppTimings())
    {
        QObject::connect(&m_session, &chat::XmppSession::stanza, &m_session, [this](const chat::Element &stanza, const QByteArray &) {
            const bool ours = chat::resourceOf(stanza.attribute("from")) == "writer";
            if (ours && stanza.name == "presence" && stanza.attribute("type").empty())
                ++m_joined;
            if (ours && stanza.name == "message" && stanza.child("body", chat::xmlns::kClient))
                ++m_shown;
        });
    }
    [[nodiscard]] bool join(const std::vector<std::string> &rooms)
    {
        m_session.start();
        if (!await([this] { return m_session.isReady(); }))
            return false;
        for (const std::string &room : rooms) {
            chat::Element presence("presence", chat::xmlns::kClient);
            presence.set("to", room + "/writer");
            presence.add("x", chat::xmlns::kMuc).add("history", chat::xmlns::kMuc).set("maxstanzas", "0");
            m_session.send(presence);
        }
        return await([&] { return m_joined >= rooms.size(); });
    }
    /// Text n goes to room n, round and round; true once the rooms have shown all.
    [[nodiscard]] bool say(const std::vector<std::string> &rooms, const std::vector<std::string> &texts)
    {
        m_shown = 0;
        std::size_t said = 0;
        return await([&] {
            for (; said < texts.size() && said < m_shown + kSaidAhead; ++said) {
                chat::Outgoing out;
                out.room = rooms[said % rooms.size()];
                m_session.send(chat::writeOutgoing(out, texts[said], m_session.makeId()));
            }
            return m_shown >= texts.size();
        }, 1);
    }

private:
    static chat::WebSocketLine lineTo(const std::string &url)
    {
        chat::WebSocketLine line;
        line.url = QUrl(QString::fromStdString(url));
        line.subprotocol = QStringLiteral("xmpp");
        return line;
    }
    Random &m_random;
    chat::XmppSession m_session;
    std::size_t m_joined = 0, m_shown = 0;
};

std::vector<std::string> benchTexts(const std::string &word, std::size_t count)
{
    std::vector<std::string> out;
    for (std::size_t n = 0; n < count; ++n)
        out.push_back(word + ' ' + std::to_string(n));
    return out;
}

/// Seconds our connector takes for the same archives with nothing behind it.
Result<double> bareReading(const std::string &url, const std::vector<std::string> &rooms, std::size_t messages, const Clock &clock, Random &random)
{
    chat::XmppSettings settings;
    settings.name = "bare";
    settings.url = url;
    settings.jid = "reader@localhost";
    settings.password = Secret(std::string_view("bench"));
    settings.mucHost = "conference.localhost";
    auto reader = chat::XmppConnector::make(std::move(settings), clock, random);
    if (!reader)
        return tl::unexpected(reader.error());
    std::size_t heard = 0;
    QObject::connect(reader->get(), &chat::ChatConnector::event, reader->get(), [&](const chat::ChatEvent &e) { heard += e.text.starts_with("bench ") ? 1 : 0; });
    for (const std::string &room : rooms)
        (*reader)->attach(room, "begin");
    const Stopwatch watch;
    (*reader)->open();
    if (!await([&] { return heard >= messages; }, 1))
        return fail(Code::Unavailable, "The archives could not be read beside the core.");
    return watch.seconds();
}

/// What of these words stands on each incident's timeline, in its order.
Result<std::map<std::string, std::vector<std::string>>> onTimelines(const Peer &core, const std::string &word)
{
    const auto answer = core.call("get", "{\"what\":\"timeline\"}");
    if (!answer)
        return tl::unexpected(answer.error());
    std::map<std::string, std::vector<std::string>> out;
    const json::value listed = json::parse(*answer);
    for (const auto &item : listed.at("items").as_array())
        if (std::string text(item.at("text").as_string()); text.starts_with(word + ' '))
            out[std::string(item.at("incident").as_string())].push_back(std::move(text));
    return out;
}

struct ChatRooms {
    std::vector<std::string> incidents, rooms; ///< alike in order
};

/// Declares the incidents and waits until each has its room and everything that is said there by itself is said.
Result<ChatRooms> makeRooms(const Peer &core, std::size_t count)
{
    for (std::size_t n = 0; n < count; ++n)
        if (const auto done = core.call("incident.declare", json::serialize(json::object{{"title", "Bench " + std::to_string(n)}, {"severity", "SEV3"}})); !done)
            return tl::unexpected(done.error());
    ChatRooms all;
    const bool stand = await([&] {
        const auto said = core.call("get", "{\"what\":\"incidents\"}");
        const auto writes = core.call("get", "{\"what\":\"deliveries\"}");
        if (!said || !writes)
            return false;
        all = {};
        const json::value incidents = json::parse(*said), listed = json::parse(*writes);
        for (const auto &item : incidents.at("items").as_array())
            for (const auto &room : item.at("rooms").as_array()) {
                all.incidents.emplace_back(item.at("id").as_string());
                all.rooms.emplace_back(room.at("room").as_string());
            }
        const auto &open = listed.at("items").as_array();
        return all.rooms.size() == count && std::all_of(open.begin(), open.end(), [](const json::value &w) { return w.at("delivery").as_string() == "confirmed"; });
    }, 100);
    return stand ? Result<ChatRooms>(std::move(all)) : fail(Code::Unavailable, "The incidents did not get their rooms.");
}

/// Waits until every room's words are on its timeline, and gives the seconds until the last of them was; an error where one is missing, doubled or out
/// of order then. The timelines are long, so they are only asked for once the log has rested.
Result<double> awaitTimelines(const Peer &core, const ChatRooms &all, const std::string &word, const std::vector<std::string> &texts, const Stopwatch &watch)
{
    std::map<std::string, std::vector<std::string>> wanted;
    for (std::size_t n = 0; n < texts.size(); ++n)
        wanted[all.incidents[n % all.incidents.size()]].push_back(texts[n]);
    std::uint64_t head = 0;
    double last = 0, asked = 0;
    Result<> trouble;
    bool isWhole = false;
    const bool ended = await([&] {
        const auto count = core.call("alert.count");
        if (!count) {
            trouble = tl::unexpected(count.error());
            return true;
        }
        const std::uint64_t now = json::parse(*count).at("seq").to_number<std::uint64_t>();
        if (std::exchange(head, now) != now)
            last = watch.seconds();
        if (watch.seconds() - last < kRest || asked > last)
            return false;
        asked = watch.seconds();
        const auto found = onTimelines(core, word);
        if (!found)
            trouble = tl::unexpected(found.error());
        else
            isWhole = *found == wanted;
        return isWhole || !trouble;
    }, 20);
    if (!trouble)
        return tl::unexpected(trouble.error());
    if (!ended)
        return fail(Code::Internal, "The timelines lack a message, or have one twice or out of order.");
    return last;
}

Result<json::object> measureChat(std::size_t messages)
{
    auto core = Peer::ourCore();
    if (!core)
        return tl::unexpected(core.error());
    const auto server = ChatServer::start(core->folder() / "prosody");
    if (!server)
        return tl::unexpected(server.error());
    const auto password = core->folder() / "password";
    std::ofstream(password) << "bench";
    std::filesystem::permissions(password, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    const auto q = [](const std::string &text) { return QString::fromStdString(text); };
    for (const QStringList &verb : {QStringList{q("connect"), q("xmpp"), q("--name"), q("chat"), q("--url"), q((*server)->url()), q("--jid"), q("core@localhost"), q("--password-file"), q(password.string()),
                                                q("--muc"), q("conference.localhost")},
                                    QStringList{q("arm"), q("chat"), q("--allow"), q("rooms,posts")}})
        if (const auto done = core->run(verb); !done)
            return tl::unexpected(done.error());
    const auto all = makeRooms(*core, std::clamp<std::size_t>(messages / kMessagesOfARoom, 2, kIncidentRooms));
    if (!all)
        return tl::unexpected(all.error());

    const SystemClock clock;
    SystemRandom random;
    Writer writer((*server)->url(), random);
    core->stop();
    const auto backlog = benchTexts("bench", messages), live = benchTexts("live", all->rooms.size());
    if (!writer.join(all->rooms) || !writer.say(all->rooms, backlog))
        return fail(Code::Unavailable, "The backlog could not be said.");
    const auto bare = bareReading((*server)->url(), all->rooms, messages, clock, random);
    if (!bare)
        return tl::unexpected(bare.error());

    if (const auto up = core->restart(); !up)
        return tl::unexpected(up.error());
    Stopwatch watch;
    const auto caughtUp = awaitTimelines(*core, *all, "bench", backlog, watch);
    if (!caughtUp)
        return tl::unexpected(caughtUp.error());
    watch.restart();
    if (!writer.say(all->rooms, live))
        return fail(Code::Unavailable, "Nothing could be said in the rooms.");
    const auto atOnce = awaitTimelines(*core, *all, "live", live, watch);
    if (!atOnce)
        return tl::unexpected(atOnce.error());
    const auto count = static_cast<double>(messages);
    return json::object{{"bench", "chat"},
                        {"messages", messages},
                        {"rooms", all->rooms.size()},
                        {"caughtUpSeconds", *caughtUp},
                        {"messagesPerSecond", count / *caughtUp},
                        {"lost", 0}, // else it is no figure but a failure
                        {"doubled", 0},
                        {"oneInEveryRoomSeconds", *atOnce},
                        {"residentBytes", core->resident()},
                        {"reference", json::object{{"bareReadingSeconds", *bare}, {"bareMessagesPerSecond", count / *bare}}},
                        {"ratio", json::object{{"toBareReading", *bare / *caughtUp}}}};
}

} // namespace

int benchChat(const BenchOptions &options)
{
    const auto figures = measureChat(options.events > 0 ? std::min<std::size_t>(options.events, kBacklog) : kBacklog);
    return figures ? report(options, *figures) : benchFailed(figures.error());
}

} // namespace qd::app
