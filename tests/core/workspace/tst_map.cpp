// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"
#include "core/workspace/files.h"
#include "core/workspace/mapread.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <fstream>

using namespace qd;
using workspace::readBackstage;
using workspace::readMapCsv;
using workspace::readServiceGraph;

/// M2.4: what the map is made of besides `needs`: fold rules, and edges found in a catalog, a table, metrics.
namespace {

Result<Workspace> withFolds(const std::string &folds)
{
    const QTemporaryDir dir;
    const std::filesystem::path path = dir.path().toStdString();
    std::ofstream(path / "a.toml", std::ios::binary)
        << "[[service]]\nid = \"web\"\nneeds = [\"cart\", { to = \"mail\", kind = \"async\" }]\n[[service]]\nid = \"cart\"\nneeds = [\"db\"]\n"
           "[[service]]\nid = \"db\"\nneeds = [\"web\"]\n[[service]]\nid = \"mail\"\n"
        << folds;
    return workspace::load(path);
}

std::string found(const Result<workspace::FoundMap> &map)
{
    if (!map)
        return map.error().message;
    std::string out;
    for (const MapEdge &e : map->edges)
        out += e.from + ">" + e.to + " " + std::string(word(e.kind)) + "; ";
    for (const std::string &p : map->problems)
        out += "! " + p + " ";
    return out;
}

std::string entity(const std::string &kind, const std::string &name, const std::string &spec)
{
    return "apiVersion: backstage.io/v1alpha1\nkind: " + kind + "\nmetadata:\n  name: " + name + "\nspec:\n  type: service\n" + spec + "---\n";
}

} // namespace

