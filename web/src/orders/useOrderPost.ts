/** Doing something with an order: once, however often the answer is lost. */
import { ref, shallowRef, type Ref } from 'vue'
import { callApi, makeIdempotencyKey } from '@/api/client'
import { NoAnswerError, toShownProblem, type ShownProblem } from '@/api/problem'
import type { Order } from '@/api/types'

interface OrderSource {
  acceptOrder: (answer: Order) => void
  refetch: () => Promise<unknown>
}

interface Wish {
  body?: unknown
  /** Whether the route takes an Idempotency-Key. */
  isKeyed?: boolean
}

export function useOrderPost(source: OrderSource, problem: Ref<ShownProblem | null> = shallowRef(null)) {
  const isBusy = ref(false)
  const keys = new Map<string, string>()

  /** The same press keeps its key until an answer came; then the next press is another. */
  async function send(path: string, body: unknown, isKeyed: boolean): Promise<void> {
    const name = `${path}/${JSON.stringify(body ?? null)}`
    const key = keys.get(name) ?? makeIdempotencyKey()
    if (isKeyed) keys.set(name, key)
    const call = { method: 'POST', body } as const
    try {
      source.acceptOrder(await callApi<Order>(path, isKeyed ? { ...call, idempotencyKey: key } : call))
      keys.delete(name)
    } catch (error) {
      if (!(error instanceof NoAnswerError)) keys.delete(name)
      throw error
    }
  }

  /** True if it was answered; else `problem` says why not, and the order is read again. */
  async function post(path: string, { body, isKeyed = false }: Wish = {}): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    problem.value = null
    try {
      await send(path, body, isKeyed)
      return true
    } catch (error) {
      problem.value = toShownProblem(error)
      await source.refetch()
      return false
    } finally {
      isBusy.value = false
    }
  }

  return { isBusy, problem, post }
}
