// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtTest>

/// Fails the test with the error's own words when a Result holds one.
#define VERIFY_RESULT(expression)                                                                                                                    \
    do {                                                                                                                                              \
        const auto &verifiedResult = (expression);                                                                                                    \
        if (!verifiedResult)                                                                                                                          \
            QFAIL(qPrintable(QStringLiteral("%1: %2 (%3) %4")                                                                                         \
                                 .arg(QLatin1String(#expression), QString::fromStdString(verifiedResult.error().message),                             \
                                      QLatin1String(qd::codeName(verifiedResult.error().code)), QString::fromStdString(verifiedResult.error().detail)))); \
    } while (false)

/// Fails the test unless the Result holds an error of this code.
#define VERIFY_FAILS(expression, expectedCode)                                                                                                        \
    do {                                                                                                                                              \
        const auto &verifiedResult = (expression);                                                                                                    \
        QVERIFY2(!verifiedResult, #expression " did not fail");                                                                                       \
        QVERIFY2(verifiedResult.error().code == (expectedCode), verifiedResult.error().message.c_str());                                              \
    } while (false)
