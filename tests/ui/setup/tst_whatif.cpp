// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/escalation/named.h"
#include "ui/setup/whatifdialog.h"
#include "ui/style/palette.h"

#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace qd;
using namespace qd::setup;
using test::named;

namespace {

QString q(const char *text) { return QString::fromUtf8(text); }

} // namespace

class TestWhatIf : public QObject {
    Q_OBJECT
    style::Theme *m_theme = nullptr;
private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
    }

    void aDayIsAskedForWithoutAnythingTypedAndAFolderIsNamedInFull()
    {
        WhatIfDialog d(*m_theme, nullptr);
        QVERIFY(d.doIt().isEnabled());
        QCOMPARE(d.arguments(), (QJsonObject{{q("since"), q("24h")}})); // the recorded rules
        named<QLineEdit>(d, q("Edited workspace"))->setText(q("/etc/quarterdeck/../edited/"));
        QCOMPARE(d.arguments().value(q("workspace")).toString(), q("/etc/edited"));
        named<QLineEdit>(d, q("Since"))->setText(q("  "));
        QVERIFY(!d.doIt().isEnabled());
    }

    void theSentenceAndEachDifferenceAreShown()
    {
        WhatIfDialog d(*m_theme, nullptr);
        d.setAsked();
        QVERIFY(!d.doIt().isEnabled());
        d.show({{q("sentence"), q("61 fewer pages, 1 real incident 4 minutes later.")},
                {q("others"), QJsonArray{QJsonObject{{q("at"), q("2026-11-23T14:25:07.120Z")}, {q("what"), q("Ana is not called")}}}},
                {q("cut"), true}});
        QCOMPARE(d.sentence(), q("61 fewer pages, 1 real incident 4 minutes later."));
        QCOMPARE(d.differences().value(0), q("2026-11-23 14:25:07  Ana is not called"));
        QCOMPARE(d.differences().size(), 2); // and that there are more
        QVERIFY(d.doIt().isEnabled());
        d.sayInstead(q("There is no folder there."));
        QVERIFY(d.sentence().isEmpty() && d.differences().isEmpty()); // those were of another question
        QCOMPARE(d.problem(), q("There is no folder there."));
    }
};

QD_GUI_TEST(TestWhatIf)
#include "tst_whatif.moc"
