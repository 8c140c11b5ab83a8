// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/look.h"

#include "core/rebuild/collector.h"

#include "core/base/safetext.h"

namespace qd::rebuild {

Look lookAt(std::string_view bytes, const Options &options)
{
    Look out;
    auto format = formatOf(bytes, options.name);
    if (const auto named = formatNamed(options.format))
        format = *named;
    if (!format) {
        out.problem = format.error().message;
        return out;
    }
    out.format = word(*format);
    switch (*format) {
    case Format::SlackExport:
        if (auto channels = slackChannels(bytes)) {
            out.channelsInAll = channels->size();
            for (std::string &channel : *channels)
                if (out.channels.size() < kLookedChannels)
                    out.channels.push_back(safeLine(channel, 200));
        } else {
            out.problem = channels.error().message;
        }
        break;
    case Format::Deploys:
    case Format::Table: lookAtTable(bytes, options, out); break;
    case Format::Markdown: out.zoneless = true; break; // as people write them
    case Format::SlackChannel:
    case Format::PagerDuty:
    case Format::Prometheus:
    case Format::Alertmanager: break;
    }
    return out;
}

} // namespace qd::rebuild
