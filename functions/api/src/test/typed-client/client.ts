// CRUD, search and batch against a running Signalbox, by a client whose types are made from its own document.
// Usage: node out/client.js URL TOKEN
import assert from 'node:assert/strict';
import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from './schema.js';

type Contact = components['schemas']['Contact'];
type Problem = components['schemas']['Problem'];

const [baseUrl, token] = process.argv.slice(2);
assert(baseUrl && token, 'usage: node out/client.js URL TOKEN');
const authorized: Middleware = {
  onRequest({ request }) {
    request.headers.set('Authorization', `Bearer ${token}`);
    return request;
  },
};
const api = createClient<paths>({ baseUrl });
api.use(authorized);

let passed = 0;
async function step(name: string, body: () => Promise<void>): Promise<void> {
  await body();
  passed += 1;
  console.log(`ok    ${name}`);
}

/** The data of an answer that has to be a good one. */
function good<T>(answer: { data?: T; error?: unknown; response: Response }, status: number): T {
  assert.equal(answer.response.status, status, JSON.stringify(answer.error));
  assert(answer.data !== undefined);
  return answer.data;
}

/** The error body of an answer that has to be a bad one. */
function bad(answer: { error?: Problem; response: Response }, status: number): Problem {
  assert.equal(answer.response.status, status);
  assert(answer.error !== undefined);
  return answer.error;
}

const run = Date.now().toString(36);
const email = `ada.${run}@example.com`;
let contact: Contact;

await step('a contact is made, with its score', async () => {
  contact = good(await api.POST('/api/v4/contacts', { body: { email, first_name: 'Ada', custom: { run } } }), 201);
  assert.equal(contact.email, email);
  assert.equal(contact.version, 1);
  assert(typeof contact.score?.value === 'number');
});

await step('the same again is refused, and names the one there is', async () => {
  const problem = bad(await api.POST('/api/v4/contacts', { body: { email } }), 409);
  assert.equal(problem.error_code, 'DUPLICATE_RECORD');
  assert.equal(problem.details[0]?.existing_id, contact.id);
});

await step('it is read by id and by key, and not sent again when it is as it was', async () => {
  const params = { path: { id: contact.id } };
  const read = await api.GET('/api/v4/contacts/{id}', { params });
  assert.equal(good(read, 200).first_name, 'Ada');
  const etag = read.response.headers.get('etag');
  assert(etag);
  const again = await api.GET('/api/v4/contacts/{id}', { params: { ...params, header: { 'If-None-Match': etag } } });
  assert.equal(again.response.status, 304);
  const byKey = await api.GET('/api/v4/contacts/by/{key}/{value}', {
    params: { path: { key: 'email', value: email } },
  });
  assert.equal(good(byKey, 200).id, contact.id);
});

await step('it is changed by a merge patch, where it is the version that was read', async () => {
  const headers = { 'Content-Type': 'application/merge-patch+json' };
  const params = { path: { id: contact.id }, header: { 'If-Match': `"v${contact.version}"` } };
  const changed = good(
    await api.PATCH('/api/v4/contacts/{id}', { params, headers, body: { last_name: 'Byron', first_name: null } }),
    200,
  );
  assert.equal(changed.last_name, 'Byron');
  assert.equal(changed.first_name, null);
  const late = await api.PATCH('/api/v4/contacts/{id}', { params, headers, body: { last_name: 'King' } });
  assert.equal(bad(late, 412).error_code, 'PRECONDITION_FAILED');
});

await step('it is upserted by its address', async () => {
  const params = { path: { key: 'email', value: email } };
  const upserted = await api.PUT('/api/v4/contacts/by/{key}/{value}', { params, body: { city: 'London' } });
  assert.equal(good(upserted, 200).id, contact.id);
  assert.equal(upserted.data?.city, 'London');
});

await step('it is found by a search, strongly consistent', async () => {
  const found = good(
    await api.POST('/api/v4/contacts/search', { body: { filter: { field: 'email', op: 'eq', value: email } } }),
    200,
  );
  assert.equal(found.consistency, 'strong');
  assert.deepEqual(
    found.results.map((each) => each.id),
    [contact.id],
  );
  const refused = await api.POST('/api/v4/contacts/search', {
    body: { filter: { field: 'custom.run', op: 'eq', value: run } },
  });
  assert.equal(bad(refused, 400).error_code, 'FIELD_NOT_FILTERABLE');
});

await step('a batch makes what can be made, and says of each what became of it', async () => {
  const inputs = ['one', 'two'].map((name) => ({
    client_ref: name,
    record: { email: `${name}.${run}@example.com`, custom: { run } },
  }));
  inputs.push({ client_ref: 'again', record: { email, custom: { run } } });
  const made = await api.POST('/api/v4/contacts/batch/create', { body: { inputs } });
  const results = good(made, 207).results;
  assert.deepEqual(
    results.map((each) => [each.client_ref, each.status, each.error?.error_code]),
    [
      ['one', 201, undefined],
      ['two', 201, undefined],
      ['again', 409, 'DUPLICATE_RECORD'],
    ],
  );
  const ids = results.flatMap((each) => (each.id && each.status === 201 ? [{ id: each.id }] : []));
  assert.equal(ids.length, 2);
  const read = good(await api.POST('/api/v4/contacts/batch/read', { body: { inputs: ids } }), 200);
  assert.deepEqual(
    read.results.map((each) => each.status),
    [200, 200],
  );
  const updated = await api.POST('/api/v4/contacts/batch/update', {
    params: { query: { atomic: 'true' } },
    body: { inputs: ids.map(({ id }) => ({ id, record: { city: 'Graz' } })) },
  });
  assert.deepEqual(
    good(updated, 200).results.map((each) => each.status),
    [200, 200],
  );
  const archived = await api.POST('/api/v4/contacts/batch/archive', { body: { inputs: ids } });
  assert.equal(good(archived, 200).results.length, 2);
});

await step('a list goes on by its cursor', async () => {
  for (const name of ['three', 'four', 'five']) {
    good(await api.POST('/api/v4/companies', { body: { name: `${name} ${run}` } }), 201);
  }
  const seen = new Set<string>();
  let after: string | undefined;
  do {
    const query = after === undefined ? { limit: 2, fields: 'name' } : { limit: 2, fields: 'name', after };
    const page = good(await api.GET('/api/v4/companies', { params: { query } }), 200);
    page.results.forEach((each) => seen.add(each.id));
    after = page.paging?.next.after;
  } while (after !== undefined && seen.size < 100);
  assert(seen.size >= 3);
});

await step('it is deleted, says so, and comes back', async () => {
  const params = { path: { id: contact.id } };
  const deleted = await api.DELETE('/api/v4/contacts/{id}', { params });
  assert.equal(deleted.response.status, 204);
  const gone = bad(await api.GET('/api/v4/contacts/{id}', { params }), 410);
  assert.equal(gone.error_code, 'RECORD_DELETED');
  assert.equal(gone.restorable, true);
  const restored = good(await api.POST('/api/v4/contacts/{id}/restore', { params }), 200);
  assert.equal(restored.city, 'London');
});

console.log(`${passed} steps passed`);
