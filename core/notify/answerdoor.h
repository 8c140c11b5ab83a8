// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/net/listener.h"
#include "core/oncall/answerlink.h"

#include <functional>
#include <memory>
#include <string>

namespace qd::notify {

inline constexpr std::size_t kWrongLinks = 30; ///< links that are none, within kWrongWindow, from everywhere; beyond it such are 429
inline constexpr Span kWrongWindow = minutes(1);
inline constexpr std::size_t kConfirmBody = 1024; ///< bytes

/// Where the links in pages lead: /answer/<token>. GET shows what the link is for and a button, and changes nothing: mail scanners
/// and previews open links. POST answers. The pages need no script and load nothing.
class AnswerDoor final {
public:
    /// Asks what is committed for a token's hash.
    using Ask = std::function<void(std::string hash, std::function<void(oncall::Answering)>)>;
    /// Answers what a link is good for, for its person; told whether it is recorded.
    using Acknowledge = std::function<void(const oncall::Answering &answering, std::function<void(Result<>)>)>;

    /// Registers the routes: make it before listener.start(). `clock` must outlive the listener.
    AnswerDoor(net::Listener &listener, const Clock &clock, Ask ask, Acknowledge acknowledge);

private:
    struct Core;
    std::shared_ptr<Core> m_core;
};

/// The page for a link: with a button when it is open. Everything in it is escaped.
[[nodiscard]] std::string answerPage(const oncall::Answering &answering, std::string_view heading, std::string_view sentence, bool hasButton);

} // namespace qd::notify
