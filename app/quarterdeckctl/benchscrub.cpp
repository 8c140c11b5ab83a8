// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchscrub.h"

#include "app/quarterdeckctl/benchpeers.h"
#include "app/quarterdeckctl/benchreport.h"

#include <QProcessEnvironment>
#include <boost/json.hpp>
#include <filesystem>

namespace qd::app {

namespace {

constexpr int kScrubPatienceMs = 900'000;

} // namespace

int benchScrub(const BenchOptions &options)
{
    std::error_code wrong;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", wrong).parent_path() / "quarterdeck";
    if (wrong || !std::filesystem::exists(program, wrong))
        return benchFailed({Code::NotFound, "The window's program, quarterdeck, is not beside this one; it measures what it does.", {}});
    const auto window = peerProgram(QString::fromStdString(program.string()), {QStringLiteral("--bench"), QStringLiteral("scrub"), QStringLiteral("--bench-lines"), QString::number(options.events)});
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    window->setProcessEnvironment(environment);
    window->start();
    if (!window->waitForFinished(kScrubPatienceMs) || window->exitStatus() != QProcess::NormalExit || window->exitCode() != 0)
        return benchFailed({Code::Io, "It could not be measured: " + window->errorString().toStdString() + ".", {}});
    boost::json::error_code broken;
    const boost::json::value figures = boost::json::parse(window->readAllStandardOutput().toStdString(), broken);
    if (broken || !figures.is_object())
        return benchFailed({Code::Io, "The window's program gave no figures.", {}});
    return report(options, figures.get_object());
}

} // namespace qd::app
