// Makes passkeys in Chromium with the code of docs/passkeys.md and a virtual authenticator, and signs in with them.
//
//   BASE_URL=http://127.0.0.1:8080 node passkey.mjs
//
// BASE_URL    the gateway (needed); it is asked as localhost, since a passkey belongs to a name
// CHROMIUM    the browser (default /usr/bin/chromium)
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const { BASE_URL, CHROMIUM = '/usr/bin/chromium' } = process.env;
const TIMEOUT_MS = 30_000;
const SECRET = 'Only I may read this.';
const PASSWORD = 'nine wet cobblestones';

if (!BASE_URL) {
  console.error('passkey: set BASE_URL to the gateway, e.g. http://127.0.0.1:8080');
  process.exit(2);
}

const base = new URL(BASE_URL);
base.hostname = 'localhost';

const guide = await readFile(new URL('../../docs/passkeys.md', import.meta.url), 'utf8');
const code = /^```js\n(.*?)^```$/ms.exec(guide)?.[1];
assert.ok(code, 'docs/passkeys.md has code');

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});

try {
  // The page's own policy lets no foreign script in; graphiql.mjs sees to that.
  const context = await browser.newContext({ bypassCSP: true });
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  await page.goto(new URL('/graphiql', base).href);
  await page.addScriptTag({ content: code });
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const ask = (query, variables) =>
    page.evaluate(([query, variables]) => graphql(query, variables), [query, variables]);
  const refused = async (query, expected) => {
    const code = await page.evaluate(query => graphql(query).then(() => 'granted', error => error.code), query);
    assert.equal(code, expected);
  };
  const plug = async hasPrf => {
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
        hasPrf,
      },
    });
    return () => devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  };
  const signOut = async () => {
    await ask('mutation { signOut { signedOut } }');
    assert.deepEqual(await ask('{ viewer { id } }'), { viewer: null });
  };
  const headline = async () => (await ask('{ profile { headline { state value } } }')).profile.headline;

  await ask('mutation { visit { viewer { id } } }');
  await refused('mutation { startPasskeyRegistration { options } }', 'NOT_CLAIMED');
  const { claim } = await ask(
    `mutation($password: String!) {
      claim(input: { email: "someone@example.org", password: $password }) { viewer { id } }
    }`,
    { password: PASSWORD },
  );
  await ask('mutation($text: String!) { updateProfile(input: { headline: $text }) { profile { revision } } }', {
    text: SECRET,
  });

  // A device that knows the PRF extension opens the vault.
  const unplug = await plug(true);
  const phone = await page.evaluate(() => makePasskey('Phone'));
  assert.equal(phone.opensVault, true);
  await signOut();
  const signIn = () => page.evaluate(() => signInWithPasskey());
  const { viewer } = await signIn();
  assert.deepEqual(viewer, { id: claim.viewer.id, vault: 'UNLOCKED' });
  assert.deepEqual(await headline(), { state: 'UNLOCKED', value: SECRET });

  // After a new data key it opens nothing, until it is renewed.
  const { rotateDataKey } = await ask(
    `mutation($password: String!) {
      rotateDataKey(input: { password: $password }) { passkeysToRenew { id name opensVault } }
    }`,
    { password: PASSWORD },
  );
  assert.deepEqual(rotateDataKey.passkeysToRenew, [{ ...phone, opensVault: false }]);
  await signOut();
  const behind = await signIn();
  assert.equal(behind.viewer.vault, 'LOCKED');
  assert.deepEqual(await headline(), { state: 'LOCKED', value: null });
  const renewed = await page.evaluate(
    ([behind, password]) => openAndRenew(behind, password),
    [behind, PASSWORD],
  );
  assert.deepEqual(renewed, { id: phone.id, opensVault: true });
  assert.deepEqual(await headline(), { state: 'UNLOCKED', value: SECRET });
  await signOut();
  assert.equal((await signIn()).viewer.vault, 'UNLOCKED');
  assert.deepEqual(await headline(), { state: 'UNLOCKED', value: SECRET });

  // One that does not signs in, and what is private stays shut.
  await unplug();
  await plug(false);
  const key = await page.evaluate(() => makePasskey('Key'));
  assert.equal(key.opensVault, false);
  await signOut();
  const shut = await signIn();
  assert.deepEqual(shut.viewer, { id: claim.viewer.id, vault: 'LOCKED' });
  assert.deepEqual(await headline(), { state: 'LOCKED', value: null });

  // A removed one signs nobody in.
  const { passkeys } = await ask('{ passkeys { id name opensVault lastUsedOn } }');
  assert.deepEqual(passkeys.map(one => [one.name, one.opensVault, !!one.lastUsedOn]), [
    ['Phone', true, true],
    ['Key', false, true],
  ]);
  await ask('mutation($id: ID!) { removePasskey(input: { id: $id }) { id } }', { id: key.id });
  await signOut();
  const gone = await page.evaluate(() => signInWithPasskey().then(() => 'granted', error => error.code));
  assert.equal(gone, 'CREDENTIALS_REFUSED');
  console.log(`passkey: ok at ${base.origin}, with and without the PRF extension`);
} finally {
  await browser.close();
}
