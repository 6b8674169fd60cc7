// Starts the page's components. Every page works without it: what it adds is convenience.
import { createAll, initAll as startGovuk } from "./govuk-frontend.min.js";
import { FilterToggleButton, initAll as startMoj } from "./moj-frontend.min.js";

// GOV.UK Frontend asks for these two classes before it starts. Set here and not by its inline
// script, so that the content security policy needs no exception.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

function start(scope) {
  startGovuk({ scope });
  startMoj({ scope });
  createAll(
    FilterToggleButton,
    {
      bigModeMediaQuery: "(min-width: 48.0625em)",
      toggleButtonContainer: { selector: ".moj-action-bar__filter" },
      closeButtonContainer: { selector: ".moj-filter__header-action" },
    },
    scope,
  );
}

start(document);

// A fragment that htmx brings in has components of its own.
document.body.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target);
});
