// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/mark.h"
#include "ui/style/palette.h"

#include <QFont>
#include <QObject>
#include <QPalette>
#include <array>

namespace qd::style {

/// What the person chose; System follows the desktop.
enum class Choice { System, Light, Dark, HighContrast };

/// What a text is for. Sizes derive from the application's base size, so a larger desktop font enlarges everything.
enum class Type {
    Body, Strong, ///< rows; the one thing in a row that matters
    Small, SmallStrong,
    Heading,      ///< section titles: small, bold, letter-spaced; give it text already in capitals
    Title,        ///< the incident's name on the strip
    Badge,        ///< letters in a severity shape
    Mono, MonoSmall, ///< typed text; key-caps
    Figure        ///< clocks and counts: body, strong, digits of equal width
};

/// The one source of colours and fonts. Lives on the GUI thread, made in app/ and passed down; `changed` comes after
/// every change of scheme or size. Widgets ask at paint time and keep nothing.
class Theme final : public QObject {
    Q_OBJECT
public:
    explicit Theme(Palette palette, QObject *parent = nullptr);

    /// Fusion, our palette and our font for the whole application. Call once after QApplication, before widgets.
    void install();

    [[nodiscard]] Scheme scheme() const { return m_scheme; }
    [[nodiscard]] Choice choice() const { return m_choice; }
    void choose(Choice choice);
    /// What the desktop prefers, as far as known; matters while the choice is System.
    void setSystemDark(bool dark);
    /// While the wall is shown its own look stands over the choice.
    void setWall(bool wall);

    /// Compact type for windows narrower than about 1600 px.
    void setCompact(bool compact);
    [[nodiscard]] bool isCompact() const { return m_compact; }
    /// The desktop's wish for no motion: nothing flashes.
    void setReduceMotion(bool reduce) { m_reduceMotion = reduce; }
    [[nodiscard]] bool reduceMotion() const { return m_reduceMotion; }

    [[nodiscard]] const QColor &color(Tone tone) const { return m_palette[m_scheme][tone]; }
    /// The tone for words, lines and marks without a border; color() is for grounds and fills.
    [[nodiscard]] const QColor &ink(Tone tone) const { return m_inks[static_cast<std::size_t>(tone)]; }
    [[nodiscard]] const QColor &fill(AlertSeverity severity) const { return color(mark(severity).fill); }
    [[nodiscard]] const QColor &fill(IncidentSeverity severity) const { return color(mark(severity).fill); }
    [[nodiscard]] QFont font(Type type) const;
    [[nodiscard]] QPalette qtPalette() const;

    /// The height of a line of the desktop's text, whatever is compact: how many of them fit is how large a window really is.
    [[nodiscard]] int lineHeight() const;
    /// Height of a table row and of a bar, from the font.
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int barHeight() const;
    /// One step of the spacing grid, about half a small letter: 4 px at the usual size.
    [[nodiscard]] int step() const;

    [[nodiscard]] static QString name(Choice choice); ///< for settings: "system", "light", "dark", "high-contrast"
    [[nodiscard]] static Choice choiceFrom(const QString &name);

Q_SIGNALS:
    void changed();

private:
    void update(Scheme scheme);
    void makeInks();

    Palette m_palette;
    std::array<QColor, kTones> m_inks; ///< of the scheme that holds
    Scheme m_scheme = Scheme::Dark;
    Choice m_choice = Choice::System;
    bool m_systemDark = true;
    bool m_wall = false;
    bool m_compact = false;
    bool m_reduceMotion = false;
    bool m_installed = false;
    double m_basePoints = 11;
    QString m_family;
    QString m_monoFamily;
};

} // namespace qd::style
