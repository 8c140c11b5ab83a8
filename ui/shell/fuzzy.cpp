// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/fuzzy.h"

#include <algorithm>
#include <vector>

namespace qd::shell {

namespace {

constexpr int kLetter = 16;
constexpr int kWordStart = 12;
constexpr int kRun = 10;
constexpr int kGap = 2;
constexpr int kNo = -1'000'000;

} // namespace

std::optional<int> fuzzyScore(const QString &typed, const QString &text)
{
    const QString want = typed.simplified().remove(QLatin1Char(' ')).toCaseFolded();
    const QString have = text.toCaseFolded();
    if (want.isEmpty())
        return 0;
    // best[j]: the best score of the letters so far with the last of them at j.
    std::vector<int> best(static_cast<std::size_t>(have.size()), kNo);
    for (qsizetype i = 0; i < want.size(); ++i) {
        std::vector<int> next(best.size(), kNo);
        int reach = kNo; // best earlier place, less what the gap costs
        for (qsizetype j = 0; j < have.size(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            if (have[j] == want[i]) {
                const bool start = j == 0 || !have[j - 1].isLetterOrNumber();
                const int here = kLetter + (start ? kWordStart : 0);
                if (i == 0)
                    next[at] = here - static_cast<int>(std::min<qsizetype>(j, 10));
                else if (j > 0)
                    next[at] = here + std::max(best[at - 1] > kNo ? best[at - 1] + kRun : kNo, reach);
            }
            if (i > 0 && j > 0)
                reach = std::max(reach, best[at - 1]) - kGap;
        }
        best = std::move(next);
    }
    const int score = best.empty() ? kNo : *std::max_element(best.begin(), best.end());
    if (score < 0)
        return std::nullopt;
    return score;
}

} // namespace qd::shell
