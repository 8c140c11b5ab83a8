// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/review/outage.h"
#include "core/state/state.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qd::review {

class Spelling;

enum class FindingKind : std::uint8_t { Blame, Counterfactual, HumanError, Name, Order, Unsupported, Spelling, Outage };
[[nodiscard]] std::string_view word(FindingKind v); ///< "blame", "counterfactual", "human error", "name", "order", "unsupported", "spelling", "outage"

/// Something of a text to think about. Advice: nothing waits for it.
struct Finding {
    FindingKind kind = FindingKind::Blame;
    std::size_t at = 0, length = 0;      ///< bytes of the text
    std::string words;                   ///< those it is about, cut at kFindingWords
    std::string question;                ///< that asks "how" instead
};
inline constexpr std::size_t kFindingsMost = 500, kFindingWords = 200, kSpellingsMost = 200; ///< of one text

/// What a text is looked through with: values, so that it is looked through where no State is.
struct LintContext {
    std::vector<std::string> people;     ///< ids and names
    std::vector<std::string> words;      ///< of the team beside those: services, teams, jargon; right however they are spelt
    /// When the line of the record a link points at was; none: there is no such line, and the link shows nothing. Without the function every link is taken for one.
    std::function<std::optional<Instant>(std::string_view reference)> timeOf;
    /// What that line says: words of it, where it is pointed at, are the record's, and how they are spelt is not the author's. May be none.
    std::function<std::string(std::string_view reference)> textOf;
    const Spelling *spelling = nullptr;  ///< none: spelling is not looked at
    std::string language = "en";         ///< of the questions: en or de
    ExtentKnown extent = {};             ///< how much the incident took: "outage" is asked about unless it was all
    bool wantsEvidence = false;          ///< sentences without a link to the record are said
    bool forbidsNames = false;           ///< people are not named: factors, actions
};
/// As a section of this name is looked through: evidence is wanted where it is told how things went. State and incident must outlive it.
[[nodiscard]] LintContext lintContext(const state::State &state, const state::Incident &incident, std::string_view section, const Spelling *spelling, std::string_view language);
/// People, those of earlier workspaces among them, and words of the team alone.
[[nodiscard]] LintContext lintContext(const state::State &state, std::string_view language);
/// … and of one workspace.
[[nodiscard]] LintContext lintContext(const Workspace &workspace, std::string_view language);
[[nodiscard]] bool wantsEvidence(std::string_view section);

/// English and German, whatever the text is in. By place in the text. Code, quotations of others (>) and targets of links are not looked at. Pure.
[[nodiscard]] std::vector<Finding> lint(std::string_view markdown, const LintContext &context);
/// Which of these words that only we understand ([workspace] jargon) a text has, as they stand there by themselves, each once and as it is given. Code, quotations and targets of links are not looked at. Pure.
[[nodiscard]] std::vector<std::string> wordsOfOurs(std::string_view markdown, const std::vector<std::string> &jargon);
/// The question a finding of this kind asks.
[[nodiscard]] std::string questionOf(FindingKind kind, std::string_view language);

} // namespace qd::review
