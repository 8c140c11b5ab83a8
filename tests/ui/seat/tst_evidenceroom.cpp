// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/evidence.h"
#include "ui/seat/viewbuilder.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;
using seat::EvidenceShelf;
using view::Evidence;

namespace {

/// An incident whose record is as long as it is asked to be.
struct Long {
    state::State state;
    Instant now = kMorning;

    Long()
    {
        record(withWorkspace());
        record({anIncident("INC-1").service("db").event()});
    }
    void record(events::Events events)
    {
        now = now + seconds(1);
        state::applyRecord(state, state.seq + 1, now, events);
    }
    [[nodiscard]] const state::Incident &incident() const { return *state.incident("INC-1"); }
    void growTo(std::size_t lines)
    {
        constexpr std::size_t kOfARecord = 200; // what a record's own lines are called is counted within it
        for (std::size_t i = incident().timeline.size(); i < lines;) {
            events::Events written;
            for (const std::size_t end = std::min(lines, i + kOfARecord); i < end; ++i)
                written.push_back(events::LogWritten{"INC-1", "line " + std::to_string(i), kAna});
            record(std::move(written));
        }
    }
};

} // namespace

class TestEvidenceRoom final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Up to the limit all of it; beyond it the beginning and what came last, and how much is between them.
    void howItBeganIsThereHoweverLongTheRecordIs()
    {
        static_assert(EvidenceShelf::kRows > 50'000 + 10'000 && EvidenceShelf::kOldest % Evidence::kChunk == 0);
        Long log;
        const QString began = QString::fromStdString(log.incident().timeline.front().text);
        EvidenceShelf shelf;
        log.growTo(EvidenceShelf::kRows);
        QCOMPARE(log.incident().timeline.size(), EvidenceShelf::kRows);
        const auto whole = shelf.evidence(log.state, log.incident(), log.now);
        QCOMPARE(whole->size(), EvidenceShelf::kRows);
        QCOMPARE(shelf.leftOut(), std::size_t(0));
        QCOMPARE(whole->row(0).text, began);

        log.growTo(EvidenceShelf::kRows + 1);
        const auto most = shelf.evidence(log.state, log.incident(), log.now);
        QCOMPARE(shelf.leftOut(), Evidence::kChunk);
        QCOMPARE(most->size() + shelf.leftOut(), EvidenceShelf::kRows + 1);
        QCOMPARE(most->order.size(), most->size());
        QCOMPARE(most->row(0).text, began);
        QCOMPARE(most->row(0).id, QStringLiteral("INC-1/0"));
        QCOMPARE(most->row(most->size() - 1).text, QStringLiteral("line %1").arg(EvidenceShelf::kRows));
        // On both sides of what is left out each line is called as the record has it.
        QCOMPARE(most->row(EvidenceShelf::kOldest - 1).id, QStringLiteral("INC-1/%1").arg(EvidenceShelf::kOldest - 1));
        QCOMPARE(most->row(EvidenceShelf::kOldest).id, QStringLiteral("INC-1/%1").arg(EvidenceShelf::kOldest + Evidence::kChunk));
        QCOMPARE(most->row(EvidenceShelf::kOldest).text, QStringLiteral("line %1").arg(EvidenceShelf::kOldest + Evidence::kChunk));
        QCOMPARE(most->chunks.front().get(), whole->chunks.front().get()); // how it began is not made again

        // The next line costs one piece, as before.
        log.growTo(EvidenceShelf::kRows + 2);
        const auto next = shelf.evidence(log.state, log.incident(), log.now);
        QCOMPARE(shelf.leftOut(), Evidence::kChunk);
        QVERIFY(next->built - most->built <= Evidence::kChunk);
    }

    void aReviewSaysHowManyLinesAreLeftOut()
    {
        Long log;
        seat::ViewBuilder builder;
        seat::Looking looking;
        looking.person = QStringLiteral("ana");
        looking.review = QStringLiteral("INC-1");
        looking.now = log.now;
        log.growTo(EvidenceShelf::kRows);
        QVERIFY(builder.build(log.state, looking)->review->holes.isEmpty());
        log.growTo(EvidenceShelf::kRows + 1);
        const auto view = builder.build(log.state, looking);
        QCOMPARE(view->review->holes.size(), 1);
        QVERIFY2(view->review->holes.front().contains(QString::number(Evidence::kChunk)), qPrintable(view->review->holes.front()));
    }
};

QD_TEST(TestEvidenceRoom)
#include "tst_evidenceroom.moc"
