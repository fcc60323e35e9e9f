/** The orders in doubt, and the one that is looked at. */
import { useQuery } from '@tanstack/vue-query'
import { computed, watch, type Ref } from 'vue'
import { callApi } from '@/api/client'
import { isProblem, toShownProblem } from '@/api/problem'
import type { Doubt, OrderSummary } from '@/api/types'
import { setServerNow } from '@/composables/serverClock'
import { useSession } from '@/session'

const LOOK_AGAIN_MILLISECONDS = 15_000

interface DoubtPage {
  items: OrderSummary[]
  next_cursor: string | null
}

export function useDoubtList() {
  const session = useSession()
  const query = useQuery({
    queryKey: computed(() => ['doubts', session.workplace]),
    queryFn: ({ signal }) => callApi<DoubtPage>('/doubts', { signal }),
    staleTime: 0,
    retry: false,
    refetchInterval: ({ state }) => (isProblem(state.error, 'not-signed-in') ? false : LOOK_AGAIN_MILLISECONDS),
  })
  watch(() => session.state, (state) => { if (state === 'signed-in') void query.refetch() })
  return {
    doubts: computed(() => query.data.value?.items ?? []),
    hasMore: computed(() => (query.data.value?.next_cursor ?? null) !== null),
    isFirstLoad: query.isPending,
    problem: computed(() => (query.error.value ? toShownProblem(query.error.value) : null)),
    refetch: query.refetch,
  }
}

export function useDoubt(number: Ref<string>) {
  const session = useSession()
  const query = useQuery({
    queryKey: computed(() => ['doubt', session.workplace, number.value]),
    queryFn: async ({ signal }) => {
      const doubt = await callApi<Doubt>(`/doubts/${encodeURIComponent(number.value)}`, { signal })
      setServerNow(doubt.order.server_now)
      return doubt
    },
    enabled: computed(() => number.value !== ''),
    staleTime: 0,
    retry: false,
    refetchInterval: ({ state }) => (isProblem(state.error) ? false : LOOK_AGAIN_MILLISECONDS),
  })
  return {
    doubt: query.data,
    problem: computed(() => (query.error.value ? toShownProblem(query.error.value) : null)),
    refetch: query.refetch,
  }
}
