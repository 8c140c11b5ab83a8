// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/chaincheck.h"

#include <memory>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

namespace qd::net {

namespace {
template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T *t) const
    {
        Free(t);
    }
};
void freeStack(STACK_OF(X509) * stack)
{
    sk_X509_pop_free(stack, X509_free);
}
using X509Ptr = std::unique_ptr<X509, Freed<X509_free>>;
using StackPtr = std::unique_ptr<STACK_OF(X509), Freed<freeStack>>;
using StorePtr = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using ContextPtr = std::unique_ptr<X509_STORE_CTX, Freed<X509_STORE_CTX_free>>;
using BioPtr = std::unique_ptr<BIO, Freed<BIO_free_all>>;

Result<StackPtr> readRoots(std::string_view pem)
{
    StackPtr stack(sk_X509_new_null());
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    while (X509 *certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr))
        sk_X509_push(stack.get(), certificate);
    const unsigned long why = ERR_peek_last_error();
    ERR_clear_error();
    if (sk_X509_num(stack.get()) == 0 || ERR_GET_REASON(why) != PEM_R_NO_START_LINE)
        return fail(Code::Invalid, "the CA file holds no usable certificates in PEM form");
    return stack;
}
} // namespace

Result<int> countRoots(std::string_view pem)
{
    const auto roots = readRoots(pem);
    if (!roots)
        return tl::unexpected(roots.error());
    return sk_X509_num(roots->get());
}

Result<> checkChain(const std::vector<Bytes> &chain, std::string_view rootsPem, const std::string &host)
{
    const auto roots = readRoots(rootsPem);
    if (!roots)
        return tl::unexpected(roots.error());
    StackPtr others(sk_X509_new_null());
    X509Ptr leaf;
    for (const Bytes &der : chain) {
        const unsigned char *bytes = der.data();
        X509Ptr certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
        if (!certificate)
            return fail(Code::Invalid, "the peer's certificate cannot be read");
        if (!leaf)
            leaf = std::move(certificate);
        else
            sk_X509_push(others.get(), certificate.release());
    }
    if (!leaf)
        return fail(Code::Invalid, "the peer showed no certificate");
    const StorePtr store(X509_STORE_new());
    for (int i = 0; i < sk_X509_num(roots->get()); ++i)
        X509_STORE_add_cert(store.get(), sk_X509_value(roots->get(), i));
    const ContextPtr context(X509_STORE_CTX_new());
    if (X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), others.get()) != 1)
        return fail(Code::Internal, "OpenSSL cannot check a certificate");
    X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_SERVER);
    if (X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) != 1)
        X509_VERIFY_PARAM_set1_host(rules, host.c_str(), host.size());
    const bool good = X509_verify_cert(context.get()) == 1;
    const int why = X509_STORE_CTX_get_error(context.get());
    ERR_clear_error();
    if (!good)
        return fail(Code::Invalid, "the peer's certificate does not lead to the configured CA file",
                    X509_verify_cert_error_string(why));
    return {};
}

} // namespace qd::net
