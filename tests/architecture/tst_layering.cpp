// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/ladder.h"
#include "tests/architecture/sourcetree.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <map>
#include <utility>

using namespace qd::architecture;

namespace {

/// What broke a rule, all of it, so that one run shows everything.
class Findings {
public:
    void add(const std::string &where, const std::string &what) { m_text += "\n  " + where + ": " + what; }
    [[nodiscard]] bool isEmpty() const { return m_text.empty(); }
    [[nodiscard]] const char *text() const { return m_text.c_str(); }

private:
    std::string m_text;
};

bool isOneOf(const std::string &path, const std::vector<std::string> &names)
{
    return std::any_of(names.begin(), names.end(), [&](const std::string &n) {
        if (n.ends_with('/'))
            return path.starts_with(n);
        return path.substr(0, path.rfind('.')) == n || path == n;
    });
}

/// The Qt module a header belongs to, by where Qt keeps it; "" for what is not Qt's.
std::string qtModuleOf(const std::string &include)
{
    if (include.starts_with("Qt") && include.find('/') != std::string::npos)
        return include.substr(0, include.find('/'));
    if (!include.starts_with('Q') && !include.starts_with("q"))
        return {};
    static std::map<std::string, std::string> known;
    if (const auto it = known.find(include); it != known.end())
        return it->second;
    const std::filesystem::path headers = QLibraryInfo::path(QLibraryInfo::HeadersPath).toStdString();
    for (const char *module : {"QtCore", "QtNetwork", "QtWebSockets", "QtGui", "QtWidgets", "QtCharts", "QtSvg", "QtTest", "QtDBus", "QtSql", "QtConcurrent"})
        if (std::filesystem::exists(headers / module / include))
            return known[include] = module;
    return known[include] = std::string();
}

SourceFile parsed(SourceFile file)
{
    file.code = codeOnly(file.text, true);
    file.includes = includesOf(file.code);
    return file;
}

} // namespace

class TestLayering : public QObject {
    Q_OBJECT

    std::vector<SourceFile> m_sources; ///< C++ of core, ui, app
    std::vector<SourceFile> m_all;     ///< every text file of the project

