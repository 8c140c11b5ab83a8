// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>

class QComboBox;
class QWidget;

namespace qd::escalation {

/// The three questions behind a severity, as fields of a dialog: whoever asks them lays them out. What is affected, the suggestion and its
/// arithmetic are the core's. Technical severity is named beside it and takes no part.
class SeverityQuestions final : public QObject {
    Q_OBJECT
public:
    explicit SeverityQuestions(QWidget *dialog);

    [[nodiscard]] QComboBox *hurt() const { return m_hurt; }
    [[nodiscard]] QComboBox *howMany() const { return m_howMany; }
    [[nodiscard]] QComboBox *workaround() const { return m_workaround; }

    /// An item of `get severities`, or of `incident.reckon` for what is not declared yet.
    void setExplained(const QJsonObject &item);
    [[nodiscard]] bool isExplained() const { return !m_suggestions.isEmpty(); }
    [[nodiscard]] bool isAnswered() const; ///< all three
    [[nodiscard]] QString affected() const; ///< what it affects, in lines; empty before the core has said so
    [[nodiscard]] QString technical() const;  ///< what its alerts call themselves, in words; the last of those lines
    [[nodiscard]] QString suggestion() const; ///< in words with its arithmetic, or empty
    [[nodiscard]] QString severity() const;   ///< "SEV2", or empty
    /// The answers, for a command.
    void insertInto(QJsonObject &arguments) const;

Q_SIGNALS:
    void changed(); ///< an answer, or what the core says to it

private:
    [[nodiscard]] QJsonObject suggested() const;

    QComboBox *m_hurt, *m_howMany, *m_workaround;
    QString m_affected, m_matrix;
    QJsonArray m_suggestions;
};

} // namespace qd::escalation
