// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/cast.h"

#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using view::Cast;
using view::CastMember;
using view::Nameless;

namespace {

constexpr Instant kNoon{1'780'000'000'000'000'000};

QString c(const char *text) { return QString::fromUtf8(text); }

/// Ana took command at noon and gave it away an hour later; Ben has no role; of "u-77" nothing but that is left.
std::shared_ptr<const Cast> threePeople()
{
    auto cast = std::make_shared<Cast>();
    cast->members.push_back({{c("Ana Amsel"), c("ana"), c("ana@shop.example")}, {c("Ana"), c("Amsel")}, c("Responder 1"), {{c("commander"), kNoon, kNoon + hours(1)}}, true});
    cast->members.push_back({{c("Ben Birke"), c("ben")}, {c("Ben"), c("Birke")}, c("Responder 2"), {}, true});
    cast->members.push_back({{c("u-77")}, {}, c("Responder 3"), {}, false});
    return cast;
}

} // namespace

class TestCast final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whoHasARoleIsCalledByItWhileTheyHaveIt()
    {
        const CastMember ana = threePeople()->members[0];
        QCOMPARE(ana.label(kNoon - nanos(1)), c("Responder 1"));
        QCOMPARE(ana.label(kNoon), c("commander"));
        QCOMPARE(ana.label(kNoon + hours(1)), c("commander"));
        QCOMPARE(ana.label(kNoon + hours(2)), c("Responder 1"));
    }

    void nobodyIsNamedWhereverTheyAreSpokenOf_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("told");
        QTest::newRow("nobody in it") << c("p99 > 2s & rising") << c("p99 > 2s & rising");
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("by name") << c("Ben Birke rolls back") << c("Responder 2 rolls back");
        QTest::newRow("by id") << c("ben is commander") << c("Responder 2 is commander");
        QTest::newRow("by a mention") << c("@ben, can you look?") << c("@Responder 2, can you look?");
        QTest::newRow("by one word of it") << c("thanks Ben!") << c("thanks Responder 2!");
        QTest::newRow("two at once") << c("Ana Amsel calls Ben") << c("Responder 1 calls Responder 2");
        QTest::newRow("an address") << c("speaks from ana@shop.example now") << c("speaks from Responder 1 now");
        QTest::newRow("at the end") << c("given to ben") << c("given to Responder 2");
        QTest::newRow("within a word") << c("the bench of Benedict and Anastasia") << c("the bench of Benedict and Anastasia");
        QTest::newRow("of a host") << c("ben-db-1 and ana.internal lag") << c("ben-db-1 and ana.internal lag");
        QTest::newRow("small letters of a name") << c("birke is a tree") << c("birke is a tree");
        QTest::newRow("a whole name in other letters") << c("ANA AMSEL and ben birke are on it") << c("Responder 1 and Responder 2 are on it");
        QTest::newRow("an id in other letters") << c("BEN is on it") << c("Responder 2 is on it");
        QTest::newRow("an address in other letters") << c("ask Ana@Shop.Example") << c("ask Responder 1");
        QTest::newRow("a mention in small letters") << c("@birke can you look? @AMSEL?") << c("@Responder 2 can you look? @Responder 1?");
        QTest::newRow("other letters within a word") << c("BENCH of ANA-DB-1") << c("BENCH of ANA-DB-1");
        QTest::newRow("an id alone") << c("u-77 joined") << c("Responder 3 joined");
    }
    void nobodyIsNamedWhereverTheyAreSpokenOf()
    {
        QFETCH(QString, said);
        QFETCH(QString, told);
        QCOMPARE(Nameless(threePeople(), Nameless::Whom::Everybody).text(said, kNoon - hours(1)), told);
    }

    void whoIsKnownIsNamedAndNoIdStandsForAName()
    {
        const Nameless named(threePeople(), Nameless::Whom::Unknown);
        QCOMPARE(named.text(c("Ana Amsel asks u-77"), kNoon), c("Ana Amsel asks Responder 3"));
        QVERIFY(Nameless(nullptr, Nameless::Whom::Everybody).isIdle());
        QCOMPARE(Nameless().text(c("Ana"), kNoon), c("Ana"));
    }

    /// One that is a word, too: by itself it is somebody as it is written, and where somebody is called on.
    void aNameThatIsAWordIsOneOnlyAsItIsWritten()
    {
        auto cast = std::make_shared<Cast>();
        cast->members.push_back({{c("Will")}, {}, c("Responder 1"), {}, true});
        const Nameless nameless(cast, Nameless::Whom::Everybody);
        QCOMPARE(nameless.text(c("Will says it will fail, @will?"), kNoon), c("Responder 1 says it will fail, @Responder 1?"));
    }

    /// Two people share a name: which one is meant cannot be told, and no label may say so.
    void aNameOfTwoIsNobodysInParticular()
    {
        auto cast = std::make_shared<Cast>(*threePeople());
        cast->members.push_back({{c("Ana Zander"), c("az")}, {c("Ana"), c("Zander")}, c("Responder 4"), {}, true});
        const Nameless nameless(cast, Nameless::Whom::Everybody);
        QCOMPARE(nameless.text(c("Ana Zander and Ana Amsel"), kNoon - hours(1)), c("Responder 4 and Responder 1"));
        QVERIFY(!nameless.text(c("ask Ana"), kNoon).contains(c("Ana")));
        QVERIFY(!nameless.text(c("ask Ana"), kNoon).contains(c("Responder")));
        // In other letters it is as little.
        for (const char *said : {"ask ANA", "ask @ANA"}) {
            QVERIFY(!nameless.text(c(said), kNoon).contains(c("ANA")));
            QVERIFY(!nameless.text(c(said), kNoon).contains(c("Responder")));
        }
    }
};

QD_TEST(TestCast)
#include "tst_cast.moc"
