// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/trendsdialog.h"

#include "ui/review/matrixpanel.h"
#include "ui/review/patterndialogs.h"
#include "ui/review/reviewdialogs.h"
#include "ui/review/saidtable.h"
#include "ui/review/trendrows.h"
#include "ui/review/trendspanel.h"
#include "ui/widgets/counttabs.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QKeyEvent>
#include <QLocale>
#include <QPointer>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <iterator>

namespace qd::review {

using style::Tone;
using style::Type;

namespace {

constexpr QSize kTrendsSize{1240, 720};

QString languageOfFactors()
{
    return QLocale().language() == QLocale::German ? QStringLiteral("de") : QStringLiteral("en");
}

} // namespace

TrendsDialog::TrendsDialog(view::ViewSource &source, const style::Theme &theme, QWidget *parent, Part part)
    : QDialog(parent)
    , m_source(source)
    , m_theme(theme)
    , m_tabs(new widgets::CountTabs(theme, this))
    , m_pages(new QStackedWidget(this))
    , m_factors(new TrendsPanel(theme, this))
    , m_matrix(new MatrixPanel(theme, this))
    , m_effects(new SaidTable(theme, {tr("Action"), tr("What it did"), tr("Ratio"), tr("95 % interval"), tr("Before"), tr("After")}, tr("What actions did"),
                              tr("No action is done yet. Whether it happens again less often is said here, of each that is done and names a factor."), this))
    , m_patterns(new SaidTable(theme, {tr("What recurs"), tr("State"), tr("Services"), tr("Seen"), tr("Open reviews")}, tr("Patterns"),
                               tr("Nothing recurs yet: no factors met more than once at the same service."), this))
    , m_said(new widgets::PlainLabel(theme, Type::Body, Tone::Secondary, this))
    , m_keys(new widgets::KeyHints(theme, this))
{
    setWindowTitle(tr("What reviews say together"));
    setObjectName(QStringLiteral("review.trends"));
    resize(parent == nullptr ? kTrendsSize : kTrendsSize.boundedTo(parent->window()->size()));
    for (const QString &word : {tr("Factors"), tr("What met"), tr("Effects"), tr("Patterns")})
        m_tabs->setCount(m_tabs->addTab(word), -1);
    m_tabs->setAccessibleName(tr("Which part"));
    m_effects->table().setColumns({0}, {{1, QStringLiteral("not enough data yet")}, {2, QStringLiteral("100.00")}, {3, QStringLiteral("100.00 to 100.00")}, {4, QStringLiteral("100 in 1000 days")}, {5, QStringLiteral("100 in 1000 days")}});
    m_patterns->table().setColumns({0, 2}, {{1, QStringLiteral("vorgeschlagen")}, {3, QStringLiteral("Gesehen")}, {4, QStringLiteral("Offene Nachbereitungen")}});
    for (QWidget *page : {static_cast<QWidget *>(m_factors), static_cast<QWidget *>(m_matrix), static_cast<QWidget *>(m_effects), static_cast<QWidget *>(m_patterns)})
        m_pages->addWidget(page);
    m_said->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(2 * theme.step());
    column->addWidget(m_tabs);
    column->addWidget(m_pages, 1);
    column->addWidget(m_said);
    column->addWidget(m_keys);
    connect(m_tabs, &widgets::CountTabs::currentChanged, this, [this](int tab) { go(static_cast<Part>(tab)); });
    connect(m_matrix, &MatrixPanel::incidentOpened, this, &TrendsDialog::openReview);
    connect(m_effects, &SaidTable::opened, this, [this](const QString &id) { openReview(id.section(QLatin1Char('/'), 0, 0)); });
    connect(m_patterns, &SaidTable::opened, this, &TrendsDialog::makePattern);
    const QString names[] = {tr("Trends: factors"), tr("Trends: which factors met"), tr("Trends: what actions did"), tr("Trends: patterns")};
    for (int n = 0; n < Parts; ++n)
        add(qPrintable(QStringLiteral("part%1").arg(n + 1)), names[n], QKeySequence(Qt::Key_1 + n), [this, n] { go(static_cast<Part>(n)); });
    add("services", tr("Trends: factors by services, or by each other"), QKeySequence(Qt::Key_S), [this] { switchMatrix(); });
    add("pattern", tr("Trends: make it a pattern…"), QKeySequence(Qt::Key_P), [this] { makePattern(); });
    add("turn", tr("Trends: the pattern is in design, met or dropped…"), QKeySequence(Qt::Key_T), [this] { turnPattern(); });
    add("checklist", tr("Trends: save the checklist of a service…"), QKeySequence(Qt::Key_C), [this] { saveChecklist(); });
    go(part);
    say(tr("Asking the core…"));
    m_isAsking = true;
    ask();
}

void TrendsDialog::add(const char *name, const QString &text, const QKeySequence &key, std::function<void()> what)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String("trends.") + QLatin1String(name));
    action->setShortcut(key);
    addAction(action);
    connect(action, &QAction::triggered, this, [what = std::move(what)] { what(); });
}

