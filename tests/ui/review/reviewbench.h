// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/review/reviewscene.h"
#include "ui/review/evidencelist.h"
#include "ui/review/reviewview.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QJsonObject>
#include <QtTest>

namespace qd::test {

/// The Review screen with one review opened in it, the keyboard on its evidence.
struct ReviewBench {
    view::Review data = someReview();
    ViewFixture source;
    review::ReviewView view;
    explicit ReviewBench(const style::Theme &theme)
        : source(reviewScene(data))
        , view(source, theme)
    {
        view.resize(1600, 900);
        QObject::connect(&source, &view::ViewSource::travelled, &view, &review::ReviewView::setPast);
        view.QWidget::show();
        view.activateWindow();
        (void)QTest::qWaitForWindowActive(&view);
        publish();
        view.open(data.incident);
        view.evidence().table().setFocus();
    }
    void publish()
    {
        source.show(reviewScene(data));
        view.show(source.current(), sceneMoment());
    }
    [[nodiscard]] QJsonObject last(const QString &method) const
    {
        for (auto it = source.sent.rbegin(); it != source.sent.rend(); ++it)
            if (it->method == method)
                return it->arguments;
        return {};
    }
    void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) { QTest::keyClick(view.focusWidget(), key, with); }
    [[nodiscard]] QAction *action(const char *name) const { return view.findChild<QAction *>(QLatin1String("review.") + QLatin1String(name)); }
};

} // namespace qd::test
