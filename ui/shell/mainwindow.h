// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/actionbook.h"
#include "ui/shell/layoutmemory.h"
#include "ui/style/desktoplook.h"
#include "ui/style/theme.h"
#include "ui/view/source.h"
#include "ui/widgets/ticker.h"

#include <QMainWindow>

class QMenu;
class QStackedWidget;

namespace qd::widgets {
class StateCard;
}

namespace qd::shell {

class Banner;
class CommandPerspective;
class Instrument;
class KeyHelp;
class Picker;
class TopStrip;

/// The window: strip, perspective, one-line instrument. Composes the panels and owns no rules; every command goes
/// through the source. Remembers its geometry, splits and look.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(view::ViewSource &source, style::Theme &theme, QWidget *parent = nullptr);
    ~MainWindow() override;
    Q_DISABLE_COPY_MOVE(MainWindow)

    [[nodiscard]] const ActionBook &actionBook() const { return m_book; }
    [[nodiscard]] TopStrip &strip() const { return *m_strip; }
    [[nodiscard]] CommandPerspective &perspective() const { return *m_command; }
    [[nodiscard]] Instrument &instrument() const { return *m_instrument; }
    [[nodiscard]] Picker &picker() const { return *m_picker; }
    [[nodiscard]] widgets::Ticker &ticker() { return m_ticker; }

public Q_SLOTS:
    void declareIncident();
    void openPalette();
    void goTo();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] view::ViewModelPtr follow();
    void build();
    void makeActions();
    void makeLookActions();
    void onView(const view::ViewModelPtr &view);
    void onTick(Instant now);
    void send(const QString &method, QJsonObject arguments);
    void takeCommand();
    void changeSeverity();
    void changeStatus();
    void chooseLook(style::Choice choice);
    void moveRegion(int step);
    void showFeeds();
    void resetLayout();
    [[nodiscard]] bool needsIncident();

    view::ViewSource &m_source;
    style::Theme &m_theme;
    widgets::Ticker m_ticker;
    view::ViewModelPtr m_view;
    LayoutMemory m_memory;
    style::DesktopLook m_desktop;
    ActionBook m_book;
    TopStrip *m_strip;
    Banner *m_banner;
    QStackedWidget *m_pages;
    widgets::StateCard *m_wait;
    CommandPerspective *m_command;
    Instrument *m_instrument;
    Picker *m_picker;
    KeyHelp *m_help;
    QMenu *m_menu;
};

} // namespace qd::shell