void TrendsDialog::ask()
{
    static constexpr struct {
        const char *what;
        QJsonArray TrendsLists::*to;
    } kLists[] = {{"taxonomy", &TrendsLists::taxonomy}, {"trends", &TrendsLists::trends}, {"effects", &TrendsLists::effects}, {"patterns", &TrendsLists::patterns}, {"reviews", &TrendsLists::reviews}, {"factors", &TrendsLists::factors}};
    m_waits += static_cast<int>(std::size(kLists));
    for (const auto &list : kLists)
        m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QLatin1String(list.what)}}, [self = QPointer(this), to = list.to](bool done, const QString &sentence, const QJsonObject &result) {
            if (!self)
                return;
            if (done)
                self->m_lists.*to = result.value(QLatin1String("items")).toArray();
            else
                self->say(sentence);
            self->fill();
            if (--self->m_waits > 0 || !self->m_isAsking)
                return;
            self->say({});
            self->m_pages->currentWidget()->setFocus(Qt::OtherFocusReason); // an empty table was hidden and had none
        });
}

void TrendsDialog::fill()
{
    m_view = trendsOf(m_lists, languageOfFactors());
    m_factors->show(m_view);
    m_matrix->show(m_view);
    m_effects->show(effectRows(m_view), [this](const QString &id) { return effectSays(m_view, id); });
    m_patterns->show(patternRows(m_view), [this](const QString &id) { return patternSays(m_view, id); });
    m_tabs->setCount(Factors, static_cast<int>(m_view.factors.size()));
    m_tabs->setCount(Effects, static_cast<int>(m_view.effects.size()));
    m_tabs->setCount(Patterns, static_cast<int>(m_view.patterns.size()));
    hint();
}

TrendsDialog::Part TrendsDialog::current() const
{
    return static_cast<Part>(m_pages->currentIndex());
}

QString TrendsDialog::said() const
{
    return m_said->plain();
}

void TrendsDialog::say(const QString &sentence)
{
    m_isAsking = false;
    m_said->setPlain(sentence);
    m_said->setVisible(!sentence.isEmpty());
}

void TrendsDialog::go(Part part)
{
    m_tabs->setCurrent(part);
    m_pages->setCurrentIndex(part);
    m_pages->currentWidget()->setFocus(Qt::OtherFocusReason);
    hint();
}

void TrendsDialog::hint()
{
    m_keys->clear();
    switch (current()) {
    case Matrix:
        m_keys->add(QStringLiteral("↵"), tr("the reviews it counts"));
        m_keys->add(QStringLiteral("S"), m_matrix->isOfServices() ? tr("by each other") : tr("by services"));
        break;
    case Effects: m_keys->add(QStringLiteral("↵"), tr("its review")); break;
    case Patterns: m_keys->add(QStringLiteral("↵"), tr("write it otherwise")); break;
    case Factors:
    case Parts: break;
    }
    if (current() != Effects)
        m_keys->add(QStringLiteral("P"), tr("make it a pattern"));
    if (current() == Patterns)
        m_keys->add(QStringLiteral("T"), tr("in design, met, dropped"));
    m_keys->add(QStringLiteral("C"), tr("save a checklist"));
    m_keys->add(QStringLiteral("1 … 4"), tr("which part"));
    m_keys->add(QStringLiteral("Esc"), tr("close"));
}

