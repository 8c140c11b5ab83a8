// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/desktopnotices.h"
#include "ui/shell/language.h"
#include "ui/shell/topstrip.h"
#include "ui/widgets/parts.h"

#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QLocale>
#include <QProcess>
#include <QSignalSpy>

using namespace qd;
using namespace qd::shell;

namespace {

/// A desktop's notification daemon, on a bus of the test's own.
class Daemon final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown {
        QString summary, body;
        QStringList actions;
        QVariantMap hints;
        int timeout = 0;
    };
    std::vector<Shown> shown;

public Q_SLOTS:
    uint Notify(const QString &, uint, const QString &, const QString &summary, const QString &body, const QStringList &actions, const QVariantMap &hints, int timeout)
    {
        shown.push_back({summary, body, actions, hints, timeout});
        return static_cast<uint>(100 + shown.size());
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);
};

struct Board final : NoticeBoard {
    QStringList posted;
    void post(const Notice &notice) override { posted << notice.key; }
};

struct Sound final : NoticeSound {
    std::vector<bool> played;
    void play(bool grave) override { played.push_back(grave); }
};

view::ViewModel live()
{
    view::ViewModel v = test::quietScene();
    v.strip.link = view::CoreLink::Live;
    v.strip.practice = false;
    v.strip.flood = false;
    v.incidents.clear();
    v.calls.clear();
    return v;
}

view::Call call(const view::ViewModel &v, const QString &key, Span ago = seconds(1))
{
    return {key, QStringLiteral("INC-7"), QStringLiteral("Shop is <b>down</b>"), IncidentSeverity::Sev2, v.made - ago};
}

/// A notifier whose board and sound the test reads.
struct Scene {
    Notifier notifier;
    Board *board = new Board;
    Sound *sound = new Sound;
    Scene() { notifier.use(std::unique_ptr<NoticeBoard>(board), std::unique_ptr<NoticeSound>(sound)); }
};

} // namespace

class TestNotices : public QObject {
    Q_OBJECT
private:
    QProcess m_bus;
    Daemon m_daemon;
    style::Theme *m_theme = nullptr;
    test::WindowLook m_look;

private Q_SLOTS:
    void aDeputyWhoIsCalledOutIsToldEachTime()
    {
        view::ViewModel view;
        view.focus = QStringLiteral("INC-7");
        QVERIFY(noticesOf(view).empty());
        view.stack.leading.callOut = QStringLiteral("Ana, say where it stands: 20m since it was declared");
        view.stack.leading.calledOutAt = Instant{1};
        const auto first = noticesOf(view);
        QCOMPARE(first.size(), std::size_t(1));
        QCOMPARE(first[0].body, view.stack.leading.callOut);
        QCOMPARE(first[0].incident, QStringLiteral("INC-7"));
        view.stack.leading.calledOutAt = Instant{2};
        QVERIFY(noticesOf(view)[0].key != first[0].key);
    }

