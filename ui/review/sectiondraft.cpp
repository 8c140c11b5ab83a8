// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/sectiondraft.h"

#include "ui/review/together.h"

#include <QPointer>
#include <QUuid>
#include <algorithm>

namespace qd::review {

namespace {

/// The number the core gave a text: of "revision/12".
std::uint32_t revisionNamed(const QString &id)
{
    return id.startsWith(QLatin1String("revision/")) ? id.mid(9).toUInt() : 0;
}

} // namespace

SectionDraft::SectionDraft(view::ViewSource &source, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_window(QUuid::createUuid().toString(QUuid::Id128))
{
    m_save.setSingleShot(true);
    m_keep.setSingleShot(true);
    m_keep.setInterval(kKeepMs);
    connect(&m_save, &QTimer::timeout, this, &SectionDraft::save);
    connect(&m_keep, &QTimer::timeout, this, &SectionDraft::keep);
}

void SectionDraft::become(Standing standing, const QString &sentence)
{
    m_standing = standing;
    m_sentence = sentence;
    Q_EMIT changed();
}

void SectionDraft::open(const QString &incident, const QString &section)
{
    if (incident == m_incident && section == m_section)
        return;
    if (!m_section.isEmpty())
        leave();
    ++m_opened;
    m_incident = incident;
    m_section = section;
    m_shown = {};
    m_text.clear();
    m_over.clear();
    m_base = m_settles = m_loaded = m_written = m_mine = 0;
    m_sent.clear();
    m_isSent = m_awaits = m_holdAsked = m_isKnown = m_isBarred = false;
    m_keep.stop();
    become(Standing::Recorded);
    Q_EMIT textChanged(m_text);
}

/// The words go into the record and the section is given back; what is typed behind words that are on their way goes after them, and is kept until then.
void SectionDraft::leave()
{
    m_save.stop();
    const Left left{m_incident, m_section, m_opened};
    const bool isMore = m_isSent ? m_text != m_sent : isTyped();
    if (isMore || m_awaits)
        keepFor(left.key(), m_text); // until the record has them, whatever becomes of this window
    else if (m_isSent)
        keepFor(left.key(), {}); // it has
    if (isMore && m_awaits) {
        m_rests.insert(m_opened, m_text);
    } else if (isMore) {
        m_base = std::max(m_base, m_isSent ? m_written : 0);
        write(true, true);
    } else if (m_shown.heldByYou) {
        giveBack(left);
    }
}

void SectionDraft::giveBack(const Left &left)
{
    m_source.command(QStringLiteral("review.hold"), {{QStringLiteral("incident"), left.incident}, {QStringLiteral("section"), left.section}, {QStringLiteral("release"), true}});
}

/// Of a section that was left: the record has what was sent, or has not.
void SectionDraft::answeredLate(const Left &left, const QString &sent, bool done, const QJsonObject &result)
{
    const auto more = m_rests.constFind(left.opened);
    if (more == m_rests.cend()) {
        if (done)
            forget(left.key(), sent);
        return;
    }
    const QString rest = *more;
    m_rests.erase(more);
    if (!done) // it is kept, and shown to whoever opens the section again
        return giveBack(left);
    const QJsonObject arguments{{QStringLiteral("incident"), left.incident}, {QStringLiteral("section"), left.section}, {QStringLiteral("text"), rest},
                                {QStringLiteral("base"), static_cast<qint64>(revisionNamed(result.value(QLatin1String("id")).toString()))}, {QStringLiteral("editor"), m_window},
                                {QStringLiteral("draft"), true}, {QStringLiteral("release"), true}};
    m_source.command(QStringLiteral("review.write"), arguments, [self = QPointer(this), left, rest](bool recorded, const QString &, const QJsonObject &) {
        if (!self)
            return;
        if (recorded)
            self->forget(left.key(), rest);
        else
            self->giveBack(left);
    });
}

void SectionDraft::keepFor(const QString &key, const QString &words)
{
    m_kept.insert(key, words);
    if (words.isEmpty())
        m_unkept.remove(key);
    m_source.keepWords(key, words, [self = QPointer(this), key, words](const QString &problem) {
        if (!self || words.isEmpty() || self->m_kept.value(key) != words || self->m_unkept.value(key) == problem)
            return;
        if (problem.isEmpty())
            self->m_unkept.remove(key);
        else
            self->m_unkept.insert(key, problem);
        Q_EMIT self->changed();
    });
}

/// The record has these words. What was kept after them it may not have.
void SectionDraft::forget(const QString &key, const QString &words)
{
    if (m_kept.value(key) == words)
        keepFor(key, {});
}

void SectionDraft::show(const view::ReviewSection &section)
{
    if (section.id != m_section || m_section.isEmpty())
        return;
    const bool isFirst = !m_isKnown;
    m_isKnown = true;
    m_shown = section;
    if (m_shown.heldByYou)
        m_holdAsked = true;
    if (m_isBarred && heldBy().isEmpty()) { // whoever had it gave it back
        m_isBarred = false;
        become(isTyped() ? Standing::Typed : Standing::Recorded);
        if (isTyped())
            m_save.start(kSaveMs);
    }
    if (m_standing == Standing::Beside && m_text == m_shown.text() && asideOfMine() == nullptr) { // it came to say what stands here
        m_base = m_shown.revision();
        m_over = m_text;
        m_settles = 0;
        keepFor(key(), {});
        become(Standing::Recorded);
    }
    const view::RevisionText *newest = m_shown.revisions.empty() ? nullptr : m_shown.revisions.back().get();
    if (m_isSent)
        lookForSent();
    if (newest != nullptr && newest->number > m_base && isTyped() && !m_awaits && m_standing != Standing::Beside && !isFirst) {
        m_isSent = false;
        keep();
        become(Standing::Beside, newest->yours ? tr("You wrote this section meanwhile at another window. The words here stand beside it; nothing is lost.")
                                              : tr("%1 wrote this section meanwhile. Your words stand beside it; nothing is lost.").arg(newest->by));
    } else if (!isTyped() && !m_isSent && m_standing != Standing::Beside && (m_mine == 0 || m_mine != m_shown.revision())) {
        m_mine = 0;
        m_base = m_shown.revision();
        m_over = m_shown.text();
        if (m_text != m_over) {
            m_text = m_over;
            Q_EMIT textChanged(m_text);
        }
    }
    if (isFirst) {
        // What was written and never recorded, and what was put beside the section, is shown before anybody writes on.
        m_source.keptWords(key(), [self = QPointer(this), opened = m_opened](const QString &kept) {
            if (!self || opened != self->m_opened || self->isTyped())
                return;
            const view::RevisionText *aside = self->asideOfMine();
            const QString mine = aside == nullptr ? kept : kept.isEmpty() ? aside->text : together(aside->text, kept);
            if (mine.isEmpty() || mine == self->m_shown.text())
                return;
            self->m_text = mine;
            self->m_loaded = aside != nullptr ? aside->number : 0;
            Q_EMIT self->textChanged(mine);
            self->become(Standing::Beside, kept.isEmpty() ? tr("Words of yours stand beside this section: put both together.") : tr("These are words of yours that were not recorded. Put them together with what is."));
        });
    }
    Q_EMIT changed();
}

/// What became of the words that were sent: they are known by the number the core gave them, for the record may show them otherwise than they
/// were typed (a mark sealed, a character made visible); before it answered, by themselves.
void SectionDraft::lookForSent()
{
    const auto isSent = [&](const view::RevisionPtr &r) { return m_written != 0 ? r->number == m_written : isOfThisWindow(*r) && r->text == m_sent; };
    const auto &revisions = m_shown.revisions;
    const auto it = std::find_if(revisions.rbegin(), revisions.rend(), [&](const view::RevisionPtr &r) { return isSent(r) && (m_written != 0 || r->number > m_base); });
    if (it != revisions.rend()) {
        m_base = m_mine = (*it)->number; // the editor goes on showing what was typed
        m_over = m_sent;
        m_settles = 0;
        return settle();
    }
    if (std::any_of(m_shown.asides.begin(), m_shown.asides.end(), isSent)) {
        m_isSent = m_awaits = false; // it is not ours any more: the core put the words beside the section
        if (m_shown.revision() <= m_base)
            become(Standing::Beside, tr("Somebody else has this section. Your words stand beside it; nothing is lost."));
    } else if (m_written != 0 && m_shown.revision() > m_written) {
        m_isSent = false; // written over by another window of the same person
    }
}

/// What is said to be done has no window any more.
bool SectionDraft::isOfThisWindow(const view::RevisionText &text) const
{
    return text.yours && (text.draft ? text.editor == m_window : text.editor.isEmpty());
}

/// The text beside the section that is this window's to settle: it saved it, or shows it. What another window of the same person saved is that one's.
const view::RevisionText *SectionDraft::myAside() const
{
    for (auto it = m_shown.asides.rbegin(); it != m_shown.asides.rend(); ++it)
        if ((*it)->number == m_loaded || (*it)->number == m_written || ((*it)->draft && isOfThisWindow(**it)))
            return it->get();
    return nullptr;
}

/// … and whoever opens a section is shown the newest of theirs: the window that saved it may be gone.
const view::RevisionText *SectionDraft::asideOfMine() const
{
    for (auto it = m_shown.asides.rbegin(); it != m_shown.asides.rend(); ++it)
        if ((*it)->yours)
            return it->get();
    return nullptr;
}

void SectionDraft::type(const QString &text)
{
    if (m_section.isEmpty() || text == m_text)
        return;
    m_text = text;
    if (!m_holdAsked && !m_isBarred)
        hold(false);
    if (!m_keep.isActive())
        m_keep.start();
    if (m_standing == Standing::Beside || m_isBarred)
        return;
    if (!m_save.isActive())
        m_save.start(kSaveMs);
    if (m_standing != Standing::Saving)
        become(isTyped() ? Standing::Typed : Standing::Recorded);
}

void SectionDraft::keep()
{
    m_keep.stop();
    keepFor(key(), isTyped() || m_standing == Standing::Beside ? m_text : QString());
}

void SectionDraft::hold(bool over)
{
    m_holdAsked = true;
    QJsonObject arguments{{QStringLiteral("incident"), m_incident}, {QStringLiteral("section"), m_section}};
    if (over)
        arguments.insert(QStringLiteral("over"), true);
    m_source.command(QStringLiteral("review.hold"), arguments, [self = QPointer(this), opened = m_opened](bool done, const QString &sentence, const QJsonObject &) {
        if (!self || opened != self->m_opened || done)
            return;
        self->m_holdAsked = false;
        self->m_isBarred = true;
        self->m_save.stop(); // a text of who has it not is put beside the section: not every few seconds
        self->become(Standing::Refused, sentence);
    });
}

void SectionDraft::takeOver()
{
    m_isBarred = false;
    hold(true);
    if (m_isBarred || m_standing == Standing::Beside)
        return;
    become(isTyped() ? Standing::Typed : Standing::Recorded);
    if (isTyped())
        m_save.start(kSaveMs);
}

void SectionDraft::save()
{
    m_save.stop();
    if ((isTyped() || m_settles != 0) && !m_isSent && !m_isBarred && m_standing != Standing::Beside)
        write(true, false);
}

void SectionDraft::finish()
{
    m_save.stop();
    const bool isDraft = !m_shown.revisions.empty() && m_shown.revisions.back()->draft;
    if (m_standing == Standing::Beside)
        return become(Standing::Beside, tr("Put both together first: the record says something else than your words were written over."));
    if (m_isSent)
        return m_save.start(kKeepMs);
    if (isTyped() || isDraft)
        write(false, false);
}

void SectionDraft::write(bool draft, bool release)
{
    QJsonObject arguments{{QStringLiteral("incident"), m_incident}, {QStringLiteral("section"), m_section}, {QStringLiteral("text"), m_text}, {QStringLiteral("base"), static_cast<qint64>(m_base)},
                          {QStringLiteral("editor"), m_window}};
    if (draft)
        arguments.insert(QStringLiteral("draft"), true);
    if (release)
        arguments.insert(QStringLiteral("release"), true);
    if (m_settles != 0)
        arguments.insert(QStringLiteral("settles"), static_cast<qint64>(m_settles));
    m_sent = m_text;
    m_isSent = m_awaits = true;
    m_written = 0;
    become(m_standing == Standing::Beside ? Standing::Beside : Standing::Saving, m_sentence);
    m_source.command(QStringLiteral("review.write"), arguments, [self = QPointer(this), left = Left{m_incident, m_section, m_opened}, sent = m_text](bool done, const QString &sentence, const QJsonObject &result) {
        if (!self)
            return;
        if (left.opened != self->m_opened)
            return self->answeredLate(left, sent, done, result);
        self->m_awaits = false;
        if (done) { // until the view has it, it is on its way
            self->m_written = revisionNamed(result.value(QLatin1String("id")).toString());
            if (self->m_isKnown)
                self->show(view::ReviewSection(self->m_shown)); // which may have come before this
            return;
        }
        self->m_isSent = false;
        self->m_save.start(kAgainMs);
        self->keep();
        self->become(Standing::Refused, sentence);
    });
}

/// The record has what was sent.
void SectionDraft::settle()
{
    m_isSent = false;
    if (isTyped()) {
        m_save.start(kSaveMs);
        return become(Standing::Typed);
    }
    m_keep.stop();
    keepFor(key(), {});
    become(Standing::Recorded);
}

void SectionDraft::putTogether()
{
    if (m_standing != Standing::Beside)
        return;
    const view::RevisionText *aside = myAside();
    m_settles = aside != nullptr ? aside->number : 0;
    m_base = m_shown.revision();
    m_over = m_shown.text();
    m_text = together(m_over, aside != nullptr && aside->number != m_written && aside->text != m_text ? together(aside->text, m_text) : m_text);
    m_isSent = false;
    Q_EMIT textChanged(m_text);
    if (!m_holdAsked)
        hold(false);
    become(isTyped() ? Standing::Typed : Standing::Recorded, tr("Both texts are together now: read it through."));
    keep();
    if (isTyped() || m_settles != 0)
        m_save.start(kSaveMs);
}

void SectionDraft::leaveMine()
{
    if (m_standing != Standing::Beside)
        return;
    const view::RevisionText *aside = myAside();
    m_settles = aside != nullptr ? aside->number : 0;
    m_base = m_shown.revision();
    m_text = m_over = m_shown.text();
    m_isSent = false;
    keepFor(key(), {});
    Q_EMIT textChanged(m_text);
    become(Standing::Recorded);
    if (m_settles != 0)
        save();
}

} // namespace qd::review
