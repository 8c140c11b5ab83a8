// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/oneof.h"
#include "tests/support/suite.h"

#include <QTest>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

/// Counts those that live, so that none is lost or destroyed twice.
struct Counted {
    static inline int living = 0;
    std::string text;
    explicit Counted(std::string t = {}) : text(std::move(t)) { ++living; }
    Counted(const Counted &other) : text(other.text) { ++living; }
    Counted(Counted &&other) noexcept : text(std::move(other.text)) { ++living; }
    Counted &operator=(const Counted &) = default;
    Counted &operator=(Counted &&) noexcept = default;
    ~Counted() { --living; }
};
struct Refusing {
    explicit Refusing(int n)
    {
        if (n < 0)
            throw std::invalid_argument("negative");
    }
};

struct Any;
using AnyOf = qd::OneOf<Any, int, Counted, std::vector<int>, Refusing>;
struct Any final : AnyOf {
    static const std::array<qd::Handling, AnyOf::kTypes> kHandling;
    using AnyOf::AnyOf;
};
constinit const std::array<qd::Handling, AnyOf::kTypes> Any::kHandling = AnyOf::handlings();

std::string told(const Any &any)
{
    return any.visit([]<typename T>(const T &v) -> std::string {
        if constexpr (std::is_same_v<T, int>)
            return std::to_string(v);
        else if constexpr (std::is_same_v<T, Counted>)
            return v.text;
        else
            return "other";
    });
}

} // namespace

class TestOneOf : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsTheFirstTypeUntilItIsGivenAnother();
    void isAskedByTypeAndVisited();
    void copiesAndMovesWhatItHoldsAndDestroysItOnce();
    void keepsWhatItHeldWhenMakingAnotherThrows();
};

void TestOneOf::holdsTheFirstTypeUntilItIsGivenAnother()
{
    Any any;
    QVERIFY(qd::holds<int>(any));
    QCOMPARE(qd::get<int>(any), 0);
    any = std::vector<int>{1, 2};
    QCOMPARE(any.index(), AnyOf::kIndexOf<std::vector<int>>);
    QCOMPARE(qd::get<std::vector<int>>(any).size(), std::size_t{2});
    static_assert(std::is_same_v<AnyOf::Nth<1>, Counted> && AnyOf::kIndexOf<Refusing> == 3 && !AnyOf::kHas<std::string>);
}

void TestOneOf::isAskedByTypeAndVisited()
{
    Any any = Counted("seven");
    QVERIFY(!qd::getIf<int>(&any));
    QCOMPARE(qd::getIf<Counted>(&any)->text, std::string("seven"));
    QVERIFY(!qd::getIf<int>(static_cast<const Any *>(nullptr)));
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(qd::get<int>(any)), std::bad_cast);
    QCOMPARE(told(any), std::string("seven"));
    QCOMPARE(told(Any(7)), std::string("7"));
    any.visit([](auto &held) {
        if constexpr (requires { held.text; })
            held.text += "teen";
    });
    QCOMPARE(told(any), std::string("seventeen"));
    std::size_t types = 0;
    AnyOf::eachType([&]<typename T>() { types += sizeof(T) > 0 ? 1 : 0; });
    QCOMPARE(types, AnyOf::kTypes);
    QVERIFY(AnyOf::anyType([]<typename T>() { return std::is_same_v<T, Refusing>; }));
}

void TestOneOf::copiesAndMovesWhatItHoldsAndDestroysItOnce()
{
    {
        Any a = Counted("long enough to lie somewhere of its own"), b = a, c = 3;
        QCOMPARE(Counted::living, 2);
        c = a;
        QCOMPARE(told(c), told(b));
        QCOMPARE(Counted::living, 3);
        b = Any(4);
        QCOMPARE(Counted::living, 2);
        const Any &same = c;
        c = same;
        QCOMPARE(told(c), told(a));
        Any moved = std::move(a);
        QCOMPARE(told(moved), told(c));
        std::vector<Any> many(3, moved);
        many.insert(many.begin(), Any(1));
        many.erase(many.begin() + 1);
        QCOMPARE(many.size(), std::size_t{3});
        QCOMPARE(told(many.back()), told(c));
    }
    QCOMPARE(Counted::living, 0);
}

void TestOneOf::keepsWhatItHeldWhenMakingAnotherThrows()
{
    Any any = Counted("kept");
    QVERIFY_EXCEPTION_THROWN(any.emplace<Refusing>(-1), std::invalid_argument);
    QCOMPARE(told(any), std::string("kept"));
    any.emplace<Refusing>(1);
    QVERIFY(qd::holds<Refusing>(any));
    QCOMPARE(Counted::living, 0);
}

QD_TEST(TestOneOf)
#include "tst_oneof.moc"
