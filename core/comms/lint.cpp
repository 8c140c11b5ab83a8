// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/lint.h"

#include "core/base/safetext.h"
#include "core/comms/words.h"

#include <algorithm>
#include <re2/re2.h>

namespace qd::comms {

namespace {

struct Pattern {
    AdviceKind kind;
    RE2 pattern;
    std::string_view say;
};

#define QD_SOMEBODY "(?:an?|the|our|one of our|some)\\s+(?:\\w+\\s+)?(?:engineers?|developers?|operators?|administrators?|admins?|employees?|colleagues?|contractors?|interns?|technicians?|team members?|person|people|on-call|team)"
#define QD_FAULT "(?:forgot|neglected|failed\\s+to|did\\s+not\\s+(?:check|test|follow|notice|read)|didn't\\s+(?:check|test|follow|notice|read)|ignored|overlooked|misconfigured|broke|messed\\s+up|screwed\\s+up|made\\s+(?:a|an)\\s+(?:mistake|error)|(?:accidentally|mistakenly|carelessly)\\s+\\w+|is\\s+to\\s+blame|is\\s+at\\s+fault|was\\s+careless)"

const std::vector<const Pattern *> &patterns()
{
    static const auto *all = [] {
        RE2::Options o;
        o.set_case_sensitive(false);
        auto *out = new std::vector<const Pattern *>; // for the life of the program
        const auto add = [&](AdviceKind kind, const char *pattern, std::string_view say) { out->push_back(new Pattern{kind, RE2(pattern, o), say}); };
        add(AdviceKind::Blame,
            "(\\b(?:was|were|been|being|got)\\s+(?:\\w+ly\\s+)?(?:\\w+ed|broken|brought\\s+down|taken\\s+down|shut\\s+down|made|done|overwritten|set\\s+wrong)\\s+by\\s+" QD_SOMEBODY "\\b)",
            "Say what happened and what the system allowed, not who it was.");
        add(AdviceKind::Blame, "\\b((?:human|user|operator|pilot|manual)\\s+(?:error|mistake|failure))\\b", "\"Human error\" explains nothing: say what made the step easy to get wrong.");
        add(AdviceKind::Blame, "\\b((?:mistakes?|errors?)\\s+(?:was|were)\\s+made)\\b", "Say what happened; a mistake nobody made hides one somebody is blamed for.");
        add(AdviceKind::Blame, "\\b(negligen(?:t|ce)|careless(?:ly|ness)?|incompeten(?:t|ce)|to\\s+blame|at\\s+fault)\\b", "Take the judgement out: describe what happened.");
        add(AdviceKind::NamedFault, "(\\b" QD_SOMEBODY "\\s+" QD_FAULT "\\b)", "Say what happened and what the system allowed, not who it was.");
        add(AdviceKind::Counterfactual, "\\b((?:should|could|would|might|ought\\s+to)(?:\\s+not|n't)?\\s+have\\s+\\w+)", "That did not happen; say what did.");
        add(AdviceKind::Counterfactual, "\\b(if\\s+only\\b(?:\\s+\\w+){0,3})", "That did not happen; say what did.");
        add(AdviceKind::Counterfactual, "((?:^|[.!?,;]\\s+|\\bif\\s+)had\\s+(?:we|they|he|she|it|somebody|someone|the\\s+\\w+)\\s+(?:not\\s+|only\\s+|been\\s+)?\\w+)", "That did not happen; say what did.");
        add(AdviceKind::Estimate,
            "\\b((?:will|should|expect\\w*(?:\\s+it)?\\s+to)\\s+be\\s+(?:fixed|resolved|restored|solved|back(?:\\s+(?:up|online|to\\s+normal))?|up\\s+again|working\\s+again)\\s+(?:by|at|in|within|before|around|about)\\b\\s*\\S*)",
            "Nobody knows that yet: promise the next update, not the repair.");
        return out;
    }();
    return *all;
}

struct Term {
    std::string_view term, say;
};

/// Words customers, executives and regulators need not know, and what to write instead.
constexpr Term kJargon[] = {
    {"5xx", "errors"}, {"http 500", "errors"}, {"http 502", "errors"}, {"http 503", "errors"}, {"p99", "the slowest requests"}, {"p95", "the slowest requests"},
    {"latency", "slowness, or how long it takes"}, {"throughput", "how much goes through"}, {"kubernetes", "our platform"}, {"k8s", "our platform"},
    {"pod", "part of our system"}, {"pods", "parts of our system"}, {"ingress", "the entrance to our system"}, {"load balancer", "what spreads the work"},
    {"backend", "our systems"}, {"upstream", "a system we depend on"}, {"downstream", "a system that depends on it"}, {"replica", "a copy"},
    {"replication lag", "copies that are behind"}, {"shard", "part of our data"}, {"connection pool", "connections to the database"}, {"failover", "switch to the spare"},
    {"rollback", "going back to the version before"}, {"roll back", "go back to the version before"}, {"rolled back", "went back to the version before"},
    {"hotfix", "a quick repair"}, {"canary", "a first few"}, {"oom", "ran out of memory"}, {"oomkilled", "ran out of memory"}, {"deadlock", "two parts that waited for each other"},
    {"cache miss", "slow answers"}, {"circuit breaker", "a safety switch"}, {"blast radius", "how far it reaches"}, {"root cause", "what led to it"}, {"rca", "our review"},
    {"slo", "our goal for service"}, {"sli", "how we measure service"}, {"sev1", "our most serious class"}, {"sev2", "serious"}, {"on-call", "our people on duty"},
    {"prod", "our live system"}, {"cron job", "a regular task"}, {"dns", "how addresses are found"}, {"tls", "the encrypted connection"}, {"api gateway", "the entrance for programs"},
    {"webhook", "an automatic message"}, {"config push", "a change of settings"}, {"timeout", "no answer in time"}, {"timeouts", "no answers in time"}, {"packet loss", "lost data on the network"},
    {"bgp", "how networks find each other"}, {"rate limiting", "a limit on requests"}, {"rate-limited", "held back by a limit"},
};

bool isPart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

/// Every place of a word or words that stand by themselves; both folded.
std::vector<std::size_t> placesOfWord(std::string_view text, std::string_view word)
{
    std::vector<std::size_t> out;
    if (word.empty())
        return out;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
        if ((at == 0 || !isPart(text[at - 1])) && (at + word.size() >= text.size() || !isPart(text[at + word.size()])))
            out.push_back(at);
    return out;
}

} // namespace

std::string_view word(AdviceKind kind)
{
    static constexpr std::string_view kWords[] = {"long-sentence", "blame", "named-fault", "counterfactual", "jargon", "internal-name", "estimate"};
    return kWords[static_cast<std::size_t>(kind)];
}

std::vector<Advice> lint(std::string_view text, const LintContext &context)
{
    std::vector<Advice> out;
    const auto add = [&](AdviceKind kind, std::size_t at, std::size_t length, std::string say) {
        const bool isKnown = std::any_of(out.begin(), out.end(), [&](const Advice &a) { return a.at < at + length && at < a.at + a.length && a.kind != AdviceKind::LongSentence && kind != AdviceKind::LongSentence; });
        if (!isKnown && out.size() < kAdviceLimit)
            out.push_back({kind, at, length, safeLine(text.substr(at, length), 80), std::move(say)});
    };

    const std::string small = folded(text);
    // Whoever has a name here and did something wrong: the nearest words behind the name say so.
    static const RE2 fault("(?i)^(?:'s\\s+(?:mistake|error|fault))|^\\s+(?:\\w+\\s+)?" QD_FAULT "\\b");
    for (const std::string &person : context.people)
        for (const std::string &name : {person, std::string(firstWord(person).first)}) {
            if (name.size() < 3)
                continue;
            for (const std::size_t at : placesOfWord(small, folded(name))) {
                re2::StringPiece rest(text.data() + at + name.size(), text.size() - at - name.size());
                re2::StringPiece match;
                if (fault.Match(rest, 0, rest.size(), RE2::ANCHOR_START, &match, 1))
                    add(AdviceKind::NamedFault, at, name.size() + match.size(), "Take the name out: say what happened and what the system allowed.");
            }
            static const RE2 by("(?i)(\\b(?:was|were|been|being|got)\\s+(?:\\w+ly\\s+)?\\w+\\s+by)\\s+$");
            for (const std::size_t at : placesOfWord(small, folded(name))) {
                re2::StringPiece before(text.data(), at), match;
                if (RE2::PartialMatch(before, by, &match)) {
                    const auto from = static_cast<std::size_t>(match.data() - text.data());
                    add(AdviceKind::Blame, from, at + name.size() - from, "Take the name out: say what happened and what the system allowed.");
                }
            }
        }
    for (const Pattern *p : patterns()) {
        re2::StringPiece rest(text.data(), text.size()), match;
        while (RE2::FindAndConsume(&rest, p->pattern, &match) && !match.empty())
            add(p->kind, static_cast<std::size_t>(match.data() - text.data()), match.size(), std::string(p->say));
    }
    if (context.kind != AudienceKind::Technical) {
        for (const Term &t : kJargon)
            for (const std::size_t at : placesOfWord(small, t.term))
                add(AdviceKind::Jargon, at, t.term.size(), "Not everybody knows that word; perhaps: " + std::string(t.say) + ".");
        for (const std::string &term : context.jargon)
            for (const std::size_t at : placesOfWord(small, folded(term)))
                add(AdviceKind::Jargon, at, term.size(), "A word of ours; say it in theirs.");
        if (context.kind == AudienceKind::Customer)
            for (const std::string &service : context.services)
                if (service.size() >= 3)
                    for (const std::size_t at : placesOfWord(small, folded(service)))
                        add(AdviceKind::InternalName, at, service.size(), "The name of a service of ours, which they do not know.");
    }

    // Sentences end at . ! ? before a blank, and at every break of line.
    std::size_t from = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const bool isEnd = at == text.size() || text[at] == '\n'
            || ((text[at] == '.' || text[at] == '!' || text[at] == '?') && (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n'));
        if (!isEnd)
            continue;
        const std::size_t words = split(text.substr(from, at - from)).size();
        if (words > kSentenceWords) {
            const auto first = text.find_first_not_of(" \n\t", from);
            add(AdviceKind::LongSentence, first, at - first, std::to_string(words) + " words in one sentence; make two of it.");
        }
        from = at + 1;
    }
    std::stable_sort(out.begin(), out.end(), [](const Advice &a, const Advice &b) { return a.at < b.at; });
    return out;
}

#undef QD_SOMEBODY
#undef QD_FAULT

} // namespace qd::comms
