/** The lines of an order: its tickets once it is sold, until then what is in the basket. */
import type { Order, OrderItem, OrderTraveller, Ticket } from '@/api/types'

export interface OrderLine {
  key: string
  item: OrderItem | null
  ticket: Ticket | null
  travellers: OrderTraveller[]
  amount: number | null
}

function findItem(order: Order, code: string | null): OrderItem | null {
  // An adopted booking does not say which ticket is for which item; with one item there is no question.
  const only = order.items.length === 1 ? (order.items[0] ?? null) : null
  return order.items.find((item) => item.code === code) ?? only
}

export function listLines(order: Order): OrderLine[] {
  if (order.tickets.length === 0) {
    return order.items.map((item) => ({
      key: item.code, item, ticket: null, amount: item.price.amount,
      travellers: order.travellers.filter((one) => item.traveller_codes.includes(one.code)),
    }))
  }
  return order.tickets.map((ticket) => ({
    key: ticket.ticket_id, item: findItem(order, ticket.item_code), ticket, amount: ticket.price?.amount ?? null,
    travellers: order.travellers.filter((one) => one.code === ticket.traveller_code),
  }))
}
