import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mountCounter, type Counter } from '../../../tests/mountCounter'
import type { FakeAnswer } from '../../../tests/fakeServer'

let counter: Counter

beforeEach(async () => {
  vi.useFakeTimers({ now: new Date('2026-11-24T08:02:00+01:00'), toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  counter = await mountCounter()
})

afterEach(() => {
  counter.leave()
  vi.useRealTimers()
})

const problem = (status: number, code: string, members = {}): FakeAnswer => (
  { status, contentType: 'application/problem+json', body: { status, code, title: code, ...members } })

async function search(command = 'zue bn half') {
  counter.type(command)
  await counter.press('Enter')
}

async function fillBasket() {
  await search()
  await counter.press('Enter')
  await counter.press('Enter')
}

async function nameAnna() {
  counter.type('Anna')
  await counter.press('Enter')
  counter.type('Keller')
  await counter.press('Enter')
  counter.type('120484')
}

async function hold() {
  await fillBasket()
  await nameAnna()
  await counter.press('Enter')
}

async function wait(seconds: number) {
  await vi.advanceTimersByTimeAsync(seconds * 1000)
  await counter.settle()
}

describe('the standard sale', () => {
  it('takes at most 20 key strokes besides name and date of birth', async () => {
    expect(counter.focused()).toBe('command')
    await search()
    expect(counter.focused()).toBe('connections')
    await counter.press('Enter')
    expect(counter.focused()).toBe('offer')
    await counter.press('Enter')
    expect(counter.focused()).toBe('name-t1-firstName')
    await nameAnna()
    await counter.press('Enter')
    expect(counter.focused()).toBe('held')
    expect(counter.server.bookings).toEqual([])
    await counter.press('Ctrl+Enter')
    expect(counter.server.bookings).toHaveLength(1)
    expect(counter.text()).toContain('Verkauft für CHF\u00a026.00')
    const ofTraveller = 'Anna'.length + 'Keller'.length + '120484'.length
    process.stdout.write(`standard sale: ${String(counter.strokes - ofTraveller)} key strokes besides the traveller\n`)
    expect(counter.strokes - ofTraveller).toBeLessThanOrEqual(20)
  })

  it('shows offers from the command line after at most 20 key strokes', async () => {
    await search('zue bn 0830 half')
    await counter.press('Enter')
    expect(counter.text()).toContain('2. Klasse, normal')
    expect(counter.strokes).toBeLessThanOrEqual(20)
  })

  it('reads back who, from where to where, when and for how much', async () => {
    await hold()
    const sentence = document.querySelector('[data-focus=held]')?.textContent
    expect(sentence).toBe(
      'Anna Keller mit Halbtax: Zürich HB nach Bern, am Dienstag, 24. November 2026 um 08:02, zweite Klasse. Zusammen CHF\u00a026.00.')
    expect(counter.text()).toContain('Plätze gehalten bis 08:32')
  })

  it('is never done by Enter alone, wherever the focus is', async () => {
    await hold()
    await counter.press('Enter')
    const button = [...document.querySelectorAll('button')].find((one) => one.textContent.includes('verkaufen'))
    button?.focus()
    await counter.press('Enter')
    expect(counter.server.bookings).toEqual([])
  })

  it('is done once however long and often the keys are pressed', async () => {
    await hold()
    const target = document.activeElement ?? document.body
    for (const repeat of [false, true, true]) {
      target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true, repeat, bubbles: true }))
    }
    await counter.settle()
    await counter.press('Ctrl+Enter')
    expect(counter.server.requests.filter((one) => one.path.endsWith('/confirm'))).toHaveLength(1)
  })
})

