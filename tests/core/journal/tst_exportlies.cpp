// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/journal/exportfixture.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// An export somebody changed, without the log's key and with it.
class TestExportLies : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyByteChangedIsFound();
    void cutShortOrLongerIsFound();
    void anotherKeyIsNotAuthentic();
    void lyingOwnerIsFound_data();
    void lyingOwnerIsFound();
    void anotherLogsRecordIsRefused();
    void proofOfOneExportDoesNotServeAnother();
};

void TestExportLies::everyByteChangedIsFound()
{
    ExportHome home;
    QVERIFY(home.make(4));
    const std::string text = *home.cut();
    const VerifyOptions options{home.created.verificationKey};
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const int flip : {1, 0x20}) {
            std::string changed = text;
            changed[at] = static_cast<char>(changed[at] ^ flip);
            for (const VerifyOptions &told : {options, VerifyOptions{}}) {
                const auto report = verifyExport(changed, told, testTimeline());
                VERIFY_RESULT(report);
                QVERIFY2(report->outcome == VerifyReport::Outcome::Damaged,
                         (std::to_string(at) + ": " + textOf(*report)).c_str());
                QVERIFY(!report->errors.empty());
            }
        }
    }
}

void TestExportLies::cutShortOrLongerIsFound()
{
    ExportHome home;
    QVERIFY(home.make(4));
    const std::string text = *home.cut();
    const VerifyOptions options{home.created.verificationKey};
    for (std::size_t size = 0; size < text.size(); ++size)
        QVERIFY(judged(text.substr(0, size), options).starts_with("damaged"));
    for (const char *more : {" ", "\n", "}", "\n}\n", "x"})
        QVERIFY(judged(text + more, options).starts_with("damaged"));
    QVERIFY(judged(" " + text, options).starts_with("damaged"));
    QVERIFY(judged(text + text, options).starts_with("damaged"));
    // A line doubled, dropped, or put elsewhere.
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
        lines.push_back(text.substr(at, text.find('\n', at) + 1 - at));
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string dropped, doubled, swapped;
        for (std::size_t j = 0; j < lines.size(); ++j) {
            dropped += j == i ? "" : lines[j];
            doubled += j == i ? lines[j] + lines[j] : lines[j];
            swapped += lines[j == i ? (i + 1) % lines.size() : j == (i + 1) % lines.size() ? i : j];
        }
        QVERIFY(judged(dropped, options).starts_with("damaged"));
        QVERIFY(judged(doubled, options).starts_with("damaged"));
        QVERIFY(judged(swapped, options).starts_with("damaged"));
    }
}

void TestExportLies::anotherKeyIsNotAuthentic()
{
    ExportHome home;
    QVERIFY(home.make(4));
    const std::string text = *home.cut();
    const std::string other = toBase64(publicKeyOf(Secret(Bytes(32, 1))));
    QVERIFY(judged(text, {other}).starts_with("damaged bad-signature@0"));
    QCOMPARE(verifyExport(text, {"not a key"}).error().code, Code::Invalid);
    // All of it made anew under the forger's own key: sound by itself, and not of this log.
    ExportFile file = *parseExport(text);
    const Secret seed(Bytes(32, 66));
    const Note note = *parseNote(file.checkpoint);
    file.key = publicKeyOf(seed);
    file.checkpoint = signNote(note, seed);
    const std::string forged = writeExport(file, "{\"name\":\"INC-1\",\"schema\":\"test\",\"records\":3}",
                                           [&](const std::string &s) { return signText(s, file.origin, seed); });
    QCOMPARE(judged(forged, {}), std::string("consistent"));
    QVERIFY(judged(forged, {home.created.verificationKey}).starts_with("damaged bad-signature@0"));
}

void TestExportLies::lyingOwnerIsFound_data()
{
    QTest::addColumn<QString>("verdict");
    QTest::newRow("header") << "damaged bad-hash@3 bad-seal@3";
    QTest::newRow("header of another record") << "damaged bad-hash@3";
    QTest::newRow("seq") << "damaged bad-hash@2";
    QTest::newRow("sealed") << "damaged bad-hash@3 bad-seal@3";
    QTest::newRow("part key") << "damaged bad-seal@3";
    QTest::newRow("part number") << "damaged bad-hash@3 bad-seal@3";
    QTest::newRow("part beyond") << "damaged bad-hash@3";
    QTest::newRow("no part") << "damaged missing@3";
    QTest::newRow("proof") << "damaged bad-hash@3";
    QTest::newRow("proof longer") << "damaged bad-hash@3";
    QTest::newRow("record doubled") << "damaged duplicate@3";
    QTest::newRow("records swapped") << "damaged reordered@1";
    QTest::newRow("record dropped") << "damaged missing@0";
    QTest::newRow("timeline") << "damaged bad-hash@0";
    QTest::newRow("checkpoint") << "damaged bad-hash@1 bad-hash@3 bad-hash@4 bad-hash@6";
    QTest::newRow("checkpoint signature") << "damaged bad-signature@6";
    QTest::newRow("origin") << "damaged bad-signature@0 bad-signature@6";
    QTest::newRow("earlier") << "damaged bad-hash@2";
}

