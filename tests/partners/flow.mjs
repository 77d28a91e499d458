// Goes through OAuth with oauth4webapi, an independent client: discovery, a code with PKCE, refreshing, introspection,
// revocation, the partner's own token; and shows that what has leaked is worth nothing.
//   FOLDER=… BASE_URL=… node tests/partners/flow.mjs
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as oauth from 'oauth4webapi';

const base = process.env.BASE_URL;
const folder = process.env.FOLDER;
const back = 'http://127.0.0.1:9/back?tenant=7';
const scope = 'competency.read profile.basic';
// The server is on this machine; oauth4webapi asks for HTTPS otherwise.
const local = { [oauth.allowInsecureRequests]: true };

function register(...more) {
  const said = execFileSync('target/debug/dreamtree', [
    'partner', 'add', 'An independent client', '--redirect', back, '--scope', scope, ...more,
  ], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: `sqlite:${folder}/served.db`, DREAMTREE_KEYS_FILE: `${folder}/keys` },
  });
  const told = (label) => said.match(new RegExp(`${label}: (\\S+)`))?.[1];
  return { client: { client_id: told('client_id') }, secret: told('client_secret') };
}

async function graphql(query, variables = {}, token) {
  const headers = { 'content-type': 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  const reply = await fetch(`${base}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return reply.json();
}

// Somebody with an account and a display name.
async function person() {
  const visit = await graphql('mutation { visit(delivery: BEARER) { token } }');
  const claim = await graphql(`mutation { claim(input: { email: "robin@example.org", password: "seven slow lanterns" },
    delivery: BEARER) { token } }`, {}, visit.data.visit.token);
  const { token } = claim.data.claim;
  const named = await graphql('mutation { updateSettings(input: { displayName: "Robin" }) { viewer { id } } }', {}, token);
  assert.equal(named.errors, undefined);
  return `dt_session=${token}`;
}

// What a browser does: reads the page, sends its form, and is sent back.
async function browse(address, cookie) {
  const page = await fetch(address, { headers: { cookie }, redirect: 'manual' });
  assert.equal(page.status, 200);
  const html = await page.text();
  assert.ok(!html.includes('<script'));
  const form = new URLSearchParams();
  const unescape = (text) => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  for (const [, name, value] of html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)) {
    form.append(name, unescape(value));
  }
  for (const [, name] of html.matchAll(/<input type="checkbox" name="([^"]+)"/g)) form.append(name, 'yes');
  form.append('answer', 'allow');
  const sent = await fetch(`${base}/oauth/authorize`, { method: 'POST', headers: { cookie, origin: base }, body: form, redirect: 'manual' });
  assert.equal(sent.status, 303, await sent.text());
  return new URL(sent.headers.get('location'));
}

async function refused(work, code) {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof oauth.ResponseBodyError, String(error));
    assert.equal(error.error, code);
    return true;
  });
}

const issuer = new URL(base);
const server = await oauth.processDiscoveryResponse(
  issuer, await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...local }));
assert.deepEqual(server.code_challenge_methods_supported, ['S256']);
assert.equal(server.authorization_response_iss_parameter_supported, true);

const cookie = await person();

async function authorized({ client }, auth) {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const address = new URL(server.authorization_endpoint);
  const asked = {
    response_type: 'code', client_id: client.client_id, redirect_uri: back, scope, state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
  const sent = await browse(address, cookie);
  assert.equal(`${sent.origin}${sent.pathname}`, 'http://127.0.0.1:9/back');
  assert.equal(sent.searchParams.get('tenant'), '7');
  // Checks state and issuer (RFC 9207).
  const params = oauth.validateAuthResponse(server, client, sent, state);
  const exchange = async (with_verifier = verifier) => oauth.processAuthorizationCodeResponse(server, client,
    await oauth.authorizationCodeGrantRequest(server, client, auth, params, back, with_verifier, local));
  return { exchange };
}

async function whole(program, auth) {
  const { client } = program;
  const refresh = async (token) => oauth.processRefreshTokenResponse(server, client,
    await oauth.refreshTokenGrantRequest(server, client, auth, token, local));
  const inspect = async (token) => oauth.processIntrospectionResponse(server, client,
    await oauth.introspectionRequest(server, client, auth, token, local));
  const subjects = (token) => graphql('{ partner { subjects { nodes { subject displayName scopes } } } }', {}, token);

  const { exchange } = await authorized(program, auth);
  const tokens = await exchange();
  assert.equal(tokens.token_type, 'bearer');
  assert.equal(tokens.expires_in, 3600);
  // Names of Open Badges stand beside ours.
  const told = tokens.scope.split(' ');
  assert.ok(scope.split(' ').every((name) => told.includes(name)), tokens.scope);
  const read = await subjects(tokens.access_token);
  assert.equal(read.data.partner.subjects.nodes.length, 1);
  assert.equal(read.data.partner.subjects.nodes[0].displayName, 'Robin');
  const inspected = await inspect(tokens.access_token);
  assert.equal(inspected.active, true);
  assert.equal(inspected.sub, read.data.partner.subjects.nodes[0].subject);
  assert.equal(inspected.client_id, client.client_id);

  // Refresh tokens are used once; the second use ends the family.
  const second = await refresh(tokens.refresh_token);
  assert.notEqual(second.refresh_token, tokens.refresh_token);
  await refused(refresh(tokens.refresh_token), 'invalid_grant');
  assert.equal((await inspect(second.access_token)).active, false);
  await refused(refresh(second.refresh_token), 'invalid_grant');

  // So are codes.
  const again = await authorized(program, auth);
  const issued = await again.exchange();
  await refused(again.exchange(), 'invalid_grant');
  assert.equal((await subjects(issued.access_token)).errors[0].extensions.code, 'SESSION_EXPIRED');

  // A verifier of somebody else's does not fit.
  const stolen = await authorized(program, auth);
  await refused(stolen.exchange(oauth.generateRandomCodeVerifier()), 'invalid_grant');

  const last = await (await authorized(program, auth)).exchange();
  await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, auth, last.refresh_token, local));
  assert.equal((await inspect(last.access_token)).active, false);
  return read.data.partner.subjects.nodes[0].subject;
}

const basic = register();
const first = await whole(basic, oauth.ClientSecretBasic(basic.secret));
const body = register();
const second = await whole(body, oauth.ClientSecretPost(body.secret));
const open = register('--public');
const third = await whole(open, oauth.None());
assert.equal(new Set([first, second, third]).size, 3, 'every partner knows the person under another name');

const own = await oauth.processClientCredentialsResponse(server, basic.client,
  await oauth.clientCredentialsGrantRequest(server, basic.client, oauth.ClientSecretBasic(basic.secret), { scope }, local));
assert.equal(own.refresh_token, undefined);
const wrong = oauth.ClientSecretBasic(body.secret);
// The challenge in the header is what oauth4webapi tells of.
await assert.rejects(async () => oauth.processClientCredentialsResponse(server, basic.client,
  await oauth.clientCredentialsGrantRequest(server, basic.client, wrong, {}, local)), (error) => {
  assert.ok(error instanceof oauth.WWWAuthenticateChallengeError, String(error));
  assert.equal(error.status, 401);
  return true;
});

// Nothing secret is in the log.
const log = readFileSync(`${folder}/server.log`, 'utf8');
for (const secret of [basic.secret, body.secret, own.access_token, 'seven slow lanterns', 'dtpa_', 'dtpr_', 'dtpc_']) {
  assert.ok(!log.includes(secret));
}
console.log('oauth4webapi went through: codes, PKCE, refreshing, introspection, revocation, own tokens.');
