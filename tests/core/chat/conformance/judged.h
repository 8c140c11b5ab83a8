// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QMetaMethod>
#include <QMetaObject>
#include <algorithm>
#include <string>
#include <vector>

namespace qd::test {

/// Teams posts and hears nothing: these scenarios tst_teamsconnector holds for it, under these names, with a table of its own. Every other one it cannot.
struct PostOnly {
    const char *scenario, *there;
};
inline constexpr PostOnly kPostOnly[] = {
    {"connectsFromCold", "saysThatItPostsOnly"},
    {"speaksOnlyToAServerItCanTrust", "speaksOnlyToAServerItCanTrust"},
    {"keepsTryingWhileTheServerIsAway", "postsWhatItCouldNotOnceSomebodyAnswers"},
    {"confirmsAPostByTheRoom", "confirmsAPostAndSaysWhatThatMeans"},
    {"failsAPostToARoomWeAreNotIn", "failsAPostToARoomWeAreNotIn"},
    {"carriesTextUnharmed", "carriesTextUnharmed"},
    {"splitsTextThatIsTooLong", "splitsTextThatIsTooLong"},
    {"neverPostsTwiceWhenOnlyTheAnswerWasLost", "neverPostsTwiceWhenOnlyTheAnswerWasLost"},
    {"waitsWhenItIsToldTo", "waitsAsLongAsItIsAsked"},
};
/// Its cell of the table: the step of tst_teamsconnector, whose own table says what came of it.
inline std::string teamsCell(const std::string &scenario)
{
    const auto it = std::find_if(std::begin(kPostOnly), std::end(kPostOnly), [&](const PostOnly &p) { return scenario == p.scenario; });
    return it == std::end(kPostOnly) ? std::string("cannot: post only") : "see conformance-teams: " + std::string(it->there);
}

/// What a scenario stands on where there is no server to install: the step of tests/judges/PLATFORM.mjs in which the vendor's own client accepted from the fake what the scenario needs of
/// it. A step is named by how it begins. What only our side decides (a limit of ours, a wait) names the step whose line or call it is tried on.
struct Judged {
    const char *scenario, *slack, *mattermost, *discord;
};

inline constexpr const char *kSlackLine = "apps.connections.open, hello", *kMattermostLine = "websocket with Authorization", *kDiscordLine = "gateway/bot, hello";
inline constexpr const char *kSlackRooms = "conversations.create, name_taken", *kMattermostRooms = "channels, exists", *kDiscordRooms = "channels under a category";
inline constexpr const char *kSlackPosts = "chat.postMessage, message events", *kMattermostPosts = "posts, pending_post_id", *kDiscordPosts = "messages, enforce_nonce";
inline constexpr const char *kSlackHistory = "conversations.history with cursor", *kMattermostHistory = "history after a post", *kDiscordHistory = "history after and before";
inline constexpr const char *kSlackPeople = "conversations.open, users.info", *kMattermostPeople = "direct channels", *kDiscordPeople = "direct messages";
inline constexpr const char *kSlackCut = "redelivery after a cut", *kMattermostCut = "a cut, hello again", *kDiscordCut = "heartbeats, a cut";

inline constexpr Judged kJudged[] = {
    {"connectsFromCold", kSlackLine, kMattermostLine, kDiscordLine},
    {"stopsAtARefusedPassword", "auth.test, invalid_auth", "users/me, session_expired", "users/@me, 401"},
    {"keepsTryingWhileTheServerIsAway", kSlackLine, kMattermostLine, kDiscordLine},
    {"speaksOnlyToAServerItCanTrust", kSlackLine, kMattermostLine, kDiscordLine},
    {"makesARoomAndJoinsItWhenTheNameIsTaken", kSlackRooms, kMattermostRooms, kDiscordRooms},
    {"joinsARoomThatIsThereAndReadsItFromAnInstant", kSlackHistory, kMattermostHistory, kDiscordHistory},
    {"neverMakesARoomItWasToJoin", kSlackRooms, kMattermostRooms, kDiscordRooms},
    {"refusesARoomWithoutAName", kSlackRooms, kMattermostRooms, kDiscordRooms},
    {"confirmsAPostByTheRoom", kSlackPosts, kMattermostPosts, kDiscordPosts},
    {"failsAPostToARoomWeAreNotIn", kSlackRooms, kMattermostPosts, kDiscordPosts},
    {"hearsOthersWithAProvenIdentity", kSlackPosts, kMattermostPosts, kDiscordPosts},
    {"carriesTextUnharmed", kSlackPosts, kMattermostPosts, kDiscordPosts},
    {"splitsTextThatIsTooLong", kSlackPosts, kMattermostPosts, kDiscordPosts},
    {"editsAndRetracts", kSlackPosts, kMattermostPosts, kDiscordPosts},
    {"aReplyInAThreadIsHeardInIt", kSlackPosts, kMattermostPosts, kDiscordPosts},
    {"aThreadBelowTheRoomIsHeardAnsweredInAndReadBack", kSlackPosts, kMattermostPosts, "threads below a channel"},
    {"aPrivateRoomIsSeenByThoseAloneWhoAreAskedIn", "private channels", "private channels", "private channels"},
    {"reactsAndTakesItBack", kSlackPosts, kMattermostPosts, kDiscordPosts},
    {"setsTheTopicAndInvites", kSlackRooms, kMattermostRooms, kDiscordRooms},
    {"archivesTheRoomAfterTheLastWordsOrSaysThatItCannot", "conversations.archive", "a channel that is archived", kDiscordRooms},
    {"failsAWriteThatNamesNothing", kSlackPosts, kMattermostPosts, kDiscordPosts},
    {"pagesAPersonAndHearsTheAnswer", kSlackPeople, kMattermostPeople, kDiscordPeople},
    {"saysWhenAPageReachesNobody", kSlackPeople, kMattermostPeople, kDiscordPeople},
    {"livesOnAThreadOfItsOwn", kSlackLine, kMattermostLine, kDiscordLine},
    {"hearsTheAnswerToAPageThatCameWhileItWasGone", kSlackPeople, kMattermostPeople, kDiscordPeople},
    {"comesBackFromACutWithoutLoss", kSlackCut, kMattermostCut, kDiscordCut},
    {"noticesAFrozenServer", kSlackCut, kMattermostCut, kDiscordCut},
    {"neverPostsTwiceWhenOnlyTheAnswerWasLost", kSlackHistory, kMattermostPosts, kDiscordPosts},
    {"catchesUpWhenTheServerLostItsState", kSlackHistory, kMattermostHistory, kDiscordHistory},
    {"learnsWhatWasEditedAndDeletedWhileItWasGone", kSlackHistory, kMattermostHistory, kDiscordHistory},
    {"learnsWhatBecameOfAThreadWhileItWasGone", "conversations.replies", kMattermostHistory, "threads below a channel"},
    {"learnsWhatWasReactedWhileItWasGone", kSlackPosts, kMattermostPosts, kDiscordPosts},
    {"readsOnFromACursorAfterARestart", kSlackHistory, kMattermostHistory, kDiscordHistory},
    {"aRoomThatWasRenamedByHandIsFoundAgainAfterARestart", kSlackRooms, kMattermostRooms, kDiscordRooms},
    {"aRoomThatIsGoneIsAGapAfterARestartAndNeverMadeAnew", "conversations.archive", "a channel that is archived", kDiscordRooms},
    {"startsWithoutHistoryWhenThereIsNoCursor", kSlackHistory, kMattermostHistory, kDiscordHistory},
    {"givesNothingTwice", kSlackCut, kMattermostCut, kDiscordCut},
    {"tellsWhenHistoryCannotReachBack", kSlackHistory, kMattermostHistory, kDiscordHistory},
    {"survivesAMessageBeyondItsLimits", kSlackPosts, kMattermostPosts, kDiscordPosts},
    {"catchesUpWithTenThousandMessages", kSlackHistory, kMattermostHistory, kDiscordHistory},
    {"losesNothingToADeskThatTakesNothing", kSlackHistory, kMattermostHistory, kDiscordHistory},
    {"whatItDoesNotTakeIsSaidElsewhereAndThereLater", kSlackCut, kMattermostCut, kDiscordCut},
    {"livesWithAClockThatIsWrong", kSlackHistory, kMattermostHistory, kDiscordHistory},
    {"waitsWhenItIsToldTo", "429 with Retry-After", "429 until its limit", "429 with retry_after"},
    {"saysTogetherWhatWaitedTogether", "429 with Retry-After", "429 until its limit", "429 with retry_after"},
    {"goesOnAfterWhatCannotBeRead", kSlackLine, kMattermostLine, kDiscordLine},
    {"endsTheLineAtAFrameBeyondItsLimit", kSlackLine, kMattermostLine, kDiscordLine},
};

/// The whole name of the step a scenario stands on at a platform there is no server of, as its judge says it; "" where there is a server, or where no judge says such a step.
[[nodiscard]] inline std::string judgedStep(const std::string &platform, const std::string &scenario)
{
    const auto row = std::find_if(std::begin(kJudged), std::end(kJudged), [&](const Judged &j) { return scenario == j.scenario; });
    if (row == std::end(kJudged))
        return {};
    const char *begin = platform == "slack" ? row->slack : platform == "mattermost" ? row->mattermost : platform == "discord" ? row->discord : "";
    QFile judge(QStringLiteral(QD_SOURCE_DIR "/tests/judges/%1.mjs").arg(QString::fromStdString(platform)));
    if (*begin == '\0' || !judge.open(QIODevice::ReadOnly))
        return {};
    const QByteArray source = judge.readAll(), call = QByteArray("step('") + begin;
    const auto at = source.indexOf(call);
    if (at < 0 || source.indexOf(call, at + 1) >= 0) // one step, and no other, begins so
        return {};
    const auto from = at + 6;
    return source.mid(from, source.indexOf("');", from) - from).replace("\\'", "'").toStdString();
}

/// A scenario of a test class that has no such row, or whose row names no step of a judge; "" when all have one.
[[nodiscard]] inline std::string unjudged(const QMetaObject &suite)
{
    for (int n = suite.methodOffset(); n < suite.methodCount(); ++n) {
        const std::string name = suite.method(n).name().toStdString();
        if (suite.method(n).access() != QMetaMethod::Private || name.starts_with("init") || name.starts_with("cleanup") || name.ends_with("_data"))
            continue;
        for (const char *platform : {"slack", "mattermost", "discord"})
            if (judgedStep(platform, name).empty())
                return name + " names no step of " + platform + "'s judge";
    }
    return {};
}

} // namespace qd::test
