import type { Order } from '@/api/types'

/** What the customer pays: while the basket is open what its items cost now, from the hold on what was held. */
export function findTotal(order: Order): Order['total'] {
  return order.state === 'open' ? order.total : (order.held_total ?? order.total)
}
