// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/lint.h"

#include "core/base/foldedtext.h"
#include "core/base/safetext.h"
#include "core/comms/lintwords.h"
#include "core/comms/words.h"

#include <algorithm>

namespace qd::comms {

namespace {

/// Every place of a word or words that stand by themselves; both folded.
std::vector<std::size_t> placesOfWord(std::string_view text, std::string_view word)
{
    std::vector<std::size_t> out;
    if (word.empty())
        return out;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
        if (lastCharacter(text.substr(0, at)).letter != Letter::OfWord && firstCharacter(text.substr(at + word.size())).letter != Letter::OfWord)
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
    const LintWords &words = lintWordsOf(context.language);
    // Whoever has a name here and did something wrong: the nearest words behind the name say so.
    for (const std::string &person : context.people)
        for (const std::string &name : {person, std::string(firstWord(person).first)}) {
            if (name.size() < 3)
                continue;
            for (const std::size_t at : placesOfWord(small, folded(name))) {
                re2::StringPiece rest(text.data() + at + name.size(), text.size() - at - name.size());
                re2::StringPiece match;
                if (words.fault->Match(rest, 0, rest.size(), RE2::ANCHOR_START, &match, 1))
                    add(AdviceKind::NamedFault, at, name.size() + match.size(), "Take the name out: say what happened and what the system allowed.");
            }
            for (const std::size_t at : placesOfWord(small, folded(name))) {
                re2::StringPiece before(text.data(), at), match;
                if (RE2::PartialMatch(before, *words.by, &match)) {
                    const auto from = static_cast<std::size_t>(match.data() - text.data());
                    add(AdviceKind::Blame, from, at + name.size() - from, "Take the name out: say what happened and what the system allowed.");
                }
            }
        }
    for (const LintPattern *p : words.patterns) {
        re2::StringPiece rest(text.data(), text.size()), match;
        while (RE2::FindAndConsume(&rest, p->pattern, &match) && !match.empty())
            add(p->kind, static_cast<std::size_t>(match.data() - text.data()), match.size(), std::string(p->say));
    }
    if (context.kind != AudienceKind::Technical) {
        for (const LintTerm &t : words.jargon)
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
        const std::size_t count = split(text.substr(from, at - from)).size();
        if (count > kSentenceWords) {
            const auto first = text.find_first_not_of(" \n\t", from);
            add(AdviceKind::LongSentence, first, at - first, std::to_string(count) + " words in one sentence; make two of it.");
        }
        from = at + 1;
    }
    std::stable_sort(out.begin(), out.end(), [](const Advice &a, const Advice &b) { return a.at < b.at; });
    return out;
}

} // namespace qd::comms
