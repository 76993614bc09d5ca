"""How a device comes to trust the house's server, step by step, as the page and the printed sheet say it."""

from __future__ import annotations

from dataclasses import dataclass

CERTIFICATE_FILE = "valg-certifikat.crt"
PROFILE_FILE = "valg.mobileconfig"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `typed` is what is typed or opened word by word, "" where nothing is."""

    text: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """A kind of device, and what to do on it from the page that has the certificate."""

    name: str
    steps: tuple[Step, ...]


DANISH = (
    Device(
        "iPad og iPhone",
        (
            Step("Åbn siden i Safari. Tryk på “Profil til iPad og iPhone”, og tillad, at den hentes."),
            Step("Åbn Indstillinger, og tryk på “Profil er hentet”. Tryk på Flere oplysninger, og sammenlign SHA-256."),
            Step("Er fingeraftrykket det samme, så tryk på Installer."),
            Step(
                "Åbn Indstillinger > Generelt > Om > Indstillinger for certifikattillid nederst. Slå fuld tillid til for "
                "certifikatet."
            ),
        ),
    ),
    Device(
        "Android",
        (
            Step("Tabletten skal have en skærmlås. Tryk på “Certifikat”, så det bliver hentet."),
            Step(
                "Åbn Indstillinger, og søg efter “CA-certifikat”. Tryk på Installer alligevel, og vælg filen:",
                CERTIFICATE_FILE,
            ),
            Step(
                "Søg i Indstillinger efter “Loginoplysninger, der er tillid til”. Vælg Bruger, åbn certifikatet, og sammenlign "
                "SHA-256. Er det ikke det samme, så fjern certifikatet."
            ),
        ),
    ),
    Device(
        "Chromebook (ChromeOS)",
        (
            Step("Tryk på “Certifikat”, så det bliver hentet."),
            Step("Skriv i browserens adresselinje:", "chrome://settings/certificates"),
            Step(
                "Vælg Autoriteter (eller Lokale certifikater > Installeret af dig), og tryk på Importér. Vælg filen, og sæt "
                "kryds ved, at certifikatet må identificere websteder."
            ),
            Step("Åbn certifikatet i listen, og sammenlign SHA-256. Er det ikke det samme, så slet certifikatet."),
        ),
    ),
    Device(
        "Windows",
        (
            Step(
                "Tryk på “Certifikat”, så det bliver hentet. Åbn PowerShell i mappen, og sammenlign det, som dette svarer:",
                f"Get-FileHash {CERTIFICATE_FILE}",
            ),
            Step("Dobbeltklik på filen, og vælg Installer certifikat > Aktuel bruger."),
            Step("Vælg “Placer alle certifikater i følgende certifikatlager” og “Rodnøglecentre, der er tillid til”."),
            Step("Luk browseren helt, og åbn den igen."),
        ),
    ),
    Device(
        "Debian og andre Linux med Chromium",
        (
            Step(
                "Tryk på “Certifikat”, så det bliver hentet. Sammenlign det, som dette svarer:",
                f"sha256sum {CERTIFICATE_FILE}",
            ),
            Step(
                "Installér pakken libnss3-tools, luk Chromium, og skriv:",
                f"certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n valg -i {CERTIFICATE_FILE}",
            ),
        ),
    ),
)

ENGLISH = (
    Device(
        "iPad and iPhone",
        (
            Step("Open this page in Safari. Tap “Profile for iPad and iPhone” and allow the download."),
            Step("Open Settings and tap “Profile Downloaded”. Tap More Details and compare SHA-256."),
            Step("If the fingerprint is the same, tap Install."),
            Step(
                "Open Settings > General > About > Certificate Trust Settings. Turn on full trust for the certificate."
            ),
        ),
    ),
    Device(
        "Android",
        (
            Step("The tablet needs a screen lock. Tap “Certificate” to download it."),
            Step(
                "Open Settings and search for “CA certificate”. Tap Install anyway and choose the file:",
                CERTIFICATE_FILE,
            ),
            Step(
                "Search Settings for “Trusted credentials”. Choose User, open the certificate and compare SHA-256. If it is not "
                "the same, remove the certificate."
            ),
        ),
    ),
    Device(
        "Chromebook (ChromeOS)",
        (
            Step("Tap “Certificate” to download it."),
            Step("Type in the browser's address bar:", "chrome://settings/certificates"),
            Step(
                "Choose Authorities (or Local certificates > Installed by you) and Import. Choose the file and tick that the "
                "certificate may identify websites."
            ),
            Step(
                "Open the certificate in the list and compare SHA-256. If it is not the same, delete the certificate."
            ),
        ),
    ),
    Device(
        "Windows",
        (
            Step(
                "Press “Certificate” to download it. Open PowerShell in the folder and compare what this answers:",
                f"Get-FileHash {CERTIFICATE_FILE}",
            ),
            Step("Double-click the file and choose Install Certificate > Current User."),
            Step(
                "Choose “Place all certificates in the following store” and “Trusted Root Certification Authorities”."
            ),
            Step("Close the browser completely and open it again."),
        ),
    ),
    Device(
        "Debian and other Linux with Chromium",
        (
            Step("Press “Certificate” to download it. Compare what this answers:", f"sha256sum {CERTIFICATE_FILE}"),
            Step(
                "Install the package libnss3-tools, close Chromium and type:",
                f"certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n valg -i {CERTIFICATE_FILE}",
            ),
        ),
    ),
)
