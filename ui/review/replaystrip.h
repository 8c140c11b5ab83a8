// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/replay.h"
#include "ui/style/theme.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <memory>

class QPushButton;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::review {

class ReplayLanes;

/// The past of an incident to be gone through: four lanes, a line that is dragged, two clocks. Asks for moments; what they hold is shown elsewhere.
/// GUI thread.
class ReplayStrip final : public QWidget {
    Q_OBJECT
public:
    static constexpr int kFrameMs = 100; ///< while it plays

    explicit ReplayStrip(const style::Theme &theme, QWidget *parent = nullptr);

    void show(const view::Review &review);
    using QWidget::show;
    /// All that fired in the stretch, once the past is there.
    void setSpans(std::shared_ptr<const std::vector<view::AlertSpan>> spans);
    [[nodiscard]] const Replay &replay() const { return m_replay; }

    void go(Instant at);
    void minute(int step);
    void event(int step);
    void home();
    void end();
    void play();          ///< or pause
    void faster();
    void setClock(view::PastClock clock);
    void setNamed(bool named); ///< people by name; else by what they were
    void leave();         ///< back to the present
    /// What is said of each clock: "● as known then", which holds, and "○ as it was".
    [[nodiscard]] QString clockWords(view::PastClock clock) const;

    [[nodiscard]] ReplayLanes &lanes() const { return *m_lanes; }

Q_SIGNALS:
    void wanted(const qd::view::PastPoint &point); ///< none: the present

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void tell();
    void refresh();
    void sayClock(QPushButton *button, view::PastClock clock, const QString &words);

    const style::Theme &m_theme;
    Replay m_replay;
    std::shared_ptr<const view::Evidence> m_evidence;
    ReplayLanes *m_lanes;
    widgets::PlainLabel *m_moment;
    std::vector<QWidget *> m_hints;  ///< keys and words that go first where there is little room
    QPushButton *m_play, *m_speed, *m_known, *m_was, *m_present;
    QTimer m_timer;
    QElapsedTimer m_passed;
};

/// The lanes alone. Painted; the evidence list is the same as a table.
class ReplayLanes final : public QWidget {
    Q_OBJECT
public:
    enum Row { Alerts, Changes, People, Updates, Rows };
    /// How a mark of a lane stands to the moment: there, not there yet, or so but not known.
    enum class There { Yes, NotYet, Unknown };

    ReplayLanes(const style::Theme &theme, const Replay &replay, QWidget *parent);
    void setEvidence(std::shared_ptr<const view::Evidence> evidence, const std::shared_ptr<const view::Cast> &cast);
    void setSpans(std::shared_ptr<const std::vector<view::AlertSpan>> spans);
    void refresh();
    [[nodiscard]] const std::shared_ptr<const std::vector<view::AlertSpan>> &spans() const { return m_spans; } ///< null: marks stand for what is in the evidence

    [[nodiscard]] double x(Instant at) const;
    [[nodiscard]] Instant at(double x) const;
    [[nodiscard]] static There there(Instant happened, Instant known, const Replay &replay);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void dragged(qd::Instant at);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Mark {
        Instant at, known;
        std::uint32_t row = 0;       ///< of the evidence
        bool isDecision = false;
    };
    /// Marks that stand in one place, as they are painted at any moment.
    struct Place {
        double x = 0, room = 0;
        std::size_t count = 0;
        Instant happened;            ///< the first of them
        Mark counts;                 ///< the first that had happened and was known
        bool isDecision = false;
    };
    struct Laid {
        double left = -1, width = -1, size = 0;
        Instant from, to;
        bool operator==(const Laid &) const = default;
    };
    [[nodiscard]] double left() const;
    void layOut();
    void paintBars(QPainter &painter, const QRectF &lane);
    void paintMarks(QPainter &painter, const QRectF &lane, Row row);

    const style::Theme &m_theme;
    const Replay &m_replay;
    std::shared_ptr<const view::Evidence> m_evidence;
    view::Nameless m_nobody, m_unknown;
    std::vector<Mark> m_marks[Rows];
    std::vector<Place> m_places[Rows];   ///< of m_marks, as `m_laid`: a step paints places, however many lines there are
    Laid m_laid;
    std::shared_ptr<const std::vector<view::AlertSpan>> m_spans;
};

} // namespace qd::review
