// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/emojinames.h"

#include "core/model/workspace.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;

class TestEmojiNames final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anEmojiReadsTheSameHoweverItIsWritten_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("plain");
        QTest::newRow("itself") << "📌" << "📌";
        QTest::newRow("its name") << "pushpin" << "📌";
        QTest::newRow("its name between colons") << ":pushpin:" << "📌";
        QTest::newRow("in colours") << "⚠️" << "⚠";
        QTest::newRow("a tone of skin") << "👍🏽" << "👍";
        QTest::newRow("a tone of skin, as Slack says it") << "+1::skin-tone-3" << "👍";
        QTest::newRow("one of the team's own") << "party-parrot" << ":party-parrot:";
        QTest::newRow("none") << "" << "";
    }
    void anEmojiReadsTheSameHoweverItIsWritten()
    {
        QFETCH(QString, written);
        QFETCH(QString, plain);
        QCOMPARE(QString::fromStdString(plainEmoji(written.toStdString())), plain);
    }

    void thePushpinPinsUnlessTheWorkspaceSaysAnother()
    {
        Workspace w;
        QVERIFY(w.pinnedBy("📌") && w.pinnedBy(":pushpin:") && !w.pinnedBy("⭐") && !w.pinnedBy(""));
        w.pinEmoji = "⭐";
        QVERIFY(!w.pinnedBy("📌") && w.pinnedBy("⭐"));
        w.pinEmoji = "none";
        QVERIFY(!w.pinnedBy("📌") && !w.pinnedBy("none"));
    }
};

QD_TEST(TestEmojiNames)
#include "tst_emojinames.moc"
