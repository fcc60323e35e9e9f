import { useQuery } from '@tanstack/vue-query'
import { computed, ref, watch, type Ref } from 'vue'
import { callApi } from '@/api/client'
import type { OrderSummary } from '@/api/types'

const PAUSE_MILLISECONDS = 150

/** Orders for what is being typed: number, ticket, reference, name. */
export function useOrderSearch(text: Ref<string>) {
  const query = ref('')
  let timer: number | undefined
  watch(text, (typed) => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => {
      query.value = typed.trim()
    }, PAUSE_MILLISECONDS)
  })
  const { data, isFetching, isError } = useQuery({
    queryKey: computed(() => ['order-search', query.value]),
    queryFn: ({ signal }) =>
      callApi<{ items: OrderSummary[] }>('/orders', { query: { query: query.value, limit: 10 }, signal }),
    enabled: computed(() => query.value.length >= 2),
    staleTime: 5_000,
  })
  const orders = computed(() => (query.value.length >= 2 ? (data.value?.items ?? []) : []))
  const state = computed(() => {
    if (query.value.length < 2) return 'empty'
    if (isFetching.value) return 'searching'
    if (isError.value) return 'failed'
    return orders.value.length > 0 ? 'found' : 'nothing'
  })
  return { orders, state }
}
