// @vitest-environment node
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { readPresentSchema, renderSchema } from '../scripts/write-schema.mjs'

it('the types are those of the server as it is', { timeout: 60_000 }, async () => {
  expect(await renderSchema(), 'run `npm run schema`').toBe(readPresentSchema())
})

it('every problem that the server can answer has a text', () => {
  const source = resolve(import.meta.dirname, '../../src/agenturclient')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('problems.py'))
  const code = files.map((name) => readFileSync(join(source, name), 'utf8')).join('\n')
  const codes = [...code.matchAll(/^ {4}code = "([\w-]+)"/gm)].map((match) => match[1] ?? '')
  const german = JSON.parse(readFileSync(resolve(import.meta.dirname, '../src/locales/de.json'), 'utf8')) as {
    problems: Record<string, { title: string; text: string }>
  }
  // Never seen by a person: `recorded` is told again under its own code, the others are faults of a program.
  const silent = new Set([
    'recorded', 'csrf-failed', 'host-not-allowed', 'idempotency-key-missing', 'idempotency-key-reused',
    'malformed-request', 'method-not-allowed', 'unsupported-media-type', 'body-too-large',
  ])
  expect(codes.length).toBeGreaterThan(30)
  expect(codes.filter((one) => !silent.has(one) && !(one in german.problems))).toEqual([])
})

it('every word that the server writes into an order’s journal has a text, and no other', () => {
  const source = resolve(import.meta.dirname, '../../src/agenturclient/orders')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.py'))
  const code = files.map((name) => readFileSync(join(source, name), 'utf8')).join('\n')
  const places = [
    /entry="(\w+)"(?: if \w+ else "(\w+)")?/g, /add_journal_entry\((?:[^"()]|\([^)]*\))*"(\w+)"/g,
    /_record_commit_outcome\(\s*desk, sale, "(\w+)"/g, /_leave_hold\([^"]*"(\w+)"\)/g,
  ]
  const written = new Set(places.flatMap((place) =>
    [...code.matchAll(place)].flatMap((match) => match.slice(1).filter((word) => word !== undefined))))
  const { history } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../src/features/orders/locales/de.json'), 'utf8')) as {
    history: Record<string, string>
  }
  const told = new Set(Object.keys(history).filter((word) => !['title', 'system', 'other'].includes(word)))
  expect(written.size).toBeGreaterThan(25)
  expect([...written].sort()).toEqual([...told].sort())
})
