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
export type Doubt = Complete<Schemas['Doubt']>
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

export type Session = Complete<Schemas['SessionView']>
export type ActingChoice = Complete<Schemas['ActingChoice']>
export type RailStatus = Complete<Schemas['SupplierStatus']>
/** Compact rows: uic, native name, weight, abbreviations, names in other languages. */
export type PlaceList = Schemas['PlaceList']
export type FoundPlaces = Schemas['FoundPlaces']
