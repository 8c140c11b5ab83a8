// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/lintwords.h"

namespace qd::comms {

namespace {

// RE2's \w and \b know ASCII letters alone: \pL is any letter.
#define QD_JEMAND                                                                                                                                                                          \
    "(?:ein(?:e[mnrs]?)?|d(?:er|em|en|ie)|unser(?:e[mnr]?)?)\\s+(?:\\pL+e[mnrs]?\\s+)?(?:(?:Mitarbeiter|Techniker|Administrator|Admin|Entwickler|Ingenieur|Kolleg|Operator|Dienstleister|Praktikant)\\pL*|(?:Person|Team|Bereitschaft)\\b)"
#define QD_FEHLTE "(?:vergessen|versäumt|übersehen|ignoriert|missachtet|verwechselt|falsch\\s+\\pL+t|kaputt\\s*gemacht|nicht\\s+(?:geprüft|getestet|bemerkt|gelesen|beachtet))"
#define QD_TAT "(?:vergaß(?:en)?|übersah(?:en)?|ignorierten?|versäumten?|verwechselten?|missachteten?)"

constexpr LintTerm kGermanJargon[] = {
    {"5xx", "Fehler"}, {"http 500", "Fehler"}, {"http 502", "Fehler"}, {"http 503", "Fehler"}, {"p99", "die langsamsten Anfragen"}, {"p95", "die langsamsten Anfragen"},
    {"latenz", "Langsamkeit, oder wie lange es dauert"}, {"latenzen", "Langsamkeit"}, {"durchsatz", "wie viel durchgeht"}, {"kubernetes", "unsere Plattform"}, {"k8s", "unsere Plattform"},
    {"pod", "ein Teil unseres Systems"}, {"pods", "Teile unseres Systems"}, {"ingress", "der Eingang zu unserem System"}, {"load balancer", "was die Arbeit verteilt"},
    {"lastverteiler", "was die Arbeit verteilt"}, {"backend", "unsere Systeme"}, {"backends", "unsere Systeme"}, {"frontend", "die Oberfläche"}, {"upstream", "ein System, von dem wir abhängen"},
    {"downstream", "ein System, das davon abhängt"}, {"replika", "eine Kopie"}, {"replikation", "das Kopieren der Daten"}, {"shard", "ein Teil unserer Daten"},
    {"connection pool", "Verbindungen zur Datenbank"}, {"failover", "Umschalten auf die Reserve"}, {"rollback", "Rückkehr zur Version davor"}, {"zurückgerollt", "zur Version davor zurückgekehrt"},
    {"deploy", "eine neue Version"}, {"deployment", "eine neue Version"}, {"deployt", "eine neue Version eingespielt"}, {"hotfix", "eine schnelle Reparatur"}, {"canary", "die ersten wenigen"},
    {"oom", "der Speicher reichte nicht"}, {"deadlock", "zwei Teile, die aufeinander warteten"}, {"cache", "ein Zwischenspeicher"}, {"circuit breaker", "eine Sicherung"},
    {"root cause", "was dazu geführt hat"}, {"ursachenanalyse", "unsere Untersuchung"}, {"workaround", "ein Umweg"}, {"slo", "unser Ziel für den Dienst"}, {"sli", "wie wir den Dienst messen"},
    {"sev1", "unsere schwerste Stufe"}, {"sev2", "schwer"}, {"on-call", "unsere Bereitschaft"}, {"prod", "unser laufendes System"}, {"cronjob", "eine regelmäßige Aufgabe"},
    {"dns", "wie Adressen gefunden werden"}, {"tls", "die verschlüsselte Verbindung"}, {"api gateway", "der Eingang für Programme"},
    {"webhook", "eine automatische Nachricht"}, {"timeout", "keine Antwort in der Zeit"}, {"timeouts", "keine Antworten in der Zeit"}, {"paketverlust", "verlorene Daten im Netz"},
    {"bgp", "wie Netze einander finden"}, {"rate limit", "eine Begrenzung der Anfragen"},
};

} // namespace

const LintWords &germanLintWords()
{
    static const LintWords *all = [] {
        RE2::Options o;
        o.set_case_sensitive(false);
        auto *out = new LintWords; // for the life of the program
        const auto add = [&](AdviceKind kind, const char *pattern, std::string_view say) { out->patterns.push_back(new LintPattern{kind, RE2(pattern, o), say}); };
        add(AdviceKind::Blame, "\\b((?:wurden?|worden|ist|sind|war|waren)\\s+(?:\\S+\\s+){0,3}?(?:von|durch)\\s+" QD_JEMAND ")", "Say what happened and what the system allowed, not who it was.");
        add(AdviceKind::Blame, "\\b(menschliche[mnrs]?\\s+(?:Versagen|Fehlern?|Fehlers|Irrtum)|Bedien(?:ungs)?fehlern?|Anwenderfehlern?|Benutzerfehlern?)\\b",
            "\"Menschliches Versagen\" explains nothing: say what made the step easy to get wrong.");
        add(AdviceKind::Blame, "\\b((?:wurden?|sind|ist)\\s+(?:\\S+\\s+){0,2}?Fehler\\s+(?:gemacht|begangen|unterlaufen|passiert))", "Say what happened; a mistake nobody made hides one somebody is blamed for.");
        add(AdviceKind::Blame,
            "(?:^|[^\\pL])(schuld(?:ige[nr]?|ig)?|verschulde(?:n|t|te|ten)|(?:grob\\s+)?(?:nach|fahr)lässig(?:keit|e[mnrs]?)?|leichtfertig(?:e[mnrs]?)?|unachtsam(?:keit|e[mnrs]?)?|schlampig(?:e[mnrs]?)?|unfähig(?:e[mnrs]?)?|Fehlverhalten|Versäumnis(?:se)?)(?:[^\\pL]|$)",
            "Take the judgement out: describe what happened.");
        add(AdviceKind::NamedFault, "\\b(" QD_JEMAND "\\s+(?:(?:hat|haben|hatten?)\\s+(?:\\S+\\s+){0,6}?" QD_FEHLTE "|" QD_TAT "))", "Say what happened and what the system allowed, not who it was.");
        add(AdviceKind::Counterfactual, "(?:^|[^\\pL])(hätte(?:n|st)?(?:\\s+\\S+){0,12}?\\s+(?:müssen|sollen|können|dürfen))", "That did not happen; say what did.");
        add(AdviceKind::Counterfactual, "\\b(wenn\\s+(?:\\S+\\s+){1,8}?(?:hätten?|wären?))", "That did not happen; say what did.");
        add(AdviceKind::Counterfactual, "(?:^|[^\\pL])(wären?\\s+(?:\\S+\\s+){0,6}?(?:vermeidbar|zu\\s+vermeiden|vermieden\\s+worden|zu\\s+verhindern|verhindert\\s+worden))", "That did not happen; say what did.");
        add(AdviceKind::Estimate,
            "\\b((?:wird|werden|ist|sind)\\s+(?:\\S+\\s+){0,3}?(?:bis|um|gegen|innerhalb|in\\s+den\\s+nächsten)\\s+(?:\\S+\\s+){1,3}?(?:behoben|repariert|gelöst|wiederhergestellt|wieder\\s+\\pL+))",
            "Nobody knows that yet: promise the next update, not the repair.");
        out->jargon = kGermanJargon;
        out->fault = new RE2("(?i)^(?:s?\\s+(?:Fehler|Schuld)\\b)|^\\s+(?:(?:hat|hatte)\\s+(?:\\S+\\s+){0,6}?" QD_FEHLTE "|" QD_TAT ")");
        out->by = new RE2("(?i)(\\b(?:wurden?|worden|ist|sind|war|waren)\\s+(?:\\S+\\s+){0,3}?(?:von|durch))\\s+$");
        return out;
    }();
    return *all;
}

#undef QD_JEMAND
#undef QD_FEHLTE
#undef QD_TAT

} // namespace qd::comms
