/** Amounts as people read and type them: `CHF 1’234.50` in every language (U+2019, no-break space, U+2212). */

export interface Money {
  amount: number
  currency: string
}

const GROUP_MARK = '\u2019'
const MINUS = '\u2212'
const NO_BREAK_SPACE = '\u00a0'

/** Rappen as `1’234.50`. */
export function formatAmount(rappen: number): string {
  const digits = Math.abs(rappen).toString().padStart(3, '0')
  const francs = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, GROUP_MARK)
  return `${rappen < 0 ? MINUS : ''}${francs}.${digits.slice(-2)}`
}

export function formatMoney(money: Money): string {
  return `${money.currency}${NO_BREAK_SPACE}${formatAmount(money.amount)}`
}

/** Rappen from what was typed (`1'234.50`, `1’234.5`, `12.-`, `CHF 12,50`), or null. */
export function parseAmount(text: string): number | null {
  const plain = text
    .trim()
    .replace(/^(chf|fr\.?)\s*/i, '')
    .replace(/['\u2019\s\u00a0\u202f]/g, '')
    .replace(MINUS, '-')
  const match = /^(-?)(\d{1,9})(?:[.,](?:(\d{1,2})|[-–]{1,2}))?$/.exec(plain)
  if (!match) return null
  const rappen = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] && rappen !== 0 ? -rappen : rappen
}
