/** The list of places, fetched once and searched in memory. What it lacks is asked of the server. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { callApi } from '@/api/client'
import type { FoundPlaces, PlaceList } from '@/api/types'
import { buildPlaceIndex, rankPlaces, type Place } from './rules'

export const SUGGESTIONS = 8
const FEW = 3
const MINIMUM_LETTERS = 3

export function readPlaceList(list: FoundPlaces): Place[] {
  return list.places.map(([uic, name, weight, abbreviations, names]) => ({
    uic: String(uic),
    name,
    weight,
    abbreviations,
    names,
  }))
}

export const usePlaces = defineStore('places', () => {
  const index = shallowRef(buildPlaceIndex([]))
  const state = ref<'idle' | 'loading' | 'ready' | 'failed'>('idle')

  let loading: Promise<void> | null = null

  /** Fetches the list unless it is there or under way; ends when it is there, or cannot be had. */
  function load(): Promise<void> {
    if (loading === null || state.value === 'failed') loading = fetchList()
    return loading
  }

  async function fetchList(): Promise<void> {
    state.value = 'loading'
    try {
      index.value = buildPlaceIndex(readPlaceList(await callApi<PlaceList>('/places')))
      state.value = 'ready'
    } catch {
      // The fields still find places through the server, one by one.
      state.value = 'failed'
    }
  }

  /** Places of the server that the list lacks; they are known from then on. */
  async function searchRemotely(text: string, signal: AbortSignal): Promise<void> {
    const known = rankPlaces(text, index.value, FEW)
    if (text.trim().length < MINIMUM_LETTERS || known.length >= FEW) return
    const found = await callApi<FoundPlaces>('/places/search', { query: { name: text.trim() }, signal })
    const added = readPlaceList(found).filter((place) => !index.value.byUic.has(place.uic))
    if (added.length > 0) {
      index.value = buildPlaceIndex([...index.value.entries.map((entry) => entry.place), ...added])
    }
  }

  function findPlace(uic: number | string | null | undefined): Place | null {
    return index.value.byUic.get(String(uic ?? '')) ?? null
  }

  return { index, state: computed(() => state.value), load, searchRemotely, findPlace }
})
