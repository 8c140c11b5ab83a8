// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/retention.h"

namespace qd {

std::string_view word(RecordClass v)
{
    switch (v) {
    case RecordClass::Alerts: return "alerts";
    case RecordClass::Incident: return "incident";
    case RecordClass::Drill: return "drill";
    case RecordClass::Access: return "access";
    case RecordClass::Messages: return "messages";
    case RecordClass::Evidence: return "evidence";
    }
    return "alerts";
}

template <>
std::optional<RecordClass> fromWord(std::string_view text)
{
    for (const RecordClass v : {RecordClass::Alerts, RecordClass::Incident, RecordClass::Drill, RecordClass::Access, RecordClass::Messages, RecordClass::Evidence})
        if (word(v) == text)
            return v;
    return std::nullopt;
}

} // namespace qd
