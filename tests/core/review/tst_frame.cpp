// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/frame.h"
#include "core/review/pagemessage.h"
#include "core/review/prefill.h"
#include "core/review/prefillwords.h"
#include "core/review/render.h"
#include "core/review/rendition.h"
#include "core/review/source.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;
using review::Format;

namespace {

Workspace inLanguage(const char *language)
{
    Workspace w = aWorkspace();
    w.review.languages = {language};
    return w;
}

/// Opened, written and rated, with roles, an action and a part that is kept from most.
Log aReview(const char *language)
{
    Log log;
    log.record(withWorkspace(inLanguage(language)));
    events::IncidentDeclared declared = anIncident().titled("Kasse fällt aus").severity(IncidentSeverity::Sev2).service("cart").event();
    declared.reckoned.hurt = "yes";
    declared.reckoned.howMany = "most";
    declared.reckoned.workaround = "no";
    declared.reckoned.matrix = "m";
    declared.reckoned.arithmetic = "20,000 customers (most) is SEV2";
    log.record(declared);
    log.record(events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna}, minutes(1)).record(events::RoleAssumed{"INC-1", Role::Scribe, "ben", kAna}, minutes(1));
    log.record(events::RoleAssumed{"INC-1", Role::Scribe, "", kAna}, minutes(1));
    log.record(events::TaskAssigned{"INC-1", "ben", "Knoten leeren", 1, {}, kAna}, minutes(1)).record(events::TaskDone{"INC-1", 1, kAna}, minutes(1));
    log.record(events::StatusChanged{"INC-1", "Limit zurück", IncidentStatus::Mitigated, kAna}, minutes(1)).record(events::StatusChanged{"INC-1", "", IncidentStatus::Resolved, kAna}, minutes(1));
    for (const review::Prefilled &p : review::prefill(log.state, *log.state.incident("INC-1")))
        log.record(events::SectionWritten{"INC-1", p.id, p.text, 0, 1, true, {"core", Path::Own}});
    for (const review::Prefilled &p : review::prefill(log.state, *log.state.incident("INC-1")))
        if (p.id == "impact" || p.id == "narrative" || p.id == "went-well") // only pre-filled it stayed inside
            log.record(events::SectionWritten{"INC-1", p.id, p.text + "\nGeprüft.\n", 1, 2, false, kAna});
    log.record(events::SectionWritten{"INC-1", "summary", "Ana sah es [[restricted for ben: das Token hunter2]], und @zoe half.", 1, 2, false, kAna});
    log.record(events::SectionWritten{"INC-1", "external", "Wir bitten um Entschuldigung.", 0, 1, false, kAna});
    log.record(events::SectionWritten{"INC-1", "lessons-learned", "Nichts wird schneller.", 0, 1, false, kAna});
    log.record(events::FactorRated{"INC-1", "technical.capacity", {}, "2026.1", {}, false, kAna});
    log.record(events::ActionKept{"INC-1", "Limit begrenzen", "", {}, {}, 1, kMorning + hours(24), Strength::Engineer, kAna});
    return log;
}

review::Rendition renditionFor(const Log &log, bool isOutside)
{
    return review::renditionOf(review::sourceOf(log.state, *log.state.incident("INC-1")), {isOutside ? "customers" : "internal", {isOutside ? DataClass::Public : DataClass::Confidential, {}}, isOutside});
}

QString written(const Log &log, bool isOutside, Format format)
{
    return QString::fromStdString(review::renderedAs(renditionFor(log, isOutside), format));
}

} // namespace

