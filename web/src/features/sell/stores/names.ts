/** Names and dates of birth as they are being typed, by order and traveller; kept in this tab until the sale. */
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { NameTraveller, OrderTraveller } from '@/api/types'
import { readSwissNow } from '@/composables/serverClock'
import { formatPlainDate } from '@/format/dates'
import { parseBirthDate } from '@/parse/dates'
import { useBasket } from './basket'

export interface NameDraft {
  firstName: string
  lastName: string
  bornOn: string
}

export type NameField = keyof NameDraft
export const NAME_FIELDS: readonly NameField[] = ['firstName', 'lastName', 'bornOn']
const STORED = 'agenturclient.sell.names'

function readDraft(traveller: OrderTraveller): NameDraft {
  return {
    firstName: traveller.first_name ?? '',
    lastName: traveller.last_name ?? '',
    bornOn: traveller.born_on === null ? '' : formatPlainDate(traveller.born_on),
  }
}

interface StoredNames {
  number: string
  drafts: Record<string, NameDraft>
}

function readStored(): StoredNames | null {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? 'null') as StoredNames | null
  } catch {
    return null
  }
}

/** Rows of a pasted list: `Anna Keller 12.04.1984`, or cells between tabs or semicolons. */
export function parsePastedNames(text: string): NameDraft[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const cells = /[\t;]/.test(line) ? line.split(/[\t;]/).map((cell) => cell.trim()) : splitPlainRow(line)
      const [firstName = '', lastName = '', bornOn = ''] = cells
      return { firstName, lastName, bornOn }
    })
}

function splitPlainRow(line: string): string[] {
  const words = line.split(/\s+/)
  const bornOn = /\d/.test(words.at(-1) ?? '') ? (words.pop() ?? '') : ''
  const [firstName = '', ...lastNames] = words
  return [firstName, lastNames.join(' '), bornOn]
}

export const useNames = defineStore('sell-names', () => {
  const basket = useBasket()
  const drafts = ref<Record<string, NameDraft>>({})
  /** Of the sale before, if the same is sold again. */
  let carried: Record<string, NameDraft> = {}

  // A new order brings its own names; what was typed for this one stays.
  watch(() => basket.order, (order, before) => {
    if (!order) {
      drafts.value = {}
      return
    }
    const stored = readStored()
    const typed = order.number === before?.number ? drafts.value : stored?.number === order.number ? stored.drafts : {}
    drafts.value = Object.fromEntries(order.travellers.map((one) => [one.code, typed[one.code] ?? carry(one)]))
  }, { immediate: true })

  watch(drafts, (value) => {
    const { number } = basket
    if (number === null) return
    sessionStorage.setItem(STORED, JSON.stringify({ number, drafts: value }))
  }, { deep: true })

  /** The same people again: the next order asks for names with these already typed. */
  function carryOver(order = basket.order): void {
    carried = order ? Object.fromEntries(order.travellers.map((one) => [one.code, readDraft(one)])) : {}
  }

  function carry(traveller: OrderTraveller): NameDraft {
    const own = readDraft(traveller)
    const isEmpty = own.firstName === '' && own.lastName === ''
    return isEmpty ? { ...own, ...carried[traveller.code] } : own
  }

  /** An owner's name is that of the first person unless another is typed. */
  function complete(traveller: OrderTraveller): NameDraft {
    const own = drafts.value[traveller.code] ?? readDraft(traveller)
    if (traveller.kind === 'person' || NAME_FIELDS.some((field) => own[field].trim() !== '')) return own
    const person = basket.order?.travellers.find((one) => one.kind === 'person')
    return person ? (drafts.value[person.code] ?? own) : own
  }

  function isMissing(traveller: OrderTraveller, field: NameField): boolean {
    const value = complete(traveller)[field].trim()
    return field === 'bornOn' ? parseBirthDate(value, readSwissNow().date) === null : value === ''
  }

  const missing = computed(() =>
    (basket.order?.travellers ?? []).flatMap((traveller) =>
      NAME_FIELDS.filter((field) => isMissing(traveller, field)).map((field) => ({ code: traveller.code, field }))))

  const commands = computed((): NameTraveller[] =>
    (basket.order?.travellers ?? []).map((traveller) => {
      const draft = complete(traveller)
      return {
        code: traveller.code,
        first_name: draft.firstName.trim() || null,
        last_name: draft.lastName.trim() || null,
        born_on: parseBirthDate(draft.bornOn, readSwissNow().date),
      }
    }))

  const isSaved = computed(() => {
    const known = basket.order?.travellers ?? []
    return commands.value.every((one, index) => {
      const saved = known[index]
      if (!saved) return false
      return (['first_name', 'last_name', 'born_on'] as const).every((field) => saved[field] === one[field])
    })
  })

  /** Another customer. */
  function forget(): void {
    carried = {}
  }

  function setName(code: string, field: NameField, value: string): void {
    const present = drafts.value[code] ?? { firstName: '', lastName: '', bornOn: '' }
    drafts.value = { ...drafts.value, [code]: { ...present, [field]: value } }
  }

  /** Fills this traveller and the following ones. */
  function pasteNames(code: string, text: string): void {
    const codes = (basket.order?.travellers ?? []).map((traveller) => traveller.code)
    const first = codes.indexOf(code)
    const rows = parsePastedNames(text)
    const filled = Object.fromEntries(rows.flatMap((row, index) => {
      const target = codes[first + index]
      return target === undefined ? [] : [[target, row]]
    }))
    drafts.value = { ...drafts.value, ...filled }
  }

  return { drafts, missing, commands, isSaved, complete, isMissing, setName, pasteNames, carryOver, forget }
})
