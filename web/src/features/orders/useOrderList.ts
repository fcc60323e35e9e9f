/** The list as the address describes it: filters, page, and the orders that the server finds. */
import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { buildAddress, callApi } from '@/api/client'
import { isProblem, toShownProblem } from '@/api/problem'
import type { OrderSummary } from '@/api/types'
import { readSwissNow } from '@/composables/serverClock'
import { useLanguage } from '@/composables/useLanguage'
import { useSession } from '@/session'
import { readFilter, readTextAsDay, toParameters, writeFilter, type OrderFilter } from './model/filter'

const PAUSE_MILLISECONDS = 150
const LOOK_AGAIN_MILLISECONDS = 30_000

interface OrderPage {
  items: OrderSummary[]
  next_cursor: string | null
}

export function useOrderList() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()
  const { language } = useLanguage()
  let timer: number | undefined

  const filter = computed(() => readFilter(route.query))
  /** What stands in the search field; the address follows after a pause. */
  const typed = ref(filter.value.text)
  /** The pages before this one, as far as they were looked at. */
  const before = ref<(string | null)[]>([])
  const context = computed(() => ({ today: readSwissNow().date, language: language.value }))
  const parameters = computed(() => toParameters(filter.value, context.value))
  const textDay = computed(() => readTextAsDay(typed.value, context.value))

  const query = useQuery({
    queryKey: computed(() => ['orders', session.workplace, parameters.value]),
    queryFn: ({ signal }) => callApi<OrderPage>('/orders', { query: parameters.value, signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: ({ state }) => (isProblem(state.error) ? false : LOOK_AGAIN_MILLISECONDS),
  })
  watch(() => session.state, (state) => { if (state === 'signed-in') void query.refetch() })

  function show(next: OrderFilter): void {
    window.clearTimeout(timer)
    if (next.cursor === null) before.value = []
    if (route.name === 'orders') void router.replace({ name: 'orders', query: writeFilter(next) })
  }

  function change(part: Partial<OrderFilter>): void {
    show({ ...filter.value, text: typed.value, cursor: null, ...part })
  }

  watch(typed, (text) => {
    window.clearTimeout(timer)
    if (text === filter.value.text) return
    timer = window.setTimeout(() => { change({ text }) }, PAUSE_MILLISECONDS)
  })
  watch(() => filter.value.text, (text) => {
    if (text.trim() !== typed.value.trim()) typed.value = text
  })

  function pageOn(): boolean {
    const next = query.data.value?.next_cursor ?? null
    if (next === null || query.isPlaceholderData.value) return false
    before.value = [...before.value, filter.value.cursor]
    show({ ...filter.value, cursor: next })
    return true
  }

  /** One page back; after a reload, when what came before is not known, to the newest. */
  function pageBack(): boolean {
    if (filter.value.cursor === null) return false
    const earlier = before.value.at(-1) ?? null
    before.value = before.value.slice(0, -1)
    show({ ...filter.value, cursor: earlier })
    return true
  }

  return {
    filter, typed, textDay, context, change, pageOn, pageBack,
    orders: computed(() => query.data.value?.items ?? []),
    hasMore: computed(() => (query.data.value?.next_cursor ?? null) !== null),
    problem: computed(() => (query.error.value ? toShownProblem(query.error.value) : null)),
    isFirstLoad: query.isPending,
    /** What is shown is not yet what was asked for. */
    isBehind: computed(() => query.isPlaceholderData.value || typed.value.trim() !== filter.value.text.trim()),
    again: () => query.refetch(),
    csvAddress: computed(() => buildAddress('/orders.csv', parameters.value)),
  }
}
