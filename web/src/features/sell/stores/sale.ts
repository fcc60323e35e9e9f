/** From the basket to the ticket: hold, confirm, undo. Nothing here is ever done twice by a lost answer. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { callApi, makeIdempotencyKey } from '@/api/client'
import { NoAnswerError, isProblem } from '@/api/problem'
import type { Order } from '@/api/types'
import { useBasket } from './basket'
import { useNames } from './names'

const POLL_MILLISECONDS = 1_000
const SLOW_POLL_MILLISECONDS = 15_000

/** Something is being done at SBB, or it is not known yet what was done. */
function isUnderWay(order: Order): boolean {
  return order.step !== null || order.state === 'confirming'
}

export const useSale = defineStore('sell-sale', () => {
  const basket = useBasket()
  const names = useNames()
  const activity = ref<'holding' | 'confirming' | 'undoing' | null>(null)
  /** The server does not answer at this moment; what is under way goes on there. */
  const isConnectionLost = ref(false)
  const isUndoAsked = ref(false)
  /** The order that was confirmed from this page: its tickets are printed at once. */
  const soldHere = ref<string | null>(null)
  const keys = new Map<string, string>()
  let timer: number | undefined

  const state = computed(() => basket.order?.state ?? null)
  const isWorking = computed(() => activity.value !== null || (basket.order !== null && isUnderWay(basket.order)))

  /** The same press keeps its key until an answer came; then the next press is another. */
  async function post(step: string, body?: unknown): Promise<Order> {
    const name = `${basket.number ?? ''}/${step}/${JSON.stringify(body ?? null)}`
    const key = keys.get(name) ?? makeIdempotencyKey()
    keys.set(name, key)
    try {
      const answer = await callApi<Order>(`${basket.path}/${step}`, { method: 'POST', body, idempotencyKey: key })
      keys.delete(name)
      return basket.accept(answer)
    } catch (error) {
      if (!(error instanceof NoAnswerError)) keys.delete(name)
      throw error
    }
  }

  async function run(what: NonNullable<typeof activity.value>, step: () => Promise<unknown>): Promise<boolean> {
    if (activity.value !== null) return false
    activity.value = what
    try {
      return await basket.attempt(step)
    } finally {
      activity.value = null
    }
  }

  /** What failed may have changed the order: prices, state. The problem stays on the screen. */
  async function refreshQuietly(): Promise<void> {
    try {
      await basket.refresh()
      isConnectionLost.value = false
    } catch (error) {
      if (!(error instanceof NoAnswerError) && !isProblem(error)) throw error
      isConnectionLost.value = error instanceof NoAnswerError
    }
  }

  /** Holds the places at the price that the seller sees, or at the new one that was accepted. */
  async function hold(acceptedTotal?: number): Promise<boolean> {
    const isHeld = await run('holding', async () => {
      if (!names.isSaved) await saveNames()
      const total = acceptedTotal ?? basket.order?.total.amount ?? 0
      try {
        await post('hold', { expected_total: total })
      } catch (error) {
        await refreshQuietly()
        throw error
      }
    })
    follow()
    return isHeld
  }

  async function saveNames(): Promise<void> {
    await basket.nameTravellers(names.commands)
  }

  async function confirm(): Promise<boolean> {
    const total = basket.order?.held_total?.amount
    if (total === undefined || state.value !== 'held') return false
    soldHere.value = basket.number
    const isAnswered = await run('confirming', async () => {
      follow()
      try {
        await post('confirm', { expected_total: total })
      } catch (error) {
        await refreshQuietly()
        // Without an answer the order itself tells what happened; it is followed until it does.
        if (!(error instanceof NoAnswerError) || state.value === 'held') throw error
      }
    })
    follow()
    return isAnswered
  }

  async function undo(): Promise<boolean> {
    const isAnswered = await run('undoing', async () => {
      try {
        await post('undo')
      } catch (error) {
        await refreshQuietly()
        if (!(error instanceof NoAnswerError)) throw error
      }
    })
    isUndoAsked.value = false
    follow()
    return isAnswered
  }

  /** Reads the order until nothing is under way any more; in doubt, it is looked at now and then. */
  function follow(): void {
    window.clearTimeout(timer)
    const order = basket.order
    const isFast = activity.value === 'confirming' || isConnectionLost.value || (order !== null && isUnderWay(order))
    if (!order || (!isFast && order.state !== 'in_doubt')) return
    timer = window.setTimeout(() => {
      void refreshQuietly().then(follow)
    }, isFast ? POLL_MILLISECONDS : SLOW_POLL_MILLISECONDS)
  }

  function stopFollowing(): void {
    window.clearTimeout(timer)
    isConnectionLost.value = false
    isUndoAsked.value = false
  }

  return { activity, isWorking, isConnectionLost, isUndoAsked, soldHere, hold, confirm, undo, follow, stopFollowing }
})
