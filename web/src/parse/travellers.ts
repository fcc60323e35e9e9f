/** Travellers as compact chips: `2 adult half`, `1 child`, `dog`, `half 120484`. */
import { parseBirthDate } from './dates'
import {
  FULL_FARE_WORDS, KIND_WORDS, REDUCTION_WORDS, foldWord, type ReductionName, type TravellerKind,
} from './words'

export interface TravellerGroup {
  count: number
  kind: TravellerKind
  reduction: ReductionName | 'none'
  /** Dates of birth that were typed with the chip, at most `count`. */
  bornOn: string[]
}

export const MAX_TRAVELLERS = 99

interface Draft {
  count?: number
  kind?: TravellerKind
  reduction?: ReductionName | 'none'
  bornOn: string[]
}

function isFinished(draft: Draft): boolean {
  return draft.kind !== undefined || draft.reduction !== undefined || draft.bornOn.length > 0
}

function finishGroup(draft: Draft): TravellerGroup {
  const group = { kind: draft.kind ?? 'adult', reduction: draft.reduction ?? 'none', bornOn: draft.bornOn }
  return { count: Math.max(draft.count ?? 1, draft.bornOn.length, 1), ...group }
}

/** Reads chips word by word; `takeWord` says whether the word belongs to travellers. */
export class TravellerReader {
  private readonly done: TravellerGroup[] = []
  private draft: Draft | null = null

  constructor(private readonly today: string) {}

  takeWord(text: string): boolean {
    const word = foldWord(text)
    return this.takeCount(word) || this.takeKind(word) || this.takeReduction(word) || this.takeBirthDate(word)
  }

  finish(): TravellerGroup[] {
    if (this.draft) this.done.push(finishGroup(this.draft))
    this.draft = null
    return this.done
  }

  private startGroup(): Draft {
    if (this.draft) this.done.push(finishGroup(this.draft))
    this.draft = { bornOn: [] }
    return this.draft
  }

  private takeCount(word: string): boolean {
    const match = /^(\d{1,2})x?$/.exec(word)
    const count = match ? Number(match[1]) : 0
    // A count follows a finished chip or begins one; two counts in a row say nothing.
    if (count < 1 || (this.draft && !isFinished(this.draft))) return false
    this.startGroup().count = count
    return true
  }

  private takeKind(word: string): boolean {
    const kind = KIND_WORDS[word]
    if (kind === undefined) return false
    const draft = this.draft && !isFinished(this.draft) ? this.draft : this.startGroup()
    draft.kind = kind
    return true
  }

  private takeReduction(word: string): boolean {
    const reduction = FULL_FARE_WORDS.has(word) ? 'none' : REDUCTION_WORDS[word]
    if (reduction === undefined) return false
    const present = this.draft
    const isOpen = present?.reduction === undefined && (present?.kind ?? 'adult') !== 'dog' && present?.kind !== 'bike'
    const draft = present && isOpen ? present : this.startGroup()
    draft.reduction = reduction
    return true
  }

  private takeBirthDate(word: string): boolean {
    if (!/^(\d{6}|\d{8}|\d{1,2}[./]\d{1,2}[./](\d{4}|\d{2}))$/.test(word)) return false
    const bornOn = parseBirthDate(word, this.today)
    if (bornOn === null) return false
    const draft = this.draft ?? this.startGroup()
    if (draft.kind === 'dog' || draft.kind === 'bike') return false
    draft.bornOn.push(bornOn)
    return true
  }
}

export interface TravellersReading {
  groups: TravellerGroup[]
  unknown: string[]
}

/** Everything typed into the travellers field. A trailing count alone is an unfinished chip of adults. */
export function parseTravellers(text: string, today: string): TravellersReading {
  const reader = new TravellerReader(today)
  const unknown = text
    .split(/[\s,;+]+/)
    .filter(Boolean)
    .filter((word) => !reader.takeWord(word))
  return { groups: reader.finish(), unknown }
}

export function countTravellers(groups: readonly TravellerGroup[]): number {
  return groups.reduce((sum, group) => sum + group.count, 0)
}
