// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/patience.h"
#include "tests/support/viewfixture.h"
#include "ui/shell/mainwindow.h"
#include "ui/style/palette.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

namespace qd::test {

/// What the windows of a test stand on: a folder for what they remember, and the dark theme.
class WindowLook {
public:
    /// Once, first thing; the theme, or nothing where it cannot be.
    [[nodiscard]] style::Theme *begin()
    {
        auto palette = style::Palette::builtIn();
        if (!m_state.isValid() || !palette)
            return nullptr;
        qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_state.path().toUtf8());
        m_theme = std::make_unique<style::Theme>(std::move(*palette));
        m_theme->choose(style::Choice::Dark);
        m_theme->install();
        return m_theme.get();
    }
    /// The next window remembers nothing, and nothing is set of it.
    void forget() const
    {
        for (const QString &name : {QStringLiteral("quarterdeck/window.ini"), QStringLiteral("quarterdeck/window.conf")})
            QFile::remove(filePath(name));
    }
    [[nodiscard]] QString filePath(const QString &name) const { return m_state.filePath(name); }

private:
    QTemporaryDir m_state;
    std::unique_ptr<style::Theme> m_theme;
};

/// A window over a scene, active, at the scene's moment.
struct WindowBench {
    ViewFixture source;
    shell::MainWindow window;

    WindowBench(const view::ViewModel &scene, style::Theme &theme, QSize size = {1600, 900})
        : source(scene)
        , window(source, theme)
    {
        window.ticker().freeze(true);
        window.resize(size);
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window, qd::tests::kPatience))
            qFatal("the window did not become active");
        source.show(scene); // at the frozen moment
        QCoreApplication::processEvents();
    }
};

} // namespace qd::test
