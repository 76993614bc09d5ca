/** SHA-512 (FIPS 180-4), in whole numbers of any size: it hashes a line of text a hundred times, not an archive. */

const MASK = (1n << 64n) - 1n;
const [ROUNDS, START] = constants();

/** The first 64 bits of the fractional parts of the cube roots of the first 80 primes, and of eight square roots. */
function constants(): readonly [readonly bigint[], readonly bigint[]] {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < 80; n += 1n) if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
  const rounds = primes.map((prime) => root(prime << 192n, 3n) & MASK);
  return [rounds, primes.slice(0, 8).map((prime) => root(prime << 128n, 2n) & MASK)];
}

function root(value: bigint, degree: bigint): bigint {
  let [low, high] = [0n, 1n << 80n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** degree <= value) low = middle;
    else high = middle;
  }
  return low;
}

const turn = (word: bigint, by: bigint): bigint => ((word >> by) | (word << (64n - by))) & MASK;

/** The SHA-512 of an ASCII text, as one number with its first byte highest. */
export function sha512(text: string): bigint {
  const bytes = [...text].map((character) => character.charCodeAt(0));
  const length = BigInt(8 * bytes.length);
  bytes.push(0x80);
  while (bytes.length % 128 !== 112) bytes.push(0);
  for (let shift = 120n; shift >= 0n; shift -= 8n) bytes.push(Number((length >> shift) & 0xffn));
  let state = START;
  for (let at = 0; at < bytes.length; at += 128) state = compress(state, bytes.slice(at, at + 128));
  return state.reduce((number, word) => (number << 64n) | word, 0n);
}

function compress(before: readonly bigint[], block: readonly number[]): readonly bigint[] {
  const words = Array.from({ length: 16 }, (_, i) =>
    block.slice(8 * i, 8 * i + 8).reduce((word, byte) => (word << 8n) | BigInt(byte), 0n),
  );
  for (let i = 16; i < 80; i += 1) {
    const [x, y] = [words[i - 15]!, words[i - 2]!];
    const s0 = turn(x, 1n) ^ turn(x, 8n) ^ (x >> 7n);
    const s1 = turn(y, 19n) ^ turn(y, 61n) ^ (y >> 6n);
    words.push((words[i - 16]! + s0 + words[i - 7]! + s1) & MASK);
  }
  let [a, b, c, d, e, f, g, h] = before as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  for (let i = 0; i < 80; i += 1) {
    const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
    const one = h + s1 + ((e & f) ^ (~e & MASK & g)) + ROUNDS[i]! + words[i]!;
    const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
    const two = s0 + ((a & b) ^ (a & c) ^ (b & c));
    [a, b, c, d, e, f, g, h] = [(one + two) & MASK, a, b, c, (d + one) & MASK, e, f, g];
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + before[i]!) & MASK);
}
