// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/security.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;

namespace {

std::string reasonOf(const Log &log)
{
    return review::securityReason(log.state, *log.state.incident("INC-1"));
}

std::string reasonOfTitle(const std::string &title)
{
    Log log;
    log.record(withWorkspace()).record(anIncident("INC-1").titled(title).service("cart").event());
    return reasonOf(log);
}

std::string reasonOfAlert(const Labels &labels)
{
    Log log;
    log.record(withWorkspace()).record(withConnection("am"));
    const ReportBatch batch = aBatch("am").alert(labels).severity("critical").build();
    log.record(decided(batch)).record(anIncident("INC-1").titled("Cart").service("cart").alert(keyOf(batch)).event());
    return reasonOf(log);
}

} // namespace

/// Which incidents VERIS' actions are offered for.
class TestSecurity : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anIncidentLikeMostIsNone()
    {
        QCOMPARE(reasonOfTitle("Checkout failing, EU"), std::string());
        QCOMPARE(reasonOfTitle("Insecurityish words are none"), std::string());
        QCOMPARE(reasonOfAlert({{"alertname", "DbDown"}, {"service", "cart"}, {"category", "availability"}}), std::string());
    }

    void itsTitleMaySaySo()
    {
        QCOMPARE(reasonOfTitle("Phishing of two colleagues"), std::string("its title says phishing"));
        QCOMPARE(reasonOfTitle("DDoS on the front door"), std::string("its title says ddos"));
        QCOMPARE(reasonOfTitle("Patch CVE-2026-1234 everywhere"), std::string("its title says cve"));
        QCOMPARE(reasonOfTitle("Kundendaten: Datenleck"), std::string("its title says datenleck"));
    }

    /// The reason is read by whoever reads the list.
    void nothingIsQuotedFromAMark()
    {
        QCOMPARE(reasonOfTitle("Cart is slow [[restricted for ana: ransomware on two hosts]]"), std::string());
    }

    void anAlertMaySaySoByItsLabelsOrItsName()
    {
        QCOMPARE(reasonOfAlert({{"alertname", "Odd"}, {"service", "cart"}, {"category", "Security"}}), std::string("an alert of it has category=Security"));
        QCOMPARE(reasonOfAlert({{"alertname", "Odd"}, {"service", "cart"}, {"security", "true"}}), std::string("an alert of it has security=true"));
        QCOMPARE(reasonOfAlert({{"alertname", "MalwareFound"}, {"service", "cart"}}), std::string("an alert of it is called MalwareFound"));
    }

    void theTeamThatOwnsTheServiceMaySaySo()
    {
        Workspace w = aWorkspace();
        Team team;
        team.id = "infosec";
        w.teams.push_back(team);
        Service service;
        service.id = "login";
        service.team = "infosec";
        w.services.push_back(service);
        Log log;
        log.record(withWorkspace(std::move(w))).record(anIncident("INC-1").titled("Login").service("login").event());
        QCOMPARE(reasonOf(log), std::string("team infosec owns login"));
    }

    void whoeverSeesOneOfThemSaysItFirst()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident("INC-1").titled("Cart").service("cart").event()).record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
        QCOMPARE(reasonOf(log), std::string());
        log.record(events::FactorRated{"INC-1", "security.error", {}, "1", {}, false, kAna});
        QCOMPARE(reasonOf(log), std::string("somebody sees security.error in it"));
    }
};

QD_TEST(TestSecurity)
#include "tst_security.moc"
