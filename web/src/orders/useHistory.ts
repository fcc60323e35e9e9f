/** The journal of an order as sentences a seller understands. */
import type { JournalEntry, Order } from '@/api/types'
import { useServerClock } from '@/composables/serverClock'
import { useLanguage } from '@/composables/useLanguage'
import { formatShortDate, formatTime, formatTimeWithSeconds, readWallClock } from '@/format/dates'
import { formatAmount } from '@/format/money'

const AMOUNTS = ['total', 'held_total', 'booked_total'] as const
/** What only helps on the telephone with SBB: why, in the supplier's words. */
const CAUSES = ['cause', 'reason', 'code', 'step'] as const

export interface HistoryLine {
  key: string
  when: string
  text: string
  cause: string
  actor: string
}

function readText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export function useHistory() {
  const { t, te, language } = useLanguage()
  const { today } = useServerClock()

  function listFacts(detail: JournalEntry['detail']): Record<string, string> {
    const facts: Record<string, string> = {
      booking: readText(detail['booking_id']), note: readText(detail['note']), count: readText(detail['tickets']),
    }
    for (const name of AMOUNTS) {
      const value = detail[name]
      facts[name] = typeof value === 'number' ? `CHF\u00a0${formatAmount(value)}` : ''
    }
    const until = detail['held_until']
    facts['until'] = typeof until === 'string' ? formatTime(until) : ''
    return facts
  }

  function describeEntry(entry: JournalEntry): string {
    const known = te(`history.${entry.entry}`) ? entry.entry : 'other'
    const text = t(`history.${known}`, { ...listFacts(entry.detail), entry: entry.entry })
    const code = readText(entry.detail['code'])
    return code !== '' && te(`problems.${code}.title`) ? `${text}: ${t(`problems.${code}.title`, { until: '' })}` : text
  }

  function listCauses(detail: JournalEntry['detail']): string {
    return CAUSES.map((name) => readText(detail[name])).filter(Boolean).join(', ')
  }

  /** The day is only said where it is not today's. */
  function formatMoment(moment: string): string {
    const { date } = readWallClock(moment)
    const time = formatTimeWithSeconds(moment)
    return date === today.value ? time : `${formatShortDate(date, language.value)} ${time}`
  }

  /** The newest first. */
  function describeHistory(order: Order): HistoryLine[] {
    return order.journal
      .map((entry, index) => ({
        key: String(index),
        when: formatMoment(entry.at),
        text: describeEntry(entry),
        cause: listCauses(entry.detail),
        actor: entry.actor === 'system' ? t('history.system') : entry.actor,
      }))
      .reverse()
  }

  return { describeHistory, formatMoment }
}
