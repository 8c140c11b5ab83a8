// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/severity.h"
#include "core/model/workspace.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::command;

namespace {

Reckoning plain(int hurt, int many, int workaround)
{
    return reckon({}, {}, {static_cast<Hurt>(hurt), static_cast<HowMany>(many), static_cast<Workaround>(workaround)});
}

AffectedBusiness affected(const char *name, std::uint64_t customers, std::uint64_t revenue, DataClass data = DataClass::Internal, bool regulated = false)
{
    return {{name, name, customers, revenue, data, regulated}, "checkout", 0};
}

SeverityMatrix inEuros()
{
    SeverityMatrix m;
    m.version = "2026-11";
    m.currency = "EUR";
    return m;
}

} // namespace

class TestSeverity : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void threeAnswersGiveASeverity_data()
    {
        QTest::addColumn<int>("hurt");
        QTest::addColumn<int>("many");
        QTest::addColumn<int>("workaround");
        QTest::addColumn<int>("severity");
        QTest::newRow("all of them, now") << 2 << 2 << 0 << 1;
        QTest::newRow("all of them, but there is a way") << 2 << 2 << 1 << 2;
        QTest::newRow("some of them") << 2 << 1 << 0 << 2;
        QTest::newRow("few of them") << 2 << 0 << 0 << 3;
        QTest::newRow("few, with a workaround") << 2 << 0 << 1 << 4;
        QTest::newRow("soon all") << 1 << 2 << 0 << 2;
        QTest::newRow("nobody") << 0 << 2 << 0 << 4;
        QTest::newRow("never below SEV5") << 0 << 0 << 1 << 5;
    }
    void threeAnswersGiveASeverity()
    {
        QFETCH(int, hurt);
        QFETCH(int, many);
        QFETCH(int, workaround);
        QFETCH(int, severity);
        const Reckoning s = plain(hurt, many, workaround);
        QCOMPARE(static_cast<int>(s.suggested), severity);
        QCOMPARE(s.matrix, std::string("console"));
        QVERIFY(QString::fromStdString(s.arithmetic).endsWith(QStringLiteral("= SEV%1").arg(severity)));
    }

    void aWorseAnswerNeverGivesALesserSeverity()
    {
        for (int hurt = 0; hurt < 3; ++hurt)
            for (int many = 0; many < 3; ++many)
                for (int workaround = 0; workaround < 2; ++workaround) {
                    const auto at = [](int h, int m, int w) { return plain(h, m, w).suggested; };
                    const auto here = at(hurt, many, workaround);
                    QVERIFY(hurt == 2 || at(hurt + 1, many, workaround) <= here);
                    QVERIFY(many == 2 || at(hurt, many + 1, workaround) <= here);
                    QVERIFY(workaround == 0 || at(hurt, many, workaround - 1) <= here);
                }
    }

    void theArithmeticIsShown()
    {
        QCOMPARE(plain(1, 1, 0).arithmetic, std::string("SEV1; not hurt yet +1; some +1 = SEV3"));
    }

    void figuresOfTheBusinessAreReckonedWith()
    {
        Impact impact;
        impact.business = {affected("Webshop", 20'000, 40'000), affected("Gift cards", 500, 12'000)};
        const Reckoning r = reckon(inEuros(), impact, {Hurt::Yes, HowMany::Some, Workaround::Exists});
        QCOMPARE(r.arithmetic, std::string("25 % of 20,000 customers (Webshop) = 5,000: SEV2; 25 % of 52,000 EUR/h = 13,000 EUR/h: SEV2; the worse is SEV2; a workaround +1 = SEV3"));
        QCOMPARE(r.business, (std::vector<std::string>{"Webshop", "Gift cards"}));
        QVERIFY(r.matrix.starts_with("2026-11 ("));
        QCOMPARE(r.hurt + r.howMany + r.workaround, std::string("yessomeyes"));
    }

    void theWorseOfCustomersAndRevenueCounts()
    {
        Impact impact;
        impact.business = {affected("Payroll", 40, 200'000)};
        QVERIFY(reckon(inEuros(), impact, {}).suggested == IncidentSeverity::Sev1);
        impact.business = {affected("Newsletter", 20'000, 0)};
        QCOMPARE(reckon(inEuros(), impact, {}).arithmetic, std::string("100 % of 20,000 customers (Newsletter) = 20,000: SEV1 = SEV1"));
        impact.business = {affected("Canteen", 9, 0)};
        QVERIFY(reckon(inEuros(), impact, {}).suggested == IncidentSeverity::Sev5);
    }

    void sensitiveDataAndRegulationRaiseItOnceEach()
    {
        Impact impact;
        impact.business = {affected("Records", 200, 0, DataClass::Restricted, true), affected("Archive", 100, 0, DataClass::Restricted, true)};
        const Reckoning r = reckon(inEuros(), impact, {Hurt::Soon, HowMany::Most, Workaround::None});
        QCOMPARE(r.arithmetic, std::string("100 % of 200 customers (Records) = 200: SEV3; not hurt yet +1; restricted data (Records) -1; regulated (Records) -1 = SEV2"));
        impact.business = {affected("Papers", 0, 0, DataClass::Confidential)}; // nothing is known of it: the answers decide
        QCOMPARE(reckon(inEuros(), impact, {Hurt::Yes, HowMany::Few, Workaround::None}).arithmetic, std::string("SEV1; few +2 = SEV3"));
    }

    void aWorseAnswerNeverGivesALesserSeverityWithFiguresEither()
    {
        Impact impact;
        impact.business = {affected("Webshop", 3'000, 900, DataClass::Restricted)};
        for (int many = 0; many < 2; ++many)
            for (int hurt = 0; hurt < 2; ++hurt) {
                const auto at = [&](int h, int m) { return reckon(inEuros(), impact, {static_cast<Hurt>(h), static_cast<HowMany>(m), Workaround::None}).suggested; };
                QVERIFY(at(hurt + 1, many) <= at(hurt, many) && at(hurt, many + 1) <= at(hurt, many));
            }
    }

    void aMatrixIsToldApartByWhatItSays()
    {
        SeverityMatrix a = inEuros(), b = inEuros();
        QCOMPARE(nameOf(a), nameOf(b));
        b.restrictedSteps = 2;
        QVERIFY(nameOf(a) != nameOf(b));
        b = inEuros();
        b.version = "2027-01"; // another name for the same
        QCOMPARE(nameOf(a).substr(nameOf(a).find('(')), nameOf(b).substr(nameOf(b).find('(')));
        QCOMPARE(nameOf(SeverityMatrix{}), std::string("console"));
        QVERIFY(Workspace().matrix() == SeverityMatrix{});
    }

    void theThreeAnswersGoTogether()
    {
        QVERIFY(answersOf("", "", "").has_value() && !answersOf("", "", "")->has_value());
        VERIFY_FAILS(answersOf("yes", "", ""), Code::Invalid);
        VERIFY_FAILS(answersOf("maybe", "most", "no"), Code::Invalid);
        const auto all = answersOf("soon", "few", "yes");
        VERIFY_RESULT(all);
        QVERIFY((*all)->hurt == Hurt::Soon && (*all)->howMany == HowMany::Few && (*all)->workaround == Workaround::Exists);
    }

    void whatIsAffectedIsSaidInWords()
    {
        QCOMPARE(inWords(affected("Webshop", 20'000, 52'000, DataClass::Restricted, true), inEuros()),
                 std::string("Webshop (by checkout): 20,000 customers, 52,000 EUR/h, restricted data, regulated"));
        AffectedBusiness far = affected("Gifts", 0, 0);
        far.hops = 2;
        QCOMPARE(inWords(far, {}), std::string("Gifts (by checkout, which depends on it): customers not said, revenue not said, internal data"));
    }
};

QD_TEST(TestSeverity)
#include "tst_severity.moc"
