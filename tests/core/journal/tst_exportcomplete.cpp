// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/journal/exportfixture.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

namespace {

std::string manifestOf(const ExportFile &file)
{
    return "{\"name\":\"INC-1\",\"schema\":\"test\",\"records\":" + std::to_string(file.records.size()) + "}";
}

/// Passes a record of the incident off as one that is none of it.
void hide(ExportFile &file, std::size_t index)
{
    const std::uint64_t seq = file.records[index].seq;
    const auto before = static_cast<std::ptrdiff_t>(seq - file.complete->from - index);
    file.between.insert(file.between.begin() + before, file.records[index].header);
    file.records.erase(file.records.begin() + static_cast<std::ptrdiff_t>(index));
    file.timeline.erase(file.timeline.begin() + static_cast<std::ptrdiff_t>(index));
}

/// An incident whose records hold a text each, under a key of its own; one is struck.
struct TextHome : ExportHome
{
    std::uint64_t struck = 0;
    bool makeTexts()
    {
        if (!create() || !open())
            return false;
        std::vector<Id16> keys;
        for (std::uint64_t seq = 1; seq <= 8; ++seq) {
            Draft draft{seq, clock.now(), {{"org", 1, bytesOf("o")}}};
            if (seq % 2 == 1) {
                draft.parts.push_back({"incident/INC-1", 3, bytesOf("event " + std::to_string(seq))});
                draft.parts.push_back({"text/incident/INC-1", kTextFamily, bytesOf("text " + std::to_string(seq)), false, true});
            }
            Answers answers;
            journal->append(std::move(draft), answers.take());
            const auto all = answers.wait(1);
            if (all.size() != 1 || !all[0].record)
                return false;
            if (seq == 3)
                keys.push_back(all[0].record->parts[2].key);
        }
        KeyChange change;
        change.strike = keys;
        struck = 3;
        Answers answers;
        journal->append({9, clock.now(), {{"org", 1, bytesOf("why")}}}, std::move(change), answers.take());
        const auto all = answers.wait(1);
        journal.reset();
        return all.size() == 1 && all[0].record;
    }
};

} // namespace

/// That nothing of the incident is left out: the headers of all other records say so.
class TestExportComplete : public QObject
{
    Q_OBJECT

    static std::string told(const ExportHome &home, const ExportFile &file)
    {
        return judged(home.signedAnew(file, manifestOf(file)), {home.created.verificationKey});
    }

private Q_SLOTS:
    void theOtherRecordsHeadersAreThereAndNothingOfThem()
    {
        ExportHome home;
        QVERIFY(home.make());
        const std::string text = *home.cut();
        const ExportFile file = *parseExport(text);
        QVERIFY(file.complete && file.complete->from == 1 && file.complete->to == kExportRecords);
        QCOMPARE(file.between.size(), std::size_t(7)); // 2, 5, 8 … 20
        for (const Bytes &header : file.between)
            VERIFY_RESULT(parseHeaderAlone(header)); // a header and nothing after it
        const auto report = verifyExport(text, {home.created.verificationKey}, testTimeline());
        VERIFY_RESULT(report);
        QCOMPARE(report->completeFrom, std::uint64_t(1));
        QCOMPARE(report->completeTo, kExportRecords);
        QVERIFY(toJson(*report).find("\"complete\":{\"from\":1,\"to\":21}") != std::string::npos);
    }

    void eachHiddenRecordIsFound()
    {
        ExportHome home;
        QVERIFY(home.make(12));
        const ExportFile file = *parseExport(*home.cut());
        for (std::size_t i = 1; i < file.records.size(); ++i) {
            ExportFile lie = file;
            hide(lie, i);
            QCOMPARE(QString::fromStdString(told(home, lie)), QString::fromStdString("damaged missing@" + std::to_string(file.records[i].seq)));
            lie = file; // or left out altogether
            lie.records.erase(lie.records.begin() + static_cast<std::ptrdiff_t>(i));
            lie.timeline.erase(lie.timeline.begin() + static_cast<std::ptrdiff_t>(i));
            QCOMPARE(QString::fromStdString(told(home, lie)), QStringLiteral("damaged missing@0"));
        }
        // The first one gone, the span begins later: that is the one thing it cannot show, and the span says where it begins.
        ExportFile later = file;
        later.records.erase(later.records.begin());
        later.timeline.erase(later.timeline.begin());
        later.complete->from = later.records.front().seq;
        later.between.erase(later.between.begin());
        const auto report = verifyExport(home.signedAnew(later, manifestOf(later)), {home.created.verificationKey}, testTimeline());
        QVERIFY(report && report->errors.empty());
        QCOMPARE(report->completeFrom, later.records.front().seq);
    }

