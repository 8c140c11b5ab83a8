// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/codec.h"

#include "core/events/cborwriter.h"
#include "core/state/state.h"
#include "tests/support/invented.h"
#include "tests/support/dump.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <set>

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

constexpr std::size_t kTypes = AnyEvent::kTypes;
constexpr std::uint64_t kSeeds = 24;

Bytes encoded(const Event &event, std::uint32_t order = 0)
{
    Bytes out;
    encode(event, order, out);
    return out;
}

/// An invented record, encoded part by part and read back.
Result<Events> throughTheJournal(const Events &events, Instant at)
{
    const auto bodies = encodeRecord(events, at);
    std::vector<BytesView> views;
    for (const auto &b : bodies)
        views.emplace_back(b.body);
    return decodeRecord(views);
}

void everyType()
{
    QTest::addColumn<std::size_t>("index");
    for (std::size_t i = 0; i < kTypes; ++i) {
        Inventor inventor(1, Numbers::Small);
        QTest::newRow(std::string(typeName(inventedEvent(i, inventor))).c_str()) << i;
    }
}

} // namespace

class TestCodec : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void typeNumbersAreUniqueAndInTheirFamily()
    {
        std::set<std::uint16_t> numbers;
        std::set<std::string_view> names;
        for (std::size_t i = 0; i < kTypes; ++i) {
            Inventor inventor(1, Numbers::Small);
            const Event e = inventedEvent(i, inventor);
            QVERIFY2(typeNumber(e) != 0, typeName(e).data());
            QVERIFY2(numbers.insert(typeNumber(e)).second, typeName(e).data());
            QVERIFY2(names.insert(typeName(e)).second, typeName(e).data());
        }
    }

    void fieldNumbersAreUniqueInEveryType()
    {
        for (std::size_t i = 0; i < kTypes; ++i) {
            Inventor inventor(1, Numbers::Small);
            Event e = inventedEvent(i, inventor);
            visit(
                [&]<typename T>(T &value) {
                    std::set<int> numbers;
                    std::set<std::string> names;
                    T::visitFields(value, [&](int number, const char *name, auto &) {
                        QVERIFY2(number > 0 && numbers.insert(number).second, name);
                        QVERIFY2(names.insert(name).second, name);
                    });
                },
                e);
        }
    }

    void noEventUsesTheNumberThatSaysWhichTextsAreHeldApart_data() { everyType(); }
    void noEventUsesTheNumberThatSaysWhichTextsAreHeldApart()
    {
        QFETCH(std::size_t, index);
        Inventor inventor(1, Numbers::Small);
        Event event = inventedEvent(index, inventor);
        visit([]<typename T>(T &e) { T::visitFields(e, [](int number, const char *, auto &) { QVERIFY(number != CborWriter::kHeldApart); }); }, event);
    }

    void decodingReturnsWhatWasEncoded_data() { everyType(); }
    void decodingReturnsWhatWasEncoded()
    {
        QFETCH(std::size_t, index);
        for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
            Inventor inventor(seed, Numbers::Large);
            const Event original = inventedEvent(index, inventor);
            const Bytes bytes = encoded(original, static_cast<std::uint32_t>(seed));
            const auto back = decode(bytes);
            VERIFY_RESULT(back);
            QCOMPARE(back->size(), std::size_t{1});
            QCOMPARE(back->front().order, static_cast<std::uint32_t>(seed));
            QCOMPARE(typeName(back->front().event), typeName(original));
            QCOMPARE(toHex(encoded(back->front().event, static_cast<std::uint32_t>(seed))), toHex(bytes));
        }
    }

    void decodedEventFoldsLikeTheOriginal_data() { everyType(); }
    void decodedEventFoldsLikeTheOriginal()
    {
        QFETCH(std::size_t, index);
        for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
            const Events original = inventedRecord(index, seed);
            Log one = someState(), other = someState();
            const auto back = throughTheJournal(original, one.now());
            VERIFY_RESULT(back);
            QCOMPARE(back->size(), original.size());
            one.record(original);
            other.record(*back);
            const std::string difference = firstDifference(dump(one.state), dump(other.state));
            QVERIFY2(difference.empty(), difference.c_str());
        }
    }

    void someEventOfEveryTypeChangesTheState_data() { everyType(); }
    void someEventOfEveryTypeChangesTheState()
    {
        // Guards the test above: a fold that did nothing would pass it.
        QFETCH(std::size_t, index);
        Inventor inventor(1, Numbers::Small);
        if (holds<ClockWoke>(inventedEvent(index, inventor)))
            return; // by design: time passes, nothing else
        if (holds<IdentitySaid>(inventedEvent(index, inventor)))
            return; // what is made of it is the event after it
        if (holds<AlertsReported>(inventedEvent(index, inventor)))
            return; // folded by the AlertsDecided after it
        bool changed = false;
        for (std::uint64_t seed = 0; seed < kSeeds && !changed; ++seed) {
            Log one = someState(), other = someState();
            one.record(inventedRecord(index, seed));
            other.record(ClockWoke{});
            changed = dump(one.state) != dump(other.state);
        }
        QVERIFY(changed);
    }

    void keepsTheOrderAcrossStreams()
    {
        const Events events = {LogWritten{"INC-1", "first", {}}, SourceFailed{"am", "second"}, LogWritten{"INC-1", "third", {}},
                               LogWritten{"INC-2", "fourth", {}}};
        const auto bodies = encodeRecord(events, kMorning);
        QCOMPARE(bodies.size(), std::size_t{6}); // and a text each, held apart
        QCOMPARE(bodies[0].stream, std::string("incident/INC-1"));
        QCOMPARE(bodies[1].stream, std::string("org"));
        QCOMPARE(bodies[2].stream, std::string("incident/INC-2"));
        // Any order of parts gives the same events.
        const BytesView shuffled[] = {bodies[2].body, bodies[5].body, bodies[0].body, bodies[3].body, bodies[1].body, bodies[4].body};
        const auto back = decodeRecord(shuffled);
        VERIFY_RESULT(back);
        QCOMPARE(get<LogWritten>((*back)[0]).text, std::string("first"));
        QCOMPARE(get<SourceFailed>((*back)[1]).reason, std::string("second"));
        QCOMPARE(get<LogWritten>((*back)[3]).text, std::string("fourth"));
    }

    void sealsAlertsByDay() { QCOMPARE(streamOf(AlertsEnded{}, kMorning), std::string("alerts/2026-11-23")); }

    void skipsFieldsItDoesNotKnow()
    {
        Bytes bytes;
        CborWriter w(bytes);
        w.array(3);
        w.value(std::uint64_t{0});
        w.value(std::uint64_t{kTypeNumber<LogWritten>});
        w.map(4);
        w.value(std::uint64_t{1});
        w.value(std::string("INC-1"));
        w.value(std::uint64_t{98});
        w.value(std::vector<std::uint64_t>{1, 2, 3}); // a tagged typed array
        w.value(std::uint64_t{99});
        w.map(1); // a structure of the future
        w.value(std::uint64_t{1});
        w.array(2);
        w.value(true);
        w.value(std::int64_t{-7});
        w.value(std::uint64_t{2});
        w.value(std::string("still read"));
        const auto back = decode(bytes);
        VERIFY_RESULT(back);
        QCOMPARE(get<LogWritten>(back->front().event).text, std::string("still read"));
    }

    void skipsTypesItDoesNotKnow()
    {
        Bytes bytes;
        CborWriter w(bytes);
        w.array(3);
        w.value(std::uint64_t{0});
        w.value(std::uint64_t{60'000});
        w.map(1);
        w.value(std::uint64_t{1});
        w.value(std::string("from the future"));
        encode(LogWritten{"INC-1", "known", {}}, 1, bytes);
        const auto back = decode(bytes);
        VERIFY_RESULT(back);
        QCOMPARE(back->size(), std::size_t{1});
        QCOMPARE(get<LogWritten>(back->front().event).text, std::string("known"));
    }

    void leavesOutDefaultsAndReadsThemBack()
    {
        StepReached zero;
        zero.step = 0; // its C++ default is 1: zero must come back as zero
        const auto back = decode(encoded(zero));
        VERIFY_RESULT(back);
        QCOMPARE(get<StepReached>(back->front().event).step, 0U);
    }

    void neverReadsPastATruncation_data() { everyType(); }
    void neverReadsPastATruncation()
    {
        QFETCH(std::size_t, index);
        Inventor inventor(3, Numbers::Large);
        const Bytes whole = encoded(inventedEvent(index, inventor));
        for (std::size_t n = 1; n < whole.size(); ++n) {
            const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(n)); // its own memory, so that a sanitizer sees a read past it
            VERIFY_FAILS(decode(cut), Code::Corrupt);
        }
    }

    void survivesDamage_data() { everyType(); }
    void survivesDamage()
    {
        QFETCH(std::size_t, index);
        SeededRandom random(index + 1);
        for (int round = 0; round < 60; ++round) {
            const Events original = inventedRecord(index, random.below(kSeeds));
            auto bodies = encodeRecord(original, kMorning);
            std::vector<BytesView> views;
            for (auto &b : bodies) {
                b.body[random.below(b.body.size())] ^= static_cast<std::uint8_t>(1U << random.below(8));
                views.emplace_back(b.body);
            }
            const auto back = decodeRecord(views);
            if (!back) {
                QCOMPARE(back.error().code, Code::Corrupt);
                continue;
            }
            Log log = someState();
            log.record(*back); // what decodes also folds
        }
    }

    void refusesNestingWithoutEnd()
    {
        Bytes bytes;
        CborWriter w(bytes);
        w.array(3);
        w.value(std::uint64_t{0});
        w.value(std::uint64_t{60'000});
        for (int i = 0; i < 100'000; ++i)
            w.array(1);
        VERIFY_FAILS(decode(bytes), Code::Corrupt);
    }

    void refusesALengthTheBytesCannotHold()
    {
        Bytes bytes;
        CborWriter w(bytes);
        w.array(3);
        w.value(std::uint64_t{0});
        w.value(std::uint64_t{kTypeNumber<AlertsAttached>});
        w.map(1);
        w.value(std::uint64_t{2});
        w.array(std::size_t{1} << 60);
        VERIFY_FAILS(decode(bytes), Code::Corrupt);
    }

    void versionOneBytesNeverChange_data()
    {
        // Frozen: journals hold these bytes. A failing row means that old journals cannot be read, never that the row is old.
        QTest::addColumn<QByteArray>("expected");
        QTest::addColumn<QByteArray>("actual");
        const auto row = [](const char *name, const char *expected, const Event &event) {
            QTest::newRow(name) << QByteArray(expected) << QByteArray::fromStdString(toHex(encoded(event, 2)));
        };
        row("ClockWoke",
            "83020aa0", ClockWoke{});
        row("LogWritten",
            "8302182da30165494e432d37026f726f6c6c6564206261636b20342e3203a20163616e610207", LogWritten{"INC-7", "rolled back 4.2", {"ana", Path::Chat}});
        row("IncidentDeclared",
            "83021828a90165494e432d37026e436865636b6f7574206661696c730368636865636b6f757404647265616c0502061b18ea"
            "b159a2acc000078173616d2f3030303030303030303030303030666608f509a20163616e610206",
            IncidentDeclared{"INC-7", "Checkout fails", "checkout", "real", IncidentSeverity::Sev2, kMorning, {"am/00000000000000ff"}, true, {"ana", Path::Person}});
        row("StepReached",
            "83021847a80103020203010465494e432d37058263616e616362656e061b18eab19f7c11780007f508a3016f657363616c61"
            "74696f6e2e737465700281616d03816172", StepReached{3, 2, 1, "INC-7", {"ana", "ben"}, kMorning + minutes(5), true, {"escalation.step", {"m"}, {"r"}}});
        row("AlertsEnded",
            "830216a40162616d02d84750010000000000000000000000000000ff031b18eab159a2acc00004a1016c616c6572742e6162"
            "73656e74", AlertsEnded{"am", {1, 0xff00000000000000}, kMorning, {"alert.absent", {}, {}}});
        row("AlertsRepeated",
            "830217a70162616d021b18eab159a2acc000031b18eab1609ed06c00040405d8475001000000000000000200000000000000"
            "06d84f5000c0aca259b1ea18ffffffffffffffff07d846480200000070110100", AlertsRepeated{"am", kMorning, kMorning + seconds(30), 4, {1, 2}, {kMorning.ns, -1}, {2, 70'000}});
        row("UpdateIssued",
            "83021835a70165494e432d3702667374617475730369637573746f6d657273046474657874050106a266696d706163746473"
            "6c6f77646e6578746531343a343007a20163616e610206", UpdateIssued{"INC-7", "status", "customers", "text", 1, {{"impact", "slow"}, {"next", "14:40"}}, {"ana", Path::Person}});
        row("OutboxMoved",
            "8302184ca40119012c020203636d2d310565494e432d37", OutboxMoved{300, Delivery::Confirmed, "m-1", "", "INC-7"});
    }
    void versionOneBytesNeverChange()
    {
        QFETCH(QByteArray, expected);
        QFETCH(QByteArray, actual);
        QCOMPARE(actual, expected);
    }
};

QD_TEST(TestCodec)
#include "tst_codec.moc"
