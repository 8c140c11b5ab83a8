// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/calls.h"
#include "core/sources/pollline.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace qd::sources {

/// One thing to do to an incident at PagerDuty. `text`: the resolution, the note, the new assignee's mail address, the level to escalate to.
struct PagerDutyWrite {
    std::uint64_t number = 0;
    events::Effect effect = events::Effect::PagerAck;
    std::string incident, text;
    Instant queuedAt;
    bool maybeSent = false; ///< an earlier process may have sent it: PagerDuty is asked first
};

/// The writing half of PagerDutyPoller; on the line's thread only. What may or may not have arrived is looked for at PagerDuty before it is
/// sent again; what PagerDuty asks to wait for waits. One is written at a time, those of one incident in the order of their numbers: what follows
/// one that waits waits too, another incident's goes on.
class PagerDutyWriter final {
public:
    /// PagerDuty asked to be left alone for a while: told when an answer says so, asked before anything is sent.
    struct Pause {
        std::function<void(const net::HttpResponse &)> begin;
        std::function<bool()> lasts;
    };

    PagerDutyWriter(PollLine &line, Pause pause) : m_line(line), m_pause(std::move(pause)) {}

    void arm(Writes armed) { m_armed = armed; }
    void write(PagerDutyWrite what);
    /// Its words are others now: it says them if it is still to be sent. What is on the wire or in doubt went as it was, and is looked for as that.
    void anew(std::uint64_t number, std::string text);
    /// It may not be sent any more, and `why`: what waits fails with that, what is on the wire or in doubt is left to what PagerDuty says of it and not sent again.
    void recall(std::uint64_t number, std::string why);
    /// Who has this mail address there, as far as the poller has read.
    void know(std::string mail, std::string userId) { m_users[std::move(mail)] = std::move(userId); }
    /// Goes on with what waits: a pause is over, or PagerDuty was just heard again.
    void goOn();

private:
    struct Entry {
        PagerDutyWrite what;
        std::string reason;
        std::string recalled;               ///< why it is not sent any more; "": it may be
        std::optional<std::string> words;   ///< taken anew, for when it is sent
        std::vector<std::string> said;      ///< what it may have said there
        int attempts = 0;
        bool waiting = false;  ///< for goOn()
        bool isSent = false;   ///< the last word of it is Sent
        bool inDoubt = false;  ///< it may have arrived
    };
    using Then = std::function<void(std::uint64_t, const std::string &body)>;

    /// Begins what may be begun, until one is under way.
    void next();
    void begin(std::uint64_t number);
    /// It is under way no more.
    void rest(std::uint64_t number);
    void check(std::uint64_t number);
    void checked(std::uint64_t number, bool isDone);
    void transmit(std::uint64_t number);
    void escalate(std::uint64_t number);
    void assign(std::uint64_t number, const std::string &userId);
    [[nodiscard]] bool isOver(std::uint64_t number) const;
    void put(std::uint64_t number, net::Method method, const std::string &path, std::string body);
    void answered(std::uint64_t number, Result<net::HttpResponse> answer);
    /// Reads something the entry needs; when it cannot be read the entry waits.
    void read(std::uint64_t number, const std::string &path, Then then);
    void wait(std::uint64_t number, Delivery delivery, std::string reason);
    void finish(std::uint64_t number, Delivery delivery, std::string id, std::string reason);

    PollLine &m_line;
    Pause m_pause;
    Writes m_armed = 0;
    std::map<std::string, std::string> m_users; ///< by mail address, in small letters
    std::map<std::uint64_t, Entry> m_open;
    std::uint64_t m_underWay = 0;               ///< 0 = none
    bool m_isChoosing = false;
    std::set<std::uint64_t> m_done;
};

/// The sentence of an answer that is no success: "it answered 404: Not Found".
[[nodiscard]] std::string pagerDutySentence(const net::HttpResponse &answer);

} // namespace qd::sources
