/** What a scanned address says behind its `#`, as it is to stand in the form. */

const LONGEST = 60;

/** The code in a fragment, "" where there is none: letters, digits and hyphens, and nothing else can come from an address. */
export function codeIn(fragment: string): string {
  const code = fragment.replace(/^#/, "");
  return code.length <= LONGEST && /^[0-9A-Za-z-]+$/.test(code) ? code : "";
}
