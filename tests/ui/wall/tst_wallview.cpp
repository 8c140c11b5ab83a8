// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/wallview.h"

#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/style/palette.h"

#include <QAction>
#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QScreen>
#include <QtTest>
#include <memory>

using namespace qd;
using namespace qd::wall;

namespace {

view::ViewModel aScene()
{
    view::ViewModel v = test::incidentScene();
    v.incidents[0].impact = QStringLiteral("About 41 % of customers cannot pay.");
    v.incidents[0].commandedSince = v.made - minutes(24);
    v.wall.lines.clear();
    v.wall.promises.clear();
    for (int i = 0; i < 8; ++i)
        v.wall.lines.push_back({v.made - minutes(i), v.incidents[0].id, QStringLiteral("did %1").arg(i)});
    for (int i = 0; i < 4; ++i)
        v.wall.promises.push_back({v.made + minutes(15 + 10 * i), v.incidents[0].id, QStringLiteral("audience %1").arg(i)});
    return v;
}

bool anyHolds(const QStringList &lines, const QString &text)
{
    return std::any_of(lines.begin(), lines.end(), [&](const QString &line) { return line.contains(text); });
}

} // namespace

class TestWallView : public QObject {
    Q_OBJECT

    std::unique_ptr<style::Theme> m_theme;