void TrendsDialog::switchMatrix()
{
    m_matrix->showServices(!m_matrix->isOfServices());
    go(Matrix);
}

/// Return is the tables'.
void TrendsDialog::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        QDialog::keyPressEvent(event);
}

void TrendsDialog::openReview(const QString &incident)
{
    Q_EMIT incidentOpened(incident);
    accept();
}

void TrendsDialog::makePattern()
{
    PatternRow draft;
    switch (current()) {
    case Factors:
        if (const QString factor = m_factors->chosen(); !factor.isEmpty())
            draft = m_view.draftOf({factor});
        break;
    case Matrix:
        draft = m_matrix->draft();
        break;
    case Patterns:
        if (const PatternRow *row = m_view.pattern(m_patterns->chosen()))
            draft = *row;
        break;
    case Effects:
    case Parts: break;
    }
    if (draft.factors.isEmpty() && draft.number == 0)
        return say(current() == Effects ? tr("A pattern is made of factors: 1, 2 or 4 has them.") : tr("Choose a factor first."));
    auto *dialog = new PatternDialog(m_theme, draft, this);
    openFor(m_source, dialog, QStringLiteral("pattern.keep"), [dialog] { return dialog->arguments(); }, this, [this, isNew = draft.number == 0] {
        say(isNew ? tr("It is a pattern. What is asked of the next design says so from now on.") : tr("The pattern is written so."));
        if (isNew)
            go(Patterns);
        ask();
    });
}

void TrendsDialog::turnPattern()
{
    const PatternRow *row = current() == Patterns ? m_view.pattern(m_patterns->chosen()) : nullptr;
    if (row == nullptr || row->number == 0)
        return say(tr("Choose a pattern first: 4 lists them. What is suggested becomes one with P."));
    WordsDialog::Choice to{tr("It is"), {}, QStringLiteral("state")};
    for (const PatternState state : {PatternState::Open, PatternState::InDesign, PatternState::Met, PatternState::Dropped}) {
        const std::string_view known = word(state);
        const QString name = QString::fromUtf8(known.data(), static_cast<qsizetype>(known.size()));
        if (name != row->state)
            to.choices.push_back({name, patternStateWords(name)});
    }
    auto *dialog = new WordsDialog(m_theme, tr("Pattern %1: %2").arg(QString::number(row->number), row->name()), tr("Turn it"), tr("Why; of one that is met, what shows it"), QStringLiteral("reason"),
                                   {{QStringLiteral("pattern"), row->number}}, this, to, {}, true);
    openFor(m_source, dialog, QStringLiteral("pattern.turn"), [dialog] { return dialog->arguments(); }, this, [this] {
        say(tr("The pattern is turned."));
        ask();
    });
}

void TrendsDialog::saveChecklist()
{
    // Services that patterns name are offered first, and that of the pattern one stands on is chosen.
    QStringList services;
    for (const PatternRow &row : m_view.patterns)
        if (row.isLive())
            services << row.services;
    services.sort();
    services << m_source.current()->services;
    services.removeDuplicates();
    const PatternRow *row = current() == Patterns ? m_view.pattern(m_patterns->chosen()) : nullptr;
    auto *dialog = new ChecklistDialog(m_theme, m_view.patterns, services, row == nullptr ? QString() : row->services.value(0), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ChecklistDialog::written, this, [this](const QString &path) { say(tr("The checklist is %1").arg(path)); });
    dialog->open();
}

} // namespace qd::review
