// Bundles GraphiQL into ../assets/graphiql, with nothing left to fetch from elsewhere.
import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(root, '..', 'assets', 'graphiql');

// Modules changed on their way into the bundle. Two places in GraphiQL make
// requests to hosts named in data: the response editor previews image URLs under
// the pointer, and a schema description may hold a Markdown image. The page's CSP
// would block them; here they go at the root.
const patches = [
  {
    file: /@graphiql[\\/]react[\\/]dist[\\/]editor[\\/]components[\\/]image-preview\.js$/,
    apply: () =>
      'export const ImagePreview = Object.assign(() => null, { shouldRender: () => false });\n',
  },
  {
    file: /@graphiql[\\/]react[\\/]dist[\\/]markdown\.js$/,
    apply: source => `${source}\nmarkdown.disable('image');\n`,
  },
  {
    // What it does in production, where it would look for `process` to know that.
    file: /node_modules[\\/]graphql[\\/]jsutils[\\/]instanceOf\.mjs$/,
    apply: () => 'export const instanceOf = (value, type) => value instanceof type;\n',
  },
];

const applied = new Set();
const patched = {
  name: 'patches',
  setup(build) {
    for (const patch of patches) {
      build.onLoad({ filter: patch.file }, async ({ path: file }) => {
        applied.add(patch);
        return { contents: patch.apply(await readFile(file, 'utf8')), loader: 'js' };
      });
    }
  },
};

await mkdir(out, { recursive: true });

const result = await build({
  absWorkingDir: root,
  entryPoints: { graphiql: 'src/main.jsx' },
  outdir: out,
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: ['es2021'],
  jsx: 'automatic',
  charset: 'utf8',
  legalComments: 'none', // every notice is in LICENSES.txt
  loader: { '.woff': 'dataurl', '.woff2': 'dataurl' },
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [patched],
  metafile: true,
  logLevel: 'info',
});

if (applied.size !== patches.length) {
  throw new Error('a module to patch was not met: has its path changed?');
}

// Two copies of graphql in one bundle would not know each other's types.
const inputs = Object.keys(result.metafile.inputs);
const graphql = new Set(
  inputs.filter(i => /node_modules\/graphql\//.test(i)).map(i => path.extname(i)),
);
if (graphql.size !== 1) {
  throw new Error(`graphql is bundled in several forms: ${[...graphql].join(', ')}`);
}

const js = await readFile(path.join(out, 'graphiql.js'), 'utf8');
if (/\beval\(|\bnew Function\(/.test(js)) {
  throw new Error('the bundle has an eval: the page would break under its CSP');
}
const css = await readFile(path.join(out, 'graphiql.css'), 'utf8');
if (/url\(\s*["']?(?!data:|["']?#)|@import/.test(css)) {
  throw new Error('the style sheet fetches something');
}

await copyFile(path.join(root, 'src', 'index.html'), path.join(out, 'index.html'));
await writeFile(path.join(out, 'LICENSES.txt'), await licenses(inputs));

/** The notices of every package that is in the bundle, equal texts once. */
async function licenses(inputs) {
  const dirs = new Set(
    inputs
      .map(i => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(i)?.[1])
      .filter(Boolean),
  );
  const texts = new Map();
  for (const dir of dirs) {
    const { name, version, license } = JSON.parse(
      await readFile(path.join(root, dir, 'package.json'), 'utf8'),
    );
    const file = (await readdir(path.join(root, dir))).find(f => /^licen[cs]e(\.|$)/i.test(f));
    const text = file
      ? (await readFile(path.join(root, dir, file), 'utf8')).replace(/\r\n/g, '\n').trim()
      : `(no licence file in the package; its manifest says: ${license})`;
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const rule = '='.repeat(72);
  const parts = [...texts].map(([text, names]) => {
    names.sort();
    return `${rule}\n${names.join('\n')}\n${rule}\n\n${text}\n`;
  });
  parts.sort();
  return `graphiql.js and graphiql.css contain the packages named here.
graphiql.css also holds the fonts that GraphiQL ships: Roboto (Apache-2.0) and
Fira Code (SIL OFL 1.1).\n\n${parts.join('\n')}`;
}
