// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/report.h"

#include "core/base/safetext.h"
#include "tests/support/random.h"
#include "tests/support/suite.h"

#include <QCryptographicHash>
#include <QtTest>

using namespace qd;
using namespace qd::tests;

class TestReport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fingerprintOfNothingIsTheOffset() { QCOMPARE(fingerprintText(Fingerprint().value()), std::string("cbf29ce484222325")); }

    void reproducesAlertmanagersFingerprint()
    {
        BatchBuilder builder("am", Path::Push, {1});
        builder.begin();
        // Out of order on purpose: the order sent must not matter.
        for (const auto &[n, v] : {std::pair("severity", "critical"), std::pair("alertname", "InstanceDown"), std::pair("service", "node"),
                                   std::pair("cluster", "lab"), std::pair("instance", "127.0.0.1:19100"), std::pair("job", "node")})
            builder.label(n, v);
        builder.annotation("summary", "does not count");
        builder.end();
        const ReportBatch batch = builder.take();
        QCOMPARE(fingerprintText(batch.fingerprint[0]), std::string("3155d8631fe2a759"));
        QCOMPARE(batch.label(0, "cluster"), std::string_view("lab"));
        QCOMPARE(batch.annotation(0, "summary"), std::string_view("does not count"));
        QVERIFY(batch.isSound());
    }

    void keepsEachTextOnce()
    {
        BatchBuilder builder("am", Path::Push, {1});
        for (int i = 0; i < 100; ++i) {
            builder.begin();
            builder.label("alertname", "Same");
            builder.label("n", std::to_string(i));
            builder.end();
        }
        const ReportBatch batch = builder.take();
        QCOMPARE(batch.size(), std::size_t{100});
        QCOMPARE(batch.ends.size(), std::size_t{1 + 3 + 100}); // "", alertname, Same, n and 100 numbers
    }

    /// What the reports before said, in the same place or elsewhere, changes nothing in what one says.
    void aReportReadsTheSameAmongOthersAsAlone()
    {
        std::vector<std::string> pool{"", "plain", "plain2", "plaim", "two\nlines", "two lines", "tab\there", "tab here", "\x7f", "[U+007F]", "caf\xc3\xa9", "\xff",
                                      "\xef\xbf\xbd", "a\xe2\x80\x8b", "a[U+200B]", std::string(kNameLimit, 'n'), std::string(kNameLimit + 1, 'n')};
        for (int c = 1; c < 256; ++c)
            pool.push_back("x" + std::string(1, static_cast<char>(c)));
        const auto reportOf = [](BatchBuilder &builder, const std::vector<std::string> &texts) {
            builder.begin();
            for (std::size_t i = 0; i + 1 < texts.size(); i += 2)
                i < 4 ? builder.label(texts[i], texts[i + 1]) : builder.annotation(texts[i], texts[i + 1]);
            builder.end();
        };
        const auto shown = [](const ReportBatch &b, std::size_t row) {
            std::string out = fingerprintText(b.fingerprint[row]);
            for (std::size_t p = b.firstPair[row]; p < std::size_t{b.firstPair[row]} + b.labels[row] + b.annotations[row]; ++p)
                out.append("|").append(b.at(b.pairs[2 * p])).append("=").append(b.at(b.pairs[2 * p + 1]));
            return out;
        };
        SeededRandom random(7);
        std::vector<std::vector<std::string>> reports;
        for (int n = 0; n < 2000; ++n) {
            // Most keep what the one before has in most places.
            std::vector<std::string> texts = reports.empty() ? std::vector<std::string>(8, "plain") : reports.back();
            for (std::string &text : texts)
                if (random.below(4) == 0)
                    text = pool[random.below(pool.size())];
            if (random.below(8) == 0)
                texts.resize(random.below(2) == 0 ? 2 : 8, "plain");
            reports.push_back(std::move(texts));
        }
        BatchBuilder among("am", Path::Push, {1}, 16);
        for (const auto &texts : reports)
            reportOf(among, texts);
        const ReportBatch all = among.take();
        QVERIFY(all.isSound());
        for (std::size_t n = 0; n < reports.size(); ++n) {
            BatchBuilder alone("am", Path::Push, {1});
            reportOf(alone, reports[n]);
            QCOMPARE(shown(all, n), shown(alone.take(), 0));
        }
    }

    void clampsAndMarksAnOverlongFieldButFingerprintsWhatWasSent()
    {
        const std::string value(kFieldLimit + 5000, 'x');
        BatchBuilder builder("am", Path::Push, {1});
        builder.begin();
        builder.label("alertname", value);
        builder.end();
        const ReportBatch batch = builder.take();
        QVERIFY(batch.label(0, "alertname").size() < kFieldLimit + 128);
        const auto digest = QCryptographicHash::hash(QByteArray::fromStdString(value), QCryptographicHash::Sha256).toHex().toStdString();
        QVERIFY(batch.label(0, "alertname").ends_with("… [cut from 37768 bytes, SHA-256 " + digest + "]"));
        Fingerprint whole;
        whole.add("alertname", value);
        QCOMPARE(batch.fingerprint[0], whole.value());
    }

    void quarantineForgetsTheReportBegun()
    {
        BatchBuilder builder("am", Path::Push, {1});
        builder.begin();
        builder.label("left", "over");
        builder.quarantine(3, "no", "raw\nbytes");
        builder.begin();
        builder.label("alertname", "Next");
        builder.end();
        const ReportBatch batch = builder.take();
        QCOMPARE(batch.size(), std::size_t{1});
        QCOMPARE(batch.label(0, "left"), std::string_view());
        QCOMPARE(batch.quarantined.size(), std::size_t{1});
        QCOMPARE(batch.quarantined[0].index, 3u);
        QCOMPARE(batch.quarantined[0].excerpt, std::string("raw bytes"));
    }

    void aClockTooFarAheadIsCountedFromReceiptAndMarked()
    {
        const Instant now{1'700'000'000'000'000'000};
        const auto build = [&](Instant starts, Instant updated) {
            BatchBuilder b("am", Path::Push, now);
            b.begin();
            b.label("alertname", "Down");
            b.startsAt(starts);
            b.updatedAt(updated);
            b.end();
            return b.take();
        };
        const ReportBatch edge = build(now + kClockAhead, now + kClockAhead);
        QCOMPARE(edge.startsAt[0], (now + kClockAhead).ns);
        QCOMPARE(edge.annotations[0], std::uint16_t{0});
        const ReportBatch beyond = build(now + kClockAhead + nanos(1), now);
        QCOMPARE(beyond.startsAt[0], now.ns);
        QCOMPARE(beyond.updatedAt[0], now.ns);
        QVERIFY(beyond.annotation(0, kClockMark).find("in the future") != std::string_view::npos);
        const ReportBatch update = build(now - hours(1), now + hours(24 * 365));
        QCOMPARE(update.startsAt[0], (now - hours(1)).ns);
        QCOMPARE(update.updatedAt[0], now.ns); // or no later word of it would ever count
        QVERIFY(!update.annotation(0, kClockMark).empty());
        QCOMPARE(beyond.fingerprint[0], edge.fingerprint[0]);
    }

    void whatIsNotSeenIsMarkedAndNamed()
    {
        BatchBuilder builder("am", Path::Push, {1});
        const auto row = [&](const std::string &name, const std::string &value, const std::string &note) {
            builder.begin();
            builder.label("alertname", "A");
            builder.label(name, value);
            builder.annotation("summary", note);
            builder.end();
        };
        row("host", "db\xe2\x80\x8b""1", "plain");                       // a zero-width space
        row("host", "db1", "pay\xe2\x80\xaements");                      // a right-to-left override
        row("host", "db\xe2\x80\x8b""1", "pay\xe2\x80\xaements");     // the same texts again
        row("host", "db1", "gr\xc3\xbc\xc3\x9f" "e \xf0\x9f\x94\xa5"); // nothing hidden in these
        std::string piled = "a";
        for (std::size_t i = 0; i <= kMarksPerBase; ++i)
            piled += "\xcc\x81";
        row("host", piled, "plain");
        const ReportBatch batch = builder.take();
        QCOMPARE(batch.annotation(0, kHiddenMark), std::string_view("characters that are not seen were sent in host"));
        QCOMPARE(batch.label(0, "host"), std::string_view("db[U+200B]1"));
        QCOMPARE(batch.annotation(1, kHiddenMark), std::string_view("characters that are not seen were sent in summary"));
        QCOMPARE(batch.annotation(2, kHiddenMark), std::string_view("characters that are not seen were sent in host, summary"));
        QVERIFY(batch.annotation(3, kHiddenMark).empty());
        QCOMPARE(batch.annotation(4, kHiddenMark), std::string_view("characters that are not seen were sent in host"));
        BatchBuilder many("am", Path::Push, {1});
        many.begin();
        for (const char *name : {"l0", "l1", "l2", "l3", "l4", "l5", "l6"})
            many.label(name, "\xe2\x80\xae");
        many.end();
        QCOMPARE(many.take().annotation(0, kHiddenMark), std::string_view("characters that are not seen were sent in l0, l1, l2, l3, l4 and 2 more"));
    }

    void aLabelThatLooksLikeAnotherSaysSo()
    {
        BatchBuilder builder("am", Path::Push, {1});
        const auto row = [&](const std::string &name, const std::string &value, const std::string &note = {}) {
            builder.begin();
            builder.label(name, value);
            builder.annotation("summary", note);
            builder.end();
        };
        row("service", "\u0441heckout");           // a Cyrillic es
        row("service", "checkout", "\u0441heckout"); // prose is nobody's identity
        row("servi\u0441e", "checkout");
        row("service", "Zahlungsüberwachung");
        row("service", "checkout\u0436");
        const ReportBatch batch = builder.take();
        QCOMPARE(batch.annotation(0, kLookalikeMark), std::string_view("service looks like \"checkout\" and is written with other letters"));
        QVERIFY(batch.annotation(1, kLookalikeMark).empty());
        QCOMPARE(batch.annotation(2, kLookalikeMark), std::string_view("servi\u0441e (the label's name) looks like \"service\" and is written with other letters"));
        QVERIFY(batch.annotation(3, kLookalikeMark).empty());
        QCOMPARE(batch.annotation(4, kLookalikeMark), std::string_view("service mixes letters of different scripts"));
        BatchBuilder many("am", Path::Push, {1});
        many.begin();
        for (const char *name : {"l0", "l1", "l2", "l3", "l4", "l5", "l6"})
            many.label(name, "p\u0430y");
        many.end();
        QVERIFY(many.take().annotation(0, kLookalikeMark).ends_with("; and 2 more"));
    }

    void onlyKeepsTheRowsNamed()
    {
        BatchBuilder builder("am", Path::Poll, {7});
        for (int i = 0; i < 4; ++i) {
            builder.begin();
            builder.label("n", std::to_string(i));
            builder.link("http://x/" + std::to_string(i));
            builder.end();
        }
        const ReportBatch batch = builder.take();
        const ReportBatch some = batch.only({1, 3});
        QVERIFY(some.isSound());
        QCOMPARE(some.size(), std::size_t{2});
        QCOMPARE(some.label(0, "n"), std::string_view("1"));
        QCOMPARE(some.label(1, "n"), std::string_view("3"));
        QCOMPARE(some.at(some.link[1]), std::string_view("http://x/3"));
        QCOMPARE(some.fingerprint[1], batch.fingerprint[3]);
    }

    void damagedNumbersAreNotSound()
    {
        BatchBuilder builder("am", Path::Push, {1});
        builder.begin();
        builder.label("a", "b");
        builder.end();
        const ReportBatch good = builder.take();
        QVERIFY(good.isSound());
        const auto broken = [&](auto change) {
            ReportBatch b = good;
            change(b);
            return !b.isSound();
        };
        QVERIFY(broken([](ReportBatch &b) { b.pairs[0] = 99; }));
        QVERIFY(broken([](ReportBatch &b) { b.labels[0] = 2; }));
        QVERIFY(broken([](ReportBatch &b) { b.firstPair[0] = 0xffffffff; }));
        QVERIFY(broken([](ReportBatch &b) { b.status.clear(); }));
        QVERIFY(broken([](ReportBatch &b) { b.status[0] = 2; }));
        QVERIFY(broken([](ReportBatch &b) { b.ends.back() = 1000; }));
        QVERIFY(broken([](ReportBatch &b) { b.link[0] = 77; }));
    }

    void fingerprintTextRoundTrips()
    {
        QCOMPARE(*parseFingerprint("27ef078ffbe6f2e2"), std::uint64_t{0x27ef078ffbe6f2e2});
        QVERIFY(!parseFingerprint("27ef"));
        QVERIFY(!parseFingerprint("not a fingerprint"));
    }
};

QD_TEST(TestReport)
#include "tst_report.moc"