/// What stands around what people wrote, in the language of the review.
class TestFrame : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theLanguageIsTheFirstTheWorkspaceNames()
    {
        QCOMPARE(std::string(review::languageOf(aWorkspace())), std::string("en"));
        Workspace w = inLanguage("en");
        w.review.languages.push_back("de");
        QCOMPARE(std::string(review::languageOf(w)), std::string("en"));
        QCOMPARE(std::string(review::languageOf(inLanguage("de"))), std::string("de"));
    }
    /// What a review was opened in it stays in, whatever the workspace says later, and all of it.
    void aReviewKeepsTheLanguageItWasOpenedIn()
    {
        Log log = aReview("de");
        events::ReviewArranged opened{"INC-1", "ana", {}, {}, {}, {}, kAna};
        opened.language = "de";
        log.record(opened);
        const QString was = written(log, true, Format::Html), inside = written(log, false, Format::Markdown);
        QVERIFY(was.contains(QStringLiteral("lang=\"de\"")) && inside.contains(QStringLiteral("## Zusammenfassung")));
        log.record(withWorkspace(inLanguage("en")));
        QCOMPARE(written(log, true, Format::Html), was);
        QCOMPARE(written(log, false, Format::Markdown), inside);
        log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna}); // arranged otherwise, and not in that
        const state::Incident &i = *log.state.incident("INC-1");
        QCOMPARE(i.review.language, std::string("de"));
        QCOMPARE(std::string(review::languageOf(*log.state.workspace, i.review)), std::string("de"));
        QCOMPARE(review::draftsLeftOut(i.review, false, review::sourceOf(log.state, i).language), std::vector<std::string>());
        QVERIFY(review::prefill(log.state, i).front().text.find("Er begann ") != std::string::npos);
    }
    void aReviewOpenedBeforeItWasKeptSpeaksAsTheWorkspaceDoes()
    {
        Log log = aReview("de");
        log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
        QVERIFY(written(log, false, Format::Markdown).contains(QStringLiteral("## Zusammenfassung")));
        log.record(withWorkspace(inLanguage("en")));
        QVERIFY(written(log, false, Format::Markdown).contains(QStringLiteral("## Summary")));
    }
    void itsWordsAreLookedThroughInItsLanguageFirst()
    {
        using Texts = std::vector<std::string>;
        state::Review r;
        QCOMPARE(review::spelledIn(aWorkspace(), r), (Texts{"en", "de"}));
        QCOMPARE(review::spelledIn(inLanguage("de"), r), (Texts{"de"}));
        r.language = "de";
        QCOMPARE(review::spelledIn(aWorkspace(), r), (Texts{"de", "en"}));
        QCOMPARE(review::spelledIn(inLanguage("de"), r), (Texts{"de"}));
        QCOMPARE(review::spelledIn(inLanguage("en"), r), (Texts{"de", "en"}));
    }
    void everySectionAndEveryRoleIsCalledOtherwiseInGerman()
    {
        for (const std::string_view id : kReviewSections)
            QVERIFY2(review::headingOf(id, "de") != review::headingOf(id, "en"), std::string(id).c_str());
        for (const char *id : {"external", "factors", "actions"})
            QVERIFY2(review::headingOf(id, "de") != review::headingOf(id, "en"), id);
        QCOMPARE(review::headingOf("narrative", "en"), std::string("What happened"));
        QCOMPARE(review::headingOf("narrative", "de"), std::string("Was geschah"));
        QCOMPARE(review::headingOf("lessons-learned", "de"), std::string("Lessons learned")); // their own name
        for (int n = static_cast<int>(Role::Commander); n <= static_cast<int>(Role::Reporter); ++n) {
            const std::string role(word(static_cast<Role>(n)));
            QVERIFY2(review::roleName(role, "de") != role, role.c_str());
            const std::string said = review::roleInSentence(role, "de"); // one noun: no article and no ending changes with its case
            QVERIFY2(said != role && said.find(' ') == std::string::npos && (said.ends_with("ung") || said.ends_with("kraft") || said.ends_with("person")), said.c_str());
            QCOMPARE(review::roleName(role, "en"), role);
            QVERIFY2(review::roleInSentence(role, "en").starts_with("the "), role.c_str());
        }
        QCOMPARE(review::roleInSentence("Kassenwart", "de"), std::string("Kassenwart"));
        QCOMPARE(review::roleInSentence({}, "en"), std::string("a responder"));
        QCOMPARE(review::roleInSentence({}, "de"), std::string("Einsatzkraft"));
        QCOMPARE(review::partIn("was called for cart", "de"), std::string("wurde gerufen für cart"));
        QCOMPARE(review::partIn("owns cart", "de"), std::string("verantwortet cart"));
        QCOMPARE(review::partIn("Scribe", "de"), std::string("Protokoll"));
        QCOMPARE(review::partIn("settled a hypothesis", "en"), std::string("settled a hypothesis"));
        QCOMPARE(review::audienceName("internal", "de"), std::string("intern"));
        QCOMPARE(review::audienceName("board", "de"), std::string("board"));
    }
    /// Wherever a name stood, in whatever case.
    void aRoleStandsInGermanWhereANameStood()
    {
        const review::Source source{"INC-1", "t", {{"summary", "S", "Ana sah es. Auf Hinweis von Ana, mit Zoe, für Ana und wegen Ana.", review::Readers::Everybody}},
                                    {{{"Ana"}, review::roleInSentence("Incident Commander", "de")}, {{"Zoe"}, review::roleInSentence("Observer", "de")}}, "de"};
        const review::Rendition r = review::renditionOf(source, {"customers", {DataClass::Public, {}}, true});
        QCOMPARE(r.blocks.back().text(), std::string("Einsatzleitung sah es. Auf Hinweis von Einsatzleitung, mit Beobachtungsperson, für Einsatzleitung und wegen Einsatzleitung."));
    }
    void aHoleIsSaidInGermanAndNothingElseIsOne()
    {
        QCOMPARE(review::holeIn("[sealed: restricted, short]", "de"), std::string("[versiegelt: streng vertraulich, kurz]"));
        QCOMPARE(review::holeIn("[sealed: confidential, long]", "de"), std::string("[versiegelt: vertraulich, lang]"));
        QCOMPARE(review::holeIn("[sealed: internal, medium]", "en"), std::string("[sealed: internal, medium]"));
        for (const char *text : {"", "[sealed: ]", "[sealed: restricted]", "[sealed: secret, short]", "[sealed: restricted, tiny]", "sealed: restricted, short", "[sealed: restricted, short"})
            QVERIFY2(review::holeIn(text, "de").empty(), text);
    }
    void whatTheCoreWroteIsToldInGermanAndPeoplesWordsStay_data()
    {
        using state::EntryKind;
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("german");
        const auto row = [](EntryKind kind, const char *text, const char *german) { QTest::newRow(text) << static_cast<int>(kind) << QString::fromUtf8(german); };
        row(EntryKind::Declared, "SEV2 declared: Checkout is declared: slow", "SEV2 erklärt: Checkout is declared: slow");
        row(EntryKind::Declared, "SEV1 declared, in triage: X (20,000 (most) is SEV1; matrix m) (service a is not in the workspace) (follows INC-3)", "SEV1 erklärt, in Sichtung: X (Dienst a steht nicht im Arbeitsbereich) (folgt auf INC-3)");
        row(EntryKind::Declared, "SEV3 written down afterwards, over since 2026-11-01T10:00Z: X", "SEV3 nachträglich aufgeschrieben, vorbei seit 2026-11-01T10:00Z: X");
        row(EntryKind::Declared, "nothing", "nothing");
        row(EntryKind::Severity, "SEV3 to SEV2: more to come (and more)", "von SEV3 auf SEV2: more to come (and more)");
        row(EntryKind::Severity, "SEV3 to SEV1 (most (of all) is SEV1; matrix m)", "von SEV3 auf SEV1");
        row(EntryKind::Severity, "we go to it", "we go to it");
        row(EntryKind::Status, "mitigated: rolled back", "eingedämmt: rolled back");
        row(EntryKind::Status, "resolved", "gelöst");
        row(EntryKind::Status, "merged into INC-2: the same", "zusammengeführt mit INC-2: the same");
        row(EntryKind::Status, "active: no longer part of INC-2", "aktiv: nicht mehr Teil von INC-2");
        row(EntryKind::Status, "actively: watched", "actively: watched");
        row(EntryKind::Role, "Incident Commander is open", "Einsatzleitung: unbesetzt");
        row(EntryKind::Role, "Kassenwart is open", "Kassenwart: unbesetzt");
        row(EntryKind::Role, "What is open is open", "What is open: unbesetzt");
        row(EntryKind::TaskDone, "done: drain it", "erledigt: drain it");
        row(EntryKind::Task, "on it: drain it", "übernommen: drain it");
        row(EntryKind::Acknowledged, "acknowledged the call for cart (1 of 2 answers), by the link in the page, as ben says", "nahm den Ruf für cart an (1 von 2 Antworten), über den Link im Ruf, wie ben sagt");
        row(EntryKind::Acknowledged, "acknowledged the call for a (b)", "nahm den Ruf für a (b) an");
        row(EntryKind::Log, "the impact began at 2026-11-01T10:00:00Z, not at 2026-11-01T11:00:00Z: logs", "die Auswirkung begann 2026-11-01T10:00:00Z, nicht 2026-11-01T11:00:00Z: logs");
        row(EntryKind::Log, "takes back moment 2: the push", "nimmt Moment 2 zurück: the push");
        row(EntryKind::Log, "mitigated: I said", "mitigated: I said");
        row(EntryKind::Message, "mitigated: resolved", "mitigated: resolved");
        row(EntryKind::Alert, "PayDown fires: about", "PayDown fires: about"); // ours says no such thing
    }
    void whatTheCoreWroteIsToldInGermanAndPeoplesWordsStay()
    {
        QFETCH(int, kind);
        QFETCH(QString, german);
        state::Entry e;
        e.kind = static_cast<state::EntryKind>(kind);
        e.text = QTest::currentDataTag();
        if (e.kind == state::EntryKind::Role)
            e.role = e.text.substr(0, e.text.rfind(" is open"));
        QCOMPARE(QString::fromStdString(review::recordInGerman(e)), german);
    }
    void ofFilesOnlyTheirReadersWordsAreTold()
    {
        state::Entry e;
        e.origin = "alerts.json";
        e.kind = state::EntryKind::Alert;
        e.text = "PayDown fires: the fires of pay (instance=\"a\")";
        QCOMPARE(review::recordInGerman(e), std::string("PayDown feuert: the fires of pay (instance=\"a\")"));
        for (const auto &[kind, words] : {std::pair{state::EntryKind::Declared, "SEV2 declared: x"}, std::pair{state::EntryKind::Status, "resolved: we think"}, std::pair{state::EntryKind::Acknowledged, "acknowledged the call for x"}}) {
            e.kind = kind;
            e.text = words; // somebody may have said so in a room
            QCOMPARE(review::recordInGerman(e), e.text);
        }
    }
    void aPrefilledReviewIsGermanThroughout()
    {
        const Log log = aReview("de");
        for (const state::Section &s : log.state.incident("INC-1")->review.sections) {
            const std::string text = s.revisions.front().text;
            for (const char *english : {"declared", " is open", "mitigated", "resolved", "done:", "Incident Commander", "Scribe", "took part", "had a task", "yes,", "matrix", "owns ", "somebody"})
                QVERIFY2(text.find(english) == std::string::npos, (s.id + " (" + english + "): " + text).c_str());
        }
        const std::string timeline = log.state.incident("INC-1")->review.section("timeline")->revisions.front().text;
        for (const char *german : {"SEV2 erklärt: Kasse fällt aus\n", "Einsatzleitung: jemand übernimmt die Rolle", "Protokoll: unbesetzt", "eingedämmt: Limit zurück", "gelöst\n", "erledigt: Knoten leeren"})
            QVERIFY2(timeline.find(german) != std::string::npos, (german + ("\n" + timeline)).c_str());
        QVERIFY(log.state.incident("INC-1")->review.section("impact")->text().find("Wie damals beantwortet: ja, die meisten, nein") != std::string_view::npos);
        QVERIFY(log.state.incident("INC-1")->review.section("participants")->text().find("Einsatzleitung, ") != std::string_view::npos);
    }
    void everyRenditionOfAGermanReviewIsGerman_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<bool>("isOutside");
        for (const Format format : {Format::Markdown, Format::Html, Format::Plain, Format::Confluence})
            for (const bool isOutside : {false, true})
                QTest::addRow("%s, %s", std::string(word(format)).c_str(), isOutside ? "outside" : "inside") << static_cast<int>(format) << isOutside;
    }
    void everyRenditionOfAGermanReviewIsGerman()
    {
        QFETCH(int, format);
        QFETCH(bool, isOutside);
        const QString text = written(aReview("de"), isOutside, static_cast<Format>(format));
        QStringList wanted{QStringLiteral("Zusammenfassung"), QStringLiteral("Auswirkung"), QStringLiteral("Was geschah"), QStringLiteral("Was gut lief"), QStringLiteral("Was wir dagegen tun"), QStringLiteral("Lessons learned")};
        if (isOutside)
            wanted << QStringLiteral("An unsere Kunden") << QStringLiteral("Einsatzleitung sah es");
        else
            wanted << QStringLiteral("Verlauf") << QStringLiteral("Entscheidungen") << QStringLiteral("Hypothesen") << QStringLiteral("Beteiligte") << QStringLiteral("Was dazu beitrug") << QStringLiteral("niemand zuständig, fällig ")
                   << QStringLiteral("offen") << QStringLiteral("versiegelt: streng vertraulich, kurz");
        for (const QString &german : wanted)
            QVERIFY2(text.contains(german), qPrintable(german + QStringLiteral(" in:\n") + text));
        for (const char *english : {"Summary", "Impact", "What happened", "Timeline", "Decisions", "Hypotheses", "What went well", "Participants", "To our customers", "Contributing factors", "What we do", "a responder", "incident commander",
                                    "Incident Commander", "no owner", "sealed", "restricted", "is open", "capacity", "hunter2"})
            QVERIFY2(!text.contains(QLatin1String(english)), qPrintable(QLatin1String(english) + QStringLiteral(" in:\n") + text));
        if (static_cast<Format>(format) == Format::Html)
            QVERIFY(text.contains(QStringLiteral("<html lang=\"de\">")));
    }
    void anEnglishOneReadsAsItDid()
    {
        const QString inside = written(aReview("en"), false, Format::Html), outside = written(aReview("en"), true, Format::Html);
        for (const char *english : {"<html lang=\"en\">", "Summary", "What happened", "Contributing factors", "What we do about it", "no owner, due ", "[sealed: restricted, short]"})
            QVERIFY2(inside.contains(QLatin1String(english)), english);
        QVERIFY(outside.contains(QStringLiteral("The incident commander sah es")));
        QVERIFY(!inside.contains(QStringLiteral("versiegelt")) && !inside.contains(QStringLiteral("Zusammenfassung")));
    }
    void aPictureIsCalledSoInTheLanguageOfTheReview()
    {
        for (const auto &[language, words] : {std::pair{"de", "[Bild: die Kurve]"}, std::pair{"en", "[picture: die Kurve]"}}) {
            const review::Rendition r = review::renditionOf({"INC-1", "t", {{"summary", "S", "![die Kurve](x.png)", review::Readers::Everybody}}, {}, language}, {"internal", {DataClass::Internal, {}}, false});
            QCOMPARE(r.blocks.back().text(), std::string(words));
        }
    }
    void aStatusPagesMessageIsGermanAsWell()
    {
        const Log log = aReview("de");
        const review::Rendition r = renditionFor(log, true);
        const auto message = review::pageMessageOf(r.title, review::renderedAs(r, Format::Plain), false);
        VERIFY_RESULT(message);
        QVERIFY2(message->text.starts_with("Zusammenfassung\n") && message->text.find("Summary") == std::string::npos, message->text.c_str());
    }
    void sectionsAreKeptUnderTheSameNames()
    {
        const Log de = aReview("de"), en = aReview("en");
        const auto idsOf = [](const Log &log) {
            std::vector<std::string> out;
            for (const review::SourceText &s : review::sourceOf(log.state, *log.state.incident("INC-1")).sections)
                out.push_back(s.id);
            return out;
        };
        QCOMPARE(idsOf(de), idsOf(en));
        const auto ids = idsOf(de);
        QVERIFY(std::find(ids.begin(), ids.end(), "went-well") != ids.end());
    }
};

QD_TEST(TestFrame)
#include "tst_frame.moc"
