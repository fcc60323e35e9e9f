import type { Order } from '@/api/types'

/** The places are still held, but not long enough to sell: they must be held again first. */
export function isHoldTooShort(order: Order | null, now: number): boolean {
  return order?.state === 'held' && order.confirm_until !== null && Date.parse(order.confirm_until) <= now
}
