/** The HTTP interface in memory, as far as the counter uses it: for tests of whole ways through the page. */
import type { Bundle, Order, OrderItem, OrderSummary, OfferSet, Trip } from '@/api/types'

export interface FakeRequest {
  method: string
  path: string
  query: URLSearchParams
  body: Record<string, unknown>
  headers: Headers
}

export interface FakeAnswer {
  status: number
  body?: unknown
  contentType?: string
  headers?: Record<string, string>
}

type Interception = (request: FakeRequest) => FakeAnswer | 'lost' | 'done-but-lost' | undefined

const ZURICH = '+01:00'
const chf = (amount: number) => ({ amount, currency: 'CHF' })
const pad = (value: number) => String(value).padStart(2, '0')

function problem(status: number, code: string, members: Record<string, unknown> = {}): FakeAnswer {
  return { status, contentType: 'application/problem+json', body: { status, code, title: code, ...members } }
}

function makeTrip(day: string, from: string, to: string, minutes: number, track: string): Trip {
  const at = (total: number) => `${day}T${pad(Math.floor(total / 60) % 24)}:${pad(total % 60)}:00${ZURICH}`
  const stop = (name: string, planned: number) => ({
    place_uic: null, place_name: name, planned_at: at(planned), expected_at: null, track, planned_track: track,
    is_track_changed: false, has_unknown_delay: false, is_cancelled: false,
  })
  return {
    trip_id: `trip-${day}-${String(minutes)}-${from}`, departure_at: at(minutes), arrival_at: at(minutes + 56),
    expected_departure_at: minutes % 120 === 2 ? at(minutes + 4) : null, expected_arrival_at: null,
    duration_seconds: 3360, changes: minutes % 60 === 32 ? 1 : 0,
    legs: [{
      kind: 'ride', origin: stop(from, minutes), destination: stop(to, minutes + 56), stops: [], vehicle_type: 'train',
      product_name: null, category: 'IC', category_name: null, line: '1', train_number: '700', operator: 'SBB',
      direction: to, occupancy: null, is_cancelled: false, is_partly_cancelled: false, is_reachable: true, messages: [],
      notes: [],
    }],
    is_cancelled: false, is_possible: true, is_alternative: false, search_hint: null, co2: null, messages: [],
  }
}

export class FakeServer {
  now = '2026-11-24T08:02:00+01:00'
  isSignedIn = true
  orders = new Map<string, Order>()
  offerSets = new Map<string, OfferSet>()
  requests: FakeRequest[] = []
  bookings: string[] = []
  permissions = ['search', 'read', 'sell', 'confirm', 'undo'].map((one) => `orders:${one}`).concat('status:read', 'tickets:read')
  branch = { code: 'hb', name: 'Hauptbahnhof' }
  offerCount = 4
  isPdfThere = true
  interceptions: Interception[] = []
  private readonly keyed = new Map<string, FakeAnswer>()
  private counter = 0

  /** Lets one request of this kind be answered otherwise. */
  interceptOnce(method: string, path: RegExp, answer: ReturnType<Interception>): void {
    const one: Interception = (request) => {
      if (request.method !== method || !path.test(request.path)) return undefined
      this.interceptions = this.interceptions.filter((other) => other !== one)
      return answer
    }
    this.interceptions.push(one)
  }

