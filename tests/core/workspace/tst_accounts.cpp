// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workspace/folder.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;

/// Who people are at trackers.
class TestAccounts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAccountIsOnesOwnAtATracker()
    {
        Folder folder;
        folder.write("people.toml", "[[person]]\nid = \"ben\"\naccounts = [{ tracker = \"hub\", name = \"Ben-GH\" }, { tracker = \"desk\", name = \"557058:f1\" }]\n[[person]]\nid = \"eve\"\naccounts = [{ tracker = \"hub\", name = \"eve-gh\" }]\n");
        const auto loaded = folder.load();
        VERIFY_RESULT(loaded);
        const Person *ben = loaded->person("ben");
        QCOMPARE(ben->accounts.size(), std::size_t(2));
        QVERIFY(ben->accounts[0].connection == "hub" && ben->accounts[0].name == "Ben-GH" && ben->accounts[1].name == "557058:f1");
    }
    void whatIsNoneIsNamedWithItsLine_data()
    {
        QTest::addColumn<QString>("accounts");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const char *accounts, const char *message) { QTest::newRow(name) << accounts << message; };
        row("no table", "\"hub:ben\"", "people.toml:3: an entry of accounts of person has the wrong type; write { tracker = \"a connection\", name = \"their login there\" }");
        row("no name", "{ tracker = \"hub\" }", "people.toml:3: an account of person ben has no name");
        row("no tracker", "{ name = \"ben\" }", "people.toml:3: an account of person ben has no tracker");
        row("more than it has", "{ tracker = \"hub\", name = \"ben\", at = \"x\" }", "people.toml:3: \"at\" is not known in an account of person ben");
        row("two words", "{ tracker = \"hub\", name = \"Ben Birke\" }", "people.toml:3: \"Ben Birke\" is no account; write the login at GitHub");
        row("a mention", "{ tracker = \"hub\", name = \"@ben\" }", "people.toml:3: \"@ben\" is no account");
        row("a list", "{ tracker = \"hub\", name = \"ben,eve\" }", "people.toml:3: \"ben,eve\" is no account");
        row("two at one", "{ tracker = \"hub\", name = \"ben\" }, { tracker = \"hub\", name = \"b2\" }", "people.toml:3: person ben has two accounts at hub; keep one");
        row("of somebody else", "{ tracker = \"hub\", name = \"EVE-gh\" }", "people.toml:6: address eve-gh at hub is there already");
    }
    void whatIsNoneIsNamedWithItsLine()
    {
        QFETCH(QString, accounts);
        QFETCH(QString, message);
        Folder folder;
        folder.write("people.toml", "[[person]]\nid = \"ben\"\naccounts = [" + accounts.toStdString() + "]\n[[person]]\nid = \"eve\"\naccounts = [{ tracker = \"hub\", name = \"eve-gh\" }]\n");
        const auto loaded = folder.load();
        QVERIFY(!loaded);
        QVERIFY2(QString::fromStdString(loaded.error().message).startsWith(message), loaded.error().message.c_str());
    }
};

QD_TEST(TestAccounts)
#include "tst_accounts.moc"
