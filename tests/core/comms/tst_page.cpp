// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/pagerender.h"

#include "core/base/encoding.h"
#include "tests/support/suite.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QXmlStreamReader>

using namespace qd;
using namespace qd::comms;

namespace {

const Instant kNoon{1'795'953'600'000'000'000}; // 2026-11-29T12:00:00Z

StatusPage aShopPage()
{
    StatusPage p;
    p.id = "shop";
    p.languages = {"en", "de"};
    p.title = {{"en", "Shop"}, {"de", "Laden"}};
    p.url = "https://status.example.org";
    p.support = "mailto:help@example.org";
    p.zone = "Europe/Berlin";
    p.publish = {"canary-connection"};
    p.components = {{"checkout", {{"en", "Checkout"}, {"de", "Kasse"}}, {{"en", "Buying"}}, {{"en", "Paying"}}, {"canary-service"}}, {"news", {{"en", "News"}}, {}, {}, {}}};
    return p;
}

state::StatusPageState aTroubledState()
{
    state::StatusPageState s;
    s.id = "shop";
    state::PageComponentState c;
    c.id = "checkout";
    c.turns = {{kNoon - hours(24 * 10), ComponentState::Operational}, {kNoon - hours(50), ComponentState::MajorOutage}, {kNoon - hours(49), ComponentState::Operational},
               {kNoon - minutes(30), ComponentState::PartialOutage}};
    c.because = {"page/derived", {"INC-canary hits canary-service"}, {}};
    c.byHand = {ComponentState::Degraded, "canary reason", "canary-person", kNoon, {}};
    c.driftBecause = {"page/drift", {"canary drift"}, {}};
    c.driftsSince = kNoon;
    s.components = {c};
    state::PageNotice n;
    n.number = 3;
    n.incident = "INC-canary";
    n.title = {{"en", "Payments fail"}, {"de", "Zahlungen scheitern"}};
    n.updates = {{1, PagePhase::Investigating, {{"en", "We look into it."}}, {{"checkout", ComponentState::MajorOutage}}, kNoon - minutes(30), {}, "canary-person"},
                 {2, PagePhase::Identified, {{"en", "It is <b>the</b> bank.\nCards work."}, {"de", "Es ist die Bank."}}, {{"checkout", ComponentState::PartialOutage}}, kNoon - minutes(10), kNoon + minutes(20),
                  "canary-person"}};
    n.components = {{"checkout", ComponentState::PartialOutage}};
    s.notices = {n};
    s.maintenances = {{1, {{"en", "New disks"}}, {{"en", "Half an hour; at night."}}, {"news"}, kNoon + hours(10), kNoon + hours(11), kNoon, {}, {}, "canary-person", {}}};
    return s;
}

QByteArray bytesOf(const std::string &text) { return QByteArray::fromStdString(text); }

} // namespace

