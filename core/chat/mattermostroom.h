// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/attempts.h"
#include "core/chat/channelroom.h"
#include "core/chat/mattermostapi.h"

#include <map>
#include <memory>
#include <optional>

namespace qd::chat {

/// How long the Mattermost connector waits for what. Tests shorten them.
struct MattermostTimings : AttemptTimings {
    std::chrono::milliseconds attempt{30'000};       ///< from connecting to hello
    std::chrono::milliseconds pingEvery{15'000};
    std::chrono::milliseconds pongWithin{10'000};    ///< then the line counts as dead
    std::chrono::milliseconds answerWithin{15'000};  ///< one call
    std::chrono::seconds reuseWithin{10};            ///< a connection that was idle for longer may be as dead as a line that is found so
    std::chrono::milliseconds confirmWithin{25'000}; ///< a write; then it is Unknown and looked up, while the server still knows it again (30 s)
    std::chrono::milliseconds rejoinAfter{30'000};   ///< after a channel cannot be read now
};

/// Who we are on the server, and who others are as far as was asked.
struct MattermostPeople {
    std::string server;                       ///< "chat.example.org"
    std::string team, userId;                 ///< ids; ours
    std::map<std::string, std::string> names; ///< by user id

    [[nodiscard]] std::string nameOf(const std::string &id) const
    {
        const auto it = names.find(id);
        return it == names.end() ? id : it->second;
    }
};

/// The prop our own id for a message travels in.
inline constexpr const char *kMattermostId = "quarterdeck_id", *kMattermostAlso = "quarterdeck_also";

/// A post as an event of this room ("" for a direct message); nothing when it carries nothing we show.
[[nodiscard]] std::optional<ChatEvent> readMattermost(const QJsonObject &post, const std::string &connector, const std::string &room, const MattermostPeople &people, Instant now,
                                                      bool history);
/// How long a channel's header may be before it is quoted, which doubles it at most; Mattermost takes 1,024 characters.
inline constexpr std::size_t kMattermostHeader = 500;

/// Text as we post it: no markup is read in it, and it calls nobody.
[[nodiscard]] std::string mattermostQuoted(std::string_view text);
/// A post that was written so, as it was meant; a defused mention stays one.
[[nodiscard]] std::string mattermostPlain(std::string_view text);
/// The local part of an address of this server, or "".
[[nodiscard]] std::string mattermostLocal(std::string_view address, std::string_view server);
/// Whether it is a user's name there, which calls that user alone: never one of those that call a whole channel.
[[nodiscard]] bool isMattermostName(std::string_view text);
/// Whether it can be one of Mattermost's ids.
[[nodiscard]] bool isMattermostId(std::string_view text);

/// One channel of Mattermost.
class MattermostRoom final : public ChannelRoom {
    Q_OBJECT
public:
    MattermostRoom(MattermostApi &api, const MattermostPeople &people, const Clock &clock, const MattermostTimings &timings, std::string connector, std::string address,
                   const std::string &cursor);

    [[nodiscard]] std::vector<Member> members() const override;
    void onEvent(const ChannelNews &news) override;

private:
    struct Read {
        std::vector<QJsonObject> posts;
        std::string after; ///< the post behind which is read, oldest first; else from the newest back
        int page = 0;
        Instant stop;      ///< from the newest back, not beyond
        std::int64_t stopped = 0; ///< the platform's milliseconds at which we stopped reading; 0: not known
        bool baseline = false;
    };
    using Answered = MattermostApi::Answered;
    void open() override;
    void readHistory() override;
    void sayGoodbye() override;
    bool isNews(const std::string &id) const override { return !m_story.knows(id); }
    void look();
    /// The channel we were in, under whatever name.
    void revisit();
    void make(int attempt);
    void taken();
    void join(bool created);
    void learnMembers();
    void readPage(std::shared_ptr<Read> read);
    void lookBack(std::shared_ptr<Read> read);
    void lookAtReactions(const std::string &id, const QJsonObject &post);
    void giveAll(const Read &read);
    void refused(const MattermostAnswer &answer, const std::string &doing) { ChannelRoom::refused(answer.kind, answer.asError(), doing); }
    [[nodiscard]] Answered heard(Answered answered, std::function<void()> again) { return current<MattermostAnswer>(std::move(answered), std::move(again)); }

    MattermostApi &m_api;
    const MattermostPeople &m_people;
};

} // namespace qd::chat
