// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/publishdialog.h"

#include "core/model/connection.h"
#include "core/review/pagemessage.h"
#include "ui/review/exporting.h"
#include "ui/review/registered.h"
#include "ui/review/reviewdialogs.h"
#include "ui/review/sidebyside.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/plaintext.h"

#include <QAction>
#include <QComboBox>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QPointer>
#include <QStandardPaths>
#include <QThreadPool>
#include <QVBoxLayout>
#include <utility>

namespace qd::review {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {

constexpr QSize kPublishSize{1100, 700};
constexpr QLatin1String kAtLibrary("at:"), kForPage("page:");

bool isPaper(const QString &format)
{
    return format == QLatin1String("pdf") || format == QLatin1String("odt");
}

/// A new file with these bytes: the path it has, and why it could not be written. What is there already stays as it is, and the new one is numbered: it may have been
/// published, and sent to somebody since.
std::pair<QString, QString> writtenAnew(const QDir &folder, const QString &name, const QString &end, const QByteArray &bytes)
{
    constexpr int kMostOfAName = 1000;
    folder.mkpath(QStringLiteral("."));
    QString path = folder.filePath(name + end);
    if (bytes.isEmpty())
        return {path, PublishDialog::tr("nothing could be made of it")};
    for (int n = 1; n <= kMostOfAName; ++n) {
        path = folder.filePath(n == 1 ? name + end : QStringLiteral("%1-%2%3").arg(name).arg(n).arg(end));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
            if (QFileInfo(path).isSymLink() || file.exists())
                continue;
            return {path, file.errorString()};
        }
        if (file.write(bytes) == bytes.size() && file.flush())
            return {path, {}};
        const QString why = file.errorString();
        file.remove();
        return {path, why};
    }
    return {path, PublishDialog::tr("there are %1 files of this name").arg(kMostOfAName)};
}

} // namespace

PublishDialog::PublishDialog(view::ViewSource &source, const style::Theme &theme, const QString &incident, QWidget *parent)
    : QDialog(parent)
    , m_source(source)
    , m_theme(theme)
    , m_incident(incident)
    , m_sides(new SideBySide(theme, this))
    , m_where(new QComboBox(this))
    , m_format(new QComboBox(this))
    , m_said(new PlainLabel(theme, Type::Body, Tone::Secondary, this))
{
    setWindowTitle(tr("%1: as it is read, inside and outside").arg(incident));
    setObjectName(QStringLiteral("review.publish"));
    resize(kPublishSize);
    for (const char *format : {"pdf", "odt", "html", "md", "txt"})
        m_format->addItem(QLatin1String(format));
    m_format->setAccessibleName(tr("Published as"));
    m_where->addItem(tr("a file"), QString());
    for (const view::Feed &feed : source.current()->strip.feeds)
        if (isLibrary(feed.kind.toStdString()))
            m_where->addItem(feed.arming.contains(QLatin1String("publish")) ? tr("%1 (%2)").arg(feed.name, feed.kind) : tr("%1 (%2, observes only)").arg(feed.name, feed.kind), QString(kAtLibrary + feed.name));
    m_where->setAccessibleName(tr("Where it is published"));
    auto *as = new PlainLabel(theme, Type::Small, Tone::Secondary, this);
    as->setPlain(tr("as"));
    m_said->setWordWrap(true);
    auto *below = new QHBoxLayout;
    below->addWidget(m_said, 1);
    below->addWidget(m_where);
    below->addWidget(as);
    below->addWidget(m_format);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_sides, 1);
    column->addLayout(below);
    auto *keys = new widgets::KeyHints(theme, this);
    keys->add(QStringLiteral("Ctrl+R"), tr("one section as it is typed, without what is marked"));
    keys->add(QStringLiteral("Esc"), tr("close"));
    column->addWidget(keys);
    auto *sections = new QAction(tr("Review: one section as it is typed, without what is marked"), this);
    sections->setObjectName(QStringLiteral("review.publish.sections"));
    sections->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    addAction(sections);
    connect(sections, &QAction::triggered, this, [this] {
        Q_EMIT sectionsAsked();
        accept();
    });
    connect(m_sides, &SideBySide::renditionAsked, this, &PublishDialog::ask);
    connect(m_sides, &SideBySide::allowAsked, this, &PublishDialog::allow);
    connect(m_sides, &SideBySide::publishAsked, this, &PublishDialog::publish);
    connect(m_where, &QComboBox::currentIndexChanged, this, [this, as] { // a page has a form of its own
        const bool isFile = m_where->currentData().toString().isEmpty();
        m_format->setVisible(isFile);
        as->setVisible(isFile);
    });
    if (const auto view = source.current(); view->review && view->review->incident == incident)
        m_sides->setAudiences(view->review->audiences);
    askInside();
    ask(m_sides->audience());
    addPages();
    askPublished();
}

void PublishDialog::askPublished()
{
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("library")}, {QStringLiteral("incident"), m_incident}}, [self = QPointer(this)](bool done, const QString &, const QJsonObject &result) {
        if (!self || !done || !self->said().isEmpty()) // something else is said by now
            return;
        if (const QString outdated = outdatedWords(result.value(QLatin1String("items")).toArray(), self->m_incident); !outdated.isEmpty())
            self->say(outdated);
    });
}

void PublishDialog::addPages()
{
    m_source.command(QStringLiteral("get"), {{QStringLiteral("what"), QStringLiteral("pages")}}, [self = QPointer(this)](bool done, const QString &, const QJsonObject &result) {
        if (!self || !done)
            return; // nothing is published there, then
        for (const QJsonValue &item : result.value(QLatin1String("items")).toArray())
            if (const QString id = item.toObject().value(QLatin1String("id")).toString(); !id.isEmpty())
                self->m_where->addItem(tr("status page %1").arg(id), QString(kForPage + id));
    });
}

