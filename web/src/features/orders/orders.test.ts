import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeServer } from '../../../tests/fakeServer'
import { mountCounter, type Counter } from '../../../tests/mountCounter'
import { forgetOpened } from './model/opened'
import { router } from '@/router'
import type { Order } from '@/api/types'

let counter: Counter
let server: FakeServer

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-24T08:02:00+01:00'), toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  server = new FakeServer()
})

afterEach(() => {
  counter.leave()
  forgetOpened()
  vi.useRealTimers()
})

async function wait(seconds: number) {
  await vi.advanceTimersByTimeAsync(seconds * 1000)
  await counter.settle()
}

async function open(path: string, language: 'de' | 'fr' | 'it' | 'en' = 'de') {
  counter = await mountCounter({ path, server, language })
  // A first open fetches the page's chunks, then its data.
  await counter.settle()
}

const sold = (change: Partial<Order> = {}) => {
  const { number } = server.addOrder()
  server.sell(number)
  const order = server.orders.get(number)
  if (!order) throw new Error('no order')
  return server.change(order, change)
}
const rows = () => [...document.querySelectorAll('.order-row:not(.head) .number')].map((one) => one.textContent.trim())
const lastList = () => server.requests.filter((one) => one.path === '/orders').at(-1)?.query
const button = (text: string) => [...document.querySelectorAll<HTMLElement>('button')].find((one) => one.textContent.includes(text))

