/** The desk's page: it watches the house, sounds its answers, reads cards with the camera and fills the screen for a voter. */

import { offerCamera } from "./camera.ts";
import { offerDeclarations } from "./declaration.ts";
import { part } from "./parts.ts";
import { Sending } from "./sending.ts";
import { answerNamed, Sound } from "./sound.ts";
import { catchTyping } from "./typing.ts";
import { Watch } from "./watch.ts";

catchTyping(document); // before everything else: the scanner does not wait

const sound = new Sound();
const desk = document.querySelector<HTMLElement>("#desk");
const watch = desk === null ? undefined : new Watch(desk);
let leave: () => void = () => undefined;

/** What each page needs when it comes, the first as well as those that take its place; other programs are told of those. */
function arrive(): void {
  leave();
  const search = document.querySelector<HTMLFormElement>("form.search");
  leave = search === null ? () => undefined : offerCamera(search);
  offerDeclarations(document);
  offerVolume();
  watch?.arrived();
  const answer = answerNamed(document.querySelector<HTMLElement>("main [data-sound]")?.dataset["sound"]);
  if (answer !== undefined) void sound.play(answer);
}

function offerVolume(): void {
  const [section, slider] = [part("sound"), part<HTMLInputElement>("volume")];
  if (section === undefined || slider === undefined) return;
  section.hidden = false;
  slider.value = String(sound.volume);
  slider.addEventListener("input", () => (sound.volume = slider.valueAsNumber));
  for (const button of section.querySelectorAll<HTMLElement>("[data-tries]")) {
    const answer = answerNamed(button.dataset["tries"]);
    if (answer !== undefined) button.addEventListener("click", () => void sound.play(answer));
  }
}

arrive();
if (watch !== undefined) {
  new Sending(watch, () => {
    arrive();
    document.dispatchEvent(new Event("desk:arrived"));
  });
  void watch.start();
}
