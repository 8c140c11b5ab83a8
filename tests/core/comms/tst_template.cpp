// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/template.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::comms;

namespace {

UpdateTemplate disruption()
{
    return {"disruption", "Service disruption", "customers",
            "{{title}} ({{severity}})\n\n{{impact}}\n\n{{workaround}}\n\nNext update {{next_update}}.\n",
            {{"impact", "what customers notice", true}, {"workaround", "what they can do", false}}};
}

Values live()
{
    LiveIncident i;
    i.id = "INC-1";
    i.title = "Checkout failing, EU";
    i.severity = "SEV1";
    i.declaredAt = *parseInstant("2026-11-23T14:01:00Z");
    i.now = *parseInstant("2026-11-23T14:25:07Z");
    i.nextUpdate = *parseInstant("2026-11-23T14:40:00Z");
    return liveVariables(i);
}

} // namespace

class TestTemplate final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fillsIncidentAndFields()
    {
        const auto text = render(disruption(), live(), {{"impact", "No purchases in Europe."}, {"workaround", "None yet."}});
        QVERIFY2(text.has_value(), text ? "" : text.error().message.c_str());
        QCOMPARE(*text, std::string("Checkout failing, EU (SEV1)\n\nNo purchases in Europe.\n\nNone yet.\n\nNext update 14:40 UTC."));
    }

    void saysWherePeopleTalk()
    {
        const UpdateTemplate t{"call", "Call", "technical", "{{id}}: {{conference}}", {}};
        LiveIncident i;
        i.id = "INC-1";
        QVERIFY(!render(t, liveVariables(i), {})); // a hole is not sent
        i.conference = "https://meet.example/inc-1";
        const auto text = render(t, liveVariables(i), {});
        QVERIFY2(text.has_value(), text ? "" : text.error().message.c_str());
        QCOMPARE(*text, std::string("INC-1: https://meet.example/inc-1"));
    }

    void leavesNoHoleForAnEmptyOptionalField()
    {
        const auto text = render(disruption(), live(), {{"impact", "No purchases in Europe."}});
        QVERIFY(text.has_value());
        QCOMPARE(*text, std::string("Checkout failing, EU (SEV1)\n\nNo purchases in Europe.\n\nNext update 14:40 UTC."));
    }

    void neverReadsAValueAsSyntax_data()
    {
        QTest::addColumn<QString>("value");
        QTest::newRow("place") << QStringLiteral("{{severity}}");
        QTest::newRow("section") << QStringLiteral("{{#X}}a{{/X}}");
        QTest::newRow("include") << QStringLiteral("{{>/etc/passwd}}");
        QTest::newRow("html stays text") << QStringLiteral("<b>5 < 6 & \"7\"</b>");
        QTest::newRow("markdown stays text") << QStringLiteral("*bold* [a](http://x) `code`");
    }
    void neverReadsAValueAsSyntax()
    {
        QFETCH(QString, value);
        UpdateTemplate t = disruption();
        t.body = "-{{impact}}-";
        const auto text = render(t, live(), {{"impact", value.toStdString()}});
        QVERIFY(text.has_value());
        QCOMPARE(QString::fromStdString(*text), QLatin1Char('-') + value + QLatin1Char('-'));
    }

    void refusesABrokenBody_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, QByteArray body, const char *says) { QTest::newRow(name) << body << QString::fromUtf8(says); };
        row("unclosed", "a {{title", "never closed");
        row("unopened", "a }} b", "never opened");
        row("empty", "{{}}", "not a place");
        row("section", "{{#title}}", "not a place");
        row("include", "{{>file}}", "not a place");
        row("comment", "{{! no}}", "not a place");
        row("pragma", "{{%AUTOESCAPE context=\"HTML\"}}", "not a place");
        row("delimiters", "{{=| |=}}", "not a place");
        row("modifier", "{{title:html_escape}}", "not a place");
        row("three braces", "{{{title}}}", "not a place");
        row("brace too many", "{{title}}}", "too many");
        row("capitals", "{{TITLE}}", "not a place");
        row("html", "<b>{{title}}</b>", "HTML");
        row("html comment", "<!-- x -->", "HTML");
        row("unknown place", "{{titel}}", "neither a field");
        row("too long", QByteArray(17000, 'x'), "16 KiB");
    }
    void refusesABrokenBody()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, says);
        UpdateTemplate t;
        t.body = body.toStdString();
        const auto checked = check(t);
        QVERIFY(!checked.has_value());
        QVERIFY2(QString::fromStdString(checked.error().message).contains(says), checked.error().message.c_str());
        QVERIFY(!render(t, live(), {}).has_value());
        QVERIFY(!preview(t, live(), {}).problem.empty());
    }

    void refusesWhatIsMissingOrUnknown()
    {
        const auto missing = render(disruption(), live(), {{"impact", "  "}});
        QVERIFY(!missing.has_value());
        QVERIFY(missing.error().message.find("\"impact\" is required: what customers notice.") != std::string::npos);

        const auto unknown = render(disruption(), live(), {{"impact", "x"}, {"impcat", "y"}});
        QVERIFY(!unknown.has_value());
        QVERIFY(unknown.error().message.find("impcat") != std::string::npos);

        const auto shadow = render(disruption(), live(), {{"impact", "x"}, {"severity", "SEV5"}});
        QVERIFY2(!shadow.has_value(), "a live variable that is no field cannot be overwritten");

        Values noPromise = live();
        noPromise["next_update"].clear();
        const auto bare = render(disruption(), noPromise, {{"impact", "x"}});
        QVERIFY(!bare.has_value());
        QVERIFY(bare.error().message.find("promise one first") != std::string::npos);

        const auto wide = render(disruption(), live(), {{"impact", std::string(4001, 'x')}});
        QVERIFY(!wide.has_value());
        QCOMPARE(wide.error().code, Code::TooLarge);
    }

    void startsAFieldWithTheLiveValueOfItsName()
    {
        UpdateTemplate t;
        t.body = "{{title}}";
        t.fields = {{"title", "", true}};
        QCOMPARE(*render(t, live(), {}), std::string("Checkout failing, EU"));
        QCOMPARE(*render(t, live(), {{"title", "Orders delayed"}}), std::string("Orders delayed"));
    }

    void theLanguageOfTheAudienceDecides()
    {
        Workspace w;
        UpdateTemplate t = disruption();
        t.bodies["de"] = "{{title}}: {{impact}}";
        const auto said = [&](const char *impact) { return render(spokenTo(w, t), live(), {{"impact", impact}}).value_or("refused"); };
        QCOMPARE(spokenTo(w, t).language, std::string("en"));
        QVERIFY(said("x").starts_with("Checkout failing, EU (SEV1)"));
        w.audienceLanguages = {{"customers", "de"}, {"board", "en"}};
        QCOMPARE(spokenTo(w, t).language, std::string("de"));
        QCOMPARE(said("Keine Käufe."), std::string("Checkout failing, EU: Keine Käufe."));
        QCOMPARE(said("?"), std::string("Checkout failing, EU: noch nicht bekannt"));
        t.notKnown = "we do not know yet"; // of the body, not of the other one
        QCOMPARE(said("?"), std::string("Checkout failing, EU: noch nicht bekannt"));
        t.notKnowns["de"] = "wird noch geprüft";
        QCOMPARE(said("?"), std::string("Checkout failing, EU: wird noch geprüft"));
        w.audienceLanguages["customers"] = "fr"; // not in that: its own
        QCOMPARE(spokenTo(w, t).language, std::string("en"));
        QVERIFY(said("?").find("we do not know yet") != std::string::npos);
        t.language = "de";
        t.notKnown.clear();
        QVERIFY(said("?").find("noch nicht bekannt") != std::string::npos); // its own words are German
        t.language.clear();
        w.pages.emplace_back();
        w.pages.front().languages = {"de", "en"};
        QCOMPARE(w.languageOf(t), std::string("de"));
    }

    void fieldsAreAskedForInTheLanguageTheyAreReadIn()
    {
        Workspace w;
        w.audienceLanguages = {{"customers", "de"}};
        UpdateTemplate t = disruption();
        t.fields[0].hints["de"] = "was Kunden merken";
        const auto asked = [&] { return render(spokenTo(w, t), live(), {}).error().message; };
        QCOMPARE(asked(), std::string("\"impact\" is required: what customers notice.")); // it has no text in German
        t.bodies["de"] = "{{title}}: {{impact}} {{workaround}}";
        QCOMPARE(asked(), std::string("\"impact\" is required: was Kunden merken."));
        QCOMPARE(spokenTo(w, t).fields[1].hint, std::string("what they can do")); // of this one there is no other
        QVERIFY(preview(spokenTo(w, t), live(), {}).text.find("[was Kunden merken]") != std::string::npos);
    }

    void theIncidentsOwnWordsAreInTheLanguageOfTheText_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("german");
        for (const auto &[status, german] : {std::pair{"triage", "in Klärung"}, {"active", "aktiv"}, {"mitigated", "eingedämmt"}, {"resolved", "behoben"}, {"closed", "abgeschlossen"},
                                             {"cancelled", "abgebrochen"}, {"merged", "zusammengeführt"}})
            QTest::newRow(status) << QByteArray(status) << QByteArray(german);
    }
    void theIncidentsOwnWordsAreInTheLanguageOfTheText()
    {
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, german);
        QVERIFY(fromWord<IncidentStatus>(status.toStdString()));
        LiveIncident i;
        i.status = status.toStdString();
        i.declaredAt = *parseInstant("2026-11-23T14:01:00Z");
        for (const auto &[at, english, other] : {std::tuple{"2026-11-23T14:01:50Z", "less than a minute", "weniger als 1 min"}, {"2026-11-23T15:05:00Z", "1h4m", "1 h 4 min"},
                                                 {"2026-11-25T14:03:00Z", "2d2m", "2 d 2 min"}}) {
            i.now = *parseInstant(at);
            QCOMPARE(liveVariables(i).at("elapsed"), std::string(english));
            QCOMPARE(liveVariables(i, "de").at("elapsed"), std::string(other));
        }
        QCOMPARE(liveVariables(i).at("status"), status.toStdString());
        QCOMPARE(liveVariables(i, "de").at("status"), german.toStdString());
        QCOMPARE(liveVariables(i, "fr").at("status"), status.toStdString());
    }

    void everyFieldThatIsMissingIsNamedAtOnce()
    {
        UpdateTemplate t = disruption();
        t.fields.push_back({"region", "", true});
        t.body += "{{region}}";
        QCOMPARE(render(t, live(), {}).error().message, std::string("\"impact\" (what customers notice) and \"region\" are required."));
        t.fields.push_back({"contact", "who answers", true}); // asked for, though the text has no place for it
        QCOMPARE(render(t, live(), {{"impact", "x"}, {"region", " "}}).error().message, std::string("\"region\" and \"contact\" (who answers) are required."));
    }

    void previewShowsWhatIsMissing()
    {
        const Preview p = preview(disruption(), live(), {});
        QCOMPARE(p.missing, std::vector<std::string>{"impact"});
        QVERIFY(p.text.find("[what customers notice]") != std::string::npos);
        QVERIFY(!p.problem.empty());
        QVERIFY(preview(disruption(), live(), {{"impact", "x"}}).problem.empty());
    }

    void saysTheDateWhenItIsNotToday()
    {
        LiveIncident i;
        i.now = *parseInstant("2026-11-23T23:55:00Z");
        i.nextUpdate = *parseInstant("2026-11-24T00:15:00Z");
        i.declaredAt = *parseInstant("2026-11-23T22:50:30Z");
        QCOMPARE(liveVariables(i).at("next_update"), std::string("2026-11-24 00:15 UTC"));
        QCOMPARE(liveVariables(i).at("elapsed"), std::string("1h4m"));
    }

    void listsPlacesOnceInOrder()
    {
        QCOMPARE(*placesOf("{{b}} { {{a}} {{b}}"), (std::vector<std::string>{"b", "a"}));
    }

    void showsHiddenCharactersOfValues()
    {
        const auto text = render(disruption(), live(), {{"impact", "a\xe2\x80\xae" "b"}});
        QVERIFY(text.has_value());
        QVERIFY(text->find("U+202E") != std::string::npos);
    }
};

QD_TEST(TestTemplate)
#include "tst_template.moc"
