// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/textparts.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd::chat;

class TestTextParts final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// monzo/response#149: pictures and files of a message were lost.
    void complaint20_namesTenFilesAndCountsTheRest()
    {
        QCOMPARE(withFiles("text", {}), std::string("text"));
        QCOMPARE(withFiles("", {{"a.log", 5}}), std::string("[file: a.log, 5 bytes]"));
        const std::string ten = withFiles("t", std::vector<SharedFile>(kFilesNamed, {"a", 1})), more = withFiles("t", std::vector<SharedFile>(kFilesNamed + 2, {"a", 1}));
        QVERIFY(!ten.ends_with("more]"));
        QCOMPARE(more, ten + "\n[and 2 more]");
    }

    void whatAMessageNamedIsFoundByItsNumber()
    {
        const std::string said = withFiles("the heap", {{"heap, one.txt", 15}, {"log.txt", 2'000}}) + "\n[file: https://u.example/a,b.png]\n[and 2 more]";
        QCOMPARE(fileNamed(said, 1), std::string("heap, one.txt"));
        QCOMPARE(fileNamed(said, 2), std::string("log.txt"));
        QCOMPARE(fileNamed(said, 3), std::string("https://u.example/a,b.png"));
        QCOMPARE(fileNamed(said, 4) + fileNamed(said, 0) + fileNamed("no [file: x] here", 1), std::string());
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

    void whoIsCalledByNickIsCalledAsTheyAreCalledInTheRoom()
    {
        Outgoing out;
        out.idem = qd::Uuid::parse("00112233-4455-6677-8899-aabbccddeeff").value_or(qd::Uuid{});
        out.mentions = {"ana@chat.example", "ben@chat.example", "eve@chat.example"};
        const std::vector<Member> members{{"desk@chat.example", "Quarterdeck", true, true}, {"ben@chat.example", "benny", true, false}, {"", "ghost", false, false}, {"ana@chat.example", "Ana", true, false}};
        QCOMPARE(calledByNick(out, members), std::string("benny, Ana: "));
        QCOMPARE(calledByNick(out, {}), std::string()); // nobody is there
        QVERIFY(beginsIt(out, out.idem.text()) && !beginsIt(out, out.idem.text() + "-2"));
        const auto named = [](const std::string &address) { return address.starts_with("eve") ? std::string() : "<" + address + ">"; };
        QCOMPARE(mentionsOf(out, named), std::string("<ana@chat.example> <ben@chat.example>"));
        out.kind = Outgoing::Kind::Direct; // who is spoken to alone needs no calling
        QVERIFY(mentionsOf(out, named).empty() && calledByNick(out, members).empty());
    }
};

QD_TEST(TestTextParts)
#include "tst_textparts.moc"
