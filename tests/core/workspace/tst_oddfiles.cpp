// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace qd;
namespace fs = std::filesystem;

namespace {

constexpr const char *kAnaText = "[[person]]\nid = \"ana\"\nname = \"Ana\"\n";

struct OddFolder {
    QTemporaryDir dir;
    [[nodiscard]] fs::path path() const { return fs::path(dir.path().toStdString()) / "workspace"; }
    [[nodiscard]] fs::path beside(const std::string &name) const { return fs::path(dir.path().toStdString()) / name; }
    OddFolder() { fs::create_directory(path()); }
    void write(const fs::path &file, const std::string &text) const { std::ofstream(file, std::ios::binary) << text; }
    /// Why the folder is refused, by load and by digest alike; "" when it is not.
    [[nodiscard]] std::string problem() const
    {
        const auto loaded = workspace::load(path());
        const auto digest = workspace::digest(path());
        if (loaded.has_value() != digest.has_value())
            return "load and digest do not agree";
        return loaded ? std::string() : loaded.error().message;
    }
};

} // namespace

class TestOddFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLinkIsRead()
    {
        OddFolder f;
        f.write(f.beside("people.toml"), kAnaText);
        fs::create_symlink(f.beside("people.toml"), f.path() / "people.toml");
        const auto loaded = workspace::load(f.path());
        VERIFY_RESULT(loaded);
        QVERIFY(loaded->person("ana"));
        // And the folder may be one itself.
        fs::create_directory_symlink(f.path(), f.beside("linked"));
        const auto through = workspace::load(f.beside("linked"));
        VERIFY_RESULT(through);
        QVERIFY(through->person("ana"));
        const auto before = workspace::digest(f.path());
        f.write(f.beside("people.toml"), std::string(kAnaText) + "zone = \"UTC\"\n");
        QVERIFY(*workspace::digest(f.path()) != *before); // an edit behind the link is an edit
    }

    void aLinkToNothingIsRefusedByName()
    {
        OddFolder f;
        fs::create_symlink(f.beside("gone.toml"), f.path() / "teams.toml");
        QCOMPARE(f.problem(), std::string("teams.toml is a link that leads nowhere; correct it or take it away."));
        fs::remove(f.path() / "teams.toml");
        fs::create_symlink(f.path() / "ring.toml", f.path() / "ring.toml");
        QCOMPARE(f.problem(), std::string("ring.toml is a link that leads nowhere; correct it or take it away."));
    }

    void aPipeIsRefusedAndNotWaitedFor()
    {
        OddFolder f;
        QCOMPARE(::mkfifo((f.path() / "services.toml").c_str(), 0600), 0);
        QCOMPARE(f.problem(), std::string("services.toml is a pipe, not a file; take it away or give it another name."));
    }

    void aFolderIsRefused()
    {
        OddFolder f;
        fs::create_directory(f.path() / "services.toml");
        QCOMPARE(f.problem(), std::string("services.toml is a folder, not a file; take it away or give it another name."));
        fs::remove(f.path() / "services.toml");
        fs::create_directory(f.path() / "notes"); // without the ending it is none of ours
        QCOMPARE(f.problem(), std::string());
    }

    void aSocketIsRefused()
    {
        OddFolder f;
        const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        (f.path() / "s.toml").string().copy(address.sun_path, sizeof address.sun_path - 1);
        QCOMPARE(::bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
        ::close(fd);
        QCOMPARE(f.problem(), std::string("s.toml is a socket, not a file; take it away or give it another name."));
    }

    void anUnreadableFileIsRefusedByName()
    {
        OddFolder f;
        f.write(f.path() / "people.toml", kAnaText);
        fs::permissions(f.path() / "people.toml", fs::perms::none);
        // To root every file is readable; to everybody else it is named.
        QCOMPARE(f.problem(), ::geteuid() == 0 ? std::string() : std::string("people.toml cannot be opened; check its permissions."));
    }

    void aLinkToSomethingTooLargeIsRefused()
    {
        OddFolder f;
        f.write(f.beside("big"), std::string(workspace::kFileLimit, '#'));
        fs::create_symlink(f.beside("big"), f.path() / "big.toml");
        QCOMPARE(f.problem(), std::string());
        f.write(f.beside("big"), std::string(workspace::kFileLimit + 1, '#'));
        QVERIFY(f.problem().starts_with("big.toml is larger than 1 MiB"));
    }

    void hiddenFilesOfEditorsStayOut()
    {
        OddFolder f;
        fs::create_symlink("nobody@host.1234", f.path() / ".#people.toml"); // Emacs' lock
        f.write(f.path() / "people.toml", kAnaText);
        QCOMPARE(f.problem(), std::string());
    }
};

QD_TEST(TestOddFiles)
#include "tst_oddfiles.moc"