  /** Stands in for `fetch`. */
  readonly fetch = async (input: string, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input, 'http://counter.test')
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {}
    const request: FakeRequest = {
      method: init.method ?? 'GET', path: url.pathname.replace(/^\/api/, ''), query: url.searchParams, body,
      headers: new Headers(init.headers),
    }
    await Promise.resolve()
    if (init.signal?.aborted) throw new DOMException('aborted', 'AbortError')
    const answer = this.handle(request)
    if (answer === 'lost') throw new TypeError('Failed to fetch')
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? null)
    return new Response(answer.status === 204 ? null : text, {
      status: answer.status, headers: { 'Content-Type': answer.contentType ?? 'application/json', ...answer.headers },
    })
  }

  handle(request: FakeRequest): FakeAnswer | 'lost' {
    this.requests.push(request)
    for (const interception of this.interceptions) {
      const answer = interception(request)
      if (answer === 'done-but-lost') {
        this.answerKeyed(request)
        return 'lost'
      }
      if (answer !== undefined) return answer
    }
    if (!this.isSignedIn && request.path !== '/session') return problem(401, 'not-signed-in')
    return this.answerKeyed(request)
  }

  private answerKeyed(request: FakeRequest): FakeAnswer {
    const key = request.headers.get('Idempotency-Key')
    const known = key === null ? undefined : this.keyed.get(key)
    if (known) return known
    const answer = this.answer(request)
    if (key !== null) this.keyed.set(key, answer)
    return answer
  }

  private answer(request: FakeRequest): FakeAnswer {
    const { method, path } = request
    const order = this.orders.get(path.split('/')[2] ?? '')
    switch (`${method} ${path.replace(/^\/orders\/[^/]+/, '/orders/N').replace(/items\/.+$/, 'items/C')}`) {
      case 'GET /session': return this.readSession()
      case 'POST /session': return this.signIn(request)
      case 'PUT /session/acting': return this.actFor(request)
      case 'DELETE /session': this.isSignedIn = false; return { status: 204 }
      case 'GET /places': return { status: 200, body: { places: PLACES } }
      case 'GET /places/search': return { status: 200, body: { places: [] } }
      case 'GET /products': return { status: 200, body: { products: PRODUCTS } }
      case 'GET /status': return { status: 200, body: { state: 'fine', components: [], announcements: [] } }
      case 'GET /trips': return this.findTrips(request)
      case 'POST /trip-prices': return this.findPrices(request)
      case 'GET /orders': return this.listOrders(request)
      case 'GET /doubts': return { status: 200, body: { items: this.listDoubts(), next_cursor: null } }
      case 'POST /orders': return { status: 201, body: this.createOrder(request) }
    }
    if (!order) return problem(404, 'not-found')
    return path.startsWith('/doubts') ? this.answerDoubt(order, request) : this.answerOrder(order, request)
  }

  private listOrders({ query }: FakeRequest): FakeAnswer {
    const text = fold(query.get('query') ?? '')
    const states = query.getAll('state')
    const day = query.get('travel_on')
    const named = [...this.orders.values()].filter((one) => listTerms(one).some((term) => term.startsWith(text)))
    const found = named.reverse().map(summarize).filter((one) =>
      (states.length === 0 || states.includes(one.state)) && (day === null || one.travel_on === day))
    const start = Number(query.get('cursor') ?? 0)
    const end = start + Number(query.get('limit') ?? 50)
    const next = end < found.length ? String(end) : null
    return { status: 200, body: { items: found.slice(start, end), next_cursor: next } }
  }

  private listDoubts() {
    return [...this.orders.values()].reverse().filter((one) => one.state === 'in_doubt').map(summarize)
  }

  private answerDoubt(order: Order, request: FakeRequest): FakeAnswer {
    if (order.state !== 'in_doubt') return problem(409, 'not-in-doubt', { state: order.state })
    switch (`${request.method} ${request.path.split('/')[3] ?? ''}`) {
      case 'GET ': return { status: 200, body: {
        order, contract_id: 'DEMO-LIMMAT', prebookings: [{ prebooking_id: 77001, state: 'paid', expires_at: this.after(20) }],
      } }
      case 'POST adopt': return { status: 200, body: this.sell(order.number) }
      case 'POST declare-not-sold': return { status: 200, body: this.change(order, { state: 'failed' }) }
      default: return problem(405, 'method-not-allowed')
    }
  }

  private answerOrder(order: Order, request: FakeRequest): FakeAnswer {
    const step = request.path.split('/')[3] ?? ''
    const done = (change: Partial<Order>): FakeAnswer => ({ status: 200, body: this.change(order, change) })
    switch (`${request.method} ${step}`) {
      case 'GET ': return { status: 200, body: { ...order, server_now: this.now } }
      case 'PATCH ': return done(request.body as Partial<Order>)
      case 'POST offers': return this.findOffers(order, request)
      case 'POST items': return this.addItem(order, request)
      case 'DELETE items': return this.removeItem(order, request)
      case 'PUT travellers': return this.nameTravellers(order, request)
      case 'POST hold': return this.hold(order, request)
      case 'POST reopen': return done({ state: 'open', held_total: null, held_until: null, confirm_until: null })
      case 'POST confirm': return this.confirm(order)
      case 'POST abandon': return done({ state: 'abandoned', held_until: null })
      case 'POST undo': return done({
        state: 'cancelled', undo_until: null, tickets: order.tickets.map((one) => ({ ...one, state: 'cancelled' as const })),
      })
      case 'GET documents.pdf':
      case 'GET tickets': return this.isPdfThere ? PDF : problem(404, 'not-found')
      default: return problem(405, 'method-not-allowed')
    }
  }

  change(order: Order, change: Partial<Order>): Order {
    const present = this.orders.get(order.number) ?? order
    const changed = { ...present, ...change, changed_at: this.after(0), server_now: this.now }
    this.orders.set(order.number, changed)
    return changed
  }

  private after(minutes: number): string {
    return new Date(Date.parse(this.now) + minutes * 60_000).toISOString()
  }

  private makeSession() {
    const agency = {
      code: 'limmat', name: 'Reisebüro Limmat', default_language: 'de', is_reference_mandatory: false,
      reference_pattern: null, means_of_payment: 'invoice',
    }
    const choices = [['hb', 'Hauptbahnhof'], ['quai', 'Limmatquai']].map(([code, name]) => (
      { agency_code: 'limmat', agency_name: agency.name, branch_code: code, branch_name: name }))
    return {
      person: { subject: 's1', name: 'L. Frei', email: 'frei@limmat.example', language: 'de', roles: ['seller'] },
      agency, branch: this.branch, choices, permissions: this.permissions, is_demo: true, idle_until: this.after(30),
      server_now: this.now,
    }
  }

  private readSession(): FakeAnswer {
    return this.isSignedIn ? { status: 200, body: this.makeSession() } : { status: 204 }
  }

  private signIn(request: FakeRequest): FakeAnswer {
    if (request.body['pass_phrase'] !== 'demo') return problem(401, 'sign-in-refused')
    this.isSignedIn = true
    return { status: 200, body: this.makeSession() }
  }

  private actFor(request: FakeRequest): FakeAnswer {
    const code = String(request.body['branch_code'])
    this.branch = { code, name: code === 'hb' ? 'Hauptbahnhof' : 'Limmatquai' }
    return { status: 200, body: this.makeSession() }
  }

  private findTrips(request: FakeRequest): FakeAnswer {
    const at = request.query.get('at') ?? ''
    const scroll = Number(request.query.get('scroll') ?? 0)
    const name = (uic: string | null) => PLACES.find((place) => String(place[0]) === uic)?.[1] ?? '?'
    const start = Number(at.slice(11, 13)) * 60 + Number(at.slice(14, 16)) + scroll * 150
    const [origin = null, destination = null] = [request.query.get('origin'), request.query.get('destination')]
    const first = Math.max(0, Math.ceil((start - 2) / 30) * 30 + 2)
    const trips = Array.from({ length: 5 }, (_, index) =>
      makeTrip(at.slice(0, 10), name(origin), name(destination), first + index * 30, '31'))
    const body = {
      trips: destination === '8509000' ? [] : trips,
      earlier: String(scroll - 1), later: String(scroll + 1), conversation_id: '0b9c7a52-0000-4000-8000-000000000001',
    }
    return { status: 200, body }
  }

  private findPrices(request: FakeRequest): FakeAnswer {
    const travelClass = request.body['travel_class'] as 1 | 2
    const prices = (request.body['trip_ids'] as string[]).map((tripId, index) => ({
      trip_id: tripId, amount: chf((travelClass === 2 ? 2600 : 4600) - (index % 2) * 1040), travel_class: travelClass,
      is_saver: index % 2 === 1,
    }))
    return { status: 200, body: { prices } }
  }

  /** An order of somebody before, as it is found in the list. */
  addOrder(change: Partial<Order> = {}): Order {
    const request = { method: 'POST', path: '/orders', query: new URLSearchParams(), body: {}, headers: new Headers() }
    const order = this.createOrder({ ...request, body: { ticket_language: 'de' } })
    const adult = { code: 't1', kind: 'person' as const, age: 42, reduction: 'half_fare' as const, is_age_assumed: false }
    const travellers = [{ ...adult, first_name: 'Anna', last_name: 'Keller', born_on: '1984-04-12' }]
    const wish = { kind: 'trip', trip_id: 'trip-2026-11-25-512-Zürich HB' }
    const body = { wish, travellers: [{ ...adult, born_on: null }] }
    const set = this.findOffers(order, { ...request, path: `/orders/${order.number}/offers`, body }).body as OfferSet
    this.addItem(order, { ...request, body: { offer_set: set.code, bundle: 'b0' } })
    return this.change(order, { travellers, ...change })
  }

  private createOrder(request: FakeRequest): Order {
    this.counter += 1
    const order: Order = {
      number: `AC-TEST-000${String(this.counter)}`, state: 'open', step: null, agency_code: 'limmat',
      branch_code: this.branch.code, seller_name: 'L. Frei',
      ticket_language: request.body['ticket_language'] as Order['ticket_language'], your_reference: null,
      means_of_payment: 'invoice', conversation_id: '0b9c7a52-0000-4000-8000-000000000001', total: chf(0), held_total: null,
      held_until: null, confirm_until: null,
      perhaps_held_until: null, booking_id: null, sold_at: null, undo_until: null,
      problem: null, items: [], travellers: [], tickets: [], journal: [], created_at: this.now, changed_at: this.now,
      server_now: this.now,
    }
    this.orders.set(order.number, order)
    return order
  }

  private findOffers(order: Order, request: FakeRequest): FakeAnswer {
    const wish = request.body['wish'] as { kind: OfferSet['kind']; trip_id?: string; travel_on?: string }
    const day = wish.travel_on ?? (wish.trip_id ?? '').slice(5, 15)
    const isTrip = wish.kind === 'trip'
    const travellers = request.body['travellers'] as OfferSet['travellers']
    const count = isTrip ? this.offerCount : 1
    const bundles = Array.from({ length: count }, (_, index) => this.makeBundle(index, travellers, isTrip))
    const minutes = Number((wish.trip_id ?? '').split('-')[4] ?? 0)
    const time = (total: number) => `${day}T${pad(Math.floor(total / 60))}:${pad(total % 60)}:00${ZURICH}`
    const set: OfferSet = {
      code: `set-${String(this.offerSets.size + 1)}`, order_number: order.number, kind: wish.kind, travel_on: day,
      outward: isTrip ? {
        origin_uic: 8503000, origin_name: 'Zürich HB', destination_uic: 8507000, destination_name: 'Bern',
        departure_at: time(minutes), arrival_at: time(minutes + 56), changes: 0, trains: ['IC 1'],
      } : null,
      inward: null, travellers, bundles, expires_at: this.after(15), language: order.ticket_language,
    }
    this.offerSets.set(set.code, set)
    return { status: 200, body: set }
  }

  private makeBundle(index: number, travellers: OfferSet['travellers'], isTrip: boolean): Bundle {
    const isSaver = isTrip && index % 2 === 1
    const travelClass = index % 4 < 2 ? 2 : 1
    const each = (travelClass === 2 ? 2600 : 4600) - (isSaver ? 1040 : 0) + Math.floor(index / 4) * 100
    const country = { key: 'STS_HERKUNFTSLAND', type: 'TEXT', is_optional: false, possible_values: ['DE', 'JP'] }
    const parameters = isTrip ? [] : [country]
    const offers = travellers.map((traveller) => ({
      traveller_code: traveller.code, title: isSaver ? 'Sparbillett' : 'Einzelbillett', description: '', kind: 'transport',
      price: chf(each), direction: 'outward', valid_from: null, valid_until: null, is_refundable: !isSaver,
      is_exchangeable: !isSaver, is_purchase_required: true, route_texts: [], sales_parameters: parameters,
    }))
    return {
      code: `b${String(index)}`, travel_class: travelClass, total: chf(each * travellers.length),
      title: isTrip ? (isSaver ? 'Sparbillett' : 'Einzelbillett') : 'Swiss Travel Pass 3 Tage', is_saver: isSaver,
      is_refundable: !isSaver, is_exchangeable: !isSaver, offers, notes: [],
    }
  }

  private addItem(order: Order, request: FakeRequest): FakeAnswer {
    const set = this.offerSets.get(String(request.body['offer_set']))
    const bundle = set?.bundles.find((one) => one.code === request.body['bundle'])
    if (!set || !bundle) return problem(409, 'offer-expired')
    const item: OrderItem = {
      code: `i${String(order.items.length + 1)}`, kind: set.kind, title: bundle.title, travel_on: set.travel_on,
      travel_class: bundle.travel_class, outward: set.outward, inward: set.inward, origin_uic: null,
      destination_uic: null,
      product_id: null, price: bundle.total, bundle, traveller_codes: set.travellers.map((one) => one.code),
    }
    const known = new Set(order.travellers.map((one) => one.code))
    const added = set.travellers.filter((one) => !known.has(one.code)).map((one) => ({
      code: one.code, kind: one.kind, age: one.age, reduction: one.reduction, first_name: null, last_name: null,
      born_on: one.born_on,
    }))
    const items = [...order.items, item]
    const travellers = [...order.travellers, ...added]
    return { status: 200, body: this.change(order, { items, travellers, total: sum(items) }) }
  }

  private removeItem(order: Order, request: FakeRequest): FakeAnswer {
    const items = order.items.filter((item) => item.code !== request.path.split('/')[4])
    return { status: 200, body: this.change(order, { items, total: sum(items) }) }
  }

  private nameTravellers(order: Order, request: FakeRequest): FakeAnswer {
    const named = request.body['travellers'] as Order['travellers']
    const travellers = order.travellers.map((one) => ({ ...one, ...named.find((other) => other.code === one.code) }))
    return { status: 200, body: this.change(order, { travellers }) }
  }

  private hold(order: Order, request: FakeRequest): FakeAnswer {
    if (request.body['expected_total'] !== order.total.amount) {
      return problem(409, 'price-changed', { old_total: request.body['expected_total'], new_total: order.total.amount })
    }
    const change = { held_total: order.total, held_until: this.after(30), confirm_until: this.after(28.5) }
    return { status: 200, body: this.change(order, { state: 'held', ...change }) }
  }

  private confirm(order: Order): FakeAnswer {
    if (order.state !== 'held') return problem(409, 'order-state-changed', { state: order.state })
    this.bookings.push(order.number)
    return { status: 200, body: this.sell(order.number) }
  }

  /** What a sale ends with. */
  sell(number: string): Order | undefined {
    const order = this.orders.get(number)
    if (!order) return undefined
    const tickets = order.travellers.map((one, index) => ({
      ticket_id: String(index + 1), printed_number: `8127 4410 39${pad(index)}`, title: 'Einzelbillett',
      traveller_code: one.code, item_code: 'i1', price: order.total, state: 'valid' as const,
    }))
    return this.change(order, { state: 'confirmed', step: null, sold_at: this.now, undo_until: this.after(20), tickets })
  }
}

