import { formatTime } from '@/format/dates'
import { formatAmount } from '@/format/money'
import { useLanguage } from './useLanguage'
import type { ShownProblem } from '@/api/problem'

const AMOUNTS = ['old_total', 'new_total', 'held_total', 'booked_total'] as const

/** What a problem says: what happened, what was not done, what to do. */
export function useProblemText() {
  const { t, te } = useLanguage()

  function listFacts(problem: ShownProblem): Record<string, string> {
    const facts: Record<string, string> = {}
    for (const name of AMOUNTS) {
      const value = problem.members[name]
      if (typeof value === 'number') facts[name] = `CHF\u00a0${formatAmount(value)}`
    }
    const until = problem.members['held_until']
    facts['until'] = typeof until === 'string' ? formatTime(until) : ''
    const request = problem.members['request_id']
    facts['request'] = typeof request === 'string' ? request : '–'
    return facts
  }

  function describeProblem(problem: ShownProblem): { title: string; text: string } {
    const code = te(`problems.${problem.code}.title`) ? problem.code : 'other'
    const facts = listFacts(problem)
    return { title: t(`problems.${code}.title`, facts), text: t(`problems.${code}.text`, facts) }
  }

  return { describeProblem }
}
