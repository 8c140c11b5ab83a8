// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/patience.h"
#include "tests/support/viewfixture.h"
#include "ui/triage/alertview.h"
#include "ui/triage/triagepanel.h"

#include <QTest>

namespace qd::test {

/// The triage panel over a scene, active, at the scene's moment, with the keyboard on its list.
struct PanelBench {
    ViewFixture source;
    widgets::Ticker ticker;
    triage::TriagePanel panel;
    PanelBench(const view::ViewModel &scene, const style::Theme &theme)
        : source(scene)
        , panel(source, theme, follow(scene))
    {
        panel.resize(540, 900);
        panel.show();
        panel.activateWindow();
        if (!QTest::qWaitForWindowActive(&panel, qd::tests::kPatience))
            qFatal("the panel did not become active");
        panel.alerts().setFocus();
    }
    widgets::Ticker &follow(const view::ViewModel &scene)
    {
        ticker.follow(scene.made);
        ticker.freeze(true);
        return ticker;
    }
    QString selectedKey() { return panel.chosen().empty() ? QString() : panel.chosen().front().key; }
    void key(Qt::Key k, Qt::KeyboardModifiers m = Qt::NoModifier) { QTest::keyClick(&panel.alerts(), k, m); }
    triage::OverrideDialog *dialog() { return panel.window()->findChild<triage::OverrideDialog *>(); }
};

} // namespace qd::test
