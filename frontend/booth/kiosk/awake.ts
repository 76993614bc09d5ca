/** The screen stays on while the booth is open, so that no voter's page falls asleep and wakes up before the next one. */

/** `tell` says whether the screen stays on. */
export function stayAwake(tell: (isAwake: boolean) => void): void {
  const ask = async (): Promise<void> => {
    if (document.visibilityState !== "visible") return;
    try {
      const lock = await navigator.wakeLock.request("screen");
      tell(true);
      lock.addEventListener("release", () => tell(false));
    } catch {
      // Also where the browser has no such thing, or the page came in clear.
      tell(false);
    }
  };
  document.addEventListener("visibilitychange", () => void ask());
  void ask();
}