    void everyOtherHeaderMustBeTheLogs()
    {
        ExportHome home, other;
        other.random.seed(99);
        QVERIFY(home.make(12) && other.make(12));
        const ExportFile file = *parseExport(*home.cut());
        const ExportFile foreign = *parseExport(*other.cut());
        for (std::size_t i = 0; i < file.between.size(); ++i) {
            const std::uint64_t seq = 2 + 3 * i;
            for (std::size_t at = 0; at < file.between[i].size(); at += 7) {
                ExportFile lie = file;
                lie.between[i][at] ^= 1;
                const std::string verdict = told(home, lie);
                // The one after it says what it was; a changed number or length is seen in itself.
                QVERIFY2(verdict == "damaged bad-hash@" + std::to_string(seq) || verdict == "damaged bad-hash@" + std::to_string(seq + 1), verdict.c_str());
            }
            ExportFile lie = file;
            lie.between.erase(lie.between.begin() + static_cast<std::ptrdiff_t>(i));
            QVERIFY(told(home, lie).starts_with("damaged missing@0"));
            lie = file;
            lie.between[i] = foreign.between[i];
            QCOMPARE(QString::fromStdString(told(home, lie)), QString::fromStdString("damaged bad-hash@" + std::to_string(seq)));
            lie = file;
            lie.between[i] = file.between[(i + 1) % file.between.size()];
            QVERIFY(told(home, lie).starts_with("damaged bad-hash@"));
        }
        ExportFile lie = file;
        lie.complete->proof[0][0] ^= 1;
        QCOMPARE(QString::fromStdString(told(home, lie)), QStringLiteral("damaged bad-hash@12"));
        for (const std::uint64_t to : {std::uint64_t(0), std::uint64_t(11), std::uint64_t(13), std::uint64_t(INT64_MAX)}) {
            lie = file;
            lie.complete->to = to;
            QCOMPARE(QString::fromStdString(told(home, lie)), QStringLiteral("damaged missing@0"));
        }
    }

    void aDroppedPartIsFoundAndAStruckOneIsAHole()
    {
        TextHome home;
        QVERIFY(home.makeTexts());
        const std::string text = *home.cut();
        const ExportFile file = *parseExport(text);
        QCOMPARE(file.records.size(), std::size_t(4));
        const auto report = verifyExport(text, {home.created.verificationKey}, testTimeline());
        VERIFY_RESULT(report);
        QCOMPARE(textOf(*report), std::string("authentic"));
        QCOMPARE(report->holes.size(), std::size_t(1));
        QVERIFY(report->holes[0].seq == home.struck && report->holes[0].authorised);
        const auto withoutLine = [&](ExportFile lie, std::size_t line) {
            lie.timeline.erase(lie.timeline.begin() + static_cast<std::ptrdiff_t>(line));
            return lie;
        };
        ExportFile lie = withoutLine(file, 4); // record 5's text: lines are event, text, event (struck), event, text …
        lie.records[2].parts.pop_back();
        QCOMPARE(QString::fromStdString(told(home, lie)), QStringLiteral("damaged missing@5"));
        lie = withoutLine(file, 3);
        lie.records[2].parts.erase(lie.records[2].parts.begin()); // its event, though not its text
        QVERIFY(told(home, lie).find("missing@5") != std::string::npos);
        lie = file;
        lie.erasures.clear();
        QCOMPARE(QString::fromStdString(told(home, lie)), QStringLiteral("damaged missing@3"));
        lie = file;
        lie.erasures.front().sealed[2] ^= 1;
        QCOMPARE(QString::fromStdString(told(home, lie)), QStringLiteral("damaged missing@3 bad-hash@9"));
        lie = file;
        lie.erasures.front().part = 0;
        QCOMPARE(QString::fromStdString(told(home, lie)), QStringLiteral("damaged missing@3 bad-hash@9"));
        lie = file;
        lie.erasures.front().seq = 99;
        QCOMPARE(QString::fromStdString(told(home, lie)), QStringLiteral("damaged missing@3 bad-hash@99"));
    }

