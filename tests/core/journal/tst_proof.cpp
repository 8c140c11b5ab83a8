// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/merkle.h"
#include "core/journal/proof.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <bit>

using namespace qd;
using namespace qd::journal;

namespace {

constexpr std::uint64_t kLargest = 130;

std::vector<Hash> leavesOf(std::uint64_t size)
{
    Sha256 sha;
    std::vector<Hash> out;
    for (std::uint64_t i = 0; i < size; ++i) {
        Bytes leaf{0};
        putNumber(leaf, i);
        out.push_back(sha.of(leaf));
    }
    return out;
}

Hash rootOf(const std::vector<Hash> &leaves, std::uint64_t size)
{
    Sha256 sha;
    Frontier tree;
    for (std::uint64_t i = 0; i < size; ++i)
        tree.add(sha, leaves[i]);
    return tree.root(sha);
}

/// Every proof somebody could make of a true one by a small change: each bit, each hash dropped, doubled, swapped with
/// another, one more at each place.
std::vector<Proof> mutationsOf(const Proof &proof)
{
    std::vector<Proof> out;
    for (std::size_t i = 0; i < proof.size(); ++i) {
        for (std::size_t bit = 0; bit < 256; ++bit) {
            Proof p = proof;
            p[i][bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
            out.push_back(std::move(p));
        }
        Proof shorter = proof;
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
        out.push_back(std::move(shorter));
        Proof doubled = proof;
        doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), proof[i]);
        out.push_back(std::move(doubled));
        for (std::size_t j = i + 1; j < proof.size(); ++j) {
            Proof swapped = proof;
            std::swap(swapped[i], swapped[j]);
            out.push_back(std::move(swapped));
        }
    }
    for (std::size_t i = 0; i <= proof.size(); ++i) {
        Proof longer = proof;
        longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(i), Hash{});
        out.push_back(std::move(longer));
    }
    return out;
}

} // namespace

/// The proofs of RFC 9162 section 2.1, and what may not pass for one.
class TestProof : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knownRoots();
    void treeAgreesWithItsFrontier();
    void everyLeafOfEverySizeIsProved();
    void proofIsAsLongAsTheTreeIsDeep();
    void proofOfAnotherPlaceIsRefused();
    void changedInclusionProofIsRefused();
    void everySizeGoesOnFromEverySmallerOne();
    void changedConsistencyProofIsRefused();
    void otherSizesAreRefused();
    void emptyAndEqualTreesNeedNoProof();
};

