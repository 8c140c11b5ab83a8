// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/notify/pagelink.h"

#include "core/notify/outboxdriver.h"
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
        page.effect = Effect::Post; // said in a room: whoever presses it answers for themselves
        QCOMPARE(notify::answerWord(page), std::string("!ack escalation/3"));
        page.effect = Effect::Topic;
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
    /// The link is good for whoever opens it, and a room reads a mention.
    void aMentionHasNoLinkAndIsSaidInItsRoom()
    {
        Workspace w;
        w.publicUrl = "https://desk.example.org";
        w.people.push_back({"ana", "Ana", "UTC", {}});
        events::OutboxQueued page;
        page.effect = Effect::Page;
        page.person = "ana";
        page.escalation = 3;
        QVERIFY(notify::wantsAnswerLink(page, w) && notify::isToPerson(page) && !notify::isMention(page));
        page.mentions = {"ana@chat.example"};
        QVERIFY(!notify::wantsAnswerLink(page, w) && !notify::isToPerson(page) && notify::isMention(page));
        QCOMPARE(notify::answerWord(page), std::string("!ack escalation/3"));
    }
};

QD_TEST(TestPageLink)
#include "tst_pagelink.moc"
