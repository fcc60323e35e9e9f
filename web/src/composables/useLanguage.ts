import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Language } from '@/format/language'

/** Translation, and the language of the screen for formatters. */
export function useLanguage() {
  const { t, te, locale } = useI18n({ useScope: 'global' })
  return { t, te, language: computed(() => locale.value as Language) }
}
