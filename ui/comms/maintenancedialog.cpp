// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/maintenancedialog.h"

#include "ui/widgets/plaintext.h"
#include "ui/widgets/timeinput.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimeZone>
#include <algorithm>

namespace qd::comms {

using style::Tone;

namespace {

constexpr qsizetype kLanguagesOfWork = 4;
constexpr int kWhich = Qt::UserRole, kEnds = Qt::UserRole + 1; ///< of a choice: the maintenance, and whether it ends
constexpr int kComponentRows = 4, kTitleLength = 200, kReasonLength = 2000, kMomentLength = 40;

Instant instantOf(const QJsonObject &of, const char *name)
{
    const auto at = parseInstant(of.value(QLatin1String(name)).toString().toStdString());
    return at ? *at : Instant{};
}

QString inLanguageOf(const QJsonObject &of, const char *name, const QString &language)
{
    return of.value(QLatin1String(name)).toObject().value(language).toString();
}

} // namespace

MaintenanceDialog::MaintenanceDialog(const style::Theme &theme, const QJsonObject &page, const view::ViewModelPtr &view, QWidget *parent)
    : PublicDialog(theme, tr("Maintenance on status page %1").arg(page.value(QLatin1String("id")).toString()), page, view, parent)
    , m_theme(theme)
    , m_languages(languagesOf(page))
    , m_now(view->made)
    , m_what(new QComboBox(this))
    , m_clocks(new QComboBox(this))
    , m_components(new QListWidget(this))
    , m_from(new QLineEdit(this))
    , m_until(new QLineEdit(this))
    , m_reason(new QLineEdit(this))
{
    setMinimumWidth(theme.step() * 170);
    makeChoices();
    makeWords();
    makeComponents();
    makeWindow();
    m_reason->setMaxLength(kReasonLength);
    addField(tr("Why"), m_reason, tr("For us; the page never shows it."));
    m_preview = addNote({});
    m_preview->setTone(Tone::Text);
    makePreview();
    makeChecks();
    m_remove = addButton(tr("Remove it and publish"));
    m_remove->hide();
    makeLook();
    finish();
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_removing = true;
        m_remove->setEnabled(false);
        Q_EMIT submitted();
    });
    connect(m_what, &QComboBox::currentIndexChanged, this, &MaintenanceDialog::take);
    connect(m_components, &QListWidget::itemChanged, this, &MaintenanceDialog::check);
    for (QLineEdit *line : {m_from, m_until, m_reason})
        connect(line, &QLineEdit::textChanged, this, &MaintenanceDialog::check);
    take();
    m_words.front().title->setFocus();
}

void MaintenanceDialog::makeChoices()
{
    m_what->addItem(tr("Announce new work"));
    for (const QJsonValue &value : m_page.value(QLatin1String("maintenances")).toArray()) {
        const QJsonObject m = value.toObject();
        const QString state = m.value(QLatin1String("state")).toString();
        if (state != QLatin1String("scheduled") && state != QLatin1String("in progress"))
            continue;
        const QString name = QString::number(m.value(QLatin1String("maintenance")).toInt()) + QStringLiteral(": ") + firstOf(m.value(QLatin1String("title")), m_languages);
        for (const bool ends : {false, true}) {
            const QString text = !ends ? tr("Change maintenance %1") : state == QLatin1String("scheduled") ? tr("Cancel maintenance %1") : tr("End maintenance %1 now");
            m_what->addItem(text.arg(name));
            m_what->setItemData(m_what->count() - 1, m, kWhich);
            m_what->setItemData(m_what->count() - 1, ends, kEnds);
        }
    }
    addField(tr("What"), m_what);
    setFieldVisible(m_what, m_what->count() > 1);
}

