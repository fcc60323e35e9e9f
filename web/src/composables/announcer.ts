/** What screen readers are told: one polite region, and one for what cannot wait. */
import { readonly, ref } from 'vue'

const polite = ref('')
const assertive = ref('')

// The same text twice is only spoken twice if it differs: a no-break space is not heard.
function vary(text: string, previous: string): string {
  return text === previous ? `${text}\u00a0` : text
}

export function announce(text: string): void {
  polite.value = vary(text, polite.value)
}

export function announceUrgently(text: string): void {
  assertive.value = vary(text, assertive.value)
}

export function useAnnouncements() {
  return { polite: readonly(polite), assertive: readonly(assertive) }
}
