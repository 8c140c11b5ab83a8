// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/effect.h"

#include "tests/support/suite.h"

#include <QtTest>
#include <cmath>

using namespace qd;
using namespace qd::review;

namespace {

/// 2026-01-01, and so many days later.
Instant day(int n)
{
    return *parseInstant("2026-01-01T00:00:00Z") + hours(24 * n);
}

Occurrence occurred(const std::string &incident, int on, std::vector<std::string> factors = {"technical/configuration"}, std::vector<std::string> services = {"checkout"})
{
    return {incident, day(on), std::move(factors), std::move(services), true};
}

bool isNear(double got, double published, double within = 1e-6)
{
    return std::abs(got - published) <= within * std::max(1.0, std::abs(published));
}

} // namespace

class TestEffect : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Intervals and ratios as others published them, to every digit they gave.
    void intervalsAreThosePublished_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<double>("firstTime");
        QTest::addColumn<int>("second");
        QTest::addColumn<double>("secondTime");
        QTest::addColumn<double>("confidence");
        QTest::addColumn<double>("ratio");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        // M. P. Fay, "Testing the Ratio of Two Poisson Rates" (2022), section 1, vignette of R's rateratio.test.
        QTest::newRow("Fay: 2 in 17877 against 9 in 16660") << 2 << 17877.0 << 9 << 16660.0 << 0.95 << 0.2070941557 << 0.02177406 << 1.00054910;
        // R's stats::poisson.test, printed output of published course notes (zoo and p53 counts; articles of biochemists of pscl's data).
        QTest::newRow("R: 10 in 20000 against 2 in 17887") << 10 << 20000.0 << 2 << 17887.0 << 0.95 << 4.47175 << 0.9529548 << 41.9743814;
        QTest::newRow("R: 909 in 12 against 901 in 14, 99 %") << 909 << 12.0 << 901 << 14.0 << 0.99 << 1.177026 << 1.041626 << 1.330051;
        QTest::newRow("R: 930 against 619 in 3") << 930 << 3.0 << 619 << 3.0 << 0.95 << 1.502423 << 1.355716 << 1.665905;
    }
    void intervalsAreThosePublished()
    {
        QFETCH(int, first);
        QFETCH(double, firstTime);
        QFETCH(int, second);
        QFETCH(double, secondTime);
        QFETCH(double, confidence);
        QFETCH(double, ratio);
        QFETCH(double, low);
        QFETCH(double, high);
        const Effect e = effectOf({static_cast<std::uint64_t>(second), secondTime}, {static_cast<std::uint64_t>(first), firstTime}, confidence);
        QVERIFY2(isNear(e.ratio, ratio), qPrintable(QString::number(e.ratio, 'g', 12)));
        QVERIFY2(isNear(e.low, low), qPrintable(QString::number(e.low, 'g', 12)));
        QVERIFY2(isNear(e.high, high), qPrintable(QString::number(e.high, 'g', 12)));
    }

    void pIsTheOneThatBelongsToTheInterval()
    {
        // Fay, as above: p = 0.05011, where the minimum likelihood test would say 0.0469 and contradict its own interval.
        const Effect e = effectOf({9, 16660}, {2, 17877});
        QVERIFY2(isNear(e.pValue, 0.05011, 1e-5), qPrintable(QString::number(e.pValue, 'g', 12)));
    }

    void noneAfterwardsHasNoLowerBoundButZero()
    {
        const Effect e = effectOf({12, 200}, {0, 200});
        QCOMPARE(e.low, 0.0);
        QCOMPARE(e.ratio, 0.0);
        // By hand: the bound is p/(1-p) with (1-p)^12 = 0.025.
        const double p = 1 - std::pow(0.025, 1.0 / 12);
        QVERIFY(isNear(e.high, p / (1 - p), 1e-9));
        QCOMPARE(e.verdict, Verdict::Effective);
    }

    void noneBeforeHasNoUpperBound()
    {
        const Effect e = effectOf({0, 200}, {5, 200});
        QVERIFY(std::isinf(e.high));
        QVERIFY(std::isinf(e.ratio));
        QVERIFY(e.low > 0);
    }

    void theSentenceComesFirst()
    {
        QCOMPARE(effectOf({9, 160}, {2, 140}).sentence, std::string("recurred 2 times in 140 exposed days, before: 9 in 160"));
        QCOMPARE(effectOf({0, 10}, {1, 31.9}).sentence, std::string("recurred 1 time in 31 exposed days, before: 0 in 10"));
    }

    void verdicts_data()
    {
        QTest::addColumn<int>("before");
        QTest::addColumn<double>("daysBefore");
        QTest::addColumn<int>("after");
        QTest::addColumn<double>("daysAfter");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("much less often") << 20 << 200.0 << 2 << 200.0 << "effective";
        QTest::newRow("the example of the sentence may be chance") << 9 << 160.0 << 2 << 140.0 << "inconclusive";
        QTest::newRow("as often as before, and that it halved is left out") << 24 << 160.0 << 24 << 160.0 << "ineffective";
        QTest::newRow("as often as before may be chance of few") << 4 << 120.0 << 4 << 120.0 << "inconclusive";
        QTest::newRow("a little more often too") << 8 << 160.0 << 9 << 160.0 << "inconclusive";
        QTest::newRow("somewhat less often, of many") << 100 << 160.0 << 85 << 160.0 << "inconclusive";
        QTest::newRow("more often") << 3 << 160.0 << 15 << 160.0 << "ineffective";
        QTest::newRow("a week says nothing") << 9 << 160.0 << 0 << 7.0 << "not enough data yet";
        QTest::newRow("a day short of four weeks") << 40 << 160.0 << 3 << 27.99 << "not enough data yet";
        QTest::newRow("four weeks") << 40 << 160.0 << 3 << 28.0 << "inconclusive";
        QTest::newRow("what happens once a year needs years") << 1 << 365.0 << 0 << 365.0 << "not enough data yet";
        QTest::newRow("once an hour or two before, and not in four days") << 1 << 0.1 << 0 << 4.0 << "not enough data yet";
        QTest::newRow("much in a short time before") << 20 << 27.0 << 0 << 200.0 << "not enough data yet";
        QTest::newRow("none in a day short of four weeks") << 60 << 60.0 << 0 << 27.99 << "not enough data yet";
        QTest::newRow("none in four weeks") << 60 << 60.0 << 0 << 28.0 << "effective";
        QTest::newRow("no time before") << 1 << 0.0 << 0 << 365.0 << "not enough data yet";
        QTest::newRow("nothing at all") << 0 << 365.0 << 0 << 365.0 << "not enough data yet";
        QTest::newRow("a week in which it got worse says so") << 2 << 300.0 << 9 << 7.0 << "ineffective";
    }
    void verdicts()
    {
        QFETCH(int, before);
        QFETCH(double, daysBefore);
        QFETCH(int, after);
        QFETCH(double, daysAfter);
        QFETCH(QString, verdict);
        const Effect e = effectOf({static_cast<std::uint64_t>(before), daysBefore}, {static_cast<std::uint64_t>(after), daysAfter});
        QCOMPARE(QString::fromUtf8(word(e.verdict).data(), static_cast<int>(word(e.verdict).size())), verdict);
        QVERIFY(!e.why.empty());
        // What it stands on says the same as its sentence.
        const std::string_view because = word(e.because);
        QCOMPARE(because == "more often", e.why.starts_with("It happens more often"));
        QCOMPARE(because == "less often", e.why.starts_with("It happens less often"));
        QCOMPARE(because == "as often", e.why.starts_with("It happens as often"));
        QCOMPARE(because == "chance", e.why.starts_with("It may be chance"));
        QCOMPARE(because == "short since" || because == "short before", e.why.starts_with("Less than 28 days"));
        QCOMPARE(because == "few expected", e.why.starts_with("At the rate before"));
        QCOMPARE(because == "no time", e.why.starts_with("There is no time"));
    }

    void recurrenceNeedsTheFactorAndASharedService()
    {
        const Remedy remedy{"INC-1", "technical/configuration", 1, day(40), {"checkout", "cart"}};
        const std::vector<Occurrence> all{occurred("INC-1", 10),
                                          occurred("INC-2", 20),
                                          occurred("INC-3", 60),
                                          occurred("INC-4", 61, {"process/testing"}),
                                          occurred("INC-5", 62, {"technical/configuration"}, {"mail"}),
                                          occurred("INC-6", 63, {"process/testing", "technical/configuration"}, {"mail", "cart"}),
                                          occurred("INC-7", 200)}; // later than now
        const Recurrence r = recurrenceOf(remedy, all, day(0), day(100));
        QCOMPARE(r.before, (std::vector<std::string>{"INC-1", "INC-2"}));
        QCOMPARE(r.after, (std::vector<std::string>{"INC-3", "INC-6"}));
        QCOMPARE(r.effect.sentence, std::string("recurred 2 times in 60 exposed days, before: 2 in 40"));
    }

    void drillsAndCopiesAreNoRecurrence()
    {
        const Remedy remedy{"INC-1", "technical/configuration", 1, day(40), {"checkout"}};
        std::vector<Occurrence> all{occurred("INC-1", 10), occurred("INC-2", 50), occurred("INC-3", 51)};
        all[1].counts = all[2].counts = false;
        QVERIFY(recurrenceOf(remedy, all, day(0), day(100)).after.empty());
    }

    void whatIsWrittenOfAnOlderTimeAfterwardsIsListedAndLengthensNothing()
    {
        const Remedy remedy{"INC-1", "technical/configuration", 1, day(40), {"checkout"}};
        std::vector<Occurrence> all{occurred("INC-9", -300), occurred("INC-1", 10), occurred("INC-2", 50)};
        all[0].isWrittenAfterwards = true;
        const Recurrence r = recurrenceOf(remedy, all, day(0), day(100));
        QCOMPARE(r.before, (std::vector<std::string>{"INC-9", "INC-1"}));
        QCOMPARE(r.effect.sentence, std::string("recurred 1 time in 60 exposed days, before: 1 in 40"));
    }

    /// Declared here with an early start, its own too: that it happened is known, and not what else did in that time.
    void anIncidentOfBeforeTheFirstRecordIsListedAndLengthensNothing()
    {
        const Remedy remedy{"INC-1", "technical/configuration", 1, day(40), {"checkout"}};
        const Recurrence r = recurrenceOf(remedy, {occurred("INC-9", -60), occurred("INC-1", 30)}, day(20), day(70));
        QCOMPARE(r.before, (std::vector<std::string>{"INC-9", "INC-1"}));
        QCOMPARE(r.effect.sentence, std::string("recurred 0 times in 30 exposed days, before: 1 in 20"));
        const Recurrence own = recurrenceOf(remedy, {occurred("INC-1", -60), occurred("INC-2", 30)}, day(20), day(70));
        QCOMPARE(own.before, (std::vector<std::string>{"INC-1", "INC-2"}));
        QCOMPARE(own.effect.sentence, std::string("recurred 0 times in 30 exposed days, before: 1 in 20"));
    }

    void whereNobodyKnowsWhenCountingBeganItBeganWithTheFirstIncident()
    {
        const Remedy remedy{"INC-1", "technical/configuration", 1, day(40), {"checkout"}};
        const Recurrence r = recurrenceOf(remedy, {occurred("INC-1", 10), occurred("INC-2", 30)}, {}, day(70));
        QCOMPARE(r.before, (std::vector<std::string>{"INC-1", "INC-2"}));
        QCOMPARE(r.effect.sentence, std::string("recurred 0 times in 30 exposed days, before: 1 in 30"));
    }

    void anIncidentThatBeginsTheTimeIsNotCountedInIt()
    {
        const Remedy remedy{"INC-1", "technical/configuration", 1, day(40), {"checkout"}};
        const std::vector<Occurrence> all{occurred("INC-1", 10), occurred("INC-2", 30)};
        const Recurrence r = recurrenceOf(remedy, all, day(10), day(100));
        QCOMPARE(r.before, (std::vector<std::string>{"INC-1", "INC-2"}));
        QCOMPARE(r.effect.before.events, std::uint64_t(1));
        QCOMPARE(recurrenceOf(remedy, all, day(9), day(100)).effect.before.events, std::uint64_t(2));
    }

    void aFamilyIsOneEvent()
    {
        const Remedy remedy{"INC-1", "technical/configuration", 1, day(40), {"checkout"}};
        std::vector<Occurrence> all{occurred("INC-1", 10), occurred("INC-6", 11), occurred("INC-2", 50), occurred("INC-3", 51), occurred("INC-4", 52)};
        all[1].family = "INC-1";
        all[3].family = all[4].family = "INC-2";
        const Recurrence r = recurrenceOf(remedy, all, day(0), day(100));
        QCOMPARE(r.before, (std::vector<std::string>{"INC-1"}));
        QCOMPARE(r.after, (std::vector<std::string>{"INC-2"}));
    }

    /// It was declared as going on from the one before: that the remedy did not hold is said by nothing better.
    void whatFollowsItsOwnIncidentAfterTheFixIsARecurrence()
    {
        const Remedy remedy{"INC-1", "technical/configuration", 1, day(40), {"checkout"}};
        std::vector<Occurrence> all{occurred("INC-1", 10), occurred("INC-5", 53), occurred("INC-7", 60)};
        all[1].family = all[2].family = "INC-1";
        const Recurrence r = recurrenceOf(remedy, all, day(0), day(100));
        QCOMPARE(r.after, (std::vector<std::string>{"INC-5"})); // once
        QCOMPARE(r.effect.sentence, std::string("recurred 1 time in 60 exposed days, before: 1 in 40"));
        // Where nobody has named its factor yet it is said, too.
        all.pop_back();
        all[1].factors.clear();
        QCOMPARE(recurrenceOf(remedy, all, day(0), day(100)).unrated, std::uint64_t(1));
    }

    void whatIsPartOfItsWorkIsThatEventWheneverItWasDeclared()
    {
        const Remedy remedy{"INC-1", "technical/configuration", 1, day(40), {"checkout"}};
        std::vector<Occurrence> all{occurred("INC-1", 39), occurred("INC-2", 41), occurred("INC-3", 50), occurred("INC-4", 50, {})};
        all[1].family = all[1].partOf = "INC-1";
        all[3].family = all[3].partOf = "INC-3";
        const Recurrence r = recurrenceOf(remedy, all, day(0), day(100));
        QCOMPARE(r.before, (std::vector<std::string>{"INC-1"}));
        QCOMPARE(r.after, (std::vector<std::string>{"INC-3"}));
        QCOMPARE(r.unrated, std::uint64_t(0));
    }

    void whatIsNotRatedYetIsSaidAndMayLeaveItOpen()
    {
        const Remedy remedy{"INC-1", "technical/configuration", 1, day(200), {"checkout"}};
        std::vector<Occurrence> all;
        for (int n = 0; n < 20; ++n)
            all.push_back(occurred("INC-" + std::to_string(n + 1), 5 + n * 9));
        QCOMPARE(recurrenceOf(remedy, all, day(0), day(400)).effect.verdict, Verdict::Effective);
        all.push_back(occurred("INC-100", 300, {}));
        all.push_back(occurred("INC-101", 301, {}, {"mail"}));
        const Recurrence one = recurrenceOf(remedy, all, day(0), day(400));
        QCOMPARE(one.unrated, std::uint64_t(1));
        QCOMPARE(one.effect.verdict, Verdict::Effective);
        QVERIFY2(one.effect.why.ends_with(" 1 later incident at its services is not rated yet."), one.effect.why.c_str());
        for (int n = 0; n < 15; ++n)
            all.push_back(occurred("INC-" + std::to_string(n + 200), 310 + n, {}));
        const Recurrence many = recurrenceOf(remedy, all, day(0), day(400));
        QCOMPARE(many.effect.verdict, Verdict::NotEnough);
        QCOMPARE(many.effect.why, std::string("16 later incidents at its services are not rated yet, and could turn it."));
    }

    void anActionWithoutAFactorSaysSo()
    {
        const Recurrence r = recurrenceOf({"INC-1", "", 1, day(40), {"checkout"}}, {occurred("INC-1", 10), occurred("INC-2", 50)}, day(0), day(400));
        QCOMPARE(r.effect.verdict, Verdict::NotEnough);
        QVERIFY(r.effect.why.find("no factor") != std::string::npos);
        QVERIFY(r.after.empty());
    }

    void whatIsOpenAgainHasNoTimeAfterwards()
    {
        Remedy remedy{"INC-1", "technical/configuration", 1, {}, {"checkout"}, 1, day(60)};
        const std::vector<Occurrence> all{occurred("INC-1", 10), occurred("INC-2", 30), occurred("INC-3", 70)};
        const Recurrence once = recurrenceOf(remedy, all, day(0), day(100));
        QCOMPARE(once.effect.verdict, Verdict::Reopened);
        QCOMPARE(word(once.effect.verdict), std::string_view("reopened"));
        QCOMPARE(once.effect.sentence, std::string("was done and is open again since 2026-03-02"));
        QCOMPARE(once.before, (std::vector<std::string>{"INC-1", "INC-2", "INC-3"}));
        QVERIFY(once.after.empty() && std::isnan(once.effect.ratio) && once.effect.before.days == 100 && once.effect.after.days == 0);
        remedy.reopened = 3;
        QCOMPARE(recurrenceOf(remedy, all, day(0), day(100)).effect.sentence, std::string("was done and is open again since 2026-03-02, 3 times in all"));
        // That there is no factor is no reason to say less.
        remedy.factor.clear();
        QCOMPARE(recurrenceOf(remedy, all, day(0), day(100)).effect.verdict, Verdict::Reopened);
    }

    void whatWasDoneAgainIsJudgedFromThatDay()
    {
        const Remedy remedy{"INC-1", "technical/configuration", 1, day(60), {"checkout"}, 2};
        const Recurrence r = recurrenceOf(remedy, {occurred("INC-1", 10), occurred("INC-2", 50), occurred("INC-3", 70)}, day(0), day(100));
        QCOMPARE(r.effect.sentence, std::string("recurred 1 time in 40 exposed days, before: 2 in 60; it was open again 2 times before it was done"));
        QVERIFY(r.effect.verdict != Verdict::Reopened);
    }

    void anActionThatIsNotDoneHasNoTimeAfterwards()
    {
        const Recurrence r = recurrenceOf({"INC-1", "technical/configuration", 1, {}, {"checkout"}}, {occurred("INC-1", 10)}, day(0), day(400));
        QCOMPARE(r.effect.verdict, Verdict::NotEnough);
    }
};

QD_TEST(TestEffect)
#include "tst_effect.moc"