    void forEachWord(const std::vector<std::string> &tops, const std::vector<std::string> &words, const std::vector<std::string> &allowed,
                     const std::string &instead, Findings &findings) const
    {
        for (const SourceFile &file : m_sources) {
            if (std::find(tops.begin(), tops.end(), file.part(0)) == tops.end() || isOneOf(file.path, allowed))
                continue;
            const std::string &code = file.code;
            for (const std::string &word : words)
                for (const std::size_t at : wordsIn(code, word))
                    findings.add(file.at(at), word + "; " + instead);
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (SourceFile &file : filesUnder(QD_SOURCE_DIR, {"core", "ui", "app"}))
            if (file.isCpp())
                m_sources.push_back(parsed(std::move(file)));
        m_all = filesUnder(QD_SOURCE_DIR, {"core", "ui", "app", "tests", "resources", "cmake", "CMakeLists.txt", "CMakePresets.json", "README.md", "dev", ".ci"});
        QVERIFY2(m_sources.size() > 50, "the tree was not found");
    }

    void readsIncludesAndLeavesOutComments()
    {
        const SourceFile file = parsed({"core/x/y.cpp", "#include \"core/base/time.h\"\n// #include <QLabel>\n#include <vector> // why\nauto s = \"QLabel // no\"; /* QLabel */ QLabel q;\n"});
        const auto &includes = file.includes;
        QCOMPARE(includes.size(), std::size_t{2});
        QCOMPARE(includes[0].name, std::string("core/base/time.h"));
        QVERIFY(includes[0].isOurs && !includes[1].isOurs);
        const auto found = wordsIn(file.code, "QLabel");
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(file.lineOf(found[0]), std::size_t{4});
        QCOMPARE(file.part(1), std::string("x"));
        QVERIFY(wordsIn("theQLabel QLabels", "QLabel").empty());
        QCOMPARE(codeOnly("R\"x(\"//)x\" int /**/ a = 1'000; char c = '\"'; // z", true).find("//"), std::string::npos);
        QCOMPARE(qtModuleOf("QLabel"), std::string("QtWidgets"));
        QCOMPARE(qtModuleOf("QString"), std::string("QtCore"));
        QCOMPARE(qtModuleOf("vector"), std::string());
    }

    void everyFolderIsOnTheLadder()
    {
        Findings findings;
        for (const SourceFile &file : m_sources) {
            if (file.part(0) == "core" && !kCoreRungs.contains(file.part(1)))
                findings.add(file.path, "core/" + file.part(1) + " has no rung; add it to ladder.h and core/README.md");
            if (file.part(0) == "ui" && !kUiRungs.contains(file.part(1)))
                findings.add(file.path, "ui/" + file.part(1) + " has no rung; add it to ladder.h and ui/README.md");
        }
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void foldersIncludeOnlyLowerRungs_data()
    {
        QTest::addColumn<QString>("top");
        QTest::newRow("core") << QStringLiteral("core");
        QTest::newRow("ui") << QStringLiteral("ui");
    }
    void foldersIncludeOnlyLowerRungs()
    {
        QFETCH(QString, top);
        const std::string name = top.toStdString();
        const auto &rungs = name == "core" ? kCoreRungs : kUiRungs;
        Findings findings;
        for (const SourceFile &file : m_sources) {
            if (file.part(0) != name || !rungs.contains(file.part(1)))
                continue;
            for (const Include &include : file.includes) {
                const SourceFile other{include.name, {}};
                if (other.part(0) != name || other.part(1) == file.part(1))
                    continue;
                const auto it = rungs.find(other.part(1));
                if (it == rungs.end() || it->second >= rungs.at(file.part(1)))
                    findings.add(file.at(include.offset), file.part(1) + " includes " + include.name + ", which is not below it");
            }
        }
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void linkLinesFollowTheLadder()
    {
        Findings findings;
        for (const SourceFile &file : m_all) {
            if (file.part(0) != "core" || !file.path.ends_with("CMakeLists.txt") || !kCoreRungs.contains(file.part(1)))
                continue;
            for (auto at = file.text.find("Quarterdeck::"); at != std::string::npos; at = file.text.find("Quarterdeck::", at + 1)) {
                const auto from = at + 13;
                auto end = from;
                while (end < file.text.size() && std::isalnum(static_cast<unsigned char>(file.text[end])))
                    ++end;
                std::string name = file.text.substr(from, end - from);
                name[0] = static_cast<char>(std::tolower(name[0]));
                const auto it = kCoreRungs.find(name);
                if (it == kCoreRungs.end() || it->second >= kCoreRungs.at(file.part(1)))
                    findings.add(file.at(at), file.part(1) + " links " + name + ", which is not below it");
            }
        }
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void coreNeverIncludesUiOrApp()
    {
        Findings findings;
        for (const SourceFile &file : m_sources)
            for (const Include &include : file.includes) {
                const std::string other = SourceFile{include.name, {}}.part(0);
                if ((file.part(0) == "core" && (other == "ui" || other == "app")) || (file.part(0) == "ui" && other == "app") || other == "tests")
                    if (file.path.find("/preview/") == std::string::npos) // the preview program shows the tests' scenes
                        findings.add(file.at(include.offset), include.name + " is above it");
            }
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void theWindowSeesCoreAsASeat()
    {
        Findings findings;
        for (const SourceFile &file : m_sources) {
            if (file.part(0) != "ui")
                continue;
            for (const Include &include : file.includes) {
                const SourceFile other{include.name, {}};
                if (other.part(0) == "core" && !kCoreForUi.contains(other.part(1)))
                    findings.add(file.at(include.offset), "ui never sees core/" + other.part(1));
            }
        }
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void theCommandLineNeedsNoWindow()
    {
        Findings findings;
        for (const SourceFile &file : m_sources) {
            if (file.part(0) != "app" || file.part(1) != "quarterdeckctl")
                continue;
            for (const Include &include : file.includes) {
                const std::string module = include.isOurs ? std::string() : qtModuleOf(include.name);
                if (SourceFile{include.name, {}}.part(0) == "ui" || module == "QtGui" || module == "QtWidgets" || module == "QtCharts")
                    findings.add(file.at(include.offset), include.name + " needs a window system");
            }
        }
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void ourIncludesAreWrittenFromTheRoot()
    {
        Findings findings;
        for (const SourceFile &file : m_sources)
            for (const Include &include : file.includes)
                if (include.isOurs && !include.name.starts_with("core/") && !include.name.starts_with("ui/") && !include.name.starts_with("app/")
                    && !include.name.starts_with("tests/") && !include.name.ends_with(".moc") && !include.name.starts_with("ui_"))
                    findings.add(file.at(include.offset), "\"" + include.name + "\"; write the path from the root");
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void coreIsWithoutQtButForItsOutwardSockets()
    {
        Findings findings;
        for (const SourceFile &file : m_sources) {
            if (file.part(0) != "core")
                continue;
            for (const Include &include : file.includes) {
                const std::string module = include.isOurs ? std::string() : qtModuleOf(include.name);
                if (module.empty())
                    continue;
                if (!isOneOf(file.path, kQtInCore))
                    findings.add(file.at(include.offset), include.name + "; core/README.md says where core may use Qt");
                else if (module != "QtCore" && module != "QtNetwork" && module != "QtWebSockets")
                    findings.add(file.at(include.offset), include.name + " of " + module + " is for ui only");
            }
        }
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void chartsAreForUiOnly()
    {
        Findings findings;
        for (const SourceFile &file : m_sources)
            if (file.part(0) != "ui")
                for (const Include &include : file.includes)
                    if (!include.isOurs && qtModuleOf(include.name) == "QtCharts")
                        findings.add(file.at(include.offset), include.name);
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void heavyLibrariesStayInTheirFolder()
    {
        // A header that names one, or includes one of ours that does, is for the sources of its own folder only.
        std::map<std::string, std::string> heavyHeaders; // path → library
        for (bool grew = true; std::exchange(grew, false);)
            for (const SourceFile &file : m_sources) {
                if (!file.isHeader() || heavyHeaders.contains(file.path))
                    continue;
                for (const Include &include : file.includes) {
                    const bool isHeavy = !include.isOurs && std::any_of(kHeavy.begin(), kHeavy.end(), [&](const std::string &h) { return include.name.starts_with(h); });
                    const auto inner = heavyHeaders.find(include.name);
                    if (isHeavy || inner != heavyHeaders.end()) {
                        heavyHeaders.emplace(file.path, isHeavy ? include.name : inner->second);
                        grew = true;
                        break;
                    }
                }
            }
        Findings findings;
        for (const SourceFile &file : m_sources)
            for (const Include &include : file.includes)
                if (const auto heavy = heavyHeaders.find(include.name); heavy != heavyHeaders.end() && SourceFile{include.name, {}}.part(1) != file.part(1))
                    findings.add(file.at(include.offset), include.name + " brings " + heavy->second + "; hide it in a .cpp");
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void sqlIsInTheStoreOnly()
    {
        Findings findings;
        for (const SourceFile &file : m_sources)
            for (const Include &include : file.includes)
                if ((include.name == "sqlite3.h" || include.name.find("QSql") != std::string::npos || include.name == "libpq-fe.h") && file.part(1) != "store")
                    findings.add(file.at(include.offset), include.name + "; the only SQL is in core/store");
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void everySourceSaysItsLicence()
    {
        Findings findings;
        for (const SourceFile &file : m_all) {
            const bool isSource = file.isCpp() || file.path.ends_with(".cmake") || file.path.ends_with("CMakeLists.txt") || file.path.ends_with(".py") || file.path.ends_with(".sh")
                || file.path.ends_with(".sql") || file.path == "dev";
            const std::string head = file.text.substr(0, 300); // after an interpreter line
            if (isSource && head.find("SPDX-License-Identifier: GPL-3.0-or-later") == std::string::npos)
                findings.add(file.path, "no SPDX-License-Identifier: GPL-3.0-or-later in its first lines");
        }
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void tlsErrorsAreNeverIgnored()
    {
        Findings findings;
        forEachWord({"core", "ui", "app"}, {"ignoreSslErrors", "VerifyNone", "verify_none", "SSL_VERIFY_NONE"}, {}, "a peer that cannot be checked is not spoken to", findings);
        for (const SourceFile &file : m_sources) {
            const std::string &code = file.code;
            for (const char *option : {"CURLOPT_SSL_VERIFYPEER", "CURLOPT_SSL_VERIFYHOST"})
                for (const std::size_t at : wordsIn(code, option)) {
                    const auto end = code.find(')', at);
                    if (code.substr(at, end - at).find('0') != std::string::npos)
                        findings.add(file.at(at), std::string(option) + " is switched off");
                }
        }
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void patternsInCoreAreLinearTime()
    {
        Findings findings;
        forEachWord({"core"}, {"QRegularExpression", "std::regex", "std::basic_regex", "regcomp"}, {}, "patterns come from users: use RE2", findings);
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void thereAreNoSingletons()
    {
        Findings findings;
        for (const SourceFile &file : m_sources) {
            const std::string &code = file.code;
            for (const char *name : {"instance()", "Instance()", "getInstance()", "sharedInstance()"})
                for (const std::size_t at : wordsIn(code, name))
                    if (!std::string_view(code).substr(0, at).ends_with("QCoreApplication::")) // Qt's own, not one of ours
                        findings.add(file.at(at), std::string(name) + "; pass it in from app");
        }
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void textInTheWindowIsPlain()
    {
        Findings findings;
        const std::vector<std::string> doors = {"ui/widgets/plaintext"}, orPaper = {"ui/widgets/plaintext", "ui/review/exporting"}; // paper: our own rendition, shown by nothing, loading nothing
        forEachWord({"ui", "app"},
                    {"setHtml", "insertHtml", "appendHtml", "setMarkdown", "insertMarkdown", "Qt::RichText", "Qt::AutoText", "Qt::MarkdownText", "QTextBrowser",
                     "QSimpleHtmlGenerator", "QStaticText", "QMessageBox", "QErrorMessage", "QWhatsThis", "QDesktopServices", "openUrl", "setOpenExternalLinks"},
                    orPaper, "outside text is only ever plain text", findings);
        forEachWord({"ui", "app"}, {"QLabel"}, doors, "use widgets::PlainLabel", findings);
        forEachWord({"ui", "app"}, {"setToolTip", "QToolTip::showText"}, doors, "use widgets::setPlainToolTip", findings);
        for (const SourceFile &file : m_all)
            if (file.part(0) == "ui" && file.path.ends_with(".ui") && file.text.find("class=\"QLabel\"") != std::string::npos
                && file.text.find("Qt::PlainText") == std::string::npos)
                findings.add(file.path, "a QLabel without textFormat Qt::PlainText");
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void nothingIsRunThroughAShell()
    {
        Findings findings;
        forEachWord({"core", "ui", "app"}, {"std::system(", "::system(", "popen(", "startCommand", "execlp", "execvp", "wordexp"}, {},
                    "run programs by absolute path with an argument list", findings);
        for (const SourceFile &file : m_sources) {
            const std::string code = codeOnly(file.text, false);
            for (const char *shell : {"\"/bin/sh\"", "\"sh\"", "\"bash\"", "\"/bin/bash\""})
                if (const auto at = code.find(shell); at != std::string::npos)
                    findings.add(file.at(at), shell);
        }
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void noFileNamesSomebodysMachine()
    {
        // Put together here, so that this file does not name them either.
        const std::vector<std::string> places = {std::string("/ho") + "me/", std::string("/wo") + "rk/", std::string("/ro") + "ot/", std::string("/Us") + "ers/", std::string("/tmp") + "/qd"};
        Findings findings;
        for (const SourceFile &file : m_all)
            for (const std::string &place : places)
                for (auto at = file.text.find(place); at != std::string::npos; at = file.text.find(place, at + 1)) {
                    const char before = at == 0 ? ' ' : file.text[at - 1];
                    const bool isPath = !std::isalnum(static_cast<unsigned char>(before)) && before != '}' && before != '/' && before != '.' && before != '-' && before != '_';
                    if (isPath)
                        findings.add(file.at(at), place);
                }
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void filesStayReadable()
    {
        constexpr std::ptrdiff_t kLines = 600;
        Findings findings;
        for (const SourceFile &file : m_all)
            if (const auto lines = std::count(file.text.begin(), file.text.end(), '\n'); file.isCpp() && lines > kLines)
                findings.add(file.path, std::to_string(lines) + " lines; past " + std::to_string(kLines) + " it is two files");
        QVERIFY2(findings.isEmpty(), findings.text());
    }

    void headersAreGuardedByPragma()
    {
        Findings findings;
        for (const SourceFile &file : m_all)
            if (file.isHeader() && file.text.find("#pragma once") == std::string::npos)
                findings.add(file.path, "no #pragma once");
        QVERIFY2(findings.isEmpty(), findings.text());
    }
};

QD_TEST(TestLayering)
#include "tst_layering.moc"
