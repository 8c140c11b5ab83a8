// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/palette.h"
#include "ui/style/theme.h"
#include "tests/support/suite.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>
#include <QVBoxLayout>

using namespace qd::style;

class TestCalmStyle : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Whatever is written into, read or chosen from has a border, and says in every look that the keyboard is there.
    void whereTheKeyboardIsCanBeSeen_data()
    {
        QTest::addColumn<int>("look");
        for (const Choice look : {Choice::Light, Choice::Dark, Choice::HighContrast})
            QTest::newRow(qPrintable(Theme::name(look))) << static_cast<int>(look);
    }
    void whereTheKeyboardIsCanBeSeen()
    {
        QFETCH(int, look);
        auto palette = Palette::builtIn();
        QVERIFY(palette.has_value());
        Theme theme(std::move(*palette));
        theme.choose(static_cast<Choice>(look));
        theme.install();
        QWidget form;
        auto *column = new QVBoxLayout(&form);
        auto *line = new QLineEdit(&form);
        auto *choice = new QComboBox(&form), *typed = new QComboBox(&form);
        auto *words = new QPlainTextEdit(&form);
        for (QComboBox *box : {choice, typed})
            box->addItem(QStringLiteral("confidential"));
        typed->setEditable(true);
        for (QWidget *field : std::initializer_list<QWidget *>{line, choice, typed, words})
            column->addWidget(field);
        form.resize(400, 400);
        form.show();
        form.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&form));
        // The edge in the middle of its left side: the strongest of its first pixels.
        const auto edge = [&](QWidget *field) {
            const QImage seen = form.grab().toImage();
            const QPoint at = field->mapTo(&form, QPoint(0, field->height() / 2));
            double most = 0;
            for (int x = 0; x < 3; ++x)
                most = std::max(most, contrast(seen.pixelColor(at + QPoint(x, 0)), theme.color(Tone::Base)));
            return most;
        };
        for (QWidget *field : std::initializer_list<QWidget *>{line, choice, typed, words}) {
            QWidget *other = field == line ? static_cast<QWidget *>(words) : line;
            other->setFocus();
            QTRY_VERIFY(other->hasFocus());
            const double without = edge(field);
            field->setFocus();
            QTRY_VERIFY(field->hasFocus());
            const double with = edge(field);
            QVERIFY2(with >= 4.5, qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(field->metaObject()->className())).arg(with)));
            QVERIFY2(with > without * 1.2, qPrintable(QStringLiteral("%1: %2 with, %3 without").arg(QLatin1String(field->metaObject()->className())).arg(with).arg(without)));
            if (field == words)
                QVERIFY2(without >= 3.0, qPrintable(QString::number(without)));
        }
    }
};

QD_GUI_TEST(TestCalmStyle)
#include "tst_calmstyle.moc"
