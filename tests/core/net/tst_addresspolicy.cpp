// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/addresspolicy.h"
#include "tests/support/suite.h"

#include <QTest>

using namespace qd::net;

class TestAddressPolicy final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judgesByTheAddress_data();
    void judgesByTheAddress();
    void allowsLinkLocalOnlyWhenAsked();
    void refusesWhatIsNoAddress();
};

void TestAddressPolicy::judgesByTheAddress_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("configured");
    QTest::addColumn<bool>("strict");
    const auto row = [](const char *address, bool configured, bool strict) {
        QTest::newRow(address) << QString::fromLatin1(address) << configured << strict;
    };
    row("8.8.8.8", true, true);
    row("100.63.255.255", true, true);
    row("172.32.0.1", true, true);
    row("127.0.0.1", true, false);
    row("127.255.255.254", true, false);
    row("0.0.0.0", true, false);
    row("10.1.2.3", true, false);
    row("172.16.0.1", true, false);
    row("172.31.255.255", true, false);
    row("192.168.1.1", true, false);
    row("100.64.0.1", true, false);
    row("169.254.169.254", false, false);
    row("169.254.0.1", false, false);
    row("100.100.100.200", false, false);
    row("168.63.129.16", false, false);
    row("224.0.0.1", false, false);
    row("255.255.255.255", false, false);
    row("240.0.0.1", false, false);
    row("2606:4700::1111", true, true);
    row("::1", true, false);
    row("::", true, false);
    row("fc00::1", true, false);
    row("fd12::1", true, false);
    row("fd00:ec2::254", false, false);
    row("fe80::1", false, false);
    row("fe80::1%2", false, false);
    row("ff02::1", false, false);
    row("2001:db8::1", false, false);
    row("2001::1", false, false);
    row("::ffff:8.8.8.8", true, true);
    row("::ffff:10.0.0.1", true, false);
    row("::ffff:169.254.169.254", false, false);
    row("::127.0.0.1", true, false);
    row("64:ff9b::a9fe:a9fe", false, false);
    row("64:ff9b::808:808", true, true);
    row("2002:a9fe:a9fe::1", false, false);
    row("2002:0a00:0001::1", true, false);
}

void TestAddressPolicy::judgesByTheAddress()
{
    QFETCH(QString, address);
    QFETCH(bool, configured);
    QFETCH(bool, strict);
    const std::string text = address.toStdString();
    QCOMPARE(AddressPolicy::configured().check(text).has_value(), configured);
    QCOMPARE(AddressPolicy::strict().check(text).has_value(), strict);
    if (!strict)
        QCOMPARE(AddressPolicy::strict().check(text).error().code, qd::Code::Forbidden);
}

void TestAddressPolicy::allowsLinkLocalOnlyWhenAsked()
{
    const AddressPolicy open{true, true, true};
    QVERIFY(open.check("169.254.169.254"));
    QVERIFY(open.check("fe80::1"));
    QVERIFY(!open.check("224.0.0.1"));
}

void TestAddressPolicy::refusesWhatIsNoAddress()
{
    for (const char *text : {"", "localhost", "127.1", "2130706433", "1.2.3.4.5", "10.0.0.1:80"})
        QCOMPARE(AddressPolicy().check(text).error().code, qd::Code::Invalid);
}

QD_TEST(TestAddressPolicy)
#include "tst_addresspolicy.moc"
