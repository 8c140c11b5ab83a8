// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/sidetables.h"

#include "tests/support/suite.h"
#include "tests/ui/review/reviewscene.h"

#include <QtTest>

using namespace qd;
using namespace qd::review;

namespace {

const TableRow *rowNamed(const std::vector<TableRow> &rows, const QString &id)
{
    const auto it = std::find_if(rows.begin(), rows.end(), [&](const TableRow &r) { return r.id == id; });
    return it == rows.end() ? nullptr : &*it;
}

/// The review of the scene, with one action of VERIS nobody sees.
view::Review aReviewOfSecurity(bool isOffered)
{
    view::Review r = test::someReview();
    view::FactorRow layer;
    layer.id = QStringLiteral("security");
    layer.title = QStringLiteral("Security action");
    layer.isHeading = true;
    view::FactorRow social;
    social.id = QStringLiteral("security.social");
    social.title = QStringLiteral("social");
    social.depth = 1;
    social.offered = isOffered;
    r.factors.push_back(layer);
    r.factors.push_back(social);
    if (isOffered)
        r.security = QStringLiteral("its title says phishing");
    return r;
}

} // namespace

/// The rows beside the narrative.
class TestSideTables final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void factorsOfSecurityAreOfferedWithTheReason()
    {
        const auto rows = factorRows(aReviewOfSecurity(true), false);
        QVERIFY(rowNamed(rows, QStringLiteral("security.social")) != nullptr);
        const TableRow *heading = rowNamed(rows, QStringLiteral("heading/security"));
        QVERIFY(heading != nullptr);
        QCOMPARE(heading->cells[1], QStringLiteral("offered: its title says phishing"));
        QVERIFY(rowNamed(rows, QStringLiteral("trigger.hardware")) == nullptr); // of what is not offered only what somebody sees
    }

    void elsewhereTheyStandInTheWholeListAlone()
    {
        const auto few = factorRows(aReviewOfSecurity(false), false), all = factorRows(aReviewOfSecurity(false), true);
        QVERIFY(rowNamed(few, QStringLiteral("security.social")) == nullptr && rowNamed(few, QStringLiteral("heading/security")) == nullptr);
        QVERIFY(rowNamed(all, QStringLiteral("security.social")) != nullptr);
        QCOMPARE(rowNamed(all, QStringLiteral("heading/security"))->cells[1], QString());
    }

    void whatRecursIsTheFirstThingToAskAbout()
    {
        view::Review r = test::someReview();
        QVERIFY(rowNamed(promptRows(r), QStringLiteral("heading/patterns")) == nullptr);
        r.patterns = {{3, QStringLiteral("Too small"), QStringLiteral("The pool is measured."), {QStringLiteral("INC-1"), QStringLiteral("INC-4")}}, {5, QStringLiteral("No owner"), {}, {}}};
        const auto rows = promptRows(r);
        QCOMPARE(rows[0].id, QStringLiteral("heading/patterns"));
        QCOMPARE(rows[1].cells[0], QStringLiteral("The pool is measured. Was that so here? (Too small) Seen in INC-1, INC-4."));
        QCOMPARE(rows[2].cells[0], QStringLiteral("No owner: what would have to be true for it not to recur?"));
    }

    void theListSaysWhichReviewsTouchALivePattern()
    {
        view::ReviewRow row;
        row.incident = QStringLiteral("INC-7");
        row.title = QStringLiteral("Checkout failing");
        QCOMPARE(reviewRows({row}, test::sceneMoment())[0].cells[2], QStringLiteral("Checkout failing"));
        row.patterns = 2;
        QVERIFY(reviewRows({row}, test::sceneMoment())[0].cells[2].startsWith(QStringLiteral("Checkout failing · 2 live pattern")));
    }
};

QD_GUI_TEST(TestSideTables)
#include "tst_sidetables.moc"
