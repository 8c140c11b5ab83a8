// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/keepingsheet.h"

#include "ui/view/answer.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QHeaderView>
#include <QPointer>
#include <algorithm>
#include <utility>

namespace qd::shell {

using governance::KeptRow;
using review::TableRow;
using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {

QString titleOf(KeepingSheet::List list)
{
    switch (list) {
    case KeepingSheet::List::Expiry: return KeepingSheet::tr("WHAT EXPIRES WHEN");
    case KeepingSheet::List::Holds: return KeepingSheet::tr("HOLDS");
    case KeepingSheet::List::Access: return KeepingSheet::tr("ACCESS TO WHAT IS RESTRICTED");
    case KeepingSheet::List::Identities: return KeepingSheet::tr("WHO SPEAKS FROM WHERE");
    case KeepingSheet::List::Rights: return KeepingSheet::tr("WHO MAY DO WHAT HERE");
    }
    return {};
}

/// The word of `get`; empty: another method answers.
QString listWord(KeepingSheet::List list)
{
    switch (list) {
    case KeepingSheet::List::Expiry: break;
    case KeepingSheet::List::Holds: return QStringLiteral("holds");
    case KeepingSheet::List::Access: return QStringLiteral("access");
    case KeepingSheet::List::Identities: return QStringLiteral("identities");
    case KeepingSheet::List::Rights: return QStringLiteral("rights");
    }
    return {};
}

} // namespace

KeepingSheet::KeepingSheet(view::ViewSource &source, const style::Theme &theme, QWidget *window)
    : Overlay(theme, window)
    , m_source(source)
    , m_title(new PlainLabel(theme, Type::Heading, Tone::Secondary, this))
    , m_words(new PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_model(new review::RowsModel(theme, {tr("When (UTC)"), tr("What"), tr("Kind"), tr("Who and why")}, this))
    , m_table(new widgets::TwinTable(theme, m_model, tr("What is kept until when, who read it, and who may do what"), this))
    , m_keys(new widgets::KeyHints(theme, this))
{
    setAccessibleName(tr("Retention, holds, access and rights"));
    layOut(*m_title, *m_table, *m_words, *m_keys);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->setColumns({1, 3}, {{0, QStringLiteral("2026-12-24 14:02 ")}, {2, QStringLiteral("▲ broke the glass ")}});
    setFocusProxy(m_table);
    add("expiry", tr("What expires when"), Qt::Key_E, [this] { open(List::Expiry); });
    add("holds", tr("The holds"), Qt::Key_H, [this] { open(List::Holds); });
    add("access", tr("Who read what is restricted"), Qt::Key_A, [this] { open(List::Access); });
    add("identities", tr("Who speaks from which chat address"), Qt::Key_I, [this] { open(List::Identities); });
    add("rights", tr("Who may do what here"), Qt::Key_R, [this] { open(List::Rights); });
    add("hold", tr("Place a hold…"), Qt::Key_N, [this] { Q_EMIT holdRequested(isVisible() && chosen() ? chosen()->stream : QString()); });
    add("lift", tr("Lift the hold…"), Qt::Key_L, [this] { lift(); });
    add("erase", tr("Erase what is chosen, or what is due…"), Qt::Key_X, [this] { erase(); });
    add("bind", tr("Bind a chat address to a person…"), Qt::Key_B, [this] { Q_EMIT bindRequested(); });
    add("unbind", tr("Take a chat address from a person…"), Qt::Key_U, [this] { unbind(); });
    m_keys->add(QStringLiteral("E"), tr("what expires when"));
    m_keys->add(QStringLiteral("H"), tr("holds"));
    m_keys->add(QStringLiteral("A"), tr("access"));
    m_keys->add(QStringLiteral("I"), tr("identities"));
    m_keys->add(QStringLiteral("R"), tr("rights"));
    m_keys->add(QStringLiteral("N"), tr("hold"));
    m_keys->add(QStringLiteral("L"), tr("lift"));
    m_keys->add(QStringLiteral("X"), tr("erase"));
    m_keys->add(QStringLiteral("B"), tr("bind"));
    m_keys->add(QStringLiteral("U"), tr("unbind"));
    m_keys->add(QStringLiteral("Esc"), tr("close"));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &KeepingSheet::say);
}

void KeepingSheet::add(const char *name, const QString &text, Qt::Key key, std::function<void()> run)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String("keeping.") + QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    m_table->addAction(action);
}

