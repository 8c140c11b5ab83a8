// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/pageview.h"

#include <string>
#include <vector>

/// A status page as files: HTML that needs no script, JSON in the shape status pages have, feeds, a calendar. Pure.
namespace qd::comms {

inline constexpr std::size_t kPageBytes = 50'000; ///< an HTML page is smaller than this

struct PageFile {
    std::string path;                    ///< "index.html", "api/v2/summary.json"
    std::string type;                    ///< content type
    std::string body;
};

/// The page itself. What does not fit is left out from the oldest on: past notices, then days in words, then the bars.
/// `live`: where the core, which serves it as /status/ID, says that it changed; "" for a page that lies somewhere.
[[nodiscard]] std::string pageHtml(const PageView &view, const std::string &live = {});
/// "default-src 'none'; style-src 'sha256-…' …": what a browser may do with pageHtml(); the page says the same in a meta element.
[[nodiscard]] const std::string &pageSecurityPolicy();
/// "index.html", of languages but the first "index.de.html".
[[nodiscard]] std::string pageFileName(const PageView &view, const std::string &language);

/// summary.json and its parts as Atlassian Statuspage's API v2 has them.
[[nodiscard]] std::string summaryJson(const PageView &view);
[[nodiscard]] std::string statusJson(const PageView &view);
[[nodiscard]] std::string componentsJson(const PageView &view);
[[nodiscard]] std::string incidentsJson(const PageView &view);
[[nodiscard]] std::string scheduledJson(const PageView &view);

/// One entry a notice and a maintenance, newest word first.
[[nodiscard]] std::string pageRss(const PageView &view);
[[nodiscard]] std::string pageAtom(const PageView &view);
/// Planned maintenance.
[[nodiscard]] std::string pageCalendar(const PageView &view);

/// Everything, index.html last: who writes them in this order never shows a page whose parts are missing.
[[nodiscard]] std::vector<PageFile> pageFiles(const StatusPage &page, const state::StatusPageState *known, Instant now, const std::string &live = {});

} // namespace qd::comms
