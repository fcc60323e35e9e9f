/** Who travels: from chips to what our server is asked for, and the codes by which an order knows them. */
import { computeAge } from '@/format/dates'
import type { TravellerGroup } from '@/parse/travellers'
import type { OrderTraveller, Reduction, TravellerWish } from '@/api/types'

/** Prices may rest on an assumed age, which is shown; the date of birth decides before the hold. */
export const ASSUMED_AGES = { adult: 35, child: 10 } as const

export interface PartyMember {
  kind: 'person' | 'dog' | 'bike'
  reduction: Reduction
  age: number | null
  isAgeAssumed: boolean
  bornOn: string | null
}

export function listMembers(groups: readonly TravellerGroup[], travelOn: string): PartyMember[] {
  return groups.flatMap((group) =>
    Array.from({ length: group.count }, (_, index) => makeMember(group, index, travelOn)))
}

function makeMember(group: TravellerGroup, index: number, travelOn: string): PartyMember {
  if (group.kind === 'dog' || group.kind === 'bike') {
    return { kind: group.kind, reduction: 'none', age: null, isAgeAssumed: false, bornOn: null }
  }
  const bornOn = group.bornOn[index] ?? null
  const age = bornOn === null ? ASSUMED_AGES[group.kind] : computeAge(bornOn, travelOn)
  return { kind: 'person', reduction: group.reduction, age, isAgeAssumed: bornOn === null, bornOn }
}

type Known = Pick<OrderTraveller, 'code' | 'kind' | 'reduction' | 'age' | 'born_on'>

function isSamePerson(member: PartyMember, known: Known): boolean {
  if (member.kind !== known.kind || member.reduction !== known.reduction) return false
  if (member.bornOn !== null) return known.born_on === null || known.born_on === member.bornOn
  // Of the same kind of fare: an assumed adult may be any adult that is already in the basket.
  const isChild = (age: number | null) => age !== null && age < 16
  return isChild(member.age) === isChild(known.age)
}

/** The same people keep their codes in every item of a basket; others get the next free one. */
export function assignCodes(members: readonly PartyMember[], known: readonly Known[]): TravellerWish[] {
  const free = [...known]
  const used = new Set(known.map((traveller) => traveller.code))
  let next = 1
  return members.map((member) => {
    const at = free.findIndex((traveller) => isSamePerson(member, traveller))
    const same = at < 0 ? undefined : free.splice(at, 1)[0]
    while (!same && used.has(`t${String(next)}`)) next += 1
    const code = same?.code ?? `t${String(next)}`
    used.add(code)
    const bornOn = member.bornOn ?? same?.born_on ?? null
    return {
      code,
      kind: member.kind,
      reduction: member.reduction,
      age: bornOn !== null && same?.age !== undefined && member.bornOn === null ? same.age : member.age,
      is_age_assumed: member.kind === 'person' && bornOn === null,
      born_on: bornOn,
    }
  })
}
