// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/exportfile.h"

#include "core/journal/crypto.h"

#include <boost/json.hpp>
#include <fstream>

namespace qd::journal {

namespace {

namespace json = boost::json;

constexpr std::string_view kBegin = "{\n\"format\":\"quarterdeck-export\",";
constexpr std::string_view kSignature = "\n\"signature\":";

std::string jsonText(std::string_view text)
{
    return json::serialize(json::value(json::string_view(text)));
}

std::string proofText(const std::vector<Hash> &proof)
{
    std::string out = "[";
    for (const Hash &hash : proof)
        out += (out.size() > 1 ? ",\"" : "\"") + toBase64(hash) + "\"";
    return out + "]";
}

/// Reads members by name and remembers that one was missing or of another kind.
class Members
{
public:
    explicit Members(bool &sound)
        : m_sound(sound)
    {
    }
    const json::value *find(const json::value &in, const char *name)
    {
        const json::object *object = in.if_object();
        const json::value *value = object ? object->if_contains(name) : nullptr;
        m_sound = m_sound && value;
        return value;
    }
    std::string text(const json::value &in, const char *name)
    {
        const json::value *value = find(in, name);
        m_sound = m_sound && value && value->is_string();
        return m_sound ? std::string(value->get_string()) : std::string();
    }
    std::uint64_t number(const json::value &in, const char *name)
    {
        const json::value *value = find(in, name);
        m_sound = m_sound && value && value->is_int64() && value->get_int64() >= 0;
        return m_sound ? static_cast<std::uint64_t>(value->get_int64()) : 0;
    }
    const json::array &list(const json::value &in, const char *name)
    {
        static const json::array kNone;
        const json::value *value = find(in, name);
        m_sound = m_sound && value && value->is_array();
        return m_sound ? value->get_array() : kNone;
    }
    Bytes bytes(const json::value &in, const char *name) { return decoded(text(in, name)); }
    Bytes bytes(const json::value &value)
    {
        m_sound = m_sound && value.is_string();
        return m_sound ? decoded(std::string(value.get_string())) : Bytes();
    }
    std::vector<Hash> proof(const json::value &in, const char *name)
    {
        std::vector<Hash> out;
        for (const json::value &each : list(in, name)) {
            const Bytes bytes = each.is_string() ? decoded(std::string(each.get_string())) : Bytes();
            m_sound = m_sound && bytes.size() == sizeof(Hash);
            if (!m_sound)
                return {};
            std::copy(bytes.begin(), bytes.end(), out.emplace_back().begin());
        }
        return out;
    }

private:
    Bytes decoded(const std::string &base64)
    {
        auto bytes = fromBase64(base64);
        m_sound = m_sound && bytes;
        return bytes ? std::move(*bytes) : Bytes();
    }
    bool &m_sound;
};

tl::unexpected<Error> damaged()
{
    return fail(Code::Corrupt, "This is not a whole export file.");
}

} // namespace

bool isExport(const std::filesystem::path &path)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored))
        return false;
    std::string begin(kBegin.size(), '\0');
    std::ifstream in(path, std::ios::binary);
    return in.read(begin.data(), static_cast<std::streamsize>(begin.size())) && begin == kBegin;
}

std::string signedStatement(std::string_view origin, std::string_view signedBytes)
{
    return "quarterdeck export\n" + std::string(origin) + "\n" + toHex(Sha256().of(asBytes(signedBytes))) + "\n";
}

