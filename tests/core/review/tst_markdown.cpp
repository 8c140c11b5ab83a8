// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/blocks.h"
#include "core/review/markdown.h"
#include "core/review/prose.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::review;

namespace {

/// How a text reads that is followed in memory by another.
struct Reading {
    std::string plain, words;
    bool hasLink = false;
};

Reading readBefore(std::string_view text, std::string_view behind)
{
    const std::string memory = std::string(text) + std::string(behind);
    const std::string_view alone = std::string_view(memory).substr(0, text.size());
    Reading out;
    const auto blocks = blocksOf(alone);
    for (const Block &b : blocks)
        for (const Run &run : b.runs)
            out.hasLink |= !run.link.empty();
    out.plain = plainText(blocks);
    out.words = proseOf(alone).words;
    return out;
}

} // namespace

class TestMarkdown : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatStandsBehindATextInMemoryIsNoPartOfIt_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("behind");
        QTest::newRow("a bracket that is closed behind it") << QByteArray("see [the page](https://example.org/x") << QByteArray(")");
        QTest::newRow("after a blank") << QByteArray("see [the page](https://example.org/x ") << QByteArray(")");
        QTest::newRow("no destination yet") << QByteArray("see [the page](") << QByteArray(")");
        QTest::newRow("a mark of an item") << QByteArray("7") << QByteArray(". item");
        QTest::newRow("zeros within it") << QByteArray("[[restricted for \\x[ \0\0 [[restricted for ana: the [13:59](entry:8) \\[\0\0x] ] and [[c1", 83) << QByteArray("]](x)]");
    }
    void whatStandsBehindATextInMemoryIsNoPartOfIt()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, behind);
        const std::string_view alone(text.constData(), static_cast<std::size_t>(text.size()));
        const Reading by = readBefore(alone, "\n"), before = readBefore(alone, behind.toStdString());
        QVERIFY(!before.hasLink);
        QCOMPARE(QString::fromStdString(before.plain), QString::fromStdString(by.plain));
        QCOMPARE(QString::fromStdString(before.words), QString::fromStdString(by.words));
    }
    void aTextIsReadWholeWhateverItEndsWith()
    {
        QVERIFY(readBefore("see [the page](https://example.org/x)", "").hasLink);
        QCOMPARE(Markdown("").text(), std::string_view());
        QCOMPARE(Markdown("a\n\n").text(), std::string_view("a\n\n"));
        QCOMPARE(QString::fromStdString(plainText(blocksOf("a\n\n"))).trimmed(), QStringLiteral("a"));
    }
};

QD_TEST(TestMarkdown)
#include "tst_markdown.moc"
