// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/exportfile.h"
#include "core/journal/header.h"
#include "core/journal/keyring.h"
#include "core/journal/proof.h"
#include "core/journal/seal.h"
#include "tests/core/journal/journalfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <set>

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

namespace {

constexpr std::uint64_t kRecords = 21;
constexpr std::string_view kSecret = "canary-of-incident-2-Ondine";
constexpr std::string_view kOrgSecret = "canary-of-the-organisation-Melusine";

/// Says of a record what its bodies are, as a test reads them.
Timeline testTimeline(std::string schema = "test")
{
    return {std::move(schema), [](const Disclosed &d) -> Result<std::vector<std::string>> {
                std::vector<std::string> out;
                for (const Bytes &body : d.bodies)
                    out.push_back("{\"seq\":" + std::to_string(d.seq) + ",\"text\":\"" + std::string(asText(body)) + "\"}");
                return out;
            }};
}

/// Two incidents, alerts and the organisation in one log; every third record holds both incidents.
struct ExportHome : MemoryHome
{
    std::string early; ///< a checkpoint of the first records, held elsewhere
    bool make(std::uint64_t records = kRecords)
    {
        if (!create() || !open())
            return false;
        for (std::uint64_t seq = 1; seq <= records; ++seq) {
            const std::string n = std::to_string(seq);
            Draft draft{seq, clock.now(), {}};
            if (seq % 3 != 1)
                draft.parts.push_back({"org", 1, bytesOf(std::string(kOrgSecret) + n)});
            if (seq % 3 != 2)
                draft.parts.push_back({"incident/INC-1", 3, bytesOf("line " + n + " of INC-1")});
            if (seq % 3 != 1)
                draft.parts.push_back({"incident/INC-2", 3, bytesOf(std::string(kSecret) + n)});
            if (seq % 3 == 0)
                draft.parts.push_back({"alerts/2026-11-18", 2, bytesOf("alert " + n)});
            Answers answers;
            journal->append(std::move(draft), answers.take());
            if (answers.wait(1).size() != 1)
                return false;
            clock.advance(millis(1000));
            if (seq == 7)
                early = *journal->checkpoint();
        }
        journal.reset();
        return true;
    }
    ExportRequest request(const std::string &name = "INC-1") const
    {
        ExportRequest out;
        out.stream = "incident/" + name;
        out.name = name;
        out.timeline = testTimeline();
        out.manifest = [name](const ExportFacts &facts) {
            return "{\"name\":\"" + name + "\",\"schema\":\"test\",\"records\":" + std::to_string(facts.records) +
                   ",\"left\":" + std::to_string(facts.otherParts) + "}";
        };
        return out;
    }
    Result<std::string> cut(const ExportRequest &what) const { return exportStream(path(), ports, testUnlock(), what); }
    Result<std::string> cut(const std::string &name = "INC-1") const { return cut(request(name)); }

    /// Writes the changed file as the owner of the log would, who can sign what he likes.
    std::string signedAnew(const ExportFile &file, const std::string &manifest) const
    {
        const Secret seed = signer();
        return writeExport(file, manifest,
                           [&](const std::string &statement) { return signText(statement, file.origin, seed); });
    }
    Secret signer() const
    {
        // The signing seed lies under the epoch key, that under the root key, that in the slot of the test's key.
        auto ring = KeyRing::open(std::move(*ports.keys(path(), Access::Read)), path(), ports, created.origin,
                                  testUnlock(), const_cast<CountedRandom &>(random));
        return (*ring)->signer().duplicate();
    }
};

std::string textOf(const VerifyReport &report)
{
    std::string out = outcomeName(report.outcome);
    for (const auto &fault : report.errors)
        out += " " + fault.kind + "@" + std::to_string(fault.seq);
    return out;
}

std::string judged(std::string_view text, const VerifyOptions &options, const Timeline &timeline = testTimeline())
{
    const auto report = verifyExport(text, options, timeline);
    return report ? textOf(*report) : "refused: " + report.error().message;
}

} // namespace

