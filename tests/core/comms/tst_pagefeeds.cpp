// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/pagerender.h"
#include "tests/support/suite.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>
#include <QSet>
#include <QUrl>
#include <QXmlStreamReader>
#include <map>

using namespace qd;
using namespace qd::comms;

namespace {

const Instant kFeedNoon{1'795'953'600'000'000'000}; // 2026-11-29T12:00:00Z
constexpr const char *kHostile = "Pay</title><script>alert(1)</script>]]>&amp;\"' \xc3\xbc\xf0\x9f\x92\xa5 & a very long name, which goes on; and on: so that a line of a calendar has to be folded more than once";

/// A page with as many notices and as much planned work as a row asks for, all of it in hostile words.
PageView viewWith(const std::string &url, int count, const std::string &language)
{
    StatusPage p;
    p.id = "shop";
    p.languages = {"en", "de"};
    p.title = {{"en", std::string("Shop ") + kHostile}, {"de", std::string("Laden ") + kHostile}};
    p.url = url;
    p.zone = "Europe/Berlin";
    p.components = {{"checkout", {{"en", kHostile}, {"de", kHostile}}, {}, {}, {}}};
    state::StatusPageState s;
    s.id = "shop";
    for (int n = 1; n <= count; ++n) {
        const auto number = static_cast<std::uint32_t>(n);
        state::PageNotice notice;
        notice.number = number;
        notice.title = {{"en", kHostile}};
        notice.updates = {{1, PagePhase::Investigating, {{"en", std::string(kHostile) + "\nand a second line"}}, {}, kFeedNoon - minutes(30), {}, "x"},
                          {2, n % 2 ? PagePhase::Resolved : PagePhase::Monitoring, {{"en", kHostile}}, {}, kFeedNoon - minutes(5), {}, "x"}};
        s.notices.push_back(notice);
        state::PageMaintenance m;
        m.number = number;
        m.title = m.text = {{"en", kHostile}};
        m.components = {"checkout"};
        m.from = kFeedNoon + hours(n);
        m.until = m.from + hours(1);
        m.plannedAt = kFeedNoon - hours(1);
        if (n % 3 == 0)
            m.endedAt = kFeedNoon; // cancelled
        if (n % 3 == 1)
            m.changedAt = {kFeedNoon - minutes(1)};
        s.maintenances.push_back(m);
    }
    return pageView(p, &s, language, kFeedNoon);
}

/// An element with what stands in it, as a feed's reader sees it.
struct Element {
    QString name, space, text;
    std::map<QString, QString> attributes;
    std::vector<Element> children;

    [[nodiscard]] std::vector<const Element *> all(const char *named) const
    {
        std::vector<const Element *> out;
        for (const Element &e : children)
            if (e.name == QLatin1String(named))
                out.push_back(&e);
        return out;
    }
    [[nodiscard]] QString only(const char *named) const { return all(named).size() == 1 ? all(named)[0]->text : QStringLiteral("(%1 of %2)").arg(all(named).size()).arg(QLatin1String(named)); }
};

Element elementAt(QXmlStreamReader &xml)
{
    Element out{xml.name().toString(), xml.namespaceUri().toString(), {}, {}, {}};
    for (const QXmlStreamAttribute &a : xml.attributes())
        out.attributes[a.qualifiedName().toString()] = a.value().toString();
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::EndElement)
            return out;
        if (token == QXmlStreamReader::Characters)
            out.text += xml.text();
        else if (token == QXmlStreamReader::StartElement)
            out.children.push_back(elementAt(xml));
    }
    return out;
}

Element parsed(const std::string &text)
{
    QXmlStreamReader xml(QByteArray::fromStdString(text));
    Element out;
    if (xml.readNextStartElement())
        out = elementAt(xml);
    while (!xml.atEnd())
        xml.readNext();
    return xml.hasError() ? Element{xml.errorString(), {}, {}, {}, {}} : out;
}

bool isAddress(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.isRelative();
}

/// RFC 3339, with its zone.
bool isMoment(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"));
    return shape.match(text).hasMatch() && QDateTime::fromString(text, Qt::ISODateWithMs).isValid();
}

} // namespace

/// What readers of feeds and calendars make of a page: held against RFC 4287 (Atom), the RSS 2.0 specification, RFC 5545 (iCalendar).
class TestPageFeeds : public QObject {
    Q_OBJECT

