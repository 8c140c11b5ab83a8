// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/publishdialog.h"

#include "ui/review/exporting.h"
#include "ui/review/reviewdialogs.h"
#include "ui/review/sidebyside.h"
#include "ui/review/trendspanel.h"
#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QPointer>
#include <QSaveFile>
#include <QStandardPaths>
#include <QThreadPool>
#include <QVBoxLayout>

namespace qd::review {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {

constexpr QSize kPublishSize{1100, 700};

bool isPaper(const QString &format)
{
    return format == QLatin1String("pdf") || format == QLatin1String("odt");
}

} // namespace

PublishDialog::PublishDialog(view::ViewSource &source, const style::Theme &theme, const QString &incident, QWidget *parent)
    : QDialog(parent)
    , m_source(source)
    , m_theme(theme)
    , m_incident(incident)
    , m_sides(new SideBySide(theme, this))
    , m_format(new QComboBox(this))
    , m_said(new PlainLabel(theme, Type::Body, Tone::Secondary, this))
{
    setWindowTitle(tr("%1: as it is read, inside and outside").arg(incident));
    setObjectName(QStringLiteral("review.publish"));
    resize(kPublishSize);
    for (const char *format : {"pdf", "odt", "html", "md", "txt"})
        m_format->addItem(QLatin1String(format));
    m_format->setAccessibleName(tr("Published as"));
    auto *as = new PlainLabel(theme, Type::Small, Tone::Secondary, this);
    as->setPlain(tr("as"));
    m_said->setWordWrap(true);
    auto *below = new QHBoxLayout;
    below->addWidget(m_said, 1);
    below->addWidget(as);
    below->addWidget(m_format);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_sides, 1);
    column->addLayout(below);
    connect(m_sides, &SideBySide::renditionAsked, this, &PublishDialog::ask);
    connect(m_sides, &SideBySide::allowAsked, this, &PublishDialog::allow);
    connect(m_sides, &SideBySide::publishAsked, this, &PublishDialog::publish);
    ask(QStringLiteral("internal"));
    ask(m_sides->audience());
}

QString PublishDialog::said() const
{
    return m_said->plain();
}

void PublishDialog::say(const QString &sentence)
{
    m_said->setPlain(sentence);
}

void PublishDialog::ask(const QString &audience)
{
    m_source.command(QStringLiteral("review.rendition"), {{QStringLiteral("incident"), m_incident}, {QStringLiteral("audience"), audience}, {QStringLiteral("format"), QStringLiteral("txt")}},
                     [self = QPointer(this), audience](bool done, const QString &sentence, const QJsonObject &result) {
                         if (!self)
                             return;
                         if (!done)
                             self->m_sides->showProblem(sentence);
                         else if (audience == QLatin1String("internal"))
                             self->m_sides->showInside(result);
                         else
                             self->m_sides->showOutside(result);
                     });
}

void PublishDialog::allow(const QString &words)
{
    auto *dialog = new WordsDialog(m_theme, tr("Allow “%1” in what is published").arg(words), tr("Allow"), tr("Why"), QStringLiteral("reason"),
                                   {{QStringLiteral("incident"), m_incident}, {QStringLiteral("words"), words}}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &WordsDialog::submitted, this, [this, dialog = QPointer(dialog)] {
        m_source.command(QStringLiteral("review.allow"), dialog->arguments(), [self = QPointer(this), dialog](bool done, const QString &sentence, const QJsonObject &) {
            if (dialog && done)
                dialog->accept();
            else if (dialog)
                dialog->refuse(sentence);
            if (self && done)
                self->ask(self->m_sides->audience());
        });
    });
    dialog->open();
}

void PublishDialog::publish(const QString &audience)
{
    const QString format = m_format->currentText();
    say(tr("It is being written…"));
    m_source.command(QStringLiteral("review.rendition"),
                     {{QStringLiteral("incident"), m_incident}, {QStringLiteral("audience"), audience}, {QStringLiteral("format"), isPaper(format) ? QStringLiteral("html") : format}},
                     [self = QPointer(this), audience, format](bool done, const QString &sentence, const QJsonObject &result) {
                         if (!self)
                             return;
                         if (done && result.value(QLatin1String("leaks")).toArray().isEmpty())
                             return self->write(audience, format, result);
                         self->say(done ? tr("The leak check stops at something new; nothing was published.") : sentence);
                         if (done)
                             self->ask(audience);
                     });
}

void PublishDialog::write(const QString &audience, const QString &format, const QJsonObject &rendition)
{
    const QString text = rendition.value(QLatin1String("text")).toString(), title = rendition.value(QLatin1String("title")).toString();
    const QString name = m_incident + QLatin1String("-review-") + QString(audience).replace(QLatin1Char('/'), QLatin1Char('-')) + QLatin1Char('.') + format;
    // Neither fonts nor the disk are waited for here.
    QThreadPool::globalInstance()->start([self = QPointer(this), audience, format, text, title, name] {
        const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
        const QString path = folder.filePath(name);
        const QByteArray bytes = isPaper(format) ? writtenAs(format == QLatin1String("pdf") ? PaperFormat::Pdf : PaperFormat::Odt, text, title) : text.toUtf8();
        folder.mkpath(QStringLiteral("."));
        QSaveFile file(path);
        const bool isWritten = !bytes.isEmpty() && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
        const QString why = isWritten ? QString() : file.errorString();
        const QString digest = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
        QMetaObject::invokeMethod(qApp, [self, audience, format, path, why, digest] {
            if (self && why.isEmpty())
                self->record(audience, format, path, digest);
            else if (self)
                self->say(tr("%1 could not be written: %2").arg(path, why));
        });
    });
}

void PublishDialog::record(const QString &audience, const QString &format, const QString &path, const QString &digest)
{
    m_source.command(QStringLiteral("review.published"),
                     {{QStringLiteral("incident"), m_incident}, {QStringLiteral("audience"), audience}, {QStringLiteral("format"), format}, {QStringLiteral("where"), QFileInfo(path).fileName()},
                      {QStringLiteral("digest"), digest}},
                     [self = QPointer(this), path](bool done, const QString &sentence, const QJsonObject &) {
                         if (!done) // what is not in the record was not published
                             QThreadPool::globalInstance()->start([path] { QFile::remove(path); });
                         if (self)
                             self->say(done ? tr("The review is %1").arg(path) : sentence);
                     });
}

TrendsDialog::TrendsDialog(view::ViewSource &source, const style::Theme &theme, QWidget *parent) : QDialog(parent), m_panel(new TrendsPanel(theme, this))
{
    setWindowTitle(tr("What reviews say together"));
    setObjectName(QStringLiteral("review.trends"));
    resize(kPublishSize);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_panel, 1);
    static const char *const kLists[] = {"trends", "effects", "patterns"};
    for (int n = 0; n < 3; ++n)
        source.command(QStringLiteral("get"), {{QStringLiteral("what"), QLatin1String(kLists[n])}}, [self = QPointer(this), n](bool done, const QString &, const QJsonObject &result) {
            if (!self || !done)
                return;
            self->m_lists[n] = result.value(QLatin1String("items")).toArray();
            self->m_panel->show(trendsOf(self->m_lists[0], self->m_lists[1], self->m_lists[2]));
        });
}

} // namespace qd::review
