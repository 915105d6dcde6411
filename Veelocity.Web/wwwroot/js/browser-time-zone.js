// Chooses the browser's time zone in the select inside, unless the person has chosen one. Without scripts UTC stays chosen.
class BrowserTimeZone extends HTMLElement {
  connectedCallback() {
    const select = this.querySelector("select");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!select || !zone || select.dataset.chosen === "True") return;
    // Browsers may know a zone by an older name that the server accepts but does not list.
    if (![...select.options].some(option => option.value === zone)) select.add(new Option(zone, zone));
    select.value = zone;
  }
}

customElements.get("browser-time-zone") ?? customElements.define("browser-time-zone", BrowserTimeZone);
