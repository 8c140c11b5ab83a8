// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/boxed.h"
#include "tests/support/suite.h"

#include <QTest>
#include <string>
#include <variant>
#include <vector>

using qd::Boxed;

class TestBoxed : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isAValueFromTheBeginning()
    {
        const Boxed<std::string> empty;
        QCOMPARE(*empty, std::string());
        Boxed<std::string> said = std::string("a");
        said->push_back('b');
        QCOMPARE(*said, std::string("ab"));
        QCOMPARE(said->size(), std::size_t(2));
    }

    void aCopyIsItsOwn()
    {
        Boxed<std::string> first = std::string("first");
        Boxed<std::string> second = first;
        *second += " and more";
        QCOMPARE(*first, std::string("first"));
        Boxed<std::string> third;
        third = second;
        *second = "other";
        QCOMPARE(*third, std::string("first and more"));
        const Boxed<std::string> &same = third;
        third = same; // itself
        QCOMPARE(*third, std::string("first and more"));
    }

    void movingTakesTheValueWithoutTouchingIt()
    {
        Boxed<std::string> from = std::string("a text that is too long to lie in the string itself");
        const char *where = from->data();
        Boxed<std::string> to = std::move(from);
        QCOMPARE(static_cast<const void *>(to->data()), static_cast<const void *>(where));
        // What was moved from can be copied, thrown away, and be a value again.
        const Boxed<std::string> nothing = from;
        Q_UNUSED(nothing);
        from = std::string("again");
        QCOMPARE(*from, std::string("again"));
        std::vector<Boxed<std::string>> many(3);
        many[1] = std::move(to);
        many.resize(100);
        QCOMPARE(static_cast<const void *>(many[1]->data()), static_cast<const void *>(where));
    }

    /// What it is for: one large member does not make every event as large.
    void aVariantOfItIsNoLargerThanAPointer()
    {
        struct Large {
            char bytes[500];
        };
        QVERIFY(sizeof(std::variant<int, Boxed<Large>>) <= 2 * sizeof(void *));
        QVERIFY(sizeof(std::variant<int, Large>) >= 500);
    }
};

QD_TEST(TestBoxed)
#include "tst_boxed.moc"
