// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/header.h"
#include "core/journal/keyring.h"
#include "tests/core/journal/journalfixture.h"
#include "tests/support/suite.h"

#include <fstream>
#include <sstream>

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

/// The version-1 bytes, frozen: a log written once, kept as text, must be written the same and read the same for ever.
/// A failure here means the format changed: then it needs a new number, a migrator and vectors of its own.
class TestVectors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void writesTheFrozenBytes();
    void readsTheFrozenBytes();
    void headerStandsWhereTheReadmeSays();

private:
    static std::map<std::string, std::string> write(MemoryHome &home);
    std::map<std::string, std::string> m_frozen;
};

void TestVectors::initTestCase()
{
    std::ifstream in(QD_SOURCE_DIR "/tests/core/journal/vectors-v1.txt");
    std::string line;
    while (std::getline(in, line)) {
        const std::size_t at = line.find(' ');
        if (!line.starts_with('#') && at != std::string::npos)
            m_frozen[line.substr(0, at)] = line.substr(at + 1);
    }
    QVERIFY(m_frozen.size() > 10);
}

std::map<std::string, std::string> TestVectors::write(MemoryHome &home)
{
    std::map<std::string, std::string> out;
    if (!home.create() || !home.open())
        return out;
    const std::vector<std::vector<Part>> records{
        {{"org", 1, bytesOf("first")}},
        {{"alerts/2026-11-18", 2, bytesOf("an alert")}, {"org", 1, {}}},
        {{"incident/INC-1", 3, Bytes(100, 0x55)},
         {"incident/INC-1/privileged", 3, bytesOf("\xe2\x82\xac")},
         {"person/p1", 1, bytesOf("p")}},
    };
    for (std::size_t i = 0; i < records.size(); ++i) {
        Answers answers;
        home.journal->append({i + 1, home.clock.now(), records[i]}, answers.take());
        if (answers.wait(1).size() != 1)
            return out;
        home.clock.advance(millis(1500));
    }
    out["checkpoint"] = toHex(asBytes(*home.journal->checkpoint()));
    home.journal.reset();
    for (const auto &[seq, row] : home.disk->rows)
        out["record" + std::to_string(seq)] = toHex(row);
    out["frontier"] = toHex(home.disk->checkpoints.begin()->second.frontier);
    const auto &keys = home.disk->keys;
    for (const SlotRow &slot : keys.slots)
        out["slot-" + slot.kind] = toHex(slot.parameters) + " " + toHex(slot.wrapped);
    out["epoch1"] = toHex(keys.epochs.front().wrapped);
    out["signer"] = toHex(keys.signer);
    for (std::size_t i = 0; i < keys.keys.size(); ++i)
        out["key" + std::to_string(i)] =
            toHex(keys.keys[i].id) + " " + toHex(keys.keys[i].stream) + " " + toHex(keys.keys[i].wrapped);
    out["log"] = toHex(home.disk->log.id.bytes) + " " + home.disk->log.origin + " " + toHex(home.disk->log.publicKey);
    out["recovery"] = home.created.recoveryKey;
    return out;
}

void TestVectors::writesTheFrozenBytes()
{
    MemoryHome home;
    const auto written = write(home);
    if (const QByteArray to = qgetenv("QD_WRITE_VECTORS"); !to.isEmpty()) {
        std::ofstream out(to.toStdString());
        for (const auto &[name, value] : written)
            out << name << ' ' << value << '\n';
    }
    QCOMPARE(written.size(), m_frozen.size());
    for (const auto &[name, value] : written)
        QVERIFY2(m_frozen.at(name) == value, name.c_str());
}

