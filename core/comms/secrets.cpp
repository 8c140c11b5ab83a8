// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/secrets.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <re2/re2.h>

namespace qd::comms {

namespace {

constexpr std::array<std::string_view, 8> kSecretWords{"an AWS access key", "a GitHub token", "a Slack token", "a private key", "a web token (JWT)", "an access token", "a password",
                                                       "an address with a password"};

struct Shape {
    SecretKind kind;
    RE2 pattern;
};

/// What is too much for it is no secret, and nothing is written to our own standard error.
RE2::Options quiet()
{
    RE2::Options out;
    out.set_log_errors(false);
    out.set_max_mem(32 << 20);
    return out;
}

/// Each stands by itself: a longer word that happens to hold the letters is none.
const std::vector<const Shape *> &shapes()
{
    static const auto *all = [] {
        auto *out = new std::vector<const Shape *>; // for the life of the program
        const auto add = [&](SecretKind kind, const char *pattern) { out->push_back(new Shape{kind, RE2(pattern, quiet())}); };
        add(SecretKind::AwsKey, "(?:^|[^A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?:$|[^A-Za-z0-9])");
        add(SecretKind::AwsKey, "(?i)aws_?secret_?access_?key[\"']?\\s*[=:]\\s*[\"']?[A-Za-z0-9/+]{40}(?:$|[^A-Za-z0-9/+])");
        add(SecretKind::GitHubToken, "(?:^|[^A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})(?:$|[^A-Za-z0-9_])");
        add(SecretKind::SlackToken, "(?:^|[^A-Za-z0-9])(?:xox[abeoprs]-[A-Za-z0-9]{2,20}-[A-Za-z0-9-]{8,250}|xapp-[0-9]-[A-Z0-9]{5,20}-[0-9]{5,20}-[a-f0-9]{16,128})(?:$|[^A-Za-z0-9-])");
        add(SecretKind::SlackToken, "https://hooks\\.slack\\.com/services/T[A-Z0-9]{6,16}/B[A-Z0-9]{6,16}/[A-Za-z0-9]{16,40}");
        add(SecretKind::PrivateKey, "-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----");
        add(SecretKind::WebToken, "(?:^|[^A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,900}\\.eyJ[A-Za-z0-9_-]{10,900}\\.[A-Za-z0-9_-]{20,900}");
        add(SecretKind::VendorToken, "(?:^|[^A-Za-z0-9_-])(?:glpat-[A-Za-z0-9_-]{20,64}|sk_live_[A-Za-z0-9]{24,128}|rk_live_[A-Za-z0-9]{24,128}|AIza[A-Za-z0-9_-]{35}|npm_[A-Za-z0-9]{36}|"
                                     "hvs\\.[A-Za-z0-9_-]{24,128}|SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}|dop_v1_[a-f0-9]{64}|sk-ant-[A-Za-z0-9_-]{24,128}|glsa_[A-Za-z0-9]{32}_[a-f0-9]{8})(?:$|[^A-Za-z0-9_-])");
        return out;
    }();
    return *all;
}

/// What stands where a password would, and is none: a place to put one, dots over one, its absence.
bool isPlaceholder(std::string_view value)
{
    static const RE2 none("(?i)^(?:[<\\[{(].*|.*\\.\\.\\..*|\\$.*|%.*%?|[*•●xX?._-]+|(?:none|null|nil|true|false|yes|no|empty|unset|unknown|redacted|removed|struck|hidden|secret|password|passwort|passwd|"
                          "changeme|change-?me|example|todo|tbd|n/?a|required|incorrect|invalid|wrong|expired|reset|rotated|changed|missing|failed|ok|your[_-].*|my[_-].*))$", quiet());
    return RE2::FullMatch(re2::StringPiece(value.data(), value.size()), none);
}

/// A word of the language ("please") as against something made up: letters only, small, perhaps with a capital in front.
bool isPlainWord(std::string_view value)
{
    static const RE2 plain("(?:\\p{Lu}?\\p{Ll}+|\\p{Lu}+)(?:[-'’](?:\\p{Ll}+))*", quiet());
    return RE2::FullMatch(re2::StringPiece(value.data(), value.size()), plain);
}

std::string_view bare(std::string_view value)
{
    constexpr std::string_view kAround = "\"'`.,;:!?)]}*_";
    while (!value.empty() && kAround.find(value.back()) != std::string_view::npos && value.back() != '!' && value.back() != '*')
        value.remove_suffix(1);
    while (!value.empty() && std::string_view("\"'`").find(value.front()) != std::string_view::npos)
        value.remove_prefix(1);
    return value;
}

bool hasPassword(std::string_view text)
{
    // The name of one, then ":" or "=" (or "is", "lautet", "ist"), then what it is, up to a blank.
    static const RE2 given("(?i)(?:^|[^\\p{L}\\p{N}])((?:[a-z0-9]{1,30}[_-])?(?:passwords?|passwd|passwort|passwörter|kennwort|passphrase|pwd|secret[_-]?key|client[_-]?secret|api[_-]?key|auth[_-]?token|access[_-]?token))"
                           "[\"'`*_]{0,3}\\s{0,3}(=>|[:=]|\\s(?:is|ist|lautet)[:]?\\s)\\s{0,3}(\\S{1,300})", quiet());
    re2::StringPiece rest(text.data(), text.size()), name, sign, value;
    while (RE2::FindAndConsume(&rest, given, &name, &sign, &value)) {
        const std::string_view said = bare({value.data(), value.size()});
        const bool isAssigned = sign == "=" || sign == "=>";
        const bool isQuoted = !value.empty() && (value[0] == '"' || value[0] == '\'' || value[0] == '`');
        if (said.size() < 4 || isPlaceholder(said))
            continue;
        // "password: please ask Ben" speaks of one. An assignment or quotation gives one, also where it is a word.
        if (isPlainWord(said) && !isAssigned && !isQuoted)
            continue;
        if (said.starts_with("http://") || said.starts_with("https://") || said.starts_with("/") || said.starts_with("~")) // where to find it
            continue;
        return true;
    }
    return false;
}

bool hasUrlPassword(std::string_view text)
{
    static const RE2 url("(?i)(?:^|[^a-z0-9])[a-z][a-z0-9+.-]{1,20}://[^\\s/:@]{0,100}:([^\\s/@]{1,200})@[a-z0-9\\[]", quiet());
    re2::StringPiece rest(text.data(), text.size()), value;
    while (RE2::FindAndConsume(&rest, url, &value))
        if (const std::string_view said(value.data(), value.size()); said.size() >= 3 && !isPlaceholder(said))
            return true;
    return false;
}

} // namespace

std::string_view word(SecretKind kind)
{
    return kSecretWords[static_cast<std::size_t>(kind)];
}

bool isSecretKind(std::string_view words)
{
    return std::any_of(kSecretWords.begin(), kSecretWords.end(), [&](std::string_view kind) { return asciiLower(kind) == asciiLower(words); });
}

std::vector<SecretKind> secretsIn(std::string_view text)
{
    text = text.substr(0, kSecretScan);
    std::vector<SecretKind> out;
    for (const Shape *s : shapes())
        if ((out.empty() || out.back() != s->kind) && RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), s->pattern))
            out.push_back(s->kind);
    if (hasPassword(text))
        out.push_back(SecretKind::Password);
    if (hasUrlPassword(text))
        out.push_back(SecretKind::UrlPassword);
    return out;
}

std::string secretsNamed(const std::vector<std::string> &kinds)
{
    std::string out;
    for (std::size_t n = 0; n < kinds.size(); ++n)
        out += (n == 0 ? "" : n + 1 == kinds.size() ? " and " : ", ") + kinds[n];
    return out.empty() ? "a secret" : out;
}

} // namespace qd::comms
