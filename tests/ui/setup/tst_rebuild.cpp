// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "tests/ui/escalation/named.h"
#include "ui/setup/rebuilddialog.h"
#include "ui/style/palette.h"
#include "ui/widgets/plaintext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <tuple>

using namespace qd;
using namespace qd::setup;
using test::named;

namespace {

QString r(const char *text) { return QString::fromUtf8(text); }

} // namespace

class TestRebuildDialog : public QObject {
    Q_OBJECT
    style::Theme *m_theme = nullptr;

    static view::ViewModelPtr shop()
    {
        view::ViewModel v = test::quietScene();
        v.services = {r("checkout"), r("web")};
        return std::make_shared<const view::ViewModel>(std::move(v));
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
    }

    void nothingIsMadeBeforeItWasShown()
    {
        RebuildDialog d(*m_theme, shop(), nullptr);
        QSignalSpy sent(&d, &widgets::FormDialog::submitted);
        QVERIFY(!d.doIt().isEnabled() && !d.makeIt().isEnabled());
        d.addFiles({r("/x/acme.zip"), r("alerts.json")});
        QVERIFY(d.doIt().isEnabled() && !d.makeIt().isEnabled());
        named<QComboBox>(d, r("Channel"))->setEditText(r("inc-42"));
        named<QLineEdit>(d, r("Title"))->setText(r("Checkout errors"));
        d.doIt().click();
        QVERIFY(!d.applies());
        QCOMPARE(d.verb(), (QStringList{r("rebuild"), r("--channel=inc-42"), r("--look"), r("--dry-run"), r("/x/acme.zip"), QDir::home().absoluteFilePath(r("alerts.json"))}));
        d.setAsked();
        QVERIFY(!d.doIt().isEnabled());
        d.show(r("Slack export, #inc-42 (slack-export): 10 facts\n  1 message was edited\n"));
        QVERIFY(d.told().contains(r("1 message was edited")));
        QVERIFY(d.makeIt().isEnabled());
        named<QComboBox>(d, r("Service"))->setCurrentIndex(1);
        named<QComboBox>(d, r("Severity"))->setCurrentIndex(1);
        QVERIFY(d.makeIt().isEnabled()); // what it is called is not what they tell
        d.makeIt().click();
        QCOMPARE(sent.count(), 2);
        QCOMPARE(d.verb(), (QStringList{r("rebuild"), r("--channel=inc-42"), r("--title=Checkout errors"), r("--service=checkout"), r("--severity=SEV2"), r("/x/acme.zip"), QDir::home().absoluteFilePath(r("alerts.json"))}));
    }

    void otherFilesAreShownAnew_data()
    {
        QTest::addColumn<QString>("field");
        for (const char *field : {"Channel", "Time zone", "Day", "Its hours from", "Its hours to", "Format", "Column: Time"})
            QTest::newRow(field) << r(field);
    }
    void otherFilesAreShownAnew()
    {
        QFETCH(QString, field);
        RebuildDialog d(*m_theme, shop(), nullptr);
        d.addFiles({r("/x/pm.md")});
        d.hear(r("{\"look\":\"/x/pm.md\",\"columns\":[\"Uhrzeit\",\"Was\"],\"rows\":[]}\n"));
        d.show(r("6 facts"));
        QVERIFY(d.makeIt().isEnabled());
        if (auto *typed = named<QLineEdit>(d, field))
            typed->setText(r("x"));
        else if (auto *choice = named<QComboBox>(d, field); choice->isEditable())
            choice->setEditText(r("x"));
        else
            choice->setCurrentIndex(1);
        QVERIFY(d.told().isEmpty() && !d.makeIt().isEnabled());
        d.show(r("6 facts"));
        d.addFiles({r("/x/more.csv")});
        QVERIFY(d.told().isEmpty() && !d.makeIt().isEnabled());
    }

    void theHoursOfTheIncidentGoAlong()
    {
        RebuildDialog d(*m_theme, shop(), nullptr);
        d.addFiles({r("/x/pm.md")});
        named<QLineEdit>(d, r("Its hours from"))->setText(r(" 2026-11-23 14:00"));
        named<QLineEdit>(d, r("Its hours to"))->setText(r("2026-11-23 16:30 "));
        d.doIt().click();
        QCOMPARE(d.verb(), (QStringList{r("rebuild"), r("--from=2026-11-23 14:00"), r("--to=2026-11-23 16:30"), r("--look"), r("--dry-run"), r("/x/pm.md")}));
        d.show(r("6 facts"));
        d.makeIt().click();
        QVERIFY(d.verb().contains(r("--from=2026-11-23 14:00")) && d.verb().contains(r("--to=2026-11-23 16:30")));
    }

