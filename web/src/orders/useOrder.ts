/** One order, read from the server until nothing about it can change by itself any more. */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, watch, type Ref } from 'vue'
import { callApi } from '@/api/client'
import { isProblem, NoAnswerError } from '@/api/problem'
import type { Order } from '@/api/types'
import { setServerNow } from '@/composables/serverClock'
import { useSession } from '@/session'

const FAST_MILLISECONDS = 1_000
const DOUBT_MILLISECONDS = 15_000
const SLOW_MILLISECONDS = 60_000

/** Something is being done at SBB at this moment. */
export function isUnderWay(order: Order): boolean {
  return order.step !== null || order.state === 'confirming'
}

/** How soon to look again; false if the order stays as it is. */
export function findLookAgain(order: Order): number | false {
  if (isUnderWay(order)) return FAST_MILLISECONDS
  if (order.state === 'in_doubt') return DOUBT_MILLISECONDS
  return order.state === 'open' || order.state === 'held' || order.undo_until !== null ? SLOW_MILLISECONDS : false
}

export function useOrder(number: Ref<string>) {
  const session = useSession()
  const queryClient = useQueryClient()
  const queryKey = computed(() => ['order', session.workplace, number.value])

  async function read(signal: AbortSignal): Promise<Order> {
    const answer = await callApi<Order>(`/orders/${encodeURIComponent(number.value)}`, { signal })
    setServerNow(answer.server_now)
    return pickNewer(answer)
  }

  /** Answers may overtake each other: an older one changes nothing. */
  function pickNewer(answer: Order): Order {
    const present = queryClient.getQueryData<Order>(queryKey.value)
    const isOlder = present !== undefined && Date.parse(answer.changed_at) < Date.parse(present.changed_at)
    return isOlder ? present : answer
  }

  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => read(signal),
    enabled: computed(() => number.value !== ''),
    staleTime: 0,
    retry: false,
    refetchInterval: ({ state: { data, error } }) => {
      if (isProblem(error, 'not-found', 'permission-denied', 'not-signed-in')) return false
      return data === undefined ? FAST_MILLISECONDS * 5 : findLookAgain(data)
    },
  })

  // Whoever signs in again sees it as it is now.
  watch(() => session.state, (state) => { if (state === 'signed-in') void query.refetch() })

  /** Takes over the order from the answer to something that was done with it. */
  function acceptOrder(answer: Order): void {
    setServerNow(answer.server_now)
    queryClient.setQueryData(queryKey.value, pickNewer(answer))
  }

  return {
    order: query.data, error: query.error, isLoading: query.isLoading, refetch: query.refetch, acceptOrder,
    isConnectionLost: computed(() => query.error.value instanceof NoAnswerError),
  }
}
