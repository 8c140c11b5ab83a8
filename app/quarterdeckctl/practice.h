// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeckctl/home.h"
#include "core/base/time.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace qd::app {

/// The scripted outage: what happens when, as the script (resources/practice/outage.toml) says it.
struct PracticeAlert {
    std::string name, service, severity, summary, instance;
    Span ago; ///< how long before its step it began
};
struct PracticeStep {
    Span at;
    std::vector<PracticeAlert> fire, resolve;
    struct Declare {
        std::string title, severity, service, by;
    };
    struct Change {
        std::string service, title;
        Span ago;
    };
    /// What somebody does in the incident's room: writes, edits or reacts.
    struct Speech {
        std::string by, text, id; ///< id: how later steps name this message
        std::string edits, reactsTo; ///< the message an edit or a reaction (its emoji is `text`) is about
    };
    std::optional<Declare> declare;
    std::optional<Change> change;
    std::optional<Speech> speech;
};

/// The address a person of the script speaks from; people.toml binds it.
[[nodiscard]] std::string practiceAddress(const std::string &person);

/// Invalid with the line of the mistake.
[[nodiscard]] Result<std::vector<PracticeStep>> readScript(std::string_view toml);
/// The script this program carries.
[[nodiscard]] Result<std::vector<PracticeStep>> builtInScript();

/// Writes the practice shop's workspace files, with whoever practises among its people.
[[nodiscard]] Result<> writePracticeWorkspace(const std::filesystem::path &folder, const std::string &id, const std::string &name);

/// Plays the script against the running core of a practice home, as a Prometheus and people would: alerts by POST to its
/// api/v2/alerts, what people say as members of the incident's room on a connection of kind practice, armed for rooms and
/// posts (they end in this machine); the declaration and changes by commands. `speed` 1 is real time. Refused for a home that is not marked practice.
/// Returns when the script is over or the core is gone.
[[nodiscard]] Result<> playPractice(const HomeOptions &home, double speed);

} // namespace qd::app