    void aRefusalIsReadAndWhatStoppedCanGoOn()
    {
        RebuildDialog d(*m_theme, shop(), nullptr);
        d.addFiles({r("/x/acme.zip")});
        d.doIt().click();
        d.setAsked();
        d.sayInstead(r("The export has 2 channels; say which is the incident's: inc-42, general."));
        QVERIFY(d.problem().contains(r("inc-42, general")));
        QVERIFY(!d.makeIt().isEnabled());
        d.show(r("10 facts"));
        d.makeIt().click();
        d.setAsked();
        d.sayInstead(r("1000 of 3400 facts are in INC-7; run the same with --incident INC-7, which adds what is missing."));
        QVERIFY(d.told().contains(r("10 facts")));
        QVERIFY(d.makeIt().isEnabled());
        d.makeIt().click(); // no second incident
        QCOMPARE(d.verb(), (QStringList{r("rebuild"), r("--incident=INC-7"), r("/x/acme.zip")}));
        QCOMPARE(begunIncident(r("There is no service x.")), QString());
    }

    /// What has these facts is gone on with, unless somebody says that it is another.
    void anotherOfTheSameFactsIsMadeOnPurposeAlone()
    {
        RebuildDialog d(*m_theme, shop(), nullptr);
        d.addFiles({r("/x/acme.zip")});
        d.show(r("10 facts"));
        auto *another = named<QCheckBox>(d, r("Another"));
        QVERIFY(another->isHidden());
        d.makeIt().click();
        d.setAsked();
        d.sayInstead(r("INC-7 holds 10 of these 10 facts already. Add what is missing to it (--incident INC-7), or make another on purpose (--anew)."));
        QVERIFY(!another->isHidden());
        QCOMPARE(d.makeIt().text(), r("Add it to INC-7"));
        QCOMPARE(d.verb(), (QStringList{r("rebuild"), r("--incident=INC-7"), r("/x/acme.zip")}));
        another->setChecked(true);
        QCOMPARE(d.makeIt().text(), r("Rebuild it"));
        QCOMPARE(d.verb(), (QStringList{r("rebuild"), r("--severity=SEV3"), r("--anew"), r("/x/acme.zip")}));
        d.addFiles({r("/x/more.csv")}); // other files, another question
        QVERIFY(another->isHidden() && !another->isChecked());
    }