function sum(items: readonly OrderItem[]) {
  return chf(items.reduce((total, item) => total + item.price.amount, 0))
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** What an order is found by: whole numbers, and names from each of their words on. */
function listTerms(order: Order): string[] {
  const trips = order.items.flatMap((item) => [item.outward, item.inward])
  const places = trips.flatMap((trip) => (trip ? [trip.origin_name, trip.destination_name] : []))
  const names = [order.seller_name, ...places, ...order.travellers.map((one) => `${one.first_name ?? ''} ${one.last_name ?? ''}`)]
  const terms = names.flatMap((name) => fold(name).split(' ').map((_, at, words) => [...words.slice(at), ...words.slice(0, at)].join(' ')))
  return [...terms, fold(order.number), fold(order.your_reference ?? '')]
}

function summarize(order: Order): OrderSummary {
  return {
    number: order.number, state: order.state, total: order.total, agency_code: order.agency_code,
    branch_code: order.branch_code, seller_name: order.seller_name, your_reference: order.your_reference,
    created_at: order.created_at, sold_at: order.sold_at, held_until: order.held_until, undo_until: order.undo_until,
    title: order.items.map((item) => item.title).join(' + '), travel_on: order.items[0]?.travel_on ?? null,
    traveller_names: order.travellers.flatMap((one) => one.last_name ? [`${one.first_name ?? ''} ${one.last_name}`] : []),
  }
}

const PDF: FakeAnswer = { status: 200, contentType: 'application/pdf', body: '%PDF-1.4 specimen' }

const PLACES: [number, string, number, string[], string[]][] = [
  [8503000, 'Zürich HB', 100, ['ZUE'], ['Zurich HB']],
  [8503016, 'Zürich Flughafen', 93, ['ZFH'], ['Zurich Airport']],
  [8507000, 'Bern', 98, ['BN'], ['Berne', 'Berna']],
  [8500218, 'Olten', 93, ['OL'], []],
  [8509000, 'Chur', 89, ['CH'], ['Coire']],
]

const PRODUCTS = [{
  product_id: 7001, title: 'Swiss Travel Pass 3 Tage', travel_classes: [1, 2], sold_from: null, sold_until: null,
  usable_from: null, usable_until: null, valid_from: null, valid_until: null, sold_by: ['product'], segments: [],
}]