describe('what can go wrong', () => {
  it('asks with both prices when the price changed, and Enter accepts', async () => {
    await fillBasket()
    await nameAnna()
    const [number = ''] = counter.server.orders.keys()
    counter.server.interceptOnce('POST', /hold$/, problem(409, 'price-changed', { old_total: 2600, new_total: 2800 }))
    await counter.press('Enter')
    expect(counter.text()).toContain('Der Preis hat sich geändert: CHF\u00a026.00 → CHF\u00a028.00')
    expect(counter.focused()).toBe('problem-action')
    const order = counter.server.orders.get(number)
    if (order) counter.server.change(order, { total: { amount: 2800, currency: 'CHF' } })
    await counter.press('Enter')
    expect(counter.server.orders.get(number)?.state).toBe('held')
    expect(counter.server.requests.at(-1)?.body).toEqual({ expected_total: 2800 })
  })

  it.each([
    ['sold-out', {}, 'Das Sparbillett ist ausverkauft'],
    ['offer-expired', {}, 'Das Angebot ist abgelaufen'],
    ['perhaps-held-by-ourselves', { held_until: '2026-11-24T08:32:00+01:00' }, 'Vielleicht von uns selbst gehalten bis 08:32'],
    ['traveller-refused', {}, 'Die SBB nimmt die Angaben zu einer Person nicht an'],
    ['rail-unavailable', {}, 'Die SBB ist nicht erreichbar'],
    ['busy', {}, 'Im Moment ist zu viel los'],
    ['something-new', { request_id: 'r-17' }, 'nennen Sie uns diese Nummer: r-17'],
  ])('says it when holding answers %s', async (code, members, text) => {
    await fillBasket()
    await nameAnna()
    counter.server.interceptOnce('POST', /hold$/, problem(409, code, members))
    await counter.press('Enter')
    expect(counter.text()).toContain(text)
    expect([...counter.server.orders.values()][0]?.state).toBe('open')
    expect(document.querySelector<HTMLInputElement>('[data-focus=name-t1-lastName]')?.value).toBe('Keller')
  })

  it.each([
    ['hold-too-short', {}, 'Zu knapp, um sicher zu verkaufen'],
    ['payment-unknown', {}, 'Die Zahlung ist nicht sicher; verkauft ist nichts'],
    ['wrong-price', { held_total: 2600, booked_total: 3100 }, 'Falscher Preis der SBB: CHF\u00a031.00 statt CHF\u00a026.00'],
  ])('says it when confirming answers %s, and the basket can be held again', async (code, members, text) => {
    await hold()
    const order = [...counter.server.orders.values()][0]
    if (order) counter.server.change(order, { state: 'open', held_total: null, held_until: null, confirm_until: null })
    counter.server.interceptOnce('POST', /confirm$/, problem(409, code, members))
    await counter.press('Ctrl+Enter')
    expect(counter.text()).toContain(text)
    expect(counter.text()).toContain('Plätze halten')
    expect(counter.server.bookings).toEqual([])
  })

  it('says that there are no connections, and offers tickets without one', async () => {
    await search('zue chur')
    expect(counter.text()).toContain('Keine Verbindungen')
    expect(counter.text()).toContain('Billette ohne Verbindung')
  })

  it('still gives offers when prices do not come', async () => {
    counter.server.interceptions.push((one) => one.path === '/trip-prices' ? problem(503, 'rail-busy') : undefined)
    await search()
    expect(counter.text()).toContain('Preise fehlen; Enter holt die Angebote.')
    await counter.press('Enter')
    expect(counter.text()).toContain('2. Klasse, normal')
  })
})

describe('a lost answer', () => {
  it('to a sale that was made leads to the ticket, not to a second sale', async () => {
    await hold()
    counter.server.interceptOnce('POST', /confirm$/, 'done-but-lost')
    await counter.press('Ctrl+Enter')
    await wait(3)
    expect(counter.text()).toContain('Verkauft für')
    expect(counter.server.bookings).toHaveLength(1)
  })

  it('to a sale that never arrived says so; pressing again sends the same key', async () => {
    await hold()
    counter.server.interceptOnce('POST', /confirm$/, 'lost')
    await counter.press('Ctrl+Enter')
    expect(counter.text()).toContain('Keine Antwort')
    await counter.press('Ctrl+Enter')
    const sent = counter.server.requests.filter((one) => one.path.endsWith('/confirm'))
    expect(sent).toHaveLength(2)
    expect(sent[1]?.headers.get('Idempotency-Key')).toBe(sent[0]?.headers.get('Idempotency-Key'))
    expect(counter.server.bookings).toHaveLength(1)
  })

  it('in doubt: says not to sell again, and shows by itself what became of it', async () => {
    await hold()
    const order = [...counter.server.orders.values()][0]
    if (!order) throw new Error('no order')
    counter.server.interceptions.push((one) => one.path.endsWith('/confirm')
      ? { status: 202, body: counter.server.change(order, { state: 'in_doubt', step: null }) }
      : undefined)
    await counter.press('Ctrl+Enter')
    expect(counter.text()).toContain('Wird abgeklärt: nicht noch einmal verkaufen')
    expect(counter.text()).not.toContain('verkaufenStrg')
    counter.server.sell(order.number)
    await wait(16)
    expect(counter.text()).toContain('Verkauft für')
  })

  it('to creating an order never makes two', async () => {
    counter.server.interceptOnce('POST', /^\/orders$/, 'done-but-lost')
    await search()
    await counter.press('Enter')
    expect(counter.text()).toContain('Keine Antwort')
    document.querySelector<HTMLElement>('[data-focus=offers-again]')?.focus()
    await counter.press('Enter')
    expect(counter.text()).toContain('2. Klasse, normal')
    expect(counter.server.orders.size).toBe(1)
  })
})

