// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/librarydialog.h"

#include "ui/review/registered.h"
#include "ui/review/rows.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPointer>
#include <QVBoxLayout>

namespace qd::review {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {

constexpr QSize kLibrarySize{1100, 600};
constexpr int kSoughtLetters = 200;
constexpr int kPauseMs = 250, kHitsAsked = 200;

} // namespace

LibraryDialog::LibraryDialog(view::ViewSource &source, const style::Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_source(source)
    , m_filter(new QLineEdit(this))
    , m_model(new RowsModel(theme, {tr("Incident"), tr("Title"), tr("For"), tr("As"), tr("Where"), tr("When"), tr("By"), tr("By now")}, this))
    , m_table(new widgets::TwinTable(theme, m_model, tr("What was published"), this))
    , m_said(new PlainLabel(theme, Type::Body, Tone::Secondary, this))
{
    setWindowTitle(tr("What was published of reviews"));
    setObjectName(QStringLiteral("review.library"));
    resize(kLibrarySize);
    m_filter->setPlaceholderText(tr("Words of the review, its title, the audience"));
    m_filter->setAccessibleName(tr("Find what was published"));
    m_filter->setMaxLength(kSoughtLetters);
    m_filter->setClearButtonEnabled(true);
    m_said->setWordWrap(true);
    m_table->setColumns({1, 4}, {{0, QStringLiteral("INC-2041")}, {2, QStringLiteral("customers")}, {3, QStringLiteral("confluence")}, {5, QStringLiteral("12 Dec 2026")}, {6, QStringLiteral("M. Mustermann")}, {7, readsWords({{QStringLiteral("reads"), QStringLiteral("otherwise")}})}});
    auto *hint = new PlainLabel(theme, Type::Small, Tone::Faint, this);
    hint->setPlain(tr("↵ its review · / find · Escape closes"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_filter);
    column->addWidget(m_table, 1);
    column->addWidget(m_said);
    column->addWidget(hint);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &LibraryDialog::seek);
    connect(m_filter, &QLineEdit::textChanged, this, [this] {
        ++m_asked; // what is under way is not wanted any more
        m_found.clear();
        m_notice.clear();
        m_filter->text().trimmed().isEmpty() ? m_pause.stop() : m_pause.start();
        fill();
    });
    connect(m_filter, &QLineEdit::returnPressed, this, [this] { m_table->setFocus(Qt::OtherFocusReason); });
    connect(m_table, &QTableView::activated, this, &LibraryDialog::openChosen);
    auto *find = new QAction(tr("Find"), m_table);
    find->setShortcut(QKeySequence(Qt::Key_Slash));
    find->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(find);
    connect(find, &QAction::triggered, this, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    m_said->setPlain(tr("Asking the core…"));
    source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("library")}}, [self = QPointer(this)](bool done, const QString &sentence, const QJsonObject &result) {
        if (!self)
            return;
        self->m_items = done ? result.value(QLatin1String("items")).toArray() : QJsonArray();
        self->m_said->setPlain(!done ? sentence : self->m_items.isEmpty() ? tr("Nothing was published yet.") : QString());
        self->fill();
    });
    m_filter->setFocus();
}

/// Return is the table's.
void LibraryDialog::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        QDialog::keyPressEvent(event);
}

QString LibraryDialog::said() const
{
    return m_said->plain();
}

void LibraryDialog::seek()
{
    m_source.command(QStringLiteral("search"), {{QStringLiteral("text"), QString(m_filter->text() + QStringLiteral(" kind:review"))}, {QStringLiteral("limit"), kHitsAsked}},
                     [self = QPointer(this), number = ++m_asked](bool done, const QString &sentence, const QJsonObject &answer) {
                         if (!self || self->m_asked != number)
                             return;
                         const QJsonArray hits = answer.value(QLatin1String("items")).toArray();
                         for (const QJsonValue &hit : hits)
                             if (const QString incident = hit.toObject().value(QLatin1String("incident")).toString(); !self->m_found.contains(incident))
                                 self->m_found.push_back(incident);
                         const bool isCut = answer.value(QLatin1String("total")).toInteger() > hits.size();
                         self->m_notice = !done ? sentence : isCut ? tr("The words stand in more places than are looked at; add one.") : answer.value(QLatin1String("notice")).toString();
                         self->fill();
                     });
}

void LibraryDialog::fill()
{
    m_model->setRows(libraryRows(m_items, m_source.current()->names, m_filter->text(), m_source.current()->made, m_found));
    m_table->keepCurrent(-1, 0);
    if (!m_items.isEmpty())
        m_said->setPlain(tr("%1 of %2").arg(m_model->rowCount()).arg(m_items.size()) + (m_notice.isEmpty() ? QString() : QStringLiteral(" · ") + m_notice));
}

void LibraryDialog::openChosen()
{
    const TableRow *row = m_model->row(m_table->currentIndex().row());
    if (row == nullptr)
        return;
    Q_EMIT incidentOpened(row->id.section(QLatin1Char('/'), 0, 0));
    accept();
}

} // namespace qd::review
