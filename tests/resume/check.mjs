// Has ajv check the résumé of a running server (BASE_URL) against the schema of JSON Resume.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const schema = createRequire(import.meta.url)('@jsonresume/schema/schema.json');
const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
const validate = ajv.compile(schema);
const { BASE_URL } = process.env;

async function ask(query, variables, token) {
  const headers = { 'content-type': 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  const body = JSON.stringify({ query, variables });
  const { data, errors } = await (await fetch(`${BASE_URL}/graphql`, { method: 'POST', headers, body })).json();
  assert(!errors, JSON.stringify(errors, null, 2));
  return data;
}

const { visit: { token } } = await ask('mutation { visit(delivery: BEARER) { token } }');
const empty = await ask('{ resume { json } }', {}, token);
assert(validate(empty.resume.json), JSON.stringify(validate.errors, null, 2));
await ask(`mutation {
  updateSettings(input: { displayName: "Ada Öfchen" }) { viewer { id } }
  updateProfile(input: { headline: "A listener", summary: "Hears.\\nAnd asks." }) { profile { revision } }
  addSkill(input: { customName: "Baking \\"at home\\"", category: KNOWLEDGE, mastery: 4 }) { skill { id } }
  a: createExperience(input: { title: "Baker", organization: "Bakery", type: JOB, startDate: "2020-02-29",
    description: "Early.", tasks: [{ text: "baked bread" }, { text: "swept" }] }) { experience { id } }
  b: createExperience(input: { title: "Bread", type: EDUCATION, startDate: "1999-01-01", endDate: "2001-12-31" }) {
    experience { id } }
  c: createExperience(input: { title: "An oven", type: PROJECT, skills: [{ customName: "Masonry" }] }) { experience { id } }
  d: createExperience(input: { title: "A walk", type: OTHER, startDate: "2100-06-07" }) { experience { id } }
  e: createExperience(input: { title: "Something" }) { experience { id } }
}`, {}, token);
const { resume: { json, leftOut } } = await ask('{ resume { json leftOut } }', {}, token);
assert(validate(json), JSON.stringify(validate.errors, null, 2));
assert.deepEqual(leftOut, []);
assert.equal(json.basics.name, 'Ada Öfchen');
assert.deepEqual([json.work.length, json.education.length, json.projects.length], [1, 1, 3]);
const file = await fetch(`${BASE_URL}/resume.json`, { headers: { authorization: `Bearer ${token}` } });
assert.deepEqual(await file.json(), json);
const wrong = structuredClone(json);
wrong.work[0].startDate = 'in spring';
assert(!validate(wrong), 'the schema says nothing');
console.log(`resume: ok, ${JSON.stringify(json).length} bytes`);
