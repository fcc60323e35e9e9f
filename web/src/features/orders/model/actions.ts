/** What can be done with an order: what its state allows now, and why not where not. Who may not, is not shown it. */
import type { Order, OrderState } from '@/api/types'
import { isUnderWay } from '@/orders/useOrder'

export type ActionName = 'sell' | 'documents' | 'undo' | 'again' | 'abandon'
/** Why an action is not possible now. */
export type Obstacle = 'underWay' | 'inDoubt' | 'notSold' | 'undoing' | 'undoOver'

export interface OrderAction {
  name: ActionName
  obstacle: Obstacle | null
}

type Can = (permission: string) => boolean

const BASKETS: readonly OrderState[] = ['open', 'held']
const SOLD: readonly OrderState[] = ['confirmed', 'cancelled', 'partly_refunded', 'refunded']
const ENDED_UNSOLD: readonly OrderState[] = ['failed', 'abandoned', 'expired']

function findBasketObstacle(order: Order): Obstacle | null {
  return isUnderWay(order) ? 'underWay' : null
}

function findDocumentObstacle(order: Order): Obstacle | null {
  if (SOLD.includes(order.state)) return null
  return order.state === 'in_doubt' ? 'inDoubt' : 'notSold'
}

/** What may be sold already must not be sold again. */
function findAgainObstacle(order: Order): Obstacle | null {
  if (order.state === 'in_doubt') return 'inDoubt'
  return order.state === 'confirming' ? 'underWay' : null
}

function findUndoObstacle(order: Order, now: number): Obstacle | null {
  if (order.step === 'undoing') return 'undoing'
  return order.undo_until !== null && Date.parse(order.undo_until) > now ? null : 'undoOver'
}

/** The actions in the order in which they are shown. `now`: the server's, in milliseconds. */
export function listActions(order: Order, can: Can, now: number): OrderAction[] {
  const actions: OrderAction[] = []
  const canSell = can('orders:sell')
  if (canSell && BASKETS.includes(order.state)) actions.push({ name: 'sell', obstacle: findBasketObstacle(order) })
  if (can('tickets:read') && !ENDED_UNSOLD.includes(order.state)) {
    actions.push({ name: 'documents', obstacle: findDocumentObstacle(order) })
  }
  if (can('orders:undo') && order.state === 'confirmed') {
    actions.push({ name: 'undo', obstacle: findUndoObstacle(order, now) })
  }
  if (canSell && order.items.length > 0 && !BASKETS.includes(order.state)) {
    actions.push({ name: 'again', obstacle: findAgainObstacle(order) })
  }
  if (canSell && BASKETS.includes(order.state)) actions.push({ name: 'abandon', obstacle: findBasketObstacle(order) })
  return actions
}

/** An undo that was begun and did not happen, from the journal's last word on it. */
export function findFailedUndo(order: Order): 'notDone' | 'unclear' | 'refused' | null {
  if (order.state !== 'confirmed' || order.step !== null) return null
  const outcomes = { undo_not_done: 'notDone', undo_unclear: 'unclear', undo_refused: 'refused' } as const
  const last = order.journal.filter((entry) => entry.entry.startsWith('undo_')).at(-1)
  return last && last.entry in outcomes ? outcomes[last.entry as keyof typeof outcomes] : null
}
