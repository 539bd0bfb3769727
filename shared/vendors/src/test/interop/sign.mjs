// SPDX-License-Identifier: Apache-2.0
// Signs 1,000 seeded bodies with each vendor's own library, and writes one request a line, as JSON, for NodeInteropTest.
import { createRequire } from 'node:module';
import { createWriteStream } from 'node:fs';
import { sign as octokit } from '@octokit/webhooks-methods';
import Stripe from 'stripe';
import { Webhook as Svix } from 'svix';
import { Webhook as Standard } from 'standardwebhooks';

const { Signature } = createRequire(import.meta.url)('@hubspot/api-client');
const stripe = new Stripe('sk_test_none');
const [file, count = '1000', seed = '20260301'] = process.argv.slice(2);

// The same numbers for the same seed: mulberry32.
let state = Number(seed) >>> 0;
function random(limit) {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % limit;
}

function text(most) {
  let made = '';
  for (let left = random(most + 1); left > 0; left--) {
    const point = random(3) > 0 ? random(0x80) : random(0x110000);
    if (point < 0xd800 || point > 0xdfff) made += String.fromCodePoint(point);
  }
  return made;
}

// Empty, with CR LF, with all of Unicode, with a byte order mark, large, and plain.
function body(round) {
  switch (round % 5) {
    case 0:
      return round % 50 === 0 ? '' : text(3);
    case 1:
      return `{\r\n  "a": ${JSON.stringify(text(20))},\r\n\t"b": 1\n}\r\n`;
    case 2:
      return `\uFEFF{"a":${JSON.stringify(text(50))}}`;
    case 3:
      return round % 100 === 3 ? text(60000) : JSON.stringify({ n: random(1e9), s: text(10) });
    default:
      return text(300);
  }
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const secret = (length) => Array.from({ length }, () => letters[random(64)]).join('');
const whsec = () => 'whsec_' + Buffer.from(Array.from({ length: 32 }, () => random(256))).toString('base64');
const url = (vendor) => `https://hooks.example.com/hooks/v1/${vendor}/acme`;

function stripeHeader(payload, key, seconds) {
  return stripe.webhooks.generateTestHeaderString({ payload, secret: key, timestamp: seconds });
}

// Each answers the request's secret and headers; null for a body that the library does not sign.
const senders = [
  {
    library: '@hubspot/api-client',
    vendor: 'hubspot',
    sign: (payload, millis) => {
      const key = secret(36);
      const signature = Signature.getSignature('POST', 'v3', {
        clientSecret: key,
        requestBody: payload,
        url: url('hubspot'),
        timestamp: millis,
      });
      return [key, { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(millis) }];
    },
  },
  {
    library: '@hubspot/api-client',
    vendor: 'hubspot',
    options: { allow_v1: true },
    sign: (payload) => {
      const key = secret(36);
      const signature = Signature.getSignature('POST', 'v1', { clientSecret: key, requestBody: payload });
      return [key, { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': 'v1' }];
    },
  },
  {
    library: '@hubspot/api-client',
    vendor: 'hubspot',
    options: { allow_v2: true },
    sign: (payload) => {
      const key = secret(36);
      const signature = Signature.getSignature('POST', 'v2', {
        clientSecret: key,
        requestBody: payload,
        url: url('hubspot'),
      });
      return [key, { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': 'v2' }];
    },
  },
  {
    library: 'stripe',
    vendor: 'calendly',
    sign: (payload, millis) => {
      const key = secret(40);
      return [key, { 'calendly-webhook-signature': stripeHeader(payload, key, Math.floor(millis / 1000)) }];
    },
  },
  {
    library: 'stripe',
    vendor: 'mailchimp',
    options: { proof: 'signature' },
    sign: (payload, millis) => {
      const key = secret(40);
      return [key, { 'x-mailchimp-signature': stripeHeader(payload, key, Math.floor(millis / 1000)) }];
    },
  },
  {
    library: 'stripe',
    vendor: 'hmac',
    options: {
      signature_header: 'Stripe-Signature',
      separator: ',',
      prefix: 'v1=',
      timestamp_element: 't',
      signed_content: '{timestamp}.{body}',
    },
    sign: (payload, millis) => {
      const key = 'whsec_' + secret(32);
      return [key, { 'stripe-signature': stripeHeader(payload, key, Math.floor(millis / 1000)) }];
    },
  },
  {
    library: '@octokit/webhooks-methods',
    vendor: 'meta',
    options: { verify_token: 'sample-verify-token' },
    sign: async (payload) => {
      const key = secret(32);
      return payload === '' ? null : [key, { 'x-hub-signature-256': await octokit(key, payload) }];
    },
  },
  {
    library: 'svix',
    vendor: 'standard',
    sign: (payload, millis) => {
      const key = whsec();
      const id = 'msg_' + secret(27);
      const signature = new Svix(key).sign(id, new Date(millis), payload);
      return [key, { 'svix-id': id, 'svix-timestamp': String(Math.floor(millis / 1000)), 'svix-signature': signature }];
    },
  },
  {
    library: 'standardwebhooks',
    vendor: 'standard',
    sign: (payload, millis) => {
      const key = whsec();
      const id = 'msg_' + secret(27);
      const signature = new Standard(key).sign(id, new Date(millis), payload);
      return [
        key,
        { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(millis / 1000)), 'webhook-signature': signature },
      ];
    },
  },
];

const now = Date.parse('2026-03-01T10:00:00Z');
const out = createWriteStream(file);
for (const sender of senders) {
  for (let round = 0, done = 0; done < Number(count); round++) {
    const payload = body(round);
    const signed = await sender.sign(payload, now + (random(599) - 299) * 1000);
    if (signed === null) continue;
    done++;
    const line = {
      library: sender.library,
      vendor: sender.vendor,
      options: sender.options ?? {},
      url: url(sender.vendor),
      secret: signed[0],
      headers: signed[1],
      body: Buffer.from(payload, 'utf8').toString('base64'),
    };
    out.write(JSON.stringify(line) + '\n');
  }
}
await new Promise((done) => out.end(done));
