// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmppelement.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::chat;

class TestXmppElement final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void resolvesNamespacesHoweverTheyAreWritten()
    {
        for (const char *frame : {"<message xmlns='jabber:client' type=\"chat\"><x xmlns='urn:xmpp:sm:3'>a&lt;b</x></message>",
                                  "<c:message xmlns:c='jabber:client' xmlns:s='urn:xmpp:sm:3' type='chat'><s:x>a&#60;b</s:x></c:message>"}) {
            const auto element = parseFrame(frame);
            QVERIFY(element);
            QVERIFY(element->is("message", xmlns::kClient));
            QCOMPARE(element->attribute("type"), std::string_view("chat"));
            const Element *x = element->child("x", xmlns::kSm);
            QVERIFY(x);
            QCOMPARE(x->text, std::string("a<b"));
        }
    }

    /// A prefixed attribute must not pass for the plain one of the same name.
    void ignoresAttributesOfOtherNamespaces()
    {
        const auto element = parseFrame("<a xmlns:e='urn:evil' e:from='boss'/>");
        QVERIFY(element);
        QCOMPARE(element->attribute("from"), std::string_view());
    }

    void refusesWhatXmppForbids_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::newRow("document type") << QByteArray("<!DOCTYPE a><a/>");
        QTest::newRow("entity bomb")
            << QByteArray("<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
                          "\"&b;&b;&b;&b;&b;&b;&b;&b;\">]><message xmlns='jabber:client'><body>&c;</body></message>");
        QTest::newRow("external entity") << QByteArray("<!DOCTYPE m [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><m>&x;</m>");
        QTest::newRow("document type inside") << QByteArray("<a><!DOCTYPE b></a>");
        QTest::newRow("comment") << QByteArray("<a><!-- hidden --></a>");
        QTest::newRow("instruction") << QByteArray("<a><?php x?></a>");
        QTest::newRow("declaration") << QByteArray("<?xml version='1.0'?><a/>");
        QTest::newRow("unknown entity") << QByteArray("<a>&nbsp;</a>");
        QTest::newRow("two elements") << QByteArray("<a/><b/>");
        QTest::newRow("unfinished") << QByteArray("<a><b></b>");
        QTest::newRow("stray end") << QByteArray("</a>");
        QTest::newRow("control character") << QByteArray("<a>\x01</a>");
        QTest::newRow("nothing in a name") << QByteArray("<a b\0='1'/>", 11);
        QTest::newRow("undeclared prefix") << QByteArray("<x:a/>");
        QTest::newRow("double attribute") << QByteArray("<a b='1' b='2'/>");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello");
    }
    void refusesWhatXmppForbids()
    {
        QFETCH(QByteArray, frame);
        const auto element = parseFrame(frame.toStdString());
        QVERIFY(!element);
        QCOMPARE(element.error().code, Code::Invalid);
    }

    void refusesDeepNestingSoon()
    {
        std::string deep;
        for (int i = 0; i < 300'000; ++i)
            deep += "<a>";
        const auto element = parseFrame(deep, 1 << 20);
        QVERIFY(!element);
        QCOMPARE(element.error().code, Code::TooLarge);
        std::string fits, tooDeep;
        for (int i = 0; i < kMaxDepth; ++i)
            fits = "<a>" + fits + "</a>";
        QVERIFY(parseFrame(fits));
        QVERIFY(!parseFrame("<a>" + fits + "</a>"));
    }

    void refusesWhatIsTooLarge()
    {
        const auto ofSize = [](std::size_t size) { return "<a>" + std::string(size - 7, 'x') + "</a>"; };
        QVERIFY(parseFrame(ofSize(kFrameLimitBeforeAuth), kFrameLimitBeforeAuth));
        QCOMPARE(parseFrame(ofSize(kFrameLimitBeforeAuth + 1), kFrameLimitBeforeAuth).error().code, Code::TooLarge);
        QVERIFY(parseFrame(ofSize(kFrameLimit)));
        QCOMPARE(parseFrame(ofSize(kFrameLimit + 1)).error().code, Code::TooLarge);
        std::string many = "<a>";
        for (std::size_t i = 0; i < kMaxElements; ++i)
            many += "<b/>";
        QCOMPARE(parseFrame(many + "</a>").error().code, Code::TooLarge);
    }

    /// 250 KB that would be held as 500 MB.
    void refusesANamespaceHeldTooOften()
    {
        const auto framed = [](std::size_t length, std::size_t children) {
            std::string frame = "<a xmlns='" + std::string(length, 'n') + "'>";
            for (std::size_t i = 1; i < children; ++i)
                frame += "<b/>";
            return frame + "</a>";
        };
        const auto refused = parseFrame(framed(220'000, 8'000));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::TooLarge);
        QVERIFY(parseFrame(framed(kMaxNamespaces / 4096, 4096)));
        QVERIFY(!parseFrame(framed(kMaxNamespaces / 4096, 4097)));
        // Inner ones count as well.
        QVERIFY(!parseFrame("<a>" + framed(kMaxNamespaces / 4096, 4096) + framed(10, 1) + "</a>"));
    }

    void writesWhatItReads()
    {
        Element message("message", xmlns::kClient);
        message.set("to", "a'b\"c<d>&e@x");
        message.add("body", xmlns::kClient, "one < two & three ]]> \"four\" שלום 😀 \n end");
        message.add("x", xmlns::kMuc).add("history", xmlns::kMuc).set("maxstanzas", "0");
        const auto read = parseFrame(writeFrame(message));
        QVERIFY(read);
        QCOMPARE(read->attribute("to"), message.attribute("to"));
        QCOMPARE(read->child("body", xmlns::kClient)->text, message.children[0].text);
        QVERIFY(read->child("x", xmlns::kMuc)->child("history", xmlns::kMuc));
    }

    void noTextOfOursCanBreakTheStream()
    {
        Element body("body", xmlns::kClient);
        body.text = std::string("a\r\nb\rc\x01\x1b\x7f", 9) + '\0' + "\xff\xfe" + "</body><evil/>" + "\xef\xbf\xbf";
        const std::string frame = writeFrame(body);
        const auto read = parseFrame(frame);
        QVERIFY2(read, frame.c_str());
        QVERIFY(read->children.empty());
        QVERIFY(read->text.starts_with("a\nb\nc"));
        QVERIFY(read->text.find("</body><evil/>") != std::string::npos);
    }
};

QD_TEST(TestXmppElement)
#include "tst_xmppelement.moc"
