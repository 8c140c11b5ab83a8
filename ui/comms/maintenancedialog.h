// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/zone.h"
#include "ui/comms/pagetext.h"
#include "ui/comms/publicdialog.h"

class QComboBox;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::comms {

/// Work on components that the public is told of: a new one is announced, one that is not over is changed, or it is cancelled or ended. Title and text in each
/// of the page's languages, what is worked on, from when until when, typed by UTC, by the page's clocks or by this desktop's; below it the words as they will
/// stand on the page. It leaves the house: the page's name is typed before. Where the gate refuses a marked part, a button takes it out. Emits intent; whoever
/// opened it sends it.
class MaintenanceDialog final : public PublicDialog {
    Q_OBJECT
public:
    /// `page`: as `get pages` has it.
    MaintenanceDialog(const style::Theme &theme, const QJsonObject &page, const view::ViewModelPtr &view, QWidget *parent);

    [[nodiscard]] QString method() const;
    /// Of a change only what is another.
    [[nodiscard]] QJsonObject arguments() const;
    [[nodiscard]] QString previewMethod() const override { return QStringLiteral("page.maintenance.preview"); }
    [[nodiscard]] QJsonObject previewArguments() const override { return published(); }
    void offerRemoval(const QString &refusal); ///< as PostDialog
    [[nodiscard]] QPushButton &removal() const { return *m_remove; }
    [[nodiscard]] QString preview() const; ///< as it will stand on the page

private:
    struct Words {
        QString language;
        QLineEdit *title;
        QPlainTextEdit *text;
    };

    void makeChoices();
    void makeWords();
    void makeComponents();
    void makeWindow();
    void take(); ///< what the chosen one says now into the fields
    void check() override;
    [[nodiscard]] QString missing() const; ///< "-": something, of which nothing is said
    [[nodiscard]] bool ends() const;
    [[nodiscard]] QJsonObject chosen() const; ///< empty: a new one
    [[nodiscard]] const Zone &zone() const;
    [[nodiscard]] QString typed(Instant at) const;
    [[nodiscard]] std::optional<Instant> typedBy(const QLineEdit *line) const;
    [[nodiscard]] std::optional<Instant> from() const;
    [[nodiscard]] std::optional<Instant> until() const; ///< an instant, or a span from the beginning
    [[nodiscard]] QStringList components() const;
    [[nodiscard]] WorkMeant meant(const Words &words) const;

    [[nodiscard]] QJsonObject published() const; ///< what `page.maintenance` is given

    const style::Theme &m_theme;
    QStringList m_languages;
    Instant m_now;
    std::vector<std::pair<QString, Zone>> m_zones; ///< UTC first
    std::size_t m_zone = 0;
    QComboBox *m_what, *m_clocks;
    std::vector<Words> m_words;
    QListWidget *m_components;
    QLineEdit *m_from, *m_until, *m_reason;
    widgets::PlainLabel *m_preview = nullptr;
    QPushButton *m_remove = nullptr;
    bool m_removing = false;
};

} // namespace qd::comms