    void whatIsNotListedOfAFileIsSaid()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        RebuildDialog d(*m_theme, shop(), nullptr);
        d.addFiles({r("/x/acme.zip"), r("/x/t.csv")});
        const auto heard = [&](int channels, int columns) {
            d.hear(r("{\"look\":\"/x/acme.zip\",\"channels\":[\"inc-42\",\"general\"],\"channelsInAll\":%1}\n{\"look\":\"/x/t.csv\",\"columns\":[\"Uhrzeit\"],\"columnsInAll\":%2}\n").arg(channels).arg(columns));
            for (const auto *label : d.findChildren<widgets::PlainLabel *>())
                if (!label->isHidden() && label->plain().contains(r(" are shown")))
                    return label->plain();
            return QString();
        };
        QCOMPARE(heard(2, 1), QString()); // all of them
        QCOMPARE(heard(3, 1), r("2 of 3 channels of acme.zip are shown, those of incidents first; another one is typed."));
        QCOMPARE(heard(1812, 2).split(QLatin1Char('\n')), (QStringList{r("2 of 1,812 channels of acme.zip are shown, those of incidents first; another one is typed."),
                                                                     r("1 of 2 columns of t.csv are shown; another one is named on the command line: quarterdeckctl rebuild --map.")}));
        d.addFiles({r("/x/other.csv")});
        QCOMPARE(heard(2, 1), QString());
    }

    /// A table nobody knows the columns of: its first rows stand there, and what a column holds is chosen.
    void aTableIsShownAndItsColumnsAreChosen()
    {
        RebuildDialog d(*m_theme, shop(), nullptr);
        d.addFiles({r("/x/t.csv")});
        auto *rows = named<QTableView>(d, r("First rows"));
        auto *time = named<QComboBox>(d, r("Column: Time")), *what = named<QComboBox>(d, r("Column: What happened")), *who = named<QComboBox>(d, r("Column: Who"));
        QVERIFY(rows->isHidden()); // nothing is known of the file yet
        d.doIt().click();
        d.setAsked();
        d.hear(r("{\"look\":\"/x/t.csv\",\"format\":\"table\",\"problem\":\"Say which\",\"columns\":[\"Uhrzeit\",\"Vorfall\",\"Wer\"],\"rows\":[[\"2025-11-23 14:02\",\"Kasse steht\",\"<b>Dana</b>\"]],"
                 "\"means\":{\"actor\":\"Wer\"},\"zoneless\":true}\n"));
        d.sayInstead(r("No column of the table is known to hold the time; it has Uhrzeit, Vorfall, Wer. Say which: at=COLUMN, text=COLUMN."));
        QVERIFY(!rows->isHidden() && !time->parentWidget()->isHidden());
        QCOMPARE(rows->model()->rowCount(), 1);
        QCOMPARE(rows->model()->headerData(0, Qt::Horizontal).toString(), r("Uhrzeit"));
        QCOMPARE(rows->model()->index(0, 2).data().toString(), r("<b>Dana</b>")); // as it is written
        QVERIFY(who->itemText(0).contains(r("Wer")));
        QCOMPARE(time->count(), 4);
        time->setCurrentIndex(1);
        what->setCurrentIndex(2);
        QVERIFY(named<QComboBox>(d, r("Time zone"))->lineEdit()->placeholderText().contains(r("t.csv")));
        named<QComboBox>(d, r("Time zone"))->setEditText(r("Europe/Berlin"));
        QCOMPARE(d.verb(), (QStringList{r("rebuild"), r("--zone=Europe/Berlin"), r("--map=at=Uhrzeit"), r("--map=text=Vorfall"), r("--look"), r("--dry-run"), r("/x/t.csv")}));
        // What was chosen stays chosen when it is looked at again, and goes with the files.
        d.hear(r("{\"look\":\"/x/t.csv\",\"format\":\"table\",\"problem\":\"\",\"columns\":[\"Uhrzeit\",\"Vorfall\",\"Wer\"],\"rows\":[],\"means\":{\"at\":\"Uhrzeit\"}}\n"));
        QCOMPARE(time->currentText(), r("Uhrzeit"));
        d.show(r("{\"look\":\"/x/t.csv\"}\nTable, t.csv (table): 1 fact\n"));
        QCOMPARE(d.told(), r("Table, t.csv (table): 1 fact"));
        d.addFiles({r("/x/other.csv")});
        QVERIFY(rows->isHidden());
        QVERIFY(!d.verb().join(QLatin1Char(' ')).contains(r("--map")));
    }

    void whatCannotBeToldIsChosenAndChannelsAreOffered()
    {
        RebuildDialog d(*m_theme, shop(), nullptr);
        d.addFiles({r("/x/acme.zip")});
        named<QComboBox>(d, r("Format"))->setCurrentIndex(1);
        d.doIt().click();
        QVERIFY(d.verb().contains(r("--format=slack-export")));
        auto *channel = named<QComboBox>(d, r("Channel"));
        d.hear(r("{\"look\":\"/x/acme.zip\",\"format\":\"slack-export\",\"channels\":[\"inc-42\",\"general\"]}\n"));
        QCOMPARE(channel->currentText(), QString()); // nothing is chosen for anybody
        QVERIFY(channel->findText(r("inc-42")) > 0 && channel->findText(r("general")) > 0);
        channel->setCurrentIndex(channel->findText(r("inc-42")));
        QVERIFY(d.verb().contains(r("--channel=inc-42")));
    }

    void moreIsAddedToOneThatWasRebuilt()
    {
        view::ViewModel v = test::quietScene();
        v.incidents.clear();
        for (const auto &[id, rebuilt, status] : {std::tuple{"INC-3", true, IncidentStatus::Resolved}, {"INC-4", false, IncidentStatus::Resolved}, {"INC-5", true, IncidentStatus::Closed}}) {
            view::IncidentRow row;
            row.id = r(id);
            row.title = r("Checkout errors");
            row.rebuilt = rebuilt;
            row.status = status;
            if (row.id == r("INC-3")) {
                row.factsExpected = 1500;
                row.factsArrived = 1000;
            }
            v.incidents.push_back(row);
        }
        RebuildDialog d(*m_theme, std::make_shared<const view::ViewModel>(std::move(v)), nullptr);
        auto *into = named<QComboBox>(d, r("Into"));
        QCOMPARE(into->count(), 2); // what was run here, and what is closed, stays as it is
        QCOMPARE(into->itemText(1), r("INC-3 · Checkout errors · 1000 of 1500 facts are here"));
        d.addFiles({r("/x/fired.json")});
        d.show(r("3 facts"));
        into->setCurrentIndex(1);
        QVERIFY(d.makeIt().isEnabled()); // where it goes is not what it tells
        QVERIFY(named<QLineEdit>(d, r("Title"))->isHidden());
        d.makeIt().click();
        QCOMPARE(d.verb(), (QStringList{r("rebuild"), r("--incident=INC-3"), r("/x/fired.json")}));
    }

    void theNarrativeIsTakenWhereItIsAskedFor()
    {
        RebuildDialog d(*m_theme, shop(), nullptr);
        d.addFiles({r("/x/pm.md")});
        d.show(r("6 facts"));
        named<QCheckBox>(d, r("Narrative"))->setChecked(true);
        d.makeIt().click();
        QVERIFY(d.verb().contains(r("--narrative")));
    }

    void theIncidentIsInTheLastLine()
    {
        QCOMPARE(rebuiltIncident(r("x (table): 1 fact\n{\"id\":\"INC-7\"}\n")), r("INC-7"));
        QCOMPARE(rebuiltIncident(r("nothing")), QString());
    }
};

QD_GUI_TEST(TestRebuildDialog)
#include "tst_rebuild.moc"
