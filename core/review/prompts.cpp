// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/prompts.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>

namespace qd::review {

namespace {

struct Asked {
    std::string_view en, de;
};

struct Bank {
    std::string_view name;
    Asked example;
    std::array<Asked, 3> questions;      ///< the last may be empty
    std::string_view signs;              ///< words it is known by, each between spaces
};

constexpr std::array<Bank, kStatements> kBank{{
    {"observation",
     {"I saw the error rate climb.", "Ich sah die Fehlerrate steigen."},
     {{{"What did you see, and where were you looking?", "Was haben Sie gesehen, und wohin haben Sie geschaut?"},
       {"What made it stand out from everything else on the screen?", "Wodurch hob es sich von allem anderen ab?"},
       {"What did you expect to see there at that time?", "Was haben Sie dort um diese Zeit zu sehen erwartet?"}}},
     " saw | noticed | looked | watched | heard | sah | bemerkte | schaute | hörte | fiel auf "},
    {"judgement",
     {"It looked serious.", "Es sah ernst aus."},
     {{{"How could you tell?", "Woran war das zu erkennen?"}, {"What looks different on an ordinary day?", "Was sieht an einem gewöhnlichen Tag anders aus?"}, {"How sure were you, and what could still change your mind?", "Wie sicher waren Sie, und was konnte Sie noch umstimmen?"}}},
     " seemed | looked like | looked serious | serious | unusual | strange | bad | sah ernst | sah schlecht | schien | wirkte | ernst | seltsam | ungewöhnlich "},
    {"decision",
     {"We decided to roll back.", "Wir beschlossen zurückzurollen."},
     {{{"What else was open at that point, and how did the choice fall on this?", "Was kam zu dem Zeitpunkt noch in Frage, und wie fiel die Wahl hierauf?"},
       {"What did you hope it would do, and how could you tell whether it did?", "Was versprachen Sie sich davon, und woran war zu erkennen, ob es eintrat?"},
       {"Who had to agree, and how long did that take?", "Wer musste zustimmen, und wie lange dauerte das?"}}},
     " decided | chose | choice | decision | beschloss | beschlossen | entschied | entschieden | entscheidung "},
    {"knowledge",
     {"I knew it was the database.", "Ich wusste, dass es die Datenbank war."},
     {{{"How did you know?", "Woher wussten Sie das?"}, {"Who else knows that, and where is it written?", "Wer weiß das noch, und wo steht es?"}, {"When did you come across it first?", "Wann ist Ihnen das zum ersten Mal begegnet?"}}},
     " knew | known | was aware | remembered | wusste | wussten | bekannt | erinnerte "},
    {"state of mind",
     {"I was overwhelmed.", "Ich war überfordert."},
     {{{"What was going on around you then?", "Was war um Sie herum gerade los?"}, {"What else asked for your attention?", "Was verlangte noch Ihre Aufmerksamkeit?"}, {"What makes a moment like that easier?", "Was macht es in so einem Augenblick leichter?"}}},
     " confused | overwhelmed | stressed | tired | worried | panicked | surprised | verwirrt | überfordert | gestresst | müde | besorgt | überrascht "},
    {"mental model",
     {"The cache is supposed to absorb that.", "Der Cache soll das abfangen."},
     {{{"How does it usually work, step by step?", "Wie läuft es gewöhnlich ab, Schritt für Schritt?"}, {"How would somebody new find that out?", "Wie findet jemand Neues das heraus?"}, {"What has changed since it worked like that?", "Was hat sich seitdem geändert?"}}},
     " supposed to | usually | normally | always | should work | works by | expected | soll | sollte | normalerweise | üblicherweise | immer | gewöhnlich "},
    {"action",
     {"I restarted the pods.", "Ich startete die Pods neu."},
     {{{"What led up to it, and what else was at hand?", "Was ging dem voraus, und was stand noch zur Wahl?"}, {"What pressed at that moment: time, people, rules?", "Was drängte in dem Augenblick: Zeit, Menschen, Regeln?"}, {"How did you see what it did?", "Wie haben Sie gesehen, was es bewirkte?"}}},
     " restarted | rolled back | ran | changed | deployed | switched | killed | paged | startete | rollte | änderte | führte aus | schaltete | stoppte "},
    {"help",
     {"I asked the database team.", "Ich fragte das Datenbankteam."},
     {{{"What told you that it was the moment to ask?", "Woran haben Sie gemerkt, dass es Zeit war zu fragen?"}, {"How did you know whom to ask, and how did you reach them?", "Woher wussten Sie, wen Sie fragen, und wie haben Sie sie erreicht?"}, {"What did they need to hear before they could help?", "Was mussten sie hören, bevor sie helfen konnten?"}}},
     " asked | called in | reached out | escalated | helped | help | fragte | holte | rief | half | hilfe | eskalierte "},
}};

struct MomentBank {
    std::string_view kind;
    std::array<Asked, 2> questions;
};
constexpr MomentBank kMoments[] = {
    {"detection", {{{"What showed it first, and to whom?", "Was zeigte es zuerst, und wem?"}, {"What was already there to be seen, and where?", "Was war da schon zu sehen, und wo?"}}}},
    {"diagnosis", {{{"What made this the next place to look?", "Was machte dies zur nächsten Stelle, an der man suchte?"}, {"What did it rule out, and how sure was that?", "Was schloss es aus, und wie sicher war das?"}}}},
    {"repair", {{{"How was it known to be safe to try?", "Woher war bekannt, dass man es versuchen kann?"}, {"How was it seen that it worked?", "Woran war zu sehen, dass es wirkte?"}}}},
    {"key", {{{"What changed here for the people in it?", "Was änderte sich hier für die Beteiligten?"}, {"What did they know a minute before, and a minute after?", "Was wussten sie eine Minute davor und eine danach?"}}}},
};

std::string inThis(const Asked &asked, std::string_view language)
{
    return std::string(language == "de" ? asked.de : asked.en);
}

template <typename Questions>
std::vector<std::string> allOf(const Questions &questions, std::string_view language)
{
    std::vector<std::string> out;
    for (const Asked &q : questions)
        if (!q.en.empty())
            out.push_back(inThis(q, language));
    return out;
}

} // namespace

std::string_view word(Statement v)
{
    return kBank[static_cast<std::size_t>(v)].name;
}

std::string exampleOf(Statement kind, std::string_view language)
{
    return inThis(kBank[static_cast<std::size_t>(kind)].example, language);
}

std::vector<std::string> promptsFor(Statement kind, std::string_view language)
{
    return allOf(kBank[static_cast<std::size_t>(kind)].questions, language);
}

std::vector<std::string> promptsForMoment(std::string_view kind, std::string_view language)
{
    const auto it = std::find_if(std::begin(kMoments), std::end(kMoments), [&](const MomentBank &m) { return m.kind == kind; });
    return it == std::end(kMoments) ? std::vector<std::string>() : allOf(it->questions, language);
}

std::optional<Statement> statementOf(std::string_view sentence)
{
    std::string words = " ";
    for (const char c : asciiLower(sentence))
        words += c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == '"' || c == '\n' ? ' ' : c;
    words += ' ';
    std::optional<Statement> out;
    std::size_t first = std::string::npos, length = 0;
    for (std::size_t n = 0; n < kBank.size(); ++n) {
        const std::string_view signs = kBank[n].signs;
        for (std::size_t at = 0; at < signs.size();) { // what is said first is what it is about
            const std::size_t end = std::min(signs.find('|', at), signs.size());
            const std::size_t hit = words.find(signs.substr(at, end - at));
            if (hit < first || (hit != std::string::npos && hit == first && end - at > length)) { // "looked serious" is more than "looked"
                first = hit;
                length = end - at;
                out = static_cast<Statement>(n);
            }
            at = end + 1;
        }
    }
    return out;
}

} // namespace qd::review
