/** The words of our HTTP interface, from the generated description. */
import type { components } from './schema.gen'

type Schemas = components['schemas']

/** Answers always carry every field; only in requests may those with a default be left out. */
type Complete<T> = T extends (infer Item)[]
  ? Complete<Item>[]
  : T extends object
    ? { [Name in keyof T]-?: Complete<Exclude<T[Name], undefined>> }
    : T

export type Order = Complete<Schemas['Order']>
export type OrderItem = Complete<Schemas['ItemView']>
export type OrderTraveller = Complete<Schemas['TravellerView']>
export type OrderSummary = Complete<Schemas['OrderSummary']>
export type OrderState = Order['state']
export type Ticket = Complete<Schemas['TicketView']>
export type JournalEntry = Complete<Schemas['JournalEntry']>
export type MeansOfPayment = Order['means_of_payment']
export type OfferSet = Complete<Schemas['OfferSet']>
export type Bundle = Complete<Schemas['BundleView']>
export type Offer = Complete<Schemas['OfferView']>
export type TripSummary = Complete<Schemas['TripSummary']>
export type Trips = Complete<Schemas['Trips']>
export type Trip = Complete<Schemas['Trip']>
export type Leg = Complete<Schemas['Leg']>
export type TripPrice = Complete<Schemas['TripPrice']>
export type Product = Complete<Schemas['Product']>
export type Reduction = Schemas['Reduction']

export type TravellerWish = Schemas['TravellerWish']
export type FetchOffers = Schemas['FetchOffers']
export type AddItem = Schemas['AddItem']
export type NameTraveller = Schemas['NameTraveller']
export type ChangeOrder = Schemas['ChangeOrder']
export type CreateOrder = Schemas['CreateOrder']
export type FindPrices = Schemas['FindPrices']

export interface ActingChoice {
  agency_code: string | null
  agency_name: string
  branch_code: string | null
  branch_name: string | null
}

export interface Session {
  person: { subject: string; name: string; email: string; language: 'de' | 'fr' | 'it' | 'en'; roles: string[] }
  agency: {
    code: string
    name: string
    default_language: 'de' | 'fr' | 'it' | 'en'
    is_reference_mandatory: boolean
    reference_pattern: string | null
    means_of_payment: MeansOfPayment
  } | null
  branch: { code: string; name: string } | null
  choices: ActingChoice[]
  permissions: string[]
  is_demo: boolean
  idle_until: string
  server_now: string
}

export interface RailStatus {
  state: 'fine' | 'slow' | 'down'
  announcements: { announcement_id: string; text: string; valid_from: string; valid_until: string | null }[]
}

/** Compact: uic, native name, weight, abbreviations, names in other languages. */
export interface PlaceList {
  places: [uic: number | string, name: string, weight: number, abbreviations: string[], names: string[]][]
}
