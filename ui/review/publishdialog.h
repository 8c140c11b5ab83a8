// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/source.h"

#include <QDialog>
#include <QJsonArray>

class QComboBox;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::review {

class SideBySide;
class TrendsPanel;

/// A whole review as inside and as an audience outside has it, with what would leak; allowed and published from here, as a file in the folder of documents. GUI thread;
/// what is written is written on another.
class PublishDialog final : public QDialog {
    Q_OBJECT
public:
    PublishDialog(view::ViewSource &source, const style::Theme &theme, const QString &incident, QWidget *parent);

    [[nodiscard]] SideBySide &sides() const { return *m_sides; }
    [[nodiscard]] QString said() const;

private:
    void ask(const QString &audience);
    void allow(const QString &words);
    void publish(const QString &audience);
    void write(const QString &audience, const QString &format, const QJsonObject &rendition);
    void record(const QString &audience, const QString &format, const QString &path, const QString &digest);
    void say(const QString &sentence);

    view::ViewSource &m_source;
    const style::Theme &m_theme;
    QString m_incident;
    SideBySide *m_sides;
    QComboBox *m_format;
    widgets::PlainLabel *m_said;
};

/// What reviews say together.
class TrendsDialog final : public QDialog {
    Q_OBJECT
public:
    TrendsDialog(view::ViewSource &source, const style::Theme &theme, QWidget *parent);
    [[nodiscard]] TrendsPanel &panel() const { return *m_panel; }

private:
    TrendsPanel *m_panel;
    QJsonArray m_lists[3];               ///< trends, effects, patterns, as they come
};

} // namespace qd::review
