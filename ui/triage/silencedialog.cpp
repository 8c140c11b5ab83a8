// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/silencedialog.h"

#include "core/model/connection.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/reasonfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::triage {

namespace {

constexpr int kRowsShown = 7; ///< more labels scroll
constexpr int kRowsLeast = 2; ///< on a small screen with large text
constexpr int kTextShown = 90;
static_assert(SilenceDialog::kMatchersMost <= 32, "a bit each");

/// What names the problem rather than the copy of it that reported: these are ticked at first.
bool namesIt(const QString &label)
{
    return label == QLatin1String("alertname") || label == QLatin1String("service") || label == QLatin1String("job") || label == QLatin1String("instance");
}

} // namespace

std::vector<view::Feed> SilenceDialog::writable(const std::vector<view::Feed> &feeds)
{
    std::vector<view::Feed> out;
    std::copy_if(feeds.begin(), feeds.end(), std::back_inserter(out),
                 [](const view::Feed &f) { return allows(ableTo(f.kind.toStdString()), Write::Silences); });
    return out;
}

SilenceDialog::SilenceDialog(const style::Theme &theme, const view::AlertRow &alert, const view::AlertDetail &detail, const std::vector<view::Feed> &feeds, QWidget *parent)
    : SilenceDialog(theme, tr("From: %1").arg(alert.title), detail.labels, {}, feeds, parent)
{
    for (const auto &[label, box] : m_matchers)
        box->setChecked(namesIt(label.name));
}

SilenceDialog::SilenceDialog(const style::Theme &theme, const view::Alike &alike, const std::vector<view::Feed> &feeds, QWidget *parent)
    : SilenceDialog(theme, tr("From %Ln chosen alert(s): what all of them have in common is ticked.", nullptr, alike.chosen), alike.common, alike, feeds, parent)
{
    for (const auto &[label, box] : m_matchers)
        box->setChecked(true);
}

SilenceDialog::SilenceDialog(const style::Theme &theme, const QString &note, const std::vector<view::Labelled> &labels, view::Alike alike, const std::vector<view::Feed> &feeds,
                             QWidget *parent)
    : FormDialog(theme, tr("Silence alerts"), tr("Silence"), parent)
    , m_alike(std::move(alike))
    , m_feeds(writable(feeds))
    , m_source(new QComboBox(this))
    , m_duration(new QComboBox(this))
    , m_reason(new widgets::ReasonField(this))
{
    addNote(note);
    for (const view::Feed &feed : m_feeds)
        m_source->addItem(feed.arming.contains(QLatin1String("silences")) ? feed.name : tr("%1 (observes only)").arg(feed.name));
    // An armed one first: it is the one that would do it.
    for (std::size_t i = 0; i < m_feeds.size(); ++i)
        if (m_feeds[i].arming.contains(QLatin1String("silences"))) {
            m_source->setCurrentIndex(static_cast<int>(i));
            break;
        }
    m_source->addItem(tr("here, for every source"));
    addField(tr("Written to"), m_source);

    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (const view::Labelled &label : labels) {
        if (m_matchers.size() == kMatchersMost)
            break;
        QString text = label.name + QStringLiteral(" = ") + label.value;
        if (text.size() > kTextShown)
            text = text.left(kTextShown) + QStringLiteral("…");
        auto *box = new QCheckBox(text.replace(QLatin1Char('&'), QLatin1String("&&")), list);
        box->setMinimumHeight(theme.rowHeight());
        column->addWidget(box);
        m_matchers.emplace_back(label, box);
        connect(box, &QCheckBox::toggled, this, &SilenceDialog::check);
    }
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(list);
    scroll->setFixedHeight(theme.rowHeight() * std::clamp(static_cast<int>(m_matchers.size()), 1, kRowsShown));
    addField(tr("Where"), scroll);
    scroll->setMinimumHeight(theme.rowHeight() * std::clamp(static_cast<int>(m_matchers.size()), 1, kRowsLeast));
    m_what = addNote({});

    for (const char *span : {"30m", "1h", "2h", "4h", "8h", "24h"})
        m_duration->addItem(QLatin1String(span));
    m_duration->setEditable(true);
    m_duration->setCurrentText(QStringLiteral("1h"));
    addField(tr("For"), m_duration, tr("It ends by itself: 45m, 2h, 3d."));
    m_reason->setHint(tr("why it is right not to hear it"));
    addField(tr("Reason"), m_reason);
    finish();
    connect(m_source, &QComboBox::currentIndexChanged, this, &SilenceDialog::check);
    connect(m_duration, &QComboBox::currentTextChanged, this, &SilenceDialog::check);
    connect(m_reason, &QComboBox::editTextChanged, this, &SilenceDialog::check);
    check();
    m_reason->setFocus();
}

