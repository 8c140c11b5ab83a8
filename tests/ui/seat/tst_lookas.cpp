// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/lookas.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "ui/seat/viewbuilder.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;
using governance::Place;

namespace {

QString t(const char *text) { return QString::fromUtf8(text); }

constexpr const char *kAll = "see [[public: canary-p]] [[internal: canary-i]] [[confidential: canary-c]]";

/// Which canaries a view still says, wherever.
QStringList said(const view::ViewModel &v)
{
    QString all;
    for (const auto &row : v.incidents)
        all += row.title + row.service;
    for (const auto &e : v.timeline)
        all += e.text;
    for (const auto &task : v.stack.tasks)
        all += task.text;
    for (const auto &d : v.stack.decisions) {
        all += d.text + d.rejected.join(QLatin1Char(' '));
        for (const auto &o : d.options)
            all += o.risk;
    }
    for (const auto &u : v.stack.updates)
        for (const auto &value : u.values)
            all += value.value;
    for (const auto &row : v.templates)
        all += row.heading;
    for (const auto &row : v.shelf)
        all += row.title + (row.quiet ? row.quiet->reason : QString());
    for (const auto &c : v.detail.because)
        all += c.text;
    QStringList out;
    for (const char *word : {"canary-p", "canary-i", "canary-c"})
        if (all.contains(t(word)))
            out << t(word);
    return out;
}

/// Marked words in every corner: lists in lists, lists of words, what rows share.
view::ViewModel aView()
{
    view::ViewModel v;
    v.focus = t("INC-1");
    view::IncidentRow row;
    row.id = t("INC-1");
    row.title = t(kAll);
    v.incidents = {row};
    view::TimelineEntry entry;
    entry.text = t(kAll);
    v.timeline = {entry};
    v.stack.tasks = {{t("1"), t("Ana"), t(kAll), {}, {}}};
    view::DecisionRow decision;
    decision.rejected = {t(kAll)};
    view::OptionCard card;
    card.risk = t(kAll);
    decision.options = {card};
    v.stack.decisions = {decision};
    view::UpdateRow update;
    update.values = {{t("impact"), t(kAll)}};
    v.stack.updates = {update};
    view::TemplateRow heading; // of the incident in focus, like its title
    heading.heading = t(kAll);
    v.templates = {heading};
    view::AlertRow alert;
    alert.quiet = std::make_shared<const view::Quiet>(view::Quiet{t(kAll), t("Ana"), {}, {}});
    v.shelf = {alert};
    v.detail.because = {{{}, t(kAll)}};
    return v;
}

Workspace withReaders()
{
    Workspace w = aWorkspace();
    StatusPage page;
    page.id = "web";
    page.languages = {"en"};
    w.pages = {page};
    return w;
}

} // namespace