void PublishDialog::publishAt(const QString &connection, const QString &audience)
{
    say(tr("It is being published…"));
    m_source.command(QStringLiteral("review.publish"), {{QStringLiteral("incident"), m_incident}, {QStringLiteral("audience"), audience}, {QStringLiteral("connection"), connection}},
                     [self = QPointer(this), connection, audience](bool done, const QString &sentence, const QJsonObject &) {
                         if (!self)
                             return;
                         self->say(done ? tr("It is on its way to %1. Once it is there, it stands in what was published.").arg(connection) : sentence);
                         if (!done)
                             self->ask(audience); // what leaks now is shown
                     });
}

void PublishDialog::draftFor(const QString &page, const QString &audience, bool isOneSection)
{
    say(tr("It is being drafted…"));
    const QString section = isOneSection ? QString::fromUtf8(review::kPageSection.data(), static_cast<qsizetype>(review::kPageSection.size())) : QString();
    m_source.command(QStringLiteral("review.rendition"),
                     {{QStringLiteral("incident"), m_incident}, {QStringLiteral("audience"), audience}, {QStringLiteral("format"), QStringLiteral("txt")}, {QStringLiteral("section"), section}},
                     [self = QPointer(this), page, audience, isOneSection](bool done, const QString &sentence, const QJsonObject &result) {
                         if (!self)
                             return;
                         if (!done)
                             return self->say(sentence);
                         if (isOneSection && result.value(QLatin1String("empty")).toBool())
                             return self->draftFor(page, audience, false);
                         if (!result.value(QLatin1String("leaks")).toArray().isEmpty()) {
                             self->say(tr("The leak check stops at something new; nothing was published."));
                             return self->ask(audience);
                         }
                         const auto message = review::pageMessageOf(result.value(QLatin1String("title")).toString().toStdString(), result.value(QLatin1String("text")).toString().toStdString(), isOneSection);
                         if (!message)
                             return self->say(QString::fromStdString(message.error().message));
                         self->m_source.command(QStringLiteral("message.draft"),
                                                {{QStringLiteral("incident"), self->m_incident}, {QStringLiteral("title"), QString::fromStdString(message->title)}, {QStringLiteral("text"), QString::fromStdString(message->text)},
                                                 {QStringLiteral("audience"), audience}, {QStringLiteral("to"), QJsonArray{QString(kForPage + page)}}},
                                                [self, page](bool drafted, const QString &why, const QJsonObject &) {
                                                    if (self)
                                                        self->say(drafted ? tr("It is drafted as a message for the status page %1: it is approved and released there as every other.").arg(page) : why);
                                                });
                     });
}

QString PublishDialog::said() const
{
    return m_said->plain();
}

void PublishDialog::say(const QString &sentence)
{
    m_said->setPlain(sentence);
}

void PublishDialog::askInside()
{
    render(QStringLiteral("internal"), &SideBySide::showInside);
}

void PublishDialog::ask(const QString &audience)
{
    render(audience, &SideBySide::showOutside);
}

void PublishDialog::render(const QString &audience, void (SideBySide::*show)(const QJsonObject &))
{
    m_source.command(QStringLiteral("review.rendition"), {{QStringLiteral("incident"), m_incident}, {QStringLiteral("audience"), audience}, {QStringLiteral("format"), QStringLiteral("txt")}},
                     [self = QPointer(this), show](bool done, const QString &sentence, const QJsonObject &result) {
                         if (!self)
                             return;
                         if (done)
                             (self->m_sides->*show)(result);
                         else
                             self->m_sides->showProblem(sentence);
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
    const QString where = m_where->currentData().toString();
    if (where.startsWith(kAtLibrary))
        return publishAt(where.mid(kAtLibrary.size()), audience);
    if (where.startsWith(kForPage))
        return draftFor(where.mid(kForPage.size()), audience, true);
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
    const QString name = m_incident + QLatin1String("-review-") + QString(audience).replace(QLatin1Char('/'), QLatin1Char('-'));
    const QString source = isPaper(format) ? rendition.value(QLatin1String("digest")).toString() : QString(); // of the page it is made from
    // Neither fonts nor the disk are waited for here.
    QThreadPool::globalInstance()->start([self = QPointer(this), audience, format, text, title, name, source] {
        const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
        const QByteArray bytes = isPaper(format) ? writtenAs(format == QLatin1String("pdf") ? PaperFormat::Pdf : PaperFormat::Odt, text, title) : text.toUtf8();
        const auto [path, why] = writtenAnew(folder, name, QLatin1Char('.') + format, bytes);
        const QString digest = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
        QMetaObject::invokeMethod(qApp, [self, audience, format, path = path, why = why, digest, source] {
            if (self && why.isEmpty())
                self->record(audience, format, path, digest, source);
            else if (self)
                self->say(tr("%1 could not be written: %2").arg(path, why));
        });
    });
}

void PublishDialog::record(const QString &audience, const QString &format, const QString &path, const QString &digest, const QString &source)
{
    m_source.command(QStringLiteral("review.published"),
                     {{QStringLiteral("incident"), m_incident}, {QStringLiteral("audience"), audience}, {QStringLiteral("format"), format}, {QStringLiteral("where"), QFileInfo(path).fileName()},
                      {QStringLiteral("digest"), digest}, {QStringLiteral("source"), source}},
                     [self = QPointer(this), path](bool done, const QString &sentence, const QJsonObject &) {
                         if (!done) // what is not in the record was not published
                             QThreadPool::globalInstance()->start([path] { QFile::remove(path); });
                         if (self)
                             self->say(done ? tr("The review is %1").arg(path) : sentence);
                     });
}

} // namespace qd::review
