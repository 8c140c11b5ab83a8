// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/foldbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// The five answers to "why is this here, and why was (not) I called": of one evening's alerts, one was paged, one silenced, one inhibited, one
/// folded, one bundled.
class TestWhy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyAlertSaysWhyItCalledSomebodyOrNobody()
    {
        Workspace w = foldingShop();
        w.bundleAfter = 1;
        w.inhibitions.push_back({"critical-first", {is("severity", "critical")}, {is("severity", "warning")}, {"service"}});
        FoldBench b(w);
        VERIFY_RESULT(b.silence({is("alertname", "Noisy")}));

        const std::string paged = b.down("DbDown", "db");
        b.down("WebErrors", "web");
        VERIFY_RESULT(b.command(desk::AcknowledgeEscalation{1}, "dan"));
        const std::string folded = b.down("WebSlow", "web");
        const std::string silenced = b.down("Noisy", "mail");
        b.down("MailDown", "mail");
        const std::string inhibited = b.down("MailSlow", "mail", "warning");
        b.pass(minutes(1));
        const std::string bundled = b.down("MailErrors", "mail");
        b.pass(minutes(4)); // ben is called for MailDown
        b.pass(minutes(1)); // and would be for MailErrors: it waits for the message that holds more

        const std::string whyPaged = b.why(paged);
        QVERIFY2(has(whyPaged, "escalation/1 started by policy data for DbDown") && has(whyPaged, "step 1 called dan"), whyPaged.c_str());
        QCOMPARE(whyPaged.find("step 1 called dan"), whyPaged.rfind("step 1 called dan")); // said once
        QVERIFY2(has(b.whyCalled(paged, "dan"), "Dan was called for DbDown."), b.whyCalled(paged, "dan").c_str());
        QVERIFY2(has(b.whyCalled(paged, "ana"), "Ana was not called for DbDown.") && has(b.whyCalled(paged, "ana"), "no step of policy data names Ana"), b.whyCalled(paged, "ana").c_str());

        const std::string whySilenced = b.why(silenced);
        QVERIFY2(has(whySilenced, "silence/1") && has(whySilenced, "being replaced"), whySilenced.c_str());
        QVERIFY2(has(b.whyCalled(silenced, "ana"), "it is silenced by silence/1"), b.whyCalled(silenced, "ana").c_str());

        const std::string whyInhibited = b.why(inhibited);
        QVERIFY2(has(whyInhibited, "inhibition/critical-first"), whyInhibited.c_str());
        QVERIFY2(has(b.whyCalled(inhibited, "ana"), "it is inhibited by inhibition/critical-first"), b.whyCalled(inhibited, "ana").c_str());

        const std::string whyFolded = b.why(folded);
        QVERIFY2(has(whyFolded, "folded under db") && has(whyFolded, "web → cart → db"), whyFolded.c_str());
        QVERIFY2(has(b.whyCalled(folded, "ana"), "Ana was not called for WebSlow.") && has(b.whyCalled(folded, "ana"), "folded under db"), b.whyCalled(folded, "ana").c_str());

        const std::string whyBundled = b.whyCalled(bundled, "ben");
        QVERIFY2(has(whyBundled, "Ben was called for MailErrors.") && has(whyBundled, "the page is bundled: there were many to ben just now"), whyBundled.c_str());
        b.pass(minutes(2)); // it goes out
        QVERIFY2(has(b.whyCalled(bundled, "ben"), "the page was bundled: bundle/1, one message of "), b.whyCalled(bundled, "ben").c_str());
    }
};

QD_TEST(TestWhy)
#include "tst_why.moc"
