// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/source.h"
#include "ui/widgets/formdialog.h"

#include <QString>
#include <QStringList>
#include <vector>

class QComboBox;
class QLineEdit;

/// What of a section is kept from some: seen as such while it is written, and marked without typing brackets.
namespace qd::review {

/// A part of a text that is classed, or the hole somebody gets in its place. In UTF-16 units.
struct MarkSpan {
    int from = 0, length = 0;
    int label = 0;                       ///< how much of its beginning says the class
    DataClass level = DataClass::Restricted;
    QStringList readers;                 ///< who alone may read it; empty: whoever is cleared for the class
    bool isHole = false;                 ///< "[sealed: …]": what stands there is not for who writes here
    bool isOpen = false;                 ///< nothing closes it: it reaches to the end
    bool operator==(const MarkSpan &) const = default;
};
[[nodiscard]] std::vector<MarkSpan> marksOf(const QString &text);
/// A sentence on it: who reads it, and what the others have in its place.
[[nodiscard]] QString markSentence(const MarkSpan &span);

/// Asks for the class of what is selected, and for who alone is to read it. GUI thread.
class MarkDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    MarkDialog(const style::Theme &theme, const view::ViewModel &view, const QString &words, QWidget *parent);
    [[nodiscard]] QString markedText() const;

private:
    void check();

    QString m_words;
    QStringList m_known;                 ///< ids of people and teams, in small letters
    QComboBox *m_class;
    QLineEdit *m_readers;
};

} // namespace qd::review
