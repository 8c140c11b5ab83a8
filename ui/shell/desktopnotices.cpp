// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/desktopnotices.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSystemTrayIcon>
#include <QTimer>
#include <QWidget>
#include <cmath>

namespace qd::shell {

namespace {

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
constexpr int kAnswerMs = 3000;      ///< how long the desktop's daemon may take
constexpr int kPlayerMs = 5000;      ///< how long a sound may take
constexpr int kUrgent = 2, kNormal = 1;
constexpr int kRate = 8000;          ///< samples a second
constexpr qsizetype kKept = 200;     ///< notices whose incident is remembered
const char *const kPlayers[] = {"/usr/bin/pw-play", "/usr/bin/paplay", "/usr/bin/aplay"};

void number(QByteArray &out, quint32 value, int bytes)
{
    for (int n = 0; n < bytes; ++n)
        out.append(static_cast<char>(value >> (8 * n) & 0xff));
}

} // namespace

DesktopNotices::DesktopNotices(QWidget &window, QObject *parent)
    : QObject(parent)
    , m_window(window)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(kService, kPath, kService, QStringLiteral("ActionInvoked"), this, SLOT(onAction(uint, QString)));
    bus.connect(kService, kPath, kService, QStringLiteral("NotificationClosed"), this, SLOT(onClosed(uint, uint)));
}

DesktopNotices::~DesktopNotices() = default;

void DesktopNotices::post(const Notice &notice)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return fallBack(notice);
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kService, QStringLiteral("Notify"));
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(static_cast<uchar>(notice.grave ? kUrgent : kNormal))},
                            {QStringLiteral("desktop-entry"), QStringLiteral("io.quarterdeck.Quarterdeck")}};
    call << QStringLiteral("Quarterdeck") << 0u << QStringLiteral("quarterdeck") << notice.summary << notice.body.toHtmlEscaped()
         << QStringList{QStringLiteral("default"), tr("Show")} << hints << (notice.grave ? 0 : -1);
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call, kAnswerMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, notice] {
        const QDBusPendingReply<uint> reply = *watcher;
        watcher->deleteLater();
        if (!reply.isValid())
            return fallBack(notice);
        if (m_incidents.size() >= kKept)
            m_incidents.clear();
        m_incidents.insert(reply.value(), notice.incident);
    });
}

void DesktopNotices::fallBack(const Notice &notice)
{
    QApplication::alert(&m_window);
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        return;
    if (m_tray == nullptr) {
        m_tray = new QSystemTrayIcon(m_window.windowIcon(), this);
        connect(m_tray, &QSystemTrayIcon::messageClicked, this, [this] {
            if (chosen)
                chosen(m_trayIncident);
        });
        m_tray->show();
    }
    m_trayIncident = notice.incident;
    m_tray->showMessage(notice.summary, notice.body, notice.grave ? QSystemTrayIcon::Critical : QSystemTrayIcon::Warning);
}

void DesktopNotices::onAction(uint id, const QString &action)
{
    Q_UNUSED(action)
    const auto it = m_incidents.constFind(id); // other programs' notices have other numbers
    if (it != m_incidents.constEnd() && chosen)
        chosen(*it);
}

void DesktopNotices::onClosed(uint id, uint reason)
{
    Q_UNUSED(reason)
    m_incidents.remove(id);
}

DesktopSound::DesktopSound(QObject *parent)
    : QObject(parent)
{
    for (const bool grave : {false, true}) {
        QFile file(m_folder.filePath(grave ? QStringLiteral("grave.wav") : QStringLiteral("notice.wav")));
        if (m_folder.isValid() && file.open(QIODevice::WriteOnly))
            file.write(wave(grave));
    }
}

QString DesktopSound::player()
{
    for (const char *program : kPlayers)
        if (QFileInfo(QString::fromLatin1(program)).isExecutable())
            return QString::fromLatin1(program);
    return {};
}

void DesktopSound::play(bool grave)
{
    const QString file = m_folder.filePath(grave ? QStringLiteral("grave.wav") : QStringLiteral("notice.wav"));
    const QString program = player();
    if (program.isEmpty() || !QFileInfo::exists(file))
        return QApplication::beep();
    auto *process = new QProcess(this);
    process->setStandardOutputFile(QProcess::nullDevice());
    process->setStandardErrorFile(QProcess::nullDevice());
    connect(process, &QProcess::errorOccurred, process, [process](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            QApplication::beep();
            process->deleteLater();
        }
    });
    connect(process, qOverload<int, QProcess::ExitStatus>(&QProcess::finished), process, [process](int code, QProcess::ExitStatus) {
        if (code != 0)
            QApplication::beep(); // there is a player, but nothing to play on
        process->deleteLater();
    });
    QTimer::singleShot(kPlayerMs, process, [process] { process->kill(); });
    process->start(program, {file}, QIODevice::NotOpen);
}

QByteArray DesktopSound::wave(bool grave)
{
    constexpr double kTwoPi = 6.283185307179586;
    QByteArray samples;
    for (int round = 0; round < (grave ? 3 : 1); ++round)
        for (const auto &[pitch, millis] : {std::pair{660, 160}, {880, 220}, {0, 160}}) {
            const int count = kRate * millis / 1000;
            for (int n = 0; n < count; ++n) {
                // Faded at both ends, so that it does not click.
                const double fade = std::min({1.0, n / 80.0, (count - n) / 80.0});
                samples.append(static_cast<char>(static_cast<quint8>(std::lround(128 + (pitch == 0 ? 0 : 70 * fade * std::sin(kTwoPi * pitch * n / kRate))))));
            }
        }
    if (samples.size() % 2 != 0)
        samples.append(static_cast<char>(static_cast<quint8>(128)));
    QByteArray out("RIFF");
    number(out, static_cast<quint32>(36 + samples.size()), 4);
    out.append("WAVEfmt ");
    number(out, 16, 4);    // bytes of the format
    number(out, 1, 2);     // PCM
    number(out, 1, 2);     // mono
    number(out, kRate, 4);
    number(out, kRate, 4); // bytes a second
    number(out, 1, 2);     // bytes a sample
    number(out, 8, 2);     // bits a sample
    out.append("data");
    number(out, static_cast<quint32>(samples.size()), 4);
    return out + samples;
}

} // namespace qd::shell
