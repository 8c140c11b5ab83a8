// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/get.h"
#include "core/control/review.h"
#include "core/review/spelling.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace qd;
using namespace qd::tests;

namespace {

QJsonObject parsed(const std::string &json)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
}

QJsonObject first(const Log &log, std::string_view what)
{
    const auto got = control::getJson(log.state, what, {});
    return got ? parsed(*got)[QLatin1String("items")].toArray().at(0).toObject() : QJsonObject();
}

QString text(const QJsonObject &o, const char *name)
{
    return o[QLatin1String(name)].toString();
}

Log aReviewRead()
{
    Workspace w = aWorkspace();
    Log log;
    log.record(withWorkspace(std::move(w))).record(anIncident().severity(IncidentSeverity::Sev1).service("cart").event());
    log.record(events::ReviewArranged{"INC-1", "ana", "", kMorning + hours(1), {}, {"ana", "ben"}, kAna});
    log.record(events::SectionWritten{"INC-1", "narrative", "It was human error. The token is [[restricted for ben: hunter2 should have]].", 0, 2, false, kAna});
    log.record(events::ContributionGiven{"INC-1", "ben", {}, "ana", kAna});
    log.record(events::FactorRated{"INC-1", "trigger.none", {}, "2026.1", {"line/2"}, false, kAna});
    log.record(events::ActionKept{"INC-1", "cap it", "ben", {}, {}, 1, kMorning + hours(24), Strength::Engineer, kAna});
    log.record(events::ActionKept{"INC-1", "cap it", "ben", {}, {}, 1, kMorning + hours(48), Strength::Engineer, kAna});
    log.record(events::ReviewCommented{"INC-1", "narrative", "human", "how?", 1, 0, kAna});
    return log;
}

} // namespace

