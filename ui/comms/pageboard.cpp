// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/pageboard.h"

#include "ui/comms/gate.h"
#include "ui/comms/maintenancedialog.h"
#include "ui/comms/pagedialogs.h"
#include "ui/comms/redlineview.h"
#include "ui/widgets/plaintext.h"

#include <QAction>
#include <QListWidget>
#include <QPointer>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::comms {

using style::Tone;
using style::Type;

namespace {
constexpr int kNoticeLines = 8;
}

PageBoard::PageBoard(const style::Theme &theme, view::ViewSource &source, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_source(source)
    , m_head(new widgets::PlainLabel(theme, Type::Strong, Tone::Text, this))
    , m_drift(new widgets::PlainLabel(theme, Type::Strong, Tone::Text, this))
    , m_list(new QListWidget(this))
    , m_notice(new widgets::PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_text(new RedlineView(theme, kNoticeLines, this))
    , m_planned(new widgets::PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_targets(new widgets::PlainLabel(theme, Type::Body, Tone::Text, this))
    , m_words(new widgets::PlainLabel(theme, Type::Small, Tone::Secondary, this))
{
    setAccessibleName(tr("Status page"));
    m_list->setAccessibleName(tr("Components of the status page"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setWordWrap(true);
    for (widgets::PlainLabel *label : {m_head, m_drift, m_notice, m_planned, m_targets, m_words})
        label->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * theme.step());
    column->addWidget(m_head);
    column->addWidget(m_drift);
    column->addWidget(m_list, 1);
    column->addWidget(m_notice);
    column->addWidget(m_text);
    column->addWidget(m_planned);
    column->addWidget(m_targets);
    column->addWidget(m_words);
    setFocusProxy(m_list);
    connect(&source, &view::ViewSource::changed, this, &PageBoard::onView);
    makeActions();
}

void PageBoard::makeActions()
{
    const auto add = [this](const char *name, const QString &text, Qt::Key key, auto what) {
        auto *action = new QAction(text, this);
        action->setObjectName(QLatin1String("page.") + QLatin1String(name));
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, [this, what] {
            if (isVisible())
                what();
            else
                Q_EMIT wanted();
        });
        m_list->addAction(action);
    };
    add("post", tr("Status page: say something…"), Qt::Key_P, [this] { post(); });
    add("maintain", tr("Status page: plan, change or end maintenance…"), Qt::Key_M, [this] { maintain(); });
    add("override", tr("Status page: say what the component is…"), Qt::Key_O, [this] { overrideComponent(); });
    add("follow", tr("Status page: the component follows from incidents again"), Qt::Key_D, [this] { followAgain(); });
    add("previous", tr("Status page: the page before"), Qt::Key_Left, [this] { turn(-1); });
    add("next", tr("Status page: the next page"), Qt::Key_Right, [this] { turn(1); });
}

QJsonObject PageBoard::page() const
{
    return m_page >= 0 && m_page < m_pages.size() ? m_pages.at(m_page).toObject() : QJsonObject();
}

QJsonObject PageBoard::component() const
{
    const QJsonArray all = page().value(QLatin1String("components")).toArray();
    const int row = m_list->currentRow();
    return row >= 0 && row < all.size() ? all.at(row).toObject() : QJsonObject();
}

void PageBoard::fetch()
{
    const int asked = ++m_asked;
    m_waits = true;
    m_seq = m_source.current()->seq;
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("pages")}}, [self = QPointer(this), asked](bool done, const QString &sentence, const QJsonObject &result) {
        if (!self || asked != self->m_asked)
            return;
        self->m_waits = false;
        if (done)
            self->show(result.value(QLatin1String("items")).toArray());
        else
            self->tell(QStringLiteral("✗ ") + sentence);
    });
}

void PageBoard::onView(const view::ViewModelPtr &view)
{
    if (!isVisible())
        return;
    if (view->seq != m_seq && !m_waits)
        fetch();
    else
        say(); // connections have states of their own
}

void PageBoard::show(const QJsonArray &pages)
{
    const int row = m_list->currentRow();
    m_pages = pages;
    m_page = std::clamp(m_page, 0, std::max(0, static_cast<int>(pages.size()) - 1));
    {
        const QSignalBlocker blocker(m_list);
        QStringList lines;
        for (const QJsonValue &value : page().value(QLatin1String("components")).toArray())
            lines << componentLine(value.toObject(), languagesOf(page()));
        while (m_list->count() > lines.size())
            delete m_list->takeItem(m_list->count() - 1);
        for (int n = 0; n < lines.size(); ++n)
            n < m_list->count() ? m_list->item(n)->setText(lines[n]) : m_list->addItem(lines[n]);
        if (m_list->count() > 0)
            m_list->setCurrentRow(std::clamp(row, 0, m_list->count() - 1));
    }
    say();
    Q_EMIT shown(!pages.isEmpty());
}

