// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/target.h"

#include "core/base/encoding.h"

#include <future>

namespace qd::publish {

namespace {

constexpr Span kRequestPatience = seconds(20);
constexpr std::size_t kAnswerBytes = 4u << 20;

class BucketTarget final : public Target {
public:
    BucketTarget(const Connection &connection, std::shared_ptr<const Secret> secret, Http http)
        : m_base(connection.url), m_region(connection.region), m_user(connection.user), m_caFile(connection.caFile), m_secret(std::move(secret)), m_http(std::move(http))
    {
        while (m_base.ends_with('/'))
            m_base.pop_back();
    }

    Result<> put(const std::string &page, const std::vector<comms::PageFile> &files) override
    {
        for (const comms::PageFile &f : files) {
            net::HttpRequest r = request(net::Method::Put, page, f.path, f.body);
            r.headers.emplace_back("content-type", f.type);
            r.headers.emplace_back("cache-control", "max-age=30");
            r.body = f.body;
            const auto answer = send(std::move(r));
            if (!answer)
                return tl::unexpected(answer.error());
            if (answer->status / 100 != 2)
                return refused(f.path, answer->status);
        }
        return {};
    }

    Result<std::string> read(const std::string &page, const std::string &path) override
    {
        auto answer = send(request(net::Method::Get, page, path, {}));
        if (!answer)
            return tl::unexpected(answer.error());
        if (answer->status == 404)
            return fail(Code::NotFound, path + " is not in the bucket.");
        if (answer->status != 200)
            return refused(path, answer->status);
        return std::move(answer->body);
    }

private:
    static tl::unexpected<Error> refused(const std::string &path, int status)
    {
        return fail(status == 403 ? Code::Forbidden : Code::Unavailable,
                    "The bucket answered " + path + " with status " + std::to_string(status) + (status == 403 ? ": check the access key, the secret and the region." : "."));
    }

    net::HttpRequest request(net::Method method, const std::string &page, const std::string &path, const std::string &body) const
    {
        net::HttpRequest r;
        r.method = method;
        r.url = m_base + "/" + page + "/" + path;
        r.headers = {{"x-amz-content-sha256", sha256Hex(body)}};
        r.user = m_user;
        r.password = m_secret->duplicate();
        r.awsSigV4 = "aws:amz:" + m_region + ":s3";
        r.caFile = m_caFile;
        r.timeout = kRequestPatience;
        r.maxBytes = kAnswerBytes;
        return r;
    }

    Result<net::HttpResponse> send(net::HttpRequest r) const
    {
        auto promise = std::make_shared<std::promise<Result<net::HttpResponse>>>();
        auto answered = promise->get_future();
        m_http(std::move(r), [promise](Result<net::HttpResponse> answer) { promise->set_value(std::move(answer)); });
        return answered.get(); // the client ends what takes too long
    }

    std::string m_base, m_region, m_user, m_caFile;
    std::shared_ptr<const Secret> m_secret;
    Http m_http;
};

} // namespace

std::unique_ptr<Target> bucketTarget(const Connection &connection, std::shared_ptr<const Secret> secret, Http http)
{
    return std::make_unique<BucketTarget>(connection, std::move(secret), std::move(http));
}

} // namespace qd::publish
