// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/connection.h"
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "tests/ui/escalation/named.h"
#include "ui/setup/connectdialog.h"
#include "ui/setup/connecteddialog.h"
#include "ui/style/palette.h"
#include "ui/widgets/secretfield.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <set>

using namespace qd;
using namespace qd::setup;
using test::named;

namespace {

QString c(const char *text) { return QString::fromUtf8(text); }

} // namespace

class TestConnect : public QObject {
    Q_OBJECT
    style::Theme *m_theme = nullptr;

    static view::ViewModelPtr house()
    {
        view::ViewModel v = test::quietScene();
        view::Feed there;
        there.name = c("prom");
        there.kind = c("prometheus");
        v.strip.feeds = {there};
        return std::make_shared<const view::ViewModel>(std::move(v));
    }
    static void choose(ConnectDialog &d, const char *kind)
    {
        auto *box = named<QComboBox>(d, c("Kind"));
        box->setCurrentIndex(box->findData(c(kind)));
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette.has_value());
        m_theme = new style::Theme(std::move(*palette), this);
    }

    void everyKindPeopleConnectToIsOffered()
    {
        std::set<QString> offered;
        for (const ConnectKind &kind : connectKinds())
            QVERIFY2(offered.insert(kind.kind).second, qPrintable(kind.kind));
        for (const std::string_view kind : kConnectionKinds)
            if (kind != "practice") // comes with a practice home
                QVERIFY2(offered.contains(QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size()))), kind.data());
        QCOMPARE(offered.size(), std::size(kConnectionKinds) - 1);
    }

    void everyFieldOfAKindIsAPartThereIs()
    {
        std::set<QString> parts;
        for (const ConnectPart &part : connectParts())
            QVERIFY2(parts.insert(part.id).second && !part.name.isEmpty() && part.option.startsWith(c("--")), qPrintable(part.id));
        for (const ConnectKind &kind : connectKinds()) {
            QVERIFY2(!kind.name.isEmpty() && !kind.about.isEmpty(), qPrintable(kind.kind));
            for (const ConnectField &field : kind.fields)
                QVERIFY2(parts.contains(field.part), qPrintable(kind.kind + c(": ") + field.part));
        }
    }

    void onlyWhatTheKindNeedsIsAskedAndItWaitsForThat()
    {
        ConnectDialog d(*m_theme, house(), nullptr);
        choose(d, "mattermost");
        QVERIFY(!named<QLineEdit>(d, c("Team"))->isHidden());
        QVERIFY(named<QLineEdit>(d, c("Nick"))->isHidden());
        named<QLineEdit>(d, c("Name"))->setText(c("team"));
        named<QLineEdit>(d, c("Address"))->setText(c("https://chat.example.org"));
        named<QLineEdit>(d, c("Team"))->setText(c("ops"));
        QVERIFY(!d.doIt().isEnabled()); // the token is missing
        named<QLineEdit>(d, c("Token"))->setText(c("t0ken"));
        QVERIFY(d.doIt().isEnabled());
    }

    void aSecretIsTypedUnseenAndLeavesOnce()
    {
        ConnectDialog d(*m_theme, house(), nullptr);
        choose(d, "slack");
        named<QLineEdit>(d, c("Name"))->setText(c("team"));
        named<QLineEdit>(d, c("Network"))->setText(c("acme.slack.com"));
        for (const auto &[name, secret] : {std::pair{"Bot's token", "xoxb-1"}, {"App-level token", "xapp-2"}}) {
            auto *field = named<widgets::SecretField>(d, c(name));
            QVERIFY(field);
            QCOMPARE(field->echoMode(), QLineEdit::Password);
            field->setText(c(secret));
        }
        ConnectDialog::Request asked = d.take();
        QCOMPARE(asked.verb, (QStringList{c("connect"), c("slack"), c("--name=team"), c("--network=acme.slack.com")}));
        QCOMPARE(asked.secrets.size(), std::size_t{2});
        QCOMPARE(asked.secrets[0].option, c("--bot-token-file"));
        QCOMPARE(asked.secrets[0].secret.revealText(), std::string_view("xoxb-1"));
        QCOMPARE(asked.secrets[1].secret.revealText(), std::string_view("xapp-2"));
        for (const QLineEdit *field : d.findChildren<QLineEdit *>())
            QVERIFY2(!field->text().contains(c("xoxb")) && !field->text().contains(c("xapp")), qPrintable(field->accessibleName()));
        d.refuse(c("connect slack needs --bot-token-file"));
        QCOMPARE(d.problem(), c("connect slack needs “Bot's token”")); // by the name it has here
        QVERIFY(!d.doIt().isEnabled()); // it is typed again
        QVERIFY(d.take().secrets.empty());
    }

    void twoSecretsOfOneLengthMakeTheSamePicture()
    {
        QApplication::setCursorFlashTime(0);
        const auto picture = [&](const char *secret) {
            ConnectDialog d(*m_theme, house(), nullptr);
            choose(d, "mattermost");
            named<QLineEdit>(d, c("Name"))->setText(c("team"));
            auto *field = named<widgets::SecretField>(d, c("Token"));
            field->setText(c(secret));
            named<QLineEdit>(d, c("Name"))->setFocus();
            return d.grab().toImage();
        };
        const QImage one = picture("canary-1W.iiiiii");
        QVERIFY(!one.isNull());
        QVERIFY(one == picture("MMMMMMMM-8@lQQQQ")); // wide and narrow letters alike
        QVERIFY(one != picture("canary")); // the field is in it
    }

    void whatWasTypedForAnotherKindIsNotSent()
    {
        ConnectDialog d(*m_theme, house(), nullptr);
        choose(d, "irc");
        named<QLineEdit>(d, c("Nick"))->setText(c("deck"));
        named<QLineEdit>(d, c("Password"))->setText(c("secret"));
        choose(d, "prometheus");
        named<QLineEdit>(d, c("Name"))->setText(c("metrics"));
        named<QLineEdit>(d, c("Address"))->setText(c("http://prometheus:9090"));
        const ConnectDialog::Request asked = d.take();
        QCOMPARE(asked.verb, (QStringList{c("connect"), c("prometheus"), c("--name=metrics"), c("--url=http://prometheus:9090")}));
        QVERIFY(asked.secrets.empty());
        QVERIFY(named<QLineEdit>(d, c("Password"))->text().isEmpty());
    }

    void aNameThatIsTakenIsSaid()
    {
        ConnectDialog d(*m_theme, house(), nullptr);
        choose(d, "prometheus");
        named<QLineEdit>(d, c("Address"))->setText(c("http://prometheus:9090"));
        named<QLineEdit>(d, c("Name"))->setText(c("prom"));
        QVERIFY(d.doIt().isEnabled());
        QVERIFY(d.problem().contains(c("prom already")));
    }

    void whatBecameOfItIsFollowedAndItIsInObserve()
    {
        ConnectedDialog d(*m_theme, c("am"), c("alertmanager"), c("{\"name\":\"am\",\"urls\":{}}"), nullptr);
        QVERIFY(!d.doIt().isEnabled()); // not there yet
        QVERIFY(d.addresses().isEmpty());
        view::ViewModel v = test::quietScene();
        view::Feed feed;
        feed.name = c("am");
        feed.kind = c("alertmanager");
        feed.state = c("failed");
        feed.problem = c("nobody answers at that address");
        feed.arming = c("observe");
        v.strip.feeds = {feed};
        d.follow(v);
        QVERIFY(d.result().contains(c("nobody answers at that address")));
        QVERIFY(d.writes().contains(c("observe")));
        v.strip.feeds[0].problem.clear();
        v.strip.feeds[0].state = c("fresh");
        v.strip.feeds[0].lastSeen = test::sceneMoment();
        d.follow(v);
        QVERIFY2(d.result().contains(c("It works")), qPrintable(d.result()));
        QVERIFY(d.doIt().isEnabled()); // it could be armed
        ConnectedDialog reads(*m_theme, c("prom"), c("prometheus"), c("{}"), nullptr);
        QVERIFY(reads.doIt().isHidden()); // it writes nothing anywhere
    }

    void whoSendsToUsIsGivenTheAddressesOnce()
    {
        ConnectedDialog d(*m_theme, c("in"), c("inbound"), c("{\"name\":\"in\",\"key\":\"qd_1\",\"urls\":{\"grafana\":\"http://h/in/qd_1/grafana\",\"ping\":\"http://h/in/qd_1/ping/<name>\"}}"), nullptr);
        QCOMPARE(d.addresses(), c("grafana  http://h/in/qd_1/grafana\nping  http://h/in/qd_1/ping/<name>"));
    }
};

QD_GUI_TEST(TestConnect)
#include "tst_connect.moc"
