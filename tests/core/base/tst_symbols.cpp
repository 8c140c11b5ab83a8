// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/symbols.h"
#include "tests/support/suite.h"

#include <QTest>
#include <string>

using namespace qd;

namespace {
std::string textOf(std::size_t i)
{
    return "text " + std::to_string(i) + std::string(i % 90, 'x');
}
SymbolTable tableOf(std::size_t texts)
{
    SymbolTable t;
    for (std::size_t i = 1; i <= texts; ++i)
        (void)t.intern(textOf(i));
    return t;
}
bool holds(const SymbolTable &t, std::size_t texts)
{
    if (t.size() != texts + 1)
        return false;
    for (std::size_t i = 1; i <= texts; ++i)
        if (t.text(static_cast<Symbol>(i)) != textOf(i) || t.find(textOf(i)) != i)
            return false;
    return t.find(textOf(texts + 1)) == 0;
}
} // namespace

class SymbolsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// Asking memory ahead changes no number, whatever of the texts is in the base, beyond it or new.
    void askingAheadGivesTheSameNumbers()
    {
        for (const std::size_t frozen : {std::size_t(0), std::size_t(1), std::size_t(40)}) {
            SymbolTable t = tableOf(frozen), twin = tableOf(frozen);
            if (frozen != 0)
                t.freeze();
            for (std::size_t from = 1; from < 400; from += 60) {
                std::vector<std::uint32_t> hashes{SymbolTable::hashOf("")};
                for (std::size_t i = from; i < from + 90; ++i) // the last thirty again the next time
                    hashes.push_back(SymbolTable::hashOf(textOf(i)));
                t.prefetch(hashes);
                QCOMPARE(t.intern("", hashes[0]), Symbol(0));
                for (std::size_t i = from; i < from + 90; ++i)
                    QCOMPARE(t.intern(textOf(i), hashes[i - from + 1]), twin.intern(textOf(i)));
            }
            QCOMPARE(t.size(), twin.size());
        }
    }
    void freezingChangesNothing()
    {
        SymbolTable t = tableOf(1000);
        const std::string_view before = t.text(500);
        t.freeze();
        QVERIFY(holds(t, 1000));
        QCOMPARE(t.text(500).data(), before.data());
        for (std::size_t i = 1001; i <= 3000; ++i)
            QCOMPARE(t.intern(textOf(i)), Symbol(i));
        QVERIFY(holds(t, 3000));
        t.freeze();
        t.freeze();
        QVERIFY(holds(t, 3000));
        QCOMPARE(t.text(500).data(), before.data());
    }

    void aPrefixKnowsNothingOfWhatCameLater()
    {
        SymbolTable t = tableOf(1000);
        t.freeze();
        for (const std::size_t n : {0, 1, 7, 500, 1000})
            QVERIFY(holds(t.prefix(n + 1), n));
        QVERIFY(holds(t.prefix(9999), 1000));
        QCOMPARE(t.prefix(0).size(), std::size_t(1));
        QCOMPARE(SymbolTable().prefix(5).size(), std::size_t(1));
    }

    void aPrefixGrowsAlongItsBaseWithoutCopying()
    {
        SymbolTable t = tableOf(1000);
        t.freeze();
        SymbolTable p = t.prefix(11);
        for (std::size_t i = 11; i <= 1000; ++i) {
            QCOMPARE(p.intern(textOf(i)), Symbol(i));
            QCOMPARE(p.text(static_cast<Symbol>(i)).data(), t.text(static_cast<Symbol>(i)).data());
        }
        for (std::size_t i = 1001; i <= 1200; ++i)
            QCOMPARE(p.intern(textOf(i)), Symbol(i));
        QVERIFY(holds(p, 1200));
        QVERIFY(holds(t, 1000));
    }

    /// Other texts than the base's next get the next numbers all the same, and the base's later ones are new to it.
    void aPrefixThatGoesItsOwnWayIsATableOfItsOwn()
    {
        SymbolTable t = tableOf(100);
        t.freeze();
        SymbolTable p = t.prefix(11);
        QCOMPARE(p.intern("mine"), Symbol(11));
        QCOMPARE(p.intern(textOf(11)), Symbol(12));
        QCOMPARE(p.intern(textOf(60)), Symbol(13));
        QCOMPARE(p.intern(textOf(12)), Symbol(14));
        QCOMPARE(p.find(textOf(60)), Symbol(13));
        QCOMPARE(p.find(textOf(5)), Symbol(5));
        QCOMPARE(p.find(textOf(61)), Symbol(0));
        QCOMPARE(p.text(11), std::string_view("mine"));
        p.freeze();
        QCOMPARE(p.size(), std::size_t(15));
        QCOMPARE(p.text(13), std::string_view(textOf(60)));
        QCOMPARE(p.intern("more"), Symbol(15));
        QVERIFY(holds(t, 100));
    }

    void aBaseOutlivesItsTable()
    {
        SymbolTable p;
        {
            SymbolTable t = tableOf(300);
            t.freeze();
            for (std::size_t i = 301; i <= 600; ++i)
                (void)t.intern(textOf(i));
            t.freeze();
            p = t.prefix(451);
        }
        QVERIFY(holds(p, 450));
    }

    void reservingChangesNothing()
    {
        SymbolTable t = tableOf(10);
        t.reserve(5000);
        QVERIFY(holds(t, 10));
        for (std::size_t i = 11; i <= 6000; ++i)
            QCOMPARE(t.intern(textOf(i)), Symbol(i));
        QVERIFY(holds(t, 6000));
    }
};

QD_TEST(SymbolsTest)
#include "tst_symbols.moc"
