// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/timeline/area.h"
#include "ui/timeline/finder.h"
#include "ui/timeline/kindfilter.h"
#include "ui/timeline/lanelayout.h"
#include "ui/view/viewmodel.h"

#include <QSet>
#include <QWidget>
#include <array>
#include <optional>

namespace qd::timeline {

/// The painted lanes. Shows one ViewModel at one moment; knows nothing of where they come from. While it follows, the
/// window of time moves with the moment; otherwise nothing that arrives moves it, and the selection stays on its event.
/// Its table twin is the accessible path. GUI thread.
class TimelineCanvas final : public QWidget {
    Q_OBJECT
public:
    explicit TimelineCanvas(const style::Theme &theme, QWidget *parent = nullptr);

    void setView(const view::ViewModelPtr &view);
    /// What is shown of it; the window of time stays where it is.
    void setFilter(const KindFilter &filter);
    void setNow(Instant now);

    [[nodiscard]] const TimeScale &scale() const { return m_scale; }
    [[nodiscard]] bool isFollowing() const { return m_following; }
    void setFollowing(bool following);
    /// Events that arrived since it stopped following.
    [[nodiscard]] int missed() const { return m_missed; }

    void zoom(double factor);
    void pan(double part);
    void goStart();
    void goNow();
    /// The selected event in the middle; a second time: everything.
    void centre();
    /// To the next (+1) or previous (-1) event in time; brings it into the window if it is outside.
    void step(int direction);
    void select(const QString &id);
    /// Frames what was found, the one that is stood at more than the others.
    void setFound(const std::vector<Found> &found, const QString &at);
    /// Brings a moment into the window, if it is outside.
    void reveal(Instant at);
    [[nodiscard]] Instant moment() const { return m_now; }
    /// Begins to choose a stretch, at the selected event or at the moment; stepping or dragging with Shift moves its edge. Ends it when there is one.
    void toggleArea();
    void endArea();
    [[nodiscard]] const std::optional<Area> &area() const { return m_area; }
    [[nodiscard]] QString selected() const { return m_selected; }
    /// What the selection says in full, for the line below and for assistive technology; empty without one.
    [[nodiscard]] QString selectedText() const;
    /// True when there is nothing to draw at all.
    [[nodiscard]] bool isEmpty() const;

    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void windowChanged();                     ///< range, following or missed changed
    void selectionChanged(const QString &id);
    void alertChosen(const QString &key);     ///< an alert's bar was clicked
    void areaChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    static constexpr std::size_t kLanes = 6;
    static constexpr QLatin1String kRateHit{"alarm-rate"}; ///< under the pointer, and nothing to select
    struct Item {
        QString id, text, kind;
        Instant at;
        view::Lane lane = view::Lane::People;
        bool faint = false; ///< removed, or only due
        bool isMoment = false;
    };
    struct Hit {
        QRectF box;
        QString id;
        bool alert = false;
        QString says;
    };

    void relayout();
    void fitAll();
    void keepFollowing();
    [[nodiscard]] Instant earliest() const;
    [[nodiscard]] QRectF laneBox(std::size_t lane) const;
    void paintFrame(QPainter &painter);
    void paintSpans(QPainter &painter, const QRectF &box);
    void paintLane(QPainter &painter, std::size_t lane, const QRectF &box);
    void paintMark(QPainter &painter, const Item &item, const QPointF &centre) const;
    void paintNow(QPainter &painter);
    void paintMoments(QPainter &painter);
    void paintArea(QPainter &painter);
    void paintRate(QPainter &painter, const QRectF &box);
    void setArea(const std::optional<Area> &area);
    void describe();
    /// The alarm rate has a band under the lanes as soon as there was an alarm.
    [[nodiscard]] bool hasRate() const { return m_view && !m_view->alarmRate.minutes.empty(); }
    [[nodiscard]] QRectF rateBox() const;
    [[nodiscard]] QString rateText() const;
    [[nodiscard]] const Hit *hitAt(const QPointF &at) const;
    [[nodiscard]] int indexOf(const QString &id) const;

    const style::Theme &m_theme;
    view::ViewModelPtr m_view;
    KindFilter m_filter;
    Instant m_now;
    TimeScale m_scale;
    double m_nowPart = 0.8; ///< where now stands in the window while following
    bool m_following = true, m_fitted = false;
    int m_missed = 0;
    QString m_focus, m_selected, m_hovered, m_centred, m_foundAt;
    QSet<QString> m_found;
    std::vector<Item> m_items;                               ///< in time order
    std::array<std::vector<std::size_t>, kLanes> m_lanes;    ///< indices into m_items
    std::vector<Hit> m_hits;                                 ///< of the last paint
    double m_top = 0, m_bottom = 0;                          ///< where lanes begin and end
    QPointF m_dragFrom;
    bool m_dragging = false;
    bool m_sweeping = false;                                 ///< the mouse moves the area's edge
    std::optional<Area> m_area;
};

/// The name of a lane, as painted and in the table.
[[nodiscard]] QString laneName(view::Lane lane);
/// One event in a line: time, actor, words, revisions, delivery, reactions.
[[nodiscard]] QString entryText(const view::TimelineEntry &entry);
/// What it says: its text, behind an arrow when it was said in a thread, that it was removed, or whose line its sender asked to change in vain.
[[nodiscard]] QString entryWords(const view::TimelineEntry &entry);
/// How far what is written outside got, and where it was said while its own room does not take it.
[[nodiscard]] QString deliveryWords(const view::TimelineEntry &entry);

} // namespace qd::timeline
