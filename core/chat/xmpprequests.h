// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/xmppelement.h"

#include <QTimer>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace qd::chat {

/// The stanza error inside an element of type "error", as an Error for people; the condition is its `detail`.
[[nodiscard]] Error stanzaError(const Element &stanza);
/// The name of the first child that is not <text/>: the condition (RFC 6120 sections 4.9.3, 6.5, 8.3.3).
[[nodiscard]] std::string conditionOf(const Element &error);
/// What the peer says about it, as one safe line, or "".
[[nodiscard]] std::string errorText(const Element &error);

/// The questions (iq) of a stream that wait for their answer. Each is answered exactly once: by the peer it was put to, by its
/// deadline, or by failAll(). Lives in its session's thread.
class XmppRequests final {
public:
    using Answer = std::function<void(const Result<Element> &)>;

    explicit XmppRequests(std::chrono::milliseconds answerWithin) : m_answerWithin(answerWithin) {}

    void add(const std::string &id, std::string to, Answer answer);
    /// Takes an iq of type "result" or "error". An answer counts only from where the question went (RFC 6120 section
    /// 8.1.2.1): `fromUs` says whether it came from our own account or server, where a question without "to" goes.
    void take(const Element &iq, bool fromUs);
    void failAll();
    /// The clock stands still while there is no line, and starts anew when it is resumed.
    void pause();
    void restart();

private:
    struct Pending {
        std::string to;
        Answer answer;
        std::unique_ptr<QTimer> deadline;
    };
    void onDeadline(const std::string &id);

    std::chrono::milliseconds m_answerWithin;
    std::map<std::string, Pending> m_pending;
};

} // namespace qd::chat
