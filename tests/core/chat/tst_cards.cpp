// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/safetext.h"
#include "core/chat/cards.h"
#include "tests/support/suite.h"

#include <QJsonObject>
#include <QtTest>

using namespace qd;
using namespace qd::chat;

class TestCards final : public QObject {
    Q_OBJECT

private:
    static QJsonObject card(const char *name, const QString &words) { return {{QLatin1String(name), words}}; }

private Q_SLOTS:
    void readsTenCardsAndCountsTheRest()
    {
        QJsonArray cards;
        for (qsizetype n = 0; n < kCardsRead; ++n)
            cards.append(card("title", QString::number(n)));
        QCOMPARE(cardWords(cards), std::string("0\n1\n2\n3\n4\n5\n6\n7\n8\n9"));
        cards.append(card("title", QStringLiteral("eleventh")));
        QCOMPARE(cardWords(cards), std::string("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n[and 1 more]"));
    }

    void whatACardSaysInShortIsAllItSays()
    {
        QJsonObject all{{QStringLiteral("fallback"), QStringLiteral("short")}, {QStringLiteral("pretext"), QStringLiteral("above")}, {QStringLiteral("title"), QStringLiteral("title")},
                        {QStringLiteral("text"), QStringLiteral("text")}, {QStringLiteral("description"), QStringLiteral("described")}};
        QCOMPARE(cardWords({all}), std::string("short"));
        all[QStringLiteral("fallback")] = QStringLiteral(" \n");
        QCOMPARE(cardWords({all}), std::string("above\ntitle\ntext"));
        all.remove(QStringLiteral("text"));
        QCOMPARE(cardWords({all}), std::string("above\ntitle\ndescribed"));
    }

    void whatIsNoWordsIsNone()
    {
        QCOMPARE(cardWords({}), std::string());
        QCOMPARE(cardWords({QJsonValue(1), QJsonObject(), QJsonValue(QStringLiteral("x")), card("image_url", QStringLiteral("x"))}), std::string());
        QCOMPARE(asCard(""), std::string());
        QCOMPARE(asForwarded(""), std::string());
    }

    void isBoundedAndSafeAsEveryText()
    {
        const std::string longest(2 * kFieldLimit, 'x');
        QVERIFY(asCard(longest).size() <= kFieldLimit && asCard('!' + longest).size() <= kFieldLimit && asForwarded(longest).size() <= kFieldLimit);
        QCOMPARE(asCard("a\r\nb\u202e").find('\r'), std::string::npos);
        QVERIFY(asCard("\u202eb").starts_with("[U+202E]"));
    }

    void nothingInItBeginsACommand()
    {
        for (const char *words : {"!take", " !take", "\n? the pool", "@ben look 10m", "> customers 20m"})
            QVERIFY2(asCard(words).starts_with("[card] "), words);
        QCOMPARE(asCard("[FIRING:1] db1!"), std::string("[FIRING:1] db1!"));
        QCOMPARE(asForwarded("!take"), std::string("[forwarded] !take"));
    }
};

QD_TEST(TestCards)
#include "tst_cards.moc"
