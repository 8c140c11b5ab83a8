// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/keysdialog.h"

#include "ui/widgets/twintable.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QPushButton>
#include <algorithm>

namespace qd::shell {

namespace {

constexpr int kKeyRows = 12, kFewestRows = 3, kDialogSteps = 230;
constexpr int kOtherRows = 13; ///< of the dialog's height, beside the table

QString textOfKeys(const QList<QKeySequence> &keys)
{
    QStringList texts;
    for (const QKeySequence &key : keys)
        texts << key.toString(QKeySequence::NativeText);
    return texts.isEmpty() ? QStringLiteral("—") : texts.join(QStringLiteral(", "));
}

} // namespace

void KeysModel::setRows(std::vector<KeyMap::Row> rows, const QString &words)
{
    std::erase_if(rows, [&](const KeyMap::Row &row) {
        return !words.isEmpty() && !row.text.contains(words, Qt::CaseInsensitive) && !row.panel.contains(words, Qt::CaseInsensitive) && !textOfKeys(row.keys).contains(words, Qt::CaseInsensitive)
            && !row.name.contains(words, Qt::CaseInsensitive);
    });
    const bool same = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(), [](const auto &a, const auto &b) { return a.name == b.name; });
    if (!same)
        beginResetModel();
    m_rows = std::move(rows);
    if (!same)
        endResetModel();
    else if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

const KeyMap::Row *KeysModel::row(int index) const
{
    return index >= 0 && index < rowCount() ? &m_rows[static_cast<std::size_t>(index)] : nullptr;
}

int KeysModel::indexOf(const QString &name) const
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(), [&](const auto &row) { return row.name == name; });
    return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
}

int KeysModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int KeysModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant KeysModel::data(const QModelIndex &index, int role) const
{
    const KeyMap::Row *at = row(index.row());
    if (at == nullptr || role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Panel: return at->panel;
    case Action: return at->text;
    case Keys: return textOfKeys(at->keys);
    case Usual: return at->isChanged() ? textOfKeys(at->usual) : QString();
    default: return {};
    }
}

QVariant KeysModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Panel: return tr("Where");
    case Action: return tr("Action");
    case Keys: return tr("Key");
    case Usual: return tr("Usually");
    default: return {};
    }
}

KeysDialog::KeysDialog(const style::Theme &theme, KeyMap &keys, const QString &file, QWidget *parent)
    : FormDialog(theme, tr("Keys"), tr("Give it this key"), parent)
    , m_keys(keys)
    , m_filter(new QLineEdit(this))
    , m_model(new KeysModel(this))
    , m_table(new widgets::TwinTable(theme, m_model, tr("Actions and their keys"), this))
    , m_key(new QKeySequenceEdit(this))
    , m_letters(new QCheckBox(tr("Single letters, digits and signs are keys while a list has the keyboard"), this))
{
    setMinimumWidth(std::min(kDialogSteps * theme.step(), parent != nullptr ? parent->width() - 8 * theme.step() : kDialogSteps * theme.step()));
    m_filter->setPlaceholderText(tr("words of an action, or a key"));
    m_filter->setMaxLength(100);
    m_filter->setClearButtonEnabled(true);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->setColumns({KeysModel::Action}, {{KeysModel::Panel, QStringLiteral("Proposed dependencies")}, {KeysModel::Keys, QStringLiteral("Ctrl+Shift+Return, Enter")}, {KeysModel::Usual, QStringLiteral("Ctrl+Shift+Return")}});
    addField(tr("Find"), m_filter);
    addField(tr("Actions"), m_table);
    m_table->setRowsInSight(parent == nullptr ? kKeyRows : std::clamp(parent->height() / theme.rowHeight() - kOtherRows, kFewestRows, kKeyRows));
    addField(tr("New key"), m_key, tr("Press it here. What you set is kept in %1 and may be written there by hand.").arg(file));
    addField(tr("Letters"), m_letters);
    QPushButton *reset = addButton(tr("Its usual key"));
    QPushButton *all = addButton(tr("All usual keys"));
    finish(tr("Close"));
    m_letters->setChecked(keys.letters());
    fill();
    m_table->keepCurrent(0, 0);
    connect(m_filter, &QLineEdit::textChanged, this, &KeysDialog::fill);
    connect(m_letters, &QCheckBox::toggled, this, [this](bool act) {
        m_keys.setLetters(act);
        fill();
    });
    connect(m_key, &QKeySequenceEdit::keySequenceChanged, this, [this](const QKeySequence &sequence) {
        if (sequence.count() > 1) // one key, not several after one another
            m_key->setKeySequence(QKeySequence(sequence[static_cast<uint>(sequence.count() - 1)]));
        setReady(!m_key->keySequence().isEmpty() && !chosen().isEmpty());
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { setReady(!m_key->keySequence().isEmpty() && !chosen().isEmpty()); });
    connect(this, &FormDialog::submitted, this, [this] {
        const QString name = chosen(), key = m_key->keySequence().toString(QKeySequence::NativeText);
        told(m_keys.change(name, m_key->keySequence()), tr("%1 it is.").arg(key));
    });
    connect(reset, &QPushButton::clicked, this, &KeysDialog::resetChosen);
    connect(all, &QPushButton::clicked, this, &KeysDialog::resetAll);
    setReady(false);
    m_filter->setFocus();
}

void KeysDialog::fill()
{
    const QString name = chosen();
    m_model->setRows(m_keys.rows(), m_filter->text().trimmed());
    m_table->keepCurrent(m_model->indexOf(name), 0);
}

void KeysDialog::told(const Result<> &result, const QString &done)
{
    if (!result)
        return refuse(QString::fromStdString(result.error().message));
    m_key->clear();
    fill();
    setReady(false, done);
}

void KeysDialog::choose(const QString &name)
{
    m_filter->clear();
    m_table->keepCurrent(m_model->indexOf(name), 0);
}

QString KeysDialog::chosen() const
{
    const KeyMap::Row *row = m_model->row(m_table->currentIndex().row());
    return row != nullptr ? row->name : QString();
}

void KeysDialog::resetChosen()
{
    told(m_keys.reset(chosen()), tr("It has its usual key."));
}

void KeysDialog::resetAll()
{
    m_keys.resetAll();
    m_letters->setChecked(true);
    told({}, tr("All keys are the usual ones."));
}

} // namespace qd::shell
