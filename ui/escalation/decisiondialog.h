// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>
#include <vector>

class QButtonGroup;
class QComboBox;
class QLineEdit;
class QRadioButton;

namespace qd::escalation {

/// A decision with the ways that were weighed, each a card: what it is, its effect, risk, whether it can be taken back, how long it takes and who would do it.
/// One of them may be the one; the others are kept as what was not chosen. Only the decision is needed. Emits intent.
class DecisionDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    static constexpr int kCards = 4, kCardsAtFirst = 2;

    /// `poll`: the one it is made on; null: none.
    DecisionDialog(const style::Theme &theme, const view::PollRow *poll, const view::ViewModel &view, QWidget *parent);
    [[nodiscard]] static QString method() { return QStringLiteral("decision.record"); }
    [[nodiscard]] QJsonObject arguments() const;

private:
    struct Card {
        QWidget *box = nullptr;
        QRadioButton *chosen = nullptr;
        QLineEdit *text = nullptr, *effect = nullptr, *risk = nullptr, *time = nullptr, *owner = nullptr;
        QComboBox *reversible = nullptr;
        [[nodiscard]] bool isEmpty() const;
        [[nodiscard]] QJsonObject json() const;
    };
    [[nodiscard]] Card makeCard(int number);
    void showMore();
    void choose(int card);
    void check();

    const style::Theme &m_theme;
    std::uint32_t m_poll = 0;
    QString m_incident;
    QLineEdit *m_words;
    QButtonGroup *m_choice;
    QPushButton *m_more = nullptr;
    std::vector<Card> m_cards;
    int m_shown = kCardsAtFirst;
    QString m_given; ///< what a choice put into the decision's words
};

} // namespace qd::escalation
