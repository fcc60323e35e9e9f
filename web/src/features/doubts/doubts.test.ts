import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeServer, type FakeAnswer } from '../../../tests/fakeServer'
import { mountCounter, type Counter } from '../../../tests/mountCounter'

let counter: Counter
let server: FakeServer

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-24T08:02:00+01:00'), toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  server = new FakeServer()
  server.permissions = ['orders:search', 'orders:read', 'doubts:read', 'doubts:settle']
})

afterEach(() => {
  counter.leave()
  vi.useRealTimers()
})

async function open(language: 'de' | 'fr' | 'it' | 'en' = 'de') {
  counter = await mountCounter({ path: '/doubts', server, language })
  await counter.settle()
}

function addDoubt() {
  const at = '2026-11-24T07:50:00+01:00'
  return server.addOrder({
    state: 'in_doubt', held_total: { amount: 2600, currency: 'CHF' },
    journal: [{ at, actor: 'L. Frei', entry: 'in_doubt', detail: { cause: 'lost_answer', step: 'booking' } }],
  }).number
}

const problem = (status: number, code: string, members = {}): FakeAnswer => (
  { status, contentType: 'application/problem+json', body: { status, code, title: code, ...members } })
const field = (name: string) => document.querySelector<HTMLInputElement>(`[data-focus=${name}]`)
const listed = () => [...document.querySelectorAll('[role=option] strong')].map((one) => one.textContent)

describe('doubts', () => {
  it('show what SBB’s care asks for, with the journal and its causes', async () => {
    const number = addDoubt()
    await open()
    expect(counter.focused()).toBe('doubts')
    expect(location.pathname).toBe(`/doubts/${number}`)
    for (const text of ['DEMO-LIMMAT', '77001 (bezahlt)', '0b9c7a52-0000', 'Anna Keller, 12.04.1984', '07:50:00', 'lost_answer, booking', 'CHF\u00a026.00']) {
      expect(counter.text()).toContain(text)
    }
  })

  it('are adopted by a ticket number, only by the chord after the sentence; the next takes its place', async () => {
    const [older, newer] = [addDoubt(), addDoubt()]
    await open()
    expect(listed()).toEqual([newer, older])
    await counter.press('Enter')
    expect(counter.focused()).toBe('doubt-ticket')
    counter.type('8127 4410 3900')
    field('doubt-adopt')?.click()
    await counter.settle()
    expect(counter.focused()).toBe('read-back')
    expect(counter.text()).toContain('die Buchung, zu der das Billett 8127 4410 3900 gehört')
    await counter.press('Enter')
    expect(server.orders.get(newer)?.state).toBe('in_doubt')
    await counter.press('Ctrl+Enter')
    expect(server.orders.get(newer)?.state).toBe('confirmed')
    expect(server.requests.find((one) => one.path.endsWith('/adopt'))?.body).toEqual({ printed_number: '8127 4410 3900' })
    expect(listed()).toEqual([older])
    expect([location.pathname, counter.focused()]).toEqual([`/doubts/${older}`, 'doubts'])
    expect(field('doubt-ticket')?.value).toBe('')
  })

  it('are declared not sold with a note; the last one leads to the heading that says so', async () => {
    const number = addDoubt()
    await open()
    field('doubt-not-sold')?.click()
    await counter.settle()
    expect(counter.focused()).toBe('doubt-note')
    expect(field('doubt-note')?.getAttribute('aria-invalid')).toBe('true')
    counter.type('Frau Rossi, 14:10')
    field('doubt-not-sold')?.click()
    await counter.settle()
    await counter.press('Ctrl+Enter')
    expect(server.orders.get(number)?.state).toBe('failed')
    expect(counter.text()).toContain('Zurzeit ist nichts abzuklären.')
    expect(counter.focused()).toBe('doubts-title')
  })

  it.each([
    ['booking-not-found', {}, 'Die SBB kennt keine Buchung mit dieser Billettnummer'],
    ['booking-does-not-fit', { faults: ['price', 'travellers'] }, 'Die Reisenden sind andere.'],
    ['booking-belongs-to-another-order', {}, 'Diese Buchung gehört zu einem anderen Auftrag'],
  ])('%s is said, and nothing is lost', async (code, members, text) => {
    const number = addDoubt()
    await open()
    await counter.press('Enter')
    counter.type('8127')
    field('doubt-adopt')?.click()
    await counter.settle()
    server.interceptOnce('POST', /adopt$/, problem(409, code, members))
    await counter.press('Ctrl+Enter')
    expect(counter.text()).toContain(text)
    expect([counter.focused(), field('doubt-ticket')?.value]).toEqual(['doubt-ticket', '8127'])
    expect(server.orders.get(number)?.state).toBe('in_doubt')
  })

  it('that somebody else settled leave the list', async () => {
    const number = addDoubt()
    await open()
    server.sell(number)
    await vi.advanceTimersByTimeAsync(16_000)
    await counter.settle()
    expect(listed()).toEqual([])
    expect(counter.text()).toContain('Dieser Auftrag ist nicht mehr in Abklärung')
  })

  it('move by keys', async () => {
    const [older, newer] = [addDoubt(), addDoubt()]
    await open()
    await counter.press('ArrowDown')
    expect(location.pathname).toBe(`/doubts/${older}`)
    await counter.press('Home')
    expect(location.pathname).toBe(`/doubts/${newer}`)
  })

  it('are not shown to a seller', async () => {
    server.permissions = ['orders:search', 'orders:sell', 'orders:read']
    await open()
    expect(location.pathname).toBe('/sell')
    expect(counter.text()).not.toContain('Abklärungen')
  })

  it.each(['de', 'fr', 'it', 'en'] as const)('have no text missing in %s', async (language) => {
    addDoubt()
    await open(language)
    expect(document.querySelectorAll('[role=option]')).toHaveLength(1)
    expect(counter.text()).not.toMatch(/\b(doubt\w*|orders?[A-Z]?\w*|history|prebookingStates|keys)\.[a-z]/)
  })
})
