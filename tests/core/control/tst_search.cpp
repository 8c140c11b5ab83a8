// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/journal/journalfixture.h"
#include "tests/core/link/memoryfeed.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include "core/control/api.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <future>

using namespace qd;
using namespace qd::control;
using namespace qd::tests;

namespace {

/// The core's readers over a list of records; the journal only lends its sections.
struct SearchFixture {
    MemoryHome home;
    link::MemoryFeed log;
    std::unique_ptr<link::Replica> replica;
    std::unique_ptr<search::Indexer> indexer;
    std::unique_ptr<Api> api;
    ReportBatch batch = aBatch("am-1").alert({{"alertname", "DiskFull"}, {"service", "db"}}).annotation("summary", "The disk is full").build();

    bool start(bool withSearch = true)
    {
        if (!home.create() || !home.open())
            return false;
        Connection c;
        c.name = "am-1";
        c.kind = "alertmanager";
        c.set = "am";
        log.append({events::ConnectionAdded{c, {"ana"}}});
        log.append(decided(batch));
        events::IncidentDeclared declared{"INC-7", "Shop is down", "shop", "real"};
        log.append({declared, events::AlertsAttached{"INC-7", {"am/" + fingerprintText(batch.fingerprint[0])}, {"ana"}}});
        log.append({events::LogWritten{"INC-7", "the disk <b>filled</b> up", {"ana", Path::Person}}});
        log.append({events::ChangeSeen{"shop", "Deploy 42", "https://ci/42", "ci", kMorning, {}}});
        replica = std::make_unique<link::Replica>(log.feed());
        const auto feed = log.feed();
        indexer = std::make_unique<search::Indexer>(search::Records{feed.follow, feed.unfollow, feed.replay, feed.head}, home.journal->sections(), home.random);
        indexer->settle();
        Api::Options options{"root", "0", "o", "http://x"};
        if (withSearch)
            options.search = [this](store::TextQuery query, std::size_t limit, search::Indexer::Done done) { indexer->search(std::move(query), limit, std::move(done)); };
        options.now = [] { return kMorning; };
        api = std::make_unique<Api>([](desk::Command, events::Actor, desk::Done) {}, log.feed(), *replica, std::move(options));
        return true;
    }
    ~SearchFixture()
    {
        api.reset();
        if (indexer)
            indexer->stop();
        replica.reset();
    }
    QJsonObject call(const QJsonObject &params)
    {
        auto answer = std::make_shared<std::promise<std::string>>();
        auto wait = answer->get_future();
        const QJsonObject request{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                                  {QStringLiteral("id"), 1},
                                  {QStringLiteral("method"), QStringLiteral("search")},
                                  {QStringLiteral("params"), params}};
        api->handle(QJsonDocument(request).toJson().toStdString(), [answer](std::string text) { answer->set_value(std::move(text)); });
        return QJsonDocument::fromJson(QByteArray::fromStdString(wait.get())).object();
    }
    QJsonObject search(const char *text, int limit = 50)
    {
        return call({{QStringLiteral("text"), QString::fromUtf8(text)}, {QStringLiteral("limit"), limit}}).value(QStringLiteral("result")).toObject();
    }
    QString refusal(const QJsonObject &params)
    {
        return call(params).value(QStringLiteral("error")).toObject().value(QStringLiteral("message")).toString();
    }
};

QString shown(const QJsonObject &item, std::initializer_list<const char *> names)
{
    QStringList out;
    for (const char *name : names) {
        const auto value = item[QLatin1String(name)];
        out += value.isNull() ? QStringLiteral("null") : value.toVariant().toString();
    }
    return out.join(QLatin1Char('|'));
}

} // namespace

class TestSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hitsSayWhereTheyBelong()
    {
        SearchFixture f;
        QVERIFY(f.start());
        const QJsonObject answer = f.search("disk");
        QCOMPARE(answer[QLatin1String("total")].toInt(), 2);
        QCOMPARE(answer[QLatin1String("complete")].toBool(), true);
        QCOMPARE(answer[QLatin1String("notice")].toString(), QString());
        const QJsonArray items = answer[QLatin1String("items")].toArray();
        QCOMPARE(shown(items[0].toObject(), {"seq", "kind", "incident", "alert", "title", "service", "by", "excerpt"}),
                 QStringLiteral("4|line|INC-7|null|Shop is down|null|ana|the disk <b>filled</b> up"));
        const QString key = QStringLiteral("am/") + QString::fromStdString(fingerprintText(f.batch.fingerprint[0]));
        // The alert's key is of its source set, its incident the one it was attached to after it was said.
        QCOMPARE(shown(items[1].toObject(), {"seq", "kind", "incident", "alert", "title", "service"}),
                 QStringLiteral("2|alert|INC-7|%1|The disk is full|db").arg(key));
        QJsonArray pieces = items[0].toObject()[QLatin1String("pieces")].toArray();
        QCOMPARE(pieces, (QJsonArray{QStringLiteral("the "), QStringLiteral("disk"), QStringLiteral(" <b>filled</b> up")}));
    }

    void filtersReachWhatStateKnows()
    {
        SearchFixture f;
        QVERIFY(f.start());
        QCOMPARE(f.search("disk incident:INC-7")[QLatin1String("total")].toInt(), 2); // the line, and the alert attached later
        QCOMPARE(f.search("disk service:shop")[QLatin1String("total")].toInt(), 1);   // the line, by its incident's service
        QCOMPARE(f.search("service:shop")[QLatin1String("total")].toInt(), 3);        // incident, line, change
        QCOMPARE(f.search("disk", 1)[QLatin1String("items")].toArray().size(), 1);
        QCOMPARE(f.search("disk", 1)[QLatin1String("total")].toInt(), 2);
        QCOMPARE(f.search("nothinglikeit")[QLatin1String("items")].toArray().size(), 0);
    }

    void seesWhatWasCommittedWhenItWasAsked()
    {
        SearchFixture f;
        QVERIFY(f.start());
        for (int i = 1; i < 20; ++i) {
            f.log.append({events::LogWritten{"INC-7", "moment " + std::to_string(i), {"ana"}}});
            QCOMPARE(f.search("moment")[QLatin1String("total")].toInt(), i);
        }
    }

    void refusesWithASentence()
    {
        SearchFixture f;
        QVERIFY(f.start());
        const auto text = QStringLiteral("text");
        QVERIFY(f.refusal({}).contains(QLatin1String("at least one word")));
        QVERIFY(f.refusal({{text, QStringLiteral("\"x")}}).contains(QLatin1String("not closed")));
        QVERIFY(f.refusal({{text, 5}}).contains(QLatin1String("must be a text")));
        QVERIFY(f.refusal({{text, QStringLiteral("x")}, {QStringLiteral("limit"), 0}}).contains(QLatin1String("from 1 to 200")));
        QVERIFY(f.refusal({{text, QStringLiteral("x")}, {QStringLiteral("limit"), 201}}).contains(QLatin1String("from 1 to 200")));
        QVERIFY(f.refusal({{text, QStringLiteral("x")}, {QStringLiteral("limit"), 200}}).isEmpty());
        QVERIFY(f.refusal({{QStringLiteral("texts"), QStringLiteral("x")}}).contains(QLatin1String("no field \"texts\"")));
        QVERIFY(f.refusal({{text, QString(2000, QLatin1Char('a'))}}).contains(QLatin1String("at most 1024 bytes")));
        SearchFixture none;
        QVERIFY(none.start(false));
        QVERIFY(none.refusal({{text, QStringLiteral("x")}}).contains(QLatin1String("no search here")));
    }
};

QD_TEST(TestSearch)
#include "tst_search.moc"
