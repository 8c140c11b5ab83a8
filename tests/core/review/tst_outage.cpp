// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/lint.h"
#include "core/review/outage.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;
using review::Extent;
using review::Finding;
using review::FindingKind;

namespace {

/// "words" of each place, between bars.
QString outagesIn(const std::string &text, const review::LintContext &context = {})
{
    std::string out;
    for (const Finding &f : review::lint(text, context))
        if (f.kind == FindingKind::Outage)
            out += (out.empty() ? "" : " | ") + text.substr(f.at, f.length);
    return QString::fromStdString(out);
}

events::SeverityChanged answered(const char *hurt, const char *howMany, const char *workaround)
{
    Reckoning r;
    r.hurt = hurt;
    r.howMany = howMany;
    r.workaround = workaround;
    r.matrix = "m";
    return {"INC-1", {}, IncidentSeverity::Sev2, kAna, r};
}

events::PagePosted posted(std::uint32_t update, ComponentState state, const char *incident = "INC-1")
{
    events::PagePosted p{"shop", incident, 1, update, PagePhase::Investigating, {{"en", "Checkout"}}, {{"en", "We look into it."}}, {}, {}, kAna};
    p.components = {{"checkout", state}};
    return p;
}

Log aRun()
{
    Log log;
    log.record(withWorkspace(aWorkspace())).record(anIncident().titled("Checkout outage").service("cart").event());
    return log;
}

std::string outageQuestion(const Log &log, const char *language)
{
    const auto findings = review::lint("It was an outage.", review::lintContext(log.state, *log.state.incident("INC-1"), "summary", nullptr, language));
    return findings.size() == 1 && findings[0].kind == FindingKind::Outage ? findings[0].question : std::string();
}

} // namespace

