/**
 * Writes src/api/schema.gen.ts from the server's own description (`agenturclient openapi`). `--check` only compares.
 * The server's command is that of the repository's Python environment; AGENTURCLIENT names another.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(root, 'src/api/schema.gen.ts')

/** The description as JSON. */
export function readDescription() {
  const command = process.env.AGENTURCLIENT ?? join(root, '../.venv/bin/agenturclient')
  return JSON.parse(execFileSync(command, ['openapi'], { encoding: 'utf8', maxBuffer: 64_000_000 }))
}

export async function renderSchema() {
  const options = { defaultNonNullable: false, emptyObjectsUnknown: true }
  const head = '/** Written by `npm run schema` from the server\'s own description; a test fails when it is stale. */\n'
  return head + astToString(await openapiTS(readDescription(), options))
}

export function readPresentSchema() {
  return readFileSync(target, 'utf8')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = await renderSchema()
  if (!process.argv.includes('--check')) writeFileSync(target, wanted)
  else if (readPresentSchema() !== wanted) {
    console.error('src/api/schema.gen.ts is stale: run `npm run schema`')
    process.exit(1)
  }
}