/// Reviews, actions and the taxonomy as they are read from outside.
class TestReviews : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aReviewIsListedWithWhatItWaitsFor()
    {
        Log log = aReviewRead();
        const QJsonObject r = first(log, "reviews");
        QCOMPARE(text(r, "incident"), QStringLiteral("INC-1"));
        QCOMPARE(text(r, "phase"), QStringLiteral("draft"));
        QVERIFY(r[QLatin1String("gated")].toBool() && !r[QLatin1String("overdue")].toBool());
        QCOMPARE(r[QLatin1String("gates")].toArray().size(), 4);
        QCOMPARE(text(r[QLatin1String("gates")].toArray()[0].toObject(), "standing"), QStringLiteral("open"));
        QCOMPARE(text(r[QLatin1String("people")].toArray()[1].toObject(), "delegate"), QStringLiteral("ana"));
        QCOMPARE(text(r[QLatin1String("factors")].toArray()[0].toObject(), "label"), QStringLiteral("nothing changed"));
        QVERIFY(!r.contains(QLatin1String("texts")) && r[QLatin1String("openComments")].toInt() == 1);
        log.record(events::LogWritten{"INC-1", "later", kAna}, hours(2));
        QVERIFY(first(log, "reviews")[QLatin1String("overdue")].toBool());
        // An incident without a review is in no list of them.
        log.record(anIncident("INC-2").event());
        QCOMPARE(parsed(*control::getJson(log.state, "reviews", {}))[QLatin1String("items")].toArray().size(), 1);
    }
    void actionsAreOneRegister()
    {
        Log log = aReviewRead();
        log.record(events::LogWritten{"INC-1", "later", kAna}, hours(72));
        const QJsonObject a = first(log, "actions");
        QVERIFY(text(a, "incident") == QStringLiteral("INC-1") && text(a, "state") == QStringLiteral("open") && a[QLatin1String("overdue")].toBool());
        QCOMPARE(a[QLatin1String("slips")].toArray().size(), 1);
        QCOMPARE(a[QLatin1String("ageDays")].toInt(), 3);
        control::Filter ofBen, ofAna;
        ofBen.owner = "ben";
        ofAna.owner = "ana";
        QCOMPARE(parsed(*control::getJson(log.state, "actions", ofBen))[QLatin1String("items")].toArray().size(), 1);
        QCOMPARE(parsed(*control::getJson(log.state, "actions", ofAna))[QLatin1String("items")].toArray().size(), 0);
        log.record(events::ActionTurned{"INC-1", {}, 1, ActionState::Done, kAna}).record(events::LogWritten{"INC-1", "x", kAna}, hours(240));
        QVERIFY(!first(log, "actions")[QLatin1String("overdue")].toBool());
        QCOMPARE(first(log, "actions")[QLatin1String("ageDays")].toInt(), 3); // until it was done
    }
    void theTaxonomyIsListed()
    {
        const QJsonObject f = first(aReviewRead(), "taxonomy");
        QCOMPARE(text(f, "id"), QStringLiteral("trigger.binary-push"));
        QCOMPARE(text(f, "rate"), QStringLiteral("37"));
        QCOMPARE(text(f[QLatin1String("labels")].toObject(), "de"), QStringLiteral("Auslieferung eines Programms"));
        QVERIFY(f[QLatin1String("kappa")].isNull());
    }
    void aReviewIsReadWithItsTexts()
    {
        const Log log = aReviewRead();
        VERIFY_FAILS(control::reviewJson(log.state, {"INC-9"}), Code::NotFound);
        const auto got = control::reviewJson(log.state, {"INC-1"});
        VERIFY_RESULT(got);
        const QJsonObject section = parsed(*got)[QLatin1String("texts")].toArray().at(0).toObject();
        QVERIFY(text(section, "text").startsWith(QStringLiteral("It was human error.")) && section[QLatin1String("findings")].toInt() >= 2);
        QCOMPARE(text(parsed(*got)[QLatin1String("said")].toArray().at(0).toObject(), "quote"), QStringLiteral("human"));
    }
    void whatIsFoundQuotesNothingItsReaderMayNotRead()
    {
        const Log log = aReviewRead();
        control::ReviewLint asked{"INC-1", "narrative", {}, "de", {}};
        const auto spelling = review::Spelling::open({"en"});
        const auto ofAna = control::linted(log.state, asked, "ana"), ofBen = control::linted(log.state, asked, "ben");
        VERIFY_RESULT(ofAna);
        VERIFY_RESULT(ofBen);
        const std::string ana = control::lintedJson(*ofAna, *spelling), ben = control::lintedJson(*ofBen, *spelling);
        QVERIFY2(ana.find("hunter2") == std::string::npos && ana.find("should have") == std::string::npos && ana.find("human error") != std::string::npos, ana.c_str());
        QVERIFY2(ben.find("should have") != std::string::npos, ben.c_str());
        QVERIFY2(ana.find("Wie machten Arbeit und Werkzeuge") != std::string::npos, ana.c_str());
    }
    void aTextOfNoSectionNamesNobody()
    {
        const Log log = aReviewRead();
        const auto got = control::linted(log.state, {"INC-1", {}, "tell Ben about the limit of our pool", {}, {}}, "ana");
        VERIFY_RESULT(got);
        QCOMPARE(got->findings.size(), std::size_t(1));
        QVERIFY(got->findings[0].kind == review::FindingKind::Name && got->findings[0].words == "Ben");
        VERIFY_FAILS(control::linted(log.state, {"INC-1", "nosuch", {}, {}, {}}, "ana"), Code::NotFound);
        VERIFY_FAILS(control::linted(log.state, {"INC-1", "narrative", std::string(state::kSectionBytes + 1, 'x'), {}, {}}, "ana"), Code::TooLarge);
    }
    void aWordIsSpeltOtherwiseAndWhatIsMissingIsSaid()
    {
        const Log log = aReviewRead();
        const auto got = control::linted(log.state, {"INC-1", {}, {}, {}, "configuraton"}, "ana");
        VERIFY_RESULT(got);
        const auto english = review::Spelling::open({"en"});
        QVERIFY(control::lintedJson(*got, *english).find("\"configuration\"") != std::string::npos);
        const QTemporaryDir empty;
        const auto none = review::Spelling::open({"en"}, empty.path().toStdString());
        QVERIFY(control::lintedJson(*got, *none).find("install hunspell-en-us") != std::string::npos);
    }
};

QD_TEST(TestReviews)
#include "tst_reviews.moc"
