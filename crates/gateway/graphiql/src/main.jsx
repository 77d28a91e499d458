import './main.css';

import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import { getOperationAST } from 'graphql';
import { createClient } from 'graphql-ws';

const ENDPOINT = '/graphql';
const OPERATIONS = '/graphiql/operations.json';

/** Where GraphiQL keeps the tabs of an earlier visit (its own storage key). */
const STORED_TABS = 'graphiql:tabState';

/** Subscriptions go over a WebSocket of their own, which takes the header `authorization` along. */
function subscribe(params, headers) {
  const url = new URL(ENDPOINT, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const authorization = Object.entries(headers).find(
    ([name]) => name.toLowerCase() === 'authorization',
  )?.[1];
  const client = createClient({
    url: url.href,
    connectionParams: authorization ? { authorization: String(authorization) } : undefined,
  });
  return client.iterate(params);
}

async function fetcher(params, options) {
  const operation = options?.documentAST && getOperationAST(options.documentAST, params.operationName);
  if (operation?.operation === 'subscription') {
    return subscribe(params, options.headers ?? {});
  }
  const headers = new Headers({
    accept: 'application/json',
    'content-type': 'application/json',
  });
  for (const [name, value] of Object.entries(options?.headers ?? {})) {
    headers.set(name, String(value));
  }
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    credentials: 'same-origin',
    headers,
    body: JSON.stringify(params),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    const detail = text.trim().slice(0, 2000);
    return {
      errors: [
        {
          message: `HTTP ${response.status} ${response.statusText}`.trim(),
          extensions: { body: detail },
        },
      ],
    };
  }
}

/** The server's list of operations; an empty list when it has none to give. */
async function loadOperations() {
  try {
    const response = await fetch(OPERATIONS, {
      credentials: 'same-origin',
      headers: { accept: 'application/json' },
    });
    if (!response.ok) {
      return [];
    }
    const operations = await response.json();
    return Array.isArray(operations) ? operations : [];
  } catch {
    return [];
  }
}

/** Whether the document has a named operation, which GraphiQL makes the tab's label. */
const NAMED_OPERATION = /^(?!#).*(query|subscription|mutation)\s+[a-zA-Z0-9_]+/m;

function toTab({ name, query, variables }) {
  if (typeof query !== 'string') {
    return null;
  }
  const text =
    name && !NAMED_OPERATION.test(query)
      ? `# ${String(name).replace(/\s+/g, ' ')}\n${query}`
      : query;
  if (variables && typeof variables !== 'string') {
    variables = JSON.stringify(variables, null, 2);
  }
  return { query: text, variables: variables || null, headers: null };
}

function hasStoredTabs() {
  try {
    return window.localStorage.getItem(STORED_TABS) !== null;
  } catch {
    return false;
  }
}

async function main() {
  const defaultTabs = (await loadOperations()).map(toTab).filter(Boolean);

  // GraphiQL fills the variables editor from its storage, not from the first
  // default tab: on a first visit hand it that tab's variables.
  const variables =
    defaultTabs.length > 0 && !hasStoredTabs()
      ? (defaultTabs[0].variables ?? undefined)
      : undefined;

  createRoot(document.getElementById('graphiql')).render(
    <GraphiQL
      fetcher={fetcher}
      defaultTabs={defaultTabs.length > 0 ? defaultTabs : undefined}
      variables={variables}
      isHeadersEditorEnabled
    >
      <GraphiQL.Logo>
        <span className="dreamtree-logo">
          DreamTree · Graph<em>i</em>QL
        </span>
      </GraphiQL.Logo>
    </GraphiQL>,
  );
}

main();
