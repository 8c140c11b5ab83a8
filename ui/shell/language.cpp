// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

// A resource of a static library is linked in only when it is asked for; the macro wants the global namespace.
static void bringInLanguages()
{
    Q_INIT_RESOURCE(quarterdeck_languages);
}

namespace qd::shell {

void speak(const QLocale &locale)
{
    bringInLanguages();
    QCoreApplication *app = QCoreApplication::instance();
    // The one installed last is asked first: English stays behind for what is not yet translated.
    auto *english = new QTranslator(app);
    if (english->load(QStringLiteral(":/i18n/quarterdeck_en.qm")))
        QCoreApplication::installTranslator(english);
    if (locale.language() == QLocale::English || locale.language() == QLocale::C)
        return;
    auto *qt = new QTranslator(app);
    if (qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
    auto *ours = new QTranslator(app);
    if (ours->load(locale, QStringLiteral("quarterdeck"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(ours);
}

} // namespace qd::shell
