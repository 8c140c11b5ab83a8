// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/viewfixture.h"
#include "ui/view/review.h"

#include <memory>

namespace qd::test {

/// The invented incident under review: so many lines of the record, a change that became known late among them.
[[nodiscard]] inline std::shared_ptr<const view::Evidence> someEvidence(std::size_t lines)
{
    auto out = std::make_shared<view::Evidence>();
    const Instant from = sceneMoment() - hours(30);
    std::shared_ptr<view::Evidence::Chunk> chunk;
    for (std::size_t i = 0; i < lines; ++i) {
        if (i % view::Evidence::kChunk == 0) {
            chunk = std::make_shared<view::Evidence::Chunk>();
            out->chunks.push_back(chunk);
        }
        view::EvidenceRow row;
        row.id = QStringLiteral("INC-7/%1").arg(i);
        row.reference = QStringLiteral("line/%1").arg(100 + i);
        row.text = QStringLiteral("line number %1").arg(i);
        row.actor = QStringLiteral("Mara Lindt");
        row.role = QStringLiteral("commander");
        row.kind = QStringLiteral("log");
        row.lane = view::Lane::People;
        row.at = row.knownAt = from + seconds(static_cast<std::int64_t>(i) * 30);
        if (i % 10 == 3) {
            row.lane = view::Lane::Chat;
            row.kind = QStringLiteral("message");
            row.actor = QStringLiteral("Dana Novak");
            row.role.clear();
        }
        if (i == 4) {
            row.lane = view::Lane::Changes;
            row.kind = QStringLiteral("change");
            row.text = QStringLiteral("config push, ledger-db");
            row.knownAt = row.at + minutes(21);
        }
        chunk->push_back(row);
        out->order.push_back(static_cast<std::uint32_t>(i));
    }
    return out;
}

[[nodiscard]] inline view::Review someReview(std::size_t lines = 40)
{
    view::Review r;
    r.incident = QStringLiteral("INC-7");
    r.title = QStringLiteral("Checkout failing, EU");
    r.severity = IncidentSeverity::Sev1;
    r.phase = ReviewPhase::InReview;
    r.facilitator = QStringLiteral("Priya Raman");
    r.openedAt = sceneMoment() - hours(5);
    r.due = sceneMoment() + hours(28);
    r.meeting = sceneMoment() + hours(50);
    r.evidence = someEvidence(lines);
    r.from = r.evidence->row(0).at;
    r.to = r.evidence->row(r.evidence->size() - 1).at;
    for (const char *id : {"narrative", "summary"}) {
        view::ReviewSection s;
        s.id = QLatin1String(id);
        s.title = QLatin1String(id);
        s.revisions.push_back(std::make_shared<view::RevisionText>(view::RevisionText{1, 0, QStringLiteral("The %1 as it was pre-filled.").arg(s.id), QStringLiteral("core"), sceneMoment() - hours(5), false, false}));
        r.sections.push_back(s);
    }
    r.people = {{QStringLiteral("mara"), QStringLiteral("Mara Lindt"), QStringLiteral("commander"), QStringLiteral("I looked at the map."), {}, true, true, true},
                {QStringLiteral("dana"), QStringLiteral("Dana Novak"), QStringLiteral("responder"), {}, {}, true, false, false}};
    view::FactorRow layer;
    layer.id = QStringLiteral("trigger");
    layer.title = QStringLiteral("Trigger");
    layer.isHeading = true;
    view::FactorRow push;
    push.id = QStringLiteral("trigger.configuration-push");
    push.title = QStringLiteral("configuration push");
    push.raters = {QStringLiteral("Mara Lindt")};
    push.outOf = 2;
    push.disputed = true;
    push.depth = 1;
    view::FactorRow hardware;
    hardware.id = QStringLiteral("trigger.hardware");
    hardware.title = QStringLiteral("hardware");
    hardware.outOf = 2;
    hardware.depth = 1;
    r.factors = {layer, push, hardware};
    r.actions = {{1, QStringLiteral("Announce config pushes"), QStringLiteral("dana"), QStringLiteral("Dana Novak"), QStringLiteral("drill"), {}, {}, {}, sceneMoment() + hours(24 * 14), Strength::Engineer, ActionState::Open, 0},
                 {2, QStringLiteral("Drill: ledger pool exhausted"), {}, {}, {}, {}, {}, {}, {}, Strength::Unsaid, ActionState::Open, 0}};
    r.gates = {{QStringLiteral("contributions"), QStringLiteral("1 of 2 contributed. Dana Novak."), {}, {}, false}};
    r.moments = {{1, r.evidence->row(1).reference, QStringLiteral("detection"), QStringLiteral("first alert, payments"), r.evidence->row(1).at},
                 {2, r.evidence->row(20).reference, QStringLiteral("key"), QStringLiteral("roll back config"), r.evidence->row(20).at}};
    return r;
}

/// The house with that review open.
[[nodiscard]] inline view::ViewModel reviewScene(const view::Review &review)
{
    view::ViewModel v = incidentScene();
    v.reviews = {{review.incident, review.title, review.facilitator, review.severity, review.phase, sceneMoment() - hours(20), review.due, review.meeting, 2, 1, 2, 0, review.status}};
    v.review = std::make_shared<const view::Review>(review);
    return v;
}

} // namespace qd::test
