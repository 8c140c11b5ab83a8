// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/sectionpanel.h"

#include "core/comms/redline.h"
#include "core/model/reviewwords.h"
#include "core/review/render.h"
#include "core/review/rendition.h"
#include "core/review/source.h"
#include "ui/comms/redlineview.h"
#include "ui/review/fittabs.h"
#include "ui/review/marks.h"
#include "ui/review/sectioneditor.h"
#include "ui/review/sidetables.h"
#include "ui/widgets/counttabs.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonObject>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QTextCursor>
#include <QVBoxLayout>
#include <algorithm>
#include <iterator>
#include <utility>

namespace qd::review {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {

constexpr int kLintMs = 700; ///< after the last key

/// What whoever may read nothing that is marked reads of a text: its words, as they go out, but with the names in it.
QString forOutside(const QString &text)
{
    Rendition read = renditionOf({{}, {}, {{"text", {}, text.toStdString(), Readers::Everybody}}, {}}, {"public", Reader{}, true});
    if (!read.blocks.empty())
        read.blocks.erase(read.blocks.begin()); // the heading
    const std::string page = renderedAs(read, Format::Plain);
    return QString::fromStdString(page.substr(std::min(page.find_first_not_of('\n'), page.size())));
}

/// The beginning of what a comment is on, as much of it as the core takes, and no letter in part.
QString quotedFrom(const QString &words)
{
    const QByteArray bytes = words.toUtf8();
    if (bytes.size() <= static_cast<qsizetype>(kQuoteBytes))
        return words;
    auto end = static_cast<qsizetype>(kQuoteBytes);
    while (end > 0 && (static_cast<unsigned char>(bytes[end]) & 0xC0) == 0x80)
        --end;
    return QString::fromUtf8(bytes.left(end));
}

} // namespace

SectionPanel::SectionPanel(view::ViewSource &source, const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_theme(theme)
    , m_draft(new SectionDraft(source, this))
    , m_tabs(new widgets::CountTabs(theme, this))
    , m_readings(new widgets::CountTabs(theme, this))
    , m_editor(new SectionEditor(theme, this))
    , m_other(new QPlainTextEdit(this))
    , m_otherTitle(new PlainLabel(theme, Type::Small, Tone::Secondary, this))
    , m_note(new PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_status(new PlainLabel(theme, Type::Small, Tone::Secondary, this))
    , m_finding(new PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_changes(new comms::RedlineView(theme, 12, this))
    , m_beside(new QWidget(this))
    , m_bar(new QWidget(this))
    , m_together(new QPushButton(tr("Put together"), m_bar))
    , m_leave(new QPushButton(tr("Take what is recorded"), m_bar))
    , m_take(new QPushButton(tr("Take it over"), m_bar))
    , m_begin(new QPushButton(tr("Begin the review…"), m_bar))
{
    setAccessibleName(tr("Narrative"));
    const int step = theme.step();
    for (const QString &word : {tr("internal"), tr("external"), tr("side by side")})
        m_readings->setCount(m_readings->addTab(word), -1);
    m_readings->setAccessibleName(tr("As it is read"));
    m_tabs->setAccessibleName(tr("Sections"));
    m_tabs->setMinimumWidth(step);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(0, 0, 2 * step, 0);
    top->addWidget(m_tabs);
    top->addStretch(1);
    top->addWidget(m_readings);

    auto *bar = new QHBoxLayout(m_bar);
    bar->setContentsMargins(4 * step, step, 4 * step, step);
    m_note->setWordWrap(true);
    bar->addWidget(m_note, 1);
    for (QPushButton *button : {m_together, m_leave, m_take, m_begin}) {
        button->setAutoDefault(false);
        bar->addWidget(button);
    }
    m_bar->hide();

    m_other->setReadOnly(true);
    m_other->setTabChangesFocus(true);
    m_other->setFrameShape(QFrame::NoFrame);
    auto *side = new QVBoxLayout(m_beside);
    side->setContentsMargins(2 * step, 0, 0, 0);
    side->setSpacing(step);
    side->addWidget(m_otherTitle);
    side->addWidget(m_other, 1);
    m_beside->hide();
    auto *texts = new QHBoxLayout;
    texts->setContentsMargins(4 * step, 2 * step, 4 * step, 2 * step);
    texts->addWidget(m_editor, 1);
    texts->addWidget(m_beside, 1);
    m_changes->hide();
    m_changes->setAccessibleName(tr("What the newest revision changed"));
    m_finding->setWordWrap(true);
    m_finding->setContentsMargins(4 * step, 0, 4 * step, step);
    m_finding->hide();
    m_status->setContentsMargins(4 * step, step, 4 * step, step);
    m_status->setElided(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_bar);
    column->addLayout(texts, 1);
    column->addWidget(m_changes);
    column->addWidget(m_finding);
    column->addWidget(new widgets::Rule(theme, Qt::Horizontal, this));
    column->addWidget(m_status);
    setFocusProxy(m_editor);

    m_lint.setSingleShot(true);
    m_lint.setInterval(kLintMs);
    connect(&m_lint, &QTimer::timeout, this, &SectionPanel::ask);
    connect(m_tabs, &widgets::CountTabs::currentChanged, this, [this](int tab) {
        if (tab >= 0 && tab < static_cast<int>(m_ids.size()))
            go(m_ids[static_cast<std::size_t>(tab)]);
    });
    connect(m_readings, &widgets::CountTabs::currentChanged, this, [this](int tab) { read(static_cast<Reading>(tab)); });
    connect(m_editor, &SectionEditor::edited, this, [this] {
        m_draft->type(m_editor->toPlainText());
        m_goesOn = false; // the cursor is where one types
        m_lint.start();
        if (m_reading != Reading::Internal)
            showTexts();
    });
    connect(m_editor, &SectionEditor::referenceOpened, this, &SectionPanel::referenceOpened);
    connect(m_editor, &SectionEditor::refused, this, &SectionPanel::told);
    connect(m_editor, &SectionEditor::spellingWanted, this, &SectionPanel::offerSpellings);
    connect(m_editor, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        QStringList words;
        if (const QString mark = m_editor->markAtCursor(); !mark.isEmpty())
            words << QStringLiteral("■ ") + mark;
        if (const QString finding = m_editor->findingAtCursor(); !finding.isEmpty())
            words << QStringLiteral("⚠ ") + finding;
        m_finding->setPlain(words.join(QLatin1Char('\n')));
        m_finding->setVisible(!words.isEmpty());
    });
    connect(m_draft, &SectionDraft::textChanged, this, [this](const QString &text) {
        m_editor->setText(text);
        m_lint.start();
    });
    connect(m_draft, &SectionDraft::changed, this, &SectionPanel::refresh);
    connect(m_together, &QPushButton::clicked, m_draft, &SectionDraft::putTogether);
    connect(m_leave, &QPushButton::clicked, m_draft, &SectionDraft::leaveMine);
    connect(m_take, &QPushButton::clicked, m_draft, &SectionDraft::takeOver);
    connect(m_begin, &QPushButton::clicked, this, &SectionPanel::beginRequested);
    connect(m_editor, &SectionEditor::typedInVain, this, [this] {
        if (!m_writable)
            Q_EMIT told(unwritable());
    });
    connect(&theme, &style::Theme::changed, this, [this] { m_other->setFont(m_theme.font(Type::Body)); });
    m_other->setFont(theme.font(Type::Body));
}

void SectionPanel::show(const view::Review &review, Instant now)
{
    m_now = now;
    if (review.incident != m_incident) {
        leave();
        m_begun.clear();
        m_incident = review.incident;
    }
    m_writable = review.phase == ReviewPhase::Draft || review.phase == ReviewPhase::InReview;
    m_isOpen = review.isOpen();
    m_mayBegin = review.mayBegin();
    m_of = review.status;
    m_sections = review.sections;
    std::erase_if(m_begun, [&review](const view::ReviewSection &s) { return review.section(s.id) != nullptr; });
    m_sections.insert(m_sections.end(), m_begun.begin(), m_begun.end());
    offer();
    if (m_draft->section().isEmpty() && !m_ids.empty())
        go(std::find(m_ids.begin(), m_ids.end(), m_last) != m_ids.end() ? m_last : m_ids.front());
    for (const view::ReviewSection &s : m_sections)
        if (s.id == m_draft->section())
            m_draft->show(s);
    m_comments = static_cast<int>(std::count_if(review.comments.begin(), review.comments.end(), [this](const auto &c) { return c.section == m_draft->section() && c.settledBy.isEmpty() && c.answers == 0; }));
    refresh();
}

/// A tab for each section, in their order.
void SectionPanel::offer()
{
    m_ids.clear();
    for (const view::ReviewSection &s : m_sections) {
        const auto tab = static_cast<int>(m_ids.size());
        if (tab < m_tabs->size())
            m_tabs->setWord(tab, s.title);
        else
            m_tabs->setCount(m_tabs->addTab(s.title), -1);
        m_ids.push_back(s.id);
    }
    for (int tab = static_cast<int>(m_ids.size()); tab < m_tabs->size(); ++tab)
        m_tabs->setOffered(tab, false);
    if (const auto at = std::find(m_ids.begin(), m_ids.end(), m_draft->section()); at != m_ids.end())
        m_tabs->setCurrent(static_cast<int>(at - m_ids.begin())); // others may stand before it now
    fit();
}

QString SectionPanel::idOf(const QString &name)
{
    constexpr int kIdLetters = 40; ///< the core keeps no longer name
    QString id;
    for (const QChar c : name.normalized(QString::NormalizationForm_KD).toLower()) {
        if ((c >= QLatin1Char('a') && c <= QLatin1Char('z')) || (c >= QLatin1Char('0') && c <= QLatin1Char('9')))
            id += c;
        else if (!c.isMark() && !id.isEmpty() && !id.endsWith(QLatin1Char('-')))
            id += QLatin1Char('-');
    }
    id.truncate(kIdLetters);
    while (id.endsWith(QLatin1Char('-')))
        id.chop(1);
    return id;
}

void SectionPanel::begin(const QString &name)
{
    const QString id = idOf(name);
    if (id.isEmpty() || m_incident.isEmpty())
        return;
    if (std::find(m_ids.begin(), m_ids.end(), id) == m_ids.end()) {
        view::ReviewSection begun;
        begun.id = id;
        begun.title = QString(id).replace(QLatin1Char('-'), QLatin1Char(' '));
        begun.title[0] = begun.title[0].toUpper();
        m_begun.push_back(begun);
        m_sections.push_back(std::move(begun));
        offer();
    }
    go(id);
    m_editor->setFocus(Qt::OtherFocusReason);
}

QStringList SectionPanel::titles() const
{
    QStringList out;
    for (int tab = 0; tab < static_cast<int>(m_ids.size()); ++tab)
        out << m_tabs->word(tab);
    return out;
}

void SectionPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

/// Where there is little room, Ctrl+Page Up and Down go through the sections, and Ctrl+R through the readings.
void SectionPanel::fit()
{
    const int readings = m_readings->sizeHint().width();
    const bool wide = width() > 3 * readings;
    m_readings->setVisible(wide);
    QStringList words;
    for (const view::ReviewSection &s : m_sections)
        words << s.title;
    fitTabs(*m_tabs, words, width() - (wide ? readings : 0), m_theme);
}

void SectionPanel::setNow(Instant now)
{
    m_now = now;
    say();
}

void SectionPanel::go(const QString &section)
{
    if (section == m_draft->section() && m_draft->incident() == m_incident)
        return;
    m_changesBack = 0;
    m_goesOn = false;
    m_draft->open(m_incident, section);
    for (const view::ReviewSection &s : m_sections)
        if (s.id == section)
            m_draft->show(s);
    const auto at = std::find(m_ids.begin(), m_ids.end(), section);
    if (at != m_ids.end() && m_tabs->current() != at - m_ids.begin())
        m_tabs->setCurrent(static_cast<int>(at - m_ids.begin()));
    fit();
    ask();
}

void SectionPanel::nextSection(int step)
{
    const auto count = static_cast<std::ptrdiff_t>(m_ids.size());
    const auto at = std::find(m_ids.begin(), m_ids.end(), m_draft->section());
    if (count > 0)
        go(m_ids[static_cast<std::size_t>(at == m_ids.end() ? 0 : (at - m_ids.begin() + step + count) % count)]);
}

void SectionPanel::leave()
{
    m_lint.stop();
    m_last = m_draft->section();
    m_draft->open({}, {});
}

void SectionPanel::ask()
{
    m_lint.stop();
    const QString text = m_editor->toPlainText();
    m_source.lint(m_incident, m_draft->section(), text, [self = QPointer(this), text, asked = ++m_asked](const std::vector<view::Finding> &found) {
        if (self && asked == self->m_asked && text == self->m_editor->toPlainText()) {
            std::vector<view::Finding> shown;
            std::copy_if(found.begin(), found.end(), std::back_inserter(shown), [&](const view::Finding &f) { return f.rule != QLatin1String("spelling") || !self->m_ours.contains(text.mid(f.from, f.length).toLower()); });
            self->m_editor->setFindings(std::move(shown));
            self->say();
            if (std::exchange(self->m_goesOn, false))
                self->nextFinding();
        }
    });
}

void SectionPanel::nextFinding()
{
    if (m_lint.isActive()) { // what was typed last was not looked at yet
        m_goesOn = true;
        return ask();
    }
    const QString words = m_editor->nextFinding();
    m_editor->setFocus(Qt::ShortcutFocusReason);
    if (words.isEmpty())
        return Q_EMIT told(tr("Nothing to look at again in this section."));
    Q_EMIT told(m_editor->spellingAtCursor() != nullptr ? tr("%1 · Alt+F8 offers words").arg(words) : words);
}

void SectionPanel::spell()
{
    if (m_editor->isReadOnly())
        return Q_EMIT told(tr("This section is not written here now."));
    if (m_editor->spellingAtCursor() == nullptr)
        return Q_EMIT told(tr("The cursor is at no word whose spelling is asked about: F8 goes to the next."));
    offerSpellings(m_editor->viewport()->mapToGlobal(m_editor->cursorRect().bottomLeft()));
}

/// The words are the core's: its dictionaries take a tenth of a second, which no window waits for.
void SectionPanel::offerSpellings(const QPoint &at)
{
    const view::Finding *there = m_editor->spellingAtCursor();
    if (there == nullptr)
        return;
    const view::Finding finding = *there;
    const QString text = m_editor->toPlainText(), word = text.mid(finding.from, finding.length);
    const QJsonObject asked{{QStringLiteral("incident"), m_incident}, {QStringLiteral("word"), word}};
    m_source.command(QStringLiteral("review.lint"), asked, [self = QPointer(this), finding, word, text, at](bool done, const QString &sentence, const QJsonObject &result) {
        if (!self)
            return;
        if (!done)
            Q_EMIT self->told(sentence);
        if (self->m_editor->toPlainText() != text)
            return; // somebody wrote on
        auto *menu = self->m_editor->createStandardContextMenu();
        menu->setObjectName(QStringLiteral("review.spellings"));
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->setAccessibleName(tr("How “%1” is spelt").arg(word));
        QAction *first = menu->actions().value(0);
        const QJsonArray suggestions = result.value(QLatin1String("suggestions")).toArray();
        for (const QJsonValue &each : suggestions) {
            const QString other = each.toString();
            auto *action = new QAction(QString(other).replace(QLatin1Char('&'), QStringLiteral("&&")), menu);
            connect(action, &QAction::triggered, self.data(), [self, finding, text, other] {
                if (self && self->m_editor->toPlainText() == text)
                    self->m_editor->respell(finding, other);
            });
            menu->insertAction(first, action);
        }
        if (suggestions.isEmpty()) {
            auto *none = new QAction(tr("No other word is known"), menu);
            none->setEnabled(false);
            menu->insertAction(first, none);
        }
        auto *ours = new QAction(tr("It is a word of ours"), menu);
        ours->setObjectName(QStringLiteral("review.ours"));
        connect(ours, &QAction::triggered, self.data(), [self, word] { self->isOurs(word); });
        menu->insertAction(first, ours);
        menu->insertSeparator(first);
        menu->popup(at);
        menu->setActiveAction(menu->actions().value(0));
    });
}

void SectionPanel::isOurs(const QString &word)
{
    m_ours.insert(word.toLower());
    ask();
    Q_EMIT told(tr("“%1” is no finding in this window any more. For everybody, and for good: jargon = [\"%1\"] under [workspace] of the workspace's file.").arg(word));
}

void SectionPanel::read(Reading reading)
{
    m_reading = reading;
    m_readings->setCurrent(static_cast<int>(reading));
    refresh();
}

void SectionPanel::stepChanges()
{
    const auto &revisions = m_draft->shown().revisions;
    if (revisions.size() < 2)
        Q_EMIT told(tr("There is one revision of this section; nothing was changed yet."));
    m_changesBack = m_changesBack + 1 < revisions.size() ? m_changesBack + 1 : 0;
    refresh();
    if (m_changesBack == 0)
        return;
    const view::RevisionText &to = *revisions[revisions.size() - m_changesBack];
    Q_EMIT told(tr("What revision %1 changed, by %2 at %3. Again: the one before it.").arg(to.number).arg(to.by, widgets::shownMinutes(to.at)));
}

void SectionPanel::cite(const view::EvidenceRow &row)
{
    if (!m_writable)
        return Q_EMIT told(unwritable());
    if (row.removed)
        return Q_EMIT told(tr("That line was removed by who said it; what is not there is not evidence."));
    m_editor->cite(row);
}

QString SectionPanel::unwritable() const
{
    return m_isOpen ? tr("This review is not written any more: turn it back to draft first.") : notBegunWords(m_of);
}

void SectionPanel::mark(const view::ViewModel &view)
{
    if (m_editor->isReadOnly())
        return Q_EMIT told(tr("This section is not written here now."));
    const QString words = m_editor->selectedWords();
    if (words.isEmpty())
        return Q_EMIT told(tr("Select what is to be marked first."));
    auto *dialog = new MarkDialog(m_theme, view, words, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &MarkDialog::submitted, this, [this, dialog, words] {
        m_editor->replaceSelected(words, dialog->markedText());
        dialog->accept();
        m_editor->setFocus(Qt::OtherFocusReason);
    });
    dialog->open();
}

void SectionPanel::comment()
{
    Q_EMIT commentRequested(m_draft->section(), quotedFrom(m_editor->textCursor().selectedText().replace(QChar(QChar::ParagraphSeparator), QLatin1Char('\n'))));
}

void SectionPanel::refresh()
{
    const bool isBeside = m_draft->standing() == SectionDraft::Standing::Beside;
    const QString holder = m_draft->heldBy();
    m_editor->setReadOnly(!m_writable || m_reading == Reading::External);
    const QString note = !m_draft->sentence().isEmpty() ? m_draft->sentence()
        : !holder.isEmpty()                                              ? tr("%1 has this section since %2.").arg(holder, widgets::shownMinutes(m_draft->shown().heldSince))
        : !m_isOpen && !m_incident.isEmpty()                              ? notBegunWords(m_of)
                                                                         : QString();
    m_note->setPlain(note);
    m_bar->setVisible(!note.isEmpty());
    m_together->setVisible(isBeside);
    m_leave->setVisible(isBeside);
    m_take->setVisible(!holder.isEmpty() && m_writable);
    m_begin->setVisible(m_mayBegin);
    const auto &revisions = m_draft->shown().revisions;
    const bool shows = m_changesBack > 0 && m_changesBack < revisions.size();
    m_changes->setVisible(shows);
    if (shows) {
        const std::size_t to = revisions.size() - m_changesBack;
        m_changes->setPieces(comms::redline(revisions[to - 1]->text.toStdString(), revisions[to]->text.toStdString()));
    }
    showTexts();
    say();
}

/// What stands beside the editor, or in its place.
void SectionPanel::showTexts()
{
    const bool isBeside = m_draft->standing() == SectionDraft::Standing::Beside;
    m_beside->setVisible(isBeside || m_reading != Reading::Internal);
    m_editor->setVisible(isBeside || m_reading != Reading::External);
    const bool isKept = readersOf(m_draft->section().toStdString()) == Readers::Inside;
    const QString text = isBeside ? m_draft->recorded() : isKept ? QString() : forOutside(m_editor->toPlainText());
    const QString title = isBeside ? tr("RECORDED · yours is at the left")
        : isKept                   ? tr("READERS OUTSIDE DO NOT GET THIS SECTION · Ctrl+P shows what they get")
                                   : tr("AS IT IS TYPED, WITHOUT WHAT IS MARKED · Ctrl+P shows the whole as it goes out, without names");
    m_otherTitle->setPlain(title);
    m_other->setAccessibleName(isBeside ? tr("What is recorded") : isKept ? title : tr("Without what is marked"));
    if (m_beside->isVisibleTo(this) && m_other->toPlainText() != text)
        m_other->setPlainText(widgets::softWrapped(text));
}

void SectionPanel::say()
{
    QStringList parts;
    const auto found = static_cast<int>(m_editor->findings().size());
    parts << (found == 0 ? tr("no findings") : tr("%Ln finding(s), F8", nullptr, found));
    const view::ReviewSection &shown = m_draft->shown();
    if (!shown.revisions.empty()) {
        const view::RevisionText &newest = *shown.revisions.back();
        parts << (newest.draft ? tr("revision %1, a draft of %2").arg(newest.number).arg(newest.by) : tr("revision %1 by %2").arg(newest.number).arg(newest.by));
    }
    switch (m_draft->standing()) {
    case SectionDraft::Standing::Recorded:
        if (!shown.revisions.empty() && m_now)
            parts << tr("saved %1 ago").arg(widgets::shortAge(m_now - shown.revisions.back()->at));
        break;
    case SectionDraft::Standing::Typed: parts << tr("not saved yet"); break;
    case SectionDraft::Standing::Saving: parts << tr("saving"); break;
    case SectionDraft::Standing::Refused: parts << (m_draft->unkept().isEmpty() ? tr("NOT SAVED; your words are kept here") : tr("NOT SAVED")); break;
    case SectionDraft::Standing::Beside: parts << tr("two texts"); break;
    }
    if (!m_draft->unkept().isEmpty())
        parts << tr("NOT KEPT: %1").arg(m_draft->unkept());
    if (m_draft->isHeld())
        parts << tr("section held by you");
    if (m_comments > 0)
        parts << tr("%Ln comment(s)", nullptr, m_comments);
    m_status->setPlain(parts.join(QStringLiteral(" · ")));
}

QString SectionPanel::status() const
{
    return m_status->plain();
}

} // namespace qd::review
