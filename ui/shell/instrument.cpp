// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/instrument.h"

#include "core/comms/chatcommand.h"
#include "ui/timeline/kindfilter.h"
#include "ui/view/isolate.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/phrase.h"
#include "ui/widgets/timetext.h"

#include <QHBoxLayout>
#include <QJsonObject>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPointer>
#include <algorithm>

namespace qd::shell {

using style::Tone;
using style::Type;
using widgets::PlainLabel;
using Run = widgets::Phrase::Run;

namespace {

constexpr int kHistory = 50;
constexpr int kRoomForLast = 56; ///< lines of text, as wide as they are high

QString utf8(const std::string &text)
{
    return QString::fromStdString(text);
}

} // namespace

QString recordedText(const view::Recorded &recorded)
{
    if (recorded.seq == 0)
        return {};
    const QString what = recorded.text.isEmpty() ? timeline::kindName(recorded.kind) : recorded.text;
    return QStringLiteral("#%1 %2 %3: ").arg(QString::number(recorded.seq), widgets::shownClock(recorded.at), recorded.who.isEmpty() ? Instrument::tr("the core") : recorded.who)
        + (recorded.incident.isEmpty() ? what : recorded.incident + QStringLiteral(", ") + what);
}

Instrument::Instrument(view::ViewSource &source, const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_theme(theme)
    , m_field(new QLineEdit(this))
    , m_preview(new widgets::Phrase(theme, this))
    , m_last(new PlainLabel(theme, Type::Small, Tone::Secondary, this))
    , m_unrecorded(new widgets::Tag(theme, tr("UNRECORDED"), this))
{
    setAccessibleName(tr("One-line instrument"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(4 * theme.step(), 0, 4 * theme.step(), 0);
    row->setSpacing(4 * theme.step());
    row->addWidget(new widgets::KeyCap(theme, QStringLiteral("Ctrl+L"), this));
    row->addWidget(m_unrecorded);
    row->addWidget(m_field, 6);
    row->addWidget(m_preview, 5);
    row->addWidget(m_last, 4);
    m_unrecorded->hide();
    widgets::setPlainToolTip(m_unrecorded, widgets::unrecordedText());
    m_preview->setElidable(10);
    m_preview->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_last->setElided(true);
    m_last->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_last->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_field->setMaxLength(static_cast<int>(comms::kLineLimit));
    m_field->setAccessibleName(tr("One line: a log entry, @who task 10m, ? hypothesis, ! decision, > audience 20m"));
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, [this] {
        m_told = false;
        if (m_field->text().isEmpty()) {
            m_about.clear();
            m_done.reset();
        }
        showPreview();
    });
    connect(&theme, &style::Theme::changed, this, &Instrument::restyle);
    restyle();
}

void Instrument::restyle()
{
    m_field->setFont(m_theme.font(Type::Mono));
    m_field->setMinimumHeight(m_theme.rowHeight());
    m_field->setTextMargins(2 * m_theme.step(), 0, 2 * m_theme.step(), 0);
    QPalette p = m_theme.qtPalette();
    p.setColor(QPalette::Base, m_theme.color(Tone::Field));
    m_field->setPalette(p);
}

QSize Instrument::sizeHint() const
{
    return {600, static_cast<int>(m_theme.rowHeight() * 1.5)};
}

void Instrument::show(const view::ViewModelPtr &view)
{
    m_view = view;
    m_unrecorded->setVisible(!view->strip.recorded);
    // The placeholder is the grammar, where it is needed.
    m_field->setPlaceholderText(view->incidents.empty() ? tr("declare an incident first: Ctrl+Shift+D")
                                                        : tr("log  @who task 10m  ? hypothesis  ! decision  > customers 20m"));
    m_last->setPlain(recordedText(view->recorded));
    showPreview();
}

void Instrument::setNow(Instant now)
{
    m_now = now;
}

void Instrument::begin(const QString &prefill)
{
    Q_EMIT wanted();
    if (m_field->text().isEmpty())
        m_field->setText(prefill);
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void Instrument::beginAbout(const QString &prefill, const QString &about)
{
    const bool isEmpty = m_field->text().isEmpty();
    begin(prefill);
    if (!isEmpty)
        return tell(tr("A line is being written here; put it down or clear it first (Esc)."), true);
    m_about = about;
    m_field->setCursorPosition(1); // behind the sign: who it is for
}

void Instrument::beginDone(const QString &task, const QString &text)
{
    const bool isEmpty = m_field->text().isEmpty();
    begin();
    if (!isEmpty)
        return tell(tr("A line is being written here; put it down or clear it first (Esc)."), true);
    m_done = Done{m_view ? m_view->focus : QString(), task, text};
    m_field->setText(m_done->sign() + QLatin1Char(' ')); // the words follow
}

bool Instrument::isDone() const
{
    const QString typed = m_field->text().trimmed();
    return m_done && (typed == m_done->sign() || typed.startsWith(m_done->sign() + QLatin1Char(' ')));
}

QString Instrument::wordsOfDone() const
{
    return m_field->text().trimmed().mid(m_done->sign().size()).trimmed();
}

void Instrument::tell(const QString &sentence, bool problem)
{
    if (problem)
        Q_EMIT wanted();
    m_told = true;
    m_preview->say({{problem ? QStringLiteral("▲ ") : QStringLiteral("✓ "), Type::Strong, problem ? Tone::Error : Tone::Text},
                    {sentence, Type::Body, Tone::Text}});
}

QString Instrument::preview() const
{
    return m_preview->plain();
}

comms::LineContext Instrument::context() const
{
    comms::LineContext context;
    context.now = m_now;
    if (!m_view)
        return context;
    for (const view::Labelled &person : m_view->names)
        context.people.push_back({view::bytes(person.name), view::bytes(person.value)});
    for (const QString &person : m_view->people)
        if (m_view->names.empty())
            context.people.push_back({view::bytes(person), view::bytes(person)});
    for (const QString &team : m_view->teams)
        context.teams.push_back({view::bytes(team), view::bytes(team)});
    return context;
}

void Instrument::showPreview()
{
    if (m_told || !m_view)
        return;
    const QString typed = m_field->text();
    if (typed.trimmed().isEmpty()) {
        m_preview->say({});
        return;
    }
    if (isDone())
        return previewDone(m_done->task, m_done->text, wordsOfDone());
    if (m_view->focus.isEmpty()) {
        m_preview->say({{tr("no incident to write to; "), Type::Body, Tone::Text}, {QStringLiteral("Ctrl+Shift+D"), Type::Strong},
                        {tr(" declares one"), Type::Body, Tone::Secondary}});
        return;
    }
    if (const auto said = comms::parseChatCommand(typed.toStdString(), context()); said && *said && (*said)->kind == comms::ChatCommand::Kind::Done) {
        const QString task = utf8((*said)->key);
        const auto row = std::find_if(m_view->stack.tasks.begin(), m_view->stack.tasks.end(), [&](const view::TaskRow &each) { return each.id == task; });
        return previewDone(task, row == m_view->stack.tasks.end() ? QString() : row->text, utf8((*said)->text));
    }
    const Result<comms::Line> line = comms::parseLine(typed.toStdString(), context());
    if (!line) {
        m_preview->say({{utf8(line.error().message), Type::Body, Tone::Secondary}});
        return;
    }
    const QString arrow = QStringLiteral("→ ");
    const QString due = line->due.ns > 0 ? utf8(toText(line->due)) : QString();
    const QString at = line->dueAt ? widgets::shownMinutes(line->dueAt) : QString();
    std::vector<Run> runs;
    const auto quiet = [&runs](const QString &text) { runs.push_back({text, Type::Body, Tone::Secondary}); };
    const auto strong = [&runs](const QString &text) { runs.push_back({text, Type::Strong, Tone::Text}); };
    switch (line->kind) {
    case comms::LineKind::Log: quiet(arrow + tr("log line, verbatim")); break;
    case comms::LineKind::Task:
        quiet(arrow + tr("task for "));
        strong(utf8(line->personName));
        if (!due.isEmpty())
            quiet(tr(", due in %1 at %2").arg(due, at));
        if (!line->candidates.empty()) {
            QStringList names;
            for (const std::string &name : line->candidates)
                names << utf8(name);
            quiet(tr(" — which one: %1?").arg(names.join(QStringLiteral(", "))));
        } else if (!line->personKnown) {
            quiet(tr(" — not known here, taken as written"));
        }
        break;
    case comms::LineKind::Hypothesis: quiet(arrow + tr("hypothesis ")); strong(utf8(line->text)); break;
    case comms::LineKind::Decision: quiet(arrow + tr("decision ")); strong(utf8(line->text)); break;
    case comms::LineKind::Promise:
        quiet(arrow + tr("promise to "));
        strong(utf8(line->audience));
        quiet(tr(", due in %1 at ").arg(due));
        strong(at);
        quiet(QLatin1Char(' ') + widgets::zoneName());
        if (!line->audienceKnown)
            quiet(tr(" — a new audience"));
        break;
    }
    for (const view::IncidentRow &incident : m_view->incidents) {
        if (incident.id == m_view->focus && !incident.room.isEmpty())
            quiet(tr(", posts to %1").arg(incident.room));
    }
    m_preview->say(std::move(runs));
}

void Instrument::previewDone(const QString &task, const QString &text, const QString &words)
{
    std::vector<Run> done{{QStringLiteral("→ ") + (task.isEmpty() ? tr("your open task is done") : tr("task %1 is done: ").arg(task)), Type::Body, Tone::Secondary}, {text, Type::Strong, Tone::Text}};
    done.push_back({words.isEmpty() ? tr(" — what came of it may follow") : tr(", with your words: %1").arg(words), Type::Body, Tone::Secondary});
    m_preview->say(std::move(done));
}

void Instrument::send()
{
    const QString typed = m_field->text().trimmed();
    if (typed.isEmpty())
        return;
    if (isDone())
        return sendDone(typed);
    if (!m_view || m_view->focus.isEmpty()) {
        tell(tr("There is no incident to write to; declare one with Ctrl+Shift+D."), true);
        return;
    }
    if (const Result<comms::Line> line = comms::parseLine(typed.toStdString(), context()); !line) {
        tell(utf8(line.error().message), true);
        return;
    }
    m_told = false; // what was told before is no answer to this
    const QPointer<Instrument> self(this);
    QJsonObject arguments{{QStringLiteral("incident"), m_view->focus}, {QStringLiteral("text"), typed}};
    if (!m_about.isEmpty())
        arguments.insert(QStringLiteral("about"), m_about);
    m_source.command(QStringLiteral("incident.line"), arguments,
                     [self, typed, about = m_about](bool done, const QString &sentence, const QJsonObject &) {
                         if (!self || done)
                             return;
                         // What was typed is not lost to a refusal.
                         if (self->m_field->text().isEmpty()) {
                             self->m_field->setText(typed);
                             self->m_about = about;
                         }
                         self->tell(sentence, true);
                     });
    m_history.removeAll(typed);
    m_history << typed;
    if (m_history.size() > kHistory)
        m_history.removeFirst();
    m_recalled = -1;
    if (!m_told)
        m_field->clear();
}

void Instrument::sendDone(const QString &typed)
{
    m_told = false; // what was told before is no answer to this
    bool isNumber = false;
    const int number = m_done->task.toInt(&isNumber);
    QJsonObject arguments{{QStringLiteral("task"), isNumber ? QJsonValue(number) : QJsonValue(m_done->task)}};
    if (!m_done->incident.isEmpty())
        arguments.insert(QStringLiteral("incident"), m_done->incident);
    if (const QString words = wordsOfDone(); !words.isEmpty())
        arguments.insert(QStringLiteral("note"), words);
    m_source.command(QStringLiteral("task.done"), arguments, [self = QPointer(this), typed, meant = *m_done](bool done, const QString &sentence, const QJsonObject &) {
        if (!self || done)
            return;
        if (self->m_field->text().isEmpty()) { // what was typed is not lost to a refusal
            self->m_done = meant;
            self->m_field->setText(typed);
        }
        self->tell(sentence, true);
    });
    m_recalled = -1;
    if (!m_told) // what is recalled later would be a line of the log: it is not kept among those
        m_field->clear();
}

void Instrument::recall(int step)
{
    if (m_history.isEmpty())
        return;
    const qsizetype from = m_recalled < 0 ? m_history.size() : m_recalled;
    m_recalled = std::clamp<qsizetype>(from + step, 0, m_history.size());
    m_about.clear(); // what was typed before was made from nothing
    m_done.reset();
    m_field->setText(m_recalled == m_history.size() ? QString() : m_history.at(m_recalled));
}

void Instrument::complete()
{
    const QString typed = m_field->text();
    const qsizetype end = typed.contains(QLatin1Char(' ')) ? typed.indexOf(QLatin1Char(' ')) : typed.size();
    if (!m_view || !typed.startsWith(QLatin1Char('@')) || end < 2)
        return;
    const QString prefix = typed.mid(1, end - 1), rest = typed.mid(end);
    for (const QStringList &names : {m_view->people, m_view->teams}) {
        for (const QString &name : names) {
            for (const QString &part : name.split(QLatin1Char(' '))) {
                if (part.startsWith(prefix, Qt::CaseInsensitive)) {
                    const QString whole = QLatin1Char('@') + QString(name).remove(QLatin1Char(' '));
                    m_field->setText(whole + (rest.isEmpty() ? QStringLiteral(" ") : rest));
                    m_field->setCursorPosition(static_cast<int>(whole.size()) + 1);
                    return;
                }
            }
        }
    }
}

bool Instrument::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter: send(); return true;
        case Qt::Key_Up: recall(-1); return true;
        case Qt::Key_Down: recall(1); return true;
        case Qt::Key_Escape:
            m_told = false;
            m_field->clear();
            showPreview();
            Q_EMIT left();
            return true;
        case Qt::Key_Tab:
            if (m_field->text().startsWith(QLatin1Char('@')) && !m_field->text().left(m_field->cursorPosition()).contains(QLatin1Char(' '))) {
                complete();
                return true;
            }
            break;
        default: break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void Instrument::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_last->setVisible(width() > kRoomForLast * m_theme.lineHeight()); // the timeline has it too
}

void Instrument::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Tone::Strip));
    painter.setPen(m_theme.color(Tone::Line));
    painter.drawLine(0, 0, width(), 0);
}

} // namespace qd::shell
