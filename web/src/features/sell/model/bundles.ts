/** Decisions about offers: their order on the screen, which one is the default, what a saver saves. */
import type { Bundle, Offer } from '@/api/types'

/** The class that was asked for first; in a class the free tickets before the bound ones, then by price. */
export function sortBundles(bundles: readonly Bundle[], travelClass: 1 | 2): Bundle[] {
  const rank = (bundle: Bundle) => (bundle.travel_class === travelClass || bundle.travel_class === null ? 0 : 1)
  return [...bundles].sort(
    (one, other) =>
      rank(one) - rank(other) ||
      Number(one.is_saver) - Number(other.is_saver) ||
      one.total.amount - other.total.amount ||
      one.code.localeCompare(other.code),
  )
}

/** What Enter takes unless something else was chosen: the normal fare of the class, never one that cannot be given back
 *  while there is another. */
export function findDefaultBundle(sorted: readonly Bundle[]): Bundle | undefined {
  return sorted.find((bundle) => !bundle.is_saver && bundle.is_refundable !== false) ?? sorted[0]
}

/** How much less a saver costs than the cheapest normal fare of its class; null if there is nothing to compare. */
export function computeSaving(bundle: Bundle, all: readonly Bundle[]): number | null {
  if (!bundle.is_saver) return null
  const normal = all.filter((other) => !other.is_saver && other.travel_class === bundle.travel_class)
  if (normal.length === 0) return null
  const saving = Math.min(...normal.map((other) => other.total.amount)) - bundle.total.amount
  return saving > 0 ? saving : null
}

export interface ParameterField {
  travellerCode: string
  key: string
  isOptional: boolean
  values: string[]
}

function readParameter(travellerCode: string, raw: Record<string, unknown>): ParameterField | null {
  const { key, is_optional: isOptional, possible_values: values } = raw
  if (typeof key !== 'string') return null
  return {
    travellerCode,
    key,
    isOptional: isOptional === true,
    values: Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [],
  }
}

/** Further inputs that the offers of a bundle need, one per traveller and key. */
export function listParameters(offers: readonly Offer[]): ParameterField[] {
  const found = new Map<string, ParameterField>()
  for (const offer of offers) {
    for (const raw of offer.sales_parameters as readonly Record<string, unknown>[]) {
      const field = offer.traveller_code === null ? null : readParameter(offer.traveller_code, raw)
      if (field) found.set(`${field.travellerCode}/${field.key}`, field)
    }
  }
  return [...found.values()]
}
