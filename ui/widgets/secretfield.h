// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QLineEdit>

namespace qd::widgets {

/// A secret is typed into it and never shown. A QLineEdit has to hold it while it is typed; take() moves it into a Secret, empties the
/// field and overwrites what Qt held.
class SecretField final : public QLineEdit {
    Q_OBJECT
public:
    explicit SecretField(QWidget *parent = nullptr);

    [[nodiscard]] Secret take();
};

} // namespace qd::widgets
