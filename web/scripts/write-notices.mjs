/** Writes NOTICES.md: the licences of everything that is part of what browsers load. `--check` only compares. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
const own = lock['']
// Bundled, or copied from, though a development dependency.
const waiting = [...Object.keys(own.dependencies), '@sbb-esta/icons'].map((name) => `node_modules/${name}`)
// Their licences, where the package does not bring the text (stated in its package.json and its repository).
const STATED = { '@sbb-esta/lyne-elements': 'MIT Licence, Copyright (c) SBB AG' }

const found = new Set()
while (waiting.length > 0) {
  const path = waiting.pop()
  if (found.has(path) || !lock[path]) continue
  found.add(path)
  for (const name of Object.keys(lock[path].dependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`
    waiting.push(lock[nested] ? nested : `node_modules/${name}`)
  }
}

function readLicence(path, name) {
  const folder = join(root, path)
  const file = existsSync(folder) && readdirSync(folder).find((one) => /^(licen[cs]e|copying)(\.|$)/i.test(one))
  return file ? readFileSync(join(folder, file), 'utf8').trim() : (STATED[name] ?? null)
}

const groups = new Map()
for (const path of [...found].sort()) {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const text = readLicence(path, name) ?? `${lock[path].license} (stated in package.json)`
  groups.set(text, [...(groups.get(text) ?? []), `${name} ${lock[path].version} (${lock[path].license})`])
}
const parts = [...groups].map(([text, names]) => `## ${names.join(', ')}\n\n\`\`\`\n${text}\n\`\`\``)
const notices = `# Notices\n\nWritten by \`npm run notices\`. The counter contains the following software of others.\n\n${parts.join('\n\n')}\n`
const target = join(root, 'NOTICES.md')
if (process.argv.includes('--check')) {
  if (!existsSync(target) || readFileSync(target, 'utf8') !== notices) {
    console.error('NOTICES.md is stale: run `npm run notices`')
    process.exit(1)
  }
} else {
  writeFileSync(target, notices)
}