/// One incident in one file, that proves itself to somebody who has nothing but the log's key.
class TestExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isAuthenticByItself();
    void everySizeOfLogIsProved();
    void holdsNothingOfOtherStreams();
    void disclosedKeysOpenTheirPartOnly();
    void everyByteChangedIsFound();
    void cutShortOrLongerIsFound();
    void anotherKeyIsNotAuthentic();
    void lyingOwnerIsFound_data();
    void lyingOwnerIsFound();
    void anotherLogsRecordIsRefused();
    void proofOfOneExportDoesNotServeAnother();
    void heldCheckpointsAreTiedIn();
    void checkpointItSaysNothingOfIsSaidSo();
    void anotherSchemaIsNotCompared();
    void unknownVersionIsNotCalledDamage();
    void damagedLogIsNotExported();
    void unknownIncidentIsSaidSo();
    void erasedIncidentIsSaidSo();
    void saysItInJson();
};

void TestExport::isAuthenticByItself()
{
    ExportHome home;
    QVERIFY(home.make());
    const auto before = home.disk->rows;
    const auto text = home.cut();
    VERIFY_RESULT(text);
    QCOMPARE(judged(*text, {home.created.verificationKey}), std::string("authentic"));
    QCOMPARE(judged(*text, {}), std::string("consistent"));
    const auto report = verifyExport(*text, {home.created.verificationKey}, testTimeline());
    QCOMPARE(report->records, std::uint64_t(14));
    QCOMPARE(report->headSeq, kRecords);
    QCOMPARE(report->exported, std::string("INC-1"));
    QCOMPARE(report->origin, home.created.origin);
    QVERIFY(home.disk->rows == before);
    // The file is plain JSON, and the readable part says what was said.
    const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(*text));
    QVERIFY(json.isObject());
    const auto timeline = json.object()[QLatin1String("timeline")].toArray();
    QCOMPARE(timeline.size(), 14);
    QCOMPARE(timeline[0].toObject()[QLatin1String("text")].toString(), QStringLiteral("line 1 of INC-1"));
    // The signature's digest is what sha256sum gives of all lines but the last two.
    const std::string lines = text->substr(0, text->rfind("\n\"signature\":") + 1);
    QVERIFY(json.object()[QLatin1String("signature")].toString().toStdString().find(
                toHex(Sha256().of(asBytes(lines)))) != std::string::npos);
}

void TestExport::everySizeOfLogIsProved()
{
    for (std::uint64_t size = 1; size <= 130; size += size < 20 ? 1 : 11) {
        ExportHome home;
        QVERIFY(home.make(size));
        const auto text = home.cut();
        VERIFY_RESULT(text);
        QCOMPARE(judged(*text, {home.created.verificationKey}), std::string("authentic"));
    }
}

void TestExport::holdsNothingOfOtherStreams()
{
    ExportHome home;
    QVERIFY(home.make());
    const auto text = home.cut();
    VERIFY_RESULT(text);
    // Neither in clear, nor in any base64 of the file, nor in what the disclosed keys open.
    std::vector<std::string> everything{*text};
    const auto file = parseExport(*text);
    VERIFY_RESULT(file);
    Sealer sealer;
    std::size_t opened = 0;
    for (const auto &record : file->records) {
        everything.emplace_back(asText(record.header));
        const auto header = parseHeaderAlone(record.header);
        VERIFY_RESULT(header);
        for (const auto &part : record.parts) {
            everything.emplace_back(asText(part.sealed));
            Bytes plain;
            QVERIFY(sealer.openDisclosed(*header, part.part, part.key, part.sealed, plain));
            everything.emplace_back(asText(plain));
            ++opened;
        }
    }
    QCOMPARE(opened, std::size_t(14));
    for (const std::string &piece : everything)
        for (const std::string_view word : {kSecret, kOrgSecret, std::string_view("INC-2"), std::string_view("alert ")})
            QVERIFY(piece.find(word) == std::string::npos);
    // No sealed part of another stream is carried along, and no key of the key store is in the file.
    std::set<std::string> sealed;
    for (const auto &record : file->records)
        for (const auto &part : record.parts)
            sealed.insert(std::string(asText(part.sealed)));
    for (const auto &[seq, row] : home.disk->rows) {
        const auto parsed = parseHeader(row);
        std::size_t at = parsed->size;
        for (const PartEntry &entry : parsed->header.parts) {
            const std::string body(asText(BytesView(row).subspan(at, entry.length)));
            at += entry.length;
            if (!sealed.contains(body))
                QVERIFY(text->find(toBase64(asBytes(body))) == std::string::npos);
        }
    }
}

