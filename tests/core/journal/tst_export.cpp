// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/words.h"
#include "tests/core/journal/exportfixture.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// One incident in one file, that proves itself to somebody who has nothing but the log's key.
class TestExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isAuthenticByItself();
    void everySizeOfLogIsProved();
    void holdsNothingOfOtherStreams();
    void disclosedKeysOpenTheirPartOnly();
    void heldCheckpointsAreTiedIn();
    void checkpointItSaysNothingOfIsSaidSo();
    void headCodesAreHeldAgainstEveryRecordItVouchesFor();
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
    QCOMPARE(report->headSeq, kExportRecords);
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
    forked.size = kExportRecords;
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

void TestExport::headCodesAreHeldAgainstEveryRecordItVouchesFor()
{
    ExportHome home;
    QVERIFY(home.make(6)); // records 2 and 5 are not of INC-1
    const auto codeOf = [&](std::uint64_t seq) {
        const Bytes &row = home.disk->rows.at(seq);
        return std::to_string(seq) + ":" + headWords(leafHash(*std::make_unique<Sha256>(), BytesView(row).first(parseHeader(row)->size)));
    };
    ExportFile open = *parseExport(*home.cut());
    open.complete.reset();
    open.between.clear();
    for (const std::string &text : {*home.cut(), home.signedAnew(open, "{\"name\":\"INC-1\",\"schema\":\"test\",\"records\":4}")}) {
        VerifyOptions options{home.created.verificationKey};
        for (std::uint64_t seq = 1; seq <= 6; ++seq)
            options.headCodes.push_back(codeOf(seq));
        QCOMPARE(judged(text, options), std::string("authentic"));
        options.headCodes = {"5:" + codeOf(4).substr(2), "6:" + codeOf(1).substr(2)};
        QCOMPARE(judged(text, options), std::string("damaged bad-hash@5 bad-hash@6"));
        options.headCodes = {"7:" + codeOf(4).substr(2)};
        QVERIFY(judged(text, options).starts_with("refused: This export says nothing of record 7"));
        options.headCodes = {"nonsense"};
        QVERIFY(judged(text, options).starts_with("refused: A head code is"));
        // Damage is told, whatever else was asked.
        options.headCodes = {"7:" + codeOf(4).substr(2)};
        std::string changed = text;
        changed[changed.find("INC-1")] = 'i';
        QVERIFY(judged(changed, options).starts_with("damaged"));
    }
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
    file.version = kExportVersion + 1;
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

QD_TEST(TestExport)
#include "tst_export.moc"
