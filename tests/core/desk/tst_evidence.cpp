// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/amounts.h"
#include "core/base/encoding.h"
#include "core/control/evidence.h"
#include "core/desk/decide.h"
#include "core/events/texts.h"
#include "core/link/feed.h"
#include "core/state/apply.h"
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

namespace {

desk::KeepEvidence file(const std::string &name, std::string_view bytes, const std::string &text = {})
{
    return {{}, name, toBase64(asBytes(bytes)), {}, text};
}

struct EvidenceBench : Bench {
    EvidenceBench()
    {
        settle();
        const auto declared = command(desk::DeclareIncident{"Shop is down", "SEV2", "web", "", "", {}, false});
        Q_ASSERT(declared);
    }
    std::vector<state::Evidence> kept()
    {
        return ask([](const state::State &s) { return s.incident("INC-1")->evidence; });
    }
    std::string lastLine()
    {
        return ask([](const state::State &s) { return s.incident("INC-1")->timeline.back().text; });
    }
    Result<std::string> read(std::uint32_t number)
    {
        const auto place = ask([&](const state::State &s) { return control::evidenceMeant(s, {"INC-1", number}); });
        return place ? control::evidenceJson(link::feedOf(*desk, *journal), *place, Reader{DataClass::Internal, {}}) : tl::unexpected(place.error());
    }
};

} // namespace

class TestEvidence final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFileIsKeptAndReadBackByteForByte()
    {
        EvidenceBench b;
        const std::string bytes("\0\xff<script>\n", 11);
        const auto done = b.command(file("/var/log/core dump.log", bytes, "what it wrote when it died"));
        VERIFY_RESULT(done);
        QCOMPARE(done->id, std::string("evidence/1"));
        const auto kept = b.kept();
        QCOMPARE(kept.size(), std::size_t{1});
        QCOMPARE(kept[0].name, std::string("core dump.log"));
        QCOMPARE(kept[0].mediaType, std::string("text/plain"));
        QCOMPARE(kept[0].digest, sha256Hex(bytes));
        QCOMPARE(kept[0].bytes, std::uint64_t{11});
        QCOMPARE(b.lastLine(), std::string("evidence 1: core dump.log (11 bytes): what it wrote when it died"));
        const auto read = b.read(1);
        VERIFY_RESULT(read);
        QVERIFY(read->find("\"content\":\"" + toBase64(asBytes(bytes)) + "\"") != std::string::npos);
        VERIFY_FAILS(b.read(2), Code::NotFound);
        b.restart();
        VERIFY_RESULT(b.read(1));
        QCOMPARE(QString::fromStdString(firstDifference(b.dumped(), b.committed())), QString());
    }

    void noNameLeadsAnywhere()
    {
        EvidenceBench b;
        int n = 0;
        for (const auto &[given, kept] : std::vector<std::pair<std::string, std::string>>{{"../../.ssh/authorized_keys", "authorized_keys"}, {"C:\\Users\\a.txt", "a.txt"}, {"a\nb.txt", "a b.txt"}}) {
            VERIFY_RESULT(b.command(file(given, std::to_string(++n))));
            QCOMPARE(b.kept().back().name, kept);
        }
        VERIFY_RESULT(b.command(file("invoice\xe2\x80\xae" "fdp.exe", "x"))); // right-to-left override
        QVERIFY(b.kept().back().name.find("\xe2\x80\xae") == std::string::npos);
        VERIFY_RESULT(b.command(file(std::string(300, 'n'), "y")));
        QVERIFY(b.kept().back().name.size() <= 255);
        for (const char *none : {"", "..", "/", "a/.."})
            VERIFY_FAILS(b.command(file(none, "z")), Code::Invalid);
    }

    void limitsHoldAtTheirEdges()
    {
        EvidenceBench b;
        VERIFY_RESULT(b.command(file("whole.bin", std::string(state::kEvidenceBytes, 'x'))));
        VERIFY_FAILS(b.command(file("more.bin", std::string(state::kEvidenceBytes + 1, 'x'))), Code::TooLarge);
        VERIFY_FAILS(b.command(file("empty.bin", "")), Code::Invalid);
        VERIFY_FAILS(b.command(desk::KeepEvidence{{}, "a.txt", "not base64!", {}, {}}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::KeepEvidence{{}, "a.txt", "eA==", "image", {}}), Code::Invalid);
        VERIFY_FAILS(b.command(file("a.txt", "x", std::string(2001, 'x'))), Code::TooLarge);
        VERIFY_RESULT(b.command(file("a.txt", "x", std::string(2000, 'x'))));
        QCOMPARE(b.kept().size(), std::size_t{2});
        // All of an incident's together, and how many.
        const events::Actor ana{"ana", Path::Person};
        const auto with = [&](std::size_t count, std::uint64_t bytes, std::string_view more) {
            state::State s;
            const auto folded = desk::replay(*b.journal, 1, b.journal->head(), [&](const desk::Record &r) {
                state::applyRecord(s, r.seq, r.time, r.events);
                return true;
            });
            Q_ASSERT(folded);
            for (std::uint32_t n = 3; s.incident("INC-1")->evidence.size() < count; ++n)
                state::apply(s, events::EvidenceKept{"INC-1", {}, "x", {}, std::to_string(n), "text/plain", n, bytes, ana});
            return desk::decide(s, file("b.txt", more), ana, s.time);
        };
        const std::uint64_t left = state::kEvidenceInAll - state::kEvidenceBytes - 1; // beside the two that are there
        QVERIFY(with(3, left - 3, "abc"));
        VERIFY_FAILS(with(3, left - 3, "abcd"), Code::TooLarge);
        QVERIFY(with(state::kEvidenceKept - 1, 1, "abc"));
        VERIFY_FAILS(with(state::kEvidenceKept, 1, "abc"), Code::TooLarge);
    }

    void theSameBytesAreKeptOnce()
    {
        EvidenceBench b;
        VERIFY_RESULT(b.command(file("a.txt", "same")));
        const std::uint64_t head = b.journal->head();
        const auto again = b.command(file("b.txt", "same"));
        VERIFY_RESULT(again);
        QCOMPARE(again->id, std::string("evidence/1"));
        QVERIFY(again->notes.at(0).find("byte for byte") != std::string::npos);
        QCOMPARE(b.journal->head(), head);
    }

    void whatIsStruckIsGoneAndTheRestStands()
    {
        EvidenceBench b;
        VERIFY_RESULT(b.command(file("password.txt", "canary-7f3a", "somebody's password")));
        VERIFY_RESULT(b.command(file("b.txt", "harmless")));
        const auto kept = b.kept();
        VERIFY_RESULT(b.command(desk::StrikeText{"INC-1", std::to_string(kept[0].seq), "a password"}));
        VERIFY_FAILS(b.read(1), Code::NotFound);
        VERIFY_RESULT(b.read(2));
        QTRY_COMPARE(b.kept().at(0).name, std::string(events::kStruckText));
        QCOMPARE(b.kept().at(0).text, std::string(events::kStruckText));
        QCOMPARE(b.kept().at(1).name, std::string("b.txt"));
    }

    void sizesReadAsPeopleSayThem()
    {
        for (const auto &[bytes, words] : std::vector<std::pair<std::uint64_t, std::string>>{
                 {1, "1 byte"}, {1023, "1023 bytes"}, {1024, "1 KB"}, {122'880, "120 KB"}, {1u << 20, "1 MB"}, {4u << 20, "4 MB"}})
            QCOMPARE(bytesInWords(bytes), words);
    }
};

QD_TEST(TestEvidence)
#include "tst_evidence.moc"
