import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

interface Lock {
  packages: Record<string, { version?: string; integrity?: string; resolved?: string; link?: boolean }>
}

const lock = JSON.parse(readFileSync(resolve(import.meta.dirname, '../package-lock.json'), 'utf8')) as Lock
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')

it('the lock file names packages and hashes, never where they came from', () => {
  expect(packages.length).toBeGreaterThan(100)
  expect(packages.filter(([, one]) => one.resolved !== undefined)).toEqual([])
  expect(packages.filter(([, one]) => !one.integrity?.startsWith('sha512-'))).toEqual([])
})
