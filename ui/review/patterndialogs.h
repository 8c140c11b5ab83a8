// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/trendsview.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace qd::widgets {
class PathField;
}

/// What is asked of a person about what recurs.
namespace qd::review {

/// Factors that met become a pattern, or one that is there is written otherwise.
class PatternDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    PatternDialog(const style::Theme &theme, const PatternRow &pattern, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of pattern.keep

private:
    PatternRow m_was;
    QLineEdit *m_title, *m_services;
    QPlainTextEdit *m_requirement;
};

/// The list for the next design of a service, read before it is written to a file. A file that is there is written over only after that was asked, and
/// said yes to, of that very file. It is written on another thread; the dialog closes once it is.
class ChecklistDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    ChecklistDialog(const style::Theme &theme, std::vector<PatternRow> patterns, const QStringList &services, const QString &service, QWidget *parent);
    [[nodiscard]] QComboBox &service() const { return *m_service; }
    [[nodiscard]] widgets::PathField &where() const { return *m_where; }
    [[nodiscard]] QString text() const; ///< as it would be written

Q_SIGNALS:
    void written(const QString &path);

private:
    void show(const QString &service);
    void write();

    std::vector<PatternRow> m_patterns;
    QComboBox *m_service;
    QPlainTextEdit *m_text;
    widgets::PathField *m_where;
    QString m_over, m_proposed; ///< the file that may be written over; where it would go unless somebody says otherwise
};

} // namespace qd::review
