// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/secrets.h"
#include "core/review/leaks.h"

#include "tests/support/suite.h"
#include "tests/support/worktime.h"

#include <QtTest>

using namespace qd;
using namespace qd::review;

namespace {

Known known()
{
    Known out;
    out.people = {"Ana Lopez", "Jörg Weiß"};
    out.namesAsWritten = {"ana", "Ana", "Li", "Will"};
    out.hosts = {"pay-db-1"};
    out.customers = {"Acme Corp", "Müller AG"};
    out.words = {"Project Falcon"};
    out.internalDomains = {"corp.example.net"};
    out.secretsIn = [](std::string_view text) {
        std::vector<std::string> kinds;
        for (const comms::SecretKind kind : comms::secretsIn(text))
            kinds.emplace_back(comms::word(kind));
        return kinds;
    };
    return out;
}

Rendition rendition(const std::string &text, bool outside = true)
{
    Rendition r;
    r.title = "Checkout was slow";
    r.isOutside = outside;
    r.blocks = blocksOf(text);
    return r;
}

/// "person: ana; host: …"
QString leaksSaid(const std::string &text, bool outside = true, const Known &k = known())
{
    QStringList out;
    for (const Leak &leak : leaksIn(rendition(text, outside), k))
        out.push_back(QString::fromStdString(std::string(word(leak.kind)) + ": " + leak.words));
    return out.join(QStringLiteral("; "));
}

} // namespace

