// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/comms/pagetext.h"
#include "ui/comms/publicdialog.h"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::comms {

class RedlineView;

/// What the public is told: phase, text in each of the page's languages, what components are, when the next word follows; below it the words as they
/// will stand on the page, and what is new against the last. It leaves the house: the page's name is typed before. Where the gate refuses a marked part, a
/// button takes it out. Emits intent; whoever opened it sends it.
class PostDialog final : public PublicDialog {
    Q_OBJECT
public:
    /// `page`: as `get pages` has it.
    PostDialog(const style::Theme &theme, const QJsonObject &page, const view::ViewModelPtr &view, QWidget *parent);

    [[nodiscard]] QString method() const { return way() == Way::Draft ? QStringLiteral("message.draft") : QStringLiteral("page.post"); }
    [[nodiscard]] QJsonObject arguments() const;
    [[nodiscard]] QString previewMethod() const override { return QStringLiteral("page.preview"); }
    [[nodiscard]] QJsonObject previewArguments() const override;
    /// The gate refused: says why, without the command line's way out, and offers the button.
    void offerRemoval(const QString &refusal);
    [[nodiscard]] QPushButton &removal() const { return *m_remove; }
    [[nodiscard]] QString preview() const; ///< as it will stand on the page
    [[nodiscard]] QString marked() const;  ///< the same against the last word

private:
    void makeTexts();
    void makeComponents();
    void check() override;
    [[nodiscard]] QJsonObject notice() const; ///< the one it goes on; empty: a new one
    [[nodiscard]] PagePhase phase() const;
    [[nodiscard]] Instant next() const;
    [[nodiscard]] PostMeant meant(const QString &language) const;

    const style::Theme &m_theme;
    QStringList m_languages;
    Instant m_now;
    QComboBox *m_notice, *m_phase;
    QLineEdit *m_title, *m_next;
    std::vector<std::pair<QString, QPlainTextEdit *>> m_texts;
    std::vector<std::pair<QJsonObject, QComboBox *>> m_components;
    widgets::PlainLabel *m_preview = nullptr;
    RedlineView *m_redline;
    QPushButton *m_remove = nullptr;
    bool m_removing = false;
};

/// A component is this for a time, whatever follows from incidents; why is asked. It is taken back by "follows again". Emits intent.
class ComponentDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    ComponentDialog(const style::Theme &theme, const QString &page, const QJsonObject &component, const QStringList &languages, QWidget *parent);
    [[nodiscard]] QString method() const { return QStringLiteral("page.set"); }
    [[nodiscard]] QJsonObject arguments() const;

private:
    void check();

    QString m_page, m_component;
    QComboBox *m_state;
    QLineEdit *m_reason, *m_until;
};

} // namespace qd::comms
