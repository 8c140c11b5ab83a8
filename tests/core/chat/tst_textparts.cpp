// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/textparts.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd::chat;

class TestTextParts final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesTenFilesAndCountsTheRest()
    {
        QCOMPARE(withFiles("text", {}), std::string("text"));
        QCOMPARE(withFiles("", {{"a.log", 5}}), std::string("[file: a.log, 5 bytes]"));
        const std::string ten = withFiles("t", std::vector<SharedFile>(kFilesNamed, {"a", 1})), more = withFiles("t", std::vector<SharedFile>(kFilesNamed + 2, {"a", 1}));
        QVERIFY(!ten.ends_with("more]"));
        QCOMPARE(more, ten + "\n[and 2 more]");
    }

    void splitsLongTextInOrderAtCharacters()
    {
        std::string text;
        for (int i = 0; i < 1000; ++i)
            text += "é😀";
        const auto parts = splitText(text, 200);
        QVERIFY(parts.size() > 1);
        std::string joined;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            QVERIFY(parts[i].size() <= 200);
            const std::string mark = '(' + std::to_string(i + 1) + '/' + std::to_string(parts.size()) + ") ";
            QVERIFY(parts[i].starts_with(mark));
            const QString decoded = QString::fromStdString(parts[i]);
            QVERIFY(!decoded.contains(QChar(0xfffd)));
            joined += parts[i].substr(mark.size());
        }
        QCOMPARE(joined, text);
        QCOMPARE(splitText("short", 200), std::vector<std::string>{"short"});
    }

    void makesRoomNamesFromAnything()
    {
        QCOMPARE(localPart("INC-2026 0042/é<x>"), std::string("inc-2026-0042-x"));
        QCOMPARE(localPart("  "), std::string());
    }
};

QD_TEST(TestTextParts)
#include "tst_textparts.moc"
