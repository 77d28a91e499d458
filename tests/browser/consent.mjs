// Reads the consent page in Chromium with scripts switched off: signs in on it, ticks a scope, allows, and declines.
//
//   FOLDER=… BASE_URL=http://127.0.0.1:8080 node consent.mjs
//
// BASE_URL    the gateway (needed)
// FOLDER      where its database and keys are (needed): a partner is registered there
// CHROMIUM    the browser (default /usr/bin/chromium)
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const { BASE_URL, FOLDER, CHROMIUM = '/usr/bin/chromium' } = process.env;
const EMAIL = 'robin@example.org';
const PASSWORD = 'seven slow lanterns';

if (!BASE_URL || !FOLDER) {
  console.error('consent: set BASE_URL to the gateway and FOLDER to where its data are');
  process.exit(2);
}

// The partner's own page.
const arrived = [];
const partner = createServer((request, response) => {
  arrived.push({ url: new URL(request.url, 'http://127.0.0.1'), referer: request.headers.referer });
  response.end('Back at the school.');
});
await new Promise(ready => partner.listen(0, '127.0.0.1', ready));
const back = `http://127.0.0.1:${partner.address().port}/back`;

const said = execFileSync('target/debug/dreamtree', [
  'partner', 'add', 'A school', '--public', '--redirect', back, '--scope', 'competency.read profile.basic',
], { encoding: 'utf8', env: { ...process.env, DATABASE_URL: `sqlite:${FOLDER}/served.db`, DREAMTREE_KEYS_FILE: `${FOLDER}/keys` } });
const [, client] = /client_id: (\S+)/.exec(said);

async function graphql(query, token) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const reply = await fetch(new URL('/graphql', BASE_URL), { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data, errors } = await reply.json();
  assert.equal(errors, undefined);
  return data;
}
const { visit } = await graphql('mutation { visit(delivery: BEARER) { token } }');
await graphql(`mutation { claim(input: { email: "${EMAIL}", password: "${PASSWORD}" }, delivery: BEARER) { token } }`, visit.token);

const address = new URL('/oauth/authorize', BASE_URL);
const asked = {
  response_type: 'code', client_id: client, redirect_uri: back, scope: 'competency.read profile.basic', state: 'as it came',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256',
};
for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
try {
  const context = await browser.newContext({ javaScriptEnabled: false });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints = [];
  page.on('console', message => complaints.push(message.text()));

  await page.goto(address.href);
  await page.getByLabel('Address').fill(EMAIL);
  await page.getByLabel('Password').fill('not it');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Address').fill(EMAIL);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();

  await page.getByRole('heading', { name: 'A school would like to read' }).waitFor();
  await page.getByLabel('How you have rated yourself').check();
  await page.getByRole('button', { name: 'Allow what is ticked' }).click();
  await page.getByText('Back at the school.').waitFor();
  const [yes] = arrived.splice(0);
  assert.match(yes.url.searchParams.get('code'), /^dtpc_/);
  assert.equal(yes.url.searchParams.get('state'), 'as it came');
  assert.equal(yes.url.searchParams.get('iss'), new URL(BASE_URL).origin);
  assert.equal(yes.referer, undefined, 'nothing tells the partner where its person was');

  await page.goto(address.href);
  await page.getByRole('button', { name: 'Do not allow anything' }).click();
  await page.getByText('Back at the school.').waitFor();
  assert.equal(arrived[0].url.searchParams.get('error'), 'access_denied');
  // A wrong password is answered with 400, and the partner's page has no icon; both are told. A policy that stops something is too.
  const stopped = complaints.filter(text => /policy|refused/i.test(text));
  assert.deepEqual(stopped, []);
  console.log('The consent page works without scripts.');
} finally {
  await browser.close();
  partner.close();
}
