// SPDX-License-Identifier: Apache-2.0
"use strict";
Redoc.init("/openapi.json", {disableSearch: true, hideDownloadButtons: false, expandResponses: "200,201"},
    document.getElementById("reference"));
