import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findTextFaults } from '../scripts/check-texts.mjs'

function writeSource(texts: Record<string, Record<string, string>>, code: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'texts-'))
  mkdirSync(join(folder, 'locales'))
  for (const [language, value] of Object.entries(texts)) {
    writeFileSync(join(folder, `locales/${language}.json`), JSON.stringify({ a: value }))
  }
  writeFileSync(join(folder, 'code.ts'), code)
  return folder
}

const same = (text: string) => ({ de: { b: text }, fr: { b: text }, it: { b: text }, en: { b: text } })

describe('texts', () => {
  it('are complete, used and written in all four languages', () => {
    expect(findTextFaults(resolve(import.meta.dirname, '../src'))).toEqual([])
  })

  it.each([
    ['nothing wrong', same('x'), "t('a.b')", 0],
    ['missing in Italian', { ...same('x'), it: {} }, "t('a.b')", 1],
    ['other placeholders', { ...same('{n}'), fr: { b: '{m}' } }, "t('a.b')", 1],
    ['not written', same('x'), "t('a.b') + t('a.c')", 1],
    ['not used', same('x'), '', 1],
    ['used by its beginning', same('x'), 't(`a.${key}`)', 0],
    ['not Swiss', { ...same('x'), de: { b: 'Straße' } }, "t('a.b')", 1],
    ['empty', { ...same('x'), en: { b: ' ' } }, "t('a.b')", 1],
  ])('%s', (_, texts, code, count) => {
    expect(findTextFaults(writeSource(texts, code as string))).toHaveLength(count)
  })
})
