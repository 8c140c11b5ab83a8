// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "tests/ui/escalation/named.h"
#include "ui/setup/importdialog.h"
#include "ui/style/palette.h"

#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace qd;
using namespace qd::setup;
using test::named;

namespace {

QString s(const char *text) { return QString::fromUtf8(text); }

ImportKind kindNamed(const char *verb)
{
    for (const ImportKind &kind : importKinds())
        if (kind.verb == s(verb))
            return kind;
    return {};
}

} // namespace

class TestImport : public QObject {
    Q_OBJECT
    style::Theme *m_theme = nullptr;

    static view::ViewModelPtr house(bool withSchedules = true)
    {
        view::ViewModel v = test::quietScene();
        auto directory = std::make_shared<view::Directory>();
        if (withSchedules)
            directory->schedules = {{s("pay"), s("Payments")}, {s("web"), {}}};
        v.directory = directory;
        return std::make_shared<const view::ViewModel>(std::move(v));
    }
    static void choose(ImportDialog &d, const char *verb)
    {
        named<QComboBox>(d, s("From"))->setCurrentText(kindNamed(verb).name);
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
    }

    void eachKindIsTheVerbOfTheCommandLine()
    {
        QCOMPARE(importVerb(kindNamed("roster"), s("/x/people.csv"), {}, false), (QStringList{s("import"), s("roster"), s("/x/people.csv"), s("--json")}));
        QCOMPARE(importVerb(kindNamed("ical"), s("/x/a.ics"), s("pay"), true), (QStringList{s("import"), s("ical"), s("/x/a.ics"), s("--schedule"), s("pay"), s("--json"), s("--apply")}));
        for (const char *tool : {"oncall", "opsgenie", "goalert", "pagerduty"})
            QCOMPARE(importVerb(kindNamed(tool), s("/x/a.json"), {}, true), (QStringList{s("import"), s(tool), s("/x/a.json"), s("--apply")}));
    }

    void whatAToolSaidInLinesIsTakenApart()
    {
        const ImportSaid said = readImport(kindNamed("opsgenie"), s("person + ana\nschedule + pay\nknown: team web\nnot translated: routing rule 2: no such thing here\nnothing was written; add --apply to write opsgenie.toml\n"));
        QCOMPARE(said.difference, (QStringList{s("person + ana"), s("schedule + pay")}));
        QCOMPARE(said.known, QStringList{s("team web")});
        QCOMPARE(said.untranslated, QStringList{s("routing rule 2: no such thing here")});
        QVERIFY(readImport(kindNamed("opsgenie"), s("nothing changes\nwritten: opsgenie.toml\n")).difference.isEmpty());
    }

    void whatTheRosterSaidInJsonIsTakenApart()
    {
        const ImportSaid said = readImport(kindNamed("roster"), s("{\"difference\":[\"+ zoe joins\"],\"problems\":[\"line 3: no zone\"]}\n"));
        QCOMPARE(said.difference, QStringList{s("+ zoe joins")});
        QCOMPARE(said.untranslated, QStringList{s("line 3: no zone")});
        QVERIFY(readImport(kindNamed("roster"), s("not json")).difference.isEmpty());
    }

    void nothingIsBroughtInBeforeItWasShown()
    {
        ImportDialog d(*m_theme, house(), true, nullptr);
        QSignalSpy sent(&d, &widgets::FormDialog::submitted);
        QVERIFY(!d.doIt().isEnabled() && !d.bringIn().isEnabled());
        auto *file = named<QLineEdit>(d, s("File"));
        file->setText(s("people.csv"));
        QCOMPARE(d.verb()[2], QDir::home().absoluteFilePath(s("people.csv"))); // the program has another working folder
        QVERIFY(d.doIt().isEnabled() && !d.bringIn().isEnabled());
        d.doIt().click();
        QVERIFY(!d.applies());
        d.setAsked();
        QVERIFY(!d.doIt().isEnabled());
        d.show(s("{\"difference\":[\"+ zoe joins\"],\"problems\":[\"line 3: no zone\"]}"));
        QCOMPARE(d.difference(), s("+ zoe joins"));
        QCOMPARE(d.untranslated(), s("line 3: no zone"));
        QVERIFY(d.bringIn().isEnabled());
        d.bringIn().click();
        QVERIFY(d.applies() && d.verb().contains(s("--apply")));
        QCOMPARE(sent.count(), 2);
        d.sayInstead(s("Nothing was changed, because the workspace would be broken: x"));
        QVERIFY(d.problem().contains(s("would be broken")));
        QCOMPARE(d.difference(), s("+ zoe joins")); // still what was shown
        file->setText(s("other.csv")); // another file was not shown
        QVERIFY(d.difference().isEmpty() && !d.bringIn().isEnabled());
    }

    void whatChangesNothingIsNotBroughtIn()
    {
        ImportDialog d(*m_theme, house(), false, nullptr);
        choose(d, "goalert");
        named<QLineEdit>(d, s("File"))->setText(s("/x/goalert.json"));
        d.show(s("nothing changes\nknown: person ana\nnothing was written; add --apply to write goalert.toml"));
        QVERIFY(d.difference().contains(s("person ana")));
        QVERIFY(!d.bringIn().isEnabled());
    }

    void aCalendarIsOfOneSchedule()
    {
        ImportDialog d(*m_theme, house(), false, nullptr);
        auto *schedule = named<QComboBox>(d, s("Schedule"));
        QVERIFY(!schedule->isHidden()); // what says who is on call is offered first
        named<QLineEdit>(d, s("File"))->setText(s("/x/a.ics"));
        schedule->setCurrentIndex(1);
        QCOMPARE(d.verb().value(4), s("web"));
        choose(d, "oncall");
        QVERIFY(schedule->isHidden());
        ImportDialog without(*m_theme, house(false), false, nullptr);
        named<QLineEdit>(without, s("File"))->setText(s("/x/a.ics"));
        QVERIFY(!without.doIt().isEnabled());
        QVERIFY(!without.problem().isEmpty());
    }
};

QD_GUI_TEST(TestImport)
#include "tst_import.moc"
