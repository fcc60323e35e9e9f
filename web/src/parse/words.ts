/** The words that the counter understands, by language. All are folded: lower case, no accents. */
import type { Language } from '@/format/language'

export function foldWord(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
}

type ByLanguage<T> = Record<Language, Readonly<Record<string, T>>>

/** Days from today. */
export const DAY_WORDS: ByLanguage<number> = {
  de: { heute: 0, morgen: 1, uebermorgen: 2, ubermorgen: 2 },
  fr: { auj: 0, aujourdhui: 0, "aujourd'hui": 0, 'aujourd\u2019hui': 0, demain: 1, 'apres-demain': 2 },
  it: { oggi: 0, domani: 1, dopodomani: 2 },
  en: { today: 0, tod: 0, tomorrow: 1, tom: 1 },
}

/** 0 is Sunday. */
export const WEEKDAY_WORDS: ByLanguage<number> = {
  de: {
    so: 0, mo: 1, di: 2, mi: 3, do: 4, fr: 5, sa: 6,
    sonntag: 0, montag: 1, dienstag: 2, mittwoch: 3, donnerstag: 4, freitag: 5, samstag: 6,
  },
  fr: {
    di: 0, lu: 1, ma: 2, me: 3, je: 4, ve: 5, sa: 6, dim: 0, lun: 1, mar: 2, mer: 3, jeu: 4, ven: 5, sam: 6,
    dimanche: 0, lundi: 1, mardi: 2, mercredi: 3, jeudi: 4, vendredi: 5, samedi: 6,
  },
  it: {
    do: 0, lu: 1, ma: 2, me: 3, gi: 4, ve: 5, sa: 6, dom: 0, lun: 1, mar: 2, mer: 3, gio: 4, ven: 5, sab: 6,
    domenica: 0, lunedi: 1, martedi: 2, mercoledi: 3, giovedi: 4, venerdi: 5, sabato: 6,
  },
  en: {
    su: 0, mo: 1, tu: 2, we: 3, th: 4, fr: 5, sa: 6, sun: 0, mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6,
    sunday: 0, monday: 1, tuesday: 2, wednesday: 3, thursday: 4, friday: 5, saturday: 6,
  },
}

export type TravellerKind = 'adult' | 'child' | 'dog' | 'bike'
export type ReductionName =
  | 'half_fare' | 'ga_1st' | 'ga_2nd' | 'junior_card' | 'child_card' | 'swiss_half_fare_card' | 'swiss_travel_pass'

export const KIND_WORDS: Readonly<Record<string, TravellerKind>> = {
  adult: 'adult', adults: 'adult', adt: 'adult', erw: 'adult', erwachsen: 'adult', erwachsene: 'adult',
  erwachsener: 'adult', adulte: 'adult', adultes: 'adult', adulto: 'adult', adulti: 'adult', adulta: 'adult', pax: 'adult',
  child: 'child', children: 'child', chd: 'child', kind: 'child', kinder: 'child', enfant: 'child', enfants: 'child',
  bambino: 'child', bambina: 'child', bambini: 'child', ragazzo: 'child', ragazzi: 'child',
  dog: 'dog', dogs: 'dog', hund: 'dog', hunde: 'dog', chien: 'dog', chiens: 'dog', cane: 'dog', cani: 'dog',
  bike: 'bike', bikes: 'bike', velo: 'bike', velos: 'bike', bici: 'bike', bicicletta: 'bike',
}

export const REDUCTION_WORDS: Readonly<Record<string, ReductionName>> = {
  half: 'half_fare', ht: 'half_fare', halbtax: 'half_fare', halb: 'half_fare', '1/2': 'half_fare', '½': 'half_fare',
  demi: 'half_fare', 'demi-tarif': 'half_fare', meta: 'half_fare', 'meta-prezzo': 'half_fare', hf: 'half_fare',
  ga: 'ga_2nd', ga2: 'ga_2nd', ag: 'ga_2nd', ag2: 'ga_2nd', ga1: 'ga_1st', ag1: 'ga_1st',
  junior: 'junior_card', juniorkarte: 'junior_card', jk: 'junior_card',
  kmk: 'child_card', mitfahrkarte: 'child_card', childcard: 'child_card',
  shfc: 'swiss_half_fare_card', stp: 'swiss_travel_pass',
}

/** An adult without reduction may be said so, to end a chip: `2 full 1 half`. */
export const FULL_FARE_WORDS: ReadonlySet<string> = new Set(['full', 'voll', 'plein', 'intero', 'normal'])

export const RETURN_WORDS: ReadonlySet<string> = new Set([
  'return', 'ret', 'retour', 'ruck', 'rueck', 'zuruck', 'zurueck', 'ritorno', 'aller-retour', 'a/r', 'rt',
])
export const SINGLE_WORDS: ReadonlySet<string> = new Set(['single', 'einfach', 'simple', 'semplice', 'ow'])
export const VIA_WORDS: ReadonlySet<string> = new Set(['via', 'uber', 'ueber', 'par', 'passando'])
export const ARRIVAL_WORDS: ReadonlySet<string> = new Set(['an', 'ankunft', 'arr', 'by', 'arrivee', 'arrivo'])
export const DEPARTURE_WORDS: ReadonlySet<string> = new Set(['ab', 'abfahrt', 'dep', 'depart', 'part', 'partenza'])
export const NOW_WORDS: ReadonlySet<string> = new Set(['now', 'jetzt', 'maintenant', 'adesso', 'ora'])
