// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/notify/pagelink.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using events::Effect;

class TestPageLink final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// A button stands as long as its message does, and answers no call that came later.
    void aButtonAnswersTheOneCallItWasMadeFor()
    {
        events::OutboxQueued page;
        page.effect = Effect::Page;
        QCOMPARE(notify::answerWord(page), std::string());
        page.escalation = 3;
        QCOMPARE(notify::answerWord(page), std::string("!ack escalation/3"));
        page.incident = "INC-7";
        QCOMPARE(notify::answerWord(page), std::string("!ack escalation/3"));
        page.effect = Effect::Post;
        QCOMPARE(notify::answerWord(page), std::string());
        events::OutboxQueued test;
        test.effect = Effect::Page;
        test.subject = "test/2";
        QCOMPARE(notify::answerWord(test), std::string("!ack test/2"));
        events::OutboxQueued bundle;
        bundle.effect = Effect::Page;
        bundle.calls = {3, 4};
        QCOMPARE(notify::answerWord(bundle), std::string());
    }
};

QD_TEST(TestPageLink)
#include "tst_pagelink.moc"
