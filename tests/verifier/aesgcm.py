# SPDX-License-Identifier: GPL-3.0-or-later
"""AES-256-GCM opening, in plain Python from FIPS 197 and SP 800-38D: the standard library has none. Slow, and sound enough for keys
that were disclosed: it does not run in constant time."""


def _tables():
    box, p, q = [0] * 256, 1, 1
    while True:
        p ^= (p << 1 & 0xff) ^ (0x1b if p & 0x80 else 0)
        q ^= q << 1 & 0xff
        q ^= q << 2 & 0xff
        q ^= q << 4 & 0xff
        if q & 0x80:
            q ^= 0x09
        x = q
        for turn in range(1, 5):
            x ^= (q << turn | q >> 8 - turn) & 0xff
        box[p] = x ^ 0x63
        if p == 1:
            break
    box[0] = 0x63
    return box


SBOX = _tables()
DOUBLE = [(x << 1 & 0xff) ^ (0x1b if x & 0x80 else 0) for x in range(256)]


def _expand(key):
    words = [list(key[i:i + 4]) for i in range(0, 32, 4)]
    rcon = 1
    for i in range(8, 60):
        w = list(words[i - 1])
        if i % 8 == 0:
            w = [SBOX[b] for b in w[1:] + w[:1]]
            w[0] ^= rcon
            rcon = DOUBLE[rcon]
        elif i % 8 == 4:
            w = [SBOX[b] for b in w]
        words.append([a ^ b for a, b in zip(words[i - 8], w)])
    return [sum(words[r * 4:r * 4 + 4], []) for r in range(15)]


def _encrypt(rounds, block):
    s = [a ^ b for a, b in zip(block, rounds[0])]
    for r in range(1, 15):
        s = [SBOX[s[(4 * (c + row) + row) % 16]] for c in range(4) for row in range(4)]  # SubBytes and ShiftRows
        if r < 14:
            mixed = []
            for c in range(0, 16, 4):
                a, b, d, e = s[c:c + 4]
                t = a ^ b ^ d ^ e
                mixed += [a ^ t ^ DOUBLE[a ^ b], b ^ t ^ DOUBLE[b ^ d], d ^ t ^ DOUBLE[d ^ e], e ^ t ^ DOUBLE[e ^ a]]
            s = mixed
        s = [a ^ b for a, b in zip(s, rounds[r])]
    return bytes(s)


def _multiply(x, y):
    z = 0
    for i in range(127, -1, -1):
        if x >> i & 1:
            z ^= y
        y = y >> 1 ^ (0xe1 << 120 if y & 1 else 0)
    return z


def open_sealed(key, nonce, associated, sealed):
    """The plaintext, or None when key, associated data or bytes are not what was sealed. Nonce of 12 bytes, tag of 16 at the end."""
    if len(key) != 32 or len(nonce) != 12 or len(sealed) < 16:
        return None
    text, tag = sealed[:-16], sealed[-16:]
    rounds = _expand(key)
    h = int.from_bytes(_encrypt(rounds, bytes(16)), "big")
    y = 0
    for data in (associated, text):
        for i in range(0, len(data), 16):
            y = _multiply(y ^ int.from_bytes(data[i:i + 16].ljust(16, b"\0"), "big"), h)
    y = _multiply(y ^ (len(associated) * 8 << 64 | len(text) * 8), h)
    mask = int.from_bytes(_encrypt(rounds, nonce + b"\0\0\0\x01"), "big")
    if (y ^ mask).to_bytes(16, "big") != tag:
        return None
    out = bytearray()
    for n, i in enumerate(range(0, len(text), 16)):
        stream = _encrypt(rounds, nonce + (n + 2).to_bytes(4, "big"))
        out += bytes(a ^ b for a, b in zip(text[i:i + 16], stream))
    return bytes(out)
