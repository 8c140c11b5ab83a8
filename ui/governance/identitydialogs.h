// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "ui/view/source.h"
#include "ui/widgets/formdialog.h"

#include <QJsonArray>
#include <QJsonObject>
#include <memory>

class QComboBox;
class QLineEdit;

namespace qd::governance {

/// Lets a person prove which chat address is theirs: asks the core to wait for a word, shows the word and where to say it, and then that it was said. Only
/// the word's hash goes to the core; the word is shown here alone, and made anew for each asking. Stays open until it is closed.
class BindDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `random`: where the words come from.
    BindDialog(view::ViewSource &source, const style::Theme &theme, std::unique_ptr<Random> random, QWidget *parent);

    [[nodiscard]] QString toSay() const;  ///< "!bind …" while a word is waited for; else empty
    [[nodiscard]] QString status() const; ///< where to say it and how long; or that it was said

    static constexpr Span kGoodFor = minutes(10); ///< core/desk/identities.h
    static constexpr Span kLookEvery = seconds(1); ///< the list of identities is asked for at most so often

private:
    void ask();
    void follow(const view::ViewModelPtr &view);
    void found(const QJsonArray &identities, Instant now);
    void wait(Instant now);

    view::ViewSource &m_source;
    std::unique_ptr<Random> m_random;
    QComboBox *m_person, *m_connection;
    QLineEdit *m_say;
    widgets::PlainLabel *m_said;
    QStringList m_before;     ///< addresses that were theirs there already
    QString m_whom, m_where;  ///< whom and on which connection the word is waited for; empty: it is not
    Instant m_until, m_looked;
    bool m_isLooking = false;
};

/// Takes a chat address from a person that they were bound to by a word.
class UnbindDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    /// `identity`: an item of `get identities` that was bound by a word.
    UnbindDialog(const style::Theme &theme, const QJsonObject &identity, const QString &name, QWidget *parent);
    [[nodiscard]] QJsonObject arguments() const; ///< of identity.unbind

private:
    QJsonObject m_identity;
    QComboBox *m_which;
    QLineEdit *m_reason;
};

} // namespace qd::governance
