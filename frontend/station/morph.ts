/** A part of the page is made like its new text in place: what did not change is not touched, so focus and scroll stay. */

/** Make `old` like `fresh`, which is taken apart; elements of one name at one place are the same element. */
export function morph(old: Element, fresh: Element): void {
  likeAttributes(old, fresh);
  const now = [...old.childNodes];
  const wanted = [...fresh.childNodes];
  wanted.forEach((node, place) => {
    const there = now[place];
    if (there === undefined) old.append(node);
    else like(there, node);
  });
  for (const node of now.slice(wanted.length)) node.remove();
}

function like(there: ChildNode, wanted: ChildNode): void {
  if (there instanceof Element && wanted instanceof Element && there.tagName === wanted.tagName) {
    morph(there, wanted);
  } else if (there instanceof Text && wanted instanceof Text) {
    if (there.data !== wanted.data) there.data = wanted.data;
  } else {
    there.replaceWith(wanted);
  }
}

function likeAttributes(old: Element, fresh: Element): void {
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const name of old.getAttributeNames()) {
    if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  }
}
