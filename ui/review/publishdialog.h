// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/source.h"

#include <QDialog>

class QComboBox;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::review {

class SideBySide;

/// A whole review as inside and as an audience outside has it, with what would leak; allowed and published from here: as a file in the folder of documents, as a page
/// of a library that is connected, or as a message for a status page, which is approved and released as every other. Ctrl+R goes back to the sections as they are typed. GUI thread; what is written is written on another.
class PublishDialog final : public QDialog {
    Q_OBJECT
public:
    PublishDialog(view::ViewSource &source, const style::Theme &theme, const QString &incident, QWidget *parent);

    [[nodiscard]] SideBySide &sides() const { return *m_sides; }
    [[nodiscard]] QComboBox &where() const { return *m_where; } ///< where it is published; data: "", "at:CONNECTION", "page:ID"
    [[nodiscard]] QString said() const;

Q_SIGNALS:
    void sectionsAsked();                ///< one section at a time instead, as it is typed and read outside

private:
    void askInside();
    void ask(const QString &audience);
    void render(const QString &audience, void (SideBySide::*show)(const QJsonObject &));
    void allow(const QString &words);
    void publish(const QString &audience);
    void publishAt(const QString &connection, const QString &audience);
    void draftFor(const QString &page, const QString &audience, bool isOneSection); ///< what is written for outside alone, where there is such a section; else all of it
    void addPages();
    void askPublished();                 ///< what of it reads otherwise by now is said
    void write(const QString &audience, const QString &format, const QJsonObject &rendition);
    void record(const QString &audience, const QString &format, const QString &path, const QString &digest, const QString &source);
    void say(const QString &sentence);

    view::ViewSource &m_source;
    const style::Theme &m_theme;
    QString m_incident;
    SideBySide *m_sides;
    QComboBox *m_where, *m_format;
    widgets::PlainLabel *m_said;
};

} // namespace qd::review
