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
#include <algorithm>
#include <array>

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
        // The edge in the middle of its left side: its first pixels.
        const auto edge = [&](QWidget *field) {
            const QImage seen = form.grab().toImage();
            const QPoint at = field->mapTo(&form, QPoint(0, field->height() / 2));
            return std::array{seen.pixelColor(at), seen.pixelColor(at + QPoint(1, 0)), seen.pixelColor(at + QPoint(2, 0))};
        };
        const auto strongest = [&](const std::array<QColor, 3> &pixels) {
            return std::max({contrast(pixels[0], theme.color(Tone::Base)), contrast(pixels[1], theme.color(Tone::Base)), contrast(pixels[2], theme.color(Tone::Base))});
        };
        for (QWidget *field : std::initializer_list<QWidget *>{line, choice, typed, words}) {
            QWidget *other = field == line ? static_cast<QWidget *>(words) : line;
            other->setFocus();
            QTRY_VERIFY(other->hasFocus());
            const auto without = edge(field);
            field->setFocus();
            QTRY_VERIFY(field->hasFocus());
            const auto with = edge(field);
            const double change = std::max({contrast(with[0], without[0]), contrast(with[1], without[1]), contrast(with[2], without[2])});
            QVERIFY2(strongest(with) >= 4.5, qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(field->metaObject()->className())).arg(strongest(with))));
            QVERIFY2(change >= 1.2, qPrintable(QStringLiteral("%1 changes by %2").arg(QLatin1String(field->metaObject()->className())).arg(change)));
            if (field == words)
                QVERIFY2(strongest(without) >= 3.0, qPrintable(QString::number(strongest(without))));
        }
    }
};

QD_GUI_TEST(TestCalmStyle)
#include "tst_calmstyle.moc"