    void tooManyHeadersAreLeftOutAndSaidSo()
    {
        ExportHome home;
        QVERIFY(home.make(23)); // the last one is none of it
        std::size_t all = 0, tail = 0;
        for (const auto &[seq, row] : home.disk->rows)
            if (seq % 3 == 2)
                all += tail = parseHeader(row)->size;
        for (const auto &[most, to] : {std::pair<std::size_t, std::uint64_t>{all, 23}, {all - 1, 22}, {all - tail, 22}, {all - tail - 1, 0}, {0, 0}}) {
            auto request = home.request();
            request.mostHeaders = most;
            std::uint64_t fact = 99;
            const auto manifest = request.manifest;
            request.manifest = [&](const ExportFacts &facts) {
                fact = facts.completeTo;
                return manifest(facts);
            };
            const auto text = home.cut(request);
            VERIFY_RESULT(text);
            const auto report = verifyExport(*text, {home.created.verificationKey}, testTimeline());
            QVERIFY(report && report->errors.empty());
            QCOMPARE(report->completeTo, to);
            QCOMPARE(fact, to);
            QCOMPARE(parseExport(*text)->complete.has_value(), to != 0);
        }
    }

    /// A text that is not for whoever gets the file is not in it, sealed or open, and neither is its key; that nothing was left out cannot be proved then.
    void whatIsWithheldIsNotInTheFileAndIsSaid()
    {
        TextHome home;
        QVERIFY(home.makeTexts());
        auto request = home.request();
        std::uint64_t withheld = 0;
        request.withholds = [](std::uint64_t, BytesView body) { return asText(body) == "text 5"; };
        request.manifest = [&, manifest = request.manifest](const ExportFacts &facts) {
            withheld = facts.withheld;
            return manifest(facts);
        };
        const auto text = home.cut(request), whole = home.cut();
        VERIFY_RESULT(text);
        QCOMPARE(withheld, std::uint64_t(1));
        QVERIFY(text->find("text 7") != std::string::npos && text->find("text 5") == std::string::npos && whole->find("text 5") != std::string::npos);
        const ExportFile file = *parseExport(*text), all = *parseExport(*whole);
        QCOMPARE(judged(*text, {home.created.verificationKey}), std::string("authentic"));
        QVERIFY(!file.complete && all.complete);
        std::size_t parts = 0;
        for (std::size_t n = 0; n < all.records.size(); ++n) {
            QCOMPARE(file.records[n].seq, all.records[n].seq); // the record itself is there, and its event
            parts += all.records[n].parts.size() - file.records[n].parts.size();
        }
        QCOMPARE(parts, std::size_t(1));
    }

    void whatCannotBeWithheldIsNotExported()
    {
        TextHome home;
        QVERIFY(home.makeTexts());
        auto request = home.request();
        request.withholds = [](std::uint64_t, BytesView body) { return asText(body) == "event 5"; };
        const auto text = home.cut(request);
        QVERIFY(!text && text.error().code == Code::Forbidden);
        QVERIFY2(text.error().message.find("Record 5") != std::string::npos, text.error().message.c_str());
    }

    void theFirstVersionIsJudgedAsItWas()
    {
        TextHome home;
        QVERIFY(home.makeTexts());
        ExportFile file = *parseExport(*home.cut());
        file.version = 1;
        const std::string old = home.signedAnew(file, manifestOf(file));
        QVERIFY(old.find("\"between\"") == std::string::npos && old.find("\"complete\"") == std::string::npos);
        const auto report = verifyExport(old, {home.created.verificationKey}, testTimeline());
        QVERIFY(report && report->errors.empty() && report->holes.empty());
        QCOMPARE(report->completeTo, std::uint64_t(0));
        QVERIFY(toJson(*report).find("complete") == std::string::npos);
    }
};

QD_TEST(TestExportComplete)
#include "tst_exportcomplete.moc"