    struct Bench {
        WallView wall;
        Bench(const style::Theme &theme, const view::ViewModel &scene, QSize size, Viewing viewing)
            : wall(theme)
        {
            wall.resize(size);
            wall.setViewing(viewing);
            wall.show();
            wall.show(std::make_shared<const view::ViewModel>(scene), scene.made);
            wall.grab();
        }
    };

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette);
        m_theme = std::make_unique<style::Theme>(std::move(*palette));
        m_theme->install();
        m_theme->setWall(true);
    }

    void standsOnTheColourOfTheWall()
    {
        QCOMPARE(m_theme->color(style::Tone::Base).name().toUpper(), QStringLiteral("#1E1E1E"));
        Bench b(*m_theme, aScene(), {1920, 1080}, {3, 55});
        QCOMPARE(b.wall.grab().toImage().pixelColor(1, 540).name().toUpper(), QStringLiteral("#1E1E1E"));
    }

    void theWallOutlastsAWishOfTheDesktop()
    {
        m_theme->setSystemDark(false);
        QCOMPARE(m_theme->scheme(), style::Scheme::Wall);
        m_theme->setWall(false);
        QCOMPARE(m_theme->scheme(), style::Scheme::Light);
        m_theme->setWall(true);
        m_theme->setSystemDark(true);
        QCOMPARE(m_theme->scheme(), style::Scheme::Wall);
    }

    void noLetterIsSmallerThanItsDistanceAsks_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("metres");
        QTest::addColumn<double>("inches");
        for (const QSize &size : {QSize(1366, 768), QSize(1920, 1080), QSize(3840, 2160), QSize(1080, 1920), QSize(320, 200)})
            for (const double metres : {0.7, 1.5, 3.0, 5.0, 8.0})
                QTest::newRow(qPrintable(QStringLiteral("%1x%2 from %3 m").arg(size.width()).arg(size.height()).arg(metres))) << size << metres << 30.0;
    }
    void noLetterIsSmallerThanItsDistanceAsks()
    {
        QFETCH(QSize, size);
        QFETCH(double, metres);
        QFETCH(double, inches);
        Bench b(*m_theme, aScene(), size, {metres, inches});
        const double pitch = millimetresPerPixel(inches, QSizeF(b.wall.screen()->size()));
        QVERIFY(b.wall.leastPixels() > 0);
        QVERIFY(b.wall.leastPixels() >= capHeight(metres, kLeastArc) / pitch / 0.7);
        QVERIFY(b.wall.sizes().text >= capHeight(metres, kReadingArc) / pitch / 0.7);
        QVERIFY(b.wall.findChildren<QAbstractScrollArea *>().isEmpty());
    }

    void hasNoControl()
    {
        Bench b(*m_theme, aScene(), {1920, 1080}, {3, 55});
        QVERIFY(b.wall.findChildren<QAction *>().isEmpty());
        QVERIFY(b.wall.findChildren<QWidget *>().isEmpty());
    }

    void saysTheFiveBands()
    {
        Bench b(*m_theme, aScene(), {1920, 1080}, {1.3, 24});
        const QStringList &said = b.wall.painted();
        for (const char *words : {"14:25", "Mara Lindt", "Checkout failing, EU", "About 41 % of customers cannot pay.", "did 0", "audience 0", "14", "FLOOD"})
            QVERIFY2(anyHolds(said, QString::fromUtf8(words)), qPrintable(QLatin1String(words) + QStringLiteral(" is not in: ") + said.join(QStringLiteral(" / "))));
        QVERIFY(anyHolds(said, QStringLiteral("icinga-dc2")));   // the feed that is late
        QVERIFY(anyHolds(said, QStringLiteral("checkout")));     // on the map
        QVERIFY(b.wall.plan().lines <= 6 && b.wall.plan().promises <= 3);
        QVERIFY(b.wall.accessibleDescription().contains(QStringLiteral("Checkout failing, EU")));
    }

    void aDecisionTakesASecondRowBeforeItIsShortened()
    {
        view::ViewModel v = aScene();
        const QString decision = QStringLiteral("roll back the ledger configuration in both regions and keep the queue drained until the replica has caught up");
        v.wall.lines[0].text = decision;
        Bench b(*m_theme, v, {1920, 1080}, {3, 55});
        const QStringList written = b.wall.painted();
        const auto first = std::find_if(written.begin(), written.end(), [](const QString &line) { return line.contains(QStringLiteral("roll back the ledger")); });
        QVERIFY(first != written.end() && first + 1 != written.end());
        const QString start = first->mid(first->indexOf(QStringLiteral("roll back"))); // whose it is stands before it
        QVERIFY2(decision.startsWith(start + QLatin1Char(' ')), qPrintable(*first)); // broken between words, not shortened
        QVERIFY2(decision.startsWith(start + QLatin1Char(' ') + (first + 1)->left(10)), qPrintable(*(first + 1)));
        QVERIFY(anyHolds(written, QStringLiteral("did 1")) && anyHolds(written, QStringLiteral("did 2"))); // the newest stay
    }

    void whatIsClassedAboveInternalIsAHoleAlsoForWhoMayReadIt()
    {
        view::ViewModel scene = aScene();
        const QString secret = QStringLiteral("the tokens of 40 customers");
        const auto marked = [&](const char *level) { return QStringLiteral("leak [[%1: %2]] end").arg(QLatin1String(level), secret); };
        scene.incidents[0].title = marked("confidential");
        scene.incidents[0].impact = marked("restricted for dana");
        scene.incidents[0].commander = marked("restricted");
        scene.wall.lines[0].text = marked("confidential");
        scene.wall.promises[0].audience = marked("confidential");
        scene.nodes[0].name = marked("confidential");
        scene.nodes[0].alerts = 1;
        scene.strip.feeds[0].name = marked("confidential");
        scene.wall.lines[1].text = QStringLiteral("half [[restricted: %1").arg(secret); // not closed
        Bench b(*m_theme, scene, {3840, 2160}, {1, 75});
        const QString all = (spoken(b.wall.content()) + b.wall.painted()).join(QLatin1Char('\n'));
        QVERIFY2(!all.contains(secret), qPrintable(all));
        QVERIFY(all.contains(QStringLiteral("[sealed: confidential, short]")));
        QVERIFY(all.contains(QStringLiteral("end")));
        // What is internal is read as its words.
        QCOMPARE(sealedForWall(QStringLiteral("a [[internal: b]] c")), QStringLiteral("a b c"));
        // A bracket may come with a sign that says how it is drawn.
        for (const char16_t sign : {u'\uFE0E', u'\uFE0F'})
            QVERIFY(!sealedForWall(QStringLiteral("a [") + QChar(sign) + QStringLiteral("[restricted: ") + secret + QStringLiteral("]] c")).contains(secret));
    }

    void aLostCoreIsTheLoudestThingAndSaysHowOldItAllIs()
    {
        view::ViewModel scene = aScene();
        scene.strip.link = view::CoreLink::Lost;
        Bench b(*m_theme, scene, {1920, 1080}, {1.3, 24});
        b.wall.setNow(scene.made + minutes(3));
        b.wall.grab();
        QVERIFY(anyHolds(b.wall.painted(), QStringLiteral("CORE LOST")));
        QVERIFY(anyHolds(b.wall.painted(), QStringLiteral("3 m 00 s old")));
        scene.strip.link = view::CoreLink::Live; // … also when nobody said so
        b.wall.show(std::make_shared<const view::ViewModel>(scene), scene.made + seconds(11));
        QVERIFY(b.wall.content().isOld);
        QVERIFY(b.wall.content().isStateAlarm);
        b.wall.setNow(scene.made + seconds(2));
        QVERIFY(!b.wall.content().isOld);
    }

    void practiceAndADrillAreSaidAndADrillComesLast()
    {
        view::ViewModel scene = aScene();
        scene.strip.practice = true;
        scene.incidents[0].drill = true;
        Bench b(*m_theme, scene, {1920, 1080}, {1.3, 24});
        QVERIFY(anyHolds(b.wall.painted(), QStringLiteral("PRACTICE")));
        QVERIFY(anyHolds(b.wall.painted(), QStringLiteral("DRILL")));
        QVERIFY(b.wall.content().incidents.back().drill);
    }

    void aDrillsPromiseIsNeverTheHeadsWhileSomethingIsReal()
    {
        view::ViewModel scene = aScene();
        scene.wall.promises = {{scene.made + minutes(1), QStringLiteral("INC-DRILL"), QStringLiteral("the drill's"), true}, {scene.made + minutes(9), scene.incidents[0].id, QStringLiteral("the real one")}};
        Content content = contentOf(scene, scene.made);
        QCOMPARE(content.promise, QStringLiteral("the real one"));
        QVERIFY2(content.promises.front().text.startsWith(QStringLiteral("DRILL ")), qPrintable(content.promises.front().text));
        QVERIFY(!content.promises.back().text.contains(QStringLiteral("DRILL")));
        scene.wall.promises.pop_back();
        QVERIFY(contentOf(scene, scene.made).promise.isEmpty());
        for (view::IncidentRow &row : scene.incidents)
            row.drill = true;
        QCOMPARE(contentOf(scene, scene.made).promise, QStringLiteral("DRILL the drill's"));
    }

    void aQuietHouseSaysSo()
    {
        Bench b(*m_theme, test::quietScene(), {1920, 1080}, {3, 55});
        QVERIFY(anyHolds(b.wall.painted(), QStringLiteral("No incident")));
        QVERIFY(!anyHolds(b.wall.painted(), QStringLiteral("FLOOD")));
        Bench before(*m_theme, test::startingScene(), {1920, 1080}, {3, 55});
        QVERIFY(anyHolds(before.wall.painted(), QStringLiteral("STARTING")));
    }
};

QD_GUI_TEST(TestWallView)
#include "tst_wallview.moc"
