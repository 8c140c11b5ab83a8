// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/pollline.h"

#include <map>
#include <set>

namespace qd::sources {

/// The writing half of AlertmanagerPoller; on the line's thread only.
class SilenceWriter final {
public:
    explicit SilenceWriter(PollLine &line) : m_line(line) {}

    void arm(bool armed) { m_armed = armed; }
    void create(std::uint64_t number, std::string body);
    void expire(std::uint64_t number, std::string id);
    /// A fresh list: settles what is in doubt, and sends again what did not arrive.
    void listed(const std::vector<Silence> &silences);
    /// True while something waits for a fresh list.
    [[nodiscard]] bool inDoubt() const;

private:
    struct Entry {
        std::string body; ///< to create; empty to expire
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
