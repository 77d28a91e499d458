// Opens GraphiQL in Chromium, runs its first tab and a subscription, and fails if the page asks
// anything of another origin, breaks its CSP or logs an error.
//
//   BASE_URL=http://127.0.0.1:8080 SCREENSHOT=/some/graphiql.png node graphiql.mjs
//
// BASE_URL    the gateway (needed)
// CHROMIUM    the browser (default /usr/bin/chromium)
// SCREENSHOT  where to write a picture of the result (none if unset)
import { chromium } from 'playwright-core';

const { BASE_URL, CHROMIUM = '/usr/bin/chromium', SCREENSHOT } = process.env;
const TIMEOUT_MS = 30_000;

if (!BASE_URL) {
  console.error('graphiql: set BASE_URL to the gateway, e.g. http://127.0.0.1:8080');
  process.exit(2);
}

const base = BASE_URL.replace(/\/+$/, '');
const { origin } = new URL(base);
const problems = [];
const problem = text => problems.push(text);
const check = (ok, text) => ok || problem(text);

function isOwn(url) {
  const { protocol, origin: other, host } = new URL(url);
  return (
    protocol === 'data:' ||
    other === origin || // a blob: URL has the origin of its maker
    (/^wss?:$/.test(protocol) && host === new URL(origin).host)
  );
}

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

let requests = 0;
let sockets = 0;
let tabs = 0;
let result = '';

try {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  context.setDefaultTimeout(TIMEOUT_MS);
  // Nothing leaves for another origin, not even from a page that tries to.
  await context.route(
    url => !isOwn(url.href),
    route => route.abort('blockedbyclient'),
  );
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event => {
      console.error(`CSP violation: ${event.effectiveDirective} blocks ${event.blockedURI}`);
    });
  });

  const page = await context.newPage();
  page.on('request', request => {
    requests += 1;
    check(isOwn(request.url()), `request to another origin: ${request.url()}`);
  });
  page.on('websocket', socket => {
    sockets += 1;
    check(isOwn(socket.url()), `socket to another origin: ${socket.url()}`);
  });
  page.on('requestfailed', request =>
    problem(`request failed: ${request.url()} (${request.failure()?.errorText})`),
  );
  page.on('response', response =>
    check(response.status() < 400, `HTTP ${response.status()} from ${response.url()}`),
  );
  page.on('console', message => {
    const text = message.text();
    if (message.type() === 'error' || /content security policy/i.test(text)) {
      problem(`console ${message.type()}: ${text}`);
    }
  });
  page.on('pageerror', error => problem(`uncaught in the page: ${error.message}`));

  const operations = page.waitForResponse(r => new URL(r.url()).pathname.endsWith('/operations.json'));
  const [response, listed] = await Promise.all([
    page.goto(`${base}/graphiql`),
    operations.then(r => r.json()),
  ]);
  const csp = response.headers()['content-security-policy'] ?? '';
  check(/default-src 'none'/.test(csp), `the page has no strict CSP: "${csp}"`);
  check(!/unsafe-eval/.test(csp), 'the CSP allows eval');
  check(/script-src 'self'(;|$)/.test(csp), 'the CSP allows more scripts than the own ones');
  const title = await page.title();
  check(title === 'DreamTree · GraphiQL', `title is "${title}"`);

  const run = page.locator('.graphiql-execute-button');
  await run.waitFor();
  const tab = page.locator('.graphiql-tab');
  await tab.first().waitFor();
  tabs = await tab.count();
  check(listed.length > 0, 'the server lists no operations');
  check(tabs === Math.max(listed.length, 1), `${tabs} tabs for ${listed.length} operations`);

  // The editors come a moment after the button.
  await page.locator('.graphiql-query-editor .CodeMirror').waitFor();
  const answer = page.locator('.result-window .CodeMirror');
  await answer.waitFor();

  await run.click();
  await answer.filter({ hasText: '"data"' }).waitFor();
  result = await answer.evaluate(element => element.CodeMirror.getValue());
  const { data, errors } = JSON.parse(result);
  check(data !== null && typeof data === 'object', 'the result has no data');
  check(!errors, `the result has errors: ${JSON.stringify(errors)}`);

  // Off the button, for its tooltip not to be in the picture.
  await page.mouse.move(700, 895);
  await page.getByRole('tooltip').first().waitFor({ state: 'detached' });
  if (SCREENSHOT) {
    await page.screenshot({ path: SCREENSHOT });
  }

  // A subscription runs over a WebSocket, with the cookie that the visit brought.
  const open = async name => {
    await tab.filter({ hasText: name }).locator('.graphiql-tab-button').click();
    // GraphiQL reads the names in an editor a moment after it was filled.
    await page.waitForTimeout(500);
    await run.click();
  };
  await open('Visit');
  await answer.filter({ hasText: '"sessionExpiresAt"' }).waitFor();
  await open('FollowToday');
  await answer.filter({ hasText: '"dailyDosChanged"' }).waitFor();
  const followed = JSON.parse(await answer.evaluate(element => element.CodeMirror.getValue()));
  check(followed.data?.dailyDosChanged?.length > 0, 'nothing is due for a visitor');
  check(sockets === 1, `${sockets} sockets for one subscription`);
  await run.click();

  // The reference opens only when introspection gave a schema GraphiQL can read.
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  const failed = page.locator('.graphiql-doc-explorer-error');
  await failed.or(page.getByText('Root Types')).first().waitFor();
  if (await failed.count()) {
    problem(`no schema: ${(await failed.first().innerText()).trim()}`);
  }
} catch (error) {
  problem(error.message);
} finally {
  await browser.close();
}

if (problems.length > 0) {
  console.error(`graphiql: FAILED\n${problems.map(text => `  - ${text}`).join('\n')}`);
  process.exit(1);
}
console.log(
  `graphiql: ok, ${tabs} tabs, ${requests} requests, all to ${origin}; ` +
    `the first tab's result has ${result.length} characters`,
);
