// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmppscram.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using chat::Scram;

/// Vectors: RFC 5802 section 5 (SHA-1), RFC 7677 section 3 (SHA-256); SHA-512 computed with Python's hashlib from the latter's input.
class TestXmppScram final : public QObject {
    Q_OBJECT
    Secret m_password{std::string_view("pencil")};

private Q_SLOTS:
    void signsInByTheVectors_data()
    {
        QTest::addColumn<int>("hash");
        QTest::addColumn<QByteArray>("nonce");
        QTest::addColumn<QByteArray>("serverFirst");
        QTest::addColumn<QByteArray>("clientFinal");
        QTest::addColumn<QByteArray>("serverFinal");
        QTest::newRow("SHA-1") << int(Scram::Hash::Sha1) << QByteArray("fyko+d2lbbFgONRv9qkxdawL")
                               << QByteArray("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096")
                               << QByteArray("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=")
                               << QByteArray("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
        const QByteArray nonce("rOprNGfwEbeRWgbNEkqO");
        const QByteArray first("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        const QByteArray final("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=");
        QTest::newRow("SHA-256") << int(Scram::Hash::Sha256) << nonce << first
                                 << final + "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
                                 << QByteArray("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
        QTest::newRow("SHA-512") << int(Scram::Hash::Sha512) << nonce << first
                                 << final
                + "gMGXRcevScNtxZ6/8lQYpGtnsNAc3mGcmNomv+xnoOMw+3R2xNJdMNnzMlTN8PPC6wdp6dybEmDYXYTxwnYPJQ=="
                                 << QByteArray("v=ZQnYEgWQMFmmsM8aQMF0nDDCy/AgCzkwk8CmMZYcMg0vSVlKDanekLtifDSeVGT4+5ZxXnJq199RVG2r"
                                               "R7N7Zw==");
    }
    void signsInByTheVectors()
    {
        QFETCH(int, hash);
        QFETCH(QByteArray, nonce);
        QFETCH(QByteArray, serverFirst);
        QFETCH(QByteArray, clientFinal);
        QFETCH(QByteArray, serverFinal);
        Scram scram(static_cast<Scram::Hash>(hash), "user", m_password, nonce.toStdString());
        QCOMPARE(QByteArray::fromStdString(scram.clientFirst()), "n,,n=user,r=" + nonce);
        const auto final = scram.clientFinal(serverFirst.toStdString());
        QVERIFY(final);
        QCOMPARE(QByteArray::fromStdString(*final), clientFinal);
        QVERIFY(!scram.isVerified());
        QVERIFY(scram.verify(serverFinal.toStdString()));
        QVERIFY(scram.isVerified());
    }

    void refusesAForgedServerSignature_data()
    {
        QTest::addColumn<QByteArray>("final");
        QTest::newRow("one bit off") << QByteArray("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G5=");
        QTest::newRow("shorter") << QByteArray("v=6rriTRBi23WpRR/wtup+");
        QTest::newRow("empty") << QByteArray("v=");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("error") << QByteArray("e=other-error");
        QTest::newRow("of another hash") << QByteArray("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
    }
    void refusesAForgedServerSignature()
    {
        QFETCH(QByteArray, final);
        Scram scram(Scram::Hash::Sha256, "user", m_password, "rOprNGfwEbeRWgbNEkqO");
        QVERIFY(scram.clientFinal("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"));
        const auto proven = scram.verify(final.toStdString());
        QVERIFY(!proven);
        QCOMPARE(proven.error().code, Code::Forbidden);
        QVERIFY(!scram.isVerified());
    }

    void refusesASignatureBeforeTheChallenge()
    {
        Scram scram(Scram::Hash::Sha256, "user", m_password, "abc");
        QVERIFY(!scram.verify("v="));
    }

    void refusesAWeakOrForeignChallenge_data()
    {
        QTest::addColumn<QByteArray>("challenge");
        QTest::newRow("too few iterations") << QByteArray("r=abcX,s=QSXCR+Q6sek8bf92,i=4095");
        QTest::newRow("too many iterations") << QByteArray("r=abcX,s=QSXCR+Q6sek8bf92,i=1000001");
        QTest::newRow("overflowing iterations") << QByteArray("r=abcX,s=QSXCR+Q6sek8bf92,i=99999999999999");
        QTest::newRow("negative iterations") << QByteArray("r=abcX,s=QSXCR+Q6sek8bf92,i=-4096");
        QTest::newRow("foreign nonce") << QByteArray("r=xyzX,s=QSXCR+Q6sek8bf92,i=4096");
        QTest::newRow("only our nonce") << QByteArray("r=abc,s=QSXCR+Q6sek8bf92,i=4096");
        QTest::newRow("no salt") << QByteArray("r=abcX,s=,i=4096");
        QTest::newRow("bad salt") << QByteArray("r=abcX,s=*,i=4096");
        QTest::newRow("mandatory extension") << QByteArray("m=x,r=abcX,s=QSXCR+Q6sek8bf92,i=4096");
        QTest::newRow("nothing") << QByteArray();
    }
    void refusesAWeakOrForeignChallenge()
    {
        QFETCH(QByteArray, challenge);
        Scram scram(Scram::Hash::Sha256, "user", m_password, "abc");
        const auto final = scram.clientFinal(challenge.toStdString());
        QVERIFY(!final);
        QCOMPARE(final.error().code, Code::Forbidden);
        QVERIFY(final.error().message.find("pencil") == std::string::npos);
    }

    void takesTheStrongestMechanismAndNeverPlain()
    {
        QVERIFY(Scram::choose({"PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-512", "SCRAM-SHA-256"}) == Scram::Hash::Sha512);
        QVERIFY(Scram::choose({"SCRAM-SHA-1-PLUS", "SCRAM-SHA-1"}) == Scram::Hash::Sha1);
        QVERIFY(!Scram::choose({"PLAIN", "DIGEST-MD5", "ANONYMOUS"}));
        QVERIFY(!Scram::choose({}));
    }

    void escapesTheName()
    {
        Scram scram(Scram::Hash::Sha1, "a=b,c", m_password, "n");
        QCOMPARE(scram.clientFirst(), std::string("n,,n=a=3Db=2Cc,r=n"));
    }
};

QD_TEST(TestXmppScram)
#include "tst_xmppscram.moc"
