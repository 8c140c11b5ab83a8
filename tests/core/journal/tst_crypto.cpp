// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/merkle.h"
#include "core/journal/note.h"
#include "core/journal/recoverycode.h"
#include "core/journal/seal.h"
#include "core/journal/words.h"
#include "tests/core/journal/journalfixture.h"
#include "tests/support/suite.h"

#include <fstream>
#include <set>

using namespace qd;
using namespace qd::journal;
using namespace qd::tests;

class TestCrypto : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hashesAsTheStandardSays();
    void sealsAsTheStandardSays();
    void derivesAsTheStandardSays();
    void refusesAnyChangedBit();
    void buildsTheTreeOfRfc6962();
    void readsANoteItDidNotWrite();
    void refusesAChangedNote_data();
    void refusesAChangedNote();
    void readsBothFormsOfAKey();
    void recoveryCodeReadsBack();
    void recoveryCodeTellsTypingErrors();
    void everyWordIsItsOwn();
};

void TestCrypto::hashesAsTheStandardSays()
{
    Sha256 sha;
    QCOMPARE(toHex(sha.of(asBytes("abc"))),
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")); // FIPS 180-4
    QCOMPARE(toHex(sha.of({asBytes("a"), asBytes("bc")})), toHex(sha.of(asBytes("abc"))));
    QCOMPARE(toHex(sha.of(BytesView())),
             std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

void TestCrypto::sealsAsTheStandardSays()
{
    // McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16.
    const Bytes key = *fromHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    const Bytes nonce = *fromHex("cafebabefacedbaddecaf888");
    const Bytes associated = *fromHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    const Bytes plain = *fromHex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0"
                                 "e2449a6b525b16aedf5aa0de657ba637b39");
    Gcm gcm;
    Bytes sealed(plain.size() + kTag);
    gcm.seal(key, nonce, associated, plain, sealed);
    QCOMPARE(toHex(sealed), std::string("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb"
                                        "3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                                        "76fc6ece0f4e1768cddf8853bb2d551b"));
    Bytes opened(plain.size());
    QVERIFY(gcm.open(key, nonce, associated, sealed, opened));
    QCOMPARE(opened, plain);
    Bytes nothing(kTag), empty;
    gcm.seal(key, nonce, associated, {}, nothing);
    QVERIFY(gcm.open(key, nonce, associated, nothing, empty));
}

void TestCrypto::derivesAsTheStandardSays()
{
    // RFC 5869 appendix A.1, A.2 (a salt longer than a block of the hash, three blocks of output), A.3 (no salt, no info).
    const auto counted = [](std::uint8_t first, std::uint8_t last) {
        Bytes out;
        for (int b = first; b <= last; ++b)
            out.push_back(static_cast<std::uint8_t>(b));
        return out;
    };
    struct Case {
        Bytes key, salt, info;
        std::string pseudoRandom, out;
    };
    const Case cases[] = {
        {Bytes(22, 0x0b), counted(0x00, 0x0c), counted(0xf0, 0xf9), "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
         "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
        {counted(0x00, 0x4f), counted(0x60, 0xaf), counted(0xb0, 0xff), "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
         "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"},
        {Bytes(22, 0x0b), {}, {}, "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
         "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"},
    };
    Hkdf hkdf; // one for all: a salt that is kept must not serve another
    for (int again = 0; again < 2; ++again)
        for (const Case &c : cases) {
            const Secret pseudoRandom = hkdf.extract(c.salt, c.key);
            QCOMPARE(toHex(pseudoRandom.reveal()), c.pseudoRandom);
            Bytes out(c.out.size() / 2);
            hkdf.expand(hkdf.keyed(pseudoRandom.reveal()), c.info, out);
            QCOMPARE(toHex(out), c.out);
        }
}

void TestCrypto::refusesAnyChangedBit()
{
    CountedRandom random;
    const Secret key(Bytes(32, 3));
    const Bytes wrapped = wrap(random, key, asBytes("where"), asBytes("a secret"));
    QCOMPARE(unwrap(key, asBytes("where"), wrapped)->revealText(), std::string_view("a secret"));
    for (std::size_t bit = 0; bit < wrapped.size() * 8; ++bit) {
        Bytes changed = wrapped;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1 << bit % 8);
        QVERIFY(!unwrap(key, asBytes("where"), changed));
    }
    QVERIFY(!unwrap(key, asBytes("elsewhere"), wrapped));
    QVERIFY(!unwrap(Secret(Bytes(32, 4)), asBytes("where"), wrapped));
}

void TestCrypto::buildsTheTreeOfRfc6962()
{
    // The leaves and roots of the reference implementation of Certificate Transparency
    // (google/certificate-transparency, merkletree/merkle_tree_test.cc).
    const std::vector<std::string> leaves{
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
    const std::vector<std::string> roots{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                         "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                         "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                         "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                         "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                         "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                         "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                         "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                         "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    Sha256 sha;
    Frontier tree;
    QCOMPARE(toHex(tree.root(sha)), roots[0]);
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        tree.add(sha, sha.of({Bytes{0}, *fromHex(leaves[i])}));
        QCOMPARE(toHex(tree.root(sha)), roots[i + 1]);
        const auto again = Frontier::decode(tree.encode());
        VERIFY_RESULT(again);
        QVERIFY(*again == tree);
    }
    QVERIFY(!Frontier::decode(Bytes(7)));
    QVERIFY(!Frontier::decode(Bytes(8, 1)));
}

void TestCrypto::readsANoteItDidNotWrite()
{
    // golang.org/x/mod/sumdb/note, the example of its documentation.
    const std::string vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const std::string text =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "\xe2\x80\x94 PeterNeumann "
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    const auto key = parsePublicKey(vkey);
    VERIFY_RESULT(key);
    QVERIFY(isSignedBy(text, "PeterNeumann", *key));
    std::string changed = text;
    changed[0] = 'i';
    QVERIFY(!isSignedBy(changed, "PeterNeumann", *key));
    QVERIFY(!openNote(text, *key)); // it is no checkpoint
    const auto seed = Secret(Bytes(32, 9));
    const std::string ours = signNote({"example.org/log", 7, Hash{1, 2, 3}}, seed);
    const auto read = openNote(ours, publicKeyOf(seed));
    VERIFY_RESULT(read);
    QCOMPARE(read->origin, std::string("example.org/log"));
    QCOMPARE(read->size, std::uint64_t(7));
    QVERIFY((read->root == Hash{1, 2, 3}));
    // A witness's line beside ours changes nothing.
    VERIFY_RESULT(openNote(ours + "\xe2\x80\x94 witness.example " + toBase64(Bytes(68, 1)) + "\n", publicKeyOf(seed)));
}

void TestCrypto::refusesAChangedNote_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<bool>("isNote");
    QTest::newRow("another size") << "size" << true;
    QTest::newRow("another origin") << "origin" << true;
    QTest::newRow("another root") << "root" << true;
    QTest::newRow("a size with a leading zero") << "zero" << false;
    QTest::newRow("no signature") << "unsigned" << true;
    QTest::newRow("cut short") << "short" << false;
    QTest::newRow("nothing") << "empty" << false;
}

void TestCrypto::refusesAChangedNote()
{
    QFETCH(QString, change);
    QFETCH(bool, isNote);
    const Secret seed(Bytes(32, 9));
    std::string text = signNote({"example.org/log", 7, Hash{1, 2, 3}}, seed);
    VERIFY_RESULT(openNote(text, publicKeyOf(seed)));
    const std::string what = change.toStdString();
    if (what == "size")
        text.replace(text.find("\n7\n"), 3, "\n8\n");
    else if (what == "origin")
        text[0] = 'E';
    else if (what == "root")
        text.replace(text.find("AQID"), 4, "AQIE");
    else if (what == "zero")
        text.replace(text.find("\n7\n"), 3, "\n07\n");
    else if (what == "unsigned")
        text.resize(text.find("\n\n") + 2);
    else if (what == "short")
        text.resize(text.size() - 1);
    else
        text.clear();
    QCOMPARE(parseNote(text).has_value(), isNote);
    QVERIFY(!openNote(text, publicKeyOf(seed)));
}

void TestCrypto::readsBothFormsOfAKey()
{
    const PublicKey key = publicKeyOf(Secret(Bytes(32, 9)));
    QVERIFY(*parsePublicKey(toBase64(key) + "\n") == key);
    Bytes typed{1};
    typed.insert(typed.end(), key.begin(), key.end());
    QVERIFY(*parsePublicKey("example.org/log+01020304+" + toBase64(typed)) == key);
    // Base64 has '+' of its own, here eight apart as in a verifier key.
    const std::string plusses = "AAAA+AAAAAAAA+" + std::string(29, 'A') + "=";
    QCOMPARE(toBase64(*parsePublicKey(plusses)), plusses);
    QVERIFY(!parsePublicKey("nonsense"));
    QVERIFY(!parsePublicKey(toBase64(Bytes(31))));
}

void TestCrypto::recoveryCodeReadsBack()
{
    CountedRandom random;
    for (int i = 0; i < 50; ++i) {
        Bytes bytes(32);
        random.fill(bytes);
        const std::string code = recoveryCode(Secret(Bytes(bytes)));
        QCOMPARE(code.size(), std::size_t(55 + 10));
        std::string typed;
        for (const char c : code)
            typed += c == '0' ? 'o' : c == '1' ? 'l' : c == '-' ? ' ' : static_cast<char>(std::tolower(c));
        const auto back = parseRecoveryCode(typed + "\n");
        VERIFY_RESULT(back);
        QVERIFY(Bytes(back->reveal().begin(), back->reveal().end()) == bytes);
    }
}

void TestCrypto::recoveryCodeTellsTypingErrors()
{
    const std::string code = recoveryCode(Secret(Bytes(32, 200)));
    int unnoticed = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        std::string wrong = code;
        wrong[i] = wrong[i] == 'A' ? 'B' : 'A';
        unnoticed += parseRecoveryCode(wrong).has_value();
    }
    QCOMPARE(unnoticed, 0);
    QVERIFY(!parseRecoveryCode(code.substr(1)));
    QVERIFY(!parseRecoveryCode(code + "A"));
    QVERIFY(!parseRecoveryCode(""));
}

void TestCrypto::everyWordIsItsOwn()
{
    std::ifstream listed(QD_SOURCE_DIR "/core/journal/headwords.txt"); // what a second verifier reads
    std::set<std::string> words, starts;
    for (int i = 0; i < 256; ++i) {
        Hash hash;
        hash.fill(static_cast<std::uint8_t>(i));
        const std::string code = headWords(hash);
        const std::string word = code.substr(0, code.find('-'));
        QCOMPARE(std::count(code.begin(), code.end(), '-'), 7);
        QVERIFY(word.size() >= 3 && word.size() <= 9);
        words.insert(word);
        std::string line;
        QVERIFY(std::getline(listed, line));
        QCOMPARE(line, word);
        starts.insert(word.substr(0, 4));
    }
    QVERIFY(listed.peek() == std::ifstream::traits_type::eof());
    QCOMPARE(words.size(), std::size_t(256));
    QCOMPARE(starts.size(), std::size_t(256));
    QCOMPARE(headWords(Hash{0, 1, 2, 3, 4, 5, 6, 255, 9}),
             std::string("acid-acorn-actor-album-alley-amber-anchor-zipper"));
}

QD_TEST(TestCrypto)
#include "tst_crypto.moc"
