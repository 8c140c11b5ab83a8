// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/palette.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>

// A resource of a static library is linked in only when it is asked for; the macro wants the global namespace.
static void bringInResources()
{
    Q_INIT_RESOURCE(quarterdeck_style);
}

namespace qd::style {

namespace {

constexpr std::array<const char *, kSchemes> kSchemeNames{"light", "dark", "high-contrast", "wall"};
constexpr std::array<const char *, kTones> kToneNames{
    "base",    "strip",       "raised",   "field", "node",    "line", "outline", "text",     "secondary", "faint", "selection",
    "focus",   "dim",         "onFill",   "fillOutline",      "critical", "error", "warning", "info",      "unknown",
    "override", "past"};

double channel(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &c)
{
    return 0.2126 * channel(c.redF()) + 0.7152 * channel(c.greenF()) + 0.0722 * channel(c.blueF());
}

} // namespace

QString Palette::name(Scheme scheme)
{
    return QString::fromLatin1(kSchemeNames.at(static_cast<std::size_t>(scheme)));
}

QString Palette::name(Tone tone)
{
    return QString::fromLatin1(kToneNames.at(static_cast<std::size_t>(tone)));
}

Result<Palette> Palette::parse(const QByteArray &json)
{
    QJsonParseError problem;
    const QJsonObject root = QJsonDocument::fromJson(json, &problem).object();
    if (problem.error != QJsonParseError::NoError)
        return fail(Code::Invalid, "The palette file is not JSON: " + problem.errorString().toStdString());
    if (root.value(QLatin1String("version")).toInt() != 1)
        return fail(Code::Version, "The palette file has a version this program does not know.");
    Palette palette;
    const QJsonObject themes = root.value(QLatin1String("themes")).toObject();
    for (int s = 0; s < kSchemes; ++s) {
        const QJsonObject colors = themes.value(name(static_cast<Scheme>(s))).toObject();
        for (int t = 0; t < kTones; ++t) {
            const Tone tone = static_cast<Tone>(t);
            const QJsonValue value = colors.value(name(tone));
            if (tone == Tone::FillOutline && value.isNull())
                continue;
            const QColor color(value.toString());
            if (!color.isValid())
                return fail(Code::Invalid, "The palette file lacks the colour " + name(tone).toStdString() + " of the theme "
                                               + name(static_cast<Scheme>(s)).toStdString() + ".");
            palette.m_schemes[static_cast<std::size_t>(s)].set(tone, color);
        }
    }
    return palette;
}

Result<Palette> Palette::builtIn()
{
    bringInResources();
    QFile file(QStringLiteral(":/style/palette.json"));
    if (!file.open(QIODevice::ReadOnly))
        return fail(Code::Internal, "The program was built without its palette.");
    return parse(file.readAll());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor inkOf(const Tones &tones, Tone tone)
{
    constexpr std::array kGrounds{Tone::Base, Tone::Strip, Tone::Raised, Tone::Field, Tone::Selection};
    constexpr double kLeast = 4.5;
    constexpr int kSteps = 60;
    const bool isLight = luminance(tones[Tone::Base]) > 0.18;
    QColor ink = tones[tone];
    for (int step = 0; step < kSteps; ++step) {
        if (std::all_of(kGrounds.begin(), kGrounds.end(), [&](Tone ground) { return contrast(ink, tones[ground]) >= kLeast; }))
            return ink;
        const float lightness = ink.lightnessF() + (isLight ? -0.015F : 0.015F);
        if (lightness <= 0 || lightness >= 1)
            break;
        ink = QColor::fromHslF(std::max(0.0F, ink.hslHueF()), ink.hslSaturationF(), lightness);
    }
    return tones[Tone::Text];
}

} // namespace qd::style
