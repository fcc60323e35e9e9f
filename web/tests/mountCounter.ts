/** The whole counter against the server in memory, driven as a person would: by keys. */
import { VueQueryPlugin, QueryClient } from '@tanstack/vue-query'
import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { vi } from 'vitest'
import { nextTick } from 'vue'
import App from '@/App.vue'
import { i18n, showLanguage } from '@/i18n'
import type { Language } from '@/format/language'
import { startKeyboard } from '@/keyboard/registry'
import { router } from '@/router'
import { FakeServer } from './fakeServer'

export interface Counter {
  server: FakeServer
  wrapper: VueWrapper
  /** Key strokes so far; a chord counts one. */
  strokes: number
  /** Types into what has the focus. */
  type: (text: string) => void
  press: (keys: string) => Promise<void>
  settle: () => Promise<void>
  text: () => string
  focused: () => string | null
  leave: () => void
}

/** Lets everything that is under way end: answers in memory come without timers. */
async function settle(): Promise<void> {
  for (let round = 0; round < 30; round += 1) {
    await Promise.resolve()
    await nextTick()
  }
}

function typeInto(element: Element | null, text: string): void {
  if (!(element instanceof HTMLInputElement)) throw new Error(`the focus is not in a text field: ${element?.outerHTML ?? ''}`)
  for (const letter of text) {
    element.dispatchEvent(new KeyboardEvent('keydown', { key: letter, bubbles: true, cancelable: true }))
    element.value += letter
    element.dispatchEvent(new InputEvent('input', { bubbles: true }))
    element.dispatchEvent(new KeyboardEvent('keyup', { key: letter, bubbles: true }))
  }
}

function pressOn(element: Element, keys: string): void {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const init = { key, code: key, ctrlKey: parts.includes('Ctrl'), bubbles: true, cancelable: true }
  const isFree = element.dispatchEvent(new KeyboardEvent('keydown', init))
  // What the browser itself does with Enter on a button.
  if (isFree && key === 'Enter' && element instanceof HTMLButtonElement) element.click()
  element.dispatchEvent(new KeyboardEvent('keyup', init))
}

export async function mountCounter(
  { path = '/sell', language = 'de' as Language, server = new FakeServer() } = {},
): Promise<Counter> {
  vi.stubGlobal('fetch', server.fetch)
  localStorage.setItem('agenturclient.language', language)
  await showLanguage(language)
  const stopKeyboard = startKeyboard(window)
  await router.replace(path)
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const wrapper = mount(App, {
    attachTo: document.body,
    global: { plugins: [createPinia(), i18n, router, [VueQueryPlugin, { queryClient }]] },
  })
  await vi.dynamicImportSettled()
  await settle()
  await vi.dynamicImportSettled()
  await settle()
  const counter: Counter = {
    server,
    wrapper,
    strokes: 0,
    type: (text) => {
      counter.strokes += text.length
      typeInto(document.activeElement, text)
    },
    press: async (keys) => {
      counter.strokes += 1
      pressOn(document.activeElement ?? document.body, keys)
      await settle()
      await vi.dynamicImportSettled()
      await settle()
    },
    settle,
    text: () => document.body.textContent,
    focused: () => document.activeElement?.getAttribute('data-focus') ?? null,
    leave: () => {
      wrapper.unmount()
      queryClient.clear()
      stopKeyboard()
      localStorage.clear()
      sessionStorage.clear()
      document.body.replaceChildren()
    },
  }
  return counter
}