void TestExport::disclosedKeysOpenTheirPartOnly()
{
    ExportHome home;
    QVERIFY(home.make());
    const auto text = home.cut();
    const auto file = parseExport(*text);
    VERIFY_RESULT(file);
    Sealer sealer;
    Bytes plain;
    std::set<Bytes> keys;
    for (const auto &record : file->records) {
        QCOMPARE(record.parts.size(), std::size_t(1));
        const auto &given = record.parts.front();
        QVERIFY(keys.insert(given.key).second); // each part has a key of its own
        // The key opens no part of any record but its own: not of its stream, not of another.
        for (const auto &[seq, row] : home.disk->rows) {
            const auto parsed = parseHeader(row);
            std::size_t at = parsed->size;
            for (std::size_t i = 0; i < parsed->header.parts.size(); ++i) {
                const BytesView sealed = BytesView(row).subspan(at, parsed->header.parts[i].length);
                at += parsed->header.parts[i].length;
                const bool own = seq == record.seq && i == given.part;
                QCOMPARE(sealer.openDisclosed(parsed->header, i, given.key, sealed, plain), own);
            }
        }
    }
}

void TestExport::everyByteChangedIsFound()
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

void TestExport::cutShortOrLongerIsFound()
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

void TestExport::anotherKeyIsNotAuthentic()
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

void TestExport::lyingOwnerIsFound_data()
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

void TestExport::lyingOwnerIsFound()
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
    const std::string manifest = "{\"name\":\"INC-1\",\"schema\":\"test\",\"records\":" + std::to_string(claimed) + "}";
    const std::string lie = home.signedAnew(file, manifest);
    // What the parts say cannot be compared where they could not be opened: then the timeline differs as well.
    std::string found = judged(lie, {home.created.verificationKey}, what == "timeline" ? testTimeline() : Timeline{});
    QCOMPARE(QString::fromStdString(found), verdict);
    if (what != "timeline")
        QVERIFY(judged(lie, {home.created.verificationKey}).starts_with("damaged"));
}

void TestExport::anotherLogsRecordIsRefused()
{
    ExportHome home, other;
    other.random.seed(99);
    QVERIFY(home.make(6) && other.make(6));
    ExportFile file = *parseExport(*home.cut());
    const std::string otherText = *other.cut();
    file.records[1] = parseExport(otherText)->records[1];
    file.timeline[1] = parseExport(otherText)->timeline[1];
    const std::string lie = home.signedAnew(file, "{\"name\":\"INC-1\",\"schema\":\"test\",\"records\":4}");
    QCOMPARE(judged(lie, {home.created.verificationKey}), std::string("damaged bad-hash@3"));
}

void TestExport::proofOfOneExportDoesNotServeAnother()
{
    ExportHome home, longer;
    QVERIFY(home.make(6) && longer.make(9)); // the same log, some records later
    ExportFile file = *parseExport(*home.cut());
    const std::string text = *longer.cut();
    file.checkpoint = parseExport(text)->checkpoint;
    const std::string lie = home.signedAnew(file, "{\"name\":\"INC-1\",\"schema\":\"test\",\"records\":4}");
    QCOMPARE(judged(lie, {home.created.verificationKey}),
             std::string("damaged bad-hash@1 bad-hash@3 bad-hash@4 bad-hash@6"));
}

void TestExport::heldCheckpointsAreTiedIn()
{
    ExportHome home;
    QVERIFY(home.make());
    auto request = home.request();
    request.checkpoints = {home.early};
    const auto text = home.cut(request);
    VERIFY_RESULT(text);
    QCOMPARE(judged(*text, {home.created.verificationKey, {home.early}}), std::string("authentic"));
    // Also the one it is proved against.
    const std::string own = parseExport(*text)->checkpoint;
    QCOMPARE(judged(*text, {home.created.verificationKey, {own, home.early}}), std::string("authentic"));
    // One of the same size that was signed for another tree: a fork.
    Note forked = *parseNote(home.early);
    forked.root[0] ^= 1;
    QCOMPARE(judged(*text, {home.created.verificationKey, {signNote(forked, home.signer())}}),
             std::string("damaged bad-hash@7"));
    forked.size = kRecords;
    QCOMPARE(judged(*text, {"", {signNote(forked, home.signer())}}), std::string("damaged bad-hash@21"));
    QCOMPARE(judged(*text, {"", {"nonsense"}}), std::string("damaged bad-signature@0"));
    // And such a one is no ground to export on.
    forked.size = 7;
    request.checkpoints = {signNote(forked, home.signer())};
    QCOMPARE(home.cut(request).error().code, Code::Corrupt);
    forked.size = 99;
    request.checkpoints = {signNote(forked, home.signer())};
    QVERIFY(home.cut(request).error().message.find("the log was cut") != std::string::npos);
    request.checkpoints = {"nonsense"};
    QCOMPARE(home.cut(request).error().code, Code::Invalid);
}

