// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/alerts.h"
#include "ui/view/directory.h"
#include "ui/view/heartbeats.h"
#include "ui/view/incident.h"
#include "ui/view/map.h"
#include "ui/view/overrides.h"
#include "ui/view/review.h"
#include "ui/view/strip.h"
#include "ui/view/timeline.h"
#include "ui/view/wall.h"

#include <QStringList>
#include <memory>
#include <vector>

namespace qd::view {

/// What the window shows, as values: built by the view thread from its State, never changed afterwards, shared by
/// pointer. Times are instants; ages and countdowns are made by the widget from its own tick. Every text is already
/// plain, bounded SafeText. Lists are in display order.
struct ViewModel {
    std::uint64_t seq = 0;           ///< the last record in it
    Instant made;                    ///< when it was built
    Strip strip;
    std::vector<IncidentRow> incidents; ///< open first, most severe first
    QString focus;                   ///< id of the incident in focus, or empty
    std::vector<AlertRow> active, standing, suppressed; ///< most severe and newest first
    std::vector<AlertRow> shelf;     ///< shelved and snoozed by people; what lies there longest first
    std::vector<AlertRow> resolved;  ///< the last 200 that ended
    Recorded recorded;               ///< what was recorded last
    AlertDetail detail;              ///< of the alert asked for with ViewSource::select
    std::vector<TimelineEntry> timeline; ///< oldest first, of the focus, or of everything when there is none
    std::vector<AlertSpan> spans;
    AlarmRate alarmRate;
    std::vector<MapNode> nodes;
    std::vector<MapEdge> edges;
    int proposals = 0;               ///< dependencies that were found and wait for somebody's word
    Stack stack;
    std::vector<ShiftOffer> shifts; ///< oldest first
    std::vector<ScheduleChange> scheduleChanges; ///< the one that ends first first
    std::vector<Call> calls;         ///< of the person at this seat, in every incident, oldest first
    std::vector<CommandCall> commandCalls; ///< … in every incident that is open
    std::vector<TemplateRow> templates;
    DataClass paper = DataClass::Internal; ///< what a printed briefing of the incident in focus may hold: what is told to the technical audience
    std::vector<SilenceRow> silences; ///< active and pending, ours too, the one that ends first first
    std::vector<OverrideRow> overrides; ///< of the person at this seat, newest first
    std::vector<HeartbeatRow> heartbeats; ///< those of the workspace, worst first
    std::vector<Labelled> names;     ///< person id and name to show
    std::vector<Labelled> readers;   ///< whom the window can be looked at as: what they are called, and who that is
    QStringList people, services, teams, policies; ///< for completion
    QStringList jargon;              ///< words of ours that others do not know
    Wall wall;
    std::shared_ptr<const Directory> directory; ///< never changed; another one when something of it is another; may be null
    std::vector<ReviewRow> reviews;  ///< every incident, as what there is to learn from: what is due first, then what runs, then the newest
    int unlistedReviews = 0;         ///< how many more there are than are listed, the oldest
    std::shared_ptr<const Review> review; ///< the one asked for with ViewSource::review; never changed, another one when something of it is another; may be null
    PastPoint past;                  ///< the moment it shows, where that is not the present
    std::shared_ptr<const std::vector<AlertSpan>> replay; ///< of a past: all that fired in the stretch that can be replayed; may be null
    std::vector<int> rate;           ///< alerts opened in each of the last 60 minutes, oldest first
};

using ViewModelPtr = std::shared_ptr<const ViewModel>;

} // namespace qd::view
