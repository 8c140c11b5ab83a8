// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/mark.h"
#include "ui/style/palette.h"
#include "tests/support/suite.h"

#include <QFile>
#include <QTest>
#include <array>
#include <cmath>

using namespace qd;
using namespace qd::style;

namespace {

using Rgb = std::array<double, 3>;

double linear(double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); }

/// Machado, Oliveira and Fernandes 2009, severity 1.0, in linear RGB.
constexpr std::array<std::array<double, 9>, 4> kVision{{
    {1, 0, 0, 0, 1, 0, 0, 0, 1},
    {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998}, // protan
    {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},  // deutan
    {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900}, // tritan
}};

Rgb seen(const QColor &c, std::size_t vision)
{
    const Rgb in{linear(c.redF()), linear(c.greenF()), linear(c.blueF())};
    Rgb out{};
    for (std::size_t r = 0; r < 3; ++r) {
        for (std::size_t k = 0; k < 3; ++k)
            out[r] += kVision[vision][r * 3 + k] * in[k];
        out[r] = std::clamp(out[r], 0.0, 1.0);
    }
    return out;
}

/// CIE L*a*b* under D65, from linear sRGB.
Rgb lab(const Rgb &c)
{
    const double x = (0.4124564 * c[0] + 0.3575761 * c[1] + 0.1804375 * c[2]) / 0.95047;
    const double y = 0.2126729 * c[0] + 0.7151522 * c[1] + 0.0721750 * c[2];
    const double z = (0.0193339 * c[0] + 0.1191920 * c[1] + 0.9503041 * c[2]) / 1.08883;
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116.0; };
    return {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))};
}

double distance(const QColor &a, const QColor &b, std::size_t vision)
{
    const Rgb p = lab(seen(a, vision)), q = lab(seen(b, vision));
    return std::sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) + (p[2] - q[2]) * (p[2] - q[2]));
}

const std::array kFills{Tone::Critical, Tone::Error, Tone::Warning, Tone::Info, Tone::Unknown, Tone::Override, Tone::Past};
const std::array kGrounds{Tone::Base, Tone::Strip, Tone::Raised, Tone::Field, Tone::Node, Tone::Selection};

} // namespace

class TestPalette : public QObject {
    Q_OBJECT
private:
    static const Palette &load()
    {
        static const auto palette = Palette::builtIn();
        if (!palette)
            qFatal("%s", palette.error().message.c_str());
        return *palette;
    }

private Q_SLOTS:
    void schemes_data()
    {
        QTest::addColumn<int>("scheme");
        for (int s = 0; s < kSchemes; ++s)
            QTest::newRow(qPrintable(Palette::name(static_cast<Scheme>(s)))) << s;
    }

    void textIsReadableOnEveryGround_data() { schemes_data(); }
    void textIsReadableOnEveryGround()
    {
        QFETCH(int, scheme);
        const Tones &tones = load()[static_cast<Scheme>(scheme)];
        for (const Tone ground : kGrounds) {
            for (const Tone text : {Tone::Text, Tone::Secondary})
                QVERIFY2(contrast(tones[text], tones[ground]) >= 4.5,
                         qPrintable(Palette::name(text) + QStringLiteral(" on ") + Palette::name(ground)));
        }
        for (const Tone ground : {Tone::Base, Tone::Strip, Tone::Field})
            QVERIFY2(contrast(tones[Tone::Faint], tones[ground]) >= 4.5, qPrintable(Palette::name(ground)));
    }

    void lettersAreReadableOnEveryFill_data() { schemes_data(); }
    void lettersAreReadableOnEveryFill()
    {
        QFETCH(int, scheme);
        const Tones &tones = load()[static_cast<Scheme>(scheme)];
        for (const Tone fill : kFills)
            QVERIFY2(contrast(tones[Tone::OnFill], tones[fill]) >= 4.5, qPrintable(Palette::name(fill)));
    }

    void shapesAndBordersStandOut_data() { schemes_data(); }
    void shapesAndBordersStandOut()
    {
        QFETCH(int, scheme);
        const Tones &tones = load()[static_cast<Scheme>(scheme)];
        for (const Tone ground : {Tone::Base, Tone::Strip, Tone::Raised, Tone::Node, Tone::Selection}) {
            for (const Tone fill : kFills) {
                // A light ground needs the fill's outline, a dark one shows the fill itself.
                const QColor &edge = tones[Tone::FillOutline].isValid() ? tones[Tone::FillOutline] : tones[fill];
                QVERIFY2(contrast(edge, tones[ground]) >= 3.0, qPrintable(Palette::name(fill) + QStringLiteral(" on ") + Palette::name(ground)));
            }
            QVERIFY2(contrast(tones[Tone::Focus], tones[ground]) >= 3.0, qPrintable(Palette::name(ground)));
        }
        for (const Tone ground : {Tone::Base, Tone::Strip, Tone::Field})
            QVERIFY2(contrast(tones[Tone::Outline], tones[ground]) >= 3.0, qPrintable(Palette::name(ground)));
    }

