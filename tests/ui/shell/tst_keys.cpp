// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/instrument.h"
#include "ui/shell/keymap.h"
#include "ui/shell/keysdialog.h"
#include "ui/shell/language.h"
#include "ui/shell/picker.h"
#include "ui/shell/settings.h"
#include "ui/triage/alertview.h"
#include "ui/triage/triagepanel.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/keys.h"

#include <QCheckBox>
#include <QKeySequenceEdit>
#include <QLocale>
#include <QPushButton>
#include <QScopeGuard>

using namespace qd;
using namespace qd::shell;

class TestKeys : public QObject {
    Q_OBJECT
private:
    style::Theme *m_theme = nullptr;
    test::WindowLook m_look;

    [[nodiscard]] QString file() const { return m_look.filePath(QStringLiteral("quarterdeck/window.conf")); }
    void write(const QByteArray &text) const
    {
        QDir().mkpath(m_look.filePath(QStringLiteral("quarterdeck")));
        QFile out(file());
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(text) == text.size());
    }
    [[nodiscard]] QByteArray text() const
    {
        QFile in(file());
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    static QAction *action(const MainWindow &window, const QString &name)
    {
        for (const ActionBook::Entry &entry : window.actionBook().entries())
            if (entry.name == name)
                return entry.action;
        return nullptr;
    }
    static QString paletteKey(const MainWindow &window, const QString &text)
    {
        for (const Pick &pick : window.actionBook().picks())
            if (pick.text == text)
                return pick.keys;
        return QStringLiteral("there is no such action");
    }

private Q_SLOTS:
    void initTestCase()
    {
        speak(QLocale::c());
        m_theme = m_look.begin();
        QVERIFY(m_theme != nullptr);
    }
    void init() { m_look.forget(); }

    void aChangedKeyWorksAndStandsInThePaletteAndTheHelp()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        QVERIFY(b.window.keys().change(QStringLiteral("shell.palette"), QKeySequence(QStringLiteral("Ctrl+Alt+9"))));
        QTest::keyClick(b.window.focusWidget(), Qt::Key_K, Qt::ControlModifier);
        QVERIFY(!b.window.picker().isVisible());
        QTest::keyClick(b.window.focusWidget(), Qt::Key_9, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(b.window.picker().isVisible());
        QCOMPARE(paletteKey(b.window, QStringLiteral("Find an action…")), QStringLiteral("Ctrl+Alt+9"));
        // F1 and ? are made of the same book.
        QCOMPARE(action(b.window, QStringLiteral("shell.palette"))->shortcut().toString(), QStringLiteral("Ctrl+Alt+9"));
        QVERIFY2(text().contains("shell.palette=Ctrl+Alt+9"), text().constData());
        // The next window has it from the file.
        test::WindowBench next(test::incidentScene(), *m_theme);
        QCOMPARE(paletteKey(next.window, QStringLiteral("Find an action…")), QStringLiteral("Ctrl+Alt+9"));
        QVERIFY(next.window.keys().reset(QStringLiteral("shell.palette")));
        QCOMPARE(paletteKey(next.window, QStringLiteral("Find an action…")), QStringLiteral("Ctrl+K"));
        QVERIFY2(!text().contains("shell.palette"), text().constData());
    }

    void aTakenKeyIsRefusedWithWhoHasIt()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        const auto taken = b.window.keys().change(QStringLiteral("shell.declare"), QKeySequence(QStringLiteral("Ctrl+K")));
        QVERIFY(!taken);
        QCOMPARE(taken.error().code, Code::Conflict);
        QVERIFY2(taken.error().message.find("Find an action") != std::string::npos, taken.error().message.c_str());
        QCOMPARE(action(b.window, QStringLiteral("shell.declare"))->shortcut().toString(), QStringLiteral("Ctrl+Shift+D"));
        // In two panels the same letter may mean two things; in one it may not; a letter is none for the whole window.
        QVERIFY(!b.window.keys().change(QStringLiteral("triage.acknowledge"), QKeySequence(QStringLiteral("S"))));
        QVERIFY(b.window.keys().change(QStringLiteral("triage.acknowledge"), QKeySequence(QStringLiteral("I")))); // the timeline's own
        QVERIFY(!b.window.keys().change(QStringLiteral("shell.declare"), QKeySequence(QStringLiteral("Q"))));
        QVERIFY(!b.window.keys().change(QStringLiteral("shell.nothing"), QKeySequence(QStringLiteral("Ctrl+F9"))));
    }

    void aKeyOfAnActionThatIsCalledByASignOutlastsARestart()
    {
        for (const char *sign : {"timeline.slash", "timeline.,", "timeline.+", "stack.+"}) {
            const QString name = QLatin1String(sign);
            {
                test::WindowBench b(test::incidentScene(), *m_theme);
                QVERIFY2(action(b.window, name) != nullptr, sign);
                QVERIFY2(b.window.keys().change(name, QKeySequence(QStringLiteral("Ctrl+F9"))), sign);
            }
            test::WindowBench next(test::incidentScene(), *m_theme);
            QVERIFY2(next.window.keys().apply().isEmpty(), text().constData());
            QCOMPARE(action(next.window, name)->shortcut().toString(), QStringLiteral("Ctrl+F9"));
            QVERIFY(next.window.keys().reset(name));
        }
    }

    void whatIsNotUnderstoodInTheFileIsToldAndIgnored()
    {
        write("[keys]\nshell.nonsense=F9\nshell.declare=Hyperdrive\nshell.take=Ctrl+K\nshell.handover=\"Ctrl+F7, Ctrl+Alt+0\"\nshell.object=none\n");
        test::WindowBench b(test::incidentScene(), *m_theme);
        const QStringList told = b.window.keys().apply();
        QCOMPARE(told.size(), 3);
        const QString all = told.join(QLatin1Char(' '));
        for (const char *words : {"shell.nonsense", "Hyperdrive", "Ctrl+K is taken by"})
            QVERIFY2(all.contains(QLatin1String(words)), qPrintable(all));
        QCOMPARE(action(b.window, QStringLiteral("shell.declare"))->shortcut().toString(), QStringLiteral("Ctrl+Shift+D"));
        QCOMPARE(action(b.window, QStringLiteral("shell.take"))->shortcut().toString(), QStringLiteral("Ctrl+Shift+T"));
        QCOMPARE(action(b.window, QStringLiteral("shell.handover"))->shortcuts(), (QList<QKeySequence>{QKeySequence(Qt::CTRL | Qt::Key_F7), QKeySequence(QStringLiteral("Ctrl+Alt+0"))}));
        QVERIFY(action(b.window, QStringLiteral("shell.object"))->shortcuts().isEmpty());
        QVERIFY2(b.window.instrument().findChildren<QWidget *>().size() > 0, "the instrument says it");
    }

    void noTwoActionsOfTheWindowComeWithTheSameKey()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        QHash<QString, QString> by;
        for (const KeyMap::Row &row : b.window.keys().rows()) {
            if (!row.name.startsWith(QLatin1String("shell.")))
                continue;
            for (const QKeySequence &key : row.usual) {
                const QString text = key.toString(QKeySequence::PortableText);
                QVERIFY2(!by.contains(text), qPrintable(text + QStringLiteral(": ") + by.value(text) + QStringLiteral(" and ") + row.name));
                by.insert(text, row.name);
            }
            QVERIFY2(b.window.keys().reset(row.name), qPrintable(row.name)); // nothing is changed, so nothing is refused
        }
    }

    void whoFallsBackToItsOwnKeyTakesItFromWhomHadBeenGivenIt()
    {
        // Declaring gets the key of handing over, which asks for a taken one and so stays where it was.
        write("[keys]\nshell.declare=Ctrl+Shift+H\nshell.handover=Ctrl+K\n");
        test::WindowBench b(test::incidentScene(), *m_theme);
        const QStringList told = b.window.keys().apply();
        QVERIFY2(told.size() >= 2, qPrintable(told.join(QLatin1Char(' '))));
        QCOMPARE(action(b.window, QStringLiteral("shell.declare"))->shortcut().toString(), QStringLiteral("Ctrl+Shift+D"));
        QCOMPARE(action(b.window, QStringLiteral("shell.handover"))->shortcut().toString(), QStringLiteral("Ctrl+Shift+H"));
    }

    void twoActionsMayChangePlacesInTheFile()
    {
        write("[keys]\nshell.take=Ctrl+Shift+H\nshell.handover=Ctrl+Shift+T\n");
        test::WindowBench b(test::incidentScene(), *m_theme);
        QVERIFY(b.window.keys().apply().isEmpty());
        QCOMPARE(action(b.window, QStringLiteral("shell.take"))->shortcut().toString(), QStringLiteral("Ctrl+Shift+H"));
        QCOMPARE(action(b.window, QStringLiteral("shell.handover"))->shortcut().toString(), QStringLiteral("Ctrl+Shift+T"));
    }

    void singleLettersCanBeSwitchedOff()
    {
        write("[keys]\nletters=false\n");
        test::WindowBench b(test::incidentScene(), *m_theme);
        QStringList left;
        for (const KeyMap::Row &row : b.window.keys().rows())
            for (const QKeySequence &key : row.keys)
                if (widgets::isCharacter(key))
                    left << row.name + QLatin1Char(' ') + key.toString();
        QVERIFY2(left.isEmpty(), qPrintable(left.join(QLatin1Char('\n'))));
        auto *list = b.window.perspective().triage().findChild<triage::AlertView *>();
        list->setFocus();
        const QModelIndex before = list->currentIndex();
        QTest::keyClick(list, Qt::Key_J);
        QCOMPARE(list->currentIndex(), before);
        QTest::keyClick(list, Qt::Key_Down);
        QVERIFY(list->currentIndex() != before);
        // The help still has its function key, and everything its place in the palette.
        QCOMPARE(action(b.window, QStringLiteral("shell.help"))->shortcuts(), (QList<QKeySequence>{QKeySequence(Qt::Key_F1)}));
        b.window.keys().setLetters(true);
        QTest::keyClick(list, Qt::Key_J);
        QVERIFY(!action(b.window, QStringLiteral("triage.acknowledge"))->shortcut().isEmpty());
    }

    void theLettersThatMoveInTheListAreChangedLikeAnyOther()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        auto *list = b.window.perspective().triage().findChild<triage::AlertView *>();
        list->setFocus();
        QVERIFY(list->model()->rowCount() > 1);
        const int before = list->currentIndex().row();
        QTest::keyClick(list, Qt::Key_J);
        QCOMPARE(list->currentIndex().row(), before + 1);
        QTest::keyClick(list, Qt::Key_K);
        QCOMPARE(list->currentIndex().row(), before);
        QVERIFY(b.window.keys().change(QStringLiteral("triage.next"), QKeySequence(QStringLiteral("D"))));
        QVERIFY(!b.window.keys().change(QStringLiteral("triage.previous"), QKeySequence(QStringLiteral("A")))); // acknowledges
        QTest::keyClick(list, Qt::Key_J);
        QCOMPARE(list->currentIndex().row(), before);
        QTest::keyClick(list, Qt::Key_D);
        QCOMPARE(list->currentIndex().row(), before + 1);
        QCOMPARE(paletteKey(b.window, QStringLiteral("The next alert")), QStringLiteral("D"));
    }

    void hintsShowTheKeyThatActs()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        const auto said = [&](const QWidget &panel) {
            QStringList all;
            for (const auto *hints : panel.findChildren<widgets::KeyHints *>())
                all << hints->accessibleName();
            return all.join(QStringLiteral(" | "));
        };
        const QWidget *map = nullptr;
        for (const CommandPerspective::Region &region : b.window.perspective().regions())
            if (region.id == QLatin1String("map"))
                map = region.root;
        QVERIFY(map != nullptr);
        QVERIFY2(said(*map).contains(QStringLiteral("U needs")), qPrintable(said(*map)));
        QVERIFY(b.window.keys().change(QStringLiteral("map.u"), QKeySequence(QStringLiteral("Ctrl+F9"))));
        QVERIFY2(said(*map).contains(QStringLiteral("Ctrl+F9 needs")), qPrintable(said(*map)));
        b.window.keys().setLetters(false);
        QVERIFY2(!said(*map).contains(QStringLiteral("T table")), qPrintable(said(*map)));
        b.window.keys().resetAll();
        QVERIFY2(said(*map).contains(QStringLiteral("U needs")) && said(*map).contains(QStringLiteral("T table")), qPrintable(said(*map)));
    }

    void theDialogChangesTellsAndPutsBack()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        QTest::keyClick(b.window.focusWidget(), Qt::Key_Y, Qt::ControlModifier | Qt::AltModifier);
        auto *dialog = b.window.findChild<KeysDialog *>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        QVERIFY(!dialog->doIt().isEnabled());
        const auto *table = dialog->findChild<QTableView *>();
        QVERIFY(table->rowHeight(0) > 0);
        QCOMPARE(table->viewport()->height() % table->rowHeight(0), 0); // its last row is not cut
        dialog->choose(QStringLiteral("shell.declare"));
        QCOMPARE(dialog->chosen(), QStringLiteral("shell.declare"));
        dialog->key().setKeySequence(QKeySequence(QStringLiteral("Ctrl+K")));
        dialog->doIt().click();
        QVERIFY2(dialog->problem().contains(QStringLiteral("Find an action")), qPrintable(dialog->problem()));
        dialog->key().setKeySequence(QKeySequence(QStringLiteral("Ctrl+Alt+9")));
        dialog->doIt().click();
        QVERIFY2(dialog->problem().contains(QStringLiteral("Ctrl+Alt+9")), qPrintable(dialog->problem()));
        QCOMPARE(dialog->chosen(), QStringLiteral("shell.declare"));
        const KeyMap::Row *row = dialog->model().row(dialog->model().indexOf(QStringLiteral("shell.declare")));
        QVERIFY(row->isChanged());
        dialog->resetChosen();
        QVERIFY(!dialog->model().row(dialog->model().indexOf(QStringLiteral("shell.declare")))->isChanged());
        dialog->letters().setChecked(false);
        QVERIFY(!b.window.keys().letters());
        dialog->resetAll();
        QVERIFY(b.window.keys().letters() && dialog->letters().isChecked());
    }

    void aCommaIsAKeyToo()
    {
        {
            Settings settings(file());
            settings.setKeys(QStringLiteral("shell.take"), {QKeySequence(QStringLiteral("Ctrl+,"))});
            settings.setKeys(QStringLiteral("shell.help"), {QKeySequence(Qt::Key_F1), QKeySequence(QStringLiteral("Ctrl+,"))});
            settings.setKeys(QStringLiteral("shell.find"), {});
        }
        const Settings settings(file());
        const auto keys = settings.keys();
        QCOMPARE(keys[QStringLiteral("shell.take")].keys, (QList<QKeySequence>{QKeySequence(QStringLiteral("Ctrl+,"))}));
        QCOMPARE(keys[QStringLiteral("shell.help")].keys.size(), 2);
        QVERIFY(keys.contains(QStringLiteral("shell.find")) && keys[QStringLiteral("shell.find")].keys.isEmpty());
    }

    /// The last one: a language that was installed stays.
    void everyActionHasANameOfItsOwnInNoLanguage()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        QStringList english;
        QSet<QString> names;
        for (const KeyMap::Row &row : b.window.keys().rows()) {
            QVERIFY2(row.name.contains(QLatin1Char('.')), qPrintable(row.text));
            QVERIFY2(!names.contains(row.name), qPrintable(row.name));
            QVERIFY2(!row.name.contains(QLatin1Char('/')) && !row.name.contains(QLatin1Char('\\')), qPrintable(row.name)); // settings part there
            names.insert(row.name);
            english << row.name;
        }
        speak(QLocale(QLocale::German));
        test::WindowBench german(test::incidentScene(), *m_theme);
        QStringList names2;
        for (const KeyMap::Row &row : german.window.keys().rows())
            names2 << row.name;
        QCOMPARE(names2, english);
    }
};

QD_GUI_TEST(TestKeys)
#include "tst_keys.moc"