describe('interruptions', () => {
  it('a session that ends with a full basket loses nothing', async () => {
    await fillBasket()
    counter.type('Anna')
    counter.server.isSignedIn = false
    await counter.press('F8')
    await search()
    expect(counter.text()).toContain('Bitte nochmals anmelden')
    expect(counter.server.orders.size).toBe(1)
  })

  it('signing in again goes on where it stopped', async () => {
    await fillBasket()
    await nameAnna()
    counter.server.isSignedIn = false
    await counter.press('Enter')
    expect(counter.text()).toContain('Alles bleibt erhalten, auch der Korb.')
    const [email, passPhrase] = [...document.querySelectorAll<HTMLInputElement>('form input')]
    email?.focus()
    counter.type('frei@limmat.example')
    passPhrase?.focus()
    counter.type('demo')
    document.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
    await counter.settle()
    expect(counter.text()).not.toContain('Alles bleibt erhalten')
    expect(document.querySelector<HTMLInputElement>('[data-focus=name-t1-firstName]')?.value).toBe('Anna')
    expect(counter.focused()).toBe('name-t1-bornOn')
    await counter.press('Enter')
    expect(counter.focused()).toBe('held')
  })

  it('a reload opens the held basket from the address', async () => {
    await hold()
    const { server } = counter
    const [number = ''] = server.orders.keys()
    expect(location.pathname).toBe(`/sell/${number}`)
    counter.leave()
    counter = await mountCounter({ server, path: `/sell/${number}` })
    expect(counter.text()).toContain('Plätze gehalten bis 08:32')
    await counter.press('Ctrl+Enter')
    expect(server.bookings).toEqual([number])
  })

  it('a switched branch says whose basket it is', async () => {
    await fillBasket()
    counter.server.branch = { code: 'quai', name: 'Limmatquai' }
    const { server } = counter
    const [number = ''] = server.orders.keys()
    counter.leave()
    counter = await mountCounter({ server, path: `/sell/${number}` })
    expect(counter.text()).toContain('Dieser Korb gehört zu: Hauptbahnhof')
  })
})