void MaintenanceDialog::makeWords()
{
    QStringList languages = m_languages.mid(0, kLanguagesOfWork);
    if (languages.isEmpty())
        languages << QString();
    for (const QString &language : languages) {
        Words words{language, new QLineEdit(this), new QPlainTextEdit(this)};
        words.title->setMaxLength(kTitleLength);
        words.text->setTabChangesFocus(true);
        words.text->setFixedHeight(2 * m_theme.rowHeight());
        const bool isOne = languages.size() == 1;
        addField(isOne ? tr("Title") : tr("Title (%1)").arg(language), words.title);
        addField(isOne ? tr("Text") : tr("Text (%1)").arg(language), words.text);
        connect(words.title, &QLineEdit::textChanged, this, &MaintenanceDialog::check);
        connect(words.text, &QPlainTextEdit::textChanged, this, &MaintenanceDialog::check);
        m_words.push_back(words);
    }
}

void MaintenanceDialog::makeComponents()
{
    for (const QJsonValue &value : m_page.value(QLatin1String("components")).toArray()) {
        const QJsonObject component = value.toObject();
        auto *item = new QListWidgetItem(firstOf(component.value(QLatin1String("name")), m_languages), m_components);
        item->setData(kWhich, component.value(QLatin1String("id")).toString());
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
    }
    m_components->setFixedHeight(kComponentRows * m_theme.rowHeight());
    addField(tr("Components"), m_components, tr("Space takes one or leaves it."));
}

void MaintenanceDialog::makeWindow()
{
    m_zones.emplace_back(QStringLiteral("UTC"), Zone());
    for (const QString &name : {m_page.value(QLatin1String("zone")).toString(), QString::fromLatin1(QTimeZone::systemTimeZoneId())}) {
        const auto zone = Zone::find(name.toStdString());
        if (zone && std::none_of(m_zones.begin(), m_zones.end(), [&](const auto &z) { return z.first == name; }) && name != QLatin1String("Etc/UTC"))
            m_zones.emplace_back(name, *zone);
    }
    for (const auto &[name, zone] : m_zones)
        m_clocks->addItem(name);
    for (QLineEdit *line : {m_from, m_until})
        line->setMaxLength(kMomentLength);
    addField(tr("Clocks"), m_clocks, tr("The times below are typed by these."));
    setFieldVisible(m_clocks, m_zones.size() > 1);
    addField(tr("From"), m_from, tr("such as 2026-11-29 22:00, 22:00 or Sun 22:00"));
    addField(tr("Until"), m_until, tr("the same, or a span such as 2h"));
    connect(m_clocks, &QComboBox::currentIndexChanged, this, [this](int index) {
        const auto begins = from(), ends = parseSpan(m_until->text().trimmed().toStdString()) ? std::optional<Instant>() : typedBy(m_until); // a span stays one
        m_zone = static_cast<std::size_t>(std::clamp(index, 0, static_cast<int>(m_zones.size()) - 1));
        if (begins) // it stays the same moment
            m_from->setText(typed(*begins));
        if (ends)
            m_until->setText(typed(*ends));
        check();
    });
}

void MaintenanceDialog::take()
{
    const QJsonObject m = chosen();
    const auto begins = m.isEmpty() ? m_now + hours(24) : instantOf(m, "from");
    m_from->setText(typed(begins));
    m_from->setEnabled(m.value(QLatin1String("state")).toString() != QLatin1String("in progress"));
    m_until->setText(m.isEmpty() ? QStringLiteral("1h") : typed(instantOf(m, "until")));
    for (const Words &words : m_words) {
        words.title->setText(inLanguageOf(m, "title", words.language));
        words.text->setPlainText(inLanguageOf(m, "text", words.language));
    }
    const QJsonArray worked = m.value(QLatin1String("components")).toArray();
    for (int n = 0; n < m_components->count(); ++n)
        m_components->item(n)->setCheckState(worked.contains(m_components->item(n)->data(kWhich).toString()) ? Qt::Checked : Qt::Unchecked);
    const bool isEnd = ends();
    for (const Words &words : m_words) {
        setFieldVisible(words.title, !isEnd);
        setFieldVisible(words.text, !isEnd);
    }
    for (QWidget *field : {static_cast<QWidget *>(m_components), static_cast<QWidget *>(m_from), static_cast<QWidget *>(m_until)})
        setFieldVisible(field, !isEnd);
    setFieldVisible(m_clocks, !isEnd && m_zones.size() > 1);
    setFieldVisible(m_reason, isEnd);
    m_remove->hide();
    check();
}

