// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/addressee.h"

#include "core/comms/line.h"
#include "core/comms/words.h"

#include <algorithm>

namespace qd::comms {

namespace {

bool namesAnIncident(std::string_view word)
{
    return word.size() > 4 && folded(word.substr(0, 4)) == "inc-" && word.find_first_not_of("0123456789", 4) == std::string_view::npos;
}

/// What follows the sign or the verb of a command that is for somebody; empty for anything else.
std::string_view behindTheVerb(std::string_view text)
{
    const std::string_view all = trimmed(text);
    if (all.starts_with('@'))
        return isInstrumentLine(all, {}) ? all.substr(1) : std::string_view();
    auto [verb, rest] = firstWord(all);
    if (const std::string said = folded(verb); said != "!page" && said != "!handover" && said != "!task")
        return {};
    if (const auto [incident, more] = firstWord(rest); namesAnIncident(incident))
        rest = more;
    return rest.starts_with('@') ? rest.substr(1) : rest;
}

} // namespace

std::optional<Addressee> addresseeOf(std::string_view text)
{
    const std::string_view rest = behindTheVerb(text);
    const std::string_view whole = firstWord(rest).first;
    const std::string_view word = whole.substr(0, whole.find_last_not_of(":,.") + 1);
    const std::size_t stops = std::min(whole.size(), whole.find_first_not_of('.', word.size())) - word.size(); // a sentence ends behind the name; no name goes on there
    const std::size_t first = word.find('@'), second = word.rfind('@');
    if (std::count(word.begin(), word.end(), '@') != 2 || first == 0 || second == first + 1 || second + 1 == word.size())
        return std::nullopt;
    return Addressee{static_cast<std::size_t>(whole.data() - text.data()), word.size() + stops, std::string(word.substr(0, first)), std::string(word.substr(first + 1))};
}

} // namespace qd::comms
