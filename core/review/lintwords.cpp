// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/lintwords.h"

namespace qd::review {

namespace {

// Sources: Etsy's facilitation guide and PagerDuty's post-mortem guide (no blame, no counterfactuals, no bare "human error"), by way of ux.md section 4.
// Words begin where no letter stands before them; a space in a pattern is any run of blanks, also over a line's end.
constexpr Phrase kPhrases[] = {
    // --- blame ---
    {FindingKind::Blame, R"((careless(?:ly|ness)?|negligen(?:t|tly|ce)|neglected to|incompetent(?:ly)?|incompetence|lazy|laziness|sloppy|sloppily|stupid(?:ly)?|reckless(?:ly)?|screwed up|messed up))"},
    {FindingKind::Blame, R"(((?:at|is|was|my|his|her|their|our|your|whose) fault|to blame|blamed?|blaming|culprit|guilty))"},
    {FindingKind::Blame, R"(((?:made|makes|making) (?:a|an|the) (?:\w+ )?(?:mistake|error|blunder)|forgot(?:ten)? to|did(?: not|n['’]t) bother(?: to)?|ignored (?:the|an?|all|our|their)))"},
    {FindingKind::Blame, R"((obviously|of course|clearly should|knew better|know better))"},
    {FindingKind::Blame, R"((schuld(?:ig|e|ige|igen)?|verschulde(?:n|t|te|ten)|nachlässig(?:keit|e|en|er)?|fahrlässig(?:keit|e|en|er)?|leichtfertig(?:e|en|er)?|unachtsam(?:keit|e|en|er)?|schlampig(?:e|en|er)?|schlamperei|geschlampt|unfähig(?:e|en|er)?|fehlverhalten))"},
    {FindingKind::Blame, R"((vergessen(?: hat| hatte| haben| wurde)|vergaß(?:en)?|ignorierte(?:n)?|hat .{1,40} ignoriert|offensichtlich|selbstverständlich|versäumte(?:n)?|versäumnis(?:se)?))"},
    // --- what did not happen ---
    {FindingKind::Counterfactual, R"(((?:should|could|would|must|ought to)(?: not|n['’]t)? (?:\w+ )?have(?: been)?))"},
    {FindingKind::Counterfactual, R"((should['’]ve|could['’]ve|would['’]ve|ought to have|needed to have|had better|failed to|failure to (?:notice|follow|check|act|respond|escalate)|neglect to))"},
    {FindingKind::Counterfactual, R"((if only|(?:if|had) (?:\w+ ){1,4}(?:had|been)(?: not|n['’]t)?|had(?: not|n['’]t) (?:been )?\w+ed|would never have|might have (?:been )?(?:avoided|prevented)))"},
    {FindingKind::Counterfactual, R"(((?:was|were)(?: not|n['’]t| never) (?:considered|noticed|checked|tested|seen|followed|reviewed|verified|escalated|read|looked at)))"},
    {FindingKind::Counterfactual, R"(((?:did(?: not|n['’]t)|never) (?:notice|noticed|see|saw|check|checked|consider|considered|realis?z?ed?|think|thought|follow|followed|test|tested|read|look|looked|escalated?|verify|verified)))"},
    {FindingKind::Counterfactual, R"(((?:nobody|no one|no-one|none of us) (?:looked|noticed|checked|saw|thought|considered|tested|read|realis?z?ed|asked)))"},
    {FindingKind::Counterfactual, R"((hätte(?:n|st)?(?:\s+\S+){0,12}?\s+(?:müssen|sollen|können|dürfen)|(?:müssen|sollen|können|dürfen) hätte(?:n)?))"},
    {FindingKind::Counterfactual, R"((wenn (?:\S+ ){1,8}(?:hätte|hätten|wäre|wären)|hätte(?:n)? (?:\S+ ){0,4}nur|wäre(?:n)? (?:\S+ ){0,6}(?:vermeidbar|zu vermeiden|vermieden worden|zu verhindern|verhindert worden)(?: gewesen)?))"},
    {FindingKind::Counterfactual, R"(((?:wurde|wurden|ist|sind) nicht (?:beachtet|geprüft|bemerkt|getestet|berücksichtigt|gesehen|befolgt|gelesen|verfolgt|überprüft|bedacht)))"},
    {FindingKind::Counterfactual, R"(((?:niemand|keiner) (?:schaute|bemerkte|prüfte|sah|dachte|las|testete|fragte)|(?:hat|haben) (?:\S+ ){0,4}nicht (?:bemerkt|geprüft|gesehen|getestet|gelesen|beachtet|gefragt)|unterließ(?:en)?|unterlassen wurde))"},
    // --- a full stop where a question begins ---
    {FindingKind::HumanError, R"((human (?:error|mistake|failure)s?|(?:operator|user|pilot) errors?))"},
    {FindingKind::HumanError, R"((menschliche(?:s|n|r)? (?:versagen|fehler|fehlern|fehlers|irrtum)|bedien(?:ungs)?fehler|anwenderfehler|benutzerfehler))"},
};

} // namespace

std::span<const Phrase> phrases()
{
    return kPhrases;
}

} // namespace qd::review
