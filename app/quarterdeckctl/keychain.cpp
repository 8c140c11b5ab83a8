// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/keychain.h"

#include <QEventLoop>
#include <QTimer>
#include <qt6keychain/keychain.h>

namespace qd::app {

namespace {

constexpr int kPatienceMs = 30'000;

class Desktop final : public journal::KeychainPort {
public:
    Result<Secret> read(const std::string &name) override
    {
        QKeychain::ReadPasswordJob job(QStringLiteral("quarterdeck"));
        if (auto done = run(job, name); !done)
            return tl::unexpected(done.error());
        QByteArray bytes = job.binaryData();
        Secret secret(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        bytes.fill('\0');
        return secret;
    }

    Result<> write(const std::string &name, const Secret &secret) override
    {
        QKeychain::WritePasswordJob job(QStringLiteral("quarterdeck"));
        const auto bytes = secret.reveal();
        job.setBinaryData(QByteArray(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())));
        return run(job, name);
    }

private:
    /// The only nested event loop there is: while a home is opened or made nothing else runs yet.
    static Result<> run(QKeychain::Job &job, const std::string &name)
    {
        QEventLoop loop;
        bool finished = false;
        job.setAutoDelete(false);
        job.setInsecureFallback(false);
        job.setKey(QString::fromStdString(name));
        QObject::connect(&job, &QKeychain::Job::finished, &loop, [&] {
            finished = true;
            loop.quit();
        });
        QTimer::singleShot(kPatienceMs, &loop, &QEventLoop::quit);
        job.start();
        if (!finished)
            loop.exec();
        if (!finished)
            return fail(Code::Unavailable, "The desktop's keychain did not answer; unlock it, or use --passphrase-file.");
        if (job.error() == QKeychain::EntryNotFound)
            return fail(Code::NotFound, "The desktop's keychain holds no key for this home.");
        if (job.error() != QKeychain::NoError)
            return fail(Code::Unavailable, "The desktop's keychain is not available; use --passphrase-file instead.", job.errorString().toStdString());
        return {};
    }
};

} // namespace

std::shared_ptr<journal::KeychainPort> desktopKeychain()
{
    return std::make_shared<Desktop>();
}

} // namespace qd::app
