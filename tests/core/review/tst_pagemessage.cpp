// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/pagemessage.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;

/// What of a review a status page tells.
class TestPageMessage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theHeadingIsTheMessagesOwn()
    {
        const auto all = review::pageMessageOf("INC-7: Checkout was slow", "INC-7: Checkout was slow\n========\n\nSummary\n-------\n\nIt was slow.\n", false);
        QVERIFY(all.has_value());
        QCOMPARE(all->title, std::string("Checkout was slow"));
        QCOMPARE(all->text, std::string("Summary\n-------\n\nIt was slow.\n"));
        const auto one = review::pageMessageOf("Checkout was slow: again", "Checkout was slow: again\n====\n\nFor the public\n\nIt was slow.\n", true);
        QCOMPARE(one->title, std::string("Checkout was slow: again"));
        QCOMPARE(one->text, std::string("It was slow.\n"));
    }
    void whatAPageDoesNotTakeIsRefused()
    {
        const auto refused = review::pageMessageOf("t", "t\n=\n\n" + std::string(2001, 'x'), false);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::TooLarge);
        QVERIFY(review::pageMessageOf("t", "t\n=\n\n" + std::string(2000, 'x'), false).has_value());
    }
    void aTitleIsCutBetweenItsLetters()
    {
        std::string title;
        for (int n = 0; n < 150; ++n)
            title += "ü";
        const auto made = review::pageMessageOf(title, {}, false);
        QVERIFY(made.has_value() && made->title.size() <= 200 && made->title.size() % 2 == 0);
        QCOMPARE(made->text, std::string());
    }
};

QD_TEST(TestPageMessage)
#include "tst_pagemessage.moc"
