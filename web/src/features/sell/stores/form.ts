/** The left column: what is looked for. Kept in this tab, so that neither a reload nor another page loses it. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Product } from '@/api/types'
import { readSwissNow } from '@/composables/serverClock'
import type { Language } from '@/format/language'
import { parseCommand } from '@/parse/command'
import { usePlaces } from '@/places/store'
import { applyCommand, canSearch, listQuestions, makeEmptyForm, type SearchForm } from '../model/search'

const STORED = 'agenturclient.sell.form'

function readStored(): SearchForm | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? 'null')
    return typeof stored === 'object' && stored !== null && 'party' in stored ? (stored as SearchForm) : null
  } catch {
    return null
  }
}

export const useSearchForm = defineStore('sell-form', () => {
  const places = usePlaces()
  const form = ref<SearchForm>(readStored() ?? makeEmptyForm(readSwissNow().date))
  const command = ref('')
  const language = ref<Language>('de')
  const products = shallowRef<readonly Product[]>([])

  const reading = computed(() => {
    const { date: today, time: now } = readSwissNow()
    const present = canSearch(form.value) ? { date: form.value.date, time: form.value.time ?? now } : null
    const context = { today, now, language: language.value, places: places.index, products: products.value, present }
    return parseCommand(command.value, context)
  })
  const questions = computed(() => (reading.value ? listQuestions(reading.value) : []))
  const isReady = computed(() => canSearch(form.value))

  /** Takes the command over into the fields; false if something in it must be decided first. */
  function acceptCommand(): boolean {
    if (!reading.value) return true
    const isNew = reading.value.origin !== null && reading.value.destination === null
    if (reading.value.unknown.length > 0 || questions.value.length > 0 || isNew) return false
    form.value = applyCommand(form.value, reading.value, readSwissNow().date)
    return true
  }

  /** Puts the chosen name in place of what was ambiguous. */
  function replaceInCommand(text: string, name: string): void {
    command.value = `${command.value.replace(text, () => name).trim()} `
  }

  function reset(): void {
    form.value = makeEmptyForm(readSwissNow().date)
    command.value = ''
  }

  watch(form, (value) => { sessionStorage.setItem(STORED, JSON.stringify(value)) }, { deep: true })

  return { form, command, language, products, reading, questions, isReady, acceptCommand, replaceInCommand, reset }
})
