// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/timeline/classdialog.h"
#include "ui/timeline/timelinecanvas.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/readingbox.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace qd;
using namespace qd::timeline;

namespace {

/// The incident scene with a message that names a customer, and people it can be for.
view::ViewModel withCustomer()
{
    view::ViewModel v = test::incidentScene();
    view::TimelineEntry &message = v.timeline[12];
    message.kind = QStringLiteral("message");
    message.text = QStringLiteral("it is Jane Canary who called");
    message.id = v.focus + QStringLiteral("/12");
    message.record = QStringLiteral("1204");
    v.names.push_back({QStringLiteral("dana"), QStringLiteral("Dana")});
    v.teams << QStringLiteral("legal");
    return v;
}

struct ClassDesk {
    style::Theme theme{*style::Palette::builtIn()};
    test::ViewFixture source;
    widgets::Ticker ticker;
    TimelineView view;

    explicit ClassDesk(const view::ViewModel &model)
        : source(model)
        , view(theme, source, ticker)
    {
        ticker.freeze(true);
        view.resize(900, 460);
        view.canvas().setNow(test::sceneMoment());
        view.show();
        view.activateWindow();
        if (!QTest::qWaitForWindowExposed(&view, qd::tests::kPatience))
            qFatal("the timeline is not shown");
        view.canvas().setFocus();
    }
    ClassDialog *open(const QString &id)
    {
        view.canvas().select(id);
        QTest::keyClick(&view.canvas(), Qt::Key_X, Qt::ShiftModifier);
        return view.findChild<ClassDialog *>();
    }
};

QLineEdit *named(const QWidget &dialog, const QString &name)
{
    for (QLineEdit *edit : dialog.findChildren<QLineEdit *>())
        if (edit->accessibleName() == name)
            return edit;
    return nullptr;
}

} // namespace

