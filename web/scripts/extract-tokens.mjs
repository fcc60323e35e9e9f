/**
 * Writes src/styles/tokens.gen.css: those of SBB's design tokens (lean off-brand theme of @sbb-esta/lyne-elements, MIT)
 * that our styles use, with everything they are made of. The whole theme would be 24 kB gzip, most of it for web
 * components that we do not use. `--check` only compares.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(root, 'src/styles/tokens.gen.css')
const themeFile = join(root, 'node_modules/@sbb-esta/lyne-elements/lean-off-brand-theme.css')

function listStyleFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => /\.(css|vue)$/.test(name) && !name.endsWith('tokens.gen.css'))
    .map((name) => join(folder, name))
}

function listTokenNames(text) {
  return [...text.matchAll(/var\(\s*(--_?sbb-[\w-]+)/g)].map((match) => match[1])
}

function readTheme() {
  const css = readFileSync(themeFile, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  const block = /\n:root \{([^}]*)\}/.exec(css)
  if (!block) throw new Error('the theme has no :root block')
  const values = new Map()
  for (const declaration of block[1].split(';')) {
    const match = /^\s*(--[\w-]+)\s*:\s*([\s\S]+)$/.exec(declaration)
    // A later declaration of the same name (light-dark()) replaces the fallback for old browsers.
    if (match) values.set(match[1], match[2].trim().replace(/\s+/g, ' '))
  }
  return values
}

function renderTokens() {
  const theme = readTheme()
  const waiting = listStyleFiles(join(root, 'src')).flatMap((file) => listTokenNames(readFileSync(file, 'utf8')))
  const used = new Set()
  while (waiting.length > 0) {
    const name = waiting.pop()
    if (used.has(name)) continue
    const value = theme.get(name)
    if (value === undefined) throw new Error(`${name} is no token of the theme`)
    used.add(name)
    waiting.push(...listTokenNames(value))
  }
  const lines = [...used].sort().map((name) => `  ${name}: ${theme.get(name)};`)
  return [
    '/* Written by scripts/extract-tokens.mjs from @sbb-esta/lyne-elements (MIT, SBB AG; see NOTICES.md). */',
    ':root {',
    ...lines,
    '}',
    '',
  ].join('\n')
}

const wanted = renderTokens()
if (process.argv.includes('--check')) {
  let present = ''
  try {
    present = readFileSync(target, 'utf8')
  } catch {
    console.error('src/styles/tokens.gen.css is missing')
  }
  if (present !== wanted) {
    console.error('src/styles/tokens.gen.css is stale: run `npm run tokens`')
    process.exit(1)
  }
} else {
  writeFileSync(target, wanted)
}