describe('the list', () => {
  it('finds what is typed, keeps it in the address, and opens with Enter', async () => {
    server.addOrder()
    server.addOrder({ travellers: [], your_reference: 'KEL-4711' })
    await open('/orders')
    expect(counter.focused()).toBe('orders-search')
    expect(rows()).toEqual(['AC-TEST-0002', 'AC-TEST-0001'])
    counter.type('anna k')
    await wait(1)
    expect(rows()).toEqual(['AC-TEST-0001'])
    expect(router.currentRoute.value.query).toEqual({ text: 'anna k' })
    await counter.press('Enter')
    expect(location.pathname).toBe('/orders/AC-TEST-0001')
  })

  it('finds by place and by seller, and says in the field that both can be typed', async () => {
    server.addOrder({ seller_name: 'Lea Frei' })
    server.addOrder({ seller_name: 'Max Moser', items: [] })
    await open('/orders')
    const field = document.activeElement as HTMLInputElement
    for (const [text, found] of [['bern', 'AC-TEST-0001'], ['zurich', 'AC-TEST-0001'], ['moser', 'AC-TEST-0002'], ['Frei Lea', 'AC-TEST-0001']]) {
      field.value = ''
      counter.type(text ?? '')
      await wait(1)
      expect([text, rows()]).toEqual([text, [found]])
      expect(lastList()?.get('query')).toBe(text)
    }
    expect(field.labels?.[0]?.textContent).toBe('Auftrag, Billett, Referenz, Name, Ort, Verkauft durch, Reisetag')
  })

  it('opens what was typed last, even if Enter comes before the answer', async () => {
    server.addOrder()
    server.addOrder({ travellers: [] })
    await open('/orders')
    counter.type('anna')
    await counter.press('Enter')
    expect(location.pathname).toBe('/orders')
    await wait(1)
    expect(location.pathname).toBe('/orders/AC-TEST-0001')
  })

  it('takes a typed date for the day of travel, the nearest such day, and says so', async () => {
    server.addOrder()
    await open('/orders')
    counter.type('25.11.')
    expect(counter.text()).not.toContain('Reisetag Mi 25.11.2026')
    await wait(1)
    expect(counter.text()).toContain('Reisetag Mi 25.11.2026')
    expect(lastList()?.get('travel_on')).toBe('2026-11-25')
    expect(lastList()?.has('query')).toBe(false)
    expect(rows()).toEqual(['AC-TEST-0001'])
    const field = document.activeElement as HTMLInputElement
    field.value = ''
    counter.type('3.10')
    await wait(1)
    expect(lastList()?.get('travel_on')).toBe('2026-10-03')
  })

  it('moves the row by keys and fetches nothing by that', async () => {
    for (let count = 0; count < 5; count += 1) server.addOrder()
    await open('/orders')
    const before = server.requests.length
    const chosen = () => document.querySelector('[aria-selected=true] .number')?.textContent.trim()
    await counter.press('ArrowDown')
    expect([counter.focused(), chosen()]).toEqual(['orders', 'AC-TEST-0005'])
    await counter.press('ArrowDown')
    expect(chosen()).toBe('AC-TEST-0004')
    await counter.press('End')
    expect(chosen()).toBe('AC-TEST-0001')
    await counter.press('Home')
    expect(chosen()).toBe('AC-TEST-0005')
    await counter.press('ArrowUp')
    expect(counter.focused()).toBe('orders-search')
    expect(server.requests.length).toBe(before)
  })

  it('keeps the chosen order when another comes in above it, and the focus when a button goes', async () => {
    server.addOrder()
    server.addOrder()
    await open('/orders?state=open')
    await counter.press('ArrowDown')
    await counter.press('ArrowDown')
    const chosen = () => document.querySelector('[aria-selected=true] .number')?.textContent.trim()
    expect(chosen()).toBe('AC-TEST-0001')
    server.addOrder()
    await wait(31)
    expect([rows()[0], chosen()]).toEqual(['AC-TEST-0003', 'AC-TEST-0001'])
    button('Filter entfernen')?.focus()
    await counter.press('Enter')
    expect(counter.focused()).toBe('orders-search')
  })

  it('pages by PageDown and PageUp, 50 rows at a time', async () => {
    for (let count = 0; count < 60; count += 1) server.addOrder()
    await open('/orders')
    expect(rows()).toHaveLength(50)
    await counter.press('PageDown')
    expect(rows()).toHaveLength(10)
    const csv = document.querySelector('a[download]')?.getAttribute('href')
    expect(csv).toBe('/api/orders.csv?cursor=50&limit=50')
    await counter.press('PageDown')
    expect(rows()).toHaveLength(10)
    await counter.press('PageUp')
    expect(rows()).toHaveLength(50)
    expect(rows()[0]).toBe('AC-TEST-00060')
  })

  it('filters by chips that say whether they are on', async () => {
    server.addOrder()
    sold()
    await open('/orders')
    button('offen oder gehalten')?.click()
    await counter.settle()
    expect(lastList()?.getAll('state')).toEqual(['open', 'held'])
    expect(rows()).toEqual(['AC-TEST-0001'])
    expect(button('offen oder gehalten')?.getAttribute('aria-pressed')).toBe('true')
    button('Filter entfernen')?.click()
    await counter.settle()
    expect(rows()).toHaveLength(2)
  })

  it('counts held places down', async () => {
    server.addOrder({ state: 'held', held_until: '2026-11-24T07:32:00Z' })
    await open('/orders')
    expect(counter.text()).toContain('noch 30:00')
    await wait(5)
    expect(counter.text()).toContain('noch 29:55')
  })

  it('says what to do when it is empty, and when nothing is found', async () => {
    await open('/orders')
    expect(counter.text()).toContain('Noch keine Aufträge.')
    counter.type('xy')
    await wait(1)
    expect(counter.text()).toContain('Nichts gefunden.')
  })

  it('keeps what it shows when the server fails, and says so', async () => {
    server.addOrder()
    server.interceptOnce('GET', /^\/orders$/, { status: 503, contentType: 'application/problem+json', body: { code: 'busy', status: 503 } })
    await open('/orders')
    expect(counter.text()).toContain('Im Moment ist zu viel los')
    button('Nochmals versuchen')?.click()
    await counter.settle()
    expect(rows()).toEqual(['AC-TEST-0001'])
  })

  it('is where whoever cannot sell begins, and offers no sale', async () => {
    server.permissions = ['orders:search', 'orders:read', 'tickets:read']
    await open('/')
    expect(location.pathname).toBe('/orders')
    expect(button('nur meine')).toBeUndefined()
    expect(counter.text()).not.toContain('neuer Verkauf')
  })

  it('and the search of the bar show the order itself to whoever cannot sell', async () => {
    server.permissions = ['orders:search', 'orders:read']
    server.addOrder({ state: 'held', held_until: '2026-11-24T07:32:00Z' })
    await open('/orders')
    await counter.press('Ctrl+K')
    counter.type('anna')
    await wait(1)
    await counter.press('Enter')
    expect(location.pathname).toBe('/orders/AC-TEST-0001')
    expect(button('Im Verkauf öffnen')).toBeUndefined()
  })
})

