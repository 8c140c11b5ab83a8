// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <fstream>

using namespace qd;

namespace {

Result<Workspace> loadedOutward(const std::string &text)
{
    const QTemporaryDir dir;
    const std::filesystem::path path = dir.path().toStdString();
    std::ofstream(path / "a.toml", std::ios::binary) << text;
    return workspace::load(path);
}

const char *const kOrganisation = "\n"
    "[workspace]\n"
    "jargon = [\"Blue Heron\"]\n"
    "[[person]]\n"
    "id = \"lee\"\n"
    "[[person]]\n"
    "id = \"kim\"\n"
    "[[team]]\n"
    "id = \"platform\"\n"
    "members = [\"lee\"]\n"
    "[[service]]\n"
    "id = \"checkout\"\n"
    "[[page]]\n"
    "id = \"shop\"\n"
    "title = \"Shop\"\n"
    "[[page.component]]\n"
    "id = \"pay\"\n"
    "name = \"Payments\"\n"
    "[[recipients]]\n"
    "id = \"press\"\n"
    "mail = [\"a@press.example\"]\n";

QString problemOf(const QString &more)
{
    const auto w = loadedOutward(kOrganisation + more.toStdString());
    return w ? QString() : QString::fromStdString(w.error().message);
}

} // namespace

