// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/directory/tables.h"
#include "ui/style/theme.h"

#include <QWidget>
#include <array>

class QLineEdit;
class QStackedLayout;

namespace qd::widgets {
class CountTabs;
class PlainLabel;
class SectionHeader;
class StateCard;
class TwinTable;
}

namespace qd::directory {

class DirectoryModel;

/// Who is responsible for what, and who would be called now: services, schedules, policies, templates and connections, each as a table with
/// a filter, the chosen row in words below. Its commands are actions(); what it opens is the window's. GUI thread.
class DirectoryView final : public QWidget {
    Q_OBJECT
public:
    explicit DirectoryView(const style::Theme &theme, QWidget *parent = nullptr);

    void show(const view::ViewModelPtr &view, Instant now);
    using QWidget::show;
    void setNow(Instant now);
    void go(Page page);
    [[nodiscard]] Page page() const { return m_page; }
    [[nodiscard]] DirectoryModel &model() const { return *m_model; }
    [[nodiscard]] widgets::TwinTable &table() const { return *m_table; }
    [[nodiscard]] QLineEdit &filter() const { return *m_filter; }
    [[nodiscard]] QString detail() const;

Q_SIGNALS:
    /// Who is called for it, when and why: kind is "service" or "policy".
    void callsRequested(const QString &kind, const QString &id);
    void planRequested();                       ///< the next 24 hours of the schedules
    void armingRequested(const QString &name);  ///< what a connection may write

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeActions();
    void fill();
    void fitColumns();
    void openCurrent();
    void say();

    const style::Theme &m_theme;
    view::ViewModelPtr m_view;
    Instant m_now;
    Page m_page = Page::Services;
    widgets::SectionHeader *m_header;
    widgets::CountTabs *m_tabs;
    QLineEdit *m_filter;
    DirectoryModel *m_model;
    widgets::TwinTable *m_table;
    widgets::StateCard *m_empty;
    widgets::PlainLabel *m_detail;
    QStackedLayout *m_pages;
    std::array<QString, 5> m_current; ///< of each page, by id
};

} // namespace qd::directory
