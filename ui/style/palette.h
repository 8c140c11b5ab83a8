// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QColor>
#include <QString>
#include <array>

namespace qd::style {

/// The four looks of the one palette file.
enum class Scheme { Light, Dark, HighContrast, Wall };
inline constexpr int kSchemes = 4;

/// What a colour is for. Widgets ask for a tone, never for a colour; there is no green, and a saturated tone means
/// that something is not normal (ISA-101).
enum class Tone {
    Base,        ///< the ground of panels
    Strip,       ///< the top strip and the bottom instrument
    Raised,      ///< bars within a panel: "12 new"
    Field,       ///< text inputs
    Node,        ///< healthy boxes of the map
    Line,        ///< rules between regions; decoration
    Outline,     ///< the border that tells a control or a state; at least 3:1
    Text,        ///< what is read first
    Secondary,   ///< what is read second
    Faint,       ///< hints and units; still 4.5:1 on Base
    Selection,   ///< the ground of the selected row
    Focus,       ///< the keyboard ring
    Dim,         ///< lines of what is not in question: edges, grid
    OnFill,      ///< text on any of the fills below
    FillOutline, ///< the border a fill needs on a light ground; invalid where none is needed
    Critical, Error, Warning, Info, Unknown, ///< fills of the severities
    Override,    ///< changes and overrides
    Past         ///< everything about looking at the past
};
inline constexpr int kTones = 22;

/// All colours of one scheme.
class Tones final {
public:
    [[nodiscard]] const QColor &operator[](Tone tone) const { return m_colors[static_cast<std::size_t>(tone)]; }
    void set(Tone tone, const QColor &color) { m_colors[static_cast<std::size_t>(tone)] = color; }

private:
    std::array<QColor, kTones> m_colors;
};

/// The palette file in memory. A loaded palette is complete: every scheme has every tone.
class Palette final {
public:
    /// Reads palette.json's bytes. Errors: not JSON, an unknown version, a missing or malformed colour (named).
    [[nodiscard]] static Result<Palette> parse(const QByteArray &json);
    /// The palette compiled into the program.
    [[nodiscard]] static Result<Palette> builtIn();

    [[nodiscard]] const Tones &operator[](Scheme scheme) const { return m_schemes[static_cast<std::size_t>(scheme)]; }

    [[nodiscard]] static QString name(Scheme scheme); ///< as in the file and the settings: "high-contrast"
    [[nodiscard]] static QString name(Tone tone);     ///< as in the file: "fillOutline"

private:
    Palette() = default;
    std::array<Tones, kSchemes> m_schemes;
};

/// WCAG 2.2 contrast of two opaque colours, 1 to 21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);

/// The tone as ink, for words, lines and marks that stand on a ground without a border of their own: the colour itself where it can be read on every
/// ground there is (4.5:1), else the same hue so much darker or lighter that it can.
[[nodiscard]] QColor inkOf(const Tones &tones, Tone tone);

} // namespace qd::style
