// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/builders.h"
#include "ui/seat/viewbuilder.h"

namespace qd::tests {

/// What a window shows of a log that a test writes, to ana.
struct ViewScene {
    Log log;
    seat::ViewBuilder builder;
    seat::Looking looking;
    ViewScene()
    {
        log.record(withWorkspace()).record(withConnection("am"));
        looking.person = QStringLiteral("ana");
    }
    void fire(const std::string &name, const std::string &service, const std::string &severity, Span ago = seconds(10))
    {
        log.record(decided(aBatch("am", log.now()).alert({{"alertname", name}, {"service", service}}).severity(severity).startsAt(log.now() - ago).build()));
    }
    view::ViewModelPtr view()
    {
        looking.now = log.now();
        return builder.build(log.state, looking);
    }
};

} // namespace qd::tests