bool MaintenanceDialog::ends() const
{
    return m_what->currentData(kEnds).toBool();
}

QJsonObject MaintenanceDialog::chosen() const
{
    return m_what->currentData(kWhich).toJsonObject();
}

const Zone &MaintenanceDialog::zone() const
{
    return m_zones[m_zone].second;
}

QString MaintenanceDialog::typed(Instant at) const
{
    return widgets::typedMoment(at + zone().offset(at));
}

std::optional<Instant> MaintenanceDialog::typedBy(const QLineEdit *line) const
{
    // What is typed is what a clock on a wall there shows, so the day it means is that wall's.
    const QString text = line->text().trimmed();
    if (text.endsWith(QLatin1String("UTC"), Qt::CaseInsensitive) || text.endsWith(QLatin1Char('Z')) || text.contains(QLatin1Char('+')))
        return widgets::readAhead(text, m_now); // they say themselves whose clocks they mean
    const auto wall = widgets::readAhead(text, m_now + zone().offset(m_now));
    return wall ? std::optional(zone().instant(LocalTime{wall->ns / seconds(1).ns})) : std::nullopt;
}

std::optional<Instant> MaintenanceDialog::from() const
{
    return typedBy(m_from);
}

std::optional<Instant> MaintenanceDialog::until() const
{
    const auto begins = from();
    if (const auto span = parseSpan(m_until->text().trimmed().toStdString()); span && begins)
        return *begins + *span;
    return typedBy(m_until);
}

QStringList MaintenanceDialog::components() const
{
    QStringList out;
    for (int n = 0; n < m_components->count(); ++n)
        if (m_components->item(n)->checkState() == Qt::Checked)
            out << m_components->item(n)->data(kWhich).toString();
    return out;
}

WorkMeant MaintenanceDialog::meant(const Words &words) const
{
    WorkMeant out{words.title->text().trimmed(), words.text->toPlainText().trimmed(), {}, from().value_or(Instant{}), until().value_or(Instant{}), ends(),
                  chosen().value(QLatin1String("state")).toString() == QLatin1String("in progress")};
    const QStringList worked = components();
    for (const QJsonValue &value : m_page.value(QLatin1String("components")).toArray())
        if (const QJsonObject c = value.toObject(); worked.contains(c.value(QLatin1String("id")).toString()))
            out.names << firstOf(c.value(QLatin1String("name")), QStringList{words.language} + m_languages);
    return out;
}

QString MaintenanceDialog::missing() const
{
    if (ends())
        return {};
    if (!from())
        return tr("“%1” is no time; write 2026-11-29 22:00.").arg(m_from->text());
    if (!until())
        return tr("“%1” is no time; write 2026-11-29 23:00, or 1h.").arg(m_until->text());
    if (*until() <= *from())
        return tr("It would end before it begins.");
    if (*until() <= m_now)
        return tr("It would be over already.");
    const bool isTitled = std::any_of(m_words.begin(), m_words.end(), [](const Words &w) { return !w.title->text().trimmed().isEmpty(); });
    return !isTitled || components().isEmpty() ? QStringLiteral("-") : QString();
}

