/** Measures what the sell page loads first (gzip, one language) against its budget, and looks for foreign addresses. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const BUDGET_KB = 200
const dist = fileURLToPath(new URL('../dist', import.meta.url))
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))

function listFirstFiles(entries) {
  const files = new Set()
  const seen = new Set()
  const waiting = [...entries]
  while (waiting.length > 0) {
    const chunk = manifest[waiting.pop()]
    if (!chunk || seen.has(chunk.file)) continue
    seen.add(chunk.file)
    files.add(chunk.file)
    for (const style of chunk.css ?? []) files.add(style)
    waiting.push(...(chunk.imports ?? []))
  }
  return [...files]
}

function measureGzip(file) {
  return gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000
}

const findKey = (end) => Object.keys(manifest).find((key) => key.endsWith(end))
const first = listFirstFiles([findKey('index.html'), findKey('SellPage.vue'), findKey('locales/de.ts')])
let total = 0
for (const file of first) {
  const size = measureGzip(file)
  total += size
  console.log(`${size.toFixed(1).padStart(7)} kB  ${file}`)
}
console.log(`${total.toFixed(1).padStart(7)} kB  first load of the sell page, gzip (budget ${BUDGET_KB})`)

const foreign = []
for (const name of readdirSync(dist, { recursive: true })) {
  if (!/\.(js|css|html)$/.test(name)) continue
  const text = readFileSync(join(dist, name), 'utf8')
  for (const [address] of text.matchAll(/(?:@import|url\(|src=|href=)\s*["'(]?https?:\/\/[^"')\s]+/g)) foreign.push(`${name}: ${address}`)
}
for (const line of foreign) console.error(`foreign address in ${line}`)
if (total > BUDGET_KB || foreign.length > 0) process.exit(1)
