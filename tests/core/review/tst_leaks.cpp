// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/secrets.h"
#include "core/review/leaks.h"

#include "tests/support/suite.h"

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
        k.allowed = {"ANA", "a password"};
        QCOMPARE(leaksSaid("ana said the password: hunter2x9 to Acme Corp", true, k), QStringLiteral("customer: Acme Corp"));
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
        QCOMPARE(leaksIn(rendition(text), known()).size(), kLeaksShown);
    }
};

QD_TEST(TestLeaks)
#include "tst_leaks.moc"
