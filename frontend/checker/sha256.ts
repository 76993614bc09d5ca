/**
 * SHA-256 (FIPS 180-4), written out.
 *
 * A page that was opened from a file or over plain http has no SubtleCrypto in some browsers, and this one must work there.
 */

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes, and of eight square roots. */
const [ROUNDS, START] = constants();

function constants(): readonly [Int32Array, Int32Array] {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  const rounds = primes.map((prime) => Number(root(BigInt(prime) << 96n, 3n) & 0xffffffffn));
  const start = primes.slice(0, 8).map((prime) => Number(root(BigInt(prime) << 64n, 2n) & 0xffffffffn));
  return [Int32Array.from(rounds), Int32Array.from(start)];
}

/** The whole part of a root, by halving. */
function root(value: bigint, degree: bigint): bigint {
  let [low, high] = [0n, 1n << 64n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** degree <= value) low = middle;
    else high = middle;
  }
  return low;
}

const schedule = new Int32Array(64);

/** A hash that is fed piece by piece, so that a page can stay alive between the pieces of a large record. */
export class Sha256 {
  readonly #state = Int32Array.from(START);
  #rest = new Uint8Array();
  #length = 0;

  update(piece: Uint8Array): this {
    this.#length += piece.length;
    const message = this.#rest.length === 0 ? piece : joined(this.#rest, piece);
    const whole = message.length - (message.length % 64);
    const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
    for (let offset = 0; offset < whole; offset += 64) compress(this.#state, view, offset);
    this.#rest = message.slice(whole);
    return this;
  }

  /** The 32 bytes; nothing may be fed afterwards. */
  digest(): Uint8Array {
    const end = ending(this.#rest, this.#length);
    for (let offset = 0; offset < end.byteLength; offset += 64) compress(this.#state, end, offset);
    const digest = new Uint8Array(32);
    const out = new DataView(digest.buffer);
    this.#state.forEach((word, i) => out.setInt32(4 * i, word));
    return digest;
  }
}

/** The 32 bytes of the SHA-256 of `message`. */
export function sha256(message: Uint8Array): Uint8Array {
  return new Sha256().update(message).digest();
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** What is left of a message of so many bytes, a single bit, zeros, and its length in bits. */
function ending(rest: Uint8Array, length: number): DataView {
  const end = new Uint8Array(rest.length < 56 ? 64 : 128);
  end.set(rest);
  end[rest.length] = 0x80;
  const view = new DataView(end.buffer);
  view.setBigUint64(end.length - 8, BigInt(length) * 8n);
  return view;
}

function compress(state: Int32Array, block: DataView, offset: number): void {
  const w = schedule;
  for (let i = 0; i < 16; i += 1) w[i] = block.getInt32(offset + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const [x, y] = [w[i - 15]!, w[i - 2]!];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i]! + w[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}
