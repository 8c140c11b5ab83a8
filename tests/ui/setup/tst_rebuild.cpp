// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "tests/ui/escalation/named.h"
#include "ui/setup/rebuilddialog.h"
#include "ui/style/palette.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

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
        named<QLineEdit>(d, r("Channel"))->setText(r("inc-42"));
        named<QLineEdit>(d, r("Title"))->setText(r("Checkout errors"));
        d.doIt().click();
        QVERIFY(!d.applies());
        QCOMPARE(d.verb(), (QStringList{r("rebuild"), r("--channel=inc-42"), r("--dry-run"), r("/x/acme.zip"), QDir::home().absoluteFilePath(r("alerts.json"))}));
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
        for (const char *field : {"Channel", "Time zone", "Day"})
            QTest::newRow(field) << r(field);
    }
    void otherFilesAreShownAnew()
    {
        QFETCH(QString, field);
        RebuildDialog d(*m_theme, shop(), nullptr);
        d.addFiles({r("/x/pm.md")});
        d.show(r("6 facts"));
        named<QLineEdit>(d, field)->setText(r("x"));
        QVERIFY(d.told().isEmpty() && !d.makeIt().isEnabled());
        d.show(r("6 facts"));
        d.addFiles({r("/x/more.csv")});
        QVERIFY(d.told().isEmpty() && !d.makeIt().isEnabled());
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
        QCOMPARE(rebuiltIncident(r("x (table): 1 facts\n{\"id\":\"INC-7\"}\n")), r("INC-7"));
        QCOMPARE(rebuiltIncident(r("nothing")), QString());
    }
};

QD_GUI_TEST(TestRebuildDialog)
#include "tst_rebuild.moc"
