// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/legibility.h"

#include <algorithm>
#include <cmath>

namespace qd::wall {

namespace {

constexpr double kMillimetresPerInch = 25.4, kUsualCapShare = 0.7;
constexpr double kLeastBelieved = 7, kMostBelieved = 300; ///< inches: projectors and television sets tell nonsense

double diagonal(const QSizeF &size)
{
    return std::hypot(size.width(), size.height());
}

} // namespace

double capHeight(double metres, double minutesOfArc)
{
    return 6.283 * metres * 1000 * minutesOfArc / 21600;
}

double millimetresPerPixel(double inches, const QSizeF &pixels)
{
    return inches * kMillimetresPerInch / std::max(1.0, diagonal(pixels));
}

int fontPixels(double metres, double minutesOfArc, double millimetresPerPixel, double capShare)
{
    // A font with lower capitals than usual is set larger; one with higher ones no smaller.
    return std::max(1, static_cast<int>(std::ceil(capHeight(metres, minutesOfArc) / millimetresPerPixel / std::min(capShare, kUsualCapShare))));
}

Viewing completed(const Viewing &said, const QSizeF &physical)
{
    Viewing out = said;
    if (out.inches <= 0) {
        const double told = diagonal(physical) / kMillimetresPerInch;
        out.inches = told >= kLeastBelieved && told <= kMostBelieved ? told : kUsualInches;
    }
    if (out.metres <= 0)
        out.metres = kDistanceInDiagonals * out.inches * kMillimetresPerInch / 1000;
    return out;
}

Sizes sizesFor(const Viewing &viewing, const QSizeF &screenPixels, double capShare)
{
    const double pitch = millimetresPerPixel(viewing.inches, screenPixels);
    const auto size = [&](double arc) { return fontPixels(viewing.metres, arc, pitch, capShare); };
    return {size(kLeastArc), size(kReadingArc), size(kTitleArc), size(kClockArc)};
}

} // namespace qd::wall
