// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"

#include <QString>
#include <vector>

namespace qd::wall {

/// What stands on the wall, in words, most important first. A value, made from a view. Every text in it is sealed for who stands before a
/// wall, which may be anybody in the house: what is classed above internal is a hole with its class, also where this seat may read it.
struct Content {
    struct Incident {
        IncidentSeverity severity = IncidentSeverity::Sev3;
        QString title, impact;   ///< impact: one sentence, or that it is not known
        QString age;             ///< since it was declared
        bool drill = false;
    };
    struct Line {
        QString time, text;
    };
    struct Feed {
        QString name, age;
        bool troubled = false;
    };

    QString clock, zone;         ///< "14:25", "UTC"
    QString state;               ///< "PRACTICE", "CORE LOST", "UNRECORDED": what must not be missed; empty: nothing
    QString stateWords;          ///< the sentence with it
    bool isStateAlarm = false;
    QString commander, commandAge, phase;
    QString promise, promiseAt, promiseLeft; ///< the next one
    bool promiseLate = false;
    std::vector<Incident> incidents;         ///< all that are open, most severe first
    std::vector<Line> lines, promises;       ///< the last decisions and deeds, newest first; what is promised next
    QString asOf;                            ///< of when the view is, and how old it is
    bool isOld = false;                      ///< … too old to be taken for now
    int last10 = 0;
    bool flood = false;
    std::vector<int> rate;                   ///< 60 minutes, oldest first
    std::vector<Feed> feeds;                 ///< those in trouble first
    /// Services that fire, are suspected or depend on such a one, and their neighbours: at most kServices, the most important first.
    std::vector<view::MapNode> nodes;
    std::vector<view::MapEdge> edges;        ///< between those
    int services = 0;                        ///< affected ones, also those that are not in `nodes`

    static constexpr std::size_t kIncidents = 3, kLines = 6, kPromises = 3, kServices = 40;
};

[[nodiscard]] Content contentOf(const view::ViewModel &view, Instant now);

/// A text as anybody in the house may read it.
[[nodiscard]] QString sealedForWall(const QString &text);

/// All of it as plain lines, for assistive technology and for tests.
[[nodiscard]] QStringList spoken(const Content &content);

} // namespace qd::wall
