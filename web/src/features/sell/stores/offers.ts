/** The middle column, lower half: what is on sale for the chosen connection or product. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { toShownProblem, type ShownProblem } from '@/api/problem'
import type { Bundle, FetchOffers, OfferSet } from '@/api/types'
import { findDefaultBundle, listParameters, sortBundles } from '../model/bundles'
import { assignCodes, listMembers } from '../model/party'
import type { SearchForm } from '../model/search'
import { useBasket } from './basket'

type Wish = FetchOffers['wish']

export const useOffers = defineStore('sell-offers', () => {
  const basket = useBasket()
  const state = ref<'idle' | 'loading' | 'ready' | 'failed'>('idle')
  const set = shallowRef<OfferSet | null>(null)
  const problem = shallowRef<ShownProblem | null>(null)
  const travelClass = ref<1 | 2>(2)
  const chosenCode = ref<string | null>(null)
  /** Further inputs, by traveller and key. */
  const values = ref<Record<string, Record<string, string>>>({})
  let last: { wish: Wish; form: SearchForm } | null = null
  let abort = new AbortController()

  const bundles = computed(() => sortBundles(set.value?.bundles ?? [], travelClass.value))
  const chosen = computed(() => bundles.value.find((bundle) => bundle.code === chosenCode.value) ?? null)
  const parameters = computed(() => listParameters(chosen.value?.offers ?? []))
  const missing = computed(() =>
    parameters.value.filter((one) => !one.isOptional && !values.value[one.travellerCode]?.[one.key]))

  async function fetch(wish: Wish, form: SearchForm): Promise<void> {
    abort.abort()
    abort = new AbortController()
    const { signal } = abort
    last = { wish, form }
    state.value = 'loading'
    problem.value = null
    set.value = null
    chosenCode.value = null
    travelClass.value = form.travelClass
    try {
      const members = listMembers(form.party, form.date)
      const answer = await basket.fetchOffers(
        () => ({ wish, travellers: assignCodes(members, basket.order?.travellers ?? []) }),
        signal,
      )
      if (signal.aborted) return
      set.value = answer
      chosenCode.value = findDefaultBundle(bundles.value)?.code ?? null
      state.value = 'ready'
    } catch (error) {
      if (signal.aborted) return
      problem.value = toShownProblem(error)
      state.value = 'failed'
    }
  }

  async function fetchAgain(): Promise<void> {
    if (last) await fetch(last.wish, last.form)
  }

  function chooseClass(wanted: 1 | 2): void {
    travelClass.value = wanted
    chosenCode.value = findDefaultBundle(bundles.value)?.code ?? null
  }

  /** One answer is usually everybody's: it also becomes that of those who have none yet. */
  function fillValue(travellerCode: string, key: string, value: string): void {
    const all = { ...values.value }
    for (const field of parameters.value) {
      const isMeant = field.travellerCode === travellerCode || !all[field.travellerCode]?.[key]
      if (field.key === key && isMeant) all[field.travellerCode] = { ...all[field.travellerCode], [key]: value }
    }
    values.value = all
  }

  /** Puts the chosen offers into the basket. */
  async function take(bundle: Bundle | null = chosen.value): Promise<boolean> {
    if (!set.value || !bundle || missing.value.length > 0) return false
    const sales: Record<string, Record<string, string>> = {}
    for (const { travellerCode, key } of parameters.value) {
      const value = values.value[travellerCode]?.[key]
      if (value) sales[travellerCode] = { ...sales[travellerCode], [key]: value }
    }
    return basket.addItem({ offer_set: set.value.code, bundle: bundle.code, sales_parameters: sales })
  }

  function reset(): void {
    abort.abort()
    state.value = 'idle'
    set.value = null
    problem.value = null
    chosenCode.value = null
    values.value = {}
    last = null
  }

  return {
    state, set, bundles, chosen, chosenCode, travelClass, parameters, values, missing, problem,
    fetch, fetchAgain, chooseClass, fillValue, take, reset,
  }
})
