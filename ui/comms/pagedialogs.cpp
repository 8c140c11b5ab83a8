// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/pagedialogs.h"

#include "ui/comms/redlineview.h"
#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QGridLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <algorithm>

namespace qd::comms {

using style::Tone;
using style::Type;

namespace {

constexpr ComponentState kStates[] = {ComponentState::Operational, ComponentState::Degraded, ComponentState::PartialOutage, ComponentState::MajorOutage, ComponentState::Maintenance};
constexpr PagePhase kPhases[] = {PagePhase::Investigating, PagePhase::Identified, PagePhase::Monitoring, PagePhase::Resolved};
constexpr std::size_t kComponentsShown = 12, kLanguagesShown = 4;
constexpr int kNewLines = 5;

template <typename Word>
QString wordOf(Word w)
{
    const std::string_view text = word(w);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString phaseName(PagePhase phase)
{
    switch (phase) {
    case PagePhase::Investigating: return PostDialog::tr("Investigating: we look for what is wrong");
    case PagePhase::Identified: return PostDialog::tr("Identified: what is wrong is known");
    case PagePhase::Monitoring: return PostDialog::tr("Monitoring: it should work, we watch");
    case PagePhase::Resolved: break;
    }
    return PostDialog::tr("Resolved: it is over");
}

} // namespace

PostDialog::PostDialog(const style::Theme &theme, const QJsonObject &page, const view::ViewModelPtr &view, QWidget *parent)
    : PublicDialog(theme, tr("Say on status page %1").arg(page.value(QLatin1String("id")).toString()), page, view, parent)
    , m_theme(theme)
    , m_languages(languagesOf(page))
    , m_now(view->made)
    , m_notice(new QComboBox(this))
    , m_phase(new QComboBox(this))
    , m_title(new QLineEdit(this))
    , m_next(new QLineEdit(QStringLiteral("30m"), this))
    , m_redline(new RedlineView(theme, kNewLines, this))
{
    setMinimumWidth(theme.step() * 170);
    const QJsonObject goesOn = openNotice(page, m_incident);
    for (const QJsonValue &value : page.value(QLatin1String("notices")).toArray()) {
        const QJsonObject n = value.toObject();
        if (n.value(QLatin1String("phase")).toString() != QLatin1String("resolved"))
            m_notice->addItem(tr("Notice %1: %2").arg(n.value(QLatin1String("notice")).toInt()).arg(firstOf(n.value(QLatin1String("title")), m_languages)), n);
    }
    m_notice->addItem(tr("A new notice"), QJsonObject());
    m_notice->setCurrentIndex(goesOn.isEmpty() ? m_notice->count() - 1 : std::max(0, m_notice->findData(goesOn)));
    for (const PagePhase phase : kPhases)
        m_phase->addItem(phaseName(phase), wordOf(phase));
    if (const int was = m_phase->findData(goesOn.value(QLatin1String("phase")).toString()); was >= 0)
        m_phase->setCurrentIndex(was);
    m_title->setMaxLength(200);
    m_next->setMaxLength(20);
    addField(tr("Goes on"), m_notice);
    addField(tr("Phase"), m_phase);
    addField(tr("Title"), m_title);
    makeTexts();
    makeComponents();
    addField(tr("Next word in"), m_next);
    m_preview = addNote({});
    m_preview->setTone(Tone::Text);
    addField(tr("New since"), m_redline);
    m_redline->setFocusPolicy(Qt::NoFocus);
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
    for (QComboBox *box : {m_notice, m_phase})
        connect(box, &QComboBox::currentIndexChanged, this, &PostDialog::check);
    for (QLineEdit *line : {m_title, m_next})
        connect(line, &QLineEdit::textChanged, this, &PostDialog::check);
    check();
    (goesOn.isEmpty() ? static_cast<QWidget *>(m_title) : m_texts.front().second)->setFocus();
}

void PostDialog::makeTexts()
{
    QStringList languages = m_languages.mid(0, kLanguagesShown);
    if (languages.isEmpty())
        languages << QString();
    for (const QString &language : languages) {
        auto *edit = new QPlainTextEdit(this);
        edit->setTabChangesFocus(true);
        edit->setFixedHeight(3 * m_theme.rowHeight());
        addField(languages.size() == 1 ? tr("Text") : tr("Text (%1)").arg(language), edit);
        connect(edit, &QPlainTextEdit::textChanged, this, &PostDialog::check);
        m_texts.emplace_back(language, edit);
    }
}

void PostDialog::makeComponents()
{
    auto *grid = new QWidget(this);
    auto *rows = new QGridLayout(grid);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(m_theme.step());
    rows->setColumnStretch(1, 1);
    rows->setColumnStretch(3, 1);
    int n = 0;
    for (const QJsonValue &value : m_page.value(QLatin1String("components")).toArray()) {
        if (m_components.size() == kComponentsShown)
            break;
        const QJsonObject component = value.toObject();
        auto *box = new QComboBox(grid);
        const QString name = firstOf(component.value(QLatin1String("name")), m_languages);
        box->addItem(tr("not said (now %1)").arg(stateWords(component.value(QLatin1String("state")).toString())), QString());
        for (const ComponentState state : kStates)
            box->addItem(stateWords(wordOf(state)), wordOf(state));
        box->setAccessibleName(tr("%1 is").arg(name));
        box->setMinimumHeight(m_theme.rowHeight());
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        auto *label = new widgets::PlainLabel(m_theme, Type::Body, Tone::Text, grid);
        label->setPlain(name);
        label->setElided(true);
        rows->addWidget(label, n / 2, n % 2 * 2);
        rows->addWidget(box, n / 2, n % 2 * 2 + 1);
        ++n;
        connect(box, &QComboBox::currentIndexChanged, this, &PostDialog::check);
        m_components.emplace_back(component, box);
    }
    if (!m_components.empty())
        addField(tr("Components"), grid);
    else
        grid->hide();
}

QJsonObject PostDialog::notice() const
{
    return m_notice->currentData().toJsonObject();
}

PagePhase PostDialog::phase() const
{
    return kPhases[std::clamp(m_phase->currentIndex(), 0, static_cast<int>(std::size(kPhases)) - 1)];
}

Instant PostDialog::next() const
{
    const auto span = parseSpan(m_next->text().trimmed().toStdString());
    return phase() != PagePhase::Resolved && span && span->ns > 0 ? m_now + *span : Instant{};
}

PostMeant PostDialog::meant(const QString &language) const
{
    PostMeant out{phase(), {}, {}, next()};
    for (const auto &[of, edit] : m_texts)
        if (of == language)
            out.text = edit->toPlainText();
    for (const auto &[component, box] : m_components)
        if (const auto state = fromWord<ComponentState>(box->currentData().toString().toStdString()); state && !box->currentData().toString().isEmpty())
            out.components.emplace_back(firstOf(component.value(QLatin1String("name")), QStringList{language} + m_languages), *state);
    return out;
}

void PostDialog::check()
{
    const QJsonObject on = notice();
    setFieldVisible(m_title, on.isEmpty());
    m_next->setEnabled(phase() != PagePhase::Resolved);
    QStringList shown;
    for (const auto &[language, edit] : m_texts)
        if (!edit->toPlainText().trimmed().isEmpty() || shown.isEmpty())
            shown << asOnThePage(meant(language), language);
    m_preview->setPlain(tr("As it will stand there:\n%1").arg(shown.join(QStringLiteral("\n\n"))));
    Localized words;
    for (const auto &[language, edit] : m_texts)
        words[language.toStdString()] = edit->toPlainText().toStdString();
    advise(words);
    const bool isNew = on.isEmpty();
    setFieldVisible(m_redline, !isNew);
    if (!isNew) {
        const QJsonObject last = on.value(QLatin1String("updates")).toArray().last().toObject();
        const QString now = m_texts.front().second->toPlainText().trimmed(), before = firstOf(last.value(QLatin1String("text")), m_languages);
        m_redline->setPieces(redline(before.toStdString(), now.toStdString()));
    }
    const QString when = m_next->text().trimmed();
    if (m_next->isEnabled() && !when.isEmpty() && !next())
        return setReady(false, tr("“%1” is no time; write 20m or 1h.").arg(when));
    const bool says = std::any_of(m_texts.begin(), m_texts.end(), [](const auto &t) { return !t.second->toPlainText().trimmed().isEmpty(); });
    const bool turns = !isNew && (m_phase->currentData().toString() != on.value(QLatin1String("phase")).toString() || std::any_of(m_components.begin(), m_components.end(), [](const auto &c) { return !c.second->currentData().toString().isEmpty(); }));
    askChecks(says || isNew);
    forgetPreview(says || turns);
    setReady((says || turns) && mayGo() && (!isNew || !m_title->text().trimmed().isEmpty()));
}

QJsonObject PostDialog::arguments() const
{
    if (way() == Way::Draft) {
        QJsonObject texts;
        for (std::size_t n = 1; n < m_texts.size(); ++n)
            if (const QString text = m_texts[n].second->toPlainText().trimmed(); !text.isEmpty())
                texts.insert(m_texts[n].first, text);
        const QString title = notice().isEmpty() ? m_title->text().trimmed() : firstOf(notice().value(QLatin1String("title")), m_languages);
        QJsonObject out = draftOf(title, m_texts.front().second->toPlainText().trimmed(), {}, texts);
        if (m_removing)
            out.insert(QStringLiteral("removeMarked"), true);
        return out;
    }
    QJsonObject out = previewArguments();
    addGlass(out);
    if (m_removing)
        out.insert(QStringLiteral("removeMarked"), true);
    return out;
}

QJsonObject PostDialog::previewArguments() const
{
    QJsonObject out{{QStringLiteral("page"), m_page.value(QLatin1String("id"))}, {QStringLiteral("phase"), m_phase->currentData().toString()}};
    const QJsonObject on = notice();
    if (on.isEmpty())
        out.insert(QStringLiteral("fresh"), true);
    else
        out.insert(QStringLiteral("notice"), on.value(QLatin1String("notice")));
    if (!m_incident.isEmpty() && (on.isEmpty() || on.value(QLatin1String("incident")).toString() == m_incident))
        out.insert(QStringLiteral("incident"), m_incident);
    QJsonObject texts;
    for (const auto &[language, edit] : m_texts)
        if (const QString text = edit->toPlainText().trimmed(); !text.isEmpty())
            texts.insert(language, text);
    if (!texts.isEmpty())
        out.insert(QStringLiteral("text"), texts);
    if (on.isEmpty())
        out.insert(QStringLiteral("title"), QJsonObject{{QString(), m_title->text().trimmed()}});
    QJsonArray components;
    for (const auto &[component, box] : m_components)
        if (const QString state = box->currentData().toString(); !state.isEmpty())
            components.append(QJsonObject{{QStringLiteral("component"), component.value(QLatin1String("id"))}, {QStringLiteral("state"), state}});
    if (!components.isEmpty())
        out.insert(QStringLiteral("components"), components);
    if (m_next->isEnabled() && !m_next->text().trimmed().isEmpty())
        out.insert(QStringLiteral("next"), m_next->text().trimmed());
    return out;
}

void PostDialog::offerRemoval(const QString &refusal)
{
    m_removing = false;
    refuse(refusal);
    m_remove->setEnabled(true);
    m_remove->show();
    m_remove->setFocus();
}

QString PostDialog::preview() const { return m_preview->plain(); }
QString PostDialog::marked() const { return m_redline->marked(); }

ComponentDialog::ComponentDialog(const style::Theme &theme, const QString &page, const QJsonObject &component, const QStringList &languages, QWidget *parent)
    : FormDialog(theme, tr("What %1 is").arg(firstOf(component.value(QLatin1String("name")), languages)), tr("Say so"), parent)
    , m_page(page)
    , m_component(component.value(QLatin1String("id")).toString())
    , m_state(new QComboBox(this))
    , m_reason(new QLineEdit(this))
    , m_until(new QLineEdit(QStringLiteral("2h"), this))
{
    for (const ComponentState state : kStates)
        m_state->addItem(stateWords(wordOf(state)), wordOf(state));
    m_state->setCurrentIndex(std::max(0, m_state->findData(component.value(QLatin1String("state")).toString())));
    m_reason->setMaxLength(2000);
    m_until->setMaxLength(40);
    addField(tr("It is"), m_state);
    addField(tr("Why"), m_reason, tr("For us; the page never shows it."));
    addField(tr("Until"), m_until, tr("a span from now such as 2h, or an instant; empty: until D in the list"));
    addNote(tr("The page says so at once, whatever follows from incidents. D in the list lets it follow again."));
    finish();
    connect(m_reason, &QLineEdit::textChanged, this, &ComponentDialog::check);
    check();
    m_state->setFocus();
}

void ComponentDialog::check()
{
    setReady(!m_reason->text().trimmed().isEmpty());
}

QJsonObject ComponentDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("page"), m_page}, {QStringLiteral("component"), m_component}, {QStringLiteral("state"), m_state->currentData().toString()}, {QStringLiteral("reason"), m_reason->text().trimmed()}};
    if (const QString until = m_until->text().trimmed(); !until.isEmpty())
        out.insert(QStringLiteral("until"), until);
    return out;
}

} // namespace qd::comms