std::string writeExport(const ExportFile &file, const std::string &manifest,
                        const std::function<std::string(const std::string &)> &sign)
{
    std::string out(kBegin);
    out += "\"version\":" + std::to_string(file.version) + ",\n\"manifest\":" + manifest + ",\n\"log\":{\"id\":" +
           jsonText(file.logId) + ",\"origin\":" + jsonText(file.origin) + ",\"key\":\"" + toBase64(file.key) +
           "\"},\n\"checkpoint\":" + jsonText(file.checkpoint) + ",\n\"earlier\":[";
    const char *separator = "\n";
    for (const auto &earlier : file.earlier) {
        out += std::exchange(separator, ",\n") + ("{\"checkpoint\":" + jsonText(earlier.checkpoint)) +
               ",\"proof\":" + proofText(earlier.proof) + "}";
    }
    out += "\n],\n\"records\":[";
    separator = "\n";
    for (const auto &record : file.records) {
        out += std::exchange(separator, ",\n") + ("{\"seq\":" + std::to_string(record.seq)) + ",\"header\":\"" +
               toBase64(record.header) + "\",\"parts\":[";
        const char *comma = "";
        for (const auto &part : record.parts)
            out += std::exchange(comma, ",") + ("{\"part\":" + std::to_string(part.part)) + ",\"key\":\"" +
                   toBase64(part.key) + "\",\"sealed\":\"" + toBase64(part.sealed) + "\"}";
        out += "],\"proof\":" + proofText(record.proof) + "}";
    }
    out += "\n],\n";
    if (file.version >= 2) {
        out += "\"complete\":" + (file.complete ? "{\"from\":" + std::to_string(file.complete->from) + ",\"to\":" +
                                                    std::to_string(file.complete->to) + ",\"proof\":" + proofText(file.complete->proof) + "}"
                                              : std::string("null")) +
               ",\n\"between\":[";
        separator = "\n";
        for (const Bytes &header : file.between)
            out += std::exchange(separator, ",\n") + ("\"" + toBase64(header)) + "\"";
        out += "\n],\n\"erasures\":[";
        separator = "\n";
        for (const auto &erasure : file.erasures)
            out += std::exchange(separator, ",\n") + ("{\"seq\":" + std::to_string(erasure.seq)) + ",\"part\":" +
                   std::to_string(erasure.part) + ",\"sealed\":\"" + toBase64(erasure.sealed) + "\"}";
        out += "\n],\n";
    }
    out += "\"timeline\":[";
    separator = "\n";
    for (const auto &line : file.timeline)
        out += std::exchange(separator, ",\n") + line;
    out += "\n],\n";
    const std::string note = sign(signedStatement(file.origin, out));
    return out + std::string(kSignature.substr(1)) + jsonText(note) + "\n}\n";
}

Result<ExportFile> parseExport(std::string_view text)
{
    // A raw line break cannot stand inside a JSON string, so this is where the signature's own line begins.
    const std::size_t at = text.rfind(kSignature);
    if (text.size() > kMostExportBytes || !text.starts_with(kBegin) || at == std::string_view::npos)
        return damaged();
    boost::system::error_code wrong;
    const json::value all = json::parse(text, wrong);
    if (wrong || !all.is_object())
        return damaged();
    ExportFile file;
    file.signedBytes = text.substr(0, at + 1);
    bool sound = true;
    Members in(sound);
    file.version = in.number(all, "version");
    file.signature = in.text(all, "signature");
    if (!sound || text.substr(at + 1) != std::string(kSignature.substr(1)) + jsonText(file.signature) + "\n}\n")
        return damaged();
    if (const json::value *log = in.find(all, "log")) {
        file.logId = in.text(*log, "id");
        file.origin = in.text(*log, "origin");
        const Bytes key = in.bytes(*log, "key");
        sound = sound && key.size() == file.key.size();
        if (sound)
            std::copy(key.begin(), key.end(), file.key.begin());
    }
    if (!sound)
        return damaged();
    if (!isKnownExport(file.version))
        return file;
    if (const json::value *manifest = in.find(all, "manifest")) {
        file.name = in.text(*manifest, "name");
        file.schema = in.text(*manifest, "schema");
        file.claimedRecords = in.number(*manifest, "records");
    }
    file.checkpoint = in.text(all, "checkpoint");
    for (const json::value &each : in.list(all, "earlier"))
        file.earlier.push_back({in.text(each, "checkpoint"), in.proof(each, "proof")});
    for (const json::value &each : in.list(all, "records")) {
        ExportFile::Record &record = file.records.emplace_back();
        record.seq = in.number(each, "seq");
        record.header = in.bytes(each, "header");
        for (const json::value &part : in.list(each, "parts"))
            record.parts.push_back({in.number(part, "part"), in.bytes(part, "key"), in.bytes(part, "sealed")});
        record.proof = in.proof(each, "proof");
    }
    if (file.version >= 2) {
        if (const json::value *complete = in.find(all, "complete"); complete && !complete->is_null())
            file.complete = {in.number(*complete, "from"), in.number(*complete, "to"), in.proof(*complete, "proof")};
        for (const json::value &each : in.list(all, "between"))
            file.between.push_back(in.bytes(each));
        for (const json::value &each : in.list(all, "erasures"))
            file.erasures.push_back({in.number(each, "seq"), in.number(each, "part"), in.bytes(each, "sealed")});
    }
    for (const json::value &each : in.list(all, "timeline"))
        file.timeline.push_back(json::serialize(each));
    if (!sound)
        return damaged();
    return file;
}

} // namespace qd::journal