/// "Outage" is said of what is gone altogether.
class TestOutage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theWordIsFoundWhereItMeansAllOfIt_data()
    {
        QTest::addColumn<QString>("found");
        const auto row = [](const char *text, const char *found) { QTest::newRow(text) << QString::fromUtf8(found); };
        row("The outage began at noon.", "outage");
        row("Two outages, one OUTAGE.", "outages | OUTAGE");
        row("An **outage** of checkout, a blackout.", "outage | blackout");
        row("A total outage.", "outage");
        row("Der Ausfall des Ladens, ein Totalausfall.", "Ausfall | Totalausfall");
        row("Während des Ausfalls; weitere AUSFÄLLE.", "Ausfalls | AUSFÄLLE");
        row("Checkout-Ausfall.", "Ausfall");
        row("A partial outage, a minor outage, and no outage at all.", "");
        row("It was not an outage, and never a total outage.", "");
        row("Ein teilweiser Ausfall, ein partieller Ausfall, kein Ausfall.", "");
        row("It was degraded. No. Outage it was not called.", "Outage");
        row("The outages-free month and the Ausfallzeit, ausfallsicher, Teilausfall.", "outages");
        row("`outage` in code, [there](https://x.example/outage)\n\n> the outage, they said", "");
        row("It was an\noutage.", "outage");
        row("Kein „Ausfall“, no “outage”, kein\u00a0Ausfall.", "");
        row("„Keine“ Ausfälle, a “minor” outage.", "");
        row("Der „Ausfall“; ein größer Ausfall; лишь Ausfall.", "Ausfall | Ausfall | Ausfall");
        row("Nein → kein… Ausfall.", "Ausfall"); // another sentence
    }
    void theWordIsFoundWhereItMeansAllOfIt()
    {
        QFETCH(QString, found);
        QCOMPARE(outagesIn(QTest::currentDataTag()), found);
    }
    void whatTheRecordCallsSoIsTheRecordsWhereItIsPointedAt()
    {
        review::LintContext c;
        c.textOf = [](std::string_view reference) { return reference == "line/1" ? std::string("SEV2 declared: Checkout outage") : std::string("rolled back"); };
        QCOMPARE(outagesIn("- [14:03](entry:line/1) declared: Checkout outage\n- [14:05](entry:line/2) the outage ends\n", c), QStringLiteral("outage"));
        QCOMPARE(review::lint("- [14:03](entry:line/1) an outage\n- [14:05](entry:line/2) an outage\n", c).size(), std::size_t(1));
    }
    void whereNothingIsKnownItIsAskedAndNotAsserted()
    {
        const Log log = aRun();
        QVERIFY(review::extentOf(log.state, *log.state.incident("INC-1"), "en").extent == Extent::Unknown);
        QCOMPARE(outageQuestion(log, "en"), std::string("How much of it still worked, and for whom? Nothing is known of that; the word says that none of it did."));
        QCOMPARE(outageQuestion(log, "de"), std::string("Wie viel davon ging noch, und für wen? Davon ist nichts bekannt; das Wort sagt, dass nichts mehr ging."));
    }
    void theAnswersBehindTheSeveritySayHowMuch_data()
    {
        QTest::addColumn<QString>("hurt");
        QTest::addColumn<QString>("howMany");
        QTest::addColumn<QString>("workaround");
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("german");
        const auto row = [](const char *hurt, const char *howMany, const char *workaround, const char *english, const char *german) {
            QTest::addRow("%s, %s, %s", hurt, howMany, workaround) << QString::fromLatin1(hurt) << QString::fromLatin1(howMany) << QString::fromLatin1(workaround) << QString::fromUtf8(english) << QString::fromUtf8(german);
        };
        row("no", "few", "no", "nobody was hurt.", "niemand war betroffen.");
        row("soon", "most", "no", "nobody was hurt yet.", "noch war niemand betroffen.");
        row("yes", "some", "no", "some were hurt.", "einige waren betroffen.");
        row("yes", "few", "yes", "few were hurt; there was a way around it.", "wenige waren betroffen; es gab einen Ausweg.");
        row("yes", "most", "yes", "most were hurt; there was a way around it.", "die meisten waren betroffen; es gab einen Ausweg.");
        row("yes", "most", "no", "", "");
    }
    void theAnswersBehindTheSeveritySayHowMuch()
    {
        QFETCH(QString, hurt);
        QFETCH(QString, howMany);
        QFETCH(QString, workaround);
        QFETCH(QString, english);
        QFETCH(QString, german);
        Log log = aRun();
        log.record(answered(hurt.toLatin1().constData(), howMany.toLatin1().constData(), workaround.toLatin1().constData()));
        if (english.isEmpty()) { // it was all of it, as far as can be answered
            QVERIFY(review::extentOf(log.state, *log.state.incident("INC-1"), "en").extent == Extent::All);
            QCOMPARE(outageQuestion(log, "en"), std::string());
            return;
        }
        QCOMPARE(QString::fromStdString(outageQuestion(log, "en")), QStringLiteral("How much of it still worked, and for whom? What is known is less than all of it: ") + english);
        QCOMPARE(QString::fromStdString(outageQuestion(log, "de")), QStringLiteral("Wie viel davon ging noch, und für wen? Bekannt ist weniger als alles: ") + german);
    }
    void aStatusPageSaysHowMuchByTheWorstItEverSaid()
    {
        Log log = aRun();
        log.record(posted(1, ComponentState::Maintenance)).record(posted(2, ComponentState::Operational));
        QVERIFY(review::extentOf(log.state, *log.state.incident("INC-1"), "en").says.empty());
        log.record(posted(3, ComponentState::Degraded));
        QVERIFY(outageQuestion(log, "en").ends_with("less than all of it: a status page said degraded."));
        log.record(posted(4, ComponentState::PartialOutage)).record(posted(5, ComponentState::Operational));
        QVERIFY(outageQuestion(log, "de").ends_with("Bekannt ist weniger als alles: eine Statusseite sagte, dass ein Teil weg war."));
        log.record(posted(6, ComponentState::MajorOutage)).record(posted(7, ComponentState::Degraded));
        QVERIFY(review::extentOf(log.state, *log.state.incident("INC-1"), "en").extent == Extent::All);
        QCOMPARE(outageQuestion(log, "en"), std::string());
        // A page that speaks of another incident says nothing of this one.
        Log other = aRun();
        other.record(anIncident("INC-2").event()).record(posted(1, ComponentState::MajorOutage, "INC-2"));
        QVERIFY(review::extentOf(other.state, *other.state.incident("INC-1"), "en").extent == Extent::Unknown);
    }
    void whatContradictsItselfIsAskedAgain()
    {
        Log log = aRun();
        log.record(answered("yes", "few", "yes")).record(posted(1, ComponentState::MajorOutage));
        const review::ExtentKnown known = review::extentOf(log.state, *log.state.incident("INC-1"), "en");
        QVERIFY(known.extent == Extent::Unknown && !known.says.empty());
        QVERIFY(outageQuestion(log, "en").ends_with("What is known says both: few were hurt; there was a way around it; a status page said that one of its parts was gone altogether."));
        QVERIFY(outageQuestion(log, "de").find("Was bekannt ist, sagt beides: wenige waren betroffen; ") != std::string::npos);
    }
    void hostileTextsEnd()
    {
        std::string text;
        for (std::size_t n = 0; n < 8'000; ++n)
            text += "outage ";
        QCOMPARE(review::lint(text, {}).size(), review::kFindingsMost);
        QVERIFY(review::outageWordsIn({}).empty() && review::outageWordsIn("-").empty());
        QCOMPARE(review::outageWordsIn("outage").size(), std::size_t(1));
    }
};

QD_TEST(TestOutage)
#include "tst_outage.moc"
