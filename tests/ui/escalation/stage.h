// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/patience.h"
#include "tests/support/viewfixture.h"
#include "ui/escalation/commandstack.h"

#include <QtTest>

namespace qd::test {

/// A command stack that is shown, with a source that takes down what it sends.
struct Stage {
    style::Theme theme{*style::Palette::builtIn()};
    ViewFixture source;
    widgets::Ticker ticker;
    escalation::CommandStack stack;

    explicit Stage(const view::ViewModel &model)
        : source(model)
        , stack((ticker.freeze(true), ticker.follow(model.made), theme), source, ticker)
    {
        stack.resize(460, 900);
        stack.show();
        (void)QTest::qWaitForWindowExposed(&stack);
        stack.activateWindow();
    }
    void go(const char *id)
    {
        escalation::StackRow *row = stack.row(QString::fromUtf8(id));
        QVERIFY2(row != nullptr, id);
        row->setFocus();
        QTRY_VERIFY(row->hasFocus());
    }
    void press(Qt::Key key) { QTest::keyClick(stack.currentRow() != nullptr ? static_cast<QWidget *>(stack.currentRow()) : &stack, key); }
};

} // namespace qd::test
