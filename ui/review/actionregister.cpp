// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/actionregister.h"

#include "ui/review/actionverbs.h"
#include "ui/widgets/counttabs.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPointer>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::review {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {

constexpr QSize kRegisterSize{1200, 640};
constexpr int kAskedAgainAfter = 2000; ///< ms
constexpr int kFilterLetters = 200;
constexpr RegisterChoice::By kOfColumn[] = {RegisterChoice::Orders, RegisterChoice::Owner, RegisterChoice::Due, RegisterChoice::Age, RegisterChoice::Moved, RegisterChoice::Strongest, RegisterChoice::Orders, RegisterChoice::Incident};

} // namespace

ActionRegister::ActionRegister(view::ViewSource &source, const style::Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_source(source)
    , m_tabs(new widgets::CountTabs(theme, this))
    , m_filter(new QLineEdit(this))
    , m_order(new QComboBox(this))
    , m_model(new RowsModel(theme, {tr("Action"), tr("Owner"), tr("Due"), tr("Age"), tr("Moved"), tr("Strength"), tr("Tracker"), tr("Incident")}, this))
    , m_table(new widgets::TwinTable(theme, m_model, tr("What is to be done"), this))
    , m_said(new PlainLabel(theme, Type::Body, Tone::Secondary, this))
    , m_hint(new PlainLabel(theme, Type::Small, Tone::Faint, this))
    , m_verbs(new ActionVerbs(source, theme, this))
{
    setWindowTitle(tr("What is to be done, of all reviews"));
    setObjectName(QStringLiteral("review.register"));
    resize(kRegisterSize);
    for (const QString &word : {tr("Open"), tr("Mine"), tr("Overdue"), tr("All")})
        m_tabs->setCount(m_tabs->addTab(word), -1);
    m_tabs->setAccessibleName(tr("Which actions"));
    m_filter->setPlaceholderText(tr("/ filter"));
    m_filter->setAccessibleName(tr("Filter the actions"));
    m_filter->setMaxLength(kFilterLetters);
    m_filter->setClearButtonEnabled(true);
    for (const QString &word : {tr("by day due"), tr("by owner"), tr("by age"), tr("by how often moved"), tr("by strength"), tr("by incident")})
        m_order->addItem(word);
    m_order->setAccessibleName(tr("In which order"));
    m_said->setWordWrap(true);
    m_hint->setPlain(tr("↵ change · N new · D done, verified · X drop · T tracker · Y as it says · O its review · S order · 1 to 4 which"));
    m_table->setColumns({0}, {{1, QStringLiteral("M. Mustermann")}, {2, tr("late, %1").arg(QStringLiteral("12 Dec 2026"))}, {3, tr("%Ln day(s)", nullptr, 100)}, {4, tr("%Ln time(s)", nullptr, 2)},
                              {5, tr("eliminates it")}, {6, QStringLiteral("SHOP-12 · In Progress · M. Muster")}, {7, QStringLiteral("INC-2041")}});
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_tabs);
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_order);
    auto *column = new QVBoxLayout(this);
    column->addLayout(bar);
    column->addWidget(m_table, 1);
    column->addWidget(m_said);
    column->addWidget(m_hint);
    m_again.setSingleShot(true);
    m_again.setInterval(kAskedAgainAfter);
    connect(&m_again, &QTimer::timeout, this, &ActionRegister::ask);
    connect(&source, &view::ViewSource::changed, this, [this](const view::ViewModelPtr &view) {
        if (view->seq != m_seq && !m_again.isActive())
            m_again.start();
    });
    connect(m_tabs, &widgets::CountTabs::currentChanged, this, [this](int tab) { choose(static_cast<RegisterChoice::Which>(tab)); });
    connect(m_order, &QComboBox::currentIndexChanged, this, [this](int by) { sortBy(static_cast<RegisterChoice::By>(by)); });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &words) {
        m_choice.words = words;
        fill();
    });
    connect(m_filter, &QLineEdit::returnPressed, this, [this] { m_table->setFocus(Qt::OtherFocusReason); });
    connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int column) {
        if (const RegisterChoice::By by = kOfColumn[column]; by != RegisterChoice::Orders)
            sortBy(by);
    });
    m_table->horizontalHeader()->setSectionsClickable(true);
    connect(m_verbs, &ActionVerbs::told, this, [this](const QString &sentence) {
        say(sentence);
        ask();
    });
    connect(m_verbs, &ActionVerbs::refused, this, &ActionRegister::say);
    addVerbs();
    say(tr("Asking the core…"));
    ask();
    m_table->setFocus();
}

QString ActionRegister::said() const
{
    return m_said->plain();
}

void ActionRegister::say(const QString &sentence)
{
    m_said->setPlain(sentence);
}

