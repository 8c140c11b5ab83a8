// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/gate.h"

#include "core/governance/wayout.h"
#include "core/model/marking.h"
#include "ui/view/isolate.h"

namespace qd::comms {

std::optional<QString> gateRefusal(const QString &sentence)
{
    QString said = view::plain(sentence);
    const QString way = QString::fromUtf8(governance::kWayOut.data(), static_cast<qsizetype>(governance::kWayOut.size()));
    if (!said.endsWith(way))
        return std::nullopt;
    said.chop(way.size());
    return view::isolated(said);
}

std::pair<int, int> firstMark(const QString &text)
{
    const std::string bytes = text.toStdString();
    for (const Marked &mark : marksIn(bytes)) {
        if (mark.level == DataClass::Public)
            continue;
        const auto before = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(mark.at)).size();
        return {static_cast<int>(before), static_cast<int>(QString::fromUtf8(bytes.data() + mark.at, static_cast<qsizetype>(mark.length)).size())};
    }
    return {-1, 0};
}

} // namespace qd::comms
