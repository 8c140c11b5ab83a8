// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/keymap.h"

#include "ui/shell/settings.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/keys.h"

#include <QCoreApplication>
#include <QWidget>
#include <algorithm>

namespace qd::shell {

namespace {

struct KeyMapWords {
    Q_DECLARE_TR_FUNCTIONS(qd::shell::KeyMap)
};

QString said(const QKeySequence &key)
{
    return key.toString(QKeySequence::NativeText);
}

/// As hints write it: "⇧S", "↵".
QString written(QString hint)
{
    hint.replace(QStringLiteral("⇧"), QStringLiteral("Shift+"));
    hint.replace(QStringLiteral("↵"), QStringLiteral("Return"));
    return QKeySequence::fromString(hint, QKeySequence::PortableText).toString(QKeySequence::PortableText);
}

} // namespace

KeyMap::KeyMap(const ActionBook &book, Settings &settings, QWidget &window)
    : m_book(book)
    , m_settings(settings)
    , m_window(window)
{
    for (const ActionBook::Entry &entry : book.entries())
        m_known.push_back({&entry, entry.action->shortcuts(), entry.action->shortcuts()});
}

KeyMap::Known *KeyMap::find(const QString &name)
{
    const auto it = std::find_if(m_known.begin(), m_known.end(), [&](const Known &k) { return k.entry->name == name; });
    return it == m_known.end() ? nullptr : &*it;
}

const KeyMap::Known *KeyMap::holder(const Known &of, const QKeySequence &key) const
{
    const auto isWide = [](const Known &k) { return k.entry->action->shortcutContext() == Qt::WindowShortcut; };
    for (const Known &other : m_known) {
        if (&other == &of || !other.wanted.contains(key))
            continue;
        if (isWide(of) || isWide(other) || other.entry->panel == of.entry->panel)
            return &other;
    }
    return nullptr;
}

QStringList KeyMap::apply()
{
    QStringList told;
    const QMap<QString, Settings::Key> written = m_settings.keys();
    for (auto it = written.begin(); it != written.end(); ++it) {
        Known *known = find(it.key());
        if (known == nullptr)
            told << KeyMapWords::tr("No action is called “%1”; its keys in %2 are ignored.").arg(it.key().left(100), m_settings.file());
        else if (!it->problem.isEmpty())
            told << it->problem;
        else
            known->wanted = it->keys;
    }
    // Only now all of them: two that change places do not collide. Whoever falls back to what is usual may meet one that had been let have
    // just that key, so it is asked until nobody falls back any more.
    for (bool isAgain = true; isAgain;) {
        isAgain = false;
        for (Known &known : m_known) {
            if (known.wanted == known.usual)
                continue;
            for (const QKeySequence &key : QList<QKeySequence>(known.wanted))
                if (const Known *other = holder(known, key)) {
                    told << KeyMapWords::tr("%1 is taken by “%2”; “%3” keeps its own key.").arg(said(key), other->entry->text(), known.entry->text());
                    known.wanted = known.usual;
                    isAgain = true;
                    break;
                }
        }
    }
    give();
    return told;
}

void KeyMap::give()
{
    const bool letters = m_settings.letters();
    m_isUsual = letters;
    for (const Known &known : m_known) {
        QList<QKeySequence> keys = known.wanted;
        if (!letters)
            keys.removeIf(widgets::isCharacter);
        m_isUsual = m_isUsual && keys == known.usual;
        if (known.entry->action->shortcuts() != keys)
            known.entry->action->setShortcuts(keys);
    }
    for (auto *hints : m_window.findChildren<widgets::KeyHints *>())
        hints->setKeys([this, hints](const QString &usual) { return shown(usual, *hints); });
}

QString KeyMap::shown(const QString &usual, const QWidget &hint) const
{
    if (m_isUsual)
        return usual;
    const QString wanted = written(usual);
    if (wanted.isEmpty())
        return usual;
    const auto has = [&](const Known &k) {
        return std::any_of(k.usual.begin(), k.usual.end(), [&](const QKeySequence &key) { return key.toString(QKeySequence::PortableText) == wanted; });
    };
    const auto now = [&](const Known &k) {
        const QList<QKeySequence> keys = k.entry->action->shortcuts();
        return keys == k.usual ? usual : keys.isEmpty() ? QString() : said(keys.front());
    };
    for (const Known &k : m_known)
        if (k.entry->root != nullptr && (k.entry->root == &hint || k.entry->root->isAncestorOf(&hint)) && has(k))
            return now(k);
    for (const Known &k : m_known)
        if (k.entry->root == nullptr && has(k))
            return now(k);
    return usual;
}

std::vector<KeyMap::Row> KeyMap::rows() const
{
    std::vector<Row> rows;
    for (const Known &k : m_known)
        rows.push_back({k.entry->name, k.entry->panel, k.entry->text(), k.entry->action->shortcuts(), k.usual});
    return rows;
}

Result<> KeyMap::change(const QString &name, const QKeySequence &key)
{
    Known *known = find(name);
    if (known == nullptr)
        return fail(Code::NotFound, KeyMapWords::tr("No action is called “%1”.").arg(name).toStdString());
    if (key.isEmpty())
        return fail(Code::Invalid, KeyMapWords::tr("Press the key it is to have.").toStdString());
    if (widgets::isCharacter(key) && known->entry->action->shortcutContext() == Qt::WindowShortcut)
        return fail(Code::Invalid, KeyMapWords::tr("%1 alone would act while you type; an action of the whole window needs Ctrl, Alt or a function key.").arg(said(key)).toStdString());
    if (widgets::isCharacter(key) && !m_settings.letters())
        return fail(Code::Invalid, KeyMapWords::tr("Single letters, digits and signs are switched off as keys.").toStdString());
    if (const Known *other = holder(*known, key))
        return fail(Code::Conflict, KeyMapWords::tr("%1 is taken by “%2” (%3). Give that one another key first.").arg(said(key), other->entry->text(), other->entry->panel).toStdString());
    known->wanted = {key};
    if (known->wanted == known->usual)
        m_settings.forgetKeys(name);
    else
        m_settings.setKeys(name, known->wanted);
    give();
    return {};
}

Result<> KeyMap::reset(const QString &name)
{
    Known *known = find(name);
    if (known == nullptr)
        return fail(Code::NotFound, KeyMapWords::tr("No action is called “%1”.").arg(name).toStdString());
    for (const QKeySequence &key : known->usual)
        if (const Known *other = known->wanted == known->usual ? nullptr : holder(*known, key))
            return fail(Code::Conflict, KeyMapWords::tr("%1 is taken by “%2” (%3). Give that one another key first.").arg(said(key), other->entry->text(), other->entry->panel).toStdString());
    known->wanted = known->usual;
    m_settings.forgetKeys(name);
    give();
    return {};
}

void KeyMap::resetAll()
{
    for (Known &known : m_known) {
        known.wanted = known.usual;
        m_settings.forgetKeys(known.entry->name);
    }
    m_settings.setLetters(true);
    give();
}

bool KeyMap::letters() const
{
    return m_settings.letters();
}

void KeyMap::setLetters(bool act)
{
    m_settings.setLetters(act);
    give();
}

} // namespace qd::shell
