/** The middle column, upper half: connections with their prices, there and (for a return) back. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { callApi } from '@/api/client'
import { toShownProblem, type ShownProblem } from '@/api/problem'
import type { FindPrices, TripPrice, Trips } from '@/api/types'
import { readSwissNow } from '@/composables/serverClock'
import { readWallClock } from '@/format/dates'
import type { Language } from '@/format/language'
import { listMembers } from '../model/party'
import { findReturnStart, type SearchForm } from '../model/search'
import { readTripRow, type TripRow } from '../model/trips'

export type Direction = 'outward' | 'inward'
export type ClassPrices = Partial<Record<1 | 2, TripPrice>>
const MAX_PRICED = 20

interface Question {
  origin: string
  destination: string
  via: string[]
  at: string
  isArrival: boolean
}

interface TripList {
  question: Question
  rows: TripRow[]
  earlier: string | null
  later: string | null
  chosenId: string | null
}

export const useConnections = defineStore('sell-connections', () => {
  const state = ref<'idle' | 'loading' | 'ready' | 'failed'>('idle')
  const direction = ref<Direction>('outward')
  const lists = shallowRef<Partial<Record<Direction, TripList>>>({})
  const prices = shallowRef<Record<string, ClassPrices>>({})
  const pricesState = ref<'idle' | 'loading' | 'complete' | 'failed'>('idle')
  const problem = shallowRef<ShownProblem | null>(null)
  const conversationId = ref<string | null>(null)
  const searched = shallowRef<SearchForm | null>(null)
  const language = ref<Language>('de')
  let abort = new AbortController()

  const list = computed(() => lists.value[direction.value] ?? null)
  const chosen = computed(() => findChosen(list.value))
  const outward = computed(() => findChosen(lists.value.outward))

  function setList(change: Partial<TripList>, where: Direction = direction.value): void {
    const present = lists.value[where]
    if (present) lists.value = { ...lists.value, [where]: { ...present, ...change } }
  }

  function restart(): AbortSignal {
    abort.abort()
    abort = new AbortController()
    problem.value = null
    return abort.signal
  }

  function ask(question: Question, scroll: string | null, signal: AbortSignal): Promise<Trips> {
    const { origin, destination, via, at, isArrival } = question
    const query = {
      origin, destination, via, at, is_arrival: isArrival, language: language.value, scroll,
      conversation_id: conversationId.value,
    }
    return callApi<Trips>('/trips', { query, signal })
  }

  async function search(form: SearchForm): Promise<void> {
    conversationId.value = null
    prices.value = {}
    searched.value = structuredCloneOf(form)
    lists.value = {}
    const now = readSwissNow()
    const question = {
      origin: form.origin?.uic ?? '',
      destination: form.destination?.uic ?? '',
      via: form.via.map((place) => place.uic),
      at: `${form.date}T${form.time ?? now.time}`,
      isArrival: form.isArrival,
    }
    await fetchFirst('outward', question)
  }

  async function searchBack(): Promise<void> {
    const form = searched.value
    const there = outward.value
    if (!form || !there) return
    const start = findReturnStart(form, readWallClock(there.trip.arrival_at))
    const question = {
      origin: form.destination?.uic ?? '',
      destination: form.origin?.uic ?? '',
      via: form.via.map((place) => place.uic).reverse(),
      at: `${start.date}T${start.time}`,
      isArrival: false,
    }
    await fetchFirst('inward', question)
  }

  async function fetchFirst(where: Direction, question: Question): Promise<void> {
    const signal = restart()
    direction.value = where
    state.value = 'loading'
    pricesState.value = 'idle'
    try {
      const answer = await ask(question, null, signal)
      const rows = answer.trips.map(readTripRow)
      conversationId.value = answer.conversation_id
      const first = question.isArrival ? rows.findLast((row) => !row.isCancelled) : rows.find((row) => !row.isCancelled)
      const chosenId = (first ?? rows[0])?.id ?? null
      const { earlier, later } = answer
      lists.value = { ...lists.value, [where]: { question, rows, earlier, later, chosenId } }
      state.value = 'ready'
      void fetchPrices(rows, signal)
    } catch (error) {
      if (signal.aborted) return
      problem.value = toShownProblem(error)
      state.value = 'failed'
    }
  }

  /** Adds earlier or later connections; false if there are none. */
  async function scroll(way: 'earlier' | 'later'): Promise<boolean> {
    const present = list.value
    const context = present?.[way]
    if (!present || !context || state.value !== 'ready') return false
    const signal = abort.signal
    try {
      const answer = await ask(present.question, context, signal)
      const known = new Set(present.rows.map((row) => row.id))
      const rows = answer.trips.map(readTripRow).filter((row) => !known.has(row.id))
      const all = way === 'earlier' ? [...rows, ...present.rows] : [...present.rows, ...rows]
      setList({ rows: all, [way]: answer[way] })
      void fetchPrices(rows, signal)
      return rows.length > 0
    } catch (error) {
      if (!signal.aborted) problem.value = toShownProblem(error)
      return false
    }
  }

  async function fetchPrices(rows: readonly TripRow[], signal: AbortSignal): Promise<void> {
    const form = searched.value
    const travellers = form ? listMembers(form.party, form.date).filter((member) => member.kind === 'person') : []
    const ids = rows.filter((row) => !row.isCancelled).map((row) => row.id)
    if (travellers.length === 0 || ids.length === 0) {
      pricesState.value = 'complete'
      return
    }
    pricesState.value = 'loading'
    const asked = travellers.map(({ age, reduction }) => ({ age: age ?? 0, reduction }))
    const batches = Array.from({ length: Math.ceil(ids.length / MAX_PRICED) }, (_, batch) =>
      ids.slice(batch * MAX_PRICED, (batch + 1) * MAX_PRICED))
    const calls = batches.flatMap((batch) => ([2, 1] as const).map((one) => fetchClass(one, batch, asked, signal)))
    const results = await Promise.all(calls)
    if (!signal.aborted) pricesState.value = results.every(Boolean) ? 'complete' : 'failed'
  }

  async function fetchClass(
    travelClass: 1 | 2, ids: string[], travellers: FindPrices['travellers'], signal: AbortSignal,
  ): Promise<boolean> {
    const body = {
      trip_ids: ids, travellers, travel_class: travelClass, language: language.value,
      conversation_id: conversationId.value ?? '',
    } satisfies FindPrices
    try {
      const answer = await callApi<{ prices: TripPrice[] }>('/trip-prices', { method: 'POST', body, signal })
      const all = { ...prices.value }
      for (const price of answer.prices) all[price.trip_id] = { ...all[price.trip_id], [travelClass]: price }
      if (!signal.aborted) prices.value = all
      return true
    } catch (error) {
      // Prices are a help; the offers decide. What went wrong is said in the panel's head.
      if (!signal.aborted) toShownProblem(error)
      return false
    }
  }

  function choose(id: string): void {
    setList({ chosenId: id })
  }

  function goOutward(): void {
    direction.value = 'outward'
  }

  function reset(): void {
    restart()
    lists.value = {}
    prices.value = {}
    state.value = 'idle'
    pricesState.value = 'idle'
    direction.value = 'outward'
    searched.value = null
    conversationId.value = null
  }

  return {
    state, direction, lists, list, chosen, outward, prices, pricesState, problem, conversationId, searched, language,
    search, searchBack, scroll, choose, goOutward, reset,
  }
})

function findChosen(list: TripList | null | undefined): TripRow | null {
  return list?.rows.find((row) => row.id === list.chosenId) ?? null
}

function structuredCloneOf(form: SearchForm): SearchForm {
  return JSON.parse(JSON.stringify(form)) as SearchForm
}
