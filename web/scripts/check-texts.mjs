/**
 * Fails when a text is missing in a language, is used nowhere, is used but not written, or when its placeholders
 * differ between languages. A dynamic key is written as a template with a fixed start: t(`problems.${code}`).
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const LANGUAGES = ['de', 'fr', 'it', 'en']

function listFiles(folder, pattern) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
}

function flattenTexts(value, path, into) {
  for (const [key, child] of Object.entries(value)) {
    const name = path ? `${path}.${key}` : key
    if (typeof child === 'string') into.set(name, child)
    else flattenTexts(child, name, into)
  }
  return into
}

function listPlaceholders(text) {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort().join(',')
}

function readLanguage(source, language, faults) {
  const texts = new Map()
  for (const file of listFiles(source, new RegExp(`(^|/)locales/${language}\\.json$`))) {
    for (const [key, text] of flattenTexts(JSON.parse(readFileSync(file, 'utf8')), '', new Map())) {
      if (texts.has(key)) faults.push(`${language}: ${key} is written twice`)
      if (text.trim() === '') faults.push(`${language}: ${key} is empty`)
      if (/ß/.test(text)) faults.push(`${language}: ${key} has ß; Swiss spelling is ss`)
      texts.set(key, text)
    }
  }
  return texts
}

function readUsage(source) {
  const fixed = new Map()
  const starts = new Set()
  for (const file of listFiles(source, /\.(ts|vue)$/)) {
    if (/\.test\.ts$|\.gen\.ts$/.test(file)) continue
    const code = readFileSync(file, 'utf8')
    for (const match of code.matchAll(/(?<![\w$])(?:\$?t|te|keypath=|[tT]ext[kK]ey[:=]|tk)\(?\s*(['"])([\w.-]+\.[\w.-]+)\1/g)) {
      fixed.set(match[2], relative(source, file))
    }
    for (const match of code.matchAll(/(?:(?<![\w$])(?:\$?t|te)\(|[tT]ext[kK]ey[:=]\s*)\s*`([\w.-]+\.)\$\{/g)) starts.add(match[1])
    for (const match of code.matchAll(/(?:text|title)Key\w*:\s*'([\w.-]+)'/g)) fixed.set(match[1], relative(source, file))
  }
  return { fixed, starts }
}

export function findTextFaults(source) {
  const faults = []
  const languages = new Map(LANGUAGES.map((language) => [language, readLanguage(source, language, faults)]))
  const german = languages.get('de')
  const keys = new Set([...languages.values()].flatMap((texts) => [...texts.keys()]))
  for (const key of keys) {
    for (const language of LANGUAGES) {
      const text = languages.get(language).get(key)
      if (text === undefined) faults.push(`${language}: ${key} is missing`)
      else if (german.has(key) && listPlaceholders(text) !== listPlaceholders(german.get(key))) {
        faults.push(`${language}: ${key} has other placeholders than German`)
      }
    }
  }
  const { fixed, starts } = readUsage(source)
  for (const [key, file] of fixed) if (!keys.has(key)) faults.push(`${file}: ${key} is not written`)
  for (const start of starts) {
    if (![...keys].some((key) => key.startsWith(start))) faults.push(`no text begins with ${start}`)
  }
  for (const key of keys) {
    if (!fixed.has(key) && ![...starts].some((start) => key.startsWith(start))) faults.push(`${key} is used nowhere`)
  }
  return faults
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = findTextFaults(fileURLToPath(new URL('../src', import.meta.url)))
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exit(1)
}
