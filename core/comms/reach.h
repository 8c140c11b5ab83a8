// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/state/state.h"

/// Where an update or a message goes, and what keeps it from getting there. Pure.
namespace qd::comms {

/// How a note begins that an update which was sent reached nobody.
inline constexpr std::string_view kNobodyTold = "Nobody was told: ";

/// Where updates of a template go, each place once: its own, else the incident's rooms.
[[nodiscard]] std::vector<std::string> destinationsOf(const UpdateTemplate &update);
/// Whether that is outside the house: "mail:ID", "webhook:NAME".
[[nodiscard]] bool isOutside(std::string_view destination);

/// "room:CONNECTION/ROOM" or "webhook:NAME": a place of a connection's, whether it is there or not.
[[nodiscard]] bool isElsewhere(std::string_view destination);

/// The checks that a text to this audience has to pass. What anybody may read (Workspace::isPublicPlace: a status page, a webhook, a room that is public) is for customers,
/// whoever it was written for; so is a mail to strangers (Workspace::areStrangers), unless it is for an audience outside the house that has checks of its own.
[[nodiscard]] std::vector<const ApprovalStage *> stagesFor(const Workspace &workspace, std::string_view audience, const std::vector<std::string> &to);
/// Checks are not gone around: an update for customers or a regulator does not leave the house where texts to them have to pass some. Errors: Forbidden,
/// with the message to write instead.
[[nodiscard]] Result<void> mayLeave(const Workspace &workspace, const UpdateTemplate &update);

/// Why nothing gets into a room any more whose connection was taken away.
[[nodiscard]] std::string noConnection(const state::Room &room);

/// How a post gets somewhere, or why it does not.
struct Way {
    const state::Source *source = nullptr; ///< where there is one, also when it is closed
    std::string why;                       ///< what keeps it from being written; "": nothing
    std::string address = {};              ///< of a room
};
/// Mail outside, of an incident or (null) of none.
[[nodiscard]] Way mailWay(const state::State &state, const state::Incident *incident);
/// "room:CONNECTION/ROOM", "webhook:NAME".
[[nodiscard]] Way wayTo(const state::State &state, const state::Incident &incident, const std::string &destination);
/// It was left, or is about to be: whatever follows would enter it again.
[[nodiscard]] bool isLeft(const state::State &state, const state::Incident &incident, const state::Room &room);

struct Reach {
    std::string to;   ///< as the template has it
    std::string name; ///< in words: "the room inc-7@muc.example", "press (2 addresses)"
    std::string why;  ///< what keeps it from getting there; "": it does
};
[[nodiscard]] std::vector<Reach> reachOf(const state::State &state, const state::Incident &incident, const std::vector<std::string> &to);
/// The same of a template, where the incident's rooms are named as what they are: a template for others that names no place of its own is only said there.
[[nodiscard]] std::vector<Reach> goesTo(const state::State &state, const state::Incident &incident, const UpdateTemplate &update);
/// "the room inc-7@muc.example; press (2 addresses) — not now: no mail connection …"
[[nodiscard]] std::string inWords(const std::vector<Reach> &reach);
/// Whether nobody at all would be told. Of a drill, and in a practice home, nothing leaves: that it is sent is all there is to practise.
[[nodiscard]] bool reachesNobody(const state::State &state, const state::Incident &incident, const std::vector<Reach> &reach);

/// How far the posts of an update got: as the one that got least far did; "": it was posted nowhere.
[[nodiscard]] std::string_view howFar(const state::State &state, const state::Update &update);

} // namespace qd::comms