void TestVectors::readsTheFrozenBytes()
{
    // Nothing but the file: rebuilt into a home, opened with the recovery key, read, verified.
    MemoryHome home;
    const auto words = [&](const std::string &name) {
        std::istringstream in(m_frozen.at(name));
        std::vector<std::string> out;
        for (std::string word; in >> word;)
            out.push_back(word);
        return out;
    };
    const auto copyTo = [](auto &array, const std::string &hex) {
        const Bytes bytes = *fromHex(hex);
        std::copy(bytes.begin(), bytes.end(), array.begin());
    };
    copyTo(home.disk->log.id.bytes, words("log")[0]);
    home.disk->log.origin = words("log")[1];
    home.disk->log.publicKey = *fromHex(words("log")[2]);
    home.disk->hasLog = home.disk->hasKeys = true;
    home.disk->keys.slots = {{"keyfile", *fromHex(words("slot-keyfile")[0]), *fromHex(words("slot-keyfile")[1])},
                             {"recovery", *fromHex(words("slot-recovery")[0]), *fromHex(words("slot-recovery")[1])}};
    home.disk->keys.epochs = {{1, *fromHex(m_frozen.at("epoch1"))}};
    home.disk->keys.signer = *fromHex(m_frozen.at("signer"));
    for (int i = 0; m_frozen.contains("key" + std::to_string(i)); ++i) {
        const auto key = words("key" + std::to_string(i));
        KeyRow row;
        copyTo(row.id, key[0]);
        copyTo(row.stream, key[1]);
        row.epoch = 1;
        row.wrapped = *fromHex(key[2]);
        home.disk->keys.keys.push_back(row);
    }
    for (std::uint64_t seq = 1; seq <= 3; ++seq)
        home.disk->rows[seq] = *fromHex(m_frozen.at("record" + std::to_string(seq)));
    home.disk->checkpoints[3] = {3, std::string(asText(*fromHex(m_frozen.at("checkpoint")))),
                                 *fromHex(m_frozen.at("frontier"))};
    auto opened = Journal::open(home.path(), home.ports, {Unlock::Recovery, Secret(m_frozen.at("recovery"))},
                                home.clock, home.random);
    VERIFY_RESULT(opened);
    home.journal = std::move(*opened);
    const auto records = home.records();
    QCOMPARE(records.size(), std::size_t(3));
    QCOMPARE(records[0].parts[0].stream, std::string("org"));
    QVERIFY(records[0].parts[0].body == bytesOf("first"));
    QVERIFY(records[1].parts[1].body.empty());
    QCOMPARE(records[2].parts[1].stream, std::string("incident/INC-1/privileged"));
    QVERIFY(records[2].parts[0].body == Bytes(100, 0x55));
    QCOMPARE(qint64((records[2].time - records[0].time).ns), qint64(3'000'000'000));
    home.journal.reset();
    const auto report = home.verify({toBase64(home.disk->log.publicKey)});
    VERIFY_RESULT(report);
    QVERIFY(report->outcome == VerifyReport::Outcome::Authentic);
}

void TestVectors::headerStandsWhereTheReadmeSays()
{
    const Bytes blob = *fromHex(m_frozen.at("record2"));
    const std::string hex = toHex(blob);
    const auto at = [&](std::size_t offset, std::size_t size) { return hex.substr(offset * 2, size * 2); };
    const auto parsed = parseHeader(blob);
    VERIFY_RESULT(parsed);
    const Header &h = parsed->header;
    QCOMPARE(at(0, 4), std::string("51445201"));
    QCOMPARE(at(4, 2), std::string("0100"));
    QCOMPARE(at(6, 2), std::string("0200"));
    QCOMPARE(at(8, 4), std::string("45010000")); // 116 + 2 × 104 + 1 = 325
    QCOMPARE(at(12, 16), toHex(h.log.bytes));
    QCOMPARE(at(28, 8), std::string("0200000000000000"));
    QCOMPARE(at(36, 16), toHex(h.id.bytes));
    QCOMPARE(at(52, 16), toHex(h.writer.bytes));
    QCOMPARE(getNumber<std::int64_t>(blob.data() + 68), h.time.ns);
    QCOMPARE(getNumber<std::int64_t>(blob.data() + 76), h.boot.ns);
    QCOMPARE(at(84, 32), toHex(h.previous));
    QCOMPARE(at(116, 16), toHex(h.parts[0].stream));
    QCOMPARE(at(132, 16), toHex(h.parts[0].key));
    QCOMPARE(at(148, 4), std::string("02000000"));
    QCOMPARE(at(152, 4), std::string("18000000")); // "an alert" and a tag
    QCOMPARE(at(156, 32), toHex(h.parts[0].digest));
    QCOMPARE(at(188, 32), toHex(h.parts[0].commitment));
    QCOMPARE(at(220, 16), toHex(h.parts[1].stream));
    QCOMPARE(at(324, 1), std::string("00"));
    QCOMPARE(blob.size(), std::size_t(325 + 24 + 16));
    Bytes again(parsed->size);
    encodeHeader(h, again);
    QVERIFY(std::equal(again.begin(), again.end(), blob.begin()));
}

QD_TEST(TestVectors)
#include "tst_vectors.moc"