    void initTestCase()
    {
        speak(QLocale::c());
        m_theme = m_look.begin();
        QVERIFY(m_theme != nullptr);
        m_bus.start(QStringLiteral("/usr/bin/dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        QVERIFY2(m_bus.waitForStarted(), "dbus-daemon is missing: install the Debian package dbus");
        QVERIFY(m_bus.waitForReadyRead());
        const QByteArray address = m_bus.readLine().trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address); // before anybody asked for the session bus
        QDBusConnection daemon = QDBusConnection::connectToBus(QString::fromUtf8(address), QStringLiteral("daemon"));
        QVERIFY(daemon.isConnected());
        QVERIFY(daemon.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &m_daemon, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(daemon.registerService(QStringLiteral("org.freedesktop.Notifications")));
    }
    void cleanupTestCase()
    {
        QDBusConnection::disconnectFromBus(QStringLiteral("daemon"));
        m_bus.terminate();
        m_bus.waitForFinished();
    }

    void anOfferedShiftIsNoticedByWhomItIsOfferedTo()
    {
        view::ViewModel v = live();
        v.shifts = {{4, QStringLiteral("Ben"), QStringLiteral("Ana"), {}, QStringLiteral("quiet"), {}, v.made, true}, {5, QStringLiteral("Ana"), QStringLiteral("Eve"), {}, {}, {}, v.made, false}};
        const auto notices = noticesOf(v);
        QCOMPARE(notices.size(), std::size_t(1));
        QCOMPARE(notices[0].key, QStringLiteral("shift/4"));
        QVERIFY(notices[0].summary.contains(QStringLiteral("Ben offers you the shift")));
        QVERIFY(!notices[0].grave);
    }

    void commandThatIsOfferedOrTakenIsNoticedInEveryIncident()
    {
        view::ViewModel v = live();
        v.commandCalls = {{QStringLiteral("INC-7"), QStringLiteral("Ben"), QStringLiteral("you slept"), true, false, v.made, v.made + seconds(60)},
                          {QStringLiteral("INC-8"), QStringLiteral("Eve"), QStringLiteral("db is back"), false, true, v.made}};
        const auto notices = noticesOf(v);
        QCOMPARE(notices.size(), std::size_t(2));
        QCOMPARE(notices[0].summary, QStringLiteral("Ben takes command of INC-7"));
        QVERIFY(notices[0].grave && notices[0].incident == QLatin1String("INC-7"));
        QVERIFY2(notices[0].body.startsWith(QStringLiteral("you slept\nObject until ")), qPrintable(notices[0].body));
        QCOMPARE(notices[1].summary, QStringLiteral("DRILL: Eve offers you command of INC-8"));
        QVERIFY(!notices[1].grave);
        v.commandCalls[0].at = v.made + seconds(1); // once more is news
        QVERIFY(noticesOf(v)[0].key != notices[0].key);
    }

    void aPageSaysOfWhatItIsLikelyAConsequence()
    {
        view::ViewModel v = live();
        v.calls = {call(v, QStringLiteral("page/1/1/0"))};
        QVERIFY(!noticesOf(v)[0].body.contains(QStringLiteral("consequence")));
        v.calls[0].suspect = QStringLiteral("payments-db");
        QCOMPARE(noticesOf(v)[0].body, v.calls[0].about + QStringLiteral("\nlikely consequence of payments-db\nAnswer with A in the window, or: quarterdeckctl ack INC-7"));
    }

    void aCallWithoutAnIncidentSaysHowGraveTheAlertIsAndHowItIsAnswered()
    {
        view::ViewModel v = live();
        v.calls = {call(v, QStringLiteral("page/4/1/0"))};
        v.calls[0].incident.clear();
        v.calls[0].escalation = QStringLiteral("escalation/4");
        v.calls[0].alert = AlertSeverity::Critical;
        const auto notices = noticesOf(v);
        QCOMPARE(notices.size(), std::size_t(1));
        QCOMPARE(notices[0].summary, QStringLiteral("You are called: alert (critical), escalation/4"));
        QVERIFY2(notices[0].body.endsWith(QStringLiteral("quarterdeckctl ack escalation/4")), qPrintable(notices[0].body));
        QVERIFY(notices[0].grave && notices[0].incident.isEmpty());
        v.calls[0].alert = AlertSeverity::None;
        QCOMPARE(noticesOf(v)[0].summary, QStringLiteral("You are called: escalation/4"));
    }

    void aDrillsCallIsMarkedAndNoAlarm()
    {
        view::ViewModel v = live();
        v.calls = {call(v, QStringLiteral("page/1/1/0"))};
        v.calls[0].severity = IncidentSeverity::Sev1;
        QVERIFY(noticesOf(v)[0].grave);
        QVERIFY(noticesOf(v)[0].again == kSaidAgain);
        v.calls[0].drill = true;
        const Notice drill = noticesOf(v)[0];
        QCOMPARE(drill.summary, QStringLiteral("DRILL: You are called: SEV1 INC-7"));
        QVERIFY(!drill.grave);
        QVERIFY(drill.again == Span{});
    }

    void callsSev1AndFloodsAreNotices()
    {
        view::ViewModel v = live();
        QVERIFY(noticesOf(v).empty());
        v.calls = {call(v, QStringLiteral("page/1/1/0"))};
        view::IncidentRow worst;
        worst.id = QStringLiteral("INC-8");
        worst.title = QStringLiteral("All is down");
        worst.severity = IncidentSeverity::Sev1;
        view::IncidentRow over = worst, lesser = worst;
        over.status = IncidentStatus::Resolved;
        lesser.severity = IncidentSeverity::Sev2;
        v.incidents = {worst, over, lesser};
        v.strip.flood = true;
        v.strip.last10 = 42;
        const auto notices = noticesOf(v);
        QCOMPARE(notices.size(), std::size_t(3));
        QCOMPARE(notices[0].summary, QStringLiteral("You are called: SEV2 INC-7"));
        QVERIFY(notices[0].grave && notices[0].incident == QLatin1String("INC-7"));
        QCOMPARE(notices[1].summary, QStringLiteral("SEV1: INC-8"));
        QCOMPARE(notices[2].key, QStringLiteral("flood"));
        QVERIFY(!notices[2].grave);
        v.strip.practice = true;
        QCOMPARE(noticesOf(v)[0].summary, QStringLiteral("PRACTICE: You are called: SEV2 INC-7"));
    }

    void eachIsSaidOnceAndAgainWhenItComesBack()
    {
        Scene s;
        view::ViewModel v = live();
        s.notifier.show(v);
        v.calls = {call(v, QStringLiteral("a"))};
        s.notifier.show(v);
        s.notifier.show(v);
        QCOMPARE(s.board->posted, QStringList{QStringLiteral("a")});
        v.calls.push_back(call(v, QStringLiteral("b")));
        v.calls.push_back(call(v, QStringLiteral("c")));
        s.notifier.show(v);
        QCOMPARE(s.board->posted.size(), 3);
        QCOMPARE(s.sound->played, (std::vector<bool>{true, true})); // two at once sound once
        v.calls.clear();
        s.notifier.show(v);
        v.calls = {call(v, QStringLiteral("a"))};
        s.notifier.show(v);
        QCOMPARE(s.board->posted.size(), 4);
    }

    void whatHeldLongBeforeTheWindowCameIsNoNews()
    {
        view::ViewModel v = live();
        v.calls = {call(v, QStringLiteral("old"), Notifier::kFresh + Span{1}), call(v, QStringLiteral("fresh"), Notifier::kFresh)};
        Scene s;
        s.notifier.show(v);
        QCOMPARE(s.board->posted, QStringList{QStringLiteral("fresh")});
    }

    void complaint23_aSev1NobodyAnswersIsSaidAgainUntilSomebodyDoes()
    {
        view::ViewModel v = live();
        v.calls = {call(v, QStringLiteral("grave"), Notifier::kFresh + minutes(1)), call(v, QStringLiteral("lesser"))};
        v.calls.front().severity = IncidentSeverity::Sev1;
        Scene s;
        s.notifier.show(v);
        QCOMPARE(s.board->posted, (QStringList{QStringLiteral("grave"), QStringLiteral("lesser")})); // it is old, and nobody has answered
        v.made = v.made + kSaidAgain - Span{1};
        s.notifier.show(v);
        QCOMPARE(s.board->posted.size(), 2);
        v.made = v.made + Span{1};
        s.notifier.show(v);
        QCOMPARE(s.board->posted.mid(2), QStringList{QStringLiteral("grave")});
        QCOMPARE(s.sound->played.size(), std::size_t{2});
        v.calls.erase(v.calls.begin());
        v.made = v.made + kSaidAgain;
        s.notifier.show(v);
        QCOMPARE(s.board->posted.size(), 3);
        view::IncidentRow row;
        row.id = QStringLiteral("INC-9");
        row.severity = IncidentSeverity::Sev1;
        row.declaredAt = v.made;
        v.incidents = {row};
        s.notifier.show(v);
        v.made = v.made + kSaidAgain;
        s.notifier.show(v);
        QCOMPARE(s.board->posted.mid(3), (QStringList{QStringLiteral("sev1/INC-9"), QStringLiteral("sev1/INC-9")}));
        v.incidents.front().commander = QStringLiteral("Ana");
        v.made = v.made + kSaidAgain;
        s.notifier.show(v);
        QCOMPARE(s.board->posted.size(), 5);
    }

    void whileTheCoreIsNotLiveNothingIsSaid()
    {
        view::ViewModel v = live();
        v.calls = {call(v, QStringLiteral("a"))};
        v.strip.link = view::CoreLink::Lost;
        Scene s;
        s.notifier.show(v);
        QVERIFY(s.board->posted.isEmpty());
        v.strip.link = view::CoreLink::Live;
        s.notifier.show(v);
        QCOMPARE(s.board->posted.size(), 1);
    }

    void complaint23_mutedItIsShownWithoutASound()
    {
        Scene s;
        view::ViewModel v = live();
        s.notifier.muteUntil(v.made + Notifier::kMuted);
        v.strip.flood = true;
        s.notifier.show(v);
        QCOMPARE(s.board->posted.size(), 1);
        QVERIFY(s.sound->played.empty());
        v.made = v.made + Notifier::kMuted; // it sounds again by itself
        v.calls = {call(v, QStringLiteral("a"))};
        s.notifier.show(v);
        QCOMPARE(s.sound->played.size(), std::size_t(1));
    }

    void theDesktopIsGivenPlainTextThatStaysWhileGrave()
    {
        QWidget window;
        DesktopNotices desktop(window);
        QString chosen;
        desktop.chosen = [&](const QString &incident) { chosen = incident; };
        view::ViewModel v = live();
        v.calls = {call(v, QStringLiteral("a"))};
        v.strip.flood = true;
        for (const Notice &notice : noticesOf(v))
            desktop.post(notice);
        QTRY_COMPARE(m_daemon.shown.size(), std::size_t(2));
        const auto &first = m_daemon.shown[0];
        QCOMPARE(first.summary, QStringLiteral("You are called: SEV2 INC-7"));
        QVERIFY(first.body.startsWith(QStringLiteral("Shop is &lt;b&gt;down&lt;/b&gt;")));
        QCOMPARE(first.hints.value(QStringLiteral("urgency")).value<uchar>(), uchar(2));
        QCOMPARE(first.timeout, 0);
        QCOMPARE(first.actions.value(0), QStringLiteral("default"));
        QCOMPARE(m_daemon.shown[1].hints.value(QStringLiteral("urgency")).value<uchar>(), uchar(1));
        QCOMPARE(m_daemon.shown[1].timeout, -1);
        // Choosing one of ours goes to its incident; a notice of another program does nothing.
        QTRY_VERIFY((Q_EMIT m_daemon.ActionInvoked(4711, QStringLiteral("default")), Q_EMIT m_daemon.ActionInvoked(101, QStringLiteral("default")), QTest::qWait(20), !chosen.isEmpty()));
        QCOMPARE(chosen, QStringLiteral("INC-7"));
    }

    void soundsAreWavesThatSayWhatTheyHold()
    {
        for (const bool grave : {false, true}) {
            const QByteArray wave = DesktopSound::wave(grave);
            const auto number = [&](int at) {
                quint32 value = 0;
                for (int n = 3; n >= 0; --n)
                    value = value << 8 | static_cast<quint8>(wave[at + n]);
                return static_cast<qsizetype>(value);
            };
            QVERIFY(wave.startsWith("RIFF") && wave.mid(8, 8) == "WAVEfmt ");
            QCOMPARE(number(4), wave.size() - 8);
            QCOMPARE(number(40), wave.size() - 44);
            QCOMPARE(number(24), qsizetype(8000));
        }
        QVERIFY(DesktopSound::wave(true).size() > 2 * DesktopSound::wave(false).size());
        const QString player = DesktopSound::player();
        QVERIFY(player.isEmpty() || player.startsWith(QLatin1String("/usr/bin/")));
    }

    void muteIsSaidOnTheStripAndRemembered()
    {
        m_look.forget();
        const auto isSaid = [](const MainWindow &window) {
            for (const auto *tag : window.strip().findChildren<widgets::Tag *>())
                if (tag->isVisible() && tag->plain().startsWith(QLatin1String("MUTED ")))
                    return true;
            return false;
        };
        {
            test::WindowBench b(test::quietScene(), *m_theme);
            QVERIFY(!isSaid(b.window));
            QTest::keyClick(&b.window, Qt::Key_M, Qt::ControlModifier);
            QVERIFY(isSaid(b.window));
            view::ViewModel later = test::quietScene();
            later.made = later.made + Notifier::kMuted; // … and then it sounds again
            test::WindowBench after(later, *m_theme);
            QVERIFY(!isSaid(after.window));
        }
        test::WindowBench again(test::quietScene(), *m_theme);
        QVERIFY(isSaid(again.window));
        QTest::keyClick(&again.window, Qt::Key_M, Qt::ControlModifier);
        QVERIFY(!isSaid(again.window));
        m_look.forget();
    }
};

QD_GUI_TEST(TestNotices)
#include "tst_notices.moc"
