// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <vector>

/// What a review is held to. Nothing of it holds an incident: that is resolved and closed by whoever commands it.
namespace qd::review {

enum class GateStanding : std::uint8_t { Met, Open, Waived };
[[nodiscard]] std::string_view word(GateStanding v); ///< "met", "open", "waived"

/// Something that has to be there before a review is reviewed.
struct Gate {
    std::string name;                    ///< of kReviewGates
    GateStanding standing = GateStanding::Open;
    std::string says;                    ///< one sentence: "3 of 5 contributed."
    std::vector<std::string> missing;    ///< each in words: "Ben", "section impact is as it was pre-filled", "action 2 has no owner"
    std::string waivedBy, reason;        ///< of a waiver
    std::vector<std::string> lacks = {}; ///< what is missing, and what is done without, whatever it is called in words: "person/ben", "section/impact", "action/2/due action/2/verification"
};

/// The gates of an incident's review, as it stands, in the order of kReviewGates. An incident that is not gated has one alone: its actions have owners. A waiver
/// does without what was missing as it was given: what is missing since holds the gate open, and is all that is named as missing then. In what was reopened after its review
/// was opened, whoever had a part is asked, though nobody put them on the list.
[[nodiscard]] std::vector<Gate> gatesOf(const state::State &state, const state::Incident &incident);
/// How many of those who are asked contributed or are spoken for, as the gate counts them.
[[nodiscard]] std::size_t heardOf(const state::State &state, const state::Review &review);
/// Whether an action that was not dropped is nobody's, or waits, before the review is complete, for somebody who left. That is done without by no waiver.
[[nodiscard]] bool hasOwnerless(const state::State &state, const state::Review &review);
[[nodiscard]] bool isGated(const ReviewRules &rules, IncidentSeverity severity);
/// By what it is and by the worst it ever was: who lowers a severity before the end takes no gate away by that.
[[nodiscard]] bool isGated(const ReviewRules &rules, const state::Incident &incident);
/// Whether a gate, of kReviewGates, is asked for, waived or not. That actions have owners is asked for everywhere, and not meant here.
[[nodiscard]] bool asksFor(const ReviewRules &rules, const state::Incident &incident, std::string_view gate);
/// "contributions (Ben, Eve), actions (action 2 has no owner)", or "".
[[nodiscard]] std::string openGates(const std::vector<Gate> &gates);

/// The record in which the last word of a section was written. A signature of an earlier one is not for what it says.
[[nodiscard]] std::uint64_t lastWritten(const state::Review &review);
/// Whether people wrote it: something other than what it was opened with, and said to be done.
[[nodiscard]] bool isWritten(const state::Section &section);
/// The sections people have to have written.
[[nodiscard]] std::vector<std::string> requiredSections(const ReviewRules &rules);

/// When the draft of a review is due that was opened at `opened`: by severity, from when the incident was resolved; from the opening where that is past.
[[nodiscard]] Instant reviewDue(const ReviewRules &rules, IncidentSeverity severity, Instant resolved, Instant opened);

} // namespace qd::review
