// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"
#include "core/workspace/readstatuspage.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <fstream>

using namespace qd;

namespace {

Result<Workspace> loadedPages(const std::string &text)
{
    const QTemporaryDir dir;
    const std::filesystem::path path = dir.path().toStdString();
    std::ofstream(path / "a.toml", std::ios::binary) << text;
    return workspace::load(path);
}

const char *const kService = "[[service]]\nid = \"pay\"\n";

std::string aPage(const std::string &more, const std::string &component = "id = \"checkout\"\nname = \"Checkout\"\n")
{
    return kService + std::string("[[page]]\nid = \"shop\"\ntitle = \"Shop\"\n") + more + (component.empty() ? "" : "[[page.component]]\n" + component);
}

} // namespace

/// M3.1: what the workspace says of status pages.
class TestPages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsNotSaidHasASaneDefault()
    {
        const auto w = loadedPages(aPage(""));
        VERIFY_RESULT(w);
        const StatusPage &p = w->pages.at(0);
        QCOMPARE(w->page("shop"), &p);
        QCOMPARE(p.languages, std::vector<std::string>{"en"});
        QCOMPARE(p.zone, std::string("UTC"));
        QVERIFY(!p.live && p.publish.empty() && p.url.empty());
        QCOMPARE(p.component("checkout")->name.at("en"), std::string("Checkout"));
    }

    void everyKeyIsRead()
    {
        const auto w = loadedPages(aPage("title_de = \"Laden\"\nlanguages = [\"en\", \"de\"]\nurl = \"https://status.example.org/\"\nsupport = \"mailto:help@example.org\"\n"
                                         "zone = \"Europe/Berlin\"\npublish = [\"web\"]\nlive = true\n",
                                         "id = \"checkout\"\nname = \"Checkout\"\nname_de = \"Kasse\"\ngroup = \"Buying\"\nabout = \"Paying\"\nservices = [\"pay\"]\n"));
        VERIFY_RESULT(w);
        const StatusPage &p = w->pages.at(0);
        QCOMPARE(p.title.at("de"), std::string("Laden"));
        QCOMPARE(p.url, std::string("https://status.example.org"));
        QCOMPARE(p.publish, std::vector<std::string>{"web"});
        QVERIFY(p.live);
        const PageComponent &c = p.components.at(0);
        QCOMPARE(textIn(c.name, "de", p.languages), std::string("Kasse"));
        QCOMPARE(textIn(c.group, "de", p.languages), std::string("Buying")); // in no other language: the first
        QCOMPARE(c.services, std::vector<std::string>{"pay"});
    }

    void aMistakeIsNamedWithItsLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const std::string &text, const char *says) { QTest::newRow(name) << QString::fromStdString(text) << QString::fromUtf8(says); };
        row("no components", aPage("", ""), "a.toml:3: page shop has no components");
        row("component twice", aPage("", "id = \"a\"\nname = \"A\"\n[[page.component]]\nid = \"a\"\nname = \"B\"\n"), "has the component a twice");
        row("no name", aPage("", "id = \"a\"\n"), "has no name");
        row("service that is not there", aPage("", "id = \"a\"\nname = \"A\"\nservices = [\"pya\"]\n"), "did you mean pay");
        row("language without words", aPage("languages = [\"en\", \"tlh\"]\n"), "a.toml:6: page shop cannot speak \"tlh\"");
        row("text of a language it does not speak", aPage("title_de = \"Laden\"\n"), "title_de");
        row("zone", aPage("zone = \"Mars\"\n"), "is no time zone");
        row("script for an address", aPage("support = \"javascript:alert(1)\"\n"), "is no address the public can open");
        row("quote in an address", aPage("url = 'https://a\"b'\n"), "is no address the public can open");
        row("published twice", aPage("publish = [\"web\", \"web\"]\n"), "twice");
        row("name too long", aPage("", "id = \"a\"\nname = \"" + std::string(121, 'x') + "\"\n"), "longer than 120 bytes");
        row("two pages of one id", aPage("") + "[[page]]\nid = \"shop\"\ntitle = \"Again\"\n[[page.component]]\nid = \"a\"\nname = \"A\"\n", "page shop is there already");
    }
    void aMistakeIsNamedWithItsLine()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto w = loadedPages(text.toStdString());
        QVERIFY(!w);
        QVERIFY2(QString::fromStdString(w.error().message).contains(says), w.error().message.c_str());
    }

    void aChangeIsSaidInWords()
    {
        const auto before = loadedPages(aPage("")), after = loadedPages(aPage("languages = [\"en\", \"de\"]\ntitle_de = \"Laden\"\n"));
        QVERIFY(before && after);
        const auto lines = workspace::difference(*before, *after);
        QVERIFY(std::find(lines.begin(), lines.end(), "page shop: title now with de \"Laden\"") != lines.end());
    }
};

QD_TEST(TestPages)
#include "tst_pages.moc"
