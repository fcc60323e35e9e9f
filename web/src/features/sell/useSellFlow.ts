/**
 * The way of a sale, step by step: what Enter, Escape and the function keys do next, and where the focus goes.
 * Enter never sells and never undoes.
 */
import { nextTick } from 'vue'
import { useRouter } from 'vue-router'
import { callApi } from '@/api/client'
import type { Order } from '@/api/types'
import { announce } from '@/composables/announcer'
import { focusNamed } from '@/composables/focus'
import { readServerNow, readSwissNow } from '@/composables/serverClock'
import { useLanguage } from '@/composables/useLanguage'
import { usePlaces } from '@/places/store'
import { useSession } from '@/session'
import { useBasket } from './stores/basket'
import { useConnections } from './stores/connections'
import { useSearchForm } from './stores/form'
import { useNames } from './stores/names'
import { useOffers } from './stores/offers'
import { useSale } from './stores/sale'
import { findReferenceFault } from './model/reference'
import { makeFormOfOrder } from './model/again'
import { isHoldTooShort } from './model/hold'
import type { SearchForm } from './model/search'

let lastSold: SearchForm | null = null

export function useSellFlow() {
  const { t, language } = useLanguage()
  const router = useRouter()
  const session = useSession()
  const search = useSearchForm()
  const connections = useConnections()
  const offers = useOffers()
  const places = usePlaces()
  const basket = useBasket()
  const names = useNames()
  const sale = useSale()

  const canEdit = () => basket.order === null || basket.order.state === 'open'

  async function submitCommand(): Promise<void> {
    // Who types faster than the list of places comes has pressed Enter once, and once is enough.
    if (places.state === 'loading') await places.load()
    const wantedClass = search.reading?.origin === null ? search.reading.travelClass : null
    if (!search.acceptCommand()) {
      announce(t('sell.commandUnclear'))
      return
    }
    if (wantedClass !== null) offers.chooseClass(wantedClass)
    await startSearch()
  }

  /** Looks for connections, or for a product's offers. */
  async function startSearch(): Promise<void> {
    if (!search.isReady) {
      await focusMissingField()
      return
    }
    if (!canEdit()) return
    offers.reset()
    connections.language = language.value
    if (search.form.kind === 'product') {
      connections.reset()
      await openProduct()
      return
    }
    const looking = connections.search(search.form)
    await focusNamed('connections')
    await looking
    await arriveAtConnections()
  }

  async function arriveAtConnections(): Promise<void> {
    basket.conversationId = connections.conversationId
    if (connections.state === 'ready') announce(t('sell.connectionsFound', connections.list?.rows.length ?? 0))
    await focusNamed('connections')
  }

  async function focusMissingField(): Promise<void> {
    const { form } = search
    if (form.kind === 'product') await focusNamed('product')
    else if (form.origin === null) await focusNamed('origin')
    else if (form.destination === null) await focusNamed('destination')
    else await focusNamed('travellers')
  }

  async function openProduct(): Promise<void> {
    const { product, date } = search.form
    if (!product) return
    await openOffers({ kind: 'product', product_id: product.product_id, travel_on: date })
  }

  /** Enter on a connection: the way back is looked for first, if there is one. */
  async function takeConnection(): Promise<void> {
    const { chosen, outward, searched, direction } = connections
    if (!chosen || !searched || !canEdit()) return
    if (searched.kind === 'return' && direction === 'outward') {
      const looking = connections.searchBack()
      offers.reset()
      await focusNamed('connections')
      await looking
      await arriveAtConnections()
      return
    }
    const isReturn = direction === 'inward' && outward !== null
    await openOffers(
      isReturn
        ? { kind: 'trip', trip_id: outward.id, return_trip_id: chosen.id }
        : { kind: 'trip', trip_id: chosen.id, return_trip_id: null },
    )
  }

  async function openRoute(): Promise<void> {
    const { origin, destination, via, date } = search.form
    if (!origin || !destination) return
    await openOffers({
      kind: 'route', origin: Number(origin.uic), destination: Number(destination.uic),
      via: via.map((place) => Number(place.uic)), travel_on: date,
    })
  }

  async function openOffers(wish: Parameters<typeof offers.fetch>[0]): Promise<void> {
    const form = connections.searched && wish.kind === 'trip' ? connections.searched : search.form
    const looking = offers.fetch(wish, { ...form, travelClass: search.form.travelClass })
    await focusNamed('offers')
    await looking
    if (offers.state === 'ready') announce(t('sell.offersFound', offers.bundles.length))
    if (offers.problem && await focusNamed('offers-again')) return
    await focusNamed(offers.chosenCode === null ? 'offers' : 'offer')
  }

  async function takeOffer(): Promise<void> {
    const open = offers.missing[0]
    if (open) {
      await focusNamed(`parameter-${open.travellerCode}-${open.key}`)
      return
    }
    if (await offers.take()) {
      announce(t('sell.itemAdded'))
      offers.reset()
      await goOnInBasket()
    }
  }

  function hasReferenceFault(): boolean {
    const { agency } = session.session ?? {}
    return findReferenceFault(basket.yourReference || (basket.order?.your_reference ?? ''), agency ?? null) !== null
  }

  /** The next thing the basket needs: a name, your reference, else the hold. */
  async function goOnInBasket(): Promise<void> {
    const next = names.missing[0]
    if (basket.order?.state === 'held') await focusNamed('held')
    else if (next) await focusNamed(`name-${next.code}-${next.field}`)
    else if (hasReferenceFault()) await focusNamed('reference')
    else await focusNamed('hold')
  }

  async function hold(acceptedTotal?: number): Promise<void> {
    if (basket.order?.state !== 'open' || basket.order.items.length === 0) return
    if (names.missing.length > 0 || hasReferenceFault()) {
      await goOnInBasket()
      return
    }
    const holding = sale.hold(acceptedTotal)
    await focusProgress()
    if (await holding) {
      announce(t('sell.held'))
      await focusNamed('held')
    } else if (!(await focusNamed('problem-action')) && !isTypingName()) {
      await focusNamed('hold')
    }
  }

  function isTypingName(): boolean {
    return Boolean(document.activeElement?.closest('[data-step=names]'))
  }

  /** The button that was pressed gives way to the progress; a field that is typed in stays. */
  async function focusProgress(): Promise<void> {
    await nextTick()
    if (!isTypingName()) await focusNamed('held')
  }

  /** Back to a basket that can be changed; the places lapse by themselves. */
  async function reopen(): Promise<void> {
    if (await basket.reopen()) await goOnInBasket()
  }

  /** A hold that became too short to sell is given up for a new one. */
  async function holdAgain(): Promise<void> {
    if (await basket.reopen()) await hold()
  }

  async function sell(): Promise<void> {
    if (sale.isUndoAsked) {
      await sale.undo()
      return
    }
    if (isHoldTooShort(basket.order, readServerNow())) {
      await focusNamed('hold-again')
      return
    }
    lastSold = connections.searched ?? search.form
    const confirming = sale.confirm()
    await focusNamed('held')
    await confirming
    if (!(await focusNamed('held'))) await focusNamed('hold')
  }

  /** Parks what there is and begins with an empty page, for another customer. */
  function startNewSale(): void {
    names.forget()
    clear()
    void focusNamed('command')
  }

  function clear(): void {
    sale.stopFollowing()
    basket.park(session.session?.agency?.default_language ?? language.value)
    offers.reset()
    connections.reset()
    search.reset()
    void router.replace({ name: 'sell', params: {} })
  }

  /** The same once more, now. */
  async function startSameAgain(isReversed = false): Promise<void> {
    const form = lastSold ?? connections.searched ?? search.form
    names.carryOver()
    await sellAgain(form, isReversed)
  }

  /** The same as an order had, opened from its page. */
  async function startAgainFrom(number: string): Promise<void> {
    await basket.attempt(async () => {
      const order = await callApi<Order>(`/orders/${encodeURIComponent(number)}`)
      const form = makeFormOfOrder(order, readSwissNow().date)
      names.carryOver(order)
      clear()
      if (form) await sellAgain(form)
      else await focusNamed('command')
    })
  }

  async function sellAgain(form: SearchForm, isReversed = false): Promise<void> {
    clear()
    const { date: today } = readSwissNow()
    search.form = {
      ...form,
      ...(isReversed ? { origin: form.destination, destination: form.origin, via: [...form.via].reverse() } : {}),
      date: form.date < today ? today : form.date,
      time: form.date <= today ? null : form.time,
    }
    await nextTick()
    await startSearch()
  }

  return {
    submitCommand, startSearch, takeConnection, openRoute, takeOffer, goOnInBasket, hold, holdAgain, reopen, sell,
    startNewSale,
    startSameAgain, startAgainFrom, focusMissingField, canEdit,
  }
}
