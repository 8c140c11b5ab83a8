// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/pollline.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace qd::sources {

/// The writing half of AlertmanagerPoller; on the line's thread only.
class SilenceWriter final {
public:
    explicit SilenceWriter(PollLine &line) : m_line(line) {}

    void arm(bool armed) { m_armed = armed; }
    void create(std::uint64_t number, std::string body);
    void expire(std::uint64_t number, std::string id);
    /// It reads otherwise now: if it is sent again, it says this. What is on the wire or in doubt went as it was, and is looked for as that.
    void anew(std::uint64_t number, std::string body);
    /// It may not be sent any more, and `why`. What is on the wire, or in doubt, is left to what the source says of it; it is not sent again.
    void recall(std::uint64_t number, std::string why);
    /// A fresh list: settles what is in doubt, and sends again what did not arrive.
    void listed(const std::vector<Silence> &silences);
    /// True while something waits for a fresh list.
    [[nodiscard]] bool inDoubt() const;

private:
    struct Entry {
        std::string body; ///< to create; empty to expire
        std::string words;               ///< taken anew, for when it is sent again
        std::vector<std::string> before; ///< what was sent of it in other words
        std::string recalled;            ///< why it is not sent again; "": it may be
        std::string id;   ///< to expire
        std::string reason;
        int attempts = 0;
        bool waiting = false; ///< for the next list
        bool refused = false; ///< the source said no: not sent again
    };
    void transmit(std::uint64_t number);
    void answered(std::uint64_t number, Result<net::HttpResponse> answer);
    void doubt(std::uint64_t number, std::string reason, bool refused);
    /// By value: the texts may be those of the entry that goes.
    void finish(std::uint64_t number, Delivery delivery, std::string id, std::string reason);

    PollLine &m_line;
    bool m_armed = false;
    std::map<std::uint64_t, Entry> m_open;
    std::set<std::uint64_t> m_done;
};

} // namespace qd::sources
