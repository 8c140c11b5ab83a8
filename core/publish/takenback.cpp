// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/takenback.h"

#include <algorithm>
#include <optional>

namespace qd::publish {

namespace {

/// Finds which update each word is.
class Pairing {
public:
    Pairing(const std::vector<UpdateThere> &updates, const std::vector<WordTold> &all, const MarkOf &mark, const std::string &instead)
        : there(updates), told(all), markOf(mark), blank(mark({})), takenBack(plainWords(instead)), updateOf(all.size()), isTaken(updates.size(), false)
    {
        for (const UpdateThere &u : there)
            says.push_back(plainWords(u.body));
        for (const std::string &words : says)
            marks.push_back(markOf(words));
    }

    /// Nothing is known to have changed.
    [[nodiscard]] bool isAsTold(const WordTold &word) const { return !word.mark.empty() && (word.mark == blank || word.mark == markOf(plainWords(word.body))); }
    [[nodiscard]] std::string wanted(const WordTold &word) const { return word.body.empty() ? takenBack : plainWords(word.body); }
    [[nodiscard]] bool hasWordsLeft(std::size_t update) const { return !isTaken[update] && !says[update].empty() && says[update] != takenBack; }
    [[nodiscard]] bool isFree() const
    {
        for (std::size_t n = 0; n < there.size(); ++n)
            if (hasWordsLeft(n))
                return true;
        return false;
    }

    void pair()
    {
        for (std::size_t w = 0; w < told.size(); ++w)
            if (!told[w].mark.empty() && told[w].mark != blank)
                take(w, [&](std::size_t n) { return marks[n] == told[w].mark; });
        for (std::size_t w = 0; w < told.size(); ++w)
            if (!updateOf[w] && told[w].mark != blank)
                take(w, [&](std::size_t n) { return says[n] == wanted(told[w]) || (told[w].mark.empty() && told[w].body.empty() && says[n].empty()); });
        pairWhatIsLeft();
    }

    const std::vector<UpdateThere> &there;
    const std::vector<WordTold> &told;
    const MarkOf &markOf;
    const std::string blank, takenBack;
    std::vector<std::string> says, marks;            ///< of the updates
    std::vector<std::optional<std::size_t>> updateOf; ///< by word
    std::vector<bool> isTaken;                       ///< by update

private:
    template <typename Is> void take(std::size_t word, Is is)
    {
        for (std::size_t n = 0; n < there.size(); ++n)
            if (!isTaken[n] && is(n))
                return give(word, n);
    }
    void give(std::size_t word, std::size_t update)
    {
        updateOf[word] = update;
        isTaken[update] = true;
    }

    /// Somebody wrote them otherwise there, or nothing is known of what was told.
    void pairWhatIsLeft()
    {
        std::vector<std::size_t> words, updates;
        for (std::size_t w = 0; w < told.size(); ++w) {
            const bool mayBeNone = told[w].mark.empty() && told[w].body.empty() && there.size() != told.size(); // it may never have had any
            if (!updateOf[w] && told[w].mark != blank && !mayBeNone)
                words.push_back(w);
        }
        for (std::size_t n = 0; n < there.size(); ++n)
            if (hasWordsLeft(n))
                updates.push_back(n);
        if (words.size() == updates.size()) {
            for (std::size_t i = 0; i < words.size(); ++i)
                give(words[i], updates[i]);
            return;
        }
        for (const std::size_t w : words) {
            const auto [from, until] = between(w);
            std::optional<std::size_t> only;
            std::size_t count = 0;
            for (std::size_t n = from; n < until; ++n)
                if (hasWordsLeft(n) && (told[w].status.empty() || there[n].status == told[w].status) && ++count == 1)
                    only = n;
            if (count == 1)
                give(w, *only);
        }
    }

    /// Where it stands: behind the update of the word before it, before that of the next.
    [[nodiscard]] std::pair<std::size_t, std::size_t> between(std::size_t word) const
    {
        std::size_t from = 0, until = there.size();
        for (std::size_t w = 0; w < word; ++w)
            if (updateOf[w])
                from = std::max(from, *updateOf[w] + 1);
        for (std::size_t w = word + 1; w < told.size(); ++w)
            if (updateOf[w])
                until = std::min(until, *updateOf[w]);
        return {from, until};
    }
};

} // namespace

std::string plainWords(std::string_view text)
{
    std::string out;
    bool isGap = false;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            isGap = !out.empty();
            continue;
        }
        if (isGap)
            out += ' ';
        isGap = false;
        out += c;
    }
    return out;
}

std::vector<Correction> corrections(std::vector<UpdateThere> there, const std::vector<WordTold> &told, const MarkOf &markOf, const std::string &takenBack)
{
    std::stable_sort(there.begin(), there.end(), [](const UpdateThere &a, const UpdateThere &b) { return a.at < b.at; });
    Pairing pairing(there, told, markOf, takenBack);
    const bool isAsItWas = std::all_of(told.begin(), told.end(), [&](const WordTold &w) { return pairing.isAsTold(w); });
    if (isAsItWas)
        return {};
    pairing.pair();
    std::vector<Correction> out;
    for (std::size_t w = 0; w < told.size(); ++w) {
        const WordTold &word = told[w];
        if (pairing.isAsTold(word))
            continue;
        const std::string body = word.body.empty() ? takenBack : word.body;
        if (const auto update = pairing.updateOf[w]) {
            const bool isBlank = word.mark.empty() && word.body.empty() && pairing.says[*update].empty();
            if (!isBlank && pairing.says[*update] != pairing.wanted(word))
                out.push_back({word.number, there[*update].id, body, there[*update].at});
        } else if (pairing.isFree() && !(word.mark.empty() && word.body.empty())) {
            out.push_back({word.number, {}, body, {}});
        }
    }
    return out;
}

} // namespace qd::publish
