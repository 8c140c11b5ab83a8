// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/faulthome.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <future>

using namespace qd;
using namespace qd::faults;

/// A damaged keys.db, each region of it: the home opens with everything in it, or is refused with one sentence; nothing
/// crashes, and neither file is changed by a refusal.
class TestDamagedKeys final : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path m_home;
    journal::Created m_created;
    std::string m_keys, m_journal;

    static std::string contentsOf(const std::filesystem::path &path)
    {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void put(const char *name, const std::string &bytes) const
    {
        std::ofstream(m_home / name, std::ios::binary | std::ios::trunc).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    /// Opens, reads everything; "" when all is there, the sentence when it was refused, or "!…" for what must not be.
    std::string tried(const std::string &keys)
    {
        static SystemClock clock;
        static SystemRandom random;
        for (const char *companion : {"keys.db-journal", "journal.db-wal", "journal.db-shm"})
            std::filesystem::remove(m_home / companion);
        put("keys.db", keys);
        put("journal.db", m_journal);
        journal::VerifyOptions options;
        options.originKey = m_created.verificationKey;
        const auto report = journal::verify(m_home, store::sqlitePorts(), options);
        if (report && contentsOf(m_home / "journal.db") != m_journal)
            return "!verify changed the journal";
        std::string outcome;
        bool erased = false;
        {
            auto opened = journal::Journal::open(m_home, store::sqlitePorts(), key(), clock, random, journalOptions());
            if (!opened) {
                outcome = opened.error().message;
                if (outcome.empty() || outcome.find('\n') != std::string::npos)
                    return "!refused without a sentence";
                if (contentsOf(m_home / "journal.db") != m_journal)
                    return "!a refusal changed the journal";
                return outcome;
            }
            std::uint64_t n = 0;
            const auto read = (*opened)->replay(1, UINT64_MAX, [&](const journal::Committed &r) {
                ++n;
                for (const auto &part : r.parts)
                    erased = erased || part.erased;
                return true;
            });
            outcome = !read ? read.error().message : n != 40 ? "!records are missing and nobody says so" : "";
        }
        // A key that is not there reads as an erased stream; verify tells that from an authorised hole.
        if (erased && report && report->errors.empty())
            return "!a key is missing and verify does not say so";
        return outcome;
    }

private Q_SLOTS:
    void initTestCase()
    {
        SystemClock clock;
        SystemRandom random;
        m_home = m_folder.path().toStdString() + "/home";
        auto made = journal::create(m_home, store::sqlitePorts(), key(), clock, random);
        QVERIFY(made);
        m_created = *made;
        auto opened = journal::Journal::open(m_home, store::sqlitePorts(), key(), clock, random, journalOptions());
        QVERIFY(opened);
        for (std::uint64_t seq = 1; seq <= 40; ++seq) {
            std::promise<bool> done;
            (*opened)->append(draftOf(seq), [&](auto r) { done.set_value(r.has_value()); });
            QVERIFY(done.get_future().get());
        }
        opened->reset();
        m_keys = contentsOf(m_home / "keys.db");
        m_journal = contentsOf(m_home / "journal.db");
        QVERIFY(m_keys.size() > 8192 && m_journal.size() > 100'000);
        QCOMPARE(tried(m_keys), std::string());
    }

    void eachRegionIsReadOrRefusedWithASentence()
    {
        int opened = 0, refused = 0;
        // Where something is every 13th byte, in empty space every 257th.
        for (std::size_t at = 0; at < m_keys.size(); at += m_keys[at] != 0 ? 13 : 257) {
            std::string keys = m_keys;
            keys[at] = static_cast<char>(keys[at] ^ (at % 2 ? 0xff : 0x01));
            const std::string outcome = tried(keys);
            QVERIFY2(!outcome.starts_with("!"), qPrintable(QStringLiteral("byte %1: %2").arg(at).arg(QString::fromStdString(outcome))));
            ++(outcome.empty() ? opened : refused);
        }
        qInfo("%d positions: %d opened with everything, %d refused", opened + refused, opened, refused);
        QVERIFY(refused > 20);
        QCOMPARE(tried(m_keys), std::string());
    }

    void eachTruncationIsRefusedWithASentence()
    {
        for (std::size_t size = 0; size < m_keys.size(); size += size < 200 ? 50 : 1500) {
            const std::string outcome = tried(m_keys.substr(0, size));
            // The tail of the last page may be empty: then nothing is lost, and everything opens.
            const bool mayOpen = size + 4096 > m_keys.size();
            QVERIFY2((mayOpen || !outcome.empty()) && !outcome.starts_with("!"), qPrintable(QStringLiteral("%1 bytes: %2").arg(size).arg(QString::fromStdString(outcome))));
        }
        std::filesystem::remove(m_home / "keys.db");
        QVERIFY(std::filesystem::exists(m_home / "journal.db"));
    }
};

QD_TEST(TestDamagedKeys)
#include "tst_damagedkeys.moc"
