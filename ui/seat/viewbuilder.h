// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/governance/clearance.h"
#include "core/state/state.h"
#include "ui/seat/evidence.h"
#include "ui/view/viewmodel.h"

#include <QHash>
#include <map>
#include <optional>

namespace qd::oncall {
class Held;
struct Behind;
}

namespace qd::seat {

/// What this seat adds to the state when it looks at it.
struct Looking {
    QString person;          ///< who sits here, as a person id
    QString alert;           ///< whose detail is asked for
    QString review;          ///< the incident whose review is open; empty: none
    QString incident;        ///< in focus; empty: the most severe open one, those you command first
    Instant now;
    view::CoreLink link = view::CoreLink::Starting;
    QString linkProblem;
    bool recorded = true;
    QString unrecordedReason;
    QString notice;
    std::optional<governance::Place> as = {}; ///< somebody else who reads it
    std::map<std::string, Instant> heard; ///< newer signs of life than the journal's
    view::Storm storm;
    std::map<std::string, int> pending;   ///< what waits at a source and is no alert, as it was last read
    std::shared_ptr<const std::vector<view::AlertSpan>> spans = {}; ///< of the review: what fired in its stretch, once that was read
    bool isPast = false;     ///< the State is of a past: what is only shown of the present is left out
};

/// Makes ViewModels from a State. Keeps translated texts between calls, so that building again costs by what there is to
/// show, not by what there is to convert. View thread only.
class ViewBuilder {
public:
    static constexpr std::size_t kResolvedShown = 200;
    static constexpr std::size_t kSpansShown = 300;
    static constexpr std::size_t kEntriesShown = 2000;
    static constexpr std::size_t kOverridesShown = 10;
    static constexpr std::size_t kReviewsShown = 20'000;
    static constexpr std::size_t kRadiiShown = 64; ///< services whose dependents are counted

    [[nodiscard]] view::ViewModelPtr build(const state::State &state, const Looking &looking) { return make(state, looking); }
    /// The same, for who has more to say of it.
    [[nodiscard]] std::shared_ptr<view::ViewModel> make(const state::State &state, const Looking &looking);
    /// The state is another one now: symbols mean other texts.
    void reset();

private:
    const QString &text(const state::State &state, Symbol symbol);
    [[nodiscard]] QString name(const state::State &state, const std::string &id) const;
    /// Says of alerts of what they are likely a consequence, and which calls wait for that. After the map.
    void consequences(const state::State &state, view::ViewModel &out);
    [[nodiscard]] view::AlertRow row(const state::State &state, const state::Alert &alert, const oncall::Held &held, Instant now);

    void strip(const state::State &state, const Looking &looking, view::ViewModel &out);
    void alerts(const state::State &state, const Looking &looking, view::ViewModel &out);
    void detail(const state::State &state, const Looking &looking, view::ViewModel &out);
    void why(const state::State &state, const state::Alert &alert, view::ViewModel &out);
    /// What stands behind the rule that inhibits an alert: the alert that does; empty: it is not known, or gone.
    [[nodiscard]] const QString &inhibitor(const state::State &state, const state::Alert &alert);
    /// The shelf or snooze that keeps an alert quiet.
    [[nodiscard]] std::shared_ptr<const view::Quiet> quiet(const state::State &state, const state::Alert &alert);
    void alarmRate(const state::State &state, view::ViewModel &out);
    [[nodiscard]] view::PollRow poll(const state::State &state, const state::Incident &incident, const state::Poll &poll, const Looking &looking) const;
    void incidents(const state::State &state, const Looking &looking, view::ViewModel &out);
    void timeline(const state::State &state, const Looking &looking, view::ViewModel &out);
    /// After the focus is known.
    void recorded(const state::State &state, view::ViewModel &out) const;
    void map(const state::State &state, const Looking &looking, view::ViewModel &out);
    [[nodiscard]] view::EscalationCard card(const state::State &state, const state::Escalation &escalation);
    void stack(const state::State &state, const Looking &looking, view::ViewModel &out);
    /// What went out for a step, by whom and how far.
    [[nodiscard]] std::vector<view::PageRow> pages(const state::State &state, const state::Escalation &escalation, std::size_t step) const;
    void calls(const state::State &state, const Looking &looking, view::ViewModel &out);
    /// Shifts that are offered, and schedules that somebody changed.
    void onDuty(const state::State &state, const Looking &looking, view::ViewModel &out);
    [[nodiscard]] view::Leading leading(const state::State &state, const state::Incident &incident, const Looking &looking);
    void heartbeats(const state::State &state, const Looking &looking, view::ViewModel &out);
    void silences(const state::State &state, view::ViewModel &out);
    void overrides(const state::State &state, const Looking &looking, view::ViewModel &out);
    /// What our own account wrote into a room and got back: it is on the timeline as what it was written for.
    [[nodiscard]] static bool isEcho(const state::State &state, const state::Incident &incident, const state::Entry &entry);
    void workspace(const state::State &state, view::ViewModel &out);
    /// What a wall says of the open incidents. After incidents.
    void wall(const state::State &state, view::ViewModel &out);
    /// After the map.
    void directory(const state::State &state, const Looking &looking, view::ViewModel &out);
    /// Every incident; a row is made again only when its incident is another.
    void reviews(const state::State &state, view::ViewModel &out);
    void review(const state::State &state, const Looking &looking, view::ViewModel &out);
    [[nodiscard]] view::ReviewSection section(const state::State &state, const state::Review &review, const std::string &id, const std::string &you) const;
    [[nodiscard]] QString behindText(const state::State &state, const oncall::Behind &behind) const;

    std::vector<QString> m_texts;
    std::vector<bool> m_known;
    std::vector<view::Labelled> m_readers;
    std::string m_readersOf; ///< for which workspace and rooms
    QHash<Symbol, std::shared_ptr<const view::Quiet>> m_quiet; ///< of one view
    std::map<std::pair<Symbol, std::uint32_t>, QString> m_inhibitors; ///< of one view, by source set and what it says, or by none and our reason
    std::shared_ptr<const view::Directory> m_directory;
    std::shared_ptr<const Workspace> m_directoryOf; ///< that workspace …
    std::size_t m_directoryRota = 0;                ///< … and so many changes of schedules
    struct ListedReview {
        std::uint64_t changed = 0;                ///< the incident, as of that record
        Instant end;                              ///< none: it runs
        view::ReviewRow row;
    };
    std::map<std::uint64_t, ListedReview> m_listed; ///< by the number of the incident …
    std::vector<view::ReviewRow> m_reviews;       ///< … and as they are listed
    std::shared_ptr<const Workspace> m_listedOf;
    std::size_t m_listedErasures = 0;
    Instant m_listedPatterns;
    EvidenceShelf m_evidence;
    std::shared_ptr<const view::Review> m_review; ///< the last one made …
    std::string m_reviewFor, m_reviewYou;         ///< … of that incident, for whom
    std::uint64_t m_reviewChanged = 0;            ///< … as of that record
    std::int64_t m_reviewMinute = 0;
    std::size_t m_reviewErasures = 0;
    Instant m_reviewPatterns;                     ///< … and of the patterns as they were then
    std::shared_ptr<const Workspace> m_reviewOf;
    QHash<QString, QString> m_suspects; ///< of services in this view, by id; those whose suspect is another
};

} // namespace qd::seat