void MaintenanceDialog::check()
{
    QStringList shown;
    for (const Words &words : m_words)
        if (!words.title->text().trimmed().isEmpty() || shown.isEmpty())
            shown << asPlanned(meant(words), words.language, m_page.value(QLatin1String("zone")).toString());
    if (m_preview != nullptr)
        m_preview->setPlain(tr("As it will stand there:\n%1").arg(shown.join(QStringLiteral("\n\n"))));
    Localized texts;
    for (const Words &words : m_words)
        texts[words.language.toStdString()] = words.text->toPlainText().toStdString();
    advise(ends() ? Localized() : texts);
    const QJsonObject given = published();
    askChecks(!ends() && (given.contains(QLatin1String("title")) || given.contains(QLatin1String("text"))));
    const QString what = missing();
    const bool changes = ends() || given.size() > 2; // more than the page and the number
    forgetPreview(what.isEmpty() && changes && !ends());
    if (!what.isEmpty())
        return setReady(false, what == QLatin1String("-") ? QString() : what);
    setReady(changes && mayGo());
}

QString MaintenanceDialog::method() const
{
    return ends() ? QStringLiteral("page.endmaintenance") : way() == Way::Draft ? QStringLiteral("message.draft") : QStringLiteral("page.maintenance");
}

QJsonObject MaintenanceDialog::arguments() const
{
    QJsonObject out = published();
    if (!ends() && way() == Way::Draft) { // a message has a text: work may have a title alone
        QJsonObject titles = out.value(QLatin1String("title")).toObject(), texts = out.value(QLatin1String("text")).toObject();
        const QString first = m_words.front().language, title = m_words.front().title->text().trimmed(), text = m_words.front().text->toPlainText().trimmed();
        titles.remove(first);
        texts.remove(first);
        for (const QString &language : titles.keys())
            if (!texts.contains(language))
                texts.insert(language, titles.value(language));
        out = draftOf(title, text.isEmpty() ? title : text, titles, texts);
    }
    if (!ends())
        addGlass(out);
    if (m_removing)
        out.insert(QStringLiteral("removeMarked"), true);
    return out;
}

QJsonObject MaintenanceDialog::published() const
{
    const QJsonObject was = chosen();
    QJsonObject out{{QStringLiteral("page"), m_page.value(QLatin1String("id"))}};
    if (!was.isEmpty())
        out.insert(QStringLiteral("number"), was.value(QLatin1String("maintenance")));
    if (ends()) {
        if (const QString reason = m_reason->text().trimmed(); !reason.isEmpty())
            out.insert(QStringLiteral("reason"), reason);
        return out;
    }
    QJsonObject titles, texts;
    for (const Words &words : m_words) {
        if (const QString title = words.title->text().trimmed(); !title.isEmpty() && title != inLanguageOf(was, "title", words.language))
            titles.insert(words.language, title);
        if (const QString text = words.text->toPlainText().trimmed(); !text.isEmpty() && text != inLanguageOf(was, "text", words.language))
            texts.insert(words.language, text);
    }
    if (!titles.isEmpty())
        out.insert(QStringLiteral("title"), titles);
    if (!texts.isEmpty())
        out.insert(QStringLiteral("text"), texts);
    const QJsonArray worked = QJsonArray::fromStringList(components());
    if (worked != was.value(QLatin1String("components")).toArray())
        out.insert(QStringLiteral("components"), worked);
    // Typed to the minute; what was to the second and is left alone is no change.
    const auto differs = [&](std::optional<Instant> at, const char *name) { return at && typed(*at) != typed(instantOf(was, name)); };
    const auto instant = [](Instant at) { return QString::fromStdString(toRfc3339(at)); };
    if (m_from->isEnabled() && differs(from(), "from"))
        out.insert(QStringLiteral("from"), instant(*from()));
    if (differs(until(), "until"))
        out.insert(QStringLiteral("until"), instant(*until()));
    return out;
}

void MaintenanceDialog::offerRemoval(const QString &refusal)
{
    m_removing = false;
    refuse(refusal);
    m_remove->setEnabled(true);
    m_remove->show();
    m_remove->setFocus();
}

QString MaintenanceDialog::preview() const { return m_preview->plain(); }

} // namespace qd::comms
