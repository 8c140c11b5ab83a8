// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/sectionpanel.h"

#include "core/comms/redline.h"
#include "core/review/rendition.h"
#include "ui/comms/redlineview.h"
#include "ui/review/fittabs.h"
#include "ui/review/sectioneditor.h"
#include "ui/widgets/counttabs.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QHBoxLayout>
#include <QPointer>
#include <QPushButton>
#include <QTextCursor>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::review {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {

constexpr int kLintMs = 700; ///< after the last key

/// What whoever may read nothing that is marked gets of a text.
QString forOutside(const QString &text)
{
    return QString::fromStdString(redacted(text.toStdString(), Reader{}, false));
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
    for (QPushButton *button : {m_together, m_leave, m_take}) {
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
        m_lint.start();
        if (m_reading != Reading::Internal)
            showTexts();
    });
    connect(m_editor, &SectionEditor::referenceOpened, this, &SectionPanel::referenceOpened);
    connect(m_editor, &SectionEditor::refused, this, &SectionPanel::told);
    connect(m_editor, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        const QString words = m_editor->findingAtCursor();
        m_finding->setPlain(words.isEmpty() ? QString() : QStringLiteral("⚠ ") + words);
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
    connect(&theme, &style::Theme::changed, this, [this] { m_other->setFont(m_theme.font(Type::Body)); });
    m_other->setFont(theme.font(Type::Body));
}

void SectionPanel::show(const view::Review &review, Instant now)
{
    m_now = now;
    if (review.incident != m_incident) {
        leave();
        m_incident = review.incident;
    }
    m_writable = review.phase == ReviewPhase::Draft || review.phase == ReviewPhase::InReview;
    m_sections = review.sections;
    std::vector<QString> ids;
    for (const view::ReviewSection &s : m_sections)
        ids.push_back(s.id);
    for (std::size_t i = m_ids.size(); i < m_sections.size(); ++i)
        m_tabs->setCount(m_tabs->addTab(m_sections[i].title), -1);
    for (std::size_t i = ids.size(); i < m_ids.size(); ++i)
        m_tabs->setOffered(static_cast<int>(i), false);
    m_ids = std::move(ids);
    fit();
    if (m_draft->section().isEmpty() && !m_ids.empty())
        go(std::find(m_ids.begin(), m_ids.end(), m_last) != m_ids.end() ? m_last : m_ids.front());
    for (const view::ReviewSection &s : m_sections)
        if (s.id == m_draft->section())
            m_draft->show(s);
    m_comments = static_cast<int>(std::count_if(review.comments.begin(), review.comments.end(), [this](const auto &c) { return c.section == m_draft->section() && c.settledBy.isEmpty() && c.answers == 0; }));
    refresh();
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
            self->m_editor->setFindings(found);
            self->say();
        }
    });
}

void SectionPanel::nextFinding()
{
    const QString words = m_editor->nextFinding();
    m_editor->setFocus(Qt::ShortcutFocusReason);
    Q_EMIT told(words.isEmpty() ? tr("Nothing to look at again in this section.") : words);
}

void SectionPanel::read(Reading reading)
{
    m_reading = reading;
    m_readings->setCurrent(static_cast<int>(reading));
    refresh();
}

void SectionPanel::toggleChanges()
{
    m_showsChanges = !m_showsChanges;
    refresh();
}

void SectionPanel::cite(const view::EvidenceRow &row)
{
    if (!m_writable)
        return Q_EMIT told(tr("This review is not written any more: turn it back to draft first."));
    if (row.removed)
        return Q_EMIT told(tr("That line was removed by who said it; what is not there is not evidence."));
    m_editor->cite(row);
}

void SectionPanel::comment()
{
    Q_EMIT commentRequested(m_draft->section(), m_editor->textCursor().selectedText().replace(QChar(QChar::ParagraphSeparator), QLatin1Char('\n')).left(400));
}

void SectionPanel::refresh()
{
    const bool isBeside = m_draft->standing() == SectionDraft::Standing::Beside;
    const QString holder = m_draft->heldBy();
    m_editor->setReadOnly(!m_writable || m_reading == Reading::External);
    const QString note = !m_draft->sentence().isEmpty() ? m_draft->sentence() : !holder.isEmpty() ? tr("%1 has this section since %2.").arg(holder, widgets::shownMinutes(m_draft->shown().heldSince)) : QString();
    m_note->setPlain(note);
    m_bar->setVisible(!note.isEmpty());
    m_together->setVisible(isBeside);
    m_leave->setVisible(isBeside);
    m_take->setVisible(!holder.isEmpty() && m_writable);
    const auto &revisions = m_draft->shown().revisions;
    const bool shows = m_showsChanges && revisions.size() > 1;
    m_changes->setVisible(shows);
    if (shows)
        m_changes->setPieces(comms::redline(revisions[revisions.size() - 2]->text.toStdString(), revisions.back()->text.toStdString()));
    showTexts();
    say();
}

/// What stands beside the editor, or in its place.
void SectionPanel::showTexts()
{
    const bool isBeside = m_draft->standing() == SectionDraft::Standing::Beside;
    m_beside->setVisible(isBeside || m_reading != Reading::Internal);
    m_editor->setVisible(isBeside || m_reading != Reading::External);
    const QString text = isBeside ? m_draft->recorded() : forOutside(m_editor->toPlainText());
    m_otherTitle->setPlain(isBeside ? tr("RECORDED · yours is at the left") : tr("AS READERS OUTSIDE GET IT"));
    m_other->setAccessibleName(isBeside ? tr("What is recorded") : tr("As readers outside get it"));
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
    case SectionDraft::Standing::Refused: parts << tr("NOT SAVED; your words are kept here"); break;
    case SectionDraft::Standing::Beside: parts << tr("two texts"); break;
    }
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