    static void rows()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("language");
        for (const char *url : {"", "https://status.example.org", "https://example.org/our/status"})
            for (const int count : {0, 1, 7})
                for (const char *language : {"en", "de"})
                    QTest::addRow("%s, %d, %s", url, count, language) << QString::fromLatin1(url) << count << QString::fromLatin1(language);
    }

private Q_SLOTS:
    void atomHasAllThatRfc4287AsksFor_data() { rows(); }
    void atomHasAllThatRfc4287AsksFor()
    {
        QFETCH(QString, url);
        QFETCH(int, count);
        QFETCH(QString, language);
        const Element feed = parsed(pageAtom(viewWith(url.toStdString(), count, language.toStdString())));
        QCOMPARE(feed.name, QStringLiteral("feed"));
        QCOMPARE(feed.space, QStringLiteral("http://www.w3.org/2005/Atom"));
        QCOMPARE(feed.attributes.at(QStringLiteral("xml:lang")), language);
        QVERIFY2(isAddress(feed.only("id")), qPrintable(feed.only("id")));
        QVERIFY2(feed.only("title").contains(QString::fromUtf8(kHostile)), qPrintable(feed.only("title")));
        QVERIFY2(isMoment(feed.only("updated")), qPrintable(feed.only("updated")));
        QCOMPARE(feed.all("author").size(), std::size_t{1}); // so that no entry needs one
        QVERIFY(!feed.all("author")[0]->only("name").isEmpty());
        QSet<QString> ids{feed.only("id")};
        QCOMPARE(feed.all("entry").size(), static_cast<std::size_t>(2 * count));
        for (const Element *entry : feed.all("entry")) {
            QVERIFY2(isAddress(entry->only("id")) && !ids.contains(entry->only("id")), qPrintable(entry->only("id")));
            ids.insert(entry->only("id"));
            QVERIFY(entry->only("title").contains(QString::fromUtf8(kHostile)));
            QVERIFY(isMoment(entry->only("updated")) && isMoment(entry->only("published")));
            QVERIFY(QDateTime::fromString(entry->only("updated"), Qt::ISODateWithMs) >= QDateTime::fromString(entry->only("published"), Qt::ISODateWithMs));
            QCOMPARE(entry->all("content").size(), std::size_t{1}); // one without a link needs it
            for (const Element *link : entry->all("link"))
                QVERIFY(isAddress(link->attributes.at(QStringLiteral("href"))));
        }
        const auto links = feed.all("link");
        const auto self = std::count_if(links.begin(), links.end(), [](const Element *l) { return l->attributes.contains(QStringLiteral("rel")) && l->attributes.at(QStringLiteral("rel")) == QStringLiteral("self"); });
        QCOMPARE(self, url.isEmpty() ? 0 : 1);
    }

    void rssHasAllThatItsSpecificationAsksFor_data() { rows(); }
    void rssHasAllThatItsSpecificationAsksFor()
    {
        QFETCH(QString, url);
        QFETCH(int, count);
        QFETCH(QString, language);
        const Element rss = parsed(pageRss(viewWith(url.toStdString(), count, language.toStdString())));
        QCOMPARE(rss.name, QStringLiteral("rss"));
        QCOMPARE(rss.attributes.at(QStringLiteral("version")), QStringLiteral("2.0"));
        QCOMPARE(rss.all("channel").size(), std::size_t{1});
        const Element &channel = *rss.all("channel")[0];
        QVERIFY(!channel.only("title").isEmpty() && !channel.only("description").isEmpty());
        const auto links = channel.all("link"); // its own, and Atom's to itself where it has an address
        QCOMPARE(links.size(), url.isEmpty() ? std::size_t{1} : std::size_t{2});
        QVERIFY2(isAddress(links[0]->text), qPrintable(links[0]->text));
        QCOMPARE(channel.only("language"), language);
        static const QRegularExpression mailTime(QStringLiteral("^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\\d\\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \\d{4} \\d\\d:\\d\\d:\\d\\d) \\+0000$"));
        const auto isMailTime = [&](const QString &text) {
            const auto match = mailTime.match(text);
            const QDateTime time = QLocale::c().toDateTime(match.captured(2), QStringLiteral("dd MMM yyyy HH:mm:ss"));
            return match.hasMatch() && time.isValid() && QLocale::c().toString(time, QStringLiteral("ddd")) == match.captured(1);
        };
        QVERIFY2(isMailTime(channel.only("lastBuildDate")), qPrintable(channel.only("lastBuildDate")));
        QSet<QString> guids;
        QCOMPARE(channel.all("item").size(), static_cast<std::size_t>(2 * count));
        for (const Element *item : channel.all("item")) {
            QVERIFY(item->only("title").contains(QString::fromUtf8(kHostile)) && !item->only("description").isEmpty());
            QVERIFY2(isMailTime(item->only("pubDate")), qPrintable(item->only("pubDate")));
            QVERIFY(!guids.contains(item->only("guid")));
            guids.insert(item->only("guid"));
            for (const Element *link : item->all("link"))
                QVERIFY(isAddress(link->text));
        }
    }

    void theCalendarIsOneByRfc5545_data() { rows(); }
    void theCalendarIsOneByRfc5545()
    {
        QFETCH(QString, url);
        QFETCH(int, count);
        QFETCH(QString, language);
        const QByteArray ics = QByteArray::fromStdString(pageCalendar(viewWith(url.toStdString(), count, language.toStdString())));
        QVERIFY(ics.endsWith("\r\n"));
        QVERIFY(!QByteArray(ics).replace("\r\n", "").contains('\n') && !QByteArray(ics).replace("\r\n", "").contains('\r'));
        for (const QByteArray &line : QByteArray(ics).replace("\r\n", "\n").split('\n'))
            QVERIFY2(line.size() <= 75, line.constData());
        const QString unfolded = QString::fromUtf8(QByteArray(ics).replace("\r\n ", "").replace("\r\n\t", ""));
        QVERIFY(!unfolded.contains(QChar(0xfffd))); // a letter that was folded in its middle is whole again
        std::vector<QString> open;
        std::map<QString, std::vector<std::map<QString, QString>>> components;
        for (const QString &line : unfolded.split(QStringLiteral("\r\n"), Qt::SkipEmptyParts)) {
            const QString name = line.section(QLatin1Char(':'), 0, 0).section(QLatin1Char(';'), 0, 0), value = line.section(QLatin1Char(':'), 1);
            QVERIFY2(line.contains(QLatin1Char(':')), qPrintable(line));
            if (name == QStringLiteral("BEGIN")) {
                open.push_back(value);
                components[value].emplace_back();
            } else if (name == QStringLiteral("END")) {
                QVERIFY(!open.empty() && open.back() == value);
                open.pop_back();
            } else {
                QVERIFY(!open.empty());
                auto &properties = components[open.back()].back();
                QVERIFY2(!properties.contains(name), qPrintable(line)); // none of ours may be there twice
                properties[name] = value;
            }
        }
        QVERIFY(open.empty());
        QCOMPARE(components[QStringLiteral("VCALENDAR")].size(), std::size_t{1});
        const auto &calendar = components[QStringLiteral("VCALENDAR")][0];
        QCOMPARE(calendar.at(QStringLiteral("VERSION")), QStringLiteral("2.0"));
        QVERIFY(!calendar.at(QStringLiteral("PRODID")).isEmpty());
        QVERIFY(components.size() > 1); // one component at least
        QCOMPARE(components[QStringLiteral("VEVENT")].size(), static_cast<std::size_t>(count));
        static const QRegularExpression utc(QStringLiteral("^\\d{8}T\\d{6}Z$"));
        QSet<QString> uids;
        for (const auto &event : components[QStringLiteral("VEVENT")]) {
            const QString uid = event.at(QStringLiteral("UID"));
            QVERIFY2(!uids.contains(uid) && uid.contains(QLatin1Char('@')) && (url.isEmpty() || uid.endsWith(QUrl(url).host())), qPrintable(uid));
            uids.insert(uid);
            for (const char *time : {"DTSTAMP", "DTSTART", "DTEND"})
                QVERIFY2(utc.match(event.at(QLatin1String(time))).hasMatch(), time);
            QVERIFY(event.at(QStringLiteral("DTEND")) > event.at(QStringLiteral("DTSTART")));
            QVERIFY2(event.at(QStringLiteral("SUMMARY")).contains(QStringLiteral("which goes on\\; and on")), qPrintable(event.at(QStringLiteral("SUMMARY"))));
            QVERIFY(QStringList({QStringLiteral("CONFIRMED"), QStringLiteral("CANCELLED")}).contains(event.at(QStringLiteral("STATUS"))));
        }
    }
};

QD_TEST(TestPageFeeds)
#include "tst_pagefeeds.moc"
