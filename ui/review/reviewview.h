// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/source.h"

#include <QWidget>
#include <functional>
#include <utility>
#include <vector>

class QAction;
class QLineEdit;
class QSplitter;
class QStackedLayout;

namespace qd::widgets {
class FormDialog;
class PlainLabel;
class StateCard;
class TwinTable;
}

namespace qd::review {

class ActionVerbs;
class EvidenceList;
class Presentation;
class ReplayStrip;
class ReviewHeader;
class RowsModel;
class SectionPanel;
class SidePanel;

/// What is learnt after an incident: the reviews there are, and the one that is open with its evidence, narrative, factors, actions, people and the
/// past to go through. Its commands are actions(); refused ones and what is to be said go out as signals. GUI thread.
class ReviewView final : public QWidget {
    Q_OBJECT
public:
    ReviewView(view::ViewSource &source, const style::Theme &theme, QWidget *parent = nullptr);
    ~ReviewView() override;

    void show(const view::ViewModelPtr &view, Instant now);
    using QWidget::show;
    void setNow(Instant now);
    /// The review of an incident, or its past where it has none; empty: the list of them.
    void open(const QString &incident);
    /// Return in the list opens this one.
    void choose(const QString &incident);
    [[nodiscard]] QString current() const { return m_incident; }
    /// Told to a room. False: no review is open.
    bool present();
    [[nodiscard]] bool isPresenting() const;
    void leavePast();
    /// Where the keyboard goes round: each region, and what of it takes the keyboard.
    [[nodiscard]] std::vector<std::pair<QWidget *, QWidget *>> regions() const;
    /// To one of them; where there is room for one panel alone, it is that one.
    void goRegion(std::size_t region);
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, 0}; } ///< other perspectives may be smaller than this one reads well in
    /// Words that are not recorded yet are, before the window closes or shows something else.
    void rest();
    /// Another moment of the past is here, or the present again.
    void setPast(const view::ViewModelPtr &past);

    [[nodiscard]] ReviewHeader &header() const { return *m_header; }
    [[nodiscard]] EvidenceList &evidence() const { return *m_evidence; }
    [[nodiscard]] SectionPanel &sections() const { return *m_sections; }
    [[nodiscard]] SidePanel &side() const { return *m_side; }
    [[nodiscard]] ReplayStrip &replay() const { return *m_replay; }
    [[nodiscard]] Presentation &presentation() const { return *m_presentation; }
    [[nodiscard]] widgets::TwinTable &list() const { return *m_list; }
    [[nodiscard]] QLineEdit &listFilter() const { return *m_filter; }
    [[nodiscard]] QString listFooter() const; ///< how many there are

Q_SIGNALS:
    void told(const QString &sentence);
    void refused(const QString &sentence);
    void presented(bool presenting);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeActions();
    void makeList();
    void fillList();
    void fit();
    void makeReplayActions();
    void makeDebriefActions();
    void connectParts();
    QAction *add(QWidget *where, const char *name, const QString &text, const QList<QKeySequence> &keys, std::function<void()> what);
    void fill();
    void send(const QString &method, QJsonObject arguments, const QString &done = {});
    void ask(widgets::FormDialog *dialog, const QString &method, std::function<QJsonObject()> arguments, const QString &done);
    void openRow(int tab, const QString &id);
    void turn();
    void arrange();
    /// Whether anything is written in it yet; else it is offered to begin, or said when it can be.
    bool isBegun();
    void waive();
    void beginSection();
    void cite();
    void withAction(const std::function<void(const view::Review &, const view::ReviewAction &)> &what); ///< the one that is chosen, if one is
    void settleOrDone();
    void contribute(const QString &person);
    void comment(const QString &section, const QString &quote, std::uint32_t answers);
    void rate(const QString &factor, const view::EvidenceRow *shownBy); ///< you see it, and that line shows it
    void withdraw(const view::FactorRow &factor);
    void citeFor(const QString &factor, const QString &reference);
    [[nodiscard]] const view::FactorRow *factor(const QString &id) const;
    void meeting();
    void sign();
    void noteCost();
    void feedback();
    void askMetrics();
    void askTrends();         ///< of factors across incidents, once for a review that is opened, again when its factors changed, and with the next factor one goes to after a minute
    void toReference(const QString &reference);
    void toGate(const QString &gate);    ///< where what is missing is done
    [[nodiscard]] const view::Review *review() const;

    view::ViewSource &m_source;
    const style::Theme &m_theme;
    view::ViewModelPtr m_view;
    Instant m_now;
    QString m_incident;
    QStackedLayout *m_pages;
    widgets::TwinTable *m_list;
    RowsModel *m_rows;
    widgets::StateCard *m_empty;
    QLineEdit *m_filter;
    widgets::PlainLabel *m_count;
    std::vector<view::ReviewRow> m_listed; ///< what the list was filled with, at that minute, by those words
    std::int64_t m_listedMinute = -1;
    QString m_listedWords;
    QWidget *m_listPage, *m_page;
    ReviewHeader *m_header;
    EvidenceList *m_evidence;
    SectionPanel *m_sections;
    SidePanel *m_side;
    ReplayStrip *m_replay;
    Presentation *m_presentation;
    ActionVerbs *m_verbs;
    std::shared_ptr<const view::Review> m_shown; ///< the last that was filled in
    std::size_t m_region = 0; ///< the panel that is shown where there is room for one
    bool m_isNarrow = false;
    bool m_named = false;
    QString m_trendsOf;       ///< the review they were asked for
    Instant m_trendsAt;       ///< … and when
    int m_trendsAsked = 0;    ///< the last question: an answer to one before it is late
    int m_metricsAsked = 0;   ///< how often: the answer to the last is shown
};

} // namespace qd::review
