// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/castshelf.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;
using seat::CastShelf;
using view::Nameless;

namespace {

/// Somebody of a file speaks in an incident that was rebuilt; what is said is told without names.
QString toldWithout(CastShelf &shelf, const std::string &speaker, const QString &said)
{
    state::State state;
    events::IncidentDeclared declared = anIncident("INC-1").service("db").event();
    declared.kind = "rebuilt";
    events::Events events = withWorkspace();
    events.emplace_back(declared);
    events.emplace_back(events::FactImported{"INC-1", "Slack export, #inc", "message", speaker, "hello", "fact/1", kMorning, {}, {}});
    state::applyRecord(state, 1, kMorning, events);
    shelf.forget();
    shelf.read(state, *state.incident("INC-1"));
    return Nameless(shelf.cast(), Nameless::Whom::Everybody).text(said, kMorning);
}

} // namespace

class TestCastShelf final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNameIsOneInWhateverLettersItIsWritten_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("told");
        QTest::newRow("as it is") << QStringLiteral("thanks Dana") << QStringLiteral("thanks Responder 2");
        QTest::newRow("in small letters") << QStringLiteral("thanks dana") << QStringLiteral("thanks Responder 2");
        QTest::newRow("in capitals") << QStringLiteral("DANA NOVAK is on it, NOVAK!") << QStringLiteral("Responder 2 is on it, Responder 2!");
        QTest::newRow("within a word") << QStringLiteral("danaides") << QStringLiteral("danaides");
    }
    void aNameIsOneInWhateverLettersItIsWritten()
    {
        QFETCH(QString, said);
        QFETCH(QString, told);
        CastShelf shelf([](const QString &) { return false; });
        QCOMPARE(toldWithout(shelf, "Dana Novak", said), told);
    }

    /// A word of the dictionaries stays one, but where it is written as the name is, or somebody is called on; of all of a name there is no doubt.
    void aWordThatIsANameTooStaysAWord()
    {
        QStringList asked;
        CastShelf shelf([&](const QString &word) {
            asked << word;
            return word == QLatin1String("will");
        });
        QCOMPARE(toldWithout(shelf, "Will Novak", QStringLiteral("it will fail, WILL it? will novak knows, @will")), QStringLiteral("it will fail, WILL it? Responder 2 knows, @Responder 2"));
        QCOMPARE(toldWithout(shelf, "Will", QStringLiteral("it will fail, says Will")), QStringLiteral("it will fail, says Responder 2"));
        QCOMPARE(asked.count(QStringLiteral("will")), 1); // dictionaries are slow
    }
};

QD_TEST(TestCastShelf)
#include "tst_castshelf.moc"