describe('an order', () => {
  it('shows items, travellers, tickets, total, and its history', async () => {
    const journal = [
      { at: '2026-11-24T07:02:40+01:00', actor: 'L. Frei', entry: 'held', detail: { held_until: '2026-11-24T07:32:00+01:00', total: 2600 } },
      { at: '2026-11-24T07:03:14+01:00', actor: 'system', entry: 'invented_later', detail: {} },
    ]
    const { number } = sold({ journal })
    await open(`/orders/${number}`)
    expect(counter.focused()).toBe('order')
    for (const text of ['Zürich HB', '12.04.1984', '8127 4410 3900', 'gültig', 'CHF\u00a026.00', '07:02:40', 'Plätze gehalten bis 07:32', 'System']) {
      expect(counter.text()).toContain(text)
    }
  })

  it('is undone only by the chord after the sentence, and is followed while that is under way', async () => {
    const { number } = sold()
    await open(`/orders/${number}`)
    await counter.press('Ctrl+Enter')
    expect(server.orders.get(number)?.state).toBe('confirmed')
    await counter.press('Ctrl+Z')
    expect(counter.focused()).toBe('read-back')
    expect(counter.text()).toContain('Anna Keller mit Halbtax')
    await counter.press('Enter')
    await counter.press('Escape')
    expect([counter.focused(), server.orders.get(number)?.state]).toEqual(['action-undo', 'confirmed'])
    server.interceptOnce('POST', /undo$/, { status: 202, body: { ...server.orders.get(number), step: 'undoing' } })
    await counter.press('Ctrl+Z')
    await counter.press('Ctrl+Enter')
    expect(counter.text()).toContain('Wird rückgängig gemacht …')
    const order = server.orders.get(number)
    if (order) server.change(order, { state: 'cancelled', undo_until: null })
    await wait(2)
    expect(counter.text()).toContain('rückgängig gemacht')
    expect(document.querySelector('[data-focus=action-undo]')).toBeNull()
  })

  it('sends the same key again when the answer to an undo is lost', async () => {
    const { number } = sold()
    await open(`/orders/${number}`)
    server.interceptOnce('POST', /undo$/, 'lost')
    await counter.press('Ctrl+Z')
    await counter.press('Ctrl+Enter')
    expect(counter.text()).toContain('Keine Antwort')
    await counter.press('Ctrl+Z')
    await counter.press('Ctrl+Enter')
    const keys = server.requests.filter((one) => one.path.endsWith('/undo')).map((one) => one.headers.get('Idempotency-Key'))
    expect(keys).toHaveLength(2)
    expect(keys[0]).toBe(keys[1])
    expect(server.orders.get(number)?.state).toBe('cancelled')
  })

  it('says why an undo is no longer possible, or did not happen', async () => {
    const at = '2026-11-24T07:03:14+01:00'
    const { number } = sold({ undo_until: null, journal: [{ at, actor: 'L. Frei', entry: 'undo_refused', detail: {} }] })
    await open(`/orders/${number}`)
    expect(document.querySelector('[data-focus=action-undo]')).toBeNull()
    expect(counter.text()).toContain('Die Zeit dafür ist vorbei')
    expect(counter.text()).toContain('Die SBB hat es abgelehnt. Der Auftrag gilt weiterhin.')
  })

  it('keeps the focus on the page when the time for the undo ends under it', async () => {
    const { number } = sold()
    await open(`/orders/${number}`)
    document.querySelector<HTMLElement>('[data-focus=action-undo]')?.focus()
    server.now = '2026-11-24T08:22:02+01:00'
    await wait(61)
    expect(document.querySelector('[data-focus=action-undo]')).toBeNull()
    expect(counter.focused()).toBe('order')
  })

  it('in doubt says not to sell again, and shows by itself what became of it', async () => {
    const { number } = server.addOrder({ state: 'in_doubt' })
    await open(`/orders/${number}`)
    expect(counter.text()).toContain('nicht noch einmal verkaufen')
    expect(counter.text()).toContain('Es wird abgeklärt, ob verkauft ist.')
    await counter.press('F9')
    expect(location.pathname).toBe(`/orders/${number}`)
    expect(button('Noch einmal verkaufen')).toBeUndefined()
    server.sell(number)
    await wait(16)
    expect(counter.text()).toContain('8127 4410 3900')
  })

  it('that is held opens in Sell with Enter', async () => {
    const { number } = server.addOrder({ state: 'held', held_until: '2026-11-24T07:32:00Z', held_total: { amount: 2600, currency: 'CHF' } })
    await open(`/orders/${number}`)
    expect(counter.text()).toContain('Plätze gehalten bis 08:32')
    await counter.press('Enter')
    await counter.settle()
    expect(location.pathname).toBe(`/sell/${number}`)
    expect(counter.focused()).toBe('held')
  })

  it('is given up only after the sentence', async () => {
    const { number } = server.addOrder()
    await open(`/orders/${number}`)
    button('Korb aufgeben')?.click()
    await counter.settle()
    expect(server.orders.get(number)?.state).toBe('open')
    await counter.press('Ctrl+Enter')
    expect(server.orders.get(number)?.state).toBe('abandoned')
    expect(counter.focused()).toBe('order')
  })

  it('is sold once more from its page: the same way, the same people', async () => {
    const { number } = sold()
    await open(`/orders/${number}`)
    await counter.press('F9')
    await counter.settle()
    const asked = server.requests.find((one) => one.path === '/trips')?.query
    expect([asked?.get('origin'), asked?.get('destination')]).toEqual(['8503000', '8507000'])
    await counter.press('Enter')
    await counter.press('Enter')
    expect(document.querySelector<HTMLInputElement>('[data-focus=name-t1-lastName]')?.value).toBe('Keller')
    expect(server.orders.size).toBe(2)
  })

  it('shows its documents in the page, one or all, and says when there is none', async () => {
    const { number } = sold()
    await open(`/orders/${number}`)
    button('PDF anzeigen')?.click()
    await counter.settle()
    expect(document.querySelector('iframe')?.src).toContain(`${number}/documents.pdf`)
    const gone = { status: 410, contentType: 'application/problem+json', body: { code: 'document-not-kept', status: 410 } }
    server.interceptOnce('GET', /document$/, gone)
    document.querySelector<HTMLElement>('[data-focus=document-1-html]')?.click()
    await counter.settle()
    expect(document.querySelector('iframe')).toBeNull()
    expect(counter.text()).toContain('sein Dokument gibt es nicht mehr')
    await counter.press('Escape')
    expect(counter.focused()).toBe('document-1-html')
  })

  it('that does not exist says so, and the focus is not lost', async () => {
    await open('/orders/AC-0000-0000')
    expect(counter.text()).toContain('Das gibt es hier nicht')
    expect(counter.focused()).toBe('order')
  })

  it('shows an accountant neither undo nor sale', async () => {
    server.permissions = ['orders:search', 'orders:read', 'tickets:read']
    const { number } = sold()
    await open(`/orders/${number}`)
    expect(button('Billette drucken')).toBeDefined()
    expect(button('Rückgängig')).toBeUndefined()
    expect(button('Noch einmal verkaufen')).toBeUndefined()
  })

  it.each(['de', 'fr', 'it', 'en'] as const)('in %s has no text missing', async (language) => {
    const { number } = sold()
    await open(`/orders/${number}`, language)
    await counter.press('Ctrl+Z')
    expect(counter.focused()).toBe('read-back')
    expect(counter.text()).not.toMatch(/\b(orders?[A-Z]?\w*|history|sell|keys|ticketStates)\.\w/)
  })
})
