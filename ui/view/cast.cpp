// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/cast.h"

#include <QCoreApplication>
#include <QVarLengthArray>
#include <algorithm>

namespace qd::view {

namespace {

bool isOfWord(QChar c)
{
    return c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || c == QLatin1Char('_');
}

qsizetype wordEnd(const QString &text, qsizetype from)
{
    while (from < text.size() && isOfWord(text.at(from)))
        ++from;
    return from;
}

/// Joined to a word by a hyphen or a dot: "ana-db-1", "ana.example".
bool isJoined(const QString &text, qsizetype from, qsizetype to)
{
    const auto joins = [](QChar c) { return c == QLatin1Char('-') || c == QLatin1Char('.'); };
    return (from > 1 && joins(text.at(from - 1)) && isOfWord(text.at(from - 2))) || (to + 1 < text.size() && joins(text.at(to)) && isOfWord(text.at(to + 1)));
}

/// Letter by letter, so that it is as long as it was.
QString folded(QStringView words)
{
    QString out(words.size(), Qt::Uninitialized);
    std::transform(words.begin(), words.end(), out.begin(), [](QChar c) { return c.toCaseFolded(); });
    return out;
}

bool isFolded(QStringView said, QStringView words)
{
    return std::equal(said.begin(), said.end(), words.begin(), words.end(), [](QChar a, QChar b) { return a.toCaseFolded() == b.toCaseFolded(); });
}

/// A whole name, an address, an id: nothing else is written so, in whatever letters. One word that begins with a capital, as "Will" does, is something else in others.
bool isOneInAnyLetters(const QString &words, bool isWhole)
{
    return isWhole && (!words.front().isUpper() || wordEnd(words, 0) < words.size());
}

} // namespace

QString CastMember::label(Instant at) const
{
    for (const Held &held : roles)
        if (held.from <= at && (!held.until || at <= held.until))
            return held.role;
    return neutral;
}

Nameless::Nameless(std::shared_ptr<const Cast> cast, Whom whom)
    : m_cast(std::move(cast))
{
    if (m_cast == nullptr)
        return;
    for (std::size_t i = 0; i < m_cast->members.size(); ++i)
        if (whom == Whom::Everybody || !m_cast->members[i].known)
            for (const QString &name : m_cast->members[i].names)
                add(name, i, true);
    for (std::size_t i = 0; i < m_cast->members.size(); ++i)
        if (whom == Whom::Everybody || !m_cast->members[i].known)
            for (const QString &part : m_cast->members[i].parts)
                add(part, i, false);
    for (auto &[first, phrases] : m_byFirst)
        std::stable_sort(phrases.begin(), phrases.end(), [](const Phrase &a, const Phrase &b) { return a.words.size() > b.words.size(); });
}

void Nameless::add(const QString &words, std::size_t member, bool isWhole)
{
    if (words.isEmpty() || !isOfWord(words.front()))
        return;
    auto &phrases = m_byFirst[folded(QStringView(words).left(wordEnd(words, 0)))];
    const auto same = std::find_if(phrases.begin(), phrases.end(), [&](const Phrase &p) { return p.words == words; });
    if (same == phrases.end())
        phrases.push_back({words, member, isWhole, false});
    else if (!same->isWhole && same->member != member) // of a whole name it is whoever came first
        same->isShared = true;
}

/// Of phrases of one length the one that is written so; else one in other letters, and where that may be several people, none of them.
const Nameless::Phrase *Nameless::at(const QString &said, qsizetype from, qsizetype to) const
{
    QVarLengthArray<QChar, 32> first(to - from); // this is asked of every word there is
    std::transform(said.begin() + from, said.begin() + to, first.begin(), [](QChar c) { return c.toCaseFolded(); });
    const auto found = m_byFirst.find(QStringView(first.constData(), first.size()));
    if (found == m_byFirst.end())
        return nullptr;
    const bool isMention = from > 0 && said.at(from - 1) == QLatin1Char('@');
    const Phrase *best = nullptr, *shared = nullptr;
    for (const Phrase &phrase : found->second) {
        if (best && phrase.words.size() < best->words.size())
            break;
        const qsizetype end = from + phrase.words.size();
        const QStringView there = QStringView(said).mid(from, phrase.words.size());
        if (!isFolded(there, phrase.words) || (end < said.size() && isOfWord(phrase.words.back()) && isOfWord(said.at(end))))
            continue;
        if (phrase.words.size() == to - from && isJoined(said, from, to) && phrase.words.size() < said.size())
            continue;
        if (there == phrase.words)
            return &phrase;
        if (phrase.isShared)
            shared = &phrase;
        if (!best && (isMention || isOneInAnyLetters(phrase.words, phrase.isWhole)))
            best = &phrase;
    }
    return best && shared && shared->words.size() == best->words.size() ? shared : best;
}

QString Nameless::text(const QString &said, Instant at) const
{
    if (m_byFirst.empty())
        return said;
    QString out;
    qsizetype copied = 0;
    for (qsizetype i = 0; i < said.size();) {
        if (!isOfWord(said.at(i))) {
            ++i;
            continue;
        }
        const qsizetype end = wordEnd(said, i);
        if (const Phrase *phrase = this->at(said, i, end)) {
            out += QStringView(said).mid(copied, i - copied);
            out += phrase->isShared ? QCoreApplication::translate("qd::review::EvidenceModel", "somebody") : m_cast->members[phrase->member].label(at);
            copied = i += phrase->words.size();
        } else {
            i = end;
        }
    }
    if (copied == 0)
        return said;
    out += QStringView(said).mid(copied);
    return out;
}

} // namespace qd::view