describe('other ways', () => {
  it('a return asks for the way back before the offers', async () => {
    await search('zue bn 0830 return 1730')
    expect(counter.text()).not.toContain('Rückfahrt zu')
    await counter.press('Enter')
    expect(counter.text()).toContain('Rückfahrt zu 08:32')
    await counter.press('Enter')
    const wish = counter.server.requests.find((one) => one.path.endsWith('/offers'))?.body['wish']
    expect(wish).toMatchObject({ trip_id: expect.stringContaining('Zürich HB') as string, return_trip_id: expect.stringContaining('Bern') as string })
  })

  it('a pass is sold by name, with the country that it needs', async () => {
    await search('stp 3')
    expect(counter.text()).toContain('Swiss Travel Pass 3 Tage')
    await counter.press('Enter')
    expect(counter.focused()).toBe('parameter-t1-STS_HERKUNFTSLAND')
    const select = document.activeElement as HTMLSelectElement
    select.value = 'JP'
    select.dispatchEvent(new Event('change', { bubbles: true }))
    await counter.press('Enter')
    const added = counter.server.requests.find((one) => one.path.endsWith('/items'))
    expect(added?.body['sales_parameters']).toEqual({ t1: { STS_HERKUNFTSLAND: 'JP' } })
  })

  it('an ambiguous place is asked, never guessed', async () => {
    await search('zürich bn')
    expect(counter.server.requests.some((one) => one.path === '/trips')).toBe(false)
    expect(document.querySelector('#command-list')?.textContent).toContain('Zürich Flughafen')
    await counter.press('ArrowDown')
    await counter.press('Enter')
    await counter.press('Enter')
    expect(counter.server.requests.find((one) => one.path === '/trips')?.query.get('origin')).toBe('8503016')
  })

  it('a bought ticket is undone only by the chord after the sentence', async () => {
    await hold()
    await counter.press('Ctrl+Enter')
    const [order] = counter.server.orders.values()
    const button = [...document.querySelectorAll('button')].find((one) => one.textContent.includes('Rückgängig …'))
    button?.focus()
    await counter.press('Enter')
    expect(counter.text()).toContain('Den ganzen Auftrag rückgängig machen?')
    expect(counter.server.orders.get(order?.number ?? '')?.state).toBe('confirmed')
    await counter.press('Ctrl+Enter')
    expect(counter.server.orders.get(order?.number ?? '')?.state).toBe('cancelled')
  })

  it('one key opens the sentence of the undo, except where a text is being typed', async () => {
    await hold()
    await counter.press('Ctrl+Enter')
    const question = 'Den ganzen Auftrag rückgängig machen?'
    document.querySelector<HTMLInputElement>('[data-focus=command]')?.focus()
    await counter.press('Ctrl+Z')
    expect(counter.text()).not.toContain(question)
    document.querySelector<HTMLElement>('[data-focus=new-sale]')?.focus()
    await counter.press('Ctrl+Z')
    expect(counter.text()).toContain(question)
    await counter.press('Escape')
    expect(counter.text()).not.toContain(question)
  })

  it('a dog travels under its owner’s name', async () => {
    await search('zue bn half dog')
    await counter.press('Enter')
    await counter.press('Enter')
    await nameAnna()
    await counter.press('Enter')
    const named = counter.server.requests.find((one) => one.method === 'PUT')?.body['travellers']
    expect(named).toEqual([
      { code: 't1', first_name: 'Anna', last_name: 'Keller', born_on: '1984-04-12' },
      { code: 't2', first_name: 'Anna', last_name: 'Keller', born_on: '1984-04-12' },
    ])
  })

  it('Escape never gives held places up', async () => {
    await hold()
    await counter.press('Escape')
    expect(counter.focused()).toBe('reopen')
    expect([...counter.server.orders.values()][0]?.state).toBe('held')
    await counter.press('Enter')
    expect([...counter.server.orders.values()][0]?.state).toBe('open')
    expect(document.querySelector<HTMLInputElement>('[data-focus=name-t1-firstName]')?.value).toBe('Anna')
  })

  it('the same again brings the same people, a new sale nobody', async () => {
    await hold()
    await counter.press('Ctrl+Enter')
    await counter.press('F9')
    expect(counter.focused()).toBe('connections')
    await counter.press('Enter')
    await counter.press('Enter')
    expect(document.querySelector<HTMLInputElement>('[data-focus=name-t1-lastName]')?.value).toBe('Keller')
    expect(counter.focused()).toBe('hold')
    await counter.press('F8')
    expect(counter.focused()).toBe('command')
    await fillBasket()
    expect(document.querySelector<HTMLInputElement>('[data-focus=name-t1-lastName]')?.value).toBe('')
  })

  it('another ticket language fetches the offers again', async () => {
    await search()
    await counter.press('Enter')
    const select = [...document.querySelectorAll('select')].find((one) => one.textContent.includes('Französisch'))
    if (!select) throw new Error('no choice of the ticket language')
    select.value = 'fr'
    select.dispatchEvent(new Event('change', { bubbles: true }))
    await counter.settle()
    expect(counter.server.requests.filter((one) => one.path.endsWith('/offers'))).toHaveLength(2)
    expect([...counter.server.offerSets.values()].at(-1)?.language).toBe('fr')
  })

  it('tickets that cannot be put into one PDF are opened one by one', async () => {
    counter.server.interceptions.push((one) =>
      one.path.endsWith('documents.pdf') ? problem(409, 'documents-not-merged') : undefined)
    await hold()
    await counter.press('Ctrl+Enter')
    expect(counter.text()).toContain('Jedes Billett hat sein eigenes PDF')
    expect(document.querySelector('a[href*="/tickets/1/document"]')).not.toBeNull()
  })

  it('a PDF that is not there yet is waited for, and the sale stands', async () => {
    counter.server.isPdfThere = false
    await hold()
    await counter.press('Ctrl+Enter')
    expect(counter.text()).toContain('Verkauft. Das PDF wird geholt …')
    counter.server.isPdfThere = true
    await wait(3)
    expect(document.querySelector('iframe')?.src).toContain('documents.pdf')
  })

  it('shows 200 offers', async () => {
    counter.server.offerCount = 200
    await search()
    await counter.press('Enter')
    expect(document.querySelectorAll('input[name=offer]')).toHaveLength(200)
  })
})

describe('languages', () => {
  it.each(['de', 'fr', 'it', 'en'] as const)('a whole sale in %s has no text missing', async (language) => {
    counter.leave()
    counter = await mountCounter({ language })
    await hold()
    await counter.press('Ctrl+Enter')
    expect(counter.server.bookings).toHaveLength(1)
    expect(counter.text()).not.toMatch(/\b(sell|keys|frame|common|problems|classes|reductions)\.\w/)
  })
})