class TestClass final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theChosenLineIsClassedForSome()
    {
        const view::ViewModel v = withCustomer();
        ClassDesk d(v);
        ClassDialog *dialog = d.open(v.timeline[12].id);
        QVERIFY(dialog);
        QCOMPARE(dialog->words(), QStringLiteral("it is Jane Canary who called"));
        QVERIFY(dialog->doIt().isEnabled()); // confidential, for whoever is cleared for it
        auto *level = dialog->findChild<QComboBox *>();
        QVERIFY(level && !level->accessibleName().isEmpty());
        level->setCurrentIndex(level->findData(QStringLiteral("restricted")));
        QLineEdit *readers = named(*dialog, QStringLiteral("For these alone")), *why = named(*dialog, QStringLiteral("Why"));
        QVERIFY(readers && why);
        readers->setText(QStringLiteral("legal, @Mallory"));
        QVERIFY(!dialog->doIt().isEnabled());
        QVERIFY(dialog->problem().contains(QStringLiteral("mallory")));
        readers->setText(QStringLiteral("legal, @Dana"));
        QVERIFY(dialog->doIt().isEnabled());
        why->setText(QStringLiteral("a customer's name"));

        d.source.nextDone = false;
        d.source.nextSentence = QStringLiteral("Record 1204 is restricted for legal, which you may not read.");
        dialog->doIt().click();
        QCOMPARE(d.source.sent.back().method, QStringLiteral("incident.classify"));
        const QJsonObject sent = d.source.sent.back().arguments;
        QCOMPARE(sent.value(QLatin1String("incident")).toString(), v.focus);
        QCOMPARE(sent.value(QLatin1String("entry")).toString(), QStringLiteral("1204"));
        QCOMPARE(sent.value(QLatin1String("class")).toString(), QStringLiteral("restricted"));
        QCOMPARE(sent.value(QLatin1String("people")).toArray(), (QJsonArray{QStringLiteral("legal"), QStringLiteral("dana")}));
        QCOMPARE(sent.value(QLatin1String("reason")).toString(), QStringLiteral("a customer's name"));
        QCOMPARE(dialog->problem(), d.source.nextSentence); // as the core says it

        d.source.nextDone = true;
        d.source.nextResult = {{QStringLiteral("notes"), QJsonArray{QStringLiteral("It stands already in the room war@chat.example.")}}};
        QSignalSpy told(&d.view, &TimelineView::told);
        dialog->doIt().click();
        QCOMPARE(told.count(), 1);
        QVERIFY(told.front().front().toString().contains(QStringLiteral("war@chat.example"))); // where it cannot be called back from
        QVERIFY(!dialog->isVisible());
    }

    void nothingButTheClassNeedsToBeSaid()
    {
        const view::ViewModel v = withCustomer();
        ClassDesk d(v);
        ClassDialog *dialog = d.open(v.timeline[12].id);
        QVERIFY(dialog);
        dialog->doIt().click();
        const QJsonObject sent = d.source.sent.back().arguments;
        QCOMPARE(sent.value(QLatin1String("class")).toString(), QStringLiteral("confidential"));
        QVERIFY(!sent.contains(QLatin1String("people")) && !sent.contains(QLatin1String("reason")));
    }

    void itBeginsWithTheClassThereIs()
    {
        view::ViewModel v = withCustomer();
        v.timeline[12].text = QStringLiteral("[[restricted for legal: it is Jane Canary]]");
        ClassDesk d(v);
        ClassDialog *dialog = d.open(v.timeline[12].id);
        QVERIFY(dialog);
        QCOMPARE(dialog->arguments().value(QLatin1String("class")).toString(), QStringLiteral("restricted"));
        QCOMPARE(dialog->arguments().value(QLatin1String("people")).toArray(), QJsonArray{QStringLiteral("legal")});
        v.timeline[12].text = QStringLiteral("ana: [sealed: restricted, short]");
        ClassDesk other(v);
        dialog = other.open(v.timeline[12].id);
        QVERIFY(dialog);
        QCOMPARE(dialog->arguments().value(QLatin1String("class")).toString(), QStringLiteral("restricted"));
    }

    void itIsAsTallAsTheWordsAreLong()
    {
        view::ViewModel v = withCustomer();
        const auto boxOf = [](ClassDesk &d, const QString &id) {
            ClassDialog *dialog = d.open(id);
            return dialog != nullptr && QTest::qWaitForWindowExposed(dialog) ? dialog->findChild<widgets::ReadingBox *>() : nullptr;
        };
        ClassDesk one(v);
        widgets::ReadingBox *few = boxOf(one, v.timeline[12].id);
        QVERIFY(few && !few->accessibleName().isEmpty());
        QTRY_VERIFY2(few->height() <= few->heightForWidth(few->width()) + one.theme.rowHeight(), qPrintable(QString::number(few->height()))); // and no empty lines below them
        QCOMPARE(few->linesAt(few->width()), 1);
        v.timeline[12].text = QStringLiteral("it is Jane Canary who called\n").repeated(200);
        ClassDesk two(v);
        widgets::ReadingBox *many = boxOf(two, v.timeline[12].id);
        QVERIFY(many);
        QCOMPARE(many->linesAt(many->width()), widgets::ReadingBox::kMostLines);
        QTRY_VERIFY(many->height() > few->height());
        QVERIFY(many->verticalScrollBar()->maximum() > 0); // the rest is a scroll away
    }

    void withoutALineItSaysWhatToDo()
    {
        view::ViewModel v = withCustomer();
        v.timeline[12].record.clear(); // it is in a section of the review
        ClassDesk d(v);
        QSignalSpy refused(&d.view, &TimelineView::refused);
        QVERIFY(!d.open(v.timeline[12].id));
        QVERIFY(!d.open({}));
        QCOMPARE(refused.count(), 2);
        QVERIFY(d.source.sent.empty());
    }
};

QD_GUI_TEST(TestClass)
#include "tst_class.moc"