void TestProof::knownRoots()
{
    // The reference leaves and roots of the certificate transparency project (RFC 6962, test/merkletree).
    const char *inputs[8] = {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                             "606162636465666768696a6b6c6d6e6f"};
    const char *roots[8] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    Sha256 sha;
    std::vector<Hash> leaves;
    for (std::size_t i = 0; i < 8; ++i) {
        Bytes leaf{0};
        putBytes(leaf, *fromHex(inputs[i]));
        leaves.push_back(sha.of(leaf));
        QCOMPARE(toHex(Tree(leaves).root()), std::string(roots[i]));
    }
    QCOMPARE(toHex(Tree({}).root()), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    // RFC 6962's own worked examples for seven leaves, section 2.1.3: the proof of d0 is [b, h, l], of d6 [i, k].
    leaves.pop_back();
    QCOMPARE(Tree(leaves).inclusion(0).size(), std::size_t(3));
    QCOMPARE(Tree(leaves).inclusion(6).size(), std::size_t(2));
    QCOMPARE(Tree(leaves).consistency(3).size(), std::size_t(4));
    QCOMPARE(Tree(leaves).consistency(4).size(), std::size_t(1));
    QCOMPARE(Tree(leaves).consistency(6).size(), std::size_t(3));
}

void TestProof::treeAgreesWithItsFrontier()
{
    const auto leaves = leavesOf(kLargest);
    for (std::uint64_t n = 0; n <= kLargest; ++n)
        QVERIFY(Tree({leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(n)}).root() == rootOf(leaves, n));
}

void TestProof::everyLeafOfEverySizeIsProved()
{
    const auto leaves = leavesOf(kLargest);
    for (std::uint64_t n = 1; n <= kLargest; ++n) {
        const Tree tree({leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(n)});
        for (std::uint64_t i = 0; i < n; ++i)
            QVERIFY(isIncluded(leaves[i], i, n, tree.inclusion(i), tree.root()));
    }
}

void TestProof::proofIsAsLongAsTheTreeIsDeep()
{
    for (const std::uint64_t n : {1, 2, 3, 64, 65, 127, 128, 129}) {
        const Tree tree(leavesOf(n));
        for (std::uint64_t i = 0; i < n; ++i)
            QVERIFY(tree.inclusion(i).size() <= static_cast<std::size_t>(std::bit_width(n - 1)));
    }
}

void TestProof::proofOfAnotherPlaceIsRefused()
{
    const auto leaves = leavesOf(33);
    for (std::uint64_t n = 1; n <= 33; ++n) {
        const Tree tree({leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(n)});
        for (std::uint64_t i = 0; i < n; ++i) {
            const Proof proof = tree.inclusion(i);
            for (std::uint64_t j = 0; j < n + 3; ++j)
                if (j != i) {
                    QVERIFY(!isIncluded(leaves[i], j, n, proof, tree.root()));
                    QVERIFY(!isIncluded(leaves[j % 33], i, n, proof, tree.root()) || j % 33 == i);
                }
            QVERIFY(!isIncluded(leaves[i], i, 0, proof, tree.root()));
            QVERIFY(!isIncluded(leaves[i], i, n, proof, Hash{}));
            QVERIFY(!isIncluded(leaves[i], i + (std::uint64_t(1) << 40), n, proof, tree.root()));
        }
    }
}

void TestProof::changedInclusionProofIsRefused()
{
    for (const std::uint64_t n : {1, 2, 3, 5, 7, 8, 13, 64, 65, 130}) {
        const auto leaves = leavesOf(n);
        const Tree tree(leaves);
        for (std::uint64_t i = 0; i < n; i += n > 20 ? 7 : 1)
            for (const Proof &changed : mutationsOf(tree.inclusion(i)))
                QVERIFY(!isIncluded(leaves[i], i, n, changed, tree.root()));
    }
}

void TestProof::everySizeGoesOnFromEverySmallerOne()
{
    const auto leaves = leavesOf(kLargest);
    std::vector<Hash> roots;
    for (std::uint64_t n = 0; n <= kLargest; ++n)
        roots.push_back(rootOf(leaves, n));
    for (std::uint64_t n = 1; n <= kLargest; ++n) {
        const Tree tree({leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(n)});
        for (std::uint64_t m = 0; m <= n; ++m) {
            const Proof proof = tree.consistency(m);
            QVERIFY(isConsistent(m, roots[m], n, roots[n], proof));
            // A tree of another beginning, or another end, is no continuation.
            Hash other = roots[m];
            other[m % 32] ^= 1;
            QVERIFY(!isConsistent(m, other, n, roots[n], proof));
            other = roots[n];
            other[n % 32] ^= 1;
            if (m > 0)
                QVERIFY(!isConsistent(m, roots[m], n, other, proof));
        }
    }
}

void TestProof::changedConsistencyProofIsRefused()
{
    const auto leaves = leavesOf(kLargest);
    for (const std::uint64_t n : {2, 3, 5, 7, 8, 13, 64, 65, 130}) {
        const Tree tree({leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(n)});
        for (std::uint64_t m = 1; m < n; m += n > 20 ? 7 : 1)
            for (const Proof &changed : mutationsOf(tree.consistency(m)))
                QVERIFY(!isConsistent(m, rootOf(leaves, m), n, tree.root(), changed));
    }
}

void TestProof::otherSizesAreRefused()
{
    const auto leaves = leavesOf(20);
    for (std::uint64_t n = 2; n <= 20; ++n) {
        const Tree tree({leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(n)});
        for (std::uint64_t m = 1; m < n; ++m) {
            const Proof proof = tree.consistency(m);
            const Hash root = rootOf(leaves, m);
            for (std::uint64_t other = 1; other <= 20; ++other)
                if (other != m)
                    QVERIFY(!isConsistent(other, root, n, tree.root(), proof));
            QVERIFY(!isConsistent(n, tree.root(), m, root, proof));
            QVERIFY(!isConsistent(m, root, n, tree.root(), {}));
        }
    }
}

void TestProof::emptyAndEqualTreesNeedNoProof()
{
    const auto leaves = leavesOf(5);
    const Tree tree(leaves);
    QVERIFY(isConsistent(0, Tree({}).root(), 5, tree.root(), {}));
    QVERIFY(!isConsistent(0, Hash{}, 5, tree.root(), {}));
    QVERIFY(!isConsistent(0, Tree({}).root(), 5, tree.root(), {Hash{}}));
    QVERIFY(isConsistent(5, tree.root(), 5, tree.root(), {}));
    QVERIFY(!isConsistent(5, tree.root(), 5, tree.root(), {Hash{}}));
    QVERIFY(!isConsistent(5, Hash{}, 5, tree.root(), {}));
    QVERIFY(!isIncluded(leaves[0], 0, 1, {}, tree.root()));
    QVERIFY(isIncluded(leaves[0], 0, 1, {}, leaves[0]));
}

QD_TEST(TestProof)
#include "tst_proof.moc"