/// M3.1: a status page as files.
class TestPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsInternalIsInNoFile()
    {
        const StatusPage page = aShopPage();
        const auto known = aTroubledState();
        for (const PageFile &f : pageFiles(page, &known, kNoon))
            QVERIFY2(f.body.find("canary") == std::string::npos, f.path.c_str());
    }

    void indexIsWrittenLast()
    {
        const StatusPage page = aShopPage();
        const auto files = pageFiles(page, nullptr, kNoon);
        QCOMPARE(files.back().path, std::string("index.html"));
        QCOMPARE(files[files.size() - 2].path, std::string("index.de.html"));
        QCOMPARE(files.size(), std::size_t(10));
    }

    void thePageSaysItInWordsWithoutAScript()
    {
        const auto known = aTroubledState();
        const std::string html = pageHtml(pageView(aShopPage(), &known, "en", kNoon));
        for (const char *said : {"Some systems are down in part", "Payments fail", "Identified", "It is &lt;b&gt;the&lt;/b&gt; bank.", "Cards work.", "Partial outage", "2026-11-29 11:50 UTC (12:50 CET)", "Next word by",
                                 "2026-11-29 12:20 UTC (13:20 CET)", "Generated at", "New disks", "2026-11-27: Major outage", "aria-live=\"polite\"", "href=\"mailto:help@example.org\"", "<html lang=\"en\">"})
            QVERIFY2(html.find(said) != std::string::npos, said);
        QVERIFY(html.find("id=\"late\" class=\"late\" role=\"alert\" hidden") != std::string::npos);
        QVERIFY(html.size() < kPageBytes);
    }

    void inTheReadersLanguage()
    {
        const auto known = aTroubledState();
        const std::string html = pageHtml(pageView(aShopPage(), &known, "de", kNoon));
        for (const char *said : {"<html lang=\"de\">", "Zahlungen scheitern", "Es ist die Bank.", "We look into it.", "Kasse", "Teilausfall", "Ursache gefunden", "href=\"index.html\""})
            QVERIFY2(html.find(said) != std::string::npos, said);
    }

    void whatIsNotTranslatedIsReadInAnotherLanguageAndSaysSo()
    {
        auto known = aTroubledState();
        known.notices[0].title.erase("de");
        const std::string html = pageHtml(pageView(aShopPage(), &known, "de", kNoon)), english = pageHtml(pageView(aShopPage(), &known, "en", kNoon));
        for (const char *said : {"<h3 lang=\"en\">Payments fail</h3>", "<p class=\"t\" lang=\"en\">We look into it.</p><p class=\"d\">Nicht übersetzt; nur auf English</p>", "<h3 lang=\"en\">New disks</h3>",
                                 "<p class=\"t\">Es ist die Bank.</p></li>", "Half an hour; at night.</p><p class=\"d\">Nicht übersetzt; nur auf English</p>"})
            QVERIFY2(html.find(said) != std::string::npos || (std::string(said).ends_with("</li>") && html.find("<p class=\"t\">Es ist die Bank.</p><p") != std::string::npos), said);
        QVERIFY(english.find("Not translated") == std::string::npos);
        QVERIFY(english.find("<h3 lang") == std::string::npos);
    }

    /// A reader is told that something stood there; a heading without words is none.
    void whatWasTakenBackIsSaidToBe()
    {
        auto known = aTroubledState();
        known.notices[0].title.clear();
        known.notices[0].updates[0].text.clear();
        known.notices[0].updates[1].text.clear(); // which may have been a state alone
        known.maintenances[0].title.clear();
        const PageView view = pageView(aShopPage(), &known, "en", kNoon);
        QCOMPARE(view.notices[0].title, std::string("(taken back)"));
        QCOMPARE(view.notices[0].updates[1].text, std::string("(taken back)"));
        QCOMPARE(view.notices[0].updates[0].text, std::string());
        QCOMPARE(view.maintenances[0].title, std::string("(taken back)"));
        QVERIFY(pageHtml(view).find("(taken back)</h3>") != std::string::npos);
        QCOMPARE(pageView(aShopPage(), &known, "de", kNoon).notices[0].title, std::string("(zurückgenommen)"));
    }

    void aPromiseThatWasBrokenIsShown()
    {
        auto known = aTroubledState();
        known.notices[0].overdueAt = kNoon + minutes(20);
        const std::string html = pageHtml(pageView(aShopPage(), &known, "en", kNoon + minutes(21)));
        QVERIFY(html.find("role=\"alert\">The next word is late") != std::string::npos);
        QVERIFY(summaryJson(pageView(aShopPage(), &known, "en", kNoon)).find("\"may_be_out_of_date\":true") != std::string::npos);
    }

    void whatABrowserMayDoIsSaid()
    {
        const std::string html = pageHtml(pageView(aShopPage(), nullptr, "en", kNoon));
        const auto between = [&](const std::string &from, const std::string &to) {
            const auto at = html.find(from) + from.size();
            return html.substr(at, html.find(to, at) - at);
        };
        QVERIFY(html.find(pageSecurityPolicy()) != std::string::npos);
        for (const std::string &inside : {between("<style>", "</style>"), between("<script>", "</script>")}) {
            const std::string hash = toBase64(*fromHex(sha256Hex(inside)));
            QVERIFY2(pageSecurityPolicy().find("'sha256-" + hash + "'") != std::string::npos, inside.substr(0, 40).c_str());
        }
        QVERIFY(pageSecurityPolicy().starts_with("default-src 'none'"));
        QVERIFY(!QRegularExpression(QStringLiteral("<[^>]+ (style|on[a-z]+)=")).match(QString::fromStdString(html)).hasMatch());
    }

    void hostileTextsStayTexts()
    {
        StatusPage page = aShopPage();
        const std::string evil = "</b></style><script>alert(1)</script><img src=x onerror='alert(1)'>\"'&{{W_NEXT}}";
        page.components[0].name["en"] = page.components[0].group["en"] = page.components[0].about["en"] = page.title["en"] = evil;
        page.support = "javascript:alert(1)";
        auto known = aTroubledState();
        known.notices[0].title["en"] = known.notices[0].updates[1].text["en"] = known.maintenances[0].title["en"] = evil;
        const std::string html = pageHtml(pageView(page, &known, "en", kNoon));
        QCOMPARE(QString::fromStdString(html).count(QLatin1String("<script>")), 1);
        QVERIFY(html.find("<img") == std::string::npos);
        QVERIFY(html.find("javascript:") == std::string::npos);
        QVERIFY(html.find("{{W_NEXT}}") != std::string::npos); // never read as syntax
        for (const PageFile &f : pageFiles(page, &known, kNoon))
            if (f.path.ends_with(".xml")) {
                QXmlStreamReader xml(bytesOf(f.body));
                while (!xml.atEnd())
                    xml.readNext();
                QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
            } else if (f.path.ends_with(".json")) {
                QVERIFY2(!QJsonDocument::fromJson(bytesOf(f.body)).isNull(), f.path.c_str());
            }
    }

    void howeverMuchThereIsToSayThePageIsSmall()
    {
        StatusPage page = aShopPage();
        page.components.clear();
        state::StatusPageState known;
        for (int n = 0; n < 100; ++n) {
            page.components.push_back({"component-" + std::to_string(n), {{"en", std::string(110, '&')}}, {{"en", std::string(110, '"')}}, {}, {}});
            state::PageComponentState c;
            c.id = page.components.back().id;
            for (int day = 90; day > 0; --day)
                c.turns.push_back({kNoon - hours(24 * day), static_cast<ComponentState>(day % 5)});
            known.components.push_back(std::move(c));
        }
        for (std::uint32_t n = 1; n <= 200; ++n) {
            state::PageNotice notice;
            notice.number = n;
            notice.title = {{"en", "It was down"}};
            notice.updates = {{1, n < 195 ? PagePhase::Resolved : PagePhase::Investigating, {{"en", std::string(2000, 'x')}}, {}, kNoon - hours(n), {}, {}}};
            known.notices.push_back(std::move(notice));
        }
        const std::string html = pageHtml(pageView(page, &known, "en", kNoon));
        QVERIFY2(html.size() < kPageBytes, std::to_string(html.size()).c_str()); // six open notices of 2,000 letters and names of nothing but escapes: cut, and
        QVERIFY(html.find("xxx…") != std::string::npos);                         // that is seen
        for (std::size_t n = 0; n < page.components.size(); ++n)
            page.components[n].name["en"] = "Component with a name of some length " + std::to_string(n);
        for (auto &c : page.components)
            c.group.clear();
        const std::string usual = pageHtml(pageView(page, &known, "en", kNoon));
        QVERIFY2(usual.size() < kPageBytes, std::to_string(usual.size()).c_str());
        QVERIFY(usual.find("name of some length 99") != std::string::npos);
    }

    void jsonHasTheShapeReadersKnow()
    {
        const auto known = aTroubledState();
        const QJsonObject summary = QJsonDocument::fromJson(bytesOf(summaryJson(pageView(aShopPage(), &known, "en", kNoon)))).object();
        QCOMPARE(summary[QLatin1String("status")].toObject()[QLatin1String("indicator")].toString(), QStringLiteral("major"));
        QCOMPARE(summary[QLatin1String("page")].toObject()[QLatin1String("time_zone")].toString(), QStringLiteral("Europe/Berlin"));
        const QJsonArray components = summary[QLatin1String("components")].toArray();
        QCOMPARE(components.size(), 3); // one is the group
        QCOMPARE(summary[QLatin1String("page")].toObject()[QLatin1String("language")].toString(), QStringLiteral("en"));
        QCOMPARE(components[0].toObject()[QLatin1String("status")].toString(), QStringLiteral("partial_outage"));
        QCOMPARE(components[0].toObject()[QLatin1String("group_id")].toString(), components[2].toObject()[QLatin1String("id")].toString());
        const QJsonObject incident = summary[QLatin1String("incidents")].toArray()[0].toObject();
        QCOMPARE(incident[QLatin1String("status")].toString(), QStringLiteral("identified"));
        QCOMPARE(incident[QLatin1String("impact")].toString(), QStringLiteral("critical"));
        QCOMPARE(incident[QLatin1String("shortlink")].toString(), QStringLiteral("https://status.example.org/#n3"));
        QCOMPARE(incident[QLatin1String("incident_updates")].toArray().size(), 2);
        QCOMPARE(incident[QLatin1String("incident_updates")].toArray()[0].toObject()[QLatin1String("status")].toString(), QStringLiteral("identified"));
        QCOMPARE(summary[QLatin1String("scheduled_maintenances")].toArray()[0].toObject()[QLatin1String("status")].toString(), QStringLiteral("scheduled"));
    }

    void feedsNameEachNoticeOnceAndForEver()
    {
        auto known = aTroubledState();
        const auto idsOf = [&] {
            QStringList ids;
            QXmlStreamReader xml(bytesOf(pageAtom(pageView(aShopPage(), &known, "en", kNoon))));
            while (!xml.atEnd())
                if (xml.readNextStartElement() && xml.name() == QLatin1String("id"))
                    ids << xml.readElementText();
            return ids;
        };
        const QStringList before = idsOf();
        QCOMPARE(before, (QStringList{QStringLiteral("https://status.example.org/"), QStringLiteral("https://status.example.org/#m1"), QStringLiteral("https://status.example.org/#n3")}));
        known.notices[0].updates.push_back({3, PagePhase::Resolved, {{"en", "Over."}}, {}, kNoon, {}, {}});
        QCOMPARE(QSet<QString>(before.begin(), before.end()), [&] { const QStringList l = idsOf(); return QSet<QString>(l.begin(), l.end()); }());
        QVERIFY(pageRss(pageView(aShopPage(), &known, "en", kNoon)).find("<pubDate>Sun, 29 Nov 2026 12:00:00 +0000</pubDate>") != std::string::npos);
    }

    void plannedWorkIsACalendar()
    {
        const auto known = aTroubledState();
        const std::string ics = pageCalendar(pageView(aShopPage(), &known, "en", kNoon));
        for (const char *line : {"UID:shop-m1@status.example.org", "DTSTART:20261129T220000Z", "DTEND:20261129T230000Z", "SUMMARY:New disks", "DESCRIPTION:Half an hour\\; at night.", "STATUS:CONFIRMED"})
            QVERIFY2(ics.find(line) != std::string::npos, ics.c_str());
    }

    void aChangedWindowIsALaterOneInTheCalendarAndAFurtherWordInTheFeeds()
    {
        auto known = aTroubledState();
        QVERIFY(pageCalendar(pageView(aShopPage(), &known, "en", kNoon)).find("SEQUENCE") == std::string::npos);
        known.maintenances[0].changedAt = {kNoon + minutes(1), kNoon + minutes(2)};
        known.maintenances[0].until = kNoon + hours(12);
        const PageView v = pageView(aShopPage(), &known, "en", kNoon + minutes(3));
        const std::string ics = pageCalendar(v);
        for (const char *line : {"UID:shop-m1@status.example.org", "SEQUENCE:2", "DTSTAMP:20261129T120200Z", "DTEND:20261130T000000Z", "STATUS:CONFIRMED"})
            QVERIFY2(ics.find(line) != std::string::npos, ics.c_str());
        QVERIFY(pageAtom(v).find("<updated>2026-11-29T12:02:00Z</updated>") != std::string::npos);
        known.maintenances[0].endedAt = kNoon + minutes(3);
        const std::string cancelled = pageCalendar(pageView(aShopPage(), &known, "en", kNoon + minutes(3)));
        QVERIFY2(cancelled.find("SEQUENCE:3") != std::string::npos && cancelled.find("STATUS:CANCELLED") != std::string::npos, cancelled.c_str());
    }

    void ninetyDaysFoldFromTheTurns()
    {
        const auto days = pageHistory(aTroubledState().components[0].turns, kNoon);
        QCOMPARE(days.size(), std::size_t(kHistoryDays));
        QVERIFY(!days[0].isKnown);
        QVERIFY(days[89].worst == ComponentState::PartialOutage);
        QVERIFY(days[87].worst == ComponentState::MajorOutage); // 2026-11-27, an hour of it
        QVERIFY(days[88].isKnown && days[88].worst == ComponentState::Operational);
        QVERIFY(days[79].isKnown && !days[78].isKnown); // it came onto the page on 2026-11-19
    }
};

QD_TEST(TestPage)
#include "tst_page.moc"
