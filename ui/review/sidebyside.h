// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QJsonObject>
#include <QWidget>
#include <vector>

class QComboBox;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::review {

/// One review as its readers have it: inside on the left, the audience it is published for on the right, which move together; under them what the leak check stops at. It is
/// given what the core answers to review.rendition (format txt) and asks for what it wants by signals. GUI thread.
class SideBySide final : public QWidget {
    Q_OBJECT
public:
    explicit SideBySide(const style::Theme &theme, QWidget *parent = nullptr);

    /// The audiences there are to choose for the right; "public" is always one.
    void setAudiences(const QStringList &audiences);
    [[nodiscard]] QString audience() const;
    void showInside(const QJsonObject &rendition);
    void showOutside(const QJsonObject &rendition);
    /// Why there is nothing to show, as the core says it.
    void showProblem(const QString &sentence);

    [[nodiscard]] QString insideText() const;
    [[nodiscard]] QString outsideText() const;
    [[nodiscard]] QStringList leaks() const; ///< as they are listed
    [[nodiscard]] bool canPublish() const;

Q_SIGNALS:
    void renditionAsked(const QString &audience); ///< another audience was chosen
    void allowAsked(const QString &words);        ///< the words of the chosen finding may stand there
    void publishAsked(const QString &audience);

private:
    void settle();
    void follow(QPlainTextEdit *moved, QPlainTextEdit *other);

    QComboBox *m_audience;
    widgets::PlainLabel *m_insideHead, *m_outsideHead, *m_verdict;
    QPlainTextEdit *m_inside, *m_outside;
    QListWidget *m_leaks;
    QPushButton *m_allow, *m_publish;
    std::vector<QString> m_words;        ///< of each finding
    bool m_isFollowing = false, m_isShown = false;
};

} // namespace qd::review
