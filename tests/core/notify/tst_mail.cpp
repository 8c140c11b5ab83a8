// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/notify/mail.h"

#include "core/base/encoding.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <algorithm>

using namespace qd;
using namespace qd::notify;

namespace {

MailText plain()
{
    return {"desk@example.org", "ana@example.org", "Quarterdeck", "Ana", "SEV2 INC-7: shop is down", "You are called.\n", "key@example.org", {1'795'442'400'000'000'000}};
}

std::vector<std::string> lines(const std::string &mail)
{
    std::vector<std::string> out;
    std::size_t at = 0;
    for (std::size_t end = mail.find("\r\n"); end != std::string::npos; end = mail.find("\r\n", at)) {
        out.push_back(mail.substr(at, end - at));
        at = end + 2;
    }
    return out;
}

bool has(const std::string &mail, const std::string &line)
{
    const auto all = lines(mail);
    return std::find(all.begin(), all.end(), line) != all.end();
}

/// RFC 2047 words put together again.
std::string decodedWords(std::string text)
{
    std::string out;
    for (std::size_t at = text.find("=?UTF-8?B?"); at != std::string::npos; at = text.find("=?UTF-8?B?", at)) {
        const std::size_t end = text.find("?=", at);
        const auto bytes = fromBase64(std::string_view(text).substr(at + 10, end - at - 10));
        if (!bytes)
            return "broken";
        out += asText(*bytes);
        at = end;
    }
    return out;
}

} // namespace

class TestMail : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void headersAreThoseOfAMailNobodyAnswersByMachine()
    {
        const std::string mail = mailOf(plain());
        for (const char *line : {"Date: Mon, 23 Nov 2026 14:00:00 +0000", "From: \"Quarterdeck\" <desk@example.org>", "To: \"Ana\" <ana@example.org>",
                                 "Subject: SEV2 INC-7: shop is down", "Message-ID: <key@example.org>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
                                 "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "", "You are called."})
            QVERIFY2(has(mail, line), line);
    }

    void noTextBecomesAHeaderOrALineOfItsOwn()
    {
        MailText m = plain();
        m.subject = "down\r\nBcc: eve@example.org\r\n\r\nbody";
        m.toName = "Ana\"\r\nBcc: eve@example.org, <x";
        m.fromName = std::string("a\0b", 3);
        const std::string mail = mailOf(m);
        const auto all = lines(mail);
        const auto blank = std::find(all.begin(), all.end(), "");
        for (auto it = all.begin(); it != blank; ++it)
            QVERIFY2(!it->starts_with("Bcc"), it->c_str());
        QCOMPARE(std::count_if(all.begin(), blank, [](const auto &l) { return l.starts_with("Subject:"); }), std::ptrdiff_t{1});
        QVERIFY(blank + 1 != all.end() && *(blank + 1) == "You are called.");
    }

    void everyLineIsShortAndAscii()
    {
        MailText m = plain();
        for (int n = 0; n < 40; ++n) {
            m.subject += "Ü";
            m.fromName += "ß ";
            m.toName += "name, ";
            m.text += std::string("x=ü") + std::string(static_cast<std::size_t>(n), 'y');
        }
        for (const auto &line : lines(mailOf(m))) {
            QVERIFY2(line.size() <= 78, line.c_str());
            QVERIFY2(std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c < 0x7f; }), line.c_str());
        }
    }

    void otherScriptsComeBackWholeFromTheirEncodedWords()
    {
        for (const std::string text : {"Käse", "障害が発生しました。すぐに確認してください。対応をお願いします", "=?UTF-8?B?QQ==?="}) {
            const std::string encoded = encodedHeader(text, 9);
            QCOMPARE(decodedWords(encoded), text);
            for (const auto &line : lines(encoded + "\r\n"))
                QVERIFY2(line.size() + 9 <= 78, line.c_str());
        }
        QCOMPARE(encodedHeader("plain", 9), std::string("plain"));
    }

    void theTextIsQuotedPrintableAtItsEdges_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("encoded");
        QTest::newRow("plain") << QByteArray("a b") << QByteArray("a b\r\n");
        QTest::newRow("equals") << QByteArray("1=2") << QByteArray("1=3D2\r\n");
        QTest::newRow("blank at the end of a line") << QByteArray("a \nb") << QByteArray("a=20\r\nb\r\n");
        QTest::newRow("utf-8") << QByteArray("\xc3\xbc") << QByteArray("=C3=BC\r\n");
        QTest::newRow("75 bytes fit") << QByteArray(75, 'a') << QByteArray(75, 'a') + "\r\n";
        QTest::newRow("76 do not") << QByteArray(76, 'a') << QByteArray(75, 'a') + "=\r\na\r\n";
        QTest::newRow("an escape is not cut") << QByteArray(73, 'a') + "=" << QByteArray(73, 'a') + "=\r\n=3D\r\n";
    }
    void theTextIsQuotedPrintableAtItsEdges()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, encoded);
        QCOMPARE(QByteArray::fromStdString(quotedPrintable(text.toStdString())), encoded);
    }
};

QD_TEST(TestMail)
#include "tst_mail.moc"