void TestExport::checkpointItSaysNothingOfIsSaidSo()
{
    ExportHome home;
    QVERIFY(home.make());
    const auto report = verifyExport(*home.cut(), {home.created.verificationKey, {home.early}}, testTimeline());
    QVERIFY(!report);
    QCOMPARE(report.error().code, Code::Invalid);
    QVERIFY(report.error().message.find("--checkpoint") != std::string::npos);
}

void TestExport::anotherSchemaIsNotCompared()
{
    ExportHome home;
    QVERIFY(home.make(6));
    ExportFile file = *parseExport(*home.cut());
    file.timeline[0] = "{\"words\":\"of a newer program\"}";
    const std::string newer = home.signedAnew(file, "{\"name\":\"INC-1\",\"schema\":\"newer\",\"records\":4}");
    QCOMPARE(judged(newer, {home.created.verificationKey}), std::string("authentic"));
}

void TestExport::unknownVersionIsNotCalledDamage()
{
    ExportHome home;
    QVERIFY(home.make(6));
    ExportFile file = *parseExport(*home.cut());
    file.version = 2;
    const std::string newer = home.signedAnew(file, "{\"new\":true}");
    QCOMPARE(judged(newer, {home.created.verificationKey}), std::string("unknown-version"));
    std::string changed = newer;
    changed[changed.find("true")] = 'T';
    QVERIFY(judged(changed, {}).starts_with("damaged"));
}

void TestExport::damagedLogIsNotExported()
{
    ExportHome home;
    QVERIFY(home.make());
    home.disk->rows.at(2)[72] ^= 1; // a record the incident has no part in
    const auto text = home.cut();
    QVERIFY(!text);
    QCOMPARE(text.error().code, Code::Corrupt);
    QVERIFY2(text.error().message.starts_with("The journal is damaged (bad-hash at record 2); nothing was exported."),
             text.error().message.c_str());
}

void TestExport::unknownIncidentIsSaidSo()
{
    ExportHome home;
    QVERIFY(home.make());
    for (const char *name : {"INC-9", "", "INC", "INC-1/privileged", "../INC-1"}) {
        const auto text = home.cut(name);
        QVERIFY(!text);
        QCOMPARE(text.error().code, Code::NotFound);
    }
    const Unlock wrong{Unlock::KeyFile, Secret(Bytes(32, 1))};
    QCOMPARE(exportStream(home.path(), home.ports, wrong, home.request()).error().code, Code::Forbidden);
}

void TestExport::erasedIncidentIsSaidSo()
{
    ExportHome home;
    QVERIFY(home.make());
    const auto header = parseHeader(home.disk->rows.at(1));
    std::erase_if(home.disk->keys.keys, [&](const KeyRow &k) { return k.id == header->header.parts[0].key; });
    QCOMPARE(home.cut("INC-1").error().code, Code::NotFound);
    VERIFY_RESULT(home.cut("INC-2"));
}

void TestExport::saysItInJson()
{
    ExportHome home;
    QVERIFY(home.make(6));
    const auto report = verifyExport(*home.cut(), {home.created.verificationKey}, testTimeline());
    const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(toJson(*report))).object();
    QCOMPARE(json[QLatin1String("result")].toString(), QStringLiteral("authentic"));
    QCOMPARE(json[QLatin1String("export")].toString(), QStringLiteral("INC-1"));
    QCOMPARE(json[QLatin1String("records")].toInt(), 4);
    QCOMPARE(json[QLatin1String("head")].toInt(), 6);
}

QTEST_GUILESS_MAIN(TestExport)
#include "tst_export.moc"