    /// A yellow wave under a word, the pink of a change, the line of the past: on every ground they stand on, whatever the look.
    void whatIsWrittenInAFillsColourIsReadable_data() { schemes_data(); }
    void whatIsWrittenInAFillsColourIsReadable()
    {
        QFETCH(int, scheme);
        const Tones &tones = load()[static_cast<Scheme>(scheme)];
        for (const Tone tone : kFills) {
            const QColor ink = inkOf(tones, tone);
            for (const Tone ground : kGrounds)
                QVERIFY2(contrast(ink, tones[ground]) >= (ground == Tone::Node ? 3.0 : 4.5), qPrintable(Palette::name(tone) + QStringLiteral(" on ") + Palette::name(ground)));
            // It is the same colour still, only deeper.
            if (tones[tone].hslSaturation() > 60)
                QVERIFY2(std::abs(ink.hslHue() - tones[tone].hslHue()) <= 3, qPrintable(Palette::name(tone)));
        }
        QCOMPARE(inkOf(tones, Tone::Text), tones[Tone::Text]);
    }

    void severitiesDifferForEveryKindOfColourVision_data() { schemes_data(); }
    void severitiesDifferForEveryKindOfColourVision()
    {
        QFETCH(int, scheme);
        const Tones &tones = load()[static_cast<Scheme>(scheme)];
        const std::array set{Tone::Critical, Tone::Error, Tone::Warning, Tone::Info, Tone::Override};
        // Measured in ux.md 1.5: worst pair 35 in normal vision, 21 protan, 17 deutan and tritan.
        const std::array<double, 4> least{30, 15, 15, 15};
        for (std::size_t vision = 0; vision < kVision.size(); ++vision) {
            for (std::size_t i = 0; i < set.size(); ++i) {
                for (std::size_t j = i + 1; j < set.size(); ++j) {
                    const double d = distance(tones[set[i]], tones[set[j]], vision);
                    QVERIFY2(d >= least[vision], qPrintable(QStringLiteral("%1 and %2 in vision %3: %4")
                        .arg(Palette::name(set[i]), Palette::name(set[j])).arg(vision).arg(d)));
                }
            }
        }
    }

    void noToneIsGreen_data() { schemes_data(); }
    void noToneIsGreen()
    {
        QFETCH(int, scheme);
        const Tones &tones = load()[static_cast<Scheme>(scheme)];
        for (int t = 0; t < kTones; ++t) {
            const QColor &c = tones[static_cast<Tone>(t)];
            if (!c.isValid() || c.hslSaturation() < 60)
                continue;
            QVERIFY2(c.hslHue() < 75 || c.hslHue() > 180, qPrintable(Palette::name(static_cast<Tone>(t))));
        }
    }

    void wallAvoidsPureBlackAndWhite()
    {
        const Palette &palette = load();
        const double c = contrast(palette[Scheme::Wall][Tone::Text], palette[Scheme::Wall][Tone::Base]);
        QVERIFY(c > 7 && c < 15);
    }

    void everySeverityHasItsOwnShapeOrLetter()
    {
        QList<QPair<int, QString>> marks;
        for (const AlertSeverity s : {AlertSeverity::Critical, AlertSeverity::Error, AlertSeverity::Warning, AlertSeverity::Info,
                                      AlertSeverity::Unknown, AlertSeverity::None}) {
            const Mark m = mark(s);
            QVERIFY(!m.letters.isEmpty());
            QVERIFY(!marks.contains({static_cast<int>(m.shape), m.letters}));
            marks.append({static_cast<int>(m.shape), m.letters});
        }
        QCOMPARE(mark(IncidentSeverity::Sev1).letters, QStringLiteral("S1"));
        QCOMPARE(mark(IncidentSeverity::Sev5).letters, QStringLiteral("S5"));
    }

    void shapesFillTheirBox()
    {
        const QRectF box(3, 4, 30, 20);
        for (const Shape shape : {Shape::Octagon, Shape::Triangle, Shape::Diamond, Shape::Pill, Shape::Square}) {
            const QRectF bounds = shapePath(shape, box).boundingRect();
            QVERIFY(box.adjusted(-0.1, -0.1, 0.1, 0.1).contains(bounds));
            QVERIFY(std::abs(bounds.height() - box.height()) < 0.1);
        }
    }

    void namesTheMissingColour()
    {
        QFile file(QStringLiteral(":/style/palette.json"));
        QVERIFY(Palette::builtIn().has_value());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray json = file.readAll();
        json.replace("\"critical\": \"#FF5C4D\"", "\"critical\": \"red herring\"");
        const auto palette = Palette::parse(json);
        QVERIFY(!palette);
        QVERIFY(palette.error().message.find("critical") != std::string::npos);
        QVERIFY(!Palette::parse("{"));
        QVERIFY(!Palette::parse("{\"version\":2}"));
    }
};

QD_GUI_TEST(TestPalette)
#include "tst_palette.moc"