class TestLookAs final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTextOfAViewIsSealedForWhoLooks_data()
    {
        QTest::addColumn<QString>("reader");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("the public") << t("public") << QStringList{t("canary-p")};
        QTest::newRow("a page") << t("page:web") << QStringList{t("canary-p")};
        QTest::newRow("customers") << t("audience:customers") << QStringList{t("canary-p")};
        QTest::newRow("a room") << t("room:war@chat") << QStringList{t("canary-p"), t("canary-i")};
        QTest::newRow("a person") << t("ana") << QStringList{t("canary-p"), t("canary-i"), t("canary-c")};
    }
    void everyTextOfAViewIsSealedForWhoLooks()
    {
        QFETCH(QString, reader);
        Log log;
        log.record(withWorkspace(withReaders()));
        const auto place = governance::placeNamed(log.state, reader.toStdString());
        QVERIFY2(place.has_value(), place ? "" : place.error().message.c_str());
        view::ViewModel v = aView();
        const auto shared = v.shelf.front().quiet;
        seat::sealFor(v, log.state, *place);
        QTEST(said(v), "words");
        QVERIFY(shared->reason.contains(t("canary-c"))); // others who hold it keep what they had
        QVERIFY(reader == t("ana") || v.timeline.front().text.contains(t("[sealed: confidential, short]")));
    }

    /// A clearance may give more in one incident, and less in another; what says nothing of what it is about is read by the least.
    void aBoundedClearanceHoldsWhereItIsBounded_data()
    {
        QTest::addColumn<int>("usual");
        QTest::addColumn<int>("there");
        QTest::addColumn<QStringList>("focus");
        QTest::addColumn<QStringList>("other");
        const auto row = [](const char *name, DataClass usual, DataClass there, const QStringList &focus, const QStringList &other) {
            QTest::newRow(name) << static_cast<int>(usual) << static_cast<int>(there) << focus << other;
        };
        const QStringList i{t("canary-p"), t("canary-i")}, c{t("canary-p"), t("canary-i"), t("canary-c")};
        row("more there", DataClass::Internal, DataClass::Confidential, c, i);
        row("less there", DataClass::Confidential, DataClass::Internal, i, c);
    }
    void aBoundedClearanceHoldsWhereItIsBounded()
    {
        QFETCH(int, usual);
        QFETCH(int, there);
        Workspace w = withReaders();
        // Where both hold the higher counts, so the other is bounded as well.
        ClearanceRule elsewhere, focus;
        elsewhere.id = "usual";
        elsewhere.level = static_cast<DataClass>(usual);
        elsewhere.people = {"ana"};
        if (usual > there)
            elsewhere.services = {"web", "mail"};
        focus.id = "there";
        focus.level = static_cast<DataClass>(there);
        focus.people = {"ana"};
        focus.services = {"cart"};
        w.clearances = {elsewhere, focus};
        Log log;
        log.record(withWorkspace(w)).record(events::Event(anIncident("INC-1").service("cart").event())).record(events::Event(anIncident("INC-2").service("mail").event()));
        view::ViewModel v = aView();
        v.shelf.clear();
        v.detail = {};
        view::IncidentRow row;
        row.id = t("INC-2");
        row.service = t("mail");
        row.title = t(kAll);
        v.incidents.front().service = t("cart");
        view::ViewModel other, neither;
        other.incidents = {row};
        other.focus = v.focus;
        neither.detail.because = {{{}, t(kAll)}};
        for (view::ViewModel *each : {&v, &other, &neither})
            seat::sealFor(*each, log.state, Place{Place::Kind::Person, "ana", {}, {}});
        QTEST(said(v), "focus");
        QTEST(said(other), "other");
        QCOMPARE(said(neither), (QStringList{t("canary-p"), t("canary-i")}));
    }

    void theWallIsReadByWhoLooksToo()
    {
        Log log;
        log.record(withWorkspace(withReaders())).record(events::Event(anIncident("INC-1").event()));
        log.record(events::Event(events::DecisionMade{"INC-1", kAll, 1, kAna}));
        seat::ViewBuilder builder;
        seat::Looking looking;
        looking.now = log.now();
        const auto lines = [&] {
            QString all;
            const auto view = builder.build(log.state, looking);
            for (const auto &line : view->wall.lines)
                all += line.text;
            return all;
        };
        QVERIFY(lines().contains(t("canary-c")));
        looking.as = Place{};
        QVERIFY2(!lines().contains(t("canary-i")) && lines().contains(t("[sealed: ")), qPrintable(lines()));
    }

    void oneLooksAsWhoeverThereIs()
    {
        Log log;
        log.record(withWorkspace(withReaders()));
        QStringList names;
        for (const view::Labelled &r : seat::readersIn(log.state))
            names << r.name;
        QVERIFY2(names.contains(t("public")) && names.contains(t("page:web")) && names.contains(t("ana")), qPrintable(names.join(QLatin1Char(' '))));
        QCOMPARE(names.removeDuplicates(), 0);
    }

    void theViewSaysAsWhomItIsRead()
    {
        Log log;
        log.record(withWorkspace(withReaders()));
        seat::ViewBuilder builder;
        seat::Looking looking;
        looking.now = log.now();
        QVERIFY(builder.build(log.state, looking)->strip.lookedAs.isEmpty());
        looking.as = Place{Place::Kind::Audience, "customers", {}, {}};
        QCOMPARE(builder.build(log.state, looking)->strip.lookedAs, t("customers"));
    }
};

QD_TEST(TestLookAs)
#include "tst_lookas.moc"
