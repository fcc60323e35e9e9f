/** The order that is being put together: items, travellers, means of payment. Selling it is in `sale`. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { callApi, makeIdempotencyKey } from '@/api/client'
import { toShownProblem, type ShownProblem } from '@/api/problem'
import type {
  AddItem, ChangeOrder, CreateOrder, FetchOffers, NameTraveller, OfferSet, Order,
} from '@/api/types'
import { setServerNow } from '@/composables/serverClock'
import type { Language } from '@/format/language'

export const useBasket = defineStore('sell-basket', () => {
  const order = shallowRef<Order | null>(null)
  const problem = shallowRef<ShownProblem | null>(null)
  const isBusy = ref(false)
  /** Chosen before there is an order. */
  const ticketLanguage = ref<Language>('de')
  const yourReference = ref('')
  const conversationId = ref<string | null>(null)
  // One order per basket, however often the answer is lost.
  let creation: { key: string; body: string } | null = null
  let last: Promise<unknown> = Promise.resolve()

  const number = computed(() => order.value?.number ?? null)
  const path = computed(() => `/orders/${number.value ?? ''}`)

  /** Answers may overtake each other: an older one changes nothing. */
  function accept(answer: Order): Order {
    setServerNow(answer.server_now)
    const present = order.value
    const isOlder = present?.number === answer.number && Date.parse(answer.changed_at) < Date.parse(present.changed_at)
    if (isOlder) return answer
    // What was said of the state before is history.
    if (present?.number === answer.number && present.state !== answer.state) problem.value = null
    order.value = answer
    return answer
  }

  /** Runs a step, after those before it; what goes wrong is shown in the basket. */
  function attempt(step: () => Promise<unknown>): Promise<boolean> {
    const mine = last.then(() => runStep(step))
    last = mine.catch(() => undefined)
    return mine
  }

  async function runStep(step: () => Promise<unknown>): Promise<boolean> {
    isBusy.value = true
    problem.value = null
    try {
      await step()
      return true
    } catch (error) {
      problem.value = toShownProblem(error)
      return false
    } finally {
      isBusy.value = false
    }
  }

  async function load(orderNumber: string): Promise<boolean> {
    return attempt(async () => accept(await callApi<Order>(`/orders/${orderNumber}`)))
  }

  async function refresh(): Promise<void> {
    if (number.value !== null) accept(await callApi<Order>(path.value))
  }

  async function ensureOrder(): Promise<void> {
    if (order.value) return
    const body: CreateOrder = {
      ticket_language: ticketLanguage.value,
      your_reference: yourReference.value.trim() || null,
      conversation_id: conversationId.value,
    }
    if (creation?.body !== JSON.stringify(body)) creation = { key: makeIdempotencyKey(), body: JSON.stringify(body) }
    accept(await callApi<Order>('/orders', { method: 'POST', body, idempotencyKey: creation.key }))
    creation = null
  }

  /** Throws what goes wrong: offers are shown elsewhere. */
  async function fetchOffers(build: () => FetchOffers, signal: AbortSignal): Promise<OfferSet> {
    await ensureOrder()
    return callApi<OfferSet>(`${path.value}/offers`, { method: 'POST', body: build(), signal })
  }

  function addItem(body: AddItem): Promise<boolean> {
    return attempt(async () => accept(await callApi<Order>(`${path.value}/items`, { method: 'POST', body })))
  }

  function removeItem(code: string): Promise<boolean> {
    return attempt(async () => accept(await callApi<Order>(`${path.value}/items/${code}`, { method: 'DELETE' })))
  }

  async function nameTravellers(travellers: NameTraveller[]): Promise<void> {
    accept(await callApi<Order>(`${path.value}/travellers`, { method: 'PUT', body: { travellers } }))
  }

  /** Before there is an order the wish is kept; later the server may fetch offers anew. */
  async function change(body: ChangeOrder): Promise<boolean> {
    if (body.ticket_language) ticketLanguage.value = body.ticket_language
    if (body.your_reference !== undefined) yourReference.value = body.your_reference ?? ''
    if (!order.value) return true
    return attempt(async () => accept(await callApi<Order>(path.value, { method: 'PATCH', body })))
  }

  function reopen(): Promise<boolean> {
    return attempt(async () => accept(await callApi<Order>(`${path.value}/reopen`, { method: 'POST' })))
  }

  function abandon(): Promise<boolean> {
    return attempt(async () => accept(await callApi<Order>(`${path.value}/abandon`, { method: 'POST' })))
  }

  /** The basket stays with the server; here begins a new one. */
  function park(language: Language): void {
    order.value = null
    problem.value = null
    creation = null
    conversationId.value = null
    yourReference.value = ''
    ticketLanguage.value = language
  }

  return {
    order, problem, isBusy, ticketLanguage, yourReference, conversationId, number, path,
    accept, attempt, load, refresh, fetchOffers, addItem, removeItem, nameTravellers, change, reopen, abandon, park,
  }
})
