// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trackers/ourtext.h"

#include "core/model/issuetext.h"
#include "core/trackers/dialect.h"

#include <algorithm>

namespace qd::trackers {

std::string marked(const Wanted &wanted)
{
    return wanted.text + "\n" + markerLine(wanted.marker) + "\n";
}

std::string markerLine(std::string_view marker)
{
    return "(" + std::string(marker) + ")";
}

std::string markerIn(std::string_view text)
{
    const auto at = text.rfind("(" + std::string(kMarkerBegin));
    const auto end = at == text.npos ? at : text.find(')', at);
    return end == text.npos ? std::string() : std::string(text.substr(at + 1, end - at - 1));
}

namespace {

/// Where our part begins in an issue's text, and where the marker behind it; npos: there is none, or it is not what we wrote.
std::pair<std::size_t, std::size_t> oursIn(const Wanted &wanted, const Issue &now)
{
    constexpr std::size_t kLinesTried = 1000, kOursAtMost = 64 << 10; // an action's text is shorter by far
    const std::size_t marker = now.text.rfind("(" + std::string(kMarkerBegin));
    std::size_t tried = 0, at = 0;
    if (marker != now.text.npos && marker > kOursAtMost)
        at = std::min(now.text.find('\n', marker - kOursAtMost), marker - 1) + 1;
    for (; marker != now.text.npos && at < marker && tried < kLinesTried; ++tried) {
        if (const std::string hash = hashOfIssueText(std::string_view(now.text).substr(at, marker - at)); std::find(wanted.textBefore.begin(), wanted.textBefore.end(), hash) != wanted.textBefore.end())
            return {at, marker};
        const std::size_t end = now.text.find('\n', at);
        if (end >= marker)
            break;
        at = end + 1;
    }
    return {now.text.npos, marker};
}

bool saysOurs(const Wanted &wanted, const Issue &now)
{
    std::string plain = now.text;
    std::erase(plain, '\r');
    return plain.find(wanted.text.substr(0, wanted.text.find_last_not_of(" \t\n") + 1)) != plain.npos;
}

} // namespace

TextThere textThere(const Wanted &wanted, const Issue &now)
{
    using Kind = TextThere::Kind;
    if (markerIn(now.text).empty())
        return {};
    const auto [begin, marker] = oursIn(wanted, now);
    if (begin == now.text.npos)
        return {saysOurs(wanted, now) ? Kind::AsWanted : Kind::WrittenOver, {}};
    // What we wrote last may begin as what we write now, and go on where that ends.
    if (hashOfIssueText(std::string_view(now.text).substr(begin, marker - begin)) == hashOfIssueText(wanted.text))
        return {Kind::AsWanted, {}};
    return {Kind::AsBefore, now.text.substr(0, begin) + wanted.text + "\n" + now.text.substr(marker)};
}

} // namespace qd::trackers
