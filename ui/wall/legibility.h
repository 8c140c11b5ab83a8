// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSizeF>

namespace qd::wall {

/// Where the wall is read from, and how large its screen is. A value.
struct Viewing {
    double metres = 0;   ///< 0: not said; then it is kDistanceInDiagonals diagonals
    double inches = 0;   ///< the screen's diagonal; 0: not said; then what the screen says of itself
    bool operator==(const Viewing &) const = default;
};

inline constexpr double kDistanceInDiagonals = 2.2;
inline constexpr double kUsualInches = 24;      ///< of a screen that says nothing of its size, or nothing to be believed

/// Heights of letters in minutes of arc, as NUREG-0700 1.3.1 has them: 16 at least, 20 to 22 for reading, 45 at most.
inline constexpr double kLeastArc = 16, kReadingArc = 20, kTitleArc = 24, kClockArc = 32;

/// The height of a capital letter, in millimetres, that is `minutesOfArc` high at that distance: 6.283 · D · MA / 21600.
[[nodiscard]] double capHeight(double metres, double minutesOfArc);
/// Of a screen with this diagonal and so many pixels, device independent ones where the platform scales.
[[nodiscard]] double millimetresPerPixel(double inches, const QSizeF &pixels);
/// The pixel size of a font whose capitals are `capShare` of it (0.7 is usual), rounded up: never under the formula.
[[nodiscard]] int fontPixels(double metres, double minutesOfArc, double millimetresPerPixel, double capShare = 0.7);

/// Both numbers, for a screen that is `physical` millimetres large by its own word.
[[nodiscard]] Viewing completed(const Viewing &said, const QSizeF &physical);

/// Pixel sizes of what is written on the wall.
struct Sizes {
    int label = 0, text = 0, title = 0, clock = 0;
};
[[nodiscard]] Sizes sizesFor(const Viewing &viewing, const QSizeF &screenPixels, double capShare = 0.7);

} // namespace qd::wall
