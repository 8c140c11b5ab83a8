// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/comms/pagerender.h"
#include "core/publish/takenback.h"

#include <boost/json.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// What stands at Atlassian Statuspage against what our page says: read from answers and from our own JSON, compared, and put into requests by the target. Pure.
namespace qd::publish::statuspage {

struct Component {
    std::string id, status, about;
};
struct Word {
    std::uint32_t number = 0;
    std::string status, body;
};
struct Notice {
    std::string key, name, status, from, until, begun; ///< key: "shop/n1"; begun: when its first word was said, "" where that one is gone
    bool isOpen = false;
    bool isGone = false;                        ///< our page does not have it any more
    std::vector<Word> words;                    ///< oldest first
    std::map<std::string, std::string> components; ///< names with states
};
struct Meant {
    std::map<std::string, Component> components; ///< by name
    std::vector<Notice> notices;
    std::string page, takenBack;                 ///< takenBack: what is said where nothing is left
    Instant at;
    std::uint32_t lastNotice = 0, lastMaintenance = 0;
    bool isAll = true;                           ///< our page has let go of nothing but what is old
};
/// An incident there that carries our number.
struct Told {
    std::string id, name, status, from, until, key, log, begun;
    std::uint32_t number = 0;                    ///< of the last word that was told
    std::vector<UpdateThere> updates;            ///< oldest first
    std::map<std::uint32_t, std::string> marks;  ///< of words, by their numbers
    std::string nameMark;
};
struct There {
    std::map<std::string, Component> components; ///< by name
    std::vector<Told> told;                      ///< newest first
    Instant oldest;                              ///< of the incidents that were read
};
/// What of an incident there is to be another.
struct Wrong {
    std::vector<Correction> updates;
    std::string name;                            ///< "": as it is
    std::string status;                          ///< as name
    [[nodiscard]] bool isNone() const { return updates.empty() && name.empty() && status.empty(); }
};

[[nodiscard]] std::string memberText(const boost::json::value &of, std::string_view name);
[[nodiscard]] const boost::json::array &memberList(const boost::json::value &of, std::string_view name);
/// What Statuspage calls a thing. It becomes part of an address, so nothing else may stand in it: Corrupt.
[[nodiscard]] Result<std::string> soundId(std::string id);
[[nodiscard]] Result<std::string> idOf(const boost::json::value &of);

/// What our page says, from its own JSON.
[[nodiscard]] Meant meantBy(const std::string &page, const std::vector<comms::PageFile> &files);
/// Whether words that were said are other words now, or gone: how far they got is not asked.
[[nodiscard]] bool saysLess(const Meant &before, const Meant &now);
/// Adds an incident of `page` to what is there, the first time it is seen; others are none of ours.
[[nodiscard]] Result<> readIncident(const boost::json::value &incident, const std::string &page, std::set<std::string> &seen, There &out);
/// A maintenance that is not over is at another time there.
[[nodiscard]] bool hasOtherWindow(const Notice &n, const Told &told);
/// How many of its words are there. One that somebody removed there is told again.
[[nodiscard]] std::size_t countOf(const Notice &n, const Told &told);

/// Which incident there is which notice of ours, and what of it is wrong.
struct Comparison {
    std::string origin;                  ///< the name of our log; "": not known
    MarkOf markOf;
    std::string byHand;                  ///< where a person edits an incident; its id follows

    [[nodiscard]] Told *toldOf(const Notice &n, There &there) const;
    /// Whether an incident of ours may stand behind those that were read.
    [[nodiscard]] bool mayBeFurther(const Meant &meant, There &there) const;
    /// Every incident there that is ours, with what our page says of it; of one that was erased here, that nothing is left of it.
    [[nodiscard]] std::vector<std::pair<Notice, Told *>> pairsOf(const Meant &meant, There &there) const;
    [[nodiscard]] Wrong wrongOf(const Meant &meant, const Notice &n, const Told &told) const;
    /// The sentence for a person, who may have to do it by hand; it is recorded, so no word of what is there is in it. `why`: what kept it from being done; "" when it was only found.
    [[nodiscard]] std::string stillSaid(const Notice &n, const Told &told, const Wrong &wrong, const std::string &why) const;
    /// The metadata of an incident: whose it is, how far it was told, and a mark of each of our words, by which it is found once it is gone here.
    [[nodiscard]] boost::json::object noted(const Meant &meant, const Notice &n, std::uint32_t number, const Told *told) const;
};

/// How every sentence on words that were taken back begins.
inline constexpr std::string_view kStill = "Words that are not on our page any more are still at Statuspage";
inline constexpr Span kStillThere = hours(24 * 90); ///< an incident of ours that is younger and not on our page was erased; older ones our page lets go by itself
inline constexpr std::size_t kMarksRead = 1000;     ///< of one incident

} // namespace qd::publish::statuspage
