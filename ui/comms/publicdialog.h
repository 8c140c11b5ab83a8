// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/lint.h"
#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <QJsonObject>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace qd::widgets {
class PlainLabel;
class TypeToArm;
}

namespace qd::comms {

/// A dialog whose words the public reads. Where the workspace has checks for them it names those, and drafting the words for approval is what it does; what
/// cannot wait breaks the glass, with a reason, two who are told, and the page's name typed. Without checks, or without words, it publishes at once. Before that
/// the page can be looked at as it will be served (F4).
class PublicDialog : public widgets::FormDialog {
    Q_OBJECT
public:
    enum class Way { Publish, Draft, Glass };

    [[nodiscard]] Way way() const { return m_way; }
    [[nodiscard]] QString checks() const; ///< what it says of them; "": there are none
    [[nodiscard]] QCheckBox &cannotWait() const { return *m_cannotWait; }
    [[nodiscard]] QLineEdit &why() const { return *m_why; }
    [[nodiscard]] QLineEdit &told(int n) const { return n == 0 ? *m_first : *m_second; }
    /// What is said once it is done, where that is not that it was published.
    [[nodiscard]] QString doneSentence() const;
    [[nodiscard]] virtual QString previewMethod() const = 0;
    [[nodiscard]] virtual QJsonObject previewArguments() const = 0;
    void showPreview(const QJsonObject &preview);       ///< what was answered to that
    [[nodiscard]] QPushButton &looking() const { return *m_look; }
    [[nodiscard]] QString advice() const; ///< what the words might say better, one line each; it stops nothing
    [[nodiscard]] QString rendered() const; ///< how the page would read, and where it can be looked at

Q_SIGNALS:
    void previewAsked();

protected:
    /// `page`: as `get pages` has it.
    PublicDialog(const style::Theme &theme, const QString &title, const QJsonObject &page, const view::ViewModelPtr &view, QWidget *parent);
    /// The checks, what breaks the glass, and the name to type. Before finish().
    void makeChecks();
    /// Shows what applies to what is typed; for check().
    void askChecks(bool hasWords);
    /// Whether what stands between the words and the public is there.
    [[nodiscard]] bool mayGo() const;
    /// A message to this page with these words. `further`: by language.
    [[nodiscard]] QJsonObject draftOf(const QString &title, const QString &text, const QJsonObject &titles, const QJsonObject &texts) const;
    void addGlass(QJsonObject &arguments) const;
    virtual void check() = 0;
    /// Where the page is shown as it would read, and the button that asks for it. Before finish().
    void makePreview();
    void makeLook();
    /// Shows what these words, by language, might say better; for check().
    void advise(const Localized &texts);
    /// Something else is typed: what was shown is gone. `canLook`: there is something to look at.
    void forgetPreview(bool canLook);

    QJsonObject m_page;
    QString m_incident;

private:
    QStringList m_people;
    LintContext m_lint;
    Way m_way = Way::Publish;
    widgets::PlainLabel *m_note = nullptr, *m_rendered = nullptr, *m_advice = nullptr;
    QPushButton *m_look = nullptr;
    QCheckBox *m_cannotWait;
    QLineEdit *m_why, *m_first, *m_second;
    widgets::TypeToArm *m_arm;
};

} // namespace qd::comms
