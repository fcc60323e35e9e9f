/** Which field of a traveller the server does not accept. */
import type { NameField } from '../stores/names'

const FIELDS: Record<NameField, string> = { firstName: 'first_name', lastName: 'last_name', bornOn: 'born_on' }

/** Whether a problem's errors name this field of this traveller: each says whose field it is. */
export function isFieldRefused(errors: unknown, code: string, field: NameField): boolean {
  if (!Array.isArray(errors)) return false
  return (errors as unknown[]).some((error) => {
    if (typeof error !== 'object' || error === null) return false
    const named = error as Record<string, unknown>
    return named['traveller_code'] === code && named['field'] === FIELDS[field]
  })
}