class TestMap : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFoldNamesAServiceAndWhatItNeedsHoweverFarDown()
    {
        const auto w = withFolds("[[fold]]\nid = \"one\"\nservice = \"web\"\nsuspect = \"db\"\n");
        VERIFY_RESULT(w);
        QCOMPARE(w->folds.at(0).service, std::string("web"));
        QCOMPARE(w->folds[0].suspect, std::string("db"));
    }

    void aFoldThatCannotBeMeantIsRefusedWithItsPlace_data()
    {
        QTest::addColumn<QString>("fold");
        QTest::addColumn<QString>("says");
        QTest::newRow("itself") << "service = \"web\"\nsuspect = \"web\"\n" << "a.toml:15: fold one names web as its own suspect";
        QTest::newRow("unknown") << "service = \"web\"\nsuspect = \"dbb\"\n" << "a.toml:15: fold one names service dbb, which there is not; did you mean db?";
        QTest::newRow("only asynchronous") << "service = \"web\"\nsuspect = \"mail\"\n" << "a.toml:15: fold one can never apply: no hard dependency leads from web to mail";
        QTest::newRow("the other way") << "service = \"mail\"\nsuspect = \"web\"\n" << "fold one can never apply: no hard dependency leads from mail to web";
        QTest::newRow("nothing said") << "suspect = \"db\"\n" << "a.toml:12: fold has no service";
        QTest::newRow("twice") << "service = \"web\"\nsuspect = \"db\"\n[[fold]]\nid = \"two\"\nservice = \"web\"\nsuspect = \"db\"\n" << "a.toml:19: fold two says the same as another (line 15 of this file)";
        QTest::newRow("too much") << "service = \"web\"\nsuspect = \"db\"\nfor = \"1h\"\n" << "\"for\" is not known in fold";
    }
    void aFoldThatCannotBeMeantIsRefusedWithItsPlace()
    {
        QFETCH(QString, fold);
        QFETCH(QString, says);
        const auto w = withFolds("[[fold]]\nid = \"one\"\n" + fold.toStdString());
        QVERIFY(!w);
        QVERIFY2(QString::fromStdString(w.error().message + " " + w.error().detail).contains(says), w.error().message.c_str());
    }

    void backstageEntitiesSayWhatTheyNeed()
    {
        const std::string catalog = entity("Component", "web", "  dependsOn:\n    - component:default/cart\n    - resource:cache\n  consumesApis: [payments-api, nobody-api]\n")
            + entity("Component", "payments", "  providesApis: [api:default/payments-api]\n") + entity("Resource", "cache", "") + entity("Group", "team", "  dependsOn: [x]\n");
        QCOMPARE(QString::fromStdString(found(readBackstage(catalog))),
                 QStringLiteral("web>cart hard; web>cache hard; web>payments hard; ! line 10: nothing in this file provides the API nobody-api, which web consumes; the edge is left out. "));
    }

    void whatIsNoCatalogIsRefusedWithPlaceAndWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << "" << "The file is empty.";
        QTest::newRow("no YAML") << "a: [1,\n" << "The file is not YAML: line ";
        QTest::newRow("a sign that begins nothing") << "a: b\n---\n,c\"]}d\n" << "The catalog cannot be read: line 3: what stands there closes or parts what was not begun.";
        QTest::newRow("a list") << "- a\n" << "The catalog cannot be read: line 1: an entity must be a table";
        QTest::newRow("no entity") << "a: b\n" << "an entity needs apiVersion, kind and metadata";
        QTest::newRow("no name") << "apiVersion: v1\nkind: Component\nmetadata:\n  title: x\n" << "line 4: an entity needs a metadata.name";
        QTest::newRow("no list") << QString::fromStdString(entity("Component", "web", "  dependsOn: cart\n")) << "line 7: dependsOn must be a list";
        QTest::newRow("a table in the list") << QString::fromStdString(entity("Component", "web", "  dependsOn:\n    - name: cart\n")) << "line 8: dependsOn must be a list of texts";
        QTest::newRow("a bomb") << QStringLiteral("a: &a [x,x]\nb: [%1x]\n").arg(QStringLiteral("*a,").repeated(101)) << "more than 100 aliases";
        QTest::newRow("a tower") << QStringLiteral("[").repeated(70) + QStringLiteral("]").repeated(70) << "nested deeper than 64";
    }
    void whatIsNoCatalogIsRefusedWithPlaceAndWords()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto map = readBackstage(text.toStdString());
        QVERIFY(!map);
        QVERIFY2(QString::fromStdString(map.error().message).contains(says), map.error().message.c_str());
    }

    void aTableOfEdges_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("plain") << "from,to,kind\nweb,cart,hard\nweb,mail,ASYNC\ncart,db,\n" << "web>cart hard; web>mail async; cart>db hard; ";
        QTest::newRow("other names, other order, quotes") << "\xef\xbb\xbfserver;x,client,SERVER\r\n1,\"we\"\"b\",\"cart\"\r\n" << "we\"b>cart hard; ";
        QTest::newRow("twice") << "from,to\na,b\na,b\n\n" << "a>b hard; ";
        QTest::newRow("itself") << "from,to\na,a\n" << "! line 2: a would need itself; the edge is left out. ";
        QTest::newRow("half") << "from,to\na\n" << "! line 2: \"\" is no name of a service (1 to 200 clean bytes); the edge is left out. ";
        QTest::newRow("no kind of edge") << "from,to,kind\na,b,firm\nb,c,soft\n" << "b>c soft; ! line 2: \"firm\" is no kind of dependency (hard, soft or async); the edge is left out. ";
        QTest::newRow("hidden characters") << QString::fromUtf8("from,to\na,b\xe2\x80\xae\n") << "! line 2: ";
        QTest::newRow("no heading") << "a,b\nc,d\n" << "Line 1: the heading must name the columns from and to";
        QTest::newRow("empty") << "" << "Line 1: the heading must name";
        QTest::newRow("a quote left open") << "from,to\na,\"b\nb,c\nc,d\n" << "Line 2: a quote opens that is not closed";
        QTest::newRow("… in the heading") << "from,to,\"kind\na,b\n" << "Line 1: a quote opens that is not closed";
    }
    void aTableOfEdges()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const QString got = QString::fromStdString(found(readMapCsv(text.toStdString())));
        QVERIFY2(got.startsWith(says), qPrintable(got));
    }

    void tenThousandEdgesAreReadAndNotOneMore()
    {
        std::string text = "from,to\n";
        for (std::size_t n = 0; n < workspace::kMapEdges; ++n)
            text += "a,b" + std::to_string(n) + "\n";
        VERIFY_RESULT(readMapCsv(text));
        QCOMPARE(readMapCsv(text)->edges.size(), workspace::kMapEdges);
        VERIFY_FAILS(readMapCsv(text + "a,one-more\n"), Code::TooLarge);
        VERIFY_FAILS(readMapCsv(std::string(workspace::kMapBytes + 1, 'x')), Code::TooLarge);
    }

    void serviceGraphMetricsBecomeEdges()
    {
        const std::string answer = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                                   "{\"metric\":{\"client\":\"web\",\"server\":\"cart\"},\"value\":[1,\"3\"]},"
                                   "{\"metric\":{\"client\":\"web\",\"server\":\"queue\",\"connection_type\":\"messaging_system\"},\"value\":[1,\"3\"]},"
                                   "{\"metric\":{\"client\":\"cart\",\"server\":\"db\",\"connection_type\":\"database\"},\"value\":[1,\"3\"]},"
                                   "{\"metric\":{\"client\":\"user\",\"server\":\"web\"},\"value\":[1,\"3\"]},"
                                   "{\"metric\":{\"client\":\"web\"},\"value\":[1,\"3\"]}]}}";
        QCOMPARE(QString::fromStdString(found(readServiceGraph(answer))),
                 QStringLiteral("web>cart hard; web>queue async; cart>db hard; ! series 5: \"\" is no name of a service (1 to 200 clean bytes); the edge is left out. "));
        QVERIFY(QString::fromStdString(found(readServiceGraph("{\"status\":\"error\",\"error\":\"too many samples\"}"))).contains(QLatin1String("refused the query: too many samples")));
        QVERIFY(QString::fromStdString(found(readServiceGraph("<html>"))).contains(QLatin1String("is not JSON")));
        QVERIFY(QString::fromStdString(found(readServiceGraph("{\"status\":\"success\"}"))).contains(QLatin1String("has no result")));
    }

    void readersEndOnWhateverBytes()
    {
        std::string text = "from,to\n\"a,b\nc";
        for (int n = 0; n < 2000; ++n) {
            text[static_cast<std::size_t>(n) % text.size()] = static_cast<char>(n * 7919 % 256);
            (void)readMapCsv(text);
            (void)readBackstage(text);
            (void)readServiceGraph(text);
        }
        std::string_view rest = "\"never closed";
        std::vector<std::string> row;
        std::size_t line = 1;
        QVERIFY(nextCsvRow(rest, row, line));
        QVERIFY(!nextCsvRow(rest, row, line));
    }
};

QD_TEST(TestMap)
#include "tst_map.moc"
