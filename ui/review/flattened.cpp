// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/flattened.h"

#include <QHash>
#include <algorithm>
#include <initializer_list>
#include <optional>
#include <vector>

namespace qd::review {

namespace {

bool isOneOf(const QString &name, std::initializer_list<const char *> names)
{
    return std::any_of(names.begin(), names.end(), [&](const char *each) { return name == QLatin1String(each); });
}

bool isEmptyElement(const QString &name)
{
    return isOneOf(name, {"br", "hr", "img", "input", "link", "meta", "col", "base", "area", "wbr"});
}

bool isOfTable(const QString &name)
{
    return isOneOf(name, {"tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup"});
}

bool isIndented(const QString &name)
{
    return isOneOf(name, {"ul", "ol", "dl", "blockquote", "dir", "menu"});
}

bool standsInALine(const QString &name)
{
    return isOneOf(name, {"a", "b", "strong", "i", "em", "u", "s", "code", "small", "big", "sub", "sup", "span", "font", "tt", "tbody", "thead", "tfoot"});
}

struct Tag {
    QString name;
    qsizetype end = 0; ///< behind it
    bool closes = false;
};

bool isLetter(QChar c)
{
    return (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || (c >= QLatin1Char('A') && c <= QLatin1Char('Z'));
}

/// The whole tag that begins here: no other begins or ends in what it says, so nobody reads it otherwise. No other "<" is looked at.
std::optional<Tag> tagAt(const QString &html, qsizetype at)
{
    constexpr qsizetype kNameLetters = 16;
    const auto is = [&](char c) { return at < html.size() && html[at] == QLatin1Char(c); };
    const auto isBlank = [&] { return at < html.size() && html[at].isSpace(); };
    Tag tag;
    ++at;
    if (is('/')) {
        tag.closes = true;
        ++at;
    }
    const qsizetype begin = at;
    while (at < html.size() && (isLetter(html[at]) || (at > begin && html[at].isDigit())))
        ++at;
    if (at == begin || at - begin > kNameLetters)
        return {};
    tag.name = html.mid(begin, at - begin).toLower();
    while (at < html.size()) {
        const bool wasBlank = isBlank();
        while (isBlank())
            ++at;
        if (is('/'))
            ++at;
        if (is('>')) {
            tag.end = at + 1;
            return tag;
        }
        const qsizetype name = at;
        while (at < html.size() && (isLetter(html[at]) || html[at] == QLatin1Char('-')))
            ++at;
        if (at == name || !wasBlank)
            return {};
        if (!is('='))
            continue;
        ++at;
        const QChar quote = is('"') || is('\'') ? html[at++] : QChar();
        while (at < html.size() && !is('<') && !is('>') && (quote.isNull() ? !isBlank() && !is('"') && !is('\'') && !is('=') : html[at] != quote))
            ++at;
        if (quote.isNull())
            continue;
        if (at >= html.size() || html[at] != quote)
            return {};
        ++at;
    }
    return {};
}

/// Behind where it stands next, from `at`; the end where it stands no more.
qsizetype behind(const QString &html, QLatin1String what, qsizetype at)
{
    const qsizetype found = at < 0 ? -1 : html.indexOf(what, at);
    return found < 0 ? html.size() : found + what.size();
}

/// Keeps account of what is open as Qt's reader will.
class Flattening {
public:
    void text(QStringView words) { m_out += words; }
    void openTag(const QString &name, QStringView tag)
    {
        if (isEmptyElement(name)) {
            m_out += tag;
            return;
        }
        if (!m_open.empty() && m_open.back().name == name && isOneOf(name, {"p", "li", "td", "th", "tr"}))
            closeTag(name); // as a browser closes it
        const bool isTable = name == QLatin1String("table");
        const bool fits = m_kept < kDeepestElements && (!isIndented(name) || m_indents < kDeepestIndents) && (!isTable || m_tables.size() < kDeepestTables) && (!isOfTable(name) || (!m_tables.empty() && m_droppedTables == 0));
        m_open.push_back({name, fits});
        ++m_names[name];
        if (isTable && fits)
            m_tables.push_back(m_open.size());
        else if (isTable)
            ++m_droppedTables;
        if (fits) {
            ++m_kept;
            m_indents += isIndented(name) ? 1 : 0;
            m_out += tag;
        } else {
            apart(name);
        }
    }
    void closeTag(const QString &name)
    {
        if (m_names.value(name) == 0)
            return; // nothing it closes
        while (true) {
            const Element last = m_open.back();
            if (last.name == QLatin1String("table") && !last.isKept)
                --m_droppedTables;
            else if (last.name == QLatin1String("table"))
                m_tables.pop_back();
            m_open.pop_back();
            --m_names[last.name];
            if (last.isKept) {
                --m_kept;
                m_indents -= isIndented(last.name) ? 1 : 0;
                m_out += QLatin1String("</") + last.name + QLatin1Char('>');
            } else {
                apart(last.name);
            }
            if (last.name == name)
                return;
        }
    }
    [[nodiscard]] QString out()
    {
        while (!m_open.empty())
            closeTag(QString(m_open.back().name));
        return std::move(m_out);
    }

private:
    struct Element {
        QString name;
        bool isKept = true;
    };
    /// What stood in two cells or lines is not run together.
    void apart(const QString &name)
    {
        const bool isCell = isOneOf(name, {"td", "th"}), isNewLine = m_out.endsWith(QLatin1String("<br/>"));
        if (isCell && !isNewLine && !m_out.endsWith(QLatin1Char(' ')))
            m_out += QLatin1Char(' ');
        else if (!isCell && !standsInALine(name) && !isNewLine)
            m_out += QLatin1String("<br/>");
    }

    std::vector<Element> m_open;
    std::vector<std::size_t> m_tables; ///< those that are kept
    QHash<QString, int> m_names;       ///< of what is open
    int m_kept = 0, m_indents = 0, m_droppedTables = 0;
    QString m_out;
};

} // namespace

QString flattened(const QString &html)
{
    Flattening flat;
    for (qsizetype at = 0; at < html.size();) {
        const qsizetype next = html.indexOf(QLatin1Char('<'), at);
        flat.text(QStringView(html).mid(at, next < 0 ? -1 : next - at));
        if (next < 0)
            break;
        const QStringView rest = QStringView(html).mid(next);
        if (rest.startsWith(QLatin1String("<!")) || rest.startsWith(QLatin1String("<?"))) {
            at = behind(html, rest.startsWith(QLatin1String("<!--")) ? QLatin1String("-->") : QLatin1String(">"), next);
            continue;
        }
        const auto tag = tagAt(html, next);
        if (!tag) {
            flat.text(u"&lt;");
            at = next + 1;
            continue;
        }
        at = tag->end;
        if (isOneOf(tag->name, {"script", "style", "title"})) { // what is in one is read otherwise, and is no word of the page
            if (!tag->closes)
                at = behind(html, QLatin1String(">"), html.indexOf(QLatin1String("</") + tag->name, at, Qt::CaseInsensitive));
        } else if (tag->closes) {
            flat.closeTag(tag->name);
        } else {
            flat.openTag(tag->name, rest.left(tag->end - next));
        }
    }
    return flat.out();
}

} // namespace qd::review
