// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace qd::publish {

/// What a program said and how it ended.
struct Ran {
    int exit = 0;
    std::string out, err;
};

inline constexpr std::uint64_t kWrittenFile = 4u << 20;  ///< bytes a program may put into one file
inline constexpr std::uint64_t kProgramMemory = 1u << 30; ///< bytes of address space it may have

/// Runs a program to its end, without a shell: `arguments` as they are, the first by its whole path; `environment` is all it gets ("NAME=value").
/// It has `input`, and no descriptor of ours. What takes longer than `patience`, or says more than `most` bytes, is ended with all it started; so is whoever of them
/// writes a file of more than `file` bytes or wants more than kProgramMemory, by the kernel: whoever answers it far away fills no disk of ours.
/// Waits: for a thread that may. Errors: NotFound (no such program), Unavailable (it took too long), TooLarge, Io.
[[nodiscard]] Result<Ran> runProgram(const std::vector<std::string> &arguments, const std::vector<std::string> &environment, std::string_view input, Span patience, std::size_t most,
                                     std::uint64_t file = kWrittenFile);

/// What lies in a folder and below it, in bytes.
[[nodiscard]] std::uint64_t bytesIn(const std::filesystem::path &folder);

/// A folder for us alone, gone with its owner.
class PrivateFolder final {
public:
    PrivateFolder();
    ~PrivateFolder();
    PrivateFolder(const PrivateFolder &) = delete;
    PrivateFolder &operator=(const PrivateFolder &) = delete;
    /// Empty when it could not be made.
    [[nodiscard]] const std::filesystem::path &path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// How OpenSSH is told what we ask of it: our key and no other, hosts whose key the file names and no other, nothing asked of anybody. Written into
/// `folder` as "ssh_config". Errors: Invalid (a path that cannot be written there), Io.
[[nodiscard]] Result<> writeSshConfig(const std::filesystem::path &folder, const std::string &keyFile, const std::string &hostKeys);

/// Letters, digits and what stands in plain paths and addresses: nothing a batch file, a configuration or a command line takes for structure.
[[nodiscard]] bool isPlainPath(std::string_view text);

/// What a program complained of, as one line for people.
[[nodiscard]] std::string complaintOf(const Ran &ran);

} // namespace qd::publish
