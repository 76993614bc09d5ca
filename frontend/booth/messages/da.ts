/** The booth in Danish. */

import type { Catalogue } from "./catalogue.ts";

export const da: Catalogue = {
  language: "da",
  direction: "ltr",
  ownName: "Dansk",
  chooseLanguage: "Sprog",
  rehearsal: "PRØVEVALG",
  rehearsalMeaning: "Stemmerne her tæller ikke.",

  loadingTitle: "Et øjeblik",
  loadingText: "Valget hentes.",
  noticeTitles: { not_open: "Afstemningen er ikke åbnet", closed: "Afstemningen er slut", other: "Der kan ikke stemmes her lige nu" },

  startTitle: "Vis din stemmeseddel",
  startText: "Du har trukket en stemmeseddel med en firkantet kode. Scan koden, eller skriv den ind.",
  scan: "Scan stemmesedlen",
  stopScanning: "Stop kameraet",
  otherCamera: "Brug det andet kamera",
  scanning: "Kameraet er tændt. Hold koden op foran det.",
  scanHint: "Hold sedlen stille, så hele den firkantede kode kan ses i billedet.",
  typeTitle: "Skriv koden i stedet",
  typeLabel: "Koden på stemmesedlen",
  typeHint: "22 tegn. Store og små bogstaver er forskellige. Bindestreger er ikke nødvendige.",
  continue: "Fortsæt",
  asking: "Stemmesedlen undersøges.",

  chooseTitle: "Sæt dit kryds",
  chooseText: (most, blank) => {
    const rule = most === 1 ? "Du kan vælge én kandidat." : `Du kan vælge op til ${most} kandidater.`;
    return blank ? `${rule} Du kan også stemme blankt.` : rule;
  },
  candidates: "Kandidater",
  chosenOf: (chosen, most) => `${chosen} af ${most} valgt`,
  blank: "Stem blankt",
  blankMeaning: "Jeg vil afgive min stemme uden at vælge nogen.",
  blankChosen: "Blank stemme valgt",
  cancel: "Afbryd uden at stemme",

  reviewTitle: "Er det rigtigt?",
  reviewText: "Se efter, før du afgiver din stemme. Bagefter kan den ikke ændres.",
  yourVote: "Din stemme",
  blankVote: "Blank stemme",
  unused: (left) => (left === 1 ? "Du har 1 kryds tilbage." : `Du har ${left} kryds tilbage.`),
  cast: "Afgiv min stemme",
  change: "Ret",

  sealingTitle: "Din stemme afgives",
  sealingText: "Stemmen låses her på tabletten. Det tager et øjeblik.",
  sendingText: "Den låste stemme lægges i urnen.",

  unreachableTitle: "Stemmen er ikke bekræftet endnu",
  retry: "Prøv igen",

  refusedTitle: "Stemmen blev ikke modtaget",
  startOver: "Begynd forfra",

  receiptTitle: "Din stemme er afgivet",
  receiptText: "Tak. Din låste stemme ligger i urnen.",
  receiptCode: "Kvitteringskode",
  receiptMeaning:
    "Skriv koden af, hvis du senere vil se efter, at din stemme er talt med. Koden viser ikke, hvad du har stemt. Det kan ingen se.",
  receiptClears: "Skærmen ryddes af sig selv efter 60 sekunder.",
  done: "Færdig",

  alarmTitle: "Stop. Tilkald valgets personale",
  alarmText:
    "Urnen har kvitteret for noget andet end det, tabletten sendte. Gå ikke fra tabletten, og brug den ikke mere. Vis denne side til personalet.",
  alarmExpected: "Kode for det, der blev sendt",
  alarmReceived: "Kode, der kom tilbage",

  pauseTitle: "Er du her stadig?",
  pauseText: "Om 20 sekunder ryddes skærmen, så ingen andre ser dine valg.",
  pauseNotCast: "Din stemme er ikke afgivet endnu.",
  pauseUnconfirmed: "Din stemme er måske allerede modtaget. Spørg personalet, før du går.",
  stay: "Ja, fortsæt",
  clearNow: "Ryd skærmen",

  problems: {
    mistyped: "Koden er ikke skrevet rigtigt. Den har 22 tegn og indeholder aldrig 0 (nul), stort O, stort I eller lille l. Se efter, og prøv igen.",
    foreign: "Det er ikke koden fra en stemmeseddel. Hold din stemmeseddel op foran kameraet.",
    unknown: "Denne kode hører ikke til valget. Se efter, om den er skrevet rigtigt. Ellers spørg personalet ved bordet.",
    spent: "Der er allerede stemt med denne stemmeseddel. Hvis det ikke var dig, så spørg personalet ved bordet.",
    void: "Denne stemmeseddel er ombyttet eller leveret tilbage og kan ikke bruges. Spørg personalet ved bordet.",
    revoked: "Tabletten er taget ud af brug. Har du en stemmeseddel, så gå til en anden stemmeboks. Den viser, om du allerede har stemt med sedlen. Sig til personalet, at denne tablet ikke virker.",
    not_open: "Vent, til personalet siger, at afstemningen er åbnet. Siden skifter af sig selv.",
    closed: "Der kan ikke længere stemmes. Spørg personalet, hvis du har en stemmeseddel, du ikke har brugt.",
    unreachable: "Der er ingen forbindelse til urnen. Prøv igen om lidt. Spørg personalet, hvis det bliver ved.",
    full: "Urnen kan ikke tage imod flere stemmer lige nu. Din stemme er ikke afgivet. Behold din stemmeseddel, og spørg personalet.",
    rejected: "Urnen afviste stemmen. Din stemme er ikke afgivet. Behold din stemmeseddel, og prøv igen på en anden tablet.",
    unfit: "Tabletten viser ikke det rigtige valg og kan ikke bruges. Sig det til personalet.",
    failed: "Noget gik galt. Behold din stemmeseddel, og spørg personalet.",
    camera: "Kameraet kan ikke bruges. Skriv koden ind i stedet, eller spørg personalet.",
    too_many: "Du kan ikke vælge flere. Fjern først et andet kryds.",
    nothing_chosen: "Du har ikke valgt noget. Vælg mindst én kandidat, eller vælg at stemme blankt, hvis det er muligt.",
  },
};