void PageBoard::say()
{
    const QJsonObject p = page();
    const bool any = !p.isEmpty();
    for (QWidget *part : {static_cast<QWidget *>(m_list), static_cast<QWidget *>(m_notice), static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_targets)})
        part->setVisible(any);
    if (!any) {
        m_drift->hide();
        m_planned->hide();
        return m_head->setPlain(tr("The workspace has no status page; [[page]] in a file of it makes one."));
    }
    const view::ViewModelPtr view = m_source.current();
    const QStringList languages = languagesOf(p);
    QStringList head{firstOf(p.value(QLatin1String("title")), languages), stateWords(p.value(QLatin1String("state")).toString())};
    if (m_pages.size() > 1)
        head << tr("page %1 of %2").arg(m_page + 1).arg(m_pages.size());
    m_head->setPlain(head.join(QStringLiteral(" · ")));
    const QString drifts = driftWords(p);
    m_drift->setPlain(drifts);
    m_drift->setVisible(!drifts.isEmpty());
    QJsonObject open = openNotice(p, view->focus);
    if (open.isEmpty()) // another's is still what the public reads
        for (const QJsonValue &value : p.value(QLatin1String("notices")).toArray())
            if (value.toObject().value(QLatin1String("phase")).toString() != QLatin1String("resolved"))
                open = value.toObject();
    m_notice->setPlain(noticeLine(open, languages, view->made));
    m_text->setVisible(!open.isEmpty());
    m_text->setPieces(noticePieces(open, languages));
    const QString planned = plannedLines(p);
    m_planned->setPlain(planned);
    m_planned->setVisible(!planned.isEmpty());
    QStringList targets;
    for (const QJsonValue &value : p.value(QLatin1String("publish")).toArray()) {
        const QString name = value.toString();
        const auto feed = std::find_if(view->strip.feeds.begin(), view->strip.feeds.end(), [&](const view::Feed &f) { return f.name == name; });
        targets << targetLine(name, feed == view->strip.feeds.end() ? nullptr : &*feed);
    }
    if (p.value(QLatin1String("live")).toBool())
        targets << tr("✓ live: this core serves it at /status/%1").arg(p.value(QLatin1String("id")).toString());
    if (targets.isEmpty())
        targets << tr("✗ It is published nowhere: publish = […] or live = true in its [[page]].");
    m_targets->setPlain(targets.join(QLatin1Char('\n')));
}

template <typename Dialog>
void PageBoard::open(Dialog *dialog, const QString &done)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &widgets::FormDialog::submitted, this, [self = QPointer(this), dialog = QPointer<Dialog>(dialog), done] {
        QString drafted; // it was not published, but asked about
        if constexpr (requires { dialog->doneSentence(); })
            drafted = dialog->doneSentence();
        self->m_source.command(dialog->method(), dialog->arguments(), [self, dialog, done, drafted](bool isDone, const QString &sentence, const QJsonObject &) {
            if (dialog && isDone)
                dialog->accept();
            else if (dialog) {
                const auto refused = gateRefusal(sentence);
                if constexpr (requires { dialog->offerRemoval(QString()); })
                    refused ? dialog->offerRemoval(*refused) : dialog->refuse(sentence);
                else
                    dialog->refuse(sentence);
            }
            if (self && isDone) {
                self->tell(drafted.isEmpty() ? done : drafted);
                self->fetch();
            }
        });
    });
    dialog->setUnrecorded(!m_source.current()->strip.recorded);
    dialog->open();
}

void PageBoard::post()
{
    if (page().isEmpty())
        return;
    lookable(new PostDialog(m_theme, page(), m_source.current(), window()));
}

void PageBoard::maintain()
{
    if (!page().isEmpty())
        lookable(new MaintenanceDialog(m_theme, page(), m_source.current(), window()));
}

template <typename Dialog>
void PageBoard::lookable(Dialog *dialog)
{
    connect(dialog, &PublicDialog::previewAsked, this, [this, dialog = QPointer<PublicDialog>(dialog)] {
        m_source.command(dialog->previewMethod(), dialog->previewArguments(), [dialog](bool done, const QString &sentence, const QJsonObject &preview) {
            if (dialog && done)
                dialog->showPreview(preview);
            else if (dialog)
                dialog->refuse(gateRefusal(sentence).value_or(sentence));
        });
    });
    open(dialog, tr("Published; the lines above say how far it got."));
}

void PageBoard::overrideComponent()
{
    const QJsonObject c = component();
    if (!c.isEmpty())
        open(new ComponentDialog(m_theme, page().value(QLatin1String("id")).toString(), c, languagesOf(page()), window()), tr("The page says so."));
}

void PageBoard::followAgain()
{
    const QJsonObject c = component();
    if (c.isEmpty())
        return;
    m_source.command(QStringLiteral("page.set"),
                     {{QStringLiteral("page"), page().value(QLatin1String("id"))}, {QStringLiteral("component"), c.value(QLatin1String("id"))}, {QStringLiteral("state"), QStringLiteral("auto")}},
                     [self = QPointer(this)](bool done, const QString &sentence, const QJsonObject &) {
                         if (!self)
                             return;
                         self->tell(done ? tr("It follows from incidents again.") : QStringLiteral("✗ ") + sentence);
                         if (done)
                             self->fetch();
                     });
}

void PageBoard::turn(int pages)
{
    if (m_pages.size() < 2)
        return;
    m_page = (m_page + pages + static_cast<int>(m_pages.size())) % static_cast<int>(m_pages.size());
    m_list->setCurrentRow(0);
    show(m_pages);
}

void PageBoard::tell(const QString &sentence)
{
    m_words->setPlain(sentence);
}

QString PageBoard::head() const { return m_head->plain(); }
QString PageBoard::drift() const { return m_drift->plain(); }
QString PageBoard::targets() const { return m_targets->plain(); }
QString PageBoard::notice() const { return m_notice->plain(); }
QString PageBoard::planned() const { return m_planned->isHidden() ? QString() : m_planned->plain(); }
QString PageBoard::marked() const { return m_text->marked(); }
QString PageBoard::status() const { return m_words->plain(); }

} // namespace qd::comms
