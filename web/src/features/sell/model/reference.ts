/** Your reference: what the agency asks of it. */
export interface ReferenceRule {
  is_reference_mandatory: boolean
  reference_pattern: string | null
}

export type ReferenceFault = 'missing' | 'pattern'

/** What is wrong with it, or null. A pattern must fit as a whole, as on the server. */
export function findReferenceFault(reference: string, rule: ReferenceRule | null): ReferenceFault | null {
  const text = reference.trim()
  if (text === '') return rule?.is_reference_mandatory ? 'missing' : null
  const pattern = rule?.reference_pattern
  if (!pattern) return null
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(text) ? null : 'pattern'
  } catch {
    // A pattern that only the server understands is judged by the server.
    return null
  }
}
