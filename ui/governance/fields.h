// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

class QComboBox;
class QLineEdit;

namespace qd::widgets {
class ReadingBox;
}

/// The fields the dialogs of this folder are made of.
namespace qd::governance {

inline constexpr int kNameBytes = 200;      ///< of a matter and of who answers for it: core/desk/decidekeeping.cpp
inline constexpr int kReasonLetters = 500;  ///< the core takes 2,000 bytes

[[nodiscard]] QLineEdit *longLine(int letters, const QString &placeholder, QWidget *parent);
/// Names of streams to choose from, or to type.
[[nodiscard]] QComboBox *streamBox(QWidget *parent);
/// Lines to read, not to write: what would follow.
[[nodiscard]] widgets::ReadingBox *lookedAt(const style::Theme &theme, const QString &text, QWidget *parent);
/// To choose from, wide enough for names.
[[nodiscard]] QComboBox *wideChoice(QWidget *parent);

} // namespace qd::governance
