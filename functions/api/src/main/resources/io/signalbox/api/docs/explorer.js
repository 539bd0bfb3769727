// SPDX-License-Identifier: Apache-2.0
"use strict";

// The token lives in this page alone: it is in no cookie and no storage, and goes with the page.
let token = null;

const ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#ui",
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  tryItOutEnabled: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  requestInterceptor: (request) => {
    if (token && new URL(request.url, location.href).origin === location.origin && !request.headers.Authorization) {
      request.headers.Authorization = "Bearer " + token;
    }
    return request;
  },
});

document.getElementById("token").addEventListener("submit", async (event) => {
  event.preventDefault();
  const state = document.getElementById("state");
  const form = new FormData(event.target);
  form.set("grant_type", "client_credentials");
  state.textContent = "Asking …";
  try {
    const answer = await fetch("/oauth/token", {method: "POST", body: new URLSearchParams(form)});
    const body = await answer.json();
    if (!answer.ok) {
      state.textContent = body.message;
      return;
    }
    token = body.access_token;
    const until = new Date(Date.now() + 1000 * body.expires_in);
    state.textContent = "Token until " + until.toLocaleTimeString() + ", sent with every call.";
    event.target.elements.client_secret.value = "";
  } catch (failure) {
    state.textContent = "The token request did not get through: " + failure.message;
  }
});