int SilenceDialog::others() const
{
    std::uint32_t ticked = 0;
    for (std::size_t i = 0; i < m_matchers.size(); ++i)
        if (m_matchers[i].second->isChecked())
            ticked |= std::uint32_t{1} << i;
    const auto row = static_cast<std::size_t>(m_source->currentIndex());
    int count = 0;
    for (const view::Alike::Others &others : m_alike.others) {
        const bool isReached = row >= m_feeds.size() || others.by.isEmpty() || others.by.contains(m_feeds[row].name); // an Alertmanager silences what it has
        if (isReached && (others.has & ticked) == ticked)
            count += others.count;
    }
    return count;
}

QString SilenceDialog::matched() const
{
    if (m_matchers.empty())
        return tr("These alerts have no label in common that a silence of all of them could be made of; choose fewer.");
    if (std::none_of(m_matchers.begin(), m_matchers.end(), [](const auto &m) { return m.second->isChecked(); }))
        return tr("Tick at least one: a silence without a condition would silence everything.");
    const QString always = tr("Silences every alert with all of these, also those to come. The fewer are ticked, the more it silences.");
    const int more = others();
    return more == 0 ? always : tr("Would also silence %Ln other(s) that fire now.", nullptr, more) + QLatin1Char(' ') + always;
}

void SilenceDialog::check()
{
    if (m_what == nullptr)
        return;
    const auto ticked = std::count_if(m_matchers.begin(), m_matchers.end(), [](const auto &m) { return m.second->isChecked(); });
    m_what->setPlain(matched());
    const auto row = static_cast<std::size_t>(m_source->currentIndex());
    if (row < m_feeds.size() && !m_feeds[row].arming.contains(QLatin1String("silences")))
        return setReady(false, tr("%1 observes only, so nothing would be written. Arm it for silences first (Ctrl+Shift+A), or silence here.").arg(m_feeds[row].name));
    const Result<Span> span = parseSpan(m_duration->currentText().trimmed().toStdString());
    if (!span || span->ns <= 0)
        return setReady(false, tr("“For” cannot be read; write 45m, 2h or 3d."));
    setReady(ticked > 0 && !m_reason->reason().isEmpty());
}

QJsonObject SilenceDialog::arguments() const
{
    QJsonArray matchers;
    for (const auto &[label, box] : m_matchers)
        if (box->isChecked())
            matchers.append(QJsonObject{{QStringLiteral("name"), label.name},
                                        {QStringLiteral("value"), label.value},
                                        {QStringLiteral("isRegex"), false},
                                        {QStringLiteral("isEqual"), true}});
    return {{QStringLiteral("source"), static_cast<std::size_t>(m_source->currentIndex()) < m_feeds.size() ? m_feeds[static_cast<std::size_t>(m_source->currentIndex())].name : QString()},
            {QStringLiteral("duration"), m_duration->currentText().trimmed()},
            {QStringLiteral("reason"), m_reason->reason()},
            {QStringLiteral("matchers"), matchers}};
}

} // namespace qd::triage
