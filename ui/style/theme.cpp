// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/theme.h"

#include "ui/style/calmstyle.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetrics>
#include <QToolTip>
#include <cmath>

namespace qd::style {

namespace {

/// The console is read from an arm's length under stress: smaller than 11 pt at desktop distance is not offered, a
/// larger desktop font is followed.
constexpr double kLeastPoints = 11.0;

QString firstOf(const QStringList &wanted, QFontDatabase::SystemFont fallback)
{
    for (const QString &family : wanted) {
        if (QFontDatabase::hasFamily(family))
            return family;
    }
    return QFontDatabase::systemFont(fallback).family();
}

} // namespace

Theme::Theme(Palette palette, QObject *parent)
    : QObject(parent)
    , m_palette(std::move(palette))
    , m_basePoints(std::max(kLeastPoints, QFontDatabase::systemFont(QFontDatabase::GeneralFont).pointSizeF()))
    , m_family(firstOf({QStringLiteral("Inter"), QStringLiteral("Inter Variable")}, QFontDatabase::GeneralFont))
    , m_monoFamily(firstOf({QStringLiteral("JetBrains Mono")}, QFontDatabase::FixedFont))
{
    // Some platforms report 12 pt without having been asked; the desktop's own choice shows as something else.
    if (m_basePoints > kLeastPoints && m_basePoints <= 12.0)
        m_basePoints = kLeastPoints;
    makeInks();
}

void Theme::makeInks()
{
    for (int tone = 0; tone < kTones; ++tone)
        if (m_palette[m_scheme][static_cast<Tone>(tone)].isValid())
            m_inks[static_cast<std::size_t>(tone)] = inkOf(m_palette[m_scheme], static_cast<Tone>(tone));
}

void Theme::install()
{
    if (!m_installed)
        QApplication::setStyle(new CalmStyle(*this)); // the application owns it
    m_installed = true;
    QApplication::setPalette(qtPalette());
    QApplication::setFont(font(Type::Body));
    QToolTip::setFont(font(Type::Small));
    QToolTip::setPalette(qtPalette());
    Q_EMIT changed();
}

void Theme::choose(Choice choice)
{
    m_choice = choice;
    switch (choice) {
    case Choice::System: update(m_systemDark ? Scheme::Dark : Scheme::Light); break;
    case Choice::Light: update(Scheme::Light); break;
    case Choice::Dark: update(Scheme::Dark); break;
    case Choice::HighContrast: update(Scheme::HighContrast); break;
    }
}

void Theme::setSystemDark(bool dark)
{
    m_systemDark = dark;
    if (m_choice == Choice::System)
        update(dark ? Scheme::Dark : Scheme::Light);
}

void Theme::setWall(bool wall)
{
    m_wall = wall;
    choose(m_choice);
}

void Theme::setCompact(bool compact)
{
    if (compact == m_compact)
        return;
    m_compact = compact;
    if (m_installed)
        install();
}

void Theme::update(Scheme scheme)
{
    if (m_wall)
        scheme = Scheme::Wall;
    if (scheme == m_scheme)
        return;
    m_scheme = scheme;
    makeInks();
    if (m_installed)
        install();
    else
        Q_EMIT changed();
}

QFont Theme::font(Type type) const
{
    const double base = m_compact ? m_basePoints * 0.88 : m_basePoints;
    QFont font(m_family);
    font.setPointSizeF(base);
    font.setStyleStrategy(QFont::PreferAntialias);
    switch (type) {
    case Type::Body: break;
    case Type::Strong:
    case Type::Figure: font.setWeight(QFont::DemiBold); break;
    case Type::Small: font.setPointSizeF(base * 0.88); break;
    case Type::SmallStrong:
        font.setPointSizeF(base * 0.88);
        font.setWeight(QFont::DemiBold);
        break;
    case Type::Heading:
        font.setPointSizeF(base * 0.82);
        font.setWeight(QFont::DemiBold);
        font.setLetterSpacing(QFont::PercentageSpacing, 106);
        break;
    case Type::Title:
        font.setPointSizeF(base * 1.3);
        font.setWeight(QFont::DemiBold);
        break;
    case Type::Badge:
        font.setPointSizeF(base * 0.82);
        font.setWeight(QFont::Bold);
        break;
    case Type::Mono:
        font.setFamily(m_monoFamily);
        font.setPointSizeF(base * 0.94);
        font.setFixedPitch(true);
        break;
    case Type::MonoSmall:
        font.setFamily(m_monoFamily);
        font.setPointSizeF(base * 0.82);
        font.setFixedPitch(true);
        break;
    }
    return font;
}

QPalette Theme::qtPalette() const
{
    QPalette p;
    const auto all = [&p](QPalette::ColorRole role, const QColor &c) { p.setColor(role, c); };
    all(QPalette::Window, color(Tone::Base));
    all(QPalette::WindowText, color(Tone::Text));
    all(QPalette::Base, color(Tone::Base));
    all(QPalette::AlternateBase, color(Tone::Raised));
    all(QPalette::Text, color(Tone::Text));
    all(QPalette::PlaceholderText, color(Tone::Faint));
    all(QPalette::Button, color(Tone::Raised));
    all(QPalette::ButtonText, color(Tone::Text));
    all(QPalette::BrightText, color(Tone::Text));
    all(QPalette::Highlight, color(Tone::Selection));
    all(QPalette::HighlightedText, color(Tone::Text));
    all(QPalette::Link, color(Tone::Text));
    all(QPalette::LinkVisited, color(Tone::Text));
    all(QPalette::ToolTipBase, color(Tone::Raised));
    all(QPalette::ToolTipText, color(Tone::Text));
    all(QPalette::Light, color(Tone::Raised));
    all(QPalette::Midlight, color(Tone::Line));
    all(QPalette::Mid, color(Tone::Line));
    all(QPalette::Dark, color(Tone::Line));
    all(QPalette::Shadow, color(Tone::Strip));
    p.setColor(QPalette::Disabled, QPalette::Text, color(Tone::Faint));
    p.setColor(QPalette::Disabled, QPalette::WindowText, color(Tone::Faint));
    p.setColor(QPalette::Disabled, QPalette::ButtonText, color(Tone::Faint));
    return p;
}

int Theme::lineHeight() const
{
    QFont font(m_family);
    font.setPointSizeF(m_basePoints);
    return QFontMetrics(font).height();
}

int Theme::rowHeight() const
{
    return static_cast<int>(std::lround(QFontMetrics(font(Type::Body)).height() * (m_compact ? 1.7 : 1.75))) & ~1;
}

int Theme::barHeight() const
{
    return static_cast<int>(std::lround(QFontMetrics(font(Type::Body)).height() * (m_compact ? 1.7 : 1.9))) & ~1;
}

int Theme::step() const
{
    return std::max(3, static_cast<int>(std::lround(QFontMetrics(font(Type::Body)).height() * 0.22)));
}

QString Theme::name(Choice choice)
{
    switch (choice) {
    case Choice::Light: return QStringLiteral("light");
    case Choice::Dark: return QStringLiteral("dark");
    case Choice::HighContrast: return QStringLiteral("high-contrast");
    case Choice::System: break;
    }
    return QStringLiteral("system");
}

Choice Theme::choiceFrom(const QString &name)
{
    for (const Choice choice : {Choice::Light, Choice::Dark, Choice::HighContrast}) {
        if (Theme::name(choice) == name)
            return choice;
    }
    return Choice::System;
}

} // namespace qd::style