/// M3.2, M3.5: what the workspace says of updates, approvals and statements.
class TestOutward : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKeyIsRead()
    {
        const auto w = loadedOutward(std::string(kOrganisation) + "\n"
    "[[cadence]]\n"
    "severity = \"SEV1\"\n"
    "audience = \"customers\"\n"
    "every = \"30m\"\n"
    "[[approval]]\n"
    "id = \"technical\"\n"
    "approvers = [\"platform\"]\n"
    "[[approval]]\n"
    "id = \"legal\"\n"
    "name = \"Legal\"\n"
    "approvers = [\"lee\"]\n"
    "deputies = [\"kim\"]\n"
    "after = [\"technical\"]\n"
    "audiences = [\"customers\"]\n"
    "within = \"15m\"\n"
    "[[holding]]\n"
    "id = \"pay\"\n"
    "component = \"shop/pay\"\n"
    "state = \"partial-outage\"\n"
    "services = [\"checkout\"]\n"
    "title = \"Payments fail\"\n"
    "text = \"Some payments fail.\"\n"
    "title_de = \"Zahlungen scheitern\"\n"
    "text_de = \"Einige Zahlungen scheitern.\"\n"
    "to = [\"page:shop\", \"mail:press\", \"rooms\"]\n"
    "next = \"30m\"\n"
    "expires = \"2h\"\n"
    "[[template]]\n"
    "id = \"t\"\n"
    "audience = \"executive\"\n"
    "limit = 500\n"
    "not_known = \"noch nicht bekannt\"\n"
    "body = \"{{title}}\"\n"
    "language = \"de\"\n"
    "to = [\"rooms\", \"room:chat/board\", \"mail:press\", \"webhook:hook\"]\n"
    "body_en = \"Now: {{title}}\"\n"
    "not_known_en = \"we do not know\"\n"
    "[[template.field]]\n"
    "name = \"impact\"\n"
    "hint = \"was sie merken\"\n"
    "hint_en = \"what they notice\"\n"
    "[workspace.audience_languages]\n"
    "executive = \"en\"\n"
    "[[recipients]]\n"
    "id = \"support\"\n"
    "mail = [\"s@example.org\"]\n"
    "language = \"de\"\n");
        VERIFY_RESULT(w);
        QCOMPARE(w->cadenceOf(IncidentSeverity::Sev1, "customers"), minutes(30));
        QCOMPARE(w->cadenceOf(IncidentSeverity::Sev2, "customers"), Span{});
        QCOMPARE(w->cadenceOf(IncidentSeverity::Sev1, "partners"), Span{});
        const ApprovalStage &legal = *w->approval("legal");
        QCOMPARE(legal.after, std::vector<std::string>{"technical"});
        QCOMPARE(legal.within, minutes(15));
        QCOMPARE(w->approval("technical")->within, minutes(10));
        const HoldingStatement &h = *w->holdingStatement("pay");
        QCOMPARE(h.texts, (Localized{{"de", "Einige Zahlungen scheitern."}}));
        QCOMPARE(h.titles, (Localized{{"de", "Zahlungen scheitern"}}));
        QCOMPARE(h.page + "/" + h.component, std::string("shop/pay"));
        QCOMPARE(h.audience, std::string("customers"));
        QCOMPARE(h.to.size(), std::size_t(3));
        const UpdateTemplate &t = *w->updateTemplate("t");
        QVERIFY(t.kind == AudienceKind::Executive && t.limit == 500);
        QCOMPARE(t.notKnown, std::string("noch nicht bekannt"));
        QCOMPARE(t.language, std::string("de"));
        QCOMPARE(t.to, (std::vector<std::string>{"rooms", "room:chat/board", "mail:press", "webhook:hook"}));
        QCOMPARE(t.bodies, (Localized{{"en", "Now: {{title}}"}}));
        QCOMPARE(t.notKnowns, (Localized{{"en", "we do not know"}}));
        QCOMPARE(t.fields.at(0).hint, std::string("was sie merken"));
        QCOMPARE(t.fields.at(0).hints, (Localized{{"en", "what they notice"}}));
        QCOMPARE(w->audienceLanguages, (Localized{{"executive", "en"}}));
        QCOMPARE(w->recipientsOf("support")->language, std::string("de"));
        QCOMPARE(w->jargon, std::vector<std::string>{"Blue Heron"});
        QCOMPARE(w->recipientsOf("press")->mail.size(), std::size_t(1));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problem");
        const auto approval = [](const char *more) { return QStringLiteral("[[approval]]\nid = \"x\"\n") + QLatin1String(more); };
        const auto holding = [](const char *more) { return QStringLiteral("[[holding]]\nid = \"x\"\ntitle = \"T\"\ntext = \"Text\"\n") + QLatin1String(more); };
        QTest::newRow("cadence without a time") << "[[cadence]]\nseverity = \"SEV1\"\naudience = \"customers\"\n" << "how often";
        QTest::newRow("cadence of seconds") << "[[cadence]]\nseverity = \"SEV1\"\naudience = \"customers\"\nevery = \"30s\"\n" << "0s for none at all";
        QTest::newRow("cadence to nobody") << "[[cadence]]\nseverity = \"SEV1\"\naudience = \"martians\"\nevery = \"5m\"\n" << "audience martians";
        QTest::newRow("cadence twice") << "[[cadence]]\nseverity = \"SEV1\"\naudience = \"customers\"\nevery = \"5m\"\n[[cadence]]\nseverity = \"SEV1\"\naudience = \"customers\"\nevery = \"9m\"\n"
                                       << "twice";
        QTest::newRow("a retention without a time") << "[[retention]]\nof = \"alerts\"\n" << "how long";
        QTest::newRow("a retention of nothing") << "[[retention]]\nof = \"martians\"\nkeep = \"9d\"\n" << "not known for of";
        QTest::newRow("a retention too short") << "[[retention]]\nof = \"alerts\"\nkeep = \"23h\"\n" << "keep";
        QTest::newRow("a retention twice") << "[[retention]]\nof = \"alerts\"\nkeep = \"9d\"\n[[retention]]\nof = \"alerts\"\nkeep = \"8d\"\n" << "twice";
        QTest::newRow("an sla of nothing") << "[[sla]]\nid = \"x\"\nseverity = \"SEV1\"\n" << "agrees on nothing";
        QTest::newRow("an sla too short") << "[[sla]]\nid = \"x\"\nseverity = \"SEV1\"\nrespond = \"59s\"\n" << "respond";
        QTest::newRow("an answer later than the end") << "[[sla]]\nid = \"x\"\nseverity = \"SEV1\"\nrespond = \"2h\"\nresolve = \"1h\"\n" << "longer than the resolution";
        QTest::newRow("two slas for the same") << "[[sla]]\nid = \"x\"\nseverity = \"SEV1\"\nrespond = \"2m\"\n[[sla]]\nid = \"y\"\nseverity = \"SEV1\"\nresolve = \"1h\"\n" << "same incidents as sla x";
        QTest::newRow("an sla of no service") << "[[sla]]\nid = \"x\"\nseverity = \"SEV1\"\nservice = \"none\"\nresolve = \"1h\"\n" << "service none";
        QTest::newRow("no approver") << approval("") << "nobody who gives it";
        QTest::newRow("unknown approver") << approval("approvers = [\"nobody\"]\n") << "person or team nobody";
        QTest::newRow("after what is not there") << approval("approvers = [\"lee\"]\nafter = [\"y\"]\n") << "comes after y, which there is not";
        QTest::newRow("after itself") << approval("approvers = [\"lee\"]\nafter = [\"x\"]\n") << "in a circle";
        QTest::newRow("a circle") << approval("approvers = [\"lee\"]\nafter = [\"y\"]\n[[approval]]\nid = \"y\"\napprovers = [\"lee\"]\nafter = [\"x\"]\n") << "in a circle";
        QTest::newRow("a place in a statement") << "[[holding]]\nid = \"x\"\ntitle = \"T\"\ntext = \"{{title}}\"\n" << "word for word";
        QTest::newRow("a title alone") << holding("title_de = \"T\"\n") << "a title in de and no text";
        QTest::newRow("a place in another language") << holding("text_de = \"{{title}}\"\n") << "word for word";
        QTest::newRow("the first language twice") << holding("to = [\"page:shop\"]\ntext_en = \"T\"\n") << "text_en out";
        QTest::newRow("a page that is not there") << holding("component = \"none/pay\"\n") << "page none, which there is not";
        QTest::newRow("a component that is not there") << holding("component = \"shop/none\"\n") << "component none";
        QTest::newRow("no component") << holding("component = \"shop\"\n") << "names no component";
        QTest::newRow("to a room of no name") << holding("to = [\"room:chat\", \"webhook:hook\"]\n") << "goes to \"room:chat\"";
        QTest::newRow("to nowhere") << holding("to = [\"mail:none\"]\n") << "goes to \"mail:none\"";
        QTest::newRow("no mail address") << "[[recipients]]\nid = \"x\"\nmail = [\"a b@c\"]\n" << "no mail address";
        QTest::newRow("recipients who are nobody") << "[[recipients]]\nid = \"x\"\n" << "are nobody";
        QTest::newRow("a kind there is not") << "[[template]]\nid = \"t\"\naudience = \"customers\"\nkind = \"martian\"\nbody = \"x\"\n" << "not known for kind";
        const auto written = [](const char *more, const char *read) {
            return QStringLiteral("[[template]]\nid = \"t\"\naudience = \"customers\"\nbody = \"x\"\n") + QLatin1String(more) + QStringLiteral("[workspace.audience_languages]\n") + QLatin1String(read);
        };
        QTest::newRow("a body with an unknown place in another language") << written("body_de = \"{{imapct}}\"\n", "") << "template t uses {{imapct}}";
        QTest::newRow("a text in its own language twice") << written("body_en = \"x\"\n", "") << "template t has its text in en twice";
        QTest::newRow("a language there is not") << written("language = \"fr\"\n", "") << "\"fr\" of template t is no language";
        QTest::newRow("words without a text") << written("not_known_de = \"?\"\n", "") << "words for what is not known yet in de and no text";
        QTest::newRow("a hint without a text") << written("[[template.field]]\nname = \"impact\"\nhint_de = \"was sie merken\"\n", "") << "asks for impact in de and has no text in it; write body_de";
        QTest::newRow("a hint of no language there is") << written("[[template.field]]\nname = \"impact\"\nhint_fr = \"ce qu'ils voient\"\n", "") << "hint_fr";
        QTest::newRow("an audience that finds no text") << written("", "customers = \"de\"\n") << "template t has no text in de, which is what customers read";
        QTest::newRow("an audience of no language there is") << written("", "customers = \"Deutsch\"\n") << "\"Deutsch\" of audience customers is no language";
        QTest::newRow("a language of no audience") << written("", "martians = \"de\"\n") << "\"martians\" is not known in";
        QTest::newRow("recipients who read what is not spoken") << "[[recipients]]\nid = \"x\"\nmail = [\"a@b.example\"]\nlanguage = \"la\"\n" << "\"la\" of recipients x is no language";
        const auto goes = [](const char *to, const char *more = "") {
            return QStringLiteral("[[template]]\nid = \"t\"\naudience = \"customers\"\nbody = \"x\"\nto = [") + QLatin1String(to) + QStringLiteral("]\n") + QLatin1String(more);
        };
        QTest::newRow("an update to no place") << goes("\"fax\"") << "goes to \"fax\", which is no place";
        QTest::newRow("an update to a room of no connection") << goes("\"room:war\"") << "room:CONNECTION/ROOM";
        QTest::newRow("an update to nobody there is") << goes("\"mail:none\"") << "add [[recipients]] none";
        QTest::newRow("an update to a place twice") << goes("\"rooms\", \"rooms\"") << "goes to rooms twice";
        QTest::newRow("an update around a check") << goes("\"webhook:hook\"", "[[approval]]\nid = \"x\"\napprovers = [\"lee\"]\n") << "what customers read has to pass x";
        QTest::newRow("an update around a check, into a room that anybody reads") << goes("\"room:chat/status\"", "[[approval]]\nid = \"x\"\napprovers = [\"lee\"]\n[[clearance]]\nid = \"c\"\nclass = \"public\"\nconnections = [\"chat\"]\n") << "what customers read has to pass x";
        QTest::newRow("an unknown key") << approval("approvers = [\"lee\"]\napprover = \"lee\"\n") << "approver";
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, text);
        QFETCH(QString, problem);
        const QString said = problemOf(text);
        QVERIFY2(said.contains(problem), qPrintable(said));
    }
};

QD_TEST(TestOutward)
#include "tst_outward.moc"