class TestLeaks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Hosts in the words of every day: short first names, numbers that are no addresses.
    void anyHostIsRead_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"see https://www.example.com/a", "https://x.org", "http://abc/", "https://1.2.3.x/", "https://1.2.3/", "https://999.1.1.1/", "https://", "https://./", "https://api.example.com:8443/x?y=1"})
            QTest::newRow(text) << text;
    }
    void anyHostIsRead()
    {
        QFETCH(QString, text);
        const auto leaks = leaksIn(rendition(text.toStdString()), known());
        QVERIFY(leaks.size() <= 2);
    }

    /// Whoever is to mend it has to find it.
    void aFindingSaysItsLineAndTheHeadingAboveIt()
    {
        const Rendition r = rendition("# Summary\n\nAll is well.\n\n# Timeline\n\nIt began.\n\npassword: hunter2-hunter2\n\nsee node-7.internal\n");
        const auto leaks = leaksIn(r, known());
        QCOMPARE(leaks.size(), std::size_t(2));
        QVERIFY(leaks[0].kind == LeakKind::Secret);
        QCOMPARE(leaks[0].line, std::size_t(5));
        QCOMPARE(leaks[0].section, std::string("Timeline"));
        QVERIFY(leaks[0].around.empty()); // never a word of it
        QCOMPARE(leaks[1].line, std::size_t(6));
        QCOMPARE(leaks[1].section, std::string("Timeline"));
    }
    /// Words that are allowed in one place are not allowed in every other.
    void aNameIsFoundAgainBehindWhatIsAllowed()
    {
        Known k = known();
        k.customers = {"Acme"};
        k.allowed = {"https://wiki.internal/Acme/x"};
        const auto leaks = leaksIn(rendition("See https://wiki.internal/Acme/x first.\n\nThen Acme suffered, and Acme again."), k);
        QCOMPARE(leaks.size(), std::size_t(1));
        QCOMPARE(leaks[0].words, std::string("Acme"));
    }

    /// However many people, hosts and customers are known, the last of them is found as the first is.
    void thereIsNoNumberOfNamesBehindWhichNothingIsFound()
    {
        Known k;
        for (int n = 0; n < 2'000; ++n) {
            const std::string number = std::to_string(n);
            k.people.push_back("Person Number" + number);
            k.namesAsWritten.push_back("who" + number);
            k.hosts.push_back("node-" + number);
            k.customers.push_back("Customer " + number + " AG");
        }
        QCOMPARE(leaksSaid("Person Number1999 and who1999 saw node-1999 for customer 1999 ag; Person Number2000, who2000, node-2000.", true, k),
                 QStringLiteral("person: Person Number1999; person: who1999; host: node-1999; customer: customer 1999 ag"));
        QCOMPARE(leaksSaid("Person Number0, who0, node-0", true, k), QStringLiteral("person: Person Number0; person: who0; host: node-0"));
    }

    void namesThatBeginAlikeAreTold()
    {
        Known k;
        k.people = {"Ana", "Ana Lopez", "Ana Lopez-Garcia"};
        QCOMPARE(leaksSaid("Ana Lopez-Garcia came, Ana Lopezina did not, Ana did.", true, k), QStringLiteral("person: Ana Lopez-Garcia; person: Ana"));
    }

    /// Whatever is set beside a name, it is found: on either side, and on both.
    void aNameBesidePunctuationIsFound_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"Acme Corp", "Müller AG", "Jörg Weiß", "Ana", "Project Falcon", "pay-db-1"})
            QTest::newRow(name) << QString::fromUtf8(name);
    }
    void aNameBesidePunctuationIsFound()
    {
        QFETCH(QString, name);
        for (const char *mark : {"“", "”", "„", "‘", "’", "‚", "«", "»", "‹", "›", "…", "–", "—", "‑", "‐", "·", "•", "¿", "¡", "。", "、", "（", "）", "「", "」", "×", "→", "€", "©", "🔥", "&nbsp;", "&#8201;", "&#8203;",
                                 "&#173;", "\"", "'", ".", ",", ";", ":", "!", "?", "(", ")", "/", "-", "+", "=", "#", "|"})
            for (const auto &[before, after] : {std::pair{mark, " failed"}, {"by ", mark}, {mark, mark}}) {
                const std::string text = "It was " + std::string(before) + name.toStdString() + after;
                const QString said = leaksSaid(text);
                QVERIFY2(said.contains(QStringLiteral(": ") + name), qPrintable(QString::fromStdString(text) + QStringLiteral(" -> ") + said));
            }
    }

    /// Two names that are written otherwise and read alike are one.
    void aNameIsFoundHoweverItIsWritten_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("with an ending") << "Acme Corp’s shops and Ana’s" << "customer: Acme Corp; person: Ana";
        QTest::newRow("two blanks") << "At Müller  AG." << "customer: Müller  AG";
        QTest::newRow("a blank that is not broken") << "At Müller&nbsp;AG." << "customer: Müller\u00a0AG";
        QTest::newRow("a narrow one") << "At Müller\u202f AG." << "customer: Müller\u202f AG";
        QTest::newRow("a line's end") << "At Müller\nAG." << "customer: Müller AG";
        QTest::newRow("a hard one") << "At Müller\\\nAG." << "customer: Müller\nAG";
        QTest::newRow("big letters") << "At MÜLLER AG." << "customer: MÜLLER AG";
        QTest::newRow("letters apart from their marks") << "At Mu\u0308ller AG." << "customer: Mu\u0308ller AG";
        QTest::newRow("a big sharp s") << "JÖRG WEISS, JÖRG WEIẞ" << "person: JÖRG WEISS";
        QTest::newRow("wide letters") << "At Ａｃｍｅ Ｃｏｒｐ." << "customer: Ａｃｍｅ Ｃｏｒｐ";
        QTest::newRow("a hyphen that is not broken") << "on pay\u2011db\u20111" << "host: pay\u2011db\u20111";
        QTest::newRow("a soft hyphen within") << "At Ac&#173;me Corp." << "customer: Ac[U+00AD]me Corp";
        QTest::newRow("nothing instead of a blank") << "At Acme&#8203;Corp." << "customer: Acme[U+200B]Corp";
        QTest::newRow("nothing behind it") << "At Acme Corp&#8203;again." << "customer: Acme Corp";
        QTest::newRow("an apostrophe that is set") << "Then O’Brien came." << "person: O’Brien";
        QTest::newRow("a script without blanks") << "然后王小明重启了。" << "person: 王小明";
        QTest::newRow("with an ending of its tongue") << "김철수는" << "person: 김철수";
        QTest::newRow("as it is written") << "will, WILL, “will”" << "";
        QTest::newRow("in another word") << "Müller AGs, Jörg Weißer, éana, anaé, 1ana, ana_x" << "";
        QTest::newRow("wide digits") << "From １０.0.0.12." << "IP address: １０.0.0.12";
        QTest::newRow("a host between quotes") << "On “db.shop.internal”, in –db.shop.lan…" << "host: db.shop.internal; host: db.shop.lan";
    }
    void aNameIsFoundHoweverItIsWritten()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        Known k = known();
        k.people.insert(k.people.end(), {"O'Brien", "王小明", "김철수"});
        QCOMPARE(leaksSaid(text.toStdString(), true, k), expected);
    }

    /// With marks more or less, and in letters that are drawn alike: what stands there is said as it stands there.
    void aNameIsFoundAsItIsSeen_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("marks less") << "At Muller AG, by Jose and Zoe." << "customer: Muller AG; person: Jose; person: Zoe";
        QTest::newRow("marks more") << "By Aná Lópéz and áNA lopez." << "person: Aná Lópéz; person: áNA lopez";
        QTest::newRow("umlauts as two letters") << "At Mueller AG, by Joerg Weiss and JOERG WEIß." << "customer: Mueller AG; person: Joerg Weiss";
        QTest::newRow("one umlaut of each kind") << "By Jürgen Mueller; Juergen Muller; Jurgen Müller" << "person: Jürgen Mueller; person: Juergen Muller; person: Jurgen Müller";
        QTest::newRow("two letters as an umlaut") << "By Köppe." << "person: Köppe";
        QTest::newRow("letters without a mark to leave out") << "By Lukasz Sorensen and Lukasz Soerensen" << "person: Lukasz Sorensen; person: Lukasz Soerensen";
        QTest::newRow("one letter of another alphabet") << "Then Аnа came to Acmе Corp, on pay-db-1 and pаy-db-1." << "person: Аnа; customer: Acmе Corp; host: pay-db-1; host: pаy-db-1";
        QTest::newRow("big ones") << "Then АNА LОРЕZ came." << "person: АNА LОРЕZ";
        QTest::newRow("of Greek") << "Then Αna Lοpez came." << "person: Αna Lοpez";
        QTest::newRow("with nothing within") << "Then А&#8203;na Lоpez came." << "person: А[U+200B]na Lоpez";
        QTest::newRow("their name in another alphabet") << "Capa and Сара" << "person: Capa; person: Сара";
        QTest::newRow("capitals without marks") << "Ο ΚΩΣΤΑΣ" << "person: ΚΩΣΤΑΣ";
        QTest::newRow("ligatures and wide ones") << "By Joﬀe and Ｊｏｓｅ" << "person: Joﬀe; person: Ｊｏｓｅ";
        QTest::newRow("a mark behind it") << "By ana\u0301." << "person: ana\u0301";
    }
    void aNameIsFoundAsItIsSeen()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        Known k = known();
        k.people.insert(k.people.end(), {"Jürgen Müller", "Koeppe", "Łukasz Sørensen", "Сара", "Κώστας", "Joffe"});
        k.namesAsWritten.insert(k.namesAsWritten.end(), {"José", "Zoë"});
        QCOMPARE(leaksSaid(text.toStdString(), true, k), expected);
    }

    /// Numbers are no names, short words none that they are near to, and words that only sound alike are others.
    void whatIsReadOtherwiseIsNoName_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"1ll, l1l, Il1, 0tto, 1vo, 101", "ӏІІ 101 ٣ІІ", "Le, La, LÉ, al, ai, A1, Jo", "о том, в том числе, Том", "Muller, Muler, Mullers, Mullér-", "WILL, wіll, will", "Mueler, Jorgen, Joergen Weissen", "がな, ガナ",
                                 "Schoen war es, schon", "jose, zoe", "Sammy, Samul"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void whatIsReadOtherwiseIsNoName()
    {
        QFETCH(QString, text);
        Known k;
        k.people = {"Lê", "Ai", "Al", "Otto", "Ivo", "Joe", "Mueller", "かな", "Jörg Weiß", "Samuel"};
        k.namesAsWritten = {"Tom", "tom", "Will", "Ill", "Schön-Berg", "José", "Zoë", "III"};
        QCOMPARE(leaksSaid(text.toStdString(), true, k), QString());
    }

    /// What is found is cut from the text as it is, whatever stands before it.
    void thePlaceIsThatOfTheTextAsItIs()
    {
        const std::string before = "ßﬁ½ Ё Łüß [U+200B] ";
        const auto leaks = leaksIn(rendition("first\n\n" + before + "Josе́ Wеiß came"), [] {
            Known k;
            k.people = {"Jose Weiss"};
            return k;
        }());
        QCOMPARE(leaks.size(), std::size_t(1));
        QCOMPARE(leaks[0].words, std::string("Josе́ Wеiß"));
        QCOMPARE(leaks[0].line, std::size_t(2));
        QVERIFY2(leaks[0].around.find(" Josе́ Wеiß came") != std::string::npos, leaks[0].around.c_str());
    }

    void whatIsAllowedIsAllowedHoweverItIsWritten()
    {
        Known k = known();
        k.allowed = {"müller ag"};
        QCOMPARE(leaksSaid("MÜLLER  AG and Müller&nbsp;AG and Acme Corp", true, k), QStringLiteral("customer: Acme Corp"));
    }

    /// Another spelling may be somebody else.
    void whatIsAllowedAllowsNoOtherSpelling()
    {
        Known k = known();
        k.allowed = {"muller ag"};
        QCOMPARE(leaksSaid("MULLER AG and Müller AG", true, k), QStringLiteral("customer: Müller AG"));
    }

    void aLongTextOfAnotherAlphabetIsReadSoon()
    {
        Known k;
        for (int n = 0; n < 2'000; ++n)
            k.people.push_back("Zoë Größer" + std::to_string(n));
        std::string text;
        while (text.size() < (1 << 20))
            text += "Сервис был медленным, и Анна откатила выпуск; потом всё стало хорошо.\n\n";
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(leaksSaid(text + "Zoе Groesser1999", true, k), QStringLiteral("person: Zoе Groesser1999"));
        QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    }

    void manyNamesInALongTextAreFoundSoon()
    {
        Known k;
        for (int n = 0; n < 2'000; ++n)
            k.people.push_back("Zoë Größer" + std::to_string(n));
        std::string text;
        while (text.size() < (1 << 20))
            text += "Zoë “Größer” saw — as “the größten” did — Müller’s shop at größer99 …\n\n";
        const qd::tests::WorkTimer timer;
        QCOMPARE(leaksSaid(text + "ZOË  GRÖSSER1999", true, k), QStringLiteral("person: ZOË  GRÖSSER1999"));
        QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    }

    void findings_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << "The checkout was slow from 12:30:45 to 13:00 UTC, version 4.2.1." << "";
        QTest::newRow("a name") << "Then ANA LOPEZ came." << "person: ANA LOPEZ";
        QTest::newRow("an id") << "Then ana came." << "person: ana";
        QTest::newRow("a name in bold, half of it") << "Then Ana **Lopez** came." << "person: Ana Lopez";
        QTest::newRow("letters of other tongues") << "Then Jörg Weiß came." << "person: Jörg Weiß";
        QTest::newRow("a name that is a word") << "It will. Will came." << "person: Will";
        QTest::newRow("in another word") << "A banana, Analysis, Liam." << "";
        QTest::newRow("a name of two letters is too often a word") << "li" << "";
        QTest::newRow("a customer") << "It hit acme corp and Müller AG." << "customer: acme corp; customer: Müller AG";
        QTest::newRow("a word of ours") << "After project falcon." << "word: project falcon";
        QTest::newRow("a known host") << "On pay-db-1 the disk." << "host: pay-db-1";
        QTest::newRow("a host by its domain") << "On db.shop.internal and x.corp.example.net and www.example.org." << "host: db.shop.internal; host: x.corp.example.net";
        QTest::newRow("mail") << "Write to ops@example.org." << "mail address: ops@example.org";
        QTest::newRow("IPv4") << "From 10.0.0.12 and 8.8.8.8." << "IP address: 10.0.0.12; IP address: 8.8.8.8";
        QTest::newRow("no IPv4") << "Version 1.2.3 and 1.2.3.4.5 and 999.1.1.1" << "";
        QTest::newRow("IPv6") << "From fe80::1 and 2001:db8:0:0:0:0:0:7, at 10:11:12." << "IP address: fe80::1; IP address: 2001:db8:0:0:0:0:0:7";
        QTest::newRow("IPv6 behind its name") << "IPv6:2001:db8::7, addr:2001:db8::8, inet6: fe80::2, host1:::1, at:10:11:12, std::back" << "IP address: 2001:db8::7; IP address: 2001:db8::8; IP address: fe80::2; IP address: ::1";
        QTest::newRow("an internal address") << "See https://wiki.corp/x, http://grafana/d, https://10.1.2.3/a." << "internal address: https://wiki.corp/x; internal address: http://grafana/d; internal address: https://10.1.2.3/a";
        QTest::newRow("another scheme") << "redis://cache" << "internal address: redis://cache";
        QTest::newRow("a public address") << "See https://status.example.org/x." << "";
        QTest::newRow("where a link leads") << "See [there](https://wiki.internal/x)." << "internal address: https://wiki.internal/x";
        QTest::newRow("where a link leads, in numbers") << "See [there](https://example.org/?q=%41na%20Lopez&m=ops%40example%2Eorg)." << "person: Ana Lopez; mail address: ops@example.org";
        QTest::newRow("a secret in a link, in numbers") << "See [there](https://example.org/?password%3A%20hunter2x9)." << "secret: a password";
        QTest::newRow("a secret") << "The password: hunter2x9 was used." << "secret: a password";
        QTest::newRow("in code") << "```\nssh root@10.0.0.7\n```" << "IP address: 10.0.0.7";
        QTest::newRow("each once") << "ana, ana, Ana" << "person: ana";
    }
    void findings()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(leaksSaid(text.toStdString()), expected);
    }

    void insideOnlySecretsAreLookedFor()
    {
        QCOMPARE(leaksSaid("ana on pay-db-1, password: hunter2x9 there", false), QStringLiteral("secret: a password"));
    }

    void aSecretIsNeverInItsFinding()
    {
        const auto leaks = leaksIn(rendition("The password: hunter2x9 was used."), known());
        QCOMPARE(leaks.size(), std::size_t(1));
        for (const std::string &text : {leaks[0].words, leaks[0].around, leaks[0].say, refusalOf(leaks)})
            QVERIFY2(text.find("hunter2x9") == std::string::npos, text.c_str());
    }

    void aSecretBehindMuchTextIsFound()
    {
        QCOMPARE(leaksSaid(std::string(200'000, 'x') + "\n\nThe password: hunter2x9 was used."), QStringLiteral("secret: a password"));
    }

    void whatWasAllowedIsNotFoundAgain()
    {
        Known k = known();
        k.allowed = {"ANA"};
        QCOMPARE(leaksSaid("ana said it to Acme Corp", true, k), QStringLiteral("customer: Acme Corp"));
    }

    /// Its kind says nothing of which one was looked at: every other would go out with it.
    void noSecretIsAllowed()
    {
        Known k = known();
        k.allowed = {"a password", "A Password", "secret"};
        QCOMPARE(leaksSaid("The password: hunter2x9 was used.", true, k), QStringLiteral("secret: a password"));
        QCOMPARE(leaksSaid("The password: hunter2x9 was used.", false, k), QStringLiteral("secret: a password"));
        const std::string refusal = refusalOf(leaksIn(rendition("The password: hunter2x9 was used."), k));
        QVERIFY2(refusal.find("allowed by nobody") != std::string::npos, refusal.c_str());
    }

    /// A rendition has none; one that has was not cut as it should have been.
    void aMarkThatIsLeftBlocks()
    {
        for (const bool isOutside : {true, false}) {
            Rendition r;
            r.isOutside = isOutside;
            r.blocks = {Block{.runs = {Run{"It was [[restricted: HUSH]] then."}}}};
            Known k = known();
            k.allowed = {"restricted", "[[restricted: HUSH]]"};
            const auto leaks = leaksIn(r, k);
            QCOMPARE(leaks.size(), std::size_t(1));
            QCOMPARE(leaks[0].kind, LeakKind::Mark);
            for (const std::string &text : {leaks[0].words, leaks[0].around, leaks[0].say, refusalOf(leaks)})
                QVERIFY2(text.find("HUSH") == std::string::npos, text.c_str());
            QVERIFY(!mayBeAllowed(leaks[0].kind));
        }
        QCOMPARE(leaksSaid("[ [restricted: x] ] and [[x]] and [sealed: restricted, short]"), QString());
    }

    void theTitleIsLookedAt()
    {
        Rendition r = rendition("said");
        r.title = "Ana Lopez was here";
        const auto leaks = leaksIn(r, known());
        QCOMPARE(leaks.size(), std::size_t(1));
        QCOMPARE(leaks[0].line, std::size_t(0));
    }

    void theRefusalNamesThreeAndCountsTheRest()
    {
        QCOMPARE(refusalOf({}), std::string());
        const std::string text = refusalOf(leaksIn(rendition("ana, Acme Corp, pay-db-1, 10.0.0.1, ops@example.org"), known()));
        QCOMPARE(text, std::string("Nothing was published: the leak check found 5 things: person \"ana\", customer \"Acme Corp\", host \"pay-db-1\" and 2 more. Write it otherwise, mark it, or allow the "
                                   "words with a reason (review allow)."));
    }

    void noMoreIsShownThanTheLimit()
    {
        std::string text;
        for (int n = 0; n < 300; ++n)
            text += "host" + std::to_string(n) + ".internal ";
        const auto leaks = leaksIn(rendition(text), known());
        QCOMPARE(leaks.size(), kLeaksShown);
        QVERIFY(refusalOf(leaks).find("found at least 200 things") != std::string::npos); // and it stops there all the same
    }
};

QD_TEST(TestLeaks)
#include "tst_leaks.moc"
