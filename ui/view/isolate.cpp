// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/isolate.h"

namespace qd::view {

namespace {

constexpr QChar kIsolate(0x2068), kEnd(0x2069);
constexpr char16_t kFirst = 0x0590; ///< before it no script is written from right to left

bool isRightToLeft(const QString &text)
{
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text[at].unicode() < kFirst)
            continue;
        char32_t c = text[at].unicode();
        if (text[at].isHighSurrogate() && at + 1 < text.size())
            c = QChar::surrogateToUcs4(text[at], text[at + 1]);
        const QChar::Direction direction = QChar::direction(c);
        if (direction == QChar::DirR || direction == QChar::DirAL)
            return true;
    }
    return false;
}

} // namespace

QString isolated(QString text)
{
    return isRightToLeft(text) ? kIsolate + text + kEnd : text;
}

QString plain(QString text)
{
    return text.remove(kIsolate).remove(kEnd);
}

std::string bytes(const QString &text)
{
    return plain(text).toStdString();
}

} // namespace qd::view
