// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/setup/connectkinds.h"
#include "ui/view/homeverbs.h"
#include "ui/view/viewmodel.h"
#include "ui/widgets/formdialog.h"

#include <functional>

class QComboBox;
class QLineEdit;

namespace qd::setup {

/// A connection to something outside: its kind, and what that kind needs. Secrets are typed into fields that never show them, and leave with
/// take(); after a refusal they are typed again. It starts in observe: nothing is written through it.
class ConnectDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    ConnectDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent);

    struct Request {
        QString name, kind;
        QStringList verb; ///< without any secret
        std::vector<view::HomeVerbs::Sealed> secrets;
    };
    [[nodiscard]] Request take();
    /// Why it was refused; options are called by the names of their fields.
    void refuse(const QString &sentence);

private:
    struct Field {
        ConnectPart part;
        QWidget *widget = nullptr;                ///< as it stands in the form
        QLineEdit *line = nullptr;                ///< none: a choice
        std::function<QString()> value;           ///< of a secret: none, it is taken
    };
    void showKind();
    void check();
    [[nodiscard]] const ConnectKind &kind() const;
    [[nodiscard]] Field makeField(const ConnectPart &part);

    std::vector<ConnectKind> m_kinds;
    std::vector<Field> m_fields;
    QStringList m_taken; ///< names of connections there are
    QComboBox *m_kind;
    QLineEdit *m_name;
    widgets::PlainLabel *m_about;
};

} // namespace qd::setup
