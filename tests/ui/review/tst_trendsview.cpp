// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/review/trendlists.h"
#include "ui/review/trendrows.h"
#include "ui/review/trendsentences.h"

#include <QtTest>

using namespace qd;
using namespace qd::review;

namespace {

TrendsView someView()
{
    return trendsOf(test::someTrends(), QStringLiteral("en"));
}

} // namespace

/// What reviews say together, as values and rows.
class TestTrendsView final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachBarSaysWhatItIsWithThoseBeforeIt()
    {
        const auto bars = someView().pareto();
        QCOMPARE(bars.size(), std::size_t(2));
        QCOMPARE(bars[0].note, QStringLiteral("cum. 60 %"));
        QCOMPARE(bars[1].note, QStringLiteral("cum. 100 %"));
    }

    void aFactorHasItsOwnQuarters()
    {
        const TrendsView view = someView();
        const auto counts = [](const std::vector<Bar> &bars) {
            QList<qint64> out;
            for (const Bar &bar : bars)
                out << bar.count;
            return out;
        };
        QCOMPARE(view.quarters, (QStringList{QStringLiteral("2026 Q1"), QStringLiteral("2026 Q2")}));
        QCOMPARE(counts(view.byQuarter({})), (QList<qint64>{2, 1}));
        QCOMPARE(counts(view.byQuarter(QStringLiteral("f.test"))), (QList<qint64>{0, 1}));
    }

    void onlyTheLastQuartersAreShown()
    {
        TrendsLists lists = test::someTrends();
        lists.trends = {};
        for (int n = 0; n < 12; ++n)
            lists.trends.append(QJsonObject{{QStringLiteral("kind"), QStringLiteral("quarter")}, {QStringLiteral("factor"), QJsonValue()}, {QStringLiteral("period"), QStringLiteral("Q%1").arg(n)}, {QStringLiteral("incidents"), n}});
        const auto bars = trendsOf(lists, QStringLiteral("en")).byQuarter({});
        QCOMPARE(bars.size(), TrendsView::kShown);
        QCOMPARE(bars.front().name, QStringLiteral("Q4"));
        QCOMPARE(bars.back().count, 11);
    }

    void aPublishedRateStandsBesideOursWithWhoPublishedIt()
    {
        const auto rows = trendRows(someView());
        QCOMPARE(rows[1].cells[3], QStringLiteral("100 %"));
        QCOMPARE(rows[1].cells[4], QStringLiteral("31 %"));
        QCOMPARE(rows[1].cells[5], QStringLiteral("Google SRE Workbook, appendix C"));
        QCOMPARE(rows[2].cells[4], QStringLiteral("—"));
        QVERIFY(trendSays(someView(), QStringLiteral("f.test")).contains(QStringLiteral("Nobody is known to have published")));
        // A number that nobody stands for is none.
        TrendsLists lists = test::someTrends();
        QJsonObject factor = lists.trends[1].toObject();
        factor.insert(QStringLiteral("elsewhereBy"), QString());
        lists.trends[1] = factor;
        QCOMPARE(trendRows(trendsOf(lists, QStringLiteral("en")))[1].cells[4], QStringLiteral("—"));
    }

    void howSureRatersAreAndHowFarTheyAgreeIsSaidAsTheCoreSaysIt()
    {
        const TrendsView view = someView();
        const auto rows = trendRows(view);
        QCOMPARE(rows[1].cells[6], QStringLiteral("2 sure, 1 barely"));
        QCOMPARE(rows[1].cells[7], QStringLiteral("0.41, shaky"));
        QCOMPARE(rows[2].cells[7], QStringLiteral("—"));
        QVERIFY(trendSays(view, QStringLiteral("f.push")).contains(QStringLiteral("Kappa 0.41 over 6 incidents with two raters or more: shaky, it may be far off.")));
        QVERIFY(trendSays(view, QStringLiteral("f.test")).contains(QStringLiteral("Nothing is said of agreement")));
        QVERIFY(trendSays(view, QStringLiteral("all")).contains(QStringLiteral("Kappa 0.41")));
    }

    void factorsAreCalledInTheLanguageOfTheWindow()
    {
        const TrendsView view = trendsOf(test::someTrends(), QStringLiteral("de"));
        QCOMPARE(view.factors[0].label, QStringLiteral("Auslieferung einer Konfiguration"));
        QCOMPARE(view.matrix.labels[0], QStringLiteral("Auslieferung einer Konfiguration"));
        QCOMPARE(view.patterns[0].labels[0], QStringLiteral("Auslieferung einer Konfiguration"));
        QCOMPARE(view.factors[1].label, QStringLiteral("inadequate testing")); // of which the taxonomy has no other
    }

    void aCellSaysWhatItCounts()
    {
        const FactorMatrix matrix = someView().matrix;
        QCOMPARE(matrix.most(), 2); // of two: how often each was at all is no meeting
        QVERIFY2(matrix.words(0, 1).startsWith(QStringLiteral("configuration push and inadequate testing met in 2 unrelated incident")), qPrintable(matrix.words(0, 1)));
        QVERIFY(matrix.words(0, 1).endsWith(QStringLiteral("1.5 times as often as by chance.")));
        QVERIFY(matrix.words(0, 0).startsWith(QStringLiteral("configuration push: in 3 unrelated incident")));
        QCOMPARE(matrix.words(2, 0), QString());
    }

    void aServiceHasTheFactorsThatWereSeenThere()
    {
        const ServiceMatrix at = trendsOf(test::someTrends(), QStringLiteral("de")).atServices;
        QCOMPARE(at.labels, (QStringList{QStringLiteral("Auslieferung einer Konfiguration"), QStringLiteral("inadequate testing")}));
        QCOMPARE(at.services, (QStringList{QStringLiteral("checkout"), QStringLiteral("mail")})); // with most incidents first
        QCOMPARE(at.counts, (std::vector<std::vector<qint64>>{{2, 1}, {1, 0}}));
        QCOMPARE(at.most(), 2);
        QVERIFY(at.words(0, 0).startsWith(QStringLiteral("Auslieferung einer Konfiguration at checkout: in 2 of 2 unrelated incident")));
        QCOMPARE(at.words(1, 1), QStringLiteral("inadequate testing was not seen at mail."));
        QVERIFY(at.words(2, 0).isEmpty() && at.words(0, 2).isEmpty());
        const auto reviews = someView().namingAt(1, 0);
        QCOMPARE(reviews.size(), std::size_t(2));
        QCOMPARE(reviews[0].title, QStringLiteral("Checkout slow"));
        QVERIFY(reviews[1].incident == QLatin1String("INC-9") && reviews[1].title.isEmpty()); // the list has it no more
        QVERIFY(someView().namingAt(1, 1).empty() && someView().namingAt(-1, 0).empty());
    }

    void whatDrillsAndWhatWasCalledOffNameIsNoReviewThatCounts()
    {
        const auto both = someView().naming({QStringLiteral("f.push"), QStringLiteral("f.test")});
        QCOMPARE(both.size(), std::size_t(2));
        QCOMPARE(both[0].incident, QStringLiteral("INC-2"));
        QCOMPARE(someView().naming({QStringLiteral("f.push")}).size(), std::size_t(3));
    }

    void anEffectSaysRatioIntervalAndWhy()
    {
        const TrendsView view = someView();
        const auto rows = effectRows(view);
        QCOMPARE(rows[0].cells, (QStringList{QStringLiteral("INC-7 action 1: limits reach one host first"), QStringLiteral("inconclusive"), QStringLiteral("0.25"), QStringLiteral("0.03 to 1.21"), QStringLiteral("9 in 160 days"), QStringLiteral("2 in 140 days")}));
        QCOMPARE(effectSays(view, rows[0].id), QStringLiteral("Recurred 2 times in 140 exposed days, before: 9 in 160. The interval holds 1. Counted from 2026-01-05, when the core started. "
                                                              "Besides: to detect: too few before (2), too few after (1)."));
        QCOMPARE(rows[1].cells[2], QStringLiteral("∞")); // of nothing before
        QCOMPARE(rows[1].cells[3], QStringLiteral("0.10 to ∞"));
        QCOMPARE(effectSays(view, rows[1].id), QStringLiteral("It is done for 3 days."));
    }

    /// From values, so that every language has it; "%n time(s)" is what stands there without one.
    void whatTheCoreSaysIsSaidAgainFromItsValues()
    {
        const auto objectOf = [](QByteArray json) { return QJsonDocument::fromJson(json.replace('\'', '"')).object(); };
        const auto effect = [&](const char *because, const char *more = "") {
            QJsonObject out = objectOf(QByteArray("{'sentence':'x','why':'y','because':'") + because + "','before':{'events':9,'days':160.9},'after':{'events':2,'days':140.0},'ratio':0.254,'low':0.027,'high':1.21,'expected':7.82,"
                                            "'leastDays':28,'unrated':0,'reopened':0,'countedFrom':'2026-01-05T10:00:00Z','countedFromBy':'z','countedFromKind':'connection','countedFromName':'am'}");
            const QJsonObject others = objectOf(QByteArray("{") + more + "}");
            for (auto it = others.begin(); it != others.end(); ++it)
                out.insert(it.key(), it.value());
            return out;
        };
        QCOMPARE(effectSentence(effect("chance")), QStringLiteral("recurred 2 time(s) in 140 exposed days, before: 9 in 160"));
        QCOMPARE(effectSentence(effect("chance", "'reopened':2")), QStringLiteral("recurred 2 time(s) in 140 exposed days, before: 9 in 160; it was open again 2 time(s) before it was done"));
        QCOMPARE(effectSentence(effect("not in place", "'openSince':'2026-03-01T10:00:00Z','reopened':2")), QStringLiteral("was done and is open again since 2026-03-01, 2 time(s) in all"));
        QCOMPARE(effectReason(effect("chance")), QStringLiteral("It may be chance: the rate is 0.25 times what it was, between 0.03 and 1.21."));
        QCOMPARE(effectReason(effect("more often", "'high':null")), QStringLiteral("It happens more often: the rate is 0.25 times what it was, between 0.03 and without end."));
        QCOMPARE(effectReason(effect("few expected")), QStringLiteral("At the rate before, 7.82 were to be expected since: too few to tell."));
        QCOMPARE(effectReason(effect("short since", "'unrated':3")), QStringLiteral("Less than 28 days have passed since. 3 later incident(s) at its services are not rated yet."));
        QCOMPARE(effectReason(effect("unrated", "'unrated':1")), QStringLiteral("1 later incident(s) at its services are not rated yet, and could turn it."));
        for (const char *because : {"no time", "short before", "less often", "as often", "not in place", "no factor"})
            QVERIFY2(effectReason(effect(because)).size() > 20, because);
        QCOMPARE(effectReason(effect("some day")), QStringLiteral("y")); // of a core that knows more
        QCOMPARE(countedFrom(effect("chance")), QStringLiteral("Counted from 2026-01-05, when the connection am was added."));
        QCOMPARE(countedFrom(effect("chance", "'countedFromKind':'omen'")), QStringLiteral("Counted from 2026-01-05, when z."));
        const char *const kLengths = "'lengths':{'sentence':'w','toDetect':{'before':{'count':7,'medianSeconds':240},'after':{'count':2,'medianSeconds':null}},'toResolve':{'before':{'count':9,'medianSeconds':10800},'after':{'count':0,'medianSeconds':null}}}";
        QCOMPARE(effectLengths(effect("chance", kLengths)), QStringLiteral("to detect: median 4m of 7 before, too few after (2); to resolve: median 3h of 9 before, too few after (0)"));
        QCOMPARE(effectLengths(effect("chance")), QString());
    }

    void howFarRatersAgreeIsSaidAgainFromItsValues()
    {
        const auto trend = [](const char *json) { return QJsonDocument::fromJson(QByteArray(json).replace('\'', '"')).object(); };
        QCOMPARE(agreementSentence(trend("{'rated':2,'ratedLeast':5,'kappa':null}")), QStringLiteral("nothing is said of agreement: 2 incident(s) with two raters or more, and it takes 5"));
        QCOMPARE(agreementSentence(trend("{'rated':6,'ratedLeast':5,'kappa':null}")), QStringLiteral("no kappa over 6 incident(s) with two raters or more: nobody differed from anybody"));
        QCOMPARE(agreementSentence(trend("{'rated':6,'ratedLeast':5,'kappa':0.414,'kappaLow':0.02,'kappaHigh':0.8,'shaky':true}")), QStringLiteral("kappa 0.41 over 6 incident(s) with two raters or more, between 0.02 and 0.80: shaky, it may be far off"));
        QCOMPARE(agreementSentence(trend("{'rated':16,'ratedLeast':5,'kappa':-0.001,'kappaLow':null,'shaky':false}")), QStringLiteral("kappa 0.00 over 16 incident(s) with two raters or more"));
        QCOMPARE(agreementSentence(trend("{'agreement':'as it was'}")), QStringLiteral("as it was"));
    }

    void patternsSayWhatIsRequiredAndWhoTouchesThem()
    {
        const TrendsView view = someView();
        const auto rows = patternRows(view);
        QCOMPARE(rows.size(), std::size_t(3));
        QVERIFY(rows[0].isStrong && rows[1].isFaint && !rows[2].isStrong && !rows[2].isFaint);
        QCOMPARE(rows[0].cells, (QStringList{QStringLiteral("Everywhere at once"), QStringLiteral("open"), QStringLiteral("checkout"), QStringLiteral("2"), QStringLiteral("INC-4")}));
        QCOMPARE(rows[2].cells[0], QStringLiteral("configuration push + inadequate testing"));
        QVERIFY(patternSays(view, rows[0].id).startsWith(QStringLiteral("Required: A push reaches one host first.")));
        QVERIFY(patternSays(view, rows[1].id).endsWith(QStringLiteral("Why it is met: measured.")));
    }

    void aPatternThatIsMetSaysWhereItCameBack()
    {
        TrendsLists lists = test::someTrends();
        const auto since = [&](int row, const QStringList &incidents) {
            QJsonObject item = lists.patterns[row].toObject();
            item.insert(QStringLiteral("seenSince"), QJsonArray::fromStringList(incidents));
            lists.patterns[row] = item;
        };
        since(0, {QStringLiteral("INC-8")});
        since(1, {QStringLiteral("INC-6"), QStringLiteral("INC-7")});
        const TrendsView view = trendsOf(lists, QStringLiteral("en"));
        const auto rows = patternRows(view);
        QVERIFY(rows[0].isStrong && rows[1].isStrong && !rows[1].isFaint);
        QCOMPARE(rows[0].cells[3], QStringLiteral("3"));
        QCOMPARE(rows[1].cells[3], QStringLiteral("2"));
        QVERIFY2(patternSays(view, rows[0].id).contains(QStringLiteral("Seen in INC-2, INC-4. Seen since in INC-8.")), qPrintable(patternSays(view, rows[0].id)));
        QVERIFY2(patternSays(view, rows[1].id).contains(QStringLiteral("Met, and seen again since in INC-6, INC-7: open it again? Why it is met: measured.")), qPrintable(patternSays(view, rows[1].id)));
        QVERIFY(checklistOf(view.patterns, QStringLiteral("checkout")).contains(QStringLiteral("seen in INC-2, INC-4, INC-8")));
        PatternRow dropped = *view.pattern(rows[0].id);
        dropped.state = QStringLiteral("dropped");
        QCOMPARE(seenSinceWords(dropped), QString());
    }

    void aDraftHasWhereItsFactorsWereSeen()
    {
        const PatternRow draft = someView().draftOf({QStringLiteral("f.push"), QStringLiteral("f.test")});
        QCOMPARE(draft.number, 0);
        QCOMPARE(draft.incidents, (QStringList{QStringLiteral("INC-2"), QStringLiteral("INC-3")}));
        QCOMPARE(draft.services, (QStringList{QStringLiteral("checkout"), QStringLiteral("mail")}));
    }

    void aChecklistHasLivePatternsAlone()
    {
        const TrendsView view = someView();
        QCOMPARE(livePatternsAt(view.patterns, QStringLiteral("checkout")), 1);
        QCOMPARE(livePatternsAt(view.patterns, QStringLiteral("mail")), 0);
        const QString text = checklistOf(view.patterns, QStringLiteral("checkout"));
        QVERIFY(text.startsWith(QStringLiteral("# Design review: checkout\n\n- [ ] A push reaches one host first.\n")));
        QVERIFY(!text.contains(QStringLiteral("No owner")));
    }

    void whatWentWellStandsBelowTheCauses()
    {
        TrendsLists lists = test::someTrends();
        lists.trends.append(QJsonObject{{QStringLiteral("kind"), QStringLiteral("mitigator")}, {QStringLiteral("factor"), QStringLiteral("f.well")}, {QStringLiteral("label"), QStringLiteral("rollback was ready")},
                                        {QStringLiteral("incidents"), 9}, {QStringLiteral("together"), 1.0}, {QStringLiteral("ofIncidents"), 0.5}});
        lists.factors.append(QJsonObject{{QStringLiteral("kind"), QStringLiteral("mitigator")}, {QStringLiteral("factor"), QStringLiteral("f.well")}, {QStringLiteral("service"), QStringLiteral("mail")}, {QStringLiteral("incidents"), 9}, {QStringLiteral("ofService"), 9}});
        const TrendsView view = trendsOf(lists, QStringLiteral("en")), before = someView();
        QCOMPARE(view.pareto().size(), before.pareto().size());
        QCOMPARE(view.atServices.ids, before.atServices.ids);
        QCOMPARE(view.atServices.ofService, before.atServices.ofService);
        const auto rows = trendRows(view);
        QCOMPARE(rows.size(), trendRows(before).size() + 2);
        QVERIFY(rows[3].isHeading && rows[3].cells[0] == QLatin1String("What went well"));
        QCOMPARE(rows[4].cells.mid(0, 4), (QStringList{QStringLiteral("rollback was ready"), QStringLiteral("9"), QStringLiteral("100 %"), QStringLiteral("50 %")}));
        QVERIFY(trendSays(view, rows[3].id).startsWith(QStringLiteral("What helped is no cause")));
        QVERIFY(trendSays(view, rows[4].id).startsWith(QStringLiteral("rollback was ready: in 50 % of the unrelated incidents here.")));
        TrendsView alone;
        alone.wentWell = view.wentWell;
        QVERIFY(!alone.isEmpty() && trendRows(alone).size() == 2);
    }

    void whatNobodyReviewedIsEmpty()
    {
        const TrendsView view = trendsOf({}, QStringLiteral("en"));
        QVERIFY(view.isEmpty() && trendRows(view).empty() && effectRows(view).empty() && patternRows(view).empty() && view.byQuarter({}).empty());
    }
};

QD_GUI_TEST(TestTrendsView)
#include "tst_trendsview.moc"
