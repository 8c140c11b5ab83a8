// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QWidget>
#include <memory>
#include <vector>

namespace qd::triage {

/// Alerts opened in each ten minutes over the last hour, with the flood threshold as a dotted line. The only place
/// that knows Qt Charts, which upstream has deprecated.
class RateTrend final : public QWidget {
    Q_OBJECT
public:
    explicit RateTrend(const style::Theme &theme, QWidget *parent = nullptr);
    ~RateTrend() override;
    Q_DISABLE_COPY_MOVE(RateTrend)

    /// Alerts opened in each minute, oldest first, and the number in ten minutes from which it is a flood.
    void setRate(const std::vector<int> &perMinute, int threshold);
    [[nodiscard]] QSize sizeHint() const override;

    /// Sliding sums over ten minutes; pure.
    [[nodiscard]] static std::vector<int> perTenMinutes(const std::vector<int> &perMinute);

private:
    struct Chart;
    void restyle();

    const style::Theme &m_theme;
    std::unique_ptr<Chart> m_chart;
    std::vector<int> m_shown;
};

} // namespace qd::triage
