/** Seal a ballot again from the seed of an opened one (docs/challenge.md). What is sealed here has been opened: it is public. */

import { ORDER } from "./curve.ts";
import type { Election } from "./election.ts";
import { type Point, addPoints, generated, hashed, multiplied, point, subtractPoint, sumOf, textsOf } from "./group.ts";
import { quoted } from "./json.ts";
import { sha512 } from "./sha512.ts";

interface Sealed {
  readonly alpha: Point;
  readonly beta: Point;
}

/** Numbers from a seed, one after the other. */
export class Draws {
  readonly #seed: string;
  #drawn = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  get drawn(): number {
    return this.#drawn;
  }

  next(): bigint {
    const number = sha512(`seal|${this.#seed}|${this.#drawn}`) % ORDER;
    this.#drawn += 1;
    return number;
  }
}

/** A ballot's text up to its signature, without the brace that ends it. */
export function sealAgain(election: Election, credential: string, marks: readonly number[], draws: Draws): string {
  const secrets = marks.map(() => draws.next());
  const choices = marks.map((mark, i) => seal(election, secrets[i]!, mark));
  const context = `${election.fingerprint}|${credential}`;
  const texts = choices.map(({ alpha, beta }) => textsOf([alpha, beta]));
  const individual = choices.map((choice, i) =>
    prove(election, draws, {
      prefix: `prove|${context}|${texts[i]!.join(",")}|`,
      branches: [choice, less(choice, 1)],
      isTrue: marks[i]!,
      secret: secrets[i]!,
    }),
  );
  const bound = `${context}|${texts.map((pair) => pair.join(",")).join(",")}`;
  const { blank, overall } = proveWhole(election, draws, bound, choices, marks, secrets);
  const members = [
    `"choices":[${texts.map(([alpha, beta]) => `{"alpha":"${alpha}","beta":"${beta}"}`).join(",")}]`,
    `"individual_proofs":[${individual.join(",")}]`,
    `"overall_proof":${overall}`,
    ...(blank === undefined ? [] : [`"blank_proof":${blank}`]),
  ];
  const { uuid, fingerprint } = election;
  const head = `{"election_uuid":${quoted(uuid)},"election_hash":"${fingerprint}","credential":"${credential}"`;
  return `${head},"answers":[{${members.join(",")}}]`;
}

/** The blank proof is drawn before the overall one, though it is written behind it. */
function proveWhole(
  election: Election,
  draws: Draws,
  bound: string,
  choices: readonly Sealed[],
  marks: readonly number[],
  secrets: readonly bigint[],
): { readonly blank: string | undefined; readonly overall: string } {
  const from = election.blank ? 1 : 0;
  const sum = {
    alpha: addPoints(...choices.slice(from).map(({ alpha }) => alpha)),
    beta: addPoints(...choices.slice(from).map(({ beta }) => beta)),
  };
  const sumSecret = sumOf(secrets.slice(from));
  const named = marks.slice(from).reduce((count, mark) => count + mark, 0);
  const counts = Array.from({ length: election.max - election.min + 1 }, (_, i) => less(sum, election.min + i));
  if (!election.blank) {
    const prefix = `prove|${bound}|${textsOf([sum.alpha, sum.beta]).join(",")}|`;
    const claim = { prefix, branches: counts, isTrue: named - election.min, secret: sumSecret };
    return { blank: undefined, overall: prove(election, draws, claim) };
  }
  const isBlank = marks[0] === 1;
  const [first, firstSecret] = [choices[0]!, secrets[0]!];
  const blank = prove(election, draws, {
    prefix: `bproof0|${bound}|`,
    branches: [first, sum],
    isTrue: isBlank ? 1 : 0,
    secret: isBlank ? sumSecret : firstSecret,
  });
  const overall = prove(election, draws, {
    prefix: `bproof1|${bound}|`,
    branches: [less(first, 1), ...counts],
    isTrue: isBlank ? 0 : named - election.min + 1,
    secret: isBlank ? firstSecret : sumSecret,
  });
  return { blank, overall };
}

function seal(election: Election, secret: bigint, mark: number): Sealed {
  return {
    alpha: generated(secret),
    beta: addPoints(multiplied(secret, election.key), generated(BigInt(mark))),
  };
}

function less({ alpha, beta }: Sealed, number: number): Sealed {
  return { alpha, beta: subtractPoint(beta, generated(BigInt(number))) };
}

interface Claim {
  readonly prefix: string;
  readonly branches: readonly Sealed[];
  /** Which of the branches hides zero. */
  readonly isTrue: number;
  readonly secret: bigint;
}

/** A proof as a record writes it. What is drawn for the true branch is thrown away. */
function prove(election: Election, draws: Draws, { prefix, branches, isTrue, secret }: Claim): string {
  const nonce = draws.next();
  const drawn = branches.map(() => ({ challenge: draws.next(), response: draws.next() }));
  const commitments = branches.flatMap(({ alpha, beta }, j) => {
    if (j === isTrue) return [generated(nonce), multiplied(nonce, election.key)];
    const { challenge, response } = drawn[j]!;
    return [
      addPoints(generated(response), multiplied(challenge, alpha)),
      addPoints(multiplied(response, election.key), multiplied(challenge, beta)),
    ];
  });
  const whole = hashed(prefix + textsOf(commitments).join(","));
  const others = sumOf(drawn.filter((_, j) => j !== isTrue).map(({ challenge }) => challenge));
  const challenge = (whole - others + ORDER) % ORDER;
  const response = (((nonce - secret * challenge) % ORDER) + ORDER) % ORDER;
  drawn[isTrue] = { challenge, response };
  return `[${drawn.map((one) => `{"challenge":"${one.challenge}","response":"${one.response}"}`).join(",")}]`;
}

/** str(X) of a credential that is one of the group. @throws Refusal `altered` where it is none. */
export function readVoter(credential: string): Point {
  return point(credential);
}
