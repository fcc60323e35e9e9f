import { createI18n } from 'vue-i18n'
import { isLanguage, type Language } from './format/language'

type Texts = Record<string, unknown>

const loaders: Record<Language, () => Promise<{ default: Texts }>> = {
  de: () => import('./locales/de'),
  fr: () => import('./locales/fr'),
  it: () => import('./locales/it'),
  en: () => import('./locales/en'),
}

export const i18n = createI18n({
  legacy: false,
  locale: 'de',
  fallbackLocale: false as never,
  missingWarn: false,
  fallbackWarn: false,
  messages: {} as Record<string, never>,
})

const STORED = 'agenturclient.language'

/** What was chosen on this device; else what the browser prefers. */
export function guessLanguage(): Language {
  const stored = localStorage.getItem(STORED)
  if (isLanguage(stored)) return stored
  const preferred = navigator.languages.map((name) => name.slice(0, 2)).find(isLanguage)
  return preferred ?? 'de'
}

export function hasChosenLanguage(): boolean {
  return isLanguage(localStorage.getItem(STORED))
}

/** Shows everything in a language; its texts are fetched the first time. */
export async function showLanguage(language: Language, { isChosen = false } = {}): Promise<void> {
  if (!i18n.global.availableLocales.includes(language as never)) {
    const texts = await loaders[language]()
    i18n.global.setLocaleMessage(language, texts.default)
  }
  i18n.global.locale.value = language
  document.documentElement.lang = language
  if (isChosen) localStorage.setItem(STORED, language)
}
