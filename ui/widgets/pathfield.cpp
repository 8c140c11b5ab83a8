// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pathfield.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace qd::widgets {

PathField::PathField(Kind kind, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_field(new QLineEdit(this))
    , m_choose(new QPushButton(tr("Choose…"), this))
{
    constexpr int kPathLetters = 4096;
    m_field->setMaxLength(kPathLetters);
    m_choose->setAutoDefault(false);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_field, 1);
    row->addWidget(m_choose);
    setFocusProxy(m_field);
    connect(m_field, &QLineEdit::textChanged, this, &PathField::changed);
    connect(m_choose, &QPushButton::clicked, this, &PathField::choose);
}

QString PathField::path() const
{
    const QString typed = m_field->text().trimmed();
    if (typed.isEmpty())
        return {};
    return QDir::cleanPath(QDir::home().absoluteFilePath(typed.startsWith(QLatin1String("~/")) ? typed.mid(2) : typed));
}

void PathField::setPath(const QString &path)
{
    m_field->setText(path);
}

void PathField::setName(const QString &name)
{
    m_field->setAccessibleName(name);
    m_choose->setAccessibleName(tr("%1: choose").arg(name));
}

void PathField::setHint(const QString &hint)
{
    m_field->setPlaceholderText(hint);
}

void PathField::choose()
{
    auto *dialog = new QFileDialog(this, m_field->accessibleName());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(m_kind == Kind::Folder ? QFileDialog::Directory : m_kind == Kind::File ? QFileDialog::ExistingFile : QFileDialog::AnyFile);
    if (m_kind == Kind::NewFile) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setOption(QFileDialog::DontConfirmOverwrite);
        dialog->selectFile(path());
    }
    connect(dialog, &QFileDialog::fileSelected, this, &PathField::setPath);
    dialog->open();
}

} // namespace qd::widgets
