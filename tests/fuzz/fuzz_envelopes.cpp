// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/chat/discordgateway.h"
#include "core/chat/mattermostsocket.h"
#include "core/chat/slacksocket.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QUrl>

using namespace qd;
using namespace qd::chat;

namespace {

constexpr std::chrono::milliseconds kLong{60'000};

/// A line that says what it is told to; what goes out is JSON, or a promise is broken.
class Wire final : public Transport {
public:
    explicit Wire(Wire *&newest) : m_newest(newest) { m_newest = this; }
    ~Wire() override
    {
        if (m_newest == this)
            m_newest = nullptr;
    }
    void open() override {}
    void send(std::string_view frame) override
    {
        require(QJsonDocument::fromJson(QByteArray(frame.data(), static_cast<qsizetype>(frame.size()))).isObject());
    }
    void close() override {}
    void abort() override {}

private:
    Wire *&m_newest;
};

/// The lines of the text as frames to whichever wire is the newest. After the end of a session nothing is said any more.
template <typename Line>
void speak(Line &line, Wire *&wire, std::string_view text)
{
    bool isLost = false;
    QObject::connect(&line, &Line::lost, &line, [&] {
        require(!isLost);
        isLost = true;
    });
    line.start();
    while (!text.empty() && wire && !isLost) {
        const std::string_view frame = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), frame.size() + 1));
        Q_EMIT wire->frame(QByteArray(frame.data(), static_cast<qsizetype>(frame.size())));
    }
    require(!isLost || !line.isReady());
    line.stop();
    require(!line.isReady());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // wires that were let go
}

template <typename Answer>
Answer address(const char *field, const char *url)
{
    using Body = decltype(Answer::body); // an object, or a document
    Answer answer;
    answer.kind = ApiAnswer::Kind::Done;
    answer.body = Body(QJsonObject{{QLatin1String(field), QLatin1String(url)}, {QStringLiteral("session_start_limit"), QJsonObject{{QStringLiteral("remaining"), 9}}}});
    return answer;
}

} // namespace

/// The frames of a whole session, a line each, to the readers of all three: what each promises of its own holds whatever comes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static int count = 1;
    static char name[] = "fuzz", *arguments[] = {name, nullptr};
    static const QCoreApplication application(count, arguments); // timers need one
    static SystemRandom random;
    const std::string_view text = fuzz::text(data, size);
    Wire *wire = nullptr;
    const auto wires = [&wire](const QUrl &) { return std::make_unique<Wire>(wire); };
    {
        SlackSocket slack([](SlackApi::Answered answered) { answered(address<SlackAnswer>("url", "wss://slack.test/link")); }, wires, kLong, kLong, kLong);
        speak(slack, wire, text);
    }
    {
        MattermostSocket mattermost([&wire] { return std::make_unique<Wire>(wire); }, kLong, kLong, kLong);
        speak(mattermost, wire, text);
    }
    DiscordGateway discord([](DiscordApi::Answered answered) { answered(address<DiscordAnswer>("url", "wss://discord.test")); }, wires, random,
                           std::make_shared<const Secret>(std::string_view("canary")), {kLong, kLong});
    speak(discord, wire, text);
    return 0;
}
