/** Where an archive comes from: the house's own address, or a file that the reader chose. */

export interface Opened {
  readonly stream: ReadableStream<Uint8Array>;
  /** Bytes, where that is known. */
  readonly size: number | undefined;
}

export type Source = (signal: AbortSignal) => Promise<Opened>;

/** The archive could not be fetched whole; that is no fault of the archive. */
export class Unreachable extends Error {}

export function fromFile(file: Blob): Source {
  return async () => ({ stream: broken(file.stream()), size: file.size });
}

export function fromAddress(address: string): Source {
  return async (signal) => {
    const response = await fetch(address, { signal, cache: "no-store" }).catch(() => undefined);
    if (response?.ok !== true || response.body === null) throw new Unreachable();
    const size = Number(response.headers.get("content-length"));
    return { stream: broken(response.body), size: size > 0 ? size : undefined };
  };
}

/** The published list of opened ballots. @throws Unreachable where it cannot be had. */
export type ListSource = (signal: AbortSignal) => Promise<string>;

export function listFrom(address: string): ListSource {
  return async (signal) => {
    const response = await fetch(address, { signal, cache: "no-store" }).catch(() => undefined);
    const text = response?.ok === true ? await response.text().catch(() => undefined) : undefined;
    if (text === undefined) throw new Unreachable();
    return text;
  };
}

/** The same stream, whose failure is told from a failure of this program. */
function broken(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch {
        controller.error(new Unreachable());
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
