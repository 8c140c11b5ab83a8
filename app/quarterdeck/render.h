// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace qd::app {

/// --render: HTML from standard input as PDF or ODT to standard output, for quarterdeckctl; the document's title is the page's. The exit code. No home, no core and no window is touched.
int render(const QString &format);

} // namespace qd::app
