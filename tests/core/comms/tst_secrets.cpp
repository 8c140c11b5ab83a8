// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/secrets.h"
#include "tests/support/suite.h"
#include "tests/support/worktime.h"

#include <QtTest>

using namespace qd;
using namespace qd::comms;

namespace {

std::string kindsIn(std::string_view text)
{
    std::string out;
    for (const SecretKind kind : secretsIn(text))
        out += (out.empty() ? "" : ", ") + std::string(word(kind));
    return out;
}

/// Invented ones, put together here so that no file holds a whole one.
const std::string kLetters = "aZ3kQ9mT1xB7vR5pL2wN8cJ4hF6dG0sYqE";
std::string token(const char *prefix, std::size_t length)
{
    std::string out = prefix;
    for (std::size_t n = 0; n < length; ++n)
        out += kLetters[n % kLetters.size()];
    return out;
}

} // namespace

/// What people paste into a room at three in the morning. That it says nothing of plain talk matters as much.
class TestSecrets final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("kinds");
        const auto row = [](const char *name, const std::string &text, const char *kinds) { QTest::newRow(name) << QString::fromStdString(text) << QString::fromLatin1(kinds); };
        row("aws", "use " + std::string("AKIA") + "IOSFODNN7EXAMPLE for now", "an AWS access key");
        row("aws, a session's", "(" + std::string("ASIA") + "IOSFODNN7EXAMPLE)", "an AWS access key");
        row("aws, the secret half", "aws_secret_access_key = " + token("", 40), "an AWS access key");
        row("github", "token is " + token("ghp_", 36), "a GitHub token");
        row("github, fine-grained", token("github_pat_", 60), "a GitHub token");
        row("slack bot", token("xoxb-1234567890-", 24), "a Slack token");
        row("slack app", "xapp-1-A0123456789-1234567890123-" + std::string(64, 'a'), "a Slack token");
        row("slack hook", "https://hooks.slack.com/services/T00000000/B00000000/" + token("", 24), "a Slack token");
        row("pem", "-----BEGIN RSA " + std::string("PRIVATE KEY-----\nMIIEow"), "a private key");
        row("openssh", "-----BEGIN OPENSSH " + std::string("PRIVATE KEY-----"), "a private key");
        row("jwt", "Bearer " + token("eyJ", 40) + "." + token("eyJ", 60) + "." + token("", 43), "a web token (JWT)");
        row("gitlab", token("glpat-", 20), "an access token");
        row("stripe", token("sk_live_", 24), "an access token");
        row("password", "the password: hunter2!", "a password");
        row("german", "Passwort=Sommer2026 und gut", "a password");
        row("german, said", "das Kennwort lautet tr0ub4dor&3", "a password");
        row("said", "password is correct-h0rse", "a password");
        row("shell", "export DB_PASSWORD=s3cr3tly", "a password");
        row("an assigned word", "password=sommer", "a password");
        row("a quoted word", "password: \"sommer\"", "a password");
        row("yaml", "db:\n  password: Zx81-spectrum", "a password");
        row("json", "{\"password\":\"Zx81-spectrum\"}", "a password");
        row("api key", "api_key=" + token("", 32), "a password");
        row("url", "psql postgres://shop:Zx81spectrum@db.example:5432/shop", "an address with a password");
        row("url without a user", "redis://:Zx81spectrum@cache.example", "an address with a password");
        row("two", token("ghp_", 36) + " and password: hunter2!", "a GitHub token, a password");
    }
    void finds()
    {
        QFETCH(QString, text);
        QFETCH(QString, kinds);
        QCOMPARE(QString::fromStdString(kindsIn(text.toStdString())), kinds);
    }

    void isSilentAbout_data()
    {
        QTest::addColumn<QString>("text");
        int n = 0;
        for (const char *text : {"the pool is full again", "", "password: please ask Ben for it", "Passwort: bitte zurücksetzen", "password reset does not work for customers",
                                 "users see \"wrong password\" since 12:03", "the password is wrong", "password is expired", "password: ****", "password=<your password>", "password=$DB_PASSWORD",
                                 "PASSWORD=${VAULT:db}", "password: [redacted]", "password=changeme", "password: see https://vault.example/item/7", "password: https://vault.example/item/7",
                                 "https://shop.example/login?user=a", "http://db.example:5432/shop", "https://user@host.example/x", "mail ben@shop.example: done", "postgres://shop:****@db.example/shop",
                                 "postgres://shop:$PASS@db.example/shop", "ssh://git@host.example:22/x.git", "commit 3f786850e387550fdab836ed7e6dc881de23001b", "AKIA is where their key ids begin", "-----BEGIN CERTIFICATE-----",
                                 "-----BEGIN PUBLIC KEY-----", "xoxo, Ana", "ghp_short", "INC-7 at 12:03: p99=4.2s error=5xx", "trace id 0af7651916cd43dd8448eb211c80319c", "the token bucket: 5 a second",
                                 "passwordless: yes", "secret: ingredient", "tokens: 500/s", "eyJ is how a JWT begins", "pwd: /var/lib/shop ... no"})
            QTest::newRow(std::to_string(n++).c_str()) << QString::fromUtf8(text);
    }
    void isSilentAbout()
    {
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(kindsIn(text.toStdString())), QString());
    }

    void aTextOfAnyKindTakesLittleTime()
    {
        const qd::tests::WorkTimer timer;
        for (const std::string &each : {std::string("password: "), std::string("a://b:"), std::string("eyJaaaaaaaaaa."), std::string("\xff\xfe\x80"), std::string("AKIA")}) {
            std::string text;
            while (text.size() < 4 * kSecretScan)
                text += each;
            (void)secretsIn(text);
        }
        QVERIFY2(timer.elapsed() < 20'000, std::to_string(timer.elapsed()).c_str()); // linear: well below a second each
    }

    void whatItSaysHoldsNoneOfTheText()
    {
        QCOMPARE(secretsNamed({"a password"}), std::string("a password"));
        QCOMPARE(secretsNamed({"a GitHub token", "a password", "a private key"}), std::string("a GitHub token, a password and a private key"));
    }
};

QD_TEST(TestSecrets)
#include "tst_secrets.moc"