void TestExportLies::lyingOwnerIsFound()
{
    QFETCH(QString, verdict);
    ExportHome home;
    QVERIFY(home.make(6));
    const std::string text = *home.cut();
    ExportFile file = *parseExport(text);
    QCOMPARE(file.records.size(), std::size_t(4)); // 1, 3, 4, 6
    ExportFile::Record &third = file.records[1];
    std::uint64_t claimed = 4;
    const std::string what = QTest::currentDataTag();
    if (what == "header")
        third.header[40] ^= 1;
    else if (what == "header of another record")
        third.header = file.records[2].header;
    else if (what == "seq")
        third.seq = 2;
    else if (what == "sealed")
        third.parts[0].sealed[3] ^= 1;
    else if (what == "part key")
        third.parts[0].key[0] ^= 1;
    else if (what == "part number")
        third.parts[0].part = 0;
    else if (what == "part beyond")
        third.parts[0].part = 9;
    else if (what == "no part")
        third.parts.clear();
    else if (what == "proof")
        third.proof[1][0] ^= 1;
    else if (what == "proof longer")
        third.proof.push_back({});
    else if (what == "record doubled") {
        file.records.insert(file.records.begin() + 1, file.records[1]);
        file.timeline.insert(file.timeline.begin() + 1, file.timeline[1]);
        claimed = 5;
    } else if (what == "records swapped") {
        std::swap(file.records[0], file.records[1]);
        std::swap(file.timeline[0], file.timeline[1]);
    } else if (what == "record dropped") {
        file.records.erase(file.records.begin() + 1);
        file.timeline.erase(file.timeline.begin() + 1);
    } else if (what == "timeline")
        file.timeline[1] = "{\"seq\":3,\"text\":\"something else\"}";
    else if (what == "checkpoint") {
        Note note = *parseNote(file.checkpoint);
        note.root[5] ^= 1;
        file.checkpoint = signNote(note, home.signer());
    } else if (what == "checkpoint signature")
        file.checkpoint[file.checkpoint.size() - 6] ^= 1;
    else if (what == "origin")
        file.origin += "x";
    else if (what == "earlier") {
        file.earlier.push_back({signNote({file.origin, 2, Hash{}}, home.signer()), {}});
    }
    const ExportFile whole = file;
    file.complete.reset(); // what is found without it; with it, more of it is
    file.between.clear();
    const std::string manifest = "{\"name\":\"INC-1\",\"schema\":\"test\",\"records\":" + std::to_string(claimed) + "}";
    const std::string lie = home.signedAnew(file, manifest);
    // What the parts say cannot be compared where they could not be opened: then the timeline differs as well.
    std::string found = judged(lie, {home.created.verificationKey}, what == "timeline" ? testTimeline() : Timeline{});
    QCOMPARE(QString::fromStdString(found), verdict);
    QVERIFY(judged(home.signedAnew(whole, manifest), {home.created.verificationKey}).starts_with("damaged"));
    if (what != "timeline")
        QVERIFY(judged(lie, {home.created.verificationKey}).starts_with("damaged"));
}

void TestExportLies::anotherLogsRecordIsRefused()
{
    ExportHome home, other;
    other.random.seed(99);
    QVERIFY(home.make(6) && other.make(6));
    ExportFile file = *parseExport(*home.cut());
    const std::string otherText = *other.cut();
    file.records[1] = parseExport(otherText)->records[1];
    file.timeline[1] = parseExport(otherText)->timeline[1];
    file.complete.reset();
    file.between.clear();
    const std::string lie = home.signedAnew(file, "{\"name\":\"INC-1\",\"schema\":\"test\",\"records\":4}");
    QCOMPARE(judged(lie, {home.created.verificationKey}), std::string("damaged bad-hash@3"));
}

void TestExportLies::proofOfOneExportDoesNotServeAnother()
{
    ExportHome home, longer;
    QVERIFY(home.make(6) && longer.make(9)); // the same log, some records later
    ExportFile file = *parseExport(*home.cut());
    const std::string text = *longer.cut();
    file.checkpoint = parseExport(text)->checkpoint;
    file.complete.reset();
    file.between.clear();
    const std::string lie = home.signedAnew(file, "{\"name\":\"INC-1\",\"schema\":\"test\",\"records\":4}");
    QCOMPARE(judged(lie, {home.created.verificationKey}),
             std::string("damaged bad-hash@1 bad-hash@3 bad-hash@4 bad-hash@6"));
}

QD_TEST(TestExportLies)
#include "tst_exportlies.moc"
