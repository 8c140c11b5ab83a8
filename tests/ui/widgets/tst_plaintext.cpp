// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/parts.h"
#include "ui/widgets/plaintext.h"
#include "tests/support/suite.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLabel>
#include <QRegularExpression>
#include <QTest>

using namespace qd;
using namespace qd::widgets;

namespace {

const QString kHostile = QStringLiteral("<img src=\"file:///etc/passwd\"><b>bold</b> &amp; <a href='x'>y</a>");

style::Palette palette()
{
    auto loaded = style::Palette::builtIn();
    if (!loaded)
        qFatal("%s", loaded.error().message.c_str());
    return std::move(*loaded);
}

} // namespace

class TestPlainText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void labelShowsMarkupAsCharacters()
    {
        style::Theme theme(palette());
        PlainLabel label(theme);
        label.setPlain(kHostile);
        QCOMPARE(label.textFormat(), Qt::PlainText);
        QCOMPARE(label.text(), kHostile);
    }

    void toolTipEscapesWhatItIsGiven()
    {
        const QString tip = plainToolTip(kHostile);
        QVERIFY(!tip.contains(QLatin1String("<img")));
        QVERIFY(!tip.contains(QLatin1String("<b>")));
        QVERIFY(tip.contains(QLatin1String("&lt;img")));
        QVERIFY(plainToolTip({}).isEmpty());
    }

    void aLineBeyondFourThousandIsShownBrokenBetweenCharacters()
    {
        const QString line(kLongestLine, QLatin1Char('x'));
        QCOMPARE(softWrapped(line), line); // at the edge
        QCOMPARE(softWrapped(line + QLatin1Char('y')), line + QStringLiteral("\ny"));
        QCOMPARE(softWrapped(line + QLatin1Char('\n') + line + QLatin1Char('y')), line + QLatin1Char('\n') + line + QStringLiteral("\ny"));
        const QString astral = QString(kLongestLine - 1, QLatin1Char('x')) + QString::fromUcs4(U"\U0001F600") + line;
        for (const QString &each : softWrapped(astral).split(QLatin1Char('\n'))) {
            QVERIFY(each.size() <= kLongestLine);
            QVERIFY(!each.front().isLowSurrogate() && !each.back().isHighSurrogate());
        }
        QCOMPARE(softWrapped(astral).remove(QLatin1Char('\n')), astral);
        style::Theme theme(palette());
        PlainLabel label(theme);
        label.setPlain(astral);
        QCOMPARE(label.plain(), astral);
        QVERIFY(label.text().contains(QLatin1Char('\n')));
        QVERIFY(plainToolTip(astral).contains(QLatin1Char('\n')));
    }

    void elidedLabelKeepsItsWholeTextInReach()
    {
        style::Theme theme(palette());
        PlainLabel label(theme);
        label.setElided(true);
        const QString text = QString(200, QLatin1Char('x'));
        label.setPlain(text);
        label.resize(100, 20);
        label.show();
        QVERIFY(label.text().size() < text.size());
        QCOMPARE(label.plain(), text);
        QCOMPARE(label.accessibleName(), text);
        QVERIFY(label.toolTip().contains(text));
        QVERIFY(label.sizeHint().width() > 1000);
        label.resize(5000, 20);
        QCOMPARE(label.text(), text);
        QVERIFY(label.toolTip().isEmpty());
    }

    /// Qt decides by a look at the text whether it is rich; so nothing in ui/ may let it look.
    void nothingInUiShowsTextThroughQtsGuess()
    {
        struct Rule {
            QRegularExpression pattern;
            QString instead;
        };
        const QList<Rule> rules{
            {QRegularExpression(QStringLiteral("\\bQLabel\\b")), QStringLiteral("widgets::PlainLabel")},
            {QRegularExpression(QStringLiteral("\\bsetToolTip\\s*\\(|\\bQToolTip::showText\\b")), QStringLiteral("widgets::setPlainToolTip")},
            {QRegularExpression(QStringLiteral("\\b(setHtml|insertHtml|appendHtml|toHtml|setMarkdown|setWhatsThis|fromHtml)\\s*\\(")), QStringLiteral("plain text")},
            {QRegularExpression(QStringLiteral("\\bQTextDocument\\b|\\bQTextBrowser\\b|\\bQStaticText\\b")), QStringLiteral("plain text")},
            {QRegularExpression(QStringLiteral("Qt::(RichText|AutoText|MarkdownText)")), QStringLiteral("Qt::PlainText")},
            {QRegularExpression(QStringLiteral("\\bQMessageBox\\b|\\bQErrorMessage\\b")), QStringLiteral("the instrument or a StateCard")},
            {QRegularExpression(QStringLiteral("\\.exec\\s*\\(|->exec\\s*\\(")), QStringLiteral("open(): no nested event loops")},
        };
        QDirIterator files(QStringLiteral(QD_SOURCE_DIR "/ui"), {QStringLiteral("*.cpp"), QStringLiteral("*.h"), QStringLiteral("*.ui")},
                           QDir::Files, QDirIterator::Subdirectories);
        int read = 0;
        QStringList faults;
        while (files.hasNext()) {
            const QString path = files.next();
            if (path.contains(QLatin1String("/ui/widgets/plaintext.")))
                continue; // the one door
            if (path.endsWith(QLatin1String("/ui/comms/briefing.cpp")))
                continue; // a document on paper: its texts go in by insertText, and nothing is loaded
            if (path.contains(QLatin1String("/ui/review/exporting.")))
                continue; // no widget: a file made of our own rendition, which loads nothing (ui.review tst_exporting counts)
            QFile file(path);
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
            ++read;
            int number = 0;
            for (const QString &line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))) {
                ++number;
                const QString code = line.section(QLatin1String("//"), 0, 0);
                for (const Rule &rule : rules) {
                    if (rule.pattern.match(code).hasMatch())
                        faults << QStringLiteral("%1:%2 use %3: %4").arg(path).arg(number).arg(rule.instead, line.trimmed());
                }
            }
        }
        QVERIFY2(read > 30, "the sources were not found");
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    /// Colours come from the palette file alone.
    void nothingInUiNamesAColour()
    {
        const QRegularExpression colour(QStringLiteral("\"#[0-9A-Fa-f]{3,8}\"|\\bQColor\\s*\\(\\s*[0-9\"]|qRgba?\\s*\\(|"
                                                       "Qt::(red|green|blue|cyan|magenta|yellow|white|black|gray|darkGray|lightGray|darkRed)\\b"));
        QDirIterator files(QStringLiteral(QD_SOURCE_DIR "/ui"), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                           QDirIterator::Subdirectories);
        QStringList faults;
        int read = 0;
        while (files.hasNext()) {
            const QString path = files.next();
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            ++read;
            int number = 0;
            for (const QString &line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))) {
                ++number;
                if (colour.match(line.section(QLatin1String("//"), 0, 0)).hasMatch())
                    faults << QStringLiteral("%1:%2 %3").arg(path).arg(number).arg(line.trimmed());
            }
        }
        QVERIFY(read > 30);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }
};

QD_GUI_TEST(TestPlainText)
#include "tst_plaintext.moc"