Instant ActionRegister::now() const
{
    return m_source.current()->made;
}

void ActionRegister::addVerbs()
{
    const auto add = [this](const QString &text, const QKeySequence &key, std::function<void()> what) {
        auto *action = new QAction(text, m_table);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        m_table->addAction(action);
        connect(action, &QAction::triggered, this, [what = std::move(what)] { what(); });
    };
    const auto keep = [this](const Registered &r, bool isNew) {
        view::Review of; // what a dialog needs of the review it is of
        of.incident = r.incident;
        m_verbs->keep(of, isNew ? nullptr : &r.action);
    };
    connect(m_table, &QTableView::activated, this, [this, keep] { withChosen([keep](const Registered &r) { keep(r, false); }); });
    add(tr("New action…"), QKeySequence(Qt::Key_N), [this, keep] { withChosen([keep](const Registered &r) { keep(r, true); }); });
    add(tr("Done, verified"), QKeySequence(Qt::Key_D), [this] { withChosen([this](const Registered &r) { m_verbs->turnOn(r.incident, r.action); }); });
    add(tr("Drop…"), QKeySequence(Qt::Key_X), [this] { withChosen([this](const Registered &r) { m_verbs->drop(r.incident, r.action); }); });
    add(tr("In a tracker…"), QKeySequence(Qt::Key_T), [this] { withChosen([this](const Registered &r) { m_verbs->track(r.incident, r.action); }); });
    add(tr("As its tracker says"), QKeySequence(Qt::Key_Y), [this] { withChosen([this](const Registered &r) { m_verbs->agree(r.incident, r.action); }); });
    add(tr("Its review"), QKeySequence(Qt::Key_O), [this] {
        withChosen([this](const Registered &r) {
            Q_EMIT incidentOpened(r.incident);
            accept();
        });
    });
    add(tr("Another order"), QKeySequence(Qt::Key_S), [this] { sortBy(static_cast<RegisterChoice::By>((m_choice.by + 1) % RegisterChoice::Orders)); });
    add(tr("Filter"), QKeySequence(Qt::Key_Slash), [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    for (int which = RegisterChoice::Open; which <= RegisterChoice::All; ++which)
        add(tr("Which: %1").arg(which + 1), QKeySequence(Qt::Key_1 + which), [this, which] { choose(static_cast<RegisterChoice::Which>(which)); });
}

/// Return is the table's: a dialog would hand it to the first button it finds, which may be one of the form that Return has just opened.
void ActionRegister::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        QDialog::keyPressEvent(event);
}

void ActionRegister::withChosen(const std::function<void(const Registered &)> &what)
{
    const TableRow *row = m_model->row(m_table->currentIndex().row());
    const auto it = std::find_if(m_all.begin(), m_all.end(), [&](const Registered &r) { return row != nullptr && r.id() == row->id; });
    if (it != m_all.end())
        what(Registered(*it)); // its answer may change what is here
}

void ActionRegister::choose(RegisterChoice::Which which)
{
    if (m_choice.which == which)
        return;
    m_choice.which = which;
    m_tabs->setCurrent(which);
    fill();
}

void ActionRegister::sortBy(RegisterChoice::By by)
{
    if (m_choice.by == by)
        return;
    m_choice.by = by;
    m_order->setCurrentIndex(by);
    fill();
}

void ActionRegister::ask()
{
    const int asked = ++m_asked;
    m_seq = m_source.current()->seq;
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("actions")}}, [self = QPointer(this), asked](bool done, const QString &sentence, const QJsonObject &result) {
        if (!self || asked != self->m_asked)
            return;
        if (!done)
            return self->say(sentence);
        const bool isFirst = self->m_all.empty();
        self->m_all = registeredIn(result.value(QLatin1String("items")).toArray(), self->m_source.current()->names);
        if (self->m_all.empty())
            self->say(tr("No review has an action yet."));
        else if (isFirst)
            self->say({});
        self->fill();
    });
}

void ActionRegister::fill()
{
    m_choice.me = m_source.current()->strip.person;
    for (int which = RegisterChoice::Open; which <= RegisterChoice::All; ++which)
        m_tabs->setCount(which, static_cast<int>(std::count_if(m_all.begin(), m_all.end(), [&](const Registered &r) { return isOfChoice(r, static_cast<RegisterChoice::Which>(which), m_choice.me, now()); })));
    const TableRow *row = m_model->row(m_table->currentIndex().row());
    const QString chosen = row != nullptr ? row->id : QString();
    m_model->setRows(registerRows(m_all, m_choice, now()));
    m_table->keepCurrent(m_model->indexOf(chosen), 0);
}

} // namespace qd::review
