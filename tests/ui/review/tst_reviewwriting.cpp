// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/redlineview.h"
#include "ui/review/evidencelist.h"
#include "ui/review/evidencemodel.h"
#include "ui/review/marks.h"
#include "ui/review/publishdialog.h"
#include "ui/review/reviewdialogs.h"
#include "ui/review/reviewview.h"
#include "ui/review/sectioneditor.h"
#include "ui/review/sectionpanel.h"

#include "tests/support/suite.h"
#include "tests/ui/review/reviewbench.h"
#include "ui/style/palette.h"
#include "ui/widgets/keyhints.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/twintable.h"

#include <QAction>
#include <QJsonArray>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextLayout>
#include <QtTest>
#include <algorithm>
#include <memory>

using namespace qd;
using namespace qd::review;

/// How a section is written in the window: tied to the record, its revisions, its spelling, what is marked in it.
class TestReviewWriting final : public QObject {
    Q_OBJECT
    std::unique_ptr<style::Theme> m_theme;

    using Bench = test::ReviewBench;

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette);
        m_theme = std::make_unique<style::Theme>(std::move(*palette));
        m_theme->install();
    }

    void aClaimIsTiedToTheChosenLineWithCtrlE()
    {
        Bench b(*m_theme);
        b.view.evidence().table().setCurrentIndex(b.view.evidence().model().index(5, 0));
        SectionEditor &editor = b.view.sections().editor();
        editor.setFocus();
        editor.moveCursor(QTextCursor::End);
        b.press(Qt::Key_E, Qt::ControlModifier);
        const auto chips = chipsIn(editor.toPlainText());
        QCOMPARE(chips.size(), std::size_t{1});
        QCOMPARE(chips[0].reference, QStringLiteral("line/105"));
        QCOMPARE(b.view.sections().draft().standing(), SectionDraft::Standing::Typed);
        // And back: the link goes to its line.
        b.view.evidence().table().setCurrentIndex(b.view.evidence().model().index(0, 0));
        QTextCursor cursor = editor.textCursor();
        cursor.setPosition(chips[0].from + 2);
        editor.setTextCursor(cursor);
        QTest::keyClick(&editor, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(b.view.evidence().table().currentIndex().row(), 5);
    }

    void aSectionOfAnyNameIsBegunInTheWindow()
    {
        Bench b(*m_theme);
        SectionPanel &sections = b.view.sections();
        QCOMPARE(SectionPanel::idOf(QStringLiteral("  Länger als: was wir LERNTEN! ")), QStringLiteral("langer-als-was-wir-lernten"));
        QCOMPARE(SectionPanel::idOf(QStringLiteral("…")), QString());
        QCOMPARE(SectionPanel::idOf(QString(60, QLatin1Char('x'))).size(), 40);
        b.action("section.new")->trigger();
        auto *dialog = b.view.findChild<SectionDialog *>();
        QVERIFY(dialog);
        auto *name = dialog->findChild<QLineEdit *>();
        QVERIFY(!dialog->doIt().isEnabled());
        name->setText(QStringLiteral("Summary")); // it is there
        QVERIFY(!dialog->doIt().isEnabled() && !dialog->problem().isEmpty());
        name->setText(QStringLiteral("Lessons learned"));
        QVERIFY(dialog->doIt().isEnabled());
        dialog->doIt().click();
        QCOMPARE(sections.current(), QStringLiteral("lessons-learned"));
        QCOMPARE(sections.titles(), (QStringList{QStringLiteral("narrative"), QStringLiteral("summary"), QStringLiteral("Lessons learned")}));
        // It stays while other things of the review change, and its first words make it one of the record's.
        b.publish();
        QCOMPARE(sections.current(), QStringLiteral("lessons-learned"));
        QTest::keyClicks(&sections.editor(), QStringLiteral("We look at the pool first."));
        sections.draft().save();
        QCOMPARE(b.last(QStringLiteral("review.write")).value(QLatin1String("section")).toString(), QStringLiteral("lessons-learned"));
        view::ReviewSection written;
        written.id = QStringLiteral("lessons-learned");
        written.title = QStringLiteral("Lessons learned");
        written.revisions.push_back(std::make_shared<view::RevisionText>(view::RevisionText{1, 0, QStringLiteral("We look at the pool first."), QStringLiteral("Mara Lindt"), test::sceneMoment(), true, true}));
        b.data.sections.push_back(written);
        b.publish();
        QCOMPARE(sections.titles().size(), 3);
        QCOMPARE(sections.current(), QStringLiteral("lessons-learned"));
    }

    /// A comment quotes as much as the core takes (tst_review holds its edge), and no letter in part.
    void aCommentQuotesAsMuchAsTheCoreTakes()
    {
        Bench b(*m_theme);
        SectionPanel &sections = b.view.sections();
        const auto quoted = [&](const QString &words) {
            sections.editor().setPlainText(words);
            sections.editor().selectAll();
            QSignalSpy asked(&sections, &SectionPanel::commentRequested);
            sections.comment();
            for (WordsDialog *dialog : b.view.findChildren<WordsDialog *>())
                dialog->reject();
            return asked.isEmpty() ? QString() : asked.front().at(1).toString();
        };
        const auto most = static_cast<qsizetype>(kQuoteBytes);
        const QString fits(most, QLatin1Char('x'));
        QCOMPARE(quoted(fits), fits);
        QCOMPARE(quoted(QString(fits).append(QLatin1Char('y'))), fits);
        const QString before(most - 1, QLatin1Char('x')); // and a letter of two bytes
        QCOMPARE(quoted(QString(before).append(QStringLiteral("ü"))), before);
        const QString whole = QString(most - 2, QLatin1Char('x')).append(QStringLiteral("ü"));
        QCOMPARE(quoted(whole), whole);
        QCOMPARE(quoted(before.chopped(2).append(QStringLiteral("😀"))), before.chopped(2));
        QCOMPARE(quoted(QStringLiteral("short\nlines")), QStringLiteral("short\nlines"));
    }

    void whatReadersOutsideGetOfASectionAndOfAllAreOneKeyApart()
    {
        Bench b(*m_theme);
        SectionPanel &sections = b.view.sections();
        sections.editor().setPlainText(QStringLiteral("Ana **saw** it; [[confidential: HUSH]]; then ([[restricted: HUSH]]) calm."));
        sections.read(SectionPanel::Reading::External);
        QPlainTextEdit *read = nullptr;
        for (QPlainTextEdit *edit : b.view.findChildren<QPlainTextEdit *>())
            if (edit->accessibleName() == QStringLiteral("Without what is marked"))
                read = edit;
        QVERIFY(read);
        QCOMPARE(read->toPlainText().trimmed(), QStringLiteral("Ana saw it; then calm."));
        const auto isSaid = [&](const char *words) {
            const auto labels = b.view.findChildren<widgets::PlainLabel *>();
            return std::any_of(labels.begin(), labels.end(), [&](const widgets::PlainLabel *label) { return label->plain().contains(QLatin1String(words)); });
        };
        QVERIFY(isSaid("Ctrl+P shows the whole as it goes out"));
        sections.read(SectionPanel::Reading::Internal);
        // From the whole back to the section.
        b.action("publish")->trigger();
        auto *dialog = b.view.findChild<PublishDialog *>();
        QVERIFY(dialog);
        auto *back = dialog->findChild<QAction *>(QStringLiteral("review.publish.sections"));
        QVERIFY(back && back->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_R));
        const auto *keys = dialog->findChild<widgets::KeyHints *>();
        QVERIFY(keys && !keys->isEmpty());
        back->trigger();
        QVERIFY(!dialog->isVisible());
        QCOMPARE(sections.reading(), SectionPanel::Reading::External);
    }

    void aCitationTakesNoHeadingsMarkAway()
    {
        Bench b(*m_theme);
        SectionEditor &editor = b.view.sections().editor();
        for (const auto &[before, after] : {std::pair{"## How it was noticed", "## How it was noticed [08:04:30](entry:line/105)"}, std::pair{"- one", "- one [08:04:30](entry:line/105)"},
                                            std::pair{"12. one", "12. one [08:04:30](entry:line/105)"}, std::pair{"plain", "[08:04:30](entry:line/105)plain"}, std::pair{"#5 is no heading", "[08:04:30](entry:line/105)#5 is no heading"}}) {
            editor.setPlainText(QString::fromLatin1(before));
            editor.moveCursor(QTextCursor::Start);
            editor.cite(*b.view.evidence().model().row(5));
            const QString text = editor.toPlainText();
            QCOMPARE(text.section(QLatin1Char('['), 0, 0), QString::fromLatin1(after).section(QLatin1Char('['), 0, 0));
            QCOMPARE(text.section(QLatin1Char(')'), -1), QString::fromLatin1(after).section(QLatin1Char(')'), -1));
        }
    }

    void whatEachRevisionChangedIsSteppedThrough()
    {
        Bench b(*m_theme);
        const auto add = [&](std::uint32_t number, const char *text) {
            b.data.sections[0].revisions.push_back(std::make_shared<view::RevisionText>(view::RevisionText{number, number - 1, QString::fromLatin1(text), QStringLiteral("Dana Novak"), test::sceneMoment() - hours(3), false, false}));
        };
        add(2, "one two");
        add(3, "one two three");
        b.publish();
        QSignalSpy told(&b.view, &ReviewView::told);
        const auto *shown = b.view.findChild<comms::RedlineView *>();
        b.action("changes")->trigger();
        QVERIFY(shown->isVisibleTo(&b.view));
        QVERIFY2(shown->marked().contains(QStringLiteral("three")), qPrintable(shown->marked()));
        QVERIFY(told.last().at(0).toString().contains(QStringLiteral("revision 3")));
        b.action("changes")->trigger();
        QVERIFY2(!shown->marked().contains(QStringLiteral("three")) && shown->marked().contains(QStringLiteral("two")), qPrintable(shown->marked()));
        b.action("changes")->trigger(); // the first changed nothing
        QVERIFY(!shown->isVisibleTo(&b.view));
    }

    void f8GoesFromFindingToFindingAndSaysWhatToAsk()
    {
        Bench b(*m_theme);
        b.source.findings = {{4, 9, QStringLiteral("blame"), QStringLiteral("blame: “narrative”"), QStringLiteral("What did they see?"), false},
                             {17, 2, QStringLiteral("unsupported"), QStringLiteral("unsupported"), {}, true}};
        QSignalSpy told(&b.view, &ReviewView::told);
        SectionEditor &editor = b.view.sections().editor();
        editor.setFocus();
        QTest::keyClicks(&editor, QStringLiteral(" "));
        QTRY_COMPARE(editor.findings().size(), std::size_t{2});
        editor.moveCursor(QTextCursor::Start);
        b.press(Qt::Key_F8);
        QCOMPARE(editor.textCursor().selectionStart(), 4);
        QVERIFY(told.last().at(0).toString().contains(QStringLiteral("What did they see?")));
        b.press(Qt::Key_F8);
        QCOMPARE(editor.textCursor().selectionStart(), 17);
        b.press(Qt::Key_F8);
        QCOMPARE(editor.textCursor().selectionStart(), 4); // round again
        QVERIFY(b.view.sections().status().contains(QStringLiteral("2 finding")));
        editor.moveCursor(QTextCursor::Start);
        QTest::keyClicks(&editor, QStringLiteral(" "));
        b.press(Qt::Key_F8); // what was typed last is looked at first
        QTRY_COMPARE(editor.textCursor().selectionStart(), 4);
    }

    /// Only what outlasts the window is said to be kept.
    void wordsThatGoWithTheWindowAreNotSaidToBeKept()
    {
        Bench b(*m_theme);
        SectionPanel &sections = b.view.sections();
        sections.editor().setFocus();
        QTest::keyClicks(&sections.editor(), QStringLiteral("We look at the pool first."));
        b.source.nextDone = false;
        b.source.nextSentence = QStringLiteral("No core is running for this home.");
        sections.draft().save();
        QCOMPARE(sections.draft().standing(), SectionDraft::Standing::Refused);
        QVERIFY2(sections.status().contains(QStringLiteral("NOT SAVED; your words are kept here")), qPrintable(sections.status()));
        b.source.keepingProblem = QStringLiteral("no folder");
        sections.draft().save();
        QVERIFY2(sections.status().contains(QStringLiteral("NOT SAVED · NOT KEPT: no folder")), qPrintable(sections.status()));
    }

    void wordsAreOfferedForOneThatIsSpeltWrongAndAWordOfOursIsNoFinding()
    {
        Bench b(*m_theme);
        SectionEditor &editor = b.view.sections().editor();
        editor.setFocus();
        editor.setPlainText(QStringLiteral("The confgi was rolled out."));
        b.source.findings = {{4, 6, QStringLiteral("spelling"), QStringLiteral("spelling: “confgi”"), QStringLiteral("How is it spelt?"), false}};
        QTRY_COMPARE(editor.findings().size(), std::size_t{1});
        QSignalSpy told(&b.view, &ReviewView::told);
        editor.moveCursor(QTextCursor::Start);
        b.press(Qt::Key_F8, Qt::AltModifier); // at no such word
        QVERIFY(b.last(QStringLiteral("review.lint")).isEmpty() && told.last().at(0).toString().contains(QStringLiteral("F8")));
        b.press(Qt::Key_F8);
        QVERIFY2(told.last().at(0).toString().contains(QStringLiteral("Alt+F8")), qPrintable(told.last().at(0).toString()));
        b.source.nextResult = {{QStringLiteral("suggestions"), QJsonArray{QStringLiteral("config"), QStringLiteral("configure")}}};
        b.action("spelling")->trigger();
        QCOMPARE(b.last(QStringLiteral("review.lint")), (QJsonObject{{QStringLiteral("incident"), QStringLiteral("INC-7")}, {QStringLiteral("word"), QStringLiteral("confgi")}}));
        QPointer<QMenu> menu;
        QTRY_VERIFY((menu = b.view.findChild<QMenu *>(QStringLiteral("review.spellings"))) != nullptr);
        QCOMPARE(menu->actions()[0]->text(), QStringLiteral("config"));
        QCOMPARE(menu->actions()[1]->text(), QStringLiteral("configure"));
        menu->actions()[0]->trigger();
        menu->close();
        QCOMPARE(editor.toPlainText(), QStringLiteral("The config was rolled out."));
        QTRY_VERIFY(menu.isNull());
        editor.undo();
        QCOMPARE(editor.toPlainText(), QStringLiteral("The confgi was rolled out."));
        QTRY_COMPARE(editor.findings().size(), std::size_t{1});
        QTextCursor cursor = editor.textCursor();
        cursor.setPosition(6);
        editor.setTextCursor(cursor);
        b.action("spelling")->trigger();
        QTRY_VERIFY((menu = b.view.findChild<QMenu *>(QStringLiteral("review.spellings"))) != nullptr);
        menu->findChild<QAction *>(QStringLiteral("review.ours"))->trigger();
        menu->close();
        QTRY_COMPARE(editor.findings().size(), std::size_t{0});
        QVERIFY(told.last().at(0).toString().contains(QStringLiteral("jargon")));
    }

    void whatIsMarkedAndWhatIsSealedIsFoundInATextOverItsLines()
    {
        const QString text = QStringLiteral("Über [[confidential for Dana, legal: the\nnotice]] and [sealed: restricted, short] so [[restricted: on");
        const auto marks = marksOf(text);
        QCOMPARE(marks.size(), std::size_t{3});
        QCOMPARE(text.mid(marks[0].from, marks[0].length), QStringLiteral("[[confidential for Dana, legal: the\nnotice]]"));
        QCOMPARE(text.mid(marks[0].from, marks[0].label), QStringLiteral("[[confidential for Dana, legal:"));
        QCOMPARE(marks[0].level, DataClass::Confidential);
        QCOMPARE(marks[0].readers, (QStringList{QStringLiteral("dana"), QStringLiteral("legal")}));
        QVERIFY(markSentence(marks[0]).contains(QStringLiteral("confidential, for dana, legal alone")));
        QVERIFY(marks[1].isHole && markSentence(marks[1]).startsWith(QStringLiteral("Sealed")));
        QVERIFY(marks[2].isOpen && marks[2].from + marks[2].length == text.size() && markSentence(marks[2]).contains(QStringLiteral("]]")));
        QVERIFY(marksOf(QStringLiteral("[[a link]] and [13:59:31](entry:line/412)")).empty());
    }

    void theSelectionIsMarkedWithoutTypingBracketsAndStandsAsABlock()
    {
        Bench b(*m_theme);
        SectionEditor &editor = b.view.sections().editor();
        editor.setFocus();
        editor.setPlainText(QStringLiteral("The tokens of 40 customers leaked."));
        QSignalSpy told(&b.view, &ReviewView::told);
        b.action("mark")->trigger(); // nothing is selected
        QVERIFY(b.view.findChild<MarkDialog *>() == nullptr && told.last().at(0).toString().contains(QStringLiteral("Select")));
        QTextCursor cursor = editor.textCursor();
        cursor.setPosition(4);
        cursor.setPosition(27, QTextCursor::KeepAnchor); // the blank behind it as well
        editor.setTextCursor(cursor);
        QCOMPARE(editor.selectedWords(), QStringLiteral("tokens of 40 customers"));
        b.action("mark")->trigger();
        auto *dialog = b.view.findChild<MarkDialog *>();
        QVERIFY(dialog != nullptr && dialog->doIt().isEnabled());
        auto *readers = dialog->findChild<QLineEdit *>();
        readers->setText(QStringLiteral("nobody-here"));
        QVERIFY(!dialog->doIt().isEnabled() && dialog->problem().contains(QStringLiteral("nobody-here")));
        readers->clear();
        dialog->doIt().click();
        QCOMPARE(editor.toPlainText(), QStringLiteral("The [[confidential: tokens of 40 customers]] leaked."));
        QCOMPARE(b.view.sections().draft().standing(), SectionDraft::Standing::Typed);
        cursor = editor.textCursor();
        cursor.setPosition(10);
        editor.setTextCursor(cursor);
        QVERIFY(editor.markAtCursor().startsWith(QStringLiteral("Marked confidential")));
        const QTextLayout *line = editor.document()->firstBlock().layout();
        const auto formats = line->formats();
        const auto blocked = std::count_if(formats.begin(), formats.end(), [](const auto &f) { return f.format.fontOverline(); });
        QVERIFY(blocked > 0);
        editor.undo();
        QCOMPARE(editor.toPlainText(), QStringLiteral("The tokens of 40 customers leaked."));
    }
};

QD_GUI_TEST(TestReviewWriting)
#include "tst_reviewwriting.moc"
