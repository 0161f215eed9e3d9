"use strict";

// validatorUrl: the page would otherwise ask an outside host whether the specification is valid.
const place = document.getElementById("docs");
SwaggerUIBundle({ url: place.dataset.spec, domNode: place, deepLinking: true, validatorUrl: null });