QString KeepingSheet::heading() const
{
    return m_title->plain();
}

QString KeepingSheet::status() const
{
    return m_words->plain();
}

void KeepingSheet::open()
{
    open(m_list);
}

void KeepingSheet::open(List list)
{
    ask(list);
    if (!isVisible())
        appear(*m_table);
}

void KeepingSheet::again()
{
    if (isVisible())
        ask(m_list);
}

void KeepingSheet::ask(List list)
{
    m_list = list;
    const int asked = ++m_asked;
    m_rows.clear();
    m_items = {};
    m_missing.clear();
    m_model->setRows({});
    m_title->setPlain(titleOf(list));
    m_words->setPlain(tr("Asking the core…"));
    const QString word = listWord(list);
    m_source.command(word.isEmpty() ? QStringLiteral("keeping.retention") : QStringLiteral("get"), word.isEmpty() ? QJsonObject() : QJsonObject{{QStringLiteral("what"), word}},
                     [self = QPointer(this), asked](bool done, const QString &sentence, const QJsonObject &result) {
                         if (!self || asked != self->m_asked)
                             return;
                         if (done)
                             self->show(result);
                         else
                             self->m_words->setPlain(sentence);
                     });
}

void KeepingSheet::show(const QJsonObject &result)
{
    m_items = result.value(QLatin1String("items")).toArray();
    const view::ViewModelPtr now = m_source.current();
    m_rows = governance::keptRows(m_list, result, now->names);
    if (m_list == List::Rights)
        m_missing = governance::rightsMissing(m_items, now->names);
    const auto count = static_cast<qsizetype>(m_rows.size());
    m_rows.resize(static_cast<std::size_t>(std::min(count, kRows)));
    std::vector<TableRow> rows;
    for (const KeptRow &row : m_rows)
        rows.push_back({QString::number(rows.size()), {row.when, row.what, row.kind, row.who}, false, row.isStrong, false});
    m_model->setRows(std::move(rows));
    m_table->keepCurrent(-1, 0);
    m_title->setPlain(QStringLiteral("%1 · %2").arg(titleOf(m_list), count > kRows ? tr("the first %1 of %2").arg(kRows).arg(count) : QString::number(count)));
    say();
    if (isVisible())
        place();
}

const KeptRow *KeepingSheet::chosen() const
{
    const int row = m_table->currentIndex().row();
    return row >= 0 && row < static_cast<int>(m_rows.size()) ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

void KeepingSheet::say()
{
    QStringList words;
    if (const KeptRow *row = chosen())
        words << row->said;
    else if (m_model->rowCount() == 0)
        words << governance::keptNothing(m_list);
    words << m_missing;
    words.removeAll(QString());
    if (!words.isEmpty())
        m_words->setPlain(words.join(QLatin1Char('\n')));
}

void KeepingSheet::tell(const QString &sentence)
{
    m_words->setPlain(sentence);
}

void KeepingSheet::lift()
{
    if (!isVisible() || m_list != List::Holds)
        return open(List::Holds); // first it is chosen
    if (const KeptRow *row = chosen())
        Q_EMIT liftRequested(row->item, m_items);
}

void KeepingSheet::erase()
{
    const KeptRow *row = isVisible() && m_list == List::Expiry ? chosen() : nullptr;
    if (row && row->stream.isEmpty())
        return tell(tr("Messages and files of an incident go by being struck, record by record: quarterdeckctl strike --expired."));
    Q_EMIT eraseRequested(row ? row->stream : QString());
}

void KeepingSheet::unbind()
{
    if (!isVisible() || m_list != List::Identities)
        return open(List::Identities);
    const KeptRow *row = chosen();
    if (!row)
        return;
    if (view::textIn(row->item, "origin") == QLatin1String("word"))
        Q_EMIT unbindRequested(row->item);
    else
        tell(tr("%1 stands in the workspace's files, and is taken out there.").arg(row->what));
}

void KeepingSheet::place()
{
    placeSheet(sheetWidth(), 140 * theme().step());
}

} // namespace qd::shell
