// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/sectiondraft.h"
#include "ui/style/theme.h"

#include <QSet>
#include <QTimer>
#include <QWidget>
#include <vector>

class QHBoxLayout;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace qd::comms {
class RedlineView;
}
namespace qd::widgets {
class CountTabs;
class PlainLabel;
}

namespace qd::review {

class SectionEditor;

/// The narrative: one section at a time, as it is written, as others read it, or both side by side; what somebody else wrote meanwhile beside
/// what is written here; what the last revisions changed. GUI thread.
class SectionPanel final : public QWidget {
    Q_OBJECT
public:
    enum class Reading { Internal, External, SideBySide };

    SectionPanel(view::ViewSource &source, const style::Theme &theme, QWidget *parent = nullptr);

    void show(const view::Review &review, Instant now);
    using QWidget::show;
    void setNow(Instant now);
    void nextSection(int step);
    /// Turns to a section of this name, which becomes one of the review with its first words.
    void begin(const QString &name);
    /// "Lessons learned" as the record names it: "lessons-learned"; empty where nothing of the name is left.
    [[nodiscard]] static QString idOf(const QString &name);
    void nextFinding();
    void spell();                               ///< words for the one at the cursor, to choose from
    void read(Reading reading);
    [[nodiscard]] Reading reading() const { return m_reading; }
    void stepChanges();                         ///< what the newest revision changed, then the one before it …, then none again
    void cite(const view::EvidenceRow &row);
    void mark(const view::ViewModel &view);     ///< what is selected, for some alone
    void comment();                             ///< on the words that are selected
    /// Before the window closes or the review is left.
    void leave();

    [[nodiscard]] SectionEditor &editor() const { return *m_editor; }
    [[nodiscard]] SectionDraft &draft() const { return *m_draft; }
    [[nodiscard]] QString status() const;
    [[nodiscard]] QString current() const { return m_draft->section(); }
    [[nodiscard]] QStringList titles() const; ///< of the tabs

Q_SIGNALS:
    void referenceOpened(const QString &reference);
    void commentRequested(const QString &section, const QString &quote);
    void told(const QString &sentence);
    void beginRequested();                      ///< a review, where nobody began one

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void offer();
    void go(const QString &section);
    void ask();
    void offerSpellings(const QPoint &at);
    void isOurs(const QString &word);
    void refresh();
    void showTexts();
    void say();
    [[nodiscard]] QString unwritable() const;   ///< why nothing is written

    view::ViewSource &m_source;
    const style::Theme &m_theme;
    SectionDraft *m_draft;
    widgets::CountTabs *m_tabs, *m_readings;
    SectionEditor *m_editor;
    QPlainTextEdit *m_other;                    ///< the record's text where it is another, or what readers outside get
    widgets::PlainLabel *m_otherTitle, *m_note, *m_status, *m_finding;
    comms::RedlineView *m_changes;
    QWidget *m_beside, *m_bar;
    QPushButton *m_together, *m_leave, *m_take, *m_begin;
    QTimer m_lint;
    std::vector<QString> m_ids;                 ///< of the tabs
    std::vector<view::ReviewSection> m_sections, m_begun; ///< m_begun: nothing of them is recorded yet
    QString m_incident, m_last;                 ///< m_last: the section that was left
    bool m_writable = false, m_isOpen = false, m_mayBegin = false;
    IncidentStatus m_of = IncidentStatus::Resolved;
    std::size_t m_changesBack = 0;              ///< whose changes are shown: 1 the newest revision's; 0: nobody's
    int m_comments = 0;
    Reading m_reading = Reading::Internal;
    Instant m_now;
    int m_asked = 0;
    bool m_goesOn = false;                      ///< to the next finding, once the text was looked at
    QSet<QString> m_ours;                       ///< words that were said to be ours in this window, in small letters
};

} // namespace qd::review
